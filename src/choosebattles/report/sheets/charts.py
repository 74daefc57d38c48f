"""Native charts: told apart by lightness and pattern as well as by hue, with a text for readers."""

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart

from choosebattles.report.sheets.looks import FACE, INK, PATTERNS, RULE, SERIES

Cells = list[str | int]
TEXT = {"name": FACE, "size": 9, "color": "#333333"}
MARKS = ("circle", "diamond", "square", "triangle")
"""Marks of points, in the order of the series."""


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
