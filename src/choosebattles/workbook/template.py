"""Writes workbooks to fill in, and cases as workbooks that read back as the same case."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from choosebattles.case.facts import Facts
from choosebattles.execution.safe_write import Written, write_safely
from choosebattles.spelling import visible
from choosebattles.words import _
from choosebattles.workbook import layout, styles
from choosebattles.workbook.column import Column, Kind, Setting
from choosebattles.workbook.gate import inspect
from choosebattles.workbook.names import DEFAULT_OBJECTIVES
from choosebattles.workbook.pages import Cell, Head, Members, Page, heads, pages_of, settings_page
from choosebattles.workbook.settings import SETTINGS

TITLE_ROW, HELP_ROW, HEADER_ROW = 1, 2, 3
FIRST_ROW = HEADER_ROW + 1
SPARE_ROWS = 40
"""Empty rows of a template that look like input and offer their lists."""

MORE_ROWS = 10
"""The same below the rows of a case."""

PROMPT_LIMIT = 255
"""How long Excel lets the message of a cell be, and the list of a drop-down."""

SIMPLE = ("Settings", "Funds", "Investments", "Criteria", "Limits")
"""Sheets of the template that is not full, in their order."""


def write_case(case: Facts, path: Path | str, *, inputs: Iterable[Path] = ()) -> Written:
    """Write a case as a workbook that reads back as the same case.

    Parameters
    ----------
    case
        Facts and decision model.
    path
        Where the workbook shall stand.
    inputs
        Files that must not be overwritten.
    """
    return _write(pages_of(case), Path(path), inputs)


def write_template(path: Path | str, years: range, *, full: bool = False) -> Written:
    """Write an empty workbook to fill in.

    Parameters
    ----------
    path
        Where the workbook shall stand.
    years
        The calendar years of the plan.
    full
        Whether every sheet is there, or only those of a simple case.
    """
    members = Members(years=years, criteria=DEFAULT_OBJECTIVES)
    names = [sheet.name for sheet in layout.SHEETS] if full else SIMPLE
    sheets = [layout.BY_NAME[name] for name in names if name != layout.SETTINGS_SHEET.name]
    pages = [Page(sheet, heads(sheet, members)) for sheet in sheets]
    return _write([settings_page(years=years), *pages], Path(path), ())


def _write(pages: Sequence[Page], path: Path, inputs: Iterable[Path]) -> Written:
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = "choosebattles"
    for style in styles.input_styles():
        book.add_named_style(style)
    for page in pages:
        _add(book, page)

    def save(partial: Path) -> None:
        book.save(partial)

    def verify(partial: Path) -> None:
        inspect(partial)

    try:
        return write_safely(path, save, verify, inputs=inputs)
    finally:
        book.close()


def _add(book: Workbook, page: Page) -> None:
    worksheet = book.create_sheet(page.sheet.name)
    _put(worksheet, TITLE_ROW, 1, page.sheet.name, styles.TITLE)
    _put(worksheet, HELP_ROW, 1, page.sheet.help, styles.HELP)
    for index, head in enumerate(page.heads, start=1):
        _add_heading(worksheet, index, head)
    if page.sheet is layout.SETTINGS_SHEET:
        _dress_settings(worksheet)
    else:
        _dress_table(worksheet, page)
    for row, values in enumerate(page.rows, start=FIRST_ROW):
        for index, value in enumerate(values, start=1):
            _put(worksheet, row, index, value)
    worksheet.freeze_panes = worksheet.cell(FIRST_ROW, 2)


def _put(worksheet: Any, row: int, column: int, value: Cell, font: Any = None) -> None:
    """Write a cell; a text is a text whatever it begins with."""
    cell = worksheet.cell(row, column)
    if isinstance(value, str):
        cell.value = visible(value)[0]
        cell.data_type = "s"
        if value.startswith(("=", "+", "-", "@")):
            # Excel then keeps it a text even when somebody edits the cell.
            cell.quotePrefix = True
    else:
        cell.value = value
    if font is not None:
        cell.font = font


def _add_heading(worksheet: Any, index: int, head: Head) -> None:
    heading: Cell = head.key if head.column.header == "{}" else head.text
    _put(worksheet, HEADER_ROW, index, heading, styles.HEADER)
    cell = worksheet.cell(HEADER_ROW, index)
    cell.fill = styles.REQUIRED_FILL if head.column.required else styles.HEADER_FILL
    cell.alignment = styles.HEADER_ALIGNMENT
    worksheet.column_dimensions[get_column_letter(index)].width = styles.width(head.column.kind)


def _dress_table(worksheet: Any, page: Page) -> None:
    last = FIRST_ROW + len(page.rows) + (MORE_ROWS if page.rows else SPARE_ROWS) - 1
    for index, head in enumerate(page.heads, start=1):
        for row in range(FIRST_ROW, last + 1):
            _dress(worksheet.cell(row, index), head.column.kind)
        letter = get_column_letter(index)
        validation = _validation(head.text, head.column)
        validation.add(f"{letter}{FIRST_ROW}:{letter}{last}")
        worksheet.add_data_validation(validation)


def _dress(cell: Any, kind: Kind) -> None:
    cell.style = styles.input_name(kind)


def _validation(heading: str, column: Column | Setting) -> DataValidation:
    """Return the list that a cell offers, and the message that it shows when chosen."""
    words = ",".join(column.choices)
    validation = DataValidation(allow_blank=True)
    if column.choices and len(words) + 2 <= PROMPT_LIMIT:
        validation = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
        # Reading ignores case and the metric points names a criterion: never block, advise.
        validation.showErrorMessage = column.kind is Kind.CHOICE
        validation.error = _("Choose one from the list.")
    validation.promptTitle = heading[:32]
    validation.prompt = _prompt(column)
    validation.showInputMessage = True
    return validation


def _prompt(column: Column | Setting) -> str:
    parts = [column.help]
    if isinstance(column, Column) and column.unit:
        parts.append(_("Unit: {unit}.").format(unit=column.unit))
    if column.required:
        parts.append(_("Must be filled."))
    elif column.default:
        parts.append(_("Blank: {default}.").format(default=column.default))
    text = " ".join(parts)
    return text if len(text) <= PROMPT_LIMIT else f"{text[: PROMPT_LIMIT - 1]}\u2026"


def _dress_settings(worksheet: Any) -> None:
    """Style the values, and put the default and the meaning of every setting beside it."""
    for index, text in ((3, _("If blank")), (4, _("Meaning"))):
        _put(worksheet, HEADER_ROW, index, text, styles.HEADER)
        worksheet.cell(HEADER_ROW, index).fill = styles.HEADER_FILL
    for letter, wide in (("A", 24), ("B", 24), ("C", 36), ("D", 90)):
        worksheet.column_dimensions[letter].width = wide
    for row, setting in enumerate(SETTINGS, start=FIRST_ROW):
        worksheet.cell(row, 1).font = styles.LABEL
        _dress(worksheet.cell(row, 2), setting.kind)
        default = _("must be filled") if setting.required else setting.default
        _put(worksheet, row, 3, default, styles.HELP)
        _put(worksheet, row, 4, setting.help, styles.HELP)
        validation = _validation(setting.label, setting)
        validation.add(f"B{row}")
        worksheet.add_data_validation(validation)
