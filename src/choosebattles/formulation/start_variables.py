"""The decisions of the program: one column of 0 or 1 for each option and year of start."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from choosebattles.case.facts import Facts
from choosebattles.case.investment import Decision, Option
from choosebattles.case.units import Id, Money, Year


def start_column(option: Id, year: Year) -> str:
    """Return the column that says whether an option starts in a calendar year."""
    return f"start[{option},{year}]"


@dataclass(frozen=True)
class ProgramColumn:
    """A variable of the program: its bounds, and whether it is a whole number."""

    name: str
    low: float | None
    high: float | None
    integer: bool


@dataclass(frozen=True)
class Start:
    """The decision to start an option in a year (counted from 0; ongoing ones may be earlier).

    It operates from ``first`` on, before ``end`` (None: for ever).
    """

    option: Id
    year: int
    column: str
    ongoing: bool
    first: int
    end: int | None

    def runs(self, year: int) -> bool:
        """Say whether what was so started operates in the year."""
        return self.first <= year and (self.end is None or year < self.end)


def possible_starts(case: Facts, option: Option) -> tuple[Start, ...]:
    """Return every start that is open to an option, the earliest first."""
    building = build_years(option)
    return tuple(
        Start(
            option.id,
            year,
            start_column(option.id, case.first_year + year),
            option.decision is Decision.ONGOING,
            year + building,
            None if option.lifetime is None else year + building + option.lifetime,
        )
        for year in _start_years(case, option)
    )


def _start_years(case: Facts, option: Option) -> Iterable[int]:
    last = case.years - 1
    first, final = 0, last - max(build_years(option), last_cost(option.cost))
    if option.earliest_start is not None:
        first = option.earliest_start - case.first_year
    if option.decision is Decision.ONGOING:
        return (first,)
    if option.latest_start is not None:
        final = option.latest_start - case.first_year
    return range(first, min(final, last) + 1)


def last_cost(cost: Sequence[Money]) -> int:
    """Return the position of the last year that costs anything, 0 if there is none."""
    return max((year for year, amount in enumerate(cost) if amount), default=0)


def build_years(option: Option) -> int:
    """Return how many years it is built for: until the last cost where it is not said."""
    return last_cost(option.cost) if option.build_years is None else option.build_years
