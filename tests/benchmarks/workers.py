"""The same draws with one warm worker and with two: what of the second one is work."""

import statistics
import time
from collections.abc import Iterator
from decimal import Decimal

from benchmarks.clock import clocked, ratio, short
from benchmarks.finding import Finding
from benchmarks.generator import generate
from choosebattles.audit.scale import ScoreScale
from choosebattles.case.parameter import hold_scale
from choosebattles.execution.executor import Executor, Processes
from choosebattles.solving.limits import SearchLimits
from choosebattles.uncertainty.draw import Spread, what_varies
from choosebattles.uncertainty.nominal import nominal
from choosebattles.uncertainty.simulate import DrawTask

SEED = 501
GAP = 0.01
MUST = 1.8

WARM = 64
"""Draws after which the time runs."""


def measure(*, fast: bool) -> Iterator[Finding]:
    """Yield how many times as many draws two warm workers do in the same time.

    Workers are warm once so many draws are done; the time runs from there. Both are
    processes of their own, so that all that differs is how many there are.
    """
    number, turns = (256, 1) if fast else (1024, 3)
    case = generate("small", SEED)
    case = hold_scale(case, ScoreScale(case).points_for_100)
    uncertain = what_varies(case, spreads=[Spread("score", Decimal("0.02"), Decimal("0.02"))])
    task = DrawTask(
        "workers", case, nominal(case, GAP, SearchLimits()), uncertain, GAP, SearchLimits()
    )
    rates: list[float] = []
    costs: list[float] = []
    one: list[float] = []
    two: list[float] = []
    for _turn in range(turns):
        with clocked() as alone:
            one.append(_rate(Processes(1), task, number))
        with clocked() as both:
            two.append(_rate(Processes(2), task, number))
        rates.append(two[-1] / one[-1])
        costs.append(both.cpu / alone.cpu)
    yield Finding(
        "two warm workers against one, wall clock",
        f"{MUST}x",
        "2x",
        ratio(rates),
        f"soft small, {number} draws of scores without a pilot, in turn; "
        f"{short(statistics.median(one))} and {short(statistics.median(two))} draws a second; CPU time "
        f"of two, their start included, {ratio(costs)} that of one. Tells of the machine's other work "
        "too",
        statistics.median(rates) >= MUST,
    )


def _rate(who: Executor, task: DrawTask, number: int) -> float:
    """Return the draws a second once every worker has begun."""
    with who.open(task) as crew:
        ends = [time.perf_counter() for _done in crew.run(range(number), ())]
    warm = ends[WARM:]
    return (len(warm) - 1) / (warm[-1] - warm[0])
