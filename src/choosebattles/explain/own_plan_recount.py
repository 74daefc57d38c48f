"""The user's own plan as it was typed, recounted without a search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from choosebattles.audit.plan_validity import allowed_starts
from choosebattles.audit.recount import Recount, recount
from choosebattles.case.case import Case
from choosebattles.case.investment import Decision, Option
from choosebattles.case.plan import Choice, Plan
from choosebattles.case.units import Id, Year
from choosebattles.solving.payments import pay


@dataclass(frozen=True)
class OwnRecount:
    """The recount of the user's own plan.

    ``payable`` says whether it can be paid for, ``with_ours`` whether the starts that it leaves
    open are those of a plan found, not the earliest ones.
    """

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
    if all(option.own_plan is False for option in case.options.values()):
        return None
    earliest = _recounted(case, _choices(case, {}))
    if not earliest.keeps:
        for choices in dict.fromkeys(_choices(case, plan.starts) for plan in plans):
            found = _recounted(case, choices)
            if found.keeps:
                return OwnRecount(found.recount, payable=True, with_ours=True)
    return earliest


def _choices(case: Case, starts: Mapping[Id, Year]) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            case.investment_of[option.id].id, option.id, _start(case, option, starts.get(option.id))
        )
        for option in case.options.values()
        if option.own_plan is not False or option.decision is Decision.ONGOING
    )


def _start(case: Case, option: Option, ours: Year | None) -> Year:
    if option.own_plan not in (True, False) and option.decision is not Decision.ONGOING:
        return int(option.own_plan)
    first = next(iter(allowed_starts(case, option)), case.first_year)
    return first if ours is None else ours


def _recounted(case: Case, choices: Sequence[Choice]) -> OwnRecount:
    sound = [
        choice for choice in choices if choice.start in case.calendar or _ongoing(case, choice)
    ]
    payments = pay(case, sound)
    plan = Plan(tuple(choices)) if payments is None else Plan(tuple(choices), payments)
    return OwnRecount(recount(case, plan), payments is not None)


def _ongoing(case: Case, choice: Choice) -> bool:
    return case.options[choice.option].decision is Decision.ONGOING
