from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from choosebattles.audit.ledger import PlanLedger
from choosebattles.audit.option_by_year import Taken
from choosebattles.case.case import Case
from choosebattles.case.decision_model import ContingencyKind
from choosebattles.case.plan import Choice, Payments, Plan
from choosebattles.vocabulary import Ledger as Words
from random_cases import draft
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

TWO_GOALS = (objective("autonomy", 3), objective("resilience", 1))


def ledger(world: Case, *chosen: str | tuple[str, int]) -> PlanLedger:
    return PlanLedger(world, plan(world, *chosen))


def in_years(world: Case, word: str, *about: object, of: PlanLedger) -> list[Fraction]:
    return [getattr(of, word)(*about, year) for year in range(world.years)]


def test_speaks_all_the_words() -> None:
    words: Words = ledger(case(option("A")), "A")

    assert words.horizon == range(1)
    assert words.last == 0
    assert words.total([Fraction(1, 3), Fraction(2, 3)]) == 1


# Which options are taken and when


def test_an_investment_stands_for_any_of_its_options() -> None:
    world = case(investment("CLOUD", option("CLOUD.S"), option("CLOUD.L")), option("CSIRT"))
    of = ledger(world, "CLOUD.L")

    assert [of.take(each) for each in ("CLOUD", "CLOUD.L", "CLOUD.S", "CSIRT")] == [1, 1, 0, 0]
    assert of.operating("CLOUD", 0) == 1
    assert of.operating("CSIRT", 0) == 0


def test_two_options_of_an_investment_count_twice() -> None:
    world = case(investment("CLOUD", option("CLOUD.S"), option("CLOUD.L")))

    assert ledger(world, "CLOUD.S", "CLOUD.L").take("CLOUD") == 2


def test_starts_in_one_year_and_has_started_ever_after() -> None:
    world = case(option("A"), years=3)
    of = ledger(world, ("A", 2028))

    assert in_years(world, "starting", "A", of=of) == [0, 1, 0]
    assert in_years(world, "started", "A", of=of) == [0, 1, 1]


def test_operates_from_the_end_of_building_to_the_end_of_its_life() -> None:
    # Started in 2028, 2 years to build, 2 years of life: 2030 and 2031.
    world = case(option("A", build_years=2, lifetime=2), years=6)

    assert in_years(world, "operating", "A", of=ledger(world, ("A", 2028))) == [0, 0, 0, 1, 1, 0]


def test_blank_build_years_end_with_the_last_cost_year() -> None:
    # 5, 0, 3, 0: the last non-zero cost is in year 2 after the start; it works from then on.
    world = case(option("A", (5, 0, 3, 0)), years=5)

    assert in_years(world, "operating", "A", of=ledger(world, "A")) == [0, 0, 1, 1, 1]


def test_what_costs_nothing_to_build_operates_at_once() -> None:
    world = case(option("A", running_cost=1), years=2)

    assert in_years(world, "operating", "A", of=ledger(world, "A")) == [1, 1]


def test_what_is_ongoing_starts_in_no_year_and_has_started_since_its_earliest_start() -> None:
    # Started in 2025, 3 years to build: operates from 2028.
    world = case(ongoing("A", 2025, build_years=3), years=2)
    of = ledger(world, "A")

    assert of.take("A") == 1
    assert in_years(world, "starting", "A", of=of) == [0, 0]
    assert in_years(world, "started", "A", of=of) == [1, 1]
    assert in_years(world, "operating", "A", of=of) == [0, 1]


def test_what_is_ongoing_since_the_first_year_does_not_start_in_it_either() -> None:
    world = case(ongoing("A", 2027))

    assert ledger(world, "A").starting("A", 0) == 0


# Money


def test_costs_fall_due_from_the_start_on_and_grow() -> None:
    # In thousandths 1000 and 2000; at 10 % a year: 1000 x 1.1 = 1100, 2000 x 1.21 = 2420.
    world = case(option("A", (1, 2)), years=3, cost_growth=Decimal("0.1"))
    of = ledger(world, ("A", 2028))

    assert in_years(world, "build", world.options["A"], of=of) == [0, 1100, 2420]


