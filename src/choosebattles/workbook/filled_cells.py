"""The filled cells of a table that are read, each with the column that says what it means."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property

from choosebattles.case.decision_model import ContingencyKind
from choosebattles.case.limit import Limit, Measured, Metric
from choosebattles.case.numbers import NUMBERS, MeasuredIn
from choosebattles.case.place import Place
from choosebattles.spelling import key
from choosebattles.workbook import typed_numbers
from choosebattles.workbook.cell_reading import Read, blank
from choosebattles.workbook.column import CellKind, ColumnLayout
from choosebattles.workbook.heading_row import Heading, SheetTable
from choosebattles.workbook.layout import LIMITS, RANGES, SETTINGS_SHEET, SWEEPS
from choosebattles.workbook.number_format import number_format
from choosebattles.workbook.settings import SETTINGS
from choosebattles.workbook.settings_reader import as_column

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

MAY_EXCEED_1 = frozenset(
    number.field for number in NUMBERS if number.unit is MeasuredIn.SHARE and (number.high or 0) > 1
)
"""Shares that may be larger than 100 %."""

_GROWTH = {"cost_growth", "discount_rate"}
"""Shares of which a large one is doubted in any event, by the checks of the case."""


@dataclass(frozen=True)
class FilledCell:
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
class FilledCells:
    """The cells of a table that are read."""

    table: SheetTable

    @cached_property
    def rows(self) -> Mapping[int, tuple[object, ...]]:
        """The values of each row, by its number."""
        return dict(self.table.rows)

    @cached_property
    def heads(self) -> Mapping[int, Heading]:
        """The headings, by their position."""
        return {head.index: head for head in self.table.headings}

    @cached_property
    def named(self) -> Mapping[str, int]:
        """The first column of each name, by its position."""
        return {head.column.name: head.index for head in reversed(self.table.headings)}

    def value(self, row: int, index: int) -> object:
        """Return what stands in a row at a position."""
        values = self.rows.get(row, ())
        return values[index] if index < len(values) else None

    def of(self, row: int, name: str) -> object:
        """Return what a column of this name holds in a row."""
        return self.value(row, self.named[name]) if name in self.named else None

    def word(self, row: int, name: str) -> str:
        """Return the same as words are compared."""
        value = self.of(row, name)
        return key(str(value)) if isinstance(value, str) else ""

    def at(self, row: int, index: int) -> FilledCell | None:
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
            return FilledCell(place, column, value, percent="%" in value)
        code = self.table.grid.look(row, index).number_format
        return FilledCell(place, column, value, percent=shows_percent(code))

    @cached_property
    def settings(self) -> Mapping[int, ColumnLayout]:
        """The rows of Settings that are known, each as the column of its value."""
        known = {key(setting.label): as_column(setting) for setting in SETTINGS}
        found = {row: known.get(self.word(row, "label")) for row in self.rows}
        return {row: column for row, column in found.items() if column is not None}

    def is_share(self, cell: FilledCell, row: int) -> bool:
        """Say whether a percentage belongs into a cell."""
        column = cell.column
        if column.kind in {CellKind.SHARE, CellKind.YEAR} or column.name in _RATIOS:
            return True
        if self.table.sheet is LIMITS and column.kind is CellKind.NUMBER_OR_SHARE:
            return self.word(row, "metric") in _SHARE_METRICS
        if self.table.sheet is RANGES:
            return self.word(row, "quantity") in _SHARES
        return self.table.sheet is SWEEPS and column.kind is not CellKind.WHOLE

    def must_show_percent(self, cell: FilledCell, row: int) -> bool:
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
            return self.word(row, "quantity") in MAY_EXCEED_1
        return column.kind is CellKind.NUMBER_OR_SHARE and self.is_share(cell, row)


@cache
def shows_percent(code: str) -> bool:
    """Say whether cells of a number format show percentages."""
    read = number_format(code)
    pieces = () if read is None else (piece for part in read.sections for piece in part.pieces)
    return any(kind == "percent" for kind, _text in pieces)
