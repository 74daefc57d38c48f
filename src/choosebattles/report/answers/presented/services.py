"""A section on what goes on working in each shock."""

import math
from collections.abc import Iterator, Sequence

from choosebattles.report.document import (
    PRESENTED,
    TEXT,
    HeatMap,
    Manner,
    Section,
    Sentences,
)
from choosebattles.report.plan_parts.services import ServiceRow
from choosebattles.report.plan_parts.working_services import SMALL, keeps, worst
from choosebattles.report.view_model import Answer, Story
from choosebattles.translation import _, several

MOST = 14
"""Services and shocks that a map has room for."""


def services(story: Story, answer: Answer) -> Section | None:
    """Return what goes on working in each shock; None where the case has no services or shocks."""
    if not answer.services:
        return None
    rows = answer.services
    shocks, served = _ranked(rows, "shock"), _ranked(rows, "service")
    told = keeps(rows)
    return Section(
        _("What keeps working"),
        (
            _map(rows, shocks, served),
            Sentences(tuple(row.sentence for row in answer.must_hold), manner=Manner.LIST),
            Sentences(told, manner=Manner.LIST, on=TEXT),
        ),
        title=_("What keeps working in a shock"),
        message=f"{_capital(in_full(rows, story.years[-1]))}. {worst(rows)}".strip(),
        sources=(
            _("Shares before and after: results workbook, sheet Services, rows before and after."),
            _("Floors of services: workbook of the case, sheet Services, column Must hold."),
        ),
        notes=told,
        on=PRESENTED,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def in_full(rows: Sequence[ServiceRow], year: int) -> str:
    """Return in how many shocks every service works in full, with the plan and without it."""
    if not rows:
        return ""
    shocks = {row.shock for row in rows}
    full_after = shocks - {row.shock for row in rows if row.after <= 1 - SMALL}
    full_before = shocks - {row.shock for row in rows if row.before <= 1 - SMALL}
    if full_after == shocks:
        text = several(
            "in {year} every service works in full in the one shock, today in {before}",
            "in {year} every service works in full in all {all} shocks, today in {before}",
            len(shocks),
        )
    else:
        text = _(
            "in {year} every service works in full in {after} of {all} shocks, today in {before}"
        )
    return text.format(year=year, after=len(full_after), all=len(shocks), before=len(full_before))


def _ranked(rows: Sequence[ServiceRow], which: str) -> list[str]:
    """Return the shocks or the services, those first of which least is left with the plan."""
    found: dict[str, list[ServiceRow]] = {}
    for row in rows:
        found.setdefault(getattr(row, which), []).append(row)

    def left(name: str) -> tuple[float, ...]:
        after, before = ([getattr(row, it) for row in found[name]] for it in ("after", "before"))
        return min(after), sum(after), min(before), sum(before)

    return sorted(found, key=left)


def _map(rows: Sequence[ServiceRow], shocks: Sequence[str], served: Sequence[str]) -> HeatMap:
    by_place = {(row.shock, row.service): row for row in rows}
    seen = shocks[:MOST], served[:MOST]
    shown = [[by_place[shock, service] for service in seen[1]] for shock in seen[0]]
    return HeatMap(
        "Kept",
        _("Shock, the worst first"),
        tuple(line[0].shock_title for line in shown),
        tuple(row.title for row in shown[0]),
        tuple(tuple(row.before for row in line) for line in shown),
        tuple(tuple(row.after for row in line) for line in shown),
        _(
            "Two maps of shocks and services: what remains of each service in the last year, in "
            "percent, today and with the plan."
        ),
        " ".join(_unseen(rows, *seen)),
    )


def _unseen(
    rows: Sequence[ServiceRow], shocks: Sequence[str], served: Sequence[str]
) -> Iterator[str]:
    """Yield how much is left at the least in what the map has no room for."""
    others = [row.after for row in rows if row.shock not in shocks]
    if others:
        number = len({row.shock for row in rows}) - len(shocks)
        text = several(
            "{number} more shock leaves at least {least} of every service.",
            "{number} more shocks leave at least {least} of every service.",
            number,
        )
        yield text.format(number=number, least=_least(others))
    others = [row.after for row in rows if row.service not in served]
    if others:
        number = len({row.service for row in rows}) - len(served)
        text = several(
            "Of {number} more service at least {least} is left in every shock.",
            "Of {number} more services at least {least} is left in every shock.",
            number,
        )
        yield text.format(number=number, least=_least(others))


def _least(shares: Sequence[float]) -> str:
    return f"{math.floor(100 * min(shares) + 1e-9)} %"