def test_half_a_thousandth_is_rounded_up() -> None:
    # 0.050 x 1.05 = 0.0525: 52.5 thousandths are 53; of 0.049, 51.45 are 51.
    world = case(option("A", (0, "0.05")), option("B", (0, "0.049")), years=2, cost_growth=0.05)
    of = ledger(world, "A", "B")

    assert of.build(world.options["A"], 1) == 53
    assert of.build(world.options["B"], 1) == 51


def test_running_cost_is_paid_while_it_operates() -> None:
    # 1 year to build, 2 years of life: 2028 and 2029. 2000 x 1.02 = 2040, x 1.02 = 2080.8: 2081.
    world = case(
        option("A", 5, running_cost=2, build_years=1, lifetime=2), years=4, cost_growth=0.02
    )
    of = ledger(world, "A")

    assert in_years(world, "run", world.options["A"], of=of) == [0, 2040, 2081, 0]
    assert in_years(world, "need", world.options["A"], of=of) == [5000, 2040, 2081, 0]


def test_costs_are_paid_to_their_end_whatever_the_lifetime() -> None:
    world = case(option("A", (1, 1, 1), build_years=0, lifetime=1), years=3)

    assert in_years(world, "build", world.options["A"], of=ledger(world, "A")) == [1000] * 3


def test_of_what_is_ongoing_only_the_rest_is_to_be_paid() -> None:
    # Started in 2025: cost years 3 and 4 fall in 2027 and 2028, in money of those years.
    world = case(ongoing("A", 2025, (9, 8, 7, 6)), years=2, cost_growth=0.5)

    assert in_years(world, "build", world.options["A"], of=ledger(world, "A")) == [7000, 9000]


def test_later_cost_is_what_falls_due_after_the_last_year() -> None:
    # Started in 2028, the last year: 2000 in 2029 and 3000 in 2030 are left;
    # 2000 x 1.1^2 + 3000 x 1.1^3 = 2420 + 3993.
    world = case(option("A", (1, 2, 3), latest_start=2028), option("B"), years=2, cost_growth=0.1)

    assert ledger(world, ("A", 2028)).later(world.options["A"]) == 2420 + 3993
    assert ledger(world, ("A", 2028)).later(world.options["B"]) == 0


def test_an_option_that_is_not_taken_needs_nothing() -> None:
    world = case(option("A", 5, running_cost=2))

    assert ledger(world).need(world.options["A"], 0) == 0


def test_income_is_cut_grown_and_rounded_down() -> None:
    # 0.999 x 0.8 = 799.2 thousandths: 799; a year on x 1.1 = 879.12: 879.
    world = case(
        option("A", running_cost="-0.999", revenue_to="OWN"),
        years=2,
        cost_growth=0.1,
        revenue_haircut=0.2,
        funds=(fund(2027, 0, 0), fund(2027, 0, 0, id="OWN")),
    )
    of = ledger(world, "A")

    assert in_years(world, "income", world.funds[1], of=of) == [799, 879]
    assert in_years(world, "income", world.funds[0], of=of) == [0, 0]
    assert in_years(world, "run", world.options["A"], of=of) == [0, 0]


def test_income_by_year_comes_from_the_start_on_and_is_rounded_with_the_other() -> None:
    # 0.5 x 0.8 = 0.4 in 2027. It operates from 2028: 1.1 x (0.995 + 0.995) x 0.8 = 1.7512, rounded
    # down as one (apart: twice 0.8756); in 2029 1.21 x 0.995 x 0.8 = 0.96316 alone.
    world = case(
        option("A", running_cost="-0.995", income=("0.5", "0.995"), build_years=1),
        years=3,
        cost_growth=0.1,
        revenue_haircut=0.2,
        funds=(fund(2027, 0, 0, 0),),
    )

    of = ledger(world, ("A", 2027))
    assert in_years(world, "income", world.funds[0], of=of) == [400, 1751, 963]
    assert in_years(world, "need", world.options["A"], of=of) == [0, 0, 0]


def test_income_by_year_of_what_is_ongoing_goes_on() -> None:
    # Started in 2026: 2027 is its second year.
    world = case(ongoing("A", 2026, income=(5, 3)), years=2, funds=(fund(2027, 0, 0),))

    assert in_years(world, "income", world.funds[0], of=ledger(world, ("A", 2026))) == [3000, 0]


