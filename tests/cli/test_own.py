"""``choosebattles own``: what is printed and written, and the exit codes."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from choosebattles.solving.resolver import Resolver
from choosebattles.solving.resolver_question import Reply, SolverQuestion
from cli.conftest import Run
from cli.written import EVERYWHERE, texts
from workbook.sheets import sheets, write


def rows(**own: Any) -> list[dict[str, Any]]:
    """CLOUD in two sizes and CSIRT, with the column Own plan."""
    common = {"Investment": "CLOUD", "Title": "Government cloud"}
    both = [
        common | {"Option": "S", "Cost year 1": 60, "Score: autonomy": 30, "Score: resilience": 20},
        common | {"Option": "L", "Cost year 1": 80, "Score: autonomy": 40, "Score: resilience": 20},
        {"Investment": "CSIRT", "Title": "Incident team", "Cost year 1": 40}
        | {"Score: autonomy": 10, "Score: resilience": 50},
    ]
    names = ("small", "large", "team")
    return [row | {"Own plan": own.get(name)} for row, name in zip(both, names, strict=True)]


@pytest.fixture
def mine(here: Path) -> Path:
    """Return a workbook with the small cloud as own plan; P is 70; there are 80."""
    funds = [{"Fund": "STATE", 2027: 80}]
    return write(here / "mine.xlsx", sheets(Funds=funds, Investments=rows(small="yes")))


# CLOUD.S is worth (30 + 20) / 2 / 0.7 = 35.71, CSIRT (10 + 50) / 2 / 0.7 = 42.86.
TOLD = """\
Your own plan is worth 35.71 points for 60.0 million; it keeps every demand.

     what it is                 objective  autonomy  resilience          cost
  P  Your plan                      35.71     42.86       28.57  60.0 million
  B  Better, for no more money      42.86     14.29       71.43  40.0 million
  C  Cheaper, worth as much         42.86     14.29       71.43  40.0 million

Your plan leaves the start of CLOUD.S open: it got the year that is best.
For the same money, 7.1 points more: takes CSIRT instead of CLOUD.S.
At least the same worth for 20.0 million less: takes CSIRT instead of CLOUD.S.
"""


def test_the_three_plans_are_told(run: Run, mine: Path) -> None:
    told = run("own", mine.name)

    assert told.exit_code == 0
    assert told.stderr == ""
    assert told.stdout == TOLD
    assert [file.name for file in Path().iterdir()] == ["mine.xlsx"]


# CLOUD.L and CSIRT: (50 + 70) / 2 / 0.7 = 85.71, for 120 of 80.
BROKEN = """\
Your own plan is worth 85.71 points for 120.0 million; it breaks 1 demand.

     what it is                 objective  autonomy  resilience           cost
  P  Your plan                      85.71     71.43      100.00  120.0 million
  B  Better, for no more money      42.86     14.29       71.43   40.0 million

The best plan that keeps every demand for no more money is worth 42.9 points less: \
does without CLOUD.L.
No plan that keeps every demand is worth as much: proved.
Plans are compared with yours as if it could be carried out; they themselves keep every demand.

What your plan breaks:
  STATE uses 40.000 million more than it has in 2027. (Funds!B2)
