"""Sweeps: the best plan for every value of a number, or of several.

Points are answered in blocks of 8, each from the same start: the plan of the case as it stands
and what was proved of it. Within a block both ends come first, then what lies between, so that
in a sweep over money a plan for less and a proof for more answer whatever lies between them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from choosebattles.arguments import check_number
from choosebattles.audit.scale import ScoreScale
from choosebattles.case.case import Case
from choosebattles.case.parameter import hold_scale
from choosebattles.case.units import Id
from choosebattles.execution.executor import choose_executor
from choosebattles.execution.run import Ending, Watcher, run
from choosebattles.execution.study import Study
from choosebattles.execution.work import BlockWorker, Row
from choosebattles.solving.outcome import Stop
from choosebattles.solving.question import Reply, SolverQuestion
from choosebattles.solving.resolve import Resolver
from choosebattles.solving.tolerances import PROOF_READ_BACK, size
from choosebattles.tabular import Tabular
from choosebattles.uncertainty.change import Parameter, altered
from choosebattles.uncertainty.design import Axis, LaidOutPlan, Point, SweepPlan, lay_out
from choosebattles.uncertainty.identity import identity
from choosebattles.uncertainty.nominal import Nominal, nominal, read_choices, write_choices
from choosebattles.uncertainty.recheck import recheck
from choosebattles.uncertainty.recounting import Recounting
from choosebattles.words import _
from choosebattles.workbook.reader import as_case

BLOCK = 8
"""Points in a block: a few, for their answers take longer than those of draws."""

PER_SOLVE = 60.0
"""Seconds that one answer may take."""


@dataclass(frozen=True)
class StudyOptions:
    """How exactly, how long, by whom and where a study is done.

    ``gap`` is the relative gap of every answer; ``per_solve`` the seconds that one may take;
    ``time_limit`` the seconds after which no block is begun; ``workers`` how many processes (all
    processors unless said otherwise); ``cluster`` the address of a Dask scheduler, or ``local``;
    ``study`` the file that keeps what is done.
    """

    gap: float = 0.001
    per_solve: float | None = PER_SOLVE
    time_limit: float | None = None
    workers: int | None = None
    cluster: str | None = None
    study: Path | None = None

    def __post_init__(self) -> None:
        """Refuse what is no limit.

        Raises
        ------
        InputError
            For a gap or a time below 0, no worker, or anything that is no number.
        """
        check_number("gap", self.gap)
        check_number("per_solve", self.per_solve, unit=_("seconds"), none=True)
        check_number("time_limit", self.time_limit, unit=_("seconds"), none=True)
        check_number("workers", self.workers, 1, whole=True, none=True)


@dataclass(frozen=True)
class SweepTask:
    """The points of a sweep as numbered pieces of work."""

    name: str
    case: Case
    nominal: Nominal
    parameters: tuple[Parameter, ...]
    points: tuple[Point, ...]
    gap: float
    per_solve: float | None
    block: int = BLOCK

    def make_worker(self) -> BlockWorker:
        """Return what answers a block of points, always from the same start."""
        root = self.nominal.resolver(self.case)

        def do(pieces: range) -> list[Row]:
            solving = Solving(root, self.gap, self.per_solve)
            rows: dict[int, Row] = {}
            for position in bracketed(len(pieces)):
                piece = pieces[position]
                found, _case = solving.row(piece, self.at(self.points[piece]))
                rows[piece] = found
            return [rows[piece] for piece in pieces]

        return do

    def at(self, point: Point) -> Case:
        """Return the case at a point."""
        pairs = zip(self.parameters, point, strict=True)
        return altered(self.case, {parameter: new for parameter, new in pairs if new is not None})


class Solving:
    """Answers near-equal cases from one start."""

    def __init__(self, root: Resolver, gap: float, per_solve: float | None) -> None:
        self._root = root
        self._resolver = root.fork()
        self._gap = gap
        self._per_solve = per_solve
        self.recounting = Recounting()

    def row(self, number: int, case: Case, leave: frozenset[Id] = frozenset()) -> tuple[Row, Case]:
        """Return the answer to a case as a row.

        Raises
        ------
        KeyboardInterrupt
            Where Ctrl-C stopped the search: the block is done anew another time.
        """
        question = SolverQuestion(case=case, gap=self._gap, time_limit=self._per_solve, leave=leave)
        reply = self._resolver.ask(question)
        if reply.stop is Stop.INTERRUPTED:
            raise KeyboardInterrupt
        if reply.stop is Stop.TIME_LIMIT:
            self._resolver = self._root.fork()  # nothing may depend on where the time ran out
        row: dict[str, Any] = {"number": number, "how": reply.how.name}
        if reply.choices is None:
            none = {"stop": reply.stop.value, "value": None, "bound": reply.bound, "plan": None}
            return row | none, case
        counted = self.recounting.confirmed(case, reply.choices)
        bound = None if reply.bound is None else max(reply.bound, counted.value)
        return row | {
            "stop": _stop(reply, counted.value, bound).value,
            "value": counted.value,
            "bound": bound,
            "indices": dict(counted.indices),
            "cost": counted.cost,
            "plan": write_choices(reply.choices),
        }, case


def _stop(reply: Reply, value: float, bound: float | None) -> Stop:
    """Return why a search stopped: where the recounted value meets the bound, it is proved."""
    met = bound is not None and bound - value <= PROOF_READ_BACK * size(value, reply.unit)
    return Stop.OPTIMAL if met and reply.stop is Stop.GAP else reply.stop


def bracketed(count: int) -> list[int]:
    """Return positions 0 to count - 1: both ends, then the middle of what lies between, and so on."""
    order = [0, count - 1][: min(count, 2)]
    spans = [(0, count - 1)]
    for low, high in spans:
        middle = (low + high) // 2
        if middle > low:
            order.append(middle)
            spans += [(low, middle), (middle, high)]
    return order


@dataclass(frozen=True)
class SweepPoint:
    """One point of a sweep and its answer.

    ``value`` is the objective, recounted; no plan is worth more than ``bound``. Both are None
    where there is none. ``starts`` has the options of the plan with their start years.
    """

    numbers: Point
    stop: Stop
    value: float | None
    bound: float | None
    indices: Mapping[Id, float]
    cost: float | None
    starts: Mapping[Id, int] | None

    @property
    def comparable(self) -> bool:
        """Say whether it is as exact as was asked: an answer that ran out of time is left out."""
        return self.stop in (Stop.OPTIMAL, Stop.GAP, Stop.INFEASIBLE)


@dataclass(frozen=True, repr=False)
class Sweep(Tabular):
    """What a sweep found, point by point."""

    case: Case
    plan: SweepPlan
    laid: LaidOutPlan
    nominal: Nominal
    steps: tuple[SweepPoint, ...]
    """The points that are done, in their order."""
    positions: tuple[int, ...]
    """Which points of ``laid`` they are."""
    ending: Ending
    options: StudyOptions
    worked: float = field(compare=False)
    """Seconds that workers took, in all runs of the study."""
    taken_over: int = field(default=0, compare=False)
    """Points that an earlier run of the study has written."""

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the numbers that were varied."""
        return tuple(parameter.name for parameter in self.laid.parameters)

    @property
    def objectives(self) -> tuple[Id, ...]:
        """Return the objectives."""
        return tuple(objective.id for objective in self.case.model.objectives)

    @cached_property
    def arrays(self) -> dict[str, np.ndarray]:
        """Return the sweep as one array for each column, a row for each point.

        Numbers that were varied stand under their names, in the units of the workbook; then
        ``stop`` (why the search stopped), ``objective`` and ``bound`` in points, ``index.ID`` in
        points, ``total_cost`` in millions, and ``start.OPTION``, the start year or 0.
        """
        found: dict[str, list[Any]] = {"point": [position + 1 for position in self.positions]}
        for place, name in enumerate(self.names):
            now = self.laid.now[place]
            found[name] = [
                float(now if answer.numbers[place] is None else answer.numbers[place])  # type: ignore[arg-type]
                for answer in self.steps
            ]
        found["stop"] = [answer.stop.value for answer in self.steps]
        found["objective"] = [_number(answer.value) for answer in self.steps]
        found["bound"] = [_number(answer.bound) for answer in self.steps]
        for name in self.objectives:
            found[f"index.{name}"] = [_number(answer.indices.get(name)) for answer in self.steps]
        found["total_cost"] = [_number(answer.cost) for answer in self.steps]
        for option in self.case.options:
            found[f"start.{option}"] = [
                (answer.starts or {}).get(option, 0) for answer in self.steps
            ]
        return {name: np.array(column) for name, column in found.items()}

    @property
    def summary(self) -> str:
        """Return what was varied, and how many points are done."""
        return _("Sweep of {names} in {case}: {done:,} of {points:,} points done").format(
            names=", ".join(self.names),
            case=self.case.name or _("a case"),
            done=len(self.steps),
            points=len(self.laid.points),
        )


