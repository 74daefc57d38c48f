"""What the workbooks of studies share: a safe write, titles, and points read back."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from textwrap import wrap
from typing import Unpack

from openpyxl import load_workbook
from xlsxwriter import Workbook

from choosebattles.case.case import Case
from choosebattles.errors import Fault, OutputError
from choosebattles.execution.protection import OFFICE_MARK, Guard
from choosebattles.execution.safe_write import Written, write_safely
from choosebattles.report.parts.evidence import is_illustrative
from choosebattles.report.sheets.looks import Looks
from choosebattles.report.sheets.page import HEADER_ROW, Page
from choosebattles.report.wording import decimals
from choosebattles.report.xlsx import REFUSED
from choosebattles.words import _

ACROSS = 110
"""Letters of a line below a table."""

Told = Sequence[Sequence[str | float | int | None]]
"""Cells of a table, as they must read back."""


class StudyBook:
    """A workbook of a study while it is being written."""

    def __init__(self, case: Case, book: Workbook, costs: Iterable[float]) -> None:
        self.case = case
        self.book = book
        self.looks = Looks(book, decimals(costs), 1)
        self.pages: list[Page] = []

    def page(self, name: str, title: str, *lines: str) -> Page:
        """Add a sheet with its title and lines of help."""
        page = Page(self.book.add_worksheet(name), self.looks, name)
        self.pages.append(page)
        title = f"{self.case.country}: {title}" if self.case.country else title
        if is_illustrative(self.case):
            title = _("{title} (illustrative figures)").format(title=title)
        page.head(title, *lines)
        return page

    def tell(self, page: Page, row: int, texts: Iterable[str]) -> int:
        """Write sentences below a table, broken into lines; return the row after them."""
        for text in texts:
            for line in wrap(text, ACROSS):
                page.sheet.write_string(row, 0, line, self.looks.lead)
                row += 1
        return row


def write_study(
    case: Case,
    path: Path,
    write: Callable[[StudyBook], None],
    verify: tuple[str, Told],
    *,
    costs: Iterable[float] = (),
    doubts: Sequence[Fault] = (),
    **guard: Unpack[Guard],
) -> Written:
    """Write a workbook so that a failure harms no earlier one, and read its first table back.

    Parameters
    ----------
    case
        The case of the study.
    path
        Where the workbook shall stand.
    write
        Writes the sheets.
    verify
        The sheet to read back, and the first cells of the rows of its table.
    costs
        Amounts that are shown, for the number of decimals.
    doubts
        What may have been read otherwise than it was meant: told on the first sheet.
    guard
        Files that must never be overwritten (``inputs``), and whether a file that this program
        did not write may be (``overwrite``).

    Raises
    ------
    OutputError
        If the file cannot be written, or reads back differently.
    """

    def to(partial: Path) -> None:
        with Workbook(str(partial), REFUSED) as book:
            book.set_properties(OFFICE_MARK)
            sheets = StudyBook(case, book, costs)
            write(sheets)
            sheets.pages[0].doubt(doubts)

    def read_back(partial: Path) -> None:
        sheet, told = verify
        if told and _found(partial, sheet, len(told), len(told[0])) != [tuple(e) for e in told]:
            sentence = _(
                "The results were not kept, because they read back differently: {place}. Whatever "
                "stood there before is intact. Please report this."
            )
            raise OutputError(sentence.format(place=sheet))

    return write_safely(path, to, read_back, **guard)


def _found(path: Path, sheet: str, rows: int, columns: int) -> list[tuple[object, ...]]:
    with path.open("rb") as stream:
        book = load_workbook(stream, data_only=True)
        try:
            return [
                tuple(cell.value for cell in row)
                for row in book[sheet].iter_rows(
                    min_row=HEADER_ROW + 2, max_row=HEADER_ROW + 1 + rows, max_col=columns
                )
            ]
        finally:
            book.close()
