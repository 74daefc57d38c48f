"""A comparison in words: what the inputs say differently, and what became of the plan."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from choosebattles.case.case import Case
from choosebattles.case.decision_model import ContingencyKind
from choosebattles.case.limit import Limit, Measured
from choosebattles.case.rule import Rule
from choosebattles.explain.comparison import Compared, Decided, Undone, index_rows
from choosebattles.explain.comparison_inputs import OWNERS, Change, How
from choosebattles.report.parts.between import higher_or_lower, outwards
from choosebattles.report.parts.conflict import conflict_sentences
from choosebattles.report.wording import at_most, figure, millions, points
from choosebattles.solving.outcome import Outcome, Stop
from choosebattles.spelling import short_title
from choosebattles.words import _, listed, several
from choosebattles.workbook.column import Column, Kind, Setting
from choosebattles.workbook.layout import INVESTMENTS, SETTINGS_SHEET

NAMED = 3
"""Changes that are named of a group; the others are counted."""


@dataclass(frozen=True)
class ChangeRow:
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


def change_rows(compared: Compared) -> list[ChangeRow]:
    """Return what the inputs say differently."""
    before, after = compared.differences.before, compared.differences.after
    return [_change_row(before, after, each) for each in compared.differences.changes]


def _change_row(before: Case, after: Case, change: Change) -> ChangeRow:
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
    cell_before, cell_after = (str(each) if each and each.sheet else "" for each in change.places)
    return ChangeRow(
        sheet_of(change),
        row_name(change),
        change.header,
        what,
        *shown,
        cell_before,
        cell_after,
        change.matters,
    )


def sheet_of(change: Change) -> str:
    """Return the sheet that a change stands on."""
    return INVESTMENTS.name if change.sheet == OWNERS else change.sheet


def row_name(change: Change) -> str:
    """Return what a row is called: its id or, where its rows have none, what it speaks of."""
    fact = change.pair.fact
    match fact:
        case Rule():
            names, needs = ", ".join(fact.investments), ", ".join(fact.needs)
            return f"{names} {fact.kind} {needs}" if needs else f"{fact.kind}: {names}"
        case Limit():
            scope = "; ".join(map(str, fact.scope)) or _("everything")
            return f"{fact.metric}: {scope}"
    return change.row


def shown_as(case: Case, change: Change, value: Any) -> str:
    """Return a value as a reader knows it, with its unit."""
    column = change.column
    assert column is not None, "a whole row has no value"
    if value is None or value in ("", ()):
        return _("blank")
    if isinstance(value, bool):
        return _("yes") if value else _("blank")
    if isinstance(value, tuple):
        return "; ".join(_item(each) for each in value)
    if isinstance(value, Decimal):
        return _number(case, change, column, value)
    return str(value)


def _item(value: Any) -> str:
    if hasattr(value, "share"):
        return f"{value.layer}: {_plain(100 * value.share)} %"
    return str(value)


def _number(case: Case, change: Change, column: Column | Setting, value: Decimal) -> str:
    if column.kind is Kind.MONEY or _is_money(change):
        money = f"{_plain(value, 1)} {_unit(case)}"
        yearly = getattr(column, "unit", "").endswith(_("per year"))
        return _("{money} a year").format(money=money) if yearly else money
    if column.kind is Kind.SHARE or _is_share(case, change):
        return f"{_plain(100 * value)} %"
    unit = getattr(column, "unit", "")
    return f"{_plain(value)} {unit}" if unit else _plain(value)


def _unit(case: Case) -> str:
    if not case.currency:
        return _("million")
    return _("million {currency}").format(currency=case.currency)


def _is_money(change: Change) -> bool:
    fact = change.pair.fact
    bound = change.path in (("minimum",), ("maximum",))
    return isinstance(fact, Limit) and bound and fact.metric.declared.unit is Measured.MILLIONS


def _is_share(case: Case, change: Change) -> bool:
    fact = change.pair.fact
    if isinstance(fact, Limit):
        return fact.metric.declared.unit is Measured.SHARE and change.path in (
            ("minimum",),
            ("maximum",),
        )
    flat = case.model.contingency is ContingencyKind.FLAT
    return change.path == ("model", "contingency_amount") and flat


def _plain(value: Decimal, digits: int = 0) -> str:
    """Return a number as typed, with no fewer decimals than asked for."""
    short = value.normalize()
    there = -int(short.as_tuple().exponent)
    return f"{short:,.{max(digits, there, 0)}f}"


def change_name(compared: Compared, change: Change) -> str:
    """Return one change in a few words: ``STATE 2027 (9.0 → 20.0 million EUR)``."""
    row = _change_row(compared.differences.before, compared.differences.after, change)
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
    names = [change_name(compared, each) for each in changes]
    if len(names) <= NAMED:
        return listed(names)
    rows = dict.fromkeys(row_name(each) for each in changes)
    if len(rows) == 1 and next(iter(rows)):
        text = _("{row} ({number} cells)")
        return text.format(row=next(iter(rows)), number=len(names))
    sheets = dict.fromkeys(sheet_of(each) for each in changes)
    text = _("{number} changes on {sheets}")
    return text.format(number=len(names), sheets=listed(sheets))


# What became of the plan


@dataclass(frozen=True)
class DecisionRow:
    """An investment that is decided differently, and why, in words."""

    investment: str
    title: str
    what: str
    before: str
    after: str
    settled: str
    why: str


def decision_rows(compared: Compared) -> list[DecisionRow]:
    """Return what is decided differently."""
    return [
        DecisionRow(
            each.investment,
            _title(compared, each),
            _what(each),
            each.before.option or "",
            each.after.option or "",
            _("proved") if each.proved else _("not settled"),
            _why(compared, each),
        )
        for each in compared.decisions
    ]


def _title(compared: Compared, decided: Decided) -> str:
    for case, way in (
        (compared.after.case, decided.after),
        (compared.before.case, decided.before),
    ):
        if way.option is not None:
            return short_title(case.options[way.option].title)
    return ""


def _what(decided: Decided) -> str:
    if decided.before.option is None:
        return _("enters")
    if decided.after.option is None:
        return _("leaves")
    return _("another option")


def _why(compared: Compared, decided: Decided) -> str:
    movers = compared.movers(decided)
    if movers:
        names = "; ".join(group_name(compared, each) for each in movers)
        found = any(each.found for each in movers)
        text = (
            _("moved by {changes} (as found; ties are not looked into)")
            if found
            else _("moved by {changes}")
        )
        return text.format(changes=names)
    joint = compared.joint(decided)
    if joint:
        if any(each.found for each in compared.undone):
            return _("joint: no single change, undone alone, brings it back (as found)")
        return _("joint: no single change, undone alone, brings it back")
    if not compared.undone:
        return _("not looked into")
    if joint is None and not compared.complete:
        return _("not settled in the time")
    return _("which change moved it cannot be told at this gap")


@dataclass(frozen=True)
class UndoneRow:
    """What comes of undoing one change, or one group, in words."""

    changes: str
    worth: str
    low: float | None
    high: float | None
    back: str
    open: str
    note: str


def undone_rows(compared: Compared) -> list[UndoneRow]:
    """Return what comes of every undo."""
    rows = []
    for each in compared.undone:
        yes, left_open = [], []
        for decided, verdict in zip(compared.decisions, each.verdicts, strict=False):
            if verdict == "yes":
                yes.append(decided.investment)
            elif verdict == "open":
                left_open.append(decided.investment)
        low, high = outwards(*each.worth) if each.worth else (None, None)
        worth = "" if each.worth is None else higher_or_lower(*each.worth)
        rows.append(
            UndoneRow(
                group_name(compared, each),
                worth,
                low,
                high,
                ", ".join(yes),
                ", ".join(left_open),
                _undo_note(compared, each),
            )
        )
    return rows


def _undo_note(compared: Compared, undone: Undone) -> str:
    if undone.together.case is None:
        text = _("cannot be undone by itself: {reason}")
        return text.format(reason=undone.together.reason)
    if undone.stop is None or undone.stop in (Stop.TIME_LIMIT, Stop.INTERRUPTED):
        return _("not looked into: the time ran out")
    feasible = undone.stop is not Stop.INFEASIBLE
    if compared.after.plan is None and feasible:
        return _("once it is undone a plan is possible: proved")
    if not feasible and compared.after.plan is not None:
        return _("once it is undone no plan is possible: proved")
    return ""


# As a whole


def sentences(compared: Compared) -> Iterator[str]:
    """Yield what the comparison says as a whole; the first sentence is its headline."""
    yield _headline(compared)
    if compared.before.case.currency != compared.after.case.currency:
        yield _(
            "Money is in {before} in one and in {after} in the other: amounts are set side by side "
            "as they stand, not converted."
        ).format(
            before=compared.before.case.currency or _("no currency named"),
            after=compared.after.case.currency or _("no currency named"),
        )
    if compared.differences.held is not None and compared.differences.changes:
        text = _("Points for 100 are held at {points} for both, as they are in the first.")
        yield text.format(points=f"{float(compared.differences.held):,.6g}")
    for each, name in ((compared.before, _("The first")), (compared.after, _("The second"))):
        if each.plan is None:
            yield _no_plan(name, each)
            yield from conflict_sentences(each.conflict)
        elif not each.proven:
            yield _proof(name, each)
    yield from _told_decisions(compared)
    if not compared.complete:
        yield _("Stopped before every change was looked into.")


def _headline(compared: Compared) -> str:
    changes = compared.differences.changes
    if not changes:
        return _("The two say the same: nothing differs in the inputs, so neither does the plan.")
    told = several("{number} input differs", "{number} inputs differ", len(changes)).format(
        number=len(changes)
    )
    idle = sum(not each.matters for each in changes)
    if idle == len(changes):
        return _("{inputs}; no plan depends on what differs.").format(inputs=told)
    if compared.before.plan is None or compared.after.plan is None:
        return f"{told}."
    number = len(compared.decisions)
    if not number:
        if compared.moves:
            text = _("{inputs}; the plan takes the same options, some from another year.")
        else:
            text = _("{inputs}; the plan found is the same.")
        return text.format(inputs=told)
    decided = several(
        "{number} investment is decided differently",
        "{number} investments are decided differently",
        number,
    ).format(number=number)
    return f"{told}; {decided}."


def _no_plan(name: str, outcome: Outcome) -> str:
    if outcome.stop is Stop.INFEASIBLE:
        return _("{name}: no plan meets all demands at once: proved.").format(name=name)
    return _("{name}: no plan was found in the time; whether one exists is not known.").format(
        name=name
    )


def _proof(name: str, outcome: Outcome) -> str:
    if outcome.objective is None or outcome.bound is None or len(outcome.stages) > 1:
        return _("{name}: the plan is not proved to be best.").format(name=name)
    text = _("{name}: no plan is worth more than the one found by over {points} points.")
    return text.format(name=name, points=figure(at_most(outcome.bound - outcome.objective)))


def _told_decisions(compared: Compared) -> Iterator[str]:
    for row in decision_rows(compared):
        name = f"{row.investment} ({row.title})" if row.title else row.investment
        if row.before and row.after:
            told = _("{name}: {after} instead of {before}").format(
                name=name, after=row.after, before=row.before
            )
        else:
            told = f"{name} {row.what}"
        yield f"{told}: {row.why}."


@dataclass(frozen=True)
class MeasureRow:
    """A measure of both plans; None where there is none."""

    name: str
    before: float | None
    after: float | None
    money: bool = False

    @property
    def change(self) -> float | None:
        """Return the difference."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


