"""``choosebattles solve``: exit codes, streams, what is printed and what is written."""

import json
from pathlib import Path

import pytest

from choosebattles.errors import InputError
from choosebattles.workbook.reader import read_case
from cli.conftest import Run
from workbook.sheets import sheets, write


def test_the_best_plan_is_told(run: Run, small: Path) -> None:
    # 60 + 40 fit into 100, so both are taken: autonomy 40 and resilience 70 of P = 70
    told = run("solve", small.name)

    assert told.exit_code == 0
    assert told.stderr == ""
    assert told.stdout.startswith("With 100.0 million in 2027 the best plan takes 2 of 2")
    assert "  index       before  after  of a possible\n" in told.stdout
    assert "  autonomy         0   57.1           57.1\n" in told.stdout
    assert "  resilience       0  100.0          100.0\n" in told.stdout
    assert "  2027  CLOUD   Government cloud  60.0 million\n" in told.stdout
    assert "\nProved: " in told.stdout
    assert "\nThe plan costs 100.0 million of 100.0 million.\n" in told.stdout
    assert "\nResults: small-results.xlsx\n" in told.stdout
    assert "\nNext: open the results" in told.stdout
    assert Path("small-results.xlsx").stat().st_size > 0


def test_json_goes_to_standard_output_alone(run: Run, small: Path) -> None:
    told = run("solve", small.name, "--json", "-")

    tree = json.loads(told.stdout)
    assert told.exit_code == 0
    assert tree["stop"] == "optimal"
    assert {each["option"] for each in tree["chosen"]} == {"CLOUD", "CSIRT"}
    assert told.stderr.startswith("Results: small-results.xlsx\n")


def test_json_goes_to_a_file(run: Run, small: Path) -> None:
    told = run("solve", small.name, "--json", "answer.json", "-o", "out.xlsx")

    assert told.exit_code == 0
    assert json.loads(Path("answer.json").read_text("utf-8"))["proven"] is True
    assert "Results: out.xlsx" in told.stdout


def test_nobody_is_sent_to_a_workbook_that_was_not_written(run: Run, small: Path) -> None:
    text = run("solve", small.name, "-o", "answer.md").stdout
    book = run("solve", small.name, "-o", "answer.xlsx").stdout

    assert "Next: to try less money, add --budget 80%." in text
    assert "sheet Summary" not in text
    assert "Next: open the results, sheet Summary" in book


def test_bad_input_is_told_on_both_streams(run: Run, bad: Path) -> None:
    told = run("solve", bad.name, "--json", "-")

    tree = json.loads(told.stdout)
    assert told.exit_code == 2
    assert tree["errors"][0]["code"] == "CB-C08"
    assert set(tree["errors"][0]) == {"code", "file", "sheet", "cell", "message"}
    assert told.stderr.startswith("bad.xlsx: 1 cell needs a correction\n")
    assert not Path("bad-results.xlsx").exists()


def test_less_money_takes_less(run: Run, small: Path) -> None:
    # 90 % of 100 is 90: CSIRT (50 + 10) is worth more than CLOUD (30 + 20), and 60 + 40 > 90
    told = run("solve", small.name, "--budget", "90%", "--json", "-")

    tree = json.loads(told.stdout)
    assert [each["option"] for each in tree["chosen"]] == ["CSIRT"]
    assert tree["scale"] == 70


def test_a_number_may_be_set(run: Run, small: Path) -> None:
    told = run("solve", small.name, "--set", "cost.CLOUD=61", "--set", "score.CLOUD.autonomy=90")

    # P stays 70, as without the changes, so autonomy is 100 * 90 / 70
    assert "raises autonomy from 0 to 128.6" in told.stdout
    assert "\ncost.CLOUD was set to 61; it was 60.\n" in told.stdout
    assert "\nPoints for 100 were held at 70, as without the changes.\n" in told.stdout


def test_a_model_replaces_the_preferences(run: Run, small: Path) -> None:
    # under this model only autonomy counts: 30 for 60 is the larger of the two that fit into 90
    model = """
[[objective]]
id = "autonomy"
[[criterion]]
id = "autonomy"
objective = "autonomy"
"""
    Path("mine.toml").write_text(model, "utf-8")

    told = run("solve", small.name, "--model", "mine.toml", "--budget", "90%", "--json", "a.json")

    tree = json.loads(Path("a.json").read_text("utf-8"))
    assert [each["option"] for each in tree["chosen"]] == ["CLOUD"]
    assert set(tree["indices"]) == {"autonomy"}
    assert "\nThe decision model mine was used.\n" in told.stdout
    assert "\nEvery fund was set to 90 % of what the workbook says.\n" in told.stdout


