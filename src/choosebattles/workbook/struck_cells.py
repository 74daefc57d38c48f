"""What is struck through: a row struck through is a row dropped, for the person who did it."""

from collections.abc import Mapping

from choosebattles.case.investment import Decision
from choosebattles.case.place import Place
from choosebattles.translation import _
from choosebattles.workbook.column import CellKind, ColumnLayout, Space
from choosebattles.workbook.filled_cells import FilledCells
from choosebattles.workbook.findings import Findings
from choosebattles.workbook.heading_row import Heading, SheetTable
from choosebattles.workbook.layout import SETTINGS_SHEET


def check_struck(read: FilledCells, findings: Findings) -> None:
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
    read: FilledCells, struck: Mapping[int, list[int]], findings: Findings
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
