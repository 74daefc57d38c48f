"""What was met while reading: faults and warnings, each with its place."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from choosebattles.case.place import Place
from choosebattles.errors import Fault
from choosebattles.spelling import key
from choosebattles.workbook.cell_reading import Problem, Read


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

    def forget(self, place: Place, code: str) -> None:
        """Leave out what one code says of a cell, which another one tells better."""
        cell_and_code = place.file, place.sheet, place.cell, code
        for noted in (self.faults, self.warnings):
            noted[:] = [
                fault
                for fault in noted
                if (fault.file, fault.sheet, fault.cell, fault.code) != cell_and_code
            ]

    def value(self, place: Place, answer: Read[object] | Problem) -> object:
        """Return what a cell means, or ``None`` with a fault; note its warnings."""
        if isinstance(answer, Problem):
            self.fault(place, answer.code, answer.found, answer.expected, answer.advice)
            return None
        for warning in answer.warnings:
            self.warn(place, warning.code, warning.found, warning.expected, warning.advice)
        return answer.value

    def add(self, faults: Iterable[Fault]) -> None:
        """Note faults of the whole case, but none more of a cell or sheet that has one."""
        cells = {(fault.file, fault.sheet, fault.cell) for fault in self.faults if fault.cell}
        sheets = {key(fault.sheet) for fault in self.faults if not fault.cell}
        # What stands on a sheet that must be renamed is not missed on the sheet that it is.
        sheets |= {key(fault.expected) for fault in self.faults if fault.code == "CB-S24"}
        for fault in faults:
            if fault.cell:
                known = (fault.file, fault.sheet, fault.cell) in cells
            else:
                known = key(fault.sheet) in sheets
            if not known:
                self.faults.append(fault)
