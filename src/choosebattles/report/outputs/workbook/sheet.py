"""One sheet of a workbook: what is written into its cells, and what should read back."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from choosebattles.errors import AuditError
from choosebattles.report.document import (
    WORDS,
    Cell,
    Cells,
    Column,
    Formula,
    Kind,
    Lead,
    Link,
    Row,
    Shown,
    Table,
    Tone,
)
from choosebattles.report.outputs.text_fitting import POINTS, breadth, height, lines
from choosebattles.report.outputs.workbook.formats import SIZE, Looks
from choosebattles.report.outputs.workbook.page_setup import ROW, Printed, set_up
from choosebattles.translation import _

LINE = 13
"""Points of height of a line of text."""
LONGEST = 32_767
"""Characters that a cell holds."""
HEADER_ROW = 4
"""Row of the first header, counted from 0: below title, two lines of help and an empty row."""
DEFAULT_WIDTH = 8.43
"""Letters across a column of which nothing is said."""
WIDEST_NAME = 26
"""Letters up to which a column of names grows so that none is broken."""
ACROSS, WIDEST = 110.0, 175.0
"""Letters across that sentences take, at least where columns are narrow and at most."""
PIXELS, EDGE = 7.0, 5.0
"""Pixels of a letter's width, and of the edges of a column."""
SCREEN = 96.0
"""Pixels in an inch."""
INDENT = 0.12
"""Inches that the indent of words takes."""

TONES = {Tone.KEPT: ("#E8A15B", "#FFFFFF"), Tone.GAINED: ("#FFFFFF", "#7FB2DC")}
"""Colours of nothing and of all; the numbers always stand there too."""


@dataclass(frozen=True)
class Area:
    """Where the rows of a table stand: for formulas, charts and the way there."""

    sheet: str
    first: int
    last: int
    columns: tuple[str, ...]

    def reference(self, cells: Cells) -> str:
        """Return cells as formulas write them."""
        first = self.first + cells.first
        last = self.last if cells.last is None else self.first + cells.last
        letter = xl_col_to_name(self.columns.index(cells.column))
        other = xl_col_to_name(self.columns.index(cells.through or cells.column))
        start, stop = f"${letter}${first + 1}", f"${other}${last + 1}"
        return f"{quoted(self.sheet)}!{start}" + ("" if start == stop else f":{stop}")

    def place(self, cells: Cells) -> list[str | int]:
        """Return cells in the form that charts ask for."""
        last = self.last if cells.last is None else self.first + cells.last
        column = self.columns.index(cells.column)
        return [self.sheet, self.first + cells.first, column, last, column]


@dataclass(frozen=True)
class Meant:
    """What a cell should read back as."""

    value: str | float | int
    formula: str = ""


Areas = dict[str, Area]