def test_income_goes_to_the_only_fund_unless_another_is_named() -> None:
    one = case(option("A", running_cost=-3), funds=(fund(2027, 0),))
    two = case(
        option("A", running_cost=-3, revenue_to="B"), funds=(fund(2027, 0), fund(2027, 0, id="B"))
    )

    assert ledger(one, "A").income(one.funds[0], 0) == 3000
    assert ledger(two, "A").income(two.funds[0], 0) == 0
    assert ledger(two, "A").income(two.funds[1], 0) == 3000


def test_savings_are_grown_rounded_half_up_and_paid_while_the_synergy_lasts() -> None:
    # B operates from 2028: nothing in 2027, then 50 x 1.05 = 52.5, so 53 thousandths.
    world = case(
        option("A"),
        option("B", build_years=1),
        years=2,
        cost_growth=0.05,
        rules=(synergy("A", "B", saving=Decimal("0.05"), saving_to="OWN"),),
        funds=(fund(2027, 0, 0), fund(2027, 0, 0, id="OWN")),
    )

    assert in_years(world, "income", world.funds[1], of=ledger(world, "A", "B")) == [0, 53]
    assert in_years(world, "income", world.funds[0], of=ledger(world, "A", "B")) == [0, 0]
    assert in_years(world, "income", world.funds[1], of=ledger(world, "A")) == [0, 0]


def test_savings_go_to_the_first_fund_unless_another_is_named() -> None:
    world = case(
        option("A"),
        rules=(synergy("A", saving=2),),
        funds=(fund(2027, 0), fund(2027, 0, id="B")),
    )

    assert ledger(world, "A").income(world.funds[0], 0) == 2000


def test_payments_are_those_of_the_plan() -> None:
    # 1.5 + 0.25 for building and 0.5 for running in 2028.
    world = case(option("A"), years=2)
    state, a = world.funds[0], world.options["A"]
    payments = Payments(
        paid=(
            pays("STATE", "A", "build", 2028, "1.5"),
            pays("STATE", "A", "build", 2028, "0.25"),
            pays("STATE", "A", "running", 2028, "0.5"),
        ),
        aside={("STATE", 2027): Decimal(3)},
        held={("STATE", 2028): Decimal(4)},
    )
    of = PlanLedger(world, plan(world, "A", payments=payments))

    assert in_years(world, "paid", state, of=of) == [0, 2250]
    assert in_years(world, "aside", state, of=of) == [3000, 0]
    assert in_years(world, "held", state, of=of) == [0, 4000]
    assert of.payments(a, "build", state, 1) == 1750
    assert of.payments(a, "running", state, 1) == 500
    assert of.payments(a, "running", state, 0) == 0


def kept(carry_at_most: Decimal | None = None) -> tuple[Case, PlanLedger]:
    """Return three years of a fund of 10, 6 and 4 that carries over half, and a plan.

    DAM earns 2 million from 2027 on and, in its second year, 3 more; a tenth is cut. Paid: 4 for A
    in 2027, 3 in 2028; held: 1 in 2028; set aside: 5 in 2027, 2 in 2028.
    """
    state = fund(2027, 10, 6, 4, carry_over=Decimal("0.5"), carry_at_most=carry_at_most)
    world = case(
        option("A", (4, 3)),
        option("DAM", running_cost=-2, income=(0, 3)),
        years=3,
        funds=(state,),
        revenue_haircut="0.1",
    )
    payments = Payments(
        paid=(pays("STATE", "A", "build", 2027, 4), pays("STATE", "A", "build", 2028, 3)),
        aside={("STATE", 2027): Decimal(5), ("STATE", 2028): Decimal(2)},
        held={("STATE", 2028): Decimal(1)},
    )
    return world, PlanLedger(world, plan(world, "A", "DAM", payments=payments))


def test_of_what_is_set_aside_a_share_is_carried_over_and_the_rest_is_lost() -> None:
    # Half of 5 and half of 2; nothing is there from before the first year.
    world, of = kept()
    state = world.funds[0]

    assert in_years(world, "carried", state, of=of) == [0, 2500, 1000]
    assert in_years(world, "lost", state, of=of) == [0, 2500, 1000]


