r"""Many near-equal questions: what one search finds and proves serves the others.

The engine under frontiers, alternatives, explanations, sweeps and draws::

    resolver = Resolver(case)
    resolver.ask(Question())                                  # the best plan
    resolver.ask(Question(leave=frozenset({"CLOUD"})))        # without CLOUD
    resolver.ask(Question(case=changed, gap=0.01))            # other numbers
    q = resolver.speak()                                      # another goal, a further row
    floor = Row("floor", q.index("resilience") >= 50)
    resolver.ask(Question(goal=q.index("autonomy"), rows=(floor,)))

A question is answered in the cheapest of four ways that is a proof:

1. a known plan meets a bound that was proved before, of plans that include all those allowed now;
2. a known plan meets what the prices of an earlier relaxation prove of any goal;
3. a known plan meets the bound of the relaxation. Every past search of a goal :math:`c_i` over a
   space that includes the present one left the row :math:`c_i x \le bound_i`, which the
   relaxation takes on;
4. a search, which starts from the best known plan: first near the relaxation, with all that it
   leaves out or takes as the known plan does; then among all plans, but that what the relaxation
   shows to be worth no more than a gap above the best known plan is fixed beforehand, and that
   much is part of the bound.

The same questions in the same order, asked of a resolver in the same state, get the same replies,
unless one of them runs out of time.
"""

import time
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from choosebattles.audit.scale import Scale
from choosebattles.case.facts import Facts
from choosebattles.case.plan import Choice
from choosebattles.formulation.program import Program, formulate
from choosebattles.formulation.quantities import Expressions
from choosebattles.formulation.restate import Anew, Restatement, restate
from choosebattles.solving.ground import Ground, arranged, relax
from choosebattles.solving.loaded import Ended, version
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop
from choosebattles.solving.question import How, Question, Reply
from choosebattles.solving.space import Proof, Space, raised
from choosebattles.solving.tolerances import PROOF, proves, size

GROUNDS = 3
"""Programs of different rows and columns that are held at a time."""

REARRANGED = 3
"""Known plans whose payments and covers are worked out anew before a search."""


def bracketed(number: int) -> Iterator[int]:
    """Yield positions 0 to number - 1: both ends, then the middle of what lies between, and so on.

    In a sweep over money, what is proved with more of it bounds what is possible with less, and a
    plan for less is one for more: where the two are close, all between them is answered.
    """
    if number:
        yield 0
    if number > 1:
        yield number - 1
    between = [(0, number - 1)]
    while between:
        low, high = between.pop(0)
        if high - low > 1:
            middle = (low + high) // 2
            yield middle
            between += [(low, middle), (middle, high)]


NEARER = 0.2
"""The part of the gap to which is searched near the relaxation."""

LOOSE = 0.0005
"""Gaps from which on it pays to search near the relaxation first."""


@dataclass(frozen=True, eq=False)
class Asked:
    """A question in numbers: which plans, what they are worth, how exactly, by when."""

    ground: Ground
    space: Space
    costs: np.ndarray
    offset: float
    gap: float
    until: float | None
    began: float
    unit: float

    def options(self, defaults: Options) -> Options:
        """Return how the solver is to go about it."""
        left = None if self.until is None else max(0.0, self.until - time.monotonic())
        return replace(defaults, gap=self.gap, time_limit=left, unit=self.unit)

    def worth(self, values: np.ndarray) -> float:
        """Return what a plan is worth, from its columns."""
        return float(values @ self.costs[: len(values)]) + self.offset

    def room(self, value: float) -> float:
        """Return by how much a bound may exceed a value and answer the question."""
        return max(self.gap, PROOF) * size(value, self.unit)

    def enough(self, value: float) -> float:
        """Return the largest bound that answers the question with a plan of a value."""
        return value + self.room(value) if np.isfinite(value) else -np.inf

    def sufficing(self, bound: float) -> float:
        """Return the least value that answers the question with a bound, and a hair more."""
        gap = 0.999 * max(self.gap, PROOF)
        return min(bound - gap * self.unit, bound / (1 + gap) if bound > 0 else bound / (1 - gap))


