"""The same study with one worker and with two: how much less wall clock."""

import statistics
from collections.abc import Iterator

from benchmarks.clock import short
from benchmarks.finding import Finding
from benchmarks.process import in_turn, product
from benchmarks.scope import Scope, workbook

NUMBER = 200


def measure(scope: Scope) -> Iterator[Finding]:
    """Yield how many times as long one worker takes."""
    (seed,) = scope.seeds("workers", 1)
    with workbook("few", seed) as book:
        words = ("simulate", book, "--draws", NUMBER, "--weights", "fixed", "--yes")
        spread = ("--spread", "cost=13%", "--spread", "amount=13%", "--gap", "1%")
        commands = [product(*words, *spread, "--workers", workers) for workers in (1, 2)]
        one, two = in_turn(scope.turns, *commands)
    yield Finding.faster(
        f"two workers against one, wall clock, {NUMBER} questions",
        1.6,
        1.9,
        [a / b for a, b in zip(one.wall, two.wall, strict=True)],
        f"14 investments (seed {seed}), draws of costs and money, whole command, n {scope.turns}: "
        f"{short(statistics.median(one.wall))} and {short(statistics.median(two.wall))} s; CPU "
        f"{short(one.median)} and {short(two.median)} s. Tells of the machine's other work too",
    )
