"""The program of a case: every row and column with its name, and the same in PuLP."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pulp

from choosebattles.case.facts import Facts
from choosebattles.case.plan import Choice
from choosebattles.constraints import units
from choosebattles.formulation.quantities import Expressions
from choosebattles.terms import Linear, Row

NOTHING = "nothing"
"""A column fixed at 0: what a demand speaks of when no column can help it."""


@dataclass(frozen=True)
class Program:
    """What is asked of a solver, except for the goal.

    ``rows`` are the demands and the rows that define quantities, by name; the columns are
    those of ``quantities``.
    """

    case: Facts
    quantities: Expressions
    rows: Mapping[str, Row]

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
            demand = row.demand
            left = _affine({variables[n]: float(a) for n, a in demand.expression.terms.items()})
            constant = float(demand.expression.constant)
            if demand.low is not None and demand.low == demand.high:
                problem.addConstraint(left == float(demand.low) - constant, f"r{number}")
            elif demand.low is not None:
                problem.addConstraint(left >= float(demand.low) - constant, f"r{number}")
            elif demand.high is not None:
                problem.addConstraint(left <= float(demand.high) - constant, f"r{number}")
        problem.setObjective(_affine({variables[n]: float(a) for n, a in goal.terms.items()}))
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
    asked = [row for unit in units(case) for row in unit.rows(q)]
    asked += [row for measure in q.measures for row in measure.rows(q)]
    q.objective.constant  # noqa: B018 - asks for every column that worth speaks of
    rows = {row.name: row for row in (*asked, *q.rows.values())}
    return Program(case, q, {name: _speaking(q, row) for name, row in rows.items()})


def _speaking(q: Expressions, row: Row) -> Row:
    """Let a row without columns speak of one, so that what cannot be met stays a row."""
    if not row.demand.expression.terms:
        row.demand.expression.terms |= q.column(NOTHING, 0, 0).terms
    return row


def _affine(terms: Mapping[pulp.LpVariable, float]) -> pulp.LpAffineExpression:
    """Return a sum of terms; the one call in which the generations of PuLP differ."""
    make = getattr(pulp.LpAffineExpression, "from_dict", pulp.LpAffineExpression)
    return make(terms)
