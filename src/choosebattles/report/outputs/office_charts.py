"""Native charts that PowerPoint and Word can edit; they hold the numbers that they show, no others."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.datalabel import DataLabels
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from choosebattles.report.document import Chart, Document, Form, Role, Series
from choosebattles.report.outputs.axis import ChartAxis, ends_at_nothing
from choosebattles.report.outputs.colours import (
    ADDS,
    FACE,
    GRID,
    INK,
    LIGHT,
    PALE,
    RULE,
    SERIES,
    TAKES,
    WHITE,
)
from choosebattles.report.outputs.text_fitting import breadth, clipped
from choosebattles.report.outputs.waterfall_columns import pieces
from choosebattles.translation import _

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
LEFT = (
    MSO_PATTERN.LIGHT_UPWARD_DIAGONAL,
    MSO_PATTERN.DOTTED_GRID,
    MSO_PATTERN.NARROW_HORIZONTAL,
)
"""Patterns of what is not used, in their order."""
MARKS = (
    XL_MARKER_STYLE.CIRCLE,
    XL_MARKER_STYLE.DIAMOND,
    XL_MARKER_STYLE.SQUARE,
    XL_MARKER_STYLE.TRIANGLE,
)
DASHES = (MSO_LINE.SOLID, MSO_LINE.DASH, MSO_LINE.ROUND_DOT, MSO_LINE.LONG_DASH_DOT)
"""Marks and dashes of curves, in the order of the series."""
NAME = 0.4
"""Share of a chart's width that the names of its bars may take."""
LOW = 0.06
"""Share of the highest column below which a part has no room for its number."""
NAMED = 1
"""Points up to which a series of points bears its name beside its mark."""


def draw_chart(slide: Any, chart: Chart, document: Document, box: Box) -> Any:
    """Draw a chart into a box of a slide; return its frame."""
    frame = _FORMS[chart.form](slide, chart, document, box)
    describe(frame, chart.says)
    return frame


def describe(frame: Any, says: str) -> None:
    """Give a chart or a table the words that a screen reader says."""
    frame._element.nvGraphicFramePr.cNvPr.set("descr", says)  # noqa: SLF001


def _by_category(chart: Chart, document: Document) -> CategoryChartData:
    numbers = CategoryChartData(number_format=chart.number)
    numbers.categories = list(document.names(chart.categories))
    for series in chart.series:
        numbers.add_series(series.name, document.numbers(series.values))
    return numbers


def _columns(slide: Any, chart: Chart, document: Document, box: Box) -> Any:
    stacked = chart.form is Form.STACK
    kind = XL_CHART_TYPE.COLUMN_STACKED if stacked else XL_CHART_TYPE.COLUMN_CLUSTERED
    frame = _added(slide, kind, _by_category(chart, document), box)
    found = frame.chart
    _dress(found, chart.title, box[2])
    found.plots[0].gap_width = 55
    left = [series.name for series in chart.series if series.role is Role.LEFT]
    # From the last: what is left is drawn alike, whatever of held and set aside there is.
    lefts = {name: LEFT[place % len(LEFT)] for place, name in enumerate(reversed(left))}
    drawn = list(zip(found.plots[0].series, chart.series, strict=True))
    for number, (bar, series) in enumerate(drawn):
        if series.role is Role.LEFT:
            _fill(bar, PALE, lefts[series.name])
        elif series.role is not Role.CEILING:
            _fill(bar, SERIES[number % len(SERIES)], PATTERNS[number % len(PATTERNS)])
    if stacked:
        _numbers_inside(found.plots[0], chart, document)
    _value_axis(found, chart.unit, chart.number, box[3])
    _from_nothing(found.value_axis, chart, document)
    found.category_axis.tick_labels.font.size = Pt(10)
    found.category_axis.format.line.color.rgb = _rgb(RULE)
    _legend(found)
    _ceilings(found, [bar for bar, series in drawn if series.role is Role.CEILING])
    return frame


