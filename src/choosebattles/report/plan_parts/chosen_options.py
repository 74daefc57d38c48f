"""The plan itself: what is started when, what it costs, who pays, and what it leaves behind."""

from dataclasses import dataclass

from choosebattles.audit.option_by_year import build_years
from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.investment import Decision
from choosebattles.case.plan import Choice, Plan
from choosebattles.case.units import Id, Year
from choosebattles.report.number_wording import money
from choosebattles.report.plan_parts.costs import (
    cost_from,
    income_by_year,
    income_of_a_year,
    running_cost_of_a_year,
)
from choosebattles.spelling import short_title


@dataclass(frozen=True)
class PlanRow:
    """One option that is taken. Money in millions of each year; ``cost`` is build and running."""

    investment: str
    option: str
    title: str
    owner: str
    budget_line: str
    pillar: str
    start: Year
    operates_from: Year
    operates_until: Year | None
    """The last year of its lifetime; None where it has no end."""
    ongoing: bool
    cost: dict[Year, float]
    running: float
    """What of the total is running cost."""
    total: float
    paid: dict[Id, float]
    """What each fund pays, over all years."""
    first_year_total: float
    """The total in prices of the first year."""
    income: float
    """What it brings in within the years, after the haircut."""


@dataclass(frozen=True)
class CommitmentRow:
    """What a plan leaves to the years after it."""

    option: str
    title: str
    later: dict[Year, float]
    """Build cost by calendar year."""
    running: float
    """Running cost a year that goes on, or begins after the plan, in money of its last year."""
    income: float
    """Income a year that goes on in the same way."""
    until: Year | None
    """The last year of operation; None where it has no end."""


def _title(case: Case, choice: Choice) -> str:
    return short_title(case.options[choice.option].title)


def plan_rows(case: Case, plan: Plan, recount: Recount) -> tuple[PlanRow, ...]:
    """Return the options taken, by start year, then in the order of the case."""
    order = {name: number for number, name in enumerate(case.options)}
    paid: dict[tuple[Id, Id], float] = {}
    for payment in plan.payments.paid:
        key = (payment.option, payment.fund)
        paid[key] = paid.get(key, 0.0) + float(payment.amount)
    rows = []
    for choice in sorted(plan.choices, key=lambda choice: (choice.start, order[choice.option])):
        option = case.options[choice.option]
        owner = case.investment_of[choice.option]
        build, run = recount.build[option.id], recount.run[option.id]
        begins = choice.start + build_years(option)
        rows.append(
            PlanRow(
                owner.id,
                option.id,
                short_title(option.title),
                owner.owner,
                option.budget_line,
                owner.pillar,
                choice.start,
                begins,
                None if option.lifetime is None else begins + option.lifetime - 1,
                option.decision is Decision.ONGOING,
                {year: money(build[year] + run[year]) for year in case.calendar},
                money(sum(run[year] for year in case.calendar)),
                money(sum(build[year] + run[year] for year in case.calendar)),
                {fund.id: money(paid.get((option.id, fund.id), 0.0)) for fund in case.funds},
                money(cost_from(case, option, choice.start)),
                money(sum(income_by_year(case, option, choice.start).values())),
            )
        )
    return tuple(rows)


def commitment_rows(
    case: Case, recount: Recount, plan: tuple[PlanRow, ...]
) -> tuple[CommitmentRow, ...]:
    """Return what still falls due, goes on or begins after the last year."""
    rows = []
    for row in plan:
        later = {year: money(due) for year, due in recount.later.get(row.option, {}).items() if due}
        option = case.options[row.option]
        goes_on = row.operates_until is None or row.operates_until > case.last_year
        running = money(running_cost_of_a_year(case, option)) if goes_on else 0.0
        income = money(income_of_a_year(case, option)) if goes_on else 0.0
        if later or running or income:
            rows.append(
                CommitmentRow(row.option, row.title, later, running, income, row.operates_until)
            )
    return tuple(rows)
