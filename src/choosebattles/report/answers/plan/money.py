"""What the plan starts when, what that costs, who pays, and what falls due afterwards."""

import math
from collections.abc import Iterator, Sequence

from choosebattles.report.document import (
    WORKBOOK,
    Cell,
    Cells,
    Chart,
    Column,
    Form,
    Formula,
    Kind,
    Role,
    Row,
    Section,
    Sentences,
    Series,
    Table,
)
from choosebattles.report.plan_parts.spending import SpendingRow
from choosebattles.report.view_model import Answer, Story
from choosebattles.translation import _

ONE_PAGE = 40
"""Rows up to which a chart stands below its table, both on one printed page."""


def paid_by(fund: str) -> str:
    """Return the head of the column of what a fund pays."""
    return _("Paid by {fund}").format(fund=fund)


def plan(story: Story, answer: Answer) -> Section:
    """Return a row for each option taken, by start year."""
    first = [_("Total{prices}").format(prices=story.first_year)] if story.first_year else []
    earns = [_("Income")] if any(row.income for row in answer.plan) else []
    columns = (
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
        *(Column(title, Kind.MONEY, 10) for title in (*first, *earns)),
        *(Column(paid_by(fund), Kind.MONEY, 11) for fund, _title in story.funds),
    )
    rows = [
        (
            row.investment,
            row.option,
            row.title,
            row.owner,
            row.budget_line,
            row.pillar,
            row.start,
            row.operates_from,
            row.operates_until,
            *(row.cost[year] for year in story.years),
            row.total,
            row.running,
            *([row.first_year_total] if first else []),
            *([row.income] if earns else []),
            *(row.paid[fund] for fund, _title in story.funds),
        )
        for row in answer.plan
    ]
    table = Table("Plan", columns, rows, totals=(summed("Plan", columns, rows),), keep=3)
    return Section(
        _("Plan"),
        (table,) if rows else (Sentences((_("The plan takes nothing."),)),),
        leads=(
            story.money_line,
            _(
                "Cost of a year is build and running cost. Payments are those of all years "
                "together."
            ),
        ),
        answers=_("What is started when, what does it cost, and who pays?"),
        on=WORKBOOK,
    )


def summed(name: str, columns: Sequence[Column], rows: Sequence[Row]) -> Row:
    """Return a row that adds up every column of money of a table, live."""
    cells: list[Cell] = [_("Total")]
    for place, column in enumerate(columns[1:], 1):
        if column.kind is Kind.MONEY:
            parts = [float(row[place]) for row in rows]  # type: ignore[arg-type]
            cells.append(Formula("SUM({0})", math.fsum(parts), (Cells(name, column.title),)))
        else:
            cells.append(None)
    return tuple(cells)


def commitments(story: Story, answer: Answer) -> Section:
    """Return what falls due, or goes on, after the last year."""
    rows = answer.commitments
    last = story.years[-1]
    line = _(
        "What the plan leaves to the years after {year}: build costs still to be paid, and "
        "running costs and income that go on or begin, told in money of {year}."
    ).format(year=last)
    earns = [_("Income in {year}").format(year=last)] if any(row.income for row in rows) else []
    years = sorted({year for row in rows for year in row.later})
    columns = (
        Column(_("Option"), Kind.NAME, 14),
        Column(_("Title"), Kind.TEXT, 44),
        *(Column(_("Build {year}").format(year=year), Kind.MONEY, 10) for year in years),
        Column(_("Running in {year}").format(year=last), Kind.MONEY, 13),
        *(Column(title, Kind.MONEY, 13) for title in earns),
        Column(_("Operates until"), Kind.YEAR, 17),
    )
    cells = [
        (
            row.option,
            row.title,
            *(row.later.get(year, 0.0) for year in years),
            row.running,
            *([row.income] if earns else []),
            row.until if row.until is not None else _("no end"),
        )
        for row in rows
    ]
    total = summed("Commitments", columns, cells)
    return Section(
        _("Commitments"),
        (Table("Commitments", columns, cells, totals=(total,), keep=2),),
        leads=(story.money_line, line),
        answers=_("What falls due, or goes on, after the last year?"),
        on=WORKBOOK,
    )


def spending(story: Story, answer: Answer) -> Section:
    """Return a row for each fund and year, and the same as a stacked chart."""
    titles = [title for title, _values in _amounts(())]
    table = Table(
        "Spending",
        (
            Column(_("Fund"), Kind.NAME, 14),
            Column(_("Title"), Kind.TEXT, 30),
            Column(_("Year"), Kind.YEAR, 8),
            *(Column(title, Kind.MONEY, 11.5) for title in titles),
        ),
        [
            (row.fund, row.title, row.year, *(values[0] for _title, values in _amounts((row,))))
            for row in answer.spending
        ],
        totals=(*_by_fund(story, answer), *_by_year(story, answer)),
        keep=3,
    )
    span = len(story.years)
    paid = (
        Series(fund, Cells("Spending", _("Planned"), n * span, (n + 1) * span - 1))
        for n, (fund, _title) in enumerate(story.funds)
    )
    available = Cells("MoneyByYear", _("Available"))
    chart = Chart(
        Form.STACK,
        _("Planned spending by fund against what is available"),
        story.unit,
        _("Planned spending of each year, stacked by fund, against what all funds have."),
        (*paid, Series(_("Available, all funds"), available, role=Role.CEILING)),
        categories=Cells("Spending", _("Year"), 0, span - 1),
        number="#,##0.0",
        beside=len(answer.spending) > ONE_PAGE,
    )
    line = _(
        "Available is the year's amount, what was carried over and income. "
        "Left is what is neither planned, held nor set aside: it lapses."
    )
    return Section(
        _("Spending"),
        (table, chart),
        leads=(story.money_line, line),
        answers=_("What does each fund spend, hold, set aside and have left, by year?"),
        on=WORKBOOK,
    )


def _by_fund(story: Story, answer: Answer) -> Iterator[Row]:
    """Yield what each fund comes to over all years; what only moves from year to year is blank."""
    span = len(story.years)
    sums = {_("Amount"), _("Income"), _("Planned"), _("Left")}
    for number, (fund, title) in enumerate(story.funds):
        first, last = number * span, (number + 1) * span - 1
        yield (
            *(fund, title, _("all")),
            *(
                Formula("SUM({0})", math.fsum(values), (Cells("Spending", name, first, last),))
                if name in sums
                else None
                for name, values in _amounts(answer.spending[first : last + 1])
            ),
        )


def _by_year(story: Story, answer: Answer) -> Iterator[Row]:
    """Yield what all funds come to in each year."""
    years = Cells("Spending", _("Year"))
    for year in story.years:
        yield (
            *(_("All funds"), None, year),
            *(
                Formula(
                    f"SUMIFS({{0}},{{1}},{year})",
                    math.fsum(values),
                    (Cells("Spending", name), years),
                )
                for name, values in _amounts([row for row in answer.spending if row.year == year])
            ),
        )


def _amounts(rows: Sequence[SpendingRow]) -> Iterator[tuple[str, list[float]]]:
    """Yield the columns of money, by title."""
    yield _("Amount"), [row.amount for row in rows]
    yield _("Carried over"), [row.carried for row in rows]
    yield _("Income"), [row.income for row in rows]
    yield _("Available"), [row.available for row in rows]
    yield _("Planned"), [row.planned for row in rows]
    yield _("Held"), [row.held for row in rows]
    yield _("Set aside"), [row.aside for row in rows]
    yield _("Left"), [row.left for row in rows]
