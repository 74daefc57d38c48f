"""A solver's choice as a plan with its payments, once the audit has confirmed it."""

from collections.abc import Sequence

from choosebattles.audit.ledger import PlanLedger
from choosebattles.audit.recount import Recount, recount, violations
from choosebattles.case.case import Case
from choosebattles.case.plan import Choice, Plan
from choosebattles.errors import AuditError
from choosebattles.solving.payments import pay
from choosebattles.translation import _
from choosebattles.vocabulary import Violation


def confirmed(case: Case, choices: Sequence[Choice]) -> tuple[Plan, Recount]:
    """Return the plan of a choice, with who pays what, and its recount.

    Raises
    ------
    AuditError
        Where the recount finds that the plan breaks a demand.
    """
    plan = _paid(case, choices)
    counted = recount(case, plan)
    _refuse(counted.violations)
    return plan, counted


def check(case: Case, choices: Sequence[Choice]) -> None:
    """Let the audit check a choice of which no figure is wanted: that takes a third of the time.

    Raises
    ------
    AuditError
        Where the recount finds that the plan breaks a demand.
    """
    _refuse(violations(PlanLedger(case, _paid(case, choices))))


def _paid(case: Case, choices: Sequence[Choice]) -> Plan:
    payments = pay(case, choices)
    if payments is None:
        raise AuditError(_("The plan found cannot be paid for; nothing is reported."))
    return Plan(tuple(choices), payments)


def _refuse(found: Sequence[Violation]) -> None:
    if found:
        broken = "; ".join(violation.text for violation in found)
        message = _("The plan found fails the independent check: {broken}.")
        raise AuditError(message.format(broken=broken))
