"""The plan as a Word document: a strategy annex with its tables, sources and proof."""

import math
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Unpack

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Inches, Pt, RGBColor

from choosebattles.execution.protection import MARK, Guard
from choosebattles.execution.safe_write import Written
from choosebattles.report.brief.shapes import Brief, Chapter, Grid
from choosebattles.report.outputs.columns import roomy
from choosebattles.report.outputs.packing import write_packed
from choosebattles.report.sheets.looks import FACE, FAINT, INK, RULE, SERIES
from choosebattles.words import _

SHORT, LONG = 21.0, 29.7
"""Centimetres of an A4 page."""
MARGIN = 2.0
NARROW = 9
"""Columns up to which a table stands on an upright page."""
MOST = 14
"""Columns up to which one stands on a page that lies; beyond, it goes on below."""
TEXT, CELL, SMALL, TINY = 10.0, 8.5, 8.0, 7.0
"""Points of running text, of tables, of sources, and of tables with many columns."""
INSET, TIGHT = 0.075, 0.03
"""Inches left and right of a text in a table: what Word leaves, and where columns are many."""
TWIPS = 1440
"""Twips of an inch."""
SHADES = ("F3B98A", "F8D9B8", "EEF2F6", "CFE2F1", "A9CBE6")
"""From nothing to all: told apart in grey too, and never without the number."""
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def write_document(
    brief: Brief, path: Path, *, made: datetime | None = None, **guard: Unpack[Guard]
) -> Written:
    """Write a brief as a Word document, so that a failure harms no earlier one.

    Parameters
    ----------
    brief
        What is presented.
    path
        Where the document goes; the name ends in .docx.
    made
        When; now unless said otherwise. At the same time the same brief gives the same bytes.
    guard
        Files that must never be overwritten (``inputs``), and whether a file that this program
        did not write may be (``overwrite``).

    Raises
    ------
    OutputError
        If the file cannot be written, or reads back differently.
    """
    moment = made or datetime.now(UTC)
    refusal = _("The document was not kept, because it read back differently.")
    return write_packed(composed(brief, moment), path, moment, Document, contents, refusal, **guard)


def contents(document: Any) -> list[str]:
    """Return all texts of a document: paragraphs, then the cells of its tables."""
    found = [each.text for each in document.paragraphs]
    for table in document.tables:
        for row in table.rows:
            found += [cell.text for cell in row.cells]
    return found


def composed(brief: Brief, made: datetime) -> Any:
    """Return a brief as a document."""
    document = Document()
    properties = document.core_properties
    properties.title = brief.title
    properties.author = properties.last_modified_by = "choosebattles"
    properties.subject = brief.chapters[0].message[:250]
    properties.created = properties.modified = made.replace(tzinfo=None, microsecond=0)
    properties.comments = ""
    properties.content_status = MARK
    properties.revision = 1
    _styles(document)
    _page(document.sections[0], lying=False)
    _frame(document.sections[0], brief)
    document.add_paragraph(brief.title, style="Title")
    document.add_paragraph(brief.subtitle)
    if brief.label:
        run = document.add_paragraph().add_run(f"{brief.label}.")
        run.bold = True
        run.font.color.rgb = RGBColor.from_string(SERIES[3][1:])
    lying = False
    number = 0
    for chapter in brief.chapters:
        if chapter.document:
            number += 1
            wide = chapter.whole is not None and len(chapter.whole.heads) > NARROW
            if wide != lying:
                _page(document.add_section(WD_SECTION.NEW_PAGE), lying=wide)
                lying = wide
            _chapter(document, number, chapter, lying=lying)
    return document


def _styles(document: Any) -> None:
    sizes = {"Normal": TEXT, "Title": 20.0, "Heading 1": 14.0, "List Bullet": TEXT}
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.name, style.font.size = FACE, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for each in list(fonts.attrib):
            if each.endswith("Theme"):
                del fonts.attrib[each]
        for each in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{each}"), FACE)
        if name in {"Title", "Heading 1"}:
            style.font.color.rgb = RGBColor.from_string(INK[1:])
            style.font.bold = True
    document.styles["Normal"].paragraph_format.space_after = Pt(5)
    document.styles["List Bullet"].paragraph_format.space_after = Pt(3)
    title = document.styles["Title"].element.pPr
    for border in title.findall(qn("w:pBdr")):
        title.remove(border)


