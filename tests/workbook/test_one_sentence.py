"""One fault is told once: no second sentence about the same thing, and none that contradicts."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from choosebattles.errors import Fault, gathered, listed
from choosebattles.workbook.reader import Reading, read
from workbook.sheets import Rows, settings, sheets, write

ROW: dict[str, Any] = {
    "Investment": "CLOUD",
    "Title": "Government cloud",
    "Cost year 1": 60,
    "Running cost": 6,
    "Score: autonomy": 30,
    "Score: resilience": 20,
}
CSIRT = ROW | {"Investment": "CSIRT", "Title": "Incident team", "Cost year 1": 40}
BACKUP = ROW | {"Investment": "BACKUP", "Title": "Backup site", "Cost year 1": 20}
ROWS = [ROW, CSIRT | {"Score: autonomy": 10}, BACKUP | {"Score: autonomy": 20}]


def reading(folder: Path, **changed: Rows) -> Reading:
    contents = sheets(**({"Settings": settings(currency="EUR"), "Investments": ROWS} | changed))
    return read([write(folder / "plan.xlsx", {k: v for k, v in contents.items() if v})])


def told(found: Reading) -> list[str]:
    """Faults and doubts as a user reads them, each with its code and place."""
    lines = listed(found.faults) + gathered(found.doubts)
    return [line.partition(":")[0] for line in lines]


def test_a_sheet_to_be_renamed_is_not_missed_by_its_name(tmp_path: Path) -> None:
    rule = {"Rule": "requires all", "Investments": "CLOUD", "Needs": "CSIRT"}

    assert told(reading(tmp_path, Funds=[], Fonde=[{"Fund": "STATE", 2027: 100}])) == [
        "CB-S24 Fonde"
    ]
    found = reading(tmp_path, Investments=[], Projektet=ROWS, Rules=[rule])
    assert told(found) == ["CB-S24 Projektet"]


def test_names_of_another_kind_than_the_missing_sheet_are_told(tmp_path: Path) -> None:
    service = {"Service": "TAX", "Needs": "hosting", "Must hold": 0.5, "Against": "OUTAGE"}
    found = reading(tmp_path, Services=[service])

    assert "CB-L04" in {fault.code for fault in found.faults}


def test_a_note_that_states_a_unit_is_told_by_the_unit(tmp_path: Path) -> None:
    funds: Rows = [{"Fund": "STATE", 2027: 100}, {"Fund": "All amounts in thousand EUR"}]

    assert told(reading(tmp_path, Funds=funds)) == ["CB-L48 Funds!A3"]


def test_a_row_that_was_left_out_is_no_blank_row(tmp_path: Path) -> None:
    total = {"Investment": "TOTAL", "Cost year 1": 60, "Running cost": 6}
    found = reading(tmp_path, Investments=[ROW, total, *ROWS[1:]])

    assert told(found) == ["CB-L40 Investments!A3 (Investment)"]
    assert "CB-S12" not in {notice.code for notice in found.notices}


@pytest.mark.parametrize("heading", ["Score: autonmy", "autonomy"])
def test_a_heading_to_be_renamed_is_no_column_of_ones_own(tmp_path: Path, heading: str) -> None:
    rows = [
        {heading if name == "Score: autonomy" else name: row[name] for name in row} for row in ROWS
    ]
    found = reading(tmp_path, Investments=rows)

    assert told(found) == ["CB-S05 Investments"]
    assert heading in found.faults[0].advice
    assert "CB-S08" not in {notice.code for notice in found.notices}


def test_a_year_to_be_renamed_is_no_column_of_ones_own(tmp_path: Path) -> None:
    found = reading(tmp_path, Funds=[{"Fund": "STATE", "FY 2027": 100}])

    assert told(found) == ["CB-S09 Funds"]
    assert "FY 2027" in found.faults[0].advice
    assert "CB-S08" not in {notice.code for notice in found.notices}


def test_a_misspelt_objective_is_not_missed_as_well(tmp_path: Path) -> None:
    criteria = [
        {"Criterion": "autonomy", "Objective": "autonmy"},
        {"Criterion": "resilience", "Objective": "resilience"},
    ]

    assert told(reading(tmp_path, Criteria=criteria)) == ["CB-L04 Criteria!B2 (Objective)"]


def test_one_amount_in_single_units_is_no_doubt_about_all_money(tmp_path: Path) -> None:
    funds = [{"Fund": name, 2027: each} for name, each in (("A", 9), ("B", 7), ("C", 8_000_000))]

    assert told(reading(tmp_path, Funds=funds)) == ["CB-C09 Funds!B4 (2027)"]


def test_all_money_in_single_units_is_doubted_beside_one_amount_that_is_larger(
    tmp_path: Path,
) -> None:
    amounts = (("A", 9e6), ("B", 7e6), ("C", 8e12))
    found = reading(tmp_path, Funds=[{"Fund": name, 2027: each} for name, each in amounts])

    assert told(found) == ["CB-L45 Funds!B2 (2027)", "CB-C09 Funds!B4 (2027)"]


def test_cells_of_a_column_with_the_very_same_fault_share_a_sentence(tmp_path: Path) -> None:
    found = reading(tmp_path, Investments=[row | {"Running cost": "-"} for row in ROWS])

    assert len(found.faults) == len(ROWS)
    assert told(found) == ["CB-C01 Investments!D2, D3, D4 (Running cost)"]


def test_each_advice_stays_with_the_cell_that_it_speaks_of() -> None:
    first = Fault("a.xlsx", "Funds", "F2", "Carry over", "CB-C32", "1", "a share", "For 1 type 1%.")
    other = Fault("a.xlsx", "Funds", "F3", "Carry over", "CB-C32", "3", "a share", "For 3 type 3%.")

    (line,) = gathered([first, other])

    assert line.startswith("CB-C32 Funds!F2, F3 (Carry over): found 1; 3; expected a share.")
    assert line.endswith("F2: For 1 type 1%. F3: For 3 type 3%.")


def test_a_cell_that_must_be_corrected_is_not_doubted_as_well(tmp_path: Path) -> None:
    found = reading(tmp_path, Investments=[ROWS[0] | {"Overrun": 25}, *ROWS[1:]])

    assert told(found) == ["CB-C08 Investments!G2 (Overrun)"]


def test_a_sum_without_a_name_is_a_total_and_no_row_without_an_id(tmp_path: Path) -> None:
    funds: Rows = [
        {"Fund": "STATE", 2027: 60, 2028: 50},
        {"Fund": "DONOR", 2027: 30, 2028: 20},
        {"Fund": None, 2027: 90, 2028: 70},
    ]
    found = reading(tmp_path, Settings=settings(years=2), Funds=funds)

    assert told(found) == ["CB-L40 Funds!A4 (Fund)"]


def test_a_merged_sub_heading_is_no_merged_data(tmp_path: Path) -> None:
    path = write(
        tmp_path / "plan.xlsx",
        sheets(Investments=[ROW, {"Investment": "Ministry of Interior"}, *ROWS[1:]]),
    )
    book = load_workbook(path)
    book["Investments"].merge_cells("A3:F3")
    book.save(path)
    book.close()

    assert told(read([path])) == ["CB-S27 Investments!A3"]
