"""Ranges: of a number that exists, the low end first."""

from collections.abc import Iterable, Iterator, Mapping

from choosebattles.case.bounds import plain
from choosebattles.case.checks.asking import at, unknown
from choosebattles.case.evidence import Range
from choosebattles.case.facts import Facts
from choosebattles.case.fund import Fund
from choosebattles.case.investment import Cover, Option
from choosebattles.case.numbers import QUANTITIES
from choosebattles.case.place import Fact
from choosebattles.case.provider import Provider
from choosebattles.case.shock import Shock
from choosebattles.errors import Fault
from choosebattles.spelling import Names, closest, quoted
from choosebattles.words import _


def ranges(case: Facts) -> Iterator[Fault]:
    """Yield ranges of unknown numbers, and those whose low end is above the high one."""
    first: dict[tuple[str, str], str] = {}
    known = {word: _candidates(case, word) for word in QUANTITIES} if case.ranges else {}
    criteria = Names(criterion.id for criterion in case.model.criteria)
    for range_ in case.ranges:
        yield from _unknown(range_, known, criteria)
        if range_.low > range_.high:
            yield at(range_, "low").fault(
                "CB-L36",
                _("a low value {low} above the high one, {high}").format(
                    low=plain(range_.low), high=plain(range_.high)
                ),
                _("the low value first"),
                _("Exchange the two."),
            )
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
