"""Percent signs where none belong, and shares without one.

A value alone may be read without a fault and still mean another thing than the person saw who
typed it: 50 % in a cell of points is stored as 0.5.
"""

from choosebattles.case.bounds import plain
from choosebattles.translation import _
from choosebattles.workbook.column import CellKind, ColumnLayout
from choosebattles.workbook.filled_cells import MAY_EXCEED_1, FilledCells, shows_percent
from choosebattles.workbook.findings import Findings
from choosebattles.workbook.layout import RANGES, SETTINGS_SHEET


def check_percent_signs(read: FilledCells, findings: Findings) -> None:
    """Tell of cells whose number is a hundredth, or a hundredfold, of what was probably meant."""
    _check_percent(read, findings)
    _check_bare_shares(read, findings)


def _check_percent(read: FilledCells, findings: Findings) -> None:
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


def _check_bare_shares(read: FilledCells, findings: Findings) -> None:
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
            may_exceed = cell.column.name in MAY_EXCEED_1 or read.table.sheet is RANGES
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
