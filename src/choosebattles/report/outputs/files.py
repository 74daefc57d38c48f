"""Which output writes a file, by the ending of its name."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from choosebattles.execution.safe_write import Written
from choosebattles.optional_libraries import EXTRAS, extra

WRITERS = {
    ".xlsx": ("choosebattles.report.outputs.workbook.writer", "write_workbook"),
    ".html": ("choosebattles.report.outputs.html", "write_html"),
    ".md": ("choosebattles.report.outputs.markdown", "write_markdown"),
    ".docx": ("choosebattles.report.outputs.word", "write_word"),
    ".pptx": ("choosebattles.report.outputs.slides.deck", "write_slides"),
    ".csv": ("choosebattles.report.outputs.csv_tables", "write_csv"),
}
"""The module and the function for each ending; loaded when such a file is asked for."""

JSON = ".json"
"""The ending of a tree of plain values, which each answer makes itself."""

ENDINGS = (*WRITERS, JSON)

Write = Callable[..., Written]


def writer(path: Path, option: str = "") -> Write:
    """Return what writes a document to a file, a function of document, path and guard.

    Parameters
    ----------
    path
        The file.
    option
        After which its name was typed; -o unless said otherwise.

    Raises
    ------
    InputError
        Where it needs a library that is not installed.
    """
    module, name = WRITERS[path.suffix.casefold()]
    loaded = extra(option or f"-o {path}", module) if module in EXTRAS else import_module(module)
    found: Write = getattr(loaded, name)
    return found
