"""Checks and contents: whether the workbook agrees with itself, and where everything stands."""

from collections.abc import Sequence
from datetime import date

from choosebattles.report.sheets.book import Book
from choosebattles.report.sheets.checking import Check, checks
from choosebattles.report.sheets.looks import Kind
from choosebattles.report.sheets.page import Cell, Column, Formula, Page, quoted
from choosebattles.words import _

MASTER = "A3"
OK = "OK"
"""The word of a check that holds; the same in every language."""
LOOK = "LOOK"


def all_hold(number: int) -> str:
    """Return what the master cell says when every check holds."""
    return _("All {number} checks OK").format(number=number)


def write_checks(book: Book, page: Page) -> Formula:
    """Write every check and the one cell that sums them up; return a formula that repeats it."""
    made = tuple(checks(book))
    book.checks = len(made)
    page.head(
        book.titled(_("Checks")),
        _("These formulas add the workbook up again. A row that does not hold says LOOK."),
    )
    rows: list[list[Cell]] = []
    for number, each in enumerate(made, 1):
        row = page_row(number)
        result = Formula(f'IF(ABS(C{row}-D{row})<=E{row},"{OK}","{LOOK}")', _result(each))
        rows.append([number, each.says, each.found, each.expected, each.allowed, result])
    area = page.table(
        [
            Column(_("No."), Kind.COUNT, 6),
            Column(_("Check"), Kind.TEXT, 66),
            Column(_("Found"), Kind.NUMBER, 15),
            Column(_("Expected"), Kind.NUMBER, 15),
            Column(_("May differ by"), Kind.NUMBER, 12),
            Column(_("Result"), Kind.NAME, 10),
        ],
        rows,
        name="Checks",
    )
    book.areas["checks"] = area
    _notes(book, page, area.last + 2)
    results = area.column(_("Result"))
    good = f'COUNTIF({results},"{OK}")'
    wrong = sum(not each.holds for each in made)
    rest = _("of {number} checks do not hold: look").format(number=len(made))
    whole = Formula(
        f'IF({good}={len(made)},"{_text(all_hold(len(made)))}",'
        f'({len(made)}-{good})&" {_text(rest)}")',
        all_hold(len(made)) if not wrong else f"{wrong} {rest}",
    )
    seal(page, whole)
    return Formula(f"{quoted(page.name)}!${MASTER[0]}${MASTER[1:]}", whole.value)


def page_row(number: int) -> int:
    """Return the row of a check as a spreadsheet counts rows."""
    return number + 5


def seal(page: Page, master: Formula) -> None:
    """Write whether all checks hold, below the title."""
    page.formula(2, 0, master, page.looks.section)


def write_contents(
    book: Book,
    page: Page,
    sheets: Sequence[tuple[str, str]],
    master: Formula | None,
    made: date,
) -> None:
    """Write which sheet answers which question, with links."""
    line = _("Results of choosebattles, made on {day} from {name}.").format(
        day=made.isoformat(), name=book.story.name or _("a case without a file")
    )
    page.head(book.titled(_("Contents")), line)
    if master is not None:
        seal(page, master)
    page.table(
        [Column(_("Sheet"), Kind.NAME, 18), Column(_("What it answers"), Kind.TEXT, 100)],
        sheets,
        name="Contents",
        autofilter=False,
    )
    for row, (name, _question) in enumerate(sheets, 5):
        page.link(row, 0, name)


def _result(check: Check) -> str:
    return OK if check.holds else LOOK


def _text(words: str) -> str:
    return words.replace('"', '""')


def _notes(book: Book, page: Page, row: int) -> None:
    left_out = [each for each in book.answer.readditions if each.why_not]
    for number, each in enumerate(left_out):
        text = _("{index} is not added up again here: {reason}.").format(
            index=each.objective, reason=each.why_not
        )
        page.sheet.write_string(row + number, 1, text, page.looks.sentence)
