"""How long a simulation would take, measured on its first draws; these are kept in its study."""

import json
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from choosebattles.arguments import check_number
from choosebattles.case.case import Case
from choosebattles.execution.run_pieces import Ending
from choosebattles.execution.study import Study
from choosebattles.execution.work import PILOT, DonePiece
from choosebattles.uncertainty.draw import Uncertainty
from choosebattles.uncertainty.simulate import (
    Choices,
    DrawTask,
    PlanTask,
    drawn_so_far,
    open_simulation,
    plans_to_follow,
)
from choosebattles.uncertainty.sweep import StudyOptions
from choosebattles.workbook.reader import as_case

WARM = 64
"""Draws that are done after the pilot, to measure how fast it goes on."""

PARTS = 8
"""Parts of these draws of which the fastest and the slowest are told."""

RECOUNTED = 16
"""Draws in which the plans found are recounted."""


@dataclass(frozen=True)
class Estimate:
    """What a simulation would take, in seconds of one processor.

    ``pilot`` is what the ``piloted`` first draws take, from which all others learn; ``answering``
    what each further draw takes on average, ``fast`` and ``slow`` in the fastest and the slowest
    part of them; ``starting`` what a worker takes before; ``recounting`` what a draw takes for the
    ``plans`` that would be followed; ``letters`` what a draw takes in the study, in bytes.
    ``measured`` is how many draws were done.
    """

    draws: int
    measured: int
    piloted: int
    pilot: float
    answering: float
    fast: float
    slow: float
    starting: float
    recounting: float
    plans: int
    letters: float

    @property
    def seconds(self) -> float:
        """Return the seconds of one processor for all draws."""
        return self._seconds(self.answering)

    @property
    def between(self) -> tuple[float, float]:
        """Return the same if all draws were as fast as the fastest, and as the slowest."""
        return self._seconds(self.fast), self._seconds(self.slow)

    def _seconds(self, answering: float) -> float:
        further = max(0, self.draws - self.piloted)
        return self.pilot + further * answering + self.draws * self.recounting

    @property
    def size(self) -> float:
        """Return the bytes of the study."""
        return self.draws * self.letters

    def waiting(self, workers: int) -> float:
        """Return the seconds until so many workers, each with a processor to itself, are done."""
        return self.starting + self.seconds / min(workers, self.draws)


def estimate(
    case: Case | Path | str, uncertain: Uncertainty, draws: int, options: StudyOptions | None = None
) -> Estimate:
    """Measure the first draws of a simulation, and tell what all of them would take.

    Parameters
    ----------
    case, uncertain, draws, options
        As :func:`choosebattles.uncertainty.simulate.simulate` takes them. What is done goes into
        the study, where one is named, so that the simulation begins with it.

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
        measured = min(draws, PILOT[-1] + WARM)
        starting, seconds = _measured(task, measured, study)
        so_far = drawn_so_far(scaled, uncertain, measured, base, study, Ending.DONE, options)
        plans = plans_to_follow(so_far)
        letters = sum(len(json.dumps(row)) for row in so_far.rows) / measured
        followed = json.dumps({"number": draws, "values": [so_far.value[0]] * len(plans)})
        piloted = min(measured, PILOT[-1])
        parts = [
            part.mean() for part in np.array_split(seconds[piloted:] or seconds, PARTS) if len(part)
        ]
        return Estimate(
            draws=draws,
            measured=measured,
            piloted=piloted,
            pilot=sum(seconds[:piloted]),
            answering=float(np.mean(seconds[piloted:] or seconds)),
            fast=float(min(parts)),
            slow=float(max(parts)),
            starting=starting,
            recounting=_recounting(scaled, uncertain, plans, min(RECOUNTED, draws)),
            plans=len(plans),
            letters=letters + len(followed),
        )


def _measured(task: DrawTask, count: int, study: Study) -> tuple[float, list[float]]:
    """Do the first draws into a study; return what a worker takes to begin, and each draw."""
    began = time.process_time()
    worker = task.make_worker()
    starting = time.process_time() - began
    seconds = []
    for stage in task.stages(count):
        for piece in stage:
            wall, began = time.perf_counter(), time.process_time()
            row = worker.do(piece)
            seconds.append(time.process_time() - began)
            study.store(DonePiece(row, time.perf_counter() - wall))
        worker.learn([study.row(piece) for piece in stage])
    return starting, seconds


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
