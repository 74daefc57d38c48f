"""A document in Markdown, which any editor and any website can show."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Unpack

from choosebattles.execution.overwriting import Guard
from choosebattles.execution.safe_write import Written
from choosebattles.report.document import (
    Block,
    Document,
    Figures,
    HeatMap,
    Manner,
    Medium,
    Section,
    Sentences,
    Table,
    Timeline,
)
from choosebattles.report.outputs.cell_text import heading, leading, opened
from choosebattles.report.outputs.grid import TextGrid
from choosebattles.report.outputs.sealed_text import write_sealed
from choosebattles.translation import _

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~#&$])")
_OPENING = re.compile(r"^(\d*)([-+=.)])(?=\s|[-=]|$)")


def write_markdown(document: Document, path: Path, **guard: Unpack[Guard]) -> Written:
    """Write a document as Markdown; path, guard and errors are those of `write_sealed`."""
    return write_sealed(as_markdown(document), path, **guard)


def as_markdown(document: Document) -> str:
    """Return a document as Markdown; charts are left to outputs that can draw."""
    return "\n".join(_lines(document)).rstrip() + "\n"


def _lines(document: Document) -> Iterator[str]:
    yield from _paragraph(f"# {escaped(document.subject)}")
    if document.subtitle:
        yield from _paragraph(escaped(document.subtitle))
    if document.illustrative:
        yield from _paragraph(f"**{_('Illustrative figures')}.**")
    for section in opened(document, Medium.TEXT):
        yield from _section(section, document)
    if document.origin:
        yield from _paragraph("---")
        yield escaped(document.origin)


def _section(section: Section, document: Document) -> Iterator[str]:
    yield from _paragraph(f"## {escaped(heading(section, document))}")
    if section.message:
        yield from _paragraph(f"**{escaped(section.message)}**")
    for line in leading(section):
        yield from _paragraph(escaped(line))
    for block in section.blocks:
        yield from _block(block, document)
    if section.sources:
        sources = " ".join(map(escaped, section.sources))
        yield from _paragraph(f"*{_('Sources')}: {sources}*")


def _block(block: Block, document: Document) -> Iterator[str]:
    if isinstance(block, Timeline | HeatMap):
        block = block.table()
    if isinstance(block, Figures):
        for figure in block.figures:
            yield f"- {escaped(figure.name)}: **{escaped(figure.number)}** {escaped(figure.says)}"
        yield ""
    elif isinstance(block, Sentences) and block.texts:
        yield from _title(block.title)
        listed = block.manner is Manner.LIST
        for text in block.texts:
            yield from (f"- {escaped(text)}",) if listed else _paragraph(escaped(text))
        yield from ("",) if listed else ()
    elif isinstance(block, Table) and block.rows:
        yield from _title(block.title)
        yield from _table(TextGrid.of(block, document.decimals))
        yield from _paragraph(escaped(block.note)) if block.note else ()


def _title(title: str) -> tuple[str, ...]:
    return _paragraph(f"### {escaped(title)}") if title else ()


def _paragraph(text: str) -> tuple[str, str]:
    return text, ""


def _table(grid: TextGrid) -> Iterator[str]:
    yield _row(grid.heads)
    yield "|" + "|".join("---:" if n in grid.right else "---" for n in range(len(grid.heads))) + "|"
    yield from map(_row, grid.rows)
    yield ""


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(map(escaped, cells)) + " |"


def escaped(text: str) -> str:
    """Return a text of one line in which nothing is taken for a mark."""
    line = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _OPENING.sub(r"\1\\\2", line)
