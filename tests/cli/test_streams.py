"""Standard output: our own lines alone, and what is done where nobody or nothing takes them."""

import importlib
import inspect
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from choosebattles.cli import COMMANDS
from cli.conftest import SOURCES, started
from workbook.sheets import sheets, write

LOUD = """
import ctypes, os, sys

def shout():
    print("NOISE: from Python", flush=True)
    os.write(1, b"NOISE: to the descriptor\\n")
    ctypes.CDLL(None).printf(b"NOISE: from C, kept back by its library\\n")

shout()
sys.path.remove(os.path.dirname(os.path.dirname(__file__)))
del sys.modules["highspy"]
import highspy

class Highs(highspy.Highs):
    def __init__(self):
        shout()
        super().__init__()

    def run(self):
        shout()
        return super().run()

highspy.Highs = Highs
sys.modules["highspy"] = highspy
"""
"""A solver that prints in every way there is: when it is loaded, made and run, in any process."""

ARGUMENTS = {
    "demo": ("--example", "lesotho"),
    "new": ("new.xlsx",),
    "check": ("one.xlsx",),
    "solve": ("one.xlsx",),
    "frontier": ("one.xlsx",),
    "explain": ("one.xlsx",),
    "alternatives": ("one.xlsx",),
    "own": ("one.xlsx", "--plan", "CLOUD"),
    "sweep": ("one.xlsx", "--parameter", "fund.STATE=40,100", "--workers", "2"),
    "simulate": ("one.xlsx", "--draws", "65", "--spread", "score=10", "--workers", "2"),
    "robustness": ("one.xlsx", "--spread", "score=10", "--draws", "65", "--workers", "2"),
    "compare": ("one.xlsx", "two.xlsx"),
    "budget-path": ("one.xlsx",),
    "report": ("one.xlsx", "--html", "page.html"),
    "export": ("one.xlsx",),
    "explain-error": ("CB-C08",),
}

JSON = {
    name: ("--json",) if name == "check" else ("--json", "-")
    for name, (module, _summary) in COMMANDS.items()
    if "json" in inspect.signature(importlib.import_module(module).command).parameters
}


@pytest.fixture
def loud(here: Path) -> str:
    """Return a folder with a loud solver; where we work there are two workbooks."""
    write(here / "one.xlsx", sheets())
    write(here / "two.xlsx", sheets(Funds=[{"Fund": "STATE", 2027: 90}]))
    package = here / "loud" / "highspy"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(LOUD, encoding="utf-8")
    return str(package.parent)


def test_every_command_is_tried() -> None:
    assert set(ARGUMENTS) == set(COMMANDS)
    assert set(JSON) == set(COMMANDS) - {"demo", "new", "report", "export"}


@pytest.mark.parametrize("name", JSON)
def test_json_stands_alone_on_standard_output(name: str, loud: str, here: Path) -> None:
    process = started(name, *ARGUMENTS[name], *JSON[name], folder=here, libraries=loud)
    out, err = process.communicate()

    assert process.returncode == 0, err
    assert isinstance(json.loads(out), dict)
    assert ("NOISE" in err) == (name not in {"check", "explain-error"})


def test_json_stands_alone_where_a_cluster_works(loud: str, here: Path) -> None:
    arguments = ("one.xlsx", "--parameter", "fund.STATE=40,100", "--cluster", "local")
    process = started(
        "sweep", *arguments, "--workers", "2", "--json", "-", folder=here, libraries=loud
    )
    out, err = process.communicate()

    assert process.returncode == 0, err
    assert isinstance(json.loads(out), dict)


@pytest.mark.broad
@pytest.mark.parametrize("name", ARGUMENTS)
def test_sentences_stand_alone_on_standard_output(name: str, loud: str, here: Path) -> None:
    process = started(name, *ARGUMENTS[name], folder=here, libraries=loud)
    out, err = process.communicate()

    assert process.returncode == 0, err
    assert out
    assert "NOISE" not in out


def test_nothing_is_printed_from_python(small: Path) -> None:
    # Workers too. A line of the caller's own, in whatever way it is printed, stays.
    asked = (
        "import os\n"
        "from decimal import Decimal\n"
        "from choosebattles import Axis, StudyOptions, SweepPlan, read_case, solve, sweep\n"
        "if __name__ == '__main__':\n"
        "    print('before', flush=True)\n"
        f"    case = read_case({small.name!r})\n"
        "    solve(case)\n"
        "    axis = Axis('fund.STATE', values=(Decimal(40), Decimal(100)))\n"
        "    sweep(case, SweepPlan((axis,)), StudyOptions(workers=2))\n"
        "    os.write(1, b'after\\n')\n"
    )
    script = small.with_name("asked.py")
    script.write_text(asked, encoding="utf-8")
    told = subprocess.run(
        [sys.executable, script.name],
        cwd=small.parent,
        env={**os.environ, "PYTHONPATH": str(SOURCES)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert (told.stdout, told.stderr) == ("before\nafter\n", "")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("solve", "one.xlsx", "--json", "-"), 0),
        (("solve", "poor.xlsx"), 3),
        (("--help",), 0),
    ],
)
def test_a_closed_pipe_is_no_error(arguments: tuple[str, ...], code: int, here: Path) -> None:
    write(here / "one.xlsx", sheets())
    write(here / "poor.xlsx", sheets(Limits=[{"Metric": "cost", "Minimum": 101}]))
    reading, writing = os.pipe()
    os.close(reading)
    process = started(*arguments, folder=here, stdout=writing)
    os.close(writing)
    _out, err = process.communicate()

    assert process.returncode == code, err
    assert "Error" not in err
    assert "CB-O" not in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("solve", "one.xlsx"),
        ("solve", "absent.xlsx", "--json", "-"),
        ("--help",),
    ],
)
def test_a_full_disk_is_told(arguments: tuple[str, ...], here: Path) -> None:
    write(here / "one.xlsx", sheets())
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        process = started(*arguments, folder=here, stdout=full)
        _out, err = process.communicate()

    assert process.returncode == 2
    assert err.endswith(
        "CB-O04 Standard output cannot be written: the disk is full. "
        "Print to the screen, or send it to a file on another disk.\n"
    )


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&- <&-"])
def test_closed_streams_are_no_error(closed: str, loud: str, here: Path) -> None:
    # A file of ours that took the place of a closed stream would get what libraries print.
    command = f"'{sys.executable}' -m choosebattles solve one.xlsx {closed}"
    told = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=here,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((loud, str(SOURCES)))},
        capture_output=True,
        check=False,
    )

    assert told.returncode == 0, told.stderr
    assert b"NOISE" not in told.stdout
    assert b"NOISE" not in (here / "one.xlsx").read_bytes()
    assert b"NOISE" not in (here / "one-results.xlsx").read_bytes()