def measure_rows(compared: Compared) -> list[MeasureRow]:
    """Return the indices, the objective and the total cost of both plans."""
    one, two = compared.before, compared.after
    rows = [
        MeasureRow(
            name,
            None if before is None else float(before),
            None if after is None else float(after),
        )
        for name, before, after in index_rows(one, two)
    ]
    if one.objective is not None or two.objective is not None:
        rows.append(MeasureRow(_("objective"), one.objective, two.objective))
        costs = [float(each.recount.total_cost) if each.recount else None for each in (one, two)]
        rows.append(MeasureRow(_("total cost"), costs[0], costs[1], money=True))
    return rows


def measured(case: Case, row: MeasureRow) -> tuple[str, str, str, str]:
    """Return a measure as texts: name, before, after, change."""

    def text(value: float | None) -> str:
        if value is None:
            return ""
        return millions(case, value) if row.money else points(value, 2)

    change = row.change
    sign = "+" if change is not None and round(change, 3) > 0 else ""
    return row.name, text(row.before), text(row.after), sign + text(change)


def undone_sentences(rows: Sequence[UndoneRow]) -> Iterator[str]:
    """Yield what each change is worth, where that is known."""
    for each in rows:
        parts = [part for part in (each.worth, each.note) if part]
        if parts:
            yield f"{each.changes}: {'; '.join(parts)}."
