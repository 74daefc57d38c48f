"""The tables of a document as CSV: the first under the name asked for, the others beside it."""

from io import StringIO
from pathlib import Path
from typing import Unpack

from choosebattles.execution.csv_file import write_rows
from choosebattles.execution.overwriting import Guard
from choosebattles.execution.safe_write import Written, write_bytes
from choosebattles.report.document import (
    Column,
    Document,
    Kind,
    Medium,
    Sentences,
    Table,
    raw,
)
from choosebattles.translation import _


def write_csv(document: Document, path: Path, **guard: Unpack[Guard]) -> Written:
    """Write the tables of a document as CSV, numbers raw: ``x.csv``, ``x-PLAN.csv``, ...

    Parameters
    ----------
    document
        What is said.
    path
        Where the first table goes; each further one stands beside it, by its name.
    guard
        Files that must never be overwritten (``inputs``), and whether a file that this program
        did not write may be (``overwrite``).

    Raises
    ------
    OutputError
        If a file cannot be written.
    """
    found = [
        table
        for section in document.shown(Medium.WORKBOOK)
        for table in section.of(Table)
        if table.rows
    ] or [_sentences(document)]
    first, *others = found
    for table in others:
        _write(table, path.with_name(f"{path.stem}-{table.name.upper()}{path.suffix}"), guard)
    written = _write(first, path, guard)
    if not others:
        return written
    names = ", ".join(f"{path.stem}-{table.name.upper()}{path.suffix}" for table in others)
    beside = _("Further tables: {names}.").format(names=names)
    return Written(written.path, f"{written.note} {beside}".strip())


def _sentences(document: Document) -> Table:
    """Return what is said of an answer that has no table, as where there is no plan."""
    sections = document.shown(Medium.SCREEN)
    texts = [
        text for section in sections for block in section.of(Sentences) for text in block.texts
    ]
    return Table("Answer", (Column(_("Answer"), Kind.TEXT),), [(text,) for text in texts])


def _write(table: Table, path: Path, guard: Guard) -> Written:
    refusal = _("The table was not kept, because it read back differently.")
    return write_bytes(as_csv(table).encode(), path, refusal, **guard)


def as_csv(table: Table) -> str:
    """Return a table as CSV; a text never begins as a formula does."""
    titles = [column.title for column in table.columns]
    stream = StringIO(newline="")
    write_rows(stream, titles, ([_safe(raw(cell)) for cell in row] for row in table.rows))
    return stream.getvalue()


def _safe(value: str | float | None) -> str | float | None:
    """Return a value; a text that a spreadsheet would run stands behind an apostrophe."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value
