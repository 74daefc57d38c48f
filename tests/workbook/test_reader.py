from decimal import Decimal
from pathlib import Path

from choosebattles.workbook.reader import read, read_case
from workbook.sheets import Rows, settings, sheets, write


def test_reads_a_small_workbook(tmp_path: Path) -> None:
    case = read_case(write(tmp_path / "small.xlsx", sheets()))

    assert case.calendar == range(2027, 2028)
    assert case.funds[0].amount == {2027: 100}
    assert [each.id for each in case.options.values()] == ["CLOUD", "CSIRT"]
    assert case.options["CLOUD"].cost == (Decimal(60),)
    assert case.options["CSIRT"].score == {"autonomy": 10, "resilience": 50}
    assert [each.id for each in case.model.objectives] == ["autonomy", "resilience"]
    assert case.name == "small.xlsx"


def test_knows_the_cell_of_every_part(tmp_path: Path) -> None:
    case = read_case(write(tmp_path / "small.xlsx", sheets()))

    place = case.options["CSIRT"].at("score[resilience]")
    assert (place.file, str(place), place.column) == (
        "small.xlsx",
        "Investments!E3",
        "Score: resilience",
    )
    assert str(case.funds[0].at("amount[2027]")) == "Funds!B2"
    assert str(case.at("first_year")) == "Settings!B2"


def test_counts_what_it_read(tmp_path: Path) -> None:
    totals = read([write(tmp_path / "small.xlsx", sheets())]).totals

    assert totals.rows == {"Settings": 2, "Funds": 1, "Investments": 2}
    assert (totals.investments, totals.options) == (2, 2)
    assert totals.money == {"STATE": {2027: 100}}
    assert totals.build_cost == 60 + 40
    assert totals.scores == {"autonomy": 30 + 10, "resilience": 20 + 50}


def test_case_and_spaces_do_not_matter(tmp_path: Path) -> None:
    contents: dict[str, Rows] = {
        "FUNDS ": [{" fund\u00a0": "State", "2027/28": 100, 2028: 5, "carry  over": 0.4}],
        "investments": [
            {"score :  Autonomy": 30, "SCORE: resilience": 1, "title": "a", "investment": "A"}
            | {"option": "L", "cost  year 1": 10, "cost year 2": 2},
            {"title": "b", "investment": "a", "option": "A.S", "cost  year 1": 0},
        ],
        "rules": [{"rule": "EXCLUDES", "investments": "a.l; a.s"}],
        "settings": settings(years=2),
    }
    case = read_case(write(tmp_path / "loose.xlsx", contents))

    assert [each.id for each in case.options.values()] == ["A.L", "A.S"]
    assert case.rules[0].investments == ("A.L", "A.S")
    assert case.funds[0].carry_over == Decimal("0.4")