def test_available_is_the_amount_what_is_carried_over_and_income() -> None:
    # 2027: 10 + 0 + 0.9 * 2 = 11.8. 2028: 6 + 2.5 + 0.9 * (2 + 3) = 13. 2029: 4 + 1 + 1.8 = 6.8.
    world, of = kept()

    assert in_years(world, "available", world.funds[0], of=of) == [11800, 13000, 6800]


def test_left_is_what_is_neither_paid_nor_held_nor_set_aside() -> None:
    # 2027: 11.8 - 4 - 0 - 5 = 2.8. 2028: 13 - 3 - 1 - 2 = 7. 2029: all of 6.8.
    world, of = kept()

    assert in_years(world, "left", world.funds[0], of=of) == [2800, 7000, 6800]


def test_where_a_fund_uses_more_than_it_has_nothing_is_left() -> None:
    # 3 of 2: 1 too much in 2027, which takes nothing from 2028.
    world = case(option("A", 3), years=2, funds=(fund(2027, 2, 2),))
    payments = Payments(paid=(pays("STATE", "A", "build", 2027, 3),))

    of = PlanLedger(world, plan(world, "A", payments=payments))

    assert in_years(world, "left", world.funds[0], of=of) == [0, 2000]


@pytest.mark.parametrize(
    ("carry_at_most", "most"),
    [
        # 2.8; then 7 and half of 2.8 = 8.4; then 6.8 and half of 8.4 = 11.
        (None, [2800, 8400, 11000]),
        # 60 % of 10 = 6, of which 5 are set aside: 1 more, so 7 + 0.5 * 1 = 7.5.
        # 60 % of 6 = 3.6, of which 2 are set aside: 1.6 more, so 6.8 + 0.5 * 1.6 = 7.6.
        (Decimal("0.6"), [2800, 7500, 7600]),
    ],
)
def test_most_left_is_what_could_be_there_had_all_that_may_be_been_set_aside(
    carry_at_most: Decimal | None, most: list[int]
) -> None:
    world, of = kept(carry_at_most)

    assert in_years(world, "most_left", world.funds[0], of=of) == most


@pytest.mark.parametrize(
    ("kind", "amount", "reserve"),
    [
        (ContingencyKind.NONE, 5, 0),
        # 10 % of 10 + 20 + 30 million.
        (ContingencyKind.FLAT, "0.1", 6000),
        # Overruns: 50 % of 10 = 5, 10 % of 20 = 2, 20 % of 30 = 6. The largest: 6.
        (ContingencyKind.BUDGETED, 1, 6000),
        # The two largest and half of the third: 6 + 5 + 2 / 2.
        (ContingencyKind.BUDGETED, "2.5", 12000),
        # Not even one: a quarter of the largest.
        (ContingencyKind.BUDGETED, "0.25", 1500),
        # More than there are: all.
        (ContingencyKind.BUDGETED, 9, 13000),
        (ContingencyKind.BUDGETED, 0, 0),
    ],
)
def test_reserve(kind: ContingencyKind, amount: object, reserve: int) -> None:
    world = case(
        option("A", 10, overrun="0.5"),
        option("B", 20, overrun="0.1"),
        option("C", 30, overrun="0.2"),
        option("NOT", 99, overrun=1),
        contingency=kind,
        contingency_amount=amount,
    )

    assert ledger(world, "A", "B", "C").reserve(0) == reserve


# People


def test_staff_builds_and_runs() -> None:
    # 2 years of building with 3 people, then 1.5 people.
    it = option("A", build_years=2, lifetime=1, build_staff={"IT": 3}, run_staff={"IT": 1.5})
    world = case(it, years=5, skills=(skill("IT", 2027, *[9] * 5), skill("LAW", 2027, *[9] * 5)))
    of = ledger(world, ("A", 2028))

    assert in_years(world, "staff", "IT", of=of) == [0, 3, 3, Fraction(3, 2), 0]
    assert in_years(world, "building", "IT", of=of) == [0, 3, 3, 0, 0]
    assert in_years(world, "staff", "LAW", of=of) == [0] * 5


