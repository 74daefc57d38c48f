"""Runs the blocks of a study that are not done yet, and tells how far it is."""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum

from choosebattles.errors import WorkerError
from choosebattles.execution.executor import Executor
from choosebattles.execution.study import Study
from choosebattles.execution.work import Task, blocks


class Ending(StrEnum):
    """How a run of a study ended."""

    DONE = "done"
    TIME_LIMIT = "time limit"
    INTERRUPTED = "interrupted"
    LOST = "workers were lost"


@dataclass(frozen=True)
class Pace:
    """How far a study is: pieces done of all, how many a second in this run, seconds left."""

    done: int
    count: int
    rate: float
    left: float | None


Watcher = Callable[[Pace], None]
"""Whoever is told of progress."""


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
    """Do what is missing of so many pieces; every block is on disk as soon as it is done.

    Parameters
    ----------
    task
        The work.
    count
        Pieces of work in all; those of earlier runs count too.
    study
        Where finished blocks are, and go.
    executor
        Who does the work.
    part
        Which part of the study the pieces are, where it has several.
    time_limit
        Seconds after which nothing more is waited for.
    watch
        Told of progress after each block.
    """
    began = time.monotonic()
    sizes = study.sizes(part)
    todo = [block for block in blocks(count, task.block) if sizes.get(block[0], 0) < len(block[1])]
    before = done = count - sum(len(pieces) for _number, pieces in todo)
    if not todo:
        return Ending.DONE
    try:
        with closing(executor.run(task, todo)) as running:
            for block in running:
                study.store(block, part)
                done += len(block.rows)
                spent = time.monotonic() - began
                if watch is not None:
                    rate = (done - before) / max(spent, 1e-9)
                    watch(Pace(done, count, rate, (count - done) / rate if rate else None))
                if time_limit is not None and spent >= time_limit and done < count:
                    return Ending.TIME_LIMIT
    except KeyboardInterrupt:
        return Ending.INTERRUPTED
    except WorkerError:
        return Ending.LOST
    return Ending.DONE
