"""What is explained, as rows of tables: decisions with the numbers behind them, and demands."""

import math
from dataclasses import dataclass

from choosebattles.case.case import Case
from choosebattles.case.investment import Decision
from choosebattles.case.units import Id
from choosebattles.explain.why_answer import Explanation, Interval, PlanChange, Why
from choosebattles.report.answers.why.sentences import (
    cells_of,
    cost_of,
    dearest_first,
    demand_sentence,
    title_of,
    why_sentence,
)
from choosebattles.report.number_wording import plain
from choosebattles.translation import _


@dataclass(frozen=True)
class WhyRow:
    """One option: what is decided, why in a sentence, and the numbers behind it.

    Ends of intervals are None where they are not known or infinite; money in millions.
    """

    id: Id
    title: str
    decision: str
    sentence: str
    price: tuple[float | None, float | None]
    refilled: tuple[float | None, float | None]
    cost: float
    """From its start in the plan, or in the best one found with it; income left out."""
    cost_change: tuple[float | None, float | None]
    """By how much it may cost more (below 0: must cost less) for the decision to flip."""
    additions: dict[Id, tuple[float | None, float | None]]
    enters: tuple[Id, ...]
    leaves: tuple[Id, ...]
    moves: tuple[tuple[Id, int, int], ...]
    settled: bool


@dataclass(frozen=True)
class DemandRow:
    """One demand of the user's: what it says, where it stands, what it costs."""

    what: str
    cell: str
    sentence: str
    price: tuple[float | None, float | None]
    enters: tuple[Id, ...]
    leaves: tuple[Id, ...]
    settled: bool


def why_rows(explanation: Explanation) -> tuple[WhyRow, ...]:
    """Return what is explained: first what is in the plan, the dearest to lose first."""
    return tuple(_row(explanation, why) for why in sorted(explanation.whys, key=_order))


def demand_rows(explanation: Explanation) -> tuple[DemandRow, ...]:
    """Return the user's demands, the dearest first."""
    return tuple(
        DemandRow(
            price.demand.what,
            cells_of(price.demand.places),
            demand_sentence(explanation, price),
            _ends(price.price),
            price.instead.enters if price.instead else (),
            price.instead.leaves if price.instead else (),
            price.settled,
        )
        for price in dearest_first(explanation)
    )


def _order(why: Why) -> tuple[bool, float]:
    middle = why.price.low if why.price.high == math.inf else (why.price.low + why.price.high) / 2
    # Prices that differ by the solver's noise alone stay in the order of the workbook.
    middle = round(middle, 6) if math.isfinite(middle) else middle
    return not why.taken, -middle if why.taken else middle


def _row(explanation: Explanation, why: Why) -> WhyRow:
    instead = why.instead or PlanChange()
    cost = cost_of(explanation, why)
    factor = why.factor or Interval(-math.inf, math.inf)
    change = Interval(_times(cost, factor.low - 1), _times(cost, factor.high - 1))
    return WhyRow(
        why.id,
        title_of(explanation.case, why),
        _decided(explanation.case, why),
        why_sentence(explanation, why),
        _ends(why.price),
        _ends(why.refilled),
        plain(cost, 6),
        _ends(change) if why.factor is not None else (None, None),
        {name: _ends(addition) for name, addition in why.additions.items()},
        instead.enters,
        instead.leaves,
        instead.moves,
        why.settled,
    )


def _times(cost: float, share: float) -> float:
    return cost * share if math.isfinite(share) else share


def _ends(interval: Interval | None) -> tuple[float | None, float | None]:
    if interval is None:
        return None, None
    if interval.exact and math.isfinite(interval.low):
        return plain(interval.low, 6), plain(interval.low, 6)
    low = plain(interval.low, 6) if math.isfinite(interval.low) else None
    return low, plain(interval.high, 6) if math.isfinite(interval.high) else None


def _decided(case: Case, why: Why) -> str:
    typed = {case.options[name].decision for name in why.options} - {Decision.OPEN}
    state = _("in the plan") if why.taken else _("not in the plan")
    return f"{state} ({', '.join(sorted(map(str, typed)))})" if typed else state
