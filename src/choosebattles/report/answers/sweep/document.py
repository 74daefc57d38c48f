"""A sweep as a document and as JSON: its points, what each number does, which options stay."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from choosebattles.case.numbers import MeasuredIn
from choosebattles.case.units import Id
from choosebattles.report.answers.sweep import million
from choosebattles.report.answers.sweep.sentences import (
    Swing,
    at,
    headline,
    how_sure,
    option_sentence,
    sentences,
    share_of_plans,
    standing_sentences,
    swings,
    worth_sentences,
)
from choosebattles.report.document import (
    FILES,
    PRESENTED,
    SCREEN,
    WORKBOOK,
    Cell,
    Cells,
    Chart,
    Column,
    Decimals,
    Document,
    Form,
    Kind,
    Section,
    Sentences,
    Series,
    Table,
)
from choosebattles.report.json import SCHEMA
from choosebattles.report.number_wording import decimals, millions_alike, plain, points, unit
from choosebattles.report.plan_parts.amount_headings import each_year, unit_each_year
from choosebattles.report.plan_parts.evidence import is_illustrative
from choosebattles.spelling import short_title
from choosebattles.translation import _
from choosebattles.uncertainty.sweep import Sweep, SweepPoint
from choosebattles.uncertainty.sweep_design import Design
from choosebattles.uncertainty.worth_of_a_million import Million

PRINTED = 40
"""Points that are printed; more stand in files alone."""

ACROSS = 40
"""Points up to which every plan has a column of its own."""

FEW = 8
"""Curves of a chart, at most."""

DRAWN = 4
"""Numbers that have a chart of their own, at most: varied each alone, or in a sample."""


def document(found: Sweep, millions: Sequence[Million] = ()) -> Document:
    """Return what is said of a sweep.

    Parameters
    ----------
    found
        What was found; points may be missing.
    millions
        What one more million is worth, where that was asked: it comes first.
    """
    standing = tuple(standing_sentences(found))
    return Document(
        _("What changes when the numbers do"),
        (
            million.on_screen(found.case, millions, standing) if millions else _on_screen(found),
            *((million.section(found.case, millions),) if millions else ()),
            *_sections(found),
        ),
        country=found.case.country,
        illustrative=is_illustrative(found.case),
        headline=headline(found),
        decimals=Decimals(decimals(step.cost for step in found.steps if step.cost is not None)),
    )


def _on_screen(found: Sweep) -> Section:
    first, *others = sentences(found)
    if not found.steps:
        return Section("", (Sentences((first, *others)),), on=SCREEN)
    many = len(found.names) > 1 and bool(swings(found))
    table = _swings(found) if many or len(found.steps) > PRINTED else _points(found)
    return Section("", (Sentences((first,)), table, Sentences(tuple(others))), on=SCREEN)


def _points(found: Sweep) -> Table:
    """Return the points as a table of the screen; what changes stands last: it may be long."""
    single = len(found.names) == 1
    columns = (
        *(Column(name, Kind.FIGURES) for name in found.names),
        Column(_("objective"), Kind.FIGURES),
        Column(_("no plan above"), Kind.FIGURES),
        *(Column(name, Kind.FIGURES) for name in found.objectives),
        Column(f"{_('cost')}{each_year(found.case)}", Kind.FIGURES),
        Column(_("sure"), Kind.FIGURES),
        *([Column(_("what changes from the point before"), Kind.TEXT)] if single else []),
    )
    costs = millions_alike(found.case, [step.cost for step in found.steps])
    before: list[SweepPoint | None] = [None, *found.steps]
    rows = [
        (
            *(f"{at(found, step, place):g}" for place in range(len(found.names))),
            _shown(step.value),
            _shown(step.bound),
            *(_shown(step.indices.get(name)) for name in found.objectives),
            cost or "-",
            how_sure(step),
            *([_change(last, step)] if single else []),
        )
        for last, step, cost in zip(before, found.steps, costs, strict=False)
    ]
    return Table("", columns, rows)


def _shown(value: float | None) -> str:
    return "-" if value is None else points(value, 2)


def _change(last: SweepPoint | None, step: SweepPoint) -> str:
    if last is None:
        return ""
    before, after = (last.starts or {}).keys(), (step.starts or {}).keys()
    parts = (
        (_("enters: {options}"), after - before),
        (_("leaves: {options}"), before - after),
    )
    return "; ".join(text.format(options=_names(options)) for text, options in parts if options)


def _swings(found: Sweep) -> Table:
    columns = (
        Column(_("number"), Kind.NAME),
        Column(_("now"), Kind.FIGURES),
        Column(_("from"), Kind.FIGURES),
        Column(_("to"), Kind.FIGURES),
        Column(_("least objective"), Kind.FIGURES),
        Column(_("most"), Kind.FIGURES),
    )
    rows = [
        (
            swing.name,
            f"{swing.now:g}",
            f"{swing.start:g}",
            f"{swing.stop:g}",
            points(swing.low, 2),
            points(swing.high, 2),
        )
        for swing in swings(found)
    ]
    return Table("", columns, rows)


def _sections(found: Sweep) -> Iterator[Section]:
    title = _("What changes when the numbers do")
    first, *others = sentences(found)
    message = next(worth_sentences(found), first)
    blocks: list[Sentences | Table | Chart] = [Sentences(tuple(others))]
    if found.steps:
        note = _(
            "Money in {unit}; indices in points. An objective is known to lie between the plan "
            "found and what no plan exceeds."
        ).format(unit=unit_each_year(found.case))
        table = Table("Sweep", _columns(found), [*_rows(found)])
        blocks = [table, Sentences((*others, note)), *_charts(found)]
    yield Section(_("Sweep"), tuple(blocks), title=title, leads=(first,), message=message, on=FILES)
    if not found.steps:
        return
    moved = swings(found)
    if len(moved) > 1:
        yield _tornado(found, moved)
    yield _options(found)


def _columns(found: Sweep) -> tuple[Column, ...]:
    return (
        Column(_("Point"), Kind.COUNT, 8),
        *(Column(name, Kind.NUMBER, max(12, len(name) + 2)) for name in found.names),
        Column(_("Objective"), Kind.POINTS, 11),
        Column(_("No plan above"), Kind.POINTS, 11),
        *(Column(_index(name), Kind.POINTS, 12) for name in found.objectives),
        Column(_("Total cost"), Kind.MONEY, 12),
        Column(_("Sure"), Kind.TEXT, 16),
        Column(_("Options taken"), Kind.COUNT, 9),
        Column(_("Enters against the plan as it stands"), Kind.TEXT, 36),
        Column(_("Leaves it"), Kind.TEXT, 36),
    )


def _index(objective: Id) -> str:
    return _("Index: {objective}").format(objective=objective)


def _rows(found: Sweep) -> Iterator[list[Cell]]:
    nominal = found.nominal.taken
    for position, step in zip(found.positions, found.steps, strict=True):
        taken = nominal if step.starts is None else step.starts.keys()
        yield [
            position + 1,
            *(at(found, step, place) for place in range(len(found.names))),
            *(_plain(number) for number in (step.value, step.bound)),
            *(_plain(step.indices.get(name)) for name in found.objectives),
            _plain(step.cost),
            how_sure(step),
            None if step.starts is None else len(step.starts),
            _names(taken - nominal),
            _names(nominal - taken),
        ]


def _plain(number: float | None) -> float | None:
    return None if number is None else plain(number)


def _names(options: Iterable[Id]) -> str:
    return ", ".join(sorted(options))


def _charts(found: Sweep) -> Iterator[Chart]:
    """Yield the objective over what was varied, beside the indices where that is one number."""
    if found.plan.design in (Design.LATIN, Design.SOBOL):
        yield from map(partial(_scatter, found), found.names[:DRAWN])
    elif len(found.names) == 1:
        (name,) = found.names
        titles = (_("Objective"), *(_index(objective) for objective in found.objectives))
        exact = all(step.comparable for step in found.steps)
        text = _("The best plan over {name}") if exact else _("The best plan found over {name}")
        text = text.format(name=name)
        yield _curves(
            text, _measured(found, name), [Series(title, *_over(name, title)) for title in titles]
        )
    elif found.plan.design is Design.ONE:
        yield from _charts_alone(found)
    elif len(found.names) == 2 and len(found.steps) == len(found.laid.points):
        yield from _chart_by_second(found)


def _curves(title: str, across: str, series: Sequence[Series]) -> Chart:
    return Chart(
        Form.CURVES,
        title,
        _("points"),
        title,
        tuple(series),
        across=across,
        number="0.0",
        size=(760, 400),
    )


def _scatter(found: Sweep, name: str) -> Chart:
    """Return every point of a sample over one of the numbers, whatever the others are in it."""
    title = _("The objective of every point over {name}").format(name=name)
    objective = _("Objective")
    return Chart(
        Form.POINTS,
        title,
        _("points"),
        title,
        (Series(objective, *_over(name, objective)),),
        across=_measured(found, name),
        number="0.0",
        size=(760, 400),
    )


def _measured(found: Sweep, name: str) -> str:
    """Return what stands along an axis of a number: its name and, where it has one, its unit."""
    parameter = found.laid.parameters[found.names.index(name)]
    kind = None if parameter.found is None else parameter.found.number.unit
    money = unit(found.case)
    words = {
        None: _("share of the money of every fund"),
        MeasuredIn.MILLIONS: money,
        MeasuredIn.MILLIONS_A_YEAR: _("{money} a year").format(money=money),
        MeasuredIn.POINTS: _("points"),
        MeasuredIn.PEOPLE: _("people"),
        MeasuredIn.PEOPLE_A_YEAR: _("people a year"),
        MeasuredIn.YEARS: _("years"),
        MeasuredIn.SHARE: _("share"),
    }
    return f"{name}, {words[kind]}" if kind in words else name


def _over(across: str, up: str, first: int = 0, last: int | None = None) -> tuple[Cells, Cells]:
    """Return the cells of a curve: how high its points are, and where they lie."""
    return Cells("Sweep", up, first, last), Cells("Sweep", across, first, last)


def _charts_alone(found: Sweep) -> Iterator[Chart]:
    objective = _("Objective")
    for swing in swings(found)[:DRAWN]:
        place = found.names.index(swing.name)
        steps = [n for n, step in enumerate(found.steps) if step.numbers[place] is not None]
        title = _("The objective over {name}").format(name=swing.name)
        cells = _over(swing.name, objective, steps[0], steps[-1])
        yield _curves(title, _measured(found, swing.name), [Series(objective, *cells)])


def _chart_by_second(found: Sweep) -> Iterator[Chart]:
    """Yield a curve over the second number for each value of the first."""
    first, second = found.names
    steps = len({step.numbers[1] for step in found.steps})
    starts = range(0, len(found.steps), steps)
    if len(starts) > FEW:
        return
    series = [
        Series(
            f"{first} = {at(found, found.steps[start], 0):g}",
            *_over(second, _("Objective"), start, start + steps - 1),
        )
        for start in starts
    ]
    title = _("The objective over {name}").format(name=second)
    yield _curves(title, _measured(found, second), series)


def _tornado(found: Sweep, moved: Sequence[Swing]) -> Section:
    base = found.nominal.value
    columns = (
        Column(_("Number"), Kind.NAME, 24),
        Column(_("As it stands"), Kind.NUMBER, 12),
        Column(_("Lowest value"), Kind.NUMBER, 12),
        Column(_("Highest value"), Kind.NUMBER, 12),
        Column(_("Objective at lowest"), Kind.POINTS, 12),
        Column(_("Objective at highest"), Kind.POINTS, 12),
        Column(_("Change at lowest"), Kind.POINTS, 12),
        Column(_("Change at highest"), Kind.POINTS, 12),
    )
    rows = [
        (
            swing.name,
            swing.now,
            swing.start,
            swing.stop,
            _comparable(swing.at_start, 0.0),
            _comparable(swing.at_stop, 0.0),
            _comparable(swing.at_start, base),
            _comparable(swing.at_stop, base),
        )
        for swing in moved
    ]
    return Section(
        _("Tornado"),
        (Table("Tornado", columns, rows), _bars(columns, len(rows))),
        title=_("Which number moves the answer most"),
        leads=(
            _("Each row varies one number alone; the plan is the best one for each value."),
            _("Bars show the objective at the two ends, less the objective as things stand."),
        ),
        message=_("{name} moves the objective most: from {low} to {high} points.").format(
            name=moved[0].name, low=points(moved[0].low, 2), high=points(moved[0].high, 2)
        ),
        on=FILES,
    )


def _bars(columns: Sequence[Column], numbers: int) -> Chart:
    name, *_others, low, high = (column.title for column in columns)
    title = _("What each number does alone")
    return Chart(
        Form.BARS,
        title,
        _("points"),
        title,
        (
            Series(_("at its lowest value"), Cells("Tornado", low)),
            Series(_("at its highest value"), Cells("Tornado", high)),
        ),
        categories=Cells("Tornado", name),
        number="0.0",
        size=(760, 130 + 26 * numbers),
    )


def _comparable(step: SweepPoint, less: float | None) -> float | None:
    """Return what the plan of a point is worth, less something, where it is as exact as asked."""
    if step.value is None or less is None or not step.comparable:
        return None
    return plain(step.value - less)


def _options(found: Sweep) -> Section:
    steps = list(zip(found.positions, found.steps, strict=True))
    across = steps if len(steps) <= ACROSS else []
    shares = share_of_plans(found, tuple(found.case.options))
    columns = (
        Column(_("Option"), Kind.NAME, 14),
        Column(_("What it is"), Kind.TEXT, 34),
        Column(_("Share of plans"), Kind.SHARE, 10),
        Column(_("As things stand"), Kind.TEXT, 9),
    )
    plans = tuple(
        Column(_("Point {number}").format(number=position + 1), Kind.YEAR, 6.5, turned=True)
        for position, _step in across
    )
    rows = [
        (
            name,
            short_title(found.case.options[name].title),
            shares[name],
            _("in") if name in found.nominal.taken else _("out"),
        )
        for name in sorted(shares, key=lambda name: -shares[name])
    ]
    starts = [
        (*row, *((step.starts or {}).get(row[0]) for _position, step in across)) for row in rows
    ]
    return Section(
        _("Options"),
        (
            Table("Options", (*columns, *plans), starts, keep=2, on=WORKBOOK),
            Table("OptionsInAll", columns, rows, on=PRESENTED),
        ),
        title=_("Which options are in the plan, point by point"),
        leads=(
            _(
                "Start years; an empty cell says that the plan does without. The share counts plans "
                "of answers that were not given up."
            ),
        ),
        message=next(option_sentence(found, where=""), ""),
        on=FILES,
    )


def as_json(found: Sweep) -> dict[str, Any]:
    """Return a sweep as a tree of plain values; money in millions, shares of 1, unrounded."""
    return {
        "schema": SCHEMA,
        "complete": len(found.steps) == len(found.laid.points),
        "gap": found.options.gap,
        "design": found.plan.design.value,
        "varied": [
            {
                "parameter": name,
                "now": float(now),
                "low": float(min(taken)),
                "high": float(max(taken)),
            }
            for name, now, taken in zip(
                found.names, found.laid.now, found.laid.points.values, strict=True
            )
        ],
        "nominal": {"objective": found.nominal.value, "bound": found.nominal.bound},
        "points": [
            _point(found, position, step)
            for position, step in zip(found.positions, found.steps, strict=True)
        ],
    }


def _point(found: Sweep, position: int, step: SweepPoint) -> dict[str, Any]:
    return {
        "point": position + 1,
        "values": {
            name: None if number is None else float(number)
            for name, number in zip(found.names, step.numbers, strict=True)
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
