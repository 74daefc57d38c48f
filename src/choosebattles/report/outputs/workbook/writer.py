"""A document as a workbook: a sheet for each section, written, read back, then put in its place."""

import math
from dataclasses import replace
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path
from typing import Unpack

from xlsxwriter import Workbook

from choosebattles.execution.overwriting import OFFICE_MARK, Guard
from choosebattles.execution.safe_write import Written, write_safely
from choosebattles.report.document import (
    Cells,
    Chart,
    Column,
    Document,
    Form,
    Kind,
    Link,
    Manner,
    Medium,
    Numbers,
    Section,
    Sentences,
    Series,
    Table,
)
from choosebattles.report.outputs.colours import FACE
from choosebattles.report.outputs.waterfall_columns import pieces
from choosebattles.report.outputs.workbook.charts import Place, Placed, drawn
from choosebattles.report.outputs.workbook.formats import SIZE, Looks
from choosebattles.report.outputs.workbook.read_back import verify
from choosebattles.report.outputs.workbook.sheet import (
    HEADER_ROW,
    SCREEN,
    Area,
    Areas,
    Meant,
    Sheet,
)
from choosebattles.translation import _, several

OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
    "in_memory": True,
    "default_format_properties": {"font_name": FACE, "font_size": SIZE},
}
"""What a workbook never does with texts and numbers, and its face."""

HEADLINE = 13
"""Points of a headline."""
ROW = 20
"""Pixels of a row of usual height."""
BESIDE = 8
"""Column from which on charts stand beside tables, at least."""
NAME = 12
"""Letters of a step's name below its column."""
DOUBTS = 5
"""Doubts above the first table, at most: its rows stay in sight."""

Read = dict[str, dict[str, Meant]]


def write_workbook(
    document: Document, path: Path, *, made: datetime | None = None, **guard: Unpack[Guard]
) -> Written:
    """Write a document as a workbook, so that a failure harms no earlier one.

    The new file is written beside the old one, every cell of it is read back and compared with
    what was meant, and only then is it put in its place.

    Parameters
    ----------
    document
        What is said.
    path
        Where the workbook shall stand.
    made
        When; now unless said otherwise.
    guard
        Files that must never be overwritten (``inputs``), and whether a file that this program
        did not write may be (``overwrite``).

    Raises
    ------
    AuditError
        If a number is none.
    OutputError
        If the file cannot be written, or reads back differently.
    """
    meant: Read = {}

    def write(partial: Path) -> None:
        meant.clear()
        meant.update(render(document, partial, made or datetime.now(UTC)))

    return write_safely(path, write, lambda partial: verify(partial, meant), **guard)


def render(document: Document, path: Path, made: datetime) -> Read:
    """Write a document to a path and return what every cell should read back as."""
    first, *others = document.shown(Medium.WORKBOOK)
    if document.notes:
        first = replace(first, blocks=(*first.blocks, Sentences(document.notes)))
    sections = [*_contents(document, made), first, *others]
    areas: Areas = {}
    with Workbook(str(path), OPTIONS) as book:
        looks = Looks(book, document.decimals)
        sheets = [
            Sheet(book.add_worksheet(section.name), looks, section.name, areas)
            for section in sections
        ]
        _place(sections, areas)
        for sheet, section in zip(sheets, sections, strict=True):
            _write(book, sheet, section, document)
        _doubts(sheets[document.contents], document.doubts)
        properties = {
            "title": document.title,
            "subject": document.headline[:250],
            "comments": document.proof,
            "created": made.replace(tzinfo=None),
        }
        book.set_properties(OFFICE_MARK | properties)
        if document.results:
            book.set_custom_property("choosebattles results", document.results)
    return {sheet.name: sheet.meant for sheet in sheets}


def _contents(document: Document, made: datetime) -> list[Section]:
    """Return the list of sheets, each with the question that it answers."""
    if not document.contents:
        return []
    columns = (
        Column(_("Sheet"), Kind.NAME, 18),
        Column(_("What it answers"), Kind.TEXT, 100),
    )
    rows = [(Link(section.name), section.answers) for section in document.shown(Medium.WORKBOOK)]
    table = Table("Contents", columns, rows, filtered=False)
    line = _("Results of choosebattles, made on {day} from {name}.").format(
        day=made.date().isoformat(), name=document.source or _("a case without a file")
    )
    leads = (line,) if document.seal is None else (line, document.seal)
    return [Section(_("Contents"), (table,), leads=leads)]


def _laid(section: Section) -> list[int]:
    """Return the row in which each block begins: the heading of a table, one above its header."""
    rows, row = [], HEADER_ROW
    for block in section.blocks:
        rows.append(row)
        if isinstance(block, Sentences) and block.texts:
            row += bool(block.title) + len(block.texts) + 1
        elif isinstance(block, Table) and block.rows:
            row += bool(block.title) + 1 + len(block.rows) + len(block.totals) + 1
            row += bool(block.note)
        elif isinstance(block, Chart) and not block.beside:
            row += math.ceil(block.size[1] / ROW) + 1
    return rows


def _place(sections: list[Section], areas: Areas) -> None:
    """Note where every table will stand, so that formulas may speak of tables further on."""
    for section in sections:
        for block, row in zip(section.blocks, _laid(section), strict=True):
            if isinstance(block, Table) and block.rows:
                first = row + bool(block.title) + 1
                titles = tuple(column.title for column in block.columns)
                last = first + len(block.rows) - 1
                areas[block.name] = Area(section.name, first, last, titles)


