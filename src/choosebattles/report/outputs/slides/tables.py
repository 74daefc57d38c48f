"""Native tables whose rows never grow: what has no room is counted, and said to stand elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml

from choosebattles.report.outputs.colours import INK, RULE, TEXT, WHITE
from choosebattles.report.outputs.column_widths import SLACK, roomy
from choosebattles.report.outputs.grid import TextGrid
from choosebattles.report.outputs.office_charts import Box, describe
from choosebattles.report.outputs.slides.master import emu, set_letters
from choosebattles.report.outputs.text_fitting import HAIR, breadth, clipped, height, lines
from choosebattles.translation import _, several

SIZES = (14.0, 13.0, 12.0, 11.0, 10.0, 9.0)
LEGIBLE = 10.0
"""Points of the letters of a table of which not all rows have room."""
FEW = 16
"""Rows that all stand on a slide, though ends of long texts are left out."""
MARGIN = 0.07
"""Inches left and right of a cell's text."""
EDGE = 0.035
"""Inches above and below it."""
LONGEST = 1.6
"""Inches of a word for which no column is left out: a longer one is broken."""
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""What PowerPoint calls no style, no grid."""
WHOLE_LINES = 5
"""Lines of a row of a table that has room for every text."""
MOST_LINES = 3
"""The same where ends of texts are left out."""
MOST_HEAD = 4


@dataclass(frozen=True)
class Fitted:
    """A table as it is set: size, inches of each column, lines of the head and of each row.

    ``rows_left`` and ``columns_left`` are how many of them had no room.
    """

    grid: TextGrid
    size: float
    widths: tuple[float, ...]
    head: int
    lines: tuple[int, ...]
    rows_left: int = 0
    columns_left: int = 0

    @property
    def heights(self) -> tuple[float, ...]:
        """Return the inches of the head and of each row."""
        return tuple(height(number, self.size) + 2 * EDGE for number in (self.head, *self.lines))

    @property
    def tall(self) -> float:
        """Return the inches of the whole."""
        return sum(self.heights)

    @property
    def whole(self) -> bool:
        """Say whether every row and column stands in it, and no text is cut."""
        return not (self.rows_left or self.columns_left or self._cut())

    @property
    def unbroken(self) -> bool:
        """Say whether no word of a row is broken for want of width."""
        rooms = [width - 2 * MARGIN for width in self.widths]
        return not any(
            breadth(word, self.size) > room + HAIR
            for row in self.grid.rows
            for text, room in zip(row, rooms, strict=True)
            for word in text.split()
        )

    def _cut(self) -> bool:
        """Say whether a text has no room, or a word of a head would be broken."""
        rooms = [width - 2 * MARGIN for width in self.widths]
        broken = any(
            breadth(word, self.size, bold=True) > room + HAIR
            for text, room in zip(self.grid.heads, rooms, strict=True)
            for word in text.split()
        )
        return broken or any(
            lines(text, self.size, room) > most
            for row, most in zip(self.grid.rows, self.lines, strict=True)
            for text, room in zip(row, rooms, strict=True)
        )

    def left(self, elsewhere: str) -> Iterator[str]:
        """Yield how many rows and columns had no room, and where they stand."""
        if self.rows_left:
            text = _("{number} more: {place}.")
            yield text.format(number=self.rows_left, place=elsewhere)
        if self.columns_left:
            text = several(
                "{number} more column: {place}.",
                "{number} more columns: {place}.",
                self.columns_left,
            )
            yield text.format(number=self.columns_left, place=elsewhere)


def fit_table(grid: TextGrid, width: float, tall: float) -> Fitted:
    """Return a table in the largest letters in which all of it fits into a box in inches.

    Where it fits in none, the last columns are left out until no word and no number is broken,
    and the last rows until the others can be read.
    """
    narrow = grid
    while len(narrow.heads) > max(2, grid.keep) and _needs(narrow) > width:
        narrow = narrow.columns(range(len(narrow.heads) - 1))
    without = len(grid.heads) - len(narrow.heads)
    for size in SIZES:
        found = _set(narrow, width, size, WHOLE_LINES)
        if found.tall <= tall and found.whole:
            return _counted(found, 0, without)
    rows = len(narrow.rows) - narrow.totals
    for most in (MOST_LINES, MOST_LINES - 1) if rows <= FEW else ():
        found = _set(narrow, width, SIZES[-1], most)
        if found.tall <= tall:
            return _counted(found, 0, without)
    for number in range(rows, 0, -1):
        found = _set(narrow.first(number), width, LEGIBLE, MOST_LINES)
        if found.tall <= tall:
            return _counted(found, rows - number, without)
    return _counted(_set(narrow.first(1), width, SIZES[-1], 1), rows - 1, without)


def _needs(grid: TextGrid) -> float:
    """Return the inches in which the words of heads and the numbers stand unbroken."""
    needed = 0.0
    for place, head in enumerate(grid.heads):
        texts = [(word, True) for word in head.split()]
        if place in grid.right:
            texts += [(row[place], False) for row in grid.rows]
        longest = max((breadth(text, LEGIBLE, bold=bold) for text, bold in texts), default=0.0)
        needed += min(longest, LONGEST) + 2 * MARGIN + SLACK
    return needed


def _set(grid: TextGrid, width: float, size: float, most: int) -> Fitted:
    widths = tuple(roomy(grid, size, width, 2 * MARGIN))
    rooms = [column - 2 * MARGIN for column in widths]
    head = max(
        lines(text, size, room, bold=True) for text, room in zip(grid.heads, rooms, strict=True)
    )
    return Fitted(
        grid,
        size,
        widths,
        min(head, MOST_HEAD),
        tuple(
            min(most, max(lines(text, size, room) for text, room in zip(row, rooms, strict=True)))
            for row in grid.rows
        ),
    )


def _counted(found: Fitted, rows: int, columns: int) -> Fitted:
    return replace(found, rows_left=rows, columns_left=columns)


def draw_table(slide: Any, fitted: Fitted, box: Box, says: str) -> float:
    """Draw a table into a box; return where it ends, in inches from the top."""
    left, top, _width, _tall = box
    grid = fitted.grid
    rows = (grid.heads, *grid.rows)
    frame = bare_table(slide, (left, top), fitted.widths, fitted.heights)
    describe(frame, says)
    drawn = frame.table
    middle = grid.middle
    for number, row in enumerate(rows):
        head, total = number == 0, number > len(grid.rows) - grid.totals
        most = fitted.head if head else fitted.lines[number - 1]
        for place, text in enumerate(row):
            cell = drawn.cell(number, place)
            bold = head or total
            room = fitted.widths[place] - 2 * MARGIN
            shown = clipped(text, fitted.size, room, most, bold=bold)
            write_cell(cell, shown, fitted.size, bold=bold, head=head)
            if head:
                cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            if place in grid.right:
                cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
            if place in middle:
                cell.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
            colour = None if head or not grid.colours else grid.colours[number - 1][place]
            colour_cell(cell, INK if head else colour)
    return top + fitted.tall


def bare_table(
    slide: Any, corner: tuple[float, float], widths: Sequence[float], heights: Sequence[float]
) -> Any:
    """Add an empty table without a style; return its frame."""
    left, top = corner
    frame = slide.shapes.add_table(
        len(heights), len(widths), emu(left), emu(top), emu(sum(widths)), emu(sum(heights))
    )
    drawn = frame.table
    drawn._tbl.tblPr.find(f"{{{_A}}}tableStyleId").text = NO_STYLE  # noqa: SLF001
    drawn.horz_banding = False
    for column, inches in zip(drawn.columns, widths, strict=True):
        column.width = emu(inches)
    for row, inches in zip(drawn.rows, heights, strict=True):
        row.height = emu(inches)
    return frame


def write_cell(
    cell: Any,
    text: str,
    size: float,
    *,
    bold: bool,
    head: bool,
    margins: tuple[float, float] = (MARGIN, EDGE),
) -> None:
    """Write a text into a cell, with its margins across and up in inches."""
    frame = cell.text_frame
    frame.word_wrap = True
    cell.margin_left = cell.margin_right = emu(margins[0])
    cell.margin_top = cell.margin_bottom = emu(margins[1])
    cell.vertical_anchor = MSO_ANCHOR.TOP
    frame.text = text
    for paragraph in frame.paragraphs:
        set_letters(paragraph, size, bold=bold, colour=WHITE if head else TEXT)


_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def colour_cell(cell: Any, colour: str | None) -> None:
    """Give a cell a line below it and, if any, a ground."""
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
