r"""All values of two or three measures that no plan beats, supported by weights or not.

Of what the points found so far leave open, :mod:`region` keeps the corners. One corner
:math:`c` after the other is asked: is there a plan with :math:`z \ge c + step` in every measure?

1. The relaxation may deny it (:mod:`relaxation`).
2. Where only starts are left of the program, and few rows, every plan near the relaxation's bound
   is listed (:mod:`listing`): that finds all points there, and once the list reaches down to the
   corner, nothing else is there.
3. Otherwise HiGHS searches, beyond all open corners at once (:mod:`searching`).

A plan that is found makes new corners. Once all are proved empty, each plan :math:`z` has a point
:math:`p` with :math:`z < p + step` in every measure: the one that would otherwise leave open a
corner below :math:`z - step`. So the points are complete to the step.
"""

import heapq
import math
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
from choosebattles.formulation.start_variables import start_column
from choosebattles.frontier.convex_hull import supported, undominated
from choosebattles.frontier.corner_search import CORNERS_AT_ONCE, CornerSearch
from choosebattles.frontier.enumeration import Choices, budget_for, enumerate_choices
from choosebattles.frontier.open_corners import Region
from choosebattles.frontier.plans import PlanSearch, PlansOf, Wanted, one_of_each
from choosebattles.frontier.points import Frontier, Point
from choosebattles.frontier.project_out_payments import eliminate_continuous
from choosebattles.frontier.proved_empty import ProvedEmpty
from choosebattles.frontier.relaxation import Beyond, Relaxation
from choosebattles.frontier.traded_measure import COST, TradedMeasure, measures
from choosebattles.solving.allowed_plans import raised
from choosebattles.solving.audited_plan import confirmed
from choosebattles.solving.highs_model import Ended
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop
from choosebattles.solving.search_limits import SearchLimits, Stopwatch, WorkBudget
from choosebattles.solving.tolerances import BUDGET_ROOM, KEPT, SAME_POINT, TWICE_PROOF
from choosebattles.translation import _
from choosebattles.workbook.reader import as_case

FIRST = 3_000.0
"""About how many choices are listed at first; where none is a plan, more."""

MORE = 8.0
"""Times as many choices that are listed next."""

LEAST_WEIGHT = 1e-3
"""Of the largest weight: so that what is found is beaten in no measure."""

MIXED = (3, 9)
"""Plans near a corner that are mixed: a few, and if that finds nothing, more."""

NEAR_WORK = 2.0
"""Units of work, at most, in which a mix of plans is looked for."""

LOOSE = 7.0
"""Steps that a search may leave open: it finds plans; that there are no others is proved last."""

NARROW = 0.5
"""The same for a search among plans that are near others, which is short in any case."""

SAVED_EVERY = 30.0
"""Seconds between two times that what is found so far is handed over."""

PLANS = 50
"""Sets of options of one point that are listed, at most."""

CHEAPER_WORK = 1.0
"""Units of work, at least, in which a cheaper plan of a point is looked for."""

REACH_WORK = 2.0
"""Units of work in which it is found out what an unfinished frontier proves."""


@dataclass(frozen=True)
class Traced:
    """How far a frontier is traced: points so far, without those beaten since, corners, seconds."""

    points: int
    left: int
    seconds: float


Watcher = Callable[[Traced], None]
"""Called with the progress."""

Keeper = Callable[[Frontier], None]
"""Whoever keeps what is found so far."""


_CUT_SHORT = (Stop.TIME_LIMIT, Stop.WORK_LIMIT, Stop.INTERRUPTED)


class _TraceStopped(Exception):  # noqa: N818 - no error: a limit, Ctrl-C, or no progress
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
    request = FrontierRequest(case, measures(case, objectives), resolution, cost_resolution)
    tracing = _Tracing(request, SearchLimits(time_limit), watch, keep)
    return _traced(tracing, plans)


