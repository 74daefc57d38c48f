"""How a workbook looks: yellow cells with blue figures are for typing, grey ones are help."""

from collections.abc import Iterator

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

from choosebattles.workbook.column import Kind

TITLE = Font(name="Calibri", size=16, bold=True, color="1F3864")
HELP = Font(name="Calibri", size=10, italic=True, color="595959")
HEADER = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
INPUT = Font(name="Calibri", size=11, color="1F4FBF")
LABEL = Font(name="Calibri", size=11, bold=True, color="1F3864")

HEADER_FILL = PatternFill("solid", start_color="1F3864")
REQUIRED_FILL = PatternFill("solid", start_color="9C5700")
INPUT_FILL = PatternFill("solid", start_color="FFF9E5")

_THIN = Side(style="thin", color="D9D9D9")
CELL_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)

WRAPPED = Alignment(wrap_text=True, vertical="top")
HEADER_ALIGNMENT = Alignment(wrap_text=True, vertical="center", horizontal="center")

_FORMATS = {
    Kind.SHARE: "0.##%",
    Kind.MONEY: "#,##0.0##",
    Kind.WHOLE: "0",
    Kind.YEAR: "0",
}
_WIDTHS = {
    Kind.TEXT: 30,
    Kind.ID: 16,
    Kind.IDS: 28,
    Kind.TAGS: 28,
    Kind.CHOICE: 18,
    Kind.SCOPE: 28,
    Kind.COVERS: 28,
    Kind.METRIC: 20,
}


def input_name(kind: Kind) -> str:
    """Return the name of the style of a cell of a kind that is for typing."""
    return f"Input {kind.name.lower()}" if kind in _FORMATS else "Input"


def input_styles() -> Iterator[NamedStyle]:
    """Yield the styles of cells that are for typing."""
    formats = {"Input": "General"}
    formats |= {input_name(kind): text for kind, text in _FORMATS.items()}
    for name, text in formats.items():
        yield NamedStyle(name, font=INPUT, fill=INPUT_FILL, border=CELL_BORDER, number_format=text)


def width(kind: Kind) -> int:
    """Return how wide a column of a kind is, in characters."""
    return _WIDTHS.get(kind, 12)
