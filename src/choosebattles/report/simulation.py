"""A simulation as a workbook and as JSON."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Unpack

import numpy as np

from choosebattles.execution.safe_write import Written
from choosebattles.report.json import SCHEMA
from choosebattles.report.parts.simulation import (
    assumptions,
    distributions,
    margin,
    mattering,
    named,
    sentences,
)
from choosebattles.report.sensitivity import causes_as_json, write_causes
from choosebattles.report.sheets.charts import Picture, Series, columns
from choosebattles.report.sheets.looks import Kind
from choosebattles.report.sheets.page import Cell, Column, Doubted, Page
from choosebattles.report.study_book import StudyBook, write_study
from choosebattles.report.wording import plain
from choosebattles.spelling import short_title
from choosebattles.uncertainty.sensitivity import Sensitivity
from choosebattles.uncertainty.simulate import LeastRegret, Regret, Simulation
from choosebattles.words import _

BINS = 12
"""Columns of a histogram."""

INPUTS = 30
"""Inputs that are listed, those that go most with the answer."""


def simulation_as_json(found: Simulation, causes: Sensitivity | None = None) -> dict[str, Any]:
    """Return a simulation as a tree of plain values; shares of 1, points, unrounded."""
    return {
        **({} if causes is None else {"indices": causes_as_json(causes)}),
        "schema": SCHEMA,
        "complete": len(found.rows) == found.draws,
        "draws": len(found.rows),
        "seed": found.uncertainty.seed,
        "gap": found.options.gap,
        "nominal": {"objective": found.nominal.value, "bound": found.nominal.bound},
        "no_plan": found.planless,
        "out_of_time": found.late,
        "distributions": [
            {
                "of": each.what,
                "draws": each.draws,
                "mean": each.mean,
                "q05": each.low,
                "q50": each.middle,
                "q95": each.high,
            }
            for each in distributions(found)
        ],
        "acceptability": dict(found.acceptability),
        "plans": [
            {
                "name": named(found, each),
                "options": sorted(each.taken),
                "share": each.share,
                "central_weights": dict(found.central(each.taken)),
                "regret": _regret_tree(found.regret(each)),
            }
            for each in found.followed
        ],
        **({} if found.least is None else {"least_regret": _least_tree(found.least)}),
        "inputs": [
            {"input": each.name, "best": each.best, "nominal": each.nominal}
            for each in mattering(found)
        ],
    }


def _least_tree(told: LeastRegret) -> dict[str, Any]:
    return {
        "options": None if told.plan is None else sorted(told.plan.taken),
        "no_plan_less_than": told.low,
        "worst": None if told.plan is None else list(told.worst),
        "draws_compared": told.compared,
        "draws_that_decide": told.decisive,
        "impossible": told.impossible,
        "proved": told.proved,
        "stop": told.stop.value,
    }


def _regret_tree(told: Regret | None) -> dict[str, Any] | None:
    if told is None:
        return None
    return {
        "holds": told.holds,
        "mean": list(told.mean),
        "q95": list(told.high),
        "worst": list(told.worst),
    }


def write_simulation(
    found: Simulation,
    path: Path,
    *,
    causes: Sensitivity | None = None,
    **guard: Unpack[Doubted],
) -> Written:
    """Write a simulation as a workbook, so that a failure harms no earlier one.

    Parameters
    ----------
    found
        What the draws came to; some may be missing.
    path
        Where the workbook shall stand.
    causes
        What causes the spread, where that was asked.
    guard
        Files that must never be overwritten (``inputs``), and whether a file that this program
        did not write may be (``overwrite``); and the doubts about what was read (``doubts``).

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    rows = _distribution_rows(found)
    return write_study(
        found.case,
        path,
        lambda book: _written(found, causes, rows, book),
        (_("Draws"), [row[:3] for row in rows]),
        **guard,
    )


def _written(
    found: Simulation,
    causes: Sensitivity | None,
    rows: Sequence[Sequence[Any]],
    book: StudyBook,
) -> None:
    _draws(found, rows, book)
    if found.plans:
        _options(found, book)
    if found.followed:
        _plans(found, book)
    if found.inputs:
        _inputs(found, book)
    if causes is not None:
        write_causes(causes, book)


def _distribution_rows(found: Simulation) -> list[list[Any]]:
    return [
        [
            each.what,
            each.draws,
            *(plain(number) for number in (each.mean, each.low, each.middle, each.high)),
        ]
        for each in distributions(found)
    ]


def _draws(found: Simulation, rows: Sequence[Sequence[Any]], book: StudyBook) -> None:
    told = list(sentences(found))
    title = titled(found)
    lead = _("Every draw is answered anew; the plan as things stand is recounted in it.")
    page = book.page(_("Draws"), title, lead)
    if not rows:
        book.tell(page, 4, told)
        return
    heads = (
        Column(_("What"), Kind.TEXT, 46),
        Column(_("Draws"), Kind.COUNT, 9),
        Column(_("Mean"), Kind.POINTS, 10),
        Column(_("5 % are below"), Kind.POINTS, 10),
        Column(_("Half are below"), Kind.POINTS, 10),
        Column(_("95 % are below"), Kind.POINTS, 10),
    )
    area = page.table(heads, rows, name="Draws", autofilter=False)
    line = book.tell(page, area.last + 2, (*told, *assumptions(found)))
    _histogram(found, book, page, line + 1)


def titled(found: Simulation) -> str:
    """Return the title of a simulation."""
    return _("What becomes of the plan in {number:,} draws").format(number=len(found.rows))


