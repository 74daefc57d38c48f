"""Where everything stands on the sheets of one workbook, known before anything is written."""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from xlsxwriter.utility import xl_col_to_name

from choosebattles.case.numbers import Family
from choosebattles.workbook.column import ColumnLayout, SheetLayout
from choosebattles.workbook.layout import SETTINGS_SHEET
from choosebattles.workbook.rows_from_facts import Cell, Head, SheetPage, is_first
from choosebattles.workbook.settings import SETTINGS
from choosebattles.workbook.writing.formats import width

REACH = 500
"""Rows that sums, drop-downs and warnings look at: one may type below those that are prepared."""

OFFERED = 220
"""Rows of Investments whose ids the drop-downs offer."""

ACROSS = 20
"""Columns on the right of the last one in which one may add headings of one's own."""

SPARE = 6
"""Prepared rows below the last filled one, where a case fills more than there are."""

HELP_WIDTH = (110, 140)
"""Characters of a line of help, at the least and at the most; else as wide as the table."""

CALCULATED_WIDTH = 56
"""How wide a calculated column is, in characters."""


@dataclass(frozen=True)
class ColumnCells:
    """The cells of one column of a sheet, with what stands in them now."""

    text: str
    """As in a formula: ``'Funds'!$A$7:$A$506``."""
    values: tuple[Cell, ...]

    @property
    def filled(self) -> list[Cell]:
        """Return what is filled."""
        return [value for value in self.values if value is not None]

    @property
    def numbers(self) -> list[float]:
        """Return the numbers."""
        return [value for value in self.values if isinstance(value, int | float)]


@dataclass(frozen=True)
class PlacedPage:
    """A page with where it stands: help, headings and rows."""

    page: SheetPage

    @property
    def sheet(self) -> SheetLayout:
        """Return which sheet it is."""
        return self.page.sheet

    @cached_property
    def help(self) -> list[str]:
        """Return the sentences above the table, in lines that fit a screen."""
        least, most = HELP_WIDTH
        first = [head for head in self.page.heads if is_first(self.sheet, head.column)]
        wide = most if self.sheet is SETTINGS_SHEET else sum(map(width_of, first))
        wide = min(max(least, wide), most)
        return textwrap.wrap(f"{self.sheet.help} {self.sheet.adding}", wide)

    @cached_property
    def header(self) -> int:
        """Return the row of the headings, below title, help, example, bands and units."""
        return 2 + len(self.help) + (0 if self.sheet is SETTINGS_SHEET else 3) + 1

    @property
    def first(self) -> int:
        """Return the first row of the table."""
        return self.header + 1

    @property
    def prepared(self) -> int:
        """Return how many rows are ready to be filled."""
        if self.sheet is SETTINGS_SHEET:
            return len(self.page.rows)
        return max(self.sheet.rows, len(self.page.rows) + SPARE)

    @property
    def last(self) -> int:
        """Return the last row of the table."""
        return self.header + self.prepared

    @property
    def reach(self) -> int:
        """Return how many rows sums look at."""
        return max(REACH, self.prepared + SPARE)

    @cached_property
    def columns(self) -> tuple[Head | str, ...]:
        """Return the columns as they stand: the first ones, the calculated ones, the others."""
        heads = self.page.heads
        first = [head for head in heads if is_first(self.sheet, head.column)]
        others = [head for head in heads if not is_first(self.sheet, head.column)]
        return (*first, *self.sheet.calculated, *others)

    @cached_property
    def example(self) -> tuple[Cell, ...]:
        """Return the row that shows how a sheet is filled in; of a profile, the first year alone."""
        shown = self.sheet.example
        return tuple(
            None
            if head.column.family is Family.AFTER_START and head.key
            else shown.get(head.column.name)
            for head in self.page.heads
        )

    def index(self, head: Head | str) -> int:
        """Return where a column stands, counted from 0."""
        return self._positions[head]

    @cached_property
    def _positions(self) -> Mapping[Head | str, int]:
        return {column: index for index, column in enumerate(self.columns)}

    def heads(self, name: str) -> tuple[Head, ...]:
        """Return the columns of a field; there are several in a family."""
        return tuple(head for head in self.page.heads if head.column.name == name)

    def area(self, head: Head) -> ColumnCells:
        """Return the cells of a column, as far as sums look."""
        at = self.page.heads.index(head)
        typed = [row[at] if row[at] != "" else None for row in self.page.rows]
        return ColumnCells(
            self._text(self.index(head), self.index(head), self.reach),
            (*typed, *[None] * (self.reach - len(typed))),
        )

    def block(self, heads: Sequence[Head]) -> str:
        """Return neighbouring columns as one area of a formula."""
        return self._text(self.index(heads[0]), self.index(heads[-1]), self.reach)

    def start(self, head: Head) -> str:
        """Return the first cell of a column, as in a formula."""
        return f"'{self.sheet.name}'!${xl_col_to_name(self.index(head))}${self.first}"

    def _text(self, left: int, right: int, rows: int) -> str:
        first, last = xl_col_to_name(left), xl_col_to_name(right)
        name = self.sheet.name
        return f"'{name}'!${first}${self.first}:${last}${self.header + rows}"


@dataclass(frozen=True)
class PlacedBook:
    """All sheets of one workbook."""

    sheets: Mapping[str, PlacedPage]

    def __contains__(self, name: str) -> bool:
        """Say whether there is a sheet of that name."""
        return name in self.sheets

    def __getitem__(self, name: str) -> PlacedPage:
        """Return a sheet."""
        return self.sheets[name]

    def column(self, sheet: str, name: str) -> ColumnCells | None:
        """Return the cells of a column that is no family, or ``None`` if its sheet is not there."""
        if sheet not in self.sheets:
            return None
        return self[sheet].area(self[sheet].heads(name)[0])

    def setting(self, name: str) -> str:
        """Return the cell of a setting, as in a formula."""
        placed = self[SETTINGS_SHEET.name]
        return f"'{placed.sheet.name}'!$B${placed.first + self._setting_row(name)}"

    def setting_value(self, name: str) -> Cell:
        """Return what a setting is now."""
        return self[SETTINGS_SHEET.name].page.rows[self._setting_row(name)][1]

    def _setting_row(self, name: str) -> int:
        label = next(setting.label for setting in SETTINGS if setting.name == name)
        labels = [row[0] for row in self[SETTINGS_SHEET.name].page.rows]
        return labels.index(label)


def place_pages(pages: Iterable[SheetPage]) -> PlacedBook:
    """Return where everything stands."""
    return PlacedBook({page.sheet.name: PlacedPage(page) for page in pages})


def width_of(column: Head | str) -> int:
    """Return how wide a column is, in characters."""
    if isinstance(column, str):
        return CALCULATED_WIDTH
    if column.key is not None:
        return 18 if column.column.family is Family.CRITERIA else 13
    return width(column.column.kind, column.column.name)


def should_be_filled(sheet: SheetLayout, head: Head) -> bool:
    """Say whether a cell should be filled in every row: it is yellow then."""
    column: ColumnLayout = head.column
    if column.required or column.needed:
        return True
    later = column.family is Family.AFTER_START and head.key != 0
    return column.name in sheet.recommended and not later
