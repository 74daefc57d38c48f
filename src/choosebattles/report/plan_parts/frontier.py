"""A frontier in words: its points, what changes from one to the next, what it says as a whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from choosebattles.case.case import Case
from choosebattles.case.plan import Plan
from choosebattles.case.units import Id
from choosebattles.frontier.points import Frontier, Point, Values
from choosebattles.frontier.traded_measure import TradedMeasure
from choosebattles.report.number_wording import (
    at_most,
    millions,
    millions_alike,
    money_digits,
    percent,
    plain,
    points,
    rounded_up,
)
from choosebattles.report.plan_parts.conflict import nothing_possible
from choosebattles.solving.outcome import Stop
from choosebattles.solving.own_plan_recount import own_recount
from choosebattles.translation import _, listed, several


@dataclass(frozen=True)
class PointRow:
    """One point of a frontier; ``worth`` is in the order of the measures.

    ``gain`` is how much more of the other measure each further million brings, where the cost is
    traded off against one measure: from the last cheaper point that is best for some weights, of
    points that are so too, so that it falls from row to row. Of others it is None.
    """

    number: int
    worth: tuple[float, ...]
    total_cost: float
    supported: bool
    knee: bool
    options: tuple[Id, ...]
    gain: float | None = None


@dataclass(frozen=True)
class ChangeRow:
    """What changes from one point of a frontier to the next."""

    number: int
    """The point that is reached."""
    worth: tuple[float, ...]
    cost: float
    enters: tuple[Id, ...]
    leaves: tuple[Id, ...]
    moves: tuple[tuple[Id, int, int], ...]
    """Options that start in another year: from, to."""
    back: tuple[Id, ...]
    """Options that enter and had left at an earlier step."""

    @property
    def nested(self) -> bool:
        """Say whether one plan is the other and more: nothing leaves for what enters."""
        return not (self.enters and self.leaves)

    @property
    def words(self) -> str:
        """Return the kind of change in words."""
        if not self.nested:
            return _("an exchange: some leave for others to enter")
        if self.enters:
            return _("adds to the plan before")
        if self.leaves:
            return _("takes from the plan before")
        return _("the same options at other times") if self.moves else _("the same options")

    @property
    def entering(self) -> str:
        """Return what enters, with a word on what comes back."""
        return ", ".join(
            _("{option} (comes back)").format(option=name) if name in self.back else name
            for name in self.enters
        )


@dataclass(frozen=True)
class OwnPoint:
    """The user's own plan as a point; ``breaks`` says that it breaks demands."""

    worth: tuple[float, ...]
    total_cost: float
    breaks: bool


def own_point(frontier: Frontier, plan: Plan | None = None) -> OwnPoint | None:
    """Return the user's own plan as a point; None where none was typed.

    Starts that it leaves open are, where the earliest break a demand, those of the plan beside
    which it is shown, or of the first point that lends it starts with which it holds.
    """
    plans = [point.plan for point in frontier.points] if plan is None else [plan]
    own = own_recount(frontier.case, *plans)
    if own is None:
        return None
    worth = tuple(plain(measure.of(own.recount)) for measure in frontier.measures)
    return OwnPoint(worth, plain(own.recount.total_cost), not own.keeps)


def named(measure: TradedMeasure) -> str:
    """Return a measure in words."""
    if measure.is_cost:
        return _("cost")
    return measure.name if measure.index else _("objective")


def amount(case: Case, measure: TradedMeasure, value: float, digits: int = 1) -> str:
    """Return how much a point has of a measure, as it stands in a sentence."""
    return millions_alike(case, [value])[0] if measure.is_cost else points(value, digits)


def point_rows(frontier: Frontier) -> list[PointRow]:
    """Return the points, by rising value of the first measure."""
    knee = frontier.knee
    return [
        PointRow(
            number,
            tuple(plain(value) for value in point.values),
            plain(point.recount.total_cost),
            point.supported,
            point is knee,
            tuple(sorted(point.plan.taken)),
            _gain(frontier, number - 1),
        )
        for number, point in enumerate(frontier.points, 1)
    ]


