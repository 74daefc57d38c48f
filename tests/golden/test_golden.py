"""What every command prints and writes is what it printed and wrote before, to the letter."""

import difflib
from pathlib import Path

import pytest

from choosebattles.cli import COMMANDS
from choosebattles.workbook.layout import SHEETS
from golden.cases import FULL
from golden.record import HERE, RECORDINGS, Recording, record

SHOWN = 60
"""Lines of a difference that a failure shows."""


@pytest.mark.parametrize(
    "recording", RECORDINGS, ids=[f"{each.case}/{each.name}" for each in RECORDINGS]
)
def test_nothing_has_changed(recording: Recording, tmp_path: Path) -> None:
    kept = recording.path.read_text(encoding="utf-8").splitlines()
    found = record(recording, tmp_path).splitlines()

    difference = list(difflib.unified_diff(kept, found, "golden", "now", n=1, lineterm=""))
    if difference:
        rest = len(difference) - SHOWN
        more = [f"... and {rest} lines more"] if rest > 0 else []
        name = recording.path.relative_to(HERE).as_posix()
        said = "\n".join([*difference[:SHOWN], *more])
        pytest.fail(f"{name} has changed; if that mends a fault: make golden\n{said}", False)


def test_every_golden_file_is_compared() -> None:
    assert set(HERE.glob("*/*.txt")) == {recording.path for recording in RECORDINGS}


def test_every_command_is_recorded() -> None:
    assert {line[0] for recording in RECORDINGS for line in recording.commands} == set(COMMANDS)


def test_the_full_case_fills_every_sheet() -> None:
    assert set(FULL) == {sheet.name for sheet in SHEETS}
