"""The sheets of a file as plain values, after the file was found safe to open."""

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from choosebattles.case.place import Place
from choosebattles.errors import InputError
from choosebattles.spelling import closest, key, quoted
from choosebattles.words import _
from choosebattles.workbook.cells import blank
from choosebattles.workbook.column import Sheet
from choosebattles.workbook.findings import Findings
from choosebattles.workbook.gate import Inspection, SheetFacts
from choosebattles.workbook.layout import SHEETS
from choosebattles.workbook.table import UNCALCULATED, Grid

START, LISTS, CHECKS, TO_CORRECT = "Start here", "Lists", "Checks", "To correct"
OTHER_SHEETS = (START, LISTS, CHECKS, TO_CORRECT)
"""Sheets that this program writes beside the data, and does not read."""


def open_grids(inspection: Inspection, findings: Findings) -> dict[str, Grid]:
    """Return the cells of every sheet that holds data, by the name in the layout."""
    file = inspection.path.name
    chosen = _choose(file, inspection, findings)
    with warnings.catch_warnings():
        # openpyxl tells of drop-downs and headers that it leaves out; nothing here needs them.
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(BytesIO(inspection.content), read_only=True, data_only=True)
            try:
                return {
                    sheet.name: read_grid(file, facts, book[facts.name]) for sheet, facts in chosen
                }
            finally:
                book.close()
        except Exception as error:
            found = _("a damaged file")
            advice = _("Open it in Excel or LibreOffice and save it again.")
            fault = Place(file).fault("CB-F07", found, _("an Excel workbook (.xlsx)"), advice)
            raise InputError([fault]) from error


def read_grid(file: str, facts: SheetFacts, worksheet: Any) -> Grid:
    """Return the cells of one sheet, formulas without a saved value marked as such."""
    rows: dict[int, list[object]] = {}
    if facts.last_row:
        lines = worksheet.iter_rows(
            max_row=facts.last_row, max_col=facts.last_column, values_only=True
        )
        rows = {number: list(values) for number, values in enumerate(lines, start=1)}
    replaced = {**facts.decoded, **dict.fromkeys(facts.uncalculated, UNCALCULATED)}
    for cell, value in replaced.items():
        letters, number = coordinate_from_string(cell)
        rows[number][column_index_from_string(letters) - 1] = value
    filled = (
        (number, tuple(values))
        for number, values in rows.items()
        if not all(blank(value) for value in values)
    )
    return Grid(file, facts.name, tuple(filled))


def _choose(
    file: str, inspection: Inspection, findings: Findings
) -> list[tuple[Sheet, SheetFacts]]:
    """Return the sheets that hold data; tell of charts, twins and unknown ones."""
    chosen: dict[str, tuple[Sheet, SheetFacts]] = {}
    known = {key(sheet.name): sheet for sheet in SHEETS}
    unknown = []
    for facts in inspection.sheets:
        sheet = known.get(key(facts.name))
        place = Place(file, facts.name)
        if sheet is None:
            if key(facts.name) not in map(key, OTHER_SHEETS):
                unknown.append(facts)
        elif facts.kind != "worksheet":
            findings.fault(
                place,
                "CB-S03",
                _("a sheet that is no table ({kind})").format(kind=facts.kind),
                _("a table"),
                _("Rename it and put the data on a sheet named {name}.").format(name=sheet.name),
            )
        elif sheet.name in chosen:
            findings.fault(
                place,
                "CB-S02",
                _("two sheets alike: {first} and {second}").format(
                    first=quoted(chosen[sheet.name][1].name), second=quoted(facts.name)
                ),
                _("one sheet named {name}").format(name=sheet.name),
                _("Rename the one that is not meant."),
            )
        else:
            chosen[sheet.name] = (sheet, facts)
    for facts in unknown:
        _tell_unknown(file, facts, set(chosen), findings)
    return list(chosen.values())


def _tell_unknown(file: str, facts: SheetFacts, chosen: set[str], findings: Findings) -> None:
    near = closest(facts.name, _free(chosen))
    advice = _("It is not used.")
    if near:
        advice += " " + _("Did you mean {name}?").format(name=near)
    findings.warn(
        Place(file, facts.name),
        "CB-S15",
        _("a sheet named {name}").format(name=quoted(facts.name)),
        _("the name of a sheet of the template"),
        advice,
    )


def _free(chosen: set[str]) -> Iterator[str]:
    return (sheet.name for sheet in SHEETS if sheet.name not in chosen)
