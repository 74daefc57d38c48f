"""A sweep as a workbook and as JSON."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Unpack

from choosebattles.case.units import Id
from choosebattles.execution.safe_write import Written
from choosebattles.report.json import SCHEMA
from choosebattles.report.parts.money import NOTHING, money_sentences
from choosebattles.report.parts.prices import unit_each_year
from choosebattles.report.parts.sweep import (
    Swing,
    at,
    sentences,
    share_of_plans,
    stops,
    swings,
)
from choosebattles.report.sheets.charts import Curve, Picture, Series, curves, tornado
from choosebattles.report.sheets.looks import Kind
from choosebattles.report.sheets.page import Area, Cell, Column, Doubted, Page
from choosebattles.report.study_book import StudyBook, write_study
from choosebattles.report.wording import at_least, at_most, plain, unit
from choosebattles.spelling import short_title
from choosebattles.uncertainty.design import Design
from choosebattles.uncertainty.money import Interval, Million
from choosebattles.uncertainty.sweep import Step, Sweep
from choosebattles.words import _

ACROSS = 40
"""Points up to which every plan has a column of its own."""

FEW = 8
"""Curves of a chart, at most."""


def sweep_as_json(sweep: Sweep) -> dict[str, Any]:
    """Return a sweep as a tree of plain values; money in millions, shares of 1, unrounded."""
    return {
        "schema": SCHEMA,
        "complete": len(sweep.steps) == len(sweep.laid.points),
        "gap": sweep.options.gap,
        "design": sweep.plan.design.value,
        "varied": [
            {"parameter": name, "now": float(now)}
            for name, now in zip(sweep.names, sweep.laid.now, strict=True)
        ],
        "nominal": {"objective": sweep.nominal.value, "bound": sweep.nominal.bound},
        "points": [
            _point(sweep, n, each) for n, each in zip(sweep.positions, sweep.steps, strict=True)
        ],
    }


def _point(sweep: Sweep, position: int, step: Step) -> dict[str, Any]:
    return {
        "point": position + 1,
        "values": {
            name: None if number is None else float(number)
            for name, number in zip(sweep.names, step.numbers, strict=True)
        },
        "stop": step.stop.value,
        "objective": step.value,
        "bound": step.bound,
        "indices": dict(step.indices),
        "total_cost": step.cost,
        "chosen": None
        if step.starts is None
        else [{"option": name, "start": start} for name, start in sorted(step.starts.items())],
    }


def write_sweep(
    sweep: Sweep,
    path: Path,
    *,
    millions: Sequence[Million] = (),
    **guard: Unpack[Doubted],
) -> Written:
    """Write a sweep as a workbook, so that a failure harms no earlier one.

    Parameters
    ----------
    sweep
        What was found; points may be missing.
    path
        Where the workbook shall stand.
    millions
        What one more million is worth, where that was asked: a sheet of its own.
    guard
        Files that must never be overwritten (``inputs``), and whether a file that this program
        did not write may be (``overwrite``); and the doubts about what was read (``doubts``).

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    costs = [each.cost for each in sweep.steps if each.cost is not None]
    rows = _rows(sweep)
    told = [row[: 1 + len(sweep.names)] for row in rows]
    return write_study(
        sweep.case,
        path,
        lambda book: _written(sweep, rows, book, millions),
        (_("Sweep"), told),
        costs=costs,
        **guard,
    )


def _written(
    sweep: Sweep, rows: Sequence[Sequence[Any]], book: StudyBook, millions: Sequence[Million]
) -> None:
    if millions:
        _money(sweep, millions, book)
    lines = list(sentences(sweep))
    page = book.page(_("Sweep"), _("What changes when the numbers do"), lines[0])
    if not rows:
        book.tell(page, 4, lines[1:])
        return
    area = page.table(_columns(sweep), rows, name="Sweep")
    note = _(
        "Money in {unit}; indices in points. An objective is known to lie between the plan "
        "found and what no plan exceeds."
    ).format(unit=unit_each_year(sweep.case))
    after = book.tell(page, area.last + 2, (*lines[1:], note))
    _draw(sweep, book, page, area, after + 1)
    found = swings(sweep)
    if len(found) > 1:
        _tornado(sweep, found, book)
    _options(sweep, book)


