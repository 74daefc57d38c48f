"""Amounts of more than three decimals, and rows that nobody scored."""

from pathlib import Path
from typing import Any

import pytest

from choosebattles.workbook.reader import Reading, read
from workbook.sheets import sheets, write


def reading(tmp_path: Path, *rows: dict[str, Any]) -> Reading:
    typed = [
        {"Investment": f"R{n}", "Title": f"Row {n}", "Score: autonomy": n, "Score: resilience": 1}
        | row
        for n, row in enumerate(rows, start=1)
    ]
    return read([write(tmp_path / "r.xlsx", sheets(Investments=typed))])


def codes(found: Reading) -> tuple[set[str], set[str]]:
    return {doubt.code for doubt in found.doubts}, {notice.code for notice in found.notices}


@pytest.mark.parametrize(
    ("cost", "doubted"),
    [
        # The fund holds 100. 300 rows lose 0.0004 each: 0.12, more than a thousandth of it.
        ([0.1004] * 300, True),
        # One row loses 0.0004.
        ([60.1004], False),
    ],
)
def test_roundings_that_may_change_the_answer_are_doubted(
    tmp_path: Path, cost: list[float], *, doubted: bool
) -> None:
    doubts, notices = codes(reading(tmp_path, *({"Cost year 1": each} for each in cost)))

    assert ("CB-C22" in doubts) is doubted
    assert ("CB-C20" in notices) is not doubted


BLANK = {"Cost year 1": 5, "Score: autonomy": None, "Score: resilience": None}


@pytest.mark.parametrize(
    ("row", "doubted"),
    [
        (BLANK, True),
        (BLANK | {"Score: autonomy": 0}, False),
        (BLANK | {"Cost year 1": 0}, False),
        (BLANK | {"Covers": "hosting: 40%"}, False),
        (BLANK | {"Decision": "never", "Reason": "decided"}, False),
    ],
)
def test_a_row_that_costs_and_has_no_score_is_doubted(
    tmp_path: Path, row: dict[str, Any], *, doubted: bool
) -> None:
    found = reading(tmp_path, {"Cost year 1": 5}, row)

    assert ("CB-L49" in codes(found)[0]) is doubted
    if doubted:
        (doubt,) = (each for each in found.doubts if each.code == "CB-L49")
        assert (doubt.sheet, doubt.cell) == ("Investments", "A3")
