"""Plans: which options are taken, when each starts, and who pays what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from choosebattles.case.units import Id, Year


@dataclass(frozen=True, order=True)
class Choice:
    """One option taken, with the calendar year in which it starts."""

    investment: Id
    option: Id
    start: Year


@dataclass(frozen=True, order=True)
class Payment:
    """What a fund pays in a year for the build or the running part of an option, in millions."""

    fund: Id
    option: Id
    part: str
    year: Year
    amount: Decimal


@dataclass(frozen=True)
class Payments:
    """Who pays what: payments, money set aside for the next year, money held in reserve.

    ``aside`` and ``held`` are millions by fund and calendar year.
    """

    paid: tuple[Payment, ...] = ()
    aside: Mapping[tuple[Id, Year], Decimal] = field(default_factory=dict)
    held: Mapping[tuple[Id, Year], Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """A set of options with their start years, and who pays for them."""

    choices: tuple[Choice, ...]
    payments: Payments = field(default_factory=Payments)

    @property
    def taken(self) -> frozenset[Id]:
        """Return the ids of the options taken."""
        return frozenset(choice.option for choice in self.choices)

    @property
    def starts(self) -> Mapping[Id, Year]:
        """Return the start year of every option taken."""
        return {choice.option: choice.start for choice in self.choices}
