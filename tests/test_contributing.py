"""The first change goes as CONTRIBUTING tells it, and pages name files that there are."""

import inspect
import re
import shlex
from pathlib import Path

import pytest

from choosebattles.constraints.at_most import AtMost

ROOT = Path(__file__).parents[1]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
FILES = [
    f"/{path.relative_to(ROOT).as_posix()}"
    for folder in ("src", "tests", "docs", "models", "inputs", ".ci")
    for path in (ROOT / folder).rglob("*")
]
FILES += [f"/{path.name}" for path in ROOT.iterdir()]
FILE = re.compile(r"`((?:[\w.]+/)*[\w.]+\.(?:py|toml|txt|yml|js|md)|(?:[\w.]+/)+)`")
MADE = {"plan.toml", "plan.md", "choosebattles-demo/", "dist/"}
MADE |= {"src/choosebattles/constraints/apart.py", "tests/constraints/test_apart.py"}
MADE |= {"src/choosebattles/report/outputs/plain_text.py", "tests/report/test_plain_text.py"}
MADE |= {"src/choosebattles/report/answers/means.py", "tests/report/answers/test_means.py"}
MADE |= {"src/choosebattles/cli/means.py"}
"""What whoever reads these pages has, or makes."""


def commands() -> list[list[str]]:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [shlex.split(line) for block in blocks for line in block.splitlines()]


def test_every_command_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    programs = {typed[0] for typed in commands()}

    assert programs == {"make", "git", ".venv/bin/python"}
    for program, *typed in commands():
        if program == "make":
            assert re.search(rf"^{typed[0]}:", makefile, re.MULTILINE), typed
        for name in typed:
            assert "/" not in name or (ROOT / name).exists(), name


def test_the_mistake_that_it_asks_for_can_be_made() -> None:
    assert inspect.getsource(AtMost.rows).count("<=") == 1


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_that_a_page_names_are_there(page: Path) -> None:
    named = set(FILE.findall(page.read_text("utf-8"))) - MADE

    assert not [name for name in named if not any(is_called(path, name) for path in FILES)]


def is_called(path: str, name: str) -> bool:
    return path.endswith(f"/{name.removesuffix('/')}")
