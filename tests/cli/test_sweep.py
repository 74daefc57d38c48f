"""``choosebattles sweep``: what is printed and written, and the exit codes."""

import csv
import json
import sys
from pathlib import Path

import polars as pl
import pytest
from openpyxl import load_workbook

from choosebattles.case.evidence import SweepAs
from choosebattles.cli.typed_sweep import axis
from choosebattles.errors import InputError
from choosebattles.execution.run_pieces import Ending
from choosebattles.uncertainty import sweep as sweeping
from cli.conftest import Run
from workbook.sheets import sheets, write

PLAN = """
design = "grid"
[[parameter]]
name = "fund.STATE"
values = [40, 100]
[[parameter]]
name = "cost.CLOUD"
from = 0.5
to = 1
steps = 2
as = "times"
"""


def test_a_sweep_is_told(run: Run, small: Path) -> None:
    # P is 70. CLOUD (60): 30 and 20 points; CSIRT (40): 10 and 50. Half of each index counts.
    told = run("sweep", small.name, "--parameter", "fund.STATE=40,60,100", "--gap", 0)

    assert told.exit_code == 0
    assert told.stderr == ""
    assert told.stdout == (
        "fund.STATE varied over 3 points: the objective is 78.57 points as things stand.\n"
        "\n"
        "  fund.STATE  objective  no plan above  autonomy  resilience           cost    sure"
        "  what changes from the point before\n"
        "          40      42.86          42.86     14.29       71.43   40.0 million  proved\n"
        "          60      42.86          42.86     14.29       71.43   40.0 million  proved\n"
        "         100      78.57          78.57     57.14      100.00  100.0 million  proved"
        "  enters: CLOUD\n"
        "\n"
        "Over all points the best plan is worth between 42.86 and 78.57 points.\n"
        "1 option is in every plan; in some only: CLOUD.\n"
    )


