"""Native charts: told apart by lightness and pattern as well as by hue, with a text for readers."""

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart

from choosebattles.report.sheets.looks import FACE, INK, PATTERNS, RULE, SERIES

Cells = list[str | int]
TEXT = {"name": FACE, "size": 9, "color": "#333333"}
DASHES = ("solid", "dash", "round_dot", "long_dash_dot")
MARKS = ("circle", "diamond", "square", "triangle")
"""Dashes and marks of curves, in the order of the series."""


@dataclass(frozen=True)
class Series:
    """One series of a chart."""

    name: str
    values: Cells


@dataclass(frozen=True)
class Picture:
    """What a chart says besides its series."""

    title: str
    unit: str
    number: str
    width: int = 620
    height: int = 300


def columns(
    book: Workbook,
    picture: Picture,
    categories: Cells,
    series: Sequence[Series],
    *,
    stacked: bool = False,
    ceiling: Series | None = None,
) -> Chart:
    """Return a column chart, with a ceiling as marks above the columns where there is one."""
    chart = book.add_chart({"type": "column", **({"subtype": "stacked"} if stacked else {})})
    for number, each in enumerate(series):
        colour = SERIES[number % len(SERIES)]
        pattern = PATTERNS[number % len(PATTERNS)]
        fill = (
            {"fill": {"color": colour}}
            if pattern is None
            else {"pattern": {"pattern": pattern, "fg_color": colour, "bg_color": "#FFFFFF"}}
        )
        chart.add_series(
            {
                "name": each.name,
                "categories": categories,
                "values": each.values,
                "border": {"color": colour, "width": 0.75},
                "gap": 60,
                **({} if stacked else {"overlap": -5}),
                **fill,
            }
        )
    if ceiling is not None:
        chart.combine(_ceiling(book, ceiling, categories))
    _dress(chart, picture)
    return chart


def trade_off(
    book: Workbook,
    picture: Picture,
    across: str,
    cells: tuple[Cells, Cells],
    marked: tuple[Series, Series],
    own: tuple[str, Cells, Cells] | None = None,
) -> Chart:
    """Return points of two measures joined by a line, marked by full circles or light squares.

    ``own`` is one point more, with its name: the user's own plan.
    """
    chart = book.add_chart({"type": "scatter"})
    chart.add_series(
        {
            "name": picture.title,
            "categories": cells[0],
            "values": cells[1],
            "line": {"color": RULE, "width": 1},
            "marker": {"type": "none"},
        }
    )
    marks = (_mark("circle", SERIES[0], SERIES[0]), _mark("square", LIGHT, LIGHT))
    for each, mark in zip(marked, marks, strict=True):
        chart.add_series(
            {"name": each.name, "categories": cells[0], "values": each.values, "marker": mark}
        )
    if own is not None:
        chart.add_series(_alone(*own))
    _dress(chart, picture)
    chart.set_x_axis(_scale(across, "0.0"))
    chart.set_legend({"none": True})
    return chart


LIGHT = "#8FB3D9"
"""A light blue, for what counts less."""


def in_bands(
    book: Workbook,
    picture: Picture,
    across: str,
    cells: Cells,
    bands: Sequence[Series],
    own: tuple[str, Cells, Cells] | None = None,
) -> Chart:
    """Return points of two measures, with marks that differ by the band of a third."""
    chart = book.add_chart({"type": "scatter"})
    for number, each in enumerate(bands):
        colour = SERIES[number % len(SERIES)]
        chart.add_series(
            {
                "name": each.name,
                "categories": cells,
                "values": each.values,
                "marker": _mark(MARKS[number % len(MARKS)], colour, colour),
            }
        )
    if own is not None:
        chart.add_series(_alone(*own))
    _dress(chart, picture)
    chart.set_x_axis(_scale(across, "0.0"))
    return chart


def _alone(name: str, across: Cells, up: Cells) -> dict[str, object]:
    return {
        "name": name,
        "categories": across,
        "values": up,
        "marker": _mark("diamond", INK, INK, 10),
        "data_labels": {"series_name": True, "value": False, "position": "right", "font": TEXT},
    }


def _mark(kind: str, fill: str, border: str, size: int = 7) -> dict[str, object]:
    return {"type": kind, "size": size, "fill": {"color": fill}, "border": {"color": border}}


def _scale(name: str, number: str) -> dict[str, object]:
    return {
        "name": name,
        "name_font": TEXT | {"bold": False},
        "num_font": TEXT,
        "num_format": number,
        "line": {"color": RULE},
    }


@dataclass(frozen=True)
class Curve:
    """One series of a chart over a measure: where it lies and how high it is."""

    name: str
    across: Cells
    up: Cells