@dataclass
class Standing:
    """What is known so far of a question: the best plan, its worth, and a bound."""

    values: np.ndarray | None = None
    value: float = -np.inf
    bound: float = np.inf

    def hold(self, values: np.ndarray | None, value: float) -> None:
        """Take a plan if it is worth more."""
        if values is not None and value > self.value:
            self.values, self.value = values, value

    def lower(self, bound: float | None) -> None:
        """Take a bound if it says more."""
        if bound is not None:
            self.bound = min(self.bound, bound)

    def answers(self, asked: Asked) -> bool:
        """Say whether value and bound are as close as was asked, or no plan is left."""
        if self.bound == -np.inf:
            return True
        return self.bound <= asked.enough(self.value)


class Resolver:
    """Answers questions that are near one case. Not to be shared between threads.

    Parameters
    ----------
    case
        The case that the questions are near.
    options
        Threads and seed of the solver; gap and time limit are each question's own.
    ground
        The program of the case, where it is at hand already.
    """

    def __init__(
        self, case: Facts, options: Options | None = None, *, ground: Ground | None = None
    ) -> None:
        self.case = case
        self.solver = version()
        self._options = options or Options()
        self._grounds = [ground or Ground(formulate(case))]
        self._told: tuple[Facts, Ground, Restatement | None] | None = None

    @property
    def program(self) -> Program:
        """Return the program of the resolver's case."""
        return self._at(self.case)[0].program

    def speak(self, case: Facts | None = None) -> Expressions:
        """Return the words for goals and rows, of the resolver's case or of a changed one."""
        ground, told = self._at(case or self.case)
        return ground.program.quantities if told is None else told.quantities

    def know(self, choices: Iterable[Choice]) -> None:
        """Take a plan into the pool, by its options and start years."""
        ground = self._grounds[0]
        ground.plans.begin(f"start[{each.option},{each.start}]" for each in choices)

    def trust(self, bound: float) -> None:
        """Take it for proved that no plan of the resolver's case exceeds a bound."""
        ground = self._grounds[0]
        goal = ground.program.quantities.objective
        costs = ground.search.loaded.costs(goal)
        ground.learn(Proof(ground.base, costs, float(goal.constant), raised(bound, self._unit)))

    def fork(self) -> "Resolver":
        """Return another resolver that knows what this one knows of its own case.

        Whatever one of the two is asked from now on, the other does not learn: forks of one
        resolver give the same replies to the same questions.
        """
        other = copy(self)
        other.__dict__ |= {"_grounds": [self._grounds[0].fork()], "_told": None}
        return other

    def ask(self, question: Question) -> Reply:
        """Answer a question: a plan, what it is worth, and what no plan can exceed."""
        return self._answer(self._asked(question), Standing(), thorough=True)

    def look(self, question: Question) -> Reply:
        """Find a good plan quickly, among the likely ones only.

        The bound holds, but may be far above the value; where it is farther than the gap asked
        for, the reply says that time ran out.
        """
        return self._answer(self._asked(question), Standing(), thorough=False)

    def _answer(self, asked: Asked, so_far: Standing, *, thorough: bool) -> Reply:
        self._recall(asked, so_far)
        if so_far.answers(asked):
            return _reply(asked, so_far, How.KNOWN)
        self._price(asked, so_far)
        if so_far.answers(asked):
            return _reply(asked, so_far, How.PRICED)
        relaxed = self._relax(asked, so_far)
        if so_far.answers(asked):
            return _reply(asked, so_far, How.RELAXED)
        self._rearrange(asked, so_far)
        if so_far.answers(asked):
            return _reply(asked, so_far, How.RELAXED)
        if asked.gap >= LOOSE or not thorough:
            self._look_near(asked, so_far, relaxed)
        if not thorough or so_far.answers(asked):
            return _reply(asked, so_far, How.SEARCHED, Stop.TIME_LIMIT)
        stop = self._search_above(asked.enough(so_far.value), asked, so_far, relaxed)
        return _reply(asked, so_far, How.SEARCHED, stop)

    def glance(self, question: Question) -> Reply:
        """Answer as well as known plans and one relaxation can, without a search.

        What is replied is proved, but may be far apart: ``stop`` is ``GAP`` or ``FAILED`` then.
        """
        asked = self._asked(question)
        so_far = Standing()
        self._recall(asked, so_far)
        if not so_far.answers(asked):
            self._relax(asked, so_far)
        return _reply(asked, so_far, How.RELAXED)

    def bound(self, question: Question) -> float | None:
        """Return what no plan exceeds, without a search: -inf where none is left, None unknown."""
        asked = self._asked(question)
        so_far = Standing()
        so_far.lower(asked.ground.proved(asked.space, asked.costs, asked.offset))
        self._relax(asked, so_far)
        return None if so_far.bound == np.inf else so_far.bound

    def _asked(self, question: Question) -> Asked:
        began = time.monotonic()
        ground, told = self._at(question.case or self.case)
        if question.goal is not None:
            goal = question.goal
        else:
            goal = ground.program.quantities.objective if told is None else told.objective
        expressions = (goal, *(each.demand.expression for each in question.rows))
        ground.include(told.quantities if told else ground.program.quantities, expressions)
        return Asked(
            ground,
            ground.space(told, question),
            ground.search.loaded.costs(goal),
            float(goal.constant),
            question.gap,
            None if question.time_limit is None else began + question.time_limit,
            began,
            question.unit or (self._unit if question.goal is None else 1.0),
        )

    @cached_property
    def _unit(self) -> float:
        return Scale(self.case).unit()

    def _at(self, case: Facts) -> tuple[Ground, Restatement | None]:
        """Return the program to ask, and what is different in it for the case."""
        if self._told is None or self._told[0] is not case:
            self._told = (case, *self._found(case))
        return self._told[1:]

    def _found(self, case: Facts) -> tuple[Ground, Restatement | None]:
        for ground in self._grounds:
            if ground.program.case is case:
                return ground, None
        for ground in self._grounds:
            told = restate(ground.program, case)
            if not isinstance(told, Anew):
                return ground, told
        ground = Ground(formulate(case))
        for each in self._grounds[0].plans.started():
            ground.plans.begin(each)
        self._grounds = [self._grounds[0], ground, *self._grounds[1 : GROUNDS - 1]]
        return ground, None

    def _recall(self, asked: Asked, so_far: Standing) -> None:
        """Look up plans and proofs."""
        ground = asked.ground
        so_far.lower(ground.proved(asked.space, asked.costs, asked.offset))
        known = ground.plans.best(asked.space, asked.costs, asked.offset)
        if known is not None:
            so_far.hold(*known)

    def _price(self, asked: Asked, so_far: Standing) -> None:
        """Bound the question by the prices of earlier relaxations, the newest first."""
        for each in reversed(asked.ground.prices):
            if so_far.answers(asked):
                return
            if each.holds(asked.space):
                so_far.lower(raised(each.bound(asked.costs, asked.offset), asked.unit))

    def _relax(self, asked: Asked, so_far: Standing) -> Ended:
        """Bound the question by its relaxation."""
        options = asked.options(self._options)
        ended = relax(asked.ground, asked.space, asked.costs, asked.offset, options)
        if ended.stop is Stop.INFEASIBLE:
            so_far.lower(-np.inf)
            asked.ground.learn(Proof(asked.space, asked.costs, asked.offset, None))
        elif ended.bound is not None:
            so_far.lower(raised(ended.bound, asked.unit))
            asked.ground.price(asked.space, asked.costs, asked.offset, ended, asked.unit)
        return ended

    def _rearrange(self, asked: Asked, so_far: Standing) -> None:
        """Work out the payments and covers of likely plans anew: they may be allowed after all."""
        ground = asked.ground
        for each in ground.plans.likely(asked.costs, REARRANGED):
            found = arranged(ground, asked.space, asked.costs, asked.offset, each)
            if found is not None:
                ground.plans.add(found)
                so_far.hold(found, asked.worth(found))
            if so_far.answers(asked):
                return

    def _look_near(self, asked: Asked, so_far: Standing, relaxed: Ended) -> None:
        """Search with all that the relaxation leaves out, and so does the best known plan."""
        if relaxed.values is None:
            return
        ground, whole = asked.ground, asked.ground.whole
        there = relaxed.values[whole]
        same = there < 1e-6
        if so_far.values is not None:
            known = np.rint(so_far.values[whole])
            same = np.abs(there - known) < 1e-6
            there = np.where(same, known, there)
        stay = np.where(same, np.rint(there), 0)[same]
        ground.search.stand(asked.space, asked.costs, asked.offset)
        ground.search.narrow(whole[same], stay, stay)
        options = replace(asked.options(self._options), gap=asked.gap * NEARER)
        target = asked.sufficing(so_far.bound)
        ended = ground.search.loaded.run(options, start=so_far.values, target=target)
        ground.search.widen(whole[same])
        if ended.values is not None:
            ground.plans.add(ended.values)
            so_far.hold(ended.values, asked.worth(ended.values))

    def _search_above(self, target: float, asked: Asked, so_far: Standing, relaxed: Ended) -> Stop:
        """Search from the best known plan for those worth more than a target.

        What the relaxation shows to be worth less is left out, so that the bound is that of the
        search or of what was left out, the larger of the two.
        """
        ground = asked.ground
        out, to, least = _hopeless(asked, so_far, relaxed, target)
        ground.search.stand(asked.space, asked.costs, asked.offset)
        ground.search.narrow(out, to, to)
        options, target = asked.options(self._options), asked.sufficing(so_far.bound)
        ended = ground.search.loaded.run(options, start=so_far.values, target=target)
        ground.search.widen(out)
        if ended.values is not None:
            ground.plans.add(ended.values)
            so_far.hold(ended.values, asked.worth(ended.values))
        bound = None if ended.bound is None else raised(ended.bound, asked.unit)
        if ended.stop is Stop.INFEASIBLE:
            bound = -np.inf if so_far.values is None or len(out) else None
        if bound is not None:
            so_far.lower(max(bound, least, so_far.value))
            known = None if so_far.bound == -np.inf else so_far.bound
            ground.learn(Proof(asked.space, asked.costs, asked.offset, known))
        return ended.stop


