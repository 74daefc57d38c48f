"""What an analyst would write in an afternoon, as the product's commands are measured beside it.

``python -m benchmarks.peers highs budgets CASE.xlsx --number 20 --gap 0.01 --seed 7`` reads a case
and answers the same questions one after the other, each solved from nothing: *highs* hands arrays
to HiGHS with its default options and one thread, *cbc* rebuilds the program with PuLP and calls
CBC. Nothing is written. The formulation is the product's own, for an analyst's would be no better;
it takes milliseconds where a search takes tenths of a second.
"""

import argparse
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

import highspy
import numpy as np
import pulp

from benchmarks.generator import budgeted, noisy, overrun
from choosebattles.case.case import Case
from choosebattles.formulation.arrays import as_arrays
from choosebattles.formulation.program import formulate
from choosebattles.formulation.pulp_problem import pulp_problem
from choosebattles.workbook.reader import read_case

LEAST, MOST = 0.7, 1.3
"""Shares of the money that a sweep over budgets begins and ends with."""


@dataclass(frozen=True)
class Solved:
    """The value of the plan found, and the bound proved; infinite where none is told."""

    value: float
    bound: float

    @property
    def gap(self) -> float:
        """Return the relative gap."""
        return (self.bound - self.value) / max(1.0, abs(self.value))


def highs(case: Case, gap: float, time_limit: float = highspy.kHighsInf) -> Solved:
    """Hand the arrays of a case to HiGHS as it comes, with one thread."""
    program = formulate(case)
    arrays, goal = as_arrays(program), program.quantities.objective
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(arrays.names), len(arrays.row_low)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = np.array([float(goal.terms.get(name, 0)) for name in arrays.names])
    lp.col_lower_, lp.col_upper_ = arrays.low, arrays.high
    lp.row_lower_, lp.row_upper_ = arrays.row_low, arrays.row_high
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    lp.integrality_ = [kinds[bool(integer)] for integer in arrays.integer]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = arrays.starts, arrays.columns
    lp.a_matrix_.value_ = arrays.values
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_rel_gap", gap)
    solver.setOptionValue("time_limit", time_limit)
    solver.passModel(lp)
    solver.run()
    info, constant = solver.getInfo(), float(goal.constant)
    return Solved(info.objective_function_value + constant, info.mip_dual_bound + constant)


def cbc(case: Case, gap: float, time_limit: float | None = None) -> Solved:
    """Rebuild the program with PuLP and call CBC, with one thread."""
    program = formulate(case)
    goal = program.quantities.objective
    problem = pulp_problem(program, goal)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        problem.solve(pulp.PULP_CBC_CMD(msg=False, gapRel=gap, threads=1, timeLimit=time_limit))
    return Solved(float(pulp.value(problem.objective)) + float(goal.constant), float("inf"))


SOLVERS = {"highs": highs, "cbc": cbc}


def questions(of: str, case: Case, number: int, seed: int) -> Iterator[Case]:
    """Yield the cases of a study: as it stands, with other budgets, scores, or costs and money."""
    for step in range(number):
        if of == "budgets":
            yield budgeted(case, LEAST + (MOST - LEAST) * step / max(1, number - 1))
        elif of == "scores":
            yield noisy(case, 1000 * seed + step, 0.05)
        elif of == "costs":
            yield overrun(case, 1000 * seed + step, 0.05)
        else:
            yield case


def main() -> int:
    """Answer the questions and print value and gap of the last one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("solver", choices=SOLVERS)
    parser.add_argument("questions", choices=("solve", "budgets", "scores", "costs"))
    parser.add_argument("workbook")
    parser.add_argument("--number", type=int, default=1)
    parser.add_argument("--gap", type=float, default=0.01)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--time-limit", type=float)
    wanted = parser.parse_args()
    solve = SOLVERS[wanted.solver]
    limit = {} if wanted.time_limit is None else {"time_limit": wanted.time_limit}
    case = read_case(wanted.workbook)
    for question in questions(wanted.questions, case, wanted.number, wanted.seed):
        solved = solve(question, wanted.gap, **limit)
    sys.stdout.write(f"{solved.value} {solved.gap}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
