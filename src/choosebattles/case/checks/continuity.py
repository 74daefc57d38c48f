"""Services, layers and providers."""

from collections.abc import Iterator

from choosebattles.case.checks.shared_sentences import at
from choosebattles.case.facts import Facts
from choosebattles.errors import Fault
from choosebattles.spelling import closest, quoted
from choosebattles.translation import _


def layers_never_covered(case: Facts) -> Iterator[Fault]:
    """Yield services that need a layer which nobody supplies and no option would."""
    covered = {provider.layer for provider in case.providers}
    covered |= {
        cover.layer
        for owner in case.investments
        for option in owner.options
        for cover in option.covers
    }
    for service in case.services:
        if not service.needs:
            yield at(service, "needs").fault(
                "CB-C13", _("no layer"), _("the layers that it needs"), _("Name them.")
            )
        for layer in service.needs:
            if layer in covered:
                continue
            near = closest(layer, sorted(covered))
            advice = (
                _("Did you mean {name}?").format(name=near)
                if near
                else _("Add a row to Providers, or name the layer under Covers.")
            )
            yield at(service, "needs").fault(
                "CB-L31",
                _("the layer {name}, which neither a provider nor an option covers").format(
                    name=quoted(layer)
                ),
                _("a layer that somebody supplies"),
                advice,
            )


def provider_twice(case: Facts) -> Iterator[Fault]:
    """Yield rows that say again what a provider supplies on a layer."""
    first: dict[tuple[str, str], str] = {}
    for provider in case.providers:
        name = (provider.id, provider.layer)
        place = at(provider, "id")
        if name in first:
            yield place.fault(
                "CB-L35",
                _("{name} on layer {layer}, as in {cell}").format(
                    name=provider.id, layer=provider.layer, cell=first[name]
                ),
                _("one row for each provider and layer"),
                _("Join the two rows."),
            )
        first.setdefault(name, place.cell or _("another row"))
