"""One row of a table, each cell read as its column says."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from choosebattles.case.bounds import plain
from choosebattles.case.limit import Metric
from choosebattles.case.numbers import Family
from choosebattles.case.place import Origin, Place
from choosebattles.case.units import to_thousandths
from choosebattles.translation import _
from choosebattles.workbook.cell_kinds import read_cell
from choosebattles.workbook.cell_reading import blank
from choosebattles.workbook.column import LISTED, CellKind, ColumnLayout, Space
from choosebattles.workbook.findings import Findings
from choosebattles.workbook.heading_row import (
    UNCALCULATED,
    Heading,
    SheetTable,
    refuse_uncalculated,
)


@dataclass
class Rounding:
    """How many amounts had more than three decimals, and how far they moved: one, and all."""

    cells: int = 0
    most: Decimal = Decimal(0)
    together: Decimal = Decimal(0)

    def __call__(self, amount: Decimal) -> Decimal:
        """Return an amount in whole thousandths, and count it if it moved."""
        kept = to_thousandths(amount)
        if kept != amount:
            self.cells += 1
            self.most = max(self.most, abs(kept - amount))
            self.together += abs(kept - amount)
        return kept


@dataclass
class Line:
    """A row as read: values of the filled cells by field, and where every cell stands.

    The values of a family of columns are a mapping from the member (a year, a criterion as it
    was typed) to the value.
    """

    place: Place
    values: dict[str, Any] = field(default_factory=dict)
    families: dict[str, dict[str | int, Any]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    faulty: set[str] = field(default_factory=set)
    """Parts whose cells have a fault; something stands in for them."""

    @property
    def origin(self) -> Origin:
        """Return the row and the cells of its parts."""
        return Origin(self.place, dict(self.places))

    def text(self, name: str) -> str:
        """Return a text, empty if the cell is blank."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else ""


def read_lines(
    table: SheetTable, calendar: range, findings: Findings, rounding: Rounding
) -> tuple[Line, ...]:
    """Return the rows of a table, each cell read as its column says.

    Columns of years outside the calendar are left out.
    """
    headings = tuple(
        heading
        for heading in table.headings
        if heading.column.family is not Family.YEARS or heading.key in calendar
    )
    reading = _Reading(table, headings, findings, rounding)
    return tuple(reading.line(row, values) for row, values in table.rows)


@dataclass(frozen=True)
class _Reading:
    table: SheetTable
    headings: tuple[Heading, ...]
    findings: Findings
    rounding: Rounding

    def line(self, row: int, values: tuple[Any, ...]) -> Line:
        """Return one row as read."""
        line = Line(self.table.row_place(row))
        for column in self.table.sheet.columns:
            if column.required and column.family is None and not self.table.of(column):
                # That the column is missing has been told; every row can still be checked.
                line.values[column.name] = _stand_in(column)
                line.faulty.add(column.name)
        for head in self.headings:
            line.places[head.part] = self.table.grid.place(row, head.index, head.text)
            value = values[head.index] if head.index < len(values) else None
            meaning = self._meaning(line, head, value)
            if meaning is None:
                continue
            if head.key is None:
                line.values[head.column.name] = meaning
            else:
                line.families.setdefault(head.column.name, {})[head.key] = meaning
        return line

    def _meaning(self, line: Line, head: Heading, value: Any) -> Any:
        place = line.places[head.part]
        if blank(value):
            if not head.column.required:
                return None
            _refuse_blank(place, head, self.findings)
            line.faulty.add(head.part)
            return _stand_in(head.column)
        if value is UNCALCULATED:
            refuse_uncalculated(place, self.findings)
            line.faulty.add(head.part)
            return _typed(head.column, value)
        meaning = self.findings.value(place, read_cell(head.column, value))
        if meaning is None:
            line.faulty.add(head.part)
            return _typed(head.column, value)
        if isinstance(meaning, Decimal) and head.column.kind is CellKind.MONEY:
            kept = self.rounding(meaning)
            if meaning and not kept:
                _doubt_vanished(place, meaning, self.findings)
            return kept
        return meaning


def _refuse_blank(place: Place, head: Heading, findings: Findings) -> None:
    column = head.column
    found = _("an empty cell")
    if column.defines is not Space.NONE and column.kind is CellKind.ID:
        findings.fault(
            place,
            "CB-L03",
            found,
            _("an id such as CLOUD"),
            _("Type an id or clear the whole row."),
        )
    elif column.kind.numeric:
        advice = _("Type 0 if there is none.") if column.unit else _("Type the number.")
        findings.fault(place, "CB-C13", found, _expected(head), advice)
    else:
        findings.fault(place, "CB-C13", found, _expected(head), _("Fill the cell."))


def _doubt_vanished(place: Place, amount: Decimal, findings: Findings) -> None:
    findings.warn(
        place,
        "CB-C38",
        plain(amount),
        _("an amount in millions, of a thousandth of a million or more"),
        _("It was read as 0, as if it cost nothing. Is it in another unit than millions?"),
    )


def _stand_in(column: ColumnLayout) -> Any:
    """Return what stands for a cell that has a fault, so that the others can be checked."""
    match column.kind:
        case CellKind.NUMBER | CellKind.MONEY | CellKind.SHARE | CellKind.NUMBER_OR_SHARE:
            return Decimal(0)
        case CellKind.WHOLE | CellKind.YEAR:
            return 1
        case kind if kind in LISTED:
            return ()
        case CellKind.CHOICE:
            return column.choices[0]
        case CellKind.METRIC:
            return next(iter(Metric)), None
        case _:
            return ""


def _typed(column: ColumnLayout, value: Any) -> Any:
    """Return what stands for an unreadable cell: an id as it was typed, or nothing."""
    if column.kind is CellKind.ID and isinstance(value, str):
        return " ".join(value.split())
    return _stand_in(column) if column.required else None


def _expected(head: Heading) -> str:
    """Return what a cell below a heading should hold, in words."""
    return _("{kind} for {heading}").format(kind=str(head.column.kind), heading=head.text)