def _gain(frontier: Frontier, place: int) -> float | None:
    if not frontier.trades_cost or len(frontier.measures) > 2:
        return None
    reached = frontier.points[: place + 1]
    best = [point.values for point in reached if point.supported]
    if len(best) < 2 or not reached[-1].supported:
        return None
    cost = next(n for n, measure in enumerate(frontier.measures) if measure.is_cost)
    before, here = best[-2:]
    return plain((here[1 - cost] - before[1 - cost]) / (here[cost] - before[cost]))


def change_rows(frontier: Frontier) -> list[ChangeRow]:
    """Return what changes from each point to the next."""
    rows: list[ChangeRow] = []
    gone: set[Id] = set()
    for number, (one, two) in enumerate(zip(frontier.points, frontier.points[1:], strict=False), 2):
        rows.append(_change(number, one, two, gone))
        gone |= {*rows[-1].leaves}
    return rows


def _change(number: int, one: Point, two: Point, gone: set[Id]) -> ChangeRow:
    before, after = one.plan.starts, two.plan.starts
    enters = tuple(sorted(after.keys() - before.keys()))
    return ChangeRow(
        number,
        tuple(plain(b - a) for a, b in zip(one.values, two.values, strict=True)),
        plain(two.recount.total_cost - one.recount.total_cost),
        enters,
        tuple(sorted(before.keys() - after.keys())),
        tuple(
            (name, before[name], after[name])
            for name in sorted(before.keys() & after.keys())
            if before[name] != after[name]
        ),
        tuple(name for name in enters if name in gone),
    )


def sentences(frontier: Frontier, plan: Plan | None = None) -> Iterator[str]:
    """Yield what the frontier says as a whole, beside a plan; the first is its headline."""
    if not frontier.points:
        if frontier.stop is Stop.INFEASIBLE:
            yield nothing_possible()
        else:
            yield _("Stopped before the first point was proved.")
        return
    yield _headline(frontier)
    yield from _proof(frontier)
    if len(frontier.points) > 1:
        yield from _shape(frontier)
    missed = sum(not point.supported for point in frontier.points)
    if missed:
        text = several(
            "{number} point is best for no weights: whoever weighs the measures misses it (it is not "
            "supported).",
            "{number} points are best for no weights: whoever weighs the measures misses them (they "
            "are not supported).",
            missed,
        )
        yield text.format(number=missed)
    if any(_gain(frontier, place) is not None for place in range(len(frontier.points))):
        yield gains_say()
    if len(frontier.measures) == 2:
        yield from step_sentences(change_rows(frontier))
    yield from _own(frontier, plan)


def gains_say() -> str:
    """Return from where points per further million are counted."""
    return _(
        "Points per further million are counted between points that are best for some weights; the "
        "others bring less than the line between their neighbours."
    )


def step_sentences(rows: Sequence[ChangeRow]) -> Iterator[str]:
    """Yield which steps are exchanges, and which options leave and come back."""
    swaps = [str(row.number) for row in rows if not row.nested]
    if swaps:
        text = several(
            "The step to point {points} is an exchange: some leave for others to enter.",
            "The steps to points {points} are exchanges: some leave for others to enter.",
            len(swaps),
        )
        yield text.format(points=listed(swaps))
    back = sorted({name for row in rows for name in row.back})
    if back:
        text = several(
            "{options} leaves and comes back along the way.",
            "{options} leave and come back along the way.",
            len(back),
        )
        yield text.format(options=listed(back))


def _headline(frontier: Frontier) -> str:
    first, last = frontier.points[0], frontier.points[-1]
    names = [named(measure) for measure in frontier.measures]
    if len(frontier.points) == 1:
        text = _("One plan was found so far: {values}.")
        if frontier.complete:
            both = _("One plan is best in both{resolution}: {values}.")
            text = both if len(names) == 2 else _("One plan is best in all{resolution}: {values}.")
        rough = frontier.resolution or frontier.cost_resolution
        resolution = _(", to {resolution}").format(resolution=_resolution(frontier, 1))
        return text.format(
            resolution=resolution if rough else "", values=_values(frontier, first.values)
        )
    if len(names) == 2:
        text = _("{number} points between {first} and {second}: from {start} to {end}.")
        return text.format(
            number=len(frontier.points),
            first=names[0],
            second=names[1],
            start=_plain_values(frontier, first.values),
            end=_plain_values(frontier, last.values),
        )
    text = _("{number} points between {names}.")
    return text.format(number=len(frontier.points), names=listed(names))


