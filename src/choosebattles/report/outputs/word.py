"""A document for Word: headings, sentences, tables, and charts that Word can edit."""

import math
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Unpack

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Inches, Pt, RGBColor
from pptx import Presentation

from choosebattles.execution.overwriting import Guard
from choosebattles.execution.safe_write import Written
from choosebattles.report.document import (
    Block,
    Chart,
    Document,
    Figures,
    HeatMap,
    Manner,
    Medium,
    Section,
    Sentences,
    Table,
    Timeline,
)
from choosebattles.report.outputs.cell_text import heading, leading, opened
from choosebattles.report.outputs.colours import FACE, FAINT, INK, RULE, SERIES
from choosebattles.report.outputs.column_widths import roomy
from choosebattles.report.outputs.grid import TextGrid
from choosebattles.report.outputs.office_archive import describe, write_packed
from choosebattles.report.outputs.office_charts import draw_chart
from choosebattles.report.outputs.word_drawings import (
    shade_cell,
    too_wide,
    write_heat_map,
    write_timeline,
)
from choosebattles.translation import _

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
STYLES = ("Normal", "Title", "Heading 1", "Heading 2", "List Bullet")
TWIPS = 1440
"""Twips of an inch."""
CHART = 7.5
"""Centimetres of height of a chart."""
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def write_word(
    document: Document, path: Path, *, made: datetime | None = None, **guard: Unpack[Guard]
) -> Written:
    """Write a document for Word; path, guard and errors are those of `write_packed`.

    ``made`` says when, now unless given: at the same time the same document gives the same bytes.
    """
    moment = made or datetime.now(UTC)
    refusal = _("The document was not kept, because it read back differently.")
    return write_packed(
        composed(document, moment), path, moment, docx.Document, contents, refusal, **guard
    )


def contents(word: Any) -> list[object]:
    """Return all that a file says: paragraphs, then the cells of its tables, then its charts."""
    found: list[object] = [paragraph.text for paragraph in word.paragraphs]
    for table in word.tables:
        for row in table.rows:
            found += [cell.text for cell in row.cells]
    charts = {
        name: relation.target_part.blob
        for name, relation in word.part.rels.items()
        if relation.reltype == RELATIONSHIP_TYPE.CHART
    }
    return [*found, *(charts[name] for name in sorted(charts))]


def composed(document: Document, made: datetime) -> Any:
    """Return a document as Word has it."""
    word = docx.Document()
    describe(word.core_properties, document, made)
    word.core_properties.comments = ""
    _styles(word)
    sections = list(opened(document, Medium.TEXT))
    lying = bool(sections) and _is_wide(sections[0])
    _page(word.sections[0], lying=lying)
    _frame(word.sections[0], document)
    word.add_paragraph(_line(document.subject), style="Title")
    if document.subtitle:
        word.add_paragraph(_line(document.subtitle))
    if document.illustrative:
        run = word.add_paragraph().add_run(f"{_('Illustrative figures')}.")
        run.bold = True
        run.font.color.rgb = RGBColor.from_string(SERIES[3][1:])
    for number, section in enumerate(sections, 1):
        if (wide := _is_wide(section)) != lying:
            _page(word.add_section(WD_SECTION.NEW_PAGE), lying=wide)
            lying = wide
        _section(word, number, section, document, (LONG if lying else SHORT) - 2 * MARGIN)
    return word


def _is_wide(section: Section) -> bool:
    """Say whether a section has a table or a map for which an upright page is too narrow."""
    return any(len(table.columns) > NARROW for table in section.of(Table) if table.rows) or any(
        too_wide(block, Cm(SHORT - 2 * MARGIN).inches) for block in section.of(HeatMap)
    )


def _styles(word: Any) -> None:
    sizes = dict(zip(STYLES, (TEXT, 20.0, 14.0, 11.0, TEXT), strict=True))
    for name, size in sizes.items():
        style = word.styles[name]
        style.font.name, style.font.size = FACE, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            if attribute.endswith("Theme"):
                del fonts.attrib[attribute]
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), FACE)
        if name in {"Title", "Heading 1", "Heading 2"}:
            style.font.color.rgb = RGBColor.from_string(INK[1:])
            style.font.bold = True
    word.styles["Normal"].paragraph_format.space_after = Pt(5)
    word.styles["List Bullet"].paragraph_format.space_after = Pt(3)
    title = word.styles["Title"].element.pPr
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


def _frame(section: Any, document: Document) -> None:
    """Write on every page where it comes from, its number, and that figures are illustrative."""
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    header.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    label = _("Illustrative figures") if document.illustrative else ""
    _small(header.add_run(" · ".join(filter(None, (_line(document.subject), label)))))
    _small(footer.add_run(" · ".join(filter(None, (document.origin, f"{_('Page')} ")))))
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


def _section(word: Any, number: int, section: Section, document: Document, width: float) -> None:
    word.add_paragraph(f"{number}. {_line(heading(section, document))}", style="Heading 1")
    if section.message:
        message = word.add_paragraph()
        message.add_run(_line(section.message)).bold = True
        message.paragraph_format.keep_with_next = True
    for line in leading(section):
        word.add_paragraph(_line(line))
    for block in section.blocks:
        _block(word, block, document, width)
    if section.sources:
        sources = _("Sources: {sources}").format(sources=_line(" ".join(section.sources)))
        _small(word.add_paragraph().add_run(sources))


