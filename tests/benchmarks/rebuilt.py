"""What many questions are compared with: the program made anew for each, and solved by CBC."""

import warnings

import pulp

from choosebattles.case.facts import Facts
from choosebattles.formulation.program import formulate
from choosebattles.formulation.pulp_problem import pulp_problem

LIMIT = 60.0


def rebuilt(case: Facts, gap: float) -> float:
    """Formulate, solve with CBC as PuLP calls it, and return the value found.

    CBC is stopped after ``LIMIT`` seconds of wall clock, so that what is said of it is too little.
    """
    program = formulate(case)
    goal = program.quantities.objective
    problem = pulp_problem(program, goal)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        problem.solve(pulp.PULP_CBC_CMD(msg=False, gapRel=gap, threads=1, timeLimit=LIMIT))
    return float(goal.constant) + float(pulp.value(problem.objective))
