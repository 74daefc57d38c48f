"""HiGHS in process: the program is loaded once; goals and extra rows come and go."""

import math
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
import pulp

from choosebattles.formulation.program import Program
from choosebattles.formulation.quantities import Column
from choosebattles.solving.answer import Answer, Progress, Watcher
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop
from choosebattles.terms import Linear, Row

TOLERANCE = 1e-9
"""How far HiGHS may leave a row or a whole number; the audit allows 1e-6."""

EVERY = 1.0
"""Seconds between two reports of progress."""

ENUMERATION = 1 << 16
"""The presolve rule of HiGHS 1.13 to 1.15 that drops choices which must be made, and with them the
best plan (github.com/ERGO-Code/HiGHS/issues/3216)."""

_STOPS = {
    highspy.HighsModelStatus.kOptimal: Stop.OPTIMAL,
    highspy.HighsModelStatus.kInfeasible: Stop.INFEASIBLE,
    highspy.HighsModelStatus.kTimeLimit: Stop.TIME_LIMIT,
    highspy.HighsModelStatus.kInterrupt: Stop.INTERRUPTED,
}


@dataclass(frozen=True)
class Arrays:
    """A program as arrays, column by name: costs, bounds, and the matrix row by row."""

    names: tuple[str, ...]
    low: np.ndarray
    high: np.ndarray
    whole: np.ndarray
    row_low: np.ndarray
    row_high: np.ndarray
    starts: np.ndarray
    columns: np.ndarray
    values: np.ndarray


class Highs:
    """A program held by HiGHS. Not to be shared between threads."""

    def __init__(self, program: Program) -> None:
        self.name = f"HiGHS {highspy.Highs().version()}"
        self._program = program
        self._highs: highspy.Highs | None = None
        self._names: tuple[str, ...] = ()

    def maximise(
        self,
        goal: Linear,
        options: Options,
        *,
        extra: Sequence[Row] = (),
        start: Mapping[str, float] | None = None,
        watch: Watcher | None = None,
    ) -> Answer:
        """Find the solution with the largest goal; Ctrl-C ends it with the best one so far.

        ``start`` may name some columns only: HiGHS completes it.
        """
        began = time.monotonic()
        solver = self._loaded()
        position = {name: number for number, name in enumerate(self._names)}
        costs = np.zeros(len(self._names))
        for name, number in goal.terms.items():
            costs[position[name]] += float(number)
        every = np.arange(len(self._names), dtype=np.int32)
        solver.changeColsCost(len(every), every, costs)
        solver.changeObjectiveOffset(float(goal.constant))
        own = solver.getNumRow()
        for row in extra:
            _add(solver, row, position)
        _set(solver, options)
        if start is not None:
            known = [(position[name], each) for name, each in start.items() if name in position]
            places, values = zip(*known, strict=True)
            solver.setSolution(len(known), np.array(places, np.int32), np.array(values))
        status = _run(solver, watch)
        if status == highspy.HighsModelStatus.kUnboundedOrInfeasible:
            solver.setOptionValue("presolve", "off")
            status = _run(solver, watch)
            solver.setOptionValue("presolve", "choose")
        if status == highspy.HighsModelStatus.kOptimal and not math.isfinite(_bound(solver)):
            # Nothing beats the start, and no bound is stated: without it there will be one.
            solver.clearSolver()
            status = _run(solver, watch)
        answer = self._read(solver, _STOPS.get(status, Stop.FAILED), time.monotonic() - began)
        if extra:
            rows = np.arange(own, own + len(extra), dtype=np.int32)
            solver.deleteRows(len(rows), rows)
        solver.clearSolver()
        return answer

    def _loaded(self) -> highspy.Highs:
        columns = self._program.quantities.columns
        if self._highs is None or len(columns) != len(self._names):
            problem = self._program.problem(Linear())
            self._names = tuple(columns)
            self._highs = _load(read_arrays(problem, tuple(columns.values())))
        return self._highs

    def _read(self, solver: highspy.Highs, stop: Stop, seconds: float) -> Answer:
        info = solver.getInfo()
        held = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        values = None
        if held and stop is not Stop.INFEASIBLE:
            values = dict(zip(self._names, solver.getSolution().col_value, strict=True))
        bound = _bound(solver)
        proved = bound if math.isfinite(bound) and stop is not Stop.INFEASIBLE else None
        return Answer(stop, values, proved, seconds)