def _numbers_inside(plot: Any, chart: Chart, document: Document) -> None:
    """Write the numbers on the parts of columns, on white; not on those that are too low."""
    columns = zip(*(document.numbers(series.values) for series in chart.series), strict=True)
    highest = max((sum(part or 0.0 for part in column) for column in columns), default=0.0)
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.font.size = Pt(10)
    labels.number_format = f'[>={LOW * highest:.4f}]{chart.number};""'
    labels.number_format_is_linked = False
    labels._element.find(qn("c:numFmt")).addnext(parse_xml(_ON_WHITE))  # noqa: SLF001


def _ceilings(found: Any, ceilings: Sequence[Any]) -> None:
    """Turn columns into lines with marks, on the same axes."""
    if not ceilings:
        return
    columns = found._chartSpace.find(f".//{qn('c:barChart')}")  # noqa: SLF001
    lines = parse_xml(
        f'<c:lineChart xmlns:c="{_C}"><c:grouping val="standard"/><c:varyColors val="0"/>'
        '<c:marker val="1"/></c:lineChart>'
    )
    for ceiling in ceilings:
        element = ceiling._element  # noqa: SLF001
        for name in ("c:invertIfNegative", "c:spPr"):
            for part in element.findall(qn(name)):
                element.remove(part)
        element.find(qn("c:tx")).addnext(parse_xml(_LINE))
        element.find(qn("c:spPr")).addnext(parse_xml(_DIAMOND))
        element.append(parse_xml(f'<c:smooth xmlns:c="{_C}" val="0"/>'))
        lines.find(qn("c:marker")).addprevious(element)
    for axis in columns.findall(qn("c:axId")):
        lines.append(parse_xml(f'<c:axId xmlns:c="{_C}" val="{axis.get("val")}"/>'))
    columns.addnext(lines)


_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_INK = f'<a:solidFill><a:srgbClr val="{INK[1:]}"/></a:solidFill>'
_LINE = (
    f'<c:spPr xmlns:c="{_C}" xmlns:a="{_A}"><a:ln w="19050">{_INK}<a:prstDash val="dash"/></a:ln>'
    "</c:spPr>"
)
_ON_WHITE = (
    f'<c:spPr xmlns:c="{_C}" xmlns:a="{_A}"><a:solidFill><a:srgbClr val="{WHITE[1:]}"/>'
    "</a:solidFill></c:spPr>"
)
_DIAMOND = f'<c:marker xmlns:c="{_C}"><c:symbol val="diamond"/><c:size val="7"/></c:marker>'


def _bars(slide: Any, chart: Chart, document: Document, box: Box) -> Any:
    room = box[2] * NAME
    numbers = CategoryChartData(number_format=chart.number)
    numbers.categories = [clipped(name, 10, room, 1) for name in document.names(chart.categories)]
    for series in chart.series:
        numbers.add_series(series.name, document.numbers(series.values))
    frame = _added(slide, XL_CHART_TYPE.BAR_CLUSTERED, numbers, box)
    found = frame.chart
    _dress(found, chart.title, box[2])
    found.plots[0].gap_width, found.plots[0].overlap = 50, 100
    for number, bar in enumerate(found.plots[0].series):
        _fill(bar, SERIES[number % len(SERIES)], PATTERNS[number % len(PATTERNS)])
    _names_at_the_side(found)
    _value_axis(found, chart.unit, chart.number, box[2])
    _from_nothing(found.value_axis, chart, document)
    found.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    if chart.most is not None:
        found.value_axis.minimum_scale, found.value_axis.maximum_scale = 0, chart.most
    if len(chart.series) > 1:
        _legend(found)
    return frame


