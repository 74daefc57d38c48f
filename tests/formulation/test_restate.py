"""A changed number changes the program as if it had been formulated anew."""

import math
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from choosebattles import read_case
from choosebattles.case.case import Case
from choosebattles.case.descriptive_fields import descriptive
from choosebattles.case.numbers import NOTHING, NUMBERS, READ, SHAPE, CaseNumber, numbers_of
from choosebattles.case.parameter import names, replaced, value
from choosebattles.case.parameter_names import named
from choosebattles.errors import InputError
from choosebattles.formulation.program import Program, formulate, sides
from choosebattles.formulation.restate import (
    UNREAD,
    NeedsRebuild,
    RebuildReason,
    Restatement,
    changed,
    restate,
)
from choosebattles.vocabulary import SAY, Linear, RowName
from choosebattles.workbook.layout import SHEETS
from oracle.workbooks import random_workbook
from random_cases import draft
from small_cases import case, fund, option, synergy
from strategies import cases

Arrays = tuple[
    dict[RowName, tuple[float, float]], dict[tuple[RowName, str], float], dict[str, float]
]


def arrays(program: Program) -> Arrays:
    """Return sides of rows, coefficients that are not 0, and costs that are not 0."""
    bounds = {name: sides(row) for name, row in program.rows.items()}
    matrix = {
        (name, column): float(number)
        for name, row in program.rows.items()
        for column, number in row.constraint.expression.terms.items()
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
    if isinstance(told, NeedsRebuild):
        assert told.reason in RebuildReason
        assert told.reason is RebuildReason.SHAPE or told.names
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


@pytest.mark.parametrize("number", [each for each in NUMBERS if each.word], ids=str)
def test_every_kind_of_number_can_be_restated(number: CaseNumber) -> None:
    """Of each number, some are changed and restated, not only made anew."""
    random, came = Random(str(number)), Counter[str]()
    for seed in range(60):
        world = of_seed(seed)
        known = [each.name for each in named(world, number)]
        typed = [name for name in known if value(world, name)]
        for name in random.sample(typed, min(2, len(typed))):
            came[check(world, name, drawn(random, world, name))] += 1
        if came["restated"] >= ENOUGH:
            return
    pytest.fail(f"{number}: {dict(came)}")


@cache
def of_seed(seed: int) -> Case:
    return draft(seed)


ENOUGH = 4
"""Changes of a kind of number that must have been restated."""


@given(cases(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_any_case_restates_any_number(world: Case, random: Random) -> None:
    name = random.choice(names(world))
    check(world, name, drawn(random, world, name))


def test_a_number_that_changes_is_named() -> None:
    world = case(option("A", 60, 70), option("B", 50, 60), funds=(fund(2027, 100),))

    assert changed(world, replaced(world, "score.A.value", 71)) == {"score"}
    assert changed(world, replaced(world, "fund.STATE.2027", 90)) == {"amount"}
    # Without its only cost it takes no time to build either, had it not been so before.
    assert changed(world, replaced(world, "cost.A.1", 0)) == {"cost"}
    assert changed(world, world.model_copy(update={"country": "Albania"})) == frozenset()


def test_the_last_year_that_costs_decides_when_an_option_starts_and_works() -> None:
    # Built in two years it may start in 2027 alone; for nothing in the second, in 2028 too.
    world = case(option("A", [1, 1], 70), years=2)
    other = replaced(world, "cost.A.2", 0)

    assert changed(world, other) == {"cost", "timing"}
    assert restate(formulate(world), other) == NeedsRebuild(RebuildReason.NAMES, ("start[A,2028]",))


def test_what_is_no_number_is_the_shape() -> None:
    world = case(option("A", 60, 70), option("B", 50, 60))
    fewer = case(option("A", 60, 70))
    bounded = case(option("A", 60, 70), option("B", 50, 60), layers=())

    assert changed(world, fewer) == {SHAPE}
    assert restate(formulate(world), fewer) == NeedsRebuild(RebuildReason.SHAPE)
    assert isinstance(restate(formulate(world), bounded), Restatement)


def test_a_number_that_was_blank_and_asked_for_nothing_is_the_shape() -> None:
    world = case(option("A", 60, 70))

    assert changed(world, replaced(world, "floor.autonomy", 30)) == {SHAPE}


def test_a_synergy_that_begins_to_hurt_is_formulated_anew() -> None:
    world = case(option("A", 1, 10), option("B", 1, 10), rules=(synergy("A", "B", bonus=5),))
    told = restate(formulate(world), replaced(world, "bonus.R1", -5))

    assert isinstance(told, NeedsRebuild)
    assert told.reason is RebuildReason.NAMES
    assert "together[R1,at least,2027]" in told.names


def test_only_who_reads_what_changed_is_asked_again() -> None:
    world = case(option("A", 60, 70), option("B", 50, 60), funds=(fund(2027, 100),))
    program = formulate(world)

    scores = restate(program, replaced(world, "score.A.value", 71))
    money = restate(program, replaced(world, "fund.STATE.2027", 90))

    assert isinstance(scores, Restatement)
    assert isinstance(money, Restatement)
    assert (dict(scores.rows), dict(scores.sides), dict(scores.coefficients)) == ({}, {}, {})
    assert costs(scores.objective) == {"start[A,2027]": 71, "start[B,2027]": 60}
    assert dict(money.sides) == {
        RowName("money", ("STATE", "balance"), 2027): (-math.inf, 90_000.0)
    }
    assert dict(money.coefficients) == {}
    assert money.objective is program.quantities.objective


def test_rules_that_are_alike_keep_their_names() -> None:
    """Otherwise a row would come and go as one of the two is changed and changed back."""
    twice = synergy("A", "B", bonus=5)
    world = case(option("A", 1, 10), option("B", 1, 10), rules=(twice, twice.model_copy(deep=True)))
    program = formulate(world)

    assert {"together[R1,2027]", "together[R2,2027]"} <= program.quantities.columns.keys()
    assert isinstance(restate(program, replaced(world, "bonus.R2", 6)), Restatement)


# The vocabulary


def test_everyone_reads_numbers_that_are_in_the_table() -> None:
    program = formulate(case(option("A", 1, 10)))

    assert set().union(*SAY.values()) <= READ
    for measure in program.quantities.measures:
        assert measure.reads <= READ


def test_a_number_is_read_or_said_to_be_read_by_nobody() -> None:
    """A number that is neither would change and not be noticed."""
    for kind in {*UNREAD, *(sheet.fact for sheet in SHEETS)}:
        read = {number.field for number in numbers_of(kind) if number.read != NOTHING}
        silent = descriptive(kind) | UNREAD.get(kind, frozenset())
        assert read.isdisjoint(silent)
        assert {*silent, *read} <= kind.model_fields.keys()
