"""Make the example workbooks from the tables in ``sources/``: ``python inputs/build.py``."""

import argparse
from pathlib import Path

from choosebattles.workbook.template import write_case
from example.assemble import COUNTRIES, build_case

HERE = Path(__file__).parent


def main() -> None:
    """Write one workbook for each country that has its tables."""
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
        write_case(build_case(country, full=not asked.without_continuity), path)
        print(path)


if __name__ == "__main__":
    main()
