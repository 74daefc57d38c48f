"""Charts as SVG: told apart by pattern as well as by colour, labelled in place, without a script."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from xml.etree import ElementTree as ET

from choosebattles.report.document import Chart, Document, Form, Numbers, Role, Series
from choosebattles.report.number_wording import rounded
from choosebattles.report.outputs.axis import ChartAxis
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
from choosebattles.report.outputs.text_fitting import POINTS, breadth, clipped
from choosebattles.report.outputs.waterfall_columns import pieces
from choosebattles.translation import _

WIDTH, HEIGHT = 720.0, 380.0
LEFT, RIGHT, TOP, BOTTOM = 64.0, 24.0, 30.0, 56.0
"""Room around what is drawn, for what stands at its axes."""
SIDE = 230.0
"""Room for names at the side of bars, and at the end of curves."""
NUMBER = 56.0
"""Room for a number behind the longest bar."""
TURNED = 70.0
"""Room for names below columns that are turned."""
SIZE = 11.0
LINE = 15.0
"""Height of a letter, and of a line."""
SWATCH = 12.0
DIRECT = 8
"""Curves up to which each bears its name at its end; more have a legend."""
DASHES = ("", "7 4", "2 3", "10 3 2 3")
MARKS = ("circle", "diamond", "square", "triangle")
STROKES = (
    "",
    "M-2 8L8 -2M-2 2L2 -2M4 8L8 4",
    "",
    "M0 3H6M3 0V6",
    "M0 3H6",
    "M-2 -2L8 8M-2 4L2 8M4 -2L8 2",
    "M3 0V6",
    "M2 2h1.5v1.5h-1.5z",
)
"""Lines of the patterns in the order of the series, in a square of 6; solid where there is none."""


@dataclass
class Drawing:
    """A chart while it is drawn: its element, the room that is left, the patterns in use."""

    svg: ET.Element
    name: str
    top: float = TOP
    left: float = LEFT
    right: float = RIGHT
    bottom: float = BOTTOM
    patterns: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def wide(self) -> float:
        """Return the width of what is drawn."""
        return WIDTH - self.left - self.right

    @property
    def tall(self) -> float:
        """Return its height."""
        return HEIGHT - self.top - self.bottom

    def x(self, axis: ChartAxis, amount: float) -> float:
        """Return where an amount lies across."""
        return self.left + axis.at(amount, self.wide)

    def y(self, axis: ChartAxis, amount: float) -> float:
        """Return where an amount lies up."""
        return self.top + self.tall - axis.at(amount, self.tall)

    def add(self, tag: str, says: str = "", /, **attributes: object) -> ET.Element:
        """Add an element; ``says`` is read on hovering and by screen readers."""
        named = {
            key.replace("_", "-").strip("-"): _plain(value) for key, value in attributes.items()
        }
        element = ET.SubElement(self.svg, tag, named)
        if says:
            ET.SubElement(element, "title").text = says
        return element

    def text(self, x: float, y: float, text: str, room: float = WIDTH, /, **look: object) -> None:
        """Write a text that ends with an ellipsis where it has no room, whole on hovering."""
        shown = clipped(text, SIZE, room / POINTS, 1)
        element = self.add("text", x=x, y=y, **look)
        element.text = shown
        if shown != text:
            ET.SubElement(element, "title").text = text

    def fill(self, number: int, series: Series | None = None) -> str:
        """Return the fill of a series: a colour, or a pattern of it."""
        colour, strokes = SERIES[number % len(SERIES)], STROKES[number % len(STROKES)]
        if series is not None and series.role is Role.LEFT:
            colour, strokes = PALE, STROKES[(1, 7, 4)[number % 3]]
        return self.filled(colour, strokes)

    def filled(self, colour: str, strokes: str) -> str:
        """Return a colour, or lines of it on white."""
        if not strokes:
            return colour
        if (colour, strokes) not in self.patterns:
            reference = f"{self.name}-pattern-{len(self.patterns) + 1}"
            self.patterns[colour, strokes] = reference
            pattern = ET.SubElement(
                self.svg[2],
                "pattern",
                {"id": reference, "width": "6", "height": "6", "patternUnits": "userSpaceOnUse"},
            )
            ET.SubElement(pattern, "rect", {"width": "6", "height": "6", "fill": WHITE})
            look = {"d": strokes, "stroke": colour, "stroke-width": "1.6", "fill": "none"}
            ET.SubElement(pattern, "path", look)
        return f"url(#{self.patterns[colour, strokes]})"

    def legend(self, entries: Sequence[tuple[str, str, str]]) -> None:
        """Write names, each behind its fill and edge, above what is drawn."""
        x, y = LEFT, self.top
        for name, fill, edge in entries:
            room = min(breadth(name, SIZE) * POINTS, SIDE) + 4
            if x > LEFT and x + SWATCH + room > WIDTH - RIGHT:
                x, y = LEFT, y + LINE
            look = {"fill": fill, "stroke": edge}
            self.add("rect", x=x, y=y - 4, width=SWATCH, height=SWATCH, **look)
            self.text(x + SWATCH + 5, y + 6, name, room)
            x += SWATCH + room + 22
        self.top = y + LINE + 10

    def mark(self, kind: str, x: float, y: float, size: float, says: str, **look: object) -> None:
        """Draw a mark of a point."""
        if kind == "circle":
            self.add("circle", says, cx=x, cy=y, r=size, **look)
            return
        corners = {
            "diamond": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
            "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
            "triangle": ((0, -1.2), (1.1, 0.9), (-1.1, 0.9)),
        }[kind]
        points = " ".join(f"{x + dx * size:.1f},{y + dy * size:.1f}" for dx, dy in corners)
        self.add("polygon", says, points=points, **look)


def draw_svg(chart: Chart, document: Document, name: str) -> str:
    """Return a chart as SVG.

    Parameters
    ----------
    chart
        What to draw.
    document
        The document whose cells its numbers may be.
    name
        A name of its own within the page: letters, digits and hyphens.
    """
    svg = opened(name, chart.title, chart.says, HEIGHT)
    drawing = Drawing(svg, name)
    drawing.text(LEFT, 14, chart.title, WIDTH - LEFT - RIGHT, font_weight="bold")
    _FORMS[chart.form](drawing, chart, document)
    return ET.tostring(svg, encoding="unicode")


def opened(name: str, title: str, says: str, height: float) -> ET.Element:
    """Return an empty drawing with its title, its words for screen readers, its definitions."""
    svg = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {WIDTH:.0f} {height:.0f}",
            "role": "img",
            "aria-labelledby": f"{name}-title {name}-says",
            "font-family": f"{FACE}, Helvetica, sans-serif",
            "font-size": f"{SIZE:g}",
            "fill": INK,
        },
    )
    ET.SubElement(svg, "title", {"id": f"{name}-title"}).text = title
    ET.SubElement(svg, "desc", {"id": f"{name}-says"}).text = says
    ET.SubElement(svg, "defs")
    return svg


def _plain(attribute: object) -> str:
    return f"{attribute:.1f}" if isinstance(attribute, float) else f"{attribute}"


def number_text(amount: float, number: str, digits: int = 0) -> str:
    """Return an amount in a format of spreadsheets, in at least so many decimals where it is short."""
    decimals = number.partition(".")[2].count("0")
    if "%" in number:
        return f"{rounded(100 * amount, decimals)} %"
    return rounded(amount, max(decimals, digits))


def _columns(drawing: Drawing, chart: Chart, document: Document) -> None:
    names = document.names(chart.categories)
    columns = [series for series in chart.series if series.role is not Role.CEILING]
    ceilings = [series for series in chart.series if series.role is Role.CEILING]
    fills = [drawing.fill(n, series) for n, series in enumerate(columns)]
    entries = [
        (series.name, fill, _edge(n, series))
        for n, (series, fill) in enumerate(zip(columns, fills, strict=True))
    ]
    drawing.legend([*entries, *((series.name, WHITE, INK) for series in ceilings)])
    numbers = [document.numbers(series.values) for series in columns]
    highest = [document.numbers(series.values) for series in ceilings]
    stacked = chart.form is Form.STACK
    ends = [0.0, *(height for row in highest for height in row if height is not None)]
    if stacked:
        for row in zip(*numbers, strict=True):
            ends += [
                sum(max(height or 0.0, 0.0) for height in row),
                sum(min(height or 0.0, 0.0) for height in row),
            ]
    else:
        ends += [number for row in numbers for number in row if number is not None]
    slot = drawing.wide / max(1, len(names))
    turned = any(breadth(name, SIZE) * POINTS > slot - 4 for name in names)
    drawing.bottom += TURNED - 20 if turned else 0
    axis = ChartAxis.over(chart.unit, ends)
    _up(drawing, axis, chart)
    for place, name in enumerate(names):
        middle = drawing.left + (place + 0.5) * slot
        _below(drawing, name, middle, slot, turned=turned)
        heights = [row[place] for row in numbers]
        left = middle - 0.35 * slot
        if stacked:
            _stack_at(drawing, axis, chart, (left, 0.7 * slot), name, heights, columns, fills)
        else:
            _side_by_side(drawing, axis, chart, (left, 0.7 * slot), name, heights, columns, fills)
    for row, series in zip(highest, ceilings, strict=True):
        _ceiling(drawing, axis, series.name, row, slot)
    drawing.text(drawing.left + drawing.wide / 2, HEIGHT - 8, chart.across, text_anchor="middle")


def _edge(number: int, series: Series) -> str:
    return PALE if series.role is Role.LEFT else SERIES[number % len(SERIES)]


def _stack_at(
    drawing: Drawing,
    axis: ChartAxis,
    chart: Chart,
    across: tuple[float, float],
    name: str,
    heights: Sequence[float | None],
    columns: Sequence[Series],
    fills: Sequence[str],
) -> None:
    ends = {True: 0.0, False: 0.0}
    for number, (height, series, fill) in enumerate(zip(heights, columns, fills, strict=True)):
        if not height:
            continue
        start, ends[height > 0] = ends[height > 0], ends[height > 0] + height
        shown = number_text(height, chart.number)
        says = f"{name}, {series.name}: {shown}"
        box = _upright(drawing, axis, start, ends[height > 0], across)
        drawing.add("rect", says, **box, fill=fill, stroke=_edge(number, series))
        if box["height"] >= LINE and breadth(shown, SIZE) * POINTS + 6 < across[1]:
            x, y = across[0] + across[1] / 2, box["y"] + box["height"] / 2 + 4
            _boxed(drawing, x, y, shown)


def _boxed(drawing: Drawing, x: float, y: float, shown: str) -> None:
    """Write a number on a plain ground, which no pattern makes hard to read."""
    wide = breadth(shown, SIZE) * POINTS + 6
    drawing.add("rect", x=x - wide / 2, y=y - 10, width=wide, height=13, fill=WHITE)
    drawing.text(x, y, shown, text_anchor="middle")


def _side_by_side(
    drawing: Drawing,
    axis: ChartAxis,
    chart: Chart,
    across: tuple[float, float],
    name: str,
    heights: Sequence[float | None],
    columns: Sequence[Series],
    fills: Sequence[str],
) -> None:
    width = across[1] / max(1, len(columns))
    for number, (height, series, fill) in enumerate(zip(heights, columns, fills, strict=True)):
        if height is None:
            continue
        shown = number_text(height, chart.number)
        box = _upright(drawing, axis, 0.0, height, (across[0] + number * width, width * 0.92))
        says = f"{name}, {series.name}: {shown}"
        drawing.add("rect", says, **box, fill=fill, stroke=_edge(number, series))
        if breadth(shown, SIZE) * POINTS <= width:
            y = box["y"] - 4 if height >= 0 else box["y"] + box["height"] + 12
            drawing.text(box["x"] + box["width"] / 2, y, shown, text_anchor="middle")


def _upright(
    drawing: Drawing, axis: ChartAxis, start: float, end: float, across: tuple[float, float]
) -> dict[str, float]:
    top, foot = drawing.y(axis, max(start, end)), drawing.y(axis, min(start, end))
    return {"x": across[0], "y": top, "width": across[1], "height": foot - top}


def _below(drawing: Drawing, name: str, x: float, slot: float, *, turned: bool) -> None:
    y = drawing.top + drawing.tall + LINE
    if turned:
        turn = f"rotate(-40 {x:.1f} {y:.1f})"
        drawing.text(x, y, name, TURNED + 20, text_anchor="end", transform=turn)
    else:
        drawing.text(x, y, name, slot, text_anchor="middle")


def _ceiling(drawing: Drawing, axis: ChartAxis, name: str, numbers: Numbers, slot: float) -> None:
    places = [
        (drawing.left + (n + 0.5) * slot, drawing.y(axis, number), number)
        for n, number in enumerate(numbers)
        if number is not None
    ]
    _join(drawing, [(x, y) for x, y, _it in places], INK, "7 4")
    for x, y, number in places:
        drawing.mark("diamond", x, y, 4, f"{name}: {number:,g}", fill=WHITE, stroke=INK)


def _up(drawing: Drawing, axis: ChartAxis, chart: Chart) -> None:
    """Draw the axis at the left with its lines, its numbers and its unit."""
    end = drawing.left + drawing.wide
    for amount in axis.marks():
        y = drawing.y(axis, amount)
        edge = RULE if abs(amount) < axis.step / 2 else GRID
        drawing.add("line", x1=drawing.left, x2=end, y1=y, y2=y, stroke=edge)
        shown = number_text(amount, chart.number, axis.digits)
        drawing.text(drawing.left - 6, y + 4, shown, LEFT - 22, text_anchor="end")
    middle = drawing.top + drawing.tall / 2
    turn = f"rotate(-90 14 {middle:.1f})"
    drawing.text(14, middle, axis.title, drawing.tall, text_anchor="middle", transform=turn)


def _along(drawing: Drawing, axis: ChartAxis, number: str) -> None:
    """Draw the axis at the foot."""
    foot = drawing.top + drawing.tall
    for amount in axis.marks():
        x = drawing.x(axis, amount)
        edge = RULE if abs(amount) < axis.step / 2 else GRID
        drawing.add("line", x1=x, x2=x, y1=drawing.top, y2=foot, stroke=edge)
        shown = number_text(amount, number, axis.digits)
        drawing.text(x, foot + LINE, shown, text_anchor="middle")
    middle = drawing.left + drawing.wide / 2
    drawing.text(middle, HEIGHT - 8, axis.title, drawing.wide, text_anchor="middle")


def _rows(drawing: Drawing, names: Sequence[str]) -> Iterator[tuple[float, float]]:
    """Write names at the side; yield the top and the height of the bar beside each."""
    drawing.left = SIDE
    slot = drawing.tall / max(1, len(names))
    for place, name in enumerate(names):
        top = drawing.top + place * slot
        y = top + slot / 2 + 4
        drawing.text(drawing.left - 8, y, name, SIDE - 16, text_anchor="end")
        yield top + 0.15 * slot, 0.7 * slot


def _bars(drawing: Drawing, chart: Chart, document: Document) -> None:
    names = document.names(chart.categories)
    numbers = [document.numbers(series.values) for series in chart.series]
    fills = [drawing.fill(n, series) for n, series in enumerate(chart.series)]
    if len(fills) > 1:
        drawing.legend(
            [
                (series.name, fill, _edge(n, series))
                for n, (series, fill) in enumerate(zip(chart.series, fills, strict=True))
            ]
        )
    drawing.left, drawing.right = SIDE, NUMBER
    axis = ChartAxis.over(
        chart.unit, [0.0, *(number for row in numbers for number in row if number is not None)]
    )
    if chart.most is not None:
        axis = ChartAxis(chart.unit, 0.0, chart.most, chart.most / 5)
    _along(drawing, axis, chart.number)
    for place, (top, height) in enumerate(_rows(drawing, names)):
        for number, (row, series) in enumerate(zip(numbers, chart.series, strict=True)):
            amount = row[place]
            if amount is None:
                continue
            shown = number_text(amount, chart.number, 1)
            start, end = sorted((drawing.x(axis, 0.0), drawing.x(axis, amount)))
            box = {"x": start, "y": top, "width": end - start, "height": height}
            look = {"fill": fills[number], "stroke": _edge(number, series)}
            drawing.add("rect", f"{names[place]}, {series.name}: {shown}", **box, **look)
            x, anchor = (end + 4, "start") if amount >= 0 else (start - 4, "end")
            drawing.text(x, top + height / 2 + 4, shown, text_anchor=anchor)


def _waterfall(drawing: Drawing, chart: Chart, document: Document) -> None:
    (series,) = chart.series
    found = pieces(document.names(chart.categories), document.numbers(series.values))
    drawing.left, drawing.bottom = SIDE, BOTTOM - LINE
    ends = [0.0]
    for piece in found:
        tops = (piece.base + (end or 0.0) for end in (piece.level, piece.rise, piece.fall))
        ends += [piece.base, *tops, piece.below or 0.0]
    axis = ChartAxis.over(chart.unit, ends)
    _along(drawing, axis, chart.number)
    looks = {
        "level": (INK, ""),
        "rise": (ADDS, ""),
        "fall": (TAKES, STROKES[1]),
        "below": (ADDS, STROKES[3]),
    }
    for piece, (top, height) in zip(
        found, _rows(drawing, [piece_.name for piece_ in found]), strict=True
    ):
        for part, (colour, strokes) in looks.items():
            size = getattr(piece, part)
            if size is None:
                continue
            base = 0.0 if part == "below" else piece.base
            start, end = sorted((drawing.x(axis, base), drawing.x(axis, base + size)))
            box = {"x": start, "y": top, "width": max(end - start, 1.0), "height": height}
            fill = drawing.filled(colour, strokes)
            drawing.add("rect", piece.name, **box, fill=fill, stroke=colour)


def _join(
    drawing: Drawing, places: Sequence[tuple[float, float]], colour: str, dashes: str
) -> None:
    if len(places) > 1:
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        look = {"stroke": colour, "stroke_width": 1.75, "fill": "none"}
        if dashes:
            look["stroke_dasharray"] = dashes
        drawing.add("polyline", points=points, **look)


@dataclass(frozen=True)
class PlacedSeries:
    """Points of a series, each with its place in the drawing."""

    series: Series
    points: tuple[tuple[float, float], ...]
    places: tuple[tuple[float, float], ...]

    def says(self, number: int) -> str:
        """Return what a point is."""
        x, y = self.points[number]
        return _("{name}: {across}, {up}").format(
            name=self.series.name, across=f"{x:,g}", up=f"{y:,g}"
        )


def _scattered(drawing: Drawing, chart: Chart, document: Document) -> list[PlacedSeries]:
    """Draw the axes of two measures; return every series with the places of its points."""
    points = [document.pairs(series) for series in chart.series]
    across = ChartAxis.over(chart.across, [x for row in points for x, _y in row])
    up = ChartAxis.over(chart.unit, [y for row in points for _x, y in row])
    _along(drawing, across, "0")
    _up(drawing, up, chart)
    return [
        PlacedSeries(series, row, tuple((drawing.x(across, x), drawing.y(up, y)) for x, y in row))
        for series, row in zip(chart.series, points, strict=True)
    ]


def _curves(drawing: Drawing, chart: Chart, document: Document) -> None:
    direct = len(chart.series) <= DIRECT
    colours = [SERIES[n % len(SERIES)] for n in range(len(chart.series))]
    if direct:
        drawing.right = SIDE - 60 if len(chart.series) > 1 else RIGHT
    else:
        pairs = zip(chart.series, colours, strict=True)
        drawing.legend([(series.name, colour, colour) for series, colour in pairs])
    curves = _scattered(drawing, chart, document)
    for number, (curve, colour) in enumerate(zip(curves, colours, strict=True)):
        _join(drawing, curve.places, colour, DASHES[number % len(DASHES)])
        fill = WHITE if number % 2 else colour
        for place, (x, y) in enumerate(curve.places):
            says, kind = curve.says(place), MARKS[number % len(MARKS)]
            drawing.mark(kind, x, y, 3.5, says, fill=fill, stroke=colour)
    if direct and len(curves) > 1:
        ends = [(curve.places[-1], curve.series.name) for curve in curves if curve.places]
        _names_at_ends(drawing, ends)


def _names_at_ends(drawing: Drawing, ends: Sequence[tuple[tuple[float, float], str]]) -> None:
    """Write the name of each curve where it ends, each on a line of its own."""
    ranked = sorted(ends, key=lambda end: end[0][1])
    lines = [y for (_x, y), _name in ranked]
    for place, (above, here) in enumerate(pairwise(lines[:]), 1):
        lines[place] = max(here, lines[place - 1] + LINE, above)
    over = max(0.0, lines[-1] - (drawing.top + drawing.tall)) if lines else 0.0
    for ((x, _y), name), y in zip(ranked, lines, strict=True):
        drawing.text(x + 10, y + 4 - over, name, WIDTH - x - 14)


def _points(drawing: Drawing, chart: Chart, document: Document) -> None:
    many = [series for series in chart.series if len(document.pairs(series)) > 1]
    mains = [series for series in chart.series if series.role is Role.MAIN]
    colours = {id(series): SERIES[n % len(SERIES)] for n, series in enumerate(mains)}
    shown = [series for series in many if series.role in {Role.MAIN, Role.LIGHT}]
    if shown:
        entries = [(series.name, colours.get(id(series), LIGHT)) for series in shown]
        drawing.legend([(name, colour, colour) for name, colour in entries])
    for placed in _scattered(drawing, chart, document):
        series = placed.series
        colour = colours.get(id(series), INK)
        kind = MARKS[mains.index(series) % len(MARKS)] if series in mains else "diamond"
        size = 5.0
        if series.role is Role.JOINED:
            _join(drawing, placed.places, PALE, "")
            continue
        if series.role is Role.LIGHT:
            kind, colour, size = "square", LIGHT, 3.5
        elif series.role is Role.ALONE:
            size = 7.0
        for number, (x, y) in enumerate(placed.places):
            drawing.mark(kind, x, y, size, placed.says(number), fill=colour, stroke=INK)
            if len(placed.places) == 1:
                _beside(drawing, x, y, series.name)


def _beside(drawing: Drawing, x: float, y: float, name: str) -> None:
    """Write the name of a point on the side where there is more room."""
    room = drawing.left + drawing.wide - x - 10
    if breadth(name, SIZE) * POINTS <= room or room > drawing.wide / 2:
        drawing.text(x + 10, y - 6, name, room)
    else:
        drawing.text(x - 10, y - 6, name, x - drawing.left - 10, text_anchor="end")


_FORMS: Mapping[Form, Callable[[Drawing, Chart, Document], None]] = {
    Form.COLUMNS: _columns,
    Form.STACK: _columns,
    Form.CURVES: _curves,
    Form.POINTS: _points,
    Form.BARS: _bars,
    Form.WATERFALL: _waterfall,
}
