"""What is printed: sentences, and columns that line up. Colour never carries meaning alone."""

import os
import re
import shlex
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from choosebattles.execution.streams import own

WINDOWS = os.name == "nt"


def say(text: str = "") -> None:
    """Print a line to standard output, as it is: never cut, never read as markup."""
    Console(file=own()).print(Text(text), soft_wrap=True, highlight=False)


def tell(text: str) -> None:
    """Print a line to standard error."""
    Console(stderr=True).print(Text(text), soft_wrap=True, highlight=False)


def typed(*words: str | Path) -> str:
    """Return a command that can be copied into the shell of this machine: each word quoted."""
    return " ".join(_quoted(str(each)) for each in words)


def _quoted(word: str) -> str:
    if WINDOWS:
        plain = re.fullmatch(r"[\w.:\\/+=,@-]+", word)
        return word if plain else '"' + word.replace('"', '""') + '"'
    return shlex.quote(word)


def aligned(rows: Iterable[Sequence[str]], left: int = 1) -> list[str]:
    """Return rows of cells as lines whose columns line up.

    Parameters
    ----------
    rows
        Cells of equal number in each row.
    left
        How many columns from the left are texts; the others are numbers, flush right.
    """
    table = [tuple(row) for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(*table, strict=True)]
    return ["  ".join(_padded(row, widths, left)).rstrip() for row in table]


def _padded(row: Sequence[str], widths: Sequence[int], left: int) -> Iterable[str]:
    for number, (cell, width) in enumerate(zip(row, widths, strict=True)):
        space = " " * (width - cell_len(cell))
        yield cell + space if number < left else space + cell
