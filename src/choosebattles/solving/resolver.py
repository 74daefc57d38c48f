r"""Many near-equal questions: what one search finds and proves serves the others.

The engine under frontiers, alternatives, explanations, sweeps and draws::

    resolver = Resolver(case)
    resolver.ask(SolverQuestion())                                  # the best plan
    resolver.ask(SolverQuestion(leave=frozenset({"CLOUD"})))        # without CLOUD
    resolver.ask(SolverQuestion(case=changed, gap=0.01))            # other numbers
    q = resolver.expressions()                                      # another goal, a further row
    floor = Row(RowName("floor", ("resilience",)), q.index("resilience") >= 50)
    resolver.ask(SolverQuestion(goal=q.index("autonomy"), rows=(floor,)))

A question is answered in the cheapest of four ways that is a proof:

1. a known plan meets a bound that was proved before, of plans that include all those allowed now;
2. a known plan meets what the prices of an earlier relaxation prove of any goal;
3. a known plan meets the bound of the relaxation. Every past search of a goal :math:`c_i` over a
   space that includes the present one left the row :math:`c_i x \le bound_i`, which the
   relaxation takes on;
4. a search, which starts from the best known plan: first near the relaxation, with all that it
   leaves out or takes as the known plan does; then among all plans, but that what the relaxation
   shows to be worth no more than a gap above the best known plan is fixed before it, and that
   much is part of the bound.

The same questions in the same order, asked of a resolver in the same state, get the same replies,
unless one of them runs out of time. How much may be done for a question is limited in work, which
is counted the same on every machine.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from choosebattles.audit.points_and_weights import ScoreScale
from choosebattles.case.facts import Facts
from choosebattles.case.plan import Choice
from choosebattles.formulation.program import Program, formulate
from choosebattles.formulation.quantities import Expressions
from choosebattles.formulation.restate import NeedsRebuild, Restatement, restate
from choosebattles.formulation.start_variables import start_column
from choosebattles.solving.allowed_plans import PlanSpace, Proof, raised
from choosebattles.solving.highs_model import Ended, version
from choosebattles.solving.loaded_model import LoadedModel, cheapest_payments, relax
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop
from choosebattles.solving.resolver_question import AnsweredBy, Reply, SolverQuestion
from choosebattles.solving.search_limits import Stopwatch, WorkBudget
from choosebattles.solving.tolerances import AT_A_BOUND, NEAR_A_BOUND, PROOF, proves, size
from choosebattles.vocabulary import RowName

LOADED_MODELS = 3
"""Programs of different rows and columns that are kept at a time."""

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
    between = deque([(0, number - 1)])
    while between:
        low, high = between.popleft()
        if high - low > 1:
            middle = (low + high) // 2
            yield middle
            between += [(low, middle), (middle, high)]


NEARER = 0.2
"""The part of the gap to which is searched near the relaxation."""

HALF = 0.5
"""What separates a start that is taken, or nearly, from one that is not."""

LOOSE = 0.0005
"""Gaps from which on it pays to search near the relaxation first."""


@dataclass(frozen=True, eq=False)
class Query:
    """A question in numbers: which plans, what they are worth, how exactly, with what effort."""

    loaded: LoadedModel
    space: PlanSpace
    costs: np.ndarray
    offset: float
    gap: float
    watch: Stopwatch
    work_limit: float | None
    work_before: float
    unit: float

    def options(self, defaults: Options) -> Options:
        """Return how the solver is to go about it."""
        work = WorkBudget(self.work_limit, self.work).left
        left = self.watch.left
        return replace(defaults, gap=self.gap, time_limit=left, work_limit=work, unit=self.unit)

    @property
    def work(self) -> float:
        """Return the units of work done for it so far."""
        return self.loaded.work - self.work_before

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
class Incumbent:
    """What is known so far of a question: the best plan, its worth, and a bound."""

    values: np.ndarray | None = None
    value: float = -np.inf
    bound: float = np.inf

    def improve(self, values: np.ndarray | None, value: float) -> None:
        """Take a plan if it is worth more."""
        if values is not None and value > self.value:
            self.values, self.value = values, value

    def tighten(self, bound: float | None) -> None:
        """Take a bound if it says more."""
        if bound is not None:
            self.bound = min(self.bound, bound)

    def answers(self, query: Query) -> bool:
        """Say whether value and bound are as close as was asked, or no plan is left."""
        if self.bound == -np.inf:
            return True
        return self.bound <= query.enough(self.value)


class Resolver:
    """Answers questions that are near one case. Not to be shared between threads.

    Parameters
    ----------
    case
        The case that the questions are near.
    options
        Threads and seed of the solver; gap and limits are each question's own.
    loaded
        The program of the case, where it is at hand already.
    """

    def __init__(
        self, case: Facts, options: Options | None = None, *, loaded: LoadedModel | None = None
    ) -> None:
        self.case = case
        self.solver = version()
        self.work = 0.0
        self._options = options or Options()
        self._loaded_models = [loaded or LoadedModel(formulate(case))]
        self._current: tuple[Facts, LoadedModel, Restatement | None] | None = None

    @property
    def program(self) -> Program:
        """Return the program of the resolver's case."""
        return self._at(self.case)[0].program

    def expressions(self, case: Facts | None = None) -> Expressions:
        """Return the words for goals and rows, of the resolver's case or of a changed one."""
        loaded, restatement = self._at(case or self.case)
        return loaded.program.quantities if restatement is None else restatement.quantities

    def add_solution(self, choices: Iterable[Choice]) -> None:
        """Take a plan into the pool, by its options and start years."""
        loaded = self._loaded_models[0]
        loaded.plans.add_starts(start_column(choice.option, choice.start) for choice in choices)

    def add_bound(self, bound: float) -> None:
        """Take it for proved that no plan of the resolver's case exceeds a bound."""
        loaded = self._loaded_models[0]
        goal = loaded.program.quantities.objective
        costs = loaded.search.highs.costs(goal)
        loaded.add_proof(Proof(loaded.base, costs, float(goal.constant), raised(bound, self._unit)))

    def add_answer(
        self, case: Facts, choices: Iterable[Choice] | None, bound: float | None
    ) -> None:
        """Take what is known of a case like the resolver's: its best known plan, and a bound of a reply.

        The plan comes into the pool with its payments and covers in that case, and where the case
        differs in its goal alone, what its relaxation charges is kept for other goals. A case that
        needs another program teaches nothing.
        """
        if isinstance(restate(self.program, case), NeedsRebuild):
            return
        query = self._query(SolverQuestion(case=case))
        loaded = query.loaded
        if choices is not None:
            starts = (start_column(choice.option, choice.start) for choice in choices)
            values = loaded.plans.of_starts(starts)
            goal = query.costs, query.offset
            found = cheapest_payments(loaded, query.space, *goal, values)
            loaded.plans.add(values if found is None else found)
        if bound is not None:
            loaded.add_proof(Proof(query.space, query.costs, query.offset, bound))
        if query.space is loaded.base:
            self._relax(query, Incumbent())

    def fork(self) -> "Resolver":
        """Return another resolver that knows what this one knows of its own case.

        Whatever one of the two is asked from now on, the other does not learn: forks of one
        resolver give the same replies to the same questions.
        """
        other = copy(self)
        other.__dict__ |= {"_loaded_models": [self._loaded_models[0].fork()], "_current": None}
        return other

    def ask(self, question: SolverQuestion) -> Reply:
        """Answer a question: a plan, what it is worth, and what no plan can exceed."""
        return self._counted(self._answer(self._query(question), Incumbent(), thorough=True))

    def look(self, question: SolverQuestion) -> Reply:
        """Find a good plan quickly, among the likely ones only.

        The bound holds, but may be far above the value; where it is farther than the gap asked
        for, the reply says that the work allowed was done.
        """
        return self._counted(self._answer(self._query(question), Incumbent(), thorough=False))

    def _counted(self, reply: Reply) -> Reply:
        self.work += reply.work
        return reply

    def _answer(self, query: Query, incumbent: Incumbent, *, thorough: bool) -> Reply:
        self._recall(query, incumbent)
        if incumbent.answers(query):
            return _reply(query, incumbent, AnsweredBy.KNOWN)
        self._price(query, incumbent)
        if incumbent.answers(query):
            return _reply(query, incumbent, AnsweredBy.PRICED)
        relaxed = self._relax(query, incumbent)
        if incumbent.answers(query):
            return _reply(query, incumbent, AnsweredBy.RELAXED)
        self._rearrange(query, incumbent)
        if incumbent.answers(query):
            return _reply(query, incumbent, AnsweredBy.RELAXED)
        if query.gap >= LOOSE or not thorough:
            self._look_near(query, incumbent, relaxed)
        if not thorough or incumbent.answers(query):
            return _reply(query, incumbent, AnsweredBy.SEARCHED, Stop.WORK_LIMIT)
        stop = self._search_above(query.enough(incumbent.value), query, incumbent, relaxed)
        return _reply(query, incumbent, AnsweredBy.SEARCHED, stop)

    def relaxed_bound(self, question: SolverQuestion) -> Reply:
        """Answer as well as known plans and one relaxation can, without a search.

        What is replied is proved, but may be far apart: ``stop`` is ``GAP`` or ``FAILED`` then.
        """
        query = self._query(question)
        incumbent = Incumbent()
        self._recall(query, incumbent)
        if not incumbent.answers(query):
            self._relax(query, incumbent)
        return self._counted(_reply(query, incumbent, AnsweredBy.RELAXED))

    def exchange(self, question: SolverQuestion) -> Reply:
        """Answer as :meth:`relaxed_bound` does; where no known plan is allowed, change the best one.

        The plan found has starts of the most promising known plan and those of which the
        relaxation takes more than half, and no others: few enough for a search to be short.
        """
        query = self._query(question)
        incumbent = Incumbent()
        self._recall(query, incumbent)
        if not incumbent.answers(query):
            relaxed = self._relax(query, incumbent)
            if incumbent.values is None and relaxed.values is not None:
                ended = self._search_exchange(query, incumbent, relaxed.values)
                # How else a search among a few starts ended proves nothing of all of them.
                stop = Stop.INTERRUPTED if ended is Stop.INTERRUPTED else None
                return self._counted(_reply(query, incumbent, AnsweredBy.SEARCHED, stop))
        return self._counted(_reply(query, incumbent, AnsweredBy.SEARCHED))

    def bound(self, question: SolverQuestion) -> float | None:
        """Return what no plan exceeds, without a search: -inf where none is left, None unknown."""
        query = self._query(question)
        incumbent = Incumbent()
        incumbent.tighten(query.loaded.proved(query.space, query.costs, query.offset))
        self._relax(query, incumbent)
        self.work += query.work
        return None if incumbent.bound == np.inf else incumbent.bound

    def relaxed_prices(self, question: SolverQuestion) -> Mapping[RowName, float]:
        """Return what the relaxation charges for each row of the program; nothing without a plan."""
        query = self._query(question)
        prices = self._relax(query, Incumbent()).prices
        self.work += query.work
        if prices is None:
            return {}
        return dict(zip(query.loaded.program.rows, prices.tolist(), strict=False))

    def _query(self, question: SolverQuestion) -> Query:
        watch = Stopwatch(question.time_limit)
        loaded, restatement = self._at(question.case or self.case)
        if question.goal is not None:
            goal = question.goal
        else:
            goal = (
                loaded.program.quantities.objective
                if restatement is None
                else restatement.objective
            )
        expressions = (goal, *(row.constraint.expression for row in question.rows))
        loaded.add_columns(
            restatement.quantities if restatement else loaded.program.quantities, expressions
        )
        return Query(
            loaded,
            loaded.space(restatement, question),
            loaded.search.highs.costs(goal),
            float(goal.constant),
            question.gap,
            watch,
            question.work_limit,
            loaded.work,
            question.unit or (self._unit if question.goal is None else 1.0),
        )

    @cached_property
    def _unit(self) -> float:
        return ScoreScale(self.case).unit()

    def _at(self, case: Facts) -> tuple[LoadedModel, Restatement | None]:
        """Return the program to ask, and what is different in it for the case."""
        if self._current is None or self._current[0] is not case:
            self._current = (case, *self._found(case))
        return self._current[1:]

    def _found(self, case: Facts) -> tuple[LoadedModel, Restatement | None]:
        for loaded in self._loaded_models:
            if loaded.program.case is case:
                return loaded, None
        for loaded in self._loaded_models:
            restatement = restate(loaded.program, case)
            if not isinstance(restatement, NeedsRebuild):
                return loaded, restatement
        loaded = LoadedModel(formulate(case))
        for starts in self._loaded_models[0].plans.started():
            loaded.plans.add_starts(starts)
        self._loaded_models = [
            self._loaded_models[0],
            loaded,
            *self._loaded_models[1 : LOADED_MODELS - 1],
        ]
        return loaded, None

    def _recall(self, query: Query, incumbent: Incumbent) -> None:
        """Look up plans and proofs."""
        loaded = query.loaded
        incumbent.tighten(loaded.proved(query.space, query.costs, query.offset))
        known = loaded.plans.best(query.space, query.costs, query.offset)
        if known is not None:
            incumbent.improve(*known)

    def _price(self, query: Query, incumbent: Incumbent) -> None:
        """Bound the question by the prices of earlier relaxations, the newest first."""
        for prices in reversed(query.loaded.prices):
            if incumbent.answers(query):
                return
            if prices.holds(query.space):
                incumbent.tighten(raised(prices.bound(query.costs, query.offset), query.unit))

    def _relax(self, query: Query, incumbent: Incumbent) -> Ended:
        """Bound the question by its relaxation."""
        options = query.options(self._options)
        ended = relax(query.loaded, query.space, query.costs, query.offset, options)
        if ended.stop is Stop.INFEASIBLE:
            incumbent.tighten(-np.inf)
            query.loaded.add_proof(Proof(query.space, query.costs, query.offset, None))
        elif ended.bound is not None:
            incumbent.tighten(raised(ended.bound, query.unit))
            query.loaded.add_prices(query.space, query.costs, query.offset, ended, query.unit)
        return ended

    def _rearrange(self, query: Query, incumbent: Incumbent) -> None:
        """Work out the payments and covers of likely plans anew: they may be allowed after all."""
        loaded = query.loaded
        for plan in loaded.plans.most_promising(query.costs, REARRANGED):
            found = cheapest_payments(loaded, query.space, query.costs, query.offset, plan)
            if found is not None:
                loaded.plans.add(found)
                incumbent.improve(found, query.worth(found))
            if incumbent.answers(query):
                return

    def _look_near(self, query: Query, incumbent: Incumbent, relaxed: Ended) -> None:
        """Search with all that the relaxation leaves out, and so does the best known plan."""
        if relaxed.values is None:
            return
        loaded, integers = query.loaded, query.loaded.integers
        relaxed_values = relaxed.values[integers]
        same = relaxed_values < NEAR_A_BOUND
        if incumbent.values is not None:
            known = np.rint(incumbent.values[integers])
            same = np.abs(relaxed_values - known) < NEAR_A_BOUND
            relaxed_values = np.where(same, known, relaxed_values)
        stay = np.where(same, np.rint(relaxed_values), 0)[same]
        loaded.search.pose(query.space, query.costs, query.offset)
        loaded.search.tighten_columns(integers[same], stay, stay)
        options = replace(query.options(self._options), gap=query.gap * NEARER)
        target = query.sufficing(incumbent.bound)
        ended = loaded.search.highs.run(options, start=incumbent.values, target=target)
        loaded.search.restore_columns(integers[same])
        _keep_found(query, incumbent, ended)

    def _search_exchange(
        self, query: Query, incumbent: Incumbent, relaxed_values: np.ndarray
    ) -> Stop:
        """Search among starts of the most promising plan and of the relaxation alone."""
        loaded, integers = query.loaded, query.loaded.integers
        wanted = relaxed_values[integers] > HALF
        for plan in loaded.plans.most_promising(query.costs, 1):
            wanted |= plan[integers] > HALF
        others = integers[~wanted]
        none = np.zeros(len(others))
        loaded.search.pose(query.space, query.costs, query.offset)
        loaded.search.tighten_columns(others, none, none)
        ended = loaded.search.highs.run(query.options(self._options))
        loaded.search.restore_columns(others)
        _keep_found(query, incumbent, ended)
        return ended.stop

    def _search_above(
        self, target: float, query: Query, incumbent: Incumbent, relaxed: Ended
    ) -> Stop:
        """Search from the best known plan for those worth more than a target.

        What the relaxation shows to be worth less is left out, so that the bound is that of the
        search or of what was left out, the larger of the two.
        """
        loaded = query.loaded
        out, to, least = reduced_cost_fixing(query, incumbent, relaxed, target)
        loaded.search.pose(query.space, query.costs, query.offset)
        loaded.search.tighten_columns(out, to, to)
        options, target = query.options(self._options), query.sufficing(incumbent.bound)
        ended = loaded.search.highs.run(options, start=incumbent.values, target=target)
        loaded.search.restore_columns(out)
        _keep_found(query, incumbent, ended)
        bound = None if ended.bound is None else raised(ended.bound, query.unit)
        if ended.stop is Stop.INFEASIBLE:
            bound = -np.inf if incumbent.values is None or len(out) else None
        if bound is not None:
            incumbent.tighten(max(bound, least, incumbent.value))
            known = None if incumbent.bound == -np.inf else incumbent.bound
            loaded.add_proof(Proof(query.space, query.costs, query.offset, known))
        return ended.stop


