"""How much money would gain as many points: what a number of points is worth, by solving again.

The same amount is added to every year of the first fund, in steps, until the best plan is proved
to be worth so many points more than that of the case as it stands. More money never makes the
best plan worse, so a few steps are asked, each halving what is left of them.
"""

from dataclasses import dataclass
from decimal import Decimal
from math import inf

from choosebattles.case.case import Case
from choosebattles.case.units import Id, to_thousandths
from choosebattles.solving.outcome import Stop
from choosebattles.solving.resolver_question import SolverQuestion
from choosebattles.solving.search_limits import SearchLimits
from choosebattles.uncertainty.altered_case import altered, find_parameter
from choosebattles.uncertainty.nominal_plan import Nominal
from choosebattles.uncertainty.recount_in_each_case import Recounting

STEPS = tuple(
    Decimal(step) for step in ("0.005", "0.01", "0.02", "0.03", "0.05", "0.1", "0.2", "0.5", "1")
)
"""What is added to each year, as shares of what the fund has in an average year."""

GAP = 0.001
"""The largest gap of an answer: single points are asked for, of some hundred."""


@dataclass(frozen=True)
class GainInMoney:
    """Millions a year of a fund that gain as many points as were asked for.

    Every year ``low`` more, of which it is proved that it gains less, to ``high`` more, of which it
    is proved that it gains as much; ``high`` is None where ``low`` is the most that was asked. In
    between it is not known within the gap. ``solves`` is how often the best plan was searched for.
    """

    fund: Id
    low: Decimal
    high: Decimal | None
    solves: int


def gain_in_money(
    case: Case, nominal: Nominal, points: float, gap: float, limits: SearchLimits
) -> GainInMoney | None:
    """Return how much more money would gain so many points; None where that cannot be told.

    Parameters
    ----------
    case
        Facts and decision model.
    nominal
        The best plan of the case as it stands, with what no plan exceeds.
    points
        Points of the objective, more than 0.
    gap, limits
        How exact every answer is, 0.1 % or less whatever is asked, and how long it may take.

    Raises
    ------
    KeyboardInterrupt
        Where Ctrl-C stopped a search.
    """
    fund = case.funds[0]
    mean = sum(fund.amount.values(), Decimal(0)) / len(fund.amount)
    amounts = sorted({to_thousandths(step * mean) for step in STEPS} - {Decimal(0)})
    if nominal.value is None or nominal.bound is None or not amounts:
        return None
    resolver, recounting = nominal.resolver(case), Recounting()
    short, enough, solves = Decimal(0), None, 0
    while amounts:
        amount = amounts[len(amounts) // 2]
        years = {
            find_parameter(case, f"fund.{fund.id}.{year}"): fund.amount[year] + amount
            for year in fund.amount
        }
        richer = altered(case, years)
        reply = resolver.ask(SolverQuestion(case=richer, gap=min(gap, GAP), **limits._asdict()))
        solves += 1
        if reply.stop is Stop.INTERRUPTED:
            raise KeyboardInterrupt
        worth = -inf if reply.choices is None else recounting.confirmed(richer, reply.choices).value
        if reply.bound is not None and max(reply.bound, worth) - nominal.value < points:
            short = max(short, amount)
        if worth - nominal.bound >= points:
            enough = amount
            amounts = [other for other in amounts if other < amount]
        else:
            amounts = [other for other in amounts if other > amount]
    return GainInMoney(fund.id, short, enough, solves)
