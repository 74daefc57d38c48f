r"""All values of two or three measures that no plan beats, supported by weights or not.

Of what the points found so far leave open, :mod:`region` keeps the corners. One corner
:math:`c` after the other is asked: is there a plan with :math:`z \ge c + step` in every measure?

1. The relaxation may deny it (:mod:`relaxation`).
2. Where only starts are left of the program, and few rows, every plan near the relaxation's bound
   is listed (:mod:`listing`): that finds all points there, and once the list reaches down to the
   corner, nothing else is there.
3. Otherwise HiGHS searches, beyond all open corners at once (:mod:`searching`).

A plan that is found makes new corners. Once all are denied, each plan :math:`z` has a point
:math:`p` with :math:`z < p + step` in every measure: the one that would otherwise leave open a
corner below :math:`z - step`. So the points are complete to the step.
"""

import heapq
import math
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import count
from pathlib import Path

import numpy as np

from choosebattles.arguments import check_number
from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.plan import Choice, Plan
from choosebattles.case.units import Id
from choosebattles.formulation.arrays import as_arrays
from choosebattles.formulation.program import formulate
from choosebattles.formulation.quantities import start_column
from choosebattles.frontier.bare import bared
from choosebattles.frontier.listing import Choices, budget_for, listed
from choosebattles.frontier.measure import COST, TradedMeasure, measures
from choosebattles.frontier.plans import PlanSearch, PlansOf, Wanted, one_of_each
from choosebattles.frontier.region import Region
from choosebattles.frontier.relaxation import Beyond, Relaxation
from choosebattles.frontier.searching import ABREAST, Search
from choosebattles.frontier.shape import Frontier, Point, supported, undominated
from choosebattles.solving.confirm import confirmed
from choosebattles.solving.highs_model import Ended
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop
from choosebattles.solving.space import raised
from choosebattles.solving.tolerances import BUDGET_ROOM, KEPT, SAME_POINT, TWICE_PROOF
from choosebattles.words import _
from choosebattles.workbook.reader import as_case

FIRST = 3_000.0
"""About how many choices are listed at first; where none is a plan, more."""

MORE = 8.0
"""Times as many choices that are listed next."""

LEAST_WEIGHT = 1e-3
"""Of the largest weight: so that what is found is beaten in no measure."""

MIXED = (3, 9)
"""Plans near a corner that are mixed: a few, and if that finds nothing, more."""

NEAR_SECONDS = 2.0
"""Seconds, at most, for which a mix of plans is looked for."""

LOOSE = 7.0
"""Steps that a search may leave open: it finds plans; that there are no others is proved last."""

NARROW = 0.5
"""The same for a search among plans that are near others, which is short in any case."""

SAVED_EVERY = 30.0
"""Seconds between two times that what is found so far is handed over."""

PLANS = 50
"""Sets of options of one point that are listed, at most."""

LEAST_PATIENCE = 1.0
"""Seconds, at least, for which a cheaper plan of a point is looked for."""

REACH_SECONDS = 2.0
"""Seconds in which it is found out what an unfinished frontier proves."""


@dataclass(frozen=True)
class Traced:
    """How far a frontier is traced: points so far, without those beaten since, corners, seconds."""

    points: int
    left: int
    seconds: float


Watcher = Callable[[Traced], None]
"""Whoever is told of progress."""

Keeper = Callable[[Frontier], None]
"""Whoever keeps what is found so far."""


class _TraceStopped(Exception):  # noqa: N818 - no error: time is over, Ctrl-C, or no progress
    def __init__(self, stop: Stop) -> None:
        super().__init__(stop)
        self.stop = stop


@dataclass(frozen=True)
class FrontierRequest:
    """What a frontier is to be: the measures, and the resolution of each."""

    case: Case
    measures: tuple[TradedMeasure, ...]
    resolution: float
    cost_resolution: float

    def least(self) -> np.ndarray:
        """Return the resolution of every measure."""
        every = (self.cost_resolution if m.is_cost else self.resolution for m in self.measures)
        return np.array(list(every))


@dataclass(frozen=True)
class _FoundPlan:
    """A plan that was found: what it has of every measure, raised, and its starts."""

    raised: np.ndarray
    choices: tuple[Choice, ...]
    confirmed: tuple[Plan, Recount] | None = None


