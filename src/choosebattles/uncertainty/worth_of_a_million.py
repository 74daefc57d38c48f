r"""What one more million buys, each fund and year, by solving again: never by prices of a relaxation.

With :math:`V(d), B(d)` the worth of the plan found and what no plan exceeds when *d* millions are
added in one year, the gain of them lies between

.. math:: \max(0, V(d) - B(0)) \quad\text{and}\quad B(d) - V(0)

for more money never makes the best plan worse. The gain of a million holds up to *d* millions
where the gain of a million on average of *d* cannot be told from that of the first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from choosebattles.case.case import Case
from choosebattles.case.units import Id, Year
from choosebattles.solving.outcome import Stop
from choosebattles.solving.tolerances import ROUNDING
from choosebattles.uncertainty.sweep import Sweep, SweepPoint
from choosebattles.uncertainty.sweep_design import Axis, SweepPlan

ADDED = (-10, -5, -2, -1, 1, 2, 5, 10)
"""Millions that are added to one fund in one year."""

Interval = tuple[float, float]
"""The least and the most that a number can be."""


@dataclass(frozen=True)
class Million:
    """What money of a fund in a year is worth, in points of the objective.

    ``gain`` is that of one million more, ``loss`` of one less (None: there is none to lose, no
    plan is left, which is proved where ``ruined``, or it is not known). The gain holds, a million
    on average, up to ``up`` more; the loss down to ``down`` less. ``enters`` and ``leaves`` tell how
    the plan found with one more differs.
    """

    fund: Id
    year: Year
    now: float
    gain: Interval | None
    up: int
    loss: Interval | None
    down: int
    enters: tuple[Id, ...]
    leaves: tuple[Id, ...]
    ruined: bool = False


def money_plan(case: Case) -> SweepPlan:
    """Return the points to ask: each fund in each year with some millions more and less."""
    return SweepPlan(
        tuple(
            Axis(
                f"fund.{fund.id}.{year}",
                values=tuple(fund.amount[year] + d for d in ADDED if fund.amount[year] + d >= 0),
            )
            for fund in case.funds
            for year in case.calendar
        )
    )


def worth_of_money(found: Sweep) -> tuple[Million, ...]:
    """Return what one more million is worth, from the points of ``money_plan`` that are done."""
    base = found.nominal
    if base.value is None or base.bound is None:
        return ()
    now = base.value, base.bound
    rows = []
    for place, name in enumerate(found.names):
        _word, fund, year = name.split(".")
        here = found.laid.now[place]
        steps = {
            int(step.numbers[place] - here): step  # type: ignore[operator]
            for step in found.steps
            if step.numbers[place] is not None and step.comparable
        }
        gain, up = _first(now, steps, [d for d in ADDED if d > 0])
        loss, down = _first(now, steps, [d for d in reversed(ADDED) if d < 0])
        more, less = steps.get(1), steps.get(-1)
        taken = frozenset(more.starts) if more is not None and more.starts else base.taken
        enters, leaves = sorted(taken - base.taken), sorted(base.taken - taken)
        rows.append(
            Million(
                fund,
                int(year),
                float(here),
                gain,
                up,
                loss,
                down,
                tuple(enters),
                tuple(leaves),
                ruined=less is not None and less.stop is Stop.INFEASIBLE,
            )
        )
    return tuple(rows)


def _first(
    now: Interval, steps: dict[int, SweepPoint], added: Sequence[int]
) -> tuple[Interval | None, int]:
    """Return the change by the first million, and for how many it holds on average."""
    first: Interval | None = None
    holds = 0
    for millions in added:
        step = steps.get(millions)
        if step is None or step.value is None or step.bound is None:
            break
        change = _change(now, (step.value, step.bound), millions)
        if first is None:
            first = change
        elif change[1] < first[0] - ROUNDING or change[0] > first[1] + ROUNDING:
            break
        holds = abs(millions)
    return first, holds


def _change(now: Interval, then: Interval, added: int) -> Interval:
    """Return the gain (of money less, the loss) of a million on average."""
    low, high = (then, now) if added < 0 else (now, then)
    size = abs(added)
    return max(0.0, high[0] - low[1]) / size, max(0.0, high[1] - low[0]) / size
