"""A comparison of strategies on the same facts as a workbook and as JSON."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Unpack

from choosebattles.execution.safe_write import Written
from choosebattles.explain.comparison_models import Strategies, Strategy
from choosebattles.report.json import SCHEMA, as_json
from choosebattles.report.parts.comparison_models import (
    followed_rows,
    model_name,
    model_sentences,
    option_rows,
)
from choosebattles.report.parts.evidence import titled
from choosebattles.report.parts.prices import unit_each_year
from choosebattles.report.sheets.looks import Kind
from choosebattles.report.sheets.page import Cell, Column, Doubted
from choosebattles.report.sheets.tables import Table, drawn_below, write_tables
from choosebattles.report.wording import decimals
from choosebattles.words import _


def write_strategies(told: Strategies, path: Path, **guard: Unpack[Doubted]) -> Written:
    """Write a comparison of strategies on the same facts as a workbook.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    costs = [e.outcome.recount.total_cost for e in told.strategies if e.outcome.recount]
    return write_tables([*_strategies(told)], path, decimals=decimals(costs), **guard)


def _strategies(told: Strategies) -> Iterator[Table]:
    lines = list(model_sentences(told))
    objectives = list(
        dict.fromkeys(
            name
            for each in told.strategies
            if each.outcome.recount
            for name in each.outcome.recount.after.indices
        )
    )
    titles = [_("Index: {objective}").format(objective=each) for each in objectives]
    rows: list[tuple[Cell, ...]] = [
        (
            model_name(each),
            each.title,
            str(each.outcome.case.model.method),
            *_counts(each),
            *(_index(each, name) for name in objectives),
            _cost(each),
        )
        for each in told.strategies
    ]
    yield Table(
        _("Strategies"),
        titled(told.case, _("The same facts under several decision models")),
        (lines[0], _("Money in {unit}.").format(unit=unit_each_year(told.case))),
        (
            Column(_("Model"), Kind.NAME, 22),
            Column(_("Title"), Kind.TEXT, 28),
            Column(_("Method"), Kind.TEXT, 13),
            Column(_("Investments"), Kind.COUNT, 12),
            Column(_("Proved"), Kind.TEXT, 15),
            *(Column(each, Kind.POINTS, 12) for each in titles),
            Column(_("Total cost"), Kind.MONEY, 12),
        ),
        rows,
        tuple(lines[1:]),
        drawn_below(_("Indices by strategy"), titles) if titles else None,
    )
    options = option_rows(told)
    names = [model_name(each) for each in told.strategies]
    if options:
        yield Table(
            _("Options"),
            titled(told.case, _("What each strategy takes, with the start year")),
            (_("Blank: not in the plan. In all: every strategy with a plan takes it."),),
            (
                Column(_("Option"), Kind.NAME, 14),
                Column(_("Title"), Kind.TEXT, 40),
                Column(_("In all"), Kind.TEXT, 8),
                *(Column(each, Kind.YEAR, max(12, len(each) + 2)) for each in names),
            ),
            [
                (each.option, each.title, _("yes") if each.always else _("no"), *each.starts)
                for each in options
            ],
            keep=2,
        )
    followed = followed_rows(told)
    if followed:
        yield Table(
            _("If another is right"),
            titled(told.case, _("What following one strategy costs under another")),
            (
                _("Points lost against the best plan of the other strategy, in its own points."),
                _("Cannot be followed: the plan breaks a demand of the other strategy."),
            ),
            (
                Column(_("Plan of"), Kind.NAME, 22),
                Column(_("Counted under"), Kind.NAME, 22),
                Column(_("Objective"), Kind.POINTS, 11),
                Column(_("Loses at least"), Kind.NUMBER, 11),
                Column(_("Loses at most"), Kind.NUMBER, 11),
                Column(_("Note"), Kind.TEXT, 60),
            ),
            followed,
        )


def _counts(strategy: Strategy) -> tuple[Cell, Cell]:
    outcome = strategy.outcome
    if outcome.plan is None:
        return None, _("no plan")
    taken = len({each.investment for each in outcome.plan.choices})
    return taken, _("yes") if outcome.proven else _("within the gap")


def _index(strategy: Strategy, name: str) -> float | None:
    recount = strategy.outcome.recount
    if recount is None or name not in recount.after.indices:
        return None
    return float(recount.after.indices[name])


def _cost(strategy: Strategy) -> float | None:
    recount = strategy.outcome.recount
    return None if recount is None else float(recount.total_cost)


def strategies_as_json(told: Strategies) -> dict[str, Any]:
    """Return a comparison of strategies as a tree of plain values."""
    return {
        "schema": SCHEMA,
        "kind": "models",
        "models": [
            {
                "model": each.model or None,
                "title": each.title,
                **as_json(each.outcome),
                "notes": list(each.notes),
            }
            for each in told.strategies
        ],
        "always": list(told.always),
        "followed": [
            [
                None
                if each is None
                else {
                    "objective": each.value,
                    "loss_low": each.loss[0] if each.loss else None,
                    "loss_high": each.loss[1] if each.loss else None,
                    "breaks": list(each.breaks),
                }
                for each in row
            ]
            for row in told.followed
        ],
        "refused": [
            {
                "model": each.model,
                "criteria": list(each.criteria),
                "services": list(each.services),
                "reason": each.reason,
            }
            for each in told.refused
        ],
        "seconds": told.seconds,
    }
