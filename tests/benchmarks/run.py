"""Run the benchmarks: ``make bench``, ``make bench-all``, ``make bench ONLY=studies SEED=7``.

A benchmark is a module of this folder with a function ``measure(scope)`` that yields findings.
``make bench`` takes about ten minutes and prints its rows; ``make bench-all`` takes hours, runs
each command five times and writes ``docs/performance.md``. The seed is drawn anew at each run and
printed, so that nothing can be tuned to it; ``SEED=`` repeats a run.
"""

import argparse
import importlib
import os
import pkgutil
import platform
import secrets
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import benchmarks
from benchmarks.finding import HEAD, Finding
from benchmarks.scope import Scope
from choosebattles import __version__

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"
TRIED = Path(__file__).with_name("tried.md")

INTRODUCTION = """# Performance

Written by `make bench-all`. All times are CPU seconds, child processes included, because wall
clock tells of the machine's other work too. Each is of a whole command in a process of its own,
imports and reading included; what it is compared with is run in turn with it, in a process of its
own too, and solves the same questions to the same gap without writing files
(`tests/benchmarks/peers.py`). Random cases are drawn by `tests/benchmarks/generator.py` from a seed
that is drawn for each run, so that nothing is tuned on them. *Soft*: money can be carried over and
people are plenty. *Tight*: neither. *Small* is 30 investments of 3 options over 5 years, *medium*
150 over 8, *huge* 2,000 over 10. Ratios are medians, with the least and the most: 2x is half the
time of the peer.
"""


def registered() -> dict[str, Callable[..., Iterable[Finding]]]:
    """Return every benchmark of this folder, by its name."""
    found = {}
    for module in pkgutil.iter_modules(benchmarks.__path__):
        if module.name != "run":
            loaded = importlib.import_module(f"benchmarks.{module.name}")
            if hasattr(loaded, "measure"):
                found[module.name] = loaded.measure
    return found


def machine() -> str:
    """Return what ran it, in a sentence."""
    parts = [f"choosebattles {__version__}", f"Python {platform.python_version()}"]
    parts += [f"{name} {version(name)}" for name in ("PuLP", "highspy", "numpy")]
    system = f"{platform.system()} on {platform.machine()}, {os.cpu_count()} processors"
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return f"{', '.join(parts)}; {system}{load}; {datetime.now(UTC).date()}."


def findings(names: Iterable[str], scope: Scope) -> Iterator[Finding]:
    """Run benchmarks one after the other, telling each finding as it comes."""
    known = registered()
    for name in names:
        began = time.perf_counter()
        for finding in known[name](scope):
            sys.stdout.write(f"{finding.row()}\n")
            sys.stdout.flush()
            yield finding
        sys.stderr.write(f"{name}: {time.perf_counter() - began:.0f} s of wall clock\n")


def page(before: str, found: Iterable[Finding]) -> str:
    """Return the page of a whole run."""
    every = list(found)
    rows = "\n".join(finding.row() for finding in every if finding.measured)
    others = "\n".join(finding.row() for finding in every if not finding.measured)
    tried = TRIED.read_text(encoding="utf-8")
    missing = f"## Not measured\n\n{others}\n" if others else ""
    return f"{INTRODUCTION}\n{before}\n\n{HEAD}\n{rows}\n\n{tried}\n{missing}".rstrip() + "\n"


def main() -> int:
    """Run what was wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="only these")
    parser.add_argument("--all", action="store_true", help="every size, five times")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    wanted = parser.parse_args()
    unknown = set(wanted.names) - registered().keys()
    if unknown:
        known = ", ".join(registered())
        parser.error(f"no benchmark named {', '.join(sorted(unknown))}; there are: {known}")
    before = f"{machine()} Seed {wanted.seed}."
    sys.stdout.write(f"{before}\n{HEAD}\n")
    sys.stdout.flush()
    found = list(findings(wanted.names or registered(), Scope(wanted.all, wanted.seed)))
    if wanted.all and not wanted.names:
        PAGE.write_text(page(before, found), encoding="utf-8")
        sys.stdout.write(f"written: {PAGE}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
