"""Run the benchmarks: ``make bench``, ``make bench FAST=1``, ``make bench ONLY=resolves``.

A benchmark is a module of this folder with a function ``measure(*, fast)`` that yields findings.
A whole run takes about ten minutes and writes ``docs/performance.md``; any other prints its rows.
"""

import argparse
import importlib
import math
import os
import pkgutil
import platform
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import benchmarks
from benchmarks.finding import HEAD, Finding
from choosebattles import __version__

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"
TRIED = Path(__file__).with_name("tried.md")

ENOUGH = 600.0
"""Seconds of wall clock after which a whole run begins no other benchmark."""

LAST = ("tight", "budgets")
"""Benchmarks that a whole run begins after the others, for they take longest."""

INTRODUCTION = """# Performance

Written by `make bench`. All times are CPU seconds, child processes included, because wall clock
tells of the machine's other work too. What is compared is run in turn, case by case, on cases of
seeds that nothing was tuned on; `tests/benchmarks/generator.py` draws them. *Soft*: money can be
carried over and people are plenty. *Tight*: neither. *Small* is 30 investments of 3 options over 5
years, *medium* 150 over 8, *large* 600 over 10. Ratios are medians, with the least and the most.
"""


def registered() -> dict[str, Callable[..., Iterable[Finding]]]:
    """Return every benchmark of this folder, by its name."""
    found = {}
    for module in pkgutil.iter_modules(benchmarks.__path__):
        if module.name != "run":
            loaded = importlib.import_module(f"benchmarks.{module.name}")
            if hasattr(loaded, "measure"):
                found[module.name] = loaded.measure
    order = sorted(found, key=lambda name: LAST.index(name) if name in LAST else -1)
    return {name: found[name] for name in order}


def machine() -> str:
    """Return what ran it, in a sentence."""
    parts = [f"choosebattles {__version__}", f"Python {platform.python_version()}"]
    parts += [f"{each} {version(each)}" for each in ("PuLP", "highspy", "numpy")]
    system = f"{platform.system()} on {platform.machine()}, {os.cpu_count()} processors"
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return f"{', '.join(parts)}; {system}{load}; {datetime.now(UTC).date()}."


def findings(names: Iterable[str], *, fast: bool, enough: float) -> Iterator[Finding]:
    """Run benchmarks one after the other, telling each finding as it comes."""
    known = registered()
    start = time.perf_counter()
    for name in names:
        began = time.perf_counter()
        if began - start > enough:
            late = f"the whole run had taken {(began - start) / 60:.0f} minutes already"
            yield Finding.missing(f"all of `make bench ONLY={name}`", "-", "-", late)
            continue
        for each in known[name](fast=fast):
            sys.stdout.write(f"{each.row()}\n")
            sys.stdout.flush()
            yield each
        sys.stderr.write(f"{name}: {time.perf_counter() - began:.0f} s of wall clock\n")


def page(before: str, found: Iterable[Finding]) -> str:
    """Return the page of a whole run."""
    every = list(found)
    rows = "\n".join(each.row() for each in every if each.measured)
    others = "\n".join(each.row() for each in every if not each.measured)
    tried = TRIED.read_text(encoding="utf-8")
    missing = f"## Not measured\n\n{others}\n" if others else ""
    return f"{INTRODUCTION}\n{before}\n\n{HEAD}\n{rows}\n\n{tried}\n{missing}".rstrip() + "\n"


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="only these")
    parser.add_argument("--fast", action="store_true", help="fewer cases, for a quick look")
    asked = parser.parse_args()
    unknown = set(asked.names) - registered().keys()
    if unknown:
        known = ", ".join(registered())
        parser.error(f"no benchmark named {', '.join(sorted(unknown))}; there are: {known}")
    before = machine()
    sys.stdout.write(f"{HEAD}\n")
    enough = math.inf if asked.names else ENOUGH
    found = list(findings(asked.names or registered(), fast=asked.fast, enough=enough))
    if not asked.names and not asked.fast:
        PAGE.write_text(page(before, found), encoding="utf-8")
        sys.stdout.write(f"written: {PAGE}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