def test_what_is_built_and_works_in_one_year_needs_both_staffs() -> None:
    world = case(
        option("A", build_years=0, build_staff={"IT": 3}, run_staff={"IT": 2}),
        years=2,
        skills=(skill("IT", 2027, 9, 9),),
    )

    assert in_years(world, "staff", "IT", of=ledger(world, "A")) == [5, 2]


def test_trained_people_count_from_the_next_year_and_some_leave_each_further_year() -> None:
    # Operates in 2027 and 2028, 8 people each, half of them stay each further year:
    # 2028: 8.  2029: 8 x 1/2 + 8 = 12.  2030: 8 x 1/4 + 8 x 1/2 = 6.
    world = case(
        option("SCHOOL", lifetime=2, trains={"IT": 8}),
        years=4,
        skills=(skill("IT", 2027, *[0] * 4, retention=0.5),),
    )

    assert in_years(world, "trained", "IT", of=ledger(world, "SCHOOL")) == [0, 8, 12, 6]


def test_graduates_of_before_the_first_year_are_in_the_supply() -> None:
    # It has worked since 2020; only graduates of 2027 count, from 2028.
    world = case(
        ongoing("SCHOOL", 2020, trains={"IT": 8}), years=2, skills=(skill("IT", 2027, 0, 0),)
    )

    assert in_years(world, "trained", "IT", of=ledger(world, "SCHOOL")) == [0, 8]


def test_where_nobody_stays_last_years_graduates_still_work() -> None:
    world = case(
        option("SCHOOL", lifetime=1, trains={"IT": 8}),
        years=3,
        skills=(skill("IT", 2027, 0, 0, 0, retention=0),),
    )

    assert in_years(world, "trained", "IT", of=ledger(world, "SCHOOL")) == [0, 8, 0]


# Worth


def test_points_are_weighted_within_their_objective_and_their_layer() -> None:
    # Weights 3 and 1 of autonomy are 3/4 and 1/4: A 3/4 x 40 + 1/4 x 20 = 35; B 3/4 x 8 = 6.
    # Resilience has one criterion, so all its weight.
    world = case(
        investment("A", option("A", 0, {"law": 40, "money": 20, "spare": 7}), layer="hosting"),
        investment("B", option("B", 0, {"law": 8}), layer="hosting"),
        option("C", 0, {"law": 100}),
        objectives=TWO_GOALS,
        criteria=(criterion("law", 3), criterion("money"), criterion("spare", 5, "resilience")),
    )
    of = ledger(world, "A", "B", "C")

    assert of.points("autonomy", "hosting", 0) == 41
    assert of.points("resilience", "hosting", 0) == 7
    assert of.points("autonomy", "", 0) == 75


def test_points_count_while_it_operates() -> None:
    world = case(option("A", 0, 40, build_years=1, lifetime=1), years=3)

    assert in_years(world, "points", "autonomy", "", of=ledger(world, "A")) == [0, 40, 0]


def test_waiting_costs_good_points_and_does_not_mend_harm() -> None:
    # Each counts half. Two years late at 10 % a year: (100 x 0.81 - 50) / 2 = 15.5.
    world = case(
        option("A", 0, {"good": 100, "harm": -50}, earliest_start=2028, delay_loss=0.1),
        years=4,
        criteria=(criterion("good"), criterion("harm")),
    )

    assert ledger(world, ("A", 2030)).points("autonomy", "", 3) == 15.5
    assert ledger(world, ("A", 2028)).points("autonomy", "", 3) == 25


def test_without_an_earliest_start_waiting_begins_in_the_first_year() -> None:
    world = case(option("A", 0, 100, delay_loss=0.1), years=2)

    assert ledger(world, ("A", 2028)).points("autonomy", "", 1) == 90


def test_what_is_ongoing_has_not_waited() -> None:
    world = case(ongoing("A", 2020, 0, 100, delay_loss=0.1))

    assert ledger(world, "A").points("autonomy", "", 0) == 100


def test_credit_bends_above_full_credit() -> None:
    # Up to 50 all counts, above it a quarter: 50 + (70 - 50) / 4 = 55.
    world = case(
        investment("A", option("A", 0, 40), layer="hosting"),
        investment("B", option("B", 0, 30), layer="hosting"),
        layers=(layer("hosting", 50, "0.25"),),
    )

    assert ledger(world, "A").credit("autonomy", "hosting", 0) == 40
    assert ledger(world, "A", "B").credit("autonomy", "hosting", 0) == 55


