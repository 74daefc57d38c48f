"""What cells show beside their value: percent signs, strikes through, formulas.

A value alone may be read without a fault and still mean another thing than the person saw who
typed it: 50 % in a cell of points is stored as 0.5, and a row struck through is a row dropped.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from choosebattles.case.bounds import plain
from choosebattles.case.decision_model import ContingencyKind
from choosebattles.case.investment import Decision
from choosebattles.case.limit import Limit, Measured, Metric
from choosebattles.case.numbers import NUMBERS, MeasuredIn
from choosebattles.case.place import Place
from choosebattles.spelling import key
from choosebattles.translation import _, several
from choosebattles.workbook import typed_numbers
from choosebattles.workbook.cell_reading import Read, blank
from choosebattles.workbook.column import CellKind, ColumnLayout, Space
from choosebattles.workbook.findings import Findings
from choosebattles.workbook.hidden_and_merged import listed
from choosebattles.workbook.inspection import Inspection
from choosebattles.workbook.layout import LIMITS, RANGES, SETTINGS_SHEET, SWEEPS
from choosebattles.workbook.number_format import number_format
from choosebattles.workbook.settings import SETTINGS
from choosebattles.workbook.settings_reader import as_column
from choosebattles.workbook.table import Heading, SheetTable

_CHANGING = re.compile(
    r"(?<![\w.])(TODAY|NOW|RAND|RANDBETWEEN|RANDARRAY|OFFSET|INDIRECT)\s*\(", re.IGNORECASE
)
_PREFIX = re.compile(r"_xl(?:fn|ws)\.", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")

_LOOSE = frozenset({MeasuredIn.RATIO, MeasuredIn.SHARE_OR_NUMBER})
_RATIOS = frozenset(
    number.field for number in NUMBERS if number.unit in _LOOSE and number.fact is not Limit
)
"""Numbers of which only the ratio counts, or that are a share or a number as a setting says."""

_SHARE_METRICS = {metric for metric in Metric if metric.declared.unit is Measured.SHARE}

_SHARES = frozenset(
    number.drawn
    for number in NUMBERS
    if number.drawn and number.unit in {MeasuredIn.SHARE, MeasuredIn.RATIO}
)
"""Quantities of Ranges that may be typed as percentages."""

_MAY_EXCEED_1 = frozenset(
    number.field for number in NUMBERS if number.unit is MeasuredIn.SHARE and (number.high or 0) > 1
)
"""Shares that may be larger than 100 %."""

_GROWTH = {"cost_growth", "discount_rate"}
"""Shares of which a large one is doubted in any event, by the checks of the case."""


@dataclass(frozen=True)
class _Cell:
    """One filled cell that is read, and the column that says what it means."""

    place: Place
    column: ColumnLayout
    value: object
    percent: bool

    @property
    def number(self) -> Decimal | None:
        """Return the number that the cell holds, a percentage as a share; None for a text."""
        answer = typed_numbers.share(self.value, low=None, high=None)
        return answer.value if isinstance(answer, Read) else None


@dataclass(frozen=True)
class _Cells:
    """The cells of a table that are read."""

    table: SheetTable

    @cached_property
    def rows(self) -> Mapping[int, tuple[object, ...]]:
        return dict(self.table.rows)

    @cached_property
    def heads(self) -> Mapping[int, Heading]:
        return {head.index: head for head in self.table.headings}

    @cached_property
    def named(self) -> Mapping[str, int]:
        """The first column of each name, by its position."""
        return {head.column.name: head.index for head in reversed(self.table.headings)}

    def value(self, row: int, index: int) -> object:
        values = self.rows.get(row, ())
        return values[index] if index < len(values) else None

    def of(self, row: int, name: str) -> object:
        """Return what a column of this name holds in a row."""
        return self.value(row, self.named[name]) if name in self.named else None

    def word(self, row: int, name: str) -> str:
        """Return the same as words are compared."""
        value = self.of(row, name)
        return key(str(value)) if isinstance(value, str) else ""

    def at(self, row: int, index: int) -> _Cell | None:
        """Return a cell, unless it is blank or not read."""
        value = self.value(row, index)
        head = self.heads.get(index)
        if head is None or blank(value):
            return None
        if self.table.sheet is SETTINGS_SHEET:
            column = self.settings.get(row)
            if column is None or index != self.named.get("value"):
                return None
            place = self.table.grid.place(row, index, column.header)
        else:
            column = head.column
            place = self.table.grid.place(row, index, head.text)
        if isinstance(value, str):
            return _Cell(place, column, value, percent="%" in value)
        code = self.table.grid.look(row, index).number_format
        return _Cell(place, column, value, percent=shows_percent(code))

    @cached_property
    def settings(self) -> Mapping[int, ColumnLayout]:
        """The rows of Settings that are known, each as the column of its value."""
        known = {key(setting.label): as_column(setting) for setting in SETTINGS}
        found = {row: known.get(self.word(row, "label")) for row in self.rows}
        return {row: column for row, column in found.items() if column is not None}

    def is_share(self, cell: _Cell, row: int) -> bool:
        """Say whether a percentage belongs into a cell."""
        column = cell.column
        if column.kind in {CellKind.SHARE, CellKind.YEAR} or column.name in _RATIOS:
            return True
        if self.table.sheet is LIMITS and column.kind is CellKind.NUMBER_OR_SHARE:
            return self.word(row, "metric") in _SHARE_METRICS
        if self.table.sheet is RANGES:
            return self.word(row, "quantity") in _SHARES
        return self.table.sheet is SWEEPS and column.kind is not CellKind.WHOLE

    def must_show_percent(self, cell: _Cell, row: int) -> bool:
        """Say whether a bare 1 in a cell may be meant as 1 %."""
        column = cell.column
        if column.kind is CellKind.SHARE:
            return not column.default.startswith("100%") and column.name not in _GROWTH
        if column.name == "contingency_amount":
            return any(
                setting.name == "contingency" and self.of(number, "value") == ContingencyKind.FLAT
                for number, setting in self.settings.items()
            )
        if self.table.sheet is RANGES and column.kind is CellKind.NUMBER:
            return self.word(row, "quantity") in _MAY_EXCEED_1
        return column.kind is CellKind.NUMBER_OR_SHARE and self.is_share(cell, row)


@cache
def shows_percent(code: str) -> bool:
    """Say whether cells of a number format show percentages."""
    read = number_format(code)
    pieces = () if read is None else (piece for part in read.sections for piece in part.pieces)
    return any(kind == "percent" for kind, _text in pieces)


def check_appearance(
    inspection: Inspection, tables: Mapping[str, SheetTable], findings: Findings
) -> None:
    """Tell of every cell of one file that may say another thing than it shows.

    Parameters
    ----------
    inspection
        What was seen of the file.
    tables
        Its tables.
    findings
        Where faults and doubts are noted.
    """
    calculated = []
    for table in tables.values():
        read = _Cells(table)
        _check_percent(read, findings)
        _check_bare_shares(read, findings)
        _check_struck(read, findings)
        _check_empty_texts(read, inspection, findings)
        formulas = list(_formulas(read))
        _check_changing(formulas, findings)
        calculated += [place for place, _text in formulas]
    if inspection.by_hand and calculated:
        _doubt_by_hand(inspection, calculated, findings)


def _check_percent(read: _Cells, findings: Findings) -> None:
    """Refuse percentages in cells of points, money and counts: 50 % is stored as 0.5."""
    for (row, index), look in read.table.grid.looks.items():
        if not shows_percent(look.number_format):
            continue
        cell = read.at(row, index)
        if cell is None or isinstance(cell.value, str) or not cell.column.kind.numeric:
            continue
        number = cell.number
        if number and not read.is_share(cell, row):
            findings.fault(
                cell.place,
                "CB-C30",
                _("{shown}%, which is stored as {number}").format(
                    shown=plain(100 * number), number=plain(number)
                ),
                _("{kind}, without a percent sign").format(kind=str(cell.column.kind)),
                _("Format the cell as a number and type the number that is meant."),
            )


def _check_bare_shares(read: _Cells, findings: Findings) -> None:
    """Doubt a 1 without a percent sign, which is 100 %."""
    numeric = [index for index, head in read.heads.items() if head.column.kind.numeric]
    settings = read.table.sheet is SETTINGS_SHEET
    indices = [read.named["value"]] if settings and "value" in read.named else numeric
    for index in indices:
        if not settings and not _may_be_share(read.heads[index].column):
            continue
        for row in read.rows:
            cell = read.at(row, index)
            if cell is None or cell.percent or not cell.column.kind.numeric:
                continue
            number = cell.number
            if number is None or number < 1 or not read.must_show_percent(cell, row):
                continue
            may_exceed = cell.column.name in _MAY_EXCEED_1 or read.table.sheet is RANGES
            if number == 1 or may_exceed:
                shown = plain(100 * number)
                findings.warn(
                    cell.place,
                    "CB-C32",
                    _("{number} without a percent sign").format(number=plain(number)),
                    _("a percentage such as 40%"),
                    _("It was read as {shown} %; for {number} % type {number}%.").format(
                        shown=shown, number=plain(number)
                    ),
                )


def _may_be_share(column: ColumnLayout) -> bool:
    return column.kind in {CellKind.SHARE, CellKind.NUMBER_OR_SHARE} or column.name in {
        "low",
        "high",
    }


def _check_struck(read: _Cells, findings: Findings) -> None:
    """Doubt what is struck through: a whole row in one sentence, else each cell."""
    table = read.table
    struck: dict[int, list[int]] = {}
    for (row, index), look in table.grid.looks.items():
        if look.struck and index in read.heads:
            struck.setdefault(row, []).append(index)
    if table.sheet is SETTINGS_SHEET:
        _check_struck_settings(read, struck, findings)
        return
    headings = set(struck.pop(table.header_row, ()))
    for index in sorted(headings):
        place = table.header_place(read.heads[index])
        _doubt_struck(place, _("a heading that is struck through"), findings)
    for row, indices in struck.items():
        if row not in read.rows or read.word(row, "decision") == Decision.NEVER:
            continue
        columns = [index for index in indices if index not in headings]
        if any(_stands_for_row(read.heads[index], table) for index in columns):
            _doubt_struck(table.row_place(row), _("a row that is struck through"), findings)
            continue
        for index in columns:
            cell = read.at(row, index)
            if cell is not None and not _is_remark(cell.column):
                found = _("a cell that is struck through")
                _doubt_struck(cell.place, found, findings)


def _check_struck_settings(
    read: _Cells, struck: Mapping[int, list[int]], findings: Findings
) -> None:
    for row in struck:
        cell = read.at(row, read.named.get("value", -1))
        if cell is not None:
            _doubt_struck(cell.place, _("a setting that is struck through"), findings)


def _doubt_struck(place: Place, found: str, findings: Findings) -> None:
    findings.warn(
        place,
        "CB-C34",
        found,
        _("only what still holds"),
        _("It was read. Delete it, or undo the striking through."),
    )


def _stands_for_row(head: Heading, table: SheetTable) -> bool:
    """Say whether a struck cell means that its row is dropped: its id or its title."""
    return head.column is table.sheet.columns[0] or head.column.name == "title"


def _is_remark(column: ColumnLayout) -> bool:
    """Say whether nothing hangs on a cell: notes, sources, reasons."""
    return column.kind is CellKind.TEXT and column.defines is Space.NONE


def _check_empty_texts(read: _Cells, inspection: Inspection, findings: Findings) -> None:
    """Doubt formulas in costs and scores that gave an empty text: it is read as a blank cell."""
    for name in inspection.sheet(read.table.grid.title).empty_texts:
        letters, row = coordinate_from_string(name)
        head = read.heads.get(column_index_from_string(letters) - 1)
        if head is None or row not in read.rows or head.column.required:
            continue
        if head.column.kind is CellKind.MONEY or head.column.unit == MeasuredIn.POINTS:
            findings.warn(
                read.table.grid.place(row, head.index, head.text),
                "CB-C39",
                _("a formula that shows nothing"),
                str(head.column.kind),
                _("It was read as {default}. Type the number, or clear the cell.").format(
                    default=head.column.default
                ),
            )


def _formulas(read: _Cells) -> Iterator[tuple[Place, str]]:
    """Yield the place and the formula of every calculated cell that is read, headings too."""
    table = read.table
    for (row, index), formula in table.grid.formulas.items():
        if row == table.header_row and index in read.heads:
            yield table.header_place(read.heads[index]), formula.text
            continue
        cell = read.at(row, index)
        if cell is not None:
            yield cell.place, formula.text


def _check_changing(formulas: list[tuple[Place, str]], findings: Findings) -> None:
    """Doubt formulas whose value is another tomorrow."""
    for place, text in formulas:
        found = _CHANGING.search(_PREFIX.sub("", _QUOTED.sub("", text)))
        if found is not None:
            findings.warn(
                place,
                "CB-C41",
                _("a formula with {name}").format(name=found[1].upper()),
                _("a value that stays as it is"),
                _("Its last saved value was used. Paste it as a value."),
            )


def _doubt_by_hand(inspection: Inspection, places: list[Place], findings: Findings) -> None:
    findings.warn(
        Place(inspection.path.name),
        "CB-C40",
        several(
            "{number} formula that is calculated only when told to: {cells}",
            "{number} formulas that are calculated only when told to: {cells}",
            len(places),
        ).format(number=len(places), cells=listed(map(str, places))),
        _("automatic calculation"),
        _("The last saved values were used. Press F9 in Excel and save the file to be safe."),
    )
