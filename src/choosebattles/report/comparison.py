"""A comparison of two cases as a workbook and as JSON."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Unpack

from choosebattles.case.place import Place
from choosebattles.case.plan import Plan
from choosebattles.execution.safe_write import Written
from choosebattles.explain.comparison import Compared, Undone
from choosebattles.explain.comparison_inputs import Change
from choosebattles.report.json import SCHEMA, as_json
from choosebattles.report.parts.comparison import (
    change_rows,
    decision_rows,
    measure_rows,
    row_name,
    sentences,
    sheet_of,
    undone_rows,
)
from choosebattles.report.parts.evidence import titled
from choosebattles.report.parts.prices import unit_each_year
from choosebattles.report.sheets.looks import Kind
from choosebattles.report.sheets.page import Cell, Column, Doubted, Special
from choosebattles.report.sheets.tables import Table, drawn, write_tables
from choosebattles.report.wording import decimals
from choosebattles.spelling import short_title
from choosebattles.words import _


def write_comparison(compared: Compared, path: Path, **guard: Unpack[Doubted]) -> Written:
    """Write a comparison of two cases as a workbook.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    costs = [each.recount.total_cost for each in (compared.before, compared.after) if each.recount]
    return write_tables(
        [_measures(compared), *_details(compared)], path, decimals=decimals(costs), **guard
    )


def _measures(compared: Compared) -> Table:
    case = compared.after.case
    told = list(sentences(compared))
    rows: list[tuple[Cell, ...]] = []
    for each in measure_rows(compared):
        cells: list[Cell] = [each.before, each.after, each.change]
        if each.money:
            cells = [None if it is None else Special(float(it), Kind.MONEY) for it in cells]  # type: ignore[arg-type]
        rows.append((each.name, *cells))
    return Table(
        _("Comparison"),
        titled(case, _("Comparison of two cases")),
        (
            told[0],
            _("Total cost in {unit}, the others in points.").format(unit=unit_each_year(case)),
        ),
        (
            Column(_("Measure"), Kind.NAME, 26),
            Column(_("First"), Kind.POINTS, 14),
            Column(_("Second"), Kind.POINTS, 14),
            Column(_("Change"), Kind.POINTS, 14),
        ),
        rows,
        tuple(told[1:]),
        drawn(_("Indices, first and second"), [_("First"), _("Second")], len(rows) - 1),
    )


def _details(compared: Compared) -> Iterator[Table]:
    case = compared.after.case
    changes = change_rows(compared)
    if changes:
        yield Table(
            _("Inputs"),
            titled(case, _("What the inputs say differently")),
            (_("One line for each cell that differs, and for each row that is new or gone."),),
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
                    *(each.sheet, each.row, each.column, each.what, each.before, each.after),
                    *(each.cell_before, each.cell_after, _("yes") if each.matters else _("no")),
                )
                for each in changes
            ],
        )
    decisions = decision_rows(compared)
    if decisions:
        yield Table(
            _("Plan"),
            titled(case, _("What is decided differently")),
            (
                _("Proved: no best plan of either case decides as the other plan does."),
                _("Moved by: with that change alone undone, every best plan decides as before."),
            ),
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
                (
                    *(each.investment, each.title, each.what, each.before, each.after),
                    *(each.settled, each.why),
                )
                for each in decisions
            ],
        )
    if compared.moves:
        yield Table(
            _("Starts"),
            titled(case, _("What starts in another year")),
            (_("As found: other start years may be as good."),),
            (
                Column(_("Option"), Kind.NAME, 14),
                Column(_("Title"), Kind.TEXT, 44),
                Column(_("First"), Kind.YEAR, 10),
                Column(_("Second"), Kind.YEAR, 10),
            ),
            [
                (name, short_title(case.options[name].title), before, after)
                for name, before, after in compared.moves
            ],
        )
    undone = undone_rows(compared)
    if undone:
        yield Table(
            _("Undone"),
            titled(case, _("Each change undone by itself")),
            (
                _("The second case is solved again without the change; all others stay."),
                _("Brings back: investments that every best plan then decides as in the first."),
            ),
            (
                Column(_("Change"), Kind.TEXT, 44),
                Column(_("Adds to the objective, at least"), Kind.NUMBER, 14),
                Column(_("Adds to the objective, at most"), Kind.NUMBER, 14),
                Column(_("Undone, it brings back"), Kind.TEXT, 30),
                Column(_("Not settled"), Kind.TEXT, 30),
                Column(_("Note"), Kind.TEXT, 40),
            ),
            [(e.changes, e.low, e.high, e.back, e.open, e.note) for e in undone],
        )


def comparison_as_json(compared: Compared) -> dict[str, Any]:
    """Return a comparison of two cases as a tree of plain values."""
    changes = list(compared.differences.changes)
    return {
        "schema": SCHEMA,
        "kind": "cases",
        "before": as_json(compared.before),
        "after": as_json(compared.after),
        "changes": [_change(each) for each in changes],
        "decisions": [
            {
                "investment": each.investment,
                "before": each.before.option,
                "after": each.after.option,
                "proven": each.proved,
                "moved_by": [compared.undone.index(it) for it in compared.movers(each)],
                "joint": compared.joint(each),
            }
            for each in compared.decisions
        ],
        "moves": [
            {"option": name, "before": before, "after": after}
            for name, before, after in compared.moves
        ],
        "undone": [_undone(compared, each, changes) for each in compared.undone],
        "complete": compared.complete,
        "scale_held": None
        if compared.differences.held is None
        else float(compared.differences.held),
        "seconds": compared.seconds,
    }


def _change(change: Change) -> dict[str, Any]:
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
        return [_value(each) for each in value]
    if hasattr(value, "share"):
        return {"layer": value.layer, "share": float(value.share)}
    return str(value)


def _undone(compared: Compared, undone: Undone, changes: list[Change]) -> dict[str, Any]:
    low, high = undone.worth or (None, None)
    return {
        "changes": [changes.index(each) for each in undone.together.changes],
        "stop": None if undone.stop is None else str(undone.stop),
        "reason": undone.together.reason or None,
        "worth_low": low,
        "worth_high": high,
        "decides_as_before": {
            decided.investment: str(verdict)
            for decided, verdict in zip(compared.decisions, undone.verdicts, strict=False)
        },
        "as_found": undone.found,
        "chosen": _chosen(undone.plan),
    }


def _chosen(plan: Plan | None) -> list[dict[str, Any]]:
    return [
        {"investment": each.investment, "option": each.option, "start": each.start}
        for each in (plan.choices if plan else ())
    ]
