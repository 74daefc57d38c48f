"""Nonsense after any option of any command: told with a code and the option, before any search."""

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from choosebattles.cli import COMMANDS, app_for
from choosebattles.cli.output_paths import READ, WRITTEN
from choosebattles.cli.print_lines import typed
from cli.conftest import Run
from workbook.sheets import sheets, write

NONSENSE = ("=;!", "\udce4", "1e999999999")

FREE = {"cluster"}
"""Options that take any text: the network tells what is wrong with it."""

FIRST = {
    "sweep": ["--parameter", "budget=80%,90%"],
    "report": ["--md", "plan.md"],
    "robustness": ["--draws", "8"],
    "own": ["--plan", "CLOUD"],
    "simulate": ["--spread", "cost=10%"],
}
"""What a command needs besides its files."""


def options() -> Iterator[tuple[str, str, str]]:
    """Every option of every command that takes a value: command, name in code, as typed."""
    for command in COMMANDS:
        group: Any = typer.main.get_command(app_for([command]))
        for param in group.commands[command].params:
            names = [name for name in param.opts if name.startswith("--")]
            if names and not getattr(param, "is_flag", False) and param.name != "help":
                yield command, param.name, names[-1]


@pytest.mark.parametrize("nonsense", NONSENSE)
@pytest.mark.parametrize(("command", "name", "option"), list(options()))
def test_nonsense_is_refused_by_the_option_that_it_stands_after(
    run: Run,
    small: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    name: str,
    option: str,
    nonsense: str,
) -> None:
    if name in FREE or (name in WRITTEN and nonsense != "\udce4"):
        return  # whatever may be written has tests of its own
    several: dict[str, list[object]] = {
        "new": ["mine.xlsx"],
        "demo": [],
        "compare": [small, small],
    }
    files = several.get(command, [small])
    first = FIRST.get(command, [])
    first = [] if option in first else first
    monkeypatch.setattr("choosebattles.solving.highs_model.HighsModel.__init__", searched)

    ended = run(command, *files, *first, f"{option}={nonsense}")

    assert ended.exit_code == 2, ended.output
    assert "CB-" in ended.output
    assert (nonsense if name in READ and nonsense != "\udce4" else option) in ended.output
    assert "Traceback" not in ended.output


def searched(*_arguments: object) -> None:
    """Whatever is searched before it is known what was typed."""
    raise AssertionError


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["simulate", "--draws", "abc"], "CB-R04 --draws: found abc; expected a whole number."),
        (["simulate", "--inputs=-3"], "CB-R04 --inputs: found -3; expected a whole number, 0 or more"),
        (["simulate", "--drws", "3"], "CB-R05 --drws: found no such option"),
        (["simulate"], "CB-R04 FILE: found nothing; expected a value"),
        (["solve", "small.xlsx", "--time-limit"], "CB-R04 --time-limit: found nothing after it"),
        (["slove"], "CB-R05 slove"),
        (["new", "a.xlsx", "b.xlsx"], "CB-R05 b.xlsx"),
        (["--slove"], "CB-R05 --slove"),
        (["sweep", "small.xlsx", "--per-solve", "x"], "CB-R04 --per-solve: found x"),
        (["simulate", "small.xlsx", "--least-regret", "x"], "CB-R04 --least-regret: found x"),
        (["frontier", "small.xlsx", "--by", "autonmy"], "Did you mean autonomy?"),
        (["sweep", "small.xlsx", "--parameter", "fnd=1,2"], "CB-R02 --parameter fnd"),
        (["solve", "small.xlsx", "--set", "fnd=1"], "CB-R02 --set fnd"),
        (
            ["solve", "small.xlsx", "--set", "fund.STATE=50", "--set", "fund.STATE=60"],
            "CB-R04 --set: found fund.STATE=60; expected one number for fund.STATE",
        ),
        (
            ["sweep", "small.xlsx", "--parameter", "fund.STATE=1,2", "--design=sobol", "--points=0"],
            "CB-R21 --points: found 0",
        ),
        (["solve", "."], "CB-F22 .: found a folder"),
    ],
)  # fmt: skip
def test_what_cannot_be_parsed_is_told_as_every_fault(
    run: Run, small: Path, words: list[str], told: str
) -> None:
    assert small.exists()

    ended = run(*words)

    assert (ended.exit_code, told in ended.stderr) == (2, True), ended.output


def test_a_misspelt_objective_is_told_once(run: Run, small: Path) -> None:
    ended = run("frontier", small, "--by", "autonmy,cost")

    assert ended.stderr.count("CB-") == 1


def test_check_ends_with_a_command_that_works(run: Run, here: Path) -> None:
    folder = here / "plani im (1)"
    folder.mkdir()
    write(folder / "të dhëna's.xlsx", sheets())

    told = run("check", "plani im (1)/të dhëna's.xlsx").stdout.splitlines()[-1]

    words = shlex.split(told.partition(": ")[2])
    assert words == ["choosebattles", "solve", "plani im (1)/të dhëna's.xlsx"]
    assert run(*words[1:]).exit_code == 0


def test_a_command_for_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("choosebattles.cli.print_lines.WINDOWS", True)

    assert typed("check", r"C:\Plani im\a.xlsx", "b.xlsx") == r'check "C:\Plani im\a.xlsx" b.xlsx'


def test_check_tells_of_a_range_off_its_number(run: Run, here: Path) -> None:
    rows = [{"Id": "CLOUD", "Quantity": "cost", "Low": 70, "High": 90}]
    write(here / "off.xlsx", sheets(Ranges=rows))

    checked, drawn = run("check", "off.xlsx"), run("simulate", "off.xlsx", "--draws", "8")

    assert checked.exit_code == 0
    assert "CB-R22 Ranges!" in checked.stdout
    assert "CB-R22 Ranges!" in drawn.stderr
