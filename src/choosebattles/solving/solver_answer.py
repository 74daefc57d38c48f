"""What a solver says: why it stopped, the values it holds, and the bound it proved."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop
from choosebattles.solving.tolerances import size
from choosebattles.vocabulary import Linear, Row


@dataclass(frozen=True)
class SolverAnswer:
    """The end of one solve. ``bound`` is what no solution exceeds; values are by column name.

    ``work`` is in units, 0 where the solver does not tell.

    ``OPTIMAL`` here means that the solver ended by itself, within the gap it was given.
    """

    stop: Stop
    values: Mapping[str, float] | None
    bound: float | None
    seconds: float
    work: float = 0.0


@dataclass(frozen=True)
class Progress:
    """Where a solve stands: the best plan so far, what no plan can exceed, seconds."""

    best: float | None
    bound: float | None
    seconds: float
    unit: float = 1.0

    @property
    def gap(self) -> float | None:
        """Return the relative gap between the two."""
        if self.best is None or self.bound is None:
            return None
        return max(0.0, self.bound - self.best) / size(self.best, self.unit)


Watcher = Callable[[Progress], None]
"""Whoever is told of progress."""


class Solver(Protocol):
    """One program, ready to be solved again and again with other goals and extra rows."""

    name: str
    """Name and version."""

    def maximise(
        self,
        goal: Linear,
        options: Options,
        *,
        extra: Sequence[Row] = (),
        start: Mapping[str, float] | None = None,
        watch: Watcher | None = None,
    ) -> SolverAnswer:
        """Find the solution with the largest goal."""
