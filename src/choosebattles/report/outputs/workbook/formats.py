"""How cells look: one face, one size, formats by kind of number."""

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from choosebattles.report.document import WORDS, Decimals, Kind
from choosebattles.report.outputs.colours import FACE, FAINT, INK, RULE

SIZE = 10

PATTERNS = (
    None,
    "wide_upward_diagonal",
    None,
    "small_grid",
    "dark_horizontal",
    "wide_downward_diagonal",
    "dark_vertical",
    "large_confetti",
)
"""Patterns of the same fills, for who sees no colours or prints none."""


FAINTER = frozenset({Kind.AGAIN, Kind.AGAIN_END})
ENDS = frozenset({Kind.AGAIN_END, Kind.END, Kind.GAIN})
"""What has a darker rule below."""


class Looks:
    """The formats of one workbook, each made once.

    Parameters
    ----------
    book
        The workbook.
    decimals
        Decimals of money, of shares that follow from shares of the case, and of points.
    """

    def __init__(self, book: Workbook, decimals: Decimals) -> None:
        self._book = book
        money = "#,##0." + "0" * decimals.money
        share = "0." + "0" * decimals.shares if decimals.shares else "0"
        self._numbers = {
            Kind.WHEN: "0",
            Kind.YEAR: "0",
            Kind.COUNT: "#,##0",
            Kind.MONEY: f"{money};-{money};0",
            Kind.POINTS: f"#,##0.{'0' * decimals.points}",
            Kind.INDEX: f"#,##0.0{'0' * decimals.points}",
            Kind.SHARE: "0.0 %",
            Kind.PEOPLE: "#,##0.0",
            Kind.NUMBER: "#,##0.######",
            Kind.KEPT: f"{share} %_*",
            Kind.FLOORED: f'{share} %"*"',
            Kind.GAIN: f"+{share} %_*;-{share} %_*;{share} %_*",
        }
        self._cells: dict[tuple[Kind, bool, bool], Format] = {}
        self._heads: dict[tuple[bool, bool, bool], Format] = {}
        self.title = self._format(bold=True, font_size=16, font_color=INK)
        self.lead = self._format(font_color="#44546A", text_wrap=False)
        self.headline = self._format(
            bold=True, font_size=13, text_wrap=True, valign="top", font_color=INK
        )
        self.sentence = self._format(text_wrap=True, valign="top")
        self.doubt = self._format(text_wrap=True, valign="top", font_color=INK, bold=True)
        self.plain = self._format()
        self.helper = self._format(font_color=FAINT, num_format="0.00##")
        self.section = self._format(bold=True, font_size=12, font_color=INK)
        self.link = self._format(
            underline=1, font_color="#1B4B7A", valign="top", bottom=1, bottom_color=RULE
        )

    def cell(self, kind: Kind, *, first: bool = False, total: bool = False) -> Format:
        """Return the format of a table's cell; words keep a distance from the column before."""
        key = (kind, first, total)
        if key not in self._cells:
            words = kind in WORDS
            self._cells[key] = self._format(
                valign="top",
                text_wrap=kind in {Kind.TEXT, Kind.NAME} | FAINTER,
                font_color=FAINT if kind in FAINTER else "#000000",
                bold=total or kind is Kind.FLOORED,
                align="left" if words else "right",
                indent=1 if words and not first else 0,
                num_format=self._numbers.get(kind, "@"),
                bottom=1,
                bottom_color=INK if total or kind in ENDS else RULE,
            )
        return self._cells[key]

    def header(self, kind: Kind, *, first: bool = False, turned: bool = False) -> Format:
        """Return the format of a column's head: it stands where its cells do."""
        key = (kind in WORDS, first, turned)
        if key not in self._heads:
            words = kind in WORDS
            self._heads[key] = self._format(
                bold=True,
                font_color="#FFFFFF",
                bg_color=INK,
                text_wrap=True,
                valign="vcenter" if turned else "top",
                align="left" if words or turned else "right",
                indent=1 if words and not first else 0,
                rotation=90 if turned else 0,
                border=1,
                border_color=INK,
            )
        return self._heads[key]

    def _format(self, **looks: object) -> Format:
        return self._book.add_format({"font_name": FACE, "font_size": SIZE} | looks)
