"""Assert, manage, accept: what an exposure could take away, before the plan and after it."""

from choosebattles.report.parts.exposure import ExposureRow, fate_in_words
from choosebattles.report.sheets.book import Book
from choosebattles.report.sheets.looks import Kind
from choosebattles.report.sheets.page import Cell, Column, Page
from choosebattles.words import _


def write_exposure(book: Book, page: Page) -> None:
    """Write a row for each loss that an exposure could bring to a layer or to services."""
    told = book.answer.exposure
    assert told is not None
    lines = (
        _(
            "Lost in the final year if everything with the exposure fell away. Removed (assert): "
            "at most 0.5 % is left of the loss; reduced (manage): at most half; else left (accept)."
        ),
        _(
            "Services lose what the weakest layer that they need loses. No loss, before and after, "
            "in {number} more cases: they are not listed."
        ).format(number=told.no_loss),
    )
    page.head(book.titled(_("Exposure")), *lines)
    if not told.rows:
        page.sheet.write_string(4, 0, _("No exposure takes anything away."), page.looks.sentence)
        return
    book.areas["exposure"] = page.table(
        [
            Column(_("Exposure"), Kind.NAME, 13),
            Column(_("Of"), Kind.NAME, 10),
            Column(_("What"), Kind.TEXT, 52),
            Column(_("Lost before"), Kind.KEPT, 9),
            Column(_("Lost after"), Kind.KEPT, 9),
            Column(_("The plan"), Kind.NAME, 17),
            Column(_("Weakest layer"), Kind.TEXT, 20),
            Column(_("Shocks that hit it"), Kind.TEXT, 22),
            Column(_("The largest losses left, in words"), Kind.TEXT, 38),
        ],
        [_cells(each) for each in told.rows],
        name="Exposure",
        keep=3,
    )


def _cells(row: ExposureRow) -> list[Cell]:
    return [
        row.tag,
        _("layers") if row.of_layer else _("services"),
        "; ".join(row.names),
        row.before,
        row.after,
        fate_in_words(row.fate),
        row.through,
        row.shocks,
        row.words,
    ]
