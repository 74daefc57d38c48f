"""A program held by HiGHS: loaded once, then its numbers, rows and columns come and go."""

import math
import signal
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import FrameType
from typing import Any

import highspy
import numpy as np

from choosebattles.execution.standard_output import unheard
from choosebattles.formulation.arrays import Arrays
from choosebattles.formulation.program import sides
from choosebattles.formulation.start_variables import ProgramColumn
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop
from choosebattles.solving.search_limits import (
    AT_ROOT,
    BRANCHING,
    Stopwatch,
    iterations_of,
    work_of,
)
from choosebattles.solving.solver_answer import Progress, Watcher
from choosebattles.solving.tolerances import FEASIBILITY, LEAST_GAP, SAME_WORTH
from choosebattles.vocabulary import Linear, Row

SCALE = 1024.0
"""What HiGHS sees of a goal is this times as large. It takes for nothing what is smaller than 1e-7,
and the price of a thousandth of a million from a fund may be: without, presolve has lost the best
plan. Where the largest coefficient is far from 1, it is brought near 1 before."""

FAR = 2.0**10
"""How far from 1 the largest coefficient of a goal may be and stay as it is."""

LARGE = 2.0**24
"""The same upwards for a row: amounts of money are in thousandths of a million."""

EVERY = 1.0
"""Seconds between two reports of progress."""

ENUMERATION = 1 << 16
"""The presolve rule of HiGHS, from 1.13 on, that may drop choices which must be made, and with them
the best plan (github.com/ERGO-Code/HiGHS/issues/3216)."""

_STOPS = {
    highspy.HighsModelStatus.kOptimal: Stop.OPTIMAL,
    highspy.HighsModelStatus.kInfeasible: Stop.INFEASIBLE,
    highspy.HighsModelStatus.kTimeLimit: Stop.TIME_LIMIT,
    highspy.HighsModelStatus.kInterrupt: Stop.INTERRUPTED,
    highspy.HighsModelStatus.kObjectiveTarget: Stop.GAP,
}


_ENDED = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kObjectiveTarget)

_UNSURE = (
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
    highspy.HighsModelStatus.kUnbounded,
)
"""What presolve may call a program that has a best plan or none: it is run again without."""


@dataclass(frozen=True)
class Ended:
    """The end of one run: why, the values it holds by number, and what no solution exceeds.

    ``duals`` are the reduced costs of a program without whole numbers, ``prices`` those of its
    rows.
    """

    stop: Stop
    values: np.ndarray | None
    bound: float | None
    seconds: float
    duals: np.ndarray | None = None
    prices: np.ndarray | None = None