def read_arrays(problem: pulp.LpProblem, declared: Sequence[Column]) -> Arrays:
    """Return a PuLP problem as arrays; its column c5 is the sixth of those declared.

    PuLP 3 forgets columns that stand in no row, so bounds come from the declaration.
    """
    row_low, row_high, starts, columns, values = [], [], [0], [], []
    for row in problem.constraints():
        side = -float(row.constant)
        row_low.append(side if row.sense >= 0 else -math.inf)
        row_high.append(side if row.sense <= 0 else math.inf)
        for variable, number in row.items():
            columns.append(int(variable.name[1:]))
            values.append(float(number))
        starts.append(len(columns))
    return Arrays(
        tuple(each.name for each in declared),
        np.array([-math.inf if each.low is None else each.low for each in declared]),
        np.array([math.inf if each.high is None else each.high for each in declared]),
        np.array([each.whole for each in declared]),
        np.array(row_low),
        np.array(row_high),
        np.array(starts, dtype=np.int32),
        np.array(columns, dtype=np.int32),
        np.array(values),
    )


def _load(arrays: Arrays) -> highspy.Highs:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(arrays.names), len(arrays.row_low)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = np.zeros(len(arrays.names))
    lp.col_lower_, lp.col_upper_ = arrays.low, arrays.high
    lp.row_lower_, lp.row_upper_ = arrays.row_low, arrays.row_high
    lp.integrality_ = [
        highspy.HighsVarType.kInteger if each else highspy.HighsVarType.kContinuous
        for each in arrays.whole
    ]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = arrays.starts
    lp.a_matrix_.index_ = arrays.columns
    lp.a_matrix_.value_ = arrays.values
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.passModel(lp)
    return solver


def _bound(solver: highspy.Highs) -> float:
    info = solver.getInfo()
    return float(info.mip_dual_bound if any(_whole(solver)) else info.objective_function_value)


def _whole(solver: highspy.Highs) -> list[bool]:
    return [each == highspy.HighsVarType.kInteger for each in solver.getLp().integrality_]


def _set(solver: highspy.Highs, options: Options) -> None:
    wanted = {
        "mip_rel_gap": options.gap,
        "mip_abs_gap": 1e-9,
        "threads": options.threads,
        "random_seed": options.seed,
        "primal_feasibility_tolerance": TOLERANCE,
        "mip_feasibility_tolerance": TOLERANCE,
        "presolve_rule_off": ENUMERATION,
        "time_limit": math.inf,
    }
    if options.time_limit is not None:
        wanted["time_limit"] = solver.getRunTime() + max(0.0, options.time_limit)
    for name, value in wanted.items():
        solver.setOptionValue(name, value)


def _add(solver: highspy.Highs, row: Row, position: Mapping[str, int]) -> None:
    demand, expression = row.demand, row.demand.expression
    constant = float(expression.constant)
    low = -math.inf if demand.low is None else float(demand.low) - constant
    high = math.inf if demand.high is None else float(demand.high) - constant
    columns = np.array([position[name] for name in expression.terms], dtype=np.int32)
    values = np.array([float(number) for number in expression.terms.values()])
    solver.addRow(low, high, len(columns), columns, values)


def _run(solver: highspy.Highs, watch: Watcher | None) -> Any:
    """Run in a thread of its own, so that Ctrl-C reaches us and a plan in hand is kept."""
    stop = threading.Event()
    told = time.monotonic()

    def listen(event: highspy.HighsCallbackEvent) -> None:
        nonlocal told
        if stop.is_set():
            event.data_in.user_interrupt = True
        if watch is not None and time.monotonic() - told >= EVERY:
            told = time.monotonic()
            out = event.data_out
            best, bound = _finite(out.mip_primal_bound), _finite(out.mip_dual_bound)
            watch(Progress(best, bound, out.running_time))

    events = _interrupts(solver)
    for event in events:
        event.subscribe(listen)
    ended = threading.Event()

    def run() -> None:
        solver.run()
        ended.set()

    threading.Thread(target=run, daemon=True).start()
    while not ended.is_set():
        try:
            # Not Thread.join: interrupted, it takes the thread for ended while it still runs.
            ended.wait(0.1)
        except KeyboardInterrupt:
            stop.set()
    for event in events:
        event.unsubscribe(listen)
    return solver.getModelStatus()


def _interrupts(solver: highspy.Highs) -> tuple[Any, ...]:
    return solver.cbMipInterrupt, solver.cbSimplexInterrupt, solver.cbIpmInterrupt


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None
