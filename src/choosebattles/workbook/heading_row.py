"""Where the table of a sheet begins, and which column is which."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from functools import partial

from openpyxl.utils import get_column_letter

from choosebattles.case.numbers import Family, MeasuredIn
from choosebattles.case.place import Place
from choosebattles.spelling import closest, exposed, key, quoted
from choosebattles.translation import _, several
from choosebattles.workbook.cell_kinds import read_cell
from choosebattles.workbook.cell_reading import Problem, Read, blank
from choosebattles.workbook.column import CellKind, ColumnLayout, SheetLayout
from choosebattles.workbook.findings import Findings
from choosebattles.workbook.heading_names import (
    Extended,
    KnownHeadings,
    Match,
    Rest,
    calendar_year,
    exact,
    extended,
    known_member,
    misspelt,
    translated,
)
from choosebattles.workbook.layout import SETTINGS_SHEET
from choosebattles.workbook.sheet_part import SavedFormula
from choosebattles.workbook.typed_numbers import number
from choosebattles.workbook.xml_parts import PLAIN, Look

HEADER_WITHIN = 10
"""The header row is one of the first ten."""


class Uncalculated:
    """A formula without a saved value."""

    def __str__(self) -> str:
        return _("a formula without a saved value")


UNCALCULATED = Uncalculated()
"""Stands for the value of a formula that was never calculated."""

_YEAR_WITHIN = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)", re.ASCII)


@dataclass(frozen=True)
class SheetCells:
    """The cells of one sheet of one file: row numbers with values, blank rows left out."""

    file: str
    title: str
    rows: tuple[tuple[int, tuple[object, ...]], ...]
    looks: Mapping[tuple[int, int], Look] = field(default_factory=dict)
    """How the cells that do not look plain show their value, by row and column from 0."""
    formulas: Mapping[tuple[int, int], SavedFormula] = field(default_factory=dict)
    """The formulas, by the same."""

    def look(self, row: int, index: int) -> Look:
        """Return how a cell shows its value."""
        return self.looks.get((row, index), PLAIN)

    def formula(self, row: int, index: int) -> str:
        """Return the formula of a cell, with its equals sign; nothing if a value was typed."""
        found = self.formulas.get((row, index))
        return found.at(f"{get_column_letter(index + 1)}{row}") if found else ""

    def place(self, row: int, index: int, column: str = "") -> Place:
        """Return the cell of a row and a column counted from 0."""
        return Place(self.file, self.title, f"{get_column_letter(index + 1)}{row}", column)


@dataclass(frozen=True)
class Heading:
    """One header cell: which column it heads and, in a family, for which key."""

    column: ColumnLayout
    key: str | int | None
    index: int
    text: str

    @property
    def part(self) -> str:
        """Return the name of what stands below: the field, with its key in a family."""
        return self.column.name if self.key is None else f"{self.column.name}[{self.key}]"


@dataclass(frozen=True)
class SheetTable:
    """A sheet with its header row found: headings, and the rows of data below."""

    grid: SheetCells
    sheet: SheetLayout
    header_row: int
    headings: tuple[Heading, ...]
    rows: tuple[tuple[int, tuple[object, ...]], ...]
    more: tuple["SheetTable", ...] = ()
    """The same sheet of other files, with what this one leaves blank."""
    own: Mapping[int, str] = field(default_factory=dict)
    """Headings that are not used, by position; empty where a fault has said all there is."""

    def of(self, column: ColumnLayout) -> tuple[Heading, ...]:
        """Return the headings of a column or of a family of columns."""
        return tuple(heading for heading in self.headings if heading.column is column)

    @property
    def top(self) -> Place:
        """Return the sheet as a place."""
        return Place(self.grid.file, self.grid.title)

    def header_place(self, heading: Heading) -> Place:
        """Return the cell of a heading."""
        return self.grid.place(self.header_row, heading.index, heading.text)

    def row_place(self, row: int) -> Place:
        """Return the cell that stands for a row: that of the first column of the layout."""
        for head in self.of(self.sheet.columns[0]):
            return self.grid.place(row, head.index, head.text)
        return self.grid.place(row, 0)

    def content(self) -> list[tuple[int, dict[str, tuple[int, object]]]]:
        """Return the filled cells of every row by heading, each with where it stands."""
        return [
            (
                number,
                {
                    key(head.text): (head.index, values[head.index])
                    for head in self.headings
                    if head.index < len(values) and not blank(values[head.index])
                },
            )
            for number, values in self.rows
        ]


def find_table(
    grid: SheetCells, sheet: SheetLayout, findings: Findings, around: KnownHeadings | None = None
) -> SheetTable | None:
    """Return the table of a sheet, or ``None`` where there is none.

    A sheet without any filled cell has none; a sheet whose header row is not found has a fault.

    Parameters
    ----------
    grid
        The cells.
    sheet
        Which sheet they belong to.
    findings
        Where faults and warnings are noted.
    around
        What is known of the case; without it no heading is known by its unit, year or version.
    """
    around = around or KnownHeadings()
    header = _header_row(grid, sheet, around, findings)
    if header is None:
        return None
    row, cells = header
    below = tuple((at, values) for at, values in grid.rows if at > row)
    headings, own = _Headings(grid, sheet, row, below, around, findings).read(cells)
    rows = _without_notes(grid, sheet, headings, below, findings)
    rows = tuple((at, values) for at, values in rows if _filled(values, headings))
    table = SheetTable(grid, sheet, row, headings, rows, own=own)
    _check_stray(table, findings)
    _check_missing(table, findings)
    return table


def _header_row(
    grid: SheetCells, sheet: SheetLayout, around: KnownHeadings, findings: Findings
) -> tuple[int, tuple[object, ...]] | None:
    if not grid.rows:
        return None
    first = [(row, values) for row, values in grid.rows if row <= HEADER_WITHIN]
    for matches in (_matches, partial(_near_matches, around=around)):
        near = [(matches(sheet, values), row, values) for row, values in first]
        most, row, values = max(near, key=lambda candidate: candidate[0], default=(0, 0, ()))
        if most:
            return row, values
    wanted = ", ".join(
        column.header for column in sheet.columns if column.required and not column.family
    )
    expected = _("the headings {headings} within the first ten rows").format(headings=wanted)
    later = next((row for row, values in grid.rows if _matches(sheet, values) > 1), None)
    if later is not None:
        found = _("headings in row {row}").format(row=later)
        advice = _("Delete the rows above them.")
    else:
        found = _("no row of headings")
        advice = _("Type the headings in one row above the data.")
    findings.fault(Place(grid.file, grid.title), "CB-S07", found, expected, advice)
    return None


def _matches(sheet: SheetLayout, values: Sequence[object]) -> int:
    return sum(_recognise(sheet, value) is not None for value in values)


def _near_matches(sheet: SheetLayout, values: Sequence[object], around: KnownHeadings) -> int:
    """Return how many headings are translated, where there are at least two."""
    texts = [str(value) for value in values if isinstance(value, str)]
    found = sum(translated(sheet, text, around) is not None for text in texts)
    return found if found > 1 else 0


def recognised(sheet: SheetLayout, values: Sequence[object], around: KnownHeadings) -> set[str]:
    """Return the columns of a sheet that a row of cells names, exactly or in a translation."""
    found = [_recognise(sheet, value) for value in values]
    found += [translated(sheet, value, around) for value in values if isinstance(value, str)]
    return {match[0].name for match in found if match is not None}


def _recognise(sheet: SheetLayout, value: object) -> Match | None:
    """Return the column that a header cell names, and its key in a family."""
    text = header_text(value)
    return exact(sheet, value, text) if text else None


def header_text(value: object) -> str:
    """Return a header cell as it is compared."""
    if value is None or isinstance(value, bool | date | time):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return key(str(value))


def shown_text(value: object) -> str:
    """Return a header cell on one line, as it is quoted."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())


