"""What is probably not meant."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from choosebattles.case.bounds import plain
from choosebattles.case.checks.shared_sentences import at
from choosebattles.case.decision_model import Criterion
from choosebattles.case.facts import Facts
from choosebattles.case.investment import Option
from choosebattles.case.place import Place
from choosebattles.errors import Fault
from choosebattles.translation import _

WIDE = Decimal(10) ** 9
"""Between the smallest and the largest amount of a case: solvers work with 15 digits."""

SHOWN = 1000
"""An index shows a tenth of a point, a thousandth of 100."""


def _costs(case: Facts) -> list[tuple[Place, Decimal]]:
    found = []
    for option in case.options.values():
        for field in ("cost", "income"):
            amounts = enumerate(getattr(option, field))
            found += [(at(option, f"{field}[{j}]"), amount) for j, amount in amounts if amount]
        if option.running_cost:
            found.append((at(option, "running_cost"), abs(option.running_cost)))
    return found


def _amounts(case: Facts) -> list[tuple[Place, Decimal]]:
    return [
        (at(fund, f"amount[{year}]"), amount)
        for fund in case.funds
        for year, amount in fund.amount.items()
        if amount
    ]


def scale(case: Facts) -> Iterator[Fault]:
    """Yield a case whose amounts differ by a factor that solvers cannot hold exactly."""
    found = _costs(case) + _amounts(case)
    if not found:
        return
    place, least = min(found, key=lambda pair: pair[1])
    most = max(amount for _place, amount in found)
    if most > WIDE * least:
        yield place.fault(
            "CB-L14",
            _("{least}, while the largest amount is {most}").format(
                least=plain(least), most=plain(most)
            ),
            _("amounts within a factor of a thousand million"),
            _("Every answer is recounted exactly; still, check the units."),
        )


def identical_rows(case: Facts) -> Iterator[Fault]:
    """Yield options that say the same as another one in every number."""
    first: dict[tuple[Any, ...], Option] = {}
    for option in case.options.values():
        other = first.setdefault(_said(case, option), option)
        if other is not option:
            yield at(option, "id").fault(
                "CB-L13",
                _("{option}, whose numbers are those of {other}").format(
                    option=option.id, other=other.id
                ),
                _("rows that differ"),
                _("Delete one of them if it is the same thing."),
            )


def _said(case: Facts, option: Option) -> tuple[Any, ...]:
    owner = case.investment_of[option.id]
    left_out = {"origin", "id", "title", "note", "source", "evidence", "budget_line", "own_plan"}
    facts = option.model_dump(exclude=left_out)
    return owner.owner, owner.pillar, owner.layer, repr(sorted(facts.items()))


def scores_without_meaning(case: Facts) -> Iterator[Fault]:
    """Yield criteria of which nobody says in words what 0, 50 and 100 mean."""
    mute = [criterion for criterion in case.model.criteria if not _explained(criterion)]
    if mute:
        yield at(mute[0], "anchor_0").fault(
            "CB-C21",
            _("no words for what 0, 50 and 100 mean on {names}").format(
                names=", ".join(criterion.id for criterion in mute)
            ),
            _("a sentence for each under 0 means, 50 means and 100 means"),
            _("They are printed in the results; scores mean little without them."),
        )


def _explained(criterion: Criterion) -> bool:
    return bool(criterion.anchor_0 and criterion.anchor_50 and criterion.anchor_100)


def minimum_above_maximum(case: Facts) -> Iterator[Fault]:
    """Yield limits that nothing can keep."""
    for limit in case.model.limits:
        low, high = limit.minimum, limit.maximum
        if low is not None and high is not None and low > high:
            yield at(limit, "minimum").fault(
                "CB-L36",
                _("a minimum {low} above the maximum, {high}").format(
                    low=plain(low), high=plain(high)
                ),
                _("a minimum that is not above the maximum"),
                _("No plan can keep this limit."),
            )


def points_without_size(case: Facts) -> Iterator[Fault]:
    """Yield Points for 100 so large that everything together does not show in an index."""
    points = case.points_for_100
    if not points:
        return
    most = max((_points(case, goal) for goal in case.criteria_of), default=Decimal(0))
    if 0 < most < points / SHOWN:
        yield at(case, "points_for_100").fault(
            "CB-L61",
            _("{points}, while the scores of everything add up to {most}").format(
                points=plain(points), most=plain(round(most, 6).normalize())
            ),
            _("a number of the size of what the scores add up to"),
            _("Every index shows as 0.0. Leave it blank if 100 is to be everything worth having."),
        )


def _points(case: Facts, goal: str) -> Decimal:
    """Return the weighted points of all options on an objective, harm counted like use."""
    weights = {criterion.id: criterion.weight for criterion in case.criteria_of[goal]}
    whole = sum(weights.values(), Decimal(0)) or Decimal(1)
    return (
        sum(
            (
                abs(sum((w * option.score.get(c, 0) for c, w in weights.items()), Decimal(0)))
                for option in case.options.values()
            ),
            Decimal(0),
        )
        / whole
    )


def points_for_100(case: Facts) -> Iterator[Fault]:
    """Yield a case in which one more row would move a floor or a continuity part."""
    if case.points_for_100 is not None:
        return
    floors = [goal.id for goal in case.model.objectives if goal.floor is not None]
    shocks = {shock.objective for shock in case.shocks if shock.likelihood > 0 and case.services}
    mixed = [goal.id for goal in case.model.objectives if goal.id in shocks]
    if floors or mixed:
        yield at(case, "points_for_100").fault(
            "CB-L25",
            _("no Points for 100, while {names} has a floor or a continuity part").format(
                names=(floors or mixed)[0]
            ),
            _("a number under Settings, Points for 100"),
            _("Type it: otherwise one more row with high scores moves both."),
        )