@dataclass
class Sheet:
    """A sheet while it is being written.

    ``meant`` has every cell with a value, by its name; ``areas`` the tables of all sheets, which
    formulas speak of.
    """

    sheet: Worksheet
    looks: Looks
    name: str
    areas: Areas
    meant: dict[str, Meant] = field(default_factory=dict)
    widths: list[float] = field(default_factory=list)
    shaded: dict[Tone, list[tuple[int, int]]] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    """Points of rows, counted from 0, of which something is said."""
    header: int | None = None
    """The row of the header of the only table, counted from 0."""
    covered: int = 0
    """How many columns charts below the tables cover."""
    aside: int = 0
    """The first column that is free for cells of charts."""

    def __post_init__(self) -> None:
        """Leave the lines between cells out."""
        self.sheet.hide_gridlines(2)

    def head(self, title: str, leads: Sequence[str | Formula]) -> None:
        """Write the title in A1, up to two lines of help below it, and the foot of its print."""
        self.text(0, 0, title, self.looks.title)
        self.set_height(0, 24)
        for row, lead in enumerate(leads[:2], 1):
            if isinstance(lead, Formula):
                self.formula(2, 0, lead, self.looks.section)
            else:
                self.text(row, 0, lead, self.looks.lead)
        footer = _("Page {page} of {pages}").format(page="&P", pages="&N")
        self.sheet.set_footer(f"&L&8{title.replace('&', '&&')}&R&8{footer}")

    def text(self, row: int, column: int, text: str, looks: Format) -> None:
        """Write a text as it is: never a formula or a link, whatever it begins with."""
        shown = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
        if not shown:
            self.sheet.write_blank(row, column, None, looks)
            return
        self.sheet.write_string(row, column, shown, looks)
        self.meant[xl_rowcol_to_cell(row, column)] = Meant(shown)

    def number(self, row: int, column: int, number: float, looks: Format) -> None:
        """Write a number.

        Raises
        ------
        AuditError
            If it is none.
        """
        name = xl_rowcol_to_cell(row, column)
        if not math.isfinite(number):
            text = _("{cell} would not be a number.")
            raise AuditError(text.format(cell=f"{self.name}!{name}"))
        self.sheet.write_number(row, column, number, looks)
        self.meant[name] = Meant(number)

    def formula(self, row: int, column: int, formula: Formula, looks: Format) -> None:
        """Write a live formula with its value."""
        text = formula.text.format(*map(self._reference, formula.cells), row=row + 1)
        self.sheet.write_formula(row, column, f"={text}", looks, formula.value)
        self.meant[xl_rowcol_to_cell(row, column)] = Meant(formula.value, text)

    def _reference(self, cells: Cells | Lead) -> str:
        if isinstance(cells, Lead):
            return f"{quoted(cells.section)}!$A$3"
        return self.areas[cells.table].reference(cells)

    def cell(self, row: int, column: int, cell: Cell, kind: Kind, *, total: bool = False) -> None:
        """Write a cell of a table."""
        if isinstance(cell, Shown):
            kind = cell.kind
            if cell.tone is not None:
                self.shaded.setdefault(cell.tone, []).append((row, column))
            cell = cell.value
        looks = self.looks.cell(kind, first=column == 0, total=total)
        if cell is None or cell == "":
            self.sheet.write_blank(row, column, None, looks)
        elif isinstance(cell, Formula):
            self.formula(row, column, cell, looks)
        elif isinstance(cell, Link):
            target = f"internal:{quoted(cell.section)}!A1"
            self.sheet.write_url(row, column, target, self.looks.link, cell.section)
            self.meant[xl_rowcol_to_cell(row, column)] = Meant(cell.section)
        elif isinstance(cell, str):
            self.text(row, column, cell, looks)
        else:
            self.number(row, column, cell, looks)

    def shade(self) -> None:
        """Shade cells by their shares, in addition to the numbers."""
        for tone, cells in self.shaded.items():
            low, high = TONES[tone]
            scale = {
                "type": "2_color_scale",
                "min_type": "num",
                "max_type": "num",
                "min_value": 0,
                "max_value": 1,
                "min_color": low,
                "max_color": high,
                "multi_range": " ".join(_ranges(cells)),
            }
            self.sheet.conditional_format(*cells[0], *cells[0], scale)

    def table(self, table: Table, at: int, *, only: bool) -> Area:
        """Write a table, mark it as one, and note where it stands.

        Parameters
        ----------
        table
            What to write; it has rows.
        at
            Row of the header, counted from 0.
        only
            Whether it is the only table of the sheet: frozen panes and print titles are its.
        """
        columns = [_broad(column, table, place) for place, column in enumerate(table.columns)]
        rows = [(row, False) for row in table.rows] + [(row, True) for row in table.totals]
        for number, (row, total) in enumerate(rows, at + 1):
            for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
                self.cell(number, place, cell, column.kind, total=total)
            most = _lines(self.widths, row)
            if most > 1 or only:
                self.set_height(number, LINE * most + 3)
        last = at + len(table.rows)
        filtered = only and table.filtered
        self.set_height(at, _height(columns, filtered=filtered))
        heads = [
            {
                "header": column.title,
                "header_format": self.looks.header(
                    column.kind, first=place == 0, turned=column.turned
                ),
            }
            for place, column in enumerate(columns)
        ]
        for place, column in enumerate(columns):
            self.meant[xl_rowcol_to_cell(at, place)] = Meant(column.title)
        options = {"name": table.name, "style": None, "autofilter": filtered, "columns": heads}
        self.sheet.add_table(at, 0, last, len(columns) - 1, options)
        if only:
            self.sheet.freeze_panes(at + 1, table.keep)
            self.header = at
        area = Area(self.name, at + 1, last, tuple(column.title for column in columns))
        self.areas[table.name] = area
        return area

    def set_height(self, row: int, points: float) -> None:
        """Make a row so many points high."""
        self.sheet.set_row(row, points)
        self.heights[row] = points

    def widen(self, table: Table) -> None:
        """Make columns as broad as a table asks, and not narrower than another one does."""
        for place, column in enumerate(table.columns):
            width = _broad(column, table, place).width
            if place == len(self.widths):
                self.widths.append(width)
            self.widths[place] = max(self.widths[place], width)
            self.sheet.set_column(place, place, self.widths[place])

    def spanned(self) -> tuple[int, float]:
        """Return over how many columns a sentence goes, and how many letters across that is."""
        last, across = 0, 0.0
        while across < ACROSS or last < len(self.widths):
            across += self.widths[last] if last < len(self.widths) else DEFAULT_WIDTH
            last += 1
            if across >= WIDEST:
                break
        return last, across

    def sentence(self, row: int, text: str, looks: Format, size: float = SIZE) -> int:
        """Write a sentence across the sheet, high enough to be read; return the row after it."""
        last, across = self.spanned()
        if last > 1:
            self.sheet.merge_range(row, 0, row, last - 1, "", looks)
        self.text(row, 0, text, looks)
        parts = [lines(part, size, _inches(across)) for part in text.split("\n")]
        self.set_height(row, height(sum(parts), size) * POINTS + 4)
        return row + 1

    def beside(self, heads: Sequence[str], rows: Sequence[Row]) -> list[list[str | int]]:
        """Write the cells that a chart is drawn from, out of the reader's way, under a heading.

        They are no part of a table, so sorting or filtering leaves the chart as it is. Returned
        are the cells of each column in the form that charts ask for.
        """
        place = max(self.aside, len(self.widths) + 2, self.covered + 1)
        self.text(HEADER_ROW - 1, place, _("Cells of the chart"), self.looks.helper)
        for number, row in enumerate((tuple(heads), *rows), HEADER_ROW):
            for column, cell in enumerate(row, place):
                if isinstance(cell, str):
                    self.text(number, column, cell, self.looks.helper)
                elif isinstance(cell, int | float):
                    self.number(number, column, cell, self.looks.helper)
        self.aside = place + len(heads) + 1
        first, last = HEADER_ROW + 1, HEADER_ROW + len(rows)
        return [
            [self.name, first, column, last, column] for column in range(place, place + len(heads))
        ]

    def set_up(self, last: int, charts: Sequence[range], *, across: float, several: bool) -> None:
        """Set up how the rows down to one are printed.

        Parameters
        ----------
        last
            The last row that is printed, counted from 0.
        charts
            The rows that charts below the tables stand on.
        across
            How broad tables with the charts beside them are, in inches; 0 where none stands there.
        several
            Whether there are several tables.
        """
        columns = max(len(self.widths), self.covered)
        if self.aside:
            # The columns of tables and charts, not the cells that charts are drawn from.
            self.sheet.print_area(0, 0, last, columns - 1)
        tables = self.left_of(columns) or _inches(self.spanned()[1])
        rows = [self.heights.get(row, ROW) for row in range(last + 1)]
        printed = Printed(
            max(tables, across),
            rows,
            charts,
            several=several or across > tables,
            large=not several,
            header=self.header,
        )
        set_up(self.sheet, printed)

    def cover(self, inches: float) -> None:
        """Note that a chart below the tables is so broad."""
        while self.left_of(self.covered) < inches:
            self.covered += 1

    def left_of(self, column: int) -> float:
        """Return how many inches stand left of a column."""
        widths = [*self.widths[:column], *[DEFAULT_WIDTH] * (column - len(self.widths))]
        return sum(map(_inches, widths))


