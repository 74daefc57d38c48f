"""Writes workbooks to fill in, and cases as workbooks that read back as the same case."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Unpack

from choosebattles.case.decision_model import DEFAULT_OBJECTIVES
from choosebattles.case.facts import Facts
from choosebattles.execution.overwriting import Guard
from choosebattles.execution.safe_write import Written, write_safely
from choosebattles.workbook import layout
from choosebattles.workbook.decision_model_files import DecisionModelFile
from choosebattles.workbook.inspection import inspect
from choosebattles.workbook.rows_from_facts import (
    Members,
    SheetPage,
    filled_page,
    heads,
    model_rows,
    pages_of,
    settings_page,
)
from choosebattles.workbook.writing.book import write_book

SIMPLE = ("Settings", "Funds", "Investments", "Criteria", "Limits")
"""Sheets of the template that is not full, in their order."""

USUAL_YEARS = 5


def write_case(
    case: Facts,
    path: Path | str,
    *,
    about: str = "",
    **guard: Unpack[Guard],
) -> Written:
    """Write a case as a workbook that reads back as the same case.

    Parameters
    ----------
    case
        Facts and decision model.
    path
        Where the workbook shall stand.
    guard
        Files that must never be overwritten (``inputs``), and whether a file that this program
        did not write may be (``overwrite``).
    about
        What a reader must know before anything else; it stands on top of the first sheet.
    """
    return _write(pages_of(case), Path(path), about, **guard)


def default_years() -> range:
    """Return the years of a plan for which none are said: the next five."""
    first = datetime.now(UTC).year + 1
    return range(first, first + USUAL_YEARS)


def write_template(
    path: Path | str,
    years: range,
    *,
    full: bool = False,
    model: DecisionModelFile | None = None,
    **guard: Unpack[Guard],
) -> Written:
    """Write an empty workbook to fill in.

    Parameters
    ----------
    path
        Where the workbook shall stand.
    years
        The calendar years of the plan.
    full
        Whether every sheet is there, or only those of a simple case.
    model
        A decision model whose objectives, criteria, limits and method are filled in.
    guard
        Files that must never be overwritten (``inputs``), and whether a file that this program
        did not write may be (``overwrite``).
    """
    rows = {} if model is None else model_rows(model.model)
    criteria = [str(row["id"]) for row in rows.get("Criteria", ())]
    members = Members(years=years, criteria=criteria or DEFAULT_OBJECTIVES)
    names = [
        sheet.name
        for sheet in layout.SHEETS[1:]
        if full or sheet.name in SIMPLE or rows.get(sheet.name)
    ]
    if not full:
        names.sort(key=lambda name: SIMPLE.index(name) if name in SIMPLE else len(SIMPLE))
    pages = [settings_page(None if model is None else model.model, years=years)]
    for name in names:
        sheet = layout.BY_NAME[name]
        pages.append(filled_page(sheet, heads(sheet, members), rows.get(name, ())))
    return _write(pages, Path(path), **guard)


def _write(
    pages: Sequence[SheetPage],
    path: Path,
    about: str = "",
    **guard: Unpack[Guard],
) -> Written:
    def save(partial: Path) -> None:
        write_book(pages, partial, about)

    def verify(partial: Path) -> None:
        inspect(partial)

    return write_safely(path, save, verify, **guard)
