"""A document as lines of a terminal: sentences, and tables whose columns line up."""

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len

from choosebattles.report.document import Document, Manner, Medium, Sentences, Table
from choosebattles.report.outputs.cell_text import texts, to_the_right
from choosebattles.translation import several

INDENT = "  "


def lines(document: Document) -> Iterator[str]:
    """Yield the doubts about what was read, the answer, and in which points the case was changed.

    Between blocks stands an empty line. Nothing is cut: the terminal breaks what is too long.
    """
    yield from doubt_lines(document)
    first = True
    for section in document.shown(Medium.SCREEN):
        for block in section.blocks:
            found = list(_block(block, document))
            if not found:
                continue
            if not first:
                yield ""
            first = False
            yield from found
    yield from document.notes


def _block(block: object, document: Document) -> Iterator[str]:
    if isinstance(block, Sentences):
        indent = INDENT if block.manner is Manner.LIST else ""
        if block.title and block.texts:
            yield block.title
        yield from (f"{indent}{text}" for text in block.texts)
    elif isinstance(block, Table) and block.rows:
        if block.title:
            yield block.title
        head = tuple(column.title for column in block.columns)
        right = [to_the_right(column) for column in block.columns]
        rows = [head, *texts(block, document.decimals)]
        yield from (f"{INDENT}{line}" for line in aligned(rows, right))
        if block.note:
            yield f"{INDENT}{block.note}"


def aligned(rows: Iterable[Sequence[str]], right: Sequence[bool]) -> list[str]:
    """Return rows of cells as lines whose columns line up.

    Parameters
    ----------
    rows
        Cells of equal number in each row.
    right
        Which columns stand to the right.
    """
    table = [tuple(row) for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(*table, strict=True)]
    return ["  ".join(_padded(row, widths, right)).rstrip() for row in table]


def _padded(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> Iterator[str]:
    for cell, width, flush in zip(row, widths, right, strict=True):
        space = " " * (width - cell_len(cell))
        yield space + cell if flush else cell + space


def doubt_lines(document: Document) -> Iterator[str]:
    """Yield the doubts as they stand before an answer, with how to settle them."""
    if not document.doubts:
        return
    yield several(
        "{number} doubt: the answer rests on it; correct the cell, or confirm it.",
        "{number} doubts: the answer rests on them; correct the cells, or confirm them.",
        len(document.doubts),
    ).format(number=len(document.doubts))
    yield from (f"{INDENT}{doubt}" for doubt in document.doubts)
    yield ""
