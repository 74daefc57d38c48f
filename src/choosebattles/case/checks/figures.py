"""Numbers out of bounds, and years left blank."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from choosebattles.case.bounds import BOUNDS, Bounds, plain
from choosebattles.case.checks.asking import all_facts, at
from choosebattles.case.decision_model import ContingencyKind
from choosebattles.case.facts import Facts
from choosebattles.case.fund import Fund
from choosebattles.case.investment import Option
from choosebattles.case.place import Fact
from choosebattles.case.rule import Rule
from choosebattles.errors import Fault
from choosebattles.words import _

MONEY = {(Fund, "amount"), (Option, "cost"), (Rule, "saving")}


def outside_bounds(case: Facts) -> Iterator[Fault]:
    """Yield every number that lies outside what its field allows."""
    for fact in all_facts(case):
        for name, bounds in _bounds_of(fact).items():
            for part, value in _numbers(name, getattr(fact, name)):
                if not bounds.holds(value):
                    yield _outside(case, fact, name, part, value, bounds)
    for option in (each for owner in case.investments for each in owner.options):
        for index, cover in enumerate(option.covers):
            for name, bounds in _bounds_of(cover).items():
                if not bounds.holds(getattr(cover, name)):
                    value = getattr(cover, name)
                    place = at(option, "covers")
                    found = _("{layer}: {share}").format(
                        layer=option.covers[index].layer, share=bounds.show(value)
                    )
                    yield place.fault("CB-C08", found, str(bounds), _percent(value, bounds))
    model = case.model
    if model.contingency is ContingencyKind.FLAT and model.contingency_amount > 1:
        yield at(model, "contingency_amount").fault(
            "CB-C08",
            plain(model.contingency_amount),
            _("a share of the cost, 0% to 100%, for a flat contingency"),
            _("Type a percentage such as 10%."),
        )


def _bounds_of(fact: Fact) -> Mapping[str, Bounds]:
    return next((BOUNDS[kind] for kind in type(fact).__mro__ if kind in BOUNDS), {})


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


def _outside(
    case: Facts, fact: Fact, name: str, part: str, value: Decimal | int, bounds: Bounds
) -> Fault:
    expected = str(bounds)
    advice = _percent(value, bounds)
    if (type(fact), name) in MONEY:
        expected = (
            _("{bounds}, in million {currency}")
            .format(bounds=bounds, currency=case.currency)
            .strip()
        )
    if (type(fact), name) == (Option, "cost"):
        advice = _("Enter income under Running cost.")
    return at(fact, part).fault("CB-C08", bounds.show(value), expected, advice)


def _percent(value: Decimal | int, bounds: Bounds) -> str:
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
