"""How long a study would take, measured on its first pieces; these are kept in its study file."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from choosebattles.arguments import check_number
from choosebattles.case.case import Case
from choosebattles.execution.run_pieces import Ending
from choosebattles.execution.study import Study
from choosebattles.execution.task import DonePiece, Worker
from choosebattles.uncertainty.draw import Uncertainty
from choosebattles.uncertainty.sensitivity import pieces_at_most
from choosebattles.uncertainty.simulate import (
    Choices,
    DrawTask,
    PlanTask,
    drawn_so_far,
    open_simulation,
    plans_to_follow,
)
from choosebattles.uncertainty.study_options import StudyOptions
from choosebattles.uncertainty.sweep import SweepTask, open_sweep
from choosebattles.uncertainty.sweep_design import SweepPlan
from choosebattles.workbook.reader import as_case

WARM = 64
"""Pieces that are done after the pilot, at most, to measure how fast it goes on."""

PART_MEASURED = 4
"""A study is this many times as large as what is measured of it, unless it is tiny."""

PARTS = 8
"""Parts of the pieces after the pilot of which the fastest and the slowest are told."""

RECOUNTED = 16
"""Draws in which the plans found are recounted."""


@dataclass(frozen=True)
class Estimate:
    """What a study of ``count`` points or draws would take, in seconds of one processor.

    ``pilot`` is what the ``piloted`` first ones take, from which all others learn; ``answering``
    what each further one takes on average, ``fast`` and ``slow`` in the fastest and the slowest
    part of them; ``starting`` what a worker takes before; ``letters`` what one takes in the study,
    in bytes. ``measured`` is how many were done.

    Of draws ``recounting`` is what one takes for the ``plans`` that would be followed. For what
    causes the spread, ``indices`` draws are recounted with one plan each, at most, and answered too
    where ``indices_answered`` says so.
    """

    count: int
    measured: int
    piloted: int
    pilot: float
    answering: float
    fast: float
    slow: float
    starting: float
    letters: float
    recounting: float = 0.0
    plans: int = 0
    indices: int = 0
    indices_answered: bool = False

    @property
    def seconds(self) -> float:
        """Return the seconds of one processor for all of them."""
        return self._seconds(self.answering)

    @property
    def between(self) -> tuple[float, float]:
        """Return the same if all were as fast as the fastest, and as the slowest."""
        return self._seconds(self.fast), self._seconds(self.slow)

    def _seconds(self, answering: float) -> float:
        further = max(0, self.count - self.piloted) + self.indices * self.indices_answered
        recounts = self.count + self.indices / max(1, self.plans)
        return self.pilot + further * answering + recounts * self.recounting

    @property
    def size(self) -> float:
        """Return the bytes of the study."""
        return (self.count + self.indices * self.indices_answered) * self.letters

    def waiting(self, workers: int) -> float:
        """Return the seconds until so many workers, each with a processor to itself, are done."""
        return self.starting + self.seconds / min(workers, self.count)


def estimate(
    case: Case | Path | str,
    uncertain: Uncertainty,
    draws: int,
    options: StudyOptions | None = None,
    *,
    indices: int = 0,
    inputs: int = 8,
    best: bool = True,
) -> Estimate:
    """Measure the first draws of a simulation, and tell what all of them would take.

    Parameters
    ----------
    case, uncertain, draws, options
        As :func:`choosebattles.uncertainty.simulate.simulate` takes them. What is done goes into
        the study, where one is named, so that the simulation begins with it.
    indices, inputs, best
        Base draws for what causes the spread, none unless said otherwise, and what else
        :func:`choosebattles.uncertainty.sensitivity.sensitivity` takes.

    Raises
    ------
    InputError
        Where the study is one of something else.
    """
    case = as_case(case)
    check_number("draws", draws, 1, whole=True)
    options = options or StudyOptions(gap=0.01)
    with open_simulation(case, uncertain, options) as (scaled, study, base, name):
        task = DrawTask(name, scaled, base, uncertain, options.gap, options.limits)
        pace = _Pace(task, draws, study)
        so_far = drawn_so_far(scaled, uncertain, pace.measured, base, study, Ending.DONE, options)
        plans = plans_to_follow(so_far)
        followed = json.dumps({"number": draws, "values": [so_far.value[0]] * len(plans)})
        return pace.estimate(
            letters=len(followed),
            recounting=_recounting(scaled, uncertain, plans, min(RECOUNTED, draws)),
            plans=len(plans),
            indices=pieces_at_most(indices, inputs),
            indices_answered=best,
        )


def estimate_sweep(
    case: Case | Path | str, plan: SweepPlan | None = None, options: StudyOptions | None = None
) -> Estimate:
    """Measure the first points of a sweep, and tell what all of them would take.

    Parameters
    ----------
    case, plan, options
        As :func:`choosebattles.uncertainty.sweep.sweep` takes them. What is done goes into the
        study, where one is named, so that the sweep begins with it.

    Raises
    ------
    InputError
        Where the plan cannot be read for the case, or the study is one of something else.
    """
    with open_sweep(case, plan, options or StudyOptions()) as (task, study, _begun):
        return _Pace(task, len(task.points), study).estimate()


def sample_sizes(count: int, ends: Sequence[int]) -> tuple[int, int]:
    """Return how many first pieces teach the others, and how many are measured in all.

    The pilot ends where a stage does, and is the largest with which a quarter of the study at most
    is measured; the smallest one where none is that small.
    """
    sizes = [(end, end + min(end, WARM)) for end in ends]
    fitting = [size for size in sizes if PART_MEASURED * size[1] <= count]
    piloted, measured = (fitting or sizes[:1])[-1]
    return min(piloted, count), min(measured, count)


class _Pace:
    """Does the first pieces into a study, and takes the time."""

    def __init__(self, task: DrawTask | SweepTask, count: int, study: Study) -> None:
        self._count = count
        self.piloted, self.measured = sample_sizes(count, task.ends)
        began = time.process_time()
        worker = task.make_worker()
        self._starting = time.process_time() - began
        self._seconds: list[float] = []
        letters = 0
        for stage in task.stages(count, self.measured):
            for piece in stage:
                self._seconds.append(_done(worker, piece, study))
            rows = [study.row(piece) for piece in stage]
            worker.learn(rows)
            letters += sum(len(json.dumps(row)) for row in rows)
        self._letters = letters / self.measured

    def estimate(
        self,
        letters: float = 0.0,
        recounting: float = 0.0,
        plans: int = 0,
        indices: int = 0,
        *,
        indices_answered: bool = False,
    ) -> Estimate:
        """Return what all pieces take, where each takes so many more letters in the study."""
        after = self._seconds[self.piloted :] or self._seconds
        parts = [float(part.mean()) for part in np.array_split(after, PARTS) if len(part)]
        return Estimate(
            count=self._count,
            measured=self.measured,
            piloted=self.piloted,
            pilot=sum(self._seconds[: self.piloted]),
            answering=float(np.mean(after)),
            fast=min(parts),
            slow=max(parts),
            starting=self._starting,
            letters=self._letters + letters,
            recounting=recounting,
            plans=plans,
            indices=indices,
            indices_answered=indices_answered,
        )


def _done(worker: Worker, piece: int, study: Study) -> float:
    """Do a piece into a study; return the seconds of a processor that it took."""
    wall, began = time.perf_counter(), time.process_time()
    row = worker.do(piece)
    seconds = time.process_time() - began
    study.store(DonePiece(row, time.perf_counter() - wall))
    return seconds


def _recounting(
    case: Case, uncertain: Uncertainty, plans: tuple[Choices, ...], draws: int
) -> float:
    if not plans:
        return 0.0
    worker = PlanTask("", case, plans, uncertain).make_worker()
    worker.do(0)
    began = time.process_time()
    for piece in range(draws):
        worker.do(piece)
    return (time.process_time() - began) / draws
