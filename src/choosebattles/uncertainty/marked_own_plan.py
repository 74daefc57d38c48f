"""The user's own plan, as the column Own plan marks it."""

from collections.abc import Mapping

from choosebattles.audit.own_plan_column import own_choices, typed_starts
from choosebattles.case.case import Case
from choosebattles.case.plan import Choice
from choosebattles.case.units import Id, Year
from choosebattles.uncertainty.recount_in_each_case import Recounting


def own_plan(case: Case, starts: Mapping[Id, Year]) -> tuple[Choice, ...] | None:
    """Return the user's own plan; None where none was typed.

    Where it leaves a start open the earliest one counts or, if the plan breaks something then and
    would not with the starts given, these.
    """
    if not typed_starts(case):
        return None
    earliest = own_choices(case, {})
    if Recounting().recount_if_allowed(case, earliest) is None:
        other = own_choices(case, starts)
        if Recounting().recount_if_allowed(case, other) is not None:
            return other
    return earliest
