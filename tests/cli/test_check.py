"""``choosebattles check``: faults, warnings, control totals."""

import json
from pathlib import Path

from openpyxl import load_workbook

from cli.conftest import Run
from cli.written import EVERYWHERE, texts
from workbook.sheets import sheets, write


def test_a_good_workbook_is_ready(run: Run, small: Path) -> None:
    told = run("check", small.name)

    assert told.exit_code == 0
    assert told.stdout.endswith("Ready to solve: choosebattles solve small.xlsx\n")
    assert "  Fund       2027  all years\n  STATE       100        100\n" in told.stdout
    assert "  cost of everything, built            100\n" in told.stdout
    assert "  Investments     2\n" in told.stdout


def test_warnings_are_told(run: Run, small: Path) -> None:
    assert run("check", small.name).stdout.startswith("1 notice\n  CB-C21 Criteria: found no words")


def test_correlations_of_what_is_not_drawn_are_told(run: Run, tmp_path: Path) -> None:
    ranges = [{"Id": "CLOUD", "Quantity": "cost", "Low": 40, "High": 80}]
    pairs = [{"First": "cost.CLOUD", "Second": "cost.CLOUDS", "Correlation": 0.5}]
    path = write(tmp_path / "odd.xlsx", sheets(Ranges=ranges, Correlations=pairs))

    told = run("check", str(path))

    assert told.exit_code == 0
    assert (
        "CB-R23 Correlations!B2 (Second): found 'cost.CLOUDS'; expected the plain name of a number "
        "that has a range, such as cost.CLOUD.L. Did you mean cost.cloud?"
    ) in " ".join(told.stdout.split())


def test_faults_are_told(run: Run, bad: Path) -> None:
    told = run("check", bad.name)

    assert told.exit_code == 2
    assert told.stdout.startswith(
        "bad.xlsx: 1 cell needs a correction\n"
        "  CB-C08 Funds!B2 (2027): found -5; expected 0 or more, in million."
    )
    assert "Ready to solve" not in told.stdout


def test_a_missing_file_is_told(run: Run, here: Path) -> None:
    told = run("check", here / "nothere.xlsx")

    assert told.exit_code == 2
    assert "CB-F22 nothere.xlsx: found no such file" in told.stdout
    assert "Control totals" not in told.stdout


def test_json_holds_the_same(run: Run, bad: Path) -> None:
    told = run("check", bad.name, "--json")

    tree = json.loads(told.stdout)
    assert told.exit_code == 2
    assert [(each["code"], each["cell"]) for each in tree["errors"]] == [("CB-C08", "B2")]
    assert [each["code"] for each in tree["warnings"]] == []
    assert tree["totals"]["money"] == {"STATE": {"2027": -5}}
    assert tree["totals"]["build_cost"] == 100


def test_a_model_is_checked_too(run: Run, small: Path) -> None:
    told = run("check", small.name, "--model", "balanced")

    assert told.exit_code == 2
    assert "CB-S05 criterion technical: id: found the criterion technical" in told.stdout


def test_an_unknown_model_is_told(run: Run, small: Path) -> None:
    told = run("check", small.name, "--model", "nobody")

    assert told.exit_code == 2
    assert "found no decision model named 'nobody'" in told.stdout


def test_a_marked_copy_is_written(run: Run, bad: Path, here: Path) -> None:
    before = bad.read_bytes()

    told = run("check", bad.name, "--annotate", "marked.xlsx")

    assert told.exit_code == 2
    assert "Marked copy: marked.xlsx" in told.stderr
    assert (here / "marked.xlsx").exists()
    assert bad.read_bytes() == before
    again = run("check", "marked.xlsx")
    assert "CB-C08 Funds!B2 (2027): found -5" in again.stdout
    assert "To correct" not in again.stdout


def test_a_marked_copy_never_stands_in_place_of_the_file(run: Run, bad: Path) -> None:
    told = run("check", bad.name, "--annotate", bad.name)

    assert told.exit_code == 2
    assert "CB-O03" in told.stderr


def test_a_good_workbook_has_a_marked_copy_too(run: Run, small: Path, here: Path) -> None:
    told = run("check", small.name, "--annotate", "marked.xlsx", "--json")

    assert told.exit_code == 0
    assert json.loads(told.stdout)["errors"] == []
    assert (here / "marked.xlsx").exists()


def test_every_kind_of_file_says_it(run: Run, bad: Path) -> None:
    result = run("check", bad.name, *EVERYWHERE)

    assert result.exit_code == 2
    for ending, text in texts().items():
        assert "CB-C08" in text, ending


def test_the_file_has_the_sums_as_numbers(run: Run, small: Path) -> None:
    run("check", small.name, "-o", "read.xlsx")

    book = load_workbook("read.xlsx")
    rows = [row[:3] for row in book["Control totals"].iter_rows(values_only=True)]
    assert ("STATE", 100, 100) in rows
    assert ("cost of everything, built", 100, None) in rows
    assert book["Findings"]["A2"].value == "0 things to correct, 0 doubts, 1 notice"
    book.close()
