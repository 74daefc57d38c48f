"""Native charts that PowerPoint can edit; they hold the numbers that they show, and no others."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_PATTERN
from pptx.util import Pt

from choosebattles.report.brief.shapes import Cloud, Stack
from choosebattles.report.outputs.fit import breadth, clipped
from choosebattles.report.outputs.slides.master import emu
from choosebattles.report.parts.waterfall import Climb, pieces
from choosebattles.report.sheets.looks import FACE, INK, RULE, SERIES
from choosebattles.words import _

Box = tuple[float, float, float, float]
"""Left, top, width, height in inches."""

PATTERNS = (
    None,
    MSO_PATTERN.WIDE_UPWARD_DIAGONAL,
    None,
    MSO_PATTERN.SMALL_GRID,
    MSO_PATTERN.DARK_HORIZONTAL,
    MSO_PATTERN.WIDE_DOWNWARD_DIAGONAL,
)
"""Patterns of the parts, in their order: colour alone tells nothing apart."""
LEFT_OVER = MSO_PATTERN.LIGHT_UPWARD_DIAGONAL
PALE = "#9AA5B1"
MARKS = (XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.DIAMOND, XL_MARKER_STYLE.TRIANGLE)
NAME = 0.4
"""Share of a waterfall's width that the names of its steps may take."""


def stack(slide: Any, picture: Stack, box: Box) -> Any:
    """Draw columns of parts that add up; return the frame of the chart."""
    told = CategoryChartData(number_format="#,##0.0")
    told.categories = list(picture.categories)
    for name, values in picture.parts:
        told.add_series(name, values)
    frame = _added(slide, XL_CHART_TYPE.COLUMN_STACKED, told, box, picture.says)
    chart = frame.chart
    _dress(chart, picture.title)
    chart.plots[0].gap_width = 55
    pale = 0
    for number, series in enumerate(chart.plots[0].series):
        if series.name in picture.hatched:
            pattern = (MSO_PATTERN.NARROW_HORIZONTAL, MSO_PATTERN.DOTTED_GRID, LEFT_OVER)[2 - pale]
            pale = min(2, pale + 1)
            _fill(series, PALE, pattern)
        else:
            _fill(series, SERIES[number % len(SERIES)], PATTERNS[number % len(PATTERNS)])
    _value_axis(chart, picture.unit)
    _legend(chart)
    return frame


def waterfall(slide: Any, climb: Climb, unit: str, box: Box, says: str) -> Any:
    """Draw what leads from one level to another, the first on top; return the frame."""
    told = CategoryChartData(number_format="0.0#")
    room = box[2] * NAME - breadth(" +100.00", 10)
    steps = tuple((clipped(name, 10, room, 1), change) for name, change in climb.steps)
    found = pieces(replace(climb, steps=steps))
    told.categories = [each.name for each in found]
    told.add_series(_("start of the bar"), [each.base for each in found])
    shown = (
        (_("level"), [each.level for each in found], INK, None),
        (_("adds"), [each.rise for each in found], SERIES[2], None),
        (_("takes"), [each.fall for each in found], SERIES[1], MSO_PATTERN.WIDE_UPWARD_DIAGONAL),
        (_("below 0"), [each.below for each in found], SERIES[2], MSO_PATTERN.SMALL_GRID),
    )
    used = [each for each in shown if any(value is not None for value in each[1])]
    for name, values, _colour, _pattern in used:
        told.add_series(name, values)
    frame = _added(slide, XL_CHART_TYPE.BAR_STACKED, told, box, says)
    chart = frame.chart
    _dress(chart, _("{title}, {unit}").format(title=climb.title, unit=unit), box[2])
    chart.has_legend = False
    chart.plots[0].gap_width = 35
    chart.plots[0].overlap = 100
    base, *others = chart.plots[0].series
    base.format.fill.background()
    base.format.line.fill.background()
    for series, (_name, _values, colour, pattern) in zip(others, used, strict=True):
        _fill(series, colour, pattern)
    across = chart.category_axis
    across.reverse_order = True
    across.has_major_gridlines = False
    across.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    across.tick_labels.font.size = Pt(10)
    across.format.line.color.rgb = _rgb(RULE)
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    return frame


