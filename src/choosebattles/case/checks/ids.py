"""Ids: none missing, none used twice, no two that look alike, none twice in one list."""

import re
from collections.abc import Iterable, Iterator, Sequence

from choosebattles.case.checks.shared_sentences import at
from choosebattles.case.facts import Facts
from choosebattles.case.limit import ALL, NONE
from choosebattles.case.place import Fact, Place
from choosebattles.errors import Fault
from choosebattles.spelling import key, look, quoted
from choosebattles.translation import _

_ID = re.compile(r"\w[\w-]*")
EXAMPLE = "EXAMPLE"
"""The id of the row that shows how a sheet of a template is filled in; nothing may be named so."""

Named = Sequence[tuple[str, Place]]
"""Names with the places that define them."""


def _sets(case: Facts) -> Iterator[Named]:
    """Yield the sets of names of which each may stand only once."""
    members = [(investment.id, at(investment, "id")) for investment in case.investments]
    for owner in case.investments:
        members.extend(
            (option.id, at(option, "id")) for option in owner.options if option.id != owner.id
        )
    yield members
    facts: tuple[Sequence[Fact], ...] = (
        case.model.objectives,
        case.model.criteria,
        case.funds,
        case.skills,
        case.layers,
        case.services,
        case.shocks,
        case.sources,
    )
    for group in facts:
        yield [(str(getattr(fact, "id", "")), at(fact, "id")) for fact in group]
    yield [(sweep.name, at(sweep, "name")) for sweep in case.sweeps]


def empty_or_malformed(case: Facts) -> Iterator[Fault]:
    """Yield ids that are empty, or that cannot be told from a list or from an option's id."""
    free = {layer.id for layer in case.layers} | {sweep.name for sweep in case.sweeps}
    options = {
        option.id for owner in case.investments for option in owner.options if option.id != owner.id
    }
    for named in _sets(case):
        for name, place in named:
            parts = name.split(".", 1) if name in options else [name]
            if not name:
                yield place.fault("CB-L03", _("no id"), _("an id such as CLOUD"), "")
            elif name not in free and not all(_ID.fullmatch(part) for part in parts):
                expected = _("an id of letters, digits, _ and -, such as CLOUD")
                yield place.fault("CB-L02", quoted(name), expected, _("Rename it."))


def still_the_example(case: Facts) -> Iterator[Fault]:
    """Yield rows that were copied from the example of a template and kept its id."""
    providers = [(provider.id, at(provider, "id")) for provider in case.providers]
    for named in (*_sets(case), providers):
        for name, place in named:
            if key(name) == key(EXAMPLE):
                yield place.fault(
                    "CB-L50",
                    _("{name}, the id of the row that only shows how to fill in").format(name=name),
                    _("an id of your own"),
                    _("Give the row its own id, or delete it."),
                )


def reserved(case: Facts) -> Iterator[Fault]:
    """Yield ids that stand for everything or nothing where a scope is asked for."""
    for named in _sets(case):
        for name, place in named:
            if key(name) in {ALL, NONE}:
                yield place.fault(
                    "CB-L44",
                    quoted(name),
                    _(
                        "an id other than {all} and {none}, the words for everything and nothing"
                    ).format(all=ALL, none=NONE),
                    _("Rename it."),
                )


def used_twice(case: Facts) -> Iterator[Fault]:
    """Yield ids that are used again, case apart."""
    for named in _sets(case):
        first: dict[str, Place] = {}
        for name, place in named:
            if key(name) in first:
                yield place.fault(
                    "CB-L01",
                    _("{name}, as in {cell}").format(
                        name=quoted(name), cell=first[key(name)].cell or _("another row")
                    ),
                    _("each id once"),
                    _("Rename or delete one of the two."),
                )
            elif name:
                first[key(name)] = place


def look_alikes(case: Facts) -> Iterator[Fault]:
    """Yield names that look like another one but are written with other letters."""
    for named in (*_sets(case), *_tags(case)):
        first: dict[str, str] = {}
        for name, place in named:
            other = first.setdefault(look(name), name)
            if key(other) != key(name):
                yield place.fault(
                    "CB-L02",
                    _("{name}, which looks like {other} but has other letters").format(
                        name=quoted(name), other=quoted(other)
                    ),
                    _("one spelling for one name"),
                    _("Retype it with the letters of your own keyboard, the same in both places."),
                )


def _tags(case: Facts) -> Iterator[Named]:
    """Yield the names that exist by being named: pillars, layers, owners, exposures."""
    owners = case.investments
    yield [(owner.pillar, at(owner, "pillar")) for owner in owners if owner.pillar]
    yield [(owner.owner, at(owner, "owner")) for owner in owners if owner.owner]
    options = [option for owner in owners for option in owner.options]
    layers = [(owner.layer, at(owner, "layer")) for owner in owners if owner.layer]
    layers += [(cover.layer, at(option, "covers")) for option in options for cover in option.covers]
    layers += [(provider.layer, at(provider, "layer")) for provider in case.providers]
    layers += [(name, at(service, "needs")) for service in case.services for name in service.needs]
    yield layers
    exposures = [(name, at(option, "exposures")) for option in options for name in option.exposures]
    exposures += [
        (n, at(provider, "exposures")) for provider in case.providers for n in provider.exposures
    ]
    exposures += [(name, at(shock, "hits")) for shock in case.shocks for name in shock.hits]
    yield exposures


def twice_in_a_list(case: Facts) -> Iterator[Fault]:
    """Yield lists of a cell that name something twice."""
    for place, names in _lists(case):
        seen: set[str] = set()
        for name in names:
            if key(name) in seen:
                yield place.fault(
                    "CB-L27",
                    _("{name} twice").format(name=quoted(name)),
                    _("each name once"),
                    _("Delete one of the two."),
                )
            seen.add(key(name))


def _lists(case: Facts) -> Iterator[tuple[Place, Iterable[str]]]:
    for rule in case.rules:
        yield at(rule, "investments"), rule.investments
        yield at(rule, "needs"), rule.needs
    for limit in case.model.limits:
        yield at(limit, "scope"), map(str, limit.scope)
    for fund in case.funds:
        yield at(fund, "eligible"), map(str, fund.eligible)
    for owner in case.investments:
        for option in owner.options:
            yield at(option, "covers"), (cover.layer for cover in option.covers)
            yield at(option, "exposures"), option.exposures
    for provider in case.providers:
        yield at(provider, "exposures"), provider.exposures
    for service in case.services:
        yield at(service, "needs"), service.needs
        yield at(service, "against"), service.against
    for shock in case.shocks:
        yield at(shock, "hits"), shock.hits