def test_credit_of_harm_is_harm() -> None:
    world = case(
        investment("A", option("A", 0, -40), layer="hosting"), layers=(layer("hosting", 50),)
    )

    assert ledger(world, "A").credit("autonomy", "hosting", 0) == -40


@pytest.mark.parametrize("name", ["", "hosting", "people"])
def test_a_layer_without_full_credit_is_not_bent(name: str) -> None:
    world = case(investment("A", option("A", 0, 90), layer=name), layers=(layer("hosting"),))

    assert ledger(world, "A").credit("autonomy", name, 0) == 90


def test_scored_is_the_typed_score_of_what_operates_in_the_final_year() -> None:
    # B is over by then; A keeps its 40 as typed, without its delay loss.
    world = case(
        option("A", 0, 40, delay_loss=0.5), option("B", 0, 30, lifetime=1), option("C"), years=2
    )
    of = ledger(world, ("A", 2028), "B", "C")

    assert [of.scored("value", it) for it in world.options.values()] == [40, 0, 0]


def test_a_synergy_needs_all_unless_a_number_is_typed() -> None:
    world = case(
        investment("A", option("A.S"), option("A.L")),
        option("B"),
        option("C", build_years=1),
        years=2,
        rules=(synergy("A", "B", "C"), synergy("A", "B", "C", number=2)),
    )
    of = ledger(world, "A.L", "B", ("C", 2027))

    assert in_years(world, "together", world.rules[0], of=of) == [0, 1]
    assert in_years(world, "together", world.rules[1], of=of) == [1, 1]
    assert in_years(world, "together", world.rules[1], of=ledger(world, "B")) == [0, 0]


# Continuity

STACK = (
    provider("TELCO", "net", "0.5", "route:north"),
    provider("ISP", "net", "0.3", "law:US", "route:south"),
    provider("AWS", "hosting", 1, "law:US"),
)
CUT = shock("CUT", "route:north", "route:south")
ORDER = shock("ORDER", "law:US", severity=0.5)


def stack(**model: Any) -> Case:
    return case(
        option("CABLE", 0, 10, covers={"net": "0.4"}, exposures=("place:coast",), build_years=1),
        option("CLOUD", 0, 10, covers={"hosting": "0.6", "net": "0.1"}, exposures=("law:US",)),
        years=2,
        providers=STACK,
        services=(service("ID", "net", "hosting"), service("CALLS", "net")),
        shocks=(CUT, ORDER),
        **model,
    )


def test_cover_is_what_the_shock_leaves_of_all_supplies() -> None:
    # The cut takes both routes. The order takes half of the ISP and half of AWS:
    # 0.5 + 0.15 = 0.65 of the network, 0.5 of hosting.
    of = ledger(stack())

    assert of.cover("net", CUT, 0) == 0
    assert of.cover("net", ORDER, 0) == Fraction(65, 100)
    assert of.cover("hosting", ORDER, 0) == Fraction(1, 2)
    assert of.cover("nothing", ORDER, 0) == 0


def test_options_cover_while_they_operate() -> None:
    # The cable covers 0.4 from 2028; under the order 0.65 + 0.4 = 1.05, at most 1.
    of = ledger(stack(), "CABLE")

    assert [of.cover("net", CUT, year) for year in (0, 1)] == [0, Fraction(2, 5)]
    assert [of.cover("net", ORDER, year) for year in (0, 1)] == [Fraction(65, 100), 1]


def test_a_shock_takes_from_options_too() -> None:
    # The cloud keeps half of its 0.6 and 0.1 under the order: 0.5 + 0.3 and 0.65 + 0.05.
    of = ledger(stack(), "CLOUD")

    assert of.cover("hosting", ORDER, 0) == Fraction(8, 10)
    assert of.cover("net", ORDER, 0) == Fraction(7, 10)


def test_a_service_is_as_good_as_its_weakest_layer() -> None:
    # Under the order: network 0.65, hosting 0.5.
    world = stack()
    of = ledger(world)

    assert of.continuity(world.services[0], ORDER, 0) == Fraction(1, 2)
    assert of.continuity(world.services[1], ORDER, 0) == Fraction(65, 100)


