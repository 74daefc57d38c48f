"""Tolerances stand in one file, each with its reason."""

import ast
from fractions import Fraction
from pathlib import Path

import pytest

from choosebattles.solving import tolerances

PACKAGE = Path(tolerances.__file__).parents[1]
SOLVED = ("formulation", "solving", "frontier", "explain", "uncertainty")
FILES = [file for folder in SOLVED for file in sorted((PACKAGE / folder).rglob("*.py"))]
OWN = Path(tolerances.__file__)

LEAST = 5e-4
"""Below the half thousandths and gaps that are meant as they stand; above every tolerance but one."""


def declared() -> dict[str, ast.Expr | None]:
    """Return every constant of the file, with the sentence after it."""
    body = ast.parse(OWN.read_text("utf-8")).body
    found: dict[str, ast.Expr | None] = {}
    for node, after in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, ast.Assign):
            assert isinstance(node.targets[0], ast.Name)
            found[node.targets[0].id] = after if isinstance(after, ast.Expr) else None
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_no_tolerance_stands_elsewhere(file: Path) -> None:
    if file == OWN:
        return
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            assert not 0 < node.value < LEAST, f"{file}:{node.lineno}"


def test_each_has_a_reason_and_a_use() -> None:
    elsewhere = "".join(file.read_text("utf-8") for file in FILES if file != OWN)
    own = OWN.read_text("utf-8")

    for name, reason in declared().items():
        assert reason is not None, name
        assert name in elsewhere or own.count(name) > 1, name


def test_each_is_below_what_the_next_one_lets_pass() -> None:
    """HiGHS keeps rows closer than a bound is raised, and a proof lets pass more than both."""
    t = tolerances

    assert t.FEASIBILITY < t.BOUND_ROOM < t.SAME < t.PROOF < t.TWICE_PROOF < t.ONE_NUMBER
    assert Fraction(1, 10**6) > t.KNOWN_PLAN
    assert t.TWICE_PROOF == 2e-6
