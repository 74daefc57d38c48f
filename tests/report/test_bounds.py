"""Numbers within bounds: rounded outwards, in the digits that the bounds support."""

import pytest

from choosebattles.report.plan.intervals import between, higher_or_lower, outwards, price_between


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (0.31, 0.48, "0.3 to 0.5"),
        (0.04, 0.16, "at most 0.2"),
        (1.432, 1.511, "1.43 to 1.52"),
        (2.0001, 2.0002, "2.00"),
        (3.2, 18.9, "3 to 19"),
    ],
)
def test_an_interval(low: float, high: float, text: str) -> None:
    assert between(low, high) == text


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (0, 0, "nothing"),
        (0, 0.123, "at most 0.13 points"),
        (0.001, 0.002, "at most 0.002 points"),
        (10, 10.0001, "10.00 points"),
        (1.43, 1.51, "between 1.43 and 1.51 points"),
        (0.04, 0.3, "at most 0.3 points"),
    ],
)
def test_a_price(low: float, high: float, text: str) -> None:
    assert price_between(low, high) == text


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (0.31, 0.48, "the objective is 0.3 to 0.5 points higher with it than without it"),
        (-0.48, -0.31, "the objective is 0.3 to 0.5 points lower with it than without it"),
        (
            *(-0.1, 0.2),
            (
                "whether the objective is higher or lower with it cannot be told at this gap: it "
                "differs by at most 0.2 points"
            ),
        ),
        (0, 0, "the objective is the same with it and without it, to within 0.002 points"),
    ],
)
def test_a_change(low: float, high: float, text: str) -> None:
    assert higher_or_lower(low, high) == text


@pytest.mark.parametrize(("low", "high"), [(0.5634, 0.6171), (-0.7712, -0.7199), (2, 2.0001)])
def test_cells_hold_what_is_proved(low: float, high: float) -> None:
    least, most = outwards(low, high)

    assert least <= low
    assert most >= high
    assert most - least < 2 * (high - low) + 0.02
