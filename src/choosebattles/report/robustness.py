"""Robustness as a workbook and as JSON."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Unpack

from choosebattles.execution.safe_write import Written
from choosebattles.report.json import SCHEMA
from choosebattles.report.parts.prices import unit_each_year
from choosebattles.report.parts.robustness import (
    core_words,
    plan_name,
    rival_lines,
    sentences,
    why_they_differ,
)
from choosebattles.report.sheets.looks import Kind
from choosebattles.report.sheets.page import Cell, Column, Doubted
from choosebattles.report.study_book import StudyBook, write_study
from choosebattles.report.wording import plain
from choosebattles.spelling import short_title
from choosebattles.uncertainty.robust import Robustness
from choosebattles.words import _


def robustness_as_json(found: Robustness) -> dict[str, Any]:
    """Return robustness as a tree of plain values; shares of 1, points, millions, unrounded."""
    low, high = found.rivalry.regret
    return {
        "schema": SCHEMA,
        "stop": found.stop.value,
        "plan": None if found.plan is None else _chosen(found.plan.taken, found.plan.starts),
        "objective": None if found.recount is None else float(found.recount.after.value),
        "proposed": found.proposed,
        "weights": [
            {name: float(weight) for name, weight in each.items()} for each in found.weights.corners
        ],
        "scores_in_question": len(found.scores.effects),
        "regret": {"least": low, "most": high},
        "radius": found.rivalry.radius,
        "radius_proved": found.rivalry.radius_proved,
        "competitors_complete": found.rivalry.complete,
        "competitors": [
            {
                "regret": each.regret,
                "options": sorted(each.taken),
                "starts": dict(sorted(each.plan.starts.items())),
                "total_cost": float(each.recount.total_cost),
                "weights": {name: float(weight) for name, weight in each.weights.items()},
                "scores": [
                    {"option": option, "criterion": criterion, "score": score}
                    for (option, criterion), score in each.scores.items()
                ],
            }
            for each in found.rivalry.competitors
        ],
        "unbeaten_complete": None if found.unbeaten is None else found.unbeaten.complete,
        "unbeaten": None
        if found.unbeaten is None
        else [
            {
                "options": sorted(each.taken),
                "starts": dict(sorted(each.plan.starts.items())),
                "worth": [float(worth) for worth in each.worth],
            }
            for each in found.unbeaten.plans
        ],
        "options": [
            {
                "option": each.option,
                "in_plan": each.in_plan,
                "core": None if each.core is None else each.core.value,
                "core_index": each.core_index,
                "competitors": each.competitors,
                "regret": each.regret,
                "acceptability": each.acceptability,
            }
            for each in found.voices
        ],
        "draws": 0 if found.drawn is None else len(found.drawn.rows),
    }


def _chosen(taken: Iterable[str], starts: Any) -> dict[str, int]:
    return {name: starts[name] for name in sorted(taken)}


def write_robustness(found: Robustness, path: Path, **guard: Unpack[Doubted]) -> Written:
    """Write robustness as a workbook, so that a failure harms no earlier one.

    Parameters
    ----------
    found
        What is known of the plan.
    path
        Where the workbook shall stand.
    guard
        Files that must never be overwritten (``inputs``), and whether a file that this program
        did not write may be (``overwrite``); and the doubts about what was read (``doubts``).

    Raises
    ------
    OutputError
        If the file cannot be written, or reads back differently.
    """
    rows = _voice_rows(found)
    unbeaten = () if found.unbeaten is None else found.unbeaten.plans
    costs = [float(each.recount.total_cost) for each in unbeaten]
    costs += [float(each.recount.total_cost) for each in found.rivalry.competitors]
    return write_study(
        found.case,
        path,
        lambda book: _written(found, rows, book),
        (_("Robustness"), [row[:4] for row in rows]),
        costs=costs,
        **guard,
    )


def _voice_rows(found: Robustness) -> list[list[Any]]:
    order = sorted(found.voices, key=lambda each: (not each.in_plan, -(each.core_index or 0)))
    return [
        [
            each.option,
            short_title(found.case.options[each.option].title),
            _("in") if each.in_plan else _("out"),
            *(
                ()
                if found.unbeaten is None
                else (plain(each.core_index or 0.0), core_words(each.core))
            ),
            each.competitors,
            plain(each.regret),
            *(() if found.drawn is None else (each.acceptability,)),
        ]
        for each in order
    ]


def _written(found: Robustness, rows: list[list[Any]], book: StudyBook) -> None:
    name = plan_name(found)
    told = list(sentences(found))
    page = book.page(
        _("Robustness"),
        _("How robust {plan} is, option by option").format(plan=name),
        told[0],
        _("Each column asks another question; below the table stands why they differ."),
    )
    if not rows:
        book.tell(page, 4, told)
        return
    complete, index = found.rivalry.complete, _("Core index")
    heads = [
        Column(_("Option"), Kind.NAME, 14),
        Column(_("What it is"), Kind.TEXT, 42),
        Column(_("In the plan"), Kind.TEXT, 9),
        *(
            ()
            if found.unbeaten is None
            else (Column(index, Kind.SHARE, 9), Column(_("So it is"), Kind.TEXT, 12))
        ),
        Column(
            _("Competitors that decide otherwise")
            if complete
            else _("Competitors that decide otherwise, at least"),
            Kind.COUNT,
            18,
        ),
        Column(
            _("Regret of the decision, points")
            if complete
            else _("Regret of the decision, points, at least"),
            Kind.INDEX,
            18,
        ),
    ]
    if found.drawn is not None:
        heads.append(Column(_("Acceptability"), Kind.SHARE, 13))
    area = page.table(heads, rows, name="Robustness", keep=2)
    if found.unbeaten is not None:
        place = area.position(index)
        page.shade([(area.first, place, area.last, place)], "#FFFFFF", "#8FB8DE")
    book.tell(page, area.last + 2, (*told, *why_they_differ(found)))
    _competitors(found, book)
    _unbeaten(found, book)


def _competitors(found: Robustness, book: StudyBook) -> None:
    lines = rival_lines(found)
    if not lines:
        return
    page = book.page(
        _("Competitors"),
        _("Plans that may be worth more within the intervals"),
        _("By how much at most, and at which weights and scores that is so."),
        _("Scores: of options on which the two plans differ; common ones cancel."),
    )
    heads = [
        Column(_("Competitor"), Kind.COUNT, 11),
        Column(_("May gain, points"), Kind.INDEX, 10),
        Column(_("Enters"), Kind.TEXT, 34),
        Column(_("Leaves"), Kind.TEXT, 34),
        *(
            Column(_("Weight: {objective}").format(objective=name), Kind.SHARE, 11)
            for name in found.weights.likely
        ),
        Column(_("Cost, {unit}").format(unit=unit_each_year(found.case)), Kind.MONEY, 12),
        *((Column(_("At scores"), Kind.TEXT, 60),) if found.scores.effects else ()),
    ]
    cells: list[list[Cell]] = [
        [
            each.number,
            plain(each.regret),
            ", ".join(each.enters) or ("" if each.leaves else _("other years")),
            ", ".join(each.leaves),
            *each.weights,
            each.cost,
            *((each.scores,) if found.scores.effects else ()),
        ]
        for each in lines
    ]
    page.table(heads, cells, name="Competitors")


def _unbeaten(found: Robustness, book: StudyBook) -> None:
    if found.unbeaten is None or not found.unbeaten.plans or found.plan is None:
        return
    page = book.page(
        _("Unbeaten plans"),
        _("Plans that no other one beats over all the weights"),
        _(
            "Each set of options once, with what it is worth at each extreme of the weights, in points."
        ),
        _("Proved complete.") if found.unbeaten.complete else _("Not proved complete."),
    )
    heads = [
        Column(_("Plan"), Kind.COUNT, 8),
        *(
            Column(
                _("Worth at {weights}").format(
                    weights=", ".join(
                        f"{name} {float(100 * it):.3g} %" for name, it in each.items()
                    )
                ),
                Kind.INDEX,
                16,
            )
            for each in found.weights.corners
        ),
        Column(_("Cost, {unit}").format(unit=unit_each_year(found.case)), Kind.MONEY, 12),
        Column(_("Enters against the plan in question"), Kind.TEXT, 36),
        Column(_("Leaves it"), Kind.TEXT, 36),
    ]
    mine = found.plan.taken
    cells: list[list[Cell]] = [
        [
            number,
            *(plain(worth) for worth in each.worth),
            float(each.recount.total_cost),
            ", ".join(sorted(each.taken - mine)),
            ", ".join(sorted(mine - each.taken)),
        ]
        for number, each in enumerate(found.unbeaten.plans, 1)
    ]
    page.table(heads, cells, name="Unbeaten")
