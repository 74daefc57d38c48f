"""The program of a case as arrays, and the same in PuLP, array by array."""

import math
from pathlib import Path

import numpy as np
import pulp
import pytest

from choosebattles.case.case import Case
from choosebattles.formulation.arrays import Arrays, as_arrays
from choosebattles.formulation.program import Program, formulate
from choosebattles.formulation.pulp_problem import pulp_problem
from choosebattles.vocabulary import Linear, Row, RowName
from choosebattles.workbook.reader import read_case
from random_cases import draft
from small_cases import case, fund, option

EXAMPLES = sorted((Path(__file__).parents[2] / "inputs").glob("*.xlsx"))
PAIR = case(option("A", 2, 30), option("B", 3, 40), funds=(fund(2027, 4),))


def in_pulp(program: Program, problem: pulp.LpProblem) -> Arrays:
    """Read the arrays of a program out of PuLP.

    PuLP 3 forgets columns that stand in no row: all were called by their number, and stand in the
    goal.
    """
    names = tuple(program.quantities.columns)
    variables = {int(variable.name[1:]): variable for variable in problem.variables()}
    columns = [variables[number] for number in range(len(names))]
    rows = list(problem.constraints())
    return Arrays(
        names,
        low=np.array([-math.inf if c.lowBound is None else c.lowBound for c in columns]),
        high=np.array([math.inf if c.upBound is None else c.upBound for c in columns]),
        integer=np.array([c.cat == pulp.LpInteger for c in columns]),
        row_low=np.array([-math.inf if r.sense < 0 else -r.constant for r in rows]),
        row_high=np.array([math.inf if r.sense > 0 else -r.constant for r in rows]),
        starts=np.cumsum([0, *(len(row) for row in rows)]),
        columns=np.array([int(c.name[1:]) for row in rows for c in row]),
        values=np.array([number for row in rows for number in row.values()]),
    )


def assert_alike_in_pulp(world: Case) -> None:
    program = formulate(world)
    objective = program.quantities.objective
    everywhere = objective + Linear(dict.fromkeys(program.quantities.columns, 1))
    problem = pulp_problem(program, everywhere)

    one, other = as_arrays(program), in_pulp(program, problem)

    assert one.names == other.names
    for array in ("low", "high", "integer", "row_low", "row_high", "starts", "columns", "values"):
        assert getattr(one, array).tolist() == getattr(other, array).tolist(), array
    goal = {one.names[int(c.name[1:])]: number for c, number in problem.objective.items()}
    assert goal == {name: float(number) for name, number in everywhere.terms.items()}
    assert problem.sense == pulp.LpMaximize


def test_arrays_are_the_rows_and_columns_of_the_program() -> None:
    arrays = as_arrays(formulate(PAIR))

    assert arrays.names == ("start[A,2027]", "start[B,2027]", "paid[STATE,2027]")
    assert arrays.low.tolist() == [0, 0, 0]
    assert arrays.high.tolist() == [1, 1, math.inf]
    assert arrays.integer.tolist() == [True, True, False]
    # selection[A], selection[B], the balance, and what STATE pays.
    assert arrays.row_low.tolist() == [-math.inf] * 4
    assert arrays.row_high.tolist() == [1, 1, 4000, 0]
    assert arrays.starts.tolist() == [0, 1, 2, 3, 6]
    assert arrays.columns.tolist() == [0, 1, 2, 0, 1, 2]
    assert arrays.values.tolist() == [1, 1, 1, 2000, 3000, -1]


def test_an_equality_is_bound_on_both_sides() -> None:
    locked = formulate(case(option("A", decision="must")))
    arrays = as_arrays(locked)
    row = list(locked.rows).index(RowName("locked", ("A", "must")))

    assert (arrays.row_low[row], arrays.row_high[row]) == (1, 1)


def test_a_program_without_rows_has_empty_arrays() -> None:
    program = formulate(PAIR)
    arrays = as_arrays(Program(program.case, program.quantities, {}, ()))

    assert (len(arrays.row_low), len(arrays.values), arrays.starts.tolist()) == (0, 0, [0])


@pytest.mark.parametrize("seed", range(12))
def test_random_cases_are_alike_in_pulp(seed: int) -> None:
    assert_alike_in_pulp(draft(seed))


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_examples_are_alike_in_pulp(file: Path) -> None:
    assert_alike_in_pulp(read_case(file))


def test_further_rows_come_last_in_pulp() -> None:
    program = formulate(PAIR)
    further = Row(RowName("further"), program.quantities.take("A") >= 1)
    problem = pulp_problem(program, program.quantities.objective, [further])

    last = list(problem.constraints())[-1]
    assert len(list(problem.constraints())) == len(program.rows) + 1
    assert (last.sense, -last.constant, list(last.values())) == (1, 1, [1])