@dataclass
class _Headings:
    """Reads the row of headings: the exact ones first, then those that are nearly right."""

    grid: SheetCells
    sheet: SheetLayout
    row: int
    below: tuple[tuple[int, tuple[object, ...]], ...]
    around: KnownHeadings
    findings: Findings
    found: dict[tuple[str, str], Heading] = field(default_factory=dict)
    own: dict[int, str] = field(default_factory=dict)
    """Headings of the user's own by position; empty where a fault has said all there is."""

    def read(self, cells: Sequence[object]) -> tuple[tuple[Heading, ...], dict[int, str]]:
        """Return the headings that are known, and the texts of the others by position."""
        unknown = {}
        for index, value in enumerate(cells):
            if blank(value):
                continue
            match = _recognise(self.sheet, value)
            if match is not None and known_member(match, self.around):
                self._take(match, index, shown_text(value))
            elif isinstance(value, date | time):
                self._refuse_date(index, shown_text(value))
            else:
                unknown[index] = shown_text(value)
        rest = self._extended(unknown)
        years = self._calendar_years(dict(rest))
        for index, text in rest:
            if index not in years:
                self._judge(index, text)
        return tuple(sorted(self.found.values(), key=lambda heading: heading.index)), self.own

    def _place(self, index: int) -> Place:
        return self.grid.place(self.row, index)

    def _there(self, match: Match) -> Heading | None:
        return self.found.get((match[0].name, key(str(match[1]))))

    def _take(self, match: Match, index: int, text: str) -> None:
        """Take a heading, unless another one has its name."""
        first = self._there(match)
        if first is None:
            name = (match[0].name, key(str(match[1])))
            self.found[name] = Heading(*match, index, text)
            return
        self.findings.fault(
            self._place(index),
            "CB-S06",
            _("the heading {heading}, as in {cell}").format(
                heading=quoted(text), cell=self._place(first.index).cell
            ),
            _("each heading once"),
            _("Rename or delete one of the two columns."),
        )
        self.own[index] = ""

    def _refuse_date(self, index: int, text: str) -> None:
        self.own[index] = ""
        self.findings.fault(
            self._place(index),
            "CB-C11",
            _("a heading that is a date, {date}").format(date=text),
            _("a heading such as 2027 or 2027/28"),
            _("Format the cell as text and retype the heading."),
        )

    def _extended(self, unknown: Mapping[int, str]) -> list[tuple[int, str]]:
        """Take headings with a known name and something harmless; return the others."""
        exact_ones = set(self.found)
        rest = []
        for index, text in unknown.items():
            found = extended(self.sheet, text, self.around)
            name = (found.match[0].name, key(str(found.match[1]))) if found else ("", "")
            if found is None or found.rest is not Rest.HARMLESS or name in exact_ones:
                rest.append((index, text))
                continue
            self._take(found.match, index, text)
            if self.own.get(index) is None:
                self.findings.warn(
                    self._place(index),
                    "CB-S20",
                    _("the heading {heading}").format(heading=quoted(text)),
                    _heading(found.match),
                    _("It was read as {heading}.").format(heading=_heading(found.match)),
                )
        return rest

    def _judge(self, index: int, text: str) -> None:
        """Refuse, doubt or leave out a heading that is not exactly a known one."""
        self.own[index] = text
        if key(text) in map(key, self.sheet.calculated):
            return
        found = extended(self.sheet, text, self.around)
        member = _recognise(self.sheet, text)
        if found is not None and (found.rest is not Rest.OWN or member is None):
            self._beside(found, index, text)
            return
        if member is not None:
            # A criterion or skill that nothing defines: their own sheets say which there are.
            del self.own[index]
            self._take(member, index, text)
            return
        match = translated(self.sheet, text, self.around) or misspelt(self.sheet, text)
        if match is None:
            self._own(index, text)
        elif translated(self.sheet, text, self.around) or self._readable(match, index):
            self._near(match, index, text)
        else:
            self._own(index, text)

    def _calendar_years(self, unknown: Mapping[int, str]) -> set[int]:
        """Tell of calendar years over costs, which go by year after the start; return where."""
        costs = next(
            (column for column in self.sheet.columns if column.family is Family.AFTER_START), None
        )
        years = {index: calendar_year(text) for index, text in unknown.items()} if costs else {}
        met = {index: year for index, year in years.items() if year is not None}
        if costs is None or not met:
            return set()
        none = not any(name == costs.name for name, _key in self.found)
        wrong = {index for index, year in met.items() if none or year in self.around.calendar}
        first, second = costs.heading(1), costs.heading(2)
        for indices, tell, advice in (
            (
                sorted(wrong),
                self.findings.fault,
                _("Type what falls due in the year of the start under {first}."),
            ),
            (
                sorted(set(met) - wrong),
                self.findings.warn,
                _("It is not used. Type what falls due in the year of the start under {first}."),
            ),
        ):
            if indices:
                tell(
                    self._place(indices[0]),
                    "CB-S23",
                    several(
                        "the heading {names}, a calendar year",
                        "the headings {names}, calendar years",
                        len(indices),
                    ).format(names=", ".join(quoted(unknown[index]) for index in indices)),
                    _("{first}, {second} and so on: costs go by year after the start").format(
                        first=first, second=second
                    ),
                    advice.format(first=first),
                )
        self.own.update(
            dict.fromkeys(wrong, "") | {index: unknown[index] for index in set(met) - wrong}
        )
        return set(met)

    def _beside(self, found: Extended, index: int, text: str) -> None:
        """Judge a heading that holds a known name and something else."""
        present = self._there(found.match) is not None
        if found.rest is Rest.UNIT and not present:
            self.findings.fault(
                self._place(index),
                "CB-S21",
                _("the heading {heading}").format(heading=quoted(text)),
                _("{heading}, {unit}").format(
                    heading=_heading(found.match), unit=self._unit(found.match[0])
                ),
                _("Type the numbers in that unit, and name the column {heading}.").format(
                    heading=_heading(found.match)
                ),
            )
            self._stand_in(found.match, index, text)
        elif (
            found.rest is Rest.OWN
            and not present
            and found.match[0].kind is CellKind.MONEY
            and found.match[0].family is not Family.YEARS
            and self._readable(found.match, index)
        ):
            # Amounts that are left out would be free.
            self._near(found.match, index, text)
        elif found.rest is Rest.COPY or (found.rest is Rest.HARMLESS and found.yearly):
            self._near(found.match, index, text)
        else:
            self._own(index, text)

    def _unit(self, column: ColumnLayout) -> str:
        if column.kind is CellKind.MONEY:
            return _("in {unit}").format(
                unit=f"{MeasuredIn.MILLIONS} {self.around.currency}".strip()
            )
        return _("in {unit}").format(unit=column.unit) if column.unit else str(column.kind)

    def _near(self, match: Match, index: int, text: str) -> None:
        """Refuse a heading near one that is absent; doubt it where that one is there too."""
        column, heading = match[0], _heading(match)
        plain = column.kind in {CellKind.TEXT, CellKind.ID}
        if self._there(match) is not None:
            if plain or self.sheet is SETTINGS_SHEET:
                self._own(index, text)
                return
            self.findings.warn(
                self._place(index),
                "CB-S22",
                _("the heading {heading} beside {known}").format(
                    heading=quoted(text), known=heading
                ),
                _("one column {heading}").format(heading=heading),
                _("Only {heading} is used. Delete the other one, or name it otherwise.").format(
                    heading=heading
                ),
            )
            return
        if column.kind is CellKind.TEXT and not column.required and not column.needed:
            self._own(index, text)
            return
        self.findings.fault(
            self._place(index),
            "CB-S05",
            _("the heading {heading} and no column {known}").format(
                heading=exposed(text), known=heading
            ),
            _("the column {heading}").format(heading=heading),
            _("Rename the heading {heading} to {known}, or to something that differs more.").format(
                heading=quoted(text), known=heading
            ),
        )
        self._stand_in(match, index, text)

    def _stand_in(self, match: Match, index: int, text: str) -> None:
        """Read a column whose heading has a fault, so that no other fault comes of it."""
        self.own.pop(index, None)
        self.found[match[0].name, key(str(match[1]))] = Heading(*match, index, text)

    def _readable(self, match: Match, index: int) -> bool:
        """Say whether something in a column can be read as the column that was probably meant."""
        if match[0].kind is CellKind.TEXT:
            return True
        typed = (values[index] for _row, values in self.below if index < len(values))
        return any(
            isinstance(read_cell(match[0], value), Read) for value in typed if not blank(value)
        )

    def _own(self, index: int, text: str) -> None:
        """Tell of a column that is not used; those of Settings are help."""
        if self.sheet is SETTINGS_SHEET:
            return
        present = {name for name, _key in self.found}
        free = [
            column.header
            for column in self.sheet.columns
            if column.family is None and column.name not in present
        ]
        near = self._year_within(text) or closest(text, free)
        advice = _("It is not used.")
        if near:
            advice += " " + _("Did you mean {name}?").format(name=near)
        self.findings.warn(
            self._place(index),
            "CB-S08",
            _("the heading {heading}").format(heading=exposed(text)),
            _("a heading of sheet {sheet}").format(sheet=self.sheet.name),
            advice,
        )

    def _year_within(self, text: str) -> str | None:
        """Return the year in a heading such as ``2027 budget``, where headings are years."""
        found = _YEAR_WITHIN.search(text)
        yearly = any(column.family is Family.YEARS for column in self.sheet.columns)
        free = found and ("amount", found[0]) not in self.found
        return found[0] if found and yearly and free else None


