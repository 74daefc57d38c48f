"""The user's own plan, as the column Own plan marks it."""

from collections.abc import Mapping

from choosebattles.audit.plan_validity import allowed_starts
from choosebattles.case.case import Case
from choosebattles.case.investment import Decision, Option
from choosebattles.case.plan import Choice
from choosebattles.case.units import Id, Year
from choosebattles.uncertainty.recount_in_each_case import Recounting


def own_plan(case: Case, starts: Mapping[Id, Year]) -> tuple[Choice, ...] | None:
    """Return the user's own plan; None where none was typed.

    Where it leaves a start open the earliest one counts or, if the plan breaks something then and
    would not with the starts given, these.
    """
    if all(option.own_plan is False for option in case.options.values()):
        return None
    earliest = _choices(case, {})
    if Recounting().recount_if_allowed(case, earliest) is None:
        other = _choices(case, starts)
        if Recounting().recount_if_allowed(case, other) is not None:
            return other
    return earliest


def _choices(case: Case, starts: Mapping[Id, Year]) -> tuple[Choice, ...]:
    return tuple(
        Choice(case.investment_of[name].id, name, _start(case, option, starts.get(name)))
        for name, option in case.options.items()
        if option.own_plan is not False or option.decision is Decision.ONGOING
    )


def _start(case: Case, option: Option, given: Year | None) -> Year:
    if option.own_plan not in (True, False) and option.decision is not Decision.ONGOING:
        return int(option.own_plan)
    first = next(iter(allowed_starts(case, option)), case.first_year)
    return first if given is None else given
