"""The countries' workbooks, from the command to the verified file of results, and the start."""

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.finding import Finding
from benchmarks.process import in_turn, product
from benchmarks.scope import COUNTRIES, COUNTRY, Scope

MUST, MOONSHOT = 5.0, 2.0


def measure(scope: Scope) -> Iterator[Finding]:
    """Yield what solving every workbook takes, and what it takes until a case is read."""
    with tempfile.TemporaryDirectory() as folder:
        commands = [
            product("solve", country, "-o", Path(folder) / country.name, "--overwrite")
            for country in COUNTRIES
        ]
        taken = in_turn(scope.turns, *commands)
    medians = {
        country.stem: series.median for country, series in zip(COUNTRIES, taken, strict=True)
    }
    slowest = max(medians, key=lambda name: medians[name])
    yield Finding.within(
        f"`solve`, all {len(COUNTRIES)} countries, command to verified file, the slowest",
        MUST,
        MOONSHOT,
        medians[slowest],
        f"n {scope.turns} each; "
        + ", ".join(f"{name} {seconds:.2f}" for name, seconds in medians.items()),
    )
    turns = 5
    (started,) = in_turn(turns, product("check", COUNTRY))
    yield Finding.within(
        "start-up with a case read and checked (`check`)",
        0.8,
        0.4,
        started.median,
        f"n {turns}, {started.spread}; wall {statistics.median(started.wall):.2f} s",
    )
