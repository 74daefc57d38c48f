"""What a frontier looks like: points and their shape, by plain arithmetic."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from scipy.optimize import linprog

from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.plan import Choice, Plan
from choosebattles.case.units import Id
from choosebattles.frontier.traded_measure import TradedMeasure
from choosebattles.notebook_display import Tabular, starts
from choosebattles.solving.outcome import Stop
from choosebattles.solving.tolerances import ON_THE_HULL, ON_THE_PLANE
from choosebattles.translation import _

Pair = tuple[Fraction, Fraction]
"""Two measures, both to be raised."""

Values = tuple[Fraction, ...]
"""One number for each measure, as it is shown: the cost is not negative."""


@dataclass(frozen=True)
class Point:
    """What one plan has of every measure, with the plan.

    ``supported`` says that some weights of the measures make the plan a best one, of the plans
    listed. ``cheapest`` says that no plan of the point costs less: proved. ``plans`` are all sets
    of options that reach the point, where they were asked for, each by one plan;
    ``all_plans`` says that there are no others: proved.
    """

    values: Values
    plan: Plan
    recount: Recount
    supported: bool = True
    cheapest: bool = False
    plans: tuple[tuple[Choice, ...], ...] = ()
    all_plans: bool = False


@dataclass(frozen=True, repr=False)
class Frontier(Tabular):
    """The trade-off between two or three measures, by rising value of the first.

    ``complete`` says that it is proved that no plan is better than every point listed: each plan
    exceeds some point by at most the resolution in every measure (by a millionth or so where that
    is 0), of ``resolution`` points and, where the cost is traded off, ``cost_resolution`` millions.
    Where it is not complete, ``reached`` is how many times the resolution (or, where that is 0,
    how many points and millions) is proved instead, None where nothing is; ``stop`` says why.
    """

    case: Case
    measures: tuple[TradedMeasure, ...]
    points: tuple[Point, ...]
    complete: bool
    resolution: float
    stop: Stop
    seconds: float = field(compare=False)
    solves: int = field(compare=False)
    cost_resolution: float = 0.0
    reached: float | None = None

    @property
    def objectives(self) -> tuple[Id, ...]:
        """Return the names of the measures."""
        return tuple(measure.name for measure in self.measures)

    @property
    def summary(self) -> str:
        """Return what is traded off, and how many points are known."""
        return _("Frontier of {names} in {case}: {points:,} points, {proof}").format(
            names=", ".join(self.objectives),
            case=self.case.name or _("a case"),
            points=len(self.points),
            proof=_("complete: proved") if self.complete else _("not complete"),
        )

    @property
    def arrays(self) -> dict[str, np.ndarray]:
        """Return the frontier as one array for each column, a row for each point.

        The measures under their names, in points and, the cost, in millions; ``total_cost`` in
        millions; ``start.OPTION``, a year, or 0.
        """
        found = {
            name: np.array([float(point.values[place]) for point in self.points])
            for place, name in enumerate(self.objectives)
        }
        found["total_cost"] = np.array([float(point.recount.total_cost) for point in self.points])
        return found | starts(self.case.options, (point.plan for point in self.points))

    @property
    def trades_cost(self) -> bool:
        """Say whether the total cost is one of the measures."""
        return any(measure.is_cost for measure in self.measures)

    @property
    def ideal(self) -> Values | None:
        """Return the best of each measure; no plan reaches all unless there is one point."""
        return self._extreme(best=True)

    @property
    def nadir(self) -> Values | None:
        """Return the worst of each measure among the points."""
        return self._extreme(best=False)

    def _extreme(self, *, best: bool) -> Values | None:
        if not self.points:
            return None
        columns = zip(*(point.values for point in self.points), strict=True)
        return tuple(
            max(column) if (measure.sign > 0) is best else min(column)
            for measure, column in zip(self.measures, columns, strict=True)
        )

    @property
    def knee(self) -> Point | None:
        """Return the point farthest beyond the line between the ends, each range taken as 1.

        None where no point lies beyond that line, or three measures are traded off.
        """
        if len(self.points) < 3 or len(self.measures) > 2:
            return None
        beyond = [sum(point_shares) for point_shares in self._shares()]
        most = max(beyond)
        return self.points[beyond.index(most)] if most > 1 + ON_THE_HULL else None

    @property
    def even(self) -> tuple[Point, Fraction] | None:
        """Return the point whose least share of the ranges is the largest, with that share.

        The worst of the points is 0 and the best 1. None for fewer than three points.
        """
        if len(self.points) < 3:
            return None
        least = [min(point_shares) for point_shares in self._shares()]
        most = max(least)
        return self.points[least.index(most)], most

    def _shares(self) -> list[list[Fraction]]:
        """Return of each point where in the ranges it lies: from worst, 0, to best, 1."""
        low, high = self.nadir, self.ideal
        assert low is not None
        assert high is not None
        return [
            [
                (value - worst) / (best - worst) if best != worst else Fraction(1)
                for value, worst, best in zip(point.values, low, high, strict=True)
            ]
            for point in self.points
        ]

    @property
    def hypervolume(self) -> Fraction:
        r"""Return the share of the space between nadir and ideal that some point dominates.

        For two measures it is an area, with points by rising *a*, each range taken as 1:

        .. math:: \sum_k (a_k - a_{k-1}) b_k

        and for three the same of such areas. 0 where fewer than two points are known.
        """
        if len(self.points) < 2:
            return Fraction(0)
        return _volume([tuple(point_shares) for point_shares in self._shares()])


def _volume(shares: Sequence[tuple[Fraction, ...]]) -> Fraction:
    """Return how much of the unit square or cube lies below some point."""
    if len(shares[0]) == 2:
        area = tall = Fraction(0)
        for across, up in sorted(shares, reverse=True):
            if up > tall:
                area += across * (up - tall)
                tall = up
        return area
    volume, seen = Fraction(0), []
    order = sorted(shares, key=lambda point: point[2], reverse=True)
    heights = [point[2] for point in order[1:]] + [Fraction(0)]
    for point, last in zip(order, heights, strict=True):
        seen.append((point[0], point[1]))
        if point[2] > last:
            volume += _volume(seen) * (point[2] - last)
    return volume


def undominated(raised: np.ndarray, width: float = 0.0) -> list[int]:
    """Return the places of the rows that no other matches in all numbers.

    A number that is higher by no more than ``width``, relative to max(1, |number|), is matched.
    """
    left: list[int] = []
    room = width * np.maximum(1.0, np.abs(raised))
    for place in np.argsort(-raised.sum(axis=1), kind="stable"):
        if not (raised[left] + room[left] >= raised[place]).all(axis=1).any():
            left.append(int(place))
    return left


def hull(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the corners of the upper convex hull of pairs that rise in the first number."""
    corners: list[Pair] = []
    for pair in pairs:
        while len(corners) > 1 and _cross_product(corners[-2], corners[-1], pair) >= 0:
            corners.pop()
        corners.append(pair)
    return corners


