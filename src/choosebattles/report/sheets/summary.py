"""Summary: the answer on one page, for who reads nothing else."""

import math
from collections.abc import Sequence

from xlsxwriter import Workbook

from choosebattles.report.sheets.book import Book
from choosebattles.report.sheets.charts import Picture, Series, columns
from choosebattles.report.sheets.looks import Kind
from choosebattles.report.sheets.page import Area, Cell, Column, Page, fitting
from choosebattles.words import _

FIRST_SENTENCE = 4
WIDTHS = (27, *(11.5,) * 6, 2, *(10.5,) * 7)
LAST_COLUMN = len(WIDTHS) - 1
CHART_COLUMN = 8
LINE = 170
"""Characters of a sentence that fit on a line across the page."""
BOLD_LINE = 135
"""The same of the headline, which is larger."""


def write(book: Book, page: Page, workbook: Workbook) -> None:
    """Write headline, sentences, tables of indices, money and evidence, and two charts."""
    story = book.story
    about = f"{story.money_line} {story.edition}." if story.edition else story.money_line
    page.head(book.titled(_("Summary")), about)
    for place, width in enumerate(WIDTHS):
        page.sheet.set_column(place, place, width)
    row = _sentence(page, FIRST_SENTENCE, story.headline, headline=True)
    row = _told(page, row, _("Doubts about what was read"), story.doubts)
    row += 1
    for text in (*story.proof, *story.sentences, *story.notes):
        row = _sentence(page, row, text)
    row = _told(page, row, _("What keeps working, and what could be lost"), story.keeps)
    row = _told(page, row, _("What binds"), story.binding)
    if story.answer is None:
        row = _told(page, row, _("Why nothing fits"), story.conflict)
        _told(page, row, _("What you can try"), [f"- {text}" for text in story.advice])
        return
    book.areas["indices"] = _indices(book, page, row + 1)
    top = book.areas["indices"].first - 1
    book.areas["years"] = _years(book, page, book.areas["indices"].last + 2)
    if book.answer.evidence:
        book.areas["evidence"] = _evidence(book, page, book.areas["years"].last + 2)
    _charts(book, page, workbook, top)
    page.sheet.fit_to_pages(1, 1)


def _told(page: Page, row: int, title: str, texts: Sequence[str]) -> int:
    """Write sentences under a title, where there are any."""
    if not texts:
        return row
    row = _title(page, row + 1, title)
    for text in texts:
        row = _sentence(page, row, text)
    return row


def _sentence(page: Page, row: int, text: str, *, headline: bool = False) -> int:
    looks = page.looks.headline if headline else page.looks.sentence
    across, height = (BOLD_LINE, 18) if headline else (LINE, 14)
    page.sheet.merge_range(row, 0, row, LAST_COLUMN, "", looks)
    page.sheet.write_string(row, 0, fitting(text), looks)
    page.sheet.set_row(row, height * max(1, math.ceil(len(text) / across)) + 3)
    return row + 1


def _title(page: Page, row: int, text: str) -> int:
    page.sheet.write_string(row, 0, text, page.looks.section)
    return row + 1


def _indices(book: Book, page: Page, row: int) -> Area:
    row = _title(page, row, _("What it changes (possible: with everything worth having)"))
    answer = book.answer
    possible = sum(each.weight * each.possible for each in answer.indices)
    rows: list[list[Cell]] = []
    for each in answer.indices:
        change = each.after - each.before
        rows.append([each.objective, each.weight, each.before, each.after, change, each.possible])
    gain = answer.objective - answer.before
    whole = _("Objective (weighted sum)")
    rows.append([whole, 1.0, answer.before, answer.objective, gain, possible])
    return page.table(
        [
            Column(_("Index"), Kind.NAME),
            Column(_("Weight"), Kind.SHARE),
            Column(_("Before"), Kind.POINTS),
            Column(_("After"), Kind.POINTS),
            Column(_("Change"), Kind.POINTS),
            Column(_("Possible"), Kind.POINTS),
        ],
        rows,
        name="Indices",
        at=row,
        only=False,
    )


def _years(book: Book, page: Page, row: int) -> Area:
    row = _title(page, row, _("Money by year"))
    return page.table(
        [
            Column(_("Year"), Kind.WHEN),
            Column(_("Available"), Kind.MONEY),
            Column(_("Planned"), Kind.MONEY),
            Column(_("Reserve asked"), Kind.MONEY),
            Column(_("Held"), Kind.MONEY),
            Column(_("Set aside"), Kind.MONEY),
            Column(_("Left"), Kind.MONEY),
        ],
        [
            (
                each.year,
                each.available,
                each.planned,
                each.reserve,
                each.held,
                each.aside,
                each.left,
            )
            for each in book.answer.by_year
        ],
        name="MoneyByYear",
        at=row,
        only=False,
    )


def _evidence(book: Book, page: Page, row: int) -> Area:
    row = _title(page, row, _("What the figures rest on"))
    return page.table(
        [
            Column(_("Evidence"), Kind.NAME),
            Column(_("Grade"), Kind.NAME),
            Column(_("Options"), Kind.COUNT),
            Column(_("Share of value"), Kind.SHARE),
        ],
        [
            (each.meaning, each.grade or _("none"), each.options, each.share)
            for each in book.answer.evidence
        ],
        name="EvidenceGrades",
        at=row,
        only=False,
    )


def _charts(book: Book, page: Page, workbook: Workbook, row: int) -> None:
    indices, years = book.areas["indices"], book.areas["years"]
    last = len(book.answer.indices) - 1
    shown = [
        Series(title, indices.range(title, 0, last))
        for title in (_("Before"), _("After"), _("Possible"))
    ]
    picture = Picture(_("Indices"), _("points"), "0", 540, 250)
    chart = columns(workbook, picture, indices.range(_("Index"), 0, last), shown)
    _place(page, chart, row, book.story.headline)
    parts = [Series(title, years.range(title)) for title in (_("Planned"), _("Held"))]
    parts.append(Series(_("Set aside"), years.range(_("Set aside"))))
    used = [each for each in parts if _any(book, each.name)]
    picture = Picture(_("Money against what is there"), book.story.unit, "#,##0.0", 540, 290)
    there = Series(_("Available"), years.range(_("Available")))
    categories = years.range(_("Year"))
    chart = columns(workbook, picture, categories, used, stacked=True, ceiling=there)
    text = _("Planned, held and set aside money of each year against what is available.")
    _place(page, chart, row + 13, text)


def _any(book: Book, part: str) -> bool:
    years = book.answer.by_year
    amounts = {
        _("Held"): [each.held for each in years],
        _("Set aside"): [each.aside for each in years],
    }
    return any(amounts.get(part, (1,)))


def _place(page: Page, chart: object, row: int, text: str) -> None:
    options = {"description": text, "object_position": 2}
    page.sheet.insert_chart(row, CHART_COLUMN, chart, options)