class HighsModel:
    """Arrays held by HiGHS, to be maximised. Not to be shared between threads.

    Parameters
    ----------
    arrays
        The program.
    integer
        Whether what is to be a whole number must be one; without, the relaxation is solved, each
        time from where the last run ended.

    Attributes
    ----------
    work
        Units of work that all runs so far have done.
    """

    def __init__(self, arrays: Arrays, *, integer: bool = True) -> None:
        self.names = list(arrays.names)
        self.position = {name: number for number, name in enumerate(self.names)}
        self.integer = integer and bool(arrays.integer.any())
        self.work = 0.0
        self._own_rows = len(arrays.row_low)
        self._added: list[Extra] = []
        self._highs, self._unit = _loaded(arrays, integer=integer), 1.0
        self._costs, self._offset, self._scale = np.zeros(len(self.names)), 0.0, SCALE

    def add_columns(self, columns: Iterable[ProgramColumn]) -> None:
        """Add the columns that are not there yet; they stand in no row."""
        for column in columns:
            if column.name not in self.position:
                low = -math.inf if column.low is None else column.low
                high = math.inf if column.high is None else column.high
                self._highs.addVar(low, high)
                self.position[column.name] = len(self.names)
                self.names.append(column.name)

    def costs(self, goal: Linear) -> np.ndarray:
        """Return the coefficients of a goal, by number of the column."""
        costs = np.zeros(len(self.names))
        for name, number in goal.terms.items():
            costs[self.position[name]] = float(number)
        return costs

    def set_objective(self, costs: np.ndarray, offset: float) -> None:
        """Set what is maximised."""
        self._scale = SCALE * _near_one(costs, FAR)
        self._costs, self._offset = self._scale * costs, self._scale * offset
        positions = np.arange(len(costs), dtype=np.int32)
        self._highs.changeColsCost(len(positions), positions, self._costs)
        self._highs.changeObjectiveOffset(self._offset)

    def bound_columns(self, numbers: np.ndarray, low: np.ndarray, high: np.ndarray) -> None:
        """Set bounds of columns."""
        self._highs.changeColsBounds(len(numbers), numbers.astype(np.int32), low, high)

    def bound_rows(self, numbers: np.ndarray, low: np.ndarray, high: np.ndarray) -> None:
        """Set bounds of rows of the program."""
        self._highs.changeRowsBounds(len(numbers), numbers.astype(np.int32), low, high)

    def set_coefficients(self, entries: Mapping[tuple[int, int], float]) -> None:
        """Set coefficients by row and column."""
        for (row, column), number in entries.items():
            self._highs.changeCoeff(row, column, number)

    def set_extra_rows(self, rows: Sequence["Extra"]) -> None:
        """Have just these rows beside the program's own; those there already stay in place."""
        same = 0
        for present, wanted in zip(self._added, rows, strict=False):
            if present is not wanted:
                break
            same += 1
        gone = np.arange(same, len(self._added), dtype=np.int32) + self._own_rows
        if len(gone):
            self._highs.deleteRows(len(gone), gone)
        for row in rows[same:]:
            self._highs.addRow(row.low, row.high, len(row.columns), row.columns, row.values)
        self._added = list(rows)

    def run(
        self,
        options: Options,
        *,
        start: np.ndarray | None = None,
        watch: Watcher | None = None,
        target: float | None = None,
    ) -> Ended:
        """Solve; Ctrl-C ends a search with the best solution so far, and so does its work limit.

        ``start`` is a solution by number of the column; where it is not a number HiGHS fills it in.
        A search ends with the first solution worth a ``target`` or more.
        """
        watched = Stopwatch()
        self._unit = options.unit
        most = math.inf if options.work_limit is None else options.work_limit
        self._work_until, self._out_of_work = self.work + most, False
        _set(self._highs, options, self._scale, integer=self.integer)
        aimed = -math.inf if target is None else self._scale * target
        self._highs.setOptionValue("objective_target", aimed)
        if start is not None:
            known = np.flatnonzero(~np.isnan(start)).astype(np.int32)
            self._highs.setSolution(len(known), known, start[known])
        status = self._run(watch)
        if status in _UNSURE:
            self._highs.setOptionValue("presolve", "off")
            status = self._run(watch)
            self._highs.setOptionValue("presolve", "choose")
        if status == highspy.HighsModelStatus.kOptimal and not math.isfinite(self._bound()):
            # Nothing beats the start, and no bound is stated: without it there will be one.
            self._highs.clearSolver()
            status = self._run(watch)
        if start is not None and status in _ENDED and not self._holds_its_best():
            self._highs.clearSolver()
            status = self._run(watch)
        stop = Stop.WORK_LIMIT if self._out_of_work else _STOPS.get(status, Stop.FAILED)
        ended = self._read(stop, watched.seconds)
        if self.integer:
            self._highs.clearSolver()
        return ended

    def forget(self) -> None:
        """Start the next run from nothing."""
        self._highs.clearSolver()

    @property
    def end(self) -> "RunEnd":
        """Return where the last run ended."""
        return RunEnd(tuple(self._added), self._highs.getBasis())

    def begin_at(self, end: "RunEnd") -> None:
        """Start the next run where a run of another model of the same arrays ended."""
        self.set_extra_rows(end.rows)
        if end.basis.valid:
            self._highs.setBasis(end.basis)

    def _holds_its_best(self) -> bool:
        """Say whether the values are worth what HiGHS says that they are.

        Where presolve makes a start better, HiGHS 1.16.0 goes on from that better one and may end
        with its worth beside the values of the start.
        """
        values = np.array(self._highs.getSolution().col_value)
        parts = self._costs * values[: len(self._costs)]
        reported = float(self._highs.getInfo().objective_function_value)
        room = SAME_WORTH * max(1.0, float(np.abs(parts).sum()))
        return abs(float(parts.sum()) + self._offset - reported) <= room

    def _run(self, watch: Watcher | None) -> Any:
        rows = self._own_rows
        if not self.integer and watch is None:
            status = run(self._highs)
        else:
            most = iterations_of(self._work_until - self.work, rows) if self.integer else math.inf
            listener = _Listener(most, watch, self._scale, self._unit)
            status = _run(self._highs, listener)
            self._out_of_work = listener.out_of_work
        self.work += work_of(self._highs.getInfo().simplex_iteration_count, rows)
        return status

    def _bound(self) -> float:
        info = self._highs.getInfo()
        bound = info.mip_dual_bound if self.integer else info.objective_function_value
        return float(bound) / self._scale

    def _read(self, stop: Stop, seconds: float) -> Ended:
        info = self._highs.getInfo()
        feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        values = duals = prices = None
        if feasible and stop is not Stop.INFEASIBLE:
            solution = self._highs.getSolution()
            values = np.array(solution.col_value)
            if not self.integer and stop is Stop.OPTIMAL:
                duals = np.array(solution.col_dual) / self._scale
                prices = np.array(solution.row_dual) / self._scale
        bound = self._bound()
        known = self.integer or stop is Stop.OPTIMAL
        proved = math.isfinite(bound) and stop is not Stop.INFEASIBLE and known
        return Ended(stop, values, bound if proved else None, seconds, duals, prices)


