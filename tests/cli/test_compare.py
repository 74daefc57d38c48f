"""``choosebattles compare``: what is printed and written, and the exit codes."""

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


@pytest.fixture
def dearer(here: Path) -> Path:
    """Return the small workbook with a dearer CSIRT, a further row and a rule on it."""
    rows: Any = [dict(each) for each in sheets()["Investments"]]
    rows[1]["Cost year 1"] = 55
    rows.append(
        {"Investment": "DRONE", "Title": "Drones", "Cost year 1": 10}
        | {"Score: autonomy": 5, "Score: resilience": 5}
    )
    rule = {"Rule": "requires all", "Investments": "DRONE", "Needs": "CSIRT"}
    return write(here / "dearer.xlsx", sheets(Investments=rows, Rules=[rule]))


def test_two_cases(run: Run, small: Path, dearer: Path) -> None:
    # P is 70. Both for 100: (40 + 70) / 2 / 0.7. At 55, 60 + 55 > 100: CSIRT and DRONE,
    # (15 + 55) / 2 / 0.7; CLOUD alone is worth (30 + 20) / 2 / 0.7.
    told = run("compare", small.name, dearer.name, "--gap", "0")

    assert (told.exit_code, told.stderr) == (0, "")
    assert told.stdout == (
        "3 inputs differ; 2 investments are decided differently.\n"
        "\n"
        "  sheet        row                       column       first         second"
        "                    cell\n"
        "  Investments  CSIRT                     Cost year 1  40.0 million  55.0 million"
        "              Investments!C3\n"
        "  Investments  DRONE                     new row                    Drones"
        "                    Investments!A4\n"
        "  Rules        DRONE requires all CSIRT  new row                    DRONE requires all CSIRT"
        "  Rules!A2\n"
        "\n"
        "  index               first        second         change\n"
        "  autonomy            57.14         21.43         -35.71\n"
        "  resilience         100.00         78.57         -21.43\n"
        "  objective           78.57         50.00         -28.57\n"
        "  total cost  100.0 million  65.0 million  -35.0 million\n"
        "\n"
        "Points for 100 are held at 70 for both, as they are in the first.\n"
        "CLOUD (Government cloud) leaves: moved by CSIRT Cost year 1 (40.0 → 55.0 million).\n"
        "DRONE (Drones) enters: moved by CSIRT Cost year 1 (40.0 → 55.0 million); new row DRONE on "
        "Investments and new row DRONE requires all CSIRT on Rules.\n"
        "\n"
        "CSIRT Cost year 1 (40.0 → 55.0 million): the objective is 28.57 points lower with it than "
        "without it.\n"
        "new row DRONE on Investments and new row DRONE requires all CSIRT on Rules: the objective "
        "is 7.14 points higher with it than without it.\n"
        "new row DRONE requires all CSIRT on Rules: the objective is the same with it and without "
        "it, to within 0.002 points.\n"
    )


def test_two_cases_as_json_and_workbook(run: Run, small: Path, dearer: Path) -> None:
    told = run("compare", small.name, dearer.name, "--json", "-", "-o", "out.xlsx")

    tree = json.loads(told.stdout)
    assert told.stderr == "Results: out.xlsx\n"
    assert (tree["schema"], tree["kind"], tree["complete"]) == (1, "cases", True)
    assert tree["scale_held"] == 70
    assert [each["cell_after"] for each in tree["changes"]] == ["C3", "A4", "A2"]
    assert tree["decisions"][0] == {
        "investment": "CLOUD",
        "before": "CLOUD",
        "after": None,
        "proven": True,
        "moved_by": [0],
        "joint": False,
    }
    assert tree["undone"][1]["decides_as_before"] == {"CLOUD": "no", "DRONE": "yes"}
    book = load_workbook("out.xlsx")
    assert book.sheetnames == ["Comparison", "Inputs", "Plan", "Undone"]
    assert len(book["Comparison"]._charts) == 1
    assert [cell.value for cell in book["Plan"][6]][:5] == [
        *("CLOUD", "Government cloud", "leaves", "CLOUD", None)
    ]
    book.close()


def test_the_same_file_twice(run: Run, small: Path) -> None:
    told = run("compare", small.name, small.name)

    assert told.exit_code == 0
    assert told.stdout.startswith("The two say the same: nothing differs in the inputs")


