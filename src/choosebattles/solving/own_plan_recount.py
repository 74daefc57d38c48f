"""The user's own plan as it was typed: its start years, and its recount without a search."""

from dataclasses import dataclass, replace

from choosebattles.audit.own_plan_column import own_choices, typed_starts
from choosebattles.audit.recount import Recount, recount
from choosebattles.case.case import Case
from choosebattles.case.investment import Decision
from choosebattles.case.plan import Choice, Plan
from choosebattles.solving.payments import pay


@dataclass(frozen=True)
class OwnRecount:
    """The recount of the user's own plan.

    ``payable`` says whether it can be paid for, ``with_ours`` whether the starts that it leaves
    open are those of a plan found, not the earliest ones.
    """

    choices: tuple[Choice, ...]
    recount: Recount
    payable: bool
    with_ours: bool = False

    @property
    def keeps(self) -> bool:
        """Say whether it keeps every demand."""
        return self.payable and not self.recount.violations


def own_recount(case: Case, *plans: Plan) -> OwnRecount | None:
    """Return the recount of the user's own plan; None where none was typed.

    What is under way belongs to it. Where it leaves a start open, the earliest one counts or, if
    the plan then breaks something, the start of the first of ``plans`` with whose starts it holds.
    """
    if not typed_starts(case):
        return None
    earliest = _recounted(case, own_choices(case, {}))
    if not earliest.keeps:
        for choices in dict.fromkeys(own_choices(case, plan.starts) for plan in plans):
            found = _recounted(case, choices)
            if found.keeps:
                return replace(found, with_ours=True)
    return earliest


def _recounted(case: Case, choices: tuple[Choice, ...]) -> OwnRecount:
    sound = [
        choice for choice in choices if choice.start in case.calendar or _ongoing(case, choice)
    ]
    payments = pay(case, sound)
    plan = Plan(choices) if payments is None else Plan(choices, payments)
    return OwnRecount(choices, recount(case, plan), payments is not None)


def _ongoing(case: Case, choice: Choice) -> bool:
    return case.options[choice.option].decision is Decision.ONGOING
