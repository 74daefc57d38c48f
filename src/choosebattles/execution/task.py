"""Numbered pieces of work, what each may know of others, and who does them.

What comes of a piece follows from its number and from the stages before its own, and from nothing
else: not from who does it, how many do, in which order, or after which interruption. A worker
learns what came of a stage when all of it is done, and begins every piece from what it has learnt,
never from what it found for another piece.
"""

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol

PILOT = (4, 16, 64)
"""Pieces after which a stage ends: the later ones know of the earlier, and all others of these 64."""

Row = Mapping[str, Any]
"""What comes of one piece of work: plain values that JSON can hold."""

Known = tuple[tuple[Row, ...], ...]
"""What came of the stages before: their rows, stage by stage, each in the order of its pieces."""


class Worker(Protocol):
    """Does pieces, each from the same start: what it was made with, and what it was taught."""

    def learn(self, rows: Sequence[Row]) -> None:
        """Take what came of a stage; called once for each stage, in their order."""

    def do(self, piece: int) -> Row:
        """Return what comes of a piece; nothing that is found may serve another piece."""


class Task(Protocol):
    """Work that can be sent to other processes: it is pickled once, pieces are mere numbers."""

    @property
    def name(self) -> str:
        """Return what tells this task from others: the same text, the same results."""

    def stages(self, count: int) -> Sequence[Sequence[int]]:
        """Return the first so many pieces by stages; a piece may know of the stages before."""

    def make_worker(self) -> Worker:
        """Return what does the pieces; called once in each process, however long it takes."""


class OneStage:
    """Tasks whose pieces need to know nothing of others."""

    def stages(self, count: int) -> list[Sequence[int]]:
        """Return all pieces in one stage."""
        return [range(count)]


class Untaught:
    """Workers of such tasks."""

    def learn(self, rows: Sequence[Row]) -> None:
        """Take nothing: there are no stages before."""


@dataclass(frozen=True)
class DonePiece:
    """A piece that is done: what came of it, and the seconds that it took its worker."""

    row: Row
    seconds: float

    @property
    def number(self) -> int:
        """Return the number of the piece."""
        return int(self.row["number"])


def in_stages(pieces: Sequence[int], ends: Sequence[int] = PILOT) -> list[Sequence[int]]:
    """Return pieces in stages that end after so many of them, and one of all the others.

    The first pieces lie in the same stages however many there are, so that more of them can be
    added to those done.
    """
    cuts = [0, *(end for end in ends if end < len(pieces)), len(pieces)]
    return [pieces[first:last] for first, last in pairwise(cuts) if last > first]


_kept = threading.local()


def do_piece(task: Task, known: Known, piece: int) -> DonePiece:
    """Do a piece in this thread, which keeps the worker of the task that it did last."""
    began = time.perf_counter()
    learnt: Known = getattr(_kept, "learnt", ())
    if getattr(_kept, "name", None) != task.name or learnt != known[: len(learnt)]:
        forget_worker()
        _kept.worker, _kept.name, learnt = task.make_worker(), task.name, ()
    for rows in known[len(learnt) :]:
        _kept.worker.learn(rows)
    _kept.learnt = known
    return DonePiece(_kept.worker.do(piece), time.perf_counter() - began)


def forget_worker() -> None:
    """Let go of the worker that this thread holds."""
    _kept.worker = _kept.name = None
    _kept.learnt = ()