def _page(section: Any, *, lying: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (
        Cm(LONG if lying else SHORT),
        Cm(SHORT if lying else LONG),
    )
    section.left_margin = section.right_margin = section.top_margin = Cm(MARGIN)
    section.bottom_margin = Cm(1.8)
    section.footer_distance = Cm(0.9)


def _frame(section: Any, brief: Brief) -> None:
    """Write on every page where it comes from, its number, and that figures are illustrative."""
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    header.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    parts = [brief.title, brief.label] if brief.label else [brief.title]
    _small(header.add_run(" · ".join(parts)))
    _small(footer.add_run(f"{brief.origin} · {_('Page')} "))
    for part in (
        f'<w:fldChar {_W} w:fldCharType="begin"/>',
        f'<w:instrText {_W} xml:space="preserve">PAGE</w:instrText>',
        f'<w:fldChar {_W} w:fldCharType="separate"/>',
        f"<w:t {_W}>1</w:t>",
        f'<w:fldChar {_W} w:fldCharType="end"/>',
    ):
        run = footer.add_run()
        _small(run)
        run._r.append(parse_xml(part))  # noqa: SLF001


def _small(run: Any) -> None:
    run.font.size = Pt(SMALL)
    run.font.color.rgb = RGBColor.from_string(FAINT[1:])


def _chapter(document: Any, number: int, chapter: Chapter, *, lying: bool) -> None:
    document.add_paragraph(f"{number}. {chapter.name}", style="Heading 1")
    message = document.add_paragraph()
    message.add_run(_line(chapter.message)).bold = True
    message.paragraph_format.keep_with_next = True
    for each in chapter.sentences:
        document.add_paragraph(_line(each), style="List Bullet")
    if chapter.whole is not None:
        for grid in parted(chapter.whole):
            _table(document, grid, (LONG if lying else SHORT) - 2 * MARGIN)
        if chapter.whole.more:
            _small(document.add_paragraph().add_run(chapter.whole.more))
    if chapter.sources:
        told = _("Sources: {sources}").format(sources=" ".join(chapter.sources))
        _small(document.add_paragraph().add_run(told))


def parted(grid: Grid) -> Iterator[Grid]:
    """Yield a table in parts that a page has room for, each with the first column."""
    others = range(1, len(grid.heads))
    if len(grid.heads) <= MOST:
        yield grid
        return
    parts = math.ceil(len(others) / (MOST - 1))
    size = math.ceil(len(others) / parts)
    for first in range(0, len(others), size):
        kept = (0, *others[first : first + size])
        yield Grid(
            tuple(grid.heads[n] for n in kept),
            tuple(tuple(row[n] for n in kept) for row in grid.rows),
            tuple(grid.widths[n] for n in kept),
            frozenset(place for place, n in enumerate(kept) if n in grid.right),
            tuple(tuple(row[n] for n in kept) for row in grid.shades),
        )


def _line(text: str) -> str:
    return " ".join(text.split())


def _table(document: Any, grid: Grid, width: float) -> None:
    size = CELL if len(grid.heads) <= NARROW else TINY
    table = document.add_table(rows=1 + len(grid.rows), cols=len(grid.heads))
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    table._tbl.tblPr.append(_borders())  # noqa: SLF001
    if len(grid.heads) > NARROW:
        table._tbl.tblPr.append(_margins())  # noqa: SLF001
    blank = 2 * (INSET if len(grid.heads) <= NARROW else TIGHT)
    widths = [Inches(each) for each in roomy(grid, size, width * Cm(1).inches, blank)]
    for column, each in zip(table.columns, widths, strict=True):
        column.width = each
    for number, row in enumerate((grid.heads, *grid.rows)):
        line = table.rows[number]
        properties = line._tr.get_or_add_trPr()  # noqa: SLF001
        properties.append(parse_xml(f"<w:cantSplit {_W}/>"))
        if number == 0:
            properties.append(parse_xml(f"<w:tblHeader {_W}/>"))
        shades = grid.shades[number - 1] if number and grid.shades else (None,) * len(row)
        for place, (cell, text, shade) in enumerate(zip(line.cells, row, shades, strict=True)):
            cell.width = widths[place]
            _cell(cell, text, size, head=number == 0, right=place in grid.right, shade=shade)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _cell(
    cell: Any, text: str, size: float, *, head: bool, right: bool, shade: float | None
) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(1)
    paragraph.paragraph_format.keep_with_next = head
    run = paragraph.add_run(_line(text))
    run.font.size, run.bold = Pt(size), head
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if shade is not None:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    fill = INK[1:] if head else None if shade is None else _shade(shade)
    if head:
        run.font.color.rgb = RGBColor(255, 255, 255)
    if fill is not None:
        xml = f'<w:shd {_W} w:val="clear" w:color="auto" w:fill="{fill}"/>'
        cell._tc.get_or_add_tcPr().append(parse_xml(xml))  # noqa: SLF001


def _shade(share: float) -> str:
    return SHADES[min(len(SHADES) - 1, int(len(SHADES) * max(0.0, share) + 1e-9))]


def _borders() -> Any:
    sides: Sequence[str] = ("top", "bottom", "insideH")
    lines = "".join(
        f'<w:{each} w:val="single" w:sz="4" w:space="0" w:color="{RULE[1:]}"/>' for each in sides
    )
    return parse_xml(f"<w:tblBorders {_W}>{lines}</w:tblBorders>")


def _margins() -> Any:
    sides = "".join(
        f'<w:{each} w:w="{TWIPS * TIGHT:.0f}" w:type="dxa"/>' for each in ("left", "right")
    )
    return parse_xml(f"<w:tblCellMar {_W}>{sides}</w:tblCellMar>")
