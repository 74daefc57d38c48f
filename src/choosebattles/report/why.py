"""An explanation as sheets of the results workbook and as JSON."""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Unpack

from openpyxl import load_workbook

from choosebattles.errors import OutputError
from choosebattles.execution.protection import Guard
from choosebattles.execution.safe_write import Written
from choosebattles.explain.why_answer import Change, Explanation, Interval, Price, Why
from choosebattles.report.json import SCHEMA
from choosebattles.report.parts.why import (
    demand_rows,
    demand_sentence,
    summary_sentences,
    why_rows,
    why_sentence,
)
from choosebattles.report.provenance import Provenance
from choosebattles.report.sheets.listing import Sheet
from choosebattles.report.sheets.page import HEADER_ROW
from choosebattles.report.sheets.why import demands_name, why_name, write_demands, write_why
from choosebattles.report.xlsx import write_results
from choosebattles.words import _


def explanation_as_json(explanation: Explanation) -> dict[str, Any]:
    """Return an explanation as a tree of plain values; None where an end is infinite."""
    outcome = explanation.outcome
    return {
        "schema": SCHEMA,
        "case": explanation.case.name,
        "stop": str(explanation.stop),
        "objective": outcome.objective,
        "bound": _end(outcome.bound),
        "counted_in": str(explanation.counted),
        "goal": explanation.goal,
        "unit": str(explanation.unit),
        "settled": explanation.settled,
        "asked": explanation.asked,
        "seconds": explanation.seconds,
        "why": [_why(explanation, each) for each in explanation.whys],
        "demands": [_demand(explanation, each) for each in explanation.demands],
    }


def _why(explanation: Explanation, why: Why) -> dict[str, Any]:
    return {
        "id": why.id,
        "options": list(why.options),
        "taken": why.taken,
        "sentence": why_sentence(explanation, why),
        "impossible_otherwise": why.impossible,
        "price": _interval(why.price),
        "refilled": _interval(why.refilled),
        "cost_factor": _interval(why.factor),
        "worth_taking_at_any_cost": bool(why.factor and why.factor.high == math.inf),
        "not_even_for_nothing": bool(why.factor and why.factor.high == -math.inf),
        "score_change": {name: _interval(each) for name, each in why.additions.items()},
        "instead": _change(why.instead),
        "because": [
            {"what": each.what, "cells": [str(it) for it in each.places]}
            for each in (why.shut.demands if why.shut else ())
        ],
        "settled": why.settled,
    }


def _demand(explanation: Explanation, demand: Price) -> dict[str, Any]:
    return {
        "what": demand.demand.what,
        "kind": demand.kind,
        "cells": [str(each) for each in demand.demand.places],
        "sentence": demand_sentence(explanation, demand),
        "price": _interval(demand.price),
        "instead": _change(demand.instead),
        "settled": demand.settled,
    }


def _change(change: Change | None) -> dict[str, Any] | None:
    if change is None:
        return None
    return {
        "enters": list(change.enters),
        "leaves": list(change.leaves),
        "moves": [{"option": name, "from": old, "to": new} for name, old, new in change.moves],
    }


def _interval(interval: Interval | None) -> list[float | None] | None:
    return None if interval is None else [_end(interval.low), _end(interval.high)]


def _end(number: float | None) -> float | None:
    return number if number is not None and math.isfinite(number) else None


def write_explanation(
    explanation: Explanation,
    path: Path | str,
    *,
    provenance: Provenance | None = None,
    **guard: Unpack[Guard],
) -> Written:
    """Write the results workbook of the plan that is explained, with the sheets of why.

    Parameters
    ----------
    explanation
        What is explained; where there is no plan, the workbook shows the conflict.
    path
        Where the workbook shall stand.
    provenance
        Where the answer comes from: files, doubts, notices, control totals.
    guard
        Files that must never be overwritten (``inputs``), and whether a file that this program
        did not write may be (``overwrite``).

    Raises
    ------
    AuditError
        If the recount has not confirmed the plan, or the workbook does not add up.
    OutputError
        If the file cannot be written.
    """
    return write_results(
        explanation.outcome,
        path,
        provenance=provenance,
        **guard,
        more=tuple(_sheets(explanation)),
        check=lambda partial: _verify(explanation, partial),
    )


def _sheets(explanation: Explanation) -> Iterator[Sheet]:
    told = " ".join(summary_sentences(explanation))
    rows, demands = why_rows(explanation), demand_rows(explanation)
    objectives = [
        each.id
        for each in explanation.case.model.objectives
        if any(each.id in row.additions for row in rows)
    ]
    if rows:
        yield Sheet(
            why_name(),
            _("Why is each option in the plan or not, and what would change that?"),
            lambda book, page, _workbook: write_why(book, page, rows, told, objectives),
        )
    if demands:
        yield Sheet(
            demands_name(),
            _("What does each of your own demands cost?"),
            lambda book, page, _workbook: write_demands(book, page, demands, told),
        )


def _verify(explanation: Explanation, path: Path) -> None:
    """Read the workbook back and compare what it says of each option with what was told."""
    rows = why_rows(explanation)
    if not rows:
        return
    with path.open("rb") as stream:
        book = load_workbook(stream, data_only=True)
        try:
            found = [
                (row[0].value, row[2].value)
                for row in book[why_name()].iter_rows(
                    min_row=HEADER_ROW + 2, max_row=HEADER_ROW + 1 + len(rows)
                )
            ]
        finally:
            book.close()
    if found != [(each.id, each.sentence) for each in rows]:
        sentence = _(
            "The results were not kept, because they read back differently: {place}. Whatever "
            "stood there before is intact. Please report this."
        )
        raise OutputError(sentence.format(place=_("the rows of Why")))
