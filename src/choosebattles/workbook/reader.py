"""Workbooks become a case, or everything that has to be corrected, in one go."""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Self

from choosebattles.arguments import refused
from choosebattles.case.case import Case
from choosebattles.case.checks import warnings as case_warnings
from choosebattles.case.decision_model import DEFAULT_OBJECTIVES
from choosebattles.case.facts import Facts
from choosebattles.case.number_path import fields
from choosebattles.case.place import Place
from choosebattles.error_codes import CELLS
from choosebattles.errors import DoubtWarning, Fault, InputError, gathered
from choosebattles.spelling import closest, quoted
from choosebattles.translation import _, several
from choosebattles.workbook import repeated_columns
from choosebattles.workbook.cell_reading import blank
from choosebattles.workbook.control_totals import Totals, control_totals
from choosebattles.workbook.doubts import Confirmation, doubts_and_notices
from choosebattles.workbook.facts_from_rows import build, check_costless, name_defaults, preferences
from choosebattles.workbook.filled_cells import FilledCells
from choosebattles.workbook.findings import Findings
from choosebattles.workbook.formula_doubts import check_formulas
from choosebattles.workbook.heading_names import KnownHeadings
from choosebattles.workbook.heading_row import SheetCells, SheetTable, find_table
from choosebattles.workbook.hidden_and_merged import check_surroundings
from choosebattles.workbook.inspection import Inspection, inspect
from choosebattles.workbook.joining import join
from choosebattles.workbook.layout import BY_NAME, SHEETS
from choosebattles.workbook.list_separators import separate_lists
from choosebattles.workbook.name_spelling import collect, resolve
from choosebattles.workbook.percent_signs import check_percent_signs
from choosebattles.workbook.row_reading import Line, Rounding, read_lines
from choosebattles.workbook.settings_reader import Typed, read_settings
from choosebattles.workbook.sheets import read_data_sheets
from choosebattles.workbook.shown_units import check_units
from choosebattles.workbook.struck_cells import check_struck
from choosebattles.workbook.total_columns import check_total_columns
from choosebattles.workbook.total_rows import without_totals


@dataclass(frozen=True)
class Reading:
    """What came of reading: a case or faults; doubts, notices, control totals in any event.

    A doubt may change the answer and may be meant; a notice is harmless.
    """

    case: Case | None
    faults: tuple[Fault, ...]
    doubts: tuple[Fault, ...]
    notices: tuple[Fault, ...]
    totals: Totals

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """Return doubts and notices together, by place."""
        return tuple(sorted((*self.doubts, *self.notices), key=Fault.order))

    def strictly(self) -> Self:
        """Return the same with every doubt as a fault."""
        if not self.doubts:
            return self
        faults = tuple(sorted((*self.faults, *self.doubts), key=Fault.order))
        return replace(self, case=None, faults=faults, doubts=())


def read_case(*paths: Path | str) -> Case:
    """Return the case that one or several workbooks state together.

    Warns
    -----
    DoubtWarning
        Of everything that may have been read otherwise than it was meant, one for each kind and
        column. ``warnings.simplefilter("error", DoubtWarning)`` makes them errors.

    Raises
    ------
    InputError
        With every fault of all files.
    """
    reading = read(paths)
    if reading.case is None:
        raise InputError(reading.faults)
    for sentence in gathered(reading.doubts):
        warnings.warn(sentence, DoubtWarning, stacklevel=2)
    return reading.case


def as_case(given: Case | Path | str, name: str = "case") -> Case:
    """Return a case: itself, or the one that a workbook states.

    Parameters
    ----------
    given
        A case, or the path of a workbook.
    name
        What the argument is called.

    Raises
    ------
    InputError
        With every fault of the workbook; or where something else was handed over.
    """
    if isinstance(given, Case):
        return given
    if isinstance(given, Path | str):
        return read_case(given)
    raise refused(name, given, _("a case, or the path of a workbook"))


