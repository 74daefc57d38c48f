"""Whole fronts of random knapsacks, whole commands beside pyaugmecon 2 on the same numbers.

pyaugmecon asks for Python 3.12 and is no dependency of ours. The environment variable
``PYAUGMECON_PYTHON`` names an interpreter that has it (this one, unless said otherwise); without,
nothing is measured, and it is said so.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.clock import Spent, clocked, short
from benchmarks.finding import Finding
from benchmarks.process import product
from benchmarks.scope import Scope
from choosebattles.workbook.template import write_case
from small_cases import case, criterion, fund, objective, option

OTHER = os.environ.get("PYAUGMECON_PYTHON", sys.executable)
LIMIT = 1500
"""Seconds of wall clock after which a peer is given up: what is said of it is too little."""

PEER = """
import json, sys
import numpy as np
from pyaugmecon import PyAugmecon, example_models
from pyaugmecon.config import PyAugmeconConfig
with open(sys.argv[1]) as stream:
    told = json.load(stream)
matrices = tuple(np.array(told[name], dtype=float) for name in ("weights", "capacities", "values"))
example_models._load_kp_matrices = lambda name: matrices
model = example_models.kp_model("random", len(told["values"]))
config = PyAugmeconConfig(
    workers=1, progress_bar=False, log_to_console=False, write_csv=False, artifact_folder=sys.argv[2]
)
print(PyAugmecon(model, config).solve().count)
"""

NAMES = ("autonomy", "resilience", "openness")


@dataclass(frozen=True)
class Knapsack:
    """Values of items by objective, their weights by resource, capacities: whole numbers."""

    values: list[list[int]]
    weights: list[list[int]]
    capacities: list[int]

    @classmethod
    def drawn(cls, objectives: int, items: int, seed: int) -> "Knapsack":
        """Draw one as the published ones are: 10 to 100 each, half of all weight fits."""
        random = Random(f"{objectives} {items} {seed}")
        values, weights = (
            [[random.randint(10, 100) for _ in range(items)] for _ in range(objectives)]
            for _ in range(2)
        )
        return cls(values, weights, [sum(row) // 2 for row in weights])

    def write(self, path: Path) -> None:
        """Write it as a workbook: each resource is one year of a fund."""
        names = NAMES[: len(self.values)]
        items = (
            option(
                f"X{item}",
                [weights[item] for weights in self.weights],
                {name: worth[item] for name, worth in zip(names, self.values, strict=True)},
                build_years=0,
                latest_start=2027,
            )
            for item in range(len(self.values[0]))
        )
        write_case(
            case(
                *items,
                years=len(self.capacities),
                funds=(fund(2027, *self.capacities),),
                objectives=tuple(objective(name) for name in names),
                criteria=tuple(criterion(name, objective=name) for name in names),
                points_for_100=100,
            ),
            path,
        )


def measure(scope: Scope) -> Iterator[Finding]:
    """Yield how many times as fast the whole command is, on knapsacks nobody has seen."""
    sizes = ((2, 50), (2, 100), (3, 40)) if scope.everything else ((2, 50),)
    for objectives, items in sizes:
        goal = f"unseen front {objectives}kp{items}, whole command, against pyaugmecon 2"
        if subprocess.run(
            (OTHER, "-c", "import pyaugmecon"), capture_output=True, check=False
        ).returncode:
            why = "PYAUGMECON_PYTHON names no Python that has pyaugmecon"
            yield Finding.missing(goal, "5x", "15x", why)
            continue
        times, pairs = [], []
        for seed in scope.seeds(goal, 2 if scope.everything else 1):
            ours, theirs, points = _both(Knapsack.drawn(objectives, items, seed))
            times.append(theirs.cpu / ours.cpu)
            pairs.append(f"{seed}: {points} points, {short(ours.cpu)} beside {short(theirs.cpu)}")
        yield Finding.faster(goal, 5, 15, times, f"by seed, s CPU: {'; '.join(pairs)}")


def _both(knapsack: Knapsack) -> tuple[Spent, Spent, str]:
    with tempfile.TemporaryDirectory() as folder:
        book, numbers, answer = (Path(folder) / name for name in ("kp.xlsx", "kp.json", "a.json"))
        knapsack.write(book)
        parts = {
            "weights": knapsack.weights,
            "capacities": [[capacity] for capacity in knapsack.capacities],
            "values": knapsack.values,
        }
        numbers.write_text(json.dumps(parts), encoding="utf-8")
        by = ",".join(NAMES[: len(knapsack.values)])
        command = product("frontier", book, "--by", by, "--resolution", 0, "-o", answer)
        with clocked() as ours:
            command.run()
        points = len(json.loads(answer.read_text(encoding="utf-8"))["points"])
        with clocked() as theirs:
            count = _peer(numbers, folder)
    if count is not None and count != points:
        raise RuntimeError(f"{points} points found, {count} by pyaugmecon")
    return ours, theirs, f"{points}" if count is not None else f"{points}, the peer unfinished,"


def _peer(numbers: Path, folder: str) -> int | None:
    try:
        ended = subprocess.run(
            (OTHER, "-c", PEER, str(numbers), folder),
            capture_output=True,
            text=True,
            check=True,
            timeout=LIMIT,
        )
    except subprocess.TimeoutExpired:
        return None
    return int(ended.stdout.split()[-1])
