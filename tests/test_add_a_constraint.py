"""docs/add-a-constraint.md, carried out on a copy of the project."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "add-a-constraint.md").read_text("utf-8")
STEP = re.compile(r"(?:(In|New file) `([^`]+)`:\n\n)?```(diff|python)\n(.*?)```\n", re.DOTALL)


def edited(text: str, diff: str) -> str:
    """Return a text with a change made where its unchanged lines stand, once."""
    lines = diff.splitlines()
    before = "\n".join(line[1:] for line in lines if line.startswith(" "))
    after = "\n".join(line[1:] for line in lines)
    assert text.count(before) == 1, before
    return text.replace(before, after)


def carry_out(root: Path) -> None:
    """Do what the page says, in the order in which it says so."""
    file = ""
    for _how, named, kind, block in STEP.findall(PAGE):
        file = named or file
        path = root / file
        if kind == "python":
            path.write_text(block, "utf-8")
        else:
            path.write_text(edited(path.read_text("utf-8"), block), "utf-8")


def test_the_page_can_be_carried_out(tmp_path: Path) -> None:
    for folder in ("src", "tests"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=ignored)
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "models", tmp_path / "models")

    carry_out(tmp_path)

    listed = "test_a_unit_is_listed_says_its_mathematics_and_is_tested[constraints.apart]"
    wanted = (
        "tests/constraints/test_apart.py",
        f"tests/test_completeness.py::{listed}",
        "tests/test_rules_and_metrics.py",
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "src")}
    environment.pop("PYTEST_ADDOPTS", None)
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--no-header", *wanted],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert re.search(r"^\d+ passed", told.stdout, re.MULTILINE), told.stdout