def cloud(slide: Any, picture: Cloud, box: Box) -> Any:
    """Draw points of two measures; return the frame of the chart."""
    told = XyChartData(number_format="0.0")
    for name, points in picture.series:
        series = told.add_series(name)
        for across, up in points:
            series.add_data_point(across, up)
    kind = XL_CHART_TYPE.XY_SCATTER
    frame = _added(slide, kind, told, box, picture.says)
    chart = frame.chart
    _dress(chart, picture.title)
    for number, series in enumerate(chart.plots[0].series):
        series.format.line.fill.background()
        series.marker.style = MARKS[number % len(MARKS)]
        series.marker.size = 8 if number == 0 else 13
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = _rgb(
            SERIES[number] if number != 1 else SERIES[3]
        )
        series.marker.format.line.color.rgb = _rgb(INK)
    _value_axis(chart, picture.up, "0")
    across = chart.category_axis
    across.has_major_gridlines = False
    across.has_title = True
    _axis_title(across, picture.across)
    across.tick_labels.font.size = Pt(10)
    across.tick_labels.number_format = "0"
    across.tick_labels.number_format_is_linked = False
    for axis, place in ((across, 0), (chart.value_axis, 1)):
        low, high = _span([point[place] for _name, points in picture.series for point in points])
        axis.minimum_scale, axis.maximum_scale = low, high
    _legend(chart)
    return frame


def _span(values: Sequence[float]) -> tuple[float, float]:
    """Return the ends of an axis: whole numbers a little outside of the values."""
    room = max(1.0, 0.08 * (max(values) - min(values)))
    low, high = min(values) - room, max(values) + room
    return float(int(low) - (low < 0)), float(int(high) + 1)


def _added(slide: Any, kind: Any, told: Any, box: Box, says: str) -> Any:
    frame = slide.shapes.add_chart(kind, *(emu(each) for each in box), told)
    described(frame, says)
    return frame


def described(frame: Any, says: str) -> None:
    """Give a chart or a table the words that a screen reader says."""
    frame._element.nvGraphicFramePr.cNvPr.set("descr", says)  # noqa: SLF001


def _dress(chart: Any, title: str, width: float = 7.0) -> None:
    chart.font.size = Pt(11)
    chart.font.name = FACE
    chart.font.color.rgb = _rgb("#333333")
    chart.has_title = True
    frame = chart.chart_title.text_frame
    frame.text = clipped(title, 12, width - 0.4, 1, bold=True)
    font = frame.paragraphs[0].runs[0].font
    font.size, font.bold, font.name = Pt(12), True, FACE
    font.color.rgb = _rgb(INK)
    chart.chart_title.include_in_layout = False


def _legend(chart: Any) -> None:
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    chart.legend.font.size = Pt(10)


def _value_axis(chart: Any, unit: str, number: str = "#,##0.0") -> None:
    axis = chart.value_axis
    axis.has_title = True
    _axis_title(axis, unit)
    axis.major_gridlines.format.line.color.rgb = _rgb("#DDE3EA")
    axis.format.line.fill.background()
    axis.tick_labels.font.size = Pt(10)
    axis.tick_labels.number_format = number
    axis.tick_labels.number_format_is_linked = False


def _axis_title(axis: Any, text: str) -> None:
    frame = axis.axis_title.text_frame
    size = 10 if breadth(text, 10) <= 3 else 8
    frame.text = clipped(text, size, 3, 1)
    font = frame.paragraphs[0].runs[0].font
    font.size, font.bold, font.name = Pt(size), False, FACE


def _fill(series: Any, colour: str, pattern: Any) -> None:
    fill = series.format.fill
    if pattern is None:
        fill.solid()
        fill.fore_color.rgb = _rgb(colour)
    else:
        fill.patterned()
        fill.pattern = pattern
        fill.fore_color.rgb = _rgb(colour)
        fill.back_color.rgb = _rgb("#FFFFFF")
    series.format.line.color.rgb = _rgb(colour)
    series.format.line.width = Pt(0.75)
    series.invert_if_negative = False


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour[1:])
