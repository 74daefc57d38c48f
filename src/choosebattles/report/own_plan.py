"""The own plan beside a better and a cheaper one, as a workbook and as JSON."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Unpack

from choosebattles.audit.recount import Recount
from choosebattles.case.plan import Plan
from choosebattles.errors import AuditError
from choosebattles.execution.safe_write import Written
from choosebattles.explain.own_plan import OwnPlan, Rival
from choosebattles.report.json import SCHEMA, choices_as_json
from choosebattles.report.parts.evidence import titled
from choosebattles.report.parts.marks import mark
from choosebattles.report.parts.own_plan import (
    PlanRow,
    better_sentence,
    breaks,
    cheaper_sentence,
    own_lines,
    own_option_rows,
    own_sentence,
    plan_rows,
)
from choosebattles.report.parts.prices import unit_each_year
from choosebattles.report.sheets.charts import Picture
from choosebattles.report.sheets.looks import Kind
from choosebattles.report.sheets.page import Cell, Column, Doubted
from choosebattles.report.sheets.tables import Table, scattered_below, write_tables
from choosebattles.report.wording import decimals
from choosebattles.words import _


def own_plan_as_json(found: OwnPlan) -> dict[str, Any]:
    """Return the three plans as a tree of plain values; money in millions, unrounded."""
    rows = {each.name: each for each in plan_rows(found)}
    own = found.own
    return {
        "schema": SCHEMA,
        "case": found.case.name,
        "stop": str(found.stop),
        "efficient": found.efficient,
        "own": None
        if own is None
        else {
            **_plan_as_json(own.plan, own.recount),
            "keeps": own.keeps,
            "payable": own.payable,
            "open_starts": list(own.open),
            "breaks": [{"text": text, "cells": cells} for text, cells in breaks(found)],
            "sentence": own_sentence(found),
        },
        "better": _rival_as_json(found, found.better, rows.get("B"), better_sentence)
        if own
        else None,
        "cheaper": _rival_as_json(found, found.cheaper, rows.get("C"), cheaper_sentence)
        if own
        else None,
        "gap": found.gap,
        "seconds": found.seconds,
    }


def _plan_as_json(plan: Plan, recount: Recount) -> dict[str, Any]:
    return {
        "objective": float(recount.after.value),
        "indices": {name: float(index) for name, index in recount.after.indices.items()},
        "total_cost": float(recount.total_cost),
        "chosen": choices_as_json(plan),
    }


def _rival_as_json(found: OwnPlan, rival: Rival, row: PlanRow | None, told: Any) -> dict[str, Any]:
    tree: dict[str, Any] = {
        "verdict": str(rival.verdict),
        "gain": None if row is None else rival.low,
        "gain_at_most": rival.high,
        "sentence": told(found),
    }
    if row is not None and rival.plan is not None and rival.recount is not None:
        tree |= _plan_as_json(rival.plan, rival.recount)
        tree |= {"enters": list(row.enters), "leaves": list(row.leaves)}
    return tree


def write_own_plan(found: OwnPlan, path: Path, **guard: Unpack[Doubted]) -> Written:
    """Write the own plan and its rivals as a workbook, so that a failure harms no earlier one.

    Parameters
    ----------
    found
        What was found; the own plan may break demands, its rivals may not.
    path
        Where the workbook shall stand.
    guard
        Files that must never be overwritten (``inputs``), and whether a file that this program
        did not write may be (``overwrite``); and the doubts about what was read (``doubts``).

    Raises
    ------
    AuditError
        If the recount has not confirmed a rival.
    OutputError
        If the file cannot be written.
    """
    for each in (found.better.recount, found.cheaper.recount):
        if each is not None and not each.passed:
            raise AuditError(_("A plan breaks what it must keep, so nothing was written."))

    costs = [each.total_cost for each in plan_rows(found)]
    return write_tables([*_tables(found)], path, decimals=decimals(costs), **guard)


def _tables(found: OwnPlan) -> Iterator[Table]:
    rows = plan_rows(found)
    yield _plans(found, rows)
    yield _options(found, rows)


def _plans(found: OwnPlan, rows: Sequence[PlanRow]) -> Table:
    told = list(own_lines(found))
    objective = _("Objective (weighted sum)")
    cost = _("Total cost ({unit})").format(unit=unit_each_year(found.case))
    above = {each.sentence for each in rows}
    broken = [f"- {text}" + (f" ({cells})" if cells else "") for text, cells in breaks(found)]
    picture = Picture(_("What the plans cost and are worth"), objective, "0.0", 720, 400)
    names = [f"{each.name}: {each.title}" for each in rows]
    return Table(
        _("Own plan"),
        titled(found.case, _("Your own plan, a better and a cheaper one")),
        (told[0],),
        (
            Column(_("Plan"), Kind.NAME, 7),
            Column(_("What it is"), Kind.NAME, 25),
            Column(objective, Kind.INDEX, 13),
            *(Column(each.id, Kind.INDEX, 12) for each in found.case.model.objectives),
            Column(cost, Kind.MONEY, 12),
            Column(_("Points more than yours"), Kind.INDEX, 12),
            Column(_("Cost more than yours"), Kind.MONEY, 11),
            Column(_("In words"), Kind.TEXT, 70),
        ),
        [_cells(each) for each in rows],
        tuple(each for each in told[1:] if each not in above),
        scattered_below(picture, cost, objective, names) if len(rows) > 1 else None,
        (_("What your plan breaks"), *broken) if broken else (),
        autofilter=False,
    )


def _cells(row: PlanRow) -> list[Cell]:
    measures: list[Cell] = [row.name, row.title, row.value, *row.indices, row.total_cost]
    return [*measures, row.more, row.cost_change, row.sentence]


def _options(found: OwnPlan, rows: Sequence[PlanRow]) -> Table:
    return Table(
        _("By option"),
        titled(found.case, _("Your own plan, option by option")),
        (_("A column for each plan: from when it takes an option, and what enters or leaves."),),
        (
            Column(_("Option"), Kind.NAME, 16),
            Column(_("Title"), Kind.TEXT, 46),
            *(Column(f"{each.name}: {each.title}", Kind.NAME, 22) for each in rows),
        ),
        [
            (
                each.option,
                each.title,
                *(mark(start, each.starts[0], base=not n) for n, start in enumerate(each.starts)),
            )
            for each in own_option_rows(found)
        ],
        keep=2,
    )
