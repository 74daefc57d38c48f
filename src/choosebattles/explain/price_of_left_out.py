"""What it would cost to take what the plan leaves out: a search for each, between proved bounds."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from choosebattles.case.case import Case
from choosebattles.case.decision_model import Method
from choosebattles.case.investment import Decision
from choosebattles.case.units import Id
from choosebattles.solving.audited_plan import confirmed
from choosebattles.solving.outcome import Outcome, Stop
from choosebattles.solving.resolver import Resolver
from choosebattles.solving.resolver_question import Reply, SolverQuestion
from choosebattles.solving.search_limits import SearchLimits, SharedLimits
from choosebattles.translation import _

Prices = Mapping[Id, tuple[float, float]]
"""By investment, by how many points the objective would be lower: at least, at most.

Both are infinite where it is proved that no plan takes the investment.
"""

Watcher = Callable[[str], None]
"""Told in a line what is being searched."""

WORK = 60.0
"""Units of work for all prices, where the user sets no time limit."""


def prices(
    outcome: Outcome, *, gap: float, limits: SearchLimits, watch: Watcher
) -> dict[Id, tuple[float, float]]:
    """Return the price of taking each investment that the plan leaves out.

    Parameters
    ----------
    outcome
        The answer, with a plan; of another method than the weighted one there are no prices.
    gap
        Relative gap at which each search may stop.
    limits
        Of all searches together; what was not reached is missing.
    watch
        Told what is being searched.
    """
    case = outcome.case
    if outcome.plan is None or case.model.method is not Method.WEIGHTED:
        return {}
    shared = SharedLimits(limits)
    resolver = Resolver(case)
    resolver.add_solution(outcome.plan.choices)
    found = {}
    names = [*left_out(case, outcome.plan.taken)]
    for done, name in enumerate(names):
        if shared.over:
            break
        watch(_("The price of taking {id}").format(id=name))
        question = SolverQuestion(take=frozenset({name}), gap=gap)
        reply = resolver.ask(replace(question, **shared.of_one(len(names) - done)._asdict()))
        shared.add(reply.work)
        if reply.stop is Stop.INTERRUPTED:
            break
        price = _price(outcome, reply)
        if price is not None:
            found[name] = price
    return found


def left_out(case: Case, taken: frozenset[Id]) -> Iterator[Id]:
    """Yield the investments of which no option is taken and one may be."""
    for investment in case.investments:
        open_ = any(option.decision is Decision.OPEN for option in investment.options)
        if open_ and not taken & {option.id for option in investment.options}:
            yield investment.id


def _price(outcome: Outcome, reply: Reply) -> tuple[float, float] | None:
    if reply.stop is Stop.INFEASIBLE:
        return (math.inf, math.inf)
    if reply.choices is None or reply.bound is None or outcome.bound is None:
        return None
    _plan, counted = confirmed(outcome.case, reply.choices)
    best, other = outcome.objective or 0.0, float(counted.after.value)
    # What is proved is one number, whatever the solver's rounding leaves between value and bound.
    low = max(0.0, best - (other if reply.stop is Stop.OPTIMAL else reply.bound))
    return low, max(low, (best if outcome.stop is Stop.OPTIMAL else outcome.bound) - other)
