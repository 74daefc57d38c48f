"""The program of a case: every row and column with its name."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from choosebattles.case.facts import Facts
from choosebattles.case.plan import Choice
from choosebattles.constraints import units
from choosebattles.formulation.quantities import Expressions
from choosebattles.terms import Measure, Row, Unit

NOTHING = "nothing"
"""A column fixed at 0: what a demand speaks of when no column can help it."""


@dataclass(frozen=True)
class Program:
    """What is asked of a solver, except for the goal.

    ``rows`` are the demands and the rows that define quantities, by name; the columns are
    those of ``quantities``. ``asked`` has the names of the rows of every asker, in their order.
    """

    case: Facts
    quantities: Expressions
    rows: Mapping[str, Row]
    asked: tuple[frozenset[str], ...]

    def choices(self, values: Mapping[str, float]) -> tuple[Choice, ...]:
        """Return the options that a solution takes, with the years in which they start."""
        return tuple(
            Choice(self.case.investment_of[option].id, option, self.case.first_year + each.year)
            for option, starts in self.quantities.starts.items()
            for each in starts
            if values[each.column] > 0.5
        )


def formulate(case: Facts) -> Program:
    """Return the program of a case: every demand, and every measure of worth."""
    q = Expressions(case)
    asked = tuple(tuple(ask(q, each)) for each in askers(q))
    q.objective.constant  # noqa: B018 - asks for every column that worth speaks of
    rows = {row.name: row for part in asked for row in part}
    for name, row in q.rows.items():
        rows[name] = _speaking(q, row)
    return Program(case, q, rows, tuple(frozenset(row.name for row in part) for part in asked))


def askers(q: Expressions) -> tuple[Unit | Measure, ...]:
    """Return who asks for rows: every demand of the case, and every measure of worth."""
    return (*units(q.case), *q.measures)


def ask(q: Expressions, asker: Unit | Measure) -> Iterator[Row]:
    """Yield the rows of a demand or of a measure."""
    for row in asker.rows(q):
        yield _speaking(q, row)


def _speaking(q: Expressions, row: Row) -> Row:
    """Let a row without columns speak of one, so that what cannot be met stays a row."""
    if not row.demand.expression.terms:
        row.demand.expression.terms |= q.column(NOTHING, 0, 0).terms
    return row


def sides(row: Row) -> tuple[float, float]:
    """Return the bounds of a row once its constant stands on the right."""
    demand, constant = row.demand, float(row.demand.expression.constant)
    low = -math.inf if demand.low is None else float(demand.low) - constant
    high = math.inf if demand.high is None else float(demand.high) - constant
    return low, high
