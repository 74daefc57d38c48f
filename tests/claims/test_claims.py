"""Every sentence is a claim about the whole answer, and is true: see the docstring of ``claims``."""

import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path

import pytest

from choosebattles.errors import DoubtWarning
from choosebattles.workbook.reader import read_case
from claims import cases, conflict, frontier, plan, presented, silent, tables, told
from claims.sentences import Pattern, UnknownError, matched
from claims.world import Asked, World
from oracle.facts import read

NUMBER = int(os.environ.get("CLAIMS", "2"))
"""How many cases of each kind are tried."""

OF_A_PLAN = (plan, presented, conflict, silent)


@pytest.fixture
def asked(kind: str, number: int, tmp_path: Path) -> Asked:
    """Return a case, written and read by the house and by the oracle."""
    path = tmp_path / "case.xlsx"
    cases.write(kind, number, path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DoubtWarning)
        return Asked(path, read_case(path), read(path))


def patterns_of(*modules: object) -> list[Pattern]:
    return [pattern for module in modules for pattern in module.patterns.all]  # type: ignore[attr-defined]


def false_claims(world: World, patterns: Sequence[Pattern]) -> Iterator[str]:
    """Yield what is told and false, or has no claim."""
    for text, where in world.told.texts.items():
        try:
            for pattern, found in matched(text, patterns):
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
        typed = (str(asked.path), "--gap", "0")
        solved = told.run(tmp_path, "solve", *typed, files=("plan.docx",))
        found += false_claims(World(asked, solved), patterns_of(*OF_A_PLAN))
        more = ("--frontier", "--prices")
        reported = told.run(tmp_path, "report", *typed, *more, files=("plan.md", "slides.pptx"))
        found += false_claims(World(asked, reported), patterns_of(*OF_A_PLAN, frontier))
    assert not found, "\n".join(found)
