"""Which plans a question allows, as bounds on rows and columns, and what was proved of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from choosebattles.solving.highs_model import Extra
from choosebattles.solving.tolerances import BOUND_ROOM, NO_REDUCED_COST, size


@dataclass(frozen=True, eq=False)
class PlanSpace:
    """The plans that a question allows.

    ``coefficients`` are those that differ from the program as it was loaded, by row and column;
    bounds are those of the program's rows and columns; ``extra`` are rows beside them.
    """

    low: np.ndarray
    high: np.ndarray
    row_low: np.ndarray
    row_high: np.ndarray
    coefficients: Mapping[tuple[int, int], float]
    extra: tuple[Extra, ...] = ()

    def within(self, other: "PlanSpace") -> bool:
        """Say whether whatever this allows, the other allows too.

        That is so where the coefficients are the same and every bound of the other is as wide or
        wider. It is all that a proof needs to be passed on, and holds whatever the reason why a
        number changed: where a score stands in a floor, in a limit on points or in a layer's
        bend, coefficients or bounds of rows differ, and nothing is passed on.
        """
        return self is other or (
            self.coefficients == other.coefficients
            and _narrower(self.low, self.high, other.low, other.high)
            and _narrower(self.row_low, self.row_high, other.row_low, other.row_high)
            and all(self._asks(row) for row in other.extra)
        )

    def _asks(self, row: Extra) -> bool:
        """Say whether a row of this asks for the same or more than another space's row."""
        for own in self._rows.get(key(row), ()):
            if own.low >= row.low and own.high <= row.high:
                return True
        return False

    @cached_property
    def _rows(self) -> Mapping[bytes, list[Extra]]:
        rows: dict[bytes, list[Extra]] = {}
        for row in self.extra:
            rows.setdefault(key(row), []).append(row)
        return rows


@dataclass(frozen=True, eq=False)
class Proof:
    """No plan of a space is worth more than the bound; None: the space holds no plan."""

    space: PlanSpace
    costs: np.ndarray
    offset: float
    bound: float | None

    def holds(self, space: PlanSpace) -> bool:
        """Say whether it is a proof for another space too."""
        return space.within(self.space)

    def bounds(self, costs: np.ndarray, offset: float) -> float | None:
        """Return what it proves of a goal, where it is of the same goal but for a constant."""
        if self.bound is None or not np.array_equal(*padded(costs, self.costs)):
            return None
        return self.bound - self.offset + offset

    @cached_property
    def row(self) -> Extra | None:
        """Return it as a row: what the goal of that time cannot exceed."""
        if self.bound is None:
            return None
        columns = np.flatnonzero(self.costs).astype(np.int32)
        high = self.bound - self.offset
        return Extra.scaled(-np.inf, high, columns, self.costs[columns])


@dataclass(frozen=True, eq=False)
class Prices:
    r"""What a relaxation charges for what a plan uses; they bound any goal without a new solve.

    With a price :math:`y_i` for every row that is not a selection row, whatever the goal *c*,

    .. math::

        \max_x c x \le \sum_i y_i \, side_i + \sum_j \max_{x_j} (c_j - e_j) x_j, \qquad
        e = y A

    where columns of one investment count with the best of them or none, for at most one is
    taken. ``charge`` is *e*, ``fixed`` the first sum; ``owner`` has the number of the investment
    of every column, or -1. It holds wherever the space is within the one that it was made for.
    """

    space: PlanSpace
    charge: np.ndarray
    fixed: float
    owner: np.ndarray

    def holds(self, space: PlanSpace) -> bool:
        """Say whether it bounds goals over another space too."""
        return space.within(self.space)

    def bound(self, costs: np.ndarray, offset: float) -> float:
        """Return what no plan's goal exceeds."""
        if len(costs) != len(self.charge):
            return np.inf
        gain = costs - self.charge
        owned = self.owner >= 0
        best = np.zeros(int(self.owner.max(initial=-1)) + 1)
        owned_gain = np.where(self.space.high[owned] > 0, gain[owned], 0)
        np.maximum.at(best, self.owner[owned], owned_gain)
        nothing = NO_REDUCED_COST * min(1.0, float(np.abs(costs).max(initial=0.0)) or 1.0)
        other = ~owned & (np.abs(gain) > nothing)
        most = np.where(gain > 0, self.space.high, self.space.low)
        return self.fixed + offset + float(best.sum() + (gain[other] * most[other]).sum())


def key(row: Extra) -> bytes:
    """Return what two rows share that differ in their bounds alone."""
    order = np.argsort(row.columns, kind="stable")
    return row.columns[order].tobytes() + row.values[order].tobytes()


def padded(first: np.ndarray, second: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return two arrays of costs with the same length; what is missing costs nothing."""
    length = max(len(first), len(second))
    return np.pad(first, (0, length - len(first))), np.pad(second, (0, length - len(second)))


def raised(bound: float, unit: float = 1.0) -> float:
    """Return a solver's bound with room for its rounding."""
    return bound + BOUND_ROOM * size(bound, unit)


def _narrower(
    low: np.ndarray, high: np.ndarray, other_low: np.ndarray, other_high: np.ndarray
) -> bool:
    return bool((low >= other_low).all() and (high <= other_high).all())
