"""The command as a user starts it: what it loads, how it ends."""

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from choosebattles.cli import COMMANDS
from cli.conftest import SOURCES, Run, started
from workbook.sheets import settings, sheets, write

HEAVY = ("pulp", "highspy", "openpyxl", "xlsxwriter", "numpy", "scipy", "pydantic")


def test_help_loads_nothing_heavy() -> None:
    asked = (
        "import sys; from choosebattles.cli import app_for\n"
        "try: app_for(['--help'])(['--help'], prog_name='choosebattles')\n"
        f"finally: print([each for each in {HEAVY!r} if each in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", asked],
        env={**os.environ, "PYTHONPATH": str(SOURCES)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert told.returncode == 0
    assert told.stdout.splitlines()[-1] == "[]"
    assert all(name in told.stdout for name in COMMANDS)


def test_every_command_has_help(run: Run) -> None:
    for name in COMMANDS:
        told = run(name, "--help")
        assert told.exit_code == 0, name
        assert "Exit codes: 0 " in told.stdout, name


def test_the_bare_command_shows_help(run: Run) -> None:
    assert "Commands:" in run().output


def test_a_misspelt_command_is_told(run: Run) -> None:
    told = run("chekc")

    assert told.exit_code == 2
    assert "Did you mean 'check'" in told.output


def test_version(run: Run) -> None:
    assert run("--version").stdout.startswith("choosebattles ")


def test_exit_codes_and_streams(bad: Path) -> None:
    process = started("solve", bad.name, "--json", "-", folder=bad.parent)
    out, err = process.communicate(timeout=60)

    assert process.returncode == 2
    assert json.loads(out)["errors"][0]["code"] == "CB-C08"
    assert err.startswith("bad.xlsx: 1 cell needs a correction")


def hard(path: Path) -> Path:
    """Write 60 investments, each worth what it costs, under six years' money: long to prove."""
    chance = random.Random(1)
    rows: list[dict[str, Any]] = []
    for number in range(60):
        costs = [chance.randint(20, 100) for _year in range(6)]
        worth = {
            f"Score: {each}": round(sum(costs) / 6 + chance.randint(-3, 3), 1)
            for each in ("autonomy", "resilience")
        }
        years = {f"Cost year {year}": cost for year, cost in enumerate(costs, start=1)}
        rows.append(
            {"Investment": f"I{number}", "Title": "x", "Latest start": 2027, **years, **worth}
        )
    fund = {
        2027 + year: sum(row[f"Cost year {year + 1}"] for row in rows) // 2 for year in range(6)
    }
    asked = sheets(Settings=settings(years=6), Funds=[{"Fund": "STATE", **fund}], Investments=rows)
    return write(path, asked)


@pytest.fixture
def solving(here: Path) -> subprocess.Popen[str]:
    """Return a long solve that has told of its progress for the first time."""
    process = started("solve", hard(here / "hard.xlsx").name, "--gap", "0", folder=here)
    assert process.stderr is not None
    first = process.stderr.readline()
    assert first.startswith("Best so far ")
    assert first.endswith("Ctrl-C keeps the plan.\n")
    return process


def test_ctrl_c_keeps_the_best_plan(solving: subprocess.Popen[str], here: Path) -> None:
    solving.send_signal(signal.SIGINT)
    out, err = solving.communicate(timeout=60)

    assert solving.returncode == 4
    assert "the best plan found takes" in out
    assert "Not proved, because it was stopped by hand" in out
    assert err.startswith("Stopping; the best plan so far is kept.")
    assert (here / "hard-results.xlsx").exists()


def test_a_second_ctrl_c_ends_at_once(solving: subprocess.Popen[str], here: Path) -> None:
    solving.send_signal(signal.SIGINT)
    assert solving.stderr is not None
    assert solving.stderr.readline().startswith("Stopping")
    solving.send_signal(signal.SIGINT)
    out, _err = solving.communicate(timeout=60)

    assert solving.returncode == 4
    assert out == ""
    assert not (here / "hard-results.xlsx").exists()


def test_the_time_limit_keeps_the_best_plan(here: Path) -> None:
    write_to = hard(here / "hard.xlsx").name
    process = started("solve", write_to, "--gap", "0", "--time-limit", "2s", folder=here)
    out, _err = process.communicate(timeout=60)

    assert process.returncode == 4
    assert "Not proved, because the time ran out" in out


def test_stopping_while_it_loads_is_told_in_words() -> None:
    asked = (
        "import importlib, sys\n"
        "from choosebattles import cli\n"
        "def stopped(*_told): raise KeyboardInterrupt\n"
        "cli.importlib.import_module = stopped\n"
        "sys.argv = ['choosebattles', 'solve', 'a.xlsx']\n"
        "cli.main()"
    )
    told = subprocess.run(
        [sys.executable, "-c", asked],
        env={**os.environ, "PYTHONPATH": str(SOURCES)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert (told.returncode, told.stdout) == (4, "")
    assert told.stderr == "Stopped by hand; nothing was written.\n"
