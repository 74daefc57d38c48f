"""The plans of one point: the cheapest, and all sets of options that reach it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from choosebattles.case.case import Case
from choosebattles.case.plan import Choice
from choosebattles.frontier.traded_measure import COST, TradedMeasure
from choosebattles.solving.outcome import Stop
from choosebattles.solving.resolver import Resolver
from choosebattles.solving.resolver_question import SolverQuestion
from choosebattles.solving.search_limits import SearchLimits
from choosebattles.solving.tolerances import KEPT
from choosebattles.vocabulary import Row, RowName


class Wanted(StrEnum):
    """Which plans of a point are wanted."""

    ONE = "one"
    CHEAPEST = "cheapest"
    ALL = "all"


@dataclass(frozen=True)
class PlansOf:
    """Plans of a point, one for each set of options, the cheapest first.

    ``cheapest`` says that none is cheaper, ``every`` that there are no others: both proved.
    """

    plans: tuple[tuple[Choice, ...], ...]
    cheapest: bool
    every: bool


def kept(value: Fraction | float) -> float:
    """Return what a measure must be at least, to be the same."""
    return float(value) - KEPT * max(1.0, abs(float(value)))


def one_of_each(plans: Iterable[tuple[Choice, ...]]) -> tuple[tuple[Choice, ...], ...]:
    """Return the first plan of each set of options."""
    found: dict[frozenset[str], tuple[Choice, ...]] = {}
    for plan in plans:
        found.setdefault(frozenset(choice.option for choice in plan), plan)
    return tuple(found.values())


class PlanSearch:
    """Asks for the plans of points, one after the other."""

    def __init__(self, case: Case, measures: Sequence[TradedMeasure]) -> None:
        self.case = case
        self.measures = measures
        self.ones = [measure.one(case) for measure in measures]
        self.resolver = Resolver(case)
        self.q = self.resolver.expressions()

    def plans(
        self,
        choices: tuple[Choice, ...],
        raised: Sequence[float],
        *,
        most: int,
        limits: SearchLimits,
    ) -> PlansOf | None:
        """Return up to so many plans of a point; None where somebody pressed Ctrl-C.

        ``raised`` is what the point has of every measure, in what counts as one of it.
        """
        rows = [
            Row(RowName("same", (measure.name,)), measure.raised(self.q) >= one * kept(value))
            for measure, one, value in zip(self.measures, self.ones, raised, strict=True)
        ]
        self.resolver.add_solution(choices)
        work, before = limits.work_limit, self.resolver.work
        found: list[tuple[Choice, ...]] = []
        cheapest = False
        while len(found) < most:
            question = SolverQuestion(
                goal=TradedMeasure(COST).raised(self.q),
                rows=tuple(rows),
                gap=0.0,
                time_limit=limits.time_limit,
                work_limit=None if work is None else max(0.0, work - (self.resolver.work - before)),
            )
            reply = self.resolver.ask(question)
            if reply.stop is Stop.INTERRUPTED:
                return None
            if reply.choices is None:
                every = reply.stop is Stop.INFEASIBLE
                return PlansOf(tuple(found) or (choices,), cheapest, every and bool(found))
            found.append(reply.choices)
            if len(found) == 1:
                cheapest = reply.stop is Stop.OPTIMAL
            rows.append(self._other(reply.choices, len(found)))
        return PlansOf(tuple(found), cheapest, every=False)

    def _other(self, choices: tuple[Choice, ...], number: int) -> Row:
        """Return the row that asks for another set of options."""
        taken = {choice.option for choice in choices}
        parts = (
            (1 if option in taken else -1) * self.q.take(option) for option in self.case.options
        )
        return Row(RowName("other", (str(number),)), self.q.total(parts) <= len(taken) - 1)
