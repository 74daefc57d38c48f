"""Print recordings made anew in one process, in the order named, as JSON: ``python -m golden.again``."""

import json
import sys
import tempfile
from pathlib import Path

from conftest import patient
from golden.record import RECORDINGS, record


def main(names: list[str]) -> None:
    """Print what each recording says now."""
    known = {f"{each.case}/{each.name}": each for each in RECORDINGS}
    found = {}
    for name in names:
        with tempfile.TemporaryDirectory() as folder, patient():
            found[name] = record(known[name], Path(folder).resolve())
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
