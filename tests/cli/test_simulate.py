"""``choosebattles simulate``: what is printed and written, and the exit codes."""

import csv
import json
from decimal import Decimal
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from openpyxl import load_workbook

from choosebattles.cli.typed_spread import spreading
from choosebattles.uncertainty.draw import Spread
from cli.conftest import Run
from workbook.sheets import sheets, write


@pytest.fixture
def ranged(here: Path) -> Path:
    """Return a workbook in which CLOUD may cost more than there is: 60 + 40 = 100."""
    rows = [{"Id": "CLOUD", "Quantity": "cost", "Low": 55, "High": 75}]
    return write(here / "ranged.xlsx", sheets(Ranges=rows))


def test_draws_are_told(run: Run, ranged: Path) -> None:
    # Within the money, both are always worth 78.57. CLOUD at more than 60 (in 11 of the draws)
    # leaves one of the two: CSIRT is worth 42.86, CLOUD 35.71. 9/20 * 35.71 = 16.07. Decided now,
    # CSIRT alone is best, 42.86 for sure; knowing the cost, both in the 9 draws: 16.07 more.
    told = run("simulate", ranged.name, "--draws", 20, "--gap", 0, "--workers", 1)

    assert told.exit_code == 0
    assert told.stderr == ""
    assert told.stdout == (
        "In 55.0 % of the draws the plan as things stand cannot be carried out (money, people or "
        "a rule); in the others it is on average 0 points short of the best plan of each draw.\n"
        "\n"
        "  points                                                          mean  5 % below  95 % below\n"
        "  Objective: the plan as things stand, in 45 % of draws           78.6       78.6        78.6\n"
        "  Objective: the best plan of each draw                           58.9       42.9        78.6\n"
        "  Index: autonomy: the plan as things stand, in 45 % of draws     57.1       57.1        57.1\n"
        "  Index: autonomy: the best plan of each draw                     33.6       14.3        57.1\n"
        "  Index: resilience: the plan as things stand, in 45 % of draws  100.0      100.0       100.0\n"
        "  Index: resilience: the best plan of each draw                   84.3       71.4       100.0\n"
        "\n"
        "  plan                      best in  holds in  mean regret  95 % below  worst\n"
        "  the plan as things stand     45 %      45 %            0           0      0\n"
        "  plan A                       55 %     100 %        16.07       35.71  35.71\n"
        "\n"
        "  option in some plans  share of draws  as things stand\n"
        "  CLOUD                    45 % ± 21 %               in\n"
        "\n"
        "Comparisons leave out the draws in which it cannot be carried out.\n"
        "What can still be done of it is then worth 42.9 points on average.\n"
        "It promises 78.57 points; over the draws it brings 78.57 on average, between 78.6 and 78.6 "
        "in nine draws out of ten: no disappointment that the draws can tell from chance.\n"
        "Of the 2 plans compared, plan A can be carried out most often, in 100 % of the draws; there "
        "it falls short by at most 35.72 points.\n"
        "Of 2 options, at least 95 % of the best plans take 1, and at most 5 % take 0 others; "
        "between the two: CLOUD.\n"
        "\n"
        "  worth finding out  gains points  from     to\n"
        "  cost CLOUD                13.93  2.86  19.29\n"
        "\n"
        "Knowing every figure before deciding would gain 16.07 points on average (7.14 to 19.29).\n"
        "Find out first: cost CLOUD (13.93 points).\n"
        "Even 100.0 million a year more in STATE would gain less than knowing everything.\n"
        "Without knowing more, plan A is best on average: 42.86 points, a draw in which it cannot be "
        "carried out counted as doing nothing.\n"
        "These are lower estimates from 3 plans in 20 draws; from and to hold 19 times out of 20. "
        "Whichever plans there are, no knowledge gains more than 16.08 points.\n"
        "1 range was drawn from PERT distributions (values near the likely one are likeliest).\n"
        "Seed 1; the same seed and workbook give the same draws.\n"
    )


