"""Why: every option with the numbers behind its decision, and the price of every demand."""

import math
from collections.abc import Iterator, Sequence

from choosebattles.report.parts.why import DemandRow, WhyRow
from choosebattles.report.sheets.book import Book
from choosebattles.report.sheets.looks import Kind
from choosebattles.report.sheets.page import Cell, Column, Page
from choosebattles.words import _, listed

Ends = tuple[float | None, float | None]


def why_name() -> str:
    """Return the name of the sheet of options."""
    return _("Why")


def demands_name() -> str:
    """Return the name of the sheet of demands."""
    return _("Why, demands")


def write_why(
    book: Book, page: Page, rows: Sequence[WhyRow], told: str, objectives: Sequence[str]
) -> None:
    """Write a row for each option: what is in the plan first, the dearest to lose before others."""
    lead = _(
        "Each number lies between the two ends given, which are proved; one number in both is "
        "settled. Empty: not known, or without end. Costs in {unit}, without income: from the start "
        "in the plan, or in the best one found with it."
    ).format(unit=f"{book.story.unit}{book.story.first_year}")
    page.head(book.titled(_("Why in the plan, why not")), told, lead)
    columns = [
        Column(_("Option"), Kind.NAME, 14),
        Column(_("Decision"), Kind.TEXT, 13),
        Column(_("Why"), Kind.TEXT, 62),
        Column(_("Price of the other decision, from"), Kind.NUMBER, 11),
        Column(_("Price, to"), Kind.NUMBER, 10),
        Column(_("Loss if only the hole is refilled, from"), Kind.NUMBER, 12),
        Column(_("Loss, to"), Kind.NUMBER, 10),
        Column(_("Cost"), Kind.MONEY, 9),
        Column(_("May cost more by (below 0: must cost less), from"), Kind.NUMBER, 13),
        Column(_("May cost more by, to"), Kind.NUMBER, 11),
        *(each for name in objectives for each in _scores(name)),
        Column(_("Enters instead"), Kind.TEXT, 22),
        Column(_("Leaves"), Kind.TEXT, 22),
        Column(_("Starts in another year"), Kind.TEXT, 32),
        Column(_("Settled"), Kind.TEXT, 9),
    ]
    page.table(columns, [tuple(_cells(each, objectives)) for each in rows], name="Why", keep=2)


def _scores(objective: str) -> Iterator[Column]:
    text = _("Points on {objective} to flip it, {end}")
    yield Column(text.format(objective=objective, end=_("from")), Kind.NUMBER, 12)
    yield Column(text.format(objective=objective, end=_("to")), Kind.NUMBER, 12)


def _cells(row: WhyRow, objectives: Sequence[str]) -> Iterator[Cell]:
    yield from (row.id, row.decision, row.sentence)
    yield from _shown(row.price, 4)
    yield from _shown(row.refilled, 4)
    yield row.cost
    yield from _shown(row.cost_change, 3)
    for name in objectives:
        yield from _shown(row.additions.get(name, (None, None)), 2)
    yield ", ".join(row.enters)
    yield ", ".join(row.leaves)
    yield ", ".join(f"{name} {old} -> {new}" for name, old, new in row.moves)
    yield _("yes") if row.settled else _("not yet")


def _shown(ends: Ends, digits: int) -> Ends:
    """Return the ends in some decimals; of an interval, rounded so that it still holds."""
    low, high = ends
    if low is not None and low == high:
        return round(low, digits), round(low, digits)
    size = 10.0**digits
    return (
        None if low is None else math.floor(low * size + 1e-6) / size,
        None if high is None else math.ceil(high * size - 1e-6) / size,
    )


def write_demands(book: Book, page: Page, rows: Sequence[DemandRow], told: str) -> None:
    """Write what each of the user's own demands costs, the dearest first."""
    lead = _("The price of a demand: what the best plan without it is worth more.")
    page.head(book.titled(_("What your own demands cost")), told, lead)
    columns = [
        Column(_("Demand"), Kind.TEXT, 52),
        Column(_("Cell"), Kind.NAME, 16),
        Column(_("What it costs"), Kind.TEXT, 52),
        Column(_("Price, from"), Kind.NUMBER, 10),
        Column(_("Price, to"), Kind.NUMBER, 10),
        Column(_("Would enter"), Kind.TEXT, 22),
        Column(_("Would leave"), Kind.TEXT, 22),
        Column(_("Settled"), Kind.TEXT, 9),
    ]
    cells = [
        (
            each.what,
            each.cell,
            each.sentence,
            *_shown(each.price, 4),
            listed(each.enters) if each.enters else None,
            listed(each.leaves) if each.leaves else None,
            _("yes") if each.settled else _("not yet"),
        )
        for each in rows
    ]
    page.table(columns, cells, name="WhyDemands")
