"""Ranges as they are typed: which numbers each is of, and whether it holds them.

Kept apart from the draws, so that a case can be checked without what draws need.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from choosebattles.case.bounds import plain
from choosebattles.case.case import Case
from choosebattles.case.facts import Facts
from choosebattles.case.numbers import QUANTITIES, Family
from choosebattles.case.parameter import value_at
from choosebattles.case.parameter_names import named
from choosebattles.case.path import Path
from choosebattles.case.units import Id
from choosebattles.errors import Fault
from choosebattles.uncertainty.change import Parameter, number
from choosebattles.words import _

OUTSIDE = "CB-R22"


@dataclass(frozen=True)
class Uncertain:
    """One range: the numbers that it is of, what each is likely to be, low and high."""

    name: str
    parameters: tuple[Parameter, ...]
    likely: tuple[Decimal, ...]
    low: tuple[Decimal, ...]
    high: tuple[Decimal, ...]
    costly: bool


def off_their_numbers(case: Case) -> Iterator[Fault]:
    """Yield the ranges of a case outside which their numbers lie, so that nothing is drawn of them.

    Parameters
    ----------
    case
        Facts and decision model.
    """
    for range_ in typed_ranges(case):
        yield from outside(case, range_)


def typed_ranges(case: Case) -> Iterator[Uncertain]:
    """Yield the rows of the sheet Ranges, each with the numbers that it is of."""
    found: dict[str, Drawable] = {}
    for range_ in case.ranges:
        quantity, _colon, member = (part.strip() for part in range_.quantity.partition(":"))
        if quantity not in found:
            found[quantity] = drawable(case, quantity)
        parameters = found[quantity].get((member, range_.id), ())
        likely = tuple(number(case, parameter) for parameter in parameters)
        low, high = (range_.low,) * len(parameters), (range_.high,) * len(parameters)
        costly = QUANTITIES[quantity][0].with_costs
        yield Uncertain(f"{range_.quantity} {range_.id}", parameters, likely, low, high, costly)


Drawable = Mapping[tuple[str, Id], tuple[Parameter, ...]]
"""Numbers that may be drawn, by the criterion (or nothing) and the id that a range names."""


def drawable(case: Facts, quantity: str) -> Drawable:
    """Return the numbers of a quantity, those of an option under its investment's id too.

    An option that costs nothing in any year has no cost that varies.
    """
    owners = {option: owner.id for option, owner in case.investment_of.items()}
    found: dict[tuple[str, Id], dict[tuple[Path, ...], Parameter]] = defaultdict(dict)
    for of in QUANTITIES.get(quantity, ()):
        for named_number in named(case, of):
            year = of.family is not None and of.family.profile and named_number.member
            free = of.family is Family.AFTER_START and not value_at(case, named_number.places)
            if not year and not free:
                member = named_number.member if of.by_member else ""
                for name in dict.fromkeys(
                    (named_number.row, owners.get(named_number.row, named_number.row))
                ):
                    found[member, name].setdefault(
                        named_number.places, Parameter(named_number.name, named_number)
                    )
    return {key: tuple(parameters.values()) for key, parameters in found.items()}


def outside(case: Case, row: Uncertain) -> Iterator[Fault]:
    """Yield the numbers of a row that lie outside its range."""
    for parameter, low, likely, high in zip(
        row.parameters, row.low, row.likely, row.high, strict=True
    ):
        if not low <= likely <= high:
            origin = next(
                (range_ for range_ in case.ranges if f"{range_.quantity} {range_.id}" == row.name),
                None,
            )
            found = _("{likely}, the likely value of {name}").format(
                likely=plain(likely), name=parameter.name
            )
            expected = _("a value from {low} to {high}").format(low=plain(low), high=plain(high))
            advice = _("Correct the range, or name the option that it is meant for.")
            if origin is None:
                yield Fault("", "Ranges", "", "", OUTSIDE, found, expected, advice)
            else:
                yield origin.at("low").fault(OUTSIDE, found, expected, advice)
