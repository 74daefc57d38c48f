"""Native charts: told apart by lightness and pattern as well as by hue, with a text for readers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart as Drawn

from choosebattles.report.document import Chart, Form, Numbers, Role, Series
from choosebattles.report.outputs.axis import ends_at_nothing
from choosebattles.report.outputs.colours import ADDS, FACE, GRID, INK, LIGHT, RULE, SERIES, TAKES
from choosebattles.report.outputs.workbook.formats import PATTERNS

Place = list[str | int]
"""Cells in the form that charts ask for: sheet, first row and column, last row and column."""

TEXT = {"name": FACE, "size": 9, "color": "#333333"}
DASHES = ("solid", "dash", "round_dot", "long_dash_dot")
MARKS = ("circle", "diamond", "square", "triangle")
"""Dashes and marks of curves, in the order of the series."""
NAMED = 1
"""Points up to which a series of points bears its name beside its mark."""


@dataclass(frozen=True)
class Placed:
    """Where the numbers of a series stand in the workbook."""

    series: Series
    values: Place
    across: Place
    numbers: Numbers
    """What stands there."""


def drawn(book: Workbook, chart: Chart, placed: list[Placed]) -> Drawn:
    """Return a chart whose numbers stand in cells of the workbook."""
    found = _FORMS[chart.form](book, chart, placed)
    found.set_size({"width": chart.size[0], "height": chart.size[1]})
    found.set_chartarea({"border": {"none": True}})
    return found


def _columns(book: Workbook, chart: Chart, placed: list[Placed]) -> Drawn:
    stacked = chart.form is Form.STACK
    found = book.add_chart({"type": "column", **({"subtype": "stacked"} if stacked else {})})
    parts = [part for part in placed if part.series.role is not Role.CEILING]
    for number, part in enumerate(parts):
        found.add_series(
            {
                "name": part.series.name,
                "categories": part.across,
                "values": part.values,
                "gap": 60,
                **({} if stacked else {"overlap": -5}),
                **_filled(SERIES[number % len(SERIES)], PATTERNS[number % len(PATTERNS)]),
            }
        )
    for part in placed:
        if part.series.role is Role.CEILING:
            line = book.add_chart({"type": "line"})
            line.add_series(
                {
                    "name": part.series.name,
                    "categories": part.across,
                    "values": part.values,
                    "line": {"color": INK, "width": 1.5, "dash_type": "dash"},
                    "marker": _mark("diamond", "#FFFFFF", INK),
                }
            )
            found.combine(line)
    _dress(found, chart, ends_at_nothing(part.numbers for part in placed))
    found.set_x_axis(_axis(chart.across, "0"))
    return found


def _filled(colour: str, pattern: str | None) -> dict[str, Any]:
    border = {"border": {"color": colour, "width": 0.75}}
    if pattern is None:
        return {"fill": {"color": colour}, **border}
    shape = {"pattern": pattern, "fg_color": colour, "bg_color": "#FFFFFF"}
    return {"pattern": shape, **border}


def _curves(book: Workbook, chart: Chart, placed: list[Placed]) -> Drawn:
    found = book.add_chart({"type": "scatter", "subtype": "straight_with_markers"})
    for number, curve in enumerate(placed):
        colour = SERIES[number % len(SERIES)]
        fill = colour if number % 2 == 0 else "#FFFFFF"
        found.add_series(
            {
                "name": curve.series.name,
                "categories": curve.across,
                "values": curve.values,
                "line": {
                    "color": colour,
                    "width": 1.75,
                    "dash_type": DASHES[number % len(DASHES)],
                },
                "marker": _mark(MARKS[number % len(MARKS)], fill, colour, 6),
            }
        )
    _dress(found, chart)
    found.set_x_axis(_axis(chart.across, "General"))
    if len(placed) == 1:
        found.set_legend({"none": True})
    return found


def _points(book: Workbook, chart: Chart, placed: list[Placed]) -> Drawn:
    """Draw points of two measures; a light series counts less, a joined one is only a line."""
    found = book.add_chart({"type": "scatter"})
    number = 0
    for points in placed:
        series: dict[str, Any] = {
            "name": points.series.name,
            "categories": points.across,
            "values": points.values,
        }
        if points.series.role is Role.JOINED:
            series |= {"line": {"color": RULE, "width": 1}, "marker": {"type": "none"}}
        elif points.series.role is Role.LIGHT:
            series |= {"marker": _mark("square", LIGHT, LIGHT)}
        elif points.series.role is Role.ALONE:
            series |= {"marker": _mark("diamond", INK, INK, 10), **_named("right")}
        else:
            colour = SERIES[number % len(SERIES)]
            series |= {"marker": _mark(MARKS[number % len(MARKS)], colour, colour)}
            if _count(points.values) <= NAMED:
                series |= _named("above")
            number += 1
        found.add_series(series)
    _dress(found, chart)
    found.set_x_axis(_axis(chart.across, "#,##0.0"))
    roles = [part.series.role for part in placed]
    if Role.JOINED in roles or all(_count(part.values) <= NAMED for part in placed):
        found.set_legend({"none": True})
    return found


def _count(place: Place) -> int:
    return int(place[3]) - int(place[1]) + 1


def _named(where: str) -> dict[str, Any]:
    return {"data_labels": {"series_name": True, "value": False, "position": where, "font": TEXT}}


def _bars(book: Workbook, chart: Chart, placed: list[Placed]) -> Drawn:
    found = book.add_chart({"type": "bar"})
    for number, bar in enumerate(placed):
        pattern = None if number == 0 else "wide_upward_diagonal"
        found.add_series(
            {
                "name": bar.series.name,
                "categories": bar.across,
                "values": bar.values,
                "gap": 50,
                "overlap": 100,
                **_filled(SERIES[number], pattern),
            }
        )
    _dress(found, chart)
    found.set_y_axis(
        {"num_font": TEXT, "reverse": True, "label_position": "low", "line": {"color": RULE}}
    )
    ends: dict[str, float] = {**ends_at_nothing(part.numbers for part in placed)}
    if chart.most is not None:
        ends = {"min": 0, "max": chart.most}
    found.set_x_axis(_measure(chart) | ends)
    return found


def _waterfall(book: Workbook, chart: Chart, placed: list[Placed]) -> Drawn:
    """Draw columns that each begin where the one before ends; what lifts them is not seen."""
    found = book.add_chart({"type": "column", "subtype": "stacked"})
    base, *parts = placed
    nothing = {"fill": {"none": True}, "border": {"none": True}}
    shared = {"categories": base.across, "gap": 35}
    found.add_series({"name": base.series.name, "values": base.values, **shared, **nothing})
    colours = (INK, ADDS, TAKES, ADDS)
    patterns = (None, None, "wide_upward_diagonal", "small_grid")
    for part, colour, pattern in zip(parts, colours, patterns, strict=False):
        look = _filled(colour, pattern)
        found.add_series({"name": part.series.name, "values": part.values, **shared, **look})
    _dress(found, chart)
    found.set_x_axis(
        {"num_font": TEXT | {"rotation": -90}, "line": {"color": RULE}, "label_position": "low"}
    )
    found.set_legend({"none": True})
    return found


def _mark(kind: str, fill: str, border: str, size: int = 7) -> dict[str, Any]:
    return {"type": kind, "size": size, "fill": {"color": fill}, "border": {"color": border}}


def _axis(name: str, number: str) -> dict[str, Any]:
    return {
        "name": name,
        "name_font": TEXT | {"bold": False},
        "num_font": TEXT,
        "num_format": number,
        "line": {"color": RULE},
    }


def _measure(chart: Chart) -> dict[str, Any]:
    return {
        "name": chart.unit,
        "name_font": TEXT | {"bold": False},
        "num_font": TEXT,
        "num_format": chart.number,
        "major_gridlines": {"visible": True, "line": {"color": GRID, "width": 0.75}},
        "line": {"none": True},
    }


def _dress(found: Drawn, chart: Chart, ends: Mapping[str, float] | None = None) -> None:
    found.set_title(
        {
            "name": chart.title,
            "name_font": {"name": FACE, "size": 11, "bold": True, "color": INK},
            "overlay": False,
        }
    )
    found.set_y_axis(_measure(chart) | {**(ends or {})})
    found.set_legend({"position": "bottom", "font": TEXT})


_FORMS: Mapping[Form, Callable[[Workbook, Chart, list[Placed]], Drawn]] = {
    Form.COLUMNS: _columns,
    Form.STACK: _columns,
    Form.CURVES: _curves,
    Form.POINTS: _points,
    Form.BARS: _bars,
    Form.WATERFALL: _waterfall,
}
