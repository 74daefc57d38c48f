"""A workbook of tables, one a sheet, written so that a failure harms no earlier one."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap
from typing import Unpack

from openpyxl import load_workbook
from xlsxwriter import Workbook

from choosebattles.errors import Fault, OutputError
from choosebattles.execution.protection import OFFICE_MARK, Guard
from choosebattles.execution.safe_write import Written, write_safely
from choosebattles.report.sheets.charts import Picture, Series, named_points
from choosebattles.report.sheets.charts import columns as column_chart
from choosebattles.report.sheets.looks import Kind, Looks
from choosebattles.report.sheets.page import (
    HEADER_ROW,
    INDENT,
    ROOM,
    Area,
    Cell,
    Column,
    Page,
    Special,
    fitting,
)
from choosebattles.report.xlsx import REFUSED
from choosebattles.words import _

CLOSE = 1e-9
"""Relative difference that a number may have after it was written and read."""

LINE = 15
"""Points of height of a sentence."""

ACROSS = 150
"""Letters of a sentence on one line."""

ROW = 13
"""Points of height of a line in a table."""

CAPITALS = 0.45
"""How much less of a text fits, in characters by width of column, where all of it is capitals."""

Draw = Callable[[Workbook, Page, Area, int], None]
"""Adds a picture to a sheet: beside its table, or below, from a row on, counted from 0."""


@dataclass(frozen=True)
class Table:
    """One sheet: title, up to two lines of help, a table, and what stands below it.

    Without rows the sheet has its sentences only. ``sentences`` stand below the table, and
    ``listed`` below them, under a heading, its first.
    """

    name: str
    title: str
    lines: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    sentences: tuple[str, ...] = ()
    draw: Draw | None = None
    listed: tuple[str, ...] = ()
    keep: int = 1
    autofilter: bool = True


def drawn(title: str, names: Sequence[str], rows: int) -> Draw:
    """Return what draws the first rows of a table as columns in points, to its right."""

    def draw(book: Workbook, page: Page, area: Area, _row: int) -> None:
        chart = column_chart(
            book,
            Picture(title, _("points"), "0"),
            area.range(area.columns[0], 0, rows - 1),
            [Series(name, area.range(name, 0, rows - 1)) for name in names],
        )
        place = max(len(area.columns) + 1, 8)
        page.sheet.insert_chart(HEADER_ROW, place, chart, {"description": title})

    return draw


def drawn_below(title: str, names: Sequence[str]) -> Draw:
    """Return what draws all rows of a table as columns in points, below it."""

    def draw(book: Workbook, page: Page, area: Area, row: int) -> None:
        chart = column_chart(
            book,
            Picture(title, _("points"), "0", width=720, height=320),
            area.range(area.columns[0]),
            [Series(name, area.range(name)) for name in names],
        )
        page.sheet.insert_chart(row, 0, chart, {"description": title})

    return draw


def scattered_below(picture: Picture, across: str, up: str, names: Sequence[str]) -> Draw:
    """Return what draws rows of a table as points that bear names, two columns against another.

    Parameters
    ----------
    picture
        Its title, what stands at the axis that goes up, and its size.
    across, up
        Titles of the columns; ``across`` stands at its axis too.
    names
        A name for each row, from the first on.
    """

    def draw(book: Workbook, page: Page, area: Area, row: int) -> None:
        points = [
            (name, area.range(across, number, number), area.range(up, number, number))
            for number, name in enumerate(names)
        ]
        chart = named_points(book, picture, across, points)
        page.sheet.insert_chart(row, 0, chart, {"description": picture.title})

    return draw


def write_tables(
    tables: Sequence[Table],
    path: Path,
    *,
    decimals: int,
    doubts: Sequence[Fault] = (),
    **guard: Unpack[Guard],
) -> Written:
    """Write sheets, read them back, compare, and only then put the file in its place.

    Parameters
    ----------
    tables
        The sheets, in order.
    path
        Where the workbook shall stand.
    decimals
        Decimals of money.
    doubts
        What may have been read otherwise than it was meant: told on the first sheet.
    guard
        Files that must never be overwritten (``inputs``), and whether a file that this program
        did not write may be (``overwrite``).

    Raises
    ------
    OutputError
        If the file cannot be written, or reads back differently.
    """

    def write(partial: Path) -> None:
        with Workbook(str(partial), REFUSED) as book:
            looks = Looks(book, decimals)
            pages = [Page(book.add_worksheet(each.name), looks, each.name) for each in tables]
            for page, each in zip(pages, tables, strict=True):
                _write(book, page, each)
            pages[0].doubt(doubts)
            book.set_properties(OFFICE_MARK | {"title": tables[0].title})

    def read_back(partial: Path) -> None:
        _verify(partial, tables)

    return write_safely(path, write, read_back, **guard)


def _write(book: Workbook, page: Page, table: Table) -> None:
    page.head(table.title, *table.lines[:2])
    row = HEADER_ROW
    area = None
    if table.rows:
        name = "".join(each for each in table.name.title() if each.isalnum())
        area = page.table(
            table.columns, table.rows, name=name, keep=table.keep, autofilter=table.autofilter
        )
        _heighten(page, table)
        row = area.last + 2
    heading = table.listed[:1]
    for text in (*table.sentences, *heading, *table.listed[1:]):
        look = page.looks.section if text in heading else page.looks.sentence
        page.sheet.merge_range(row, 0, row, max(6, len(table.columns) - 1), "", look)
        page.sheet.write_string(row, 0, fitting(text), look)
        page.sheet.set_row(row, LINE * max(1, math.ceil(len(text) / ACROSS)))
        row += 1
    if table.draw is not None and area is not None:
        table.draw(book, page, area, row + 1)


def _heighten(page: Page, table: Table) -> None:
    """Give rows with lists of ids the height that capitals take: they are wider than other text."""
    for number, row in enumerate(table.rows, HEADER_ROW + 1):
        lines = 1
        for column, value in zip(table.columns, row, strict=True):
            if column.kind is Kind.TEXT and isinstance(value, str) and value:
                capital = sum(each.isupper() for each in value) / len(value)
                across = max(8, int((column.width - INDENT) * (ROOM - CAPITALS * capital)))
                lines = max(lines, len(wrap(value, across)))
        page.sheet.set_row(number, ROW * lines + 3)


def _verify(path: Path, tables: Sequence[Table]) -> None:
    with path.open("rb") as stream:
        book = load_workbook(stream, data_only=True)
        try:
            wrong = [each.name for each in tables if not _same(book[each.name], each)]
        finally:
            book.close()
    if wrong:
        sentence = _(
            "The results were not kept, because they read back differently: {place}. Whatever "
            "stood there before is intact. Please report this."
        )
        raise OutputError(sentence.format(place=", ".join(wrong)))


def _same(sheet: object, table: Table) -> bool:
    for number, row in enumerate(table.rows, HEADER_ROW + 2):
        for place, value in enumerate(row, 1):
            there = sheet.cell(number, place).value  # type: ignore[attr-defined]
            meant = value.value if isinstance(value, Special) else value
            if isinstance(meant, str):
                meant = fitting(meant) or None
            if isinstance(meant, int | float) and isinstance(there, int | float):
                if not math.isclose(meant, there, rel_tol=CLOSE, abs_tol=1e-9):
                    return False
            elif meant != there:
                return False
    return True
