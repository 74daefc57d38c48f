"""Recounts the plans of near-equal cases, and shares what these have in common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from choosebattles.audit.ledger import Ledger
from choosebattles.audit.recount import broken
from choosebattles.audit.soundness import unsound
from choosebattles.case.case import Case
from choosebattles.case.plan import Choice, Payments, Plan
from choosebattles.case.units import Id
from choosebattles.errors import AuditError
from choosebattles.formulation.restate import changed
from choosebattles.solving.payments import pay
from choosebattles.words import _

MONEYLESS = frozenset(
    {
        "score",
        "weight",
        "importance",
        "likelihood",
        "severity",
        "coverage",
        "service",
        "share",
        "bend",
        "hold",
        "floor",
        "points",
        "tail",
        "limit",
        "delay",
        "staff",
        "trains",
        "supply",
        "retention",
    }
)
"""Numbers that say nothing of who can pay what."""


@dataclass(frozen=True)
class Counted:
    """What a plan comes to in a case: its worth in points, each index, its cost in millions."""

    value: float
    indices: Mapping[Id, float]
    cost: float


class Recounting:
    """Recounts plans, each in whatever case; payments are kept where money did not change."""

    def __init__(self) -> None:
        self._paid: dict[tuple[Choice, ...], tuple[Case, Payments]] = {}

    def confirmed(self, case: Case, choices: Sequence[Choice]) -> Counted:
        """Recount a plan that was found for a case.

        Raises
        ------
        AuditError
            Where the plan breaks a demand: nothing of it is to be reported.
        """
        found = self.holding(case, choices)
        if found is None:
            raise AuditError(_("A plan of the study fails the independent check."))
        return found

    def holding(self, case: Case, choices: Sequence[Choice]) -> Counted | None:
        """Recount a plan made for another case; None where it breaks a demand of this one."""
        plan = Plan(tuple(choices))
        known = self._paid.get(plan.choices)
        if known is not None and changed(known[0], case) <= MONEYLESS:
            ledger = self._sound(case, Plan(plan.choices, known[1]))
            if ledger is not None:
                return _counted(ledger)
        payments = pay(case, choices)
        if payments is None:
            return None
        self._paid[plan.choices] = case, payments
        ledger = self._sound(case, Plan(plan.choices, payments))
        return None if ledger is None else _counted(ledger)

    def _sound(self, case: Case, plan: Plan) -> Ledger | None:
        ledger = Ledger(case, plan)
        if any(True for _each in unsound(case, plan)) or any(True for _each in broken(ledger)):
            return None
        return ledger


def _counted(ledger: Ledger) -> Counted:
    need = (ledger.need(it.option, year) for it in ledger.taken.values() for year in ledger.horizon)
    return Counted(
        float(ledger.value),
        {each.id: float(ledger.index(each.id)) for each in ledger.case.model.objectives},
        float(ledger.total(need)) / 1000,
    )
