"""Spending: every fund in every year, and the same as a picture."""

import math
from collections.abc import Iterator, Sequence

from xlsxwriter import Workbook

from choosebattles.report.parts.spending import SpendingRow
from choosebattles.report.sheets.book import Book
from choosebattles.report.sheets.charts import Picture, Series, columns
from choosebattles.report.sheets.looks import Kind
from choosebattles.report.sheets.page import Area, Cell, Column, Formula, Page
from choosebattles.words import _

ONE_PAGE = 40
"""Rows up to which the chart stands below the table, both on one printed page."""


def write(book: Book, page: Page, workbook: Workbook) -> None:
    """Write a row for each fund and year, and a stacked chart below."""
    story = book.story
    line = _(
        "Available is the year's amount, what was carried over and income. "
        "Left is what is neither planned, held nor set aside: it lapses."
    )
    page.head(book.titled(_("Spending")), story.money_line, line)
    titles = (
        _("Amount"),
        _("Carried over"),
        _("Income"),
        _("Available"),
        _("Planned"),
        _("Held"),
        _("Set aside"),
        _("Left"),
    )
    table = [
        Column(_("Fund"), Kind.NAME, 14),
        Column(_("Title"), Kind.TEXT, 30),
        Column(_("Year"), Kind.YEAR, 8),
        *(Column(each, Kind.MONEY, 11.5) for each in titles),
    ]
    area = page.table(
        table,
        [
            (
                each.fund,
                each.title,
                each.year,
                each.amount,
                each.carried,
                each.income,
                each.available,
                each.planned,
                each.held,
                each.aside,
                each.left,
            )
            for each in book.answer.spending
        ],
        name="Spending",
        keep=3,
    )
    book.areas["spending"] = area
    end = page.totals(area, table, [*_by_fund(book, area), *_by_year(book, area)])
    span = len(story.years)
    paid = [
        Series(fund, area.range(_("Planned"), n * span, (n + 1) * span - 1))
        for n, (fund, _title) in enumerate(story.funds)
    ]
    years = book.areas["years"]
    title = _("Planned spending by fund against what is available")
    picture = Picture(title, story.unit, "#,##0.0")
    chart = columns(
        workbook,
        picture,
        area.range(_("Year"), 0, span - 1),
        paid,
        stacked=True,
        ceiling=Series(_("Available, all funds"), years.range(_("Available"))),
    )
    text = _("Planned spending of each year, stacked by fund, against what all funds have.")
    look = {"description": text, "object_position": 2}
    if len(book.answer.spending) > ONE_PAGE:
        page.sheet.insert_chart(area.first - 1, len(area.columns) + 1, chart, look)
    else:
        page.sheet.insert_chart(end + 2, 1, chart, look)
        page.sheet.fit_to_pages(1, 1)


def _by_fund(book: Book, area: Area) -> Iterator[list[Cell]]:
    """Yield what each fund comes to over all years; what only moves from year to year is blank."""
    span = len(book.story.years)
    sums = {_("Amount"), _("Income"), _("Planned"), _("Left")}
    for number, (fund, title) in enumerate(book.story.funds):
        rows = book.answer.spending[number * span : (number + 1) * span]
        cells: list[Cell] = [fund, title, _("all")]
        for name, values in _columns(rows):
            where = area.column(name, number * span, (number + 1) * span - 1)
            summed = Formula(f"SUM({where})", math.fsum(values))
            cells.append(summed if name in sums else None)
        yield cells


def _by_year(book: Book, area: Area) -> Iterator[list[Cell]]:
    """Yield what all funds come to in each year."""
    for year in book.story.years:
        rows = [each for each in book.answer.spending if each.year == year]
        cells: list[Cell] = [_("All funds"), None, year]
        for name, values in _columns(rows):
            text = f"SUMIFS({area.column(name)},{area.column(_('Year'))},{year})"
            cells.append(Formula(text, math.fsum(values)))
        yield cells


def _columns(rows: Sequence[SpendingRow]) -> Iterator[tuple[str, list[float]]]:
    """Yield the columns of money, by name."""
    yield _("Amount"), [each.amount for each in rows]
    yield _("Carried over"), [each.carried for each in rows]
    yield _("Income"), [each.income for each in rows]
    yield _("Available"), [each.available for each in rows]
    yield _("Planned"), [each.planned for each in rows]
    yield _("Held"), [each.held for each in rows]
    yield _("Set aside"), [each.aside for each in rows]
    yield _("Left"), [each.left for each in rows]
