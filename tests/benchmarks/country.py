"""A country's workbook, from the command to the verified file of results."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.clock import Series, clocked
from benchmarks.finding import Finding

WORKBOOK = Path(__file__).parents[2] / "inputs" / "albania.xlsx"


def command(*arguments: str) -> None:
    """Run the program in a process of its own."""
    subprocess.run(
        (sys.executable, "-m", "choosebattles", *arguments), check=True, capture_output=True
    )


def measure(*, fast: bool) -> Iterator[Finding]:
    """Yield what solving the workbook and what the start of a command takes."""
    number = 1 if fast else 5
    with tempfile.TemporaryDirectory() as folder:
        results = str(Path(folder) / "results.xlsx")
        command("solve", str(WORKBOOK), "-o", results)
        solving = _timed(number, "solve", str(WORKBOOK), "-o", results)
    starting = _timed(number, "--help")
    yield _told("country workbook, `solve` from command to verified results file", 5, 2, solving)
    yield _told("command start (`--help`)", 0.5, 0.2, starting)


def _timed(number: int, *arguments: str) -> Series:
    series = Series()
    for _turn in range(number):
        with clocked() as spent:
            command(*arguments)
        series.add(spent)
    return series


def _told(goal: str, must: float, moonshot: float, series: Series) -> Finding:
    return Finding(
        goal,
        f"{must:g} s",
        f"{moonshot:g} s",
        f"{series.median:.2f} s CPU",
        f"n {len(series.seconds)}, {series.spread}; wall {min(series.wall):.2f} s at best",
        series.median <= must,
    )
