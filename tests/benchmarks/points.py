"""The trade-off of a country's workbook, to a tenth of a point."""

from collections.abc import Iterator

from benchmarks.clock import clocked
from benchmarks.country import WORKBOOK
from benchmarks.finding import Finding
from choosebattles.frontier.trace import trace
from choosebattles.solving.outcome import Stop
from choosebattles.workbook.reader import read_case

RESOLUTION = 0.1


def measure(*, fast: bool) -> Iterator[Finding]:
    """Yield what all points take that a tenth of a point tells apart."""
    case = read_case(WORKBOOK)
    with clocked() as spent:
        found = trace(case, resolution=RESOLUTION, time_limit=5 if fast else 75)
    yield Finding(
        "country workbook, frontier at 0.1 point",
        "60 s",
        "10 s",
        f"{spent.cpu:.1f} s CPU",
        f"n 1, {len(found.points)} points, stopped: {found.stop.value}; wall {spent.wall:.1f} s",
        spent.cpu <= 60 and found.stop is not Stop.TIME_LIMIT,
    )
