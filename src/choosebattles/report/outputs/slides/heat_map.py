"""Two maps beside each other in a native table: today, and with the plan."""

from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

from choosebattles.report.document import HeatMap, Tone
from choosebattles.report.outputs.cell_text import bare_percent
from choosebattles.report.outputs.colours import INK, shade
from choosebattles.report.outputs.office_charts import Box, describe
from choosebattles.report.outputs.slides.tables import bare_table, colour_cell, write_cell
from choosebattles.report.outputs.text_fitting import LEADING, broken, clipped, lines

SIZE = 10.0
TITLE = 0.28
GAP = 0.12
"""Inches of the row of titles, and between the maps."""
NAMES = 2.7
WIDEST, HIGHEST = 0.95, 0.36
"""Inches of the names of rows, and of a cell at the most."""
HEADS = (0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0)
"""Inches of the names of columns, which are turned."""
LOWEST = 0.21
"""Inches of a row at the least."""
EDGE = 0.02


def draw_heat_map(slide: Any, drawn: HeatMap, box: Box) -> float:
    """Draw the maps into a box; return where they end, in inches from the top."""
    left, top, width, tall = box
    number = len(drawn.columns)
    wide = min(WIDEST, (width - NAMES - GAP) / (2 * number))
    names = min(width - GAP - 2 * number * wide, NAMES + 1.0)
    most = max(1, int((wide - 2 * EDGE) * 72 / (SIZE * LEADING)))
    heads = [inches for inches in HEADS if tall - TITLE - inches >= LOWEST * len(drawn.rows)]
    head = next(
        (inches for inches in heads if _fit(drawn.columns, inches - 2 * EDGE, most)),
        heads[-1] if heads else HEADS[0],
    )
    high = min(HIGHEST, (tall - TITLE - head) / len(drawn.rows))
    widths = [names, *([wide] * number), GAP, *([wide] * number)]
    heights = [TITLE, head, *([high] * len(drawn.rows))]
    frame = bare_table(slide, (left, top), widths, heights)
    describe(frame, drawn.says)
    table = frame.table
    for row in range(len(heights)):
        for column in range(len(widths)):
            write_cell(
                table.cell(row, column), "", SIZE, bold=False, head=False, margins=(EDGE, EDGE)
            )
    corner = table.cell(1, 0)
    write_cell(corner, drawn.corner, SIZE, bold=True, head=False, margins=(0.06, EDGE))
    corner.vertical_anchor = MSO_ANCHOR.BOTTOM
    for row, name in enumerate(drawn.rows, 2):
        shown = clipped(name, SIZE, names - 0.12, max(1, int(high * 72 / (SIZE * LEADING))))
        cell = table.cell(row, 0)
        write_cell(cell, shown, SIZE, bold=False, head=False, margins=(0.06, EDGE))
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    for place, (title, levels) in enumerate(drawn.maps):
        first = 1 + place * (number + 1)
        over = table.cell(0, first)
        write_cell(over, title, 12.0, bold=True, head=True, margins=(EDGE, EDGE))
        colour_cell(over, INK)
        over.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
        if number > 1:
            over.merge(table.cell(0, first + number - 1))
        for column, name in enumerate(drawn.columns, first):
            cell = table.cell(1, column)
            text = "\n".join(broken(name, SIZE, head - 2 * EDGE, most))
            write_cell(cell, text, SIZE, bold=False, head=False, margins=(EDGE, EDGE))
            cell._tc.get_or_add_tcPr().set("vert", "vert270")  # noqa: SLF001
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        for row, line in enumerate(levels, 2):
            for column, level in enumerate(line, first):
                cell = table.cell(row, column)
                write_cell(
                    cell, bare_percent(level), SIZE, bold=False, head=False, margins=(EDGE, EDGE)
                )
                cell.vertical_anchor = MSO_ANCHOR.MIDDLE
                cell.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
                colour_cell(cell, shade(Tone.KEPT, level))
    return top + sum(heights)


def _fit(names: tuple[str, ...], room: float, most: int) -> bool:
    return all(lines(name, SIZE, room) <= most for name in names)
