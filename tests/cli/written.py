"""Every kind of file that an answer goes to, and what such a file says."""

from pathlib import Path

from docx import Document
from openpyxl import load_workbook
from pptx import Presentation

from choosebattles.report.outputs import word
from choosebattles.report.outputs.files import ENDINGS
from choosebattles.report.outputs.slides import deck

EVERYWHERE = tuple(typed for ending in ENDINGS for typed in ("-o", f"every{ending}"))
"""The options that ask for a file of every kind."""


def texts() -> dict[str, str]:
    """Return what each of these files says, by its ending."""
    return {ending: _text(Path(f"every{ending}")) for ending in ENDINGS}


def _text(path: Path) -> str:
    match path.suffix:
        case ".xlsx":
            book = load_workbook(path)
            found = [cell.value for sheet in book for row in sheet for cell in row]
            book.close()
        case ".docx":
            found = word.contents(Document(str(path)))
        case ".pptx":
            found = deck.contents(Presentation(str(path)))
        case _:
            return path.read_text("utf-8")
    return "\n".join(str(text) for text in found if text is not None)
