"""Where the table of a sheet begins, and which column is which."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from openpyxl.utils import get_column_letter

from choosebattles.case.place import Place
from choosebattles.spelling import closest, exposed, key, quoted
from choosebattles.words import _
from choosebattles.workbook.cells import Read, blank, year
from choosebattles.workbook.column import Column, Family, Sheet
from choosebattles.workbook.findings import Findings
from choosebattles.workbook.layout import SETTINGS_SHEET
from choosebattles.workbook.parts import PLAIN, Look
from choosebattles.workbook.sheet_part import Formula

HEADER_WITHIN = 10
"""The header row is one of the first ten."""


class Uncalculated:
    """A formula without a saved value."""

    def __str__(self) -> str:
        return _("a formula without a saved value")


UNCALCULATED = Uncalculated()
"""Stands for the value of a formula that was never calculated."""

_YEAR_WITHIN = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)", re.ASCII)
_COST_YEAR = re.compile(r"cost year (\d{1,3})")


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet of one file: row numbers with values, blank rows left out."""

    file: str
    title: str
    rows: tuple[tuple[int, tuple[object, ...]], ...]
    looks: Mapping[tuple[int, int], Look] = field(default_factory=dict)
    """How the cells that do not look plain show their value, by row and column from 0."""
    formulas: Mapping[tuple[int, int], Formula] = field(default_factory=dict)
    """The formulas, by the same."""

    def look(self, row: int, index: int) -> Look:
        """Return how a cell shows its value."""
        return self.looks.get((row, index), PLAIN)

    def formula(self, row: int, index: int) -> str:
        """Return the formula of a cell, with its equals sign; nothing if a value was typed."""
        found = self.formulas.get((row, index))
        return found.at(f"{get_column_letter(index + 1)}{row}") if found else ""

    def place(self, row: int, index: int, column: str = "") -> Place:
        """Return the cell of a row and a column counted from 0."""
        return Place(self.file, self.title, f"{get_column_letter(index + 1)}{row}", column)


@dataclass(frozen=True)
class Heading:
    """One header cell: which column it heads and, in a family, for which key."""

    column: Column
    key: str | int | None
    index: int
    text: str

    @property
    def part(self) -> str:
        """Return the name of what stands below: the field, with its key in a family."""
        return self.column.name if self.key is None else f"{self.column.name}[{self.key}]"


@dataclass(frozen=True)
class Table:
    """A sheet with its header row found: headings, and the rows of data below."""

    grid: Grid
    sheet: Sheet
    header_row: int
    headings: tuple[Heading, ...]
    rows: tuple[tuple[int, tuple[object, ...]], ...]
    more: tuple["Table", ...] = ()
    """The same sheet of other files, with what this one leaves blank."""

    def of(self, column: Column) -> tuple[Heading, ...]:
        """Return the headings of a column or of a family of columns."""
        return tuple(each for each in self.headings if each.column is column)

    @property
    def top(self) -> Place:
        """Return the sheet as a place."""
        return Place(self.grid.file, self.grid.title)

    def header_place(self, heading: Heading) -> Place:
        """Return the cell of a heading."""
        return self.grid.place(self.header_row, heading.index, heading.text)

    def row_place(self, row: int) -> Place:
        """Return the cell that stands for a row: that of the first column of the layout."""
        for head in self.of(self.sheet.columns[0]):
            return self.grid.place(row, head.index, head.text)
        return self.grid.place(row, 0)

    def content(self) -> list[tuple[int, dict[str, tuple[int, object]]]]:
        """Return the filled cells of every row by heading, each with where it stands."""
        return [
            (
                number,
                {
                    key(head.text): (head.index, values[head.index])
                    for head in self.headings
                    if head.index < len(values) and not blank(values[head.index])
                },
            )
            for number, values in self.rows
        ]


def find_table(grid: Grid, sheet: Sheet, findings: Findings) -> Table | None:
    """Return the table of a sheet, or ``None`` where there is none.

    A sheet without any filled cell has none; a sheet whose header row is not found has a fault.
    """
    header = _header_row(grid, sheet, findings)
    if header is None:
        return None
    number, cells = header
    headings, unknown = _headings(grid, sheet, number, cells, findings)
    _tell_unknown(grid, sheet, number, headings, unknown, findings)
    rows = tuple(
        (row, values) for row, values in grid.rows if row > number and _filled(values, headings)
    )
    table = Table(grid, sheet, number, headings, rows)
    _tell_stray(table, unknown, findings)
    _tell_missing(table, unknown, findings)
    return table


def _header_row(
    grid: Grid, sheet: Sheet, findings: Findings
) -> tuple[int, tuple[object, ...]] | None:
    if not grid.rows:
        return None
    near = [
        (sum(_matches(sheet, values)), row, values)
        for row, values in grid.rows
        if row <= HEADER_WITHIN
    ]
    most, row, values = max(near, key=lambda each: each[0], default=(0, 0, ()))
    if most:
        return row, values
    wanted = ", ".join(each.header for each in sheet.columns if each.required and not each.family)
    expected = _("the headings {headings} within the first ten rows").format(headings=wanted)
    later = next((row for row, values in grid.rows if sum(_matches(sheet, values)) > 1), None)
    if later is not None:
        found = _("headings in row {row}").format(row=later)
        advice = _("Delete the rows above them.")
    else:
        found = _("no row of headings")
        advice = _("Type the headings in one row above the data.")
    findings.fault(Place(grid.file, grid.title), "CB-S07", found, expected, advice)
    return None


def _matches(sheet: Sheet, values: Sequence[object]) -> Iterator[bool]:
    return (_recognise(sheet, value) is not None for value in values)