def test_no_why_undoes_nothing(run: Run, small: Path, dearer: Path) -> None:
    told = run("compare", small.name, dearer.name, "--no-why", "--json", "-")

    assert json.loads(told.stdout)["undone"] == []


def test_parts_of_cases(run: Run, here: Path, small: Path) -> None:
    whole = sheets()
    write(here / "money.xlsx", {"Settings": whole["Settings"], "Funds": whole["Funds"]})
    write(here / "ideas.xlsx", {"Investments": whole["Investments"]})

    told = run("compare", small.name, "--with", "money.xlsx", "--with", "ideas.xlsx")

    assert told.exit_code == 0
    assert told.stdout.startswith("The two say the same")


def test_a_case_without_a_plan(run: Run, here: Path, small: Path) -> None:
    write(here / "poor.xlsx", sheets(Limits=[{"Metric": "cost", "Minimum": 101}]))

    told = run("compare", small.name, "poor.xlsx")

    assert told.exit_code == 3
    assert "The second: no plan meets all demands at once: proved." in told.stdout
    assert "once it is undone a plan is possible: proved" in told.stdout
    # whichever of the two it is
    assert run("compare", "poor.xlsx", small.name, "--no-why").exit_code == 3


def test_faults_of_both_files_are_told(run: Run, here: Path, bad: Path) -> None:
    write(here / "worse.xlsx", sheets(Funds=[{"Fund": "STATE", 2027: -7}]))

    told = run("compare", bad.name, "worse.xlsx")

    assert told.exit_code == 2
    assert "found -5" in told.stderr
    assert "found -7" in told.stderr


def test_what_is_missing_or_unclear(run: Run, small: Path) -> None:
    assert "CB-F22" in run("compare", small.name, "nowhere.xlsx").stderr
    told = run("compare", small.name)
    assert told.exit_code == 2
    assert "FILE: found small.xlsx; expected two files" in told.stderr
    assert (
        "CB-R04 --with" in run("compare", small.name, "--with", "x.xlsx", "--models", "all").stderr
    )


@pytest.fixture
def answers(run: Run, small: Path, dearer: Path) -> None:
    """Solve both workbooks: one.xlsx and two.xlsx hold the answers, and so do the JSON files."""
    for source, name in ((small, "one"), (dearer, "two")):
        run("solve", source.name, "-o", f"{name}.xlsx", "--json", f"{name}.json")


@pytest.mark.usefixtures("answers")
def test_two_results_workbooks(run: Run) -> None:
    # each on its own scale: 70 of the first, 75 of the second, with DRONE's 5
    told = run("compare", "one.xlsx", "two.xlsx", "-o", "out.xlsx")

    assert told.exit_code == 0
    assert "1 option enters and 1 leaves; the objective is 78.57 in the first" in told.stdout
    assert "Enters: DRONE.\nLeaves: CLOUD.\n" in told.stdout
    assert "They rest on files of different content (by their checksums)." in told.stdout
    assert "  Control total, Options: 2 → 3\n" in told.stdout
    assert (
        "The inputs are still as they were. To learn which change moved the plan: "
        "choosebattles compare small.xlsx dearer.xlsx\n"
    ) in told.stdout
    book = load_workbook("out.xlsx")
    assert book.sheetnames == ["Comparison", "Plan", "Spending", "Inputs"]
    book.close()


@pytest.mark.usefixtures("small")
def test_a_number_and_the_totals_it_is_in_are_one_difference(run: Run, here: Path) -> None:
    # STATE has 110 instead of 100, and CSIRT 55 points of resilience instead of 50: two differences
    # and no third and fourth in the control totals; dearer by 1, it shows in a control total alone.
    rows: Any = [dict(each) for each in sheets()["Investments"]]
    rows[1] |= {"Score: resilience": 55, "Cost year 1": rows[1]["Cost year 1"] + 1}
    changed = sheets(Funds=[{"Fund": "STATE", 2027: 110}], Investments=rows)
    write(here / "other.xlsx", changed)
    for name in ("small", "other"):
        run("solve", f"{name}.xlsx", "-o", f"{name}-out.xlsx")

    told = run("compare", "small-out.xlsx", "other-out.xlsx").stdout

    assert "3 things that the answers say they rest on differ." in told
    assert "Amount, STATE 2027: 100 → 110" in told
    assert "Score: resilience, CSIRT: 50 → 55" in told
    assert "Control total, Cost years of all rows together: 100 → 101" in told
    assert told.count("Control total") == 1