@dataclass(frozen=True, eq=False)
class RunEnd:
    """Where a run ended: the rows that stood beside the program's own, and the basis."""

    rows: tuple["Extra", ...]
    basis: Any


@dataclass(frozen=True, eq=False)
class Extra:
    """A row beside those of the program, by number of the column."""

    low: float
    high: float
    columns: np.ndarray
    values: np.ndarray

    @classmethod
    def of(cls, row: Row, position: Mapping[str, int]) -> "Extra":
        """Return a row as HiGHS takes it."""
        terms = row.constraint.expression.terms
        columns = np.array([position[name] for name in terms], dtype=np.int32)
        values = np.array([float(coefficient) for coefficient in terms.values()])
        return cls.scaled(*sides(row), columns, values)

    @classmethod
    def scaled(cls, low: float, high: float, columns: np.ndarray, values: np.ndarray) -> "Extra":
        """Return a row whose coefficients HiGHS neither drops nor drowns in its tolerance."""
        times = _near_one(values, LARGE)
        return cls(times * low, times * high, columns, times * values)


def _near_one(numbers: np.ndarray, most: float) -> float:
    """Return a power of 2 that brings the largest number near 1; 1 where it is not far from it."""
    largest = float(np.abs(numbers).max(initial=0.0))
    if largest == 0.0 or 1 / FAR <= largest <= most:
        return 1.0
    return float(2.0 ** -round(math.log2(largest)))


def version() -> str:
    """Return the name of the solver with its version."""
    return f"HiGHS {silent().version()}"


def _loaded(arrays: Arrays, *, integer: bool) -> highspy.Highs:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(arrays.names), len(arrays.row_low)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = np.zeros(len(arrays.names))
    lp.col_lower_, lp.col_upper_ = arrays.low, arrays.high
    lp.row_lower_, lp.row_upper_ = arrays.row_low, arrays.row_high
    if integer:
        lp.integrality_ = [
            highspy.HighsVarType.kInteger if must else highspy.HighsVarType.kContinuous
            for must in arrays.integer
        ]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = arrays.starts
    lp.a_matrix_.index_ = arrays.columns
    lp.a_matrix_.value_ = arrays.values
    solver = silent()
    solver.passModel(lp)
    return solver


def silent() -> highspy.Highs:
    """Return HiGHS without a model, without output, without the rule that loses plans.

    It works in one thread: how many the first run in a thread of Python takes is how many every
    later run there must take, and by itself HiGHS takes more on a machine that has more.
    """
    _greeting()
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("presolve_rule_off", ENUMERATION)
    solver.setOptionValue("threads", 1)
    return solver