def trace_two(case: Case, *, resolution: float, limits: SearchLimits) -> Frontier:
    """Return the trade-off between the first two objectives, one plan for each point.

    Unlike :func:`trace` it may be limited in work, so that it ends at the same point everywhere.
    """
    request = FrontierRequest(case, measures(case, None), resolution, 0.0)
    return _traced(_Tracing(request, limits, None, None), Wanted.ONE)


def _traced(tracing: "_Tracing", plans: Wanted) -> Frontier:
    try:
        stop = tracing.run()
    except _TraceStopped as stopped:
        stop = stopped.stop
    except KeyboardInterrupt:
        stop = Stop.INTERRUPTED
    if plans is Wanted.ALL or (plans is Wanted.CHEAPEST and not tracing.request.least().any()):
        with suppress(_TraceStopped, KeyboardInterrupt):
            tracing.look_for_plans(all_plans=plans is Wanted.ALL)
    return tracing.frontier(stop)


@dataclass
class _Tracing:
    """A frontier while it is being traced."""

    request: FrontierRequest
    limits: SearchLimits
    watch: Watcher | None
    keep: Keeper | None
    found: list[_FoundPlan] = field(default_factory=list)
    solves: int = 0
    done: bool = False

    def __post_init__(self) -> None:
        self._clock = Stopwatch(self.limits.time_limit)
        self._since_kept = Stopwatch()
        self._budget = WorkBudget(self.limits.work_limit)
        self._looking = 0.0
        # All is traced in what counts as one of each measure, so that tolerances fit.
        self.ones = np.array([measure.one(self.request.case) for measure in self.request.measures])
        self.least = self.request.least() / self.ones
        self.units = np.where(self.least > 0, self.least, 1.0)
        self.program = formulate(self.request.case)
        q = self.program.quantities
        self.goals = [
            measure.raised(q) if one == 1 else float(1 / one) * measure.raised(q)
            for measure, one in zip(self.request.measures, self.ones, strict=True)
        ]
        self.arrays = as_arrays(self.program)
        self.binary = eliminate_continuous(self.arrays, self.goals)
        self.region = Region(len(self.goals))
        self.proved_empty = ProvedEmpty(len(self.goals))
        self._order = count()
        self._heap = [(-math.inf, next(self._order), self.region.corners[0])]
        self._beyond: dict[bytes, Beyond | None] = {}
        self._search: CornerSearch | None = None
        self._tried: set[bytes] = set()
        self._place = {name: number for number, name in enumerate(self.arrays.names)}
        self.details: dict[tuple[Choice, ...], PlansOf] = {}
        self._all_plans = False
        self._counted = 0, 0
        if self.binary is None:
            self.relaxation = Relaxation(self.arrays, self.goals, self.units)
            return
        goals = [self.binary.restated(goal) for goal in self.goals]
        self.relaxation = Relaxation(self.binary.arrays(), goals, self.units)
        self._gains = np.array([[float(a) for a in goal.terms.values()] for goal in goals])
        self._from = np.array([float(goal.constant) for goal in goals])
        choices = self.binary.choices
        self._matrix = np.vstack([choices.matrix, -self._gains])

    # Corners

    def run(self) -> Stop:
        """Ask one corner after the other until none is left."""
        while self._heap:
            by, _order, corner = heapq.heappop(self._heap)
            if not (self.region.corners == corner).all(axis=1).any():
                continue
            if self.proved_empty.covers(self._target(corner)):
                continue
            self._report_progress()
            self._check_limits()
            self.solves += 1
            if self.binary is None or not self._list_beyond(corner, -by):
                self._search_beyond(corner)
        self.done = True
        return Stop.OPTIMAL if self.found else Stop.INFEASIBLE

    def _target(self, corner: np.ndarray) -> np.ndarray:
        return np.asarray(corner + self._step(corner))

    def _step(self, corner: np.ndarray) -> np.ndarray:
        size = np.maximum(1.0, np.abs(_finite_or_zero(corner)))
        return np.asarray(np.maximum(self.least, TWICE_PROOF * size))

    def _relaxation_at(self, corner: np.ndarray) -> Beyond | None:
        """Return how far beyond the step plans can be; None where there are none."""
        key = corner.tobytes()
        if key not in self._beyond:
            beyond = self.relaxation.at(self._target(corner))
            self._beyond[key] = None if beyond is None or beyond.by < -BUDGET_ROOM else beyond
        return self._beyond[key]

    def _add_point(self, found: _FoundPlan, by: float) -> bool:
        """Take a plan that was found, and say whether no point had ruled it out."""
        new = self.region.without(found.raised)
        if new is None:
            return False
        self.found.append(found)
        for corner in new:
            heapq.heappush(self._heap, (-by, next(self._order), corner))
        return True

    # Lists

    def _list_beyond(self, corner: np.ndarray, most: float) -> bool:
        """List plans beyond a corner, more and more; say whether that could be done."""
        target = self._target(corner)
        beyond = self._relaxation_at(corner)
        self._beyond.clear()
        if beyond is None:
            self.proved_empty.add(target)
            return True
        full = min(beyond.by, float(np.abs(beyond.reduced_costs).sum()))
        number = FIRST
        while True:
            budget = budget_for(beyond.reduced_costs, number, full)
            plans = self._list_plans(beyond, target, budget)
            if plans is None:
                return False
            if len(plans):
                self._add_listed(plans, min(most, beyond.by))
            if budget >= full:
                self.proved_empty.add(target)
            if len(plans) or budget >= full:
                return True
            number *= MORE

    def _list_plans(self, beyond: Beyond, target: np.ndarray, budget: float) -> np.ndarray | None:
        assert self.binary is not None
        side = np.concatenate([self.binary.choices.most, self._from - target])
        given = np.isfinite(side)
        choices = Choices(self._matrix[given], side[given])
        return enumerate_choices(choices, beyond.relaxed, beyond.reduced_costs, budget)

    def _add_listed(self, plans: np.ndarray, by: float) -> None:
        raised = plans @ self._gains.T + self._from
        for place in undominated(raised, SAME_POINT):
            beyond = self._target(self.region.corners) <= raised[place]
            if beyond.all(axis=1).any():
                self._add_point(_FoundPlan(raised[place], self._choices_of(plans[place])), by)

    def _choices_of(self, plan: np.ndarray) -> tuple[Choice, ...]:
        assert self.binary is not None
        values = dict(zip(self.binary.names, plan.tolist(), strict=True))
        return self.program.choices(values)

    # Searches

    def _search_beyond(self, corner: np.ndarray) -> None:
        """Search beyond a corner, and beyond those like it at the same time."""
        open_corners = self._open_corners(corner)
        if not open_corners:
            return
        given = bool(np.isfinite(corner).all())
        if given and any(self._search_near_plans(open_corner) for open_corner in open_corners):
            heapq.heappush(self._heap, (-math.inf, next(self._order), corner))
            return
        worst = max(
            (self._beyond[open_corner.tobytes()] for open_corner in open_corners),
            key=_distance_beyond,
        )
        assert worst is not None
        targets = np.array([self._target(open_corner) for open_corner in open_corners])
        ended = self._search_any(targets, open_corners)
        if ended.stop is Stop.INFEASIBLE:
            for target in targets:
                self.proved_empty.add(target)
            return
        if ended.values is None and ended.stop not in _CUT_SHORT:
            raise _TraceStopped(Stop.FAILED)
        if ended.values is not None:
            self._add_searched(ended.values, worst.by)
            self._search_better_plan(worst)
        if ended.stop in _CUT_SHORT:
            raise _TraceStopped(ended.stop)
        for open_corner in open_corners:
            heapq.heappush(self._heap, (-worst.by, next(self._order), open_corner))

    def _search_any(self, targets: np.ndarray, corners: Sequence[np.ndarray]) -> Ended:
        """Search for any plan beyond corners.

        A start that, by its reduced cost at each of the corners, no plan beyond it has another
        way than the relaxation does is fixed.
        """
        seen = [beyond for corner in corners if (beyond := self._relaxation_at(corner)) is not None]
        worst = max(seen, key=_distance_beyond)
        rounded = np.array([np.rint(relaxed.relaxed) for relaxed in seen])
        sure = np.array(
            [np.abs(relaxed.reduced_costs) > relaxed.by + BUDGET_ROOM for relaxed in seen]
        )
        fixed = sure.all(axis=0) & (rounded == rounded[0]).all(axis=0) & self.arrays.integer
        fixed_at = {int(column): float(rounded[0, column]) for column in np.flatnonzero(fixed)}
        weights = np.maximum(worst.weights, LEAST_WEIGHT * worst.weights.max())
        ended = self._search_corners(targets, weights, fixed_at)
        if ended.bound is not None:
            self.proved_empty.bound(targets, weights, raised(ended.bound))
        return ended

    def _open_corners(self, corner: np.ndarray) -> list[np.ndarray]:
        """Return a corner and open ones that are given in the same measures, the widest first."""
        alike = np.isfinite(self.region.corners) == np.isfinite(corner)
        found = []
        for open_corner in self.region.corners[alike.all(axis=1)]:
            target = self._target(open_corner)
            if self.proved_empty.covers(target):
                continue
            self._check_limits()
            if self._relaxation_at(open_corner) is None:
                self.proved_empty.add(target)
            else:
                found.append(open_corner)
        if not np.isfinite(corner).all():
            return [open_corner for open_corner in found if (open_corner == corner).all()]
        found.sort(
            key=lambda open_corner: _distance_beyond(self._beyond[open_corner.tobytes()]),
            reverse=True,
        )
        near = np.abs(np.array(found) - found[0]).max(axis=1) if found else []
        return [found[place] for place in np.argsort(near, kind="stable")[:CORNERS_AT_ONCE]]

    def _search_near_plans(self, corner: np.ndarray) -> bool:
        """Search beyond a corner among plans that mix those near it; say whether one was found.

        Starts on which the plans agree stay as they are, so the search is short.
        """
        if corner.tobytes() in self._tried:
            return False
        self._tried.add(corner.tobytes())
        beyond = self._relaxation_at(corner)
        assert beyond is not None
        target = self._target(corner)
        left = undominated(np.array([plan.raised for plan in self.found]), SAME_POINT)
        plans = [self.found[place] for place in left]
        plans.sort(key=lambda plan: self._distance(plan.raised, target))
        for number in MIXED:
            fixed = self._common_starts(plans[:number])
            ended = self._search_corners(target[None, :], beyond.weights, fixed, NEAR_WORK, NARROW)
            if ended.values is not None:
                self._add_searched(ended.values, beyond.by)
                return True
            if ended.stop is Stop.INTERRUPTED:
                raise _TraceStopped(ended.stop)
            if len(plans) <= number:
                break
        return False

    def _search_better_plan(self, beyond: Beyond) -> None:
        """Search for a plan that beats the last one found, among those that mix it with others."""
        if len(self.found) <= MIXED[0]:
            return
        last = self.found[-1]
        plans = sorted(self.found, key=lambda plan: self._distance(plan.raised, last.raised))
        fixed = self._common_starts(plans[: MIXED[-1]])
        target = kept_all(last.raised)[None, :]
        ended = self._search_corners(target, beyond.weights, fixed, NEAR_WORK, NARROW)
        if ended.stop is Stop.INTERRUPTED:
            raise _TraceStopped(ended.stop)
        if ended.values is not None:
            found = self._recounted(ended.values)
            if found.choices != last.choices:
                self._add_point(found, beyond.by)

    def _distance(self, one: np.ndarray, other: np.ndarray) -> float:
        return float(np.abs((one - other) / self.units).max())

    def _common_starts(self, plans: Sequence[_FoundPlan]) -> dict[int, float]:
        """Return the starts on which plans agree, by number of the column."""
        mixed = np.array([self._columns(plan.choices) for plan in plans])
        alike = mixed.min(axis=0) == mixed.max(axis=0)
        return {int(n): float(mixed[0, n]) for n in np.flatnonzero(self.arrays.integer & alike)}

    def _columns(self, choices: tuple[Choice, ...]) -> np.ndarray:
        """Return the starts of a plan by number of the column."""
        columns = np.zeros(len(self.arrays.names))
        for choice in choices:
            columns[self._place[start_column(choice.option, choice.start)]] = 1.0
        return columns

    def _search_corners(
        self,
        targets: np.ndarray,
        weights: np.ndarray,
        fixed: Mapping[int, float] | None = None,
        most: float = math.inf,
        loose: float = LOOSE,
    ) -> Ended:
        if self._search is None:
            self._search = CornerSearch(self.arrays, self.goals)
        weights = np.maximum(weights, LEAST_WEIGHT * weights.max())
        gap = 0.0
        if self.least.all():
            size = max((abs(float(weights @ plan.raised)) for plan in self.found), default=100.0)
            gap = loose * float(weights @ self.least) / max(1.0, size)
        work = self._budget.within(most)
        options = Options(
            gap=gap,
            time_limit=self._clock.left,
            work_limit=work if math.isfinite(work) else None,
        )
        return self._search.beyond(targets, weights, options, fixed)

    def _add_searched(self, values: np.ndarray, by: float) -> None:
        if not self._add_point(self._recounted(values), by):
            # It is none of those asked for, and would be found again and again.
            raise _TraceStopped(Stop.FAILED)

    def _recounted(self, values: np.ndarray) -> _FoundPlan:
        named = dict(zip(self.arrays.names, values.tolist(), strict=False))
        choices = self.program.choices(named)
        plan, counted = confirmed(self.request.case, choices)
        has = np.array([float(value) for value in self._raised_values(counted)])
        return _FoundPlan(has, choices, (plan, counted))

    def _raised_values(self, counted: Recount) -> tuple[Fraction, ...]:
        """Return what a plan has of every measure, raised, in what counts as one of it."""
        return tuple(
            measure.sign * measure.of(counted) / Fraction(one)
            for measure, one in zip(self.request.measures, self.ones, strict=True)
        )

    # Limits

    @property
    def _work(self) -> float:
        searched = 0.0 if self._search is None else self._search.work
        return searched + self.relaxation.work + self._looking

    def _check_limits(self) -> None:
        self._budget.done = self._work
        if self._clock.over:
            raise _TraceStopped(Stop.TIME_LIMIT)
        if self._budget.over:
            raise _TraceStopped(Stop.WORK_LIMIT)

    def _report_progress(self) -> None:
        if self.watch is not None:
            self.watch(Traced(self._count_points(), len(self._heap) + 1, self._clock.seconds))
        if self.keep is not None and self.found and self._since_kept.seconds >= SAVED_EVERY:
            self.keep(self.frontier(Stop.TIME_LIMIT))
            self._since_kept = Stopwatch()

    def _count_points(self) -> int:
        """Return how many of the plans found are points: no later one beats them."""
        if self._counted[0] != len(self.found):
            left = undominated(np.array([plan.raised for plan in self.found]), SAME_POINT)
            self._counted = len(self.found), len(left)
        return self._counted[1]

    # Answers

    def frontier(self, stop: Stop) -> Frontier:
        """Return what was traced, with what is known of its shape."""
        points = self._points()
        raised = [self._raised_values(point.recount) for point in points]
        order = sorted(range(len(points)), key=lambda place: raised[place])
        marks = dict(zip(order, supported([raised[place] for place in order]), strict=True))
        return Frontier(
            self.request.case,
            self.request.measures,
            tuple(
                replace(points[place], supported=marks[place])
                for place in sorted(order, key=lambda place: points[place].values)
            ),
            complete=self.done,
            resolution=self.request.resolution,
            stop=stop,
            seconds=self._clock.seconds,
            solves=self.solves,
            cost_resolution=self.request.cost_resolution,
            reached=None if self.done else self._reached(),
        )

    def _points(self) -> list[Point]:
        if not self.found:
            return []
        left = undominated(np.array([plan.raised for plan in self.found]), SAME_POINT)
        return [self._point(self.found[place]) for place in left]

    def _point(self, found: _FoundPlan) -> Point:
        known = self.details.get(found.choices)
        if known is not None:
            for choices in known.plans:
                plan, counted = confirmed(self.request.case, choices)
                if (
                    np.array(self._raised_values(counted), dtype=float) >= kept_all(found.raised)
                ).all():
                    values = self._values(counted)
                    return Point(
                        values,
                        plan,
                        counted,
                        cheapest=known.cheapest and choices is known.plans[0],
                        plans=known.plans if self._all_plans else (),
                        all_plans=known.every,
                    )
        plan, counted = found.confirmed or confirmed(self.request.case, found.choices)
        return Point(self._values(counted), plan, counted)

    def _values(self, counted: Recount) -> tuple[Fraction, ...]:
        return tuple(measure.of(counted) for measure in self.request.measures)

    def look_for_plans(self, *, all_plans: bool) -> None:
        """Look for the cheapest plan of every point, or for all its sets of options."""
        self._all_plans = all_plans
        plan_search = None
        if not self.found:
            return
        left = undominated(np.array([plan.raised for plan in self.found]), SAME_POINT)
        pace = self._work / max(1, len(left))
        for found in (self.found[number] for number in left):
            self._check_limits()
            self.solves += 1
            known = None if self.binary is None else self._every_plan(found)
            if known is None:
                plan_search = plan_search or PlanSearch(self.request.case, self.request.measures)
                work = (
                    self._budget.left if all_plans else self._budget.within(max(CHEAPER_WORK, pace))
                )
                known = plan_search.plans(
                    found.choices,
                    found.raised.tolist(),
                    most=PLANS if all_plans else 1,
                    limits=SearchLimits(self._clock.left, work),
                )
                self._looking = plan_search.resolver.work
            if known is None:
                raise _TraceStopped(Stop.INTERRUPTED)
            self.details[found.choices] = known

    def _every_plan(self, found: _FoundPlan) -> PlansOf | None:
        """Return all plans of a point by a list; None where there are too many to look at."""
        assert self.binary is not None
        target = kept_all(found.raised)
        beyond = self.relaxation.at(target)
        if beyond is None:
            return None
        full = min(beyond.by + KEPT, float(np.abs(beyond.reduced_costs).sum()))
        plans = self._list_plans(beyond, target, full)
        if plans is None or not len(plans):
            return None
        cost = self.binary.restated(TradedMeasure(COST).raised(self.program.quantities))
        prices = plans @ np.array([-float(coefficient) for coefficient in cost.terms.values()])
        order = np.argsort(np.round(prices, 6), kind="stable")
        every = one_of_each(self._choices_of(plans[place]) for place in order)
        return PlansOf(every[:PLANS], cheapest=True, every=len(every) <= PLANS)

    def _reached(self) -> float | None:
        """Return what is proved of an unfinished frontier, in steps; None where that is little."""
        if not self.found:
            return None
        most, before = 1.0, self.relaxation.work
        for corner in self.region.corners:
            if self.proved_empty.covers(self._target(corner)):
                continue
            beyond = self.relaxation.at(self._target(corner))
            if self.relaxation.work - before > REACH_WORK:
                return None
            if beyond is not None and beyond.by > 0:
                step = float((self._step(corner) / self.units)[np.isfinite(corner)].max(initial=0))
                most = max(most, beyond.by + step)
        return most if math.isfinite(most) else None


def kept_all(raised: np.ndarray) -> np.ndarray:
    """Return what every measure must be at least, to be the same."""
    return np.asarray(raised - KEPT * np.maximum(1.0, np.abs(raised)))


def _finite_or_zero(corner: np.ndarray) -> np.ndarray:
    return np.where(np.isfinite(corner), corner, 0.0)


def _distance_beyond(beyond: Beyond | None) -> float:
    return -math.inf if beyond is None else beyond.by