def _waterfall(slide: Any, chart: Chart, document: Document, box: Box) -> Any:
    """Draw what leads from one level to another, the first on top."""
    (series,) = chart.series
    room = box[2] * NAME - breadth(" +100.00", 10)
    names = [clipped(name, 10, room, 1) for name in document.names(chart.categories)]
    found = pieces(names, document.numbers(series.values))
    numbers = CategoryChartData(number_format="0.0#")
    numbers.categories = [piece.name for piece in found]
    numbers.add_series(_("start of the bar"), [piece.base for piece in found])
    parts = (
        (_("level"), [piece.level for piece in found], INK, None),
        (_("adds"), [piece.rise for piece in found], ADDS, None),
        (_("takes"), [piece.fall for piece in found], TAKES, MSO_PATTERN.WIDE_UPWARD_DIAGONAL),
        (_("below 0"), [piece.below for piece in found], ADDS, MSO_PATTERN.SMALL_GRID),
    )
    used = [part for part in parts if any(number is not None for number in part[1])]
    for name, values, _colour, _pattern in used:
        numbers.add_series(name, values)
    frame = _added(slide, XL_CHART_TYPE.BAR_STACKED, numbers, box)
    drawn = frame.chart
    _dress(drawn, _("{title}, {unit}").format(title=chart.title, unit=chart.unit), box[2])
    drawn.has_legend = False
    drawn.plots[0].gap_width, drawn.plots[0].overlap = 35, 100
    base, *others = drawn.plots[0].series
    base.format.fill.background()
    base.format.line.fill.background()
    for bar, (_name, _values, colour, pattern) in zip(others, used, strict=True):
        _fill(bar, colour, pattern)
    _names_at_the_side(drawn)
    drawn.value_axis.visible = False
    drawn.value_axis.has_major_gridlines = False
    return frame


def _points(slide: Any, chart: Chart, document: Document, box: Box) -> Any:
    """Draw points of two measures; a light series counts less, a joined one is only a line."""
    frame, drawn = _scattered(slide, chart, document, box, XL_CHART_TYPE.XY_SCATTER)
    number = 0
    for points, series in drawn:
        points.format.line.fill.background()
        if series.role is Role.JOINED:
            points.marker.style = XL_MARKER_STYLE.NONE
            points.format.line.color.rgb = _rgb(RULE)
            points.format.line.width = Pt(1)
        elif series.role is Role.LIGHT:
            _mark(points, XL_MARKER_STYLE.SQUARE, LIGHT, LIGHT, 6)
        elif series.role is Role.ALONE:
            _mark(points, XL_MARKER_STYLE.DIAMOND, SERIES[3], INK, 13)
            _named(points)
        else:
            _mark(points, MARKS[number % len(MARKS)], SERIES[number % len(SERIES)], INK, 8)
            if len(points.values) <= NAMED:
                _named(points)
            number += 1
    if all(len(points.values) <= NAMED for points, _series in drawn):
        frame.chart.has_legend = False
    return frame


def _curves(slide: Any, chart: Chart, document: Document, box: Box) -> Any:
    frame, drawn = _scattered(slide, chart, document, box, XL_CHART_TYPE.XY_SCATTER_LINES)
    for number, (curve, _series) in enumerate(drawn):
        colour = SERIES[number % len(SERIES)]
        curve.smooth = False
        curve.format.line.color.rgb = _rgb(colour)
        curve.format.line.width = Pt(1.75)
        curve.format.line.dash_style = DASHES[number % len(DASHES)]
        fill = WHITE if number % 2 else colour
        _mark(curve, MARKS[number % len(MARKS)], fill, colour, 6)
    if len(drawn) == 1:
        frame.chart.has_legend = False
    return frame


def _scattered(
    slide: Any, chart: Chart, document: Document, box: Box, kind: Any
) -> tuple[Any, list[tuple[Any, Series]]]:
    """Draw series of two measures; return the frame, and each drawn series with what it shows."""
    numbers = XyChartData(number_format="General")
    everywhere: tuple[list[float], list[float]] = ([], [])
    for series in chart.series:
        added = numbers.add_series(series.name)
        for across, up in document.pairs(series):
            added.add_data_point(across, up)
            everywhere[0].append(across)
            everywhere[1].append(up)
    frame = _added(slide, kind, numbers, box)
    found = frame.chart
    _dress(found, chart.title, box[2])
    _value_axis(found, chart.unit, chart.number, box[3])
    across_axis = found.category_axis
    across_axis.has_major_gridlines = False
    across_axis.has_title = bool(chart.across)
    across_axis.tick_labels.font.size = Pt(10)
    drawn = ((across_axis, chart.across, box[2]), (found.value_axis, chart.unit, box[3]))
    for (axis, says, length), amounts in zip(drawn, everywhere, strict=True):
        scale = ChartAxis.over(says, amounts)
        if says:
            _axis_title(axis, scale.title, length)
        axis.minimum_scale, axis.maximum_scale = scale.low, scale.high
        axis.major_unit = scale.step
        if axis is across_axis or chart.number == "0":
            axis.tick_labels.number_format = "#,##0" + (
                f".{'0' * scale.digits}" if scale.digits else ""
            )
            axis.tick_labels.number_format_is_linked = False
    _legend(found)
    return frame, list(zip(found.plots[0].series, chart.series, strict=True))


