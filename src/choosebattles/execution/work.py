"""Numbered pieces of work in fixed blocks, and who does them.

A block is what is scheduled, stored and done again: the same pieces in the same order, whoever
does them. What a worker learns within a block it forgets before the next, so that the results do
not depend on how many workers there are, or on which of them ends first.
"""

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

BLOCK = 64
"""Pieces of work in a block, unless the task says otherwise."""

Row = Mapping[str, Any]
"""What comes of one piece of work: plain values that JSON can hold."""

BlockWorker = Callable[[range], list[Row]]
"""Does the pieces of a block, each block from the same start."""


class Task(Protocol):
    """Work that can be sent to other processes: it is pickled once, blocks are mere numbers."""

    @property
    def name(self) -> str:
        """Return what tells this task from others: the same text, the same results."""

    @property
    def block(self) -> int:
        """Return how many pieces make a block, whoever does them."""

    def make_worker(self) -> BlockWorker:
        """Return what does the blocks; called once in each process, however long it takes."""


@dataclass(frozen=True)
class DoneBlock:
    """A block that is done: its number, its rows, and the seconds that it took its worker."""

    block: int
    rows: Sequence[Row]
    seconds: float


def blocks(count: int, size: int = BLOCK) -> Iterator[tuple[int, range]]:
    """Yield the blocks of so many pieces by number, all of one size but for the last."""
    for number, first in enumerate(range(0, count, size)):
        yield number, range(first, min(first + size, count))


_kept = threading.local()


def do_block(task: Task, block: int, pieces: range) -> DoneBlock:
    """Do a block in this thread, which keeps the worker of the task that it did last."""
    began = time.perf_counter()
    if getattr(_kept, "name", None) != task.name:
        _kept.worker, _kept.name = task.make_worker(), task.name
    rows = _kept.worker(pieces)
    return DoneBlock(block, rows, time.perf_counter() - began)


def forget_worker() -> None:
    """Let go of the worker that this thread holds."""
    _kept.worker = _kept.name = None