def trace(
    case: Case | Path | str,
    *,
    objectives: tuple[Id | TradedMeasure, ...] | None = None,
    resolution: float = 0.0,
    cost_resolution: float = 0.0,
    time_limit: float | None = None,
    plans: Wanted = Wanted.CHEAPEST,
    watch: Watcher | None = None,
    keep: Keeper | None = None,
) -> Frontier:
    """Return all values of two or three measures that no plan beats, with a plan for each.

    Parameters
    ----------
    case
        Facts and decision model; its method plays no part, its weights only in ``objective``.
    objectives
        The measures: ids of objectives, ``objective`` for their weighted sum, ``cost`` for the
        total cost, or measures as they are; the first two objectives of the model unless said
        otherwise.
    resolution
        Points by which, in every index at once, one point may stand for others; 0 for all.
    cost_resolution
        The same for the cost, in millions; it counts together with ``resolution``.
    time_limit
        Seconds after which the points so far are returned.
    plans
        Which plans of a point are looked for once it is found: any one; the cheapest, as long as
        that takes no longer than the point itself and every resolution is 0; or every set of
        options that reaches it, up to ``PLANS``.
    watch
        Told of progress after each question.
    keep
        Handed the frontier so far now and then, if it takes long.

    Raises
    ------
    InputError
        Where the case has not got such measures.
    AuditError
        Where the independent recount does not confirm a plan.
    """
    case = as_case(case)
    check_number("resolution", resolution, unit=_("points"))
    check_number("cost_resolution", cost_resolution, unit=_("millions"))
    check_number("time_limit", time_limit, unit=_("seconds"), none=True)
    asked = FrontierRequest(case, measures(case, objectives), resolution, cost_resolution)
    until = None if time_limit is None else time.monotonic() + time_limit
    tracing = _Tracing(asked, until, watch, keep)
    try:
        stop = tracing.run()
    except _TraceStopped as stopped:
        stop = stopped.stop
    except KeyboardInterrupt:
        stop = Stop.INTERRUPTED
    if plans is Wanted.ALL or (plans is Wanted.CHEAPEST and not asked.least().any()):
        with suppress(_TraceStopped, KeyboardInterrupt):
            tracing.look_for_plans(all_plans=plans is Wanted.ALL)
    return tracing.frontier(stop)