def _hopeless(
    asked: Asked, so_far: Standing, relaxed: Ended, target: float
) -> tuple[np.ndarray, np.ndarray, float]:
    """Return the starts that can be fixed, at what, and what no plan that differs in one exceeds.

    With reduced cost :math:`d_j`, no plan in which start *j* is the other way is worth more than
    the relaxation plus (from 0 up) or minus (from 1 down) :math:`d_j`. Whatever the best known
    plan does stays free, so that the search can begin with it.
    """
    nothing = np.array([], dtype=int)
    if relaxed.duals is None or relaxed.values is None or relaxed.bound is None:
        return nothing, nothing.astype(float), -np.inf
    whole = asked.ground.whole
    there, duals = relaxed.values[whole], relaxed.duals[whole]
    best = raised(relaxed.bound, asked.unit)
    down = (there < 1e-9) & (best + duals < target)
    up = (there > 1 - 1e-9) & (best - duals < target)
    if so_far.values is not None:
        down &= so_far.values[whole] < 0.5
        up &= so_far.values[whole] > 0.5
    out = down | up
    most = np.where(down, best + duals, best - duals)[out].max(initial=-np.inf)
    return whole[out], up[out].astype(float), float(most)


def _reply(asked: Asked, so_far: Standing, how: How, stop: Stop | None = None) -> Reply:
    seconds = time.monotonic() - asked.began
    bound = so_far.bound if np.isfinite(so_far.bound) else None
    if so_far.bound == -np.inf:
        return Reply(Stop.INFEASIBLE, None, None, None, how, seconds)
    if so_far.values is None:
        return Reply(stop or Stop.FAILED, None, None, bound, how, seconds)
    if proves(so_far.bound, so_far.value, asked.unit):
        stop = Stop.OPTIMAL
    elif proves(so_far.bound, so_far.value, asked.unit, gap=asked.gap) or stop in (
        Stop.OPTIMAL,
        Stop.INFEASIBLE,
        None,
    ):
        stop = Stop.GAP
    values = dict(zip(asked.ground.names, so_far.values.tolist(), strict=False))
    choices = asked.ground.program.choices(values)
    return Reply(stop, choices, so_far.value, bound, how, seconds, asked.unit)
