"""What the indices are before a plan, after it and at their ideal, and what a score is worth."""

from dataclasses import dataclass
from fractions import Fraction

from choosebattles.audit.points_and_weights import ScoreScale
from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.investment import Option
from choosebattles.report.number_wording import plain


@dataclass(frozen=True)
class IndexRow:
    """An index before the plan, after it, and if everything worth having were had."""

    objective: str
    weight: float
    before: float
    after: float
    possible: float


def scaled(recount: Recount, worth: Fraction) -> Fraction:
    """Return points as what they make of an index."""
    return 100 * worth / recount.scale if recount.scale else Fraction(0)


def index_rows(case: Case, recount: Recount) -> tuple[IndexRow, ...]:
    """Return every index before, after and at its ideal.

    The ideal is that of the scores; where services count too, it is reached when all of them
    hold in every shock.
    """
    scale = ScoreScale(case)
    rows = []
    for goal in case.model.objectives:
        share = scale.continuity_share(goal.id)
        possible = (1 - share) * scaled(recount, recount.ideal[goal.id]) + 100 * share
        rows.append(
            IndexRow(
                goal.id,
                plain(scale.objective_weight[goal.id]),
                plain(recount.before.indices[goal.id]),
                plain(recount.after.indices[goal.id]),
                plain(possible),
            )
        )
    return tuple(rows)


def worth_by_scores(scale: ScoreScale, recount: Recount, option: Option) -> Fraction:
    """Return what an option's scores add to the objective while it operates."""
    whole = Fraction(0)
    for goal, weights in scale.criterion_weight.items():
        typed = sum((w * Fraction(option.score.get(c, 0)) for c, w in weights.items()), Fraction(0))
        part = 1 - scale.continuity_share(goal)
        whole += scale.objective_weight[goal] * part * scaled(recount, typed)
    return whole
