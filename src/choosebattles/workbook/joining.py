"""Several files that are parts of one case: their sheets are joined."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from choosebattles.case.place import Place
from choosebattles.spelling import key, quoted
from choosebattles.translation import _
from choosebattles.workbook.findings import Findings
from choosebattles.workbook.heading_row import SheetTable
from choosebattles.workbook.layout import SETTINGS_SHEET


@dataclass(frozen=True)
class Difference:
    """The first cell that says one thing in one file and another in the other."""

    place: Place
    found: str
    other_place: Place
    other: str


def join(parts: Sequence[Mapping[str, SheetTable]], findings: Findings) -> dict[str, SheetTable]:
    """Return the tables of all files together.

    A sheet without rows gives way to the same sheet of another file, a blank setting to a typed
    one; the same sheet with different content in two files is a fault that names both.
    """
    joined: dict[str, SheetTable] = {}
    for tables in parts:
        for name, table in tables.items():
            first = joined.get(name)
            if first is None or not first.rows:
                joined[name] = table
            elif table.rows:
                joined[name] = _joined(first, table, findings)
    return joined


def _joined(first: SheetTable, second: SheetTable, findings: Findings) -> SheetTable:
    if first.sheet is SETTINGS_SHEET:
        return _settings(first, second, findings)
    difference = _difference(first, second)
    if difference is not None:
        _note_difference(difference, findings)
    return first


def _note_difference(difference: Difference, findings: Findings) -> None:
    found = _("{value}, while {place} of {file} holds {other}").format(
        value=difference.found,
        place=difference.other_place,
        file=difference.other_place.file,
        other=difference.other,
    )
    advice = _("Delete the sheet {name} from one of the files, or make them the same.")
    findings.fault(
        difference.place,
        "CB-S14",
        found,
        _("each sheet in one file only, or the same in both"),
        advice.format(name=difference.other_place.sheet),
    )


def _difference(first: SheetTable, second: SheetTable) -> Difference | None:
    """Return where two tables begin to differ."""
    nothing: tuple[int, dict[str, tuple[int, object]]] = (0, {})
    for one, other in zip_longest(first.content(), second.content(), fillvalue=nothing):
        for heading in dict.fromkeys((*other[1], *one[1])):
            old, new = one[1].get(heading), other[1].get(heading)
            if old is None or new is None or old[1] != new[1]:
                return Difference(
                    _place(second, other[0], new, heading),
                    _shown(new),
                    _place(first, one[0], old, heading),
                    _shown(old),
                )
    return None


def _place(table: SheetTable, row: int, cell: tuple[int, object] | None, heading: str) -> Place:
    """Return the cell; of a row that is not there, the one below the last."""
    if not row:
        row = table.rows[-1][0] + 1
    for head in table.headings:
        if key(head.text) == heading:
            return table.grid.place(row, head.index, head.text)
    return table.grid.place(row, 0 if cell is None else cell[0])


def _shown(cell: tuple[int, object] | None) -> str:
    if cell is None:
        return _("an empty cell")
    return quoted(cell[1]) if isinstance(cell[1], str) else str(cell[1])


def _settings(first: SheetTable, second: SheetTable, findings: Findings) -> SheetTable:
    """Join two sheets Settings: what one leaves blank the other may say."""
    label, value = (key(column.header) for column in first.sheet.columns)
    settings: dict[str, tuple[SheetTable, int, tuple[int, object]]] = {}
    for table in (first, *first.more):
        for row, cells in table.content():
            if label in cells and value in cells:
                settings[key(str(cells[label][1]))] = (table, row, cells[value])
    kept = []
    for row, cells in second.content():
        if label not in cells or value not in cells:
            continue
        before = settings.get(key(str(cells[label][1])))
        if before is None:
            kept.append(row)
        elif before[2][1] != cells[value][1]:
            other_place = before[0].grid.place(before[1], before[2][0])
            place = second.grid.place(row, cells[value][0], str(cells[label][1]))
            _note_difference(
                Difference(place, _shown(cells[value]), other_place, _shown(before[2])), findings
            )
    filled = {
        name for row, cells in second.content() if row in kept for name in _name(cells, label)
    }
    rest = tuple(
        (row, values)
        for (row, values), (_same, cells) in zip(first.rows, first.content(), strict=True)
        if value in cells or not filled.intersection(_name(cells, label))
    )
    other = replace(second, rows=tuple((row, values) for row, values in second.rows if row in kept))
    return replace(first, rows=rest, more=(*first.more, other))


def _name(cells: Mapping[str, tuple[int, object]], label: str) -> list[str]:
    return [key(str(cells[label][1]))] if label in cells else []
