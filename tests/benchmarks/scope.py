"""How much a run measures, and the seeds that it draws."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.generator import generate
from choosebattles.workbook.template import write_case

INPUTS = Path(__file__).parents[2] / "inputs"
COUNTRY = INPUTS / "albania.xlsx"
COUNTRIES = tuple(sorted(INPUTS.glob("*.xlsx")))


@dataclass(frozen=True)
class Scope:
    """A run: everything or a part of it, and the number from which its seeds are drawn."""

    everything: bool
    seed: int

    @property
    def turns(self) -> int:
        """How many times each command is run."""
        return 5 if self.everything else 1

    def seeds(self, name: str, number: int) -> list[int]:
        """Draw the seeds of a benchmark: others for each run, the same for the same run."""
        return Random(f"{self.seed} {name}").sample(range(10_000, 100_000), number)


@contextmanager
def workbook(size: str, seed: int, *, tight: bool = False) -> Iterator[Path]:
    """Write a random case as a workbook, for as long as it is needed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{size}-{seed}.xlsx"
        write_case(generate(size, seed, tight=tight), path)
        yield path
