"""Two cases: what their inputs say differently, what became of the plan, which change moved it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from choosebattles.case.case import Case
from choosebattles.case.place import Place
from choosebattles.case.plan import Plan
from choosebattles.explain.comparison import Compared, Decided, Undone, index_rows
from choosebattles.explain.comparison_inputs import InputChange
from choosebattles.explain.comparison_proof import PlanVerdict
from choosebattles.report.answers.comparison_inputs import (
    group_name,
    input_differences,
    row_name,
    sheet_of,
)
from choosebattles.report.document import (
    FILES,
    SCREEN,
    Block,
    Column,
    Decimals,
    Document,
    Kind,
    Section,
    Sentences,
    Table,
)
from choosebattles.report.json import SCHEMA, choices_as_json
from choosebattles.report.json import as_json as outcome_as_json
from choosebattles.report.number_wording import at_most, decimals, figure, millions, points
from choosebattles.report.plan_parts.amount_headings import unit_each_year
from choosebattles.report.plan_parts.conflict import conflict_sentences
from choosebattles.report.plan_parts.evidence import is_illustrative
from choosebattles.report.plan_parts.intervals import higher_or_lower, outwards
from choosebattles.report.plan_parts.two_plans import (
    MeasureRow,
    first_and_second,
    starts_moved,
    two_currencies,
)
from choosebattles.solving.outcome import Outcome, Stop
from choosebattles.spelling import short_title
from choosebattles.translation import _, several

FEW = 20
"""Differences between inputs that stand on the terminal; files have all."""


def document(compared: Compared) -> Document:
    """Return what is said of two cases."""
    headline, *_others = sentences(compared)
    sections = (
        _on_screen(compared),
        _measures(compared),
        _inputs(compared),
        _decisions(compared),
        _starts(compared),
        _undo(compared),
    )
    counted = (compared.before.recount, compared.after.recount)
    return Document(
        _("Comparison of two cases"),
        tuple(section for section in sections if section is not None),
        country=compared.after.case.country,
        illustrative=is_illustrative(compared.after.case),
        headline=headline,
        decimals=Decimals(decimals(recount.total_cost for recount in counted if recount)),
    )


def _on_screen(compared: Compared) -> Section:
    headline, *others = sentences(compared)
    differences = input_differences(compared)
    more = len(differences) - FEW
    heads = (_("sheet"), _("row"), _("column"), _("first"), _("second"), _("cell"))
    inputs = Table(
        "",
        tuple(Column(head, Kind.TEXT) for head in heads),
        [
            (
                *(row.sheet, row.row, row.column or row.what, row.before, row.after),
                row.cell_after or row.cell_before,
            )
            for row in differences[:FEW]
        ],
        note=_("and {number} more: write them with -o").format(number=more) if more > 0 else "",
    )
    measures = Table(
        "",
        (
            Column(_("index"), Kind.NAME),
            *(Column(head, Kind.FIGURES) for head in (_("first"), _("second"), _("change"))),
        ),
        [measured(compared.after.case, row) for row in measure_rows(compared)],
    )
    moves = starts_moved(compared.moves)
    moved = _("Starts in another year, as found: {moves}.").format(moves=moves)
    blocks = (
        Sentences((headline,)),
        inputs,
        measures,
        Sentences((moved,) if moves else ()),
        Sentences(tuple(others)),
        Sentences(tuple(undone_sentences(undone_rows(compared)))),
    )
    return Section("", blocks, on=SCREEN)


def _measures(compared: Compared) -> Section:
    case = compared.after.case
    headline, *others = sentences(compared)
    rows = measure_rows(compared)
    table, chart = first_and_second(rows)
    texts = Sentences(tuple(others))
    blocks: tuple[Block, ...] = (table, texts, chart) if rows else (texts,)
    unit = _("Total cost in {unit}, the others in points.").format(unit=unit_each_year(case))
    return Section(
        _("Comparison"),
        blocks,
        title=_("Comparison of two cases"),
        leads=(headline, unit),
        message=headline,
        on=FILES,
    )


def _inputs(compared: Compared) -> Section | None:
    rows = input_differences(compared)
    if not rows:
        return None
    table = Table(
        "Inputs",
        (
            Column(_("Sheet"), Kind.NAME, 13),
            Column(_("Row"), Kind.TEXT, 26),
            Column(_("Column"), Kind.TEXT, 20),
            Column(_("What"), Kind.TEXT, 13),
            Column(_("First"), Kind.TEXT, 30),
            Column(_("Second"), Kind.TEXT, 30),
            Column(_("Cell in the first"), Kind.NAME, 16),
            Column(_("Cell in the second"), Kind.NAME, 16),
            Column(_("Can move the plan"), Kind.TEXT, 11),
        ),
        [
            (
                *(row.sheet, row.row, row.column, row.what, row.before, row.after),
                *(row.cell_before, row.cell_after, _("yes") if row.matters else _("no")),
            )
            for row in rows
        ],
    )
    movers = sum(row.matters for row in rows)
    text = (
        _("{inputs}; {number} can move the plan.")
        if movers
        else _("{inputs}; no plan depends on what differs.")
    )
    return Section(
        _("Inputs"),
        (table,),
        title=_("What the inputs say differently"),
        leads=(_("One line for each cell that differs, and for each row that is new or gone."),),
        message=text.format(inputs=_differ(len(rows)), number=movers),
        on=FILES,
    )


def _decisions(compared: Compared) -> Section | None:
    rows = decision_rows(compared)
    if not rows:
        return None
    table = Table(
        "Plan",
        (
            Column(_("Investment"), Kind.NAME, 14),
            Column(_("Title"), Kind.TEXT, 36),
            Column(_("What"), Kind.TEXT, 15),
            Column(_("First"), Kind.NAME, 13),
            Column(_("Second"), Kind.NAME, 13),
            Column(_("Difference"), Kind.TEXT, 12),
            Column(_("Which change"), Kind.TEXT, 60),
        ),
        [
            (*(row.investment, row.title, row.what, row.before, row.after), row.settled, row.why)
            for row in rows
        ],
    )
    proved = sum(decided.proved for decided in compared.decisions)
    message = (
        _("{decided}: proved.") if proved == len(rows) else _("{decided}, {proved} of them proved.")
    )
    return Section(
        _("Plan"),
        (table,),
        title=_("What is decided differently"),
        leads=(
            _("Proved: no best plan of either case decides as the other plan does."),
            _("Moved by: with that change alone undone, every best plan decides as before."),
        ),
        message=message.format(decided=_decided(len(rows)), proved=proved),
        on=FILES,
    )


def _starts(compared: Compared) -> Section | None:
    if not compared.moves:
        return None
    options = compared.after.case.options
    table = Table(
        "Starts",
        (
            Column(_("Option"), Kind.NAME, 14),
            Column(_("Title"), Kind.TEXT, 44),
            Column(_("First"), Kind.YEAR, 10),
            Column(_("Second"), Kind.YEAR, 10),
        ),
        [
            (name, short_title(options[name].title), before, after)
            for name, before, after in compared.moves
        ],
    )
    number = len(compared.moves)
    text = several(
        "{number} option starts in another year.", "{number} options start in another year.", number
    )
    return Section(
        _("Starts"),
        (table,),
        title=_("What starts in another year"),
        leads=(_("As found: other start years may be as good."),),
        message=text.format(number=number),
        on=FILES,
    )


def _undo(compared: Compared) -> Section | None:
    rows = undone_rows(compared)
    if not rows:
        return None
    table = Table(
        "Undone",
        (
            Column(_("Change"), Kind.TEXT, 44),
            Column(_("Adds to the objective, at least"), Kind.NUMBER, 14),
            Column(_("Adds to the objective, at most"), Kind.NUMBER, 14),
            Column(_("Undone, it brings back"), Kind.TEXT, 30),
            Column(_("Not settled"), Kind.TEXT, 30),
            Column(_("Note"), Kind.TEXT, 40),
        ),
        [(row.changes, row.low, row.high, row.back, row.open, row.note) for row in rows],
    )
    text = _(
        "Changes that, undone by themselves, bring back an earlier decision: {back} of {number}."
    )
    return Section(
        _("Undone"),
        (table,),
        title=_("Each change undone by itself"),
        leads=(
            _("The second case is solved again without the change; all others stay."),
            _("Brings back: investments that every best plan then decides as in the first."),
        ),
        message=text.format(number=len(rows), back=sum(bool(row.back) for row in rows))
        if compared.decisions
        else "",
        on=FILES,
    )


def as_json(compared: Compared) -> dict[str, Any]:
    """Return a comparison of two cases as a tree of plain values."""
    changes = list(compared.differences.changes)
    return {
        "schema": SCHEMA,
        "kind": "cases",
        "before": outcome_as_json(compared.before),
        "after": outcome_as_json(compared.after),
        "changes": [_change(change) for change in changes],
        "decisions": [
            {
                "investment": decided.investment,
                "before": decided.before.option,
                "after": decided.after.option,
                "proven": decided.proved,
                "moved_by": [compared.undone.index(undone) for undone in compared.movers(decided)],
                "joint": compared.joint(decided),
            }
            for decided in compared.decisions
        ],
        "moves": [
            {"option": name, "before": before, "after": after}
            for name, before, after in compared.moves
        ],
        "undone": [_undone(compared, undone, changes) for undone in compared.undone],
        "complete": compared.complete,
        "scale_held": None
        if compared.differences.held is None
        else float(compared.differences.held),
        "seconds": compared.seconds,
    }


def _change(change: InputChange) -> dict[str, Any]:
    one, two = change.places
    return {
        "how": str(change.how),
        "sheet": sheet_of(change),
        "row": row_name(change),
        "column": change.header,
        "before": _value(change.before),
        "after": _value(change.after),
        "cell_before": _cell(one),
        "cell_after": _cell(two),
        "can_move_the_plan": change.matters,
    }


def _cell(place: Place | None) -> str | None:
    return place.cell if place and place.cell else None


def _value(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Decimal | Fraction):
        return float(value)
    if isinstance(value, tuple):
        return [_value(item) for item in value]
    if hasattr(value, "share"):
        return {"layer": value.layer, "share": float(value.share)}
    return str(value)


def _undone(compared: Compared, undone: Undone, changes: list[InputChange]) -> dict[str, Any]:
    low, high = undone.worth or (None, None)
    return {
        "changes": [changes.index(change) for change in undone.together.changes],
        "stop": None if undone.stop is None else str(undone.stop),
        "reason": undone.together.reason or None,
        "worth_low": low,
        "worth_high": high,
        "decides_as_before": {
            decided.investment: str(verdict)
            for decided, verdict in zip(compared.decisions, undone.verdicts, strict=False)
        },
        "as_found": undone.found,
        "chosen": choices_as_json((undone.plan or Plan(())).choices),
    }


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
            decided.investment,
            _title(compared, decided),
            _what(decided),
            decided.before.option or "",
            decided.after.option or "",
            _("proved") if decided.proved else _("not settled"),
            _why(compared, decided),
        )
        for decided in compared.decisions
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
        names = "; ".join(group_name(compared, mover) for mover in movers)
        found = any(mover.found for mover in movers)
        text = (
            _("moved by {changes} (as found; ties are not looked into)")
            if found
            else _("moved by {changes}")
        )
        return text.format(changes=names)
    joint = compared.joint(decided)
    if joint:
        if any(undone.found for undone in compared.undone):
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
    for undone in compared.undone:
        back, left_open = [], []
        for decided, verdict in zip(compared.decisions, undone.verdicts, strict=False):
            if verdict is PlanVerdict.YES:
                back.append(decided.investment)
            elif verdict is PlanVerdict.OPEN:
                left_open.append(decided.investment)
        low, high = outwards(*undone.worth) if undone.worth else (None, None)
        worth = "" if undone.worth is None else higher_or_lower(*undone.worth)
        rows.append(
            UndoneRow(
                group_name(compared, undone),
                worth,
                low,
                high,
                ", ".join(back),
                ", ".join(left_open),
                _undo_note(compared, undone),
            )
        )
    return rows


_NOT_LOOKED_INTO = {
    Stop.WORK_LIMIT: _("not looked into: the work allowed was done"),
    Stop.INTERRUPTED: _("not looked into: it was stopped by hand"),
    Stop.FAILED: _("not looked into: the solver ended without an answer"),
}
"""Why it is not known what becomes of a plan once a change is undone."""


def _undo_note(compared: Compared, undone: Undone) -> str:
    if undone.together.case is None:
        text = _("cannot be undone by itself: {reason}")
        return text.format(reason=undone.together.reason)
    if compared.after.plan is None and undone.plan is not None:
        return _("once it is undone a plan is possible: proved")
    if compared.after.plan is not None and undone.stop is Stop.INFEASIBLE:
        return _("once it is undone no plan is possible: proved")
    if undone.looked_into:
        return ""
    return _NOT_LOOKED_INTO.get(
        undone.stop or Stop.TIME_LIMIT, _("not looked into: the time ran out")
    )


def sentences(compared: Compared) -> Iterator[str]:
    """Yield what the comparison says as a whole; the first sentence is its headline."""
    yield _headline(compared)
    if compared.before.case.currency != compared.after.case.currency:
        unnamed = _("no currency named")
        yield two_currencies(
            compared.before.case.currency or unnamed, compared.after.case.currency or unnamed
        )
    if compared.differences.held is not None and compared.differences.changes:
        text = _("Points for 100 are held at {points} for both, as they are in the first.")
        yield text.format(points=f"{float(compared.differences.held):,.6g}")
    for outcome, name in ((compared.before, _("The first")), (compared.after, _("The second"))):
        if outcome.plan is None:
            yield _no_plan(name, outcome)
            yield from conflict_sentences(outcome.conflict)
        elif not outcome.proven:
            yield _proof(name, outcome)
    yield from _decision_sentences(compared)
    if not compared.complete:
        yield _("Stopped before every change was looked into.")


def _headline(compared: Compared) -> str:
    changes = compared.differences.changes
    if not changes:
        return _("The two say the same: nothing differs in the inputs, so neither does the plan.")
    inputs = _differ(len(changes))
    idle = sum(not change.matters for change in changes)
    if idle == len(changes):
        return _("{inputs}; no plan depends on what differs.").format(inputs=inputs)
    if compared.before.plan is None or compared.after.plan is None:
        return f"{inputs}."
    number = len(compared.decisions)
    if not number:
        if compared.moves:
            text = _("{inputs}; the plan takes the same options, some from another year.")
        else:
            text = _("{inputs}; the plan found is the same.")
        return text.format(inputs=inputs)
    return f"{inputs}; {_decided(number)}."


def _differ(number: int) -> str:
    return several("{number} input differs", "{number} inputs differ", number).format(number=number)


def _decided(number: int) -> str:
    return several(
        "{number} investment is decided differently",
        "{number} investments are decided differently",
        number,
    ).format(number=number)


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


def _decision_sentences(compared: Compared) -> Iterator[str]:
    for row in decision_rows(compared):
        name = f"{row.investment} ({row.title})" if row.title else row.investment
        if row.before and row.after:
            text = _("{name}: {after} instead of {before}")
            decision = text.format(name=name, after=row.after, before=row.before)
        else:
            decision = f"{name} {row.what}"
        yield f"{decision}: {row.why}."


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
        costs = [
            float(outcome.recount.total_cost) if outcome.recount else None for outcome in (one, two)
        ]
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
    for row in rows:
        parts = [part for part in (row.worth, row.note) if part]
        if parts:
            yield f"{row.changes}: {'; '.join(parts)}."