def read(paths: Sequence[Path | str]) -> Reading:
    """Read one or several workbooks that are parts of one case.

    Never raises for what a file holds: everything to correct is in ``faults``.

    Parameters
    ----------
    paths
        Workbooks; the same sheet with different content in two of them is a fault.
    """
    findings = Findings()
    files = [file for file in (_opened(Path(path), findings) for path in paths) if file]
    around = known_before([grids for _inspection, grids in files])
    tables = join([_tables(*file, around, findings) for file in files], findings)
    if len(files) < len(paths):
        # What a file that cannot be opened would have said is not missed elsewhere.
        return _failed(findings, tables)
    name = "; ".join(Path(path).name for path in paths)
    _check_missing_sheets(tables, paths, findings)
    return _read_tables(name, tables, findings)


def _opened(path: Path, findings: Findings) -> tuple[Inspection, dict[str, SheetCells]] | None:
    """Return the sheets of one file, or ``None`` and faults where it cannot be opened."""
    try:
        inspection = inspect(path)
        return inspection, read_data_sheets(inspection, findings)
    except InputError as error:
        findings.faults.extend(error.faults)
        return None


def known_before(files: Sequence[Mapping[str, SheetCells]]) -> KnownHeadings:
    """Return what Settings, Criteria and Skills say, for the headings of the other sheets."""
    unheard = Findings()
    tables: dict[str, SheetTable] = {}
    for grids in files:
        for name in ("Settings", "Objectives", "Criteria", "Skills"):
            grid = grids.get(name)
            table = grid and find_table(grid, BY_NAME[name], unheard)
            if table and (name not in tables or not tables[name].rows):
                tables[name] = table
            elif table and name == "Settings":
                tables[name] = replace(tables[name], more=(*tables[name].more, table))
    typed = read_settings(tables.get("Settings"), unheard)
    objectives = _ids(tables.get("Objectives")) or DEFAULT_OBJECTIVES
    return KnownHeadings(
        typed.calendar or range(0),
        str(typed.case.get("currency") or ""),
        _ids(tables.get("Criteria")) or objectives,
        _ids(tables.get("Skills")),
    )


def _ids(table: SheetTable | None) -> tuple[str, ...]:
    """Return what stands in the first column of the layout."""
    heads = table.of(table.sheet.columns[0]) if table else ()
    return tuple(
        " ".join(str(values[head.index]).split())
        for head in heads
        for _row, values in (table.rows if table else ())
        if head.index < len(values) and not blank(values[head.index])
    )


def _tables(
    inspection: Inspection,
    grids: Mapping[str, SheetCells],
    around: KnownHeadings,
    findings: Findings,
) -> dict[str, SheetTable]:
    """Return the tables of one file."""
    found = {}
    for name, grid in grids.items():
        table = find_table(grid, BY_NAME[name], findings, around)
        if table is not None:
            facts = inspection.sheet(grid.title)
            found[name] = without_totals(table, facts, findings)
    check_surroundings(inspection, found, findings)
    cells = [FilledCells(table) for table in found.values()]
    for read in cells:
        check_percent_signs(read, findings)
        check_struck(read, findings)
    check_formulas(inspection, cells, findings)
    return found


def _check_missing_sheets(
    tables: dict[str, SheetTable], paths: Sequence[Path | str], findings: Findings
) -> None:
    file = Path(paths[-1]).name if paths else ""
    headless = {fault.sheet for fault in findings.faults}
    # A sheet by another name says itself how it must be named.
    headless |= {fault.expected for fault in findings.faults if fault.code == "CB-S24"}
    for sheet in SHEETS:
        if not sheet.required or sheet.name in tables or sheet.name in headless:
            continue
        unused = [fault.sheet for fault in findings.warnings if fault.code == "CB-S15"]
        near = closest(sheet.name, unused)
        findings.fault(
            Place(file, sheet.name),
            "CB-S01",
            _("no sheet named {name}, or an empty one").format(name=sheet.name),
            _("the sheet {name}").format(name=sheet.name),
            _("Rename the sheet {name}.").format(name=quoted(near))
            if near
            else _("Add the sheet; a new template has it."),
        )


def _read_tables(name: str, tables: dict[str, SheetTable], findings: Findings) -> Reading:
    typed = read_settings(tables.get("Settings"), findings)
    check_units(tables, typed, findings)
    calendar = typed.calendar
    if calendar is None:
        typed.check_years(findings)
        calendar = _guessed(tables)
    check_total_columns(tables, calendar or range(0), findings)
    rounding = Rounding()
    lines = {
        sheet: read_lines(table, calendar or range(0), findings, rounding)
        for sheet, table in tables.items()
        if sheet != "Settings"
    }
    if calendar is None:
        return _failed(findings, tables, typed.confirmed)
    facts = _facts(name, typed, calendar, tables, lines, findings)
    _check_rounding(rounding, facts, tables, findings)
    return _judged(facts, tables, typed.confirmed, findings)


