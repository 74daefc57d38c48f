"""A copy of what was read with faults and doubts marked: coloured cells, notes, a list of links."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from choosebattles.error_codes import Weight
from choosebattles.errors import Fault, InputError
from choosebattles.execution.overwriting import OFFICE_MARK
from choosebattles.execution.safe_write import Written, write_safely
from choosebattles.spelling import key
from choosebattles.translation import _, several
from choosebattles.workbook.column import CellKind
from choosebattles.workbook.doubts import confirming
from choosebattles.workbook.findings import Findings
from choosebattles.workbook.heading_row import SheetCells, SheetTable, Uncalculated, find_table
from choosebattles.workbook.inspection import Inspection, inspect
from choosebattles.workbook.layout import SETTINGS_SHEET, SHEETS
from choosebattles.workbook.settings import SETTINGS
from choosebattles.workbook.sheets import TO_CORRECT, read_sheet
from choosebattles.workbook.writing.book import OPTIONS
from choosebattles.workbook.writing.data_sheet import FORMULA_STARTS, page
from choosebattles.workbook.writing.formats import AMBER, INK, NUMBER_FORMATS, RED, TemplateFormats

NAME_LIMIT = 31
"""How long Excel lets the name of a sheet be."""

NOTE_LIMIT = 2_000
"""Characters of a note."""

PALE = "#E3ECF5"
"""The ground of what is harmless."""

COLOURS = {
    Weight.ERROR: (RED, "#B00020", 5),
    Weight.DOUBT: (AMBER, "#B26A00", 5),
    Weight.NOTICE: (PALE, "#6B86A3", 1),
}
"""Ground, ink and border of a marked cell: what must be corrected, is in doubt, is harmless."""

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]|^'|'$")
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_KNOWN = {key(sheet.name): sheet for sheet in SHEETS}


@dataclass(frozen=True)
class Copied:
    """One sheet to be copied: from which file, and under which name it stands in the copy."""

    file: str
    grid: SheetCells
    table: SheetTable | None
    name: str


@dataclass(frozen=True)
class Marks:
    """What is to be marked: what must be corrected, is in doubt, or is harmless."""

    faults: Sequence[Fault] = ()
    doubts: Sequence[Fault] = ()
    notices: Sequence[Fault] = ()

    @property
    def counted(self) -> str:
        """Return how many there are of each weight."""
        counts = (
            ("{number} thing to correct", "{number} things to correct", self.faults),
            ("{number} doubt", "{number} doubts", self.doubts),
            ("{number} notice", "{number} notices", self.notices),
        )
        return ", ".join(
            several(one, many, len(found)).format(number=len(found)) for one, many, found in counts
        )

    def __iter__(self) -> Iterator[tuple[Weight, Fault]]:
        """Yield everything with its weight, the heaviest first."""
        yield from ((Weight.ERROR, fault) for fault in self.faults)
        yield from ((Weight.DOUBT, doubt) for doubt in self.doubts)
        yield from ((Weight.NOTICE, notice) for notice in self.notices)


def write_annotated(
    paths: Sequence[Path], marks: Marks, target: Path, *, overwrite: bool = False
) -> Written:
    """Write a new workbook with the values of others, every fault and doubt marked at its cell.

    The files themselves are never changed.

    Parameters
    ----------
    paths
        The workbooks that were read.
    marks
        What must be corrected is red in a thick frame, with a note; a doubt is orange, and its
        note says how it is confirmed; a notice is pale in a thin frame.
    target
        Where the copy shall stand.
    overwrite
        Whether a file that this program did not write may be replaced.
    """
    sheets = _named([sheet for path in paths for sheet in _sheets(path)])

    def write(partial: Path) -> None:
        with Workbook(str(partial), OPTIONS) as book:
            book.set_properties(OFFICE_MARK)
            _Copy(book, sheets, marks).write()

    def verify(partial: Path) -> None:
        inspect(partial)

    return write_safely(target, write, verify, inputs=paths, overwrite=overwrite)


def _sheets(path: Path) -> list[tuple[str, SheetCells, SheetTable | None]]:
    """Return the cells of every sheet of a file; none of a file that cannot be opened."""
    try:
        inspection = inspect(path)
        return _grids(inspection)
    except InputError:
        return []


def _grids(inspection: Inspection) -> list[tuple[str, SheetCells, SheetTable | None]]:
    file = inspection.path.name
    found: list[tuple[str, SheetCells, SheetTable | None]] = []
    for facts in inspection.sheets:
        if facts.kind != "worksheet" or key(facts.name) == key(TO_CORRECT):
            continue
        grid = read_sheet(file, facts)
        sheet = _KNOWN.get(key(facts.name))
        table = None if sheet is None else find_table(grid, sheet, Findings())
        found.append((file, grid, table))
    return found


def _named(sheets: Iterable[tuple[str, SheetCells, SheetTable | None]]) -> list[Copied]:
    """Give every sheet a name that stands once and that Excel allows."""
    names_used = {key(TO_CORRECT)}
    named = []
    for file, grid, table in sheets:
        plain = _FORBIDDEN.sub("_", _text(grid.title))[:NAME_LIMIT].strip() or "_"
        name, number = plain, 1
        while key(name) in names_used:
            number += 1
            ending = f" ({number})"
            name = plain[: NAME_LIMIT - len(ending)] + ending
        names_used.add(key(name))
        named.append(Copied(file, grid, table, name))
    return named


class _Copy:
    """The copy while it is written."""

    def __init__(
        self,
        book: Workbook,
        sheets: Sequence[Copied],
        found: Marks,
    ) -> None:
        self.formats = TemplateFormats(book)
        self.book, self.sheets, self.found = book, sheets, found
        self.places = {(sheet.file, sheet.grid.title): sheet.name for sheet in sheets}
        self.marks: dict[tuple[str, int, int], list[tuple[Weight, Fault]]] = {}
        for weight, fault in found:
            name = self.places.get((fault.file, fault.sheet))
            if name is not None and fault.cell:
                letters, row = coordinate_from_string(fault.cell)
                place = (name, row - 1, column_index_from_string(letters) - 1)
                self.marks.setdefault(place, []).append((weight, fault))

    def write(self) -> None:
        """Write the list and every sheet."""
        first = self.book.add_worksheet(TO_CORRECT)
        worksheets = {sheet.name: self.book.add_worksheet(sheet.name) for sheet in self.sheets}
        self._list(first)
        first.set_tab_color(COLOURS[Weight.ERROR][1])
        first.activate()
        for sheet in self.sheets:
            self._sheet(worksheets[sheet.name], sheet)

    def _list(self, worksheet: Worksheet) -> None:
        formats = self.formats
        worksheet.write_string(0, 0, TO_CORRECT, formats.title)
        worksheet.write_string(1, 0, self.found.counted, formats.strong)
        about = _(
            "This is a copy of the values that were read; the file itself was not changed. Correct "
            "the file, not this copy."
        )
        worksheet.write_string(2, 0, about, formats.help)
        heads = (
            *(_("Place"), _("Code"), _("Weight"), _("Found"), _("Expected"), _("What to do")),
            _("File"),
        )
        wides = (38, 11, 9, 44, 40, 50, 24)
        for column, (head, wide) in enumerate(zip(heads, wides, strict=True)):
            worksheet.write_string(4, column, head, formats.header(INK))
            worksheet.set_column(column, column, wide)
        for row, (weight, fault) in enumerate(self.found, start=5):
            self._line(worksheet, row, fault, weight)
        worksheet.freeze_panes(5, 1)
        page(worksheet, 4)

    def _line(self, worksheet: Worksheet, row: int, fault: Fault, weight: Weight) -> None:
        plain = self.formats.plain(text_wrap=True, bottom=1, bottom_color="#CBD2DB")
        where = _text(fault.where)
        name = self.places.get((fault.file, fault.sheet))
        if name is None:
            worksheet.write_string(row, 0, where, plain)
        else:
            quoted = name.replace("'", "''")
            target = f"internal:'{quoted}'!{fault.cell or 'A1'}"
            worksheet.write_url(row, 0, target, self.formats.link, string=where[:255])
        ground = COLOURS[weight][0]
        code = self.formats.plain(bold=True, bg_color=ground, bottom=1, bottom_color="#CBD2DB")
        worksheet.write_string(row, 1, fault.code, code)
        worksheet.write_string(row, 2, str(weight), code)
        texts = (fault.found, fault.expected, _advice(weight, fault), fault.file)
        for column, text in enumerate(texts, 3):
            worksheet.write_string(row, column, _text(text), plain)

    def _sheet(self, worksheet: Worksheet, copied: Copied) -> None:
        kinds = _kinds(copied.table)
        head = copied.table.header_row if copied.table is not None else 0
        worksheet.set_column(0, 60, 16)
        marks = {
            (row, column): faults
            for (name, row, column), faults in self.marks.items()
            if name == copied.name
        }
        settings = copied.table is not None and copied.table.sheet is SETTINGS_SHEET
        for number, values in copied.grid.rows:
            row = number - 1
            by_row = _setting_kind(values) if settings and number > head else None
            for column, value in enumerate(values):
                kind = by_row if by_row is not None and column == 1 else kinds.get(column)
                marked = marks.pop((row, column), None)
                if value is None and marked is None:
                    continue
                number_format = NUMBER_FORMATS.get(kind, "General") if kind else "General"
                self._cell(worksheet, (row, column), value, number_format, marked, number == head)
        for place, faults in marks.items():
            self._cell(worksheet, place, None, "General", faults, heading=False)
        if head:
            worksheet.freeze_panes(head, 1)
        page(worksheet, max(0, head - 1))

    def _cell(
        self,
        worksheet: Worksheet,
        place: tuple[int, int],
        value: object,
        number_format: str,
        marked: Sequence[tuple[Weight, Fault]] | None,
        heading: bool,
    ) -> None:
        formats: dict[str, object] = {"bold": True, "text_wrap": True} if heading else {}
        text = _text(value) if isinstance(value, str) else ""
        if text.startswith(FORMULA_STARTS):
            formats["quote_prefix"] = True
        if isinstance(value, date | time):
            number_format = "yyyy-mm-dd" if isinstance(value, date) else "hh:mm:ss"
        if marked:
            heaviest = min((weight for weight, _fault in marked), key=list(Weight).index)
            ground, ink, border = COLOURS[heaviest]
            formats |= {"bg_color": ground, "border": border, "border_color": ink}
            note = "\n".join(_noted(weight, fault) for weight, fault in marked)
            options = {"author": "choosebattles", "width": 320, "height": 110}
            worksheet.write_comment(*place, note[:NOTE_LIMIT], options)
        style = self.formats.plain(number_format, **formats)
        match value:
            case None | Uncalculated():
                worksheet.write_blank(*place, None, style)
            case bool():
                worksheet.write_boolean(*place, value, style)
            case int() | float() if _fits(value):
                worksheet.write_number(*place, value, style)
            case date() | time() if _is_excel_date(value):
                worksheet.write_datetime(*place, value, style)
            case _:
                worksheet.write_string(*place, text or _text(str(value)), style)


def _advice(weight: Weight, fault: Fault) -> str:
    """Return what to do, for a doubt also how it is confirmed."""
    if weight is not Weight.DOUBT:
        return fault.advice
    text = _("If it is meant, add a row to Settings, with the reason as its value: {row}")
    return f"{fault.advice} {text.format(row=confirming(fault))}".strip()


def _noted(weight: Weight, fault: Fault) -> str:
    advised = replace(fault, advice=_advice(weight, fault))
    return f"{fault.code}: {_text(advised.message)}"


def _fits(value: float) -> bool:
    """Say whether a spreadsheet can hold a number."""
    return math.isfinite(value) if isinstance(value, float) else abs(value) < 10**300


def _is_excel_date(value: date | time) -> bool:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return False
    return not isinstance(value, date) or 1900 <= value.year <= 9999


def _text(value: str) -> str:
    """Return a text that a workbook can hold."""
    return _UNWRITABLE.sub("\ufffd", value)


def _kinds(table: SheetTable | None) -> Mapping[int, CellKind]:
    if table is None:
        return {}
    return {head.index: head.column.kind for head in table.headings}


def _setting_kind(values: Sequence[object]) -> CellKind | None:
    label = key(str(values[0])) if values and values[0] is not None else ""
    return next((setting.kind for setting in SETTINGS if key(setting.label) == label), None)
