"""Slides of a document: one for each finding, which is its title, and what shows it below."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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

from choosebattles.execution.overwriting import Guard
from choosebattles.execution.safe_write import Written
from choosebattles.report.document import (
    Block,
    Chart,
    Document,
    Figure,
    Figures,
    HeatMap,
    Medium,
    Section,
    Sentences,
    Table,
    Timeline,
)
from choosebattles.report.number_wording import rounded
from choosebattles.report.outputs.cell_text import leading, opened
from choosebattles.report.outputs.colours import (
    FACE,
    FAINT,
    INK,
    PANEL,
    RULE,
    SERIES,
    TEXT,
    WHITE,
    WORKS,
)
from choosebattles.report.outputs.grid import TextGrid
from choosebattles.report.outputs.office_archive import describe, write_packed
from choosebattles.report.outputs.office_charts import Box, draw_chart
from choosebattles.report.outputs.slides.heat_map import draw_heat_map
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
    set_letters,
)
from choosebattles.report.outputs.slides.tables import LEGIBLE, Fitted, draw_table, fit_table
from choosebattles.report.outputs.slides.timeline import draw_timeline
from choosebattles.report.outputs.text_fitting import clipped, fitted, height, lines
from choosebattles.translation import _

TITLE_SIZES = (26.0, 24.0, 22.0, 20.0, 18.0, 16.0)
TEXT_SIZES = (18.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0)
SMALL_SIZES = (13.0, 12.0, 11.0, 10.0)
GAP = 0.3
"""Inches between what stands beside each other."""
SPACE = 6
"""Points between two sentences."""
BESIDE = 7.3
"""Inches of a chart that has a table beside it."""
TILES = 6
"""Numbers to be seen first that a slide has room for."""
CHARTS = 3
"""Charts beside each other."""
COUNTED = 0.5
"""Inches below a table that is not whole, where it is said what is missing."""
SMALL_TABLE = 12.0
"""Points of the letters of a table above which sentences stand."""
TILE = 1.4
"""Inches of a number to be seen first, without its gauge."""
NUMBERS = (36.0, 32.0, 28.0, 24.0, 20.0, 16.0)
CARDS = 2
"""Headings from which on sentences stand beside each other."""
ABREAST = 3
"""Cards up to which they stand in one row."""
CARD_HEAD = 0.5
"""Inches of the heading of a card and its edges."""
CARD_SIZES = (16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0)
LABEL = (10.63, 0.13, 2.1, 0.27)

Contents = list[object]
"""What a presentation says: texts and numbers, in the order of the file."""


@dataclass(frozen=True)
class Slide:
    """What stands on one slide.

    Parameters
    ----------
    title
        The finding; on further slides of a section what they show.
    figures
        Numbers to be seen first.
    charts, table
        What is drawn: charts beside each other, or one with a table beside it.
    drawn
        A timeline or a map, over the whole width.
    cards
        Sentences under headings, beside each other.
    sentences
        What is said besides.
    above
        Whether the sentences stand above the table, in larger letters.
    """

    title: str
    figures: tuple[Figure, ...] = ()
    charts: tuple[Chart, ...] = ()
    table: Table | None = None
    drawn: Timeline | HeatMap | None = None
    cards: tuple[Sentences, ...] = ()
    sentences: tuple[str, ...] = ()
    above: bool = False


def write_slides(
    document: Document, path: Path, *, made: datetime | None = None, **guard: Unpack[Guard]
) -> Written:
    """Write the slides of a document; path, guard and errors are those of `write_packed`.

    ``made`` says when, now unless given: at the same time the same document gives the same bytes.
    """
    moment = made or datetime.now(UTC)
    refusal = _("The slides were not kept, because they read back differently.")
    return write_packed(
        drawn(document, moment), path, moment, Presentation, contents, refusal, **guard
    )


def drawn(document: Document, made: datetime) -> Any:
    """Return the slides of a document as a presentation."""
    deck = blank()
    describe(deck.core_properties, document, made)
    number = 0
    for section in opened(document, Medium.SLIDES):
        for content in slides_of(section, document):
            number += 1
            _slide(deck, number, content, section, document)
    return deck


def slides_of(section: Section, document: Document) -> Iterator[Slide]:
    """Yield what stands on each slide of a section, by what it consists of.

    Charts stand beside each other, a chart beside a table that is narrow enough; every further
    table, and charts beyond those that a slide has room for, have a slide of their own.
    """
    figures = tuple(figure for block in section.of(Figures) for figure in block.figures)
    charts = section.of(Chart)
    tables = tuple(table for table in section.of(Table) if table.rows)
    drawn: tuple[Timeline | HeatMap, ...] = (*section.of(Timeline), *section.of(HeatMap))
    cards = tuple(block for block in section.of(Sentences) if block.title and block.texts)
    if charts or tables or drawn or len(cards) < CARDS:
        cards = ()
    sentences = (
        *leading(section),
        *(f"{figure.name}: {figure.number} {figure.says}" for figure in figures[TILES:]),
        *(text for block in section.of(Sentences) if block not in cards for text in block.texts),
    )
    first: tuple[Chart, ...] = charts[:CHARTS]
    table = tables[0] if tables else None
    drawn_first = _comes_first(Chart, section.blocks)
    if table is not None and charts:
        beside = len(charts) == 1 and _narrow(table, document, broken=drawn_first)
        if not beside and drawn_first:
            table = None
        elif not beside:
            first = ()
    yield Slide(
        section.message,
        figures[:TILES],
        first,
        table,
        drawn[0] if drawn else None,
        cards,
        sentences,
        above=not first and table is not None and _comes_first(Sentences, section.blocks),
    )
    for block in section.blocks:
        if isinstance(block, Table) and block.rows and block is not table:
            yield Slide(block.title or section.message, table=block)
        elif isinstance(block, Chart) and block not in first:
            yield Slide(block.title or section.message, charts=(block,))
        elif isinstance(block, Timeline | HeatMap) and block is not drawn[0]:
            yield Slide(section.message, drawn=block)


def _comes_first(kind: type[Block], blocks: Sequence[Block]) -> bool:
    """Say whether something of a kind stands before the first table."""
    for block in blocks:
        if isinstance(block, Table) and block.rows:
            return False
        if isinstance(block, kind) and (not isinstance(block, Sentences) or block.texts):
            return True
    return False


def _narrow(table: Table, document: Document, *, broken: bool) -> bool:
    """Say whether a table can stand beside a chart, rows that have no room apart.

    ``broken`` says whether long words of it may be broken for that.
    """
    grid = TextGrid.of(table, document.decimals)
    width, tall = ACROSS - BESIDE - GAP, BOTTOM - TOP
    found = fit_table(grid.first(1), width, tall)
    legible = found.whole and found.size >= LEGIBLE
    return legible and (broken or fit_table(grid, width, tall).unbroken)


def _slide(deck: Any, number: int, content: Slide, section: Section, document: Document) -> None:
    large = number == 1 and not content.charts and content.table is None
    slide = deck.slides.add_slide(deck.slide_layouts[0 if large else 1])
    box = LARGE_TITLE if large else TITLE
    text, size = fitted(content.title, TITLE_SIZES, box[2], box[3], bold=True)
    slide.shapes.title.text = text
    set_letters(slide.shapes.title.text_frame.paragraphs[0], size, bold=True, colour=INK)
    top = box[1] + box[3] + 0.15 if large else TOP
    if content.figures:
        top = _tiles(slide, content.figures, top) + GAP
    notes: list[str] = []
    room = (LEFT, top, ACROSS, BOTTOM - top)
    if content.drawn is not None:
        notes = _with_drawn(slide, content, room)
    elif content.charts:
        notes = _with_charts(slide, content, section, document, top)
    elif content.table is not None:
        notes = _with_table(slide, content, section, document, top)
    elif content.cards:
        _cards(slide, content, room)
    else:
        sizes = TEXT_SIZES[1:] if large else TEXT_SIZES
        _sentences(slide, content.sentences, (LEFT, top + 0.1, ACROSS, BOTTOM - top - 0.1), sizes)
    if number == 1:
        _opening(slide, document)
    _frame(slide, document, number)
    slide.notes_slide.notes_text_frame.text = "\n".join(_notes(content, notes, section, document))


def _notes(
    content: Slide, more: Sequence[str], section: Section, document: Document
) -> Iterator[str]:
    """Yield the speaker notes of a slide: the whole message, all sentences, the sources."""
    yield content.title
    for card in content.cards:
        yield f"{card.title}:"
        yield from card.texts
    yield from content.sentences
    yield from more
    yield from (note for note in section.notes if note not in content.sentences)
    yield ""
    yield _("Where the numbers come from:")
    yield from (f"- {source}" for source in (*section.sources, document.origin or document.subject))
    if document.illustrative:
        yield f"- {_('Illustrative figures')}."


def _origin(document: Document) -> str:
    return document.evidence or document.origin or document.subject


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
        found += [str(category) for category in plot.categories]
        for series in plot.series:
            found += [series.name, *series.values]
    return found


def _frame(slide: Any, document: Document, number: int) -> None:
    """Write on a slide where it comes from, its number, and that figures are illustrative."""
    footer = escape(clipped(_origin(document), 9, FOOTER[2], 1))
    tree = slide.shapes._spTree  # noqa: SLF001
    tree.append(_foot(90, "ftr", 11, FOOTER, f"<a:r>{_SMALL}<a:t>{footer}</a:t></a:r>"))
    field = f'<a:fld id="{_FIELD}" type="slidenum">{_SMALL}<a:t>{number}</a:t></a:fld>'
    tree.append(_foot(91, "sldNum", 12, NUMBER, field, "r"))
    if document.illustrative:
        shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *(emu(length) for length in LABEL))
        shape.name = _("Label")
        _plain(shape)
        shape.fill.background()
        shape.line.color.rgb = _rgb(SERIES[3])
        shape.line.width = Pt(1)
        _text(
            shape,
            [_("Illustrative figures")],
            10,
            bold=True,
            colour=SERIES[3],
            align=PP_ALIGN.CENTER,
        )


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


def _opening(slide: Any, document: Document) -> None:
    """Write on the first slide what the whole is about, above its title."""
    shape = slide.shapes.add_textbox(emu(LEFT), emu(0.13), emu(9.8), emu(0.3))
    shape.name = _("Subject")
    text = " · ".join(filter(None, (document.subject, document.subtitle)))
    text = clipped(text, 11, 9.6, 1)
    _text(shape, [text], 11, colour=FAINT)


def _plain(shape: Any) -> None:
    """Take from a shape what the theme would add: shadow, border, white letters."""
    style = shape._element.find(f"{{{_P}}}style")  # noqa: SLF001
    if style is not None:
        shape._element.remove(style)  # noqa: SLF001


def _tiles(slide: Any, tiles: Sequence[Figure], top: float) -> float:
    """Draw numbers to be seen first; return where they end, in inches."""
    width = (ACROSS - 0.2 * (len(tiles) - 1)) / len(tiles)
    measured = any(tile.levels for tile in tiles)
    scale = max(100.0, *(level for tile in tiles for level in tile.levels or ()), 0.0)
    tall = TILE + (0.3 if measured else 0.0)
    for number, tile in enumerate(tiles):
        left = LEFT + number * (width + 0.2)
        shape = _panel(slide, (left, top, width, tall), tile.name)
        room = width - 0.24
        name, size = fitted(
            tile.name,
            (14.0, 13.0, 12.0, 11.0, 10.0),
            room,
            0.42 if lines(tile.name, 10, room) > 1 else 0.26,
        )
        says, small = fitted(tile.says, (12.0, 11.0, 10.0), room, 0.42)
        big = next(
            (size for size in NUMBERS if lines(tile.number, size, room, bold=True) == 1),
            NUMBERS[-1],
        )
        _text(shape, [name, tile.number, says], size, anchor=MSO_ANCHOR.TOP)
        first, second, third = shape.text_frame.paragraphs
        set_letters(first, size, colour=FAINT)
        set_letters(second, big, bold=True, colour=INK)
        set_letters(third, small)
        if tile.levels:
            _gauge(slide, tile.levels, (left + 0.12, top + tall - 0.28, room, 0.14), scale)
    if not measured:
        return top + tall
    legend = slide.shapes.add_textbox(*map(emu, (LEFT, top + tall + 0.02, ACROSS, 0.22)))
    legend.text_frame.margin_top = legend.text_frame.margin_bottom = 0
    text = _("Bars from 0 to {scale}: dark with the plan, pale what is possible, the mark today.")
    _text(legend, [text.format(scale=rounded(scale, 0))], 9, colour=FAINT)
    return top + tall + 0.15


def _gauge(slide: Any, levels: tuple[float, float, float], box: Box, scale: float) -> None:
    """Draw an index from 0 on: what is possible, what the plan reaches, a mark where it was."""
    left, top, width, tall = box
    before, after, possible = (width * level / scale for level in levels)
    parts = (
        (left, top, width, WHITE, _("the whole scale")),
        (left, top, possible, RULE, _("possible")),
        (left, top, after, WORKS, _("with the plan")),
        (left + before - 0.02, top - 0.05, 0.04, INK, _("today")),
    )
    for start, y, wide, colour, says in parts:
        if wide <= 0:
            continue
        high = tall + 2 * (top - y)
        shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(emu, (start, y, wide, high)))
        shape.name = says
        _plain(shape)
        shape.fill.solid()
        shape.fill.fore_color.rgb = _rgb(colour)
        shape.line.fill.background()


def _panel(slide: Any, box: Box, name: str) -> Any:
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(emu, box))
    shape.name = name
    _plain(shape)
    shape.fill.solid()
    shape.fill.fore_color.rgb = _rgb(PANEL)
    shape.line.fill.background()
    shape.text_frame.margin_left = shape.text_frame.margin_right = emu(0.12)
    shape.text_frame.margin_top = emu(0.08)
    return shape


def _cards(slide: Any, content: Slide, box: Box) -> None:
    """Draw sentences under headings beside each other, and other sentences below them."""
    left, top, width, tall = box
    below = min(0.8, _tall(content.sentences, 12.0, width)) if content.sentences else 0.0
    rows = 1 if len(content.cards) <= ABREAST else 2
    across = -(-len(content.cards) // rows)
    wide = (width - 0.2 * (across - 1)) / across
    lined = [
        content.cards[first : first + across] for first in range(0, len(content.cards), across)
    ]
    room = tall - below - 0.2 * (rows - 1)

    def needs(size: float) -> list[float]:
        talls = ([_tall(card.texts, size, wide - 0.24) for card in line] for line in lined)
        return [max(each) + CARD_HEAD for each in talls]

    size = next((it for it in CARD_SIZES if sum(needs(it)) <= room), CARD_SIZES[-1])
    high = needs(size)
    high = [inches * min(1.0, room / sum(high)) for inches in high]
    high = [inches + min(0.4, (room - sum(high)) / rows) for inches in high]
    for number, line in enumerate(lined):
        for column, card in enumerate(line):
            place = (left + column * (wide + 0.2), top, wide, high[number])
            shape = _panel(slide, place, card.title)
            kept = _kept(card.texts, size, wide - 0.24, high[number] - CARD_HEAD)
            _text(shape, [card.title, *kept], size, anchor=MSO_ANCHOR.TOP, after=SPACE)
            head = shape.text_frame.paragraphs[0]
            set_letters(head, min(14.0, size + 1), bold=True, colour=INK)
        top += high[number] + 0.2
    _sentences(slide, content.sentences, (left, top, width, BOTTOM - top), SMALL_SIZES)


def _kept(texts: Sequence[str], size: float, width: float, tall: float) -> list[str]:
    """Return as many sentences as there is room for, and that the notes have more."""
    kept = list(texts)
    if _tall(kept, size, width) <= tall:
        return kept
    note = _("More in the notes.")
    while kept and _tall([*kept, note], size, width) > tall:
        kept.pop()
    return [*kept, note]


def _with_drawn(slide: Any, content: Slide, box: Box) -> list[str]:
    """Draw a timeline or a map over the whole width, and the sentences below it."""
    drawn = content.drawn
    assert drawn is not None
    left, top, width, tall = box
    texts = [text for text in (drawn.note, *content.sentences) if text]
    below = min(1.1, _tall(texts, SMALL_SIZES[-1], width) + 0.1) if texts else 0.0
    draw = draw_timeline if isinstance(drawn, Timeline) else draw_heat_map
    end = draw(slide, drawn, (left, top, width, tall - below)) + 0.08  # type: ignore[arg-type]
    _sentences(slide, texts, (left, end, width, top + tall - end), SMALL_SIZES)
    return [drawn.note] if drawn.note else []


def _with_table(
    slide: Any, content: Slide, section: Section, document: Document, top: float
) -> list[str]:
    """Draw a table over the whole width, and the sentences; return what is said of the table.

    Sentences that come first stand above it, in larger letters, if all of it has room then.
    """
    assert content.table is not None
    grid = TextGrid.of(content.table, document.decimals)
    sentences = content.sentences
    if content.above:
        tall = _tall(sentences, TEXT_SIZES[3], ACROSS) + 0.3
        fits = fit_table(grid, ACROSS, BOTTOM - top - tall)
        if fits.whole and fits.size >= SMALL_TABLE:
            room = BOTTOM - top - fits.tall - 0.2
            end = _sentences(
                slide, sentences, (LEFT, top + 0.1, ACROSS, room - 0.1), TEXT_SIZES[1:]
            )
            says = content.table.note
            draw_table(slide, fits, (LEFT, end + 0.2, ACROSS, fits.tall), content.title)
            return [says] if says else []
    texts = [text for text in (content.table.note, *sentences) if text]
    below = min(1.3, _tall(texts, SMALL_SIZES[-1], ACROSS) + 0.1) if texts else 0.0
    return _table_and_sentences(
        slide, content, section, document, (LEFT, top, ACROSS, BOTTOM - top), below
    )


def _table_and_sentences(
    slide: Any, content: Slide, section: Section, document: Document, box: Box, below: float
) -> list[str]:
    """Draw a table at the top of a box, and sentences below it, of what it leaves out first."""
    assert content.table is not None
    left, top, width, tall = box
    grid = TextGrid.of(content.table, document.decimals)
    fits = fit_table(grid, width, tall - below)
    if fits.rows_left or fits.columns_left:
        fits = fit_table(grid, width, tall - max(below, COUNTED))
    end = draw_table(slide, fits, (left, top, width, tall - below), content.title) + 0.12
    missing = " ".join(_left(fits, content.table, section))
    notes = [text for text in (content.table.note, missing) if text]
    room = (left, end, width, top + tall - end)
    _sentences(slide, [*notes, *content.sentences], room, SMALL_SIZES)
    return notes


def _left(fits: Fitted, table: Table, section: Section) -> Iterator[str]:
    text = _("workbook of this answer, sheet {sheet}")
    return fits.left(table.whole or text.format(sheet=section.name))


def _with_charts(
    slide: Any, content: Slide, section: Section, document: Document, top: float
) -> list[str]:
    """Draw charts beside each other, or one with a table beside it; sentences have what is left."""
    tall = BOTTOM - top
    beside = content.table is not None
    sentences = content.sentences
    under = 0.0 if beside else min(0.9, _tall(sentences, SMALL_SIZES[1], ACROSS) + 0.1)
    number = len(content.charts)
    whole = BESIDE if beside else ACROSS
    width = (whole - GAP * (number - 1)) / number
    for place, chart in enumerate(content.charts):
        left = LEFT + place * (width + GAP)
        draw_chart(slide, chart, document, (left, top, width, tall - under))
    if not beside:
        _sentences(slide, sentences, (LEFT, BOTTOM - under, ACROSS, under), SMALL_SIZES)
        return []
    box = (LEFT + BESIDE + GAP, top + 0.1, ACROSS - BESIDE - GAP, tall - 0.1)
    return _table_and_sentences(slide, content, section, document, box, 1.2)


def _tall(sentences: Sequence[str], size: float, width: float) -> float:
    """Return how high sentences stand, in inches."""
    return sum(height(lines(text, size, width), size) + SPACE / 72 for text in sentences)


def _sentences(slide: Any, sentences: Sequence[str], box: Box, sizes: Sequence[float]) -> float:
    """Write as many sentences as there is room for; return where they end, in inches."""
    body = slide.placeholders[1]
    left, top, width, tall = box
    size = next((size for size in sizes if _tall(sentences, size, width) <= tall), sizes[-1])
    kept = _kept(sentences, size, width, tall)
    if not kept or _tall(kept, size, width) > tall:
        body._element.getparent().remove(body._element)  # noqa: SLF001
        return top
    end = _tall(kept, size, width)
    body.left, body.top, body.width, body.height = (
        emu(length) for length in (left, top, width, end + 0.1)
    )
    _text(body, kept, size)
    return top + end


def _text(
    shape: Any,
    texts: Sequence[str],
    size: float,
    *,
    bold: bool = False,
    colour: str = TEXT,
    align: Any = PP_ALIGN.LEFT,
    anchor: Any = None,
    after: float = 0.0,
) -> None:
    frame = shape.text_frame
    frame.word_wrap = True
    if anchor is not None:
        frame.vertical_anchor = anchor
    for number, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text = " ".join(text.split())
        paragraph.alignment = align
        if after:
            paragraph.space_after = Pt(after)
        set_letters(paragraph, size, bold=bold, colour=colour)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour[1:])
