"""A results workbook read back: it must say what it was meant to say, or it is not kept."""

import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from choosebattles.errors import OutputError
from choosebattles.report.sheets.checks import MASTER
from choosebattles.report.sheets.page import HEADER_ROW, Declared
from choosebattles.report.story import Answer, Story
from choosebattles.words import _

CLOSE = 1e-9
"""Relative difference that a number may have after it was written and read."""


def verify(path: Path, story: Story, sheets: tuple[str, ...], formulas: Iterable[Declared]) -> None:
    """Read a results workbook back and compare it with its story.

    Raises
    ------
    OutputError
        If a sheet, the master check, a formula's saved value, a row of the plan or a total is
        not as it was told.
    """
    with path.open("rb") as stream:
        book = load_workbook(stream, data_only=True)
        try:
            wrong = next(_wrong(book, story, sheets, formulas), None)
        finally:
            book.close()
    if wrong is not None:
        sentence = _(
            "The results were not kept, because they read back differently: {place}. Whatever "
            "stood there before is intact. Please report this."
        )
        raise OutputError(sentence.format(place=wrong))


def _wrong(
    book: Any, story: Story, sheets: tuple[str, ...], formulas: Iterable[Declared]
) -> Iterator[str]:
    """Yield where the workbook differs from what it was meant to say."""
    if tuple(book.sheetnames) != sheets:
        yield _("the list of sheets")
        return
    for each in formulas:
        if not _same(book[each.sheet][each.cell].value, each.formula.value):
            yield f"{each.sheet}!{each.cell}"
    if story.answer is not None:
        yield from _of_answer(book, story.answer)


def _of_answer(book: Any, answer: Answer) -> Iterator[str]:
    checks = book[_("Checks")][MASTER].value
    if book[_("Summary")][MASTER].value != checks or book[_("Contents")][MASTER].value != checks:
        yield _("the master check")
    if answer.plan:
        rows = _rows(book[_("Plan")])
        if [row[_("Option")] for row in rows] != [each.option for each in answer.plan]:
            yield _("the rows of Plan")
        if not _same(_total(rows, _("Total")), answer.total_cost):
            yield _("the total of Plan")
    planned = math.fsum(each.planned for each in answer.spending)
    if not _same(_total(_rows(book[_("Spending")]), _("Planned")), planned):
        yield _("the total of Spending")


def _rows(sheet: Any) -> list[dict[str, Any]]:
    (table,) = sheet.tables.values()
    head, *rows = sheet[table.ref]
    assert head[0].row == HEADER_ROW + 1
    return [dict(zip([c.value for c in head], [c.value for c in row], strict=True)) for row in rows]


def _total(rows: list[dict[str, Any]], column: str) -> float:
    return math.fsum(float(row[column]) for row in rows)


def _same(one: object, other: object) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=CLOSE, abs_tol=1e-6)
    return one == other
