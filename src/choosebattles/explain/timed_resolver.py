"""Questions asked one after the other within one time: by whoever compares plans."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.plan import Plan
from choosebattles.case.units import Id
from choosebattles.errors import SolverError
from choosebattles.solving.audited_plan import confirmed
from choosebattles.solving.outcome import Stop
from choosebattles.solving.resolver import Resolver
from choosebattles.solving.resolver_question import Reply, SolverQuestion
from choosebattles.solving.search_limits import Stopwatch
from choosebattles.solving.tolerances import PROOF, SAME, size
from choosebattles.translation import _
from choosebattles.vocabulary import THOUSANDTHS, Linear, Row, RowName


class SearchStopped(Exception):  # noqa: N818 - no error: the time is over, or somebody pressed Ctrl-C
    """Nothing more is to be asked, because of ``stop``."""

    def __init__(self, stop: Stop) -> None:
        super().__init__(stop)
        self.stop = stop


@dataclass(frozen=True)
class Found:
    """A plan that the audit has confirmed, and what no plan in question exceeds, if known."""

    plan: Plan
    recount: Recount
    bound: float | None = None

    @property
    def value(self) -> float:
        """Return what the plan is worth: the weighted sum of its indices."""
        return float(self.recount.after.value)

    @property
    def size(self) -> float:
        """Return what a gap of its value is relative to."""
        return size(self.value, self.recount.unit)

    @property
    def taken(self) -> frozenset[Id]:
        """Return the options that it takes."""
        return self.plan.taken


class TimedResolver:
    """A resolver with one time for all that it is asked.

    Parameters
    ----------
    case
        Facts and decision model.
    time_limit
        The user's own limit in seconds for all questions together; None for none.
    """

    def __init__(self, case: Case, time_limit: float | None = None) -> None:
        self.case = case
        self._clock = Stopwatch(time_limit)
        self.resolver = Resolver(case)
        self.q = self.resolver.expressions()
        self.solves = 0
        self._stopped: Stop | None = None

    @property
    def seconds(self) -> float:
        """Return the seconds since the beginning."""
        return self._clock.seconds

    def ask(self, question: SolverQuestion) -> Reply:
        """Return the reply; one that time or Ctrl-C ended is the last.

        Raises
        ------
        SearchStopped
            Where the time is over, or the reply before was ended by hand.
        SolverError
            Where the solver fails.
        """
        if self._stopped is None and self._clock.over:
            self._stopped = Stop.TIME_LIMIT
        if self._stopped is not None:
            raise SearchStopped(self._stopped)
        self.solves += 1
        reply = self.resolver.ask(replace(question, time_limit=self._clock.left))
        if reply.stop in (Stop.TIME_LIMIT, Stop.WORK_LIMIT, Stop.INTERRUPTED):
            self._stopped = reply.stop
        elif reply.choices is None and reply.stop is not Stop.INFEASIBLE:
            message = _("{solver} ended without a statement about the case")
            raise SolverError(message.format(solver=self.resolver.solver))
        return reply

    def end(self) -> None:
        """Do nothing, unless time or Ctrl-C ended the last reply.

        Raises
        ------
        SearchStopped
            Where they did.
        """
        if self._stopped is not None:
            raise SearchStopped(self._stopped)

    def found(self, reply: Reply) -> Found | None:
        """Return the plan of a reply, recounted; None where it holds none."""
        if reply.choices is None:
            return None
        return Found(*confirmed(self.case, reply.choices), reply.bound)

    def best_starts(self, found: Found, *, at: float) -> Found:
        """Return the best start years for the options of a plan, of these the cheapest.

        Parameters
        ----------
        found
            A plan.
        at
            The relative gap at which it was found; where that is a proof, no better is looked for.
        """
        others = frozenset(self.case.options) - found.taken
        same_options = SolverQuestion(take=found.taken, leave=others, gap=0.0)
        if at > PROOF:
            better = self.found(self.ask(same_options))
            if better is not None:
                bound = min(known(found.bound), known(better.bound))
                found = replace(
                    max(found, better, key=lambda candidate: candidate.value), bound=bound
                )
        least = found.value - SAME * found.size
        as_good = Row(RowName("same", ("value",)), self.q.objective >= least)
        goal = minus_cost(self.q.total_cost)
        cheaper = self.found(self.ask(replace(same_options, goal=goal, rows=(as_good,))))
        if cheaper is None or cheaper.recount.total_cost >= found.recount.total_cost:
            return found
        if cheaper.value < least:
            return found
        return replace(cheaper, bound=found.bound)

    def differences(self, taken: Iterable[Id]) -> Linear:
        r"""Return in how many options a plan differs from a set *S* of options.

        .. math:: \sum_{o \in S} (1 - y_o) + \sum_{o \notin S} y_o
        """
        chosen = frozenset(taken)
        return self.q.total(
            1 - self.q.take(option) if option in chosen else self.q.take(option)
            for option in self.case.options
        )


def minus_cost(total_cost: Linear) -> Linear:
    """Return a total cost in thousandths as a goal: millions, to be lowered."""
    return -1 / THOUSANDTHS * total_cost


def known(bound: float | None) -> float:
    """Return a bound as a number; infinite where nothing is proved."""
    return math.inf if bound is None else bound