def _plain_values(frontier: Frontier, values: Values) -> str:
    return listed(
        amount(frontier.case, measure, plain(value))
        for measure, value in zip(frontier.measures, values, strict=True)
    )


def _values(frontier: Frontier, values: Values) -> str:
    return ", ".join(
        f"{named(measure)} {amount(frontier.case, measure, plain(value))}"
        for measure, value in zip(frontier.measures, values, strict=True)
    )


def _proof(frontier: Frontier) -> Iterator[str]:
    if frontier.complete and not frontier.resolution and not frontier.cost_resolution:
        yield _("Complete: no plan beats these points, and none lies between them: proved.")
        return
    if frontier.complete:
        text = _(
            "Complete to {resolution}: no plan is better than every point by more than "
            "that: proved."
        )
        yield text.format(resolution=_resolution(frontier, 1))
        return
    yield _("Not complete: stopped before all points were found. Other points may exist.")
    if frontier.reached is not None:
        text = _("No plan is better than every point by more than {resolution}: proved.")
        yield text.format(resolution=_resolution(frontier, frontier.reached))


def _resolution(frontier: Frontier, times: float) -> str:
    """Return the resolution, or some times as much (or as many points and millions, where 0)."""
    parts = []
    if any(not measure.is_cost for measure in frontier.measures):
        number = at_most((frontier.resolution or (times > 1)) * times)
        parts.append(_("{number} points").format(number=f"{number:g}"))
    if frontier.trades_cost:
        number = at_most((frontier.cost_resolution or (times > 1)) * times)
        parts.append(millions(frontier.case, rounded_up(number, money_digits(number))))
    return listed(parts)


def _shape(frontier: Frontier) -> Iterator[str]:
    ideal, nadir = frontier.ideal, frontier.nadir
    assert ideal is not None
    assert nadir is not None
    text = (
        _("The best of each by itself: {values}; no plan has all of that at once.")
        if frontier.complete
        else _("The best of each among these points: {values}.")
    )
    yield text.format(values=_values(frontier, ideal))
    text = _("The worst of each among these points: {values}.")
    yield text.format(values=_values(frontier, nadir))
    if frontier.knee is not None:
        number = frontier.points.index(frontier.knee) + 1
        text = _(
            "Beyond a straight exchange between the two ends, point {number} offers the most (the "
            "knee)."
        )
        yield text.format(number=number)
    if len(frontier.measures) > 2 and frontier.even is not None:
        point, share = frontier.even
        text = _(
            "Point {number} is the most even: it has at least {share} of the way from worst to "
            "best in each."
        )
        yield text.format(number=frontier.points.index(point) + 1, share=percent(share))
    text = (
        _(
            "Of all combinations between the worst and the best of each, {share} can be had or "
            "bettered (the hypervolume)."
        )
        if frontier.complete
        else _(
            "Of all combinations between the worst and the best of each among these points, they "
            "reach or better {share} (the hypervolume)."
        )
    )
    if len(frontier.points) > 2:
        yield text.format(share=percent(frontier.hypervolume))


def _own(frontier: Frontier, plan: Plan | None) -> Iterator[str]:
    own = own_point(frontier, plan)
    if own is None:
        return
    values = ", ".join(
        f"{named(measure)} {amount(frontier.case, measure, value)}"
        for measure, value in zip(frontier.measures, own.worth, strict=True)
    )
    better = _better(frontier, own)
    if own.breaks:
        text = _("Your own plan breaks demands; it would have {values}.")
    elif better:
        text = _("Your own plan: {values}. Points that are at least as good in each: {points}.")
    else:
        text = _("Your own plan: {values}. No point listed is at least as good in each.")
    yield text.format(values=values, points=listed(better) if better else "")


def _better(frontier: Frontier, own: OwnPoint) -> list[str]:
    return [
        str(number)
        for number, point in enumerate(frontier.points, 1)
        if all(
            measure.sign * (float(value) - mine) >= -1e-9
            for measure, value, mine in zip(frontier.measures, point.values, own.worth, strict=True)
        )
    ]