def supported(raised: Sequence[Values]) -> list[bool]:
    """Say of each point, by rising first number, whether some weights make it a best one."""
    if not raised:
        return []
    if len(raised[0]) > 2:
        return _supported_by_weights(raised)
    pairs = [(values[0], values[1]) for values in raised]
    corners = hull(pairs)
    found = []
    at = 0
    for pair in pairs:
        while at + 2 < len(corners) and corners[at + 1][0] < pair[0]:
            at += 1
        found.append(
            pair in corners
            or _distance_below_line(corners[at], corners[at + 1], pair) <= ON_THE_HULL
        )
    return found


def _supported_by_weights(raised: Sequence[Values]) -> list[bool]:
    r"""Ask of each point for weights :math:`w \ge 0` of sum 1 with :math:`w (q - p) \le 0`."""
    values = np.array([[float(number) for number in point] for point in raised])
    span = np.ptp(values, axis=0)
    values = (values - values.min(axis=0)) / np.where(span > 0, span, 1.0)
    size = values.shape[1]
    found = []
    for point in values:
        weighing = linprog(
            np.append(np.zeros(size), 1.0),
            A_ub=np.column_stack([values - point, -np.ones(len(values))]),
            b_ub=np.zeros(len(values)),
            A_eq=[[*np.ones(size), 0.0]],
            b_eq=[1.0],
        )
        found.append(weighing.x is not None and weighing.fun <= ON_THE_PLANE)
    return found


def _distance_below_line(one: Pair, two: Pair, pair: Pair) -> Fraction:
    """Return by how much a pair lies below the line through two others."""
    slope = (two[1] - one[1]) / (two[0] - one[0])
    return one[1] + slope * (pair[0] - one[0]) - pair[1]


def _cross_product(one: Pair, two: Pair, three: Pair) -> Fraction:
    """Return more than 0 where the way from one to three by two turns left."""
    return (two[0] - one[0]) * (three[1] - one[1]) - (two[1] - one[1]) * (three[0] - one[0])
