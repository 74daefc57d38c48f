"""The program of a case in PuLP, for every solver but HiGHS, and for model files."""

import math
from collections.abc import Mapping, Sequence

import pulp

from choosebattles.formulation.program import Program, sides
from choosebattles.vocabulary import Linear, Row, RowName


def pulp_problem(
    program: Program,
    goal: Linear,
    extra: Sequence[Row] = (),
    *,
    sense: int = pulp.LpMaximize,
    column_names: Mapping[str, str] | None = None,
    row_names: Mapping[RowName, str] | None = None,
) -> pulp.LpProblem:
    """Return a program in PuLP, to be maximised unless said otherwise, with further rows.

    Columns are called c0, c1, ... in the order of ``quantities.columns`` and rows r0, r1, ...,
    unless other names are given: PuLP rewrites ours, and every solver accepts these.
    """
    columns, rows = program.quantities.columns, (*program.rows.values(), *extra)
    column_names = column_names or {name: f"c{number}" for number, name in enumerate(columns)}
    problem = pulp.LpProblem("choosebattles", sense)
    variables = {
        name: problem.add_variable(
            column_names[name],
            column.low,
            column.high,
            "Integer" if column.integer else "Continuous",
        )
        for name, column in columns.items()
    }
    for number, row in enumerate(rows):
        name = row_names[row.name] if row_names else f"r{number}"
        left = _affine(variables, row.constraint.expression)
        low, high = sides(row)
        if low == high:
            problem.addConstraint(left == low, name)
        elif low > -math.inf:
            problem.addConstraint(left >= low, name)
        else:
            problem.addConstraint(left <= high, name)
    problem.setObjective(_affine(variables, goal))
    return problem


def _affine(variables: Mapping[str, pulp.LpVariable], sum_: Linear) -> pulp.LpAffineExpression:
    """Return the terms of a sum; the one call in which the generations of PuLP differ.

    PuLP 3 takes pairs as they come, which saves it a copy.
    """
    numbers = map(float, sum_.terms.values())
    pairs = zip(map(variables.__getitem__, sum_.terms), numbers, strict=True)
    if hasattr(pulp.LpAffineExpression, "from_dict"):
        return pulp.LpAffineExpression.from_dict(dict(pairs))
    return pulp.LpAffineExpression(pairs)
