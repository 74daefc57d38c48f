"""Formulas whose value is another tomorrow, that show nothing, or that wait to be calculated."""

import re
from collections.abc import Iterable, Iterator

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from choosebattles.case.numbers import MeasuredIn
from choosebattles.case.place import Place
from choosebattles.translation import _, several
from choosebattles.workbook.column import CellKind
from choosebattles.workbook.filled_cells import FilledCells
from choosebattles.workbook.findings import Findings
from choosebattles.workbook.hidden_and_merged import listed
from choosebattles.workbook.inspection import Inspection

_CHANGING = re.compile(
    r"(?<![\w.])(TODAY|NOW|RAND|RANDBETWEEN|RANDARRAY|OFFSET|INDIRECT)\s*\(", re.IGNORECASE
)

_PREFIX = re.compile(r"_xl(?:fn|ws)\.", re.IGNORECASE)

_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def check_formulas(
    inspection: Inspection, tables: Iterable[FilledCells], findings: Findings
) -> None:
    """Tell of every formula of one file whose value may not be the one that was meant."""
    calculated = []
    for read in tables:
        _check_empty_texts(read, inspection, findings)
        formulas = list(_formulas(read))
        _check_changing(formulas, findings)
        calculated += [place for place, _text in formulas]
    if inspection.by_hand and calculated:
        _doubt_by_hand(inspection, calculated, findings)


def _check_empty_texts(read: FilledCells, inspection: Inspection, findings: Findings) -> None:
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


def _formulas(read: FilledCells) -> Iterator[tuple[Place, str]]:
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
