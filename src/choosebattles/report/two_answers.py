"""A comparison of two answers as a workbook and as JSON."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Unpack

from choosebattles.execution.safe_write import Written
from choosebattles.explain.comparison_results import Answers, Result
from choosebattles.report.json import SCHEMA
from choosebattles.report.parts.comparison_answers import answer_sentences, input_rows
from choosebattles.report.sheets.looks import Kind
from choosebattles.report.sheets.page import Cell, Column, Doubted, Special
from choosebattles.report.sheets.tables import Table, drawn, write_tables
from choosebattles.report.wording import decimals
from choosebattles.words import _


def write_answers(answers: Answers, path: Path, **guard: Unpack[Doubted]) -> Written:
    """Write a comparison of two answers as a workbook.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    costs = [each.total_cost or 0.0 for each in (answers.before, answers.after)]
    return write_tables([*_answers(answers)], path, decimals=decimals(costs), **guard)


def _answers(answers: Answers) -> Iterator[Table]:
    told = list(answer_sentences(answers))
    one, two = answers.before, answers.after
    rows = [
        *(
            _difference(name, one.indices.get(name), two.indices.get(name), Kind.POINTS)
            for name in dict.fromkeys((*one.indices, *two.indices))
        ),
        _difference(_("objective"), one.objective, two.objective, Kind.POINTS),
        _difference(_("total cost"), one.total_cost, two.total_cost, Kind.MONEY),
    ]
    yield Table(
        _("Comparison"),
        _("Comparison of two answers"),
        (told[0], _("Total cost in millions, the others in points.")),
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
    options = sorted({*one.starts, *two.starts})
    if options:
        yield Table(
            _("Plan"),
            _("Options of both plans, with their start years"),
            (_("Blank: not in the plan."),),
            (
                Column(_("Option"), Kind.NAME, 16),
                Column(_("First"), Kind.YEAR, 10),
                Column(_("Second"), Kind.YEAR, 10),
                Column(_("What"), Kind.TEXT, 24),
            ),
            [
                (each, one.starts.get(each), two.starts.get(each), _became(answers, each))
                for each in options
            ],
        )
    spending = sorted({*one.spending, *two.spending})
    if spending:
        yield Table(
            _("Spending"),
            _("What each fund pays by year"),
            (_("In millions."),),
            (
                Column(_("Fund"), Kind.NAME, 16),
                Column(_("Year"), Kind.YEAR, 8),
                Column(_("First"), Kind.MONEY, 12),
                Column(_("Second"), Kind.MONEY, 12),
            ),
            [(*each, one.spending.get(each), two.spending.get(each)) for each in spending],
        )
    inputs = input_rows(answers)
    if inputs:
        yield Table(
            _("Inputs"),
            _("What the two answers rest on, where they say it differently"),
            (_("As far as the answers say: not every cell of an input is in its results."),),
            (
                Column(_("Kind"), Kind.NAME, 18),
                Column(_("Name"), Kind.TEXT, 36),
                Column(_("First"), Kind.TEXT, 50),
                Column(_("Second"), Kind.TEXT, 50),
            ),
            inputs,
        )


def _difference(
    name: str, before: float | None, after: float | None, kind: Kind
) -> tuple[Cell, ...]:
    change = None if before is None or after is None else after - before
    return name, *(None if it is None else Special(it, kind) for it in (before, after, change))


def _became(answers: Answers, option: str) -> str:
    if option in answers.enters:
        return _("enters")
    if option in answers.leaves:
        return _("leaves")
    if answers.before.starts[option] != answers.after.starts[option]:
        return _("starts in another year")
    return _("the same")


def answers_as_json(answers: Answers) -> dict[str, Any]:
    """Return a comparison of two answers as a tree of plain values."""
    inputs = answers.inputs
    return {
        "schema": SCHEMA,
        "kind": "answers",
        "before": _result(answers.before),
        "after": _result(answers.after),
        "enters": list(answers.enters),
        "leaves": list(answers.leaves),
        "moves": [
            {"option": name, "before": before, "after": after}
            for name, before, after in answers.moves
        ],
        "same_files": answers.same_files,
        "inputs": None
        if inputs is None
        else [
            {"kind": kind, "name": name, "before": before, "after": after}
            for kind, name, before, after in inputs
        ],
    }


def _result(result: Result) -> dict[str, Any]:
    return {
        "name": result.name,
        "stop": result.stop,
        "proven": result.proven,
        "objective": result.objective,
        "total_cost": result.total_cost,
        "indices": dict(result.indices),
        "chosen": [
            {"investment": result.investment_of[option], "option": option, "start": start}
            for option, start in result.starts.items()
        ],
        "files": None
        if result.files is None
        else [{"name": name, "sha256": checksum} for name, checksum in result.files],
    }
