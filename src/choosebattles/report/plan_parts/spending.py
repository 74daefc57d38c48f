"""Money by fund and year: what there is, what is planned, held, set aside and left."""

from dataclasses import dataclass

from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.units import Year
from choosebattles.report.number_wording import money
from choosebattles.spelling import short_title


@dataclass(frozen=True)
class SpendingRow:
    """A fund in a year, in millions of that year."""

    fund: str
    title: str
    year: Year
    amount: float
    carried: float
    """What was set aside the year before and is still there."""
    income: float
    available: float
    planned: float
    held: float
    aside: float
    left: float


@dataclass(frozen=True)
class YearRow:
    """All funds in a year, with the reserve that had to be held."""

    year: Year
    available: float
    planned: float
    held: float
    reserve: float
    aside: float
    left: float


def spending_rows(case: Case, recount: Recount) -> tuple[SpendingRow, ...]:
    """Return every fund in every year."""
    return tuple(
        SpendingRow(
            fund.id,
            short_title(fund.title),
            year,
            amount=money(fund.amount[year]),
            carried=money(recount.carried[fund.id][year]),
            income=money(recount.income[fund.id][year]),
            available=money(recount.available[fund.id][year]),
            planned=money(recount.spending[fund.id][year]),
            held=money(recount.held[fund.id][year]),
            aside=money(recount.aside[fund.id][year]),
            left=money(recount.left[fund.id][year]),
        )
        for fund in case.funds
        for year in case.calendar
    )


def year_rows(
    case: Case, recount: Recount, spending: tuple[SpendingRow, ...]
) -> tuple[YearRow, ...]:
    """Return every year with all funds together."""
    rows = []
    for year in case.calendar:
        here = [row for row in spending if row.year == year]
        rows.append(
            YearRow(
                year,
                money(sum(row.available for row in here)),
                money(sum(row.planned for row in here)),
                money(sum(row.held for row in here)),
                money(recount.reserve.get(year, 0)),
                money(sum(row.aside for row in here)),
                money(sum(row.left for row in here)),
            )
        )
    return tuple(rows)
