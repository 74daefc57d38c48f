from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from choosebattles.audit.recount import PeopleCount, recount
from choosebattles.case.case import Case
from choosebattles.case.fund import Pays
from choosebattles.case.investment import Decision
from choosebattles.case.plan import Choice, Payments, Plan
from choosebattles.vocabulary import RowName
from small_cases import (
    case,
    criterion,
    fund,
    investment,
    layer,
    objective,
    ongoing,
    option,
    pays,
    plan,
    provider,
    service,
    shock,
    skill,
    synergy,
)


def paid(*payments: Any, **more: Any) -> Payments:
    return Payments(tuple(pays(*payment) for payment in payments), **more)


def points(*values: int | Fraction) -> tuple[Fraction, ...]:
    return tuple(map(Fraction, values))


def told(world: Case, of: Plan) -> list[str]:
    return [violation.text for violation in recount(world, of).violations]


def test_a_plan_that_is_paid_and_allowed_passes() -> None:
    world = case(option("A", 60, 70), funds=(fund(2027, 100),))

    found = recount(world, plan(world, "A", payments=paid(("STATE", "A", "build", 2027, 60))))

    assert found.violations == ()
    assert found.passed
    assert found.after.value == 70


def test_nothing_at_all_is_a_plan() -> None:
    world = case(option("A", 60, 70), funds=(fund(2027, 100),))

    found = recount(world, Plan(()))

    assert found.passed
    assert found.after.value == 0
    assert found.total_cost == 0
    assert found.spending == {"STATE": {2027: 0}}


def test_money_is_in_millions_by_calendar_year() -> None:
    # Built for 10 in 2027; 4 falls due in 2028, and 3 and, after a free year, 2 after the plan.
    # It runs from 2028 for 1 and earns nothing; DAM earns 5, from 2027 on.
    world = case(
        option("A", (10, 4, 3, 0, 2), build_years=1, latest_start=2027, running_cost=1),
        option("DAM", running_cost=-5, revenue_to="OWN"),
        years=2,
        funds=(fund(2027, 20, 0, carry_over=0.5), fund(2027, 0, 0, id="OWN")),
    )
    payments = paid(
        ("STATE", "A", "build", 2027, 10),
        ("STATE", "A", "build", 2028, 3),
        ("OWN", "A", "build", 2028, 1),
        ("OWN", "A", "running", 2028, 1),
        aside={("STATE", 2027): Decimal(8)},
    )

    found = recount(world, plan(world, ("A", 2027), "DAM", payments=payments))

    assert found.passed
    assert found.build == {"A": {2027: 10, 2028: 4}, "DAM": {2027: 0, 2028: 0}}
    assert found.run == {"A": {2027: 0, 2028: 1}, "DAM": {2027: 0, 2028: 0}}
    assert found.later == {"A": {2029: 3, 2031: 2}, "DAM": {}}
    assert found.spending == {"STATE": {2027: 10, 2028: 3}, "OWN": {2027: 0, 2028: 2}}
    assert found.income == {"STATE": {2027: 0, 2028: 0}, "OWN": {2027: 5, 2028: 5}}
    assert found.aside == {"STATE": {2027: 8, 2028: 0}, "OWN": {2027: 0, 2028: 0}}
    # Half of 8 reaches 2028. STATE: 20 - 10 - 8 = 2, then 0 + 4 - 3 = 1; OWN: 5, then 5 - 2 = 3.
    assert found.carried == {"STATE": {2027: 0, 2028: 4}, "OWN": {2027: 0, 2028: 0}}
    assert found.available == {"STATE": {2027: 20, 2028: 4}, "OWN": {2027: 5, 2028: 5}}
    assert found.left == {"STATE": {2027: 2, 2028: 1}, "OWN": {2027: 5, 2028: 3}}
    assert found.held == {"STATE": {2027: 0, 2028: 0}, "OWN": {2027: 0, 2028: 0}}
    assert found.total_cost == 15


def test_blank_latest_start_leaves_time_to_pay_everything() -> None:
    # Five cost years do not fit into two: no start is left.
    world = case(option("A", (1, 1, 1, 1, 1), decision=Decision.NEVER), years=2)

    assert "A starts in 2027, which is not among its allowed years" in told(world, plan(world, "A"))


