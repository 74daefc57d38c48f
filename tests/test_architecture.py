"""What the layers of pyproject.toml cannot say: no hidden imports, and who knows which package."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import choosebattles
from choosebattles.cli import COMMANDS

PACKAGE = Path(choosebattles.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))

KNOWN_TO = {
    "pulp": ("formulation", "solving"),
    "highspy": ("solving",),
    "openpyxl": ("workbook", "report"),
    "xlsxwriter": ("workbook", "report"),
    "pptx": ("report",),
    "docx": ("report",),
    "typer": ("cli",),
}
"""Which folders may import a package; no others may."""

TABLES = ("report/outputs/files.py", "optional_libraries.py", "__init__.py", "cli/__init__.py")
"""The two tables from name to module, which load on demand."""


def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"), str(file))


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [name.name for name in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_nothing_is_imported_in_secret(file: Path) -> None:
    """No import inside a function, none behind a condition, none by name but in tables."""
    module = tree(file)
    at_the_top = {id(each) for each in module.body}
    for node in ast.walk(module):
        hidden = isinstance(node, ast.Import | ast.ImportFrom) and id(node) not in at_the_top
        assert not hidden, f"{file}:{getattr(node, 'lineno', 0)}"
        named = isinstance(node, ast.Name) and node.id in ("TYPE_CHECKING", "__import__")
        assert not named, f"{file}:{getattr(node, 'lineno', 0)}"
        if file.relative_to(PACKAGE).as_posix() not in TABLES:
            assert "importlib" not in imported(node), f"{file}:{getattr(node, 'lineno', 0)}"


@pytest.mark.parametrize(("package", "folders"), KNOWN_TO.items())
def test_a_package_is_known_where_it_belongs(package: str, folders: tuple[str, ...]) -> None:
    for file in FILES:
        names = [name for node in ast.walk(tree(file)) for name in imported(node)]
        if any(name.partition(".")[0] == package for name in names):
            assert file.relative_to(PACKAGE).parts[0] in folders, file


def test_the_audit_loads_no_solver() -> None:
    asked = (
        "import sys, choosebattles.audit.recount\n"
        "assert not {'pulp', 'highspy', 'numpy', 'scipy'} & set(sys.modules)"
    )
    subprocess.run(
        [sys.executable, "-c", asked],
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
        check=True,
    )


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_no_command_waits_for_libraries_that_few_questions_need(command: str) -> None:
    # They take longer to load than all else of a command together.
    slow = {"scipy.stats", "scipy.optimize", "pandas", "polars", "pptx", "docx", "distributed"}
    module, _summary = COMMANDS[command]
    asked = f"import sys, {module}\nassert not {slow} & set(sys.modules), {slow} & set(sys.modules)"
    subprocess.run(
        [sys.executable, "-c", asked],
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
        check=True,
    )


def test_every_public_name_is_there() -> None:
    for name in choosebattles.__all__:
        assert getattr(choosebattles, name).__doc__, name
    assert set(choosebattles.__all__) < set(dir(choosebattles))


def test_no_other_name_is_public() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = getattr(choosebattles, "nothing")  # noqa: B009


def test_type_checkers_see_the_public_names() -> None:
    told = (PACKAGE / "__init__.pyi").read_text("utf-8")

    for name, module in choosebattles.PUBLIC.items():
        assert f"from {module} import {name} as {name}\n" in told


def test_a_class_name_stands_once() -> None:
    places: dict[str, list[str]] = {}
    for file in FILES:
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name, []).append(file.relative_to(PACKAGE).as_posix())

    assert {name: files for name, files in places.items() if len(files) > 1} == {}
