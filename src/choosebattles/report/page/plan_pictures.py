"""The two large pictures and the plan along the years, as they stand before any script runs.

The script moves the same shapes: places are shares of the width and height of a picture, so that
nothing is distorted or cut, however wide a page is.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from choosebattles.audit.option_by_year import build_years
from choosebattles.case.case import Case
from choosebattles.case.investment import Investment, Option
from choosebattles.case.units import Id, Year
from choosebattles.report.number_wording import points, rounded_up
from choosebattles.report.outputs.colours import SERIES
from choosebattles.report.view_model import Answer, Story
from choosebattles.spelling import short_title
from choosebattles.translation import _

Parts = dict[str, Any]

Numbers = Callable[[float], str]
"""How a number is written."""

WHOLE = 100.0
"""Points at which an index is full."""

SLOT = 0.64
"""Which part of the room of a year its column takes."""

ROOM = 1.06
"""How much higher a picture of money is than its highest column."""


def share(part: float) -> str:
    """Return a share of the width or height of a picture."""
    return f"{100 * part:.2f}%"


# Indices


@dataclass(frozen=True)
class IndexAxis:
    """From where to where the bars of all indices go: from 0 to 100, or beyond."""

    low: float
    high: float

    @classmethod
    def of(cls, answer: Answer, *, whole: bool = False) -> Self:
        """Return the axis of an answer; ``whole`` says that only whole points may be seen."""
        told = [row.before for row in answer.indices] + [row.after for row in answer.indices]
        told += [row.possible for row in answer.indices] + [answer.before, answer.objective]
        ends = min(0.0, *told), max(WHOLE, *told)
        return cls(*(map(round, ends) if whole else ends))

    def at(self, points: float) -> str:
        """Return where an amount of points lies."""
        return share((points - self.low) / (self.high - self.low))


def index_bars(answer: Answer, score: Numbers, bound: float | None, *, whole: bool) -> list[Parts]:
    """Return the bars: every index, and last the objective with what no plan can exceed.

    ``whole`` says that only whole points may be seen.
    """
    axis = IndexAxis.of(answer, whole=whole)

    def at(points: float) -> str:
        return axis.at(round(points) if whole else points)

    rows = [(row.objective, row.before, row.after, row.possible) for row in answer.indices]
    return [
        {
            "id": name,
            "name": name or _("Objective (weighted sum)"),
            "before": score(before),
            "after": score(after),
            "possible": ""
            if most is None
            else score(most)
            if name
            else points(rounded_up(most, 1)),
            "before_at": at(before),
            "after_at": at(after),
            "possible_at": "" if most is None else at(most),
            "zero_at": at(0.0),
        }
        for name, before, after, most in [*rows, ("", answer.before, answer.objective, bound)]
    ]


# Money


def money_columns(story: Story, money: Numbers) -> list[Parts]:
    """Return a column for every year: what there is, and what each fund pays, stacked."""
    answer = story.answer
    assert answer is not None
    given = {(row.fund, row.year): row.amount for row in answer.spending}
    paid = {(row.fund, row.year): row.planned for row in answer.spending}
    funds = [fund for fund, _title in story.funds]
    sums = [sum(of[fund, year] for fund in funds) for of in (given, paid) for year in story.years]
    most = max(sums, default=0.0) * ROOM or 1.0
    slot = 1 / len(story.years)
    columns = []
    for number, year in enumerate(story.years):
        there = sum(given[fund, year] for fund in funds)
        below, stack = 0.0, []
        for place, fund in enumerate(funds):
            part = paid[fund, year] / most
            below += part
            look = place % len(SERIES)
            stack.append({"fund": fund, "look": look, "y": share(1 - below), "height": share(part)})
        columns.append(
            {
                "year": year,
                "x": share(slot * (number + (1 - SLOT) / 2)),
                "width": share(slot * SLOT),
                "left": share(slot * (number + (1 - SLOT) / 4)),
                "right": share(slot * (number + 1 - (1 - SLOT) / 4)),
                "stack": stack,
                "there_y": share(1 - there / most),
                "there_height": share(there / most),
                "paid": money(sum(paid[fund, year] for fund in funds)),
                "there": money(there),
            }
        )
    return columns


# The plan along the years


def pillars(
    case: Case, starts: Mapping[Id, Year], of: Callable[[Investment], Parts]
) -> list[Parts]:
    """Return the investments by pillar, each with its bar; ``of`` says what else stands there."""
    groups: dict[str, list[Parts]] = {}
    for investment in case.investments:
        taken = next((o for o in investment.options if o.id in starts), None)
        bar = None if taken is None else _bar(case, taken, starts[taken.id])
        tile = {"bar": bar, "title": _title(investment, taken), **of(investment)}
        groups.setdefault(investment.pillar, []).append(tile)
    only = _("All investments") if len(groups) == 1 else _("No pillar")
    return [{"name": name or only, "tiles": tiles} for name, tiles in groups.items()]


def _title(investment: Investment, taken: Option | None) -> str:
    return short_title((taken or investment.options[0]).title) or investment.id


def _bar(case: Case, option: Option, start: Year) -> Parts:
    """Return from where to where an option is built, and works."""
    first, last = case.first_year, case.last_year + 1
    works, ends = (min(year, last) for year in (start + build_years(option), _end(option, start)))
    at = [share((max(year, first) - first) / (last - first)) for year in (start, works, ends)]
    size = (last - first) / 100

    def wide(begin: Year, end: Year) -> str:
        return f"{max(0, end - max(begin, first)) / size:.2f}%"

    return {
        "x": at[0],
        "width": wide(start, ends),
        "built": wide(start, works),
    }


def _end(option: Option, start: Year) -> Year:
    begins = start + build_years(option)
    return begins + (10_000 if option.lifetime is None else option.lifetime)


def times(options: Iterable[Option]) -> dict[Id, tuple[int, int | None]]:
    """Return of each option how many years it is built, and how many it works."""
    return {option.id: (build_years(option), option.lifetime) for option in options}


def series_colours() -> str:
    """Return the colours of series as names for the style of a page."""
    names = (f"--series{n}: {colour};" for n, colour in enumerate(SERIES))
    return f":root {{ {' '.join(names)} }}\n"


def year_marks(years: Sequence[Year]) -> Iterator[str]:
    """Yield what stands over the years of a picture: the first in full, of many not every one."""
    step = max(1, -(-len(years) // 6))
    for number, year in enumerate(years):
        shown = number % step == 0
        yield "" if not shown else str(year) if number == 0 else f"{year % 100:02d}"