def _guessed(tables: dict[str, SheetTable]) -> range | None:
    """Return the years that stand in the headings of Funds, where Settings do not tell them."""
    funds = tables.get("Funds")
    years = (
        []
        if funds is None
        else [int(h.key) for h in funds.of(BY_NAME["Funds"].column("amount")) if h.key]
    )
    if not years or max(years) - min(years) >= 30:
        return None
    return range(min(years), max(years) + 1)


def _facts(
    name: str,
    typed: Typed,
    calendar: range,
    tables: dict[str, SheetTable],
    lines: dict[str, tuple[Line, ...]],
    findings: Findings,
) -> Facts:
    separate_lists(lines, findings)
    names = collect(lines)
    name_defaults(lines, names)
    for sheet, rows in lines.items():
        for line in rows:
            resolve(BY_NAME[sheet], line, names)
    for sheet in ("Funds", "Skills"):
        table = repeated_columns.table_or_none(tables, sheet)
        if table is not None:
            repeated_columns.check_years(table, calendar, findings)
    investments = repeated_columns.table_or_none(tables, "Investments")
    if investments is not None:
        repeated_columns.check_costs(investments, findings)
        repeated_columns.check_members(investments, preferences(lines)[1], names, findings)
        check_costless(lines["Investments"], findings)
    return build(name, typed, calendar, lines, findings)


def _judged(
    facts: Facts,
    tables: dict[str, SheetTable],
    confirmed: Sequence[Confirmation],
    findings: Findings,
) -> Reading:
    """Return the case, or the faults of cells together with those of the whole."""
    totals = control_totals(facts, _row_counts(tables))
    case = None
    try:
        case = Case.model_validate(fields(facts))
    except InputError as error:
        findings.add(error.faults)
    if findings.faults or case is None:
        return _failed(findings, tables, confirmed, totals)
    findings.warnings.extend(case_warnings(case))
    return Reading(
        case, (), *doubts_and_notices(findings.warnings, confirmed, complete=True), totals
    )


def _failed(
    findings: Findings,
    tables: dict[str, SheetTable] | None = None,
    confirmed: Sequence[Confirmation] = (),
    totals: Totals | None = None,
) -> Reading:
    totals = totals or Totals(rows=_row_counts(tables or {}))
    faults = _ordered(findings.faults)
    doubts, notices = doubts_and_notices(findings.warnings, confirmed, complete=False)
    # A value that must be corrected anyway is not doubted as well; its row may be.
    faulty = {(fault.file, fault.sheet, fault.cell) for fault in faults if fault.cell}
    doubts = tuple(
        doubt
        for doubt in doubts
        if doubt.code not in CELLS or (doubt.file, doubt.sheet, doubt.cell) not in faulty
    )
    return Reading(None, faults, doubts, notices, totals)


def _ordered(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(dict.fromkeys(faults), key=Fault.order))


def _row_counts(tables: dict[str, SheetTable]) -> dict[str, int]:
    return {sheet.name: len(tables[sheet.name].rows) for sheet in SHEETS if sheet.name in tables}


MATTERS = Decimal("0.001")
"""Which share of all money roundings together may come to before they can change the answer."""


def _check_rounding(
    rounding: Rounding, facts: Facts, tables: dict[str, SheetTable], findings: Findings
) -> None:
    if not rounding.cells:
        return
    money = sum((amount for fund in facts.funds for amount in fund.amount.values()), Decimal(0))
    much = rounding.together > MATTERS * money
    file = next((table.grid.file for table in tables.values()), "")
    found = several(
        "{number} amount with more than three decimals",
        "{number} amounts with more than three decimals",
        rounding.cells,
    ).format(number=rounding.cells)
    findings.warn(
        Place(file),
        "CB-C22" if much else "CB-C20",
        found,
        _("whole thousandths of a million"),
        _(
            "They were rounded, half up; the most that one moved is {most} million, all together "
            "{together} million."
        ).format(
            most=format(rounding.most.normalize(), "f"),
            together=format(rounding.together.normalize(), "f"),
        ),
    )