# The index


def test_index_of_criteria_alone() -> None:
    # (30 + 20) of 200 points for 100.
    world = case(option("A", 0, 30), option("B", 0, 20), option("C", 0, 9), points_for_100=200)

    assert ledger(world, "A", "B").index("autonomy") == 25


def test_years_are_discounted() -> None:
    # 1, 1/1.25, 1/1.5625 are as 25 : 20 : 16; A works in the last two years: 36 / 61 of 61.
    world = case(option("A", 0, 61, build_years=1), years=3, discount_rate=0.25)

    assert ledger(world, "A").index("autonomy") == 36


def test_only_the_final_year_counts_if_asked() -> None:
    world = case(
        option("A", 0, 61, build_years=1),
        option("B", 0, 9, lifetime=1),
        years=2,
        accrual="final year",
    )

    assert ledger(world, "A", "B").index("autonomy") == 61


def test_value_weighs_the_indices() -> None:
    # Weights 3 and 1: 3/4 x 40 + 1/4 x 20.
    world = case(
        option("A", 0, {"law": 40, "spare": 20}),
        objectives=TWO_GOALS,
        criteria=(criterion("law"), criterion("spare", 1, "resilience")),
    )

    assert ledger(world, "A").value == 35


def test_continuity_has_its_share_of_the_index() -> None:
    # Criteria 10 of 100. Under the order ID keeps 0.5 and CALLS 0.65 today; the cloud makes it
    # 0.7 and 0.7, and the cut leaves nothing of the network but its 0.1: K = 70 and 10.
    # No tail: C = 40. A fifth of the index: 4/5 x 10 + 1/5 x 40 = 16.
    world = stack(objectives=(objective("autonomy", continuity_share=0.2),), tail_weight=Decimal(0))

    assert ledger(world, "CLOUD").index("autonomy") == 16


def test_an_option_of_another_case_is_left_out() -> None:
    world = case(option("A", 5, 30))
    of = PlanLedger(world, Plan((Choice("B", "B", 2027), Choice("A", "A", 2027))))

    assert set(of.taken) == {"A"}
    assert of.value == 30


def test_of_an_option_named_twice_the_first_start_counts() -> None:
    world = case(option("A"), years=2)
    of = ledger(world, ("A", 2028), ("A", 2027))

    assert in_years(world, "starting", "A", of=of) == [0, 1]


def test_an_option_more_is_all_that_a_ledger_beside_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """So that reasons for a thousand options of a thousand do not count each with each."""
    names = [f"I{number}" for number in range(30)]
    world = case(*(option(name, 1, 10) for name in names), years=3, funds=(fund(2027, 30, 30, 30),))
    many = PlanLedger(world, plan(world, *names[:-1]))
    assert many.value
    scored: list[str] = []
    score = Taken.score

    def noted(it: Taken, criterion: str) -> Fraction:
        scored.append(it.option.id)
        return score(it, criterion)

    monkeypatch.setattr(Taken, "score", noted)

    beside = many.beside(Choice(names[-1], names[-1], 2027))

    assert beside.value > many.value
    assert set(scored) == {names[-1]}


@pytest.mark.parametrize("seed", range(12))
def test_a_ledger_beside_another_counts_as_one_of_its_own(seed: int) -> None:
    """What is lent from the smaller plan is what the larger one would count itself."""
    world = draft(seed)
    names = list(world.options)
    taken = [Choice(world.investment_of[name].id, name, world.first_year) for name in names[1:]]
    small = PlanLedger(world, Plan(tuple(taken)))
    assert small.value is not None
    for start in world.calendar:
        more = Choice(world.investment_of[names[0]].id, names[0], start)
        whole = PlanLedger(world, Plan((*taken, more)))
        beside = small.beside(more)

        assert beside.value == whole.value
        for goal in world.model.objectives:
            assert beside.index(goal.id) == whole.index(goal.id)
        for t in whole.horizon:
            assert beside.reserve(t) == whole.reserve(t)
            assert [beside.income(each, t) for each in world.funds] == [
                whole.income(each, t) for each in world.funds
            ]
