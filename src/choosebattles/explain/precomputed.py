"""What is computed before a page is written: the plans that it shows at once, each proved or not.

The plan for other amounts of money, the price of deciding otherwise for each investment, the
trade-off between two objectives, and what the user's own plan could be exchanged for.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.decision_model import Method
from choosebattles.case.parameter import budget
from choosebattles.case.plan import Choice, Plan
from choosebattles.case.units import Id
from choosebattles.errors import SolverError
from choosebattles.explain.plans_at_hand import (
    MoneyLine,
    money_lines,
    open_investments,
    plans_at_hand,
)
from choosebattles.frontier.points import Frontier
from choosebattles.frontier.trace import trace_two
from choosebattles.solving.audited_plan import confirmed
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Outcome, Stop
from choosebattles.solving.own_plan_recount import own_recount
from choosebattles.solving.resolver import Resolver, bracketed
from choosebattles.solving.resolver_question import Reply, SolverQuestion
from choosebattles.solving.search_limits import SearchLimits, SharedLimits, Stopwatch
from choosebattles.solving.solve import solve
from choosebattles.solving.tolerances import KEPT, PROOF_READ_BACK, size
from choosebattles.translation import _
from choosebattles.vocabulary import THOUSANDTHS, Row, RowName

SHARES = tuple(range(50, 151, 5))
"""Budgets, in percent of what the workbook says, for which the best plan is computed."""

RESOLUTION = 0.5
"""Points within which one plan of the trade-off stands for others."""

WORK = 80.0
"""Units of work for each part of the page: budgets, decisions, the trade-off, the own plan."""

SHARE = 0.4
"""Share of what is left of the user's time that each part but the last may take instead."""


@dataclass(frozen=True)
class KnownAnswer:
    """The best plan for a question: its recount, and what no plan can exceed.

    ``plan`` is None where there is none: proved. ``value`` is the recounted objective.
    """

    plan: Plan | None
    recount: Recount | None
    bound: float | None
    far: float | None = None
    """How far the worst step is from its best, where the method takes several; instead of bound."""

    @property
    def value(self) -> float:
        """Return what the plan is worth; minus infinity where there is none."""
        return float("-inf") if self.recount is None else float(self.recount.after.value)

    @property
    def off(self) -> float:
        """Return by how much another plan could be worth more, relative to its size."""
        if self.far is not None:
            return self.far
        if self.recount is None or self.bound is None:
            return float("inf")
        return max(0.0, self.bound - self.value) / size(self.value, self.recount.unit)

    @property
    def proven(self) -> bool:
        """Say whether no plan is worth more: proved."""
        return self.off <= PROOF_READ_BACK


@dataclass(frozen=True)
class OwnPlanRivals:
    """The user's own plan, and what it could be exchanged for.

    ``better`` costs no more and is worth most; ``cheaper`` is worth no less and costs least. Each
    says whether that is proved.
    """

    recount: Recount
    keeps: bool
    better: tuple[Recount, bool] | None
    cheaper: tuple[Recount, bool] | None


@dataclass(frozen=True)
class Precomputed:
    """All that was computed before; what the limits did not allow is missing.

    ``budgets`` are by percent, ``otherwise`` by investment: without it where the plan takes it,
    with it where the plan does not. ``plans`` are those of random questions, ``lines`` what no plan
    exceeds for any money. ``complete`` says that nothing is missing.
    """

    budgets: dict[int, KnownAnswer] = field(default_factory=dict)
    otherwise: dict[Id, KnownAnswer] = field(default_factory=dict)
    frontier: Frontier | None = None
    own: OwnPlanRivals | None = None
    plans: tuple[tuple[Choice, ...], ...] = ()
    lines: tuple[MoneyLine, ...] = ()
    complete: bool = True


def known_of(outcome: Outcome) -> KnownAnswer:
    """Return what an outcome says, whatever its method."""
    if outcome.case.model.method is Method.WEIGHTED:
        return KnownAnswer(outcome.plan, outcome.recount, outcome.bound)
    return KnownAnswer(outcome.plan, outcome.recount, None, _worst_step(outcome))


