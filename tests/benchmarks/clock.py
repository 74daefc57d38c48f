"""CPU seconds, children included, with wall beside; pairs are measured in turn."""

import os
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Spent:
    """CPU and wall seconds of one run."""

    cpu: float = 0.0
    wall: float = 0.0


@dataclass
class Series:
    """What runs of one thing took, in CPU seconds."""

    seconds: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def add(self, spent: Spent) -> None:
        """Take a run."""
        self.seconds.append(spent.cpu)
        self.wall.append(spent.wall)

    @property
    def mean(self) -> float:
        """Return the mean."""
        return statistics.fmean(self.seconds)

    @property
    def median(self) -> float:
        """Return the median."""
        return statistics.median(self.seconds)

    @property
    def spread(self) -> str:
        """Return the least and the most."""
        return f"{short(min(self.seconds))} to {short(max(self.seconds))} s"


@contextmanager
def clocked() -> Iterator[Spent]:
    """Measure what the block takes, processes that it starts and waits for included."""
    spent = Spent()
    before, began = os.times(), time.perf_counter()
    yield spent
    after = os.times()
    spent.cpu = sum(after[:4]) - sum(before[:4])
    spent.wall = time.perf_counter() - began


def short(seconds: float) -> str:
    """Return seconds with three digits that count."""
    return f"{seconds:.3g}" if seconds < 100 else f"{seconds:.0f}"


def ratio(numbers: Sequence[float]) -> str:
    """Return the median of ratios, with the least and the most where there are several."""
    middle = f"{statistics.median(numbers):.2g}x"
    if len(numbers) < 2:
        return middle
    return f"{middle} ({min(numbers):.2g} to {max(numbers):.2g})"
