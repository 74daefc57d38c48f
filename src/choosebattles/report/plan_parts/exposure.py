"""Assert, manage or accept: what an exposure could take away, before a plan and after it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from choosebattles.audit.exposure import (
    FIRST_KINDS,
    NOTHING,
    Fate,
    Loss,
    kind,
    layer_losses,
    rank,
    service_losses,
    tags,
)
from choosebattles.case.case import Case
from choosebattles.case.plan import Plan
from choosebattles.report.number_wording import plain, whole_percent
from choosebattles.spelling import short_title
from choosebattles.translation import _, listed

SHOWN = 5
"""How many of the largest losses left are told in words."""


@dataclass(frozen=True)
class ExposureRow:
    """What a layer, or services that fare alike, lose without an exposure."""

    tag: str
    of_layer: bool
    names: tuple[str, ...]
    through: str
    before: float
    after: float
    fate: Fate
    shocks: str
    """Shocks of the case that hit the exposure."""
    words: str = ""
    """A sentence, for the largest losses left."""


@dataclass(frozen=True)
class Exposure:
    """What is at stake by exposures, and how often nothing is."""

    rows: tuple[ExposureRow, ...]
    no_loss: int
    """Layers and services with a supplier so exposed that lose nothing even without it."""
    sentences: tuple[str, ...]


def fate_in_words(fate: Fate) -> str:
    """Return what a plan makes of a loss."""
    return {
        Fate.NO_LOSS: _("no loss"),
        Fate.REMOVED: _("removed (assert)"),
        Fate.REDUCED: _("reduced (manage)"),
        Fate.LEFT: _("left (accept)"),
    }[fate]


def exposure(case: Case, plan: Plan) -> Exposure | None:
    """Return every loss at stake, by kind of exposure; None where nothing is exposed."""
    layers = [loss for loss in layer_losses(case, plan) if loss.exposed]
    services = [loss for loss in service_losses(case, plan) if loss.exposed]
    if not layers:
        return None
    rows = _with_words(case, tuple(_rows(case, layers, services)))
    none = sum(layer.fate is Fate.NO_LOSS for layer in (*layers, *services))
    return Exposure(rows, none, tuple(_sentences(layers, rows)))


def _rows(case: Case, layers: list[Loss], services: list[Loss]) -> Iterator[ExposureRow]:
    """Yield layers and services that fare alike by an exposure, what a shock hits first."""
    of_layers = {layer.id: short_title(layer.title) or layer.id for layer in case.layers}
    of_services = {
        service.id: short_title(service.title) or service.id for service in case.services
    }
    hits = {
        tag: "; ".join(
            short_title(shock.title) or shock.id for shock in case.shocks if tag in shock.hits
        )
        for tag in tags(case)
    }
    for tag in sorted(hits, key=lambda tag: (rank(tag), not hits[tag])):
        for some in _alike(layers, tag):
            names = tuple(of_layers.get(loss.name, loss.name) for loss in some)
            yield _row(some[0], names, (), hits[tag])
        for some in _alike(services, tag):
            names = tuple(of_services[loss.name] for loss in some)
            through = dict.fromkeys(of_layers.get(loss.through, loss.through) for loss in some)
            yield _row(some[0], names, tuple(through), hits[tag])


def _alike(losses: Iterable[Loss], tag: str) -> list[list[Loss]]:
    """Return the losses at stake by an exposure, equal ones together, the largest left first."""
    alike: dict[tuple[Fraction, Fraction], list[Loss]] = {}
    for loss in losses:
        if loss.tag == tag and loss.fate is not Fate.NO_LOSS:
            alike.setdefault((loss.after, loss.before), []).append(loss)
    return [alike[key] for key in sorted(alike, reverse=True)]


def _row(loss: Loss, names: tuple[str, ...], through: tuple[str, ...], hit: str) -> ExposureRow:
    return ExposureRow(
        loss.tag,
        not through,
        names,
        "; ".join(through) if loss.after > NOTHING else "",
        plain(loss.before),
        plain(loss.after),
        loss.fate,
        hit,
    )


def _with_words(case: Case, rows: tuple[ExposureRow, ...]) -> tuple[ExposureRow, ...]:
    """Put the largest losses of layers that are left into words, what a shock hits first."""
    order = {tag: number for number, tag in enumerate(tags(case))}
    left = [row for row in rows if row.of_layer and row.after > NOTHING]
    left.sort(key=lambda row: (*_interest(row), order[row.tag]))
    largest = {(row.tag, row.names) for row in left[:SHOWN]}
    holders = {provider.id: short_title(provider.title) for provider in case.providers}
    return tuple(
        replace(row, words=in_words(row, holders))
        if row.of_layer and (row.tag, row.names) in largest
        else row
        for row in rows
    )


def _interest(row: ExposureRow) -> tuple[bool, bool, float]:
    """Rank losses: those that a shock may bring, laws and vendors, the largest left."""
    return (not row.shocks, kind(row.tag) not in FIRST_KINDS, -row.after)


def in_words(row: ExposureRow, holders: Mapping[str, str]) -> str:
    """Return what would be missing, in one plain sentence; ``holders`` are titles of providers."""
    text = _("Without {whatever}, {after} of {name} would be missing (today {before}).")
    if row.after == row.before:
        text = _("Without {whatever}, {after} of {name} would be missing, as today.")
    return text.format(
        whatever=whatever(row.tag, holders),
        name=listed(row.names),
        before=whole_percent(row.before),
        after=whole_percent(row.after),
    )


def whatever(tag: str, holders: Mapping[str, str]) -> str:
    """Return everything that has an exposure, in words."""
    name = tag.partition(":")[2].strip()
    name = holders.get(name) or name
    text = {
        "law": _("everything under the law of {name}"),
        "vendor": _("everything from {name}"),
        "place": _("everything in {name}"),
        "route": _("everything that runs through {name}"),
        "node": _("everything that rests on {name}"),
    }.get(kind(tag), _("everything exposed to {name}"))
    return text.format(name=name or tag)


def _sentences(layers: list[Loss], rows: tuple[ExposureRow, ...]) -> Iterator[str]:
    stake = [layer.fate for layer in layers if layer.fate is not Fate.NO_LOSS]
    if stake:
        yield _(
            "Today {stake} times a layer would lack something without all that has one exposure: "
            "the plan fills {removed} of these gaps (assert), reduces {reduced} to half or less "
            "(manage) and leaves {left} (accept)."
        ).format(
            stake=len(stake),
            removed=stake.count(Fate.REMOVED),
            reduced=stake.count(Fate.REDUCED),
            left=stake.count(Fate.LEFT),
        )
    words = [row for row in rows if row.words]
    if words:
        yield min(words, key=_interest).words
