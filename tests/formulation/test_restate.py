"""A changed number changes the program as if it had been formulated anew."""

import math
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from choosebattles import read_case
from choosebattles.case.case import Case
from choosebattles.case.parameter import names, replaced, value
from choosebattles.errors import InputError
from choosebattles.formulation.program import Program, formulate, sides
from choosebattles.formulation.restate import (
    Anew,
    Reason,
    Restatement,
    restate,
)
from choosebattles.terms import Linear
from oracle.workbooks import random_workbook
from strategies import cases

Arrays = tuple[dict[str, tuple[float, float]], dict[tuple[str, str], float], dict[str, float]]


def arrays(program: Program) -> Arrays:
    """Return sides of rows, coefficients that are not 0, and costs that are not 0."""
    bounds = {name: sides(row) for name, row in program.rows.items()}
    matrix = {
        (name, column): float(number)
        for name, row in program.rows.items()
        for column, number in row.demand.expression.terms.items()
        if number
    }
    return bounds, matrix, costs(program.quantities.objective)


def costs(goal: Linear) -> dict[str, float]:
    return {name: float(number) for name, number in goal.terms.items() if number}


def restated(program: Program, told: Restatement) -> Arrays:
    """Return the arrays of the program with what the restatement says put in."""
    bounds, matrix, _old = arrays(program)
    matrix.update(told.coefficients)
    left = {entry: number for entry, number in matrix.items() if number}
    return {**bounds, **told.sides}, left, costs(told.objective)


def assert_same(one: Arrays, two: Arrays) -> None:
    assert one[0] == two[0]
    assert one[1] == two[1]
    assert one[2].keys() == two[2].keys()
    for name, number in one[2].items():
        assert math.isclose(number, two[2][name], rel_tol=1e-12)


def check(world: Case, name: str, number: Decimal) -> str:
    """Change a number, restate, and say what came of it."""
    try:
        other = replaced(world, name, number)
    except InputError:
        return "refused"
    program, fresh = formulate(world), formulate(other)
    told = restate(program, other)
    if isinstance(told, Anew):
        assert told.reason in Reason
        assert told.reason is Reason.SHAPE or told.names
        return "anew"
    assert_same(restated(program, told), arrays(fresh))
    mine, new = program.quantities.columns, fresh.quantities.columns
    assert {each: mine.get(each) for each in new} == new
    return "restated"


def drawn(random: Random, world: Case, name: str) -> Decimal:
    """Draw another value: near the old one, or none at all, or anything."""
    old = value(world, name)
    near = Decimal(round(random.uniform(0.5, 1.5), 2))
    some = Decimal(random.choice(("0", "0.25", "1", "3", "40")))
    return some if old is None or random.random() < 0.4 else old * near


@pytest.mark.parametrize("seed", range(25))
def test_restated_is_as_formulated_anew(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    random_workbook(seed, tmp_path / "random.xlsx", most_plans=20)
    world = read_case(tmp_path / "random.xlsx")
    known = names(world)
    for name in random.sample(known, min(25, len(known))):
        check(world, name, drawn(random, world, name))


@given(cases(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_any_case_restates_any_number(world: Case, random: Random) -> None:
    name = random.choice(names(world))
    check(world, name, drawn(random, world, name))