def test_contingency_is_shown_and_held() -> None:
    # 10 % of 60.
    world = case(
        option("A", 60), funds=(fund(2027, 66),), contingency="flat", contingency_amount=0.1
    )
    held = {("STATE", 2027): Decimal(6)}
    payments = paid(("STATE", "A", "build", 2027, 60), held=held)

    found = recount(world, plan(world, "A", payments=payments))

    assert found.passed
    assert found.reserve == {2027: 6}
    assert found.held == {"STATE": {2027: 6}}


def test_people_by_year() -> None:
    # Built in 2027 by 3; from 2028 on 1 runs it and 4 graduate, who work from 2029.
    school = option(
        "SCHOOL", build_years=1, build_staff={"IT": 3}, run_staff={"IT": 1}, trains={"IT": 4}
    )
    world = case(school, years=3, skills=(skill("IT", 2027, 5, 6, 7),))

    assert recount(world, plan(world, "SCHOOL")).people == {
        "IT": {
            2027: _people(3, 0, 5, 0),
            2028: _people(0, 1, 6, 0),
            2029: _people(0, 1, 7, 4),
        }
    }


def _people(*counts: int) -> PeopleCount:
    building, running, supply, trained = map(Fraction, counts)
    return PeopleCount(building, running, supply, trained)


def test_synergies_by_the_years_in_which_they_are_reached() -> None:
    world = case(
        option("A"),
        option("B", build_years=1),
        years=2,
        rules=(synergy("A", "B", bonus=5), synergy("A", bonus=5), synergy("B", "A", number=2)),
    )

    assert recount(world, plan(world, "A", ("B", 2027))).synergies == {
        "Rules!A2": (2028,),
        "Rules!A3": (2027, 2028),
        "Rules!A4": (2028,),
    }


def test_bonuses_count_with_the_weight_of_their_criterion() -> None:
    # Weights 3 and 1: 3/4 x 20 + 1/4 x 8.
    world = case(
        option("A", 0, {"law": 20}),
        criteria=(criterion("law", 3), criterion("money")),
        rules=(synergy("A", bonus=8, criterion="money"),),
    )

    assert recount(world, plan(world, "A")).after.value == 17


# The scale


def test_blank_points_for_100_are_the_largest_ideal() -> None:
    # Autonomy: in hosting the better of 60 and 30, and 50, above 80 a half: 80 + 30 / 2 = 95;
    # nothing for -20; 7 of no layer; a bonus of 4, and none for the harmful one: 106.
    # Resilience: 40. A alone is worth 60 and 40 of 106.
    world = case(
        investment("A", option("A.L", 0, {"law": 60, "spare": 40}), layer="hosting"),
        investment(
            "B", option("B.S", 0, {"law": 30}), option("B.L", 0, {"law": 50}), layer="hosting"
        ),
        option("BAD", 0, {"law": -20}),
        option("SEAT", 0, {"law": 7}, delay_loss=0.5, decision=Decision.NEVER),
        layers=(layer("hosting", 80, "0.5"),),
        objectives=(objective("autonomy"), objective("resilience")),
        criteria=(criterion("law"), criterion("spare", 1, "resilience")),
        rules=(
            synergy("A", "B", bonus=4, criterion="law"),
            synergy("A", "BAD", bonus=-9, criterion="law"),
        ),
        points_for_100=None,
    )

    found = recount(world, plan(world, "A.L"))

    assert found.ideal == {"autonomy": 106, "resilience": 40}
    assert found.scale == 106
    assert found.after.indices == {
        "autonomy": Fraction(6000, 106),
        "resilience": Fraction(4000, 106),
    }
    assert found.after.value == Fraction(5000, 106)


def test_typed_points_for_100_are_kept() -> None:
    world = case(option("A", 0, 50), points_for_100=200)

    found = recount(world, plan(world, "A"))

    assert found.scale == 200
    assert found.ideal == {"autonomy": 50}
    assert found.after.value == 25


def test_where_nothing_scores_the_criteria_are_worth_nothing() -> None:
    world = case(option("A"), points_for_100=None)

    assert recount(world, plan(world, "A")).after.value == 0


# Before and after


