"""A budget path as a workbook and as JSON."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Unpack

from choosebattles.execution.safe_write import Written
from choosebattles.explain.budget_path import BudgetPath
from choosebattles.report.json import SCHEMA, as_json
from choosebattles.report.parts.between import outwards
from choosebattles.report.parts.budget_path import (
    change_name,
    money_of,
    option_rows,
    sentences,
    step_rows,
)
from choosebattles.report.parts.conflict import conflict_rows
from choosebattles.report.parts.evidence import titled
from choosebattles.report.parts.prices import unit_each_year
from choosebattles.report.sheets.looks import Kind
from choosebattles.report.sheets.page import Cell, Column, Doubted
from choosebattles.report.sheets.tables import Table, drawn_below, write_tables
from choosebattles.report.wording import decimals
from choosebattles.words import _


def write_budget_path(path: BudgetPath, file: Path, **guard: Unpack[Doubted]) -> Written:
    """Write a budget path as a workbook.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    amounts = [money_of(each) for each in path.steps]
    costs = [each.outcome.recount.total_cost for each in path.steps if each.outcome.recount]
    return write_tables([*_tables(path)], file, decimals=decimals([*amounts, *costs]), **guard)


def _tables(path: BudgetPath) -> Iterator[Table]:
    told = list(sentences(path))
    rows = step_rows(path)
    objectives = list(dict.fromkeys(name for each in rows for name in each.indices))
    titles = [_("Index: {objective}").format(objective=each) for each in objectives]
    yield Table(
        _("Budget path"),
        titled(path.case, _("What less money drops, and more money adds")),
        (told[0], _("Money in {unit}.").format(unit=unit_each_year(path.case))),
        (
            Column(_("Money"), Kind.NAME, 11),
            Column(_("Of all funds"), Kind.MONEY, 12),
            Column(_("Objective"), Kind.POINTS, 11),
            Column(_("No plan above"), Kind.POINTS, 11),
            *(Column(each, Kind.POINTS, 12) for each in titles),
            Column(_("Total cost"), Kind.MONEY, 11),
            Column(_("Adds"), Kind.TEXT, 30),
            Column(_("Drops"), Kind.TEXT, 30),
            Column(_("Note"), Kind.TEXT, 34),
        ),
        [
            (
                *(each.change, each.money, each.objective, each.bound),
                *(each.indices.get(name) for name in objectives),
                *(each.cost, each.enters, each.leaves, each.note),
            )
            for each in rows
        ],
        tuple(told[1:]),
        draw=drawn_below(_("What the money brings"), [_("Objective"), *titles]),
    )
    options = option_rows(path)
    steps = [change_name(each.change) for each in path.steps]
    if options:
        yield Table(
            _("Options"),
            titled(path.case, _("Which options each budget takes, with the start year")),
            (_("Blank: not in the plan. Returns: out at a cut and in again at a deeper one."),),
            (
                Column(_("Option"), Kind.NAME, 14),
                Column(_("Title"), Kind.TEXT, 44),
                Column(_("Returns"), Kind.TEXT, 9),
                *(Column(each, Kind.YEAR, 10) for each in steps),
            ),
            [
                (each.option, each.title, _("yes") if each.returns else None, *each.starts)
                for each in options
            ],
            keep=2,
        )
    if path.nested:
        yield _nested(path)
    yield from _conflicts(path)


def _nested(path: BudgetPath) -> Table:
    best = {each.change: each.outcome.objective for each in path.steps}
    rows: list[tuple[Cell, ...]] = [
        (
            change_name(each.change),
            best[each.change],
            float(each.recount.after.value),
            *outwards(*each.price),
            float(each.recount.total_cost),
            ", ".join(each.leaves),
            ", ".join(sorted(each.plan.taken)),
        )
        for each in path.nested
    ]
    return Table(
        _("Nested order"),
        titled(path.case, _("The best plans of which each is a part of the next larger one")),
        (
            _(
                "The price is what the best plan of that budget is worth more, at least and at most."
            ),
            _("All budgets count alike: the sum of what the nested plans are worth is largest."),
        ),
        (
            Column(_("Money"), Kind.NAME, 11),
            Column(_("Best plan"), Kind.POINTS, 11),
            Column(_("Nested plan"), Kind.POINTS, 11),
            Column(_("Price, at least"), Kind.NUMBER, 11),
            Column(_("Price, at most"), Kind.NUMBER, 11),
            Column(_("Total cost"), Kind.MONEY, 11),
            Column(_("Dropped from the next larger plan"), Kind.TEXT, 40),
            Column(_("Options"), Kind.TEXT, 70),
        ),
        rows,
    )


def _conflicts(path: BudgetPath) -> Iterator[Table]:
    rows = [
        (change_name(step.change), each.number, each.what, each.cell, each.value, each.repair)
        for step in path.steps
        for each in conflict_rows(step.outcome.conflict)
    ]
    if rows:
        yield Table(
            _("Conflict"),
            titled(path.case, _("Why nothing fits")),
            (_("Demands with the same number cannot all hold together with that money."),),
            (
                Column(_("Money"), Kind.NAME, 11),
                Column(_("Conflict"), Kind.COUNT, 9),
                Column(_("What"), Kind.TEXT, 50),
                Column(_("Cell"), Kind.NAME, 18),
                Column(_("Value"), Kind.NAME, 14),
                Column(_("What would do"), Kind.TEXT, 60),
            ),
            rows,
        )


def budget_path_as_json(path: BudgetPath) -> dict[str, Any]:
    """Return a budget path as a tree of plain values; shares are fractions of 1."""
    return {
        "schema": SCHEMA,
        "complete": path.complete,
        "steps": [
            {
                "change": float(each.change),
                "money": float(money_of(each)),
                **as_json(each.outcome),
                "enters": list(each.enters),
                "leaves": list(each.leaves),
                "not_nested": list(each.back),
            }
            for each in path.steps
        ],
        "returns": [
            {"option": option, "out_at": float(out), "in_at": float(back)}
            for option, out, back in path.returns
        ],
        "nested": [
            {
                "change": float(each.change),
                "objective": float(each.recount.after.value),
                "total_cost": float(each.recount.total_cost),
                "price_low": each.price[0],
                "price_high": each.price[1],
                "chosen": [
                    {"investment": it.investment, "option": it.option, "start": it.start}
                    for it in each.plan.choices
                ],
            }
            for each in path.nested
        ],
        "nested_price_low": path.price[0] if path.price else None,
        "nested_price_high": path.price[1] if path.price else None,
        "best_order": path.best_order,
        "seconds": path.seconds,
    }
