"""A case as rows of sheets: the reverse of reading."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from choosebattles.case.bounds import SHARE, plain
from choosebattles.case.decision_model import DecisionModel
from choosebattles.case.facts import Facts
from choosebattles.case.investment import Cover, Decision, Investment, Option
from choosebattles.case.limit import Limit, Metric
from choosebattles.case.numbers import Family
from choosebattles.case.place import Fact
from choosebattles.workbook import layout
from choosebattles.workbook.column import CellKind, ColumnLayout, SheetLayout
from choosebattles.workbook.settings import SETTINGS

Cell = str | int | float | None
"""What is written into one cell."""

TYPED = frozenset({"weight", "decision", "running_cost", "rate_after"})
"""Fields that are written even where they hold what a blank would mean."""

AFTER_START = {"cost": 3, "income": 2}
"""Columns for the years after a start in a workbook whose options need fewer."""


@dataclass(frozen=True)
class Head:
    """One column as it is written: which one, and the member of its family."""

    column: ColumnLayout
    key: str | int | None = None

    @property
    def text(self) -> str:
        """Return its heading."""
        return self.column.header if self.key is None else self.column.heading(self._shown)

    @property
    def _shown(self) -> str | int:
        if self.column.family is Family.AFTER_START and isinstance(self.key, int):
            return self.key + 1
        return "" if self.key is None else self.key


@dataclass(frozen=True)
class SheetPage:
    """One sheet as it is written: its columns, and the cells of every row."""

    sheet: SheetLayout
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()


@dataclass(frozen=True)
class Members:
    """What families of columns stand once for."""

    years: Sequence[int]
    after_start: Mapping[str, int] = field(default_factory=AFTER_START.copy)
    criteria: Sequence[str] = ()
    skills: Sequence[str] = field(default_factory=tuple)

    def of(self, column: ColumnLayout) -> Sequence[str | int | None]:
        """Return the members of a column's family; one that is none stands for itself."""
        match column.family:
            case None:
                return (None,)
            case Family.YEARS:
                return self.years
            case Family.AFTER_START:
                return range(self.after_start[column.name])
            case Family.CRITERIA:
                return self.criteria
            case Family.SKILLS:
                return self.skills


def heads(sheet: SheetLayout, members: Members) -> tuple[Head, ...]:
    """Return the columns of a sheet, those first that a template shows first, families spelt out."""
    found: list[Head] = []
    for column in sorted(sheet.columns, key=lambda column: not is_first(sheet, column)):
        found.extend(Head(column, member) for member in members.of(column))
    return tuple(found)


def is_first(sheet: SheetLayout, column: ColumnLayout) -> bool:
    """Say whether a column stands among those that a template shows first."""
    return not sheet.first or column.name in sheet.first


def pages_of(case: Facts) -> tuple[SheetPage, ...]:
    """Return the sheets that state a case; sheets without rows are left out."""
    options = [option for owner in case.investments for option in owner.options]
    members = Members(
        years=case.calendar,
        after_start={
            name: max([least, *(len(getattr(option, name)) for option in options)])
            for name, least in AFTER_START.items()
        },
        criteria=[criterion.id for criterion in case.model.criteria],
        skills=[skill.id for skill in case.skills],
    )
    rows: Mapping[str, Iterable[Mapping[str, Any]]] = {
        **model_rows(case.model),
        "Funds": _plain(case.funds),
        "Investments": [
            _of_option(owner, option) for owner in case.investments for option in owner.options
        ],
        "Rules": _plain(case.rules),
        "Skills": _plain(case.skills),
        "Layers": _plain(case.layers),
        "Providers": _plain(case.providers),
        "Services": _plain(case.services),
        "Shocks": _plain(case.shocks),
        "Ranges": _plain(case.ranges),
        "Correlations": _plain(case.correlations),
        "Sources": _plain(case.sources),
        "Sweeps": _plain(case.sweeps),
        "Story": _plain(case.story),
    }
    pages = [settings_page(case)]
    for sheet in layout.SHEETS[1:]:
        values = tuple(rows[sheet.name])
        if values or sheet.required:
            pages.append(filled_page(sheet, heads(sheet, members), values))
    return tuple(pages)


