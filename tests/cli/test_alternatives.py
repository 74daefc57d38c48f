"""``choosebattles alternatives``: what is printed and written, and the exit codes."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from openpyxl import load_workbook

from choosebattles.solving.resolver import Resolver
from choosebattles.solving.resolver_question import Reply, SolverQuestion
from cli.conftest import Run
from workbook.sheets import sheets, write


@pytest.fixture
def apart(here: Path) -> Path:
    """Return a workbook in which CLOUD or CSIRT can be had, not both: 60 + 40 > 80."""
    return write(here / "apart.xlsx", sheets(Funds=[{"Fund": "STATE", 2027: 80}]))


# P is 70, all resilience there is. CSIRT is worth (10 + 50) / 2 / 0.7 = 42.86, CLOUD
# (30 + 20) / 2 / 0.7 = 35.71.
TOLD = """\
These are the 2 best sets of options: no other one is worth more, proved.

  plan  objective  autonomy  resilience          cost  in words
  1         42.86     14.29       71.43  40.0 million  The best: 42.86 points for 40.0 million.
  2         35.71     42.86       28.57  60.0 million  \
Takes CLOUD instead of CSIRT: 7.1 points less, for 20.0 million more.

The next best is worth 35.7 points less than the last one listed.
Plans worth at least 34.29 points, 8.6 below the best; options in all of them: 0, in some: 2, \
in none: 0 (proved).

  plan  objective  autonomy  resilience          cost  in words
  A         35.71     42.86       28.57  60.0 million  \
Takes CLOUD instead of CSIRT: 7.1 points less, for 20.0 million more.