def test_everything_is_written(run: Run, small: Path) -> None:
    Path("plan.toml").write_text(PLAN, "utf-8")

    told = run(
        "sweep", small.name, "--plan", "plan.toml", "--json", "a.json", "-o", "out.xlsx",
        "--export", "out.csv", "--workers", 1,
    )  # fmt: skip

    assert told.exit_code == 0
    assert told.stdout.endswith("\nResults: out.xlsx\nResults: out.csv\n")
    tree = json.loads(Path("a.json").read_text("utf-8"))
    assert (tree["schema"], tree["complete"], tree["design"]) == (1, True, "grid")
    assert tree["varied"] == [
        {"parameter": "fund.STATE", "now": 100, "low": 40, "high": 100},
        {"parameter": "cost.CLOUD", "now": 60, "low": 30, "high": 60},
    ]
    assert [list(each["values"].values()) for each in tree["points"]] == [
        [40, 30], [40, 60], [100, 30], [100, 60],
    ]  # fmt: skip
    assert tree["points"][3]["chosen"][0] == {"option": "CLOUD", "start": 2027}
    with Path("out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [float(row["total_cost"]) for row in rows] == [40, 40, 70, 100]
    book = load_workbook("out.xlsx")
    assert book.sheetnames == ["Sweep", "Options"]
    assert [cell.value for cell in book["Sweep"][8]][:4] == [3, 100, 30, pytest.approx(550 / 7)]
    assert len(book["Sweep"]._charts) == 1
    assert [cell.value for cell in book["Options"][6]][:4] == ["CSIRT", "Incident team", 1, "in"]
    book.close()


def test_one_at_a_time_makes_a_tornado(run: Run, small: Path) -> None:
    told = run(
        "sweep", small.name, "--parameter", "fund.STATE=50%..100%x2",
        "--parameter", "score.CLOUD.autonomy=0,40", "-o", "out.xlsx", "--workers", 1,
    )  # fmt: skip

    assert told.exit_code == 0
    assert "fund.STATE moves it most: from 42.86 to 78.57 points." in told.stdout
    book = load_workbook("out.xlsx")
    assert book.sheetnames == ["Sweep", "Tornado", "Options"]
    assert [cell.value for cell in book["Tornado"][6]][:4] == ["fund.STATE", 100, 50, 100]
    assert len(book["Tornado"]._charts) == 1
    book.close()


def test_a_sobol_sequence_has_a_power_of_two_of_points_and_says_so(run: Run, small: Path) -> None:
    typed = (
        "sweep",
        small.name,
        "--parameter",
        "fund.STATE=40..100",
        "--design",
        "sobol",
        "--gap",
        0,
    )

    more = run(*typed, "--points", 3)
    told = "4 points instead of 3: a Sobol sequence is even at powers of 2 alone."

    assert "fund.STATE varied over 4 points" in more.stdout
    assert told in more.stdout
    assert "instead of" not in run(*typed, "--points", 4).stdout


def test_parquet_reads_back(run: Run, small: Path) -> None:
    told = run(
        "sweep", small.name, "--parameter", "fund.STATE=40,100", "--export", "out.parquet",
        "--workers", 1, "--json", "-",
    )  # fmt: skip

    table = pl.read_parquet("out.parquet")
    assert table["fund.STATE"].to_list() == [40, 100]
    assert [each["objective"] for each in json.loads(told.stdout)["points"]] == pytest.approx(
        table["objective"].to_list()
    )
    assert "Results: out.parquet" in told.stderr


def test_parquet_without_its_library_is_refused_before_anything_is_searched(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setattr("choosebattles.cli.sweep.sweep", None)  # nothing is swept

    told = run("sweep", small.name, "--parameter", "fund.STATE=40,100", "--export", "out.parquet")

    assert told.exit_code == 2
    assert "CB-R04 --export: found that it is not installed; expected pyarrow" in told.stderr
    assert "pip install 'choosebattles[parquet]'" in told.stderr


def test_a_stopped_sweep_goes_on(run: Run, small: Path) -> None:
    typed = (
        "sweep", small.name, "--parameter", "fund.STATE=40..120x20", "--study", "s.sqlite",
        "--workers", 1,
    )  # fmt: skip

    cut = run(*typed, "--time-limit", "0.000001")
    on = run(*typed)

    assert cut.exit_code == 4
    assert "Stopped: 1 of 20 points are done." in cut.stdout
    assert "What is done is kept in s.sqlite; the same command goes on from there" in cut.stdout
    assert on.exit_code == 0


def test_without_a_study_file_one_is_suggested(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "run", lambda *_a, **_k: Ending.INTERRUPTED)

    told = run("sweep", small.name, "--parameter", "fund.STATE=40,50", "-o", "out.xlsx")

    assert told.exit_code == 4
    assert "Stopped: 0 of 2 points are done." in told.stdout
    assert "name a file for the study: --study STUDY.sqlite" in told.stdout
    assert Path("out.xlsx").exists()


def test_no_plan_anywhere_is_an_answer(run: Run, here: Path) -> None:
    limit = {"Metric": "count", "Minimum": 2}
    write(here / "poor.xlsx", sheets(Limits=[limit]))

    told = run("sweep", "poor.xlsx", "--parameter", "fund.STATE=1,2", "--workers", 1)

    assert told.exit_code == 3
    assert "At 2 points no plan meets all demands: proved." in told.stdout


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("--parameter", "fund.STATE"), "CB-R21 --parameter: found fund.STATE; expected such as"),
        (("--parameter", "fund.STATE=1..b"), "found fund.STATE=1..b"),
        (("--parameter", "fund.STATE=1..50%"), "expected percentages throughout, or none"),
        (("--parameter", "fund.STAT=1,2"), "CB-R02 --parameter fund.STAT: found no such number"),
        ((), "CB-R21 --parameter: found nothing to vary"),
        (("--parameter", "fund.STATE=1", "--workers", "0"), "CB-R04 --workers: found 0"),
        (("--parameter", "fund.STATE=1", "--design", "cube"), "CB-R21 --design: found cube"),
        (("--parameter", "fund.STATE=1", "--export", "a.doc"), "CB-R04 --export: found a.doc"),
        (("--plan", "none.toml"), "CB-F22 none.toml: found no such file"),
        (("--parameter", "fund.STATE=1", "--plan", "none.toml"), "either --parameter or --plan"),
    ],
)
def test_what_cannot_be_read_is_told(
    run: Run, small: Path, typed: tuple[str, ...], told: str
) -> None:
    ended = run("sweep", small.name, *typed)

    assert ended.exit_code == 2
    assert told in ended.stderr
    assert [file.name for file in Path().iterdir()] == [small.name]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("colour = 1", "found colour; expected one of: design, parameter, points, seed"),
        ("design = 'grid'", "found no parameter; expected [[parameter]] with name"),
        ("[[parameter]]\nname = 'a'\nfrom = 1", "found a; expected from and to, or values"),
        ("[[parameter]]\nname = 'a'\nvalues = ['b']", "found b; expected a number"),
        ("[[parameter]]\nname = 'a'\nvalues = [1]\nas = 'b'", "found as = b; expected value or"),
        ("design = ", "expected a plan, as TOML"),
        ("points = -1\n[[parameter]]\nname = 'a'\nvalues = [1]", "expected a whole number"),
    ],
)
def test_a_plan_that_cannot_be_read_is_told(run: Run, small: Path, text: str, told: str) -> None:
    Path("plan.toml").write_text(text, "utf-8")

    ended = run("sweep", small.name, "--plan", "plan.toml")

    assert ended.exit_code == 2
    assert told in ended.stderr