"""


def test_what_it_breaks_is_told(run: Run, mine: Path) -> None:
    told = run("own", mine.name, "--plan", "cloud.l=2027; csirt=2027")

    assert told.exit_code == 0
    assert told.stdout == BROKEN


def test_an_efficient_plan(run: Run, mine: Path) -> None:
    told = run("own", mine.name, "--plan", "CSIRT")

    assert told.stdout.splitlines()[-1] == (
        "It is efficient: no plan is worth more for the same money, and none is worth as much for "
        "less. Proved."
    )


def test_json_is_as_stated(run: Run, mine: Path) -> None:
    told = run("own", mine.name, "--json", "-")

    tree = json.loads(told.stdout)
    assert told.exit_code == 0
    assert set(tree) == {
        *("schema", "case", "stop", "gap", "seconds", "efficient", "own", "better", "cheaper"),
        "doubts",
    }
    plan = {"objective", "indices", "total_cost", "chosen", "sentence"}
    assert set(tree["own"]) == plan | {"keeps", "payable", "open_starts", "breaks"}
    for each in ("better", "cheaper"):
        assert set(tree[each]) == plan | {"verdict", "gain", "gain_at_most", "enters", "leaves"}
    assert (tree["schema"], tree["stop"], tree["efficient"]) == (1, "optimal", False)
    assert tree["better"]["gain"] == pytest.approx(50 / 7)
    assert tree["cheaper"]["gain"] == 20
    assert tree["own"]["open_starts"] == ["CLOUD.S"]


def test_json_of_what_breaks(run: Run, mine: Path) -> None:
    told = run("own", mine.name, "--plan", "CLOUD.L; CSIRT", "--json", "-")

    tree = json.loads(told.stdout)
    assert tree["own"]["breaks"] == [
        {"text": "STATE uses 40.000 million more than it has in 2027.", "cells": "Funds!B2"}
    ]
    assert tree["cheaper"] == {
        "verdict": "none",
        "gain": None,
        "gain_at_most": None,
        "sentence": "No plan that keeps every demand is worth as much: proved.",
    }


def test_a_workbook_holds_plans_marks_and_a_chart(run: Run, mine: Path) -> None:
    told = run("own", mine.name, "--plan", "CLOUD.L; CSIRT", "-o", "out.xlsx")

    book = load_workbook("out.xlsx")
    plans, options = book.worksheets
    assert told.stdout.endswith("\nResults: out.xlsx\n")
    assert book.sheetnames == ["Own plan", "By option"]
    assert [row[0].value for row in plans.iter_rows(min_row=6, max_row=7)] == ["P", "B"]
    texts = [cell.value for cell in plans["A"]]
    assert "What your plan breaks" in texts
    assert "- STATE uses 40.000 million more than it has in 2027. (Funds!B2)" in texts
    assert len(plans._charts) == 1
    marks = {row[0]: row[2:] for row in options.iter_rows(min_row=6, values_only=True)}
    assert marks == {"CLOUD.L": ("from 2027", "leaves"), "CSIRT": ("from 2027", "from 2027")}
    book.close()


def test_no_own_plan_is_told(run: Run, here: Path) -> None:
    write(here / "none.xlsx", sheets())

    told = run("own", "none.xlsx", "--json", "-")

    assert told.exit_code == 2
    assert "CB-R08" in told.stderr
    assert json.loads(told.stdout)["errors"][0]["code"] == "CB-R08"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("CLOUT.L", "CB-R05 --plan: found CLOUT.L; expected the id of an option. Did you mean"),
        ("CLOUD", "CB-R04 --plan: found CLOUD; expected one of its options: CLOUD.S, CLOUD.L."),
        ("CSIRT=2030", "found CSIRT=2030; expected a year in which CSIRT may start: 2027-2027."),
        ("CSIRT=soon", "found CSIRT=soon; expected ids, each with a start year if you like"),
        ("CSIRT;;CLOUD.S", "expected ids, each with a start year if you like"),
    ],
)
def test_an_unclear_plan_is_refused(run: Run, mine: Path, typed: str, told: str) -> None:
    answer = run("own", mine.name, "--plan", typed)

    assert answer.exit_code == 2
    assert told in answer.stderr


def test_all_that_is_wrong_in_a_plan_is_told_at_once(run: Run, mine: Path) -> None:
    answer = run("own", mine.name, "--plan", "CLOUD; CSRIT; CSIRT=2030")

    assert answer.exit_code == 2
    assert answer.stderr == (
        "What was asked for: 3 values need a correction\n"
        "  CB-R04 --plan: found CLOUD; expected one of its options: CLOUD.S, CLOUD.L.\n"
        "  CB-R04 --plan: found CSIRT=2030; expected a year in which CSIRT may start: 2027-2027.\n"
        "  CB-R05 --plan: found CSRIT; expected the id of an option. Did you mean CSIRT?\n"
    )


def test_all_that_cannot_be_read_in_a_plan_is_told_at_once(run: Run, mine: Path) -> None:
    answer = run("own", mine.name, "--plan", "CSIRT=x; CLOUD.S=2027.5; CLOUD.L")

    assert answer.exit_code == 2
    assert "found CSIRT=x; expected ids" in answer.stderr
    assert "found CLOUD.S=2027.5; expected ids" in answer.stderr
    assert "2 values need a correction" in answer.stderr


def test_a_broken_plan_with_open_starts_is_told(run: Run, mine: Path) -> None:
    told = run("own", mine.name, "--plan", "CLOUD.L; CSIRT")

    assert (
        "Your plan leaves the start of CLOUD.L and CSIRT open: each got the year with which the "
        "plan breaks as little as possible.\n"
    ) in told.stdout


def test_rivals_may_not_exist(run: Run, here: Path) -> None:
    limit = {"Metric": "count", "Minimum": 2}
    funds = [{"Fund": "STATE", 2027: 80}]
    investments = rows(team="yes")
    write(here / "poor.xlsx", sheets(Funds=funds, Limits=[limit], Investments=investments))

    told = run("own", "poor.xlsx", "-o", "out.xlsx")

    assert told.exit_code == 3
    assert (
        "No plan meets all demands at once: proved. choosebattles solve FILE names the cells that "
        "cannot all hold.\n"
    ) in told.stdout
    assert Path("out.xlsx").exists()


@pytest.mark.parametrize("after", [0, 1, 2])
def test_stopped_by_hand_keeps_what_is_known(
    run: Run, mine: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    asked = 0
    ask = Resolver.ask

    def interrupted(resolver: Resolver, question: SolverQuestion) -> Reply:
        nonlocal asked
        asked += 1
        if asked > after:
            raise KeyboardInterrupt
        return ask(resolver, question)

    monkeypatch.setattr(Resolver, "ask", interrupted)

    told = run("own", mine.name, "--json", "a.json", "-o", "out.xlsx")

    tree = json.loads(Path("a.json").read_text("utf-8"))
    assert told.exit_code == 4
    assert tree["stop"] == "interrupted"
    assert (tree["own"] is None) is (after == 0)
    expected = "Stopped before all was proved." if after else "Stopped before your own plan"
    assert expected in told.stdout
    assert Path("out.xlsx").exists()


def test_the_input_is_never_overwritten(run: Run, mine: Path) -> None:
    told = run("own", mine.name, "-o", mine.name)

    assert told.exit_code == 2
    assert "CB-O03" in told.stderr


def test_every_kind_of_file_says_it(run: Run, mine: Path) -> None:
    result = run("own", mine.name, *EVERYWHERE)

    assert result.exit_code == 0
    for ending, text in texts().items():
        assert "For the same money, 7.1 points more: takes CSIRT instead of CLOUD.S." in text, (
            ending
        )
