"""Slides of a brief: one for each chapter that has one, its message as the title."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Unpack
from xml.sax.saxutils import escape

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.util import Pt

from choosebattles.execution.protection import MARK, Guard
from choosebattles.execution.safe_write import Written
from choosebattles.report.brief.shapes import Brief, Chapter, Cloud, Stack, Tile, Topic, Waterfalls
from choosebattles.report.outputs.fit import clipped, fitted, height, lines
from choosebattles.report.outputs.packing import write_packed
from choosebattles.report.outputs.slides.charts import Box, cloud, stack, waterfall
from choosebattles.report.outputs.slides.master import (
    ACROSS,
    BOTTOM,
    FOOTER,
    LARGE_TITLE,
    LEFT,
    NUMBER,
    TITLE,
    TOP,
    blank,
    emu,
    placed,
)
from choosebattles.report.outputs.slides.tables import table
from choosebattles.report.sheets.looks import FACE, FAINT, INK, SERIES
from choosebattles.words import _

TITLE_SIZES = (26.0, 24.0, 22.0, 20.0, 18.0, 16.0)
TEXT_SIZES = (18.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0)
SMALL_SIZES = (13.0, 12.0, 11.0, 10.0)
GAP = 0.3
"""Inches between what stands beside each other."""
SPACE = 6
"""Points between two sentences."""
BESIDE = 7.3
"""Inches of a chart that has a table beside it."""
LABEL = (10.63, 0.13, 2.1, 0.27)

Contents = list[object]
"""What a presentation says: texts and numbers, in the order of the file."""


def write_slides(
    brief: Brief, path: Path, *, made: datetime | None = None, **guard: Unpack[Guard]
) -> Written:
    """Write the slides of a brief, so that a failure harms no earlier ones.

    Parameters
    ----------
    brief
        What is presented.
    path
        Where the slides go; the name ends in .pptx.
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
    refusal = _("The slides were not kept, because they read back differently.")
    return write_packed(
        drawn(brief, moment), path, moment, Presentation, contents, refusal, **guard
    )


def drawn(brief: Brief, made: datetime) -> Any:
    """Return the slides of a brief as a presentation."""
    deck = blank()
    properties = deck.core_properties
    properties.title = brief.title
    properties.author = properties.last_modified_by = "choosebattles"
    properties.subject = brief.chapters[0].message[:250]
    properties.created = properties.modified = made.replace(tzinfo=None, microsecond=0)
    properties.content_status = MARK
    properties.revision = 1
    chapters = [each for each in brief.chapters if each.slide]
    for number, chapter in enumerate(chapters, 1):
        first = number == 1
        slide = deck.slides.add_slide(deck.slide_layouts[0 if first else 1])
        box = LARGE_TITLE if first else TITLE
        text, size = fitted(chapter.message, TITLE_SIZES, box[2], box[3], bold=True)
        slide.shapes.title.text = text
        slide.shapes.title.text_frame.paragraphs[0].font.size = Pt(size)
        _DRAW[chapter.topic](slide, chapter)
        if first:
            _opening(slide, brief)
        _frame(slide, brief, number)
        slide.notes_slide.notes_text_frame.text = notes(brief, chapter)
    return deck


def notes(brief: Brief, chapter: Chapter) -> str:
    """Return the speaker notes of a slide: the whole message, all sentences, the sources."""
    parts = [chapter.message, *chapter.sentences]
    if chapter.short is not None and chapter.short.more:
        parts.append(chapter.short.more)
    parts += ["", _("Where the numbers come from:")]
    parts += [f"- {each}" for each in chapter.sources]
    parts.append(f"- {brief.origin}")
    if brief.label:
        parts.append(f"- {brief.label}.")
    return "\n".join(parts)


def contents(deck: Any) -> Contents:
    """Return all texts and numbers of a presentation, in the order in which they stand."""
    found: Contents = []
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            elif shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
            elif shape.has_chart:
                found += _charted(shape.chart)
        found.append(slide.notes_slide.notes_text_frame.text)
    return found


def _charted(chart: Any) -> Contents:
    found: Contents = []
    for plot in chart.plots:
        found += [str(each) for each in plot.categories]
        for series in plot.series:
            found += [series.name, *series.values]
    return found


def _frame(slide: Any, brief: Brief, number: int) -> None:
    """Write on a slide where it comes from, its number, and that figures are illustrative."""
    footer = escape(clipped(brief.origin, 9, FOOTER[2], 1))
    tree = slide.shapes._spTree  # noqa: SLF001
    tree.append(_foot(90, "ftr", 11, FOOTER, f"<a:r>{_SMALL}<a:t>{footer}</a:t></a:r>"))
    field = f'<a:fld id="{_FIELD}" type="slidenum">{_SMALL}<a:t>{number}</a:t></a:fld>'
    tree.append(_foot(91, "sldNum", 12, NUMBER, field, "r"))
    if brief.label:
        shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *(emu(each) for each in LABEL))
        shape.name = _("Label")
        _plain(shape)
        shape.fill.background()
        shape.line.color.rgb = _rgb(SERIES[3])
        shape.line.width = Pt(1)
        _text(shape, [brief.label], 10, bold=True, colour=SERIES[3], align=PP_ALIGN.CENTER)


