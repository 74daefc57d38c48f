"""The program of a case: every row and column with its name, and the same in PuLP."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pulp

from choosebattles.case.facts import Facts
from choosebattles.case.plan import Choice
from choosebattles.constraints import units
from choosebattles.formulation.quantities import Expressions
from choosebattles.terms import Linear, Measure, Row, Unit

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

    def problem(self, goal: Linear, extra: Iterable[Row] = ()) -> pulp.LpProblem:
        """Return the program in PuLP, to be maximised.

        Columns are called c0, c1, ... in the order of ``quantities.columns`` and rows r0, r1,
        ...: PuLP rewrites other names, and every solver accepts these.
        """
        problem = pulp.LpProblem("choosebattles", pulp.LpMaximize)
        variables = {
            name: problem.add_variable(
                f"c{number}", each.low, each.high, "Integer" if each.whole else "Continuous"
            )
            for number, (name, each) in enumerate(self.quantities.columns.items())
        }
        for number, row in enumerate((*self.rows.values(), *extra)):
            left = _affine(variables, row.demand.expression)
            low, high = sides(row)
            if low == high:
                problem.addConstraint(left == low, f"r{number}")
            elif low > -math.inf:
                problem.addConstraint(left >= low, f"r{number}")
            else:
                problem.addConstraint(left <= high, f"r{number}")
        problem.setObjective(_affine(variables, goal))
        return problem

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


def _affine(variables: Mapping[str, pulp.LpVariable], sum_: Linear) -> pulp.LpAffineExpression:
    """Return the terms of a sum; the one call in which the generations of PuLP differ.

    PuLP 3 takes pairs as they come, which saves it a copy.
    """
    numbers = map(float, sum_.terms.values())
    pairs = zip(map(variables.__getitem__, sum_.terms), numbers, strict=True)
    if hasattr(pulp.LpAffineExpression, "from_dict"):
        return pulp.LpAffineExpression.from_dict(dict(pairs))
    return pulp.LpAffineExpression(pairs)
