"""A solver's choice as a plan with its payments, once the audit has confirmed it."""

from collections.abc import Sequence

from choosebattles.audit.recount import Recount, recount
from choosebattles.case.case import Case
from choosebattles.case.plan import Choice, Plan
from choosebattles.errors import AuditError
from choosebattles.solving.payments import pay
from choosebattles.translation import _


def confirmed(case: Case, choices: Sequence[Choice]) -> tuple[Plan, Recount]:
    """Return the plan of a choice, with who pays what, and its recount.

    Raises
    ------
    AuditError
        Where the recount finds that the plan breaks a demand.
    """
    payments = pay(case, choices)
    if payments is None:
        raise AuditError(_("The plan found cannot be paid for; nothing is reported."))
    plan = Plan(tuple(choices), payments)
    counted = recount(case, plan)
    if not counted.passed:
        broken = "; ".join(violation.text for violation in counted.violations)
        message = _("The plan found fails the independent check: {broken}.")
        raise AuditError(message.format(broken=broken))
    return plan, counted
