"""How much money would gain as many points, by solving again."""

from dataclasses import replace
from decimal import Decimal

import pytest

from choosebattles.case.case import Case
from choosebattles.solving.search_limits import SearchLimits
from choosebattles.uncertainty.gain_in_money import GainInMoney, gain_in_money
from choosebattles.uncertainty.nominal_plan import nominal
from small_cases import case, fund, option

D = Decimal


def two(*amounts: float) -> Case:
    """A is worth 60 and costs 60, B is worth 50 and costs 50; both cost 110."""
    return case(
        option("A", 60, 60), option("B", 50, 50), years=len(amounts), funds=(fund(2027, *amounts),)
    )


def asked(world: Case, points: float, **known: float) -> GainInMoney | None:
    best = replace(nominal(world, 0, SearchLimits()), **known)  # type: ignore[arg-type]
    return gain_in_money(world, best, points, 0, SearchLimits())


@pytest.mark.parametrize(
    ("points", "low", "high"),
    [
        # 60 as things stand; from 10 million more on it is 110. 10 % of 100 is a step, 5 % is too.
        (50, 5, 10),
        (0.5, 5, 10),
        # no money gains more than both are worth
        (50.5, 100, None),
    ],
)
def test_the_smallest_step_that_gains_as_much(
    points: float, low: float, high: float | None
) -> None:
    found = asked(two(100), points)

    assert found is not None
    assert found.fund == "STATE"
    assert found.low == low
    assert found.high == high
    assert found.solves <= 4


def test_the_same_amount_is_added_to_every_year() -> None:
    # A alone costs 30 a year, both cost 55; of 50 a year steps are 2.5 and 5
    world = case(
        option("A", [30, 30], 60), option("B", [25, 25], 50), years=2, funds=(fund(2027, 50, 50),)
    )

    found = asked(world, 10)

    assert found is not None
    assert (found.low, found.high) == (D("2.5"), D(5))


def test_what_is_not_proved_within_the_gap_is_claimed_of_neither_side() -> None:
    # the best plan may be worth 60 to 65: 10 million gain 45 to 50 points
    world = two(100)

    assert asked(world, 45, bound=65) == GainInMoney("STATE", D(5), D(10), 4)
    doubtful = asked(world, 47, bound=65)
    assert doubtful is not None
    assert doubtful.low == 5
    assert doubtful.high is None


def test_nothing_is_told_without_a_plan_or_without_money() -> None:
    world = two(100)
    unknown = replace(nominal(world, 0, SearchLimits()), value=None, bound=None)

    assert gain_in_money(world, unknown, 5, 0, SearchLimits()) is None
    assert asked(two(0), 5) is None
