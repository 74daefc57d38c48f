"""The sheet Settings: one value a row."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from choosebattles.case.decision_model import DecisionModel
from choosebattles.case.facts import Facts
from choosebattles.case.place import Origin, Place
from choosebattles.spelling import closest, key, quoted
from choosebattles.translation import _
from choosebattles.workbook.cell_kinds import read_cell
from choosebattles.workbook.cell_reading import blank
from choosebattles.workbook.column import CellKind, ColumnLayout, Setting
from choosebattles.workbook.doubts import Confirmation, is_confirmation
from choosebattles.workbook.findings import Findings
from choosebattles.workbook.heading_names import near_name
from choosebattles.workbook.heading_row import UNCALCULATED, SheetTable, refuse_uncalculated
from choosebattles.workbook.settings import SETTINGS


@dataclass
class Typed:
    """The settings as typed: values and places, apart for the case and its decision model."""

    case: dict[str, Any] = field(default_factory=dict)
    model: dict[str, Any] = field(default_factory=dict)
    case_places: dict[str, Place] = field(default_factory=dict)
    model_places: dict[str, Place] = field(default_factory=dict)
    top: Place = field(default_factory=Place)
    confirmed: list[Confirmation] = field(default_factory=list)
    renamed: set[str] = field(default_factory=set)
    """Labels that stand in another spelling, which has been refused."""

    @property
    def case_origin(self) -> Origin:
        """Return where the settings of the case stand."""
        return Origin(self.top, self.case_places)

    @property
    def model_origin(self) -> Origin:
        """Return where the settings of the decision model stand."""
        return Origin(self.top, self.model_places)

    @property
    def calendar(self) -> range | None:
        """Return the years of the case, or ``None`` where they cannot be read."""
        first, years = self.case.get("first_year"), self.case.get("years")
        if not isinstance(first, int) or not isinstance(years, int) or self._outside():
            return None
        return range(first, first + years)

    def _outside(self) -> list[Setting]:
        """Return those of the two settings of years that lie out of bounds."""
        bound = [setting for setting in SETTINGS if setting.name in {"first_year", "years"}]
        return [
            setting
            for setting in bound
            if setting.name in self.case and not setting.bounds.holds(self.case[setting.name])
        ]

    def check_years(self, findings: Findings) -> None:
        """Refuse years out of bounds; nothing else can be checked with them."""
        for setting in self._outside():
            findings.fault(
                self.case_places[setting.name],
                "CB-C08",
                str(self.case[setting.name]),
                str(setting.bounds),
                _("Type a number within these limits."),
            )


def read_settings(table: SheetTable | None, findings: Findings) -> Typed:
    """Return the settings of a table."""
    typed = Typed()
    if table is None:
        return typed
    typed.top = table.top
    rows: dict[str, int] = {}
    for part in (table, *table.more):
        _read_rows(typed, part, rows, findings)
    if table.of(table.sheet.columns[0]) and table.of(table.sheet.columns[1]):
        _check_missing(typed, rows, findings)
    return typed


def _read_rows(typed: Typed, table: SheetTable, rows: dict[str, int], findings: Findings) -> None:
    """Read the settings of one file, and note which were met."""
    labels = table.of(table.sheet.columns[0])
    values = table.of(table.sheet.columns[1])
    if not labels or not values:
        return
    typed_labels = {
        key(str(cells[labels[0].index]))
        for _row, cells in table.rows
        if labels[0].index < len(cells)
    }
    for row, cells in table.rows:
        label = cells[labels[0].index] if labels[0].index < len(cells) else None
        value = cells[values[0].index] if values[0].index < len(cells) else None
        place = table.grid.place(row, values[0].index)
        if is_confirmation(label):
            meant = Confirmation.typed(
                str(label), value, table.grid.place(row, labels[0].index), findings
            )
            typed.confirmed += [meant] if meant else []
            continue
        setting = _setting(
            typed, label, table.grid.place(row, labels[0].index), value, typed_labels, findings
        )
        if setting is None:
            continue
        if setting.name in rows:
            findings.fault(
                place,
                "CB-L01",
                _("{name} in rows {first} and {second}").format(
                    name=setting.label, first=rows[setting.name], second=row
                ),
                _("each setting once"),
                _("Delete the row that is not meant."),
            )
            continue
        rows[setting.name] = row
        place = Place(place.file, place.sheet, place.cell, setting.label)
        _take(typed, setting, place, value, findings)


def _setting(
    typed: Typed,
    label: Any,
    place: Place,
    value: Any,
    typed_labels: AbstractSet[str],
    findings: Findings,
) -> Setting | None:
    text = "" if blank(label) else str(label)
    for setting in SETTINGS:
        if key(setting.label) == key(text):
            return setting
    if blank(value):
        # A line of help or a heading between the settings.
        return None
    typed.renamed |= _note_unknown(text, place, typed_labels, findings)
    return None


def _note_unknown(
    text: str, place: Place, typed_labels: AbstractSet[str], findings: Findings
) -> set[str]:
    """Refuse a setting near one that is not there, and return it; tell of others."""
    labels = [setting.label for setting in SETTINGS]
    near = near_name(text, labels, "settings") if text else None
    found = _("a setting named {name}").format(name=quoted(text)) if text else _("an empty cell")
    if near:
        beside = key(near) in typed_labels
        tell = findings.warn if beside else findings.fault
        tell(
            place,
            "CB-S25",
            found,
            _("the setting {name}, once").format(name=near) if beside else near,
            _("It is not used. Delete the row, or name it otherwise.")
            if beside
            else _("Rename it to {name}, or delete the row.").format(name=near),
        )
        return set() if beside else {near}
    guess = closest(text, labels)
    advice = _("It is not used.")
    if guess:
        advice += " " + _("Did you mean {name}?").format(name=guess)
    code = "CB-S16" if guess or not text else "CB-S26"
    findings.warn(place, code, found, _("the name of a setting"), advice)
    return set()


def _take(typed: Typed, setting: Setting, place: Place, value: Any, findings: Findings) -> None:
    mine = setting.owner is Facts
    (typed.case_places if mine else typed.model_places)[setting.name] = place
    if setting.owner not in {Facts, DecisionModel} or blank(value):
        return
    if value is UNCALCULATED:
        refuse_uncalculated(place, findings)
        return
    meaning = findings.value(place, read_cell(as_column(setting), value))
    if meaning is not None:
        (typed.case if mine else typed.model)[setting.name] = meaning


def _check_missing(typed: Typed, rows: dict[str, int], findings: Findings) -> None:
    """Refuse settings that must be typed and are not."""
    for setting in SETTINGS:
        if not setting.required or setting.name in typed.case or setting.label in typed.renamed:
            continue
        if setting.name not in rows:
            findings.fault(
                typed.top,
                "CB-C13",
                _("no row {name}").format(name=setting.label),
                _("the setting {name}").format(name=setting.label),
                _("Add the row and type its value."),
            )
            continue
        place = typed.case_places[setting.name]
        if not any(
            fault.cell == place.cell and fault.sheet == place.sheet for fault in findings.faults
        ):
            findings.fault(
                place, "CB-C13", _("an empty cell"), str(setting.kind), _("Fill the cell.")
            )


def as_column(setting: Setting) -> ColumnLayout:
    """Return a setting as the column that its value would stand in."""
    kind = setting.kind
    return ColumnLayout(
        setting.name,
        setting.label,
        CellKind.TEXT if kind is CellKind.ID else kind,
        setting.help,
        choices=setting.choices,
    )
