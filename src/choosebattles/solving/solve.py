"""From a case to its answer: weighted, lexicographic or balanced, then ties, then the audit."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from choosebattles.audit.points_and_weights import ScoreScale
from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.decision_model import Method
from choosebattles.case.plan import Plan
from choosebattles.case.units import Id
from choosebattles.errors import SolverError
from choosebattles.formulation.program import Program, formulate
from choosebattles.formulation.quantities import Expressions
from choosebattles.solving.audited_plan import confirmed
from choosebattles.solving.binding import untested, what_binds
from choosebattles.solving.conflict import conflict
from choosebattles.solving.highs_solver import HighsSolver
from choosebattles.solving.loaded_model import LoadedModel
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import (
    Binding,
    Conflict,
    GoalUnit,
    Outcome,
    Stage,
    Stop,
    TieAnswer,
    Ties,
)
from choosebattles.solving.pulp_solver import PulpSolver
from choosebattles.solving.resolver import Resolver
from choosebattles.solving.search_limits import Stopwatch, least
from choosebattles.solving.solver_answer import Solver, SolverAnswer, Watcher
from choosebattles.solving.tolerances import PROOF, ROUNDING, SAME, size
from choosebattles.translation import _
from choosebattles.vocabulary import THOUSANDTHS, Linear, Row, RowName
from choosebattles.workbook.reader import as_case

LONG = 4.0
"""Times the work of the tests of what binds that a solve may take, so that they can come to an end."""

TIES_AT_LEAST = 5.0
"""Units of work that may be done to find out whether a plan is the only best one."""

TIES_AT_MOST = 2.0
"""Times the work of the answer that it may take, where that is more."""

LEAST_GAIN = 0.01
"""Units of points that an objective must be able to gain to count in a balanced choice."""


@dataclass(frozen=True)
class ConfirmedPlan:
    """A plan that the audit has confirmed, with the solver's values for a warm start."""

    plan: Plan
    recount: Recount
    values: Mapping[str, float]

    @property
    def value(self) -> float:
        """Return the weighted sum of the indices."""
        return float(self.recount.after.value)

    def index(self, objective: Id) -> float:
        """Return the index of one objective."""
        return float(self.recount.after.indices[objective])


@dataclass
class MethodRun:
    """One case being solved: the program, the limits, and the stages so far."""

    case: Case
    options: Options
    program: Program
    solver: Solver
    watch: Watcher | None
    stages: list[Stage] = field(default_factory=list)
    best: ConfirmedPlan | None = None
    work: float = 0.0
    """Units of work done so far."""

    def __post_init__(self) -> None:
        self.clock = Stopwatch(self.options.time_limit)

    def ask(
        self,
        goal: Linear,
        extra: Sequence[Row] = (),
        *,
        gap: float | None = None,
        work_limit: float | None = None,
        unit: float = 1.0,
    ) -> SolverAnswer:
        """Solve once, within what is left of the user's time."""
        options = replace(
            self.options,
            unit=unit,
            gap=self.options.gap if gap is None else gap,
            time_limit=self.clock.left,
            work_limit=least(self.options.work_limit, work_limit),
        )
        start = self.best.values if self.best else None
        answer = self.solver.maximise(goal, options, extra=extra, start=start, watch=self.watch)
        self.work += answer.work
        if answer.stop is Stop.FAILED:
            message = _("{solver} ended without a statement about the case").format(
                solver=self.solver.name
            )
            raise SolverError(message)
        return answer

    def reasons(self) -> Conflict | None:
        """Return why there is no plan, within what is left of the user's time."""
        if not self.options.conflict:
            return None
        return conflict(self.case, replace(self.options, time_limit=self.clock.left))

    def confirm(self, answer: SolverAnswer) -> ConfirmedPlan | None:
        """Return the plan of an answer with its payments, once the audit has confirmed it.

        Raises
        ------
        AuditError
            Where the recount finds that the plan breaks a demand.
        """
        if answer.values is None:
            return None
        plan, counted = confirmed(self.case, self.program.choices(answer.values))
        return ConfirmedPlan(plan, counted, answer.values)

    def stage(
        self, goal: str, expression: Linear, extra: Sequence[Row] = (), *, unit: float = 1.0
    ) -> SolverAnswer:
        """Raise one goal as a stage of the method, and keep the plan that it finds."""
        answer = self.ask(expression, extra, unit=unit)
        self.best = self.confirm(answer) or self.best
        self.stages.append(Stage(goal, answer.stop, None, answer.bound, answer.seconds, one=unit))
        return answer

    @cached_property
    def scale(self) -> ScoreScale:
        """Return how points of the case become indices."""
        return ScoreScale(self.case)

    def settle(self, value: float | None) -> None:
        """Write down what the last stage reached, and whether that is a proof."""
        last = replace(self.stages[-1], value=value)
        if value is not None and last.bound is not None:
            last = replace(last, bound=last.met(value, last.bound))
        stop, gap = last.stop, last.gap
        if stop is not Stop.INFEASIBLE and value is not None:
            if gap is not None and gap <= PROOF:
                stop = Stop.OPTIMAL
            elif stop is Stop.OPTIMAL or (gap is not None and gap <= self.options.gap):
                stop = Stop.GAP
        self.stages[-1] = replace(last, stop=stop)

    @property
    def ended(self) -> bool:
        """Say whether no further stage can follow: no plan, or a limit was met."""
        return self.best is None or self.stages[-1].stop in (
            Stop.TIME_LIMIT,
            Stop.WORK_LIMIT,
            Stop.INTERRUPTED,
        )


