"""``choosebattles robustness``: what is printed and written, and the exit codes."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cli.conftest import Run
from workbook.sheets import sheets, write


@pytest.fixture
def apart(here: Path) -> Path:
    """Return a workbook in which CLOUD or CSIRT can be had, not both: 60 + 40 > 80."""
    return write(here / "apart.xlsx", sheets(Funds=[{"Fund": "STATE", 2027: 80}]))


def test_robustness_is_told(run: Run, apart: Path) -> None:
    # Of 70 points CSIRT has (10, 50), CLOUD (30, 20). At 70 % autonomy CSIRT is worth
    # 22 / .7 = 31.43 and CLOUD 27 / .7 = 38.57, so 7.14 more; level at 60 %, half way there.
    told = run("robustness", apart.name, "--weights", "autonomy=30%..70%")

    assert told.exit_code == 0
    assert told.stderr == ""
    assert told.stdout == GOLDEN
    assert [file.name for file in Path().iterdir()] == ["apart.xlsx"]


GOLDEN = """\
The best plan as things stand may fall short of another one by up to 7.14 points, and by no more: proved.
It takes CSIRT; 42.86 points as things stand.
It has 1 competitor, a plan that may be worth more within the intervals: proved.
Robustness radius 50.0 %: were all intervals that share as wide around the likely numbers, it would have no competitor: proved.
2 sets of options are beaten by no other over all these weights: proved.
Borderline, in some: CLOUD and CSIRT.
The weight of autonomy was in question from 30.0 % to 70.0 % (likely 50.0 %).
Objectives without an interval shared what was left as their likely weights do.

  competitor  may gain  autonomy  resilience  enters and leaves against the plan
  1               7.14    70.0 %      30.0 %  enters: CLOUD; leaves: CSIRT

  option in question  the plan  core index    so it is  competitors  regret
  CSIRT                     in        50 %  borderline            1    7.14
  CLOUD                    out        50 %  borderline            1    7.14

The voices answer different questions: the core index counts plans that no other beats over all the weights, each once and however narrow the weights at which it is best (a hint, not a probability); competitors and regret look at the worst case for this plan alone; acceptability counts draws, so what is best rarely counts little.
Acceptability is left out: it takes draws (--draws 1000).
"""


def test_a_proposed_plan_is_judged(run: Run, apart: Path) -> None:
    told = run("robustness", apart.name, "--weights", "Autonomy=30%..70%", "--plan", "cloud")

    assert told.exit_code == 0
    # at 30 % autonomy CLOUD is worth 23 / .7, CSIRT 38 / .7
    assert told.stdout.startswith(
        "The proposed plan may fall short of another one by up to 21.43 points, and by no more"
    )
    assert "Even as things stand another plan is worth more" in told.stdout


def test_scores_alone_and_no_dearer_plans(run: Run, apart: Path) -> None:
    told = run("robustness", apart.name, "--spread", "score=10", "--no-dearer", "--json", "-")

    tree = json.loads(told.stdout)
    assert told.exit_code == 0
    assert tree["scores_in_question"] == 4
    assert (tree["competitors"], tree["competitors_complete"]) == ([], True)
    assert tree["regret"] == {"least": 0.0, "most": 0.0}
    assert tree["unbeaten"][0]["options"] == ["CSIRT"]
    assert tree["options"][0]["acceptability"] is None


def test_the_workbook_says_the_same(run: Run, apart: Path) -> None:
    told = run(
        "robustness",
        apart.name,
        "--weights",
        "autonomy=30%..70%",
        "-o",
        "out.xlsx",
        "--draws",
        64,
        "--workers",
        1,
        "--study",
        "s.sqlite",
    )

    assert told.exit_code == 0
    assert "Acceptability is of 64 draws" in told.stdout
    book = load_workbook("out.xlsx")
    assert book.sheetnames == ["Robustness", "Competitors", "Unbeaten plans"]
    head, *rows = book["Robustness"][book["Robustness"].tables["Robustness"].ref]
    assert [each.value for each in head] == [
        "Option",
        "What it is",
        "In the plan",
        "Core index",
        "So it is",
        "Competitors that decide otherwise",
        "Regret of the decision, points",
        "Acceptability",
    ]
    cells = {row[0].value: [each.value for each in row] for row in rows}
    assert cells["CSIRT"][2:6] == ["in", 0.5, "borderline", 1]
    assert cells["CSIRT"][6] == pytest.approx(5 / 0.7)
    # CSIRT is best up to 60 % of 30 % to 70 %: three draws out of four
    assert cells["CSIRT"][7] == pytest.approx(0.75, abs=0.17)
    assert cells["CSIRT"][7] + cells["CLOUD"][7] == pytest.approx(1)
    again = run(
        "robustness",
        apart.name,
        "--weights",
        "autonomy=30%..70%",
        "--draws",
        64,
        "--workers",
        1,
        "--study",
        "s.sqlite",
    )
    assert again.exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "found no weight and no score in an interval"),
        (("--weights", "autonomy=60%..70%"), "an interval around its likely weight, 50%"),
        (("--weights", "autonomy=0.3..0.7"), "an interval, as in autonomy=30%..70%"),
        (("--weights", "freedom=30%..70%"), "an objective, as in autonomy=30%..70%"),
        (("--weights", "autonomy=30%..70%", "--plan", "CLOUD; CSIRT"), "cannot be carried out"),
        (("--weights", "autonomy=30%..70%", "--plan", "NOBODY"), "the id of an option"),
        (("--weights", "autonomy=30%..70%", "--study", "s.sqlite"), "--draws as well"),
        (("--spread", "score=ten"), "a quantity and a spread"),
    ],
)
def test_what_makes_no_sense_is_refused(
    run: Run, apart: Path, arguments: tuple[str, ...], told: str
) -> None:
    answer = run("robustness", apart.name, *arguments)

    assert answer.exit_code == 2
    assert told in answer.stderr


def test_many_extremes_of_weights_have_no_core_index(run: Run, here: Path) -> None:
    goals = ("autonomy", "resilience", "openness", "fairness")
    rows = [
        {"Objective": goal, "Weight": 25, "Weight low": 20, "Weight high": 30} for goal in goals
    ]
    criteria = [{"Criterion": goal, "Objective": goal} for goal in goals]
    facts = [
        {**each, "Score: openness": 5, "Score: fairness": 15} for each in sheets()["Investments"]
    ]
    four = sheets(Objectives=rows, Criteria=criteria, Investments=facts)
    write(here / "four.xlsx", four)

    told = run("robustness", "four.xlsx", "--weights", "every", "-o", "out.xlsx")

    assert told.exit_code == 0
    assert "The weights have 6 extremes." in told.stdout
    assert "core index  " not in told.stdout
    book = load_workbook("out.xlsx")
    head = book["Robustness"][book["Robustness"].tables["Robustness"].ref][0]
    assert "Core index" not in [each.value for each in head]


def test_out_of_time(run: Run, apart: Path) -> None:
    told = run(
        "robustness", apart.name, "--weights", "autonomy=30%..70%", "--time-limit", "0.000001s"
    )

    assert told.exit_code == 4
    assert told.stdout == "Stopped before a plan was found.\n"
