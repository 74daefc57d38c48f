"""Distributions and correlations as they are typed: read, refused by cell, told by check, written."""

from pathlib import Path
from typing import Any

import pytest

from choosebattles.case.evidence import Shape
from choosebattles.errors import InputError
from choosebattles.workbook.reader import read_case
from choosebattles.workbook.template import write_case
from workbook.sheets import Rows, sheets, write


def ranges(**first: Any) -> list[dict[str, Any]]:
    plain = {"Id": "CSIRT", "Quantity": "cost", "Low": 20, "High": 60}
    return [
        {"Id": "CLOUD", "Quantity": "cost", "Low": 40, "High": 80, **first},
        plain | dict.fromkeys(("Distribution", "Values", "Shares")),
    ]


FULL: dict[str, Rows] = {
    "Ranges": ranges(
        Low=None, High=None, Distribution="LIST", Values="50; 60; 80", Shares="25%; 0.5; 25 %"
    ),
    "Correlations": [{"First": "cost.CLOUD", "Second": "cost.CSIRT", "Correlation": -0.5}],
}


def test_a_row_is_read_and_written_as_it_was(tmp_path: Path) -> None:
    case = read_case(write(tmp_path / "typed.xlsx", sheets(**FULL)))

    listed, plain = case.ranges
    assert (listed.low, listed.high, listed.distribution) == (None, None, Shape.LIST)
    assert [float(number) for number in listed.values] == [50, 60, 80]
    assert [float(share) for share in listed.shares] == [0.25, 0.5, 0.25]
    assert (plain.distribution, plain.values, plain.shares) == (None, (), ())
    (pair,) = case.correlations
    assert (pair.first, pair.second, float(pair.correlation)) == ("cost.CLOUD", "cost.CSIRT", -0.5)

    write_case(case, tmp_path / "written.xlsx")
    again = read_case(tmp_path / "written.xlsx")
    assert (again.ranges, again.correlations) == (case.ranges, case.correlations)


def test_one_value_may_stand_as_a_number(tmp_path: Path) -> None:
    rows = ranges(Low=None, High=None, Distribution="list", Values=60, Shares=1)

    case = read_case(write(tmp_path / "one.xlsx", sheets(Ranges=rows)))

    assert [float(number) for number in case.ranges[0].values] == [60]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (
            {"Distribution": "normaly"},
            (
                "CB-C14 Ranges!E2 (Distribution): found 'normaly'; expected one of: pert, triangular, "
                "uniform, normal, lognormal, list. Did you mean normal?"
            ),
        ),
        (
            {"Low": None},
            (
                "CB-C13 Ranges!C2 (Low): found an empty cell; expected a number; a list alone does "
                "without. Type the number."
            ),
        ),
        (
            {"Distribution": "list"},
            (
                "CB-C13 Ranges!F2 (Values): found no values of a list; expected the values that the "
                "number may take, separated by ;. Type them, such as 10; 20; 40."
            ),
        ),
        (
            {"Values": "50; 60"},
            (
                "CB-L51 Ranges!F2 (Values): found values or shares of a range that is no list; expected "
                "an empty cell. Choose list under Distribution, or clear the cell."
            ),
        ),
        (
            {"Distribution": "list", "Values": "50; much"},
            "CB-C01 Ranges!F2 (Values): found the text 'much'; expected a number.",
        ),
        (
            {"Distribution": "list", "Values": "50; 90"},
            (
                "CB-L51 Ranges!F2 (Values): found 90; expected values from Low to High. Clear Low and "
                "High, which a list does not need, or correct the value."
            ),
        ),
        (
            {"Distribution": "list", "Values": "50; 60", "Shares": "50%"},
            "CB-L51 Ranges!G2 (Shares): found 1 shares of 2 values; expected a share for each value.",
        ),
        (
            {"Distribution": "list", "Values": "50; 60", "Shares": "50%; 40%"},
            "CB-L51 Ranges!G2 (Shares): found shares that add up to 90%; expected 100% in all.",
        ),
        (
            {"Distribution": "list", "Values": "50; 60", "Shares": "-10%; 110%"},
            "CB-L51 Ranges!G2 (Shares): found -10%; expected shares of 0% or more.",
        ),
        (
            {"Distribution": "lognormal", "Low": 0},
            (
                "CB-L51 Ranges!C2 (Low): found a low value 0 of a lognormal distribution; expected more "
                "than 0: it has no other values. Raise it, or take another distribution."
            ),
        ),
    ],
)
def test_faults_are_named_by_cell(typed: dict[str, Any], told: str, tmp_path: Path) -> None:
    empty = dict.fromkeys(("Distribution", "Values", "Shares"))

    with pytest.raises(InputError) as error:
        read_case(write(tmp_path / "bad.xlsx", sheets(Ranges=ranges(**empty | typed))))

    assert told in str(error.value)


def test_thirds_may_be_typed_with_few_digits(tmp_path: Path) -> None:
    rows = ranges(
        Low=None, High=None, Distribution="list", Values="1; 2; 3", Shares="33%; 33%; 33%"
    )

    assert read_case(write(tmp_path / "thirds.xlsx", sheets(Ranges=rows))).ranges[0].shares


def test_a_correlation_out_of_bounds_is_refused(tmp_path: Path) -> None:
    pairs = [{"First": "cost.CLOUD", "Second": "cost.CSIRT", "Correlation": 1.5}]

    with pytest.raises(
        InputError, match=r"Correlations!C2 \(Correlation\): found 1.5; expected -1"
    ):
        read_case(write(tmp_path / "bad.xlsx", sheets(**FULL | {"Correlations": pairs})))


def test_a_list_may_reach_its_low_and_its_high(tmp_path: Path) -> None:
    rows = ranges(Low=50, High=80, Distribution="list", Values="50; 80", Shares=None)

    case = read_case(write(tmp_path / "ends.xlsx", sheets(Ranges=rows)))

    assert [float(number) for number in case.ranges[0].values] == [50, 80]
