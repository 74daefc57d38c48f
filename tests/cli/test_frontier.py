"""``choosebattles frontier``: what is printed and written, and the exit codes."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from choosebattles.solving.question import Question, Reply
from choosebattles.solving.resolve import Resolver
from cli.conftest import Run
from workbook.sheets import sheets, write


@pytest.fixture
def apart(here: Path) -> Path:
    """Return a workbook in which CLOUD or CSIRT can be had, not both: 60 + 40 > 80."""
    return write(here / "apart.xlsx", sheets(Funds=[{"Fund": "STATE", 2027: 80}]))


def test_the_points_are_told(run: Run, apart: Path) -> None:
    # P is 70, all resilience there is: CSIRT is worth (10, 50), CLOUD (30, 20), over 70
    told = run("frontier", apart.name)

    assert told.exit_code == 0
    assert told.stderr == ""
    assert told.stdout == (
        "2 points between autonomy and resilience: from 14.3 and 71.4 to 42.9 and 28.6.\n"
        "\n"
        "  point  autonomy  resilience          cost  supported  what changes from the point before\n"
        "  1         14.29       71.43  40.0 million        yes\n"
        "  2         42.86       28.57  60.0 million        yes  enters: CLOUD; leaves: CSIRT\n"
        "\n"
        "Complete to 0.1 points: no plan is better than every point by more than that: proved.\n"
        "The step to point 2 is not nested: some leave for others to enter.\n"
    )
    assert [each.name for each in Path().iterdir()] == ["apart.xlsx"]


def test_json_is_as_stated(run: Run, apart: Path) -> None:
    told = run("frontier", apart.name, "--json", "-", "--resolution", "0")

    tree = json.loads(told.stdout)
    assert told.exit_code == 0
    assert (tree["schema"], tree["complete"], tree["resolution"]) == (1, True, 0)
    assert set(tree) == {"schema", "complete", "resolution", "points"}
    assert tree["points"][0] == {
        "indices": {"autonomy": pytest.approx(100 / 7), "resilience": pytest.approx(500 / 7)},
        "total_cost": 40,
        "supported": True,
        "chosen": [{"investment": "CSIRT", "option": "CSIRT", "start": 2027}],
    }


def test_a_workbook_holds_points_chart_and_changes(run: Run, apart: Path) -> None:
    told = run("frontier", apart.name, "-o", "out.xlsx")

    book = load_workbook("out.xlsx")
    points, changes = book.worksheets
    assert told.stdout.endswith("\nResults: out.xlsx\n")
    assert book.sheetnames == ["Frontier", "What changes"]
    assert [cell.value for cell in points[6]][3:5] == [40, "yes"]
    assert len(points._charts) == 1
    assert [cell.value for cell in changes[6]][3:7] == [
        20,
        "not nested: some leave for others to enter",
        "CLOUD",
        "CSIRT",
    ]
    book.close()


def test_no_plan_is_an_answer(run: Run, here: Path) -> None:
    limit = {"Metric": "count", "Minimum": 2}
    write(here / "poor.xlsx", sheets(Funds=[{"Fund": "STATE", 2027: 50}], Limits=[limit]))

    told = run("frontier", "poor.xlsx", "--json", "a.json", "-o", "out.xlsx")

    assert told.exit_code == 3
    assert told.stdout.startswith("No plan meets all demands at once: proved.\n")
    assert json.loads(Path("a.json").read_text("utf-8"))["points"] == []


def test_bad_input_is_told_on_both_streams(run: Run, bad: Path) -> None:
    told = run("frontier", bad.name, "--json", "-")

    assert told.exit_code == 2
    assert json.loads(told.stdout)["errors"][0]["code"] == "CB-C08"


def test_a_negative_resolution_is_refused(run: Run, apart: Path) -> None:
    told = run("frontier", apart.name, "--resolution", "-1")

    assert told.exit_code == 2
    assert "CB-R04 --resolution: found -1; expected points, 0 or more" in told.stderr


def test_stopped_by_hand_keeps_the_points(
    run: Run, apart: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = 0
    ask = Resolver.ask

    def interrupted(resolver: Resolver, question: Question) -> Reply:
        nonlocal asked
        asked += 1
        if asked > 3:
            raise KeyboardInterrupt
        return ask(resolver, question)

    monkeypatch.setattr(Resolver, "ask", interrupted)

    told = run("frontier", apart.name, "--json", "a.json", "-o", "out.xlsx")

    tree = json.loads(Path("a.json").read_text("utf-8"))
    assert told.exit_code == 4
    assert (tree["complete"], len(tree["points"])) == (False, 1)
    assert "Not complete: stopped before all points were found." in told.stdout
    assert Path("out.xlsx").exists()


def test_the_input_is_never_overwritten(run: Run, apart: Path) -> None:
    told = run("frontier", apart.name, "-o", apart.name)

    assert told.exit_code == 2
    assert "CB-O03" in told.stderr
