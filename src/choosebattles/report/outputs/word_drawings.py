"""Timelines and heat maps for Word, as native tables: bars are shaded cells, shares too."""

from collections.abc import Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.shared import Inches, Pt, RGBColor

from choosebattles.report.document import HeatMap, Timeline, Tone
from choosebattles.report.outputs.cell_text import bare_percent
from choosebattles.report.outputs.colours import BUILDS, INK, RULE, WHITE, WORKS, shade
from choosebattles.report.outputs.text_fitting import clipped
from choosebattles.translation import _

LETTERS, SMALL = 8.0, 7.0
"""Points of names, and of numbers in narrow cells."""
PILLAR, OWNER, AMOUNT = 0.85, 1.25, 0.5
YEARS = 2.3
"""Inches of the columns of a timeline; of all years together."""
DIGITS = 6
"""Years up to which they have four digits."""
CORNER, GAP, TURNED = 2.0, 0.08, 1.2
"""Inches of the names of a map's rows, between the maps, and of its turned heads."""
TWIPS = 1440
DRAWN = "Table Grid"
"""The style that tells such tables from those of words; their lines are our own."""
INSET, TIGHT = 0.04, 0.01
"""Inches left and right of a text, and of a number of a map."""
NARROWEST = 0.185
"""Inches of a number of a map."""
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def write_timeline(word: Any, drawn: Timeline, width: float) -> None:
    """Add a timeline as wide as the page: what is built is hatched, what works is full."""
    pillar, owner = (PILLAR if drawn.grouped else 0.0), (OWNER if drawn.owned else 0.0)
    year = YEARS / len(drawn.years)
    name = width - pillar - owner - YEARS - AMOUNT
    short = len(drawn.years) > DIGITS
    columns = [
        *([(_("Pillar"), pillar)] if pillar else []),
        (_("What is done"), name),
        *([(_("Owner"), owner)] if owner else []),
        *((f"{each % 100:02d}" if short else f"{each}", year) for each in drawn.years),
        (drawn.amounts, AMOUNT),
    ]
    cells = _cells(word, 1 + len(drawn.bars), [inches for _head, inches in columns])
    first = len(columns) - 1 - len(drawn.years)
    for place, (head, _inches) in enumerate(columns):
        cell = cells[0][place]
        _write(cell, head, LETTERS, bold=True, colour=WHITE)
        shade_cell(cell, INK)
        if place >= first:
            _centre(cell)
    _row_property(cells[0], f"<w:tblHeader {_W}/>")
    last = ""
    for number, bar in enumerate(drawn.bars, 1):
        row = cells[number]
        texts = [*([bar.group if bar.group != last else ""] if pillar else []), bar.name]
        texts += [bar.owner] if owner else []
        last = bar.group
        for place, text in enumerate(texts):
            _write(row[place], text, LETTERS, bold=bool(pillar) and place == 0)
        for span, says, colour, pattern in (
            (bar.builds, _("built"), BUILDS, "diagStripe"),
            (bar.works, _("works"), WORKS, "clear"),
        ):
            if span is None:
                continue
            start, end = (first + each - drawn.years[0] for each in span)
            cell = row[start]
            if end > start:
                cell = cell.merge(row[end])
            room = (end - start + 1) * year - 2 * INSET
            _write(
                cell,
                clipped(says, SMALL, room, 1),
                SMALL,
                colour=INK if pattern != "clear" else WHITE,
            )
            shade_cell(cell, colour, pattern)
            _centre(cell)
        if bar.together:
            _write(row[first].merge(row[-2]), f"{bar.start}", SMALL)
        _write(row[-1], bar.amount, LETTERS)
        row[-1].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def too_wide(drawn: HeatMap, width: float) -> bool:
    """Say whether a map has no room on a page of a width in inches."""
    return CORNER + GAP + 2 * len(drawn.columns) * NARROWEST > width


