"""Native tables whose rows never grow: every text is cut to the lines that there are."""

from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.util import Pt

from choosebattles.report.brief.shapes import Grid
from choosebattles.report.outputs.columns import roomy
from choosebattles.report.outputs.fit import HAIR, breadth, clipped, height, lines
from choosebattles.report.outputs.slides.charts import Box, described
from choosebattles.report.outputs.slides.master import emu
from choosebattles.report.sheets.looks import FACE, INK, RULE

SIZES = (14.0, 13.0, 12.0, 11.0, 10.0, 9.0)
MARGIN = 0.07
"""Inches left and right of a cell's text."""
EDGE = 0.035
"""Inches above and below it."""
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""What PowerPoint calls no style, no grid."""
SHADES = ("#F3B98A", "#F8D9B8", "#EEF2F6", "#CFE2F1", "#A9CBE6")
"""From nothing to all: told apart in grey too, and never without the number."""
MOST_LINES = 3
MOST_HEAD = 4


@dataclass(frozen=True)
class _Set:
    """A table as it is set: size, inches of each column, lines of the head and of each row."""

    size: float
    widths: tuple[float, ...]
    head: int
    lines: tuple[int, ...]

    @property
    def heights(self) -> tuple[float, ...]:
        return tuple(height(each, self.size) + 2 * EDGE for each in (self.head, *self.lines))


def table(slide: Any, grid: Grid, box: Box, says: str) -> float:
    """Draw a table into a box; return where it ends, in inches from the top."""
    left, top, width, tall = box
    fits = _chosen(grid, width, tall)
    widths = fits.widths
    rows = (grid.heads, *grid.rows)
    frame = slide.shapes.add_table(
        len(rows), len(widths), emu(left), emu(top), emu(width), emu(sum(fits.heights))
    )
    described(frame, says)
    found = frame.table
    found._tbl.tblPr.find(f"{{{_A}}}tableStyleId").text = NO_STYLE  # noqa: SLF001
    found.horz_banding = False
    for column, each in zip(found.columns, widths, strict=True):
        column.width = emu(each)
    for row, each in zip(found.rows, fits.heights, strict=True):
        row.height = emu(each)
    middle = {n for row in grid.shades for n, shade in enumerate(row) if shade is not None}
    for number, row in enumerate(rows):
        most = fits.head if number == 0 else fits.lines[number - 1]
        for place, text in enumerate(row):
            cell = found.cell(number, place)
            bold = number == 0
            room = widths[place] - 2 * MARGIN
            _write(cell, clipped(text, fits.size, room, most, bold=bold), fits.size, bold=bold)
            if place in grid.right:
                cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
            shade = None if bold or not grid.shades else grid.shades[number - 1][place]
            if place in middle:
                cell.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
            _colour(cell, INK if bold else None if shade is None else _shade(shade))
    return top + sum(fits.heights)


def _chosen(grid: Grid, width: float, tall: float) -> _Set:
    """Return the largest letters in which all texts fit; else the smallest, with texts cut."""
    for size in SIZES:
        found = _set(grid, width, size, MOST_LINES)
        if sum(found.heights) <= tall and not _cut(grid, found):
            return found
    for most in (MOST_LINES, 2, 1):
        found = _set(grid, width, SIZES[-1], most)
        if sum(found.heights) <= tall:
            return found
    return found


def _set(grid: Grid, width: float, size: float, most: int) -> _Set:
    widths = tuple(roomy(grid, size, width, 2 * MARGIN))
    rooms = [each - 2 * MARGIN for each in widths]
    head = max(
        lines(text, size, room, bold=True) for text, room in zip(grid.heads, rooms, strict=True)
    )
    return _Set(
        size,
        widths,
        min(head, MOST_HEAD),
        tuple(
            min(most, max(lines(text, size, room) for text, room in zip(row, rooms, strict=True)))
            for row in grid.rows
        ),
    )


def _cut(grid: Grid, found: _Set) -> bool:
    """Say whether a text has no room, or a word of a head would be broken."""
    rooms = [each - 2 * MARGIN for each in found.widths]
    broken = any(
        breadth(word, found.size, bold=True) > room + HAIR
        for text, room in zip(grid.heads, rooms, strict=True)
        for word in text.split()
    )
    return broken or any(
        lines(text, found.size, room) > MOST_LINES
        for row in grid.rows
        for text, room in zip(row, rooms, strict=True)
    )


def _shade(share: float) -> str:
    return SHADES[min(len(SHADES) - 1, int(len(SHADES) * max(0.0, share) + 1e-9))]


def _write(cell: Any, text: str, size: float, *, bold: bool) -> None:
    frame = cell.text_frame
    frame.word_wrap = True
    cell.margin_left = cell.margin_right = emu(MARGIN)
    cell.margin_top = cell.margin_bottom = emu(EDGE)
    cell.vertical_anchor = MSO_ANCHOR.TOP
    frame.text = text
    font = frame.paragraphs[0].font
    font.size, font.name, font.bold = Pt(size), FACE, bold
    font.color.rgb = RGBColor.from_string("FFFFFF" if bold else "1F2933")


_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def _colour(cell: Any, colour: str | None) -> None:
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001
    properties.append(
        parse_xml(
            f'<a:lnB xmlns:a="{_A}" w="6350"><a:solidFill><a:srgbClr val="{RULE[1:]}"/>'
            "</a:solidFill></a:lnB>"
        )
    )
    if colour is None:
        cell.fill.background()
    else:
        cell.fill.solid()
        cell.fill.fore_color.rgb = RGBColor.from_string(colour[1:])
