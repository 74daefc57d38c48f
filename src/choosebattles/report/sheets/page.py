"""One sheet: a title in A1, a line of help, a table with a header row that repeats in print."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from textwrap import wrap

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from choosebattles.errors import AuditError, Fault, gathered
from choosebattles.execution.protection import Guard
from choosebattles.report.sheets.looks import WORDS, Kind, Looks
from choosebattles.words import _, several

A4 = 9
WIDEST_NAME = 26
A3 = 8
WIDE = 175
"""Characters across, above which a sheet is printed on A3."""
TALL = 620
"""Points of height of rows up to which a table is printed on one page."""
LINE = 13
"""Points of height of a line of text."""
INDENT = 1.5
"""Width that the indent of words takes."""
ROOM = 1.2
"""Characters of running text that fit where one digit is the measure of width."""
CAPITAL = 0.35
"""By how much a capital letter is wider than running text."""
LETTER = 6.2
"""Points of width of a letter."""
LONGEST = 32_767
"""Characters that a cell holds."""

DOUBTS = 5
"""Doubts that stand under a headline, at most: the rows above a table stay in sight."""
DOUBT_WIDTH = 120
"""Characters across a line of a doubt."""
DEFAULT_WIDTH = 8.43
"""Characters across a column of which nothing is said."""

HEADER_ROW = 4
"""Row of the header, counted from 0: below title, two lines of help and an empty row."""


class Doubted(Guard, total=False):
    """What a workbook of an answer must not harm, and the doubts that it tells."""

    doubts: Sequence[Fault]


@dataclass(frozen=True)
class Formula:
    """A live formula with the value that it has, so that previews show a number."""

    text: str
    value: float | str


@dataclass(frozen=True)
class Special:
    """A value that looks otherwise than its column does."""

    value: str | float
    kind: Kind


Cell = str | float | int | Formula | Special | None


@dataclass(frozen=True)
class Column:
    """A column of a table; the title of a ``turned`` one is read from below."""

    title: str
    kind: Kind
    width: float = 11
    turned: bool = False


@dataclass(frozen=True)
class Declared:
    """A formula as written, for whoever checks that its saved value is right."""

    sheet: str
    cell: str
    formula: Formula


@dataclass(frozen=True)
class Area:
    """Where the rows of a table stand, for formulas and charts."""

    sheet: str
    first: int
    last: int
    columns: tuple[str, ...]

    def position(self, title: str) -> int:
        """Return the position of a column, counted from 0."""
        return self.columns.index(title)

    def column(self, title: str, first: int | None = None, last: int | None = None) -> str:
        """Return the cells of a column, or those from one row to another, counted from 0."""
        letter = xl_col_to_name(self.position(title))
        start = self.first + (first or 0) + 1
        stop = (self.last if last is None else self.first + last) + 1
        return f"{quoted(self.sheet)}!${letter}${start}:${letter}${stop}"

    def block(self, first: str, last: str) -> str:
        """Return the cells from one column to another."""
        one, other = (xl_col_to_name(self.position(each)) for each in (first, last))
        return f"{quoted(self.sheet)}!${one}${self.first + 1}:${other}${self.last + 1}"

    def cell(self, title: str, row: int) -> str:
        """Return one cell; rows are counted from 0."""
        letter = xl_col_to_name(self.position(title))
        return f"{quoted(self.sheet)}!${letter}${self.first + row + 1}"

    def range(self, title: str, first: int = 0, last: int | None = None) -> list[str | int]:
        """Return cells of a column in the form that charts ask for."""
        stop = self.last if last is None else self.first + last
        place = self.position(title)
        return [self.sheet, self.first + first, place, stop, place]


def quoted(sheet: str) -> str:
    """Return a sheet's name as formulas write it."""
    return "'" + sheet.replace("'", "''") + "'"


