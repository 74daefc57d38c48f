"""Small work for tests of execution, in a module that worker processes can import."""

import os
import signal
from dataclasses import dataclass
from pathlib import Path

from choosebattles.execution.work import BlockWorker, Row


@dataclass(frozen=True)
class Squares:
    """Squares numbers; within a block each row also has the sum of all before it."""

    block: int = 4
    name: str = "squares"

    def make_worker(self) -> BlockWorker:
        def do(pieces: range) -> list[Row]:
            before = 0
            rows: list[Row] = []
            for number in pieces:
                before += number
                rows.append({"number": number, "square": number**2, "before": before})
            return rows

        return do


@dataclass(frozen=True)
class Deadly:
    """Squares numbers, but once kills its worker, in the block that holds ``at``."""

    grave: str
    at: int
    block: int = 4
    name: str = "deadly"

    def make_worker(self) -> BlockWorker:
        squares = Squares().make_worker()

        def do(pieces: range) -> list[Row]:
            if self.at in pieces and not Path(self.grave).exists():
                Path(self.grave).touch()
                os.kill(os.getpid(), signal.SIGTERM)
                signal.pause()
            return squares(pieces)

        return do


@dataclass(frozen=True)
class Hopeless:
    """Kills its worker in every block from ``after`` on."""

    after: int
    block: int = 4
    name: str = "hopeless"

    def make_worker(self) -> BlockWorker:
        squares = Squares().make_worker()

        def do(pieces: range) -> list[Row]:
            if pieces.start >= self.after:
                os._exit(1)
            return squares(pieces)

        return do


@dataclass(frozen=True)
class Interrupted:
    """Squares numbers until Ctrl-C comes, in the block that holds ``at``."""

    at: int
    block: int = 4
    name: str = "interrupted"

    def make_worker(self) -> BlockWorker:
        squares = Squares().make_worker()

        def do(pieces: range) -> list[Row]:
            if self.at in pieces:
                raise KeyboardInterrupt
            return squares(pieces)

        return do
