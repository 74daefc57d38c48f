"""The years in which an option can start."""

from choosebattles.audit.option_by_year import Taken, build_years, last_cost_year
from choosebattles.case.case import Case
from choosebattles.case.investment import Decision, Option
from choosebattles.case.units import Year


def taken(case: Case, option: Option, start: Year) -> Taken:
    """Return an option as it would be, started in a calendar year."""
    return Taken(case, option, start - case.first_year)


def earliest(case: Case, option: Option) -> Year:
    """Return the first year in which an option can start."""
    return case.first_year if option.earliest_start is None else option.earliest_start


def starts(case: Case, option: Option) -> range:
    """Return the years in which an option can start; its earliest at least."""
    first = earliest(case, option)
    return possible_starts(case, option) or range(first, first + 1)


def possible_starts(case: Case, option: Option) -> range:
    """Return the years in which a plan may start an option; none where it cannot be built in time."""
    first = earliest(case, option)
    if option.decision is Decision.ONGOING:
        return range(first, first + 1)
    last = option.latest_start
    if last is None:
        last = case.last_year - max(build_years(option), last_cost_year(option))
    return range(first, min(last, case.last_year) + 1)