def _block(word: Any, block: Block, document: Document, width: float) -> None:
    if isinstance(block, Chart):
        _chart(word, block, document, width)
    elif isinstance(block, Figures):
        for figure in block.figures:
            paragraph = word.add_paragraph(f"{_line(figure.name)}: ", style="List Bullet")
            paragraph.add_run(_line(figure.number)).bold = True
            paragraph.add_run(f" {_line(figure.says)}")
    elif isinstance(block, Sentences):
        _title(word, block.title if block.texts else "")
        style = "List Bullet" if block.manner is Manner.LIST else "Normal"
        for text in block.texts:
            word.add_paragraph(_line(text), style=style)
    elif isinstance(block, Timeline | HeatMap):
        write = write_timeline if isinstance(block, Timeline) else write_heat_map
        write(word, block, Cm(width).inches)  # type: ignore[arg-type]
        _small(word.add_paragraph().add_run(_line(block.note)))
    elif block.rows:
        _title(word, block.title)
        for grid in parted(TextGrid.of(block, document.decimals)):
            _table(word, grid, width)
        if block.note:
            _small(word.add_paragraph().add_run(_line(block.note)))


def _title(word: Any, title: str) -> None:
    if title:
        word.add_paragraph(_line(title), style="Heading 2")


def _chart(word: Any, chart: Chart, document: Document, width: float) -> None:
    """Put a chart in as a part of the file, drawn as on a slide, with the numbers that it shows."""
    inches = (Cm(width).inches, Cm(CHART).inches)
    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    drawn = draw_chart(slide, chart, document, (0, 0, *inches)).chart.part
    number = 1 + sum(rel.reltype == RELATIONSHIP_TYPE.CHART for rel in word.part.rels.values())
    package = word.part.package
    part = Part(
        PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, drawn.blob, package
    )
    book = drawn.chart_workbook.xlsx_part
    name = PackURI(f"/word/embeddings/chart{number}.xlsx")
    part.relate_to(Part(name, book.content_type, book.blob, package), RELATIONSHIP_TYPE.PACKAGE)
    reference = word.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    frame = parse_xml(
        f'<w:drawing {_W} xmlns:wp="{_WP}" xmlns:a="{_A}" xmlns:c="{_C}" xmlns:r="{_R}">'
        f'<wp:inline><wp:extent cx="{Inches(inches[0])}" cy="{Inches(inches[1])}"/>'
        f'<wp:docPr id="{1000 + number}" name="Chart {number}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_C}"><c:chart r:id="{reference}"/></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing>"
    )
    frame.find(f".//{{{_WP}}}docPr").set("descr", chart.says)
    word.add_paragraph().add_run()._r.append(frame)  # noqa: SLF001


_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def parted(grid: TextGrid) -> Iterator[TextGrid]:
    """Yield a table in parts that a page has room for, each with the first column."""
    others = range(1, len(grid.heads))
    if len(grid.heads) <= MOST:
        yield grid
        return
    parts = math.ceil(len(others) / (MOST - 1))
    size = math.ceil(len(others) / parts)
    for first in range(0, len(others), size):
        yield grid.columns((0, *others[first : first + size]))


def _line(text: str) -> str:
    return " ".join(text.split())


def _table(word: Any, grid: TextGrid, width: float) -> None:
    narrow = len(grid.heads) <= NARROW
    size = CELL if narrow else TINY
    table = word.add_table(rows=1 + len(grid.rows), cols=len(grid.heads))
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    table._tbl.tblPr.append(_borders())  # noqa: SLF001
    if not narrow:
        table._tbl.tblPr.append(_margins())  # noqa: SLF001
    blank = 2 * (INSET if narrow else TIGHT)
    widths = [Inches(column) for column in roomy(grid, size, Cm(width).inches, blank)]
    for column, inches in zip(table.columns, widths, strict=True):
        column.width = inches
    rows = (grid.heads, *grid.rows)
    for number, (line, row) in enumerate(zip(table.rows, rows, strict=True)):
        properties = line._tr.get_or_add_trPr()  # noqa: SLF001
        properties.append(parse_xml(f"<w:cantSplit {_W}/>"))
        if number == 0:
            properties.append(parse_xml(f"<w:tblHeader {_W}/>"))
        bold = number == 0 or number > len(grid.rows) - grid.totals
        colours = grid.colours[number - 1] if number and grid.colours else (None,) * len(row)
        for place, (cell, text, colour) in enumerate(zip(line.cells, row, colours, strict=True)):
            cell.width = widths[place]
            paragraph = _cell(cell, text, size, head=number == 0, bold=bold, colour=colour)
            if place in grid.right:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if colour is not None:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    after = word.add_paragraph().paragraph_format
    after.space_after, after.line_spacing = Pt(0), Pt(5)


def _cell(cell: Any, text: str, size: float, *, head: bool, bold: bool, colour: str | None) -> Any:
    """Write a text into a cell; return its paragraph."""
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(1)
    paragraph.paragraph_format.keep_with_next = head
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold
    fill = INK if head else colour
    if head:
        run.font.color.rgb = RGBColor(255, 255, 255)
    if fill is not None:
        shade_cell(cell, fill)
    return paragraph


def _borders() -> Any:
    sides: Sequence[str] = ("top", "bottom", "insideH")
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE[1:]}"/>' for side in sides
    )
    return parse_xml(f"<w:tblBorders {_W}>{lines}</w:tblBorders>")


def _margins() -> Any:
    sides = "".join(
        f'<w:{side} w:w="{TWIPS * TIGHT:.0f}" w:type="dxa"/>' for side in ("left", "right")
    )
    return parse_xml(f"<w:tblCellMar {_W}>{sides}</w:tblCellMar>")