def _added(slide: Any, kind: Any, numbers: Any, box: Box) -> Any:
    return slide.shapes.add_chart(kind, *(Inches(length) for length in box), numbers)


def _dress(found: Any, title: str, width: float) -> None:
    found.font.size = Pt(11)
    found.font.name = FACE
    found.font.color.rgb = _rgb("#333333")
    found.has_title = True
    frame = found.chart_title.text_frame
    frame.text = clipped(title, 12, width - 0.4, 1, bold=True)
    font = frame.paragraphs[0].runs[0].font if frame.paragraphs[0].runs else found.font
    font.size, font.bold, font.name = Pt(12), True, FACE
    font.color.rgb = _rgb(INK)
    found.chart_title.include_in_layout = False


def _legend(found: Any) -> None:
    found.has_legend = True
    found.legend.position = XL_LEGEND_POSITION.BOTTOM
    found.legend.include_in_layout = False
    found.legend.font.size = Pt(10)


def _names_at_the_side(found: Any) -> None:
    axis = found.category_axis
    axis.reverse_order = True
    axis.has_major_gridlines = False
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.tick_labels.font.size = Pt(10)
    axis.format.line.color.rgb = _rgb(RULE)


def _value_axis(found: Any, unit: str, number: str, length: float) -> None:
    axis = found.value_axis
    axis.has_title = bool(unit)
    if unit:
        _axis_title(axis, unit, length)
    axis.major_gridlines.format.line.color.rgb = _rgb(GRID)
    axis.format.line.fill.background()
    axis.tick_labels.font.size = Pt(10)
    axis.tick_labels.number_format = number
    axis.tick_labels.number_format_is_linked = False


def _from_nothing(axis: Any, chart: Chart, document: Document) -> None:
    """Let columns and bars stand on 0: an axis that is cut would make a little look like much."""
    ends = ends_at_nothing(document.numbers(series.values) for series in chart.series)
    if "min" in ends:
        axis.minimum_scale = 0
    elif "max" in ends:
        axis.maximum_scale = 0


def _axis_title(axis: Any, text: str, length: float) -> None:
    frame = axis.axis_title.text_frame
    room = 0.75 * length
    size = 10 if breadth(text, 10) <= room else 8
    frame.text = clipped(text, size, room, 1)
    for run in frame.paragraphs[0].runs:
        run.font.size, run.font.bold, run.font.name = Pt(size), False, FACE


def _mark(series: Any, kind: Any, fill: str, border: str, size: int) -> None:
    series.marker.style, series.marker.size = kind, size
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = _rgb(fill)
    series.marker.format.line.color.rgb = _rgb(border)


def _named(series: Any) -> None:
    """Write the name of a series beside its point."""
    labels = DataLabels(series._element.get_or_add_dLbls())  # noqa: SLF001
    labels.show_series_name, labels.show_value = True, False
    labels.position = XL_LABEL_POSITION.RIGHT
    labels.font.size = Pt(10)


def _fill(series: Any, colour: str, pattern: Any) -> None:
    fill = series.format.fill
    if pattern is None:
        fill.solid()
        fill.fore_color.rgb = _rgb(colour)
    else:
        fill.patterned()
        fill.pattern = pattern
        fill.fore_color.rgb = _rgb(colour)
        fill.back_color.rgb = _rgb(WHITE)
    series.format.line.color.rgb = _rgb(colour)
    series.format.line.width = Pt(0.75)
    series.invert_if_negative = False


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour[1:])


_FORMS: Mapping[Form, Callable[[Any, Chart, Document, Box], Any]] = {
    Form.COLUMNS: _columns,
    Form.STACK: _columns,
    Form.CURVES: _curves,
    Form.POINTS: _points,
    Form.BARS: _bars,
    Form.WATERFALL: _waterfall,
}
