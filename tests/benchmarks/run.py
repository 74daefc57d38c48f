"""Run the benchmarks: ``make bench``, ``make bench FAST=1``, ``make bench ONLY=resolves``.

A benchmark is a module of this folder with a function ``measure(*, fast)`` that yields findings.
A whole run writes ``docs/performance.md``; any other prints its rows.
"""

import argparse
import importlib
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
    return found


def machine() -> str:
    """Return what ran it, in a sentence."""
    parts = [f"choosebattles {__version__}", f"Python {platform.python_version()}"]
    parts += [f"{each} {version(each)}" for each in ("PuLP", "highspy", "numpy")]
    system = f"{platform.system()} on {platform.machine()}, {os.cpu_count()} processors"
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return f"{', '.join(parts)}; {system}{load}; {datetime.now(UTC).date()}."


def findings(names: Iterable[str], *, fast: bool) -> Iterator[Finding]:
    """Run benchmarks one after the other, telling each finding as it comes."""
    known = registered()
    for name in names:
        began = time.perf_counter()
        for each in known[name](fast=fast):
            sys.stdout.write(f"{each.row()}\n")
            sys.stdout.flush()
            yield each
        sys.stderr.write(f"{name}: {time.perf_counter() - began:.0f} s of wall clock\n")


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
    found = list(findings(asked.names or registered(), fast=asked.fast))
    if not asked.names and not asked.fast:
        rows = "\n".join([HEAD, *(each.row() for each in found)])
        page = f"{INTRODUCTION}\n{before}\n\n{rows}\n\n{TRIED.read_text(encoding='utf-8')}"
        PAGE.write_text(page, encoding="utf-8")
        sys.stdout.write(f"written: {PAGE}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
