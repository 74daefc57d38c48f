"""Columns as a file that other programs read."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Unpack

import numpy as np

from choosebattles.errors import Fault, InputError
from choosebattles.execution.csv_file import write_rows
from choosebattles.execution.overwriting import MARK, Guard
from choosebattles.execution.safe_write import Written, write_safely
from choosebattles.optional_libraries import extra
from choosebattles.translation import _

Columns = Mapping[str, np.ndarray]


def write_columns(columns: Columns, path: Path, **guard: Unpack[Guard]) -> Written:
    """Write columns as CSV or Parquet, by the ending of the name.

    Raises
    ------
    InputError
        Where the name has another ending, or pyarrow is not installed.
    OutputError
        Where the file cannot be written.
    """
    write = column_writer(path)
    return write_safely(path, lambda unfinished: write(columns, unfinished), **guard)


def column_writer(path: Path) -> Callable[[Columns, Path], None]:
    """Return what writes columns into a file of such a name; asked before anything is searched.

    Raises
    ------
    InputError
        Where the name has another ending, or pyarrow is not installed.
    """
    match path.suffix.casefold():
        case ".csv":
            return _csv
        case ".parquet":
            return partial(
                _parquet, extra("--export", "pyarrow"), extra("--export", "pyarrow.parquet")
            )
        case _:
            expected = _("a name that ends in .csv or .parquet")
            raise InputError([Fault("", "", "", "--export", "CB-R04", path.name, expected, "")])


def _parquet(arrow: Any, parquet: Any, columns: Columns, path: Path) -> None:
    table = arrow.table(dict(columns)).replace_schema_metadata({"written": MARK})
    parquet.write_table(table, path)


def _csv(columns: Columns, path: Path) -> None:
    rows = zip(*columns.values(), strict=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        write_rows(file, columns, ([_cell(value.item()) for value in row] for row in rows))


def _cell(value: object) -> object:
    """Return a value as a spreadsheet reads it; what is not there is empty."""
    return "" if value is None or (isinstance(value, float) and value != value) else value  # noqa: PLR0124 - not a number
