"""Sweeps: the best plan for every value of a number, or of several.

Both ends come first, then what lies between, finer and finer by stages: in a sweep over money a
plan for less and a proof for more answer whatever lies between them. Points of one stage know of
the stages before, and of nothing else.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from choosebattles.audit.points_and_weights import ScoreScale
from choosebattles.case.case import Case
from choosebattles.case.parameter import hold_scale
from choosebattles.case.units import Id
from choosebattles.execution.executor import choose_executor
from choosebattles.execution.progress import Watcher
from choosebattles.execution.run_pieces import Ending, run
from choosebattles.execution.study import Study
from choosebattles.execution.task import Row, in_stages
from choosebattles.notebook_display import Tabular
from choosebattles.solving.outcome import Stop
from choosebattles.solving.resolver import bracketed
from choosebattles.solving.search_limits import SearchLimits
from choosebattles.translation import _
from choosebattles.uncertainty.altered_case import Parameter, altered
from choosebattles.uncertainty.nominal_plan import Nominal, begin, read_choices
from choosebattles.uncertainty.piece_solver import PieceSolver
from choosebattles.uncertainty.study_file_recount import recheck
from choosebattles.uncertainty.study_identity import identity
from choosebattles.uncertainty.study_options import StudyOptions
from choosebattles.uncertainty.sweep_design import (
    Axis,
    LaidOutPlan,
    Point,
    Points,
    SweepPlan,
    lay_out,
)
from choosebattles.workbook.reader import as_case

ENDS = (3, 9, 33, 129)
"""Points after which a stage ends: those that halve what lies between, two times over."""


@dataclass(frozen=True)
class SweepTask:
    """The points of a sweep as numbered pieces of work."""

    name: str
    case: Case
    nominal: Nominal
    parameters: tuple[Parameter, ...]
    points: Points
    gap: float
    limits: SearchLimits

    ends = ENDS

    def stages(self, count: int, most: int | None = None) -> list[Sequence[int]]:
        """Return the points by stages: both ends first, then what lies between, finer and finer.

        Of the first ``most`` alone, where that is asked.
        """
        return in_stages(list(islice(bracketed(count), most)), self.ends)

    def make_worker(self) -> "SweepWorker":
        """Return what answers points, each from the same start."""
        return SweepWorker(self)

    def case_of(self, piece: int) -> Case:
        """Return the case at a point, by its number."""
        return self.at(self.points[piece])

    def at(self, point: Point) -> Case:
        """Return the case at a point."""
        pairs = zip(self.parameters, point, strict=True)
        return altered(self.case, {parameter: new for parameter, new in pairs if new is not None})


class SweepWorker:
    """Answers the points of a sweep."""

    def __init__(self, task: SweepTask) -> None:
        self._case_of = task.case_of
        self._solver = PieceSolver(task.case, task.nominal, task.case_of, task.gap, task.limits)

    def learn(self, rows: Sequence[Row]) -> None:
        """Take what came of other points."""
        self._solver.learn(rows)

    def do(self, piece: int) -> Row:
        """Return the answer to a point."""
        return self._solver.begin().row(piece, self._case_of(piece))


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
        """Say whether it is as exact as was asked: an answer that was given up is left out."""
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
        Told of progress after each point.

    Raises
    ------
    InputError
        Where the plan cannot be read for the case, or the study is one of something else.
    """
    options = options or StudyOptions()
    with open_sweep(case, plan, options) as (task, study, begun):
        recheck(study.rows(len(task.points)), task.case_of, study)
        ending = run(
            task,
            len(task.points),
            study,
            choose_executor(options.workers, options.cluster),
            time_limit=options.time_limit,
            watch=watch,
        )
        rows = list(study.rows(len(task.points)))
        return replace(
            begun,
            steps=tuple(step(task.points[row["number"]], row) for row in rows),
            positions=tuple(row["number"] for row in rows),
            ending=ending,
            worked=study.seconds,
            taken_over=study.taken_over,
        )


@contextmanager
def open_sweep(
    case: Case | Path | str, plan: SweepPlan | None, options: StudyOptions
) -> Iterator[tuple[SweepTask, Study, Sweep]]:
    """Open the study of a sweep, and solve the case as it stands unless that is done.

    Yields the points as work, the study, and the sweep with no point done.

    Raises
    ------
    InputError
        Where the plan cannot be read for the case, or the study is one of something else.
    """
    case = as_case(case)
    plan = plan or from_sheet(case)
    case = hold_scale(case, ScoreScale(case).points_for_100)
    laid = lay_out(case, plan)
    sealed = identity(case, _settings(laid, options))
    with Study(sealed, options.study) as study:
        base = begin(study, case, options.gap, options.limits)
        task = SweepTask(
            sha256(repr(sorted(sealed.items())).encode()).hexdigest(),
            case,
            base,
            laid.parameters,
            laid.points,
            options.gap,
            options.limits,
        )
        yield task, study, Sweep(case, plan, laid, base, (), (), Ending.DONE, options, 0.0)


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


def _settings(laid: LaidOutPlan, options: StudyOptions) -> dict[str, object]:
    return {
        "kind": "sweep",
        "varied": ", ".join(parameter.name for parameter in laid.parameters),
        "points": f"{len(laid.points)} ({laid.points.digest})",
        **options.sealed,
    }
