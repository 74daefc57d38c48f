"""What causes the spread, as a sheet of a workbook and as JSON."""

from typing import Any

from choosebattles.report.parts.sensitivity import (
    cause_lines,
    cause_sentences,
    outcome_words,
)
from choosebattles.report.sheets.charts import Picture, Series, tornado
from choosebattles.report.sheets.looks import Kind
from choosebattles.report.sheets.page import Cell, Column, Page
from choosebattles.report.study_book import StudyBook
from choosebattles.uncertainty.sensitivity import Causes, Sensitivity
from choosebattles.words import _

ROWS = 15
"""Inputs of an outcome that a table lists, those with the largest part."""


def causes_as_json(found: Sensitivity) -> dict[str, Any]:
    """Return what causes the spread as plain values; shares of 1: low, found and high."""
    return {
        "base_draws": found.base,
        "ending": found.ending.value,
        "constant": [each.value for each in found.constant],
        "before_dependence": found.before_dependence,
        "outcomes": [
            {
                "of": each.outcome.value,
                "base_draws_used": each.base,
                "standard_deviation": each.spread,
                "from_the_gap": each.floor,
                "inputs": [
                    {
                        "inputs": list(index.inputs),
                        "first_order": list(index.alone),
                        "total": list(index.together),
                    }
                    for index in each.indices
                ],
            }
            for each in found.causes
        ],
    }


def write_causes(found: Sensitivity, book: StudyBook) -> None:
    """Write the sheet that says what causes the spread."""
    page = book.page(
        _("What causes the spread"),
        _("How much of the spread each input causes"),
        _("Sobol indices, in percent of the variance, from and to as 19 times out of 20."),
        _("Alone: the input by itself. Together: with all that it does with others."),
    )
    row = 4
    for number, each in enumerate(found.causes):
        row = _table(each, book, page, row, first=not number)
    book.tell(page, row, cause_sentences(found))


def _table(causes: Causes, book: StudyBook, page: Page, at: int, *, first: bool) -> int:
    what = outcome_words(causes.outcome)
    title = what[:1].upper() + what[1:]
    page.sheet.write_string(at, 0, title, book.looks.title)
    heads = (
        Column(name := _("Input"), Kind.NAME, 34),
        Column(alone := _("Alone, % from"), Kind.COUNT, 10),
        Column(_("Alone, % to"), Kind.COUNT, 10),
        Column(together := _("Together, % from"), Kind.COUNT, 11),
        Column(_("Together, % to"), Kind.COUNT, 11),
    )
    cells: list[list[Cell]] = [
        [each.what, *each.alone, *each.together] for each in cause_lines(causes)[:ROWS]
    ]
    number = causes.outcome.value.capitalize()
    area = page.table(heads, cells, name=f"Causes{number}", at=at + 1, only=first, autofilter=False)
    picture = Picture(title, _("% of the spread, at least"), "0", 560, 130 + 22 * len(cells))
    chart = tornado(
        book.book,
        picture,
        area.range(name),
        Series(_("together with others"), area.range(together)),
        Series(_("alone"), area.range(alone)),
        most=100,
    )
    page.sheet.insert_chart(at, 6, chart, {"description": title})
    return max(area.last + 3, at + 2 + picture.height // 18)
