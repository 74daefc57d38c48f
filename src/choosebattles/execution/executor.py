"""Who does the pieces: this process, several of this machine, or a Dask cluster.

Each is opened for a task, takes pieces with what is known of the stages before, and yields them as
they are done, in any order. Local processes are those of ``concurrent.futures``, always spawned, as
Windows does; clusters are ``dask.distributed``.
"""

import multiprocessing
import os
import pickle
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any, Protocol

from choosebattles.errors import Fault, InputError, WorkerError
from choosebattles.execution.standard_output import divert
from choosebattles.execution.task import DonePiece, Known, Task, do_piece
from choosebattles.optional_libraries import extra
from choosebattles.translation import _

LOCAL = "local"
"""The name of a cluster that is started on this machine for one study."""

LOSSES = 3
"""How often in a row workers may be lost before anything more is done."""

REACH = "10s"
"""How long to wait for a cluster."""

AHEAD = 2
"""Pieces that wait for each worker, so that none is idle while the next one is sent."""

IN_FLIGHT = 256
"""Pieces that a cluster has at a time."""


class Crew(Protocol):
    """Workers that are ready for one task."""

    @property
    def lost(self) -> int:
        """Return how often workers were lost so far; others have done their pieces again."""

    def run(self, pieces: Iterable[int], known: Known) -> Generator[DonePiece]:
        """Yield the pieces as they are done, in any order."""


class Executor(Protocol):
    """Does the pieces of a task."""

    @property
    def workers(self) -> int:
        """Return how many work at the same time."""

    def open(self, task: Task) -> AbstractContextManager[Crew]:
        """Return workers for a task, which are let go of in the end."""


@dataclass(frozen=True)
class Serial:
    """Everything is done by the process that asks, one piece after the other."""

    workers: int = 1

    @contextmanager
    def open(self, task: Task) -> Iterator[Crew]:
        """Yield what does the pieces in their order."""
        yield _Alone(task)


@dataclass(frozen=True)
class _Alone:
    task: Task
    lost: int = 0

    def run(self, pieces: Iterable[int], known: Known) -> Generator[DonePiece]:
        for piece in pieces:
            yield do_piece(self.task, known, piece)


@dataclass(frozen=True)
class Processes:
    """So many processes of this machine; one that is lost is replaced and its piece done again."""

    workers: int

    @contextmanager
    def open(self, task: Task) -> Iterator[Crew]:
        """Yield processes that are started when they are first wanted."""
        crew = _Pool(task, self.workers)
        try:
            yield crew
        finally:
            crew.close()


@dataclass
class _Pool:
    """Processes of this machine that know the task."""

    task: Task
    workers: int
    lost: int = 0
    _pool: ProcessPoolExecutor | None = None

    def run(self, pieces: Iterable[int], known: Known) -> Generator[DonePiece]:
        """Yield the pieces as they are done.

        Raises
        ------
        WorkerError
            Where workers are lost again and again.
        """
        left = dict.fromkeys(pieces)
        in_a_row = 0
        while left:
            try:
                for done in self._round(tuple(left), pickle.dumps(known)):
                    in_a_row = 0
                    del left[done.number]
                    yield done
            except BrokenProcessPool as error:
                self.close()
                self.lost += 1
                in_a_row += 1
                if in_a_row == LOSSES:
                    raise WorkerError(
                        _(
                            "Workers were lost {number} times in a row; what was done is kept."
                        ).format(number=LOSSES)
                    ) from error

    def _round(self, pieces: tuple[int, ...], known: bytes) -> Generator[DonePiece]:
        """Yield pieces until all are done or a worker is lost."""
        if self._pool is None:
            spawned = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(
                self.workers, spawned, initializer=_receive, initargs=(self.task,)
            )
        to_send = deque(pieces)
        waiting: set[Future[DonePiece]] = set()
        while to_send or waiting:
            while to_send and len(waiting) < AHEAD * self.workers:
                waiting.add(self._pool.submit(_work, to_send.popleft(), known))
            ended, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for future in ended:
                yield future.result()

    def close(self) -> None:
        """End the processes at once: what they are doing is not wanted any more."""
        if self._pool is None:
            return
        processes = list((self._pool._processes or {}).values())  # noqa: SLF001 - no public way before 3.14
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()
        self._pool = None


