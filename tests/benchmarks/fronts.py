"""Whole fronts of published knapsacks, beside pyaugmecon 2, on the numbers that it brings along.

pyaugmecon asks for Python 3.12 and is no dependency of ours. The environment variable
``PYAUGMECON_PYTHON`` names an interpreter that has it (this one, unless said otherwise); without,
nothing is measured, and it is said so.
"""

import csv
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from benchmarks.clock import Series, clocked, ratio, short
from benchmarks.finding import Finding
from choosebattles.case.case import Case
from choosebattles.frontier.plans import Wanted
from choosebattles.frontier.trace import trace
from worlds import case, criterion, fund, objective, option

OTHER = os.environ.get("PYAUGMECON_PYTHON", sys.executable)

WHERE = "import pyaugmecon; print(pyaugmecon.__path__[0])"

THEIRS = """
import sys, time
from pyaugmecon import PyAugmecon
from pyaugmecon.config import PyAugmeconConfig
from pyaugmecon.example_models import kp_model
model = kp_model(sys.argv[1], int(sys.argv[2]))
config = PyAugmeconConfig(
    workers=1, progress_bar=False, log_to_console=False, write_csv=False, artifact_folder=sys.argv[3]
)
began = time.process_time()
result = PyAugmecon(model, config).solve()
print(time.process_time() - began, result.count)
"""

NAMES = ("autonomy", "resilience", "openness")


@dataclass(frozen=True)
class Knapsack:
    """Values of items by objective, their weights by resource, capacities, size of the front."""

    name: str
    values: list[list[Fraction]]
    weights: list[list[Fraction]]
    capacities: list[Fraction]
    points: int

    def as_case(self) -> Case:
        """Return it as a case: each resource is one year of a fund."""
        names = NAMES[: len(self.values)]
        return case(
            *(
                option(
                    f"X{item}",
                    [int(weights[item]) for weights in self.weights],
                    {
                        name: int(worth[item])
                        for name, worth in zip(names, self.values, strict=True)
                    },
                    build_years=0,
                    latest_start=2027,
                )
                for item in range(len(self.values[0]))
            ),
            years=len(self.capacities),
            funds=(fund(2027, *map(int, self.capacities)),),
            objectives=tuple(objective(name) for name in names),
            criteria=tuple(criterion(name, objective=name) for name in names),
        )


def folder() -> Path | None:
    """Return where pyaugmecon has its knapsacks; None where it is not there."""
    found = subprocess.run((OTHER, "-c", WHERE), capture_output=True, text=True, check=False)
    return Path(found.stdout.strip()) / "data" if found.returncode == 0 else None


def knapsack(there: Path, name: str) -> Knapsack:
    """Read a knapsack as pyaugmecon has it."""
    number = int(name[0])
    c, a, b, points = (_numbers(there / name / f"{f}.csv") for f in ("c", "a", "b", "pareto_sols"))
    return Knapsack(name, c[:number], a[:number], [row[0] for row in b[:number]], len(points))


def _numbers(path: Path) -> list[list[Fraction]]:
    with path.open(encoding="utf-8") as stream:
        return [[Fraction(cell) for cell in row[1:]] for row in list(csv.reader(stream))[1:]]


def ours(of: Knapsack) -> float:
    """Return the seconds in which the whole front is found."""
    world = of.as_case()
    with clocked() as spent:
        frontier = trace(world, objectives=NAMES[: len(of.values)], plans=Wanted.ONE)
    assert frontier.complete
    assert len(frontier.points) == of.points, "the front that was published"
    return spent.cpu


def theirs(of: Knapsack) -> float:
    """Return the seconds in which pyaugmecon finds it, without its start."""
    with tempfile.TemporaryDirectory() as logs:
        asked = (OTHER, "-c", THEIRS, of.name, str(len(of.values)), logs)
        told = subprocess.run(asked, capture_output=True, text=True, check=True)
    seconds, points = told.stdout.split()[-2:]
    assert int(points) == of.points, "the front that was published"
    return float(seconds)


def measure(*, fast: bool) -> Iterator[Finding]:
    """Yield what whole fronts take; the smallest in turn with pyaugmecon."""
    there = folder()
    if there is None:
        yield Finding(
            "exact front of 2kp50 against pyaugmecon 2",
            "1.5x",
            "15x",
            "not measured",
            "pyaugmecon is not installed; PYAUGMECON_PYTHON may name a Python that has it",
            None,
        )
        return
    small = knapsack(there, "2kp50")
    one, two = Series(), Series()
    for _turn in range(1 if fast else 2):
        one.seconds.append(ours(small))
        two.seconds.append(theirs(small))
    ratios = [b / a for a, b in zip(one.seconds, two.seconds, strict=True)]
    yield Finding(
        "exact front of 2kp50 against pyaugmecon 2",
        "1.5x",
        "15x",
        ratio(ratios),
        f"{small.points} points, proved; {one.spread} against {two.spread} CPU with HiGHS, 1 worker",
        min(ratios) >= 1.5,
    )
    for name in ("2kp100",) if fast else ("2kp100", "3kp40"):
        of = knapsack(there, name)
        seconds = ours(of)
        yield Finding(
            f"exact front of {name}",
            "",
            "complete",
            f"{short(seconds)} s CPU",
            f"{of.points} points, proved, n 1",
            None,
        )
