"""Ranges as they are typed: which numbers each is of, and whether it holds them.

Kept apart from the draws, so that a case can be checked without what draws need.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from choosebattles.case.bounds import plain
from choosebattles.case.case import Case
from choosebattles.case.evidence import Range
from choosebattles.case.facts import Facts
from choosebattles.case.units import Id
from choosebattles.errors import Fault
from choosebattles.uncertainty.change import Knob, knob, number
from choosebattles.words import _

OUTSIDE = "CB-R22"

COSTLY = ("cost", "overrun")
"""Quantities that share what is uncertain of costs."""


@dataclass(frozen=True)
class Uncertain:
    """One range: the numbers that it is of, what each is likely to be, low and high."""

    name: str
    knobs: tuple[Knob, ...]
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
    for each in typed_ranges(case):
        yield from outside(case, each)


def typed_ranges(case: Case) -> Iterator[Uncertain]:
    """Yield the rows of the sheet Ranges, each with the numbers that it is of."""
    for each in case.ranges:
        knobs = tuple(knob(case, name) for name in names_of(case, each))
        likely = tuple(number(case, which) for which in knobs)
        low, high = (each.low,) * len(knobs), (each.high,) * len(knobs)
        name = f"{each.quantity} {each.id}"
        yield Uncertain(name, knobs, likely, low, high, each.quantity in COSTLY)


def names_of(case: Facts, row: Range) -> Iterator[str]:
    """Yield the plain names of the numbers that a range is of."""
    word, _colon, criterion = row.quantity.partition(":")
    options = [] if word in ("likelihood", "severity", "amount") else _options(case, row.id)
    match word:
        case "cost":
            yield from (f"cost.{each}" for each in options if any(case.options[each].cost))
        case "overrun":
            yield from (f"overrun.{each}" for each in options)
        case "score":
            yield from (f"score.{each}.{criterion.strip()}" for each in options)
        case "amount":
            yield f"fund.{row.id}"
        case "coverage":
            for provider in case.providers:
                if provider.id == row.id:
                    yield f"coverage.{provider.id}.{provider.layer}"
            for each in options:
                for cover in case.options[each].covers:
                    yield f"coverage.{each}.{cover.layer}"
        case _:
            yield f"{word}.{row.id}"


def _options(case: Facts, name: Id) -> list[Id]:
    if any(name in (owner.id, option) for option, owner in case.investment_of.items()):
        return [each.id for each in case.options_of(name)]
    return []


def outside(case: Case, row: Uncertain) -> Iterator[Fault]:
    """Yield the numbers of a row that lie outside its range."""
    for which, low, likely, high in zip(row.knobs, row.low, row.likely, row.high, strict=True):
        if not low <= likely <= high:
            origin = next(
                (each for each in case.ranges if f"{each.quantity} {each.id}" == row.name), None
            )
            found = _("{likely}, the likely value of {name}").format(
                likely=plain(likely), name=which.name
            )
            expected = _("a value from {low} to {high}").format(low=plain(low), high=plain(high))
            advice = _("Correct the range, or name the option that it is meant for.")
            if origin is None:
                yield Fault("", "Ranges", "", "", OUTSIDE, found, expected, advice)
            else:
                yield origin.at("low").fault(OUTSIDE, found, expected, advice)
