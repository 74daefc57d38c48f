"""Money from others has a price in autonomy."""

from fractions import Fraction
from typing import Any

import pytest

from choosebattles.audit.recount import recount
from choosebattles.case.case import Case
from choosebattles.case.decision_model import Accrual
from choosebattles.case.plan import Payments
from programs import added, best, chosen
from small_cases import (
    Amount,
    case,
    criterion,
    fund,
    objective,
    option,
    pays,
    plan,
    scope,
)

A, B = option("A", 10, 30), option("B", 10, 20)


def world(price: Amount, state: Amount = 10, **facts: Any) -> Case:
    """The state can pay for one; the donor for both, at a price for each million."""
    donor = fund(2027, 20, id="DONOR", dependence=price)
    return case(A, B, funds=(fund(2027, state), donor), **facts)


def test_no_row_is_added() -> None:
    assert added(world(0), world(2)) == {}


def test_a_donor_is_used_where_it_is_worth_its_price(solver: str) -> None:
    # A by the state, B by the donor: 30 + 20 - 10 * price.
    assert best(world("1.5"), solver).objective == 35
    assert best(world(2), solver).objective == 30
    assert chosen(world("2.001"), solver) == {"A"}


def test_the_state_pays_first(solver: str) -> None:
    # Who pays for which does not matter, only how much: 10 of the donor.
    held = best(world(1), solver).recount

    assert held is not None
    assert held.spending == {"STATE": {2027: 10}, "DONOR": {2027: 10}}


def test_the_price_is_that_of_the_cheapest_way_to_pay(solver: str) -> None:
    # LOAN costs 1 a million and may pay half of B; DONOR 2. B: 5 * 1 + 5 * 2 = 15 of its 20.
    funds = (
        fund(2027, 20, id="DONOR", dependence=2),
        fund(2027, 20, id="LOAN", dependence=1, pays_at_most="0.5", eligible=scope("B")),
    )

    assert best(case(B, funds=funds), solver).objective == pytest.approx(5, abs=1e-9)


def test_a_debt_lasts(solver: str) -> None:
    # 10 in 2028 of 2027 to 2029: the score of 90 counts in two years, the price of 30 too.
    late = case(
        option("A", 10, 90, earliest_start=2028, latest_start=2028),
        years=3,
        funds=(fund(2027, 0, 10, 0, id="DONOR", dependence=3),),
    )
    outcome = best(late, solver)

    assert outcome.objective == 40
    assert outcome.recount is not None
    assert outcome.recount.after.yearly["autonomy"] == tuple(map(Fraction, (0, 60, 60)))


def test_what_was_spent_before_the_final_year_counts_in_it(solver: str) -> None:
    # 4 in each of three years: 12 by the end, at 2 each.
    spread = case(
        option("A", (4, 4, 4), 90, build_years=0, latest_start=2027),
        years=3,
        funds=(fund(2027, 4, 4, 4, id="DONOR", dependence=2),),
        accrual=Accrual.FINAL_YEAR,
    )

    assert best(spread, solver).objective == 66


def test_only_autonomy_pays() -> None:
    both = world(
        2,
        state=0,
        objectives=(objective("autonomy"), objective("resilience")),
        criteria=(criterion("value"), criterion("hold", objective="resilience")),
    )
    counted = recount(
        both,
        plan(both, "A", payments=Payments((pays("DONOR", "A", "build", 2027, 10),))),
    )

    assert counted.after.indices == {"autonomy": 10, "resilience": 0}


def test_the_price_is_in_points_before_scaling(solver: str) -> None:
    # 30 + 20 - 10 * 1 = 40 points of 200: 20.
    assert best(world(1, points_for_100=200), solver).objective == 20


def test_before_has_no_price(solver: str) -> None:
    under_way = case(
        option("A", 10, 30, decision="ongoing", earliest_start=2027),
        funds=(fund(2027, 10, id="DONOR", dependence=1),),
    )
    counted = best(under_way, solver).recount

    assert counted is not None
    assert counted.before.value == 30
    assert counted.after.value == 20


def test_the_audit_takes_the_payments_as_they_are_told() -> None:
    # The plan lets the donor pay all of A's 10, though the state could.
    told = world(1)
    dear = plan(told, "A", payments=Payments((pays("DONOR", "A", "build", 2027, 10),)))
    free = plan(told, "A", payments=Payments((pays("STATE", "A", "build", 2027, 10),)))

    assert recount(told, dear).after.value == 20
    assert recount(told, free).after.value == 30