@dataclass
class _Tracing:
    """A frontier while it is being traced."""

    asked: FrontierRequest
    until: float | None
    watch: Watcher | None
    keep: Keeper | None
    found: list[_FoundPlan] = field(default_factory=list)
    solves: int = 0
    done: bool = False

    def __post_init__(self) -> None:
        self.began = self._kept_at = time.monotonic()
        # All is traced in what counts as one of each measure, so that tolerances fit.
        self.ones = np.array([each.one(self.asked.case) for each in self.asked.measures])
        self.least = self.asked.least() / self.ones
        self.units = np.where(self.least > 0, self.least, 1.0)
        self.program = formulate(self.asked.case)
        q = self.program.quantities
        self.goals = [
            each.raised(q) if one == 1 else float(1 / one) * each.raised(q)
            for each, one in zip(self.asked.measures, self.ones, strict=True)
        ]
        self.arrays = as_arrays(self.program)
        self.bare = bared(self.arrays, self.goals)
        self.region = Region(len(self.goals))
        self.denied = Denied(len(self.goals))
        self._number = count()
        self._heap = [(-math.inf, next(self._number), self.region.corners[0])]
        self._beyond: dict[bytes, Beyond | None] = {}
        self._search: Search | None = None
        self._tried: set[bytes] = set()
        self._place = {name: number for number, name in enumerate(self.arrays.names)}
        self.details: dict[tuple[Choice, ...], PlansOf] = {}
        self._all_plans = False
        self._counted = 0, 0
        if self.bare is None:
            self.relaxation = Relaxation(self.arrays, self.goals, self.units)
            return
        goals = [self.bare.restated(each) for each in self.goals]
        self.relaxation = Relaxation(self.bare.arrays(), goals, self.units)
        self._gains = np.array([[float(a) for a in each.terms.values()] for each in goals])
        self._from = np.array([float(each.constant) for each in goals])
        choices = self.bare.choices
        self._matrix = np.vstack([choices.matrix, -self._gains])

    # Corners

    def run(self) -> Stop:
        """Ask one corner after the other until none is left."""
        while self._heap:
            by, _number, corner = heapq.heappop(self._heap)
            if not (self.region.corners == corner).all(axis=1).any():
                continue
            if self.denied.covers(self._target(corner)):
                continue
            self._tell()
            self._in_time()
            self.solves += 1
            if self.bare is None or not self._list(corner, -by):
                self._look(corner)
        self.done = True
        return Stop.OPTIMAL if self.found else Stop.INFEASIBLE

    def _target(self, corner: np.ndarray) -> np.ndarray:
        return np.asarray(corner + self._step(corner))

    def _step(self, corner: np.ndarray) -> np.ndarray:
        size = np.maximum(1.0, np.abs(_or_zero(corner)))
        return np.asarray(np.maximum(self.least, TWICE_PROOF * size))

    def _at(self, corner: np.ndarray) -> Beyond | None:
        """Return how far beyond the step plans can be; None where there are none."""
        key = corner.tobytes()
        if key not in self._beyond:
            beyond = self.relaxation.at(self._target(corner))
            self._beyond[key] = None if beyond is None or beyond.by < -BUDGET_ROOM else beyond
        return self._beyond[key]

    def _take(self, found: _FoundPlan, by: float) -> bool:
        """Take a plan that was found, and say whether no point had ruled it out."""
        new = self.region.without(found.raised)
        if new is None:
            return False
        self.found.append(found)
        for each in new:
            heapq.heappush(self._heap, (-by, next(self._number), each))
        return True

    # Lists

    def _list(self, corner: np.ndarray, most: float) -> bool:
        """List plans beyond a corner, more and more; say whether that could be done."""
        target = self._target(corner)
        beyond = self._at(corner)
        self._beyond.clear()
        if beyond is None:
            self.denied.add(target)
            return True
        full = min(beyond.by, float(np.abs(beyond.duals).sum()))
        number = FIRST
        while True:
            budget = budget_for(beyond.duals, number, full)
            plans = self._listed(beyond, target, budget)
            if plans is None:
                return False
            if len(plans):
                self._take_listed(plans, min(most, beyond.by))
            if budget >= full:
                self.denied.add(target)
            if len(plans) or budget >= full:
                return True
            number *= MORE

    def _listed(self, beyond: Beyond, target: np.ndarray, budget: float) -> np.ndarray | None:
        assert self.bare is not None
        side = np.concatenate([self.bare.choices.most, self._from - target])
        given = np.isfinite(side)
        choices = Choices(self._matrix[given], side[given])
        return listed(choices, beyond.there, beyond.duals, budget)

    def _take_listed(self, plans: np.ndarray, by: float) -> None:
        raised = plans @ self._gains.T + self._from
        for each in undominated(raised, SAME_POINT):
            beyond = self._target(self.region.corners) <= raised[each]
            if beyond.all(axis=1).any():
                self._take(_FoundPlan(raised[each], self._choices_of(plans[each])), by)

    def _choices_of(self, plan: np.ndarray) -> tuple[Choice, ...]:
        assert self.bare is not None
        values = dict(zip(self.bare.names, plan.tolist(), strict=True)) | self.bare.fixed
        return self.program.choices(values)

    # Searches

    def _look(self, corner: np.ndarray) -> None:
        """Search beyond a corner, and beyond those like it at the same time."""
        abreast = self._open(corner)
        if not abreast:
            return
        given = bool(np.isfinite(corner).all())
        if given and any(self._near(each) for each in abreast):
            heapq.heappush(self._heap, (-math.inf, next(self._number), corner))
            return
        worst = max((self._beyond[each.tobytes()] for each in abreast), key=_by)
        assert worst is not None
        targets = np.array([self._target(each) for each in abreast])
        ended = self._anywhere(targets, abreast)
        if ended.stop is Stop.INFEASIBLE:
            for each in targets:
                self.denied.add(each)
            return
        if ended.values is None and ended.stop not in (Stop.TIME_LIMIT, Stop.INTERRUPTED):
            raise _TraceStopped(Stop.FAILED)
        if ended.values is not None:
            self._take_searched(ended.values, worst.by)
            self._better(worst)
        if ended.stop in (Stop.TIME_LIMIT, Stop.INTERRUPTED):
            raise _TraceStopped(ended.stop)
        for each in abreast:
            heapq.heappush(self._heap, (-worst.by, next(self._number), each))

    def _anywhere(self, targets: np.ndarray, corners: Sequence[np.ndarray]) -> Ended:
        """Search for any plan beyond corners.

        A start that, by its reduced cost at each of the corners, no plan beyond it has another
        way than the relaxation does is fixed.
        """
        seen = [beyond for each in corners if (beyond := self._at(each)) is not None]
        worst = max(seen, key=_by)
        there = np.array([np.rint(each.there) for each in seen])
        sure = np.array([np.abs(each.duals) > each.by + BUDGET_ROOM for each in seen])
        fixed = sure.all(axis=0) & (there == there[0]).all(axis=0) & self.arrays.whole
        held = {int(each): float(there[0, each]) for each in np.flatnonzero(fixed)}
        weights = np.maximum(worst.weights, LEAST_WEIGHT * worst.weights.max())
        ended = self._searched(targets, weights, held)
        if ended.bound is not None:
            self.denied.bound(targets, weights, raised(ended.bound))
        return ended

    def _open(self, corner: np.ndarray) -> list[np.ndarray]:
        """Return a corner and open ones that are given in the same measures, the widest first."""
        alike = np.isfinite(self.region.corners) == np.isfinite(corner)
        found = []
        for each in self.region.corners[alike.all(axis=1)]:
            target = self._target(each)
            if self.denied.covers(target):
                continue
            self._in_time()
            if self._at(each) is None:
                self.denied.add(target)
            else:
                found.append(each)
        if not np.isfinite(corner).all():
            return [each for each in found if (each == corner).all()]
        found.sort(key=lambda each: _by(self._beyond[each.tobytes()]), reverse=True)
        near = np.abs(np.array(found) - found[0]).max(axis=1) if found else []
        return [found[each] for each in np.argsort(near, kind="stable")[:ABREAST]]

    def _near(self, corner: np.ndarray) -> bool:
        """Search beyond a corner among plans that mix those near it; say whether one was found.

        Starts on which the plans agree stay as they are, so the search is short.
        """
        if corner.tobytes() in self._tried:
            return False
        self._tried.add(corner.tobytes())
        beyond = self._at(corner)
        assert beyond is not None
        target = self._target(corner)
        left = undominated(np.array([each.raised for each in self.found]), SAME_POINT)
        plans = [self.found[each] for each in left]
        plans.sort(key=lambda each: self._apart(each.raised, target))
        for number in MIXED:
            fixed = self._alike(plans[:number])
            ended = self._searched(target[None, :], beyond.weights, fixed, NEAR_SECONDS, NARROW)
            if ended.values is not None:
                self._take_searched(ended.values, beyond.by)
                return True
            if ended.stop is Stop.INTERRUPTED:
                raise _TraceStopped(ended.stop)
            if len(plans) <= number:
                break
        return False

    def _better(self, beyond: Beyond) -> None:
        """Search for a plan that beats the last one found, among those that mix it with others."""
        if len(self.found) <= MIXED[0]:
            return
        last = self.found[-1]
        plans = sorted(self.found, key=lambda each: self._apart(each.raised, last.raised))
        fixed = self._alike(plans[: MIXED[-1]])
        target = kept_all(last.raised)[None, :]
        ended = self._searched(target, beyond.weights, fixed, NEAR_SECONDS, NARROW)
        if ended.stop is Stop.INTERRUPTED:
            raise _TraceStopped(ended.stop)
        if ended.values is not None:
            found = self._confirmed(ended.values)
            if found.choices != last.choices:
                self._take(found, beyond.by)

    def _apart(self, one: np.ndarray, other: np.ndarray) -> float:
        return float(np.abs((one - other) / self.units).max())

    def _alike(self, plans: Sequence[_FoundPlan]) -> dict[int, float]:
        """Return the starts on which plans agree, by number of the column."""
        mixed = np.array([self._columns(each.choices) for each in plans])
        alike = mixed.min(axis=0) == mixed.max(axis=0)
        return {int(n): float(mixed[0, n]) for n in np.flatnonzero(self.arrays.whole & alike)}

    def _columns(self, choices: tuple[Choice, ...]) -> np.ndarray:
        """Return the starts of a plan by number of the column."""
        columns = np.zeros(len(self.arrays.names))
        for each in choices:
            columns[self._place[start_column(each.option, each.start)]] = 1.0
        return columns

    def _searched(
        self,
        targets: np.ndarray,
        weights: np.ndarray,
        fixed: Mapping[int, float] | None = None,
        seconds: float = math.inf,
        loose: float = LOOSE,
    ) -> Ended:
        if self._search is None:
            self._search = Search(self.arrays, self.goals)
        weights = np.maximum(weights, LEAST_WEIGHT * weights.max())
        gap = 0.0
        if self.least.all():
            size = max((abs(float(weights @ each.raised)) for each in self.found), default=100.0)
            gap = loose * float(weights @ self.least) / max(1.0, size)
        left = self._left()
        limit = min(seconds, math.inf if left is None else left)
        options = Options(gap=gap, time_limit=limit if math.isfinite(limit) else None)
        return self._search.beyond(targets, weights, options, fixed)

    def _take_searched(self, values: np.ndarray, by: float) -> None:
        if not self._take(self._confirmed(values), by):
            # It is none of those asked for, and would be found again and again.
            raise _TraceStopped(Stop.FAILED)

    def _confirmed(self, values: np.ndarray) -> _FoundPlan:
        named = dict(zip(self.arrays.names, values.tolist(), strict=False))
        choices = self.program.choices(named)
        plan, counted = confirmed(self.asked.case, choices)
        has = np.array([float(each) for each in self._raised(counted)])
        return _FoundPlan(has, choices, (plan, counted))

    def _raised(self, counted: Recount) -> tuple[Fraction, ...]:
        """Return what a plan has of every measure, raised, in what counts as one of it."""
        return tuple(
            each.sign * each.of(counted) / Fraction(one)
            for each, one in zip(self.asked.measures, self.ones, strict=True)
        )

    # Time

    def _left(self) -> float | None:
        return None if self.until is None else max(0.0, self.until - time.monotonic())

    def _in_time(self) -> None:
        if self._left() == 0.0:
            raise _TraceStopped(Stop.TIME_LIMIT)

    def _tell(self) -> None:
        now = time.monotonic()
        if self.watch is not None:
            self.watch(Traced(self._unbeaten(), len(self._heap) + 1, now - self.began))
        if self.keep is not None and self.found and now - self._kept_at >= SAVED_EVERY:
            self.keep(self.frontier(Stop.TIME_LIMIT))
            self._kept_at = time.monotonic()

    def _unbeaten(self) -> int:
        """Return how many of the plans found are points: no later one beats them."""
        if self._counted[0] != len(self.found):
            left = undominated(np.array([each.raised for each in self.found]), SAME_POINT)
            self._counted = len(self.found), len(left)
        return self._counted[1]

    # Answers

    def frontier(self, stop: Stop) -> Frontier:
        """Return what was traced, with what is known of its shape."""
        points = self._points()
        raised = [self._raised(each.recount) for each in points]
        order = sorted(range(len(points)), key=lambda each: raised[each])
        marks = dict(zip(order, supported([raised[each] for each in order]), strict=True))
        return Frontier(
            self.asked.case,
            self.asked.measures,
            tuple(
                replace(points[each], supported=marks[each])
                for each in sorted(order, key=lambda each: points[each].values)
            ),
            complete=self.done,
            resolution=self.asked.resolution,
            stop=stop,
            seconds=time.monotonic() - self.began,
            solves=self.solves,
            cost_resolution=self.asked.cost_resolution,
            reached=None if self.done else self._reached(),
        )

    def _points(self) -> list[Point]:
        if not self.found:
            return []
        left = undominated(np.array([each.raised for each in self.found]), SAME_POINT)
        return [self._point(self.found[each]) for each in left]

    def _point(self, found: _FoundPlan) -> Point:
        known = self.details.get(found.choices)
        if known is not None:
            for choices in known.plans:
                plan, counted = confirmed(self.asked.case, choices)
                if (np.array(self._raised(counted), dtype=float) >= kept_all(found.raised)).all():
                    values = self._values(counted)
                    return Point(
                        values,
                        plan,
                        counted,
                        cheapest=known.cheapest and choices is known.plans[0],
                        plans=known.plans if self._all_plans else (),
                        all_plans=known.every,
                    )
        plan, counted = found.confirmed or confirmed(self.asked.case, found.choices)
        return Point(self._values(counted), plan, counted)

    def _values(self, counted: Recount) -> tuple[Fraction, ...]:
        return tuple(each.of(counted) for each in self.asked.measures)

    def look_for_plans(self, *, all_plans: bool) -> None:
        """Look for the cheapest plan of every point, or for all its sets of options."""
        self._all_plans = all_plans
        asking = None
        if not self.found:
            return
        left = undominated(np.array([each.raised for each in self.found]), SAME_POINT)
        pace = (time.monotonic() - self.began) / max(1, len(left))
        for each in (self.found[number] for number in left):
            self._in_time()
            self.solves += 1
            known = None if self.bare is None else self._every_plan(each)
            if known is None:
                asking = asking or PlanSearch(self.asked.case, self.asked.measures)
                limit = self._left()
                if not all_plans:
                    limit = min(math.inf if limit is None else limit, max(LEAST_PATIENCE, pace))
                most = PLANS if all_plans else 1
                known = asking.plans(
                    each.choices, each.raised.tolist(), most=most, time_limit=limit
                )
            if known is None:
                raise _TraceStopped(Stop.INTERRUPTED)
            self.details[each.choices] = known

    def _every_plan(self, found: _FoundPlan) -> PlansOf | None:
        """Return all plans of a point by a list; None where there are too many to look at."""
        assert self.bare is not None
        target = kept_all(found.raised)
        beyond = self.relaxation.at(target)
        if beyond is None:
            return None
        full = min(beyond.by + KEPT, float(np.abs(beyond.duals).sum()))
        plans = self._listed(beyond, target, full)
        if plans is None or not len(plans):
            return None
        cost = self.bare.restated(TradedMeasure(COST).raised(self.program.quantities))
        prices = plans @ np.array([-float(each) for each in cost.terms.values()])
        order = np.argsort(np.round(prices, 6), kind="stable")
        every = one_of_each(self._choices_of(plans[each]) for each in order)
        return PlansOf(every[:PLANS], cheapest=True, every=len(every) <= PLANS)

    def _reached(self) -> float | None:
        """Return what is proved of an unfinished frontier, in steps; None where that is little."""
        if not self.found:
            return None
        until = time.monotonic() + REACH_SECONDS
        most = 1.0
        for corner in self.region.corners:
            if self.denied.covers(self._target(corner)):
                continue
            beyond = self.relaxation.at(self._target(corner))
            if time.monotonic() > until:
                return None
            if beyond is not None and beyond.by > 0:
                step = float((self._step(corner) / self.units)[np.isfinite(corner)].max(initial=0))
                most = max(most, beyond.by + step)
        return most if math.isfinite(most) else None


