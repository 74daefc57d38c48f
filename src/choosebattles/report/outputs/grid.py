"""A table as texts that are ready to be set, for outputs that a person reads."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from choosebattles.report.document import Cell, Decimals, Shown, Table
from choosebattles.report.outputs.cell_text import texts, to_the_right
from choosebattles.report.outputs.colours import shade


@dataclass(frozen=True)
class TextGrid:
    """A table of texts.

    Parameters
    ----------
    heads, rows
        What stands in it; totals are the last rows.
    widths
        How broad each column should be, as numbers of which only the ratio counts.
    right
        The columns of numbers.
    colours
        For each row the colours behind its cells, where there are any.
    totals
        How many rows at the end are totals.
    keep
        How many columns from the left say what a row is.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    right: frozenset[int] = frozenset()
    colours: tuple[tuple[str | None, ...], ...] = ()
    totals: int = 0
    keep: int = 1

    @classmethod
    def of(cls, table: Table, decimals: Decimals) -> Self:
        """Return a table with every cell as it is read, each on one line."""
        right = (place for place, column in enumerate(table.columns) if to_the_right(column))
        rows = (*table.rows, *table.totals)
        return cls(
            tuple(_line(column.title) for column in table.columns),
            tuple(tuple(map(_line, row)) for row in texts(table, decimals)),
            tuple(column.width for column in table.columns),
            frozenset(right),
            tuple(tuple(map(_colour, row)) for row in rows),
            len(table.totals),
            table.keep,
        )

    def columns(self, places: Sequence[int]) -> Self:
        """Return only some of the columns."""
        return replace(
            self,
            heads=tuple(self.heads[n] for n in places),
            rows=tuple(tuple(row[n] for n in places) for row in self.rows),
            widths=tuple(self.widths[n] for n in places),
            right=frozenset(new for new, n in enumerate(places) if n in self.right),
            colours=tuple(tuple(row[n] for n in places) for row in self.colours),
        )

    def first(self, number: int) -> Self:
        """Return only the first rows, and the totals."""
        kept = [*range(number), *range(len(self.rows) - self.totals, len(self.rows))]
        return replace(
            self,
            rows=tuple(self.rows[n] for n in kept),
            colours=tuple(self.colours[n] for n in kept),
        )

    @property
    def middle(self) -> frozenset[int]:
        """Return the columns with colours: what stands in them stands in the middle."""
        return frozenset(
            place for row in self.colours for place, colour in enumerate(row) if colour is not None
        )


def _line(text: str) -> str:
    return " ".join(text.split())


def _colour(cell: Cell) -> str | None:
    if not isinstance(cell, Shown) or cell.tone is None:
        return None
    share = cell.value if isinstance(cell.value, int | float) else cell.shade
    return None if share is None else shade(cell.tone, share)