def solve(
    case: Case | Path | str, options: Options | None = None, *, watch: Watcher | None = None
) -> Outcome:
    """Return the best plan of a case, with proof or gap.

    Parameters
    ----------
    case
        Facts and decision model.
    options
        Gap asked for (relative; 0.001 unless said otherwise), time limit in seconds, solver.
    watch
        Told of progress while a long solve runs.

    Raises
    ------
    SolverError
        Where the solver fails.
    AuditError
        Where the independent recount does not confirm what the solver found.
    """
    case = as_case(case)
    options = options or Options()
    program = formulate(case)
    solver: Solver = (
        HighsSolver(program)
        if options.solver.casefold() == "highs"
        else PulpSolver(program, options.solver)
    )
    run = MethodRun(case, options, program, solver, watch)
    match case.model.method:
        case Method.WEIGHTED:
            _weighted(run)
        case Method.LEXICOGRAPHIC:
            _lexicographic(run)
        case Method.BALANCED:
            _balanced(run)
    return _outcome(run)


def _weighted(run: MethodRun, extra: Sequence[Row] = ()) -> None:
    q = run.program.quantities
    goal = _("the weighted sum of the indices")
    run.stage(goal, q.objective, extra, unit=run.scale.unit())
    run.settle(run.best.value if run.best else None)


def _lexicographic(run: MethodRun) -> None:
    q, case = run.program.quantities, run.case
    kept: list[Row] = []
    ranked = sorted(case.model.objectives, key=lambda objective: objective.weight, reverse=True)
    for objective in ranked:
        unit = run.scale.unit(objective.id)
        run.stage(objective.id, q.index(objective.id), kept, unit=unit)
        run.settle(run.best.index(objective.id) if run.best else None)
        if run.ended:
            return
        assert run.best is not None
        best = run.best.index(objective.id)
        least = best - (float(case.model.tolerance) + ROUNDING) * size(best, unit)
        row = 1 / unit * q.index(objective.id) >= least / unit
        kept.append(Row(RowName("method", (objective.id,)), row, (objective.at(),)))
    run.stage(_("the total cost"), minus_cost(q), kept)
    last = run.stages[-1]
    bound = None if last.bound is None else -last.bound
    run.stages[-1] = replace(last, bound=bound, least=True, unit=GoalUnit.MONEY)
    run.settle(float(run.best.recount.total_cost) if run.best else None)


def _balanced(run: MethodRun) -> None:
    q, case = run.program.quantities, run.case
    least = q.column("method[least gain]", low=None, high=None)
    rows: list[Row] = []
    before: dict[Id, float] = {}
    best: dict[Id, float] = {}
    for objective in case.model.objectives:
        run.stage(objective.id, q.index(objective.id), unit=run.scale.unit(objective.id))
        run.settle(run.best.index(objective.id) if run.best else None)
        if run.ended:
            return
        assert run.best is not None
        before[objective.id] = float(run.best.recount.before.indices[objective.id])
        best[objective.id] = run.best.index(objective.id)
        gain = best[objective.id] - before[objective.id]
        if gain >= LEAST_GAIN * run.scale.unit():
            more = 1 / gain * (q.index(objective.id) - before[objective.id])
            reached = more >= least
            rows.append(Row(RowName("method", (objective.id,)), reached, (objective.at(),)))
    if rows:
        run.stage(_("the smallest share of what each objective can gain"), least, rows)
        run.stages[-1] = replace(run.stages[-1], unit=GoalUnit.SHARE)
        run.settle(_smallest(run, before, best))
        if run.ended:
            return
        smallest = _smallest(run, before, best)
        assert smallest is not None
        rows.append(Row(RowName("method", ("kept",)), least >= smallest - SAME * size(smallest)))
    _weighted(run, rows)


