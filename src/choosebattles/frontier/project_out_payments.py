"""Payments projected out of a program, by elimination: starts alone are left, and can be listed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from choosebattles.formulation.arrays import Arrays
from choosebattles.frontier.enumeration import Choices
from choosebattles.vocabulary import Linear

MOST_ROWS = 60
"""Rows beyond which choices are not listed."""

MOST_CONTINUOUS = 200
"""Columns that need not be whole, beyond which it is not tried to do without them."""


@dataclass(frozen=True)
class BinaryProgram:
    """The starts as choices; ``names`` are their columns."""

    choices: Choices
    names: tuple[str, ...]

    def arrays(self) -> Arrays:
        """Return the choices as a program."""
        rows, size = self.choices.matrix.shape
        used = self.choices.matrix != 0
        return Arrays(
            self.names,
            np.zeros(size),
            np.ones(size),
            np.ones(size, dtype=bool),
            np.full(rows, -np.inf),
            self.choices.most,
            np.concatenate([[0], np.cumsum(used.sum(axis=1))]).astype(np.int32),
            np.nonzero(used)[1].astype(np.int32),
            self.choices.matrix[used],
        )

    def restated(self, goal: Linear) -> Linear:
        """Return a goal as a sum over all the starts, in their order."""
        return Linear({name: goal.terms.get(name, 0) for name in self.names}, float(goal.constant))


def eliminate_continuous(arrays: Arrays, goals: Sequence[Linear]) -> BinaryProgram | None:
    """Return a program without the columns that need not be whole.

    Such a column is done away with by adding each row that bounds it from above to each that
    bounds it from below (Fourier & Motzkin): what is left has the same starts. None where a goal
    speaks of such a column, or too many rows would be left.
    """
    integer = arrays.integer
    amounts = [{name: float(a) for name, a in goal.terms.items() if a} for goal in goals]
    continuous = {arrays.names[column] for column in np.flatnonzero(~integer)}
    if len(continuous) > MOST_CONTINUOUS or any(continuous & terms.keys() for terms in amounts):
        return None
    if (arrays.low[integer] < 0).any() or (arrays.high[integer] > 1).any():
        return None
    rows = _eliminated(_rows(arrays), arrays)
    if rows is None:
        return None
    free = np.flatnonzero(integer)
    place = {int(column): number for number, column in enumerate(free)}
    matrix, most = [], []
    for terms, side in rows:
        line = np.zeros(len(free))
        for column, a in terms.items():
            line[place[column]] = a
        if np.maximum(line, 0).sum() > side:
            matrix.append(line)
            most.append(side)
    if len(most) > MOST_ROWS:
        return None
    names = tuple(arrays.names[column] for column in free)
    lines = np.array(matrix).reshape(len(most), len(free))
    return BinaryProgram(Choices(lines, np.array(most)), names)


Line = tuple[dict[int, float], float]
"""The coefficients of a row, by column, and the most that they may come to."""


def _rows(arrays: Arrays) -> list[Line]:
    rows: list[Line] = []
    for number, (low, high) in enumerate(zip(arrays.row_low, arrays.row_high, strict=True)):
        span = slice(arrays.starts[number], arrays.starts[number + 1])
        pairs = zip(arrays.columns[span], arrays.values[span], strict=True)
        terms = {int(column): float(a) for column, a in pairs if a}
        if np.isfinite(high):
            rows.append((terms, float(high)))
        if np.isfinite(low):
            rows.append(({column: -a for column, a in terms.items()}, -float(low)))
    for column in np.flatnonzero(~arrays.integer):
        if np.isfinite(arrays.high[column]):
            rows.append(({int(column): 1.0}, float(arrays.high[column])))
        if np.isfinite(arrays.low[column]):
            rows.append(({int(column): -1.0}, -float(arrays.low[column])))
    return rows


def _eliminated(rows: list[Line], arrays: Arrays) -> list[Line] | None:
    most = len(rows) + MOST_ROWS
    for column in np.flatnonzero(~arrays.integer).tolist():
        above = [row for row in rows if row[0].get(column, 0) > 0]
        below = [row for row in rows if row[0].get(column, 0) < 0]
        rows = [row for row in rows if not row[0].get(column, 0)]
        rows += [_combined(lower, upper, column) for lower in above for upper in below]
        if len(rows) > most:
            return None
    return rows


def _combined(one: Line, two: Line, column: int) -> Line:
    """Return the sum of two rows in which a column falls out."""
    first, second = -two[0][column], one[0][column]
    terms: dict[int, float] = {}
    for number in one[0].keys() | two[0].keys():
        amount = first * one[0].get(number, 0.0) + second * two[0].get(number, 0.0)
        if amount and number != column:
            terms[number] = amount
    return terms, first * one[1] + second * two[1]
