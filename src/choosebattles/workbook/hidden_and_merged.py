"""What stands around the cells of a file: merged, hidden and blank rows, links, macros, pictures."""

from collections.abc import Iterable, Mapping

from openpyxl.utils.cell import range_boundaries

from choosebattles.case.place import Place
from choosebattles.spelling import quoted
from choosebattles.translation import _, several
from choosebattles.workbook.cell_reading import blank
from choosebattles.workbook.column import CellKind
from choosebattles.workbook.findings import Findings
from choosebattles.workbook.heading_row import Heading, SheetTable
from choosebattles.workbook.inspection import Inspection, SheetFacts
from choosebattles.workbook.layout import SETTINGS_SHEET

NAMED_AT_MOST = 10
"""How many cells or rows one sentence names."""

_TEXTS = {CellKind.TEXT, CellKind.TAGS, CellKind.ID}
"""What may be hidden without a doubt about the numbers."""


def check_surroundings(
    inspection: Inspection, tables: Mapping[str, SheetTable], findings: Findings
) -> None:
    """Tell of everything odd around the tables of one file."""
    file = Place(inspection.path.name)
    if inspection.macros:
        findings.warn(
            file, "CB-W01", _("macros"), _("a workbook without any"), _("They are never run.")
        )
    if inspection.pictures or inspection.charts or inspection.embedded:
        findings.warn(
            file,
            "CB-W03",
            _("pictures, charts or embedded objects"),
            _("cells only"),
            _("They are ignored."),
        )
    for link in inspection.links:
        findings.warn(
            file,
            "CB-W02",
            several(
                "{number} cell that takes its value from {name}: {cells}",
                "{number} cells that take their values from {name}: {cells}",
                len(link.cells),
            ).format(number=len(link.cells), name=quoted(link.name), cells=listed(link.cells)),
            _("values typed here"),
            _("The last saved values were used. Paste them as values to be safe."),
        )
    for table in tables.values():
        facts = inspection.sheet(table.grid.title)
        _check_merged(table, facts, findings)
        _check_hidden(table, facts, findings)
        _check_blank(table, findings)


def _check_merged(table: SheetTable, facts: SheetFacts, findings: Findings) -> None:
    """Refuse cells merged among the data: only the first keeps its value."""
    if not table.rows:
        return
    last = table.rows[-1][0]
    rows = {table.header_row, *(row for row, _values in table.rows)}
    # A note, a sub-heading or a total that was left out is told by itself.
    apart = {row for row, _values in table.grid.rows} - rows
    used = {head.index + 1 for head in table.headings}
    for cells in facts.merged:
        left, top, right, bottom = range_boundaries(cells)
        if bottom < table.header_row or top > last or not used & set(range(left, right + 1)):
            continue
        if top == bottom and (left == right or top in apart):
            continue
        first = cells.partition(":")[0]
        findings.fault(
            Place(table.grid.file, table.grid.title, first),
            "CB-S10",
            _("the merged cells {cells}").format(cells=cells),
            _("one value in each cell"),
            _("Only the first keeps its value. Unmerge them and fill each."),
        )


def _check_hidden(table: SheetTable, facts: SheetFacts, findings: Findings) -> None:
    """Doubt rows and numbers that nobody sees; note hidden sheets and texts."""
    hidden = set(facts.hidden_rows)
    rows = [row for row, _values in table.rows if row in hidden]
    for row in rows:
        findings.warn(
            table.row_place(row),
            "CB-S11",
            _("a row hidden by a filter") if facts.filtered else _("a hidden row"),
            _("rows that can be seen"),
            _("It was read. Unhide it to check."),
        )
    if facts.filtered and not rows:
        findings.warn(
            table.top,
            "CB-S11",
            _("a filter on {cells}").format(cells=facts.filtered),
            _("a table without a filter"),
            _("Every row was read. Clear the filter to check."),
        )
    for head in table.headings:
        # A hidden column that holds nothing says nothing either.
        if head.index + 1 not in facts.hidden_columns or not _holds_something(table, head):
            continue
        place = table.header_place(head)
        findings.warn(
            Place(place.file, place.sheet, place.cell),
            "CB-C42" if head.column.kind in _TEXTS else "CB-S11",
            _("the hidden column {name}").format(name=quoted(head.text)),
            _("columns that can be seen"),
            _("It was read. Unhide it to check."),
        )
    if facts.state != "visible":
        findings.warn(
            table.top,
            "CB-C42",
            _("a hidden sheet"),
            _("a sheet that can be seen"),
            _("It was read. Unhide it to check."),
        )


def _holds_something(table: SheetTable, head: Heading) -> bool:
    return any(
        head.index < len(values) and not blank(values[head.index]) for _row, values in table.rows
    )


def _check_blank(table: SheetTable, findings: Findings) -> None:
    """Warn of blank rows between the data; Settings may be grouped by them."""
    if table.sheet is SETTINGS_SHEET or not table.rows:
        return
    numbers = [row for row, _values in table.rows]
    # A total or a note that was left out is no blank row.
    filled_rows = {row for row, values in table.grid.rows if not all(map(blank, values))}
    empty = [row for row in range(numbers[0], numbers[-1]) if row not in filled_rows]
    if empty:
        found = several("a blank row, {rows}", "blank rows, {rows}", len(empty))
        findings.warn(
            table.top,
            "CB-S12",
            found.format(rows=listed(map(str, empty))),
            _("rows one below the other"),
            _("The rows below were read too, down to row {row}.").format(row=numbers[-1]),
        )


def listed(names: Iterable[str]) -> str:
    """Return the first few names, and how many more there are."""
    every = list(names)
    shown = ", ".join(every[:NAMED_AT_MOST])
    more = len(every) - NAMED_AT_MOST
    if more <= 0:
        return shown
    return _("{names} and {number} more").format(names=shown, number=more)
