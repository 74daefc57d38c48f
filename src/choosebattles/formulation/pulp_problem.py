"""The program of a case in PuLP, for every solver but HiGHS."""

import math
from collections.abc import Iterable, Mapping

import pulp

from choosebattles.formulation.program import Program, sides
from choosebattles.terms import Linear, Row


def pulp_problem(program: Program, goal: Linear, extra: Iterable[Row] = ()) -> pulp.LpProblem:
    """Return a program in PuLP, to be maximised, with further rows.

    Columns are called c0, c1, ... in the order of ``quantities.columns`` and rows r0, r1, ...:
    PuLP rewrites other names, and every solver accepts these.
    """
    problem = pulp.LpProblem("choosebattles", pulp.LpMaximize)
    variables = {
        name: problem.add_variable(
            f"c{number}", column.low, column.high, "Integer" if column.whole else "Continuous"
        )
        for number, (name, column) in enumerate(program.quantities.columns.items())
    }
    for number, row in enumerate((*program.rows.values(), *extra)):
        left = _affine(variables, row.constraint.expression)
        low, high = sides(row)
        if low == high:
            problem.addConstraint(left == low, f"r{number}")
        elif low > -math.inf:
            problem.addConstraint(left >= low, f"r{number}")
        else:
            problem.addConstraint(left <= high, f"r{number}")
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