None of them differs from the best in more than 2 options (plan A).
There is no further plan as good as that: proved.
may (2): CLOUD, CSIRT
"""


def test_rivals_are_told(run: Run, apart: Path) -> None:
    told = run("alternatives", apart.name, "--count", "2", "--loss", "20%")

    assert told.exit_code == 0
    assert told.stderr == ""
    assert told.stdout == TOLD
    assert [file.name for file in Path().iterdir()] == ["apart.xlsx"]


def test_json_is_as_stated(run: Run, apart: Path) -> None:
    told = run("alternatives", apart.name, "--json", "-", "--count", "1", "--loss", "8 points")

    tree = json.loads(told.stdout)
    assert told.exit_code == 0
    assert set(tree) == {
        *("schema", "case", "stop", "gap", "seconds", "proven", "plans", "others_at_most"),
        *(
            "no_others",
            "next_objective",
            "loss",
            "least",
            "different",
            "no_further",
            "classes",
            "doubts",
        ),
    }
    assert (tree["schema"], tree["stop"], tree["proven"]) == (1, "optimal", True)
    assert (tree["loss"], tree["no_others"], tree["no_further"]) == (8, False, True)
    assert tree["others_at_most"] == pytest.approx(250 / 7)
    assert tree["classes"] == {"CLOUD": "may", "CSIRT": "may"}
    (best,) = tree["plans"]
    assert set(best) == {
        *("name", "rank", "objective", "bound", "total_cost", "chosen", "enters", "leaves"),
        *("sentence", "indices"),
    }
    assert best["chosen"] == [{"investment": "CSIRT", "option": "CSIRT", "start": 2027}]
    (other,) = tree["different"]
    assert set(other) == (set(best) - {"rank", "bound"}) | {"differs_in", "at_most"}
    assert (other["differs_in"], other["at_most"]) == (2, 2)
    assert (other["enters"], other["leaves"]) == (["CLOUD"], ["CSIRT"])


def test_all_there_are(run: Run, apart: Path) -> None:
    told = run("alternatives", apart.name)

    assert told.stdout.startswith(
        "There are 3 sets of options that meet all demands, and no others: proved.\n"
    )


def test_a_workbook_holds_plans_marks_classes_and_a_chart(run: Run, apart: Path) -> None:
    told = run("alternatives", apart.name, "-o", "out.xlsx", "--loss", "20%")

    book = load_workbook("out.xlsx")
    summary, plans, options = book.worksheets
    assert told.stdout.endswith("\nResults: out.xlsx\n")
    assert book.sheetnames == ["Summary", "Alternatives", "Options"]
    assert [row[0].value for row in summary.iter_rows(min_row=6, max_row=9)] == [1, 2, 3, "A"]
    assert len(summary._charts) == 1
    rows = {row[0]: row[2:] for row in plans.iter_rows(min_row=5, values_only=True)}
    assert rows["Option"] == ("Class", "Plan 1", "Plan 2", "Plan 3", "Plan A")
    assert rows["CLOUD"] == ("may", None, "enters 2027", None, "enters 2027")
    assert rows["CSIRT"] == ("may", "from 2027", "leaves", "leaves", "leaves")
    assert rows["Total cost"] == (None, 40, 60, 0, 60)
    classes = list(options.iter_rows(min_row=6, values_only=True))
    assert classes[0] == ("CLOUD", "Government cloud", "may: in some, not in all", "no", 2)
    book.close()


def test_no_plan_is_an_answer(run: Run, here: Path) -> None:
    limit = {"Metric": "count", "Minimum": 2}
    write(here / "poor.xlsx", sheets(Funds=[{"Fund": "STATE", 2027: 50}], Limits=[limit]))

    told = run("alternatives", "poor.xlsx", "--json", "a.json", "-o", "out.xlsx")

    assert told.exit_code == 3
    assert told.stdout.startswith(
        "No plan meets all demands at once: proved. choosebattles solve FILE names the cells that "
        "cannot all hold.\n"
    )
    tree = json.loads(Path("a.json").read_text("utf-8"))
    assert (tree["plans"], tree["classes"], tree["stop"]) == ([], {}, "infeasible")
    assert Path("out.xlsx").exists()


def test_bad_input_is_told_on_both_streams(run: Run, bad: Path) -> None:
    told = run("alternatives", bad.name, "--json", "-")

    assert told.exit_code == 2
    assert json.loads(told.stdout)["errors"][0]["code"] == "CB-C08"


@pytest.mark.parametrize("typed", ["1", "0.5", "-1%", "half", "-1 points", "100%"])
def test_an_unclear_loss_is_refused(run: Run, apart: Path, typed: str) -> None:
    told = run("alternatives", apart.name, "--loss", typed)

    assert told.exit_code == 2
    assert f"CB-R04 --loss: found {typed}; expected a percentage such as 1%" in told.stderr


def test_stopped_by_hand_keeps_what_is_known(
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

    told = run("alternatives", apart.name, "--json", "a.json", "-o", "out.xlsx")

    tree = json.loads(Path("a.json").read_text("utf-8"))
    assert told.exit_code == 4
    assert (tree["stop"], len(tree["plans"])) == ("interrupted", 1)
    assert set(tree["classes"].values()) == {"not settled"}
    assert "in none: 0, not settled yet: 2 (the search was stopped)." in told.stdout
    assert Path("out.xlsx").exists()


def test_stopped_at_once(run: Run, apart: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_resolver: Resolver, _question: SolverQuestion) -> Reply:
        raise KeyboardInterrupt

    monkeypatch.setattr(Resolver, "ask", interrupted)

    told = run("alternatives", apart.name, "-o", "out.xlsx")

    assert told.exit_code == 4
    assert told.stdout.startswith("Stopped before the first plan was found.\n")
    assert Path("out.xlsx").exists()


def test_the_input_is_never_overwritten(run: Run, apart: Path) -> None:
    told = run("alternatives", apart.name, "-o", apart.name)

    assert told.exit_code == 2
    assert "CB-O03" in told.stderr


def test_every_document_says_where_it_comes_from(run: Run, small: Path) -> None:
    run("alternatives", small.name, "-o", "rivals.md")

    last = [line for line in Path("rivals.md").read_text("utf-8").splitlines() if line][-2]
    digest = sha256(small.read_bytes()).hexdigest()[:12]
    assert last.startswith(f"{small.name} ({digest}) · choosebattles ")
