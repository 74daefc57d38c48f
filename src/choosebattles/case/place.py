"""Where a fact stands: file, sheet and cell, kept beside every fact and left out of equality."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from choosebattles.errors import Fault, InputError
from choosebattles.translation import _


@dataclass(frozen=True)
class Place:
    """One cell, or one row where the cell is its first, as a user finds it."""

    file: str = ""
    sheet: str = ""
    cell: str = ""
    column: str = ""

    def __str__(self) -> str:
        """Return ``Sheet!B7``."""
        return f"{self.sheet}!{self.cell}" if self.sheet else self.cell

    def fault(self, code: str, found: str, expected: str, advice: str = "") -> Fault:
        """Return what is to be corrected here."""
        return Fault(self.file, self.sheet, self.cell, self.column, code, found, expected, advice)


@dataclass(frozen=True, eq=False)
class Origin:
    """Where the parts of a fact stand, by the name of the part; any two origins are equal.

    ``row`` stands for the whole fact. A part is a field's name, with the key in brackets where
    the field holds several: ``score[technical]``, ``cost[0]``, ``amount[2027]``.
    """

    row: Place = Place()
    cells: Mapping[str, Place] = field(default_factory=dict)

    def __getitem__(self, part: str) -> Place:
        """Return where a part stands, or the row where the part was left blank."""
        return self.cells.get(part, self.row)

    def __eq__(self, other: object) -> bool:
        """Say yes to any other origin: a fact is the same wherever it stands."""
        return isinstance(other, Origin)

    def __hash__(self) -> int:
        """Return the same for all, as equality asks."""
        return 0


def _fault(kind: type[BaseModel], error: Mapping[str, Any]) -> Fault:
    name = ".".join((kind.__name__, *(str(part) for part in error["loc"])))
    if error["type"] == "missing":
        return Fault("", "", "", name, "CB-R40", _("nothing"), _("a value"), "")
    expected = str(error["msg"]).removeprefix("Input should be ")
    return Fault("", "", "", name, "CB-R40", repr(error["input"]), expected, "")


class Fact(BaseModel):
    """Something that a workbook states in one row: frozen, with the cells it comes from."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, validate_default=True
    )

    origin: Origin = Origin()

    def __init__(self, **values: Any) -> None:
        """Take the values of all fields by name; numbers may be whole, decimal or floating.

        Raises
        ------
        InputError
            With every field that is missing, unknown, or not what it must be.
        """
        try:
            super().__init__(**values)
        except ValidationError as error:
            found = error.errors(include_url=False, include_context=False)
            raise InputError([_fault(type(self), error_found) for error_found in found]) from error

    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined] # validating calls no __init__

    def at(self, part: str = "") -> Place:
        """Return where a part of this fact stands; without a part, its row."""
        return self.origin[part] if part else self.origin.row
