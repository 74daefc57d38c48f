"""The user's own plan as the column Own plan says it: which options, and from when."""

from collections.abc import Mapping

from choosebattles.audit.plan_validity import allowed_starts
from choosebattles.case.case import Case
from choosebattles.case.investment import Decision, Option
from choosebattles.case.plan import Choice
from choosebattles.case.units import Id, Year


def typed_starts(case: Case) -> dict[Id, Year | None]:
    """Return the options that are marked, with their start years; None where yes was typed."""
    return {
        name: None if option.own_plan is True else int(option.own_plan)
        for name, option in case.options.items()
        if option.own_plan is not False
    }


def own_choices(case: Case, starts: Mapping[Id, Year]) -> tuple[Choice, ...]:
    """Return what is marked and what is under way.

    Parameters
    ----------
    case
        Where it is marked.
    starts
        The start years of options for which none was typed; the earliest one where none is here.
    """
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