def _worst_step(outcome: Outcome) -> float | None:
    """Return how far the worst step may be from its best, relative to its size.

    None where a step is missing or nothing is known of one.
    """
    off = []
    for stage in outcome.stages:
        if stage.gap is None:
            return None
        off.append(stage.gap)
    least = len(outcome.case.model.objectives) + 1
    return max(off) if len(off) >= least else None


Watcher = Callable[[str], None]
"""Told in a line what is being computed."""


def precompute(
    outcome: Outcome,
    *,
    gap: float,
    time_limit: float | None = None,
    frontier: Frontier | None = None,
    watch: Watcher | None = None,
) -> Precomputed:
    """Return what a page shows at once.

    Parameters
    ----------
    outcome
        The answer that the page is about, with a plan. Where its method takes several searches,
        nothing is said of single investments: no one number says what deciding otherwise costs.
    gap
        Relative gap at which each search may stop.
    time_limit
        The user's own, in seconds, for all of it; without one each part has its own limit in
        work. What was not reached is missing.
    frontier
        The trade-off between the first two objectives, where it is traced already.
    watch
        Told what is being computed.
    """
    clock = Stopwatch(time_limit)
    computing = _Computation(outcome, gap, watch or (lambda _line: None))
    single = outcome.case.model.method is Method.WEIGHTED
    own = computing.own(SharedLimits(clock.or_work(WORK, SHARE))) if single else None
    budgets = dict(computing.budgets(SharedLimits(clock.or_work(WORK, SHARE))))
    if single:
        budgets = dict(computing.improved(budgets))
    otherwise = (
        dict(computing.otherwise(SharedLimits(clock.or_work(WORK, SHARE)))) if single else {}
    )
    plans = computing.plans(SharedLimits(clock.or_work(WORK, SHARE))) if single else ()
    lines = computing.lines(SharedLimits(clock.or_work(WORK, SHARE))) if single else ()
    if frontier is None and not computing.stopped:
        frontier = trade_off(outcome.case, clock.or_work(WORK), computing.watch)
    complete = (
        len(budgets) == len(SHARES)
        and len(otherwise) == (len(list(open_investments(outcome.case))) if single else 0)
        and (len(outcome.case.model.objectives) < 2 if frontier is None else frontier.complete)
    )
    return Precomputed(budgets, otherwise, frontier, own, plans, lines, complete)


def trade_off(case: Case, limits: SearchLimits, watch: Watcher) -> Frontier | None:
    """Return what the first objective costs the second; None where there is one alone."""
    if len(case.model.objectives) < 2:
        return None
    watch(_("The trade-off between two objectives"))
    return trace_two(case, resolution=RESOLUTION, limits=limits)


