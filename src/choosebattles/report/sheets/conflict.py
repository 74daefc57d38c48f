"""Conflict: what cannot all hold, and what would make a plan possible."""

from choosebattles.report.sheets.book import Book
from choosebattles.report.sheets.looks import Kind
from choosebattles.report.sheets.page import Column, Page
from choosebattles.words import _


def write_conflict(book: Book, page: Page) -> None:
    """Write every demand of every conflict, with the change that would do."""
    line = _("Demands with the same number cannot all hold together.")
    page.head(book.titled(_("Conflict")), line)
    page.table(
        [
            Column(_("Conflict"), Kind.COUNT, 9),
            Column(_("What"), Kind.TEXT, 60),
            Column(_("Cell"), Kind.NAME, 20),
            Column(_("Value"), Kind.NAME, 14),
            Column(_("What would do"), Kind.TEXT, 60),
        ],
        [
            (each.number, each.what, each.cell, each.value, each.repair)
            for each in book.story.conflict_rows
        ],
        name="Conflict",
    )
