"""Every kind of file that an answer goes to, and what such a file says."""

from pathlib import Path

from openpyxl import load_workbook

ENDINGS = (".xlsx", ".csv", ".json")
EVERYWHERE = tuple(word for ending in ENDINGS for word in ("-o", f"every{ending}"))
"""The options that ask for a file of every kind."""


def texts() -> dict[str, str]:
    """Return what each of these files says, by its ending."""
    return {ending: _text(Path(f"every{ending}")) for ending in ENDINGS}


def _text(path: Path) -> str:
    if path.suffix == ".xlsx":
        book = load_workbook(path)
        cells = [f"{cell.value}" for sheet in book for row in sheet for cell in row if cell.value]
        book.close()
        return "\n".join(cells)
    return path.read_text("utf-8")
