"""Whole commands and their peers, each in a process of its own, so that imports and reading count."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import choosebattles
from benchmarks.clock import Series, clocked

TESTS = Path(__file__).parents[1]
STOPPED = 4
"""What a command ends with that was stopped by the time it was given."""


@cache
def environment() -> Mapping[str, str]:
    """Return what every process is started with.

    Modules are compiled before the first one, as they are where the program is installed.
    """
    variables = os.environ | {"PYTHONPATH": str(TESTS)}
    variables.pop("PYTHONDONTWRITEBYTECODE", None)
    folders = (str(Path(choosebattles.__file__).parent), str(TESTS / "benchmarks"))
    subprocess.run((sys.executable, "-m", "compileall", "-q", *folders), env=variables, check=True)
    return variables


@dataclass(frozen=True)
class Command:
    """What is started, and in words what it is."""

    name: str
    words: tuple[str, ...]

    def run(self) -> str:
        """Run it in a process and a folder of its own and return what it prints."""
        with tempfile.TemporaryDirectory() as folder:
            ended = subprocess.run(
                self.words,
                cwd=folder,
                env=environment(),
                capture_output=True,
                text=True,
                check=False,
            )
        if ended.returncode not in (0, STOPPED):
            raise RuntimeError(
                f"{self.name} ended with {ended.returncode}:\n{ended.stderr[-2000:]}"
            )
        return ended.stdout


def product(*words: object) -> Command:
    """Return a command of the program, to be run in a process of its own."""
    return Command(
        "choosebattles", (sys.executable, "-m", "choosebattles", *(str(word) for word in words))
    )


def peer(*words: object) -> Command:
    """Return a peer of ``benchmarks.peers``, to be run in a process of its own."""
    return Command(
        str(words[0]), (sys.executable, "-m", "benchmarks.peers", *(str(word) for word in words))
    )


def in_turn(number: int, *commands: Command | Callable[[], object]) -> list[Series]:
    """Run commands in turn, A B C A B C, and return what each took."""
    taken = [Series() for _command in commands]
    for _turn in range(number):
        for series, command in zip(taken, commands, strict=True):
            with clocked() as spent:
                command.run() if isinstance(command, Command) else command()
            series.add(spent)
    return taken


def ratios(ours: Series, theirs: Series) -> list[float]:
    """Return how many times as long the peer took, turn by turn."""
    return [b / a for a, b in zip(ours.seconds, theirs.seconds, strict=True)]


def best_of(peers: Sequence[Series]) -> Series:
    """Return the peer that needs the least time, by the median."""
    return min(peers, key=lambda peer: peer.median)
