"""The user's own plan beside the one found: what it is worth and breaks, and row by row."""

from choosebattles.report.parts.own import own_sentence
from choosebattles.report.sheets.book import Book
from choosebattles.report.sheets.looks import Kind
from choosebattles.report.sheets.page import Cell, Column, Page
from choosebattles.words import _


def write_worth(book: Book, page: Page) -> None:
    """Write every index and the cost of both plans, and below what the own plan breaks."""
    worth = book.answer.own_worth
    assert worth is not None
    line = _("Both plans counted alike, in the same points; before is with nothing new.")
    page.head(book.titled(_("Own plan")), line, worth.assumed)
    rows: list[list[Cell]] = [
        [each.measure, each.unit, each.before, each.own, each.best, each.own - each.best]
        for each in worth.measures
    ]
    titles = (_("Before"), _("Your plan"), _("This plan"), _("Difference"))
    area = page.table(
        [
            Column(_("Measure"), Kind.NAME, 26),
            Column(_("Unit"), Kind.NAME, 14),
            *(Column(each, Kind.POINTS, 13) for each in titles),
        ],
        rows,
        name="OwnPlan",
        autofilter=False,
    )
    book.areas["own"] = area
    row = area.last + 2
    if not worth.breaks:
        kept = _("It keeps to the money, the people and the rules.")
        page.sheet.write_string(row, 0, kept, page.looks.plain)
        return
    page.sheet.write_string(row, 0, _("What your plan breaks"), page.looks.section)
    for number, text in enumerate(worth.breaks, row + 1):
        page.sheet.write_string(number, 0, f"- {text}", page.looks.plain)


def write_rows(book: Book, page: Page) -> None:
    """Write the user's own plan beside the one found."""
    rows = book.answer.own
    page.head(book.titled(_("Own plan, by row")), own_sentence(rows))
    book.areas["own rows"] = page.table(
        [
            Column(_("Investment"), Kind.NAME, 15),
            Column(_("Title"), Kind.TEXT, 42),
            Column(_("Your option"), Kind.NAME, 15),
            Column(_("Your start"), Kind.YEAR, 10),
            Column(_("This plan's option"), Kind.NAME, 15),
            Column(_("This plan's start"), Kind.YEAR, 11),
            Column(_("Both compared"), Kind.TEXT, 24),
        ],
        [
            (
                each.investment,
                each.title,
                each.own,
                each.own_start,
                each.best,
                each.best_start,
                each.verdict,
            )
            for each in rows
        ],
        name="OwnPlanRows",
        keep=2,
    )
