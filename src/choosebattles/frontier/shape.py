"""What a frontier looks like: points and their shape, by plain arithmetic."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.plan import Plan
from choosebattles.case.units import Id
from choosebattles.solving.outcome import Stop

Pair = tuple[Fraction, Fraction]
"""An index of the first objective and one of the second."""

ON_THE_HULL = Fraction(1, 10**9)
"""Points that a pair may lie below the convex hull and still be called supported."""


@dataclass(frozen=True)
class Point:
    """One pair of indices that no plan beats, with a plan that reaches it.

    ``supported`` says that some weights of the two objectives make the plan a best one, of the
    plans listed. ``cheapest`` says that no plan of the point costs less: proved.
    """

    pair: Pair
    plan: Plan
    recount: Recount
    supported: bool = True
    cheapest: bool = False


@dataclass(frozen=True)
class Frontier:
    """The trade-off between two objectives, by rising index of the first.

    ``complete`` says that it is proved that no plan is better than every point listed: each plan
    exceeds some point by at most ``resolution`` points in either index (by a millionth or so
    where that is 0). Whatever ``stop`` says, every point listed is proved; where
    nothing can be done at all, the frontier is complete and has no points.
    """

    case: Case
    objectives: tuple[Id, Id]
    points: tuple[Point, ...]
    complete: bool
    resolution: float
    stop: Stop
    seconds: float = field(compare=False)
    solves: int = field(compare=False)

    @property
    def ideal(self) -> Pair | None:
        """Return the most of each index; no plan reaches both unless there is one point."""
        if not self.points:
            return None
        return self.points[-1].pair[0], self.points[0].pair[1]

    @property
    def nadir(self) -> Pair | None:
        """Return the least of each index among the points."""
        if not self.points:
            return None
        return self.points[0].pair[0], self.points[-1].pair[1]

    @property
    def knee(self) -> Point | None:
        """Return the point farthest beyond the line between the ends, each range taken as 1.

        None where no point lies beyond that line.
        """
        if len(self.points) < 3:
            return None
        low, high = self.nadir, self.ideal
        assert low is not None
        assert high is not None
        wide, tall = high[0] - low[0], high[1] - low[1]
        beyond = [
            (each.pair[0] - low[0]) / wide + (each.pair[1] - low[1]) / tall for each in self.points
        ]
        most = max(beyond)
        return self.points[beyond.index(most)] if most > 1 + ON_THE_HULL else None

    @property
    def hypervolume(self) -> Fraction:
        r"""Return the area, in square points, of pairs above the nadir that some point dominates.

        .. math:: \sum_k (a_k - a_{k-1}) (b_k - b_{nadir})

        with the points by rising *a*; the reference is the nadir, so the two ends add nothing.
        """
        if self.nadir is None:
            return Fraction(0)
        last, floor = self.nadir
        area = Fraction(0)
        for each in self.points:
            area += (each.pair[0] - last) * (each.pair[1] - floor)
            last = each.pair[0]
        return area


def undominated(points: Sequence[Point], width: Fraction = Fraction(0)) -> tuple[Point, ...]:
    """Return the points that no other matches in both indices, by rising first index.

    An index that is higher by no more than ``width``, relative to max(1, |index|), is matched.
    """
    left: list[Point] = []
    for each in sorted(points, key=lambda point: point.pair, reverse=True):
        if left and not _more(each.pair[1], left[-1].pair[1], width):
            continue
        if left and not _more(left[-1].pair[0], each.pair[0], width):
            left.pop()
        left.append(each)
    return tuple(reversed(left))


def _more(one: Fraction, other: Fraction, width: Fraction) -> bool:
    return one - other > width * max(Fraction(1), abs(other))


def hull(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the corners of the upper convex hull of pairs that rise in the first index."""
    corners: list[Pair] = []
    for each in pairs:
        while len(corners) > 1 and _turn(corners[-2], corners[-1], each) >= 0:
            corners.pop()
        corners.append(each)
    return corners


def supported(pairs: Sequence[Pair]) -> list[bool]:
    """Say of each pair, by rising first index, whether it lies on the upper convex hull."""
    corners = hull(pairs)
    found = []
    at = 0
    for pair in pairs:
        while at + 2 < len(corners) and corners[at + 1][0] < pair[0]:
            at += 1
        found.append(pair in corners or _below(corners[at], corners[at + 1], pair) <= ON_THE_HULL)
    return found


def _below(one: Pair, two: Pair, pair: Pair) -> Fraction:
    """Return by how much a pair lies below the line through two others."""
    slope = (two[1] - one[1]) / (two[0] - one[0])
    return one[1] + slope * (pair[0] - one[0]) - pair[1]


def _turn(one: Pair, two: Pair, three: Pair) -> Fraction:
    """Return more than 0 where the way from one to three by two turns left."""
    return (two[0] - one[0]) * (three[1] - one[1]) - (two[1] - one[1]) * (three[0] - one[0])
