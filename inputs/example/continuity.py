"""Who supplies the critical services today, what can go wrong, and what an option stands in for."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from choosebattles.case.investment import Cover
from choosebattles.case.layer import Layer
from choosebattles.case.provider import Provider
from choosebattles.case.service import Service
from choosebattles.case.shock import Shock
from example.tables import Line, Sources, amount, items

ALL_SERVICES = "*"

LINKS = "links abroad"
"""A layer of today's suppliers that nothing but another link stands in for."""

CONNECTIVITY = "connectivity"
"""The layer of options that are links."""


def layers(tables: Sources) -> tuple[Layer, ...]:
    """Return the layers that services need, each once, with the providers in its title."""
    titles: dict[str, list[str]] = {}
    for each in tables.own("nodes"):
        titles.setdefault(each["layer"], []).append(each["title"])
    return tuple(Layer(id=name, title="; ".join(title)) for name, title in titles.items())


def providers(tables: Sources) -> tuple[Provider, ...]:
    """Return today's suppliers: each alone can carry its layer, unless a share is typed."""
    return tuple(
        Provider(
            id=each["node"],
            title=each["title"],
            layer=each["layer"],
            coverage=amount(each["coverage"] or "1"),
            exposures=(
                *(f"law:{one}" for one in items(each["owner_law"])),
                *(f"place:{one}" for one in items(each["place"])),
                *(f"route:{one}" for one in items(each["route"])),
                f"node:{each['node']}",
            ),
        )
        for each in tables.own("nodes")
    )


def services(tables: Sources) -> tuple[Service, ...]:
    """Return the critical services; a service needs the layers of its nodes."""
    return tuple(
        Service(
            id=service["service"],
            title=service["title"],
            weight=amount(service["weight"]),
            needs=_layers_of(tables, service["needs"]),
        )
        for service in tables.services
    )


def shocks(tables: Sources) -> tuple[Shock, ...]:
    """Return the shocks; those that last most of a year say so in their titles."""
    return tuple(
        Shock(
            id=each["shock"],
            title=each["title"] + (" (for most of a year)" if each["kind"] == "drift" else ""),
            objective=each["objective"],
            hits=(*(f"node:{one}" for one in items(each["hits"])), *items(each["also_hits"])),
            severity=amount(each["severity"]),
            likelihood=amount(each["likelihood"]),
        )
        for each in tables.own("shocks")
    )


def covers(tables: Sources, line: Line) -> tuple[Cover, ...]:
    """Return the share of each layer that an option can stand in for.

    An option stands in, for every service it helps, for the layers that the service needs and
    that a shock hits whose loss it avoids; the share is the loss avoided, the largest where
    several shocks hit the layer. Only a link stands in for links: a law, a course or a stock of
    spares moves no data.
    """
    effect = tables.effect(line)
    shares: dict[str, Decimal] = {}
    for service in reached(tables, effect):
        for layer in _layers_of(tables, service["needs"]):
            if layer == LINKS and line["layer"] != CONNECTIVITY:
                continue
            for factor in _avoided(tables, effect, layer):
                shares[layer] = max(factor, shares.get(layer, Decimal(0)))
    return tuple(Cover(layer=layer, share=shares[layer]) for layer in sorted(shares))


def _avoided(tables: Sources, effect: Line, layer: str) -> Iterator[Decimal]:
    factors = mitigations(effect)
    for shock in tables.own("shocks"):
        if shock["shock"] in factors and layer in _layers_of(tables, shock["hits"]):
            yield factors[shock["shock"]]


def mitigations(effect: Line) -> Mapping[str, Decimal]:
    """Return the share of the loss that is avoided, by shock."""
    pairs = (item.split(":") for item in items(effect["mitigation"]))
    return {shock: amount(factor) for shock, factor in pairs}


def reached(tables: Sources, effect: Line) -> tuple[Line, ...]:
    """Return the services that are helped."""
    named = items(effect["services"])
    return tuple(
        service
        for service in tables.services
        if ALL_SERVICES in named or service["service"] in named
    )


def _layers_of(tables: Sources, nodes: str) -> tuple[str, ...]:
    named = items(nodes)
    return tuple(
        dict.fromkeys(each["layer"] for each in tables.own("nodes") if each["node"] in named)
    )
