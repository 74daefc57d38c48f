"""Answers that show themselves: in a few lines, as a table in notebooks, as a frame for more."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import islice
from typing import Any

import numpy as np

from choosebattles.case.plan import Plan
from choosebattles.optional_libraries import extra
from choosebattles.translation import _

TABLES = ("polars", "pandas")
"""Libraries of tables, in the order of preference."""

SHOWN_ROWS = 20
SHOWN_COLUMNS = 12
"""What a notebook shows of a table; the frame has all."""


class Tabular:
    """What has a summary of a few lines, and a table."""

    __slots__ = ()

    @property
    @abstractmethod
    def summary(self) -> str:
        """Return what it is and what it came to, in a few lines."""

    @property
    @abstractmethod
    def arrays(self) -> Mapping[str, Any]:
        """Return one array of values for each column, by its name."""

    def __repr__(self) -> str:
        """Return the summary."""
        return self.summary

    def __str__(self) -> str:
        """Return the summary."""
        return self.summary

    def _repr_html_(self) -> str:
        """Return the summary and the first rows as a table, for notebooks."""
        return "".join(_html(self.summary, self.arrays))

    def to_frame(self) -> Any:
        """Return the columns as a table of polars, or of pandas, whichever is installed.

        Raises
        ------
        InputError
            Where neither is.
        """
        return extra("to_frame", *TABLES).DataFrame(dict(self.arrays))


def starts(options: Iterable[str], plans: Iterable[Plan | None]) -> dict[str, np.ndarray]:
    """Return a column ``start.OPTION`` for each option: its start year in each plan, 0 for none."""
    years = [
        {choice.option: choice.start for choice in plan.choices} if plan else {} for plan in plans
    ]
    return {
        f"start.{option}": np.array([year.get(option, 0) for year in years], dtype=int)
        for option in options
    }


def _html(summary: str, columns: Mapping[str, Any]) -> Iterator[str]:
    lines = "<br>".join(escape(line) for line in summary.splitlines())
    yield f"<p>{lines}</p>"
    names = list(columns)[:SHOWN_COLUMNS]
    length = max((len(column) for column in columns.values()), default=0)
    if not length:
        return
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    yield f"<table><thead><tr>{head}</tr></thead><tbody>"
    for row in islice(zip(*(columns[name] for name in names), strict=True), SHOWN_ROWS):
        cells = "".join(f"<td>{escape(_shown(value))}</td>" for value in row)
        yield f"<tr>{cells}</tr>"
    yield "</tbody></table>"
    if length > SHOWN_ROWS or len(columns) > SHOWN_COLUMNS:
        text = _("{rows} rows and {columns} columns in all: to_frame() has them.")
        yield f"<p>{escape(text.format(rows=length, columns=len(columns)))}</p>"


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:,.6g}" if isinstance(value, float) else str(value)
