"""The command as a user starts it: what it loads, how it ends."""

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import highspy
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
    assert "CB-R05 chekc: " in told.output
    assert "Did you mean check?" in told.output


def test_version(run: Run) -> None:
    assert run("--version").stdout.startswith("choosebattles ")


def test_exit_codes_and_streams(bad: Path) -> None:
    process = started("solve", bad.name, "--json", "-", folder=bad.parent)
    out, err = process.communicate()

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


def said(process: subprocess.Popen[str], *starts: str) -> str:
    """Wait for a line on standard error that starts like that, and return it."""
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith(starts):
            return line
    pytest.fail("it ended without a word")


def test_ctrl_c_keeps_the_best_plan(here: Path) -> None:
    process = started("solve", hard(here / "hard.xlsx").name, "--gap", "0", folder=here)
    line = said(process, *(f"Best so far {digit}" for digit in "123456789"))
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()

    assert line.endswith("Ctrl-C keeps the plan.\n")
    assert process.returncode == 4
    assert "the best plan found takes" in out
    assert "Not proved, because it was stopped by hand" in out
    assert "Stopping; the best plan so far is kept." in err
    assert (here / "hard-results.xlsx").exists()


DEAF = """
import os, sys, threading
here = os.path.dirname(os.path.dirname(__file__))
sys.path.remove(here)
del sys.modules["highspy"]
import highspy

class Highs(highspy.Highs):
    def run(self):
        if threading.current_thread() is threading.main_thread():
            return super().run()
        print("Searching", file=sys.stderr, flush=True)
        threading.Event().wait()

highspy.Highs = Highs
sys.modules["highspy"] = highspy
"""
"""A solver whose searches never end, and hear of no interrupt."""


def test_a_second_ctrl_c_ends_at_once(small: Path) -> None:
    package = small.parent / "deaf" / "highspy"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(DEAF, encoding="utf-8")
    process = started("solve", small.name, folder=small.parent, libraries=str(package.parent))
    said(process, "Searching")
    process.send_signal(signal.SIGINT)
    said(process, "Stopping; the best plan so far is kept. Ctrl-C again ends at once.")
    process.send_signal(signal.SIGINT)
    out, _err = process.communicate()

    assert process.returncode == 4
    assert out == ""
    assert not (small.parent / "small-results.xlsx").exists()


class Brief(highspy.Highs):  # type: ignore[misc] # the library has no types
    """A solver for which the time is over as soon as it has a plan."""

    def run(self) -> Any:
        self.setOptionValue("mip_max_improving_sols", 1)
        return super().run()

    def getModelStatus(self) -> Any:
        status = super().getModelStatus()
        over = status == highspy.HighsModelStatus.kSolutionLimit
        return highspy.HighsModelStatus.kTimeLimit if over else status


def test_the_time_limit_keeps_the_best_plan(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(highspy, "Highs", Brief)
    told = run("solve", hard(here / "hard.xlsx").name, "--gap", "0", "--time-limit", "1h")

    assert told.exit_code == 4
    assert "Not proved, because the time ran out" in told.stdout
    assert "the best plan found takes" in told.stdout
    assert (here / "hard-results.xlsx").exists()


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