def curves(book: Workbook, picture: Picture, across: str, series: Sequence[Curve]) -> Chart:
    """Return curves over a measure, told apart by colour, dash and mark."""
    chart = book.add_chart({"type": "scatter", "subtype": "straight_with_markers"})
    for number, each in enumerate(series):
        colour = SERIES[number % len(SERIES)]
        chart.add_series(
            {
                "name": each.name,
                "categories": each.across,
                "values": each.up,
                "line": {
                    "color": colour,
                    "width": 1.75,
                    "dash_type": DASHES[number % len(DASHES)],
                },
                "marker": {
                    "type": MARKS[number % len(MARKS)],
                    "size": 6,
                    "fill": {"color": colour if number % 2 == 0 else "#FFFFFF"},
                    "border": {"color": colour},
                },
            }
        )
    _dress(chart, picture)
    chart.set_x_axis(
        {
            "name": across,
            "name_font": TEXT | {"bold": False},
            "num_font": TEXT,
            "num_format": "General",
            "line": {"color": RULE},
        }
    )
    if len(series) == 1:
        chart.set_legend({"none": True})
    return chart


def tornado(
    book: Workbook,
    picture: Picture,
    categories: Cells,
    down: Series,
    up: Series,
    *,
    most: float | None = None,
) -> Chart:
    """Return bars to both sides of what is, or from 0 to ``most``, the first category on top."""
    chart = book.add_chart({"type": "bar"})
    for number, each in enumerate((down, up)):
        colour = SERIES[number]
        fill = (
            {"fill": {"color": colour}}
            if number == 0
            else {
                "pattern": {
                    "pattern": "wide_upward_diagonal",
                    "fg_color": colour,
                    "bg_color": "#FFFFFF",
                }
            }
        )
        chart.add_series(
            {
                "name": each.name,
                "categories": categories,
                "values": each.values,
                "border": {"color": colour, "width": 0.75},
                "gap": 50,
                "overlap": 100,
                **fill,
            }
        )
    _dress(chart, picture)
    chart.set_y_axis(
        {"num_font": TEXT, "reverse": True, "label_position": "low", "line": {"color": RULE}}
    )
    chart.set_x_axis(
        {
            "name": picture.unit,
            "name_font": TEXT | {"bold": False},
            "num_font": TEXT,
            "num_format": picture.number,
            "major_gridlines": {"visible": True, "line": {"color": "#DDE3EA", "width": 0.75}},
            "line": {"none": True},
            **({} if most is None else {"min": 0, "max": most}),
        }
    )
    return chart


def waterfall(
    book: Workbook, picture: Picture, categories: Cells, base: Series, parts: Sequence[Series]
) -> Chart:
    """Return columns that each begin where the one before ends; what lifts them is not seen.

    ``parts`` are levels, what adds, and, where there is any, what takes and what is below 0.
    """
    chart = book.add_chart({"type": "column", "subtype": "stacked"})
    shared = {"categories": categories, "gap": 35}
    nothing = {"fill": {"none": True}, "border": {"none": True}}
    chart.add_series({"name": base.name, "values": base.values, **shared, **nothing})
    for number, each in enumerate(parts):
        colour = (INK, SERIES[2], SERIES[1], SERIES[2])[number]
        pattern = (None, None, "wide_upward_diagonal", "small_grid")[number]
        fill = (
            {"fill": {"color": colour}}
            if pattern is None
            else {"pattern": {"pattern": pattern, "fg_color": colour, "bg_color": "#FFFFFF"}}
        )
        border = {"border": {"color": colour, "width": 0.75}}
        chart.add_series({"name": each.name, "values": each.values, **shared, **border, **fill})
    _dress(chart, picture)
    chart.set_x_axis(
        {"num_font": TEXT | {"rotation": -90}, "line": {"color": RULE}, "label_position": "low"}
    )
    chart.set_legend({"none": True})
    return chart


def _ceiling(book: Workbook, ceiling: Series, categories: Cells) -> Chart:
    line = book.add_chart({"type": "line"})
    line.add_series(
        {
            "name": ceiling.name,
            "categories": categories,
            "values": ceiling.values,
            "line": {"color": INK, "width": 1.5, "dash_type": "dash"},
            "marker": {
                "type": "diamond",
                "size": 7,
                "fill": {"color": "#FFFFFF"},
                "border": {"color": INK},
            },
        }
    )
    return line


def _dress(chart: Chart, picture: Picture) -> None:
    chart.set_title(
        {
            "name": picture.title,
            "name_font": {"name": FACE, "size": 11, "bold": True, "color": INK},
            "overlay": False,
        }
    )
    chart.set_x_axis({"num_font": TEXT, "line": {"color": RULE}, "num_format": "0"})
    chart.set_y_axis(
        {
            "name": picture.unit,
            "name_font": TEXT | {"bold": False},
            "num_font": TEXT,
            "num_format": picture.number,
            "major_gridlines": {"visible": True, "line": {"color": "#DDE3EA", "width": 0.75}},
            "line": {"none": True},
        }
    )
    chart.set_legend({"position": "bottom", "font": TEXT})
    chart.set_size({"width": picture.width, "height": picture.height})
    chart.set_chartarea({"border": {"none": True}})
