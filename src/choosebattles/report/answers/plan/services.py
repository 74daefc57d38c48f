"""Services under shocks, before the plan and after it."""

from collections import Counter
from collections.abc import Iterator, Sequence

from choosebattles.report.document import (
    WORKBOOK,
    Column,
    Kind,
    Row,
    Section,
    Sentences,
    Shown,
    Table,
    Tone,
)
from choosebattles.report.plan_parts.services import ServiceRow
from choosebattles.report.view_model import Answer
from choosebattles.translation import _

ACROSS = 135
"""Letters across that the shocks share, within bounds for each."""
WIDEST, NARROWEST = 11, 7.5


def services(answer: Answer) -> Section:
    """Return services under shocks as a heat map: numbers always, shading in addition."""
    leads = [
        _(
            "What remains of each service in the final year when the shock strikes: before "
            "the plan (today's providers and what is under way), after it, and the change in percentage points."
        )
    ]
    if answer.must_hold:
        leads.append(
            _("A star (*) marks what must hold at least a share; the floors stand below the map.")
        )
    heads = shock_heads(answer.services)
    width = min(WIDEST, max(NARROWEST, ACROSS / len(heads)))
    table = Table(
        "Services",
        (
            Column(_("Service"), Kind.TEXT, 36),
            Column(_("When"), Kind.NAME, 9),
            *(Column(head, Kind.KEPT, width, turned=True) for head in heads),
        ),
        [*_services(answer), *_together(answer)],
        keep=2,
        filtered=False,
    )
    floors = tuple(f"* {row.sentence}" for row in answer.must_hold)
    return Section(
        _("Services"),
        (table, Sentences(floors)),
        leads=tuple(leads),
        answers=_("What goes on working in a shock, before and after?"),
        on=WORKBOOK,
    )


def shock_heads(rows: Sequence[ServiceRow]) -> list[str]:
    """Return the heads of the columns: titles of shocks, with the id where two are alike."""
    return _distinct({row.shock: row.shock_title for row in rows})


def _distinct(titles: dict[str, str]) -> list[str]:
    alike = Counter(title.casefold() for title in titles.values())
    return [
        title if alike[title.casefold()] == 1 else f"{title} ({name})"
        for name, title in titles.items()
    ]


def _services(answer: Answer) -> Iterator[Row]:
    found: dict[str, list[ServiceRow]] = {}
    for row in answer.services:
        found.setdefault(row.service, []).append(row)
    names = _distinct({service: rows[0].title for service, rows in found.items()})
    for name, rows in zip(names, found.values(), strict=True):
        yield from _three(
            name,
            [row.before for row in rows],
            [row.after for row in rows],
            [row.must_hold is not None for row in rows],
        )


def _together(answer: Answer) -> Iterator[Row]:
    rows = answer.together
    if rows:
        yield from _three(
            _("All services, by weight"),
            [row.before for row in rows],
            [row.after for row in rows],
            [False for _row in rows],
        )


def _three(
    name: str, before: Sequence[float], after: Sequence[float], floored: Sequence[bool]
) -> Iterator[Row]:
    """Yield what is kept before and after the plan, and the change."""
    kinds = [Kind.FLOORED if floor else Kind.KEPT for floor in floored]
    gains = (round(new - old, 9) + 0.0 for old, new in zip(before, after, strict=True))
    yield (name, _("before"), *(Shown(share, Kind.KEPT, Tone.KEPT) for share in before))
    yield (
        Shown(name, Kind.AGAIN),
        _("after"),
        *(Shown(share, kind, Tone.KEPT) for share, kind in zip(after, kinds, strict=True)),
    )
    yield (
        Shown(name, Kind.AGAIN_END),
        Shown(_("change"), Kind.END),
        *(Shown(gain, Kind.GAIN, Tone.GAINED) for gain in gains),
    )