def test_everything_is_written(run: Run, ranged: Path) -> None:
    told = run(
        "simulate", ranged.name, "--draws", 12, "--json", "a.json", "-o", "out.xlsx",
        "--export", "out.csv", "--workers", 1, "--spread", "score=30%", "--weights", "simplex",
    )  # fmt: skip

    assert told.exit_code == 0
    assert told.stdout.endswith("\nResults: out.xlsx\nResults: out.csv\n")
    tree = json.loads(Path("a.json").read_text("utf-8"))
    assert (tree["schema"], tree["complete"], tree["draws"], tree["seed"]) == (1, True, 12, 1)
    assert set(tree["acceptability"]) == {"CLOUD", "CSIRT"}
    assert sum(each["share"] for each in tree["plans"]) == pytest.approx(1)
    with Path("out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 12
    assert {"cost.CLOUD", "score.CSIRT.autonomy", "weight.autonomy", "nominal"} <= rows[0].keys()
    book = load_workbook("out.xlsx")
    assert book.sheetnames == ["Draws", "Options", "Plans", "What matters"]
    assert len(book["Draws"]._charts) == 1
    assert book["Options"]["A6"].value in {"CLOUD", "CSIRT"}
    assert book["What matters"].max_row >= 5 + 5
    book.close()


def test_a_study_goes_on(run: Run, ranged: Path) -> None:
    typed = ("simulate", ranged.name, "--study", "s.sqlite", "--workers", 1, "--draws")

    cut = run(*typed, 70, "--time-limit", "0.000001")
    on = run(*typed, 70)
    other = run(*typed, 70, "--seed", 2)

    assert cut.exit_code == 4
    assert "Stopped: 1 of 70 draws are done." in cut.stdout
    assert on.exit_code == 0
    assert other.exit_code == 2
    assert "found study: seed was 1 and is 2" in other.stderr


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("--draws", "0"), "CB-R04 --draws: found 0; expected 1 or more"),
        (("--seed", "-1"), "CB-R04 --seed: found -1"),
        (("--shape", "perf"), "CB-R05 --shape: found perf; expected one of: pert, triangular"),
        (("--weights", "some"), "CB-R05 --weights: found some"),
        (("--common-cost", "2"), "CB-R04 --common-cost: found 2; expected a percentage"),
        (("--spread", "price=5%"), "CB-R04 --spread: found price=5%"),
        (("--spread", "cost=5%..9%"), "expected a spread around 0"),
        (("--spread", "cost=a"), "CB-R04 --spread: found cost=a"),
    ],
)
def test_what_cannot_be_read_is_told(
    run: Run, ranged: Path, typed: tuple[str, ...], told: str
) -> None:
    ended = run("simulate", ranged.name, *typed)

    assert ended.exit_code == 2
    assert told in ended.stderr


def test_a_case_without_ranges_is_told_what_to_do(run: Run, small: Path) -> None:
    told = run("simulate", small.name)

    assert told.exit_code == 2
    assert "Fill the sheet Ranges, or try --spread score=20%" in told.stderr


@pytest.mark.parametrize(
    ("text", "spread"),
    [
        ("cost=-10%..40%", Spread("cost", Decimal("0.1"), Decimal("0.4"))),
        ("score=20%", Spread("score", Decimal("0.2"), Decimal("0.2"))),
        ("score=15", Spread("score", Decimal(15), Decimal(15), points=True)),
        ("amount=-30%..0%", Spread("amount", Decimal("0.3"), Decimal(0))),
    ],
)
def test_what_a_spread_is(text: str, spread: Spread) -> None:
    assert spreading(text) == spread


def test_what_causes_the_spread_is_told_and_written(run: Run, ranged: Path) -> None:
    told = run(
        "simulate", ranged.name, "--draws", 20, "--gap", 0, "--workers", 1, "--spread", "score=30%",
        "--indices", 32, "--inputs", 5, "-o", "out.xlsx", "--json", "a.json", "--yes",
    )  # fmt: skip

    assert told.exit_code == 0
    assert "What the plan as things stand is worth is spread by " in told.stdout
    (line,) = [each for each in told.stdout.splitlines() if "depends most on" in each]
    assert line.startswith("Whether the plan as things stand can be carried out depends most on ")
    assert "cost CLOUD (" in line
    assert "what costs share (" in line
    assert "score" not in line
    assert "from and to hold 19 times out of 20 (32 base draws)." in told.stdout
    assert "  what the best plan of a draw is worth  " in told.stdout
    tree = json.loads(Path("a.json").read_text("utf-8"))["indices"]
    assert [each["of"] for each in tree["outcomes"]] == ["worth", "holds", "best"]
    holds = tree["outcomes"][1]["inputs"]
    (cost,) = [hold for hold in holds if "cost CLOUD" in hold["inputs"]]
    assert cost["total"][0] <= cost["total"][1] <= cost["total"][2] == 1
    book = load_workbook("out.xlsx")
    sheet = book["What causes the spread"]
    assert len(sheet._charts) == 3
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "Alone, % from" in cells
    assert "Whether the plan as things stand can be carried out" in cells
    book.close()


def test_indices_of_the_plan_alone(run: Run, ranged: Path) -> None:
    told = run(
        "simulate", ranged.name, "--draws", 8, "--workers", 1, "--indices", 16, "--plan-alone",
    )  # fmt: skip

    assert told.exit_code == 0
    assert "What the plan as things stand is worth is the same in all these draws" in told.stdout
    assert "what the best plan of a draw is worth  " not in told.stdout