@pytest.mark.usefixtures("answers")
def test_inputs_that_changed_since(run: Run, dearer: Path) -> None:
    write(dearer, sheets())

    told = run("compare", "one.xlsx", "two.xlsx")

    assert "compare the two input workbooks.\n" in told.stdout
    assert "The inputs are still as they were" not in told.stdout


@pytest.mark.usefixtures("answers")
def test_json_says_what_the_workbook_says(run: Run) -> None:
    books = json.loads(run("compare", "one.xlsx", "two.xlsx", "--json", "-").stdout)
    texts = json.loads(run("compare", "one.json", "two.json", "--json", "-").stdout)

    for side in ("before", "after"):
        for each in ("stop", "proven", "chosen"):
            assert books[side][each] == texts[side][each]
        assert books[side]["objective"] == pytest.approx(texts[side]["objective"])
        assert books[side]["indices"] == pytest.approx(texts[side]["indices"])
    assert texts["same_files"] is None
    assert texts["inputs"] is None
    assert books["same_files"] is False


@pytest.mark.usefixtures("answers")
def test_an_answer_against_its_case(run: Run, small: Path) -> None:
    told = run("compare", "one.xlsx", small.name)

    assert told.exit_code == 0
    assert told.stdout.startswith("The two plans are the same; the objective is 78.57 in the first")
    assert "Both rest on files of the same content (by their checksums)." in told.stdout
    assert "What they say of their inputs is the same." in told.stdout


def test_an_answer_without_a_plan(run: Run, here: Path, small: Path) -> None:
    write(here / "poor.xlsx", sheets(Limits=[{"Metric": "cost", "Minimum": 101}]))
    run("solve", "poor.xlsx", "-o", "none.xlsx")
    run("solve", small.name, "-o", "one.xlsx")

    told = run("compare", "one.xlsx", "none.xlsx", "-o", "out.xlsx")

    assert told.exit_code == 0
    assert told.stdout.startswith(
        "The plans cannot be compared, because there are not two of them."
    )
    assert "The second: no plan meets all demands at once: proved." in told.stdout


def test_what_is_no_answer(run: Run, here: Path, small: Path) -> None:
    (here / "odd.json").write_text('{"schema": 1}', encoding="utf-8")
    (here / "odder.json").write_text("[", encoding="utf-8")

    for name, code in (("odd.json", "R07"), ("odder.json", "R07"), ("none.json", "F22")):
        told = run("compare", small.name, name)
        assert told.exit_code == 2
        assert f"CB-{code} {name}" in told.stderr


MODEL = """
title = "Resilience first"
[[objective]]
id = "autonomy"
weight = 1
[[objective]]
id = "resilience"
weight = 9
[[criterion]]
id = "autonomy"
objective = "autonomy"
weight = 1
[[criterion]]
id = "resilience"
objective = "resilience"
weight = 1
"""


def test_models_on_the_same_facts(run: Run, here: Path) -> None:
    # 60 + 40 > 80. P is 70. Half and half CLOUD 25, CSIRT 30 over 0.7; 1 to 9 CLOUD 21, CSIRT 46.
    write(here / "apart.xlsx", sheets(Funds=[{"Fund": "STATE", 2027: 80}]))
    (here / "resilient.toml").write_text(MODEL, encoding="utf-8")

    told = run(
        "compare", "apart.xlsx", "--models", "resilient.toml", "--gap", "0", "-o", "out.xlsx"
    )

    assert told.exit_code == 0
    assert told.stdout == (
        "1 option is taken by any of 2 strategies, 1 by all of them.\n"
        "\n"
        "  start year of      workbook     resilient\n"
        "  CSIRT                  2027          2027\n"
        "  autonomy               14.3          14.3\n"
        "  resilience             71.4          71.4\n"
        "  total cost     40.0 million  40.0 million\n"
        "\n"
        "Under resilient the plan of workbook is worth 65.7: it loses nothing.\n"
        "Under workbook the plan of resilient is worth 42.9: it loses nothing.\n"
        "Points for 100 are held at 70 throughout.\n"
        "Results: out.xlsx\n"
    )
    book = load_workbook("out.xlsx")
    assert book.sheetnames == ["Strategies", "Options", "If another is right"]
    book.close()


