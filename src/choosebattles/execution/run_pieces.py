"""Runs the pieces of a study that are not done yet, and says how that ended."""

import time
from contextlib import closing
from enum import StrEnum

from choosebattles.errors import WorkerError
from choosebattles.execution.executor import Crew, Executor
from choosebattles.execution.progress import Pace, Watcher
from choosebattles.execution.study import Study
from choosebattles.execution.task import Known, Task


class Ending(StrEnum):
    """How a run of a study ended."""

    DONE = "done"
    TIME_LIMIT = "time limit"
    INTERRUPTED = "interrupted"
    LOST = "workers were lost"


def run(
    task: Task,
    count: int,
    study: Study,
    executor: Executor,
    *,
    part: str = "",
    time_limit: float | None = None,
    watch: Watcher | None = None,
) -> Ending:
    """Do what is missing of so many pieces; every piece is on disk as soon as it is done.

    Parameters
    ----------
    task
        The work.
    count
        Pieces of work in all; those of earlier runs count too.
    study
        Where finished pieces are, and go.
    executor
        Who does the work.
    part
        Which part of the study the pieces are, where it has several.
    time_limit
        Seconds after which nothing more is waited for.
    watch
        Told of progress at the start and after each piece.
    """
    running = _StageRun(task, count, study, part, time_limit, watch)
    try:
        with executor.open(task) as crew:
            return running.all(crew)
    except KeyboardInterrupt:
        return Ending.INTERRUPTED
    except WorkerError:
        return Ending.LOST


class _StageRun:
    """A run of a study: what is missing, stage by stage, and how fast it goes."""

    def __init__(
        self,
        task: Task,
        count: int,
        study: Study,
        part: str,
        time_limit: float | None,
        watch: Watcher | None,
    ) -> None:
        self._began = time.monotonic()
        self._count = count
        self._stages = task.stages(count)
        self._study = study
        self._part = part
        self._limit = time_limit
        self._watch = watch
        self._there = study.numbers(part)
        self._place = 0
        self._done = sum(piece in self._there for stage in self._stages for piece in stage)

    def all(self, crew: Crew) -> Ending:
        """Do the stages one after the other; what came of a stage is read from the study."""
        known: Known = ()
        for place, stage in enumerate(self._stages):
            self._place = place
            missing = [piece for piece in stage if piece not in self._there]
            if missing and not self._stage(crew, missing, known):
                return Ending.TIME_LIMIT
            if place + 1 < len(self._stages):
                rows = tuple(self._study.row(piece, self._part) for piece in stage)
                known = (*known, rows)
        return Ending.DONE

    def _stage(self, crew: Crew, missing: list[int], known: Known) -> bool:
        """Do the missing pieces of a stage; False where the time is over before."""
        before, began = self._done, time.monotonic()
        self._tell(0.0, crew)
        with closing(crew.run(missing, known)) as pieces:
            for piece in pieces:
                self._study.store(piece, self._part)
                self._done += 1
                self._tell((self._done - before) / max(time.monotonic() - began, 1e-9), crew)
                if self._over and self._done < self._count:
                    return False
        return True

    @property
    def _over(self) -> bool:
        return self._limit is not None and time.monotonic() - self._began >= self._limit

    def _tell(self, rate: float, crew: Crew) -> None:
        if self._watch is not None:
            left = (self._count - self._done) / rate if rate else None
            steady = self._place + 1 == len(self._stages)
            self._watch(Pace(self._done, self._count, rate, left, crew.lost, steady))