def test_before_is_what_is_ongoing_and_todays_providers_without_a_price() -> None:
    # OLD works since 2025: 10 of 100 points. After: 10 + 30, less 2 points for each of the
    # 5 million that the donor pays.
    world = case(
        ongoing("OLD", 2025, 0, 10, running_cost=3),
        option("NEW", 2, 30),
        funds=(fund(2027, 9, id="DONOR", dependence=2),),
    )
    payments = paid(("DONOR", "OLD", "running", 2027, 3), ("DONOR", "NEW", "build", 2027, 2))

    found = recount(world, plan(world, "OLD", "NEW", payments=payments))

    assert found.passed
    assert found.before.value == 10
    assert found.after.value == 30
    assert found.scale == 100


def test_dependence_lasts() -> None:
    # 5 million in 2027: 10 points less in both years.
    world = case(option("A", 5, 30), years=2, funds=(fund(2027, 5, 0, id="DONOR", dependence=2),))
    payments = paid(("DONOR", "A", "build", 2027, 5))

    found = recount(world, plan(world, "A", payments=payments))

    assert found.after.yearly == {"autonomy": points(20, 20)}


def test_worth_tells_its_parts_by_year() -> None:
    # The cable (20 points) works from 2028. The cut comes three times in four and leaves it
    # alone: cover 0 and then 0.6. The storm takes half of both: 0.5, then 0.5 + 0.3.
    # K, cut: 0, 60; storm: 50, 80. Mean: 12.5 and 65. The tail is the worse half, the cut: 0, 60.
    # C with a tail weight of 20 %: 0.8 x 12.5 = 10; 0.8 x 65 + 0.2 x 60 = 64.
    # A quarter is continuity: 2.5, and 15 + 16 = 31.
    world = case(
        option("CABLE", 0, 20, covers={"net": "0.6"}, exposures=("place:coast",), build_years=1),
        option("SPARE", 0, 9),
        years=2,
        objectives=(objective("autonomy", continuity_share=0.25), objective("resilience")),
        criteria=(criterion("value"), criterion("spare", 1, "resilience")),
        providers=(provider("TELCO", "net", 1, "route:north", "place:coast"),),
        services=(service("CALLS", "net"),),
        shocks=(
            shock("CUT", "route:north", likelihood=3),
            shock("STORM", "place:coast", severity=0.5),
            shock("NEVER", "route:north", "place:coast", likelihood=0),
        ),
        tail_share=0.5,
        tail_weight=0.2,
    )

    found = recount(world, plan(world, ("CABLE", 2027)))

    assert found.passed
    assert found.after.criteria == {"autonomy": points(0, 20), "resilience": points(0, 0)}
    assert found.after.continuity == {"autonomy": points(10, 64), "resilience": ()}
    assert found.after.yearly == {
        "autonomy": points(Fraction(5, 2), 31),
        "resilience": points(0, 0),
    }
    assert found.after.services == {
        ("CALLS", "CUT"): Fraction(3, 5),
        ("CALLS", "STORM"): Fraction(4, 5),
        ("CALLS", "NEVER"): 0,
    }
    assert found.before.continuity == {"autonomy": points(10, 10), "resilience": ()}
    assert found.before.services["CALLS", "STORM"] == Fraction(1, 2)


def test_an_objective_may_be_continuity_alone() -> None:
    # The cut leaves 0.25 of the network.
    world = case(
        option("A", 0, 10),
        objectives=(objective("autonomy"), objective("resilience")),
        providers=(provider("TELCO", "net", 1, "route:north"),),
        services=(service("CALLS", "net"),),
        shocks=(shock("CUT", "route:north", objective="resilience", severity=0.75),),
    )

    found = recount(world, plan(world, "A"))

    assert found.after.criteria["resilience"] == ()
    assert found.after.indices == {"autonomy": 10, "resilience": 25}


