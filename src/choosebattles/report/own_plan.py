"""The own plan beside a better and a cheaper one, as a workbook and as JSON."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from xlsxwriter import Workbook

from choosebattles.audit.recount import Recount
from choosebattles.case.plan import Plan
from choosebattles.errors import AuditError, OutputError
from choosebattles.execution.safe_write import Written, write_safely
from choosebattles.explain.own_plan import OwnPlan, Rival
from choosebattles.report.alternatives import chosen_as_json
from choosebattles.report.json import SCHEMA
from choosebattles.report.parts.evidence import is_illustrative
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
from choosebattles.report.sheets.charts import Picture, named_points
from choosebattles.report.sheets.looks import Kind, Looks
from choosebattles.report.sheets.page import HEADER_ROW, Cell, Column, Page
from choosebattles.report.wording import decimals, unit
from choosebattles.report.xlsx import REFUSED
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
        "chosen": chosen_as_json(plan),
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


def write_own_plan(found: OwnPlan, path: Path, *, inputs: Iterable[Path] = ()) -> Written:
    """Write the own plan and its rivals as a workbook, so that a failure harms no earlier one.

    Parameters
    ----------
    found
        What was found; the own plan may break demands, its rivals may not.
    path
        Where the workbook shall stand.
    inputs
        Files that must never be overwritten.

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

    def write(partial: Path) -> None:
        with Workbook(str(partial), REFUSED) as book:
            _written(found, book)

    def read_back(partial: Path) -> None:
        _verify(found, partial)

    return write_safely(path, write, read_back, inputs=inputs)


def _written(found: OwnPlan, book: Workbook) -> None:
    rows = plan_rows(found)
    looks = Looks(book, decimals(each.total_cost for each in rows))
    first, second = (Page(book.add_worksheet(name), looks, name) for name in _sheets())
    _plans(found, rows, book, first)
    _options(found, rows, second)


def _sheets() -> tuple[str, str]:
    return _("Own plan"), _("By option")


def _titled(found: OwnPlan, what: str) -> str:
    title = f"{found.case.country}: {what}" if found.case.country else what
    if is_illustrative(found.case):
        return _("{title} (illustrative figures)").format(title=title)
    return title


def _plans(found: OwnPlan, rows: Sequence[PlanRow], book: Workbook, page: Page) -> None:
    told = list(own_lines(found))
    page.head(_titled(found, _("Your own plan, a better and a cheaper one")), told[0])
    if not rows:
        return
    objective, cost = _("Objective (weighted sum)"), _("Total cost")
    columns = (
        Column(_("Plan"), Kind.NAME, 7),
        Column(_("What it is"), Kind.NAME, 25),
        Column(objective, Kind.INDEX, 13),
        *(Column(each.id, Kind.INDEX, 12) for each in found.case.model.objectives),
        Column(cost, Kind.MONEY, 11),
        Column(_("Points more than yours"), Kind.INDEX, 12),
        Column(_("Cost more than yours"), Kind.MONEY, 11),
        Column(_("In words"), Kind.TEXT, 70),
    )
    cells: list[list[Cell]] = [
        [
            each.name,
            each.title,
            each.value,
            *each.indices,
            each.total_cost,
            each.more,
            each.cost_change,
            each.sentence,
        ]
        for each in rows
    ]
    area = page.table(columns, cells, name="OwnPlan", autofilter=False)
    line = area.last + 2
    above = {each.sentence for each in rows}
    texts = [each for each in told[1:] if each not in above]
    for text in (*texts, _("Money in {unit}.").format(unit=unit(found.case))):
        page.sheet.write_string(line, 0, text, page.looks.plain)
        line += 1
    broken = breaks(found)
    if broken:
        page.sheet.write_string(line + 1, 0, _("What your plan breaks"), page.looks.section)
        line += 2
        for text, where in broken:
            cell = f" ({where})" if where else ""
            page.sheet.write_string(line, 0, f"- {text}{cell}", page.looks.plain)
            line += 1
    page.sheet.fit_to_pages(1, 1)
    if len(rows) == 1:
        return
    chart = named_points(
        book,
        Picture(_("What the plans cost and are worth"), objective, "0.0", 720, 400),
        f"{cost} ({unit(found.case)})",
        [
            (f"{each.name}: {each.title}", area.range(cost, n, n), area.range(objective, n, n))
            for n, each in enumerate(rows)
        ],
    )
    page.sheet.insert_chart(line + 1, 0, chart, {"description": told[0]})


def _options(found: OwnPlan, rows: Sequence[PlanRow], page: Page) -> None:
    page.head(
        _titled(found, _("Your own plan, option by option")),
        _("A column for each plan: from when it takes an option, and what enters or leaves."),
    )
    options = own_option_rows(found)
    if not options:
        return
    columns = (
        Column(_("Option"), Kind.NAME, 16),
        Column(_("Title"), Kind.TEXT, 46),
        *(Column(f"{each.name}: {each.title}", Kind.NAME, 22) for each in rows),
    )
    cells = [
        (
            each.option,
            each.title,
            *(mark(start, each.starts[0], base=not n) for n, start in enumerate(each.starts)),
        )
        for each in options
    ]
    page.table(columns, cells, name="OwnOptions", keep=2)


def _verify(found: OwnPlan, path: Path) -> None:
    """Read the workbook back and compare every plan with what was found."""
    rows = plan_rows(found)
    with path.open("rb") as stream:
        book = load_workbook(stream, data_only=True)
        try:
            sheet = book[_sheets()[0]]
            read = [
                (row[0].value, row[2].value, row[-1].value)
                for row in sheet.iter_rows(
                    min_row=HEADER_ROW + 2,
                    max_row=HEADER_ROW + 1 + len(rows),
                    max_col=7 + len(found.case.model.objectives),
                )
            ]
        finally:
            book.close()
    if rows and read != [(each.name, each.value, each.sentence) for each in rows]:
        sentence = _(
            "The results were not kept, because they read back differently: {place}. Whatever "
            "stood there before is intact. Please report this."
        )
        raise OutputError(sentence.format(place=_("the three plans")))
