"""Every error that is raised on purpose.

::

    ChooseBattlesError
      InputError     what arrived must be corrected first; carries all its faults
      OutputError    a file could not be written; nothing old was lost
"""

from collections.abc import Sequence
from dataclasses import dataclass

from choosebattles.words import _


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to correct: where it stands, what was found, what was expected, what to do."""

    file: str
    sheet: str
    cell: str
    column: str
    code: str
    found: str
    expected: str
    advice: str

    @property
    def where(self) -> str:
        """The place in words: the cell and its column, or else the sheet, or else the file."""
        place = f"{self.sheet}!{self.cell}" if self.sheet and self.cell else self.sheet
        if place and self.column:
            return f"{place} ({self.column})"
        return place or self.file

    def __str__(self) -> str:
        sentence = _("{code} {where}: found {found}; expected {expected}.").format(
            code=self.code, where=self.where, found=self.found, expected=self.expected
        )
        return f"{sentence} {self.advice}".strip()


class ChooseBattlesError(Exception):
    """The root of every error that is raised on purpose."""


class InputError(ChooseBattlesError):
    """What arrived must be corrected first.

    Parameters
    ----------
    faults
        All that was found, at least one.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class OutputError(ChooseBattlesError):
    """A file could not be written; nothing old was lost."""
