"""A frontier as a workbook and as JSON."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import ceil
from pathlib import Path
from typing import Any, Unpack

from openpyxl import load_workbook
from xlsxwriter import Workbook
from xlsxwriter.chart import Chart

from choosebattles.case.plan import Choice
from choosebattles.errors import AuditError, Fault, OutputError
from choosebattles.execution.protection import OFFICE_MARK, Guard
from choosebattles.execution.safe_write import Written, write_safely
from choosebattles.frontier.measure import Measure
from choosebattles.frontier.shape import Frontier, Point
from choosebattles.report.json import SCHEMA
from choosebattles.report.parts.evidence import is_illustrative
from choosebattles.report.parts.frontier import (
    PointRow,
    change_rows,
    moved,
    named,
    option_counts,
    own_point,
    point_rows,
    sentences,
)
from choosebattles.report.parts.prices import unit_each_year
from choosebattles.report.sheets.charts import Picture, Series, in_bands, trade_off
from choosebattles.report.sheets.looks import Kind, Looks
from choosebattles.report.sheets.page import HEADER_ROW, LINE, Column, Page, fitting
from choosebattles.report.wording import decimals, plain, points
from choosebattles.report.xlsx import REFUSED
from choosebattles.spelling import short_title
from choosebattles.words import _

CAPITALS = 60
"""Capital letters, of which ids are made, that fit across the column of options."""

CHART_ROWS = 23
"""Rows that the chart and the space below it take."""

BANDS = 4
"""Bands of the third measure in the chart, at most."""


def frontier_as_json(frontier: Frontier) -> dict[str, Any]:
    """Return a frontier as a tree of plain values; money in millions, unrounded.

    What was traded off is said where it is not two objectives; all plans of a point where they
    were asked for.
    """
    special = len(frontier.measures) > 2 or any(not each.index for each in frontier.measures)
    return {
        "schema": SCHEMA,
        "complete": frontier.complete,
        "resolution": frontier.resolution,
        **({"measures": list(frontier.objectives)} if special else {}),
        **({"cost_resolution": frontier.cost_resolution} if frontier.trades_cost else {}),
        "points": [
            {
                "indices": {
                    name: float(index) for name, index in each.recount.after.indices.items()
                },
                **({"objective": float(each.recount.after.value)} if special else {}),
                "total_cost": float(each.recount.total_cost),
                "supported": each.supported,
                "chosen": _chosen(each.plan.choices),
                **_all_plans(each),
            }
            for each in frontier.points
        ],
    }


def _chosen(choices: Iterable[Choice]) -> list[dict[str, Any]]:
    return [{"investment": it.investment, "option": it.option, "start": it.start} for it in choices]


def _all_plans(point: Point) -> dict[str, Any]:
    if not point.plans:
        return {}
    return {"plans": [_chosen(each) for each in point.plans], "all_plans": point.all_plans}


def write_frontier(
    frontier: Frontier, path: Path, *, doubts: Sequence[Fault] = (), **guard: Unpack[Guard]
) -> Written:
    """Write a frontier as a workbook, so that a failure harms no earlier one.

    Parameters
    ----------
    frontier
        What was traced; it may have no points.
    path
        Where the workbook shall stand.
    doubts
        What may have been read otherwise than it was meant: told on the first sheet.
    guard
        Files that must never be overwritten (``inputs``), and whether a file that this program
        did not write may be (``overwrite``).

    Raises
    ------
    AuditError
        If the recount has not confirmed a plan.
    OutputError
        If the file cannot be written.
    """
    if not all(each.recount.passed for each in frontier.points):
        raise AuditError(_("A plan breaks what it must keep, so nothing was written."))

    def write(partial: Path) -> None:
        with Workbook(str(partial), REFUSED) as book:
            book.set_properties(OFFICE_MARK)
            _written(frontier, book).doubt(doubts)

    def read_back(partial: Path) -> None:
        _verify(frontier, partial)

    return write_safely(path, write, read_back, **guard)


def _written(frontier: Frontier, book: Workbook) -> Page:
    """Write the sheets; return the first."""
    costs = (each.recount.total_cost for each in frontier.points)
    looks = Looks(book, decimals(plain(each) for each in costs))
    two = len(frontier.measures) == 2
    names = [_("Frontier"), _("What changes") if two else _("Options")]
    if any(each.plans for each in frontier.points):
        names.append(_("All plans"))
    first, second, *third = (Page(book.add_worksheet(name), looks, name) for name in names)
    _points(frontier, book, first)
    if two:
        _changes(frontier, second)
    else:
        _options(frontier, second)
    for page in third:
        _plans(frontier, page)
    return first


def _titled(frontier: Frontier, what: str) -> str:
    title = f"{frontier.case.country}: {what}" if frontier.case.country else what
    if is_illustrative(frontier.case):
        return _("{title} (illustrative figures)").format(title=title)
    return title


def _points(frontier: Frontier, book: Workbook, page: Page) -> None:
    names = [named(each) for each in frontier.measures]
    title = _("Trade-off: {names}").format(names=_(" against ").join(names))
    told = list(sentences(frontier))
    page.head(_titled(frontier, title), *told[:2])
    rows = point_rows(frontier)
    if not rows:
        return
    with_cost = () if frontier.trades_cost else (Column(_("Total cost"), Kind.MONEY, 13),)
    columns = [
        Column(_("Point"), Kind.COUNT, 8),
        *(Column(_heading(each), _kind(each), 13) for each in frontier.measures),
        *with_cost,
        Column(_("Best for some weights"), Kind.TEXT, 16),
        *_extra_columns(frontier),
        Column(_("Options"), Kind.TEXT, 70),
    ]
    cells = [
        (
            each.number,
            *each.worth,
            *((each.total_cost,) if with_cost else ()),
            _("yes") if each.supported else _("no"),
            *_extra_cells(frontier, each),
            ", ".join(each.options),
        )
        for each in rows
    ]
    area = page.table(columns, cells, name="Frontier")
    for number, each in enumerate(rows, area.first):
        lines = ceil(len(", ".join(each.options)) / CAPITALS)
        page.sheet.set_row(number, LINE * max(1, lines) + 3)
    line = _notes(frontier, page, area.last + 2, told[2:])
    own = own_point(frontier)
    place = None
    if own is not None:
        place = line
        page.sheet.write_string(line, 0, _("Own plan"), page.looks.lead)
        for number, (measure, value) in enumerate(
            zip(frontier.measures, own.worth, strict=True), 1
        ):
            page.write(line, number, value, _kind(measure))
        line += 2
    page.sheet.print_area(0, 0, line + CHART_ROWS - 1, len(columns) - 1)
    drawn = (page.name, _beside(frontier, page, rows, len(columns) + 2))
    chart = _chart(frontier, book, title, drawn, place)
    page.sheet.insert_chart(line, 0, chart, {"description": told[0]})


def _notes(frontier: Frontier, page: Page, line: int, told: Sequence[str]) -> int:
    """Write what the points say as a whole, one sentence a row; return the row that follows."""
    weighed = _(
        "Best for some weights: there are weights under which no other point listed is better (a "
        "supported point). Money in {unit}."
    )
    notes = [*told, weighed.format(unit=unit_each_year(frontier.case))]
    if len(frontier.measures) == 2:
        notes.append(_("In the chart: circles are best for some weights, light squares for none."))
    else:
        third = named(frontier.measures[2])
        notes.append(_("In the chart: marks differ by the band of {third}.").format(third=third))
    for each in notes:
        page.sheet.write_string(line, 0, fitting(each), page.looks.lead)
        line += 1
    return line + 1


def _heading(measure: Measure) -> str:
    if measure.is_cost:
        return _("Total cost")
    if measure.index:
        return _("Index: {objective}").format(objective=measure.name)
    return _("Objective (weighted sum)")


def _kind(measure: Measure) -> Kind:
    return Kind.MONEY if measure.is_cost else Kind.POINTS


def _axis(frontier: Frontier, measure: Measure) -> str:
    if not measure.is_cost:
        return _heading(measure)
    return _("Total cost, {unit}").format(unit=unit_each_year(frontier.case))


def _extra_columns(frontier: Frontier) -> list[Column]:
    """Return what two measures allow to say of each point."""
    if len(frontier.measures) > 2:
        return []
    columns = [Column(_("Offers the most"), Kind.TEXT, 11)]
    if frontier.trades_cost:
        columns.append(Column(_("Points per further million"), Kind.POINTS, 13))
    return columns


def _extra_cells(frontier: Frontier, row: PointRow) -> list[float | str | None]:
    if len(frontier.measures) > 2:
        return []
    cells: list[float | str | None] = [_("yes") if row.knee else None]
    return [*cells, row.gain] if frontier.trades_cost else cells


def _beside(
    frontier: Frontier, page: Page, rows: Sequence[PointRow], place: int
) -> list[list[str | int]]:
    """Write the cells of the chart: across, up, and up again by mark; return them."""
    up, across = _up(frontier), 1 - _up(frontier)
    heads = [_heading(frontier.measures[each]) for each in (across, up)]
    cells = [(each.worth[across], each.worth[up], *_marked(frontier, each)) for each in rows]
    return page.beside((*heads, *_marks(frontier)), cells, place)


def _marks(frontier: Frontier) -> list[str]:
    """Return the titles of the columns that the marks of the chart come from."""
    if len(frontier.measures) > 2:
        return [_band_title(frontier, each) for each in _bands(frontier)]
    up = _heading(frontier.measures[_up(frontier)])
    return [
        _("{index}, best for some weights").format(index=up),
        _("{index}, best for none").format(index=up),
    ]


def _marked(frontier: Frontier, row: PointRow) -> list[float | None]:
    """Return how high a point is, in the column of its mark and in no other."""
    up = row.worth[_up(frontier)]
    if len(frontier.measures) > 2:
        bands, third = _bands(frontier), row.worth[2]
        return [
            up if low <= third and (third < high or each == len(bands)) else None
            for each, (low, high) in enumerate(bands, 1)
        ]
    return [up, None] if row.supported else [None, up]


def _up(frontier: Frontier) -> int:
    """Return the place of the measure that the chart draws upwards: never the cost."""
    return 0 if frontier.measures[1].is_cost else 1


def _bands(frontier: Frontier) -> list[tuple[float, float]]:
    """Return bands of the third measure: as wide as each other, from least to most."""
    values = [plain(each.values[2]) for each in frontier.points]
    low, high = min(values), max(values)
    number = min(BANDS, len({*values}))
    edges = [low + (high - low) * each / number for each in range(number)] + [high]
    return list(pairwise(edges))


def _band_title(frontier: Frontier, band: tuple[float, float]) -> str:
    third = frontier.measures[2]
    return _("{name} {low} to {high}").format(
        name=named(third),
        low=points(band[0], 1 if band[1] < 100 else 0),
        high=points(band[1], 1 if band[1] < 100 else 0),
    )


def _chart(
    frontier: Frontier,
    book: Workbook,
    title: str,
    drawn: tuple[str, list[list[str | int]]],
    place: int | None,
) -> Chart:
    """Return the chart, drawn from cells of a sheet: across, up, and up again by mark."""
    sheet, (over, height, *marked) = drawn
    up = frontier.measures[_up(frontier)]
    across = frontier.measures[1 - _up(frontier)]
    picture = Picture(title, _axis(frontier, up), "0.0", width=720, height=420)

    def alone(measure: Measure) -> list[str | int]:
        assert place is not None
        column = frontier.measures.index(measure) + 1
        return [sheet, place, column, place, column]

    own = None if place is None else (_("Own plan"), alone(across), alone(up))
    series = [Series(*each) for each in zip(_marks(frontier), marked, strict=True)]
    if len(frontier.measures) > 2:
        return in_bands(book, picture, _axis(frontier, across), over, series, own)
    full, light = series
    return trade_off(book, picture, _axis(frontier, across), (over, height), (full, light), own)


def _changes(frontier: Frontier, page: Page) -> None:
    page.head(
        _titled(frontier, _("What changes from point to point")),
        _("Each row says how the plan of a point differs from that of the point before."),
    )
    rows = change_rows(frontier)
    if not rows:
        return
    with_cost = () if frontier.trades_cost else (Column(_("Change of cost"), Kind.MONEY, 12),)
    columns = (
        Column(_("To point"), Kind.COUNT, 10),
        *(
            Column(_("Change: {objective}").format(objective=named(each)), _kind(each), 13)
            for each in frontier.measures
        ),
        *with_cost,
        Column(_("Kind"), Kind.TEXT, 26),
        Column(_("Enters"), Kind.TEXT, 40),
        Column(_("Leaves"), Kind.TEXT, 40),
        Column(_("Starts in another year"), Kind.TEXT, 34),
    )
    cells = [
        (
            each.number,
            *each.worth,
            *((each.cost,) if with_cost else ()),
            each.words,
            each.entering,
            ", ".join(each.leaves),
            moved(each.moves),
        )
        for each in rows
    ]
    page.table(columns, cells, name="Changes")


def _options(frontier: Frontier, page: Page) -> None:
    page.head(
        _titled(frontier, _("Options of the points")),
        _("In how many of the points each option is taken; one in all of them is always good."),
    )
    if not frontier.points:
        return
    columns = (
        Column(_("Option"), Kind.NAME, 14),
        Column(_("What it is"), Kind.TEXT, 50),
        Column(_("Points"), Kind.COUNT, 10),
        Column(_("Of all"), Kind.COUNT, 10),
    )
    total = len(frontier.points)
    cells = [
        (name, short_title(frontier.case.options[name].title), number, total)
        for name, number in option_counts(frontier)
    ]
    page.table(columns, cells, name="Options")


def _plans(frontier: Frontier, page: Page) -> None:
    page.head(
        _titled(frontier, _("All plans of each point")),
        _("Every set of options that reaches a point, one row each; the cheapest first."),
    )
    columns = (
        Column(_("Point"), Kind.COUNT, 8),
        Column(_("Plan"), Kind.COUNT, 8),
        Column(_("All listed"), Kind.TEXT, 22),
        Column(_("Options"), Kind.TEXT, 100),
    )
    cells = [
        (
            number,
            place,
            _("yes: proved") if each.all_plans else _("there may be more"),
            ", ".join(sorted(it.option for it in choices)),
        )
        for number, each in enumerate(frontier.points, 1)
        for place, choices in enumerate(each.plans, 1)
    ]
    page.table(columns, cells, name="Plans")


def _verify(frontier: Frontier, path: Path) -> None:
    """Read the workbook back and compare every point with what was traced."""
    with path.open("rb") as stream:
        book = load_workbook(stream, data_only=True)
        try:
            sheet = book[_("Frontier")]
            found = [
                tuple(cell.value for cell in row)
                for row in sheet.iter_rows(
                    min_row=HEADER_ROW + 2,
                    max_row=HEADER_ROW + 1 + len(frontier.points),
                    max_col=len(frontier.measures) + 1,
                )
            ]
        finally:
            book.close()
    told = [(each.number, *each.worth) for each in point_rows(frontier)]
    if told and found != told:
        sentence = _(
            "The results were not kept, because they read back differently: {place}. Whatever "
            "stood there before is intact. Please report this."
        )
        raise OutputError(sentence.format(place=_("the points of the frontier")))