def test_all_shipped_models_that_fit(run: Run, small: Path) -> None:
    told = run("compare", small.name, "--models", "all", "--json", "-")

    tree = json.loads(told.stdout)
    assert told.exit_code == 0
    assert [each["model"] for each in tree["models"]] == [None]
    assert {"balanced", "choose_the_right_battles"} <= {each["model"] for each in tree["refused"]}


def test_a_single_strategy_without_a_plan(run: Run, here: Path) -> None:
    write(here / "never.xlsx", sheets(Limits=[{"Metric": "count", "Minimum": 3}]))

    told = run("compare", "never.xlsx", "--models", "all", "-o", "out.xlsx")

    assert told.exit_code == 3
    lines = told.stdout.splitlines()
    assert lines[:4] == [
        (
            "There is nothing to compare: the workbook's own model is the only one left, and has "
            "no plan."
        ),
        "",
        "workbook: no plan meets all demands at once: proved.",
        "choosebattles solve FILE names the cells that cannot all hold.",
    ]
    (criteria,) = [line for line in lines if line.startswith("No scores for")]
    assert criteria == (
        "No scores for technical, financial, political, legal, skills, openness and influence: "
        "all of them ask for it."
    )
    assert max(map(len, lines)) < 300
    book = load_workbook("out.xlsx")
    assert book.sheetnames == ["Strategies"]
    book.close()


def test_a_model_that_is_not_there(run: Run, small: Path) -> None:
    assert "CB-F22" in run("compare", small.name, "--models", "balance").stderr
    assert "CB-R04 --models" in run("compare", small.name, "--models", "balanced,,x").stderr


def test_stopped_by_hand_keeps_what_is_known(
    run: Run, small: Path, dearer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = 0
    ask = Resolver.ask

    def interrupted(resolver: Resolver, question: SolverQuestion) -> Reply:
        nonlocal asked
        asked += 1
        if asked > 4:
            raise KeyboardInterrupt
        return ask(resolver, question)

    monkeypatch.setattr(Resolver, "ask", interrupted)

    told = run("compare", small.name, dearer.name, "-o", "out.xlsx")

    assert told.exit_code == 4
    assert "Stopped before every change was looked into." in told.stdout
    assert Path("out.xlsx").exists()


def test_the_inputs_are_never_overwritten(run: Run, small: Path, dearer: Path) -> None:
    told = run("compare", small.name, dearer.name, "-o", dearer.name)

    assert told.exit_code == 2
    assert "CB-O03" in told.stderr


def test_every_kind_of_file_says_what_became_of_two_cases(
    run: Run, small: Path, dearer: Path
) -> None:
    result = run("compare", small.name, dearer.name, "--no-why", *EVERYWHERE)

    assert result.exit_code == 0
    for ending, text in texts().items():
        assert "resilience" in text, ending


@pytest.mark.usefixtures("answers")
def test_every_kind_of_file_says_how_two_answers_differ(run: Run) -> None:
    result = run("compare", "one.xlsx", "two.json", *EVERYWHERE)

    assert result.exit_code == 0
    for ending, text in texts().items():
        assert "resilience" in text, ending


def test_every_kind_of_file_says_what_strategies_take(run: Run, small: Path, here: Path) -> None:
    (here / "resilient.toml").write_text(MODEL, encoding="utf-8")

    result = run("compare", small.name, "--models", "resilient.toml", *EVERYWHERE)

    assert result.exit_code == 0
    for ending, text in texts().items():
        assert "Resilience first" in text, ending


def test_what_a_model_replaced_is_said_of_both_cases(
    run: Run, small: Path, dearer: Path, here: Path
) -> None:
    (here / "resilient.toml").write_text(MODEL, encoding="utf-8")

    result = run(
        "compare", small.name, dearer.name, "--model", "resilient.toml", "--no-why", *EVERYWHERE
    )

    assert result.exit_code == 0
    assert result.stdout.count("The decision model Resilience first was used.") == 1
    for ending, text in texts().items():
        if ending not in (".csv", ".json"):
            assert "The decision model Resilience first was used." in text, ending


def test_what_a_model_replaced_in_the_one_case_that_was_solved(
    run: Run, small: Path, here: Path
) -> None:
    (here / "resilient.toml").write_text(MODEL, encoding="utf-8")
    assert run("solve", small.name, "-o", "answer.xlsx").exit_code == 0

    result = run("compare", "answer.xlsx", small.name, "--model", "resilient.toml")

    assert f"{small.name}: The decision model Resilience first was used." in result.stdout
