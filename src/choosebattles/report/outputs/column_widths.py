"""How broad the columns of a table are, so that no word of a head and no number is broken."""

from collections.abc import Iterator, Sequence

from choosebattles.report.outputs.grid import TextGrid
from choosebattles.report.outputs.text_fitting import breadth

SLACK = 0.01
"""Inches beyond the longest word, as files round widths."""
LONGEST_WORD = 24
"""Letters of a word of a text up to which it is not broken; addresses have more."""


def roomy(grid: TextGrid, size: float, width: float, margins: float) -> list[float]:
    """Return the width of each column of a table.

    A column is at least as broad as the longest word of its head, a column of numbers as its
    longest number, and one of texts as its longest word, up to a width; what that takes, columns
    with room to spare give. Where that is more than there is, words of texts may be broken; where
    it still is, the columns keep the shares that were asked for.

    Parameters
    ----------
    grid
        The table.
    size
        Its letters, in points.
    width
        The room for all columns, in inches.
    margins
        What is blank left and right of a text, together, in inches.

    Returns
    -------
    list of float
        Inches, one for each column; they add up to the room there is.
    """
    whole = sum(grid.widths)
    wanted = [share / whole * width for share in grid.widths]
    for words in (True, False):
        least = [
            max(_unbroken(grid, place, size, words=words), default=0.0) + margins + SLACK
            for place in range(len(grid.heads))
        ]
        if sum(least) <= width:
            return _shared(wanted, least)
    return wanted


def _shared(wanted: Sequence[float], least: Sequence[float]) -> list[float]:
    """Return the widths that are wanted, changed so that each column has the least it needs."""
    spare = [max(0.0, has - needs) for has, needs in zip(wanted, least, strict=True)]
    short = sum(max(0.0, needs - has) for has, needs in zip(wanted, least, strict=True))
    taken = short / sum(spare) if short else 0.0
    return [
        max(has, needs) - taken * more
        for has, needs, more in zip(wanted, least, spare, strict=True)
    ]


def _unbroken(grid: TextGrid, place: int, size: float, *, words: bool) -> Iterator[float]:
    """Yield how broad each text of a column is that must stay on one line."""
    for word in grid.heads[place].split():
        yield breadth(word, size, bold=True)
    if place in grid.right:
        for row in grid.rows:
            yield breadth(row[place], size)
    elif words:
        for word in {word for row in grid.rows for word in row[place].split()}:
            if len(word) <= LONGEST_WORD:
                yield breadth(word, size)
