"""What was met while reading: faults and warnings, each with its place."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from choosebattles.case.place import Place
from choosebattles.errors import Fault
from choosebattles.spelling import key
from choosebattles.workbook.cells import Problem, Read


@dataclass
class Findings:
    """Faults and warnings in the order in which they are met."""

    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def fault(self, place: Place, code: str, found: str, expected: str, advice: str = "") -> None:
        """Note something to correct."""
        self.faults.append(place.fault(code, found, expected, advice))

    def warn(self, place: Place, code: str, found: str, expected: str, advice: str = "") -> None:
        """Note something odd."""
        self.warnings.append(place.fault(code, found, expected, advice))

    def value(self, place: Place, answer: Read[object] | Problem) -> object:
        """Return what a cell means, or ``None`` with a fault; note its warnings."""
        if isinstance(answer, Problem):
            self.fault(place, answer.code, answer.found, answer.expected, answer.advice)
            return None
        for each in answer.warnings:
            self.warn(place, each.code, each.found, each.expected, each.advice)
        return answer.value

    def add(self, faults: Iterable[Fault]) -> None:
        """Note faults of the whole case, but none more of a cell or sheet that has one."""
        cells = {(each.file, each.sheet, each.cell) for each in self.faults if each.cell}
        sheets = {key(each.sheet) for each in self.faults if not each.cell}
        for fault in faults:
            if fault.cell:
                known = (fault.file, fault.sheet, fault.cell) in cells
            else:
                known = key(fault.sheet) in sheets
            if not known:
                self.faults.append(fault)
