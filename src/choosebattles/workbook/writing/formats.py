"""How a workbook to fill in looks: yellow must be filled, white may stay blank, grey is calculated."""

import textwrap
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from choosebattles.translation import _
from choosebattles.workbook.column import CellKind

FACE, SIZE = "Arial", 10

INK = "#1B2A41"
"""Titles and headings that must be filled."""

QUIET = "#5D6B7E"
"""Headings that may stay blank."""

GREY_INK = "#5A5A5A"
"""Help, units, and what is calculated."""

TYPED = "#1F4FBF"
"""What people type."""

YELLOW, WHITE, GREY = "#FFF6CC", "#FFFFFF", "#EDEDED"
GREEN, AMBER, RED = "#DDF0DD", "#FFE3B3", "#F8CFCF"
LINE = "#CBD2DB"

_NUMBERS = {
    CellKind.SHARE: "0.##%",
    CellKind.MONEY: "#,##0.0##",
    CellKind.NUMBER: "#,##0.###",
    CellKind.WHOLE: "0",
    CellKind.YEAR: "0",
}
_WIDTHS = {
    CellKind.TEXT: 30,
    CellKind.ID: 15,
    CellKind.IDS: 28,
    CellKind.TAGS: 28,
    CellKind.NUMBERS: 20,
    CellKind.SHARES: 20,
    CellKind.CHOICE: 13,
    CellKind.SCOPE: 28,
    CellKind.COVERS: 26,
    CellKind.METRIC: 20,
}
_WIDE = {"title": 34, "anchor_0": 36, "anchor_50": 36, "anchor_100": 36, "text": 60, "link": 50}
_WIDE |= {"note": 50, "evidence": 50, "source": 24, "owner": 22, "budget_line": 18, "pillar": 20}
_WIDE |= {"layer": 20, "reason": 34, "year": 10, "parameter": 28, "name": 24, "quantity": 22}

WRAPPED = frozenset({"title", "anchor_0", "anchor_50", "anchor_100", "text", "reason"})
"""Columns whose texts are read whole, on several lines."""


class TemplateFormats:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}
        self.title = self._get(bold=True, font_size=16, font_color=INK)
        self.help = self._get(font_color=GREY_INK)
        self.text = self._get(text_wrap=True, valign="top")
        self.meaning = self._get(text_wrap=True, valign="top", align="left", indent=1)
        self.strong = self._get(bold=True, valign="top", font_color=INK)
        self.section = self._get(bold=True, font_size=12, font_color=INK)
        self.link = self._get(underline=1, font_color="#1B4B7A", valign="top")
        self.status = self._get(bold=True, font_color=INK)
        self.unit = self._get(
            font_size=9,
            italic=True,
            font_color=GREY_INK,
            align="center",
            bottom=1,
            bottom_color=INK,
        )
        self.verdict = self._get(bg_color=GREY, border=1, border_color=LINE, align="center")
        self.good = self._get(bg_color=GREEN)
        self.odd = self._get(bg_color=AMBER)
        self.wrong = self._get(bg_color=RED, font_color="#8B0000")
        self.line = self._get(border=1, border_color=LINE)
        self.free = self._get(locked=False, font_color=TYPED, valign="top")
        """Cells beside and below a table, where one may type more."""

    def typed(
        self,
        kind: CellKind,
        *,
        must: bool,
        wrap: bool = False,
        left: bool = False,
        formula_like: bool = False,
    ) -> Format:
        """Return the format of a cell to type into."""
        formats: dict[str, Any] = {
            "locked": False,
            "font_color": TYPED,
            "bg_color": YELLOW if must else WHITE,
            "border": 1,
            "border_color": LINE,
            "valign": "top",
            "num_format": _NUMBERS.get(kind, "General"),
        }
        if wrap:
            formats["text_wrap"] = True
        if left or not (kind.numeric or kind is CellKind.OWN_PLAN):
            formats |= {"align": "left", "indent": 1}
        if formula_like:
            # Excel then keeps it a text even when somebody edits the cell.
            formats["quote_prefix"] = True
        return self._get(**formats)

    def example(self, kind: CellKind, *, named: bool = False) -> Format:
        """Return the format of a cell that shows what may be typed, with e.g. before all but ids."""
        number = _NUMBERS.get(kind)
        begins = f'"{_("e.g.")} "'
        shown = "General" if named else f"{begins}{number or '@'}"
        return self._get(
            italic=True,
            font_size=9,
            font_color=GREY_INK,
            num_format=shown,
            text_wrap=True,
            valign="vcenter",
            align="center",
        )

    def calculated(
        self, number: str = "General", *, bold: bool = False, wrap: bool = False
    ) -> Format:
        """Return the format of a cell that a formula fills."""
        formats = {"bold": bold, "text_wrap": wrap, "num_format": number, "valign": "top"}
        return self._get(bg_color=GREY, border=1, border_color=LINE, **formats)

    def header(self, colour: str) -> Format:
        """Return the format of a heading."""
        return self._get(
            bold=True,
            font_color=WHITE,
            bg_color=colour,
            text_wrap=True,
            valign="vcenter",
            align="center",
            border=1,
            border_color=WHITE,
        )

    def band(self, colour: str) -> Format:
        """Return the format of the words above a group of columns."""
        return self._get(bold=True, font_size=9, font_color=INK, bg_color=colour)

    def swatch(self, colour: str, *, typed: bool) -> Format:
        """Return the format of an example cell of the legend."""
        return self._get(
            bg_color=colour,
            font_color=TYPED if typed else GREY_INK,
            border=1,
            border_color=LINE,
            align="center",
        )

    def marked(self, colour: str, ink: str, number: str = "General") -> Format:
        """Return the format of a cell that somebody has to look at."""
        return self._get(
            bg_color=colour, border=5, border_color=ink, num_format=number, valign="top"
        )

    def plain(self, number: str = "General", **formats: Any) -> Format:
        """Return the format of any other cell."""
        return self._get(num_format=number, valign="top", **formats)

    def _get(self, **formats: Any) -> Format:
        key = tuple(sorted(formats.items()))
        if key not in self._made:
            base = {"font_name": FACE, "font_size": SIZE}
            self._made[key] = self._book.add_format(base | formats)
        return self._made[key]


NUMBER_FORMATS: Mapping[CellKind, str] = MappingProxyType(_NUMBERS)
"""Number formats by what a cell holds."""


ROW_HEIGHT = 20
"""Points of a row to be filled in, which a hand can write into too."""

LINE_HEIGHT = 13.5
"""Points of one line of text."""


def height(texts: Iterable[tuple[int, str]]) -> float:
    """Return how high a row is whose texts are wrapped, each with the width of its column."""
    lines = max([1, *(len(textwrap.wrap(text, max(1, int(1.2 * wide)))) for wide, text in texts)])
    return min(LINE_HEIGHT * lines + 1.5, 400)


def width(kind: CellKind, name: str) -> int:
    """Return how wide a column is, in characters."""
    return _WIDE.get(name) or _WIDTHS.get(kind, 11)