class _Computation:
    def __init__(self, outcome: Outcome, gap: float, watch: Watcher) -> None:
        assert outcome.plan is not None
        self.case = outcome.case
        self.plan, self.outcome = outcome.plan, outcome
        self.gap, self.watch = gap, watch
        self.stopped = False
        self.resolver = Resolver(self.case)
        self.resolver.add_solution(self.plan.choices)

    def budgets(self, part: SharedLimits) -> Iterator[tuple[int, KnownAnswer]]:
        yield 100, known_of(self.outcome)
        others = [number for number in bracketed(len(SHARES)) if SHARES[number] != 100]
        for done, number in enumerate(others):
            percent = SHARES[number]
            if not part.over and not self.stopped:
                self.watch(_("The plan for {percent} % of the money").format(percent=percent))
                changed = budget(self.case, Decimal(percent) / 100)
                for known in self._best(changed, part, len(others) - done):
                    yield percent, known

    def improved(self, budgets: dict[int, KnownAnswer]) -> Iterator[tuple[int, KnownAnswer]]:
        """Yield the budgets again, each with the best of all plans found that keeps to it.

        Each search may stop within the gap, so a plan for less money can be worth more than the
        one that was found for more: a page would show that money does harm.
        """
        for percent, known in budgets.items():
            changed = budget(self.case, Decimal(percent) / 100)
            reply = self.resolver.relaxed_bound(SolverQuestion(case=changed))
            better = reply.value is not None and reply.value > known.value + KEPT
            if percent == 100 or not better or reply.choices is None:
                yield percent, known
                continue
            plan, counted = confirmed(changed, reply.choices)
            bounds = [bound for bound in (known.bound, reply.bound) if bound is not None]
            yield percent, KnownAnswer(plan, counted, min(bounds, default=None))

    def _best(self, changed: Case, part: SharedLimits, number: int) -> Iterator[KnownAnswer]:
        """Yield the best plan of a changed case by the method of the case."""
        if self.case.model.method is Method.WEIGHTED:
            yield from self._known(SolverQuestion(case=changed), changed, part, number)
            return
        options = Options(gap=self.gap, conflict=False)
        found = solve(changed, replace(options, **part.of_one(number)._asdict()))
        part.add(found.work)
        self.stopped = found.stop is Stop.INTERRUPTED
        if found.plan is not None:
            yield known_of(found)
        elif found.stop is Stop.INFEASIBLE:
            yield KnownAnswer(None, None, None)

    def otherwise(self, part: SharedLimits) -> Iterator[tuple[Id, KnownAnswer]]:
        open_ = [*open_investments(self.case)]
        for done, (investment, options) in enumerate(open_):
            if part.over or self.stopped:
                return
            self.watch(_("The price of deciding otherwise on {id}").format(id=investment))
            name = frozenset({investment})
            taken = any(option in self.plan.taken for option in options)
            question = SolverQuestion(leave=name) if taken else SolverQuestion(take=name)
            for known in self._known(question, self.case, part, len(open_) - done):
                yield investment, known

    def plans(self, part: SharedLimits) -> tuple[tuple[Choice, ...], ...]:
        self.watch(_("Plans for what may be asked of the page"))
        return () if self.stopped else tuple(plans_at_hand(self.resolver, self.case, part))

    def lines(self, part: SharedLimits) -> tuple[MoneyLine, ...]:
        self.watch(_("What no plan can exceed, for any amount of money"))
        return () if self.stopped else tuple(money_lines(self.case, part))

    def own(self, part: SharedLimits) -> OwnPlanRivals | None:
        typed = own_recount(self.case, self.plan)
        if typed is None:
            return None
        counted = typed.recount
        q = self.resolver.expressions()
        cost = Row(
            RowName("own", ("cost",)), q.total_cost <= float(counted.total_cost) * THOUSANDTHS
        )
        worth = Row(RowName("own", ("worth",)), q.objective >= float(counted.after.value) - KEPT)
        better = self._ask(SolverQuestion(rows=(cost,)), part, 2)
        cheaper = self._ask(
            SolverQuestion(goal=-1 / THOUSANDTHS * q.total_cost, rows=(worth,)), part, 1
        )
        return OwnPlanRivals(counted, typed.keeps, self._counted(better), self._counted(cheaper))

    def _counted(self, reply: Reply) -> tuple[Recount, bool] | None:
        if reply.choices is None:
            return None
        return confirmed(self.case, reply.choices)[1], reply.stop is Stop.OPTIMAL

    def _ask(self, question: SolverQuestion, part: SharedLimits, number: int) -> Reply:
        reply = self.resolver.ask(replace(question, gap=self.gap, **part.of_one(number)._asdict()))
        part.add(reply.work)
        return reply

    def _known(
        self, question: SolverQuestion, case: Case, part: SharedLimits, number: int
    ) -> Iterator[KnownAnswer]:
        """Yield what is known of a question; nothing where neither a plan nor a proof is held."""
        reply = self._ask(question, part, number)
        self.stopped = reply.stop is Stop.INTERRUPTED
        if reply.stop is Stop.FAILED:
            raise SolverError(_("The solver ended without a statement about the case."))
        if reply.choices is not None:
            plan, counted = confirmed(case, reply.choices)
            yield KnownAnswer(plan, counted, reply.bound)
        elif reply.stop is Stop.INFEASIBLE:
            yield KnownAnswer(None, None, None)