def _money(sweep: Sweep, millions: Sequence[Million], book: StudyBook) -> None:
    page = book.page(
        _("One more million"),
        _("What one {unit} more buys").format(unit=unit(sweep.case)),
        _("Points of the objective, by solving again. From, to: what is proved."),
    )
    heads = (
        Column(_("Fund"), Kind.NAME, 14),
        Column(_("Year"), Kind.YEAR, 8),
        Column(_("Has now"), Kind.MONEY, 10),
        Column(_("Gain of one more, from"), Kind.NUMBER, 12),
        Column(_("Gain of one more, to"), Kind.NUMBER, 12),
        Column(_("Holds for so many more"), Kind.COUNT, 12),
        Column(_("Loss of one less, from"), Kind.NUMBER, 12),
        Column(_("Loss of one less, to"), Kind.NUMBER, 12),
        Column(_("Holds for so many less"), Kind.COUNT, 12),
        Column(_("With one more enters"), Kind.TEXT, 26),
        Column(_("With one more leaves"), Kind.TEXT, 26),
    )
    cells: list[list[Cell]] = [
        [
            each.fund,
            each.year,
            each.now,
            *_ends(each.gain),
            None if each.gain is None else each.up,
            *_ends(each.loss),
            None if each.loss is None else each.down,
            ", ".join(each.enters),
            ", ".join(each.leaves),
        ]
        for each in millions
    ]
    area = page.table(heads, cells, name="Million")
    note = _(
        "A gain holds for so many more millions: on average of them it cannot be told from that of "
        "the first. Up to 10 more and 10 less were asked."
    )
    book.tell(page, area.last + 2, (*money_sentences(millions, unit(sweep.case)), note))


def _ends(change: Interval | None) -> tuple[float | None, float | None]:
    if change is None:
        return None, None
    return (0.0, 0.0) if change[1] <= NOTHING else (at_least(change[0]), at_most(change[1]))


def _rows(sweep: Sweep) -> list[list[Any]]:
    nominal = sweep.nominal.taken
    return [
        [
            position + 1,
            *(at(sweep, each, place) for place in range(len(sweep.names))),
            *(None if number is None else plain(number) for number in (each.value, each.bound)),
            *(
                plain(each.indices[name]) if name in each.indices else None
                for name in sweep.objectives
            ),
            None if each.cost is None else plain(each.cost),
            stops(each),
            None if each.starts is None else len(each.starts),
            _names(each.starts.keys() - nominal if each.starts is not None else ()),
            _names(nominal - each.starts.keys() if each.starts is not None else ()),
        ]
        for position, each in zip(sweep.positions, sweep.steps, strict=True)
    ]


def _names(options: Iterable[Id]) -> str:
    return ", ".join(sorted(options))


def _columns(sweep: Sweep) -> list[Column]:
    return [
        Column(_("Point"), Kind.COUNT, 8),
        *(Column(name, Kind.NUMBER, max(12, len(name) + 2)) for name in sweep.names),
        Column(_("Objective"), Kind.POINTS, 11),
        Column(_("No plan above"), Kind.POINTS, 11),
        *(
            Column(_("Index: {objective}").format(objective=each), Kind.POINTS, 12)
            for each in sweep.objectives
        ),
        Column(_("Total cost"), Kind.MONEY, 12),
        Column(_("Sure"), Kind.TEXT, 16),
        Column(_("Options taken"), Kind.COUNT, 9),
        Column(_("Enters against the plan as it stands"), Kind.TEXT, 36),
        Column(_("Leaves it"), Kind.TEXT, 36),
    ]


def _draw(sweep: Sweep, book: StudyBook, page: Page, area: Area, top: int) -> None:
    """Draw the objective over what was varied, beside the indices where that is one number."""
    objective = _("Objective")
    if sweep.plan.design in (Design.LATIN, Design.SOBOL):
        return
    if len(sweep.names) == 1:
        name = sweep.names[0]
        picture = Picture(
            _("The best plan over {name}").format(name=name), _("points"), "0.0", 760, 400
        )
        series = [
            Curve(title, area.range(name), area.range(title))
            for title in (
                objective,
                *(_("Index: {objective}").format(objective=e) for e in sweep.objectives),
            )
        ]
        chart = curves(book.book, picture, name, series)
        page.sheet.insert_chart(top, 0, chart, {"description": picture.title})
        return
    if sweep.plan.design is Design.ONE:
        _each_alone(sweep, book, page, area, top)
    elif len(sweep.names) == 2 and len(sweep.steps) == len(sweep.laid.points):
        _by_second(sweep, book, page, area, top)


