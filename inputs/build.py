"""Make the example workbooks from the tables in ``sources/``: ``python inputs/build.py``."""

import argparse
import tempfile
import zipfile
from pathlib import Path

from choosebattles.workbook.template import write_case
from example import evidence
from example.assemble import COUNTRIES, build_case

HERE = Path(__file__).parent
CLOCK = "docProps/core.xml"
"""The part of a workbook that says when it was made."""


def main() -> None:
    """Write one workbook for each country that has its tables; leave alone what is the same."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--without-continuity",
        action="store_true",
        help="leave out services, shocks and people: loss avoided becomes a criterion",
    )
    parser.add_argument("--out", type=Path, default=HERE, help="folder to write to")
    asked = parser.parse_args()
    for country in COUNTRIES:
        path = asked.out / f"{country}.xlsx"
        write(country, path, full=not asked.without_continuity)
        print(path)


def write(country: str, path: Path, *, full: bool) -> None:
    """Write the workbook of a country, unless one with the same content stands there."""
    case = build_case(country, full=full)
    about = evidence.about(case)
    if path.exists():
        with tempfile.TemporaryDirectory() as folder:
            fresh = Path(folder) / path.name
            write_case(case, fresh, about=about)
            if parts(fresh) == parts(path):
                return
    write_case(case, path, about=about, overwrite=True)


def parts(path: Path) -> dict[str, bytes]:
    """Return what a workbook holds, part by part, but not when it was made."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != CLOCK}


if __name__ == "__main__":
    main()
