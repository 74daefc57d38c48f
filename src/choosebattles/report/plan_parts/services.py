"""Services under shocks: what goes on working in the final year, before a plan and after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.service import Service
from choosebattles.case.shock import Shock
from choosebattles.report.number_wording import plain, whole_percent
from choosebattles.spelling import short_title
from choosebattles.translation import _, listed


@dataclass(frozen=True)
class ServiceRow:
    """A service under a shock in the final year, as shares of its full working."""

    service: str
    title: str
    needs: str
    weight: float
    shock: str
    shock_title: str
    before: float
    after: float
    must_hold: float | None
    """The floor, where it binds against this shock."""


@dataclass(frozen=True)
class TogetherRow:
    """All services under a shock, as the mean of them by their weights."""

    shock: str
    before: float
    after: float


@dataclass(frozen=True)
class MustHoldRow:
    """What a service must hold, in a sentence."""

    service: str
    least: float
    sentence: str


def service_rows(case: Case, recount: Recount) -> tuple[ServiceRow, ...]:
    """Return every service under every shock."""
    return tuple(
        ServiceRow(
            service.id,
            short_title(service.title) or service.id,
            "; ".join(service.needs),
            float(service.weight),
            shock.id,
            short_title(shock.title) or shock.id,
            plain(recount.before.services[service.id, shock.id]),
            plain(recount.after.services[service.id, shock.id]),
            plain(service.must_hold)
            if service.must_hold is not None and _binds(service, shock)
            else None,
        )
        for service in case.services
        for shock in case.shocks
    )


def together_rows(case: Case, recount: Recount) -> tuple[TogetherRow, ...]:
    """Return the weighted mean of all services under every shock; nothing without a weight."""
    weights = {service.id: Fraction(service.weight) for service in case.services}
    whole = sum(weights.values())
    if not whole:
        return ()
    return tuple(
        TogetherRow(
            shock.id,
            *(
                plain(sum(w * kept[service, shock.id] for service, w in weights.items()) / whole)
                for kept in (recount.before.services, recount.after.services)
            ),
        )
        for shock in case.shocks
    )


def must_hold_rows(case: Case, recount: Recount) -> tuple[MustHoldRow, ...]:
    """Return what services must hold, and how little is left of them at the least."""
    return tuple(_must_hold(case, recount)) if case.shocks else ()


def _must_hold(case: Case, recount: Recount) -> Iterator[MustHoldRow]:
    for service in case.services:
        if service.must_hold is None:
            continue
        shocks = [shock for shock in case.shocks if _binds(service, shock)]
        if not shocks:
            continue
        worst = min(shocks, key=lambda shock: recount.after.services[service.id, shock.id])
        against = (
            _("every shock")
            if len(shocks) == len(case.shocks)
            else listed(short_title(shock.title) or shock.id for shock in shocks)
        )
        text = _(
            "{service} must hold {floor} against {shocks}; the least is {held}, under {worst}."
        )
        yield MustHoldRow(
            service.id,
            plain(service.must_hold),
            text.format(
                service=short_title(service.title) or service.id,
                floor=whole_percent(service.must_hold),
                shocks=against,
                held=whole_percent(recount.after.services[service.id, worst.id]),
                worst=short_title(worst.title) or worst.id,
            ),
        )


def _binds(service: Service, shock: Shock) -> bool:
    return not service.against or shock.id in service.against
