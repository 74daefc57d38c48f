"""Plain knapsacks of several resources, whole commands beside CBC as PuLP calls it."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.clock import short
from benchmarks.finding import Finding
from benchmarks.process import in_turn, peer, product, ratios
from benchmarks.scope import Scope
from choosebattles.workbook.template import write_case
from small_cases import case, fund, option

GAP = 0.0001
LIMIT = 300
"""Seconds after which a case is given up."""


def measure(scope: Scope) -> Iterator[Finding]:
    """Yield how many times as fast as CBC the product proves a best plan."""
    for resources, items in ((5, 100), (10, 250)) if scope.everything else ((5, 100),):
        times, pairs = [], []
        for seed in scope.seeds(f"{resources}x{items}", 3 if scope.everything else 1):
            with tempfile.TemporaryDirectory() as folder:
                book = Path(folder) / "knapsack.xlsx"
                _write(resources, items, seed, book)
                limits = ("--gap", GAP, "--time-limit", LIMIT)
                ours, theirs = in_turn(
                    1,
                    product(
                        "solve", book, "--gap", "0.01%", "--time-limit", f"{LIMIT}s", "-o", "a.json"
                    ),
                    peer("cbc", "solve", book, *limits),
                )
            times += ratios(ours, theirs)
            pairs.append(f"{seed}: {short(ours.median)} beside {short(theirs.median)}")
        yield Finding.faster(
            f"plain knapsack {resources}x{items} to 0.01 %, against CBC",
            1,
            3,
            times,
            f"at most {LIMIT} s; by seed, s CPU: {'; '.join(pairs)}",
        )


def _write(resources: int, items: int, seed: int, path: Path) -> None:
    """Write a knapsack as Chu and Beasley draw them: worth goes with weight, half of all fits."""
    random = Random(f"{resources} {items} {seed}")
    weights = [[random.randint(1, 1000) for _ in range(items)] for _ in range(resources)]
    worths = [
        sum(row[item] for row in weights) // resources + random.randint(0, 500)
        for item in range(items)
    ]
    options = (
        option(
            f"X{item}",
            [row[item] for row in weights],
            worths[item] / 20,
            build_years=0,
            latest_start=2027,
        )
        for item in range(items)
    )
    capacities = [sum(row) // 2 for row in weights]
    write_case(
        case(*options, years=resources, funds=(fund(2027, *capacities),), points_for_100=5000),
        path,
    )
