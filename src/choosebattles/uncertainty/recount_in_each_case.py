"""Recounts the plans of near-equal cases, and shares what these have in common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from choosebattles.audit.ledger import PlanLedger
from choosebattles.audit.plan_validity import unsound
from choosebattles.audit.recount import broken
from choosebattles.case.case import Case
from choosebattles.case.numbers import SHAPE
from choosebattles.case.plan import Choice, Payments, Plan
from choosebattles.case.units import Id
from choosebattles.errors import AuditError
from choosebattles.formulation.restate import changed
from choosebattles.solving.payments import pay
from choosebattles.translation import _

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
class PlanInCase:
    """What a plan comes to in a case: its worth in points, each index, its cost in millions."""

    value: float
    indices: Mapping[Id, float]
    cost: float


KEPT = 200
"""Plans of which is kept what was worked out; the oldest go first."""

COVERING = frozenset({"severity", "coverage", "timing", SHAPE})
"""Numbers that covers follow from, for a plan."""

CONTINUING = frozenset({"likelihood", "service", "tail"})
"""Numbers that the continuity part follows from besides covers."""


@dataclass(frozen=True)
class _KnownPlan:
    """What was worked out of a plan in some case."""

    case: Case
    payments: Payments
    ledger: PlanLedger


class Recounting:
    """Recounts plans, each in whatever case; what cannot have changed is not counted again."""

    def __init__(self) -> None:
        self._known: dict[tuple[Choice, ...], _KnownPlan] = {}
        self._unpaid: dict[tuple[Choice, ...], _KnownPlan] = {}

    def confirmed(self, case: Case, choices: Sequence[Choice]) -> PlanInCase:
        """Recount a plan that was found for a case.

        Raises
        ------
        AuditError
            Where the plan breaks a demand: nothing of it is to be reported.
        """
        found = self.recount_if_allowed(case, choices)
        if found is None:
            raise AuditError(_("A plan of the study fails the independent check."))
        return found

    def recount_if_allowed(self, case: Case, choices: Sequence[Choice]) -> PlanInCase | None:
        """Recount a plan made for another case; None where it breaks a demand of this one."""
        plan = Plan(tuple(choices))
        known = self._known.get(plan.choices)
        words = frozenset({SHAPE}) if known is None else changed(known.case, case)
        if known is not None and words <= MONEYLESS:
            ledger = self._ledger(case, Plan(plan.choices, known.payments), known, words)
            if _sound(ledger):
                return _counted(ledger)
        payments = pay(case, choices)
        if payments is None:
            return None
        ledger = self._ledger(case, Plan(plan.choices, payments), known, words)
        _keep(self._known, plan.choices, _KnownPlan(case, payments, ledger))
        return _counted(ledger) if _sound(ledger) else None

    def worth_regardless(self, case: Case, choices: Sequence[Choice]) -> float:
        """Return what a plan is worth in a case even if it breaks its demands, before dependence.

        Nobody pays, so that the price of dependence is not in it.
        """
        plan = Plan(tuple(choices))
        known = self._unpaid.get(plan.choices)
        words = frozenset({SHAPE}) if known is None else changed(known.case, case)
        ledger = self._ledger(case, plan, known, words)
        if known is None:
            _keep(self._unpaid, plan.choices, _KnownPlan(case, Payments(), ledger))
        return float(ledger.value)

    def _ledger(
        self, case: Case, plan: Plan, known: _KnownPlan | None, words: frozenset[str]
    ) -> PlanLedger:
        ledger = PlanLedger(case, plan)
        if known is not None and not words & COVERING:
            known.ledger.lend_covers(ledger, continuity=not words & CONTINUING)
        return ledger


def _keep(
    known: dict[tuple[Choice, ...], _KnownPlan], choices: tuple[Choice, ...], plan: _KnownPlan
) -> None:
    known[choices] = plan
    if len(known) > KEPT:
        del known[next(iter(known))]


def _sound(ledger: PlanLedger) -> bool:
    """Say whether a plan breaks nothing."""
    return not any(True for _each in unsound(ledger.case, ledger.plan)) and not any(
        True for _each in broken(ledger)
    )


def _counted(ledger: PlanLedger) -> PlanInCase:
    need = (ledger.need(it.option, year) for it in ledger.taken.values() for year in ledger.horizon)
    return PlanInCase(
        float(ledger.value),
        {
            objective.id: float(ledger.index(objective.id))
            for objective in ledger.case.model.objectives
        },
        float(ledger.total(need)) / 1000,
    )
