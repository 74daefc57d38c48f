"""Workbooks become a case, or everything that has to be corrected, in one go."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Self

from choosebattles.arguments import refused
from choosebattles.case.case import Case
from choosebattles.case.checks import warnings as case_warnings
from choosebattles.case.facts import Facts
from choosebattles.case.path import fields
from choosebattles.case.place import Place
from choosebattles.errors import Fault, InputError
from choosebattles.spelling import closest, quoted
from choosebattles.words import _, several
from choosebattles.workbook import families
from choosebattles.workbook.appearance import tell_appearance
from choosebattles.workbook.building import build, name_defaults, preferences, tell_costless
from choosebattles.workbook.derived_rows import without_derived
from choosebattles.workbook.doubts import Confirmation, weighed
from choosebattles.workbook.findings import Findings
from choosebattles.workbook.gate import inspect
from choosebattles.workbook.grids import open_grids
from choosebattles.workbook.joining import join
from choosebattles.workbook.layout import BY_NAME, SHEETS
from choosebattles.workbook.lines import Line, Rounding, read_lines
from choosebattles.workbook.names import collect, resolve
from choosebattles.workbook.own_totals import tell_own_totals
from choosebattles.workbook.settings_reader import Typed, read_settings
from choosebattles.workbook.surroundings import tell_surroundings
from choosebattles.workbook.table import Table, find_table
from choosebattles.workbook.totals import Totals, control_totals
from choosebattles.workbook.units import tell_units


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

    Raises
    ------
    InputError
        With every fault of all files.
    """
    reading = read(paths)
    if reading.case is None:
        raise InputError(reading.faults)
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
    parts = [_tables(Path(path), findings) for path in paths]
    opened = [each for each in parts if each is not None]
    tables = join(opened, findings)
    if len(opened) < len(parts):
        # What a file that cannot be opened would have said is not missed elsewhere.
        return _failed(findings, tables)
    name = "; ".join(Path(path).name for path in paths)
    _tell_missing_sheets(tables, paths, findings)
    return _read_tables(name, tables, findings)


def _tables(path: Path, findings: Findings) -> dict[str, Table] | None:
    """Return the tables of one file, or ``None`` and faults where it cannot be opened."""
    try:
        inspection = inspect(path)
        grids = open_grids(inspection, findings)
    except InputError as error:
        findings.faults.extend(error.faults)
        return None
    found = {}
    for name, grid in grids.items():
        table = find_table(grid, BY_NAME[name], findings)
        if table is not None:
            facts = inspection.sheet(grid.title)
            found[name] = without_derived(table, facts, findings)
    tell_surroundings(inspection, found, findings)
    tell_appearance(inspection, found, findings)
    return found


def _tell_missing_sheets(
    tables: dict[str, Table], paths: Sequence[Path | str], findings: Findings
) -> None:
    file = Path(paths[-1]).name if paths else ""
    headless = {fault.sheet for fault in findings.faults}
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


def _read_tables(name: str, tables: dict[str, Table], findings: Findings) -> Reading:
    typed = read_settings(tables.get("Settings"), findings)
    tell_units(tables, typed, findings)
    calendar = typed.calendar
    if calendar is None:
        typed.tell_years(findings)
        calendar = _guessed(tables)
    tell_own_totals(tables, calendar or range(0), findings)
    rounding = Rounding()
    lines = {
        sheet: read_lines(table, calendar or range(0), findings, rounding)
        for sheet, table in tables.items()
        if sheet != "Settings"
    }
    if calendar is None:
        return _failed(findings, tables, typed.confirmed)
    facts = _facts(name, typed, calendar, tables, lines, findings)
    _tell_rounding(rounding, facts, tables, findings)
    return _judged(facts, tables, typed.confirmed, findings)


def _guessed(tables: dict[str, Table]) -> range | None:
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
    tables: dict[str, Table],
    lines: dict[str, tuple[Line, ...]],
    findings: Findings,
) -> Facts:
    names = collect(lines)
    name_defaults(lines, names)
    for sheet, rows in lines.items():
        for line in rows:
            resolve(BY_NAME[sheet], line, names)
    for sheet in ("Funds", "Skills"):
        table = families.table_or_none(tables, sheet)
        if table is not None:
            families.check_years(table, calendar, findings)
    investments = families.table_or_none(tables, "Investments")
    if investments is not None:
        families.check_costs(investments, findings)
        families.check_members(investments, preferences(lines)[1], names, findings)
        tell_costless(lines["Investments"], findings)
    return build(name, typed, calendar, lines, findings)


def _judged(
    facts: Facts,
    tables: dict[str, Table],
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
        faults = _ordered(findings.faults)
        odd = weighed(findings.warnings, confirmed, complete=False)
        return Reading(None, faults, *odd, totals)
    findings.warnings.extend(case_warnings(case))
    return Reading(case, (), *weighed(findings.warnings, confirmed, complete=True), totals)


def _failed(
    findings: Findings,
    tables: dict[str, Table] | None = None,
    confirmed: Sequence[Confirmation] = (),
) -> Reading:
    totals = Totals(rows=_row_counts(tables or {}))
    faults = _ordered(findings.faults)
    return Reading(None, faults, *weighed(findings.warnings, confirmed, complete=False), totals)


def _ordered(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(dict.fromkeys(faults), key=Fault.order))


def _row_counts(tables: dict[str, Table]) -> dict[str, int]:
    return {sheet.name: len(tables[sheet.name].rows) for sheet in SHEETS if sheet.name in tables}


MATTERS = Decimal("0.001")
"""Which share of all money roundings together may come to before they can change the answer."""


def _tell_rounding(
    rounding: Rounding, facts: Facts, tables: dict[str, Table], findings: Findings
) -> None:
    if not rounding.cells:
        return
    money = sum((amount for each in facts.funds for amount in each.amount.values()), Decimal(0))
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
