"""``choosebattles budget-path``: what is printed and written, and the exit codes."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from choosebattles.cli import budget_path as command
from choosebattles.explain.budget_path import BudgetPath, budget_path
from cli.conftest import Run
from cli.written import EVERYWHERE, texts
from workbook.sheets import sheets, write


def test_the_path_is_told(run: Run, small: Path) -> None:
    # P is 70. Both for 100: 55 / 0.7; below, CSIRT (30) and not CLOUD (25), until 40 are not there.
    told = run("budget-path", small.name, "--steps=-5%,-70%,+20%", "--gap", "0")

    assert (told.exit_code, told.stderr) == (0, "")
    assert told.stdout == (
        "From 30 % to 120 % of the money as typed, 0 of 2 options stay in every plan.\n"
        "\n"
        "  money      of all funds  objective  autonomy  resilience     total cost\n"
        "  -70 %      30.0 million          0         0           0    0.0 million\n"
        "  -5 %       95.0 million       42.9      14.3        71.4   40.0 million\n"
        "  as typed  100.0 million       78.6      57.1       100.0  100.0 million\n"
        "  +20 %     120.0 million       78.6      57.1       100.0  100.0 million\n"
        "\n"
        "as typed (100.0 million): the objective is 78.6.\n"
        "-5 % (95.0 million): drops CLOUD; the objective is 42.9, 35.71 points less than "
        "with the money as typed.\n"
        "-70 % (30.0 million): against the plan at -5 % it drops CSIRT; the objective is 0, "
        "78.57 points less than with the money as typed.\n"
        "+20 % (120.0 million): the same options as with the money as typed; the objective is "
        "78.6, as much as with the money as typed.\n"
        "The plans are nested: each is a part of the next larger one. Nothing is lost by it.\n"
        "Points for 100 are held at 70 throughout.\n"
    )
    assert [file.name for file in Path().iterdir()] == ["small.xlsx"]


def test_a_column_of_money_has_one_number_of_decimals(run: Run, small: Path) -> None:
    told = run("budget-path", small.name, "--steps=-97.9%,-99.58%", "--gap", "0")

    lines = told.stdout.splitlines()[3:6]
    assert [line.split("million")[0].split()[-1] for line in lines] == ["0.42", "2.10", "100.00"]


def test_json_and_workbook(run: Run, small: Path) -> None:
    told = run("budget-path", small.name, "--json", "-", "-o", "out.xlsx")

    tree = json.loads(told.stdout)
    assert told.stderr == "Results: out.xlsx\n"
    assert (tree["schema"], tree["complete"]) == (1, True)
    assert [each["change"] for each in tree["steps"]] == [-0.2, -0.1, -0.05, 0]
    assert [each["money"] for each in tree["steps"]] == [80, 90, 95, 100]
    assert tree["steps"][2]["leaves"] == ["CLOUD"]
    assert [len(each["chosen"]) for each in tree["nested"]] == [1, 1, 1, 2]
    book = load_workbook("out.xlsx")
    assert book.sheetnames == ["Budget path", "Options", "Nested order"]
    assert len(book["Budget path"]._charts) == 1
    book.close()


def test_nothing_fits_at_a_step(run: Run, here: Path) -> None:
    write(here / "tight.xlsx", sheets(Limits=[{"Metric": "count", "Minimum": 2}]))

    told = run("budget-path", "tight.xlsx", "-o", "out.xlsx")

    assert told.exit_code == 3
    assert "-5 % (95.0 million): no plan meets all demands: proved." in told.stdout
    assert "STATE has 95.0 million in 2027 (Funds!B2)" in told.stdout
    book = load_workbook("out.xlsx")
    assert book.sheetnames == ["Budget path", "Options", "Conflict"]
    book.close()


def test_no_budget_has_a_plan(run: Run, here: Path) -> None:
    write(here / "never.xlsx", sheets(Limits=[{"Metric": "count", "Minimum": 3}]))

    told = run("budget-path", "never.xlsx", "-o", "out.xlsx")

    assert told.exit_code == 3
    assert told.stdout.startswith("No budget has a plan.\n")


def test_a_path_that_was_stopped_after_its_last_budget_says_so(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*asked: Any, **how: Any) -> BudgetPath:
        return replace(budget_path(*asked, **how), nested=(), price=None, complete=False)

    monkeypatch.setattr(command, "budget_path", stopped)
    told = run("budget-path", small.name, "--steps=-5%", "--gap", "0")

    assert told.exit_code == 4
    assert told.stdout.endswith("Stopped before every budget was looked into.\n")


def test_steps_that_make_no_sense(run: Run, small: Path) -> None:
    for text in ("5", "-100%", "-5%,,", "x"):
        told = run("budget-path", small.name, f"--steps={text}")
        assert told.exit_code == 2
        assert f"CB-R04 --steps: found {text}; expected percentages" in told.stderr


def test_bad_input_is_told_on_both_streams(run: Run, bad: Path) -> None:
    told = run("budget-path", bad.name, "--json", "-")

    assert told.exit_code == 2
    assert json.loads(told.stdout)["errors"][0]["code"] == "CB-C08"


def test_every_kind_of_file_says_it(run: Run, small: Path) -> None:
    result = run("budget-path", small.name, "--steps=-5%", "--gap", "0", *EVERYWHERE)

    assert result.exit_code == 0
    for ending, text in texts().items():
        assert "CLOUD" in text, ending
