"""Scores on criteria, layer by layer."""

from fractions import Fraction
from typing import Any

import pytest

from choosebattles.audit.recount import recount
from choosebattles.case.case import Case
from choosebattles.case.decision_model import Accrual
from programs import added, best, chosen, starts
from small_cases import (
    Amount,
    case,
    criterion,
    fund,
    investment,
    layer,
    objective,
    ongoing,
    option,
    plan,
)

BENT = (layer("hosting", 50, "0.25"),)


def hosting(*layers: object, **facts: Any) -> Case:
    """Two investments on one layer, and one on no layer."""
    return case(
        investment("CLOUD", option("CLOUD", 0, 40), layer="hosting"),
        investment("MIRROR", option("MIRROR", 0, 30), layer="hosting"),
        option("CSIRT", 0, 60),
        layers=layers,
        **facts,
    )


def test_a_bent_layer_adds_two_rows() -> None:
    # min(p, 50 + 0.25 (p - 50)), and 50 * 0.75 = 37.5; without a layer nothing is bent.
    assert added(hosting(), hosting(*BENT)) == {
        "credit[autonomy,hosting,full,2027]": "credit[autonomy,hosting,2027]"
        " - 40 start[CLOUD,2027] - 30 start[MIRROR,2027] <= 0",
        "credit[autonomy,hosting,after,2027]": "credit[autonomy,hosting,2027]"
        " - 10 start[CLOUD,2027] - 7.5 start[MIRROR,2027] <= 37.5",
    }


def test_a_layer_that_never_saturates_adds_nothing() -> None:
    assert added(hosting(), hosting(layer("hosting"))) == {}


def test_points_above_full_credit_count_less(solver: str) -> None:
    # 40 + 30 = 70: 50 + 0.25 * 20 = 55; and CSIRT's 60 in full.
    assert best(hosting(), solver).objective == 130
    assert best(hosting(*BENT), solver).objective == 115


def test_harm_to_a_layer_counts_in_full(solver: str) -> None:
    # -40 is below full credit, so it stays -40 and is not softened.
    world = case(
        investment("CLOUD", option("CLOUD", 0, -40, decision="must"), layer="hosting"), layers=BENT
    )

    assert best(world, solver).objective == -40


def test_weights_are_normalised_within_their_objective(solver: str) -> None:
    # technical 3 of 4, legal 1 of 4: 0.75 * 40 + 0.25 * 80 = 50; resilience by itself: 10.
    # Objectives 3 to 1: 0.75 * 50 + 0.25 * 10 = 40.
    world = case(
        option("A", 0, {"technical": 40, "legal": 80, "hold": 10}),
        objectives=(objective("autonomy", 3), objective("resilience", 1)),
        criteria=(
            criterion("technical", 3),
            criterion("legal", 1),
            criterion("hold", 7, objective="resilience"),
        ),
    )
    outcome = best(world, solver)

    assert outcome.objective == 40
    assert outcome.recount is not None
    assert outcome.recount.after.indices == {"autonomy": 50, "resilience": 10}


def test_weights_decide(solver: str) -> None:
    # Money for one. A: 0.75 * 40 + 0.25 * 0 = 30; B: 0.75 * 20 + 0.25 * 100 = 40.
    # Turned round: A 10, B 80.
    for weights, taken in (((9, 1), {"A"}), ((3, 1), {"B"})):
        world = case(
            option("A", 1, {"technical": 40, "legal": 0}),
            option("B", 1, {"technical": 20, "legal": 100}),
            criteria=(criterion("technical", weights[0]), criterion("legal", weights[1])),
            funds=(fund(2027, 1),),
        )
        assert chosen(world, solver) == taken


@pytest.mark.parametrize(
    ("accrual", "rate", "value"),
    [
        # Works in 2028 and 2029, not in 2027: 60 of 90.
        (Accrual.OVER_TIME, 0, 60),
        # Weights 1, 1/2, 1/4 of 7/4: the last two are 3/7 of all.
        (Accrual.OVER_TIME, 1, Fraction(90 * 3, 7)),
        (Accrual.FINAL_YEAR, 1, 90),
    ],
)
def test_years_accrue(accrual: Accrual, rate: Amount, value: Fraction, solver: str) -> None:
    world = case(option("A", (0, 1), 90), years=3, accrual=accrual, discount_rate=rate)

    assert best(world, solver).objective == pytest.approx(float(value), abs=1e-12)


