"""Ranges: of a number that exists, the low end first, with all that the distribution needs."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from choosebattles.case.bounds import SHARE, plain
from choosebattles.case.checks.shared_sentences import at, unknown
from choosebattles.case.evidence import Range, Shape
from choosebattles.case.facts import Facts
from choosebattles.case.fund import Fund
from choosebattles.case.investment import Cover, Option
from choosebattles.case.numbers import QUANTITIES
from choosebattles.case.place import Fact
from choosebattles.case.provider import Provider
from choosebattles.case.shock import Shock
from choosebattles.errors import Fault
from choosebattles.spelling import Names, closest, quoted
from choosebattles.translation import _

UNDRAWABLE = "CB-L51"

ROUNDED = Decimal("0.01")
"""How far shares may be from 100 % in all: thirds are typed as 33%; 33%; 33%."""


def ranges(case: Facts) -> Iterator[Fault]:
    """Yield ranges of unknown numbers, without a width, or that say half of a distribution."""
    first: dict[tuple[str, str], str] = {}
    known = {word: _candidates(case, word) for word in QUANTITIES} if case.ranges else {}
    criteria = Names(criterion.id for criterion in case.model.criteria)
    for range_ in case.ranges:
        yield from _unknown(range_, known, criteria)
        yield from _ends(range_)
        yield from _listed(range_)
        name = (range_.id, range_.quantity)
        if name in first:
            yield at(range_, "id").fault(
                "CB-L01",
                _("a second range for {quantity} of {name}, as in {cell}").format(
                    quantity=range_.quantity, name=range_.id, cell=first[name]
                ),
                _("one range for each number"),
                _("Delete one of the two."),
            )
        first.setdefault(name, at(range_, "id").cell or _("another row"))


def _ends(range_: Range) -> Iterator[Fault]:
    """Yield what is wrong with low and high."""
    low, high, shape = range_.low, range_.high, range_.distribution
    if shape is not Shape.LIST:
        for field, number in (("low", low), ("high", high)):
            if number is None:
                expected = _("a number; a list alone does without")
                yield at(range_, field).fault(
                    "CB-C13", _("an empty cell"), expected, _("Type the number.")
                )
    if low is not None and high is not None and low > high:
        yield at(range_, "low").fault(
            "CB-L36",
            _("a low value {low} above the high one, {high}").format(
                low=plain(low), high=plain(high)
            ),
            _("the low value first"),
            _("Exchange the two."),
        )
    if shape is Shape.LOGNORMAL and low is not None and low <= 0:
        yield at(range_, "low").fault(
            UNDRAWABLE,
            _("a low value {low} of a lognormal distribution").format(low=plain(low)),
            _("more than 0: it has no other values"),
            _("Raise it, or take another distribution."),
        )


def _listed(range_: Range) -> Iterator[Fault]:
    """Yield what is wrong with values and shares."""
    if range_.distribution is not Shape.LIST:
        for field in ("values", "shares"):
            if getattr(range_, field):
                yield at(range_, field).fault(
                    UNDRAWABLE,
                    _("values or shares of a range that is no list"),
                    _("an empty cell"),
                    _("Choose list under Distribution, or clear the cell."),
                )
        return
    if not range_.values:
        yield at(range_, "values").fault(
            "CB-C13",
            _("no values of a list"),
            _("the values that the number may take, separated by ;"),
            _("Type them, such as 10; 20; 40."),
        )
        return
    for number in range_.values:
        if (range_.low is not None and number < range_.low) or (
            range_.high is not None and number > range_.high
        ):
            yield at(range_, "values").fault(
                UNDRAWABLE,
                plain(number),
                _("values from Low to High"),
                _("Clear Low and High, which a list does not need, or correct the value."),
            )
    if range_.shares:
        yield from _shares(range_)


def _shares(range_: Range) -> Iterator[Fault]:
    """Yield what is wrong with the shares of a list."""
    place, advice = at(range_, "shares"), _("Or clear the cell: then all values are as likely.")
    if len(range_.shares) != len(range_.values):
        found = _("{shares} shares of {values} values").format(
            shares=len(range_.shares), values=len(range_.values)
        )
        yield place.fault(UNDRAWABLE, found, _("a share for each value"), advice)
        return
    for share in range_.shares:
        if share < 0:
            yield place.fault(UNDRAWABLE, SHARE.show(share), _("shares of 0% or more"), advice)
    whole = sum(range_.shares, Decimal(0))
    if abs(whole - 1) > ROUNDED:
        found = _("shares that add up to {sum}").format(sum=SHARE.show(whole))
        yield place.fault(UNDRAWABLE, found, _("100% in all"), advice)


def _unknown(
    range_: Range, known: Mapping[str, tuple[Names, str]], criteria: Names
) -> Iterator[Fault]:
    word, colon, criterion = range_.quantity.partition(":")
    if word not in QUANTITIES or bool(colon) != QUANTITIES[word][0].by_member:
        near = closest(range_.quantity, QUANTITIES)
        advice = (
            _("Did you mean {name}?").format(name=near)
            if near and near != range_.quantity
            else _("A score names its criterion, as in score: technical.")
        )
        wanted = _("one of: {words}").format(words=", ".join(QUANTITIES))
        yield at(range_, "quantity").fault("CB-C14", quoted(range_.quantity), wanted, advice)
        return
    if colon and criterion.strip() not in criteria:
        kind = _("the id of a criterion")
        yield unknown(at(range_, "quantity"), criterion.strip(), kind, criteria)
    names, kind = known[word]
    if range_.id not in names:
        yield unknown(at(range_, "id"), range_.id, kind, names)


def _candidates(case: Facts, word: str) -> tuple[Names, str]:
    """Return the ids that a range of a quantity may name, and what they are ids of."""
    kinds = tuple(
        dict.fromkeys(_NAMED_BY.get(quantity.fact, quantity.fact) for quantity in QUANTITIES[word])
    )
    listed: dict[type[Fact], Iterable[str]] = {
        Option: (
            name
            for owner in case.investments
            for name in dict.fromkeys((owner.id, *(option.id for option in owner.options)))
        ),
        Provider: dict.fromkeys(provider.id for provider in case.providers),
        Shock: (shock.id for shock in case.shocks),
        Fund: (fund.id for fund in case.funds),
    }
    return Names(name for kind in kinds for name in listed[kind]), _IDS[kinds]


_NAMED_BY: Mapping[type[Fact], type[Fact]] = {Cover: Option}
"""Facts that have no id, and those by whose id they go."""

_IDS: Mapping[tuple[type[Fact], ...], str] = {
    (Option,): _("the id of an investment or option"),
    (Provider, Option): _("the id of a provider, investment or option"),
    (Shock,): _("the id of a shock"),
    (Fund,): _("the id of a fund"),
}
