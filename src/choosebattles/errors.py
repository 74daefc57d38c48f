"""Every error that choosebattles raises on purpose.

* ChooseBattlesError
  x InputError            the input must be corrected (exit code 2)
    + UnknownSolverError  a solver was named that is not there
  x OutputError           a file could not be written; the old one is intact (exit code 2)
  x AuditError            the recount did not confirm an answer: a bug (exit code 1)
  x SolverError           the solver failed: no statement about the case (exit code 1)
  x WorkerError           workers of a study were lost; what was done is kept (exit code 4)

Anything else that escapes is a bug. A ``DoubtWarning`` is no error: reading a workbook from Python
warns of what may have been meant otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from choosebattles.translation import _, several


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to correct: where it stands, what was found, what was expected, what to do.

    Clauses stand without a final full stop; the advice is one or two whole sentences.
    ``file``, ``sheet``, ``cell`` and ``column`` are empty where they do not apply.
    """

    file: str
    sheet: str
    cell: str
    column: str
    code: str
    found: str
    expected: str
    advice: str

    @property
    def cell_in_sheet(self) -> str:
        """Return ``Sheet!B7``, or the sheet, or nothing where the whole file is meant."""
        return f"{self.sheet}!{self.cell}" if self.sheet and self.cell else self.sheet or self.cell

    @property
    def where(self) -> str:
        """Return the place as a user writes it: ``Sheet!B7 (column)``, or the file."""
        place = self.cell_in_sheet
        if self.column:
            place = f"{place} ({self.column})" if place else self.column
        return place or self.file

    @property
    def message(self) -> str:
        """Return what was found, what was expected and what to do."""
        clauses = _("found {found}").format(found=self.found) if self.found else ""
        if self.expected:
            expected = _("expected {expected}").format(expected=self.expected)
            clauses = f"{clauses}; {expected}" if clauses else expected
        return f"{clauses}. {self.advice}".strip() if self.advice else f"{clauses}."

    def order(self) -> tuple[str, str, int, int, str, str]:
        """Return where the fault belongs in a list: file, sheet, row, column; the file first."""
        letters = self.cell.rstrip("0123456789")
        row = self.cell[len(letters) :]
        return self.file, self.sheet, int(row or 0), len(letters), letters, self.code

    def __str__(self) -> str:
        """Return the one form in which every fault is shown."""
        return f"{self.code} {self.where}: {self.message}"


class DoubtWarning(UserWarning):
    """A workbook may have been read otherwise than it was meant; it says where, and as what."""


class ChooseBattlesError(Exception):
    """Whatever goes wrong and was foreseen."""


SHOWN_PER_KIND = 20
"""How many faults of one code in one file are shown; the others are counted."""


def listed(faults: Sequence[Fault]) -> list[str]:
    """Return faults as lines, by place; of each kind in a file the first twenty.

    Cells of one column of which the very same is to be said share a line.

    Parameters
    ----------
    faults
        Faults, or warnings, in any order.
    """
    lines: list[str] = []
    kinds: dict[tuple[str, str], int] = {}
    same: dict[Fault, list[Fault]] = {}
    for fault in sorted(faults, key=Fault.order):
        same.setdefault(replace(fault, cell="") if fault.cell else fault, []).append(fault)
    for group in same.values():
        kind = (group[0].file, group[0].code)
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] <= SHOWN_PER_KIND:
            lines.append(_sentence(group))
    for (_file, code), number in kinds.items():
        if number > SHOWN_PER_KIND:
            more = _("{code}: and {number} more like this")
            lines.append(more.format(code=code, number=number - SHOWN_PER_KIND))
    return lines


CELLS_NAMED = 10
"""How many cells one sentence names; the others are counted."""

FINDS_NAMED = 3
"""How many of the things found one sentence names."""


def gathered(faults: Sequence[Fault]) -> list[str]:
    """Return faults as sentences, by place: one for each kind and column, with up to ten cells.

    Parameters
    ----------
    faults
        Faults, or doubts, in any order.
    """
    groups: dict[tuple[str, str, str, str], list[Fault]] = {}
    for fault in sorted(faults, key=Fault.order):
        group = (fault.file, fault.code, fault.sheet, fault.column if fault.cell else fault.where)
        groups.setdefault(group, []).append(fault)
    return [_sentence(group) for group in groups.values()]


def _sentence(group: Sequence[Fault]) -> str:
    first = group[0]
    cells = list(dict.fromkeys(fault.cell for fault in group))
    if len(cells) == 1:
        return str(first)
    named = ", ".join(cells[:CELLS_NAMED])
    if len(cells) > CELLS_NAMED:
        named = _("{cells} and {number} more").format(cells=named, number=len(cells) - CELLS_NAMED)
    finds = list(dict.fromkeys(fault.found for fault in group))
    found = "; ".join(finds[:FINDS_NAMED]) + (" ..." if len(finds) > FINDS_NAMED else "")
    advices: dict[str, str] = {}
    for fault in group:
        # Each advice stays with the first cell of which it speaks.
        advices.setdefault(fault.advice, fault.cell)
    advice = first.advice
    if len(advices) > 1:
        texts = [f"{cell}: {text}" for text, cell in advices.items()]
        advice = " ".join(texts[:FINDS_NAMED]) + (" ..." if len(texts) > FINDS_NAMED else "")
    return str(replace(first, cell=named, found=found, advice=advice))


_CELLS = "{number} cell needs a correction", "{number} cells need a correction"
_VALUES = "{number} value needs a correction", "{number} values need a correction"
_THINGS = "{number} thing needs a correction", "{number} things need a correction"


class InputError(ChooseBattlesError):
    """The input must be corrected; every fault of it is told at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=Fault.order))
        super().__init__(self._sentences())

    def _sentences(self) -> str:
        lines = []
        for file in dict.fromkeys(fault.file for fault in self.faults):
            here = [fault for fault in self.faults if fault.file == file]
            if file or any(fault.sheet for fault in here):
                what = _CELLS if all(fault.cell for fault in here) else _THINGS
                name, one, many = file or _("The case"), *what
            else:
                name, one, many = _("What was asked for"), *_VALUES
            lines.append(f"{name}: {several(one, many, len(here)).format(number=len(here))}")
            lines.extend(f"  {line}" for line in listed(here))
        return "\n".join(lines)


class UnknownSolverError(InputError):
    """A solver was asked for that is not on this machine."""


class OutputError(ChooseBattlesError):
    """A file could not be written; whatever stood there before is intact."""


class AuditError(ChooseBattlesError):
    """The independent recount did not confirm an answer, so nothing is reported."""


class SolverError(ChooseBattlesError):
    """The solver failed without a statement about the case."""


class WorkerError(ChooseBattlesError):
    """Workers of a study were lost again and again; the blocks that were done are kept."""
