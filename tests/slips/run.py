"""Make every slip in a copy of the source, and see that a test turns red.

In the folder ``tests``, ``python -m slips.run`` runs all of them, two at a time; words name some:
``python -m slips.run carry-over tail``. ``--tenth`` runs a tenth of them, another one for each
commit. Ends with 1 where a slip is not seen. Slips of the live page need Chromium: where there is
none, their tests cannot start and they count as not seen, unless ``--no-browser`` leaves them out.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from slips.catalogue import SLIPS
from slips.slip import PACKAGE, Slip

ROOT = Path(__file__).parents[2]
COPIED = (
    "src",
    "tests",
    "pyproject.toml",
    "models",
    "inputs",
    "docs",
    "README.md",
    "constraints.txt",
)
TENTH = 10
RED = 1
"""What pytest ends with where a test is red; any other end is no verdict."""


@dataclass(frozen=True)
class Verdict:
    """What came of a slip: the first test that saw it, or what went wrong."""

    slip: Slip
    seen: bool
    by: str


@contextmanager
def made(slip: Slip, copy: Path) -> Iterator[None]:
    """Make the slip in a copy, and mend it."""
    file = copy / PACKAGE / slip.file
    whole = file.read_text(encoding="utf-8")
    assert whole.count(slip.right) == 1, f"{slip.name}: no longer stands once in {slip.file}"
    file.write_text(whole.replace(slip.right, slip.wrong), encoding="utf-8")
    try:
        yield
    finally:
        file.write_text(whole, encoding="utf-8")


def judge(slip: Slip, copy: Path) -> Verdict:
    """Run the tests that must see the slip until the first one does."""
    options = ["-B", "-m", "pytest", "-x", "-q", "--tb=no", "-p", "no:cacheprovider", "-m"]
    marked = "browser" if slip.in_browser else "not browser"
    with made(slip, copy):
        ended = subprocess.run(
            (sys.executable, *options, marked, *slip.seen_by.split()),
            cwd=copy,
            capture_output=True,
            text=True,
            check=False,
        )
    lines = ended.stdout.splitlines()
    red = [line.split(" - ")[0] for line in lines if line.startswith("FAILED")]
    seen = ended.returncode == RED and bool(red)
    return Verdict(
        slip, seen, red[0] if seen else f"NOT SEEN (pytest ended with {ended.returncode})"
    )


def judge_all(slips: Sequence[Slip], at_once: int) -> Iterator[Verdict]:
    """Judge slips, some at once, each worker in a copy of its own."""
    copies: SimpleQueue[Path] = SimpleQueue()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(at_once) as workers:
        for number in range(at_once):
            copies.put(_copied(Path(folder) / str(number)))

        def in_a_copy(slip: Slip) -> Verdict:
            copy = copies.get()
            try:
                return judge(slip, copy)
            finally:
                copies.put(copy)

        yield from workers.map(in_a_copy, slips)


def _copied(copy: Path) -> Path:
    copy.mkdir()
    for name in COPIED:
        there = ROOT / name
        if there.is_dir():
            shutil.copytree(there, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif there.exists():
            shutil.copy(there, copy / name)
    return copy


def _turn() -> int:
    """Whose turn it is: what the name of the commit gives when divided by ten."""
    head = subprocess.run(
        ("git", "rev-parse", "HEAD"), cwd=ROOT, capture_output=True, text=True, check=True
    )
    return int(head.stdout, 16) % TENTH


def main() -> int:
    """Judge the slips and print a table; 1 where one was not seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*", help="only slips whose name or file has such a word")
    parser.add_argument("--tenth", action="store_true", help="every tenth, from one named by HEAD")
    parser.add_argument("--no-browser", action="store_true", help="none of those of the live page")
    parser.add_argument("--at-once", type=int, default=2)
    chosen = parser.parse_args()
    slips = [
        slip
        for slip in SLIPS
        if not chosen.words or any(word in f"{slip.name} {slip.file}" for word in chosen.words)
        if not (chosen.no_browser and slip.in_browser)
    ]
    if chosen.tenth:
        slips = slips[_turn() :: TENTH]
    unseen = 0
    for verdict in judge_all(slips, chosen.at_once):
        unseen += not verdict.seen
        sys.stdout.write(f"{verdict.slip.file:28} {verdict.slip.name:58} {verdict.by}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{len(slips)} slips, {unseen} not seen\n")
    return 1 if unseen else 0


if __name__ == "__main__":
    sys.exit(main())
