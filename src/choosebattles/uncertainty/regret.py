"""By how much a plan falls short of the best one, draw by draw."""

from dataclasses import dataclass

import numpy as np

from choosebattles.case.plan import Choice
from choosebattles.case.units import Id
from choosebattles.solving.outcome import Stop
from choosebattles.solving.tolerances import SETTLED


@dataclass(frozen=True)
class FollowedPlan:
    """A plan that was recounted in every draw.

    ``share`` is the share of draws whose best plan found takes the same options. ``values`` has
    what it is worth in every draw, not a number where it breaks a demand of that draw.
    """

    choices: tuple[Choice, ...]
    share: float
    values: np.ndarray

    @property
    def taken(self) -> frozenset[Id]:
        """Return the options of the plan."""
        return frozenset(choice.option for choice in self.choices)

    @property
    def holds(self) -> np.ndarray:
        """Say in which draws it breaks no demand."""
        return np.asarray(~np.isnan(self.values))


@dataclass(frozen=True)
class Regret:
    """By how much a plan falls short of the best one, in points, over draws in which it holds.

    Of every number the least and the most that it can be: the best is known within the gap.
    """

    mean: tuple[float, float]
    high: tuple[float, float]
    """What is exceeded in one draw out of twenty."""
    worst: tuple[float, float]
    holds: float
    """Share of draws in which the plan breaks no demand."""


@dataclass(frozen=True)
class LeastRegret:
    """The plan, of all that can be carried out in every draw compared, of least worst regret.

    ``plan`` is None where none was found, ``impossible`` where there is none: proved. No plan has
    a worst regret of less than ``low`` points; that of ``plan`` is between the two of ``worst``
    (the best of a draw is known within the gap). ``compared`` is how many draws count, ``decisive``
    how many of them the program had to know.
    """

    plan: FollowedPlan | None
    low: float
    worst: tuple[float, float]
    compared: int
    decisive: int
    impossible: bool
    stop: Stop
    unit: float = 1.0
    """What counts as one point where a difference is called nothing."""

    @property
    def proved(self) -> bool:
        """Say whether no plan has less, as far as the best of each draw is known."""
        return self.plan is not None and self.worst[0] - self.low <= 2 * SETTLED * self.unit