def _write(book: Workbook, sheet: Sheet, section: Section, document: Document) -> None:
    sheet.head(document.titled(section.title or section.name), section.leads)
    tables = [table for table in section.of(Table) if table.rows]
    for table in tables:
        sheet.widen(table)
    for chart in section.of(Chart):
        if not chart.beside:
            sheet.cover(chart.size[0] / SCREEN)
    beside = last = HEADER_ROW
    across, below = 0.0, []
    for block, row in zip(section.blocks, _laid(section), strict=True):
        if isinstance(block, Sentences) and block.texts:
            last = _sentences(sheet, block, row)
        elif isinstance(block, Table) and block.rows:
            last = _table(sheet, block, row, only=len(tables) == 1)
        elif isinstance(block, Chart):
            found = drawn(book, block, _placed(sheet, block, document))
            look = {"description": block.says, "object_position": 2}
            high = math.ceil(block.size[1] / ROW)
            if block.beside:
                place = max(len(sheet.widths) + 1, sheet.spanned()[0] + 1, BESIDE)
                sheet.sheet.insert_chart(beside, place, found, look)
                across = max(across, sheet.left_of(place) + block.size[0] / SCREEN)
                beside += high + 1
            else:
                sheet.sheet.insert_chart(row, 0, found, look)
                below.append(range(row, row + high))
                last = row + high
    sheet.shade()
    sheet.set_up(max(last, beside), below, across=across, several=len(tables) > 1)


def _sentences(sheet: Sheet, block: Sentences, row: int) -> int:
    """Write sentences from a row on; return the row after them."""
    if block.title:
        sheet.text(row, 0, block.title, sheet.looks.section)
        row += 1
    first = block.manner is Manner.HEADLINE
    looks = sheet.looks.headline if first else sheet.looks.sentence
    for text in block.texts:
        shown = f"- {text}" if block.manner is Manner.LIST else text
        row = sheet.sentence(row, shown, looks, HEADLINE if first else SIZE)
    return row


def _table(sheet: Sheet, table: Table, row: int, *, only: bool) -> int:
    """Write a table from a row on, its heading first; return the row after it."""
    if table.title:
        sheet.text(row, 0, table.title, sheet.looks.section)
        row += 1
    area = sheet.table(table, row, only=only)
    last = area.last + len(table.totals) + 1
    if table.note:
        sheet.text(last, 0, table.note, sheet.looks.sentence)
    return last


def _placed(sheet: Sheet, chart: Chart, document: Document) -> list[Placed]:
    """Return where the numbers of a chart stand; those of no table are written beside it."""
    if chart.form is Form.WATERFALL:
        return _waterfall(sheet, chart, document)
    names: Place = []
    if isinstance(chart.categories, Cells):
        names = sheet.areas[chart.categories.table].place(chart.categories)
    elif chart.categories:
        (names,) = sheet.beside([chart.title], [(name,) for name in chart.categories])
    written = _raw_numbers(sheet, chart)

    def place(head: str, numbers: Cells | Numbers | None) -> Place:
        if isinstance(numbers, Cells):
            return sheet.areas[numbers.table].place(numbers)
        return names if numbers is None else written[head, numbers]

    return [
        Placed(
            series,
            place(series.name, series.values),
            place(chart.across, series.across),
            document.numbers(series.values),
        )
        for series in chart.series
    ]


def _raw_numbers(sheet: Sheet, chart: Chart) -> dict[tuple[str, Numbers], Place]:
    """Write numbers of a chart that stand in no table, once by each name; return their cells."""
    columns = {
        (head, numbers): None
        for series in chart.series
        for head, numbers in ((chart.across, series.across), (series.name, series.values))
        if isinstance(numbers, tuple)
    }
    if not columns:
        return {}
    heads, values = zip(*columns, strict=True)
    places = sheet.beside(heads, list(zip_longest(*values)))
    return {
        (head, numbers): [name, first, column, int(first) + len(numbers) - 1, column]
        for (head, numbers), (name, first, column, *_end) in zip(columns, places, strict=True)
    }


def _waterfall(sheet: Sheet, chart: Chart, document: Document) -> list[Placed]:
    (series,) = chart.series
    names = [_short(name) for name in document.names(chart.categories)]
    found = pieces(names, document.numbers(series.values))
    parts = (
        (_("start of the bar"), [piece.base for piece in found]),
        (_("level"), [piece.level for piece in found]),
        (_("adds"), [piece.rise for piece in found]),
        (_("takes"), [piece.fall for piece in found]),
        (_("below 0"), [piece.below for piece in found]),
    )
    used = [part for part in parts if any(number is not None for number in part[1])]
    heads = (chart.title, *(name for name, _numbers in used))
    rows = [
        (piece.name, *row) for piece, *row in zip(found, *(n for _name, n in used), strict=True)
    ]
    names_place, *places = sheet.beside(heads, rows)
    return [
        Placed(Series(name, tuple(numbers)), place, names_place, tuple(numbers))
        for (name, numbers), place in zip(used, places, strict=True)
    ]


def _short(name: str) -> str:
    return name if len(name) <= NAME else f"{name[: NAME - 1].rstrip()}…"


def _doubts(sheet: Sheet, doubts: tuple[str, ...]) -> None:
    """Write the doubts about what was read above the first table, once widths are known."""
    shown = [_("Doubt: {sentence}").format(sentence=doubt) for doubt in doubts]
    if not shown:
        return
    more = len(shown) - DOUBTS
    if more > 0:
        text = several(
            "{number} more doubt: the command check tells it.",
            "{number} more doubts: the command check tells them.",
            more,
        )
        shown[DOUBTS:] = [text.format(number=more)]
    sheet.sentence(HEADER_ROW - 1, "\n".join(shown), sheet.looks.doubt)
