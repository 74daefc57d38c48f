"""Who does the blocks: this process, several of this machine, or a Dask cluster.

Each takes a task and blocks and yields them as they are done, in any order. Local processes are
those of ``concurrent.futures``, always spawned, as Windows does; clusters are ``dask.distributed``.
"""

import multiprocessing
import os
import signal
from collections.abc import Generator, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, Protocol

from choosebattles.errors import Fault, InputError, WorkerError
from choosebattles.execution.streams import divert
from choosebattles.execution.work import DoneBlock, Task, do_block
from choosebattles.extras import extra
from choosebattles.words import _

Blocks = Iterable[tuple[int, range]]

LOCAL = "local"
"""The name of a cluster that is started on this machine for one study."""

LOSSES = 3
"""How often in a row workers may be lost before anything more is done."""

REACH = "10s"
"""How long to wait for a cluster."""


class Executor(Protocol):
    """Does the blocks of a task."""

    @property
    def workers(self) -> int:
        """Return how many work at the same time."""

    def run(self, task: Task, todo: Blocks) -> Generator[DoneBlock]:
        """Yield the blocks as they are done, in any order."""


@dataclass(frozen=True)
class Serial:
    """Everything is done by the process that asks, one block after the other."""

    workers: int = 1

    def run(self, task: Task, todo: Blocks) -> Generator[DoneBlock]:
        """Yield the blocks in their order."""
        for block, pieces in todo:
            yield do_block(task, block, pieces)


@dataclass(frozen=True)
class Processes:
    """So many processes of this machine; one that is lost is replaced and its block done again."""

    workers: int

    def run(self, task: Task, todo: Blocks) -> Generator[DoneBlock]:
        """Yield the blocks as they are done.

        Raises
        ------
        WorkerError
            Where workers are lost again and again.
        """
        left = dict(todo)
        losses = 0
        while left:
            try:
                for done in self._round(task, left):
                    losses = 0
                    del left[done.block]
                    yield done
            except BrokenProcessPool as error:
                losses += 1
                if losses == LOSSES:
                    raise WorkerError(
                        _(
                            "Workers were lost {number} times in a row; what was done is kept."
                        ).format(number=LOSSES)
                    ) from error

    def _round(self, task: Task, todo: Mapping[int, range]) -> Generator[DoneBlock]:
        """Yield blocks until all are done or a worker is lost."""
        spawned = multiprocessing.get_context("spawn")
        workers = min(self.workers, len(todo))
        pool = ProcessPoolExecutor(workers, spawned, initializer=_receive, initargs=(task,))
        try:
            waiting: set[Future[DoneBlock]] = {pool.submit(_work, *item) for item in todo.items()}
            while waiting:
                ended, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in ended:
                    yield future.result()
        finally:
            _end(pool)


def _end(pool: ProcessPoolExecutor) -> None:
    """End the processes at once: what they are doing is not wanted any more."""
    processes = list((pool._processes or {}).values())  # noqa: SLF001 - no public way before 3.14
    pool.shutdown(wait=False, cancel_futures=True)
    for processe in processes:
        processe.terminate()
    for processe in processes:
        processe.join()


_received: list[Task] = []


def _receive(task: Task) -> None:
    """Keep the task, in a worker; Ctrl-C and standard output are for whoever started it."""
    divert()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _received[:] = [task]


def _work(block: int, pieces: range) -> DoneBlock:
    return do_block(_received[0], block, pieces)


@dataclass(frozen=True)
class Cluster:
    """A Dask cluster: the address of its scheduler, or ``local`` for one of ``size`` processes.

    A worker that is lost is replaced, and its blocks are done again by others.
    """

    address: str
    size: int = 0

    @property
    def workers(self) -> int:
        """Return how many are wanted; 0 where the scheduler alone knows."""
        return self.size

    def run(self, task: Task, todo: Blocks) -> Generator[DoneBlock]:
        """Yield the blocks as they are done.

        Raises
        ------
        InputError
            Where Dask is not installed, or no scheduler answers.
        WorkerError
            Where the cluster gives a block up.
        """
        distributed = extra("--cluster", "distributed")
        with ExitStack() as stack:
            client = stack.enter_context(self._client(distributed, stack))
            sent = client.submit(_same, task, key=f"{task.name}-task", pure=False)
            waiting = [
                client.submit(do_block, sent, *block, key=f"{task.name}-{block[0]}", pure=False)
                for block in todo
            ]
            try:
                for future in distributed.as_completed(waiting):
                    yield future.result()
                    future.release()
            except distributed.KilledWorker as error:
                message = _("The cluster lost its workers again and again; what was done is kept.")
                raise WorkerError(message) from error
            finally:
                client.cancel(waiting)

    def _client(self, distributed: Any, stack: ExitStack) -> Any:
        if self.address == LOCAL:
            local = distributed.LocalCluster(
                n_workers=self.size or cores(),
                threads_per_worker=1,
                processes=True,
                dashboard_address=None,
            )
            return distributed.Client(stack.enter_context(local))
        try:
            return distributed.Client(self.address, timeout=REACH)
        except (OSError, TimeoutError, ValueError) as error:
            raise _refused(
                self.address,
                _("the address of a Dask scheduler, such as tcp://10.0.0.5:8786"),
                _("No scheduler answers there. Start one with: dask scheduler"),
            ) from error


def _same(task: Task) -> Task:
    """Return the task, on a worker: the scheduler can have it made again where it was lost."""
    return task


def _refused(found: str, expected: str, advice: str) -> InputError:
    return InputError([Fault("", "", "", "--cluster", "CB-R04", found, expected, advice)])


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def choose_executor(workers: int | None = None, cluster: str | None = None) -> Executor:
    """Return who does the blocks: a cluster, or so many processes; one is this process itself."""
    if cluster is not None:
        return Cluster(cluster, workers or 0)
    wanted = workers or cores()
    return Serial() if wanted == 1 else Processes(wanted)
