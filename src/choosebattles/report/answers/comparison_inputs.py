"""What the inputs of two cases say differently, as their readers know it: names, values, units."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from choosebattles.case.bounds import SHARE
from choosebattles.case.case import Case
from choosebattles.case.decision_model import ContingencyKind
from choosebattles.case.evidence import Correlation
from choosebattles.case.limit import Limit, Measured
from choosebattles.case.rule import Rule
from choosebattles.explain.comparison import Compared, Undone
from choosebattles.explain.comparison_inputs import OWNERS, How, InputChange
from choosebattles.translation import _, listed
from choosebattles.workbook.column import CellKind, ColumnLayout, Setting
from choosebattles.workbook.layout import INVESTMENTS, SETTINGS_SHEET

NAMED = 3
"""Changes that are named of a group; the others are counted."""


@dataclass(frozen=True)
class InputDifference:
    """One difference between the inputs, as texts."""

    sheet: str
    row: str
    column: str
    what: str
    before: str
    after: str
    cell_before: str
    cell_after: str
    matters: bool


def input_differences(compared: Compared) -> list[InputDifference]:
    """Return what the inputs say differently."""
    before, after = compared.differences.before, compared.differences.after
    return [_difference(before, after, change) for change in compared.differences.changes]


def _difference(before: Case, after: Case, change: InputChange) -> InputDifference:
    what = {
        How.ADDED: _("new row"),
        How.REMOVED: _("row is gone"),
        How.CHANGED: _("other value"),
    }[change.how]
    if change.how is How.CHANGED:
        shown = shown_as(before, change, change.before), shown_as(after, change, change.after)
    else:
        title = getattr(change.pair.fact, "title", "") or row_name(change)
        shown = ("", title) if change.how is How.ADDED else (title, "")
    cell_before, cell_after = (
        str(place) if place and place.sheet else "" for place in change.places
    )
    return InputDifference(
        sheet_of(change),
        row_name(change),
        change.header,
        what,
        *shown,
        cell_before,
        cell_after,
        change.matters,
    )


def sheet_of(change: InputChange) -> str:
    """Return the sheet that a change stands on."""
    return INVESTMENTS.name if change.sheet == OWNERS else change.sheet


def row_name(change: InputChange) -> str:
    """Return what a row is called: its id or, where its rows have none, what it speaks of."""
    fact = change.pair.fact
    match fact:
        case Rule():
            names, needs = ", ".join(fact.investments), ", ".join(fact.needs)
            return f"{names} {fact.kind} {needs}" if needs else f"{fact.kind}: {names}"
        case Limit():
            scope = "; ".join(map(str, fact.scope)) or _("everything")
            return f"{fact.metric}: {scope}"
        case Correlation():
            return _("{first} with {second}").format(first=fact.first, second=fact.second)
    return change.row


def shown_as(case: Case, change: InputChange, value: Any) -> str:
    """Return a value as a reader knows it, with its unit."""
    column = change.column
    assert column is not None, "a whole row has no value"
    if value is None or value in ("", ()):
        return _("blank")
    if isinstance(value, bool):
        return _("yes") if value else _("blank")
    if column.kind is CellKind.SHARES:
        return "; ".join(map(SHARE.show, value))
    if isinstance(value, tuple):
        return "; ".join(_item(item) for item in value)
    if isinstance(value, Decimal):
        return _number(case, change, column, value)
    return str(value)


def _item(value: Any) -> str:
    if hasattr(value, "share"):
        return f"{value.layer}: {_plain(100 * value.share)} %"
    return str(value)


def _number(case: Case, change: InputChange, column: ColumnLayout | Setting, value: Decimal) -> str:
    if column.kind is CellKind.MONEY or _is_money(change):
        money = f"{_plain(value, 1)} {_unit(case)}"
        yearly = getattr(column, "unit", "").endswith(_("per year"))
        return _("{money} a year").format(money=money) if yearly else money
    if column.kind is CellKind.SHARE or _is_share(case, change):
        return f"{_plain(100 * value)} %"
    unit = getattr(column, "unit", "")
    return f"{_plain(value)} {unit}" if unit else _plain(value)


def _unit(case: Case) -> str:
    if not case.currency:
        return _("million")
    return _("million {currency}").format(currency=case.currency)


def _is_money(change: InputChange) -> bool:
    fact = change.pair.fact
    bound = change.path in (("minimum",), ("maximum",))
    return isinstance(fact, Limit) and bound and fact.metric.declared.unit is Measured.MILLIONS


def _is_share(case: Case, change: InputChange) -> bool:
    fact = change.pair.fact
    if isinstance(fact, Limit):
        bound = change.path in (("minimum",), ("maximum",))
        return bound and fact.metric.declared.unit is Measured.SHARE
    flat = case.model.contingency is ContingencyKind.FLAT
    return change.path == ("model", "contingency_amount") and flat


def _plain(value: Decimal, digits: int = 0) -> str:
    """Return a number as typed, with no fewer decimals than so many."""
    short = value.normalize()
    decimals_typed = -int(short.as_tuple().exponent)
    return f"{short:,.{max(digits, decimals_typed, 0)}f}"


def change_name(compared: Compared, change: InputChange) -> str:
    """Return one change in a few words: ``STATE 2027 (9.0 → 20.0 million EUR)``."""
    row = _difference(compared.differences.before, compared.differences.after, change)
    if change.how is How.ADDED:
        return _("new row {row} on {sheet}").format(row=row.row, sheet=row.sheet)
    if change.how is How.REMOVED:
        return _("{row} gone from {sheet}").format(row=row.row, sheet=row.sheet)
    where = row.column if change.sheet == SETTINGS_SHEET.name else f"{row.row} {row.column}"
    return _("{where} ({before} → {after})").format(
        where=where, before=_without_unit(row.before, row.after), after=row.after
    )


def _without_unit(before: str, after: str) -> str:
    """Return the first of two values without the unit that the second says anyway."""
    number, space, unit = before.partition(" ")
    return number if space and after.endswith(f" {unit}") and number[-1:].isdigit() else before


def group_name(compared: Compared, undone: Undone) -> str:
    """Return the changes that are undone together, in a few words."""
    changes = undone.together.changes
    names = [change_name(compared, change) for change in changes]
    if len(names) <= NAMED:
        return listed(names)
    rows = dict.fromkeys(row_name(change) for change in changes)
    if len(rows) == 1 and next(iter(rows)):
        text = _("{row} ({number} cells)")
        return text.format(row=next(iter(rows)), number=len(names))
    sheets = dict.fromkeys(sheet_of(change) for change in changes)
    text = _("{number} changes on {sheets}")
    return text.format(number=len(names), sheets=listed(sheets))
