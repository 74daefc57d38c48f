"""Every sentence is a claim about the whole answer, and is true: see the docstring of ``claims``."""

import os
import warnings
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from choosebattles.errors import DoubtWarning
from choosebattles.workbook.reader import read_case
from claims import (
    alternatives,
    cases,
    conflict,
    frontier,
    own,
    plan,
    presented,
    silent,
    tables,
    told,
)
from claims.sentences import UnknownError, matched
from claims.world import Asked, World
from oracle.facts import read

NUMBER = int(os.environ.get("CLAIMS", "2"))
"""How many cases of each kind are tried."""

EVERY = [
    pattern
    for module in (alternatives, conflict, frontier, own, plan, presented, silent)
    for pattern in module.patterns.all
]
"""All patterns: a sentence matches exactly one of them, whichever command tells it."""


OF_EVERY_CASE = (
    ("solve", ("--gap", "0"), ("plan.docx",)),
    ("report", ("--gap", "0", "--frontier", "--prices"), ("plan.md", "slides.pptx")),
)
"""What is run on every case: the command, its options, and the files of it that are read."""
IN_TURN = (
    (("own", (), ("own.md",)),),
    (("frontier", (), ("points.md",)), ("alternatives", ("--count", "3"), ("rivals.md",))),
)
"""What is run on one case after the other, besides."""


@pytest.fixture
def asked(kind: str, number: int, tmp_path: Path) -> Asked:
    """Return a case, written and read by the house and by the oracle."""
    path = tmp_path / "case.xlsx"
    cases.write(kind, number, path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DoubtWarning)
        return Asked(path, read_case(path), read(path))


def false_claims(world: World) -> Iterator[str]:
    """Yield what is told and false, or has no claim."""
    for text, where in world.told.texts.items():
        try:
            for pattern, found in matched(text, EVERY):
                pattern.test(world, found)
        except UnknownError as unknown:
            yield f"{where}: {unknown}"
        except Exception as error:  # noqa: BLE001 - whatever a claim stumbles over, it does not hold
            yield f"{where}: {text!r} is false: {error!r}"
    for grid in world.told.grids:
        try:
            tables.test(world, grid)
        except Exception as error:  # noqa: BLE001
            yield f"{grid.where}: the table {grid} is false: {error!r}"


@pytest.mark.parametrize("number", range(NUMBER))
@pytest.mark.parametrize("kind", cases.KINDS)
def test_what_is_said_is_true(asked: Asked, kind: str, number: int, tmp_path: Path) -> None:
    found: list[str] = []
    with told.unfinished(number) if kind == "unfinished" else nullcontext():
        for command, options, files in (*OF_EVERY_CASE, *IN_TURN[number % len(IN_TURN)]):
            told_ = told.run(tmp_path, command, str(asked.path), *options, files=files)
            found += (f"{command}, {text}" for text in false_claims(World(asked, told_)))
    assert not found, "\n".join(found)
