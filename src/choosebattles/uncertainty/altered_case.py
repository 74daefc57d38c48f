"""Other numbers in many places of a case at once, thousands of times over.

The case is checked where the ends of every number are set; between two values that a cell takes,
it takes every value, so what lies between is put in place without checking all again.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from choosebattles.case.case import Case
from choosebattles.case.facts import Facts
from choosebattles.case.number_path import Path, fields, get_at
from choosebattles.case.parameter import budget as scaled_budget
from choosebattles.case.parameter import find, replaced, spread, value_at
from choosebattles.case.parameter_names import Named
from choosebattles.case.units import to_thousandths
from choosebattles.spelling import key

BUDGET = "budget"
"""The name of every fund's money taken together; its number is a share of what the case has."""


@dataclass(frozen=True)
class Parameter:
    """A number that is to be set again and again: its name and where it stands."""

    name: str
    found: Named | None
    """None: every fund."""

    def put(self, case: Facts, number: Decimal) -> Mapping[Path, Decimal]:
        """Return what is to stand in every place of the case."""
        if self.found is None:
            return {
                ("funds", position, "amount", year): to_thousandths(amount * number)
                for position, fund in enumerate(case.funds)
                for year, amount in fund.amount.items()
            }
        if self.found.number.unit.money:
            number = to_thousandths(number)
        return dict(spread(case, self.found, number))


def find_parameter(case: Facts, name: str) -> Parameter:
    """Return the number of a name.

    Raises
    ------
    InputError
        Where the case has no number of that name.
    """
    if key(name) == BUDGET:
        return Parameter(BUDGET, None)
    found = find(case, name)
    return Parameter(found.name, found)


def number(case: Facts, parameter: Parameter) -> Decimal:
    """Return what a number of the case is; blank is 0, and the budget is all of itself."""
    if parameter.found is None:
        return Decimal(1)
    return value_at(case, parameter.found.places) or Decimal(0)


def check_value(case: Case, parameter: Parameter, number: Decimal) -> None:
    """See that the case makes sense with a number.

    Raises
    ------
    InputError
        Where it does not.
    """
    if parameter.found is None:
        scaled_budget(case, number)
    else:
        replaced(case, parameter.name, number)


def altered(case: Case, numbers: Mapping[Parameter, Decimal]) -> Case:
    """Return the case with other numbers, unchecked; each is set where the last left it."""
    together: dict[Path, Decimal] = {}
    for parameter, new in numbers.items():
        places = parameter.put(case, new)
        if together.keys() & places.keys():
            case, together = _with(case, together), {}
            places = parameter.put(case, new)
        together |= places
    return _with(case, together)


def _with(case: Case, places: Mapping[Path, Decimal]) -> Case:
    others = {path: new for path, new in places.items() if get_at(case, path) != new}
    return Case.model_construct(**_put(case, others)) if others else case


def _put(fact: Any, places: Mapping[Path, Decimal]) -> Any:
    """Return a copy with other numbers at the ends of paths; of the whole case, its fields."""
    if () in places:
        return places[()]
    inside: dict[str | int, dict[Path, Decimal]] = defaultdict(dict)
    for path, new in places.items():
        inside[path[0]][path[1:]] = new
    if isinstance(fact, BaseModel):
        new_fields = {
            str(step): _put(getattr(fact, str(step)), inner) for step, inner in inside.items()
        }
        if isinstance(fact, Facts):
            return {**fields(fact), **new_fields}
        return fact.model_copy(update=new_fields)
    if isinstance(fact, Mapping):
        return {**fact, **{step: _put(fact.get(step), inner) for step, inner in inside.items()}}
    return tuple(
        _put(member, inside[position]) if position in inside else member
        for position, member in enumerate(fact)
    )
