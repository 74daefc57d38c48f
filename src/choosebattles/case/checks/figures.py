"""Numbers out of bounds, and years left blank."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from choosebattles.case.bounds import NumberBounds, plain
from choosebattles.case.checks.shared_sentences import all_facts, at
from choosebattles.case.decision_model import ContingencyKind
from choosebattles.case.facts import Facts
from choosebattles.case.investment import Cover
from choosebattles.case.numbers import CaseNumber, bounds_of, numbers_of
from choosebattles.case.place import Fact
from choosebattles.errors import Fault
from choosebattles.translation import _


def outside_bounds(case: Facts) -> Iterator[Fault]:
    """Yield every number that lies outside what its field allows."""
    for fact in all_facts(case):
        for number in numbers_of(type(fact)):
            for part, value in _numbers(number.field, getattr(fact, number.field)):
                if not number.bounds.holds(value):
                    yield _outside(case, fact, number, part, value)
    for option in (candidate for owner in case.investments for candidate in owner.options):
        for cover in option.covers:
            bounds = bounds_of(Cover, "share")
            if not bounds.holds(cover.share):
                found = _("{layer}: {share}").format(
                    layer=cover.layer, share=bounds.show(cover.share)
                )
                advice = _percent(cover.share, bounds)
                yield at(option, "covers").fault("CB-C08", found, str(bounds), advice)
    model = case.model
    if model.contingency is ContingencyKind.FLAT and model.contingency_amount > 1:
        yield at(model, "contingency_amount").fault(
            "CB-C08",
            plain(model.contingency_amount),
            _("a share of the cost, 0% to 100%, for a flat contingency"),
            _("Type a percentage such as 10%."),
        )


def _numbers(name: str, value: Any) -> Iterator[tuple[str, Decimal | int]]:
    """Yield the numbers of a field, each with the name of its part."""
    if isinstance(value, Mapping):
        for member, number in value.items():
            yield f"{name}[{member}]", number
    elif isinstance(value, tuple):
        for index, number in enumerate(value):
            yield f"{name}[{index}]", number
    elif value is not None:
        yield name, value


def _outside(case: Facts, fact: Fact, number: CaseNumber, part: str, value: Decimal | int) -> Fault:
    bounds = number.bounds
    expected = str(bounds)
    advice = _percent(value, bounds)
    if number.unit.money:
        expected = (
            _("{bounds}, in million {currency}")
            .format(bounds=bounds, currency=case.currency)
            .strip()
        )
    if number.field == "cost":
        advice = _("Enter income under Running cost.")
    return at(fact, part).fault("CB-C08", bounds.show(value), expected, advice)


def _percent(value: Decimal | int, bounds: NumberBounds) -> str:
    """Advise on a percentage that was typed without its sign."""
    if bounds.percent and 1 < value <= 100:
        number = plain(Decimal(value))
        return _("If {number} percent is meant, type {number}%.").format(number=number)
    return _("Type a number within these limits.")


def years_left_blank(case: Facts) -> Iterator[Fault]:
    """Yield years of the case for which a fund or a skill has no number."""
    expected = _("a number for every year; 0 is typed")
    for fund in case.funds:
        for year in case.calendar:
            if year not in fund.amount:
                yield at(fund, f"amount[{year}]").fault(
                    "CB-C13", _("no amount for {year}").format(year=year), expected, ""
                )
    for skill in case.skills:
        for year in case.calendar:
            if year not in skill.supply:
                yield at(skill, f"supply[{year}]").fault(
                    "CB-C13", _("no number of people for {year}").format(year=year), expected, ""
                )
