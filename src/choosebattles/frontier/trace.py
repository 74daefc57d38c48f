r"""All pairs of two indices that no plan beats, supported by weights or not.

With :math:`a` and :math:`b` the two indices, the ends are found first: the most of one, then the
most of the other among plans that keep it. From the end of most *a*, each next point is the end
of most *a* among plans with

.. math:: b \ge b_k + step

and the most *b* that goes with it. No plan is passed over: one with
:math:`b_k + step \le b` has at most the next *a*; one below has at most the last *a*, and exceeds
its *b* by less than the step. This is the epsilon-constraint method (Haimes, Lasdon & Wismer
1971); the second solve makes every point one that no plan beats.

Where a resolution is given, one solve does for both: it raises :math:`a + \rho (b - b_k - step)`,
with :math:`\rho` so small that a quarter of the resolution is the most of *a* it can give up. What
bounds this goal bounds *a*.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction

from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.plan import Plan
from choosebattles.case.units import Id
from choosebattles.errors import Fault, InputError, SolverError
from choosebattles.frontier.shape import Frontier, Point, supported, undominated
from choosebattles.solving.confirm import confirmed
from choosebattles.solving.outcome import Stop
from choosebattles.solving.question import Question
from choosebattles.solving.resolve import Resolver
from choosebattles.terms import Linear, Row
from choosebattles.words import _

STEP = 2e-6
"""Least step between two points, relative to max(1, |index|): twice what a proof may be off."""

KEPT = 1e-7
"""What a kept index may lose, relative to max(1, |index|), because solvers round."""

ALIKE = Fraction(1, 10**6)
"""Relative to max(1, |index|), how near in both indices points are that count as one."""

SAME = Fraction(1, 10**9)
"""Points that a cheaper plan may be lower in an index and still be of the same point."""

PRICE = 0.25
"""Share of the resolution that may be given up for more of the second index."""

GAP = 0.7
"""Share of the resolution that a search may leave open; with ``PRICE`` less than all."""

LARGE = 200.0
"""Points that an index is taken to have for a gap, before it is known."""

LEAST_PATIENCE = 1.0
"""Seconds, at least, for which a cheaper plan of a point is looked for."""


@dataclass(frozen=True)
class Traced:
    """How far a frontier is traced: points so far, the share of the range behind, seconds."""

    points: int
    share: float
    seconds: float


Watcher = Callable[[Traced], None]
"""Whoever is told of progress."""


class _Stopped(Exception):  # noqa: N818 - no error: the time is over, or somebody pressed Ctrl-C
    def __init__(self, stop: Stop) -> None:
        super().__init__(stop)
        self.stop = stop


def trace(
    case: Case,
    *,
    objectives: tuple[Id, Id] | None = None,
    resolution: float = 0.0,
    gap: float | None = None,
    time_limit: float | None = None,
    cheapest: bool = True,
    watch: Watcher | None = None,
) -> Frontier:
    """Return every pair of two indices that no plan beats, with a plan for each.

    Parameters
    ----------
    case
        Facts and decision model; its weights and its method play no part.
    objectives
        The two objectives; the first two of the model unless said otherwise.
    resolution
        Points of the second index within which one point may stand for others; 0 for all.
    gap
        Relative gap of each solve, 0 for full proof; as the resolution allows unless said
        otherwise. A gap that is wider leaves the frontier incomplete.
    time_limit
        Seconds after which the points so far are returned.
    cheapest
        Whether the cheapest plan of each point is looked for, as long as the point itself took.
    watch
        Told of progress after each point.

    Raises
    ------
    InputError
        Where the case has not got two such objectives.
    SolverError
        Where the solver fails.
    AuditError
        Where the independent recount does not confirm a plan.
    """
    if not (resolution >= 0 and math.isfinite(resolution)):
        message = "the resolution must be 0 or more"
        raise ValueError(message)
    pair = _pair(case, objectives)
    until = None if time_limit is None else time.monotonic() + time_limit
    tracing = _Tracing(case, pair, resolution, gap, until, cheapest, watch)
    try:
        stop = tracing.run()
    except _Stopped as stopped:
        stop = stopped.stop
    except KeyboardInterrupt:
        stop = Stop.INTERRUPTED
    return tracing.frontier(stop)


def _pair(case: Case, objectives: tuple[Id, Id] | None) -> tuple[Id, Id]:
    there = [each.id for each in case.model.objectives]
    asked = there[:2] if objectives is None else [each for each in objectives if each in there]
    if len({*asked}) == 2:
        return asked[0], asked[1]
    found = ", ".join(objectives or there)
    expected = _("two objectives of the case")
    advice = _("A trade-off needs two: enter a second row on the sheet Objectives.")
    raise InputError([Fault("", "Objectives", "", "", "CB-R06", found, expected, advice)])


@dataclass
class _Tracing:
    """A frontier while it is being traced."""

    case: Case
    objectives: tuple[Id, Id]
    resolution: float
    gap: float | None
    until: float | None
    cheapest: bool
    watch: Watcher | None
    points: list[Point] = field(default_factory=list)
    exact: bool = True
    solves: int = 0

    def __post_init__(self) -> None:
        self.began = time.monotonic()
        self.resolver = Resolver(self.case)
        self.q = self.resolver.speak()

    def run(self) -> Stop:
        """Find the two ends, then every point between."""
        first, second = self.objectives
        last = self._end(first, second)
        if last is None:
            return Stop.INFEASIBLE
        top = self._end(second, first)
        if top is None:
            raise SolverError(_("The solver denied a plan that it had found before."))
        least = last.pair[1]
        while True:
            least = max(least, last.pair[1]) + Fraction(self._step(last.pair[1]))
            if least > top.pair[1]:
                break
            self._tell(last, top)
            found = self._next(float(least), top)
            if found is None:
                self.exact = False
                break
            last = found
        return Stop.OPTIMAL if self.exact else Stop.GAP

    def frontier(self, stop: Stop) -> Frontier:
        """Return what was traced, with what is known of its shape."""
        points = undominated(self.points, ALIKE)
        marks = supported([each.pair for each in points])
        return Frontier(
            self.case,
            self.objectives,
            tuple(replace(p, supported=mark) for p, mark in zip(points, marks, strict=True)),
            complete=stop in (Stop.OPTIMAL, Stop.INFEASIBLE),
            resolution=self.resolution,
            stop=stop,
            seconds=time.monotonic() - self.began,
            solves=self.solves,
        )

    def _step(self, index: Fraction) -> float:
        return max(self.resolution, STEP * _size(index))

    def _end(self, first: Id, second: Id, floor: tuple[Row, ...] = ()) -> Point | None:
        """Find the most of one index and then of the other."""
        began = time.monotonic()
        most = self._most(self.q.index(first), first, floor)
        if most is None:
            return None
        found = self._most(self.q.index(second), second, (*floor, self._keep(first, most[1])))
        if found is None:
            self.exact, found = False, most
        return self._add(found, began)

    def _next(self, least: float, top: Point) -> Point | None:
        """Find the next point: the most of the first index with the least asked of the second."""
        first, second = self.objectives
        floor = (Row("frontier[step]", self.q.index(second) >= least),)
        room = float(top.pair[1]) - least
        if self.resolution < STEP or room <= 0:
            return self._end(first, second, floor)
        began = time.monotonic()
        price = min(1.0, PRICE * self.resolution / room)
        goal = self.q.index(first) + price * (self.q.index(second) - least)
        found = self._most(goal, first, floor)
        return None if found is None else self._add(found, began)

    def _add(self, found: tuple[Plan, Recount], began: float) -> Point:
        point = Point(self._indices(found[1]), *found)
        if self.cheapest:
            point = self._cheapest(point, time.monotonic() - began)
        self.points.append(point)
        return point

    def _most(
        self, goal: Linear, objective: Id, rows: tuple[Row, ...]
    ) -> tuple[Plan, Recount] | None:
        """Return a plan with the most of a goal, which is no less than an index.

        None where the rows leave no plan.
        """
        found, bound = self._ask(goal, rows, self._gap(objective))
        if found is None:
            return None
        index = found[1].after.indices[objective]
        if bound is None or bound - index > self._step(index):
            self.exact = False
        return found

    def _ask(
        self, goal: Linear, rows: tuple[Row, ...], gap: float
    ) -> tuple[tuple[Plan, Recount] | None, float | None]:
        left = None if self.until is None else self.until - time.monotonic()
        if left is not None and left <= 0:
            raise _Stopped(Stop.TIME_LIMIT)
        self.solves += 1
        reply = self.resolver.ask(Question(goal=goal, rows=rows, gap=gap, time_limit=left))
        if reply.stop in (Stop.TIME_LIMIT, Stop.INTERRUPTED):
            raise _Stopped(reply.stop)
        if reply.stop is Stop.INFEASIBLE:
            return None, None
        if reply.choices is None:
            message = _("{solver} ended without a statement about the case")
            raise SolverError(message.format(solver=self.resolver.solver))
        return confirmed(self.case, reply.choices), reply.bound

    def _gap(self, objective: Id) -> float:
        """Return the relative gap for the most of an index."""
        if self.gap is not None:
            return self.gap
        place = self.objectives.index(objective)
        size = max((_size(each.pair[place]) for each in self.points), default=LARGE)
        return GAP * self.resolution / size

    def _keep(self, objective: Id, counted: Recount) -> Row:
        index = counted.after.indices[objective]
        least = float(index) - KEPT * _size(index)
        return Row(f"frontier[{objective}]", self.q.index(objective) >= least)

    def _cheapest(self, point: Point, seconds: float) -> Point:
        """Return the point with its cheapest plan, if that is found in about the time given."""
        left = math.inf if self.until is None else max(0.0, self.until - time.monotonic())
        question = Question(
            goal=-self.q.total_cost,
            rows=tuple(self._keep(each, point.recount) for each in self.objectives),
            gap=self.gap or 0.0,
            time_limit=min(left, max(LEAST_PATIENCE, seconds)),
        )
        self.solves += 1
        reply = self.resolver.ask(question)
        if reply.stop is Stop.INTERRUPTED:
            self.points.append(point)
            raise _Stopped(Stop.INTERRUPTED)
        if reply.choices is None:
            return point
        plan, counted = confirmed(self.case, reply.choices)
        pair = self._indices(counted)
        proved = reply.stop is Stop.OPTIMAL
        if any(there < here - SAME for there, here in zip(pair, point.pair, strict=True)):
            return point
        if counted.total_cost <= point.recount.total_cost:
            return Point(pair, plan, counted, cheapest=proved)
        return point

    def _indices(self, counted: Recount) -> tuple[Fraction, Fraction]:
        first, second = self.objectives
        return counted.after.indices[first], counted.after.indices[second]

    def _tell(self, last: Point, top: Point) -> None:
        if self.watch is None:
            return
        start = self.points[0].pair[1]
        share = float((last.pair[1] - start) / (top.pair[1] - start))
        self.watch(Traced(len(self.points), share, time.monotonic() - self.began))


def _size(index: Fraction) -> float:
    return max(1.0, abs(float(index)))
