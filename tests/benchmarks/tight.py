"""Hard cases, where money cannot be carried over and people bind, against plain HiGHS."""

import json
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.clock import Spent, clocked, short
from benchmarks.finding import Finding
from benchmarks.process import peer, product
from benchmarks.scope import Scope, workbook

HARD = 600
"""Seconds after which a small case is given up."""


def measure(scope: Scope) -> Iterator[Finding]:
    """Yield the time of small cases to 0.1 %, and the gap of medium and huge ones after a time."""
    if scope.everything:
        yield _small(scope)
        yield _huge(scope)
    yield _medium(scope)


def _small(scope: Scope) -> Finding:
    times, pairs = [], []
    for seed in scope.seeds("tight small", 3):
        with workbook("small", seed, tight=True) as book:
            ours, _gap = _ours(book, "0.1%", HARD)
            theirs, _their_gap = _theirs(book, 0.001, HARD)
        times.append(theirs.cpu / ours.cpu)
        pairs.append(f"{seed}: {short(ours.cpu)} beside {short(theirs.cpu)}")
    return Finding.faster(
        "tight small to 0.1 %, against plain HiGHS", 1, 5, times, f"by seed, s: {'; '.join(pairs)}"
    )


def _medium(scope: Scope) -> Finding:
    return _gaps("tight medium, gap after 60 s", "medium", 60, scope, 3 if scope.everything else 1)


def _huge(scope: Scope) -> Finding:
    return _gaps("huge, certified gap after 10 minutes", "huge", 600, scope, 1, must=0.02)


def _gaps(
    goal: str, size: str, seconds: int, scope: Scope, number: int, must: float = 0.03
) -> Finding:
    gaps, told = [], []
    for seed in scope.seeds(size, number):
        with workbook(size, seed, tight=True) as book:
            _spent, ours = _ours(book, "0.1%", seconds)
            _spent, theirs = _theirs(book, 0.001, seconds)
        gaps.append(ours)
        told.append(f"{seed}: {ours:.2%} beside {theirs:.2%}")
    middle = statistics.median(gaps)
    by_seed = f"by seed, beside plain HiGHS: {'; '.join(told)}"
    return Finding(goal, f"{must:.0%}", "1%", f"{middle:.2%}", by_seed, middle <= must)


def _ours(book: Path, gap: str, seconds: int) -> tuple[Spent, float]:
    """Return what `solve` took and the gap that it told."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        command = product("solve", book, "--gap", gap, "--time-limit", f"{seconds}s")
        with clocked() as spent:
            type(command)(command.name, (*command.words, "-o", str(answer))).run()
        told = json.loads(answer.read_text(encoding="utf-8"))
    objective, bound = float(told["objective"]), float(told["bound"])
    return spent, (bound - objective) / max(1.0, abs(objective))


def _theirs(book: Path, gap: float, seconds: int) -> tuple[Spent, float]:
    with clocked() as spent:
        printed = peer("highs", "solve", book, "--gap", gap, "--time-limit", seconds).run()
    return spent, float(printed.split()[-1])
