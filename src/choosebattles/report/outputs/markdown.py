"""The plan as a document in Markdown: a strategy annex that any editor and any website can show."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Unpack

from choosebattles.errors import OutputError
from choosebattles.execution.protection import Guard, sealed
from choosebattles.execution.safe_write import Written, write_safely
from choosebattles.report.brief.shapes import Brief, Chapter, Grid
from choosebattles.words import _

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~#&$])")
_OPENING = re.compile(r"^(\d*)([-+=.)])(?=\s|[-=]|$)")


def write_markdown(brief: Brief, path: Path, **guard: Unpack[Guard]) -> Written:
    """Write a brief as Markdown, so that a failure harms no earlier document.

    Parameters
    ----------
    brief
        What is presented.
    path
        Where the document goes.
    guard
        Files that must never be overwritten (``inputs``), and whether a file that this program
        did not write may be (``overwrite``).

    Raises
    ------
    OutputError
        If the file cannot be written, or reads back differently.
    """
    text = sealed(as_markdown(brief))

    def write(partial: Path) -> None:
        partial.write_text(text, encoding="utf-8", newline="\n")

    def read_back(partial: Path) -> None:
        if partial.read_text("utf-8") != text:
            raise OutputError(_("The document was not kept, because it read back differently."))

    return write_safely(path, write, read_back, **guard)


def as_markdown(brief: Brief) -> str:
    """Return a brief as Markdown."""
    return "\n".join(_lines(brief)).rstrip() + "\n"


def _lines(brief: Brief) -> Iterator[str]:
    yield f"# {escaped(brief.title)}"
    yield ""
    yield escaped(brief.subtitle)
    yield ""
    if brief.label:
        yield f"**{escaped(brief.label)}.**"
        yield ""
    for chapter in brief.chapters:
        if chapter.document:
            yield from _chapter(chapter)
    yield "---"
    yield ""
    yield escaped(brief.origin)


def _chapter(chapter: Chapter) -> Iterator[str]:
    yield f"## {escaped(chapter.name)}"
    yield ""
    yield f"**{escaped(chapter.message)}**"
    yield ""
    for each in chapter.sentences:
        yield f"- {escaped(each)}"
    if chapter.sentences:
        yield ""
    if chapter.whole is not None:
        yield from _table(chapter.whole)
        yield ""
        if chapter.whole.more:
            yield escaped(chapter.whole.more)
            yield ""
    if chapter.sources:
        told = " ".join(escaped(each) for each in chapter.sources)
        yield f"*{_('Sources')}: {told}*"
        yield ""


def _table(grid: Grid) -> Iterator[str]:
    yield _row(grid.heads)
    yield "|" + "|".join("---:" if n in grid.right else "---" for n in range(len(grid.heads))) + "|"
    yield from (_row(row) for row in grid.rows)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(escaped(each) for each in cells) + " |"


def escaped(text: str) -> str:
    """Return a text of one line in which nothing is taken for a mark."""
    line = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _OPENING.sub(r"\1\\\2", line)
