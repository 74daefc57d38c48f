"""The whole of what is known and wanted, with every cross-reference checked."""

from typing import Self

from pydantic import model_validator

from choosebattles.case.checks import faults
from choosebattles.case.facts import Facts
from choosebattles.errors import InputError


class Case(Facts):
    """A question that makes sense: facts and decision model, cross-references checked.

    Raises
    ------
    InputError
        With every fault of the case at once, each with its place.
    """

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        found = tuple(faults(self))
        if found:
            raise InputError(found)
        return self
