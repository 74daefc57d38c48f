"""When an option works, and what it costs within the years of a case, as its row says."""

from fractions import Fraction

from choosebattles.case.decision_model import Accrual
from choosebattles.case.facts import Facts
from choosebattles.case.investment import Decision, Option
from choosebattles.case.units import Year


def build_years(option: Option) -> int:
    """Return the years from start to operation; blank is until the last cost year."""
    if option.build_years is not None:
        return option.build_years
    return max((j for j, cost in enumerate(option.cost) if cost), default=0)


def operating_years(case: Facts, option: Option, start: Year) -> range:
    """Return the years of the case in which an option works that starts in a year."""
    begin = start + build_years(option)
    end = case.last_year + 1 if option.lifetime is None else begin + option.lifetime
    first = max(begin, case.first_year)
    return range(first, max(first, min(end, case.last_year + 1)))


def earliest(case: Facts, option: Option) -> Year:
    """Return the first year in which an option can start."""
    return case.first_year if option.earliest_start is None else option.earliest_start


def possible_starts(case: Facts, option: Option) -> range:
    """Return the years in which an option can start."""
    if option.decision is Decision.ONGOING:
        return range(earliest(case, option), earliest(case, option) + 1)
    last = option.latest_start
    if last is None:
        paid = max((j for j, cost in enumerate(option.cost) if cost), default=0)
        last = case.last_year - max(build_years(option), paid)
    return range(earliest(case, option), last + 1)


def need(case: Facts, option: Option, start: Year, year: Year) -> Fraction:
    """Return what an option needs in a year, in millions of that year, unrounded."""
    growth = (1 + Fraction(case.cost_growth)) ** (year - case.first_year)
    j = year - start
    cost = Fraction(option.cost[j]) if 0 <= j < len(option.cost) else Fraction(0)
    if year in operating_years(case, option, start):
        cost += max(Fraction(0), Fraction(option.running_cost))
    return growth * cost


def accrual_weights(case: Facts) -> dict[Year, Fraction]:
    """Return how much every year counts; together they are 1."""
    if case.model.accrual is Accrual.FINAL_YEAR:
        return {year: Fraction(int(year == case.last_year)) for year in case.calendar}
    fade = 1 + Fraction(case.model.discount_rate)
    weights = {year: fade ** (case.first_year - year) for year in case.calendar}
    whole = sum(weights.values())
    return {year: weight / whole for year, weight in weights.items()}
