"""The plan of the case as it stands: what every study is held against."""

from collections.abc import Sequence
from dataclasses import dataclass

from choosebattles.case.case import Case
from choosebattles.case.decision_model import Method
from choosebattles.case.plan import Choice
from choosebattles.case.units import Id
from choosebattles.solving.method import solve
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop
from choosebattles.solving.resolve import Resolver


@dataclass(frozen=True)
class Nominal:
    """The best plan of the case as it stands, if there is one.

    ``bound`` is what no plan is worth more than; None where the method is not the weighted sum.
    """

    stop: Stop
    choices: tuple[Choice, ...] | None
    value: float | None
    bound: float | None

    @property
    def taken(self) -> frozenset[Id]:
        """Return the options of the plan."""
        return frozenset(choice.option for choice in self.choices or ())

    def resolver(self, case: Case) -> Resolver:
        """Return a resolver of the case that knows the plan and what was proved of it."""
        resolver = Resolver(case)
        if self.choices is not None:
            resolver.add_solution(self.choices)
        if self.bound is not None:
            resolver.add_bound(self.bound)
        return resolver


def nominal(case: Case, gap: float, time_limit: float | None) -> Nominal:
    """Solve the case as it stands: no file is relied on for what all answers begin with.

    Raises
    ------
    KeyboardInterrupt
        Where Ctrl-C stopped the search: nothing is begun on a plan that was cut short by hand.
    """
    outcome = solve(case, Options(gap=gap, time_limit=time_limit, conflict=False))
    found = Nominal(
        outcome.stop,
        None if outcome.plan is None else outcome.plan.choices,
        outcome.objective,
        outcome.bound if case.model.method is Method.WEIGHTED else None,
    )
    if found.stop is Stop.INTERRUPTED:
        raise KeyboardInterrupt
    return found


def write_choices(choices: Sequence[Choice]) -> list[list[str | int]]:
    """Return choices as plain values."""
    return [[choice.investment, choice.option, choice.start] for choice in choices]


def read_choices(rows: Sequence[Sequence[str | int]]) -> tuple[Choice, ...]:
    """Return choices from plain values."""
    return tuple(Choice(str(a), str(b), int(c)) for a, b, c in rows)