_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_FIELD = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"
_SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)


_SMALL = (
    f'<a:rPr lang="en-GB" sz="900"><a:solidFill><a:srgbClr val="{FAINT[1:]}"/></a:solidFill>'
    f'<a:latin typeface="{FACE}"/></a:rPr>'
)


def _foot(number: int, kind: str, idx: int, box: Box, text: str, align: str = "l") -> Any:
    return parse_xml(
        f'<p:sp {_SPACES}><p:nvSpPr><p:cNvPr id="{number}" name="{kind}"/><p:cNvSpPr>'
        f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{kind}" sz="quarter" '
        f'idx="{idx}"/></p:nvPr></p:nvSpPr><p:spPr>{placed(box)}</p:spPr><p:txBody>'
        f'<a:bodyPr lIns="0" rIns="0" anchor="ctr"/><a:lstStyle/><a:p><a:pPr algn="{align}"/>'
        f"{text}</a:p></p:txBody></p:sp>"
    )


def _opening(slide: Any, brief: Brief) -> None:
    """Write on the first slide what the whole is about, above its title."""
    shape = slide.shapes.add_textbox(emu(LEFT), emu(0.13), emu(9.8), emu(0.3))
    shape.name = _("Subject")
    text = clipped(f"{brief.title} · {brief.subtitle}", 11, 9.6, 1)
    _text(shape, [text], 11, colour=FAINT)


def _plain(shape: Any) -> None:
    """Take from a shape what the theme would add: shadow, border, white letters."""
    style = shape._element.find(f"{{{_P}}}style")  # noqa: SLF001
    if style is not None:
        shape._element.remove(style)  # noqa: SLF001


def _decision(slide: Any, chapter: Chapter) -> None:
    top = LARGE_TITLE[1] + LARGE_TITLE[3] + 0.25
    if chapter.tiles:
        _tiles(slide, chapter.tiles, top)
        top += 1.75
    _sentences(slide, chapter.sentences, (LEFT, top, ACROSS, BOTTOM - top), TEXT_SIZES[1:])


def _tiles(slide: Any, tiles: Sequence[Tile], top: float) -> None:
    width = (ACROSS - 0.2 * (len(tiles) - 1)) / len(tiles)
    for number, tile in enumerate(tiles):
        shape = slide.shapes.add_shape(
            MSO_SHAPE.RECTANGLE,
            *(emu(each) for each in (LEFT + number * (width + 0.2), top, width, 1.5)),
        )
        shape.name = tile.name
        _plain(shape)
        shape.fill.solid()
        shape.fill.fore_color.rgb = _rgb("#EEF2F6")
        shape.line.fill.background()
        room = width - 0.24
        name, size = fitted(
            tile.name,
            (13.0, 12.0, 11.0, 10.0),
            room,
            0.42 if lines(tile.name, 10, room) > 1 else 0.24,
        )
        says, small = fitted(tile.says, (12.0, 11.0, 10.0), room, 0.42)
        big = next(
            (it for it in (30.0, 26.0, 22.0, 18.0) if lines(tile.number, it, room, bold=True) == 1),
            14.0,
        )
        shape.text_frame.margin_left = shape.text_frame.margin_right = emu(0.12)
        shape.text_frame.margin_top = emu(0.08)
        _text(shape, [name, tile.number, says], size, anchor=MSO_ANCHOR.TOP)
        first, second, third = shape.text_frame.paragraphs
        first.font.color.rgb = _rgb(FAINT)
        second.font.size, second.font.bold = Pt(big), True
        second.font.color.rgb = _rgb(INK)
        third.font.size = Pt(small)


def _tabled(slide: Any, chapter: Chapter) -> None:
    """Draw a table over the whole width, then the sentences that there is room for."""
    sentences = _said(chapter)
    grid = chapter.short
    if grid is None:
        _sentences(slide, sentences, (LEFT, TOP + 0.2, ACROSS, BOTTOM - TOP - 0.2), TEXT_SIZES)
        return
    below = min(1.3, _tall(sentences, SMALL_SIZES[-1], ACROSS) + 0.1) if sentences else 0.0
    end = table(slide, grid, (LEFT, TOP, ACROSS, BOTTOM - TOP - below), chapter.message)
    top = end + 0.12
    _sentences(slide, sentences, (LEFT, top, ACROSS, BOTTOM - top), SMALL_SIZES)


