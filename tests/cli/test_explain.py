"""``choosebattles explain``: what is printed and written, and the exit codes."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from choosebattles.solving.resolver import Resolver
from choosebattles.solving.resolver_question import Reply, SolverQuestion
from cli.conftest import Run
from cli.written import EVERYWHERE, texts
from workbook.sheets import sheets, write


@pytest.fixture
def apart(here: Path) -> Path:
    """Return a workbook in which CLOUD or CSIRT can be had, not both: 60 + 40 > 80."""
    return write(here / "apart.xlsx", sheets(Funds=[{"Fund": "STATE", 2027: 80}]))


def test_every_option_is_explained(run: Run, apart: Path) -> None:
    # P is 70; over 70, CSIRT is worth (10 + 50) / 2, CLOUD (30 + 20) / 2: 42.86 and 35.71.
    told = run("explain", apart.name)

    assert told.exit_code == 0
    assert told.stderr == ""
    assert told.stdout.split("\n", 2)[2] == (
        "Incident team (CSIRT) is in: without it the best plan is worth 7.14 points less; CLOUD "
        "would come in. It stays in until it costs 40.0 million (100 %) more, or scores 10.0 "
        "points less on autonomy or resilience.\n"
        "Government cloud (CLOUD) stays out: it would have to cost 20.0 million (33 %) less, or "
        "score 10.0 points more on autonomy or resilience; taking it anyway costs 7.14 points and "
        "displaces CSIRT.\n"
        "\n"
        "Prices are points of the weighted sum of the indices.\n"
        "Every number is settled: proved.\n"
    )


def test_ids_and_files_come_in_any_order(run: Run, apart: Path) -> None:
    told = run("explain", "cloud", apart.name, "--json", "-")

    tree = json.loads(told.stdout)
    assert told.exit_code == 0
    assert [each["id"] for each in tree["why"]] == ["CLOUD"]
    assert tree["why"][0]["instead"] == {"enters": ["CLOUD"], "leaves": ["CSIRT"], "moves": []}
    assert tree["why"][0]["price"] == [pytest.approx(50 / 7), pytest.approx(50 / 7)]
    assert set(tree) == {
        "schema", "case", "stop", "objective", "bound", "counted_in", "goal", "unit", "settled",
        "asked", "seconds", "why", "demands", "doubts",
    }  # fmt: skip


def test_an_unknown_id_is_refused_with_the_nearest(run: Run, apart: Path) -> None:
    told = run("explain", "CLUOD", apart.name)

    assert told.exit_code == 2
    assert (
        "CLUOD: found no such id; expected an option or an investment of this case" in told.stderr
    )
    assert "Did you mean CLOUD?" in told.stderr


def test_without_a_file_it_says_so(run: Run) -> None:
    told = run("explain", "CLOUD")

    assert told.exit_code == 2
    assert "FILE: found CLOUD; expected the workbook too" in told.stderr


def test_the_results_workbook_has_the_sheets_of_why(run: Run, here: Path) -> None:
    limit = {"Metric": "count", "Maximum": 1}
    write(here / "one.xlsx", sheets(Limits=[limit]))
    told = run("explain", "one.xlsx", "-o", "out.xlsx")

    book = load_workbook("out.xlsx")
    assert told.stdout.endswith("\nResults: out.xlsx\n")
    assert {"Summary", "Plan", "Why", "Why, demands"} <= {*book.sheetnames}
    why, demands = book["Why"], book["Why, demands"]
    assert [row[0].value for row in why.iter_rows(min_row=6)] == ["CSIRT", "CLOUD"]
    assert why.freeze_panes == "C6"
    # Without the limit both fit into 100 million, and CLOUD adds 25 of 70 points.
    (row,) = demands.iter_rows(min_row=6, values_only=True)
    assert row[1] == "Limits!" + row[1].partition("!")[2]
    assert row[3] == pytest.approx(2500 / 70, abs=1e-4)
    assert row[5] == "CLOUD"
    book.close()


def test_no_plan_is_an_answer(run: Run, here: Path) -> None:
    limit = {"Metric": "count", "Minimum": 2}
    write(here / "poor.xlsx", sheets(Funds=[{"Fund": "STATE", 2027: 50}], Limits=[limit]))

    told = run("explain", "poor.xlsx", "--json", "a.json", "-o", "out.xlsx")

    assert told.exit_code == 3
    assert "These cannot all hold" in told.stdout
    assert json.loads(Path("a.json").read_text("utf-8"))["why"] == []
    book = load_workbook("out.xlsx")
    assert "Conflict" in book.sheetnames
    book.close()


def test_bad_input_is_told_on_both_streams(run: Run, bad: Path) -> None:
    told = run("explain", bad.name, "--json", "-")

    assert told.exit_code == 2
    assert json.loads(told.stdout)["errors"][0]["code"] == "CB-C08"


def test_stopped_by_hand_keeps_what_there_is(
    run: Run, apart: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = 0
    ask = Resolver.ask

    def interrupted(resolver: Resolver, question: SolverQuestion) -> Reply:
        nonlocal asked
        asked += 1
        if asked > 1:
            raise KeyboardInterrupt
        return ask(resolver, question)

    monkeypatch.setattr(Resolver, "ask", interrupted)

    told = run("explain", apart.name, "-o", "out.xlsx")

    assert told.exit_code == 4
    assert "what else is told of" in told.stdout
    assert Path("out.xlsx").exists()


def test_every_kind_of_file_says_it(run: Run, apart: Path) -> None:
    result = run("explain", apart.name, *EVERYWHERE)

    assert result.exit_code == 0
    said = texts()
    assert "autonomy" in said.pop(".csv"), "the first table is that of the indices"
    for ending, text in said.items():
        assert "It stays in until it costs 40.0 million (100 %) more" in text, ending


def test_what_was_changed_is_said_once(run: Run, apart: Path) -> None:
    result = run("explain", apart.name, "--budget", "90%")

    assert result.stdout.count("Every fund was set to 90 % of what the workbook says.") == 1


def test_the_search_ends_with_its_work_and_says_so(
    run: Run, apart: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("choosebattles.cli.explain.WORK", 0.0)

    told = run("explain", apart.name)
    timed = run("explain", apart.name, "--time-limit", "1h")

    assert told.exit_code == 4
    assert "The search ended where it does unless --time-limit says how long" in told.stdout
    assert "prices at most one end is known" in told.stdout
    assert timed.exit_code == 0, "the user's time takes the place of the work"
    assert "Every number is settled: proved." in timed.stdout