_received: list[Task] = []
_unpacked: tuple[bytes, Known] = b"", ()


def _receive(task: Task) -> None:
    """Keep the task, in a worker; Ctrl-C and standard output are for whoever started it."""
    divert()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _received[:] = [task]


def _work(piece: int, known: bytes) -> DonePiece:
    global _unpacked  # noqa: PLW0603 - a stage is unpacked once in a process
    if _unpacked[0] != known:
        _unpacked = known, pickle.loads(known)  # noqa: S301 - it comes from whoever started us
    return do_piece(_received[0], _unpacked[1], piece)


@dataclass(frozen=True)
class Cluster:
    """A Dask cluster: the address of its scheduler, or ``local`` for one of ``size`` processes.

    A worker that is lost is replaced, and its pieces are done again by others.
    """

    address: str
    size: int = 0

    @property
    def workers(self) -> int:
        """Return how many are wanted; 0 where the scheduler alone knows."""
        return self.size

    @contextmanager
    def open(self, task: Task) -> Iterator[Crew]:
        """Yield the workers of the cluster.

        Raises
        ------
        InputError
            Where Dask is not installed, or no scheduler answers.
        """
        distributed = extra("--cluster", "distributed")
        with ExitStack() as stack:
            client = stack.enter_context(self._client(distributed, stack))
            sent = client.submit(_same, task, key=f"{task.name}-task", pure=False)
            yield _ClusterCrew(distributed, client, task.name, sent)

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


@dataclass
class _ClusterCrew:
    """The workers of a cluster, to which the task was sent."""

    distributed: Any
    client: Any
    name: str
    sent: Any
    lost: int = 0
    _workers: frozenset[str] = field(default_factory=frozenset)

    def run(self, pieces: Iterable[int], known: Known) -> Generator[DonePiece]:
        """Yield the pieces as they are done.

        Raises
        ------
        WorkerError
            Where the cluster gives a piece up.
        """
        key = f"{self.name}-known-{len(known)}"
        taught = self.client.submit(_same, known, key=key, pure=False)
        sent = map(partial(self._send, taught), pieces)
        waiting = set(islice(sent, IN_FLIGHT))
        ended = self.distributed.as_completed(waiting)
        try:
            for future in ended:
                done = future.result()
                self._count_losses()
                yield done
                waiting.discard(future)
                future.release()
                for further in islice(sent, 1):
                    waiting.add(further)
                    ended.add(further)
        except self.distributed.KilledWorker as error:
            message = _("The cluster lost its workers again and again; what was done is kept.")
            raise WorkerError(message) from error
        finally:
            self.client.cancel(list(waiting))

    def _send(self, taught: Any, piece: int) -> Any:
        key = f"{self.name}-{piece}"
        return self.client.submit(do_piece, self.sent, taught, piece, key=key, pure=False)

    def _count_losses(self) -> None:
        """Count the workers that were there before and are no longer."""
        now = frozenset(self.client.nthreads())
        self.lost += len(self._workers - now)
        self._workers = now


def _same(sent: Any) -> Any:
    """Return what was sent, on a worker: the scheduler can have it made again where it was lost."""
    return sent


def _refused(found: str, expected: str, advice: str) -> InputError:
    return InputError([Fault("", "", "", "--cluster", "CB-R04", found, expected, advice)])


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def choose_executor(workers: int | None = None, cluster: str | None = None) -> Executor:
    """Return who does the pieces: a cluster, or so many processes; one is this process itself."""
    if cluster is not None:
        return Cluster(cluster, workers or 0)
    wanted = workers or cores()
    return Serial() if wanted == 1 else Processes(wanted)
