"""The program of a case as plain arrays, as HiGHS takes it."""

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np

from choosebattles.formulation.program import Program, sides


@dataclass(frozen=True)
class Arrays:
    """A program as arrays, column by name: bounds, and the matrix row by row."""

    names: tuple[str, ...]
    low: np.ndarray
    high: np.ndarray
    integer: np.ndarray
    row_low: np.ndarray
    row_high: np.ndarray
    starts: np.ndarray
    columns: np.ndarray
    values: np.ndarray

    @cached_property
    def rows(self) -> np.ndarray:
        """Return the number of the row of every coefficient."""
        return np.repeat(np.arange(len(self.row_low)), np.diff(self.starts))

    def activity(self, values: np.ndarray) -> np.ndarray:
        """Return what values of the columns make of every row."""
        parts = self.values * values[self.columns]
        return np.bincount(self.rows, weights=parts, minlength=len(self.row_low))


def as_arrays(program: Program) -> Arrays:
    """Return a program as arrays, columns in the order of declaration, rows in theirs."""
    declared = program.quantities.columns
    position = {name: number for number, name in enumerate(declared)}
    terms = [row.constraint.expression.terms for row in program.rows.values()]
    columns = map(position.__getitem__, chain.from_iterable(terms))
    values = chain.from_iterable(map(dict.values, terms))
    bounds = np.array([sides(row) for row in program.rows.values()]).reshape(-1, 2)
    return Arrays(
        tuple(declared),
        np.array([-math.inf if column.low is None else column.low for column in declared.values()]),
        np.array(
            [math.inf if column.high is None else column.high for column in declared.values()]
        ),
        np.array([column.integer for column in declared.values()]),
        bounds[:, 0].copy(),
        bounds[:, 1].copy(),
        np.cumsum([0, *map(len, terms)], dtype=np.int32),
        np.fromiter(columns, dtype=np.int32),
        np.fromiter(values, dtype=float),
    )
