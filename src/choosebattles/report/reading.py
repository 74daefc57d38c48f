"""What was read before solving: the files, the warnings and the control totals."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Self


@dataclass(frozen=True)
class ReadFile:
    """One file of a case, with the checksum by which it can be recognised."""

    name: str
    sha256: str

    @classmethod
    def of(cls, path: Path) -> Self:
        """Return the name and checksum of a file as it is now."""
        return cls(path.name, sha256(path.read_bytes()).hexdigest())


@dataclass(frozen=True)
class Total:
    """A control total: what was counted or added up, and what it came to."""

    name: str
    value: float | int | str


@dataclass(frozen=True)
class Reading:
    """Everything that reading a case leaves behind besides the case itself."""

    files: tuple[ReadFile, ...] = ()
    warnings: tuple[str, ...] = ()
    totals: tuple[Total, ...] = ()
