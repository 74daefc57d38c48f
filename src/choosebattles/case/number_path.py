"""Where a number stands inside a case: the steps to it, and what it takes to put another there."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

Step = str | int
"""A field of a fact, the position in a row of facts, or the key of a mapping."""

Path = tuple[Step, ...]


def get_at(fact: Any, path: Path) -> Any:
    """Return what stands at the end of a path; scores, staff and the like left out are 0."""
    for step in path:
        if isinstance(fact, BaseModel):
            fact = getattr(fact, str(step))
        elif isinstance(fact, Mapping):
            fact = fact.get(step, Decimal(0))
        else:
            fact = fact[step]
    return fact


def fields(fact: BaseModel) -> dict[str, Any]:
    """Return the fields of a fact, without what it has worked out from them."""
    return {name: getattr(fact, name) for name in type(fact).model_fields}


def replace_at(fact: Any, path: Path, value: object) -> Any:
    """Return a copy with another value at the end of a path; every fact on the way is checked."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(fact, BaseModel):
        name = str(step)
        changed = replace_at(getattr(fact, name), rest, value)
        return type(fact).model_validate({**fields(fact), name: changed})
    if isinstance(fact, Mapping):
        return {**fact, step: replace_at(fact.get(step), rest, value)}
    assert isinstance(step, int), "rows of facts are counted"
    return (*fact[:step], replace_at(fact[step], rest, value), *fact[step + 1 :])