def _said(chapter: Chapter) -> list[str]:
    """Return the sentences below a table: of rows that are not there first."""
    more = [chapter.short.more] if chapter.short is not None and chapter.short.more else []
    return [*more, *chapter.sentences]


def _charted_slide(slide: Any, chapter: Chapter) -> None:
    """Draw a chart with a table and sentences beside it, or charts beside each other."""
    picture, grid = chapter.picture, chapter.short
    if picture is None:
        _tabled(slide, chapter)
        return
    sentences = _said(chapter)
    tall = BOTTOM - TOP
    beside = grid is not None
    under = 0.0 if beside else min(0.9, _tall(sentences, SMALL_SIZES[1], ACROSS) + 0.1)
    box: Box = (LEFT, TOP, BESIDE if beside else ACROSS, tall - under)
    if isinstance(picture, Stack):
        stack(slide, picture, box)
    elif isinstance(picture, Cloud):
        cloud(slide, picture, box)
    elif isinstance(picture, Waterfalls):
        number = len(picture.climbs)
        width = (box[2] - GAP * (number - 1)) / number
        for place, climb in enumerate(picture.climbs):
            left = LEFT + place * (width + GAP)
            waterfall(slide, climb, picture.unit, (left, TOP, width, box[3]), picture.says)
    if grid is None:
        _sentences(slide, sentences, (LEFT, BOTTOM - under, ACROSS, under), SMALL_SIZES)
        return
    left = LEFT + BESIDE + GAP
    width = ACROSS - BESIDE - GAP
    end = table(slide, grid, (left, TOP + 0.1, width, tall - 1.3), chapter.message) + 0.15
    _sentences(slide, sentences, (left, end, width, BOTTOM - end), SMALL_SIZES)


def _proof(slide: Any, chapter: Chapter) -> None:
    """Write the sentences, and the grades of evidence below them."""
    room = BOTTOM - TOP
    grid = chapter.short
    if grid is not None:
        room -= 0.4 + 0.3 * len(grid.rows)
    end = _sentences(
        slide, chapter.sentences, (LEFT, TOP + 0.1, ACROSS, room - 0.1), TEXT_SIZES[1:]
    )
    if grid is not None:
        table(slide, grid, (LEFT, end + 0.2, 8.2, BOTTOM - end - 0.2), chapter.name)


_DRAW: dict[Topic, Callable[[Any, Chapter], None]] = {
    Topic.DECISION: _decision,
    Topic.TIMELINE: _tabled,
    Topic.MONEY: _charted_slide,
    Topic.INDICES: _charted_slide,
    Topic.SERVICES: _tabled,
    Topic.LEFT_OUT: _tabled,
    Topic.BINDING: _tabled,
    Topic.TRADE_OFF: _charted_slide,
    Topic.PROOF: _proof,
    Topic.CONFLICT: _tabled,
}


def _tall(sentences: Sequence[str], size: float, width: float) -> float:
    """Return how high sentences stand, in inches."""
    return sum(height(lines(each, size, width), size) + SPACE / 72 for each in sentences)


def _sentences(slide: Any, sentences: Sequence[str], box: Box, sizes: Sequence[float]) -> float:
    """Write as many sentences as there is room for; return where they end, in inches."""
    body = slide.placeholders[1]
    left, top, width, tall = box
    kept = list(sentences)
    size = next((each for each in sizes if _tall(kept, each, width) <= tall), sizes[-1])
    cut = False
    while kept and _tall(kept, size, width) > tall:
        kept.pop()
        cut = True
    if cut:
        note = _("More in the notes.")
        while kept and _tall([*kept, note], size, width) > tall:
            kept.pop()
        kept.append(note)
    if not kept or _tall(kept, size, width) > tall:
        body._element.getparent().remove(body._element)  # noqa: SLF001
        return top
    end = _tall(kept, size, width)
    body.left, body.top, body.width, body.height = (
        emu(each) for each in (left, top, width, end + 0.1)
    )
    _text(body, kept, size)
    return top + end


def _text(
    shape: Any,
    texts: Sequence[str],
    size: float,
    *,
    bold: bool = False,
    colour: str = "#1F2933",
    align: Any = PP_ALIGN.LEFT,
    anchor: Any = None,
) -> None:
    frame = shape.text_frame
    frame.word_wrap = True
    if anchor is not None:
        frame.vertical_anchor = anchor
    for number, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text = " ".join(text.split())
        paragraph.alignment = align
        paragraph.font.size, paragraph.font.bold = Pt(size), bold
        paragraph.font.name = FACE
        paragraph.font.color.rgb = _rgb(colour)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour[1:])
