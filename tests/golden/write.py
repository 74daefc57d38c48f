"""Write golden files anew: in the folder ``tests``, ``python -m golden.write`` or ``... full/solve``.

A change of a golden file names its fault in the same commit.
"""

import sys
import tempfile
from pathlib import Path

from conftest import patient
from golden.record import HERE, RECORDINGS, record


def main(names: list[str]) -> None:
    """Write the recordings named, or all of them; remove what is recorded no more."""
    for recording in RECORDINGS:
        if not names or f"{recording.case}/{recording.name}" in names:
            with tempfile.TemporaryDirectory() as folder, patient():
                text = record(recording, Path(folder).resolve())
            recording.path.parent.mkdir(exist_ok=True)
            recording.path.write_text(text, encoding="utf-8", newline="\n")
    for path in set(HERE.glob("*/*.txt")) - {each.path for each in RECORDINGS}:
        path.unlink()


if __name__ == "__main__":
    main(sys.argv[1:])
