"""What a frontier holds: its points, its ends, and how much of the space between they dominate."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.plan import Choice, Plan
from choosebattles.case.units import Id
from choosebattles.frontier.traded_measure import TradedMeasure
from choosebattles.notebook_display import Tabular, starts
from choosebattles.solving.outcome import Stop
from choosebattles.solving.tolerances import ON_THE_HULL
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
