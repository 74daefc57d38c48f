"""Where a fact stands: file, sheet and cell, kept beside every fact and left out of equality."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict

from choosebattles.errors import Fault


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


class Fact(BaseModel):
    """Something that a workbook states in one row: frozen, with the cells it comes from."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, validate_default=True
    )

    origin: Origin = Origin()

    def at(self, part: str = "") -> Place:
        """Return where a part of this fact stands; without a part, its row."""
        return self.origin[part] if part else self.origin.row
