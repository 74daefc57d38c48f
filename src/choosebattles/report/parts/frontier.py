"""A frontier in words: its points, what changes from one to the next, what it says as a whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from choosebattles.case.units import Id
from choosebattles.frontier.shape import Frontier, Point
from choosebattles.report.wording import listed, plain, points
from choosebattles.solving.outcome import Stop
from choosebattles.words import _, several


@dataclass(frozen=True)
class PointRow:
    """One point of a frontier."""

    number: int
    first: float
    second: float
    total_cost: float
    supported: bool
    knee: bool
    options: tuple[Id, ...]


@dataclass(frozen=True)
class ChangeRow:
    """What changes from one point of a frontier to the next."""

    number: int
    """The point that is reached."""
    first: float
    second: float
    cost: float
    enters: tuple[Id, ...]
    leaves: tuple[Id, ...]
    moves: tuple[tuple[Id, int, int], ...]
    """Options that start in another year: from, to."""

    @property
    def nested(self) -> bool:
        """Say whether one plan is the other and more: nothing leaves for what enters."""
        return not (self.enters and self.leaves)

    @property
    def words(self) -> str:
        """Return the kind of change in words."""
        if not self.nested:
            return _("not nested: some leave for others to enter")
        if self.enters:
            return _("adds to the plan before")
        if self.leaves:
            return _("takes from the plan before")
        return _("the same options at other times") if self.moves else _("the same options")


def point_rows(frontier: Frontier) -> list[PointRow]:
    """Return the points, by rising index of the first objective."""
    knee = frontier.knee
    return [
        PointRow(
            number,
            plain(each.pair[0]),
            plain(each.pair[1]),
            plain(each.recount.total_cost),
            each.supported,
            each is knee,
            tuple(sorted(each.plan.taken)),
        )
        for number, each in enumerate(frontier.points, 1)
    ]


def change_rows(frontier: Frontier) -> list[ChangeRow]:
    """Return what changes from each point to the next."""
    pairs = zip(frontier.points, frontier.points[1:], strict=False)
    return [_change(number, one, two) for number, (one, two) in enumerate(pairs, 2)]


def _change(number: int, one: Point, two: Point) -> ChangeRow:
    before, after = one.plan.starts, two.plan.starts
    return ChangeRow(
        number,
        plain(two.pair[0] - one.pair[0]),
        plain(two.pair[1] - one.pair[1]),
        plain(two.recount.total_cost - one.recount.total_cost),
        tuple(sorted(after.keys() - before.keys())),
        tuple(sorted(before.keys() - after.keys())),
        tuple(
            (each, before[each], after[each])
            for each in sorted(before.keys() & after.keys())
            if before[each] != after[each]
        ),
    )


def moved(moves: Sequence[tuple[Id, int, int]]) -> str:
    """Return the options that start in another year, as a list."""
    return ", ".join(f"{name} {before} → {after}" for name, before, after in moves)


def sentences(frontier: Frontier) -> Iterator[str]:
    """Yield what the frontier says as a whole; the first sentence is its headline."""
    if not frontier.points:
        if frontier.stop is Stop.INFEASIBLE:
            yield _("No plan meets all demands at once: proved.")
        else:
            yield _("Stopped before the first point was proved.")
        return
    yield _headline(frontier)
    yield _proof(frontier)
    if frontier.knee is not None:
        number = frontier.points.index(frontier.knee) + 1
        text = _("Beyond the line between the ends, point {number} lies farthest out: the knee.")
        yield text.format(number=number)
    missed = sum(not each.supported for each in frontier.points)
    if missed:
        text = several(
            "{number} point is not supported: no weights make it the best of those listed.",
            "{number} points are not supported: no weights make them the best of those listed.",
            missed,
        )
        yield text.format(number=missed)
    swaps = [str(each.number) for each in change_rows(frontier) if not each.nested]
    if swaps:
        text = several(
            "The step to point {points} is not nested: some leave for others to enter.",
            "The steps to points {points} are not nested: some leave for others to enter.",
            len(swaps),
        )
        yield text.format(points=listed(swaps))


def _headline(frontier: Frontier) -> str:
    first, second = frontier.objectives
    number = len(frontier.points)
    low, high = frontier.nadir, frontier.ideal
    assert low is not None
    assert high is not None
    if number == 1:
        text = _("One plan has the most of both: {first} {high1}, {second} {high2}.")
    else:
        text = _(
            "{number} points between {first} and {second}: from {low1} and {high2} "
            "to {high1} and {low2}."
        )
    return text.format(
        number=number,
        first=first,
        second=second,
        low1=points(low[0]),
        low2=points(low[1]),
        high1=points(high[0]),
        high2=points(high[1]),
    )


def _proof(frontier: Frontier) -> str:
    if frontier.complete and not frontier.resolution:
        return _("Complete: no plan beats these points, and none lies between them: proved.")
    if frontier.complete:
        text = _(
            "Complete to {resolution} points: no plan is better than every point by more than "
            "that: proved."
        )
        return text.format(resolution=f"{frontier.resolution:g}")
    if frontier.stop is Stop.GAP:
        return _("Not complete: the gap is wider than the resolution. Ask for a smaller --gap.")
    return _("Not complete: stopped before all points were found. Other points may exist.")
