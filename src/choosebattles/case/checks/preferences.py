"""Weights, their ranges, the order of objectives, and what measures them."""

from collections.abc import Iterator
from decimal import Decimal

from choosebattles.case.bounds import plain
from choosebattles.case.checks.shared_sentences import at
from choosebattles.case.decision_model import Criterion, Method, Objective
from choosebattles.case.facts import Facts
from choosebattles.case.place import Fact
from choosebattles.case.service import Service
from choosebattles.errors import Fault
from choosebattles.translation import _


def weights(case: Facts) -> Iterator[Fault]:
    """Yield sets of weights that are all zero: of objectives, criteria of one, and services."""
    model = case.model
    if not model.objectives:
        yield at(model).fault("CB-L32", _("no objective"), _("at least one objective"), "")
    yield from _all_zero(model.objectives, _("the objectives"))
    for goal in model.objectives:
        mine = tuple(criterion for criterion in model.criteria if criterion.objective == goal.id)
        yield from _all_zero(mine, _("the criteria of {name}").format(name=goal.id))
    if case.shocks:
        yield from _all_zero(case.services, _("the services"))


def _all_zero(
    facts: tuple[Objective, ...] | tuple[Criterion, ...] | tuple[Service, ...], what: str
) -> Iterator[Fault]:
    if facts and all(fact.weight == 0 for fact in facts):
        first: Fact = facts[0]
        yield at(first, "weight").fault(
            "CB-L10",
            _("a weight of 0 for all of {what}").format(what=what),
            _("at least one weight above 0"),
            _("Correct the weights; a blank weight counts 1."),
        )


def weight_ranges(case: Facts) -> Iterator[Fault]:
    """Yield objectives whose lowest weight is above the highest."""
    for goal in case.model.objectives:
        low = goal.weight if goal.weight_low is None else goal.weight_low
        high = goal.weight if goal.weight_high is None else goal.weight_high
        if low > high:
            part = "weight_high" if goal.weight_low is None else "weight_low"
            yield at(goal, part).fault(
                "CB-L36",
                _("a lowest weight {low} above the highest, {high}").format(
                    low=plain(low), high=plain(high)
                ),
                _("the lowest weight first"),
                _("Correct one of the two; a blank one is the weight itself."),
            )


def no_scale(case: Facts) -> Iterator[Fault]:
    """Yield a case in which scores count, and no number of points makes an index of 100.

    Left blank, it is what everything worth having is worth: where nothing is, 0.
    """
    worth = [*_worth(case)]
    typed = case.points_for_100
    if not any(worth) or (max(worth) > 0 if typed is None else typed > 0):
        return
    found = _("0") if typed is not None else _("no number, and nothing that is worth having")
    yield at(case, "points_for_100").fault(
        "CB-L60",
        found,
        _("a number above 0 under Settings, Points for 100, such as 100"),
        _("Type how many points make an index of 100; without it harm would count as nothing."),
    )


def _worth(case: Facts) -> Iterator[Decimal]:
    """Yield what every option and every synergy is worth to each objective, if it counts."""
    for goal, criteria in case.criteria_of.items():
        if case.objective(goal).continuity_share == 1:
            continue
        weights = {criterion.id: criterion.weight for criterion in criteria}
        for option in case.options.values():
            yield sum((w * option.score.get(c, 0) for c, w in weights.items()), Decimal(0))
        for rule in case.synergies:
            if rule.criterion in weights:
                yield weights[rule.criterion] * rule.bonus


def order_of_objectives(case: Facts) -> Iterator[Fault]:
    """Yield objectives of equal weight where they are taken one after the other by weight."""
    if case.model.method is not Method.LEXICOGRAPHIC:
        return
    first: dict[str, str] = {}
    for goal in case.model.objectives:
        weight = plain(goal.weight)
        if weight in first:
            yield at(goal, "weight").fault(
                "CB-L34",
                _("a weight of {weight}, the same as that of {name}").format(
                    weight=weight, name=first[weight]
                ),
                _("different weights for the method lexicographic, which goes by them"),
                _("Change one of the weights."),
            )
        first.setdefault(weight, goal.id)


def objectives_without_measure(case: Facts) -> Iterator[Fault]:
    """Yield objectives that neither a criterion nor services and a shock measure."""
    scored = {criterion.objective for criterion in case.model.criteria}
    tested = {shock.objective for shock in case.shocks if shock.likelihood > 0}
    if (scored | tested) - {goal.id for goal in case.model.objectives}:
        # A misspelt name is told by itself, and may be the one that is missed.
        return
    for goal in case.model.objectives:
        if goal.id in scored or (case.services and goal.id in tested):
            continue
        yield at(goal, "id").fault(
            "CB-L32",
            _("nothing that measures {name}").format(name=goal.id),
            _("a criterion of it, or services and a shock of it with a likelihood above 0"),
            _("Add a row to Criteria, or delete the objective."),
        )