def fitting(text: str) -> str:
    """Return a text as a cell can hold it."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _fitting_names(column: Column, cells: Sequence[Cell]) -> Column:
    """Return a column of names wide enough that none is broken, up to a width."""
    if column.kind is not Kind.NAME:
        return column
    longest = max((len(each) for each in cells if isinstance(each, str)), default=0)
    return replace(column, width=max(column.width, min(longest / ROOM + INDENT + 1, WIDEST_NAME)))


def _lines(columns: Sequence[Column], row: Sequence[Cell]) -> int:
    """Return how many lines the longest text of a row takes."""
    lines = 1
    for column, value in zip(columns, row, strict=True):
        if not isinstance(value, str) or not value:
            continue
        wide = 1 + CAPITAL * sum(map(str.isupper, value)) / len(value)
        across = max(1, int((column.width - INDENT) * ROOM / wide))
        lines = max(lines, len(wrap(value, across)))
    return lines


def _height(columns: Sequence[Column], *, filtered: bool) -> float:
    """Return the height of a header in points; a button of a filter takes a line."""
    straight = [each for each in columns if not each.turned]
    lines = max((math.ceil((len(each.title) + 2) / each.width) for each in straight), default=1)
    numbers = any(each.kind not in WORDS for each in columns)
    height = LINE * max(lines, 2 if filtered and numbers else 1) + 4
    turned = (_across(each) * LETTER + LETTER for each in columns if each.turned)
    return max((height, *turned))


def _across(column: Column) -> int:
    """Return on how many letters a turned title has lines enough in its column."""
    lines = max(1, int(column.width * LETTER / LINE))
    return next(
        letters for letters in range(8, LONGEST) if len(wrap(column.title, letters)) <= lines
    )


class Page:
    """One sheet of the results.

    Parameters
    ----------
    sheet
        The sheet, still empty.
    looks
        Formats of the workbook.
    name
        The sheet's name.
    """

    def __init__(self, sheet: Worksheet, looks: Looks, name: str) -> None:
        self.sheet = sheet
        self.looks = looks
        self.name = name
        self.declared: list[Declared] = []
        self._widths: list[float] = []
        self._aside: int | None = None
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)

    def head(self, title: str, *lines: str) -> None:
        """Write the title in A1 and up to two lines of help below it."""
        self.sheet.write_string(0, 0, title, self.looks.title)
        self.sheet.set_row(0, 24)
        for row, line in enumerate(lines, 1):
            self.sheet.write_string(row, 0, fitting(line), self.looks.lead)
        footer = _("Page {page} of {pages}").format(page="&P", pages="&N")
        self.sheet.set_footer(f"&L&8{title.replace('&', '&&')}&R&8{footer}")

    def doubt(self, doubts: Sequence[Fault]) -> None:
        """Write the doubts about what was read above the table, once widths are known."""
        told = [_("Doubt: {sentence}").format(sentence=each) for each in gathered(doubts)]
        if not told:
            return
        more = len(told) - DOUBTS
        if more > 0:
            text = several(
                "{number} more doubt: the command check tells it.",
                "{number} more doubts: the command check tells them.",
                more,
            )
            told[DOUBTS:] = [text.format(number=more)]
        last, across = 0, 0.0
        while across < DOUBT_WIDTH and last + 1 != self._aside:
            across += self._widths[last] if last < len(self._widths) else DEFAULT_WIDTH
            last += 1
        lines = sum(len(wrap(each, max(1, int(across)))) for each in told)
        row, text = HEADER_ROW - 1, fitting("\n".join(told))
        if last > 1:
            self.sheet.merge_range(row, 0, row, last - 1, "", self.looks.doubt)
        self.sheet.write_string(row, 0, text, self.looks.doubt)
        self.sheet.set_row(row, LINE * lines + 4)

    def write(self, row: int, column: int, value: Cell, kind: Kind, *, total: bool = False) -> None:
        """Write one cell; a text is never a formula or a link, whatever it begins with."""
        if isinstance(value, Special):
            kind = value.kind
            value = value.value
        looks = self.looks.cell(kind, first=column == 0, total=total)
        if isinstance(value, float) and not math.isfinite(value):
            cell = f"{self.name}!{xl_rowcol_to_cell(row, column)}"
            raise AuditError(_("{cell} would not be a number.").format(cell=cell))
        if value is None or value == "":
            self.sheet.write_blank(row, column, None, looks)
        elif isinstance(value, Formula):
            self.formula(row, column, value, looks)
        elif isinstance(value, str):
            self.sheet.write_string(row, column, fitting(value), looks)
        else:
            self.sheet.write_number(row, column, value, looks)

    def formula(self, row: int, column: int, formula: Formula, looks: Format) -> None:
        """Write a live formula with its value, and remember it for verification."""
        self.sheet.write_formula(row, column, f"={formula.text}", looks, formula.value)
        self.declared.append(Declared(self.name, xl_rowcol_to_cell(row, column), formula))

    def link(self, row: int, column: int, sheet: str) -> None:
        """Write a sheet's name as a link to it."""
        target = f"internal:{quoted(sheet)}!A1"
        self.sheet.write_url(row, column, target, self.looks.link, sheet)

    def shade(self, blocks: Sequence[tuple[int, int, int, int]], low: str, high: str) -> None:
        """Shade shares from 0 to 1 between two colours, in addition to the numbers."""
        if not blocks:
            return
        scale = {
            "type": "2_color_scale",
            "min_type": "num",
            "max_type": "num",
            "min_value": 0,
            "max_value": 1,
            "min_color": low,
            "max_color": high,
            "multi_range": " ".join(xl_range(*each) for each in blocks),
        }
        self.sheet.conditional_format(*blocks[0], scale)

    def table(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Cell]],
        *,
        name: str,
        at: int = HEADER_ROW,
        only: bool = True,
        keep: int = 1,
        autofilter: bool = True,
    ) -> Area:
        """Write a table and mark it as one.

        Parameters
        ----------
        columns
            Titles, which must differ, with kinds and widths.
        rows
            One sequence of cells for each row; at least one row.
        name
            Name of the table, for readers of the file.
        at
            Row of the header, counted from 0.
        only
            Whether it is the only table: widths, frozen panes and print titles are then its.
        keep
            Columns that stay in sight when scrolling to the right.
        autofilter
            Whether the only table of a sheet can be filtered.
        """
        columns = [_fitting_names(each, [row[n] for row in rows]) for n, each in enumerate(columns)]
        tall = 0.0
        for number, row in enumerate(rows, at + 1):
            for place, (column, value) in enumerate(zip(columns, row, strict=True)):
                self.write(number, place, value, column.kind)
            if only:
                height = LINE * _lines(columns, row) + 3
                self.sheet.set_row(number, height)
                tall += height
        last = at + len(rows)
        filtered = only and autofilter
        self.sheet.set_row(at, _height(columns, filtered=filtered))
        self.sheet.add_table(
            at,
            0,
            last,
            len(columns) - 1,
            {
                "name": name,
                "style": None,
                "autofilter": filtered,
                "columns": [
                    {
                        "header": each.title,
                        "header_format": self.looks.header(
                            each.kind, first=place == 0, turned=each.turned
                        ),
                    }
                    for place, each in enumerate(columns)
                ],
            },
        )
        for place, column in enumerate(columns if only else ()):
            self.sheet.set_column(place, place, column.width)
        if only:
            self._widths = [each.width for each in columns]
            self.sheet.set_paper(A3 if sum(each.width for each in columns) > WIDE else A4)
            self.sheet.freeze_panes(at + 1, keep)
            self.sheet.repeat_rows(at)
            if tall <= TALL:
                self.sheet.fit_to_pages(1, 1)
        return Area(self.name, at + 1, last, tuple(each.title for each in columns))

    def totals(self, area: Area, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> int:
        """Write rows of sums below a table, which are no part of it; return the last of them."""
        for number, row in enumerate(rows, area.last + 1):
            for place, (column, value) in enumerate(zip(columns, row, strict=True)):
                self.write(number, place, value, column.kind, total=True)
        return area.last + len(rows)

    def beside(
        self, heads: Sequence[str], rows: Sequence[Sequence[Cell]], place: int
    ) -> list[list[str | int]]:
        """Write the cells that a chart is drawn from, out of the reader's way, under a heading.

        They are no part of the table, so sorting or filtering it leaves the chart as it is.

        Parameters
        ----------
        heads
            Titles of the columns.
        rows
            One sequence of cells for each row.
        place
            The first column.

        Returns
        -------
        list
            The cells of each column in the form that charts ask for.
        """
        self._aside = place
        self.sheet.write_string(HEADER_ROW - 1, place, _("Cells of the chart"), self.looks.helper)
        for number, row in enumerate((tuple(heads), *rows), HEADER_ROW):
            for column, value in enumerate(row, place):
                if isinstance(value, str):
                    self.sheet.write_string(number, column, fitting(value), self.looks.helper)
                elif isinstance(value, int | float):
                    self.sheet.write_number(number, column, value, self.looks.helper)
        first, last = HEADER_ROW + 1, HEADER_ROW + len(rows)
        return [
            [self.name, first, column, last, column] for column in range(place, place + len(heads))
        ]
