"""Small work for tests of execution, in a module that worker processes can import."""

import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from choosebattles.execution.task import Row, in_stages

ENDS = (4, 8)
"""Pieces after which a stage ends."""


@dataclass(frozen=True)
class Squares:
    """Squares numbers; each row also has the sum of the numbers of the stages before."""

    name: str = "squares"

    def stages(self, count: int) -> list[Sequence[int]]:
        return in_stages(range(count), ENDS)

    def make_worker(self) -> "Squarer":
        return Squarer(self)

    def before(self, piece: int) -> None:
        """Do what comes before a piece."""


class Squarer:
    """Squares numbers."""

    def __init__(self, task: Squares) -> None:
        self.task = task
        self.learnt = 0

    def learn(self, rows: Sequence[Row]) -> None:
        self.learnt += sum(row["number"] for row in rows)

    def do(self, piece: int) -> Row:
        self.task.before(piece)
        return {"number": piece, "square": piece**2, "learnt": self.learnt}


@dataclass(frozen=True)
class Deadly(Squares):
    """Squares numbers, but once kills its worker, at the piece ``at``."""

    grave: str = ""
    at: int = 0
    name: str = "deadly"

    def before(self, piece: int) -> None:
        if piece == self.at and not Path(self.grave).exists():
            Path(self.grave).touch()
            os.kill(os.getpid(), signal.SIGTERM)
            signal.pause()


@dataclass(frozen=True)
class Hopeless(Squares):
    """Kills its worker at every piece from ``after`` on."""

    after: int = 0
    name: str = "hopeless"

    def before(self, piece: int) -> None:
        if piece >= self.after:
            os._exit(1)


@dataclass(frozen=True)
class Interrupted(Squares):
    """Squares numbers until Ctrl-C comes, at the piece ``at``."""

    at: int = 0
    name: str = "interrupted"

    def before(self, piece: int) -> None:
        if piece == self.at:
            raise KeyboardInterrupt