def _each_alone(sweep: Sweep, book: StudyBook, page: Page, area: Area, top: int) -> None:
    for number, each in enumerate(swings(sweep)[:4]):
        place = sweep.names.index(each.name)
        mine = [n for n, one in enumerate(sweep.steps) if one.numbers[place] is not None]
        picture = Picture(
            _("The objective over {name}").format(name=each.name), _("points"), "0.0", 480, 280
        )
        curve = Curve(
            _("Objective"),
            area.range(each.name, mine[0], mine[-1]),
            area.range(_("Objective"), mine[0], mine[-1]),
        )
        chart = curves(book.book, picture, each.name, [curve])
        page.sheet.insert_chart(
            top + 15 * (number // 2),
            0,
            chart,
            {"description": picture.title, "x_offset": 500 * (number % 2)},
        )


def _by_second(sweep: Sweep, book: StudyBook, page: Page, area: Area, top: int) -> None:
    """Draw a curve over the second number for each value of the first."""
    first, second = sweep.names
    steps = len({each.numbers[1] for each in sweep.steps})
    starts = range(0, len(sweep.steps), steps)
    if len(starts) > FEW:
        return
    picture = Picture(
        _("The objective over {name}").format(name=second), _("points"), "0.0", 760, 400
    )
    series = [
        Curve(
            f"{first} = {at(sweep, sweep.steps[start], 0):g}",
            area.range(second, start, start + steps - 1),
            area.range(_("Objective"), start, start + steps - 1),
        )
        for start in starts
    ]
    chart = curves(book.book, picture, second, series)
    page.sheet.insert_chart(top, 0, chart, {"description": picture.title})


def _tornado(sweep: Sweep, found: Sequence[Swing], book: StudyBook) -> None:
    base = sweep.nominal.value
    page = book.page(
        _("Tornado"),
        _("Which number moves the answer most"),
        _("Each row varies one number alone; the plan is the best one for each value."),
        _("Bars show the objective at the two ends, less the objective as things stand."),
    )
    columns = (
        Column(_("Number"), Kind.NAME, 24),
        Column(_("As it stands"), Kind.NUMBER, 12),
        Column(_("Lowest value"), Kind.NUMBER, 12),
        Column(_("Highest value"), Kind.NUMBER, 12),
        Column(_("Objective at lowest"), Kind.POINTS, 12),
        Column(_("Objective at highest"), Kind.POINTS, 12),
        Column(low := _("Change at lowest"), Kind.POINTS, 12),
        Column(high := _("Change at highest"), Kind.POINTS, 12),
    )
    cells: list[list[Cell]] = [
        [
            each.name,
            each.now,
            each.start,
            each.stop,
            _points(each.at_start),
            _points(each.at_stop),
            _less(each.at_start, base),
            _less(each.at_stop, base),
        ]
        for each in found
    ]
    area = page.table(columns, cells, name="Tornado")
    height = 130 + 26 * len(found)
    picture = Picture(_("What each number does alone"), _("points"), "0.0", 760, height)
    chart = tornado(
        book.book,
        picture,
        area.range(_("Number")),
        Series(_("at its lowest value"), area.range(low)),
        Series(_("at its highest value"), area.range(high)),
    )
    page.sheet.insert_chart(area.last + 3, 0, chart, {"description": picture.title})


def _points(step: Step) -> float | None:
    return None if step.value is None or not step.comparable else plain(step.value)


def _less(step: Step, base: float | None) -> float | None:
    if step.value is None or base is None or not step.comparable:
        return None
    return plain(step.value - base)


def _options(sweep: Sweep, book: StudyBook) -> None:
    page = book.page(
        _("Options"),
        _("Which options are in the plan, point by point"),
        _(
            "Start years; an empty cell says that the plan does without. The share counts plans that "
            "did not run out of time."
        ),
    )
    shown = (
        [(n, each) for n, each in zip(sweep.positions, sweep.steps, strict=True)]
        if len(sweep.steps) <= ACROSS
        else []
    )
    shares = share_of_plans(sweep, tuple(sweep.case.options))
    columns = [
        Column(_("Option"), Kind.NAME, 14),
        Column(_("What it is"), Kind.TEXT, 34),
        Column(_("Share of plans"), Kind.SHARE, 10),
        Column(_("As things stand"), Kind.TEXT, 9),
        *(
            Column(_("Point {number}").format(number=n + 1), Kind.YEAR, 6.5, turned=True)
            for n, _each in shown
        ),
    ]
    ranked = sorted(shares, key=lambda name: -shares[name])
    cells: list[list[Cell]] = [
        [
            name,
            short_title(sweep.case.options[name].title),
            shares[name],
            _("in") if name in sweep.nominal.taken else _("out"),
            *((each.starts or {}).get(name) for _number, each in shown),
        ]
        for name in ranked
    ]
    page.table(columns, cells, name="Options", keep=2)