@cache
def _greeting() -> None:
    """Let HiGHS say its name unheard: 1.16 prints it with the first solver of a process."""
    with unheard():
        highspy.Highs()


def run(solver: highspy.Highs) -> Any:
    """Run in this thread, and return the status of the model.

    Where other code has let HiGHS take several threads here, HiGHS refuses to run with one.
    """
    if solver.run() == highspy.HighsStatus.kError:
        solver.setOptionValue("threads", 0)
        solver.run()
        solver.setOptionValue("threads", 1)
    return solver.getModelStatus()


def _set(solver: highspy.Highs, options: Options, scale: float, *, integer: bool) -> None:
    wanted = {
        "mip_rel_gap": options.gap,
        "mip_abs_gap": scale * options.unit * max(options.gap, LEAST_GAP),
        "threads": options.threads if integer else 1,
        "random_seed": options.seed,
        "primal_feasibility_tolerance": FEASIBILITY,
        "dual_feasibility_tolerance": FEASIBILITY,
        "mip_feasibility_tolerance": FEASIBILITY,
        "time_limit": math.inf,
    }
    if options.time_limit is not None:
        wanted["time_limit"] = solver.getRunTime() + max(0.0, options.time_limit)
    for name, value in wanted.items():
        solver.setOptionValue(name, value)


class _Listener:
    """Told by HiGHS now and then how far it is: ends it by hand, or when its work is done.

    HiGHS looks at its limits at the same places of a search every time. How many iterations it has
    made it does not say there, so each look counts for as many as there are between two of them.
    """

    def __init__(self, iterations: float, watch: Watcher | None, scale: float, unit: float) -> None:
        self.by_hand = threading.Event()
        self.out_of_work = False
        self._left = iterations
        self._watch, self._scale, self._unit = watch, scale, unit
        self._told = Stopwatch()

    def __call__(self, event: highspy.HighsCallbackEvent) -> None:
        out = event.data_out
        self._left -= BRANCHING if out.mip_node_count > 0 else AT_ROOT
        self.out_of_work = self._left < 0 and not self.by_hand.is_set()
        # Said every time: HiGHS remembers it from one run to the next.
        event.data_in.user_interrupt = self.out_of_work or self.by_hand.is_set()
        if self._watch is not None and self._told.seconds >= EVERY:
            self._told = Stopwatch()
            best, bound = (
                number / self._scale if math.isfinite(number) else None
                for number in (out.mip_primal_bound, out.mip_dual_bound)
            )
            self._watch(Progress(best, bound, out.running_time, self._unit))


def _run(solver: highspy.Highs, listener: _Listener) -> Any:
    """Run in a thread of its own, so that Ctrl-C reaches us and a plan in hand is kept."""
    events = _interrupts(solver)
    for event in events:
        event.subscribe(listener)
    ended = threading.Event()

    def run() -> None:
        solver.run()
        ended.set()

    with _deferred(listener.by_hand):
        threading.Thread(target=run, daemon=True).start()
        # Not Thread.join: interrupted, it takes the thread for ended while it still runs.
        while not ended.wait(0.1):
            pass
    for event in events:
        event.unsubscribe(listener)
    return solver.getModelStatus()


@contextmanager
def _deferred(stop: threading.Event) -> Iterator[None]:
    """Let Ctrl-C set the event rather than break in, wherever it comes.

    Whatever else it does, such as to say that it was noticed, it still does. In a thread that is
    not the main one nothing breaks in.
    """
    before = signal.getsignal(signal.SIGINT)
    if not callable(before) or threading.current_thread() is not threading.main_thread():
        yield
        return

    def set_stop(number: int, frame: FrameType | None) -> None:
        try:
            before(number, frame)
        except KeyboardInterrupt:
            stop.set()

    signal.signal(signal.SIGINT, set_stop)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGINT) is set_stop:
            signal.signal(signal.SIGINT, before)


def _interrupts(solver: highspy.Highs) -> tuple[Any, ...]:
    return solver.cbMipInterrupt, solver.cbSimplexInterrupt, solver.cbIpmInterrupt
