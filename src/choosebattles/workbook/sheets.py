"""The sheets of a file as plain values, and which of them hold data."""

from collections.abc import Set as AbstractSet

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from choosebattles.case.place import Place
from choosebattles.spelling import closest, key, quoted
from choosebattles.translation import _
from choosebattles.workbook.cell_reading import blank
from choosebattles.workbook.column import SheetLayout
from choosebattles.workbook.findings import Findings
from choosebattles.workbook.heading_names import KnownHeadings, bare, near_name, strongly_near
from choosebattles.workbook.heading_row import HEADER_WITHIN, UNCALCULATED, SheetCells, recognised
from choosebattles.workbook.inspection import Inspection, SheetFacts
from choosebattles.workbook.layout import SHEETS
from choosebattles.workbook.sheet_part import LAST_ROW

START, LISTS, CHECKS, TO_CORRECT = "Start here", "Lists", "Checks", "To correct"
OTHER_SHEETS = (START, LISTS, CHECKS, TO_CORRECT)
"""Sheets that this program writes beside the data, and does not read."""


def read_data_sheets(inspection: Inspection, findings: Findings) -> dict[str, SheetCells]:
    """Return the cells of every sheet that holds data, by the name in the layout."""
    file = inspection.path.name
    chosen, unknown = _choose(file, inspection, findings)
    for facts in unknown:
        grid = read_sheet(file, facts, HEADER_WITHIN)
        _judge_unknown(grid, {sheet.name for sheet, _facts in chosen}, findings)
    return {sheet.name: read_sheet(file, facts) for sheet, facts in chosen}


def read_sheet(file: str, facts: SheetFacts, last: int = LAST_ROW) -> SheetCells:
    """Return the cells of one sheet, formulas without a saved value marked as such.

    Parameters
    ----------
    file
        The name of the file.
    facts
        What the sheet holds.
    last
        The last row that is wanted.
    """
    rows = {
        number: [values.get(index) for index in range(facts.last_column)]
        for number, values in facts.values.items()
        if number <= last
    }
    for cell in facts.uncalculated:
        letters, number = coordinate_from_string(cell)
        if number <= last:
            rows[number][column_index_from_string(letters) - 1] = UNCALCULATED
    filled = (
        (number, tuple(values))
        for number, values in rows.items()
        if not all(blank(value) for value in values)
    )
    return SheetCells(file, facts.name, tuple(filled), facts.looks, facts.formulas)


def _choose(
    file: str, inspection: Inspection, findings: Findings
) -> tuple[list[tuple[SheetLayout, SheetFacts]], list[SheetFacts]]:
    """Return the sheets that hold data, and unknown ones; tell of charts and twins."""
    chosen: dict[str, tuple[SheetLayout, SheetFacts]] = {}
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
    tables = [facts for facts in unknown if facts.kind == "worksheet"]
    for facts in unknown:
        if facts.kind != "worksheet":
            _note_unknown(Place(file, facts.name), None, findings)
    return list(chosen.values()), tables


def _judge_unknown(grid: SheetCells, chosen: AbstractSet[str], findings: Findings) -> None:
    """Refuse a sheet that is probably a known one by another name; tell of others.

    Parameters
    ----------
    grid
        Its first rows.
    chosen
        The known sheets that are there.
    findings
        Where both are noted.
    """
    names = [sheet.name for sheet in SHEETS]
    place = Place(grid.file, grid.title)
    shared = {sheet.name: _shared(sheet, grid) for sheet in SHEETS}
    alike = [
        sheet.name
        for sheet in SHEETS
        if len(shared[sheet.name]) > 1
        and {column.name for column in sheet.columns if column.required} <= shared[sheet.name]
    ]
    near = near_name(grid.title, names, "sheets")
    if near and grid.rows and _meant(grid.title, near, shared[near], chosen):
        alike = [near]
    if not alike:
        _note_unknown(
            place, closest(grid.title, (name for name in names if name not in chosen)), findings
        )
        return
    findings.fault(
        place,
        "CB-S24",
        _("a sheet named {name}").format(name=quoted(grid.title)),
        alike[0],
        _("Rename it to {name}, or delete it.").format(name=alike[0]),
    )


def _shared(sheet: SheetLayout, grid: SheetCells) -> set[str]:
    """Return the columns of a known sheet that the best row of another one names."""
    rows = (recognised(sheet, values, KnownHeadings()) for _row, values in grid.rows)
    return max(rows, key=len, default=set())


def _meant(title: str, near: str, shared: AbstractSet[str], chosen: AbstractSet[str]) -> bool:
    """Say whether a near name is more than chance: Roles is a word of its own, Limit is not."""
    strong = strongly_near(title, [near], "sheets") is not None
    copy = bare(title).startswith(bare(near).removesuffix("s"))
    return bool(shared) or (strong and (copy or near not in chosen))


def _note_unknown(place: Place, near: str | None, findings: Findings) -> None:
    advice = _("It is not used.")
    if near:
        advice += " " + _("Did you mean {name}?").format(name=near)
    findings.warn(
        place,
        "CB-S15",
        _("a sheet named {name}").format(name=quoted(place.sheet)),
        _("the name of a sheet of the template"),
        advice,
    )
