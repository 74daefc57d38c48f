"""Services under shocks as a heat map: numbers always printed, shading in addition."""

from collections import Counter
from collections.abc import Iterable, Sequence

from choosebattles.report.parts.services import ServiceRow
from choosebattles.report.sheets.book import Book
from choosebattles.report.sheets.looks import Kind
from choosebattles.report.sheets.page import Area, Cell, Column, Page, Special
from choosebattles.words import _

ONE_PAGE = 72
"""Rows up to which the map is printed on one page."""
ACROSS = 135
"""Width that the shocks share, within bounds for each."""
WIDEST = 11
NARROWEST = 7.5
WORST = "#E8A15B"
GAIN = "#7FB2DC"
NONE = "#FFFFFF"


def write_services(book: Book, page: Page) -> None:
    """Write three rows for each service, before, after and change, and a column for each shock."""
    lines = [
        _(
            "What remains of each service in the final year when the shock strikes: before "
            "the plan (today's providers and what is under way), after it, and the change in percentage points."
        )
    ]
    if book.answer.must_hold:
        lines.append(
            _("A star (*) marks what must hold at least a share; the floors stand below the map.")
        )
    page.head(book.titled(_("Services")), *lines)
    heads = shock_heads(book.answer.services)
    width = min(WIDEST, max(NARROWEST, ACROSS / len(heads)))
    rows = [*_services(book), *_together(book)]
    area = page.table(
        [
            Column(_("Service"), Kind.TEXT, 36),
            Column(_("When"), Kind.NAME, 9),
            *(Column(each, Kind.KEPT, width, turned=True) for each in heads),
        ],
        rows,
        name="Services",
        keep=2,
        autofilter=False,
    )
    book.areas["services"] = area
    _shade(page, area)
    for number, each in enumerate(book.answer.must_hold):
        page.sheet.write_string(area.last + 2 + number, 0, f"* {each.sentence}", page.looks.lead)
    if area.last <= ONE_PAGE:
        page.sheet.fit_to_pages(1, 1)


def shock_heads(rows: Sequence[ServiceRow]) -> list[str]:
    """Return the heads of the columns: titles of shocks, with the id where two are alike."""
    return _distinct({each.shock: each.shock_title for each in rows})


def _distinct(titles: dict[str, str]) -> list[str]:
    alike = Counter(title.casefold() for title in titles.values())
    return [
        title if alike[title.casefold()] == 1 else f"{title} ({name})"
        for name, title in titles.items()
    ]


def _services(book: Book) -> Iterable[list[Cell]]:
    found: dict[str, list[ServiceRow]] = {}
    for each in book.answer.services:
        found.setdefault(each.service, []).append(each)
    names = _distinct({service: rows[0].title for service, rows in found.items()})
    for name, rows in zip(names, found.values(), strict=True):
        yield from _three(
            name,
            [each.before for each in rows],
            [each.after for each in rows],
            [each.must_hold is not None for each in rows],
        )


def _together(book: Book) -> Iterable[list[Cell]]:
    rows = book.answer.together
    if rows:
        yield from _three(
            _("All services, by weight"),
            [each.before for each in rows],
            [each.after for each in rows],
            [False for each in rows],
        )


def _three(
    name: str, before: Sequence[float], after: Sequence[float], held: Sequence[bool]
) -> Iterable[list[Cell]]:
    again, last = Special(name, Kind.AGAIN), Special(name, Kind.AGAIN_END)
    kinds = [Kind.FLOORED if each else Kind.KEPT for each in held]
    gains = (round(new - old, 9) + 0.0 for old, new in zip(before, after, strict=True))
    yield [name, _("before"), *before]
    yield [
        again,
        _("after"),
        *(Special(share, kind) for share, kind in zip(after, kinds, strict=True)),
    ]
    yield [
        last,
        Special(_("change"), Kind.END),
        *(Special(gain, Kind.GAIN) for gain in gains),
    ]


def _shade(page: Page, area: Area) -> None:
    last = len(area.columns) - 1
    kept = [row for row in range(area.first, area.last + 1) if (row - area.first) % 3 != 2]
    gained = [row for row in range(area.first, area.last + 1) if (row - area.first) % 3 == 2]
    for rows, low, high in ((kept, WORST, NONE), (gained, NONE, GAIN)):
        page.shade([(row, 2, row, last) for row in rows], low, high)
