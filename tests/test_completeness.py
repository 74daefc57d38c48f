"""Nothing is left out: units in their tables, mathematics in units, everything in the docs."""

import importlib
import inspect
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

import choosebattles
from choosebattles.cli import COMMANDS, app_for
from choosebattles.error_codes import CODES
from choosebattles.workbook.layout import SHEETS
from choosebattles.workbook.settings import SETTINGS

PACKAGE = Path(choosebattles.__file__).parent
ROOT = Path(__file__).parents[1]
UNITS = sorted(
    file
    for folder in ("constraints", "objectives")
    for file in (PACKAGE / folder).glob("*.py")
    if file.stem != "__init__"
)


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text("utf-8")


@pytest.mark.parametrize("file", UNITS, ids=lambda file: f"{file.parent.name}.{file.stem}")
def test_a_unit_is_listed_says_its_mathematics_and_is_tested(file: Path) -> None:
    module = importlib.import_module(f"choosebattles.{file.parent.name}.{file.stem}")
    wanted = "rows" if file.parent.name == "constraints" else "worth"
    own: list[Any] = [
        each
        for _name, each in inspect.getmembers(module, inspect.isclass)
        if each.__module__ == module.__name__ and hasattr(each, wanted)
    ]

    assert own, f"{file} has no unit"
    table = (file.parent / "__init__.py").read_text("utf-8")
    for each in own:
        assert table.count(each.__name__) > 1, f"{each.__name__} is not listed"
        assert ".. math::" in (each.__doc__ or ""), f"{each.__name__} states no mathematics"
        assert each.reads, f"{each.__name__} does not say what it reads"
    tests = ROOT / "tests" / file.parent.name / f"test_{file.stem}.py"
    assert tests.exists(), f"{tests} is missing"


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_and_its_options_are_in_the_docs(name: str) -> None:
    text = page("cli.md")
    group = get_command(app_for([name]))
    command = group.commands[name]  # type: ignore[attr-defined]

    assert f"## {name}\n" in text
    section = text.split(f"## {name}\n")[1].split("\n## ")[0]
    for option in command.params:
        for typed in option.opts:
            if typed.startswith("--"):
                assert f"`{typed}" in section, f"{typed} of {name}"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_sheet_and_its_columns_are_in_the_docs(sheet: object) -> None:
    text = page("workbook.md")
    name, columns = sheet.name, sheet.columns  # type: ignore[attr-defined]

    assert f"## {name}\n" in text
    section = text.split(f"## {name}\n")[1].split("\n## ")[0]
    for column in columns:
        assert column.help in section, f"{name}: {column.header}"


def test_every_setting_is_in_the_docs() -> None:
    text = page("workbook.md")
    for setting in SETTINGS:
        assert f"| {setting.label} |" in text


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_in_the_docs(code: str) -> None:
    assert f"### {code} " in page("errors.md")