def test_contribution_is_accrued_and_scaled_before_bends_and_synergies() -> None:
    # 61 points of 200 make 30.5, in the last of two equal years: 15.25; B, twice 40 of 200,
    # is above full credit, and counts in full here.
    world = case(
        investment("A", option("A", 0, {"value": 61, "spare": 20}, build_years=1), layer="net"),
        investment("B", option("B", 0, {"value": 40}), layer="net"),
        years=2,
        layers=(layer("net", 50),),
        objectives=(objective("autonomy"), objective("resilience")),
        criteria=(criterion("value"), criterion("spare", 1, "resilience")),
        points_for_100=200,
    )

    assert recount(world, plan(world, "A", "B")).contribution == {
        "A": {"autonomy": Fraction(61, 4), "resilience": 5},
        "B": {"autonomy": 20, "resilience": 0},
    }


# What makes a plan no answer


def test_unpaid_cost_is_told() -> None:
    world = case(option("A", 60))

    assert told(world, plan(world, "A")) == [
        "A (build) costs 60.000 million in 2027; 0.000 are paid"
    ]


def test_a_missing_ongoing_option_is_told() -> None:
    world = case(ongoing("OLD", 2025))

    assert told(world, Plan(())) == ["OLD is ongoing, and is missing"]


def test_an_option_that_does_not_exist_is_told() -> None:
    world = case(option("A"))

    assert told(world, Plan((Choice("B", "B.L", 2027),))) == ["B.L is no option of the case"]


def test_an_option_under_the_wrong_investment_is_told() -> None:
    world = case(option("A"), option("B"))

    assert told(world, Plan((Choice("B", "A", 2027),))) == ["A is no option of B"]


def test_an_option_taken_twice_is_told() -> None:
    world = case(option("A"), years=2)

    assert told(world, plan(world, "A", ("A", 2028))) == ["A is taken 2 times"]


@pytest.mark.parametrize(
    ("start", "years", "facts"),
    [
        (2026, 2, {}),
        (2029, 2, {}),
        # The last cost year must lie within the plan: 2027 at the latest.
        (2028, 2, {"cost": (1, 1)}),
        # So must the last year of building.
        (2028, 2, {"build_years": 1}),
        (2027, 2, {"earliest_start": 2028}),
        (2028, 2, {"latest_start": 2027}),
        # Under way since 2025 is not since 2026.
        (2026, 2, {"earliest_start": 2025, "decision": Decision.ONGOING}),
    ],
)
def test_a_start_outside_the_allowed_years_is_told(
    start: int, years: int, facts: dict[str, Any]
) -> None:
    world = case(option("A", facts.pop("cost", 0), **facts), years=years)

    violation = recount(world, plan(world, ("A", start))).violations[0]

    assert violation.text == f"A starts in {start}, which is not among its allowed years"
    assert violation.name == RowName("plan", ("A",))
    assert {str(place) for place in violation.asked_by} == {"Investments!A2"}


def test_a_typed_latest_start_may_leave_costs_for_later() -> None:
    world = case(option("A", (1, 1), latest_start=2028), years=2)
    payments = paid(("STATE", "A", "build", 2028, 1))

    found = recount(world, plan(world, ("A", 2028), payments=payments))

    assert found.passed
    assert found.later == {"A": {2029: 1}}


@pytest.mark.parametrize(
    ("payment", "sentence"),
    [
        (("BANK", "A", Pays.BUILD, 2027, 1), "BANK is no fund of the case"),
        (
            ("STATE", "A", Pays.BUILD, 2028, 1),
            "STATE has money in 2028, outside the years of the case",
        ),
        (("STATE", "B", Pays.RUNNING, 2027, 1), "STATE pays for B, which is not taken"),
        (
            ("STATE", "A", "repairs", 2027, 1),
            "STATE pays for repairs of A; costs have a build and a running part",
        ),
    ],
)
def test_a_payment_that_means_nothing_is_told(payment: Any, sentence: str) -> None:
    world = case(option("A"), option("B"))

    assert told(world, plan(world, "A", payments=paid(payment))) == [sentence]


NOWHERE = {("BANK", 2027): Decimal(1), ("STATE", 2026): Decimal(1)}


@pytest.mark.parametrize("payments", [Payments(aside=NOWHERE), Payments(held=NOWHERE)])
def test_money_kept_by_nobody_or_outside_the_years_is_told(payments: Payments) -> None:
    world = case(option("A"))

    assert told(world, plan(world, payments=payments)) == [
        "BANK is no fund of the case",
        "STATE has money in 2026, outside the years of the case",
    ]
