"""A timeline: names and amounts in a native table, bars as shapes above it."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_PATTERN
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Pt

from choosebattles.report.document import Timeline
from choosebattles.report.outputs.colours import BUILDS, INK, WHITE, WORKS
from choosebattles.report.outputs.office_charts import Box, describe
from choosebattles.report.outputs.slides.master import emu, set_letters
from choosebattles.report.outputs.slides.tables import bare_table, colour_cell, write_cell
from choosebattles.report.outputs.text_fitting import LEADING, breadth, clipped, lines
from choosebattles.translation import _

SIZES = (12.0, 11.0, 10.0)
HEAD = 0.3
LEGEND = 0.3
ROOMY = 0.34
"""Inches of a row at the most."""
MARGIN, EDGE = 0.06, 0.02
PILLAR, OWNER = (0.8, 1.6), (1.0, 2.6)
"""Inches of the columns that are as broad as their names, at least and at most."""
START, AMOUNT = 1.0, 0.75
YEARS = 3.7
"""Inches of the columns; of all years together."""
DIGITS = 12
"""Years up to which they have four digits."""


def draw_timeline(slide: Any, drawn: Timeline, box: Box) -> float:
    """Draw a timeline into a box; return where it ends, in inches from the top."""
    left, top, width, tall = box
    top += LEGEND
    row = min(ROOMY, (tall - LEGEND - HEAD) / max(1, len(drawn.bars)))
    size = next((size for size in SIZES if size * LEADING / 72 + 2 * EDGE <= row), SIZES[-1])
    pillar = _broad({bar.group for bar in drawn.bars}, size, PILLAR, bold=True)
    before = [
        *([(_("Pillar"), pillar)] if drawn.grouped else []),
        (_("What is done"), 0.0),
        *(
            [(_("Owner"), _broad({bar.owner for bar in drawn.bars}, size, OWNER))]
            if drawn.owned
            else []
        ),
        (_("Starts"), START),
    ]
    year = YEARS / len(drawn.years)
    rest = width - sum(inches for _name, inches in before) - YEARS - AMOUNT
    before = [(name, inches or rest) for name, inches in before]
    short = len(drawn.years) > DIGITS
    heads = [
        *before,
        *((f"{each % 100:02d}" if short else f"{each}", year) for each in drawn.years),
        (drawn.amounts, AMOUNT),
    ]
    widths = [inches for _name, inches in heads]
    heights = [HEAD, *([row] * len(drawn.bars))]
    frame = bare_table(slide, (left, top), widths, heights)
    describe(frame, drawn.says)
    table = frame.table
    for place, (name, inches) in enumerate(heads):
        cell = table.cell(0, place)
        middle = len(before) <= place < len(heads) - 1
        margin = 0.0 if middle else MARGIN
        fits = next(
            (it for it in (10.0, 9.0) if lines(name, it, inches - 2 * margin, bold=True) == 1), 9.0
        )
        write_cell(
            cell,
            clipped(name, fits, inches - 2 * margin, 1, bold=True),
            fits,
            bold=True,
            head=True,
            margins=(margin, EDGE),
        )
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        if middle:
            cell.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
        colour_cell(cell, INK)
    table.cell(0, len(heads) - 1).text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
    first = len(before)
    start = left + sum(widths[:first])
    for number, bar in enumerate(drawn.bars, 1):
        texts = [
            *([bar.group] if drawn.grouped else []),
            bar.name,
            *([bar.owner] if drawn.owned else []),
            f"{bar.start}",
        ]
        texts += [""] * len(drawn.years) + [bar.amount]
        for place, (text, inches) in enumerate(zip(texts, widths, strict=True)):
            cell = table.cell(number, place)
            grouped = drawn.grouped and place == 0
            shown = "" if grouped else clipped(text, size, inches - 2 * MARGIN, 1)
            write_cell(cell, shown, size, bold=False, head=False, margins=(MARGIN, EDGE))
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            colour_cell(cell, None)
        table.cell(number, len(texts) - 1).text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
        middle_of = top + HEAD + (number - 0.5) * row
        for span, builds in ((bar.builds, True), (bar.works, False)):
            if span is None:
                continue
            at = start + (span[0] - drawn.years[0]) * year
            long = (span[1] - span[0] + 1) * year
            place_bar(slide, (at + 0.02, middle_of - 0.32 * row, long - 0.04, 0.64 * row), builds)
    if drawn.grouped:
        _groups(table, drawn, size, pillar)
    _legend(slide, left, top - LEGEND)
    return top + HEAD + row * len(drawn.bars)


def _broad(
    names: Iterable[str], size: float, ends: tuple[float, float], *, bold: bool = False
) -> float:
    """Return how broad a column of names is."""
    longest = max((breadth(name, size, bold=bold) for name in names), default=0.0)
    return min(ends[1], max(ends[0], longest + 2 * MARGIN + 0.02))


def _groups(table: Any, drawn: Timeline, size: float, wide: float) -> None:
    """Write each pillar once, beside all of its rows."""
    number = 1
    for name, rows in groupby(drawn.bars, key=lambda bar: bar.group):
        many = len(list(rows))
        cell = table.cell(number, 0)
        write_cell(
            cell,
            clipped(name, size, wide - 2 * MARGIN, many, bold=True),
            size,
            bold=True,
            head=False,
            margins=(MARGIN, EDGE),
        )
        if many > 1:
            cell.merge(table.cell(number + many - 1, 0))
        number += many


def place_bar(slide: Any, box: Box, builds: bool) -> None:
    """Draw a bar: hatched while something is built, full while it works."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(emu, box))
    shape.name = _("builds") if builds else _("works")
    shape.shadow.inherit = False
    colour = BUILDS if builds else WORKS
    if builds:
        shape.fill.patterned()
        shape.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        shape.fill.back_color.rgb = RGBColor.from_string(WHITE[1:])
    else:
        shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor.from_string(colour[1:])
    shape.line.color.rgb = RGBColor.from_string(colour[1:])
    shape.line.width = Pt(0.75)


def _legend(slide: Any, left: float, top: float) -> None:
    for place, (says, builds) in enumerate(((_("is built"), True), (_("works"), False))):
        at = left + 1.4 * place
        place_bar(slide, (at, top + 0.06, 0.35, 0.14), builds)
        text = slide.shapes.add_textbox(*map(emu, (at + 0.4, top, 0.95, 0.26)))
        frame = text.text_frame
        frame.margin_left = frame.margin_top = frame.margin_bottom = 0
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        frame.text = says
        set_letters(frame.paragraphs[0], 10)