def write_heat_map(word: Any, drawn: HeatMap, width: float) -> None:
    """Add both maps beside each other, as wide as the page."""
    number = len(drawn.columns)
    cell_width = min(0.55, (width - CORNER - GAP) / (2 * number))
    maps = 2 * number * cell_width
    widths = [width - GAP - maps if maps + CORNER < width else CORNER]
    widths[0] = min(widths[0], 2 * CORNER)
    widths += [*([cell_width] * number), GAP, *([cell_width] * number)]
    cells = _cells(word, 2 + len(drawn.rows), widths, TIGHT)
    _write(cells[1][0], drawn.corner, SMALL, bold=True)
    for row, name in enumerate(drawn.rows, 2):
        _write(cells[row][0], name, SMALL)
    for place, (title, levels) in enumerate(drawn.maps):
        first = 1 + place * (number + 1)
        over = cells[0][first]
        if number > 1:
            over = over.merge(cells[0][first + number - 1])
        _write(over, title, LETTERS, bold=True, colour=WHITE)
        shade_cell(over, INK)
        _centre(over)
        for column, name in enumerate(drawn.columns, first):
            cell = cells[1][column]
            _write(cell, name, SMALL)
            cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:textDirection {_W} w:val="btLr"/>'))  # noqa: SLF001
        for row, line in enumerate(levels, 2):
            for column, level in enumerate(line, first):
                cell = cells[row][column]
                _write(cell, bare_percent(level), SMALL)
                shade_cell(cell, shade(Tone.KEPT, level))
                _centre(cell)
    height = f'<w:trHeight {_W} w:val="{TWIPS * TURNED:.0f}" w:hRule="exact"/>'
    _row_property(cells[1], height)


def _cells(word: Any, rows: int, widths: Sequence[float], inset: float = INSET) -> list[list[Any]]:
    """Add an empty table; return its cells, row by row: to ask a table for one is slow."""
    table = word.add_table(rows=rows, cols=len(widths))
    table.autofit, table.style = False, DRAWN
    line = f'<w:{{}} w:val="single" w:sz="4" w:space="0" w:color="{RULE[1:]}"/>'
    none = '<w:{} w:val="nil"/>'
    borders = (
        line.format("top")
        + none.format("left")
        + line.format("bottom")
        + none.format("right")
        + line.format("insideH")
        + none.format("insideV")
    )
    table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {_W}>{borders}</w:tblBorders>"))  # noqa: SLF001
    sides = "".join(
        f'<w:{side} w:w="{TWIPS * inset:.0f}" w:type="dxa"/>' for side in ("left", "right")
    )
    table._tbl.tblPr.append(parse_xml(f"<w:tblCellMar {_W}>{sides}</w:tblCellMar>"))  # noqa: SLF001
    for column, inches in zip(table.columns, widths, strict=True):
        column.width = Inches(inches)
    cells = [list(row.cells) for row in table.rows]
    for row in cells:
        _row_property(row, f"<w:cantSplit {_W}/>")
        for cell, inches in zip(row, widths, strict=True):
            cell.width = Inches(inches)
            _write(cell, "", SMALL)
    return cells


def _row_property(row: Sequence[Any], xml: str) -> None:
    row[0]._tc.getparent().get_or_add_trPr().append(parse_xml(xml))  # noqa: SLF001


def _write(cell: Any, text: str, size: float, *, bold: bool = False, colour: str = "") -> None:
    paragraph = cell.paragraphs[0]
    for other in cell.paragraphs[1:]:
        other._p.getparent().remove(other._p)  # noqa: SLF001
    paragraph.paragraph_format.space_after = Pt(1)
    for run in list(paragraph.runs):
        run._r.getparent().remove(run._r)  # noqa: SLF001
    run = paragraph.add_run(" ".join(text.split()))
    run.font.size, run.bold = Pt(size), bold
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour[1:])


def _centre(cell: Any) -> None:
    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER


def shade_cell(cell: Any, colour: str, pattern: str = "clear") -> None:
    """Give a cell a ground, or stripes of a colour on white."""
    look = f'w:color="auto" w:fill="{colour[1:]}"'
    if pattern != "clear":
        look = f'w:color="{colour[1:]}" w:fill="{WHITE[1:]}"'
    xml = f'<w:shd {_W} w:val="{pattern}" {look}/>'
    cell._tc.get_or_add_tcPr().append(parse_xml(xml))  # noqa: SLF001