def _recognise(sheet: Sheet, value: object) -> tuple[Column, str | int | None] | None:
    """Return the column that a header cell names, and its key in a family."""
    text = header_text(value)
    if not text:
        return None
    for column in sheet.columns:
        if column.family is None:
            if key(column.header) == text:
                return column, None
        else:
            found = _member(column, column.family, value, text)
            if found is not None:
                return column, found
    return None


def _member(column: Column, family: Family, value: object, text: str) -> str | int | None:
    match family:
        case Family.YEARS:
            answer = year(value)
            return answer.value if isinstance(answer, Read) else None
        case Family.COST_YEARS:
            found = _COST_YEAR.fullmatch(text)
            return int(found[1]) - 1 if found and int(found[1]) else None
        case Family.CRITERIA | Family.SKILLS:
            word, colon, _rest = text.partition(":")
            if not colon or word.strip() != key(column.header.partition(":")[0]):
                return None
            name = " ".join(str(value).partition(":")[2].split())
            return name or None


def header_text(value: object) -> str:
    """Return a header cell as it is compared."""
    if value is None or isinstance(value, bool | date | time):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return key(str(value))


def _headings(
    grid: Grid, sheet: Sheet, row: int, cells: Sequence[object], findings: Findings
) -> tuple[tuple[Heading, ...], dict[int, str]]:
    """Return the headings that are known, and the texts of the others by position.

    The text of a heading that stands twice is left empty: it has been told already.
    """
    found: dict[tuple[str, str], Heading] = {}
    unknown: dict[int, str] = {}
    for index, value in enumerate(cells):
        if blank(value):
            continue
        text = " ".join(str(value).split())
        match = _recognise(sheet, value)
        if match is None:
            unknown[index] = text
            if isinstance(value, date | time):
                findings.fault(
                    grid.place(row, index),
                    "CB-C11",
                    _("a heading that is a date, {date}").format(date=text),
                    _("a heading such as 2027 or 2027/28"),
                    _("Format the cell as text and retype the heading."),
                )
            continue
        column, member = match
        name = (column.name, key(str(member)))
        if name in found:
            first = grid.place(row, found[name].index).cell
            findings.fault(
                grid.place(row, index),
                "CB-S06",
                _("the heading {heading}, as in {cell}").format(heading=quoted(text), cell=first),
                _("each heading once"),
                _("Rename or delete one of the two columns."),
            )
            unknown[index] = ""
            continue
        found[name] = Heading(column, member, index, text)
    return tuple(found.values()), unknown


def _tell_unknown(
    grid: Grid,
    sheet: Sheet,
    row: int,
    headings: Iterable[Heading],
    unknown: dict[int, str],
    findings: Findings,
) -> None:
    """Warn of columns that are not used; those of Settings are help."""
    if sheet is SETTINGS_SHEET:
        return
    there = {each.column.name for each in headings}
    free = [each.header for each in sheet.columns if each.family is None and each.name not in there]
    calculated = set(map(key, sheet.calculated))
    for index, text in unknown.items():
        if not text or key(text) in calculated:
            continue
        near = _year_within(sheet, text) or closest(text, free)
        advice = _("It is not used.")
        if near:
            advice += " " + _("Did you mean {name}?").format(name=near)
        findings.warn(
            grid.place(row, index),
            "CB-S08",
            _("the heading {heading}").format(heading=exposed(text)),
            _("a heading of sheet {sheet}").format(sheet=sheet.name),
            advice,
        )


def _year_within(sheet: Sheet, text: str) -> str | None:
    """Return the year in a heading such as ``2027 budget``, where headings are years."""
    found = _YEAR_WITHIN.search(text)
    yearly = any(each.family is Family.YEARS for each in sheet.columns)
    return found[0] if found and yearly else None


def _filled(values: Sequence[object], headings: Sequence[Heading]) -> bool:
    return any(each.index < len(values) and not blank(values[each.index]) for each in headings)


def _tell_stray(table: Table, unknown: dict[int, str], findings: Findings) -> None:
    """Warn of values in columns without a heading."""
    if table.sheet is SETTINGS_SHEET:
        return
    headed = {each.index for each in table.headings} | set(unknown)
    met: set[int] = set()
    for row, values in table.grid.rows:
        if row <= table.header_row:
            continue
        for index, value in enumerate(values):
            if index not in headed and index not in met and not blank(value):
                met.add(index)
                findings.warn(
                    table.grid.place(row, index),
                    "CB-S13",
                    _("a value in a column without a heading"),
                    _("nothing beside the table"),
                    _("It is not used. Give the column a heading or delete it."),
                )


def _tell_missing(table: Table, unknown: dict[int, str], findings: Findings) -> None:
    """Refuse a table without a column that must be there."""
    for column in table.sheet.columns:
        if not (column.required or column.needed) or column.family is not None:
            continue
        if table.of(column):
            continue
        near = closest(column.header, unknown.values())
        advice = (
            _("Rename the heading {heading}.").format(heading=quoted(near))
            if near
            else _("Add the column.")
        )
        findings.fault(
            table.top,
            "CB-S05",
            _("no column {heading}").format(heading=column.header),
            _("{heading} in row {row}, the row of headings").format(
                heading=column.header, row=table.header_row
            ),
            advice,
        )


def tell_uncalculated(place: Place, findings: Findings) -> None:
    """Refuse a formula that was never calculated."""
    findings.fault(
        place,
        "CB-C06",
        str(UNCALCULATED),
        _("a value"),
        _("Open the file in Excel or LibreOffice, recalculate and save it."),
    )