@pytest.mark.parametrize(
    ("text", "start", "stop", "steps", "kind"),
    [
        ("fund.STATE=50%..150%x11", "0.5", "1.5", 11, SweepAs.TIMES),
        ("fund.STATE=50..150", "50", "150", 11, SweepAs.VALUE),
        ("discount=0%..6.5%x7", "0", "0.065", 7, SweepAs.VALUE),
        ("discount = 0 .. .06 x 3", "0", "0.06", 3, SweepAs.VALUE),
        ("score.A.b=-5.5..-1e1x2", "-5.5", "-10", 2, SweepAs.VALUE),
        ("budget=80%..120%x5", "0.8", "1.2", 5, SweepAs.TIMES),
    ],
)
def test_what_is_typed(text: str, start: str, stop: str, steps: int, kind: SweepAs) -> None:
    found = axis(text)

    assert (str(found.start), str(found.stop)) == (start, stop) or (
        float(found.start) == float(start) and float(found.stop) == float(stop)
    )
    assert (found.steps, found.kind) == (steps, kind)


def test_a_list_is_values() -> None:
    assert [float(value) for value in axis("weight.autonomy=30, 40,55").values] == [30, 40, 55]
    with pytest.raises(InputError):
        axis("weight.autonomy=30,,55")


def test_what_one_more_million_buys(run: Run, here: Path) -> None:
    # CSIRT (40, worth 42.86) is had with 99; one more buys CLOUD too: 78.57.
    write(here / "short.xlsx", sheets(Funds=[{"Fund": "STATE", 2027: 99}]))

    told = run("sweep", "short.xlsx", "--money", "--gap", 0, "-o", "out.xlsx", "--workers", 1)

    assert told.exit_code == 0
    assert told.stdout == (
        "One million more is surely worth most in STATE 2027: 35.71 points.\n"
        "\n"
        "  fund   year  now  gain of one more  holds for  loss of one less  holds for\n"
        "  STATE  2027   99             35.71          1           nothing         10\n"
        "\n"
        "With it the plan changes: it buys CLOUD.\n"
        "Results: out.xlsx\n"
    )
    book = load_workbook("out.xlsx")
    assert book.sheetnames == ["One more million", "Sweep", "Options"]
    assert [cell.value for cell in book["One more million"][6]][:6] == [
        "STATE",
        2027,
        99,
        35,
        36,
        1,
    ]
    book.close()


def test_what_all_points_would_take_is_told(run: Run, small: Path) -> None:
    typed = (
        "sweep", small.name, "--parameter", "fund.STATE=30..120x40", "--workers", 1,
        "--study", "s.sqlite", "-o", "out.xlsx",
    )  # fmt: skip

    told = run(*typed, "--estimate")
    written = Path("out.xlsx").exists()
    on = run(*typed)

    assert told.exit_code == 0
    assert told.stdout.startswith("40 points would take about ")
    # the pilot ends with the third point, and as many follow
    assert "\nMeasured on 6 points: " in told.stdout
    assert "recount" not in told.stdout
    assert not written
    assert on.exit_code == 0
    assert "6 points were read from s.sqlite" in on.stdout


def test_a_million_points_can_be_estimated_without_asking(run: Run, small: Path) -> None:
    told = run(
        "sweep", small.name, "--parameter", "cost.CLOUD=1..100x1000",
        "--parameter", "fund.STATE=1..100x1000", "--design", "grid", "--estimate",
    )  # fmt: skip

    assert told.exit_code == 0
    assert told.stdout.startswith("1,000,000 points would take about ")
    assert "\nMeasured on 193 points: " in told.stdout


def test_a_grid_beyond_all_bounds_is_refused_before_anybody_is_asked(run: Run, small: Path) -> None:
    told = run(
        "sweep", small.name, "--parameter", "cost.CLOUD=1..100x100000",
        "--parameter", "fund.STATE=1..100x100000", "--design", "grid",
    )  # fmt: skip

    assert told.exit_code == 2
    assert "found 10,000,000,000; expected 1 to 1,000,000 points" in told.stderr
    assert "--yes" not in told.stderr


def test_money_goes_by_itself(run: Run, small: Path) -> None:
    told = run("sweep", small.name, "--money", "--parameter", "fund.STATE=1,2")

    assert told.exit_code == 2
    assert "CB-R04 --money: found --parameter; expected one of the two" in told.stderr
