r"""The user's own plan, a better one for the same money, and a cheaper one of the same worth.

*P* is the plan as typed, with the objective :math:`v_P` and the total cost :math:`c_P`. *B* has

.. math:: \max G \quad \text{with} \quad cost \le c_P

and *C* has

.. math:: \min cost \quad \text{with} \quad G \ge v_P,

both among the plans that keep every demand of the case, the yearly money included; *P* itself need
not keep them. Of plans as good *B* is a cheapest one, and *C* one that is worth most.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

import numpy as np

from choosebattles.arguments import check_ids, check_number
from choosebattles.audit.own_plan_column import typed_starts
from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.plan import Plan
from choosebattles.case.units import Id, Year
from choosebattles.errors import Fault, InputError
from choosebattles.explain.best_start_years import AsTyped, as_typed
from choosebattles.explain.timed_resolver import (
    Found,
    SearchStopped,
    TimedResolver,
    known,
    minus_cost,
)
from choosebattles.notebook_display import Tabular, starts
from choosebattles.solving.outcome import Stop
from choosebattles.solving.resolver_question import SolverQuestion
from choosebattles.solving.tolerances import SAME, SETTLED, proves, size
from choosebattles.translation import _
from choosebattles.vocabulary import THOUSANDTHS, Row, RowName
from choosebattles.workbook.reader import as_case

HALF_A_THOUSANDTH = 0.0005
"""Millions; costs are whole thousandths, so a smaller saving is none."""

NO_OWN_PLAN = "CB-R08"


class RivalVerdict(StrEnum):
    """What was found of a better or cheaper plan."""

    FOUND = "found"
    """There is one."""

    SAME = "same"
    """The own plan itself cannot be improved on: proved."""

    NONE = "none"
    """No plan that keeps every demand costs so little, or is worth so much: proved."""

    OPEN = "open"
    """None was found, and it is not proved that there is none."""


@dataclass(frozen=True)
class Rival:
    """A plan that is better or cheaper than the own one, if there is one.

    The gain, in points or in millions, of the best such plan lies between ``low``, that of the
    plan held, and ``high``, None where nothing is proved. A negative gain is a loss: that can be
    where the own plan breaks demands.
    """

    verdict: RivalVerdict
    plan: Plan | None = None
    recount: Recount | None = None
    low: float = 0.0
    high: float | None = None


@dataclass(frozen=True, repr=False)
class OwnPlan(Tabular):
    """The own plan P with its rivals: ``better`` B and ``cheaper`` C.

    ``stop`` is ``infeasible`` where no plan at all keeps every demand. Where the search was stopped
    before its end, ``own`` may be None.
    """

    case: Case
    own: AsTyped | None
    better: Rival
    cheaper: Rival
    gap: float
    stop: Stop
    seconds: float = field(compare=False)
    solves: int = field(compare=False)

    @property
    def summary(self) -> str:
        """Return what is known of a better plan and of a cheaper one."""
        return _("Own plan of {case}: a better one {better}, a cheaper one {cheaper}").format(
            case=self.case.name or _("a case"),
            better=self.better.verdict,
            cheaper=self.cheaper.verdict,
        )

    @property
    def arrays(self) -> dict[str, np.ndarray]:
        """Return the three plans as one array for each column: own, better, cheaper.

        ``plan``; ``value`` in points and ``total_cost`` in millions, not a number where there is
        no such plan; ``start.OPTION``, a year, or 0.
        """
        rows = [self.own, self.better, self.cheaper]
        counted = [plan and plan.recount for plan in rows]
        values = [recount and float(recount.after.value) for recount in counted]
        costs = [recount and float(recount.total_cost) for recount in counted]
        return {
            "plan": np.array(["own", "better", "cheaper"]),
            "value": np.array(values, dtype=float),
            "total_cost": np.array(costs, dtype=float),
        } | starts(self.case.options, (plan.plan if plan else None for plan in rows))

    @property
    def efficient(self) -> bool:
        """Say whether no plan is worth more for the money, and none costs less: proved."""
        return self.better.verdict is self.cheaper.verdict is RivalVerdict.SAME


def typed_plan(case: Case) -> Mapping[Id, Year | None]:
    """Return the options of the column Own plan with their start years; None where yes was typed.

    Raises
    ------
    InputError
        Where nothing was typed there.
    """
    typed = typed_starts(case)
    if not typed:
        fault = Fault(
            "",
            "Investments",
            "",
            _("Own plan"),
            NO_OWN_PLAN,
            _("no own plan"),
            _("yes, or a start year, on the rows that you would take"),
            _("Fill in the column Own plan, or name the options after --plan."),
        )
        raise InputError([fault])
    return typed


def own_plan(
    case: Case | Path | str,
    plan: Mapping[Id, Year | None] | None = None,
    *,
    gap: float = 0.0,
    time_limit: float | None = None,
) -> OwnPlan:
    """Return the own plan, a better one for the same money, and a cheaper one of the same worth.

    Parameters
    ----------
    case
        Facts and decision model; the method plays no part: what counts is the weighted sum of
        the indices.
    plan
        The own plan: ids of options with calendar years of their starts, None where the year is
        open; the column Own plan of the workbook unless given. What is under way belongs to it.
    gap
        Relative gap of each search, 0 for full proof.
    time_limit
        Seconds after which what is known so far is returned.

    Raises
    ------
    InputError
        Where there is no own plan.
    SolverError
        Where the solver fails.
    AuditError
        Where the independent recount does not confirm a plan that keeps every demand.
    """
    case = as_case(case)
    starts = typed_plan(case) if plan is None else plan
    check_number("gap", gap)
    check_number("time_limit", time_limit, unit=_("seconds"), none=True)
    check_ids("plan", starts, case.options, _("an option of this case"))
    search = _OwnPlanSearch(case, starts, gap, TimedResolver(case, time_limit))
    try:
        stop = search.run()
    except SearchStopped as stopped:
        stop = stopped.stop
    except KeyboardInterrupt:
        stop = Stop.INTERRUPTED
    return search.result(stop)


@dataclass
class _OwnPlanSearch:
    """The three plans while they are being looked for."""

    case: Case
    starts: Mapping[Id, Year | None]
    gap: float
    resolver: TimedResolver
    own: AsTyped | None = None
    better: Rival = field(default_factory=lambda: Rival(RivalVerdict.OPEN))
    cheaper: Rival = field(default_factory=lambda: Rival(RivalVerdict.OPEN))

    def run(self) -> Stop:
        self.own = as_typed(self.resolver, self.starts)
        self._better(self.own)
        self._cheaper(self.own)
        self.resolver.end()
        both = (self.better.verdict, self.cheaper.verdict)
        if both == (RivalVerdict.NONE, RivalVerdict.NONE):
            reply = self.resolver.ask(SolverQuestion(gap=1.0))
            if reply.stop is Stop.INFEASIBLE:
                return Stop.INFEASIBLE
        exact = all(_is_settled(rival) for rival in (self.better, self.cheaper))
        return Stop.OPTIMAL if exact else Stop.GAP

    def result(self, stop: Stop) -> OwnPlan:
        resolver = self.resolver
        return OwnPlan(
            self.case,
            self.own,
            self.better,
            self.cheaper,
            self.gap,
            stop,
            resolver.seconds,
            resolver.solves,
        )

    def _better(self, own: AsTyped) -> None:
        """Look for the most that the money buys, then for the least money that buys it."""
        affordable = self._costs_at_most(float(own.recount.total_cost))
        reply = self.resolver.ask(SolverQuestion(rows=(affordable,), gap=self.gap))
        if reply.stop is Stop.INFEASIBLE:
            self.better = Rival(RivalVerdict.NONE)
            return
        high = None if reply.bound is None else reply.bound - own.value
        found = self.resolver.found(reply)
        if own.keeps and proves(reply.bound, own.value, own.recount.unit):
            self.better = Rival(
                RivalVerdict.SAME, own.plan, own.recount, 0.0, max(0.0, high or 0.0)
            )
            return
        if found is None or (
            own.keeps and found.value <= own.value + SAME * size(own.value, own.recount.unit)
        ):
            self.better = replace(self.better, high=high)
            return
        self.better = _more_points(own, found, high)
        as_good = Row(
            RowName("own", ("value",)),
            self.resolver.q.objective >= found.value - SAME * found.size,
        )
        least = SolverQuestion(
            goal=minus_cost(self.resolver.q.total_cost), rows=(affordable, as_good), gap=self.gap
        )
        better = self.resolver.found(self.resolver.ask(least))
        if better is not None and better.recount.total_cost < found.recount.total_cost:
            self.better = _more_points(own, better, high)

    def _cheaper(self, own: AsTyped) -> None:
        """Look for the least money that buys as much, then for the most that it buys."""
        as_good = Row(
            RowName("own", ("value",)),
            self.resolver.q.objective >= own.value - SAME * size(own.value, own.recount.unit),
        )
        goal = minus_cost(self.resolver.q.total_cost)
        reply = self.resolver.ask(SolverQuestion(goal=goal, rows=(as_good,), gap=self.gap))
        if reply.stop is Stop.INFEASIBLE:
            self.cheaper = Rival(RivalVerdict.NONE)
            return
        cost = float(own.recount.total_cost)
        high = None if reply.bound is None else cost + reply.bound
        found = self.resolver.found(reply)
        if own.keeps and known(high) < HALF_A_THOUSANDTH:
            self.cheaper = Rival(
                RivalVerdict.SAME, own.plan, own.recount, 0.0, max(0.0, known(high))
            )
            return
        if found is None or (own.keeps and found.recount.total_cost >= own.recount.total_cost):
            self.cheaper = replace(self.cheaper, high=high)
            return
        self.cheaper = _less_money(own, found, high)
        affordable = self._costs_at_most(float(found.recount.total_cost))
        best = SolverQuestion(rows=(as_good, affordable), gap=self.gap)
        better = self.resolver.found(self.resolver.ask(best))
        if better is not None and better.value > found.value:
            self.cheaper = _less_money(own, better, high)

    def _costs_at_most(self, cost: float) -> Row:
        return Row(RowName("own", ("cost",)), 1 / THOUSANDTHS * self.resolver.q.total_cost <= cost)


def _more_points(own: AsTyped, found: Found, high: float | None) -> Rival:
    low = float(found.recount.after.value - own.recount.after.value)
    return Rival(RivalVerdict.FOUND, found.plan, found.recount, low, high)


def _less_money(own: AsTyped, found: Found, high: float | None) -> Rival:
    low = float(own.recount.total_cost - found.recount.total_cost)
    return Rival(RivalVerdict.FOUND, found.plan, found.recount, low, high)


def _is_settled(rival: Rival) -> bool:
    """Say whether nothing is left open, but for what a proof may leave."""
    if rival.verdict in (RivalVerdict.SAME, RivalVerdict.NONE):
        return True
    return rival.high is not None and rival.high - rival.low <= SETTLED and math.isfinite(rival.low)
