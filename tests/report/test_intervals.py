"""Numbers known to lie between two others: no more digits than that supports."""

import math

import pytest

from choosebattles.report.number_wording import points
from choosebattles.report.plan_parts.intervals import digits_for, span


def told(low: float, high: float | None, digits: int = 1) -> str:
    return span(low, high, lambda each: points(each, digits), digits)


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (3.2, 3.2000001, "3.2"),
        (3.16, 3.24, "3.2"),
        (3.16, 3.28, "between 3.1 and 3.3"),
        (3.14, 3.16, "between 3.1 and 3.2"),
        (0, 0.26, "between 0 and 0.3"),
        (3.26, None, "at least 3.2"),
        (3.26, math.inf, "at least 3.2"),
        (3.2, 3.1999999, "3.2"),
    ],
)
def test_ends_are_rounded_away_from_each_other(low: float, high: float | None, text: str) -> None:
    assert told(low, high) == text


@pytest.mark.parametrize(
    ("difference", "digits"), [(12.3, 1), (1.2, 1), (0.5, 2), (0.0208, 3), (-0.0208, 3), (0, 1)]
)
def test_a_difference_is_shown_in_two_digits(difference: float, digits: int) -> None:
    assert digits_for(difference) == digits


def test_nothing_is_shown_that_no_proof_supports() -> None:
    assert digits_for(3e-6) == 6
    assert digits_for(3e-9) == 1
