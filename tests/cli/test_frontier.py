"""``choosebattles frontier``: what is printed and written, and the exit codes."""

import json
import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from choosebattles.cli.frontier import answered
from choosebattles.frontier.corner_search import CornerSearch
from choosebattles.frontier.points import Frontier
from choosebattles.run.run import Answered
from choosebattles.solving.highs_model import Ended
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
        "  point  autonomy  resilience          cost  best for some weights  "
        "what changes from the point before\n"
        "  1         14.29       71.43  40.0 million                    yes\n"
        "  2         42.86       28.57  60.0 million                    yes  "
        "enters: CLOUD; leaves: CSIRT\n"
        "\n"
        "Complete to 0.1 points: no plan is better than every point by more than that: proved.\n"
        "The best of each by itself: autonomy 42.9, resilience 71.4; no plan has all of that at "
        "once.\n"
        "The worst of each among these points: autonomy 14.3, resilience 28.6.\n"
        "The step to point 2 is an exchange: some leave for others to enter.\n"
    )
    assert [file.name for file in Path().iterdir()] == ["apart.xlsx"]


def test_json_is_as_stated(run: Run, apart: Path) -> None:
    told = run("frontier", apart.name, "--json", "-", "--resolution", "0")

    tree = json.loads(told.stdout)
    assert told.exit_code == 0
    assert (tree["schema"], tree["complete"], tree["resolution"]) == (1, True, 0)
    assert set(tree) == {"schema", "complete", "resolution", "points", "doubts"}
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
    titles = [
        "Point",
        "Index: autonomy",
        "Index: resilience",
        "Total cost",
        "Best for some weights",
        "Offers the most",
        "Options",
    ]
    (table,) = points.tables.values()
    head, first, *_others = points[table.ref]
    assert [cell.value for cell in head] == titles
    assert [cell.value for cell in first][3:5] == [40, "yes"]
    assert len(points._charts) == 1
    assert [cell.value for cell in changes[6]][3:7] == [
        20,
        "an exchange: some leave for others to enter",
        "CLOUD",
        "CSIRT",
    ]
    book.close()


def test_no_plan_is_an_answer(run: Run, here: Path) -> None:
    limit = {"Metric": "count", "Minimum": 2}
    write(here / "poor.xlsx", sheets(Funds=[{"Fund": "STATE", 2027: 50}], Limits=[limit]))

    told = run("frontier", "poor.xlsx", "--json", "a.json", "-o", "out.xlsx")

    assert told.exit_code == 3
    assert told.stdout.startswith(
        "No plan meets all demands at once: proved. choosebattles solve FILE names the cells that "
        "cannot all hold.\n"
    )
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
    monkeypatch.setattr("choosebattles.frontier.trace.eliminate_continuous", lambda *_: None)
    searched = 0
    beyond = CornerSearch.beyond

    def interrupted(search: CornerSearch, *args: Any) -> Ended:
        nonlocal searched
        searched += 1
        if searched > 1:
            raise KeyboardInterrupt
        return beyond(search, *args)

    monkeypatch.setattr(CornerSearch, "beyond", interrupted)

    told = run("frontier", apart.name, "--json", "a.json", "-o", "out.xlsx")

    tree = json.loads(Path("a.json").read_text("utf-8"))
    assert told.exit_code == 4
    assert (tree["complete"], len(tree["points"])) == (False, 1)
    assert "Not complete: stopped before all points were found." in told.stdout
    assert Path("out.xlsx").exists()