def settings_page(
    case: Facts | DecisionModel | None = None, years: range | None = None
) -> SheetPage:
    """Return the sheet Settings of a case, or of a template with some years and perhaps a model."""
    columns = tuple(Head(column) for column in layout.SETTINGS_SHEET.columns)
    values: dict[str, Any] = {}
    if years is not None:
        values = {"first_year": years[0], "years": len(years)}
    for setting in SETTINGS:
        owner = case.model if isinstance(case, Facts) and setting.owner is DecisionModel else case
        if owner is None or not isinstance(owner, setting.owner):
            continue
        value = getattr(owner, setting.name)
        if setting.required or value != type(owner).model_fields[setting.name].default:
            values[setting.name] = value
    ordered = sorted(SETTINGS, key=lambda setting: not setting.required)
    rows = [(setting.label, shown(setting.kind, values.get(setting.name))) for setting in ordered]
    return SheetPage(layout.SETTINGS_SHEET, columns, tuple(rows))


def model_rows(model: DecisionModel) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Return the rows that state a decision model, by sheet."""
    return {
        "Objectives": _plain(model.objectives),
        "Criteria": _plain(model.criteria),
        "Limits": [_of_limit(limit) for limit in model.limits],
    }


def filled_page(
    sheet: SheetLayout, columns: tuple[Head, ...], rows: Iterable[Mapping[str, Any]]
) -> SheetPage:
    """Return a sheet with its rows."""
    return SheetPage(sheet, columns, tuple(_row(columns, row) for row in rows))


def _plain(facts: Iterable[Fact]) -> list[Mapping[str, Any]]:
    """Return facts as values by field; what a blank would mean is left blank."""
    return [
        {
            name: getattr(fact, name)
            for name, about in type(fact).model_fields.items()
            if name in TYPED or about.is_required() or getattr(fact, name) != about.default
        }
        for fact in facts
    ]


def _of_option(owner: Investment, option: Option) -> Mapping[str, Any]:
    short = option.id.removeprefix(f"{owner.id}.") if option.id != owner.id else ""
    shared = {"owner": owner.owner, "pillar": owner.pillar, "layer": owner.layer}
    decision = option.decision if option.decision is not Decision.OPEN else None
    return {
        **_plain([option])[0],
        **shared,
        "investment": owner.id,
        "option": short,
        "decision": decision,
    }


def _of_limit(limit: Limit) -> Mapping[str, Any]:
    return {**_plain([limit])[0], "metric": (limit.metric, limit.criterion)}


def _row(columns: Sequence[Head], values: Mapping[str, Any]) -> tuple[Cell, ...]:
    return tuple(_cell(head, values.get(head.column.name)) for head in columns)


def _cell(head: Head, value: Any) -> Cell:
    if head.key is None or value is None:
        return shown(head.column.kind, value)
    if isinstance(value, tuple) and isinstance(head.key, int):
        return shown(head.column.kind, value[head.key] if head.key < len(value) else None)
    return shown(head.column.kind, value.get(head.key))


def shown(kind: CellKind, value: Any) -> Cell:
    """Return a value as it is typed into a cell of a kind."""
    if value is None or value in ("", ()):
        return None
    return _SHOWN.get(kind, _number)(value)


def _listed(value: Iterable[Any]) -> str:
    return "; ".join(map(str, value))


def _numbers(value: Iterable[Decimal]) -> str:
    return _listed(map(plain, value))


def _shares(value: Iterable[Decimal]) -> str:
    return _listed(map(SHARE.show, value))


def _covers(value: Iterable[Cover]) -> str:
    return _listed(f"{cover.layer}: {SHARE.show(cover.share)}" for cover in value)


def _metric(value: tuple[Metric, str | None]) -> str:
    metric, criterion = value
    named = metric.declared.of_criterion and criterion is not None
    return f"{metric}: {criterion}" if named else str(metric)


def _own_plan(value: bool | int) -> Cell:
    return ("yes" if value else None) if isinstance(value, bool) else value


def _number(value: Decimal | int) -> int | float:
    """Return a number as a spreadsheet holds it."""
    return int(value) if value == int(value) else float(value)


_SHOWN: Mapping[CellKind, Callable[[Any], Cell]] = {
    CellKind.IDS: _listed,
    CellKind.TAGS: _listed,
    CellKind.SCOPE: _listed,
    CellKind.NUMBERS: _numbers,
    CellKind.SHARES: _shares,
    CellKind.COVERS: _covers,
    CellKind.METRIC: _metric,
    CellKind.OWN_PLAN: _own_plan,
    CellKind.TEXT: str,
    CellKind.DATE: str,
    CellKind.ID: str,
    CellKind.CHOICE: str,
}
