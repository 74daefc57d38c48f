"""Plan and commitments: what is started when, what it costs, who pays, what it leaves behind."""

import math
from collections.abc import Sequence

from choosebattles.report.sheets.book import Book
from choosebattles.report.sheets.looks import Kind
from choosebattles.report.sheets.page import Area, Cell, Column, Formula, Page
from choosebattles.words import _


def paid_by(fund: str) -> str:
    """Return the head of the column of what a fund pays."""
    return _("Paid by {fund}").format(fund=fund)


def write_plan(book: Book, page: Page) -> None:
    """Write a row for each option taken, by start year."""
    story = book.story
    lines = (
        story.money_line,
        _("Cost of a year is build and running cost. Payments are those of all years together."),
    )
    first = [_("Total{prices}").format(prices=story.first_year)] if story.first_year else []
    earns = [_("Income")] if any(each.income for each in book.answer.plan) else []
    page.head(book.titled(_("Plan")), *lines)
    if not book.answer.plan:
        page.sheet.write_string(4, 0, _("The plan takes nothing."), page.looks.sentence)
        return
    columns = [
        Column(_("Investment"), Kind.NAME, 13),
        Column(_("Option"), Kind.NAME, 14),
        Column(_("Title"), Kind.TEXT, 38),
        Column(_("Owner"), Kind.TEXT, 20),
        Column(_("Budget line"), Kind.TEXT, 12),
        Column(_("Pillar"), Kind.TEXT, 12),
        Column(_("Start"), Kind.YEAR, 7),
        Column(_("Operates from"), Kind.YEAR, 10),
        Column(_("Operates until"), Kind.YEAR, 10),
        *(Column(str(year), Kind.MONEY, 9) for year in story.years),
        Column(_("Total"), Kind.MONEY, 10),
        Column(_("of which running"), Kind.MONEY, 10),
        *(Column(each, Kind.MONEY, 10) for each in (*first, *earns)),
        *(Column(paid_by(fund), Kind.MONEY, 11) for fund, _title in story.funds),
    ]
    rows: list[list[Cell]] = [
        [
            each.investment,
            each.option,
            each.title,
            each.owner,
            each.budget_line,
            each.pillar,
            each.start,
            each.operates_from,
            each.operates_until,
            *(each.cost[year] for year in story.years),
            each.total,
            each.running,
            *([each.first_year_total] if first else []),
            *([each.income] if earns else []),
            *(each.paid[fund] for fund, _title in story.funds),
        ]
        for each in book.answer.plan
    ]
    book.areas["plan"] = page.table(columns, rows, name="Plan", keep=3)
    page.totals(book.areas["plan"], columns, [summed(book.areas["plan"], columns, rows)])


def summed(area: Area, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> list[Cell]:
    """Return a row that adds up every column of money of a table, live."""
    cells: list[Cell] = [_("Total")]
    for place, column in enumerate(columns[1:], 1):
        if column.kind is Kind.MONEY:
            parts = [float(row[place]) for row in rows]  # type: ignore[arg-type]
            cells.append(Formula(f"SUM({area.column(column.title)})", math.fsum(parts)))
        else:
            cells.append(None)
    return cells


def write_commitments(book: Book, page: Page) -> None:
    """Write what falls due, or goes on, after the last year."""
    story = book.story
    rows = book.answer.commitments
    last = story.years[-1]
    line = _(
        "What the plan leaves to the years after {year}: build costs still to be paid, and "
        "running costs and income that go on."
    ).format(year=last)
    page.head(book.titled(_("Commitments")), story.money_line, line)
    earns = [_("Income in {year}").format(year=last)] if any(each.income for each in rows) else []
    years = sorted({year for each in rows for year in each.later})
    columns = [
        Column(_("Option"), Kind.NAME, 14),
        Column(_("Title"), Kind.TEXT, 44),
        *(Column(_("Build {year}").format(year=year), Kind.MONEY, 10) for year in years),
        Column(_("Running in {year}").format(year=last), Kind.MONEY, 13),
        *(Column(each, Kind.MONEY, 13) for each in earns),
        Column(_("Operates until"), Kind.YEAR, 17),
    ]
    cells: list[list[Cell]] = [
        [
            each.option,
            each.title,
            *(each.later.get(year, 0.0) for year in years),
            each.running,
            *([each.income] if earns else []),
            each.until if each.until is not None else _("no end"),
        ]
        for each in rows
    ]
    area: Area = page.table(columns, cells, name="Commitments", keep=2)
    page.totals(area, columns, [summed(area, columns, cells)])
    book.areas["commitments"] = area