def test_what_is_found_is_written_now_and_then(
    run: Run, apart: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("choosebattles.frontier.trace.eliminate_continuous", lambda *_: None)
    monkeypatch.setattr("choosebattles.frontier.trace.SAVED_EVERY", 0.0)
    written: list[bool] = []

    def noted(found: Frontier) -> Answered:
        written.append(found.complete)
        return answered(found)

    monkeypatch.setattr("choosebattles.cli.frontier.answered", noted)

    run("frontier", apart.name, "-o", "out.xlsx")

    assert written[-1]
    assert len(written) > 1
    assert not any(written[:-1])


def test_the_cost_is_traded_off(run: Run, apart: Path) -> None:
    told = run("frontier", apart.name, "--by", "cost", "--resolution", "0", "-o", "out.xlsx")

    # half of autonomy and half of resilience: CSIRT (14.3 + 71.4) / 2, CLOUD (42.9 + 28.6) / 2
    assert told.exit_code == 0
    assert told.stdout == (
        "2 points between objective and cost: from 0 and 0.0 million to 42.9 and 40.0 million.\n"
        "\n"
        "  point  objective          cost  points per further million  best for some weights  "
        "what changes from the point before\n"
        "  1              0   0.0 million                                                yes\n"
        "  2          42.86  40.0 million                        1.07                    yes  "
        "enters: CSIRT\n"
        "\n"
        "Complete: no plan beats these points, and none lies between them: proved.\n"
        "The best of each by itself: objective 42.9, cost 0.0 million; no plan has all of that at "
        "once.\n"
        "The worst of each among these points: objective 0, cost 40.0 million.\n"
        "Points per further million are counted between points that are best for some weights; "
        "the others bring less than the line between their neighbours.\n"
        "Results: out.xlsx\n"
    )
    book = load_workbook("out.xlsx")
    assert book.sheetnames == ["Frontier", "What changes"]
    assert len(book.worksheets[0]._charts) == 1
    book.close()


def test_three_are_traded_off(run: Run, apart: Path) -> None:
    by = ("--by", "autonomy,resilience", "--by", "cost")
    told = run("frontier", apart.name, *by, "--json", "-", "-o", "out.xlsx", "--all-plans")

    tree = json.loads(told.stdout)
    assert tree["measures"] == ["autonomy", "resilience", "cost"]
    assert (tree["complete"], tree["cost_resolution"]) == (True, 0.5)
    assert [each["total_cost"] for each in tree["points"]] == [0, 40, 60]
    assert tree["points"][1]["plans"] == [
        [{"investment": "CSIRT", "option": "CSIRT", "start": 2027}]
    ]
    book = load_workbook("out.xlsx")
    assert book.sheetnames == ["Frontier", "Options", "All plans"]
    assert len(book.worksheets[0]._charts) == 1
    book.close()


def test_unknown_measures_are_refused(run: Run, apart: Path) -> None:
    told = run("frontier", apart.name, "--by", "autonomy,beauty")

    assert told.exit_code == 2
    assert "--by: found beauty; expected one of: autonomy, resilience, objective" in told.stderr


def test_the_input_is_never_overwritten(run: Run, apart: Path) -> None:
    told = run("frontier", apart.name, "-o", apart.name)

    assert told.exit_code == 2
    assert "CB-O03" in told.stderr


def test_cells_of_the_chart_are_no_part_of_the_table(run: Run, small: Path, here: Path) -> None:
    ended = run("frontier", small, "-o", "frontier.xlsx")

    assert ended.exit_code == 0, ended.output
    sheet = load_workbook(here / "frontier.xlsx")["Frontier"]
    (table,) = sheet.tables.values()
    heads = [cell.value for cell in sheet[table.ref][0]]
    assert not [head for head in heads if "best for none" in head]
    last = sheet[table.ref][0][-1].column
    helper = next(cell for cell in sheet[4] if cell.value == "Cells of the chart")
    assert helper.column > last + 1
    assert sheet.cell(5, helper.column + 2).value.endswith("best for some weights")
    with ZipFile(here / "frontier.xlsx") as parts:
        chart = parts.read("xl/charts/chart1.xml").decode()
    columns = {match[1] for match in re.finditer(r"Frontier!\$([A-Z]+)\$", chart)}
    assert columns
    assert all(column_index_from_string(column) >= helper.column for column in columns)
