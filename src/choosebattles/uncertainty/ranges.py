"""Ranges as they are typed: which numbers each is of, and whether it holds them.

Kept apart from the draws, so that a case can be checked without what draws need.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from itertools import accumulate
from typing import Any

from choosebattles.arguments import refused
from choosebattles.case.bounds import plain
from choosebattles.case.case import Case
from choosebattles.case.evidence import Range, Shape
from choosebattles.case.facts import Facts
from choosebattles.case.number_path import Path
from choosebattles.case.numbers import QUANTITIES, Family
from choosebattles.case.parameter import value_at
from choosebattles.case.parameter_names import named
from choosebattles.case.units import Id
from choosebattles.errors import Fault
from choosebattles.translation import _
from choosebattles.uncertainty.altered_case import Parameter, number

OUTSIDE = "CB-R22"


@dataclass(frozen=True)
class Listed:
    """Single values, the lowest first, each with the share of draws that it or a lower one has."""

    values: tuple[Decimal, ...]
    until: tuple[float, ...]

    @classmethod
    def of(cls, values: Sequence[Decimal], shares: Sequence[Decimal] = ()) -> "Listed":
        """Return the distribution of values; without shares each is as likely."""
        pairs = sorted(zip(values, shares or [Decimal(1)] * len(values), strict=True))
        whole = sum(share for _value, share in pairs)
        until = accumulate(float(share / whole) for _value, share in pairs)
        return cls(tuple(value for value, _share in pairs), tuple(until))

    def __str__(self) -> str:
        """Return the values with the shares up to them."""
        pairs = zip(self.values, self.until, strict=True)
        return "list of " + ", ".join(f"{value:f} until {until:.9g}" for value, until in pairs)


class Frozen:
    """A distribution of SciPy with its parameters.

    Parameters
    ----------
    name
        The number that it is of.
    scipy
        As ``scipy.stats.gamma(2, scale=3)``: it has ``ppf`` and ``cdf``.

    Raises
    ------
    InputError
        Where it is none.
    """

    def __init__(self, name: str, scipy: Any) -> None:
        if not (hasattr(scipy, "ppf") and hasattr(scipy, "cdf")):
            expected = _(
                "a distribution of SciPy with its parameters, as in scipy.stats.norm(5, 1)"
            )
            raise refused(f"distributions, {name}", scipy, expected)
        self.scipy = scipy

    def __str__(self) -> str:
        """Return its name, and what tells its parameters from others."""
        points = repr([float(self.scipy.ppf(place / 64)) for place in range(1, 64)])
        kind = getattr(getattr(self.scipy, "dist", self.scipy), "name", "distribution")
        return f"{kind} {sha256(points.encode()).hexdigest()[:16]}"


Distribution = Shape | Listed | Frozen
"""How likely which values of a number are."""


def distribution_of(row: Range) -> Distribution | None:
    """Return the distribution that a row of Ranges says; None where it says none."""
    if row.distribution is Shape.LIST:
        return Listed.of(row.values, row.shares)
    return row.distribution


@dataclass(frozen=True)
class Uncertain:
    """One range: the numbers that it is of, what each is likely to be, low and high.

    ``distribution`` is what its row says; None where the study says it for all.
    """

    name: str
    parameters: tuple[Parameter, ...]
    likely: tuple[Decimal, ...]
    low: tuple[Decimal, ...]
    high: tuple[Decimal, ...]
    costly: bool
    distribution: Distribution | None = None


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
        low, high = ((end,) * len(parameters) for end in range_.ends)
        costly = QUANTITIES[quantity][0].with_costs
        name, shape = f"{range_.quantity} {range_.id}", distribution_of(range_)
        yield Uncertain(name, parameters, likely, low, high, costly, shape)


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
    """Yield the numbers of a row that lie outside its range; SciPy's distributions have none."""
    if isinstance(row.distribution, Frozen):
        return
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
                part = "values" if origin.low is None else "low"
                yield origin.at(part).fault(OUTSIDE, found, expected, advice)
