"""The README's commands and the code of docs/python.md work as they stand."""

import importlib.util
import re
import shlex
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from choosebattles.cli import COMMANDS
from choosebattles.shipped_files import shipped
from cli.conftest import Run
from workbook.sheets import settings, sheets, write

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)

pytest_plugins = ("cli.conftest",)


def blocks(text: str, language: str) -> list[str]:
    return [block for kind, block in BLOCK.findall(text) if kind == language]


def commands(*names: str) -> list[list[str]]:
    lines = [
        line.partition("#")[0] for block in blocks(README, "sh") for line in block.splitlines()
    ]
    typed = [shlex.split(line) for line in lines if line.strip()]
    return [words for words in typed if words[0] in names]


def test_every_command_is_one_of_ours() -> None:
    lines = [line for block in blocks(README, "sh") for line in block.splitlines()]

    assert len(commands("choosebattles", "make")) == len(lines)


def test_what_make_is_asked_for_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    asked = [words[1] for words in commands("make")]

    assert asked == ["demo", "test"]
    for target in asked:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
    assert "choosebattles demo" in makefile
    assert "-m pytest" in makefile


def test_windows_is_told_the_same() -> None:
    (block,) = blocks(README, "bat")

    assert [line.split()[0] for line in block.splitlines()] == [
        "py",
        r".venv\Scripts\python",
        r".venv\Scripts\choosebattles",
        r".venv\Scripts\python",
    ]
    assert r".venv\Scripts\choosebattles demo" in block


def test_the_first_workbook_goes_as_told(run: Run, here: Path) -> None:
    typed = [words[1:] for words in commands("choosebattles")]
    assert [words[0] for words in typed] == ["new", "check", "solve", "solve"]

    made, *others = typed
    assert run(*made).exit_code == 0
    assert (here / "mine.xlsx").exists()
    years = {2027 + year: 100 for year in range(5)}
    funds: list[dict[Any, Any]] = [{"Fund": "STATE", **years}]
    write(here / "mine.xlsx", sheets(Settings=settings(years=5), Funds=funds))
    for words in others:
        told = run(*words)
        assert told.exit_code == 0, told.output
    assert {file.name for file in here.iterdir()} == {
        "mine.xlsx",
        "mine-results.xlsx",
        "less.xlsx",
    }


def test_the_python_page_runs_as_it_stands(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(here / "mine.xlsx", sheets())
    write(here / "bad.xlsx", sheets(Funds=[{"Fund": "STATE", 2027: -5}]))
    code = blocks((ROOT / "docs" / "python.md").read_text("utf-8"), "python")

    exec(compile("\n".join(code), "docs/python.md", "exec"), {})

    told = capsys.readouterr().out
    assert "optimal True" in told
    assert "CB-C08 Funds B2" in told
    assert (here / "results.xlsx").exists()


def test_the_example_of_the_readme_is_shipped() -> None:
    assert (shipped("inputs") / "albania.xlsx").exists()
    assert set(COMMANDS) >= {"demo", "new", "check", "solve"}


def generator() -> ModuleType:
    path = ROOT / "docs" / "generate.py"
    spec = importlib.util.spec_from_file_location("generate", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["workbook.md", "numbers.md", "errors.md"])
def test_pages_made_from_the_code_are_current(name: str) -> None:
    """`make docs` writes them anew."""
    made = generator().PAGES[name]()

    assert (ROOT / "docs" / name).read_text("utf-8") == made