def _keep_found(query: Query, incumbent: Incumbent, ended: Ended) -> None:
    """Keep the plan that a search ended with, if any, for this question and those to come."""
    if ended.values is not None:
        query.loaded.plans.add(ended.values)
        incumbent.improve(ended.values, query.worth(ended.values))


def reduced_cost_fixing(
    query: Query, incumbent: Incumbent, relaxed: Ended, target: float
) -> tuple[np.ndarray, np.ndarray, float]:
    """Return the starts that can be fixed, at what, and what no plan that differs in one exceeds.

    With reduced cost :math:`d_j`, no plan in which start *j* is the other way is worth more than
    the relaxation plus (from 0 up) or minus (from 1 down) :math:`d_j`. Whatever the best known
    plan does stays free, so that the search can begin with it.
    """
    nothing = np.array([], dtype=int)
    if relaxed.duals is None or relaxed.values is None or relaxed.bound is None:
        return nothing, nothing.astype(float), -np.inf
    integers = query.loaded.integers
    relaxed_values, duals = relaxed.values[integers], relaxed.duals[integers]
    best = raised(relaxed.bound, query.unit)
    down = (relaxed_values < AT_A_BOUND) & (best + duals < target)
    up = (relaxed_values > 1 - AT_A_BOUND) & (best - duals < target)
    if incumbent.values is not None:
        down &= incumbent.values[integers] < 0.5
        up &= incumbent.values[integers] > 0.5
    out = down | up
    most = np.where(down, best + duals, best - duals)[out].max(initial=-np.inf)
    return integers[out], up[out].astype(float), float(most)


def _reply(query: Query, incumbent: Incumbent, how: AnsweredBy, stop: Stop | None = None) -> Reply:
    seconds, work = query.watch.seconds, query.work
    bound = incumbent.bound if np.isfinite(incumbent.bound) else None
    if incumbent.bound == -np.inf:
        return Reply(Stop.INFEASIBLE, None, None, None, how, seconds, work=work)
    if incumbent.values is None:
        return Reply(stop or Stop.FAILED, None, None, bound, how, seconds, work=work)
    if proves(incumbent.bound, incumbent.value, query.unit):
        stop = Stop.OPTIMAL
    elif proves(incumbent.bound, incumbent.value, query.unit, gap=query.gap) or stop in (
        Stop.OPTIMAL,
        Stop.INFEASIBLE,
        None,
    ):
        stop = Stop.GAP
    values = dict(zip(query.loaded.names, incumbent.values.tolist(), strict=False))
    choices = query.loaded.program.choices(values)
    return Reply(stop, choices, incumbent.value, bound, how, seconds, query.unit, work)
