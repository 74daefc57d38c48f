"""Numbers within bounds: rounded outwards, in the digits that the bounds support."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from choosebattles.report.answers.simulation.causes import cause_lines
from choosebattles.report.plan_parts.intervals import (
    between,
    higher_or_lower,
    outwards,
    price_between,
)
from choosebattles.report.plan_parts.shares_of_draws import margin
from choosebattles.uncertainty.sensitivity import Causes, Index, SpreadOf


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


@given(st.tuples(st.floats(0.011, 1), st.floats(0.011, 1)).map(sorted))
def test_whole_percents_hold_the_part_of_a_cause(ends: list[float]) -> None:
    low, high = ends
    interval = low, (low + high) / 2, high
    index = Index(("cost CLOUD",), interval, interval)
    (line,) = cause_lines(Causes(SpreadOf.WORTH, 16, 0, 1.0, 0.0, (index,)))

    for least, most in (line.alone, line.together):
        assert 100 * low - 1 < least <= 100 * low + 1e-6
        assert 100 * high - 1e-6 <= most < 100 * high + 1


@pytest.mark.parametrize("draws", [20, 100, 400])
def test_a_share_of_draws_is_as_near_the_truth_as_is_said(draws: int) -> None:
    """Of all that chance can draw, 19 in 20 lie within the margin told, and hardly ever fewer.

    That of an option in all draws goes one way alone, so it is twice as wide as an even one.
    """
    counts = np.arange(draws + 1)
    margins = np.array([margin(count / draws, draws) for count in counts])

    for truth in np.linspace(0.001, 0.999, 200):
        told = np.abs(counts / draws - truth) <= margins
        assert stats.binom.pmf(counts, draws, truth)[told].sum() > 0.92


def test_more_draws_tell_more_and_none_tell_nothing() -> None:
    margins = [margin(0.5, draws) for draws in (0, 10, 100, 1000)]

    assert margins == sorted(margins, reverse=True)
    assert margins[0] == 1
    assert margin(0.5, 10000) == pytest.approx(1.96 * 0.5 / 100, rel=1e-3)