def test_the_plan_of_least_worst_regret_is_told(run: Run, ranged: Path) -> None:
    # CLOUD is out of reach where it costs more than 60: CSIRT alone is worth 42.86, both 78.57.
    told = run(
        "simulate", ranged.name, "--draws", 20, "--gap", 0, "--workers", 1,
        "--least-regret", "1h", "--json", "a.json",
    )  # fmt: skip

    assert told.exit_code == 0
    assert (
        "Of all plans that can be carried out in all 20 draws that are compared, none has less "
        "worst regret than plan A: proved. It falls short by 35.72 points at most.\n"
        "Against the plan as things stand, it leaves CLOUD out.\n"
    ) in told.stdout
    tree = json.loads(Path("a.json").read_text("utf-8"))["least_regret"]
    assert tree["options"] == ["CSIRT"]
    assert tree["proved"] is True


def test_least_regret_stopped_by_hand_says_so_and_ends(
    run: Run, ranged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(*_told: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("choosebattles.uncertainty.least_regret._RegretSearch._solve", nothing)
    monkeypatch.setattr(
        "choosebattles.uncertainty.least_regret._RegretSearch._hold", lambda *_told: None
    )

    told = run(
        "simulate", ranged.name, "--draws", 8, "--workers", 1, "--least-regret", "1h",
        "--indices", 64,
    )  # fmt: skip

    assert told.exit_code == 4
    assert "is spread by" not in told.stdout  # who stops wants the command to end
    assert (
        "No plan was found so far that can be carried out in all 8 draws that are compared; more "
        "time may find one.\n"
    ) in told.stdout


def test_what_all_draws_would_take_is_told(run: Run, ranged: Path) -> None:
    told = run(
        "simulate", ranged.name, "--draws", 100_000, "--workers", 1, "--estimate",
        "--study", "s.sqlite", "--indices", 64,
    )  # fmt: skip
    on = run("simulate", ranged.name, "--draws", 200, "--workers", 1, "--study", "s.sqlite")

    assert told.exit_code == 0
    assert told.stdout.startswith("100,000 draws would take about ")
    assert "\nMeasured on 128 draws: " in told.stdout
    # 64 base draws, each of both designs and of 8 inputs and 3 more exchanged at most
    assert "Indices take 832 further draws at most, counted in.\n" in told.stdout
    assert "\nThe study file would take about " in told.stdout
    assert on.exit_code == 0


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_the_table_of_draws_is_what_prim_and_salib_take(
    run: Run, ranged: Path, ending: str
) -> None:
    told = run(
        "simulate", ranged.name, "--draws", 20, "--gap", 0, "--workers", 1, "--spread", "score=10%",
        "--weights", "simplex", "--export", f"draws.{ending}", "-o", "draws.json",
    )  # fmt: skip

    assert told.exit_code == 0
    read = pl.read_csv if ending == "csv" else pl.read_parquet
    table = read(f"draws.{ending}")
    drawn = json.loads(Path("draws.json").read_text("utf-8"))["drawn"]
    names = [each["column"] for each in drawn]
    # draw, then all that was drawn and nothing else, then what came of it
    assert table.columns[: len(names) + 2] == ["draw", *names, "stop"]
    assert {"cost.CLOUD", "score.CSIRT.resilience", "weight.autonomy"} <= set(names)
    x = table.select(names).to_numpy()
    assert (x.shape, x.dtype.kind) == ((20, len(names)), "f")
    assert np.isfinite(x).all()
    assert (x >= [each["low"] for each in drawn]).all()
    assert (x <= [each["high"] for each in drawn]).all()
    for outcome in ("objective", "bound", "nominal", "kept", "index.autonomy", "total_cost"):
        assert table[outcome].dtype.is_float(), outcome
    assert table["start.CLOUD"].dtype.is_integer()
    # one of the two is not there: the plan holds, or what is left of it does
    holds, cut = (
        np.isfinite(table[name].fill_null(np.nan).to_numpy()) for name in ("nominal", "kept")
    )
    assert 0 < holds.sum() < 20
    assert (holds != cut).all()


@pytest.mark.parametrize("number", ["-1", "7", "100"])
def test_base_draws_that_make_no_design_are_refused(run: Run, ranged: Path, number: str) -> None:
    told = run("simulate", ranged.name, "--indices", number)

    assert told.exit_code == 2
    assert (
        f"CB-R04 --indices: found {number}; expected a power of 2 from 16 to 8,192" in told.stderr
    )