def _heading(match: Match) -> str:
    """Return the heading of a column, or of one column of a family."""
    column, member = match
    if member is None:
        return column.header
    number = (
        member + 1 if column.family is Family.AFTER_START and isinstance(member, int) else member
    )
    return column.heading(number)


def _without_notes(
    grid: SheetCells,
    sheet: SheetLayout,
    headings: Sequence[Heading],
    rows: Iterable[tuple[int, tuple[object, ...]]],
    findings: Findings,
) -> tuple[tuple[int, tuple[object, ...]], ...]:
    """Leave out second headings, sub-headings and notes, each told in one sentence."""
    kept = []
    first = {heading.index: header_text(heading.text) for heading in headings}
    years = {heading.key for heading in headings if heading.column.family is Family.YEARS}
    several_needed = (
        len({heading.column.name for heading in headings if heading.column.required}) > 1
    )
    for row, values in rows:
        filled = [heading for heading in headings if _holds(values, heading)]
        if _repeats(sheet, values, years):
            findings.fault(
                grid.place(row, filled[0].index),
                "CB-S27",
                _("a second row of headings"),
                _("one table on a sheet, with one row of headings"),
                _("Delete the row, and move what is below it into the table above."),
            )
            if any(
                header_text(values[heading.index]) != first[heading.index] for heading in filled
            ):
                # What stands below other headings is no row of this table.
                break
        elif several_needed and _is_note(sheet, headings, filled, values):
            findings.fault(
                grid.place(row, filled[0].index),
                "CB-S27",
                _("only {text} in the row").format(text=quoted(str(values[filled[0].index]))),
                _("a whole row of the table, or nothing"),
                _("Fill the row. If it is a note or a sub-heading, move it to another sheet."),
            )
        else:
            kept.append((row, values))
    return tuple(kept)


