"""Timelines and heat maps as SVG: bars over years, and shares as shaded cells with their numbers."""

from itertools import groupby
from xml.etree import ElementTree as ET

from choosebattles.report.document import HeatMap, Timeline, Tone
from choosebattles.report.outputs.cell_text import bare_percent
from choosebattles.report.outputs.colours import BUILDS, GRID, WORKS, shade
from choosebattles.report.outputs.svg import LINE, SIZE, STROKES, WIDTH, Drawing, opened
from choosebattles.report.outputs.text_fitting import POINTS, breadth
from choosebattles.translation import _

ROW = 19.0
NAMES, OWNERS, AMOUNTS = 230.0, 118.0, 40.0
PILLARS = 84.0
"""Widths of the columns of a timeline."""
CELL = 20.0
SHOCKS = 190.0
TURNED = 128.0
"""Height of a row of a map, room for the names of its rows, and of its turned columns."""


def draw_timeline(drawn: Timeline, name: str) -> str:
    """Return a timeline as SVG, under a name of its own within the page."""
    height = 2 * LINE + 26 + ROW * len(drawn.bars)
    svg = opened(name, _("Timeline"), drawn.says, height)
    drawing = Drawing(svg, name)
    hatched = drawing.filled(BUILDS, STROKES[1])
    drawing.top = 6.0
    drawing.left = 0.0
    drawing.legend([(_("is built"), hatched, BUILDS), (_("works"), WORKS, WORKS)])
    pillars = PILLARS if drawn.grouped else 0.0
    owners = OWNERS if drawn.owned else 0.0
    left, right = pillars + NAMES + owners, WIDTH - AMOUNTS
    year = (right - left) / len(drawn.years)
    top = drawing.top + LINE
    for place, each in enumerate(drawn.years):
        x = left + place * year
        drawing.add("line", x1=x, x2=x, y1=top - 10, y2=height, stroke=GRID)
        shown = f"{each}" if breadth(f"{each}", SIZE) * POINTS <= year else f"{each % 100:02d}"
        drawing.text(x + year / 2, top - 2, shown, year, text_anchor="middle")
    drawing.text(WIDTH, top - 2, drawn.amounts, AMOUNTS, text_anchor="end")
    y = top + 6
    for pillar, rows in groupby(drawn.bars, key=lambda bar: bar.group):
        drawing.add("line", x1=0.0, x2=WIDTH, y1=y, y2=y, stroke=GRID)
        drawing.text(0.0, y + 13, pillar, max(pillars - 6, 1.0), font_weight="bold")
        for bar in rows:
            drawing.text(pillars, y + 13, bar.name, NAMES - 8)
            drawing.text(pillars + NAMES, y + 13, bar.owner, max(owners - 6, 1.0))
            for span, says, fill, edge in (
                (bar.builds, _("is built"), hatched, BUILDS),
                (bar.works, _("works"), WORKS, WORKS),
            ):
                if span is not None:
                    x = left + (span[0] - drawn.years[0]) * year + 1
                    wide = (span[1] - span[0] + 1) * year - 2
                    box = {"x": x, "y": y + 3, "width": wide, "height": ROW - 6}
                    drawing.add(
                        "rect",
                        f"{bar.name}, {says}: {span[0]}-{span[1]}",
                        **box,
                        fill=fill,
                        stroke=edge,
                    )
            if bar.together:
                drawing.text(left + 2, y + 13, f"{bar.start}", right - left)
            drawing.text(WIDTH, y + 13, bar.amount, AMOUNTS, text_anchor="end")
            y += ROW
    return ET.tostring(svg, encoding="unicode")


def draw_heat_map(drawn: HeatMap, name: str) -> str:
    """Return both maps as SVG, under a name of its own within the page."""
    height = LINE + TURNED + 12 + CELL * len(drawn.rows)
    svg = opened(name, _("Shares that remain"), drawn.says, height)
    drawing = Drawing(svg, name)
    number = len(drawn.columns)
    wide = min(44.0, (WIDTH - SHOCKS - 10) / (2 * number))
    top = LINE + TURNED + 6
    drawing.text(0.0, top - 6, drawn.corner, SHOCKS - 6, font_weight="bold")
    for place, row in enumerate(drawn.rows):
        drawing.text(0.0, top + place * CELL + 14, row, SHOCKS - 6)
    for which, (title, levels) in enumerate(drawn.maps):
        left = SHOCKS + which * (number * wide + 10)
        drawing.text(
            left + number * wide / 2,
            12,
            title,
            number * wide,
            text_anchor="middle",
            font_weight="bold",
        )
        for place, column in enumerate(drawn.columns):
            x = left + (place + 0.5) * wide + 4
            turn = f"rotate(-90 {x:.1f} {top - 5:.1f})"
            drawing.text(x, top - 5, column, TURNED - 4, transform=turn)
        for line, shares in enumerate(levels):
            for place, share in enumerate(shares):
                box = {
                    "x": left + place * wide,
                    "y": top + line * CELL,
                    "width": wide - 1,
                    "height": CELL - 1,
                }
                says = (
                    f"{drawn.rows[line]}, {drawn.columns[place]}, {title}: {bare_percent(share)} %"
                )
                drawing.add("rect", says, **box, fill=shade(Tone.KEPT, share))
                x, y = box["x"] + (wide - 1) / 2, box["y"] + 14
                drawing.text(x, y, bare_percent(share), wide, text_anchor="middle")
    return ET.tostring(svg, encoding="unicode")
