"""How long a simulation would take, measured on its first draws; these are kept in its study."""

import json
import time
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from choosebattles.arguments import check_number
from choosebattles.case.case import Case
from choosebattles.execution.run import Ending
from choosebattles.execution.work import BLOCK, BlockWorker, DoneBlock, blocks
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

BLOCKS = 4
"""Blocks that are done; the first one warms up."""

RECOUNTED = 16
"""Draws in which the plans of these blocks are recounted."""


@dataclass(frozen=True)
class Estimate:
    """What a simulation would take, in seconds of one processor.

    ``answering`` is what a draw takes on average once the worker is warm, ``fast`` and ``slow`` in
    the fastest and the slowest block; ``starting`` what a worker takes before; ``recounting`` what
    a draw takes for the ``plans`` that would be followed; ``letters`` what a draw takes in the
    study, in bytes. ``measured`` is how many draws were done.
    """

    draws: int
    measured: int
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
        return self.draws * (self.answering + self.recounting)

    @property
    def between(self) -> tuple[float, float]:
        """Return the same if all blocks were as fast as the fastest, and as the slowest."""
        low, high = (self.draws * (seconds + self.recounting) for seconds in (self.fast, self.slow))
        return low, high

    @property
    def size(self) -> float:
        """Return the bytes of the study."""
        return self.draws * self.letters

    def waiting(self, workers: int) -> float:
        """Return the seconds until so many workers, each with a processor to itself, are done."""
        at_work = min(workers, -(-self.draws // BLOCK))
        return self.starting + self.seconds / at_work


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
        task = DrawTask(name, scaled, base, uncertain, options.gap, options.per_solve)
        began = time.process_time()
        worker = task.make_worker()
        starting = time.process_time() - began
        rates = []
        for number, pieces in islice(blocks(draws), BLOCKS):
            done, seconds = _timed(worker, number, pieces)
            study.store(done)
            rates.append(seconds / len(pieces))
        measured = min(draws, BLOCKS * BLOCK)
        so_far = drawn_so_far(scaled, uncertain, measured, base, study, Ending.DONE, options)
        plans = plans_to_follow(so_far)
        letters = sum(len(json.dumps(row)) for row in so_far.rows) / measured
        followed = json.dumps({"number": draws, "values": [so_far.value[0]] * len(plans)})
        warm = rates[1:] or rates
        return Estimate(
            draws,
            measured,
            sum(warm) / len(warm),
            min(warm),
            max(warm),
            starting,
            _recounting(scaled, uncertain, plans, min(RECOUNTED, draws)),
            len(plans),
            letters + len(followed),
        )


def _timed(worker: BlockWorker, number: int, pieces: range) -> tuple[DoneBlock, float]:
    wall, began = time.perf_counter(), time.process_time()
    rows = worker(pieces)
    return DoneBlock(number, rows, time.perf_counter() - wall), time.process_time() - began


def _recounting(
    case: Case, uncertain: Uncertainty, plans: tuple[Choices, ...], draws: int
) -> float:
    if not plans:
        return 0.0
    worker = PlanTask("", case, plans, uncertain).make_worker()
    worker(range(1))
    began = time.process_time()
    worker(range(draws))
    return (time.process_time() - began) / draws
