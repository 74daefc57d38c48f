"""Why as a document: the plan's, with each decision and each demand explained."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from choosebattles.case.units import Id
from choosebattles.explain.why_answer import Explanation, Interval, PlanChange, Price, Why
from choosebattles.report.answers.plan.document import document as plan_document
from choosebattles.report.answers.why.rows import DemandRow, WhyRow, demand_rows, why_rows
from choosebattles.report.answers.why.sentences import (
    costs_nothing,
    demand_lines,
    demand_sentence,
    few,
    summary_sentences,
    why_sentence,
)
from choosebattles.report.document import (
    FILES,
    PRESENTED,
    SCREEN,
    WORKBOOK,
    Block,
    Cell,
    Column,
    Document,
    Kind,
    Manner,
    Section,
    Sentences,
    Table,
)
from choosebattles.report.json import SCHEMA
from choosebattles.report.number_wording import rounded_down, rounded_up
from choosebattles.report.plan_parts.amount_headings import unit_first_year
from choosebattles.report.provenance import Provenance
from choosebattles.report.view_model import Story, tell
from choosebattles.solving.outcome import Stop
from choosebattles.translation import _, listed, several

Ends = tuple[float | None, float | None]

SHORT = 5
"""Columns that a page or a slide has room for: up to the price, which the sentence needs."""


def document(explanation: Explanation, provenance: Provenance | None = None) -> Document:
    """Return what is said of an explanation: the plan, and why it is one.

    Parameters
    ----------
    explanation
        What is explained; where there is no plan, the document shows the conflict.
    provenance
        Where the answer comes from: files, doubts, notices, control totals.

    Raises
    ------
    AuditError
        If the recount has not confirmed the plan, or what is said does not add up.
    """
    story = tell(explanation.outcome, provenance)
    chapters = tuple(sections(explanation))
    sheets = (replace(chapter, on=WORKBOOK) for chapter in chapters)
    plan = plan_document(explanation.outcome, story, provenance, more=sheets)
    others = [section for section in plan.sections if section.on != SCREEN]
    after_decision = 1 + next(
        number for number, section in enumerate(others) if section.on <= PRESENTED
    )
    presented = (replace(chapter, on=PRESENTED) for chapter in chapters)
    others[after_decision:after_decision] = presented
    return replace(plan, sections=(_on_screen(explanation, story), *others))


def _on_screen(explanation: Explanation, story: Story) -> Section:
    if explanation.outcome.plan is None:
        texts = (story.headline, *story.proof, *story.conflict)
        return Section("", (Sentences(texts),), on=SCREEN)
    demands = tuple(demand_lines(explanation))
    settled = explanation.stop is not Stop.INFEASIBLE
    blocks: list[Block] = [
        Sentences((story.headline,)),
        Sentences(tuple(row.sentence for row in why_rows(explanation))),
        Sentences(demands, _("Your own demands:"), Manner.LIST),
        Sentences(tuple(summary_sentences(explanation)) if settled else ()),
    ]
    return Section("", tuple(blocks), on=SCREEN)


def sections(explanation: Explanation) -> Iterator[Section]:
    """Yield the decisions and the demands explained, where there are any."""
    summary = " ".join(summary_sentences(explanation))
    rows, demands = why_rows(explanation), demand_rows(explanation)
    if rows:
        yield _decisions(explanation, rows, summary)
    if demands:
        yield _demands(explanation, demands, summary)


def _decisions(explanation: Explanation, rows: Sequence[WhyRow], summary: str) -> Section:
    """Return a row for each option: what is in the plan first, the dearest to lose before others."""
    objectives = [
        objective.id
        for objective in explanation.case.model.objectives
        if any(objective.id in row.additions for row in rows)
    ]
    columns = (
        Column(_("Option"), Kind.NAME, 14),
        Column(_("Decision"), Kind.TEXT, 13),
        Column(_("Why"), Kind.TEXT, 62),
        Column(_("Price of the other decision, from"), Kind.NUMBER, 11),
        Column(_("Price, to"), Kind.NUMBER, 10),
        Column(_("Loss if only its own place is filled again, from"), Kind.NUMBER, 12),
        Column(_("Loss, to"), Kind.NUMBER, 10),
        Column(_("Cost"), Kind.MONEY, 9),
        Column(_("May cost more by (below 0: must cost less), from"), Kind.NUMBER, 13),
        Column(_("May cost more by, to"), Kind.NUMBER, 11),
        *(column for name in objectives for column in _scores(name)),
        Column(_("Enters instead"), Kind.TEXT, 22),
        Column(_("Leaves"), Kind.TEXT, 22),
        Column(_("Starts in another year"), Kind.TEXT, 32),
        Column(_("Settled"), Kind.TEXT, 9),
    )
    cells = [tuple(_cells(row, objectives)) for row in rows]
    whole = Table("Why", columns, cells, keep=2, on=WORKBOOK)
    short = Table(
        "WhyInShort", columns[:SHORT], [row[:SHORT] for row in cells], keep=2, on=PRESENTED
    )
    lead = _(
        "Each number lies between the two ends given, which are proved; one number in both is "
        "settled. Empty: not known, or without end. Costs in {unit}, without income: from the start "
        "in the plan, or in the best one found with it."
    ).format(unit=unit_first_year(explanation.case))
    return Section(
        _("Why"),
        (whole, short),
        title=_("Why in the plan, why not"),
        leads=(summary, lead),
        message=" ".join(_findings(explanation)),
        answers=_("Why is each option in the plan or not, and what would change that?"),
        on=FILES,
    )


def _findings(explanation: Explanation) -> Iterator[str]:
    """Yield which decisions could be otherwise without a loss, over all that is explained."""
    gains: list[Id] = []
    ties: list[Id] = []
    open_: list[Id] = []
    for why in explanation.whys:
        if why.impossible or why.price.low > 0:
            continue
        if costs_nothing(explanation, why.price):
            ties.append(why.id)
        else:
            (gains if why.price.high < 0 else open_).append(why.id)
    if gains:
        yield _("Decided by you, at a price: {names}.").format(names=few(gains))
    if ties:
        yield _("Could be decided otherwise at no loss: {names}.").format(names=few(ties))
    if open_:
        yield _("Whether it could be decided otherwise at no loss is not settled: {names}.").format(
            names=few(open_)
        )
    if not (gains or ties or open_):
        yield _("None of these decisions could be otherwise without a loss: proved.")


def _scores(objective: Id) -> Iterator[Column]:
    text = _("Points on {objective} to flip it, {end}")
    yield Column(text.format(objective=objective, end=_("from")), Kind.NUMBER, 12)
    yield Column(text.format(objective=objective, end=_("to")), Kind.NUMBER, 12)


def _cells(row: WhyRow, objectives: Sequence[Id]) -> Iterator[Cell]:
    yield from (row.id, row.decision, row.sentence)
    yield from _shown(row.price, 4)
    yield from _shown(row.refilled, 4)
    yield row.cost
    yield from _shown(row.cost_change, 3)
    for name in objectives:
        yield from _shown(row.additions.get(name, (None, None)), 2)
    yield ", ".join(row.enters)
    yield ", ".join(row.leaves)
    yield ", ".join(f"{name} {old} -> {new}" for name, old, new in row.moves)
    yield _("yes") if row.settled else _("not yet")


def _shown(ends: Ends, digits: int) -> Ends:
    """Return the ends in some decimals; of an interval, rounded so that it still holds."""
    low, high = ends
    if low is not None and low == high:
        return round(low, digits), round(low, digits)
    return (
        None if low is None else rounded_down(low, digits),
        None if high is None else rounded_up(high, digits),
    )


def _demands(explanation: Explanation, rows: Sequence[DemandRow], summary: str) -> Section:
    """Return what each of the user's own demands costs, the dearest first."""
    table = Table(
        "WhyDemands",
        (
            Column(_("Demand"), Kind.TEXT, 52),
            Column(_("Cell"), Kind.NAME, 16),
            Column(_("What it costs"), Kind.TEXT, 52),
            Column(_("Price, from"), Kind.NUMBER, 10),
            Column(_("Price, to"), Kind.NUMBER, 10),
            Column(_("Would enter"), Kind.TEXT, 22),
            Column(_("Would leave"), Kind.TEXT, 22),
            Column(_("Settled"), Kind.TEXT, 9),
        ),
        [
            (
                *(row.what, row.cell, row.sentence),
                *_shown(row.price, 4),
                listed(row.enters) if row.enters else None,
                listed(row.leaves) if row.leaves else None,
                _("yes") if row.settled else _("not yet"),
            )
            for row in rows
        ],
    )
    costly = sum(
        demand.price.low > 0 and not costs_nothing(explanation, demand.price)
        for demand in explanation.demands
    )
    text = several(
        "Of {number} demands of your own {costly} costs something for certain.",
        "Of {number} demands of your own {costly} cost something for certain.",
        costly,
    )
    return Section(
        _("Why, demands"),
        (table,),
        title=_("What your own demands cost"),
        leads=(summary, _("The price of a demand: what the best plan without it is worth more.")),
        message=text.format(costly=costly, number=len(rows)),
        answers=_("What does each of your own demands cost?"),
        on=FILES,
    )


def as_json(explanation: Explanation) -> dict[str, Any]:
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
        "why": [_why(explanation, why) for why in explanation.whys],
        "demands": [_demand(explanation, demand) for demand in explanation.demands],
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
        "score_change": {name: _interval(addition) for name, addition in why.additions.items()},
        "instead": _change(why.instead),
        "because": [
            {"what": demand.what, "cells": [str(place) for place in demand.places]}
            for demand in (why.shut.demands if why.shut else ())
        ],
        "settled": why.settled,
    }


def _demand(explanation: Explanation, demand: Price) -> dict[str, Any]:
    return {
        "what": demand.demand.what,
        "kind": demand.kind,
        "cells": [str(place) for place in demand.demand.places],
        "sentence": demand_sentence(explanation, demand),
        "price": _interval(demand.price),
        "instead": _change(demand.instead),
        "settled": demand.settled,
    }


def _change(change: PlanChange | None) -> dict[str, Any] | None:
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
