"""The rivals of a plan as a workbook and as JSON."""

import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Unpack

from choosebattles.audit.recount import Recount
from choosebattles.case.plan import Plan
from choosebattles.errors import AuditError
from choosebattles.execution.safe_write import Written
from choosebattles.explain.rivals import Alternatives, Class
from choosebattles.report.json import SCHEMA
from choosebattles.report.parts.alternatives import (
    OptionRow,
    RivalRow,
    class_words,
    option_rows,
    rival_rows,
    sentences,
)
from choosebattles.report.parts.marks import mark
from choosebattles.report.parts.prices import unit_each_year
from choosebattles.report.sheets.charts import Picture
from choosebattles.report.sheets.looks import Kind
from choosebattles.report.sheets.page import Cell, Column, Doubted, Special
from choosebattles.report.sheets.tables import Table, scattered_below, titled, write_tables
from choosebattles.report.wording import decimals
from choosebattles.words import _


def alternatives_as_json(found: Alternatives) -> dict[str, Any]:
    """Return rivals as a tree of plain values; money in millions, unrounded."""
    rows = rival_rows(found)
    others = found.others
    return {
        "schema": SCHEMA,
        "case": found.case.name,
        "stop": str(found.stop),
        "proven": found.proven,
        "plans": [
            {
                **_row_as_json(row, each.recount),
                "rank": row.rank,
                "bound": each.bound if each.bound is None else max(each.bound, each.value),
            }
            for row, each in zip(rows, found.plans, strict=False)
        ],
        "others_at_most": None if others is None or math.isinf(others) else others,
        "no_others": others == -math.inf,
        "next_objective": found.next_value,
        "loss": found.loss,
        "least": found.least,
        "different": [
            {**_row_as_json(row, each.recount), "differs_in": each.options, "at_most": each.at_most}
            for row, each in zip(rows[len(found.plans) :], found.different, strict=True)
        ],
        "no_further": found.none_further,
        "classes": {name: str(kind) for name, kind in found.classes.items()},
        "gap": found.gap,
        "seconds": found.seconds,
    }


def _row_as_json(row: RivalRow, recount: Recount) -> dict[str, Any]:
    return {
        "name": row.name,
        "objective": float(recount.after.value),
        "indices": {name: float(index) for name, index in recount.after.indices.items()},
        "total_cost": float(recount.total_cost),
        "enters": list(row.enters),
        "leaves": list(row.leaves),
        "chosen": chosen_as_json(row.plan),
        "sentence": row.sentence,
    }


def chosen_as_json(plan: Plan) -> list[dict[str, Any]]:
    """Return the options that a plan takes, with their start years."""
    return [
        {"investment": it.investment, "option": it.option, "start": it.start} for it in plan.choices
    ]


def write_alternatives(found: Alternatives, path: Path, **guard: Unpack[Doubted]) -> Written:
    """Write rivals as a workbook, so that a failure harms no earlier one.

    Parameters
    ----------
    found
        What was found; it may have no plans.
    path
        Where the workbook shall stand.
    guard
        Files that must never be overwritten (``inputs``), and whether a file that this program
        did not write may be (``overwrite``); and the doubts about what was read (``doubts``).

    Raises
    ------
    AuditError
        If the recount has not confirmed a plan.
    OutputError
        If the file cannot be written.
    """
    counted = [each.recount for each in found.plans] + [each.recount for each in found.different]
    if not all(each.passed for each in counted):
        raise AuditError(_("A plan breaks what it must keep, so nothing was written."))

    costs = [each.total_cost for each in rival_rows(found)]
    return write_tables([*_tables(found)], path, decimals=decimals(costs), **guard)


def _tables(found: Alternatives) -> Iterator[Table]:
    rows = rival_rows(found)
    yield _summary(found, rows)
    yield _plans(found, rows)
    yield _options(found)