def test_an_unknown_number_is_refused(run: Run, small: Path) -> None:
    told = run("solve", small.name, "--set", "fund.STAET=70")

    assert told.exit_code == 2
    assert told.stderr == (
        "What was asked for: 1 value needs a correction\n"
        "  CB-R02 --set fund.STAET: found no such number; expected the name of a number of this case. "
        "Did you mean fund.STATE?\n"
    )


def test_an_unknown_solver_is_refused(run: Run, small: Path) -> None:
    told = run("solve", small.name, "--solver", "abacus")

    assert told.exit_code == 2
    assert "CB-R01 --solver: found abacus, which is not on this machine" in told.stderr


def test_no_plan_is_an_answer(run: Run, here: Path) -> None:
    limit = {"Metric": "count", "Minimum": 2}
    poor = sheets(Funds=[{"Fund": "STATE", 2027: 50}], Limits=[limit])
    write(here / "poor.xlsx", poor)

    told = run("solve", "poor.xlsx", "--json", "poor.json")

    tree = json.loads(Path("poor.json").read_text("utf-8"))
    assert told.exit_code == 3
    assert (tree["stop"], tree["proven"], tree["chosen"]) == ("infeasible", True, [])
    assert tree["indices"] is None
    assert told.stdout.startswith("With 50.0 million in 2027 no plan meets all demands at once.")
    assert (
        "These cannot all hold: at least 2 investments must be taken (Limits!B2), STATE has 50.0 "
        "million in 2027 (Funds!B2).\n"
        "Any one of them can give way: raise STATE in 2027 by 50.0 million, or lower the minimum in "
        "Limits!B2 from 2 to 1.\n"
    ) in told.stdout
    assert [(each["sheet"], each["cell"]) for each in tree["conflict"]] == [
        ("Limits", "B2"),
        ("Funds", "B2"),
    ]
    assert tree["repairs"][0] == {
        "changes": ["raise STATE in 2027 by 50.0 million"],
        "least": True,
    }


def test_parts_of_one_case_are_joined(run: Run, here: Path) -> None:
    whole = sheets()
    write(here / "money.xlsx", {each: whole[each] for each in ("Settings", "Funds")})
    write(here / "ideas.xlsx", {"Investments": whole["Investments"]})

    told = run("solve", "money.xlsx", "ideas.xlsx")

    assert told.exit_code == 0
    assert "Results: money-results.xlsx" in told.stdout


def test_results_never_overwrite_the_input(run: Run, small: Path) -> None:
    before = small.read_bytes()

    told = run("solve", small.name, "-o", small.name)

    assert told.exit_code == 2
    assert "CB-O03" in told.stderr
    assert small.read_bytes() == before


def test_the_input_stays_as_it_is(run: Run, small: Path) -> None:
    before = read_case(small)

    run("solve", small.name, "--set", "fund.STATE=70")

    assert read_case(small) == before


def test_the_help_tells_the_exit_codes(run: Run) -> None:
    told = run("solve", "--help")

    assert told.exit_code == 0
    assert "4 stopped before that by time or by hand" in " ".join(told.stdout.split())


def test_a_bug_shows_nothing_of_the_users(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object, **_options: object) -> None:
        secret = "Operation Eagle costs 42"
        raise ValueError(secret)

    monkeypatch.setattr("choosebattles.cli.best_plan.solve", broken)

    told = run("solve", small.name)

    assert told.exit_code == 1
    assert told.stderr.startswith("Sorry, this is a bug in choosebattles: ValueError\n")
    details = Path(told.stderr.split("stands in ")[1].split(",")[0])
    assert "in broken" in details.read_text("utf-8")
    assert "Eagle" not in details.read_text("utf-8") + told.stdout + told.stderr
    details.unlink()


def test_an_error_of_a_file_is_no_bug(run: Run, small: Path) -> None:
    told = run("solve", small.name, "-o", "nowhere/out.xlsx")

    assert told.exit_code == 2
    assert "CB-O02" in told.stderr


def test_every_fault_of_the_input_is_an_input_error(bad: Path) -> None:
    with pytest.raises(InputError):
        read_case(bad)