def _repeats(sheet: SheetLayout, values: Sequence[object], years: Collection[object]) -> bool:
    """Say whether a row holds headings again; an amount may look like a year."""
    found = [match for match in (_recognise(sheet, value) for value in values) if match is not None]
    named = [match for match in found if match[0].family is not Family.YEARS]
    return bool(named) and len(named) + sum(match[1] in years for match in found) > 1


def _is_note(
    sheet: SheetLayout,
    headings: Sequence[Heading],
    filled: Sequence[Heading],
    values: Sequence[object],
) -> bool:
    """Say whether a row holds words alone, and nothing of what its columns need."""
    if sheet is SETTINGS_SHEET or not filled:
        return False
    if not all(isinstance(values[heading.index], str) for heading in filled):
        return False
    needed = {heading.column.name for heading in headings if heading.column.required}
    present = {heading.column.name for heading in filled} & needed
    if len(present) == len(needed) or len(present) > 1:
        return False
    first = filled[0]
    if len(filled) == 1:
        return isinstance(number(values[first.index]), Problem)
    name = read_cell(sheet.columns[0], values[first.index])
    return first.column is sheet.columns[0] and isinstance(name, Problem)


def _holds(values: Sequence[object], head: Heading) -> bool:
    return head.index < len(values) and not blank(values[head.index])


