"""Inputs, criteria and sources: what the answer rests on."""

from choosebattles.report.sheets.book import Book
from choosebattles.report.sheets.looks import Kind
from choosebattles.report.sheets.page import Cell, Column, Page
from choosebattles.words import _

SCALE = 0
"""Row of the points that make an index of 100."""


def write_inputs(book: Book, page: Page) -> None:
    """Write files, settings, control totals, solver, warnings and notes."""
    page.head(
        book.titled(_("Inputs")),
        _("What was read and how it was solved: with the same files, the same answer."),
    )
    rows: list[tuple[Cell, ...]] = [
        (each.kind, each.name, each.value) for each in book.story.inputs
    ]
    if book.story.answer is not None:
        scale = book.story.answer.scale
        rows.insert(SCALE, (_("Scale"), _("Points that make an index of 100"), scale))
    book.areas["inputs"] = page.table(
        [
            Column(_("Kind"), Kind.NAME, 16),
            Column(_("Name"), Kind.TEXT, 36),
            Column(_("Value"), Kind.TEXT, 84),
        ],
        rows,
        name="Inputs",
    )


def write_criteria(book: Book, page: Page) -> None:
    """Write every criterion with its weight and what its scores mean."""
    page.head(
        book.titled(_("Criteria")),
        _("Weights are those within an objective, with a sum of 100 %."),
    )
    book.areas["criteria"] = page.table(
        [
            Column(_("Criterion"), Kind.NAME, 16),
            Column(_("Title"), Kind.TEXT, 28),
            Column(_("Objective"), Kind.NAME, 14),
            Column(_("Weight"), Kind.SHARE, 9),
            Column(_("0 means"), Kind.TEXT, 30),
            Column(_("50 means"), Kind.TEXT, 30),
            Column(_("100 means"), Kind.TEXT, 30),
        ],
        [
            (
                each.id,
                each.title,
                each.objective,
                each.weight,
                each.anchor_0,
                each.anchor_50,
                each.anchor_100,
            )
            for each in book.story.criteria
        ],
        name="Criteria",
    )


def write_sources(book: Book, page: Page) -> None:
    """Write where figures come from."""
    page.head(
        book.titled(_("Sources")),
        _("Grades: A official figure, B published estimate, C expert judgement, D illustrative."),
    )
    book.areas["sources"] = page.table(
        [
            Column(_("Source"), Kind.NAME, 14),
            Column(_("Text"), Kind.TEXT, 60),
            Column(_("Link"), Kind.TEXT, 50),
            Column(_("Year"), Kind.NAME, 8),
            Column(_("Grade"), Kind.NAME, 8),
        ],
        [(each.id, each.text, each.link, each.year, each.grade) for each in book.story.sources],
        name="Sources",
    )
