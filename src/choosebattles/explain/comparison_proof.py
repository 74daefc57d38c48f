"""Whether every best plan of a case decides on an investment in one way: proved, or not settled."""

from dataclasses import dataclass
from enum import StrEnum

from choosebattles.audit.points_and_weights import ScoreScale
from choosebattles.case.case import Case
from choosebattles.case.units import Id
from choosebattles.solving.outcome import Stop
from choosebattles.solving.resolver import Resolver
from choosebattles.solving.resolver_question import SolverQuestion
from choosebattles.solving.search_limits import Stopwatch
from choosebattles.solving.tolerances import PROOF, size

GAPS = (0.05, 0.01, 0.002)
"""Gaps at which a question is asked before the gap asked for: a rough bound is often enough."""


class PlanVerdict(StrEnum):
    """What is known of whether the best plans of a case decide as was asked."""

    YES = "yes"
    """Every best plan does: proved."""
    NO = "no"
    """No best plan does: proved."""
    OPEN = "open"
    """The gap, a tie or the time leaves it open."""


@dataclass(frozen=True)
class InvestmentDecision:
    """One way to decide on an investment: which option is taken, None for none."""

    investment: Id
    option: Id | None

    def holds(self, taken: frozenset[Id], case: Case) -> bool:
        """Say whether a plan decides in this way."""
        if self.option is not None:
            return self.option in taken
        return not any(case.investment_of[option].id == self.investment for option in taken)

    def possible(self, case: Case) -> bool:
        """Say whether the case has the option at all."""
        return self.option is None or self.option in case.options

    def has_alternative(self, case: Case) -> bool:
        """Say whether the case has another way to decide."""
        return any(investment.id == self.investment for investment in case.investments)


@dataclass
class VerdictSearch:
    """Asks a resolver, within the user's time."""

    resolver: Resolver
    gap: float
    clock: Stopwatch
    stopped: bool = False

    @property
    def over(self) -> bool:
        """Say whether nothing more is asked: the user's time is over, or somebody ended it."""
        return self.stopped or self.clock.over

    def verdict(
        self, case: Case, way: InvestmentDecision, taken: frozenset[Id], value: float
    ) -> PlanVerdict:
        """Say whether every best plan, or none, decides in a way.

        Parameters
        ----------
        case
            The case, as the resolver may be asked it.
        way
            What is asked of its best plans.
        taken, value
            The options of a known plan and what it is worth. It need not be a best one: what
            cannot reach its worth is in no best plan.
        """
        decides_so = way.holds(taken, case)
        if not way.possible(case):
            return PlanVerdict.NO
        if not way.has_alternative(case):
            return PlanVerdict.YES
        named = frozenset([way.option or way.investment])
        # What is asked is the opposite of the known plan: with the option, or without it.
        with_it = (way.option is None) == decides_so
        take, leave = (named, frozenset[Id]()) if with_it else (frozenset[Id](), named)
        worse = self._proves_worse(SolverQuestion(case=case, take=take, leave=leave), value)
        if not worse:
            return PlanVerdict.OPEN
        return PlanVerdict.YES if decides_so else PlanVerdict.NO

    def _proves_worse(self, question: SolverQuestion, value: float) -> bool:
        """Say whether no plan of a question is worth as much: proved."""
        least = value - PROOF * size(value, ScoreScale(question.case or self.resolver.case).unit())
        for gap in (*(gap for gap in GAPS if gap > self.gap), self.gap):
            if self.over:
                return False
            reply = self.resolver.ask(
                SolverQuestion(
                    case=question.case,
                    take=question.take,
                    leave=question.leave,
                    gap=gap,
                    time_limit=self.clock.left,
                )
            )
            self.stopped |= reply.stop is Stop.INTERRUPTED
            if reply.stop is Stop.INFEASIBLE:
                return True
            if reply.bound is not None and reply.bound < least:
                return True
            if reply.value is not None and reply.value >= least:
                return False
        return False
