"""The plan of the case as it stands: what every study is held against."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from choosebattles.case.case import Case
from choosebattles.case.decision_model import Method
from choosebattles.case.plan import Choice
from choosebattles.case.units import Id
from choosebattles.execution.study import Study
from choosebattles.execution.task import DonePiece
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop
from choosebattles.solving.resolver import Resolver
from choosebattles.solving.search_limits import SearchLimits
from choosebattles.solving.solve import solve
from choosebattles.solving.tolerances import RECOUNTED
from choosebattles.uncertainty.recount_in_each_case import Recounting

PART = "as it stands"
"""The part of a study that holds what every answer begins with."""


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
        resolver.add_answer(case, self.choices, None)
        if self.bound is not None:
            resolver.add_bound(self.bound)
        return resolver


def begin(study: Study, case: Case, gap: float, limits: SearchLimits) -> Nominal:
    """Solve the case as it stands, or read the plan with which the study was begun.

    It is stored before anything else: whatever is added to the study later begins with the same.

    Raises
    ------
    InputError
        Where the plan of the file is not allowed, or not worth what the file says.
    KeyboardInterrupt
        Where Ctrl-C stopped the search.
    """
    if study.numbers(PART):
        return _read(study, case)
    began = time.perf_counter()
    found = nominal(case, gap, limits)
    row = {
        "number": 0,
        "stop": found.stop.value,
        "plan": None if found.choices is None else write_choices(found.choices),
        "value": found.value,
        "bound": found.bound,
    }
    study.store(DonePiece(row, time.perf_counter() - began), PART)
    return found


def _read(study: Study, case: Case) -> Nominal:
    try:
        row = study.row(0, PART)
        choices = None if row["plan"] is None else read_choices(row["plan"])
        found = Nominal(Stop(row["stop"]), choices, row["value"], row["bound"])
        if choices is None and found.value is None:
            return found
        counted = Recounting().recount_if_allowed(case, choices or ())
        if counted is not None and recounted(counted.value, row["value"]):
            return found
    except (KeyError, TypeError, ValueError, IndexError, StopIteration, ArithmeticError) as error:
        raise study.refused() from error
    raise study.refused()


def recounted(counted: float, claimed: float) -> bool:
    """Say whether a number of a study file is the one that was counted anew."""
    return abs(claimed - counted) <= RECOUNTED * max(1.0, abs(counted))


def nominal(case: Case, gap: float, limits: SearchLimits) -> Nominal:
    """Solve the case as it stands.

    Raises
    ------
    KeyboardInterrupt
        Where Ctrl-C stopped the search: nothing is begun on a plan that was cut short by hand.
    """
    outcome = solve(
        case,
        Options(
            gap=gap, time_limit=limits.time_limit, work_limit=limits.work_limit, conflict=False
        ),
    )
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