def _number(value: float | None) -> float:
    return np.nan if value is None else value


def sweep(
    case: Case | Path | str,
    plan: SweepPlan | None = None,
    options: StudyOptions | None = None,
    *,
    watch: Watcher | None = None,
) -> Sweep:
    """Answer a case for every value of the numbers that a plan varies.

    Parameters
    ----------
    case
        Facts and decision model. Points for 100 are held at what they are in it.
    plan
        What is varied, and how; the sheet Sweeps, one number at a time, unless said otherwise.
    options
        Gap, times, workers, cluster, study file.
    watch
        Told of progress after each block.

    Raises
    ------
    InputError
        Where the plan cannot be read for the case, or the study is one of something else.
    """
    case = as_case(case)
    options = options or StudyOptions()
    plan = plan or from_sheet(case)
    case = hold_scale(case, ScoreScale(case).points_for_100)
    points = lay_out(case, plan)
    sealed = identity(case, _settings(points, options))
    with Study(sealed, options.study) as study:
        base = nominal(case, options.gap, options.per_solve)
        task = SweepTask(
            sha256(repr(sorted(sealed.items())).encode()).hexdigest(),
            case,
            base,
            points.parameters,
            points.points,
            options.gap,
            options.per_solve,
        )
        ending = run(
            task,
            len(points.points),
            study,
            choose_executor(options.workers, options.cluster),
            time_limit=options.time_limit,
            watch=watch,
        )
        rows = list(study.rows(len(points.points)))
        recheck(rows, lambda number: task.at(points.points[number]), study)
        taken_over = study.taken_over
        worked = study.seconds
    steps = tuple(step(points.points[row["number"]], row) for row in rows)
    positions = tuple(row["number"] for row in rows)
    return Sweep(case, plan, points, base, steps, positions, ending, options, worked, taken_over)


def step(point: Point, row: Row) -> SweepPoint:
    """Return a row as the answer to a point."""
    plan: Sequence[Any] | None = row["plan"]
    return SweepPoint(
        point,
        Stop(row["stop"]),
        row["value"],
        row["bound"],
        row.get("indices", {}),
        row.get("cost"),
        None if plan is None else {choice.option: choice.start for choice in read_choices(plan)},
    )


def from_sheet(case: Case) -> SweepPlan:
    """Return what the sheet Sweeps asks for."""
    return SweepPlan(
        tuple(Axis(row.parameter, row.start, row.stop, row.steps, row.kind) for row in case.sweeps)
    )


def _settings(points: LaidOutPlan, options: StudyOptions) -> dict[str, object]:
    digest = sha256(repr(points.points).encode()).hexdigest()[:16]
    return {
        "kind": "sweep",
        "varied": ", ".join(parameter.name for parameter in points.parameters),
        "points": f"{len(points.points)} ({digest})",
        "gap": options.gap,
        "seconds for one answer": options.per_solve,
    }