def _ranges(cells: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Yield cells, given row by row from left to right, as ranges."""
    start = 0
    for place, (row, column) in enumerate(cells, 1):
        if place == len(cells) or cells[place] != (row, column + 1):
            yield xl_range(*cells[start], row, column)
            start = place


def quoted(sheet: str) -> str:
    """Return a sheet's name as formulas write it."""
    return "'" + sheet.replace("'", "''") + "'"


def _inches(width: float) -> float:
    """Return the room of a column so many letters broad."""
    return (PIXELS * width + EDGE) / SCREEN


def _broad(column: Column, table: Table, place: int) -> Column:
    """Return a column of names broad enough that none is broken, up to a width."""
    if column.kind is not Kind.NAME:
        return column
    texts = [row[place] for row in table.rows]
    longest = max((breadth(text, SIZE) for text in texts if isinstance(text, str)), default=0.0)
    letters = ((longest + 2 * INDENT) * SCREEN - EDGE) / PIXELS
    width = max(column.width, min(letters, WIDEST_NAME))
    return Column(column.title, column.kind, width, column.turned)


def _lines(widths: Sequence[float], row: Row) -> int:
    """Return on how many lines the longest text of a row stands."""
    return max(
        (
            lines(text, SIZE, max(0.1, _inches(width) - INDENT))
            for width, cell in zip(widths, row, strict=False)
            if (text := cell.value if isinstance(cell, Shown) else cell) and isinstance(text, str)
        ),
        default=1,
    )


def _height(columns: Sequence[Column], *, filtered: bool) -> float:
    """Return the height of a header in points; a button of a filter takes a line."""
    straight = [
        lines(column.title, SIZE, max(0.1, _inches(column.width) - 0.05), bold=True)
        for column in columns
        if not column.turned
    ]
    numbers = any(column.kind not in WORDS for column in columns)
    height_ = LINE * max(*straight, 2 if filtered and numbers else 1, 1) + 4
    turned = [_turned(column) for column in columns if column.turned]
    return max((height_, *turned))


def _turned(column: Column) -> float:
    """Return how many points a turned title takes to stand on the lines that its column has."""
    most = max(1, int(_inches(column.width) * POINTS / LINE))
    inches = 0.6
    while lines(column.title, SIZE, inches, bold=True) > most:
        inches += 0.1
    return (inches + INDENT) * POINTS