def _summary(found: Alternatives, rows: Sequence[RivalRow]) -> Table:
    told = list(sentences(found))
    objective = _("Objective (weighted sum)")
    cost = _("Total cost ({unit})").format(unit=unit_each_year(found.case))
    bounded = any(each.most is not None for each in rows)
    marks = _("Numbers: the best sets of options.")
    if found.different:
        marks = _(
            "Numbers: the best sets of options. Letters: near the best, and as different as can be."
        )
    picture = Picture(_("What the plans cost and are worth"), objective, "0.00", 720, 400)
    return Table(
        _("Summary"),
        titled(found.case, _("Alternatives to the best plan")),
        (told[0],),
        (
            Column(_("Plan"), Kind.NAME, 7),
            Column(_("Rank"), Kind.COUNT, 7),
            Column(objective, Kind.INDEX, 13),
            *([Column(_("At most"), Kind.INDEX, 11)] if bounded else []),
            Column(cost, Kind.MONEY, 12),
            Column(_("Options that differ"), Kind.COUNT, 11),
            Column(_("In words"), Kind.TEXT, 95),
        ),
        [
            (
                *(_numbered(each), each.rank, each.value),
                *([each.most] if bounded else []),
                *(each.total_cost, each.options, each.sentence),
            )
            for each in rows
        ],
        (*told[1:], marks, _("An option that enters and one that leaves count as two that differ."))
        if rows
        else (),
        draw=scattered_below(picture, cost, objective, [each.name for each in rows])
        if len(rows) > 1
        else None,
        autofilter=False,
    )


def _numbered(row: RivalRow) -> int | str:
    return row.name if row.rank is None else int(row.name)


def _plans(found: Alternatives, rows: Sequence[RivalRow]) -> Table:
    told = _(
        "A column for each plan: from when it takes an option, and what enters or leaves against "
        "plan 1."
    )
    return Table(
        _("Alternatives"),
        titled(found.case, _("Alternatives, option by option")),
        (told,),
        (
            Column(_("Option"), Kind.NAME, 16),
            Column(_("Title"), Kind.TEXT, 40),
            Column(_("Class"), Kind.NAME, 11),
            *(Column(_("Plan {name}").format(name=each.name), Kind.NAME, 14) for each in rows),
        ),
        [*_measures(found, rows), *_starts(found)] if rows else [],
        keep=2,
        autofilter=False,
    )


def _measures(found: Alternatives, rows: Sequence[RivalRow]) -> Iterator[list[Cell]]:
    """Yield what every plan is worth and costs."""

    def row(title: str, numbers: Iterable[float], kind: Kind) -> list[Cell]:
        return [title, None, None, *(Special(each, kind) for each in numbers)]

    yield row(_("Objective"), (each.value for each in rows), Kind.INDEX)
    for place, objective in enumerate(found.case.model.objectives):
        yield row(objective.id, (each.indices[place] for each in rows), Kind.INDEX)
    yield row(_("Total cost"), (each.total_cost for each in rows), Kind.MONEY)


def _starts(found: Alternatives) -> Iterator[list[Cell]]:
    for each in option_rows(found):
        first = each.starts[0]
        yield [
            each.option,
            each.title,
            str(each.kind),
            *(mark(start, first, base=not number) for number, start in enumerate(each.starts)),
        ]


def _options(found: Alternatives) -> Table:
    rows = option_rows(found)
    told = "; ".join(
        _("{kind}: {number}").format(kind=kind, number=len(found.ids(kind)))
        for kind in Class
        if found.ids(kind)
    )
    lead = _("Plans worth at least {least} points; options by class: {told}.").format(
        least=f"{found.least:.2f}" if found.least is not None else "", told=told
    )
    return Table(
        _("Options"),
        titled(found.case, _("Which options the plans within the loss take")),
        (lead if rows else _("There is no plan."),),
        (
            Column(_("Option"), Kind.NAME, 16),
            Column(_("Title"), Kind.TEXT, 46),
            Column(_("Class"), Kind.NAME, 34),
            Column(_("In plan 1"), Kind.NAME, 10),
            Column(_("Plans listed that take it"), Kind.COUNT, 14),
        ),
        [_option(each) for each in sorted(rows, key=lambda each: list(Class).index(each.kind))],
    )


def _option(row: OptionRow) -> list[Cell]:
    return [
        row.option,
        row.title,
        class_words(row.kind),
        _("yes") if row.starts[0] is not None else _("no"),
        sum(each is not None for each in row.starts),
    ]
