"""The program of a case: every row and column with its name."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from choosebattles.case.facts import Facts
from choosebattles.case.plan import Choice
from choosebattles.constraints import units
from choosebattles.demand import Unit
from choosebattles.formulation.quantities import Expressions
from choosebattles.vocabulary import Measure, Row, RowName

NOTHING = "nothing"
"""A column fixed at 0: what a demand speaks of when no column can help it."""


@dataclass(frozen=True)
class Program:
    """What a solver is given, except for the goal.

    ``rows`` are the demands and the rows that define quantities, by name; the columns are
    those of ``quantities``. ``source_rows`` has the names of the rows of every source, in the order
    of :func:`sources`.
    """

    case: Facts
    quantities: Expressions
    rows: Mapping[RowName, Row]
    source_rows: tuple[frozenset[RowName], ...]

    def choices(self, values: Mapping[str, float]) -> tuple[Choice, ...]:
        """Return the options that a solution takes, with the years in which they start."""
        return tuple(
            Choice(self.case.investment_of[option].id, option, self.case.first_year + start.year)
            for option, starts in self.quantities.starts.items()
            for start in starts
            if values[start.column] > 0.5
        )


def formulate(case: Facts) -> Program:
    """Return the program of a case: every demand, and every measure of worth."""
    q = Expressions(case)
    parts = tuple(tuple(rows_of(q, source)) for source in sources(q))
    q.objective.constant  # noqa: B018 - declares every column that worth speaks of
    rows = {row.name: row for part in parts for row in part}
    for name, row in q.rows.items():
        rows[name] = _speaking(q, row)
    return Program(case, q, rows, tuple(frozenset(row.name for row in part) for part in parts))


def sources(q: Expressions) -> tuple[Unit | Measure, ...]:
    """Return where rows come from: every demand of the case, and every measure of worth."""
    return (*units(q.case), *q.measures)


def rows_of(q: Expressions, source: Unit | Measure) -> Iterator[Row]:
    """Yield the rows of a demand or of a measure."""
    for row in source.rows(q):
        yield _speaking(q, row)


def _speaking(q: Expressions, row: Row) -> Row:
    """Let a row without columns speak of one, so that what cannot be met stays a row."""
    if not row.constraint.expression.terms:
        row.constraint.expression.terms |= q.column(NOTHING, 0, 0).terms
    return row


def sides(row: Row) -> tuple[float, float]:
    """Return the bounds of a row once its constant stands on the right."""
    limit, constant = row.constraint, float(row.constraint.expression.constant)
    low = -math.inf if limit.low is None else float(limit.low) - constant
    high = math.inf if limit.high is None else float(limit.high) - constant
    return low, high
