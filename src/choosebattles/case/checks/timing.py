"""Start years: known where something is ongoing, within the plan, and at least one left."""

from collections.abc import Iterator

from choosebattles.case.checks.shared_sentences import at
from choosebattles.case.facts import Facts
from choosebattles.case.investment import Decision, Option
from choosebattles.errors import Fault
from choosebattles.translation import _, several


def _options(case: Facts) -> Iterator[Option]:
    return (option for owner in case.investments for option in owner.options)


def ongoing_without_start(case: Facts) -> Iterator[Fault]:
    """Yield ongoing options of which the start is blank or still to come."""
    for option in _options(case):
        if option.decision is not Decision.ONGOING:
            continue
        start = option.earliest_start
        if start is None or start > case.first_year:
            found = _("no start year") if start is None else str(start)
            yield at(option, "earliest_start").fault(
                "CB-L18",
                found,
                _("the year in which the ongoing investment started, {year} or before").format(
                    year=case.first_year
                ),
                _("Type the year, or make the decision must."),
            )


def starts_outside_the_plan(case: Facts) -> Iterator[Fault]:
    """Yield typed start years outside the plan, of options that are not ongoing."""
    for option in _options(case):
        if option.decision is Decision.ONGOING:
            continue
        for part in ("earliest_start", "latest_start"):
            year = getattr(option, part)
            if year is not None and year not in case.calendar:
                yield at(option, part).fault(
                    "CB-L20",
                    str(year),
                    _("a year of the plan, {first} to {last}").format(
                        first=case.first_year, last=case.last_year
                    ),
                    _("Correct the year or leave the cell blank."),
                )


def starts(case: Facts, option: Option) -> range:
    """Return the calendar years in which an option may start.

    A blank latest start is the last one that lets the building and the cost years end in the
    plan.
    """
    if option.decision is Decision.ONGOING:
        year = case.first_year if option.earliest_start is None else option.earliest_start
        return range(year, year + 1)
    earliest = case.first_year if option.earliest_start is None else option.earliest_start
    latest = option.latest_start
    if latest is None:
        latest = case.last_year - max(_building(option), _last_cost(option))
    return range(earliest, latest + 1)


def _last_cost(option: Option) -> int:
    """Return the position of the last cost year that is not 0, counted from 0."""
    return max((year for year, cost in enumerate(option.cost) if cost), default=0)


def _building(option: Option) -> int:
    return _last_cost(option) if option.build_years is None else option.build_years


def no_start_left(case: Facts) -> Iterator[Fault]:
    """Yield open and must options that cannot start in any year."""
    for option in _options(case):
        if option.decision not in {Decision.OPEN, Decision.MUST}:
            continue
        typed = (option.earliest_start, option.latest_start)
        if any(year is not None and year not in case.calendar for year in typed):
            continue
        possible = starts(case, option)
        if possible:
            continue
        if option.latest_start is not None:
            found = _("a latest start {latest} before the earliest, {earliest}").format(
                latest=option.latest_start, earliest=possible.start
            )
            part, advice = "latest_start", _("Correct one of the two years.")
        else:
            years = max(_building(option), _last_cost(option))
            found = several(
                "no year in which it can start: it takes {years} year after the one in which it "
                "starts, and the plan ends in {last}",
                "no year in which it can start: it takes {years} years after the one in which it "
                "starts, and the plan ends in {last}",
                years,
            ).format(years=years, last=case.last_year)
            part = "latest_start"
            advice = _("Type a latest start, shorten the building, or make the plan longer.")
        yield at(option, part).fault(
            "CB-L21", found, _("at least one year in which it can start"), advice
        )
