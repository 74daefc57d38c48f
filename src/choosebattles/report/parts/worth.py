"""What weighs how much: normalised weights, and what a score is worth at its best."""

from dataclasses import dataclass
from fractions import Fraction

from choosebattles.audit.recount import Recount
from choosebattles.case.facts import Facts
from choosebattles.case.investment import Option
from choosebattles.case.units import Id
from choosebattles.report.wording import plain


@dataclass(frozen=True)
class IndexRow:
    """An index before the plan, after it, and if everything worth having were had."""

    objective: str
    weight: float
    before: float
    after: float
    possible: float


def objective_weights(case: Facts) -> dict[Id, Fraction]:
    """Return the weight of every objective; together they are 1."""
    weights = {each.id: Fraction(each.weight) for each in case.model.objectives}
    whole = sum(weights.values()) or Fraction(1)
    return {name: weight / whole for name, weight in weights.items()}


def criterion_weights(case: Facts) -> dict[Id, Fraction]:
    """Return the weight of every criterion; those of one objective together are 1."""
    found: dict[Id, Fraction] = {}
    for criteria in case.criteria_of.values():
        whole = sum(Fraction(each.weight) for each in criteria) or Fraction(1)
        found |= {each.id: Fraction(each.weight) / whole for each in criteria}
    return found


def continuity_share(case: Facts, objective: Id) -> Fraction:
    """Return which share of an index rests on the continuity of services, the rest on scores."""
    tested = any(each.likelihood > 0 for each in case.shocks_of[objective])
    if not (case.services and tested):
        return Fraction(0)
    if not case.criteria_of[objective]:
        return Fraction(1)
    share = case.objective(objective).continuity_share
    return Fraction(1, 2) if share is None else Fraction(share)


def scaled(recount: Recount, worth: Fraction) -> Fraction:
    """Return points as what they make of an index."""
    return 100 * worth / recount.scale if recount.scale else Fraction(0)


def index_rows(case: Facts, recount: Recount) -> tuple[IndexRow, ...]:
    """Return every index before, after and at its ideal.

    The ideal is that of the scores; where services count too, it is reached when all of them
    hold in every shock.
    """
    weights = objective_weights(case)
    rows = []
    for goal in case.model.objectives:
        share = continuity_share(case, goal.id)
        possible = (1 - share) * scaled(recount, recount.ideal[goal.id]) + 100 * share
        rows.append(
            IndexRow(
                goal.id,
                plain(weights[goal.id]),
                plain(recount.before.indices[goal.id]),
                plain(recount.after.indices[goal.id]),
                plain(possible),
            )
        )
    return tuple(rows)


def worth_by_scores(case: Facts, recount: Recount, option: Option) -> Fraction:
    """Return what an option's scores add to the objective while it operates."""
    goals = objective_weights(case)
    weights = criterion_weights(case)
    return sum(
        (
            goals[each.objective]
            * (1 - continuity_share(case, each.objective))
            * weights[each.id]
            * scaled(recount, Fraction(option.score.get(each.id, 0)))
            for each in case.model.criteria
        ),
        Fraction(0),
    )
