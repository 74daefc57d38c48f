r"""Every choice near the bound of a relaxation, listed all at once.

For programs whose columns are all to be 0 or 1, with few rows: what a ministry with one budget,
and a textbook with knapsacks, has. With reduced costs :math:`d`, a choice that differs from the
relaxation's in columns :math:`J` is worth at most :math:`bound - \sum_{j \in J} |d_j|`. So those
worth more than :math:`bound - budget` differ in few columns, and are listed column by column, the
dearest first, all at once in arrays; what cannot meet a row any more, whatever the columns to come
do, is left out on the way.
"""

from dataclasses import dataclass

import numpy as np

from choosebattles.solving.tolerances import BUDGET_ROOM

NUMBERS_AT_ONCE = 4_000_000
"""Numbers that are held at a time; more are worked through in parts."""

PARTS = 200
"""Parts of a budget in which it is reckoned how many choices there are."""

MOST = 40_000_000
"""Choices that are looked at before it is given up."""


@dataclass(frozen=True)
class Choices:
    """What can be chosen: ``matrix @ x <= most`` with every column 0 or 1."""

    matrix: np.ndarray
    most: np.ndarray

    @property
    def columns(self) -> int:
        """Return how many columns there are."""
        return int(self.matrix.shape[1])


def budget_for(duals: np.ndarray, number: float, most: float) -> float:
    """Return a budget, up to the most, that about so many choices do not overdraw."""
    reduced_costs = np.sort(np.abs(duals))
    budget = most
    while True:
        counts = _choices_within_budget(reduced_costs, budget)
        if counts[-1] <= number:
            return budget
        part = int(np.searchsorted(counts, number))
        if part > PARTS // 8 or budget < BUDGET_ROOM:
            return budget * part / PARTS
        budget /= 8


def _choices_within_budget(reduced_costs: np.ndarray, budget: float) -> np.ndarray:
    """Return how many choices come to no more than each part of a budget, whatever the rows."""
    counts = np.zeros(PARTS + 1)
    counts[0] = 1.0
    parts = np.floor(
        reduced_costs[reduced_costs <= budget] * (PARTS / max(budget, BUDGET_ROOM))
    ).astype(int)
    for part in parts.tolist():
        if part == 0:
            counts *= 2
        elif part <= PARTS:
            counts[part:] += counts[:-part].copy()
    return np.cumsum(counts)


def enumerate_choices(
    choices: Choices, relaxed: np.ndarray, duals: np.ndarray, budget: float
) -> np.ndarray | None:
    """Return every choice that meets the rows and whose columns overdraw no budget.

    ``relaxed`` is the relaxation's. None where there are too many to look at.
    """
    start = np.where(
        duals > BUDGET_ROOM, 1.0, np.where(duals < -BUDGET_ROOM, 0.0, np.rint(relaxed))
    )
    reduced_costs = np.abs(duals)
    free = np.flatnonzero(reduced_costs <= budget + BUDGET_ROOM)
    free = free[np.argsort(-reduced_costs[free], kind="stable")]
    direction = np.where(start[free] > 0.5, -1.0, 1.0)
    change = choices.matrix[:, free] * direction
    slack = choices.most - choices.matrix @ start
    flipped = _enumerate_flips(change, reduced_costs[free], slack, budget + BUDGET_ROOM)
    if flipped is None:
        return None
    found = np.tile(start, (len(flipped), 1))
    found[:, free] = np.abs(found[:, free] - flipped)
    return found


def _enumerate_flips(
    change: np.ndarray, reduced_costs: np.ndarray, slack: np.ndarray, budget: float
) -> np.ndarray | None:
    """Return which columns change, one row for each choice that is listed."""
    rows, size = change.shape
    saving = np.zeros((rows, size + 1))
    saving[:, :-1] = np.cumsum(np.minimum(change, 0)[:, ::-1], axis=1)[:, ::-1]
    need = saving - BUDGET_ROOM * np.maximum(1.0, np.abs(slack) * 1e-3)[:, None]
    words = max(1, (size + 62) // 63)
    choices_at_once = max(1000, NUMBERS_AT_ONCE // (rows + words + 1))
    stack = [(0, slack[:, None], np.zeros(1), np.zeros((words, 1), np.int64))]
    found, seen = [], 0
    while stack:
        place, left, spent, bits = stack.pop()
        while place < size and len(spent):
            if len(spent) > choices_at_once:
                half = len(spent) // 2
                stack.append((place, left[:, half:], spent[half:], bits[:, half:]))
                left, spent, bits = left[:, :half], spent[:half], bits[:, :half]
            keep = (left >= need[:, place + 1, None]).all(axis=0)
            after = left - change[:, place, None]
            also = spent + reduced_costs[place] <= budget
            also &= (after >= need[:, place + 1, None]).all(axis=0)
            marked = bits[:, also]
            marked[place // 63] |= np.int64(1 << (place % 63))
            left = np.concatenate([left[:, keep], after[:, also]], axis=1)
            spent = np.concatenate([spent[keep], spent[also] + reduced_costs[place]])
            bits = np.concatenate([bits[:, keep], marked], axis=1)
            place += 1
            seen += len(spent)
            if seen > MOST:
                return None
        found.append(bits)
    bits = np.concatenate(found, axis=1)
    places = np.arange(size)
    return (bits[places // 63] >> (places % 63)[:, None] & 1).T.astype(float)