def test_a_lifetime_ends_what_counts(solver: str) -> None:
    # Two of four years: 40 * 2 / 4 = 20; in the final year alone it would have to wait.
    brief = option("A", 0, 40, lifetime=2)

    assert best(case(brief, years=4), solver).objective == 20
    waiting = best(case(brief, years=4, accrual=Accrual.FINAL_YEAR), solver).plan
    assert waiting is not None
    assert waiting.starts["A"] in (2029, 2030)


def test_waiting_loses_a_share_of_good_and_nothing_of_harm() -> None:
    # Two years late at 10 %: 0.81 * 80 = 64.8 of the good; the harm of 30 stays 30.
    world = case(
        option("A", 0, {"value": 80, "legal": -30}, delay_loss="0.1", earliest_start=2028),
        criteria=(criterion("value"), criterion("legal")),
        years=4,
        accrual=Accrual.FINAL_YEAR,
    )
    indices = [recount(world, plan(world, ("A", year))).after.value for year in (2028, 2029, 2030)]

    assert indices == [25, Fraction("21"), Fraction("17.4")]


def test_delay_makes_haste(solver: str) -> None:
    # In the final year both start years count alike, but for the loss; a tie on cost otherwise.
    world = case(
        option("A", 1, 80, delay_loss="0.1", running_cost=1),
        years=2,
        accrual=Accrual.FINAL_YEAR,
    )

    assert starts(world, solver) == {"A": 2027}
    # Without a loss the cheaper, later start is taken: 1 + 1 against 1 + 2.
    patient = case(option("A", 1, 80, running_cost=1), years=2, accrual=Accrual.FINAL_YEAR)
    assert starts(patient, solver) == {"A": 2028}


def test_what_is_ongoing_has_not_waited(solver: str) -> None:
    world = case(ongoing("A", 2020, 0, 80, delay_loss="0.5"))

    assert best(world, solver).objective == 80


def test_one_scale_serves_all_objectives(solver: str) -> None:
    # Ideal of autonomy: 30 + 50 = 80 (the better option of CLOUD, harm left out); of
    # resilience: 20. So P = 80: autonomy 80 / 80, resilience 20 / 80.
    world = case(
        investment(
            "CLOUD", option("CLOUD.S", 0, {"value": 20}), option("CLOUD.L", 0, {"value": 30})
        ),
        option("A", 0, {"value": 50, "hold": 20}),
        option("B", 0, {"value": -10}),
        objectives=(objective("autonomy"), objective("resilience")),
        criteria=(criterion("value"), criterion("hold", objective="resilience")),
        points_for_100=None,
    )
    counted = best(world, solver).recount

    assert counted is not None
    assert counted.scale == 80
    assert counted.ideal == {"autonomy": 80, "resilience": 20}
    assert counted.after.indices == {"autonomy": 100, "resilience": 25}


def test_the_ideal_is_bent_too(solver: str) -> None:
    # 55 + 60 = 115 = P, and everything is had: 100.
    outcome = best(hosting(*BENT, points_for_100=None), solver)

    assert outcome.recount is not None
    assert outcome.recount.scale == 115
    assert outcome.objective == pytest.approx(100, abs=1e-12)


def test_the_audit_counts_a_plan_that_is_not_the_best() -> None:
    world = hosting(*BENT)

    assert recount(world, plan(world, "CLOUD")).after.value == 40
    assert recount(world, plan(world, "CLOUD", "MIRROR")).after.value == 55
    assert recount(world, plan(world)).after.value == 0


def test_a_scale_of_nothing_makes_nothing(solver: str) -> None:
    outcome = best(case(option("A", 0, 0), points_for_100=None), solver)

    assert outcome.objective == 0