def _smallest(run: MethodRun, before: Mapping[Id, float], best: Mapping[Id, float]) -> float | None:
    if run.best is None:
        return None
    return min(
        (run.best.index(objective) - before[objective]) / (best[objective] - before[objective])
        for objective in best
        if best[objective] - before[objective] >= LEAST_GAIN * run.scale.unit()
    )


def _outcome(run: MethodRun) -> Outcome:
    last = run.stages[-1]
    proven = all(stage.stop is Stop.OPTIMAL for stage in run.stages)
    ties = Ties()
    if proven and run.options.ties and run.case.model.method is Method.WEIGHTED:
        with suppress(SolverError):  # the answer stands, whether or not it is the only one
            ties = _settle_ties(run)
    best, bound = run.best, last.bound
    infeasible = best is None and last.stop is Stop.INFEASIBLE
    outcome = Outcome(
        case=run.case,
        stop=last.stop,
        proven=proven or infeasible,
        plan=best.plan if best else None,
        recount=best.recount if best else None,
        objective=best.value if best else None,
        bound=None if infeasible else bound,
        gap=last.gap,
        stages=tuple(run.stages),
        solver=run.solver.name,
        seconds=run.clock.seconds,
        ties=ties,
        gap_asked=run.options.gap,
        conflict=run.reasons() if infeasible else None,
        work=run.work,
    )
    return replace(outcome, binding=_binding(run, outcome))


def _binding(run: MethodRun, outcome: Outcome) -> tuple[Binding, ...]:
    """Test what binds, where that can come to an end: it takes about as long as the answer."""
    work = run.options.binding
    weighted = run.case.model.method is Method.WEIGHTED
    solver = run.solver
    if work <= 0 or not weighted or outcome.plan is None or not isinstance(solver, HighsSolver):
        return ()
    if run.work >= LONG * work:
        return ()
    if outcome.stop is Stop.TIME_LIMIT:
        return untested(outcome)
    if outcome.stop not in (Stop.OPTIMAL, Stop.GAP):
        return ()
    loaded = LoadedModel(run.program, solver.arrays)
    resolver = Resolver(run.case, run.options, loaded=loaded)
    options = replace(run.options, time_limit=run.clock.left)
    return what_binds(outcome, options, work, resolver=resolver)


def minus_cost(q: Expressions) -> Linear:
    """Return the total cost in millions, to be lowered."""
    return -1 / THOUSANDTHS * q.total_cost


def _settle_ties(run: MethodRun) -> Ties:
    """Take the cheapest of the best plans, then look for another set of options."""
    assert run.best is not None
    q, value, unit = run.program.quantities, run.best.value, run.scale.unit()
    same = value - SAME * size(value, unit)
    most = max(TIES_AT_LEAST, TIES_AT_MOST * run.work)
    as_good = Row(RowName("method", ("ties",)), 1 / unit * q.objective >= same / unit)
    cheapest = run.ask(minus_cost(q), [as_good], gap=0.0, work_limit=most)
    found = run.confirm(cheapest)
    if found and found.value >= same and found.recount.total_cost < run.best.recount.total_cost:
        run.best = found
    if cheapest.stop is not Stop.OPTIMAL:
        return Ties(stop=cheapest.stop)
    taken = run.best.plan.taken
    changes = q.total(
        1 - q.take(option) if option in taken else q.take(option) for option in run.case.options
    )
    another = Row(RowName("method", ("another",)), changes >= 1)
    other = run.ask(minus_cost(q), [as_good, another], gap=1.0, work_limit=most)
    if other.stop is Stop.INFEASIBLE:
        return Ties(TieAnswer.ONLY)
    found = run.confirm(other)
    if found is not None and found.value >= same:
        return Ties(TieAnswer.ANOTHER, found.plan.taken)
    return Ties(stop=other.stop)
