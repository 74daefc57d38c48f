"""Answers the near-equal cases of a study, each from one start.

The start is the plan of the case as it stands, and what came of the stages before: their plans,
and what was proved of them. What is found for one case never serves another of the same stage, so
that an answer is the same whoever finds it, in whatever order, and after whatever interruption.
"""

from collections.abc import Callable, Sequence
from typing import Any

from choosebattles.case.case import Case
from choosebattles.case.units import Id
from choosebattles.execution.task import Row
from choosebattles.solving.outcome import Stop
from choosebattles.solving.resolver import Resolver
from choosebattles.solving.resolver_question import Reply, SolverQuestion
from choosebattles.solving.search_limits import SearchLimits
from choosebattles.solving.tolerances import PROOF_READ_BACK, size
from choosebattles.uncertainty.nominal_plan import Nominal, read_choices, write_choices
from choosebattles.uncertainty.recount_in_each_case import Recounting


class PieceSolver:
    """What all pieces of a study begin with.

    Parameters
    ----------
    case, nominal
        The case as it stands, and its plan.
    at
        Returns the case of a piece, by its number.
    gap
        The relative gap of every answer.
    limits
        Those of one answer.
    """

    def __init__(
        self,
        case: Case,
        nominal: Nominal,
        at: Callable[[int], Case],
        gap: float,
        limits: SearchLimits,
    ) -> None:
        self._root = nominal.resolver(case)
        self._at = at
        self._gap = gap
        self._limits = limits
        self.recounting = Recounting()

    def learn(self, rows: Sequence[Row]) -> None:
        """Take the answers to other pieces: plans, and what no plan exceeds."""
        for row in rows:
            plan = row["plan"]
            choices = None if plan is None else read_choices(plan)
            self._root.add_answer(self._at(row["number"]), choices, row["bound"])
        self._root.bound(SolverQuestion())  # where the relaxations of all pieces begin

    def begin(self) -> "Answering":
        """Return what answers one piece; it knows nothing of what others find."""
        return Answering(self._root.fork(), self.recounting, self._gap, self._limits)


class Answering:
    """Answers the questions of one piece."""

    def __init__(
        self, resolver: Resolver, recounting: Recounting, gap: float, limits: SearchLimits
    ) -> None:
        self._resolver = resolver
        self._recounting = recounting
        self._gap = gap
        self._limits = limits

    def row(self, number: int, case: Case, leave: frozenset[Id] = frozenset()) -> Row:
        """Return the answer to a case as a row.

        Raises
        ------
        KeyboardInterrupt
            Where Ctrl-C stopped the search: the piece is done anew another time.
        """
        question = SolverQuestion(
            case=case,
            gap=self._gap,
            time_limit=self._limits.time_limit,
            work_limit=self._limits.work_limit,
            leave=leave,
        )
        reply = self._resolver.ask(question)
        if reply.stop is Stop.INTERRUPTED:
            raise KeyboardInterrupt
        row: dict[str, Any] = {"number": number, "how": reply.how.name}
        if reply.choices is None:
            return row | {
                "stop": reply.stop.value,
                "value": None,
                "bound": reply.bound,
                "plan": None,
            }
        counted = self._recounting.confirmed(case, reply.choices)
        bound = None if reply.bound is None else max(reply.bound, counted.value)
        return row | {
            "stop": _stop(reply, counted.value, bound).value,
            "value": counted.value,
            "bound": bound,
            "indices": dict(counted.indices),
            "cost": counted.cost,
            "plan": write_choices(reply.choices),
        }


def _stop(reply: Reply, value: float, bound: float | None) -> Stop:
    """Return why a search stopped: where the recounted value meets the bound, it is proved."""
    met = bound is not None and bound - value <= PROOF_READ_BACK * size(value, reply.unit)
    return Stop.OPTIMAL if met and reply.stop is Stop.GAP else reply.stop
