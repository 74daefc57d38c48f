"""What options cost and bring in within the years of a case, year by year and in first-year prices."""

from decimal import Decimal
from fractions import Fraction

from choosebattles.audit.option_by_year import Taken
from choosebattles.case.case import Case
from choosebattles.case.investment import Option
from choosebattles.case.plan import Plan
from choosebattles.case.units import Year
from choosebattles.report.plan_parts.start_years import earliest, taken


def cost_within(case: Case, option: Option) -> Fraction:
    """Return what an option costs within the years of a case, started as early as it may."""
    return cost_from(case, option, earliest(case, option))


def cost_from(case: Case, option: Option, start: Year) -> Fraction:
    """Return what an option costs within the years of a case from a start, in first-year prices."""
    prices = case.model_copy(update={"cost_growth": Decimal(0)}) if case.cost_growth else case
    return sum(needs(prices, option, start).values(), Fraction(0))


def first_year_cost(case: Case, plan: Plan) -> Fraction:
    """Return what a plan costs within the years of a case, in first-year prices."""
    costs = (cost_from(case, case.options[name], start) for name, start in plan.starts.items())
    return sum(costs, Fraction(0))


def needs(case: Case, option: Option, start: Year) -> dict[Year, Fraction]:
    """Return what an option would need in every year of the case, in millions."""
    option_ = taken(case, option, start)
    years = enumerate(case.calendar)
    return {year: (option_.build(t) + option_.run(t)) / 1000 for t, year in years}


def income_by_year(case: Case, option: Option, start: Year) -> dict[Year, Fraction]:
    """Return what an option brings in in every year of the case, after the haircut, in millions."""
    option_ = taken(case, option, start)
    return {year: option_.income(t) / 1000 for t, year in enumerate(case.calendar)}


def running_cost_of_a_year(case: Case, option: Option) -> Fraction:
    """Return what an option costs in a year in which it operates, in money of the last year."""
    return _operating(case, option).run(case.years - 1) / 1000


def income_of_a_year(case: Case, option: Option) -> Fraction:
    """Return what an option brings in in a year as long as it operates, in money of the last year."""
    return _operating(case, option).income(case.years - 1) / 1000


def _operating(case: Case, option: Option) -> Taken:
    """Return an option that operates in the last year, without income of single years."""
    alone = option.model_copy(update={"build_years": 0, "lifetime": None, "income": ()})
    return Taken(case, alone, case.years - 1)
