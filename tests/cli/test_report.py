"""``report``: a page, or a sentence why there is none; ``solve --scenario`` reads what it saves."""

import json
from pathlib import Path
from typing import Any

import pytest

from cli.conftest import Run
from workbook.sheets import sheets, write


def test_a_page_is_written(run: Run, small: Path, here: Path) -> None:
    ended = run("report", small, "--html", "page.html", "--gap", "0")

    assert ended.exit_code == 0, ended.output
    assert "Page: page.html" in ended.stdout
    assert "<noscript>" in (here / "page.html").read_text("utf-8")


def test_a_redacted_page_is_written(run: Run, small: Path, here: Path) -> None:
    ended = run("report", small, "--html", "page.html", "--redact")

    assert ended.exit_code == 0, ended.output
    assert "<script" not in (here / "page.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ((), "CB-R04 --html: found nothing to write; expected a file, such as --html page.html."),
        (("--html", "page.pdf"), "--html: found page.pdf; expected a name that ends in .html."),
    ],
)
def test_what_cannot_be_written_is_said(
    run: Run, small: Path, options: tuple[str, ...], says: str
) -> None:
    ended = run("report", small, *options)

    assert ended.exit_code == 2
    assert says in ended.output


def test_without_a_plan_there_is_no_page(run: Run, here: Path) -> None:
    needs = [{"Metric": "count", "Minimum": 9}]
    path = write(here / "none.xlsx", sheets(Limits=needs))
    ended = run("report", path, "--html", "page.html")

    assert ended.exit_code == 3, ended.output
    assert not (here / "page.html").exists()


def scenario(here: Path, **content: Any) -> Path:
    path = here / "scenario.json"
    path.write_text(json.dumps({"schema": 1, **content}), "utf-8")
    return path


def answer(run: Run, small: Path, path: Path, *options: object) -> Any:
    return run("solve", small, "--scenario", path, "--json", "-", "--gap", "0", *options)


def test_a_scenario_is_solved(run: Run, small: Path, here: Path) -> None:
    path = scenario(here, budget="50%", set={"cost.CSIRT": 45}, must=["CSIRT"], never=["CLOUD"])
    ended = answer(run, small, path)

    assert ended.exit_code == 0, ended.output
    found = json.loads(ended.stdout)
    assert [each["option"] for each in found["chosen"]] == ["CSIRT"]
    assert found["total_cost"] == 45


def test_a_scenario_of_another_workbook_is_told(run: Run, small: Path, here: Path) -> None:
    path = scenario(here, files=[{"name": "small.xlsx", "sha256": "00"}])
    ended = run("solve", small, "--scenario", path)

    assert "The scenario was made for another version of small.xlsx." in ended.stdout


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({"must": ["CLUOD"]}, "CB-R31 CLUOD: found no such investment or option"),
        ({"msut": []}, "CB-R30 scenario.json: found msut; expected one of"),
        ({"must": "CSIRT"}, "found must; expected a list of ids"),
        ({"schema": 2}, "found schema 2; expected schema 1"),
        ({"set": []}, "found set; expected names of numbers, each with a number"),
        ({"set": {"fund.NOWHERE": 3}}, "CB-R02"),
        ({"budget": 0.8}, "CB-R04 --budget: found 0.8"),
        ({"files": 3}, "found files; expected a list of name and sha256"),
    ],
)
def test_a_faulty_scenario_is_refused(
    run: Run, small: Path, here: Path, content: dict[str, Any], says: str
) -> None:
    ended = run("solve", small, "--scenario", scenario(here, **content))

    assert ended.exit_code == 2
    assert says in ended.output


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema": NaN}', "\ufeff\u0000", "[" * 100_000])
def test_what_is_no_scenario_is_refused(run: Run, small: Path, here: Path, text: str) -> None:
    path = here / "odd.json"
    path.write_text(text, "utf-8")
    ended = run("solve", small, "--scenario", path)

    assert ended.exit_code == 2, ended.output
    assert "CB-R30" in ended.output


def test_a_missing_scenario_is_said(run: Run, small: Path) -> None:
    ended = run("solve", small, "--scenario", "nowhere.json")

    assert ended.exit_code == 2
    assert "CB-R30 nowhere.json: found No such file or directory" in ended.output


def test_two_budgets_are_refused(run: Run, small: Path, here: Path) -> None:
    ended = answer(run, small, scenario(here, budget="50%"), "--budget", "60%")

    assert ended.exit_code == 2
