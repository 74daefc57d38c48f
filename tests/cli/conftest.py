"""Runs commands: most in this process, a few as a user would."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pytest
from typer.testing import CliRunner

import choosebattles
from choosebattles.cli import app_for
from workbook.sheets import sheets, write

SOURCES = Path(choosebattles.__file__).parents[1]

Run = Callable[..., Any]
"""Runs a command; what comes back has exit_code, stdout, stderr and output."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder, and work in it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def small(here: Path) -> Path:
    """Return a small good workbook: CLOUD costs 60, CSIRT 40, the fund holds 100."""
    return write(here / "small.xlsx", sheets())


@pytest.fixture
def bad(here: Path) -> Path:
    """Return a workbook with a fund that holds less than nothing."""
    return write(here / "bad.xlsx", sheets(Funds=[{"Fund": "STATE", 2027: -5}]))


@pytest.fixture
def run() -> Run:
    """Return what runs a command in this process: ``run("check", path)``."""

    def run(*arguments: object) -> Any:
        typed = [str(argument) for argument in arguments]
        return CliRunner().invoke(app_for(typed), typed, prog_name="choosebattles")

    return run


def started(
    *arguments: object, folder: Path, stdout: int | IO[str] = subprocess.PIPE, libraries: str = ""
) -> subprocess.Popen[str]:
    """Start a command as a user does, in a process of its own; ``libraries`` come first."""
    path = os.pathsep.join(filter(None, (libraries, str(SOURCES))))
    return subprocess.Popen(
        [sys.executable, "-m", "choosebattles", *map(str, arguments)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
        stdout=stdout,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