class Denied:
    """Places beyond which there is no plan that some point does not stand for.

    A search beyond some places may prove more than that: of the plans there, none has more of a
    weighted sum than a bound. So none is beyond what is above one of the places and has more.
    """

    def __init__(self, measures: int) -> None:
        self._bounds: list[tuple[np.ndarray, np.ndarray, float]] = []
        self._places = np.full((16, measures), np.inf)
        self._number = 0

    def add(self, place: np.ndarray) -> None:
        """Take note of a place."""
        if self._number == len(self._places):
            self._places = np.vstack([self._places, np.full_like(self._places, np.inf)])
        self._places[self._number] = place
        self._number += 1

    def covers(self, place: np.ndarray) -> bool:
        """Say whether a place is beyond one of them, or above a bound."""
        return bool((self._places[: self._number] <= place).all(axis=1).any()) or any(
            weights @ place > most and (places <= place).all(axis=1).any()
            for places, weights, most in self._bounds
        )

    def bound(self, places: np.ndarray, weights: np.ndarray, most: float) -> None:
        """Take note of what no plan beyond some places exceeds."""
        self._bounds.append((places, weights, most))


def kept_all(raised: np.ndarray) -> np.ndarray:
    """Return what every measure must be at least, to be the same."""
    return np.asarray(raised - KEPT * np.maximum(1.0, np.abs(raised)))


def _or_zero(corner: np.ndarray) -> np.ndarray:
    return np.where(np.isfinite(corner), corner, 0.0)


def _by(beyond: Beyond | None) -> float:
    return -math.inf if beyond is None else beyond.by
