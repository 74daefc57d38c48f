"""Spending: every fund in every year, and the same as a picture."""

from xlsxwriter import Workbook

from choosebattles.report.sheets.book import Book
from choosebattles.report.sheets.charts import Picture, Series, columns
from choosebattles.report.sheets.looks import Kind
from choosebattles.report.sheets.page import Column, Page
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
    page.head(book.titled(_("Spending")), book.money_line, line)
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
    area = page.table(
        [
            Column(_("Fund"), Kind.NAME, 14),
            Column(_("Title"), Kind.TEXT, 30),
            Column(_("Year"), Kind.YEAR, 8),
            *(Column(each, Kind.MONEY, 11.5) for each in titles),
        ],
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
        page.sheet.insert_chart(area.last + 2, 1, chart, look)
        page.sheet.fit_to_pages(1, 1)
