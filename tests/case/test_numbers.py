"""A number is declared once: by its one entry it is set, swept, drawn, typed and documented."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from choosebattles.case.case import Case
from choosebattles.case.investment import Cover
from choosebattles.case.numbers import NOTHING, NUMBERS, QUANTITIES, READ, SHAPE, CaseNumber
from choosebattles.case.parameter import find, replaced, value
from choosebattles.case.parameter_names import Named, named
from choosebattles.cli.typed_sweep import axis
from choosebattles.errors import InputError
from choosebattles.uncertainty.altered_case import altered, find_parameter
from choosebattles.uncertainty.draw import Spread, what_varies
from choosebattles.workbook.layout import SHEETS
from choosebattles.workbook.settings import SETTINGS
from random_cases import draft

DOCS = Path(__file__).parents[2] / "docs"

ELSEWHERE = {(Cover, "share")}
"""Numbers that stand in a list of a cell and have no column of their own."""

SPOKEN = [number for number in NUMBERS if number.word]
DRAWN = [number for number in NUMBERS if number.drawn]


@cache
def of_seed(seed: int) -> Case:
    return draft(seed)


def typed(number: CaseNumber) -> Iterator[tuple[Case, Named, Decimal]]:
    """Yield numbers of random cases that are neither blank nor 0."""
    for seed in range(60):
        for each in named(of_seed(seed), number):
            found = value(of_seed(seed), each.name)
            # A name of two things means the first.
            if found and find(of_seed(seed), each.name).number is number:
                yield of_seed(seed), each, found


@pytest.mark.parametrize("number", SPOKEN, ids=str)
def test_a_number_with_a_name_is_set_and_swept(number: CaseNumber) -> None:
    for world, each, old in typed(number):
        other = old / 2
        try:
            changed = replaced(world, each.name, other)
        except InputError:
            continue  # half of it makes no sense here, such as half of the points for 100
        if changed == world:
            continue  # half a thousandth is a thousandth
        assert value(changed, each.name) == value(
            altered(world, {find_parameter(world, each.name): other}), each.name
        )
        assert axis(f"{each.name}=50%..150%x11").name == each.name
        return
    pytest.fail(f"no random case has a {number}")


@pytest.mark.parametrize("number", DRAWN, ids=str)
def test_a_number_that_may_be_drawn_is_drawn(number: CaseNumber) -> None:
    for world, each, _old in typed(number):
        found = what_varies(world, spreads=(Spread(number.drawn, Decimal("0.1"), Decimal("0.1")),))
        assert any(
            each.places == which.found.places
            for it in found.ranges
            for which in it.parameters
            if which.found
        )
        return
    pytest.fail(f"no random case has a {number}")


@pytest.mark.parametrize("number", NUMBERS, ids=str)
def test_a_number_is_typed_and_documented(number: CaseNumber) -> None:
    columns = {(it.fact, c.name): c.help for it in SHEETS for c in it.columns}
    settings = {(it.owner, it.name): it.help for it in SETTINGS}
    typed_as = {**columns, **settings}.get((number.fact, number.field))
    listed = (DOCS / "numbers.md").read_text("utf-8")

    assert typed_as == number.help or (number.fact, number.field) in ELSEWHERE
    assert typed_as is None or number.help in (DOCS / "workbook.md").read_text("utf-8")
    assert not number.word or f"`{number.word}" in listed
    assert not number.drawn or f"| {number.drawn}" in listed


def test_a_number_stands_once() -> None:
    assert len({(number.fact, number.field) for number in NUMBERS}) == len(NUMBERS)
    for number in NUMBERS:
        assert number.field in number.fact.model_fields


def test_numbers_of_one_quantity_are_drawn_alike() -> None:
    for numbers in QUANTITIES.values():
        first, *others = numbers
        for other in others:
            assert (other.by_member, other.with_costs, other.bounds, other.unit) == (
                first.by_member,
                first.with_costs,
                first.bounds,
                first.unit,
            )


def test_what_nothing_reads_has_no_name_in_reads() -> None:
    assert {NOTHING, SHAPE}.isdisjoint(READ)
