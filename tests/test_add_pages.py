"""The pages on adding a constraint, an output and an answer, carried out on a copy of the project."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STEP = re.compile(r"(?:(In|New file) `([^`]+)`:\n\n)?```(diff|python)\n(.*?)```\n", re.DOTALL)


def edited(text: str, diff: str) -> str:
    """Return a text with a change made where its unchanged lines stand, once."""
    lines = diff.splitlines()
    before = "\n".join(line[1:] for line in lines if line.startswith(" "))
    after = "\n".join(line[1:] for line in lines)
    assert text.count(before) == 1, before
    return text.replace(before, after)


def carry_out(page: str, root: Path) -> None:
    """Do what a page says, in the order in which it says so."""
    file = ""
    for _how, named, kind, block in STEP.findall((ROOT / "docs" / page).read_text("utf-8")):
        file = named or file
        path = root / file
        if kind == "python":
            path.write_text(block, "utf-8")
        else:
            path.write_text(edited(path.read_text("utf-8"), block), "utf-8")


LISTED = "test_a_unit_is_listed_says_its_mathematics_and_is_tested[constraints.apart]"
TESTS = {
    "add-a-constraint.md": (
        "tests/constraints/test_apart.py",
        f"tests/test_completeness.py::{LISTED}",
        "tests/test_rules_and_metrics.py",
    ),
    "add-an-output.md": (
        "tests/report/test_plain_text.py",
        "tests/report/answers/test_means.py",
    ),
}


@pytest.mark.parametrize("page", TESTS)
def test_the_page_can_be_carried_out(tmp_path: Path, page: str) -> None:
    for folder in ("src", "tests"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=ignored)
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "models", tmp_path / "models")

    carry_out(page, tmp_path)

    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "src")}
    environment.pop("PYTEST_ADDOPTS", None)
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--no-header", *TESTS[page]],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert re.search(r"^\d+ passed", ended.stdout, re.MULTILINE), ended.stdout