def _histogram(found: Simulation, book: StudyBook, page: Page, at: int) -> None:
    """Draw how often the objective lies where: of the nominal plan and of the best plans."""
    best = found.value[found.sure]
    nominal = found.promised[~np.isnan(found.promised)]
    both = np.concatenate([best, nominal])
    if not len(both) or np.ptp(both) < 1e-6:
        return
    edges = np.histogram_bin_edges(both, BINS)
    counts = [np.histogram(each, edges)[0] for each in (nominal, best)]
    heads = (
        Column(_("Objective from"), Kind.POINTS, 46),
        Column(first := _("Plan as things stand"), Kind.COUNT, 9),
        Column(second := _("Best plan of each draw"), Kind.COUNT, 10),
    )
    cells: list[list[Cell]] = [
        [plain(edge), int(one), int(two)] for edge, one, two in zip(edges, *counts, strict=False)
    ]
    area = page.table(heads, cells, name="Histogram", at=at, only=False)
    picture = Picture(_("How the objective is spread"), _("draws"), "0", 720, 340)
    series = [Series(each, area.range(each)) for each in (first, second)]
    chart = columns(book.book, picture, area.range(_("Objective from")), series)
    chart.set_x_axis({"num_format": "0.0", "name": _("points, from")})
    page.sheet.insert_chart(area.last + 2, 0, chart, {"description": picture.title})


def _options(found: Simulation, book: StudyBook) -> None:
    page = book.page(
        _("Options"),
        _("How often each option is in the best plan"),
        _(
            "Share of draws whose best plan found takes the option (its acceptability). It is no "
            "probability of being right."
        ),
        _("May be off by: what chance alone can do with so many draws, 19 times out of 20."),
    )
    draws = found.plans.total()
    heads = (
        Column(_("Option"), Kind.NAME, 14),
        Column(_("What it is"), Kind.TEXT, 44),
        Column(share := _("Acceptability"), Kind.SHARE, 13),
        Column(_("May be off by"), Kind.SHARE, 11),
        Column(_("As things stand"), Kind.TEXT, 10),
    )
    ranked = sorted(found.acceptability.items(), key=lambda each: -each[1])
    cells: list[list[Cell]] = [
        [
            name,
            short_title(found.case.options[name].title),
            value,
            margin(value, draws),
            _("in") if name in found.nominal.taken else _("out"),
        ]
        for name, value in ranked
    ]
    area = page.table(heads, cells, name="Options", keep=2)
    place = area.position(share)
    page.shade([(area.first, place, area.last, place)], "#FFFFFF", "#8FB8DE")


def _plans(found: Simulation, book: StudyBook) -> None:
    page = book.page(
        _("Plans"),
        _("Which plans were best, and what each would be regretted"),
        _(
            "Regret: points by which a plan falls short of the best one of a draw, over draws in which "
            "it can be carried out. From: the plan found; to: what no plan exceeds."
        ),
        _("Each plan was recounted in every draw."),
    )
    objectives = [each.id for each in found.case.model.objectives]
    weights = bool(found.rows) and bool(found.draw(0).weights)
    heads = [
        Column(_("Plan"), Kind.NAME, 24),
        Column(_("Best in"), Kind.SHARE, 9),
        Column(_("Holds in"), Kind.SHARE, 9),
        *(
            Column(title, Kind.NUMBER, 10)
            for title in (
                _("Mean regret, from"),
                _("Mean regret, to"),
                _("95 % below, from"),
                _("95 % below, to"),
                _("Worst regret, from"),
                _("Worst regret, to"),
            )
        ),
        *(
            Column(_("Usual weight: {objective}").format(objective=each), Kind.SHARE, 11)
            for each in (objectives if weights else ())
        ),
        Column(_("Enters against the plan as it stands"), Kind.TEXT, 34),
        Column(_("Leaves it"), Kind.TEXT, 34),
    ]
    page.table(
        heads,
        [_plan_row(found, n, objectives if weights else ()) for n in range(len(found.followed))],
        name="Plans",
    )


def _plan_row(found: Simulation, place: int, objectives: Sequence[str]) -> list[Cell]:
    plan = found.followed[place]
    told = found.regret(plan)
    central = found.central(plan.taken)
    nominal = found.nominal.taken
    numbers = [] if told is None else [*told.mean, *told.high, *told.worst]
    name = named(found, plan)
    return [
        name[:1].upper() + name[1:],
        plan.share,
        float(plan.holds.mean()),
        *(round(each, 2) for each in numbers),
        *([None] * (6 - len(numbers))),
        *(central.get(each) for each in objectives),
        ", ".join(sorted(plan.taken - nominal)),
        ", ".join(sorted(nominal - plan.taken)),
    ]


def _inputs(found: Simulation, book: StudyBook) -> None:
    page = book.page(
        _("What matters"),
        _("Which inputs go with the answer"),
        _("Rank correlation: 1 or -1, the answer rises or falls with the input; 0, it does not."),
        _("Look first at what stands on top: more exact figures there are worth most."),
    )
    ranges = {
        which.name: (low, likely, high)
        for row in found.uncertainty.ranges
        for which, low, likely, high in zip(row.knobs, row.low, row.likely, row.high, strict=True)
    }
    heads = (
        Column(_("Input"), Kind.NAME, 26),
        Column(_("Low"), Kind.NUMBER, 11),
        Column(_("Likely"), Kind.NUMBER, 11),
        Column(_("High"), Kind.NUMBER, 11),
        Column(_("With the best plan's objective"), Kind.NUMBER, 15),
        Column(_("With that of the plan as things stand"), Kind.NUMBER, 17),
    )
    cells: list[list[Cell]] = [
        [
            each.name,
            *(
                None if end is None else plain(end)
                for end in ranges.get(each.name, (None, None, None))
            ),
            None if each.best is None else round(each.best, 2),
            None if each.nominal is None else round(each.nominal, 2),
        ]
        for each in mattering(found)[:INPUTS]
    ]
    page.table(heads, cells, name="Inputs")