def _filled(values: Sequence[object], headings: Sequence[Heading]) -> bool:
    return any(_holds(values, heading) for heading in headings)


def _check_stray(table: SheetTable, findings: Findings) -> None:
    """Warn of values in columns without a heading."""
    if table.sheet is SETTINGS_SHEET:
        return
    headed = {heading.index for heading in table.headings} | set(table.own)
    met: set[int] = set()
    for row, values in table.grid.rows:
        if row <= table.header_row:
            continue
        for index, value in enumerate(values):
            if index not in headed and index not in met and not blank(value):
                met.add(index)
                findings.warn(
                    table.grid.place(row, index),
                    "CB-S13",
                    _("a value in a column without a heading"),
                    _("nothing beside the table"),
                    _("It is not used. Give the column a heading or delete it."),
                )


def _check_missing(table: SheetTable, findings: Findings) -> None:
    """Refuse a table without a column that must be there."""
    for column in table.sheet.columns:
        if not (column.required or column.needed) or column.family is not None:
            continue
        if table.of(column):
            continue
        near = closest(column.header, table.own.values())
        findings.fault(
            table.top,
            "CB-S05",
            _("no column {heading}").format(heading=column.header),
            _("{heading} in row {row}, the row of headings").format(
                heading=column.header, row=table.header_row
            ),
            rename_or_add(near, column.header),
        )


def rename_or_add(near: str | None, heading: str, more: str = "") -> str:
    """Return what to do about a column that is missing: rename the one that is near, or add it."""
    if near:
        return _("Rename the heading {heading} to {known}.").format(
            heading=quoted(near), known=heading
        )
    return more or _("Add the column.")


def refuse_uncalculated(place: Place, findings: Findings) -> None:
    """Refuse a formula that was never calculated."""
    findings.fault(
        place,
        "CB-C06",
        str(UNCALCULATED),
        _("a value"),
        _("Open the file in Excel or LibreOffice, recalculate and save it."),
    )
