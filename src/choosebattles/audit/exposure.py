"""What would be lost if everything with one exposure fell away, before a plan and after it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from choosebattles.audit.option_by_year import ZERO, Taken
from choosebattles.audit.recount import under_way
from choosebattles.case.facts import Facts
from choosebattles.case.plan import Plan

NOTHING = Fraction(1, 200)
"""Half a percent: a loss up to this counts as none."""

FIRST_KINDS = ("law", "vendor")
"""Kinds of exposure in the order of interest; others follow by name."""


class Fate(StrEnum):
    """What a plan makes of a possible loss."""

    NO_LOSS = "no loss"
    """Nothing was at stake before."""

    REMOVED = "assert"
    """At most half a percent is left."""

    REDUCED = "manage"
    """At most half of what was at stake is left."""

    LEFT = "accept"
    """More than half of it is left."""


@dataclass(frozen=True)
class Loss:
    """The share of a layer or a service that is lost without an exposure, in the final year.

    ``exposed`` says whether a supplier that works in the final year has the tag: without one,
    nothing is lost by it but what is not covered anyway. ``through`` is, of a service, the layer
    that loses most after the plan.
    """

    name: str
    tag: str
    before: Fraction
    after: Fraction
    exposed: bool
    through: str = ""

    @property
    def fate(self) -> Fate:
        """Return what the plan makes of it."""
        if self.before <= NOTHING:
            return Fate.NO_LOSS
        if self.after <= NOTHING:
            return Fate.REMOVED
        return Fate.REDUCED if 2 * self.after <= self.before else Fate.LEFT


@dataclass(frozen=True)
class Supply:
    """A share of a layer with the tags of who supplies it."""

    layer: str
    share: Fraction
    tags: frozenset[str]


def layer_losses(case: Facts, plan: Plan) -> tuple[Loss, ...]:
    r"""Return the loss of every layer with a supplier by every exposure.

    .. math:: \mathit{loss}(l, e) = 1 - \min\Big(1, \sum_{j:\, e \notin \mathit{exposures}(j)}
        \mathit{coverage}(j, l)\, \mathit{op}[j, H-1]\Big)
    """
    before = tuple(supplies(case, under_way(case)))
    after = tuple(supplies(case, plan))
    layers = dict.fromkeys(supply.layer for supply in after)
    return tuple(
        Loss(
            layer,
            tag,
            _loss(before, layer, tag),
            _loss(after, layer, tag),
            any(supply.layer == layer and tag in supply.tags for supply in after),
        )
        for tag in tags(case)
        for layer in layers
    )


def service_losses(case: Facts, plan: Plan) -> tuple[Loss, ...]:
    """Return the loss of every service by every exposure: the largest of the layers it needs."""
    found = {(loss.name, loss.tag): loss for loss in layer_losses(case, plan)}
    return tuple(
        _of_service(service.id, tag, [_layer(found, need, tag) for need in service.needs])
        for tag in tags(case)
        for service in case.services
    )


def tags(case: Facts) -> tuple[str, ...]:
    """Return every exposure of a supplier or an option: laws first, then vendors, then others."""
    named = {tag for provider in case.providers for tag in provider.exposures}
    named |= {tag for option in case.options.values() for tag in option.exposures}
    return tuple(sorted(named, key=lambda tag: (rank(tag), tag)))


def kind(tag: str) -> str:
    """Return the kind of an exposure, what stands before its first colon; empty without one."""
    before, colon, _after = tag.partition(":")
    return before.strip().casefold() if colon else ""


def rank(tag: str) -> tuple[int, str]:
    """Return where the kind of an exposure stands among the kinds."""
    of_kind = kind(tag)
    first = FIRST_KINDS.index(of_kind) if of_kind in FIRST_KINDS else len(FIRST_KINDS)
    return first, of_kind


def supplies(case: Facts, plan: Plan) -> Iterator[Supply]:
    """Yield who covers what in the final year: today's providers, and options that operate."""
    for provider in case.providers:
        yield Supply(provider.layer, Fraction(provider.coverage), frozenset(provider.exposures))
    for name, start in plan.starts.items():
        option = case.options[name]
        if Taken(case, option, start - case.first_year).operates(case.years - 1):
            for cover in option.covers:
                yield Supply(cover.layer, Fraction(cover.share), frozenset(option.exposures))


def _loss(supplied: tuple[Supply, ...], layer: str, tag: str) -> Fraction:
    left = (supply.share for supply in supplied if supply.layer == layer and tag not in supply.tags)
    return 1 - min(Fraction(1), sum(left, ZERO))


def _layer(found: Mapping[tuple[str, str], Loss], layer: str, tag: str) -> Loss:
    """Return the loss of a layer; one that nobody supplies is lost whatever happens."""
    everything = Fraction(1)
    return found.get((layer, tag), Loss(layer, tag, everything, everything, exposed=False))


def _of_service(service: str, tag: str, needed: list[Loss]) -> Loss:
    most = max(needed, key=lambda loss: loss.after)
    return Loss(
        service,
        tag,
        max(loss.before for loss in needed),
        most.after,
        any(loss.exposed for loss in needed),
        most.name,
    )
