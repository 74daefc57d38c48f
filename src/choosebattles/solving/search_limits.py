"""How long a search may go on: the user's own time, and work that counts the same everywhere.

What is computed never depends on how fast a machine is, nor on what else it does: it is limited in
*work*. A unit of work is a number of simplex iterations, fewer for a program of more rows, such
that a processor of today takes about a second for it, give or take a factor of two. A clock is read for two ends
alone: to tell how long something took, and to keep to the time that a user sets.
"""

import math
import time
from dataclasses import dataclass
from typing import NamedTuple

ITERATIONS = 1e7
"""Simplex iterations, times rows, in one unit of work."""

FEW_ROWS = 500
"""Rows that every program is taken to have more: a small one takes its time as well."""

STARTING = 100
"""Simplex iterations that the start of a run is taken for."""

AT_ROOT = 150
"""Simplex iterations from one look of HiGHS at its limits to the next, before it branches."""

BRANCHING = 15
"""The same from then on. How many there really were it tells at the end alone."""


FAIR = 2.0
"""Equal shares that one of several searches may take of what is left for all of them."""


def work_of(iterations: float, rows: int) -> float:
    """Return the work of one run."""
    return (max(0.0, iterations) + STARTING) * (rows + FEW_ROWS) / ITERATIONS


def iterations_of(work: float, rows: int) -> float:
    """Return after how many simplex iterations a run has done so much work."""
    return work * ITERATIONS / (rows + FEW_ROWS) - STARTING


class Stopwatch:
    """The seconds since a beginning, and what is left of the time that a user has set.

    Parameters
    ----------
    limit
        The user's own time limit in seconds; None for none.
    """

    def __init__(self, limit: float | None = None) -> None:
        self._began = time.monotonic()
        self._limit = limit

    @property
    def seconds(self) -> float:
        """Return the seconds since the beginning, to be told and to decide nothing."""
        return time.monotonic() - self._began

    @property
    def left(self) -> float | None:
        """Return the seconds that are left; None without a limit."""
        return None if self._limit is None else max(0.0, self._limit - self.seconds)

    @property
    def over(self) -> bool:
        """Say whether the user's time is over."""
        return self.left == 0.0

    def or_work(self, work: float, share: float = 1.0) -> "SearchLimits":
        """Return a share of what is left of the user's time; where none was set, so much work."""
        left = self.left
        return SearchLimits(None, work) if left is None else SearchLimits(share * left)


class SearchLimits(NamedTuple):
    """The limits of one search: the user's own in seconds, and work; None for none."""

    time_limit: float | None = None
    work_limit: float | None = None


@dataclass
class WorkBudget:
    """Work that several runs may do together, in units; ``limit`` is None for any amount."""

    limit: float | None = None
    done: float = 0.0

    @property
    def left(self) -> float | None:
        """Return the work that is left; None without a limit."""
        return None if self.limit is None else max(0.0, self.limit - self.done)

    @property
    def over(self) -> bool:
        """Say whether nothing is left."""
        return self.left == 0.0

    def within(self, most: float) -> float:
        """Return an amount of work, or what is left where that is less."""
        return most if self.limit is None else min(most, max(0.0, self.limit - self.done))


class SharedLimits:
    """Limits of several searches together; none takes so much that nothing is left for the others.

    Parameters
    ----------
    limits
        Of all of them together.
    """

    def __init__(self, limits: SearchLimits) -> None:
        self._clock, self._budget = Stopwatch(limits.time_limit), WorkBudget(limits.work_limit)

    @property
    def over(self) -> bool:
        """Say whether nothing is left."""
        return self._clock.over or self._budget.over

    def add(self, work: float) -> None:
        """Take note of work that was done."""
        self._budget.done += work

    def of_one(self, number: int) -> SearchLimits:
        """Return the limits of the next search, of so many that are still to come."""
        share = min(1.0, FAIR / number)
        time, work = self._clock.left, self._budget.left
        return SearchLimits(
            None if time is None else share * time, None if work is None else share * work
        )


def least(one: float | None, other: float | None) -> float | None:
    """Return the smaller of two limits, each None for no limit."""
    smaller = min(math.inf if limit is None else limit for limit in (one, other))
    return None if smaller == math.inf else smaller
