from decimal import Decimal
from typing import Any

import pytest

from choosebattles.case.decision_model import ContingencyKind, Method
from choosebattles.case.limit import Metric
from choosebattles.case.plan import Payments
from choosebattles.report.number_wording import (
    at_most,
    at_most_percent,
    decimals,
    percent,
    points,
    points_above,
)
from choosebattles.report.view_model import Answer, Story, tell
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import GoalUnit, Stage, Stop, TieAnswer, Ties
from choosebattles.solving.solve import solve
from report.outcomes import PROVENANCE, chosen, illyria, no_plan, outcome, shaken
from small_cases import case, fund, limit, ongoing, option, pays, plan

# What the plan of these tests is worth in 2030, in points before scaling by P = 160, which is
# the ideal of resilience (25 + 40 + 35 + 60):
#   autonomy    (30 + 10 + 8) * 2/3 + (20 + 25) * 1/3 = 47     -> 29.375
#   resilience  10 + 40 + 35                          = 85     -> 53.125
#   ideal of autonomy 65 + 6.67 + 8.33 + 5.33 + 1.67 + 20 + 4 + 3.33 = 114.33 -> 71.46


def answer(told: Story) -> Answer:
    assert told.answer is not None
    return told.answer


def test_headline() -> None:
    assert tell(outcome()).headline == (
        "With 15.5 million EUR over 2026-2030 the best plan takes 6 of 11 investments and "
        "raises autonomy from 0 to 29.4 (of a possible 71.5) and resilience from 0 to 53.1."
    )


def test_headline_of_an_unproved_plan_does_not_call_it_the_best() -> None:
    told = tell(outcome(stop=Stop.TIME_LIMIT, proven=False, bound=50.0, gap=0.29))

    assert told.headline.startswith(
        "With 15.5 million EUR over 2026-2030 the best plan found takes 6 of 11 investments"
    )


def test_headline_of_one_year_says_what_falls_and_what_stays() -> None:
    world = case(
        option("CLOUD", 60, {"value": -20}),
        ongoing("LAW", 2027, 0, {"value": 30}),
        funds=(fund(2027, 100),),
        points_for_100=100,
    )
    both = outcome(world, plan(world, "CLOUD", "LAW", payments=chosen(world, "CLOUD").payments))
    one = outcome(world, plan(world, "LAW"))

    assert tell(both).headline == (
        "With 100.0 million in 2027 the best plan takes 2 of 2 investments (1 of them under way "
        "already) and lowers autonomy from 30.0 to 10.0 (of a possible 30.0)."
    )
    assert tell(one).headline == (
        "With 100.0 million in 2027 the best plan takes 1 of 2 investments (1 of them under way "
        "already) and leaves autonomy at 30.0 (of a possible 30.0)."
    )


@pytest.mark.parametrize(
    ("facts", "sentences"),
    [
        (
            {},
            (
                (
                    "Proved: no plan that keeps to the money, the people and the rules has an "
                    "objective above 38.88."
                ),
                "It is the only best plan: proved.",
            ),
        ),
        (
            {"ties": Ties(TieAnswer.ANOTHER, frozenset({"CLOUD.S", "AI"}))},
            (
                (
                    "Proved: no plan that keeps to the money, the people and the rules has an "
                    "objective above 38.88."
                ),
                (
                    "Another plan is worth the same: with AI instead of CSIRT, EXIT, LAW, TRAIN "
                    "and VAULT."
                ),
            ),
        ),
        (
            {"ties": Ties()},
            (
                (
                    "Proved: no plan that keeps to the money, the people and the rules has an "
                    "objective above 38.88."
                ),
                "Whether another plan is worth the same was not checked.",
            ),
        ),
        (
            {"stop": Stop.GAP, "proven": False, "bound": 38.9, "gap": 0.000643},
            (
                (
                    "Within the gap asked for: the objective is 38.9, and no plan can exceed it by "
                    "more than 0.065 %; a better plan may exist within that."
                ),
            ),
        ),
        (
            {"stop": Stop.TIME_LIMIT, "proven": False, "bound": 42.0, "gap": 0.08},
            (
                (
                    "Not proved, because the time ran out: the objective is 38.9, and no plan can "
                    "exceed it by more than 8.1 %; a better plan may exist within that."
                ),
            ),
        ),
        (
            {"stop": Stop.INTERRUPTED, "proven": False, "bound": None, "gap": None},
            (
                (
                    "Not proved, because it was stopped by hand: how much more another plan could "
                    "be worth is not known."
                ),
            ),
        ),
    ],
)
def test_proof_in_words(facts: dict[str, Any], sentences: tuple[str, ...]) -> None:
    assert tell(outcome(**facts)).proof == sentences


@pytest.mark.parametrize(
    ("value", "bound"), [(44.93, "44.93"), (44.9301, "44.94"), (44.925, "44.93"), (40.0, "40.00")]
)
def test_what_no_plan_exceeds_is_never_below_the_plan(value: float, bound: str) -> None:
    told = tell(outcome(objective=value, bound=value))

    assert told.proof[0].endswith(f" has an objective above {bound}.")
    assert float(bound) >= value


def test_only_a_proof_is_called_one() -> None:
    for stop in Stop:
        told = tell(outcome(stop=stop, proven=False, bound=40.0, gap=0.03))
        assert not any(each.startswith("Proved") for each in told.proof)
        assert "the best plan found" in told.headline


def test_a_lexicographic_choice_tells_each_step_with_its_own_bound() -> None:
    world = illyria(method=Method.LEXICOGRAPHIC)
    stages = (
        Stage("autonomy", Stop.OPTIMAL, 29.375, 29.375, 0.1),
        Stage("resilience", Stop.GAP, 53.1, 53.1234, 0.1),
        Stage("the total cost", Stop.TIME_LIMIT, 9.6, 9.2346, 0.1, least=True, unit=GoalUnit.MONEY),
    )

    told = tell(outcome(world, stages=stages, proven=False, bound=9.2346, gap=0.0381))

    assert told.proof == (
        (
            "Not proved in every step of the method (lexicographic). The last step is within 3.9 % "
            "of its best; earlier steps have gaps of their own."
        ),
        "Step 1, autonomy: raised to 29.38 points; proved: more is not possible.",
        (
            "Step 2, resilience, keeping what came before within the tolerance: raised to 53.10 "
            "points; within the gap asked for, and no plan comes above 53.13 points."
        ),
        (
            "Step 3, the total cost, keeping what came before within the tolerance: lowered to 9.60 "
            "million EUR; the time ran out, and no plan comes below 9.23 million EUR."
        ),
    )
    assert not any("Proved" in each for each in told.proof)


def test_a_balanced_choice_tells_each_step_in_its_unit() -> None:
    world = illyria(method=Method.BALANCED)
    alone = Stage("autonomy", Stop.OPTIMAL, 29.375, 29.375, 0.1)
    share = Stage("the smallest share", Stop.OPTIMAL, 0.8125, 0.8125, 0.1, unit=GoalUnit.SHARE)
    whole = Stage("the weighted sum", Stop.OPTIMAL, 38.875, 38.875, 0.1)

    told = tell(outcome(world, stages=(alone, share, whole)))

    assert told.proof[0].startswith("Proved: no plan that keeps to the money, the people")
    assert told.proof[1:] == (
        (
            "Step 1, autonomy as if it alone counted: raised to 29.38 points; proved: more is not "
            "possible."
        ),
        "Step 2, the smallest share: raised to 81.3 %; proved: more is not possible.",
        (
            "Step 3, the weighted sum, keeping that share: raised to 38.88 points; proved: more is "
            "not possible."
        ),
    )


@pytest.mark.parametrize("method", [Method.LEXICOGRAPHIC, Method.BALANCED])
def test_steps_of_the_solver_are_told(method: Method) -> None:
    # Weights 3 and 2 differ, as an order needs.
    found = solve(illyria(method=method), Options(gap=0))

    told = tell(found)

    assert found.proven
    assert len(told.proof) == 1 + len(found.stages)
    assert all("proved: " in each for each in told.proof[1:])
    units = [stage.unit for stage in found.stages]
    assert (
        units
        == {
            Method.LEXICOGRAPHIC: [GoalUnit.POINTS, GoalUnit.POINTS, GoalUnit.MONEY],
            Method.BALANCED: [GoalUnit.POINTS, GoalUnit.POINTS, GoalUnit.SHARE, GoalUnit.POINTS],
        }[method]
    )


def test_steps_that_find_no_plan_say_so() -> None:
    world = illyria(method=Method.LEXICOGRAPHIC)
    stages = (
        Stage("autonomy", Stop.INTERRUPTED, 20.0, None, 0.1),
        Stage("resilience", Stop.INFEASIBLE, None, None, 0.1),
    )

    assert tell(outcome(world, stages=stages, proven=False)).proof[1:] == (
        (
            "Step 1, autonomy: raised to 20.00 points; stopped by hand, how far from the best is "
            "not known."
        ),
        (
            "Step 2, resilience, keeping what came before within the tolerance: no plan was found; "
            "proved that there is none."
        ),
    )


LEFT = (
    "6 options are left out that STATE may pay for: 1 marked never, 1 as another option of the same "
    "investment is taken, 1 that would add nothing to the objective, 2 that a rule or a limit "
    "stands against and 1 that the money left, by fund and year, cannot pay for."
)


def test_what_it_costs_and_rests_on() -> None:
    # Your own plan takes CLOUD.S, VAULT and LOCAL: autonomy (30 * 2 + 32) / 3 = 30.67 and
    # resilience 50 points of P = 160; 3.4 + 0.85 + 0.15 = 4.4 million.
    assert tell(outcome()).sentences == (
        "The plan costs 9.6 million EUR of 15.5 million EUR.",
        "5.90 million EUR of STATE is left, and lapses.",
        LEFT,
        (
            "32 % of this plan's value rests on grade D figures, which are illustrative; 39 % on "
            "grade B: published estimates; 29 % on grade C: expert judgement."
        ),
        (
            "Your own plan: autonomy 19.2 (this plan 29.4) and resilience 31.3 (this plan 53.1), for "
            "4.4 million EUR (this plan 9.6 million EUR); it breaks demands: see the sheet Own plan."
        ),
    )


def test_evidence_grades_share_the_value_of_the_plan() -> None:
    # Weighted 3 : 2, CLOUD.S 0.6 * 26.67 + 0.4 * 10 = 20, CSIRT 4 + 14 = 18, VAULT 16,
    # LAW 5, TRAIN 3.2; together 62.2. EXIT works only after 2030. CLOUD.S is graded D.
    grades = {each.grade: each.share for each in answer(tell(outcome())).evidence}

    whole = 20 + 18 + 16 + 5 + 3.2
    assert grades == pytest.approx(
        {"B": (16 + 5 + 3.2) / whole, "C": 18 / whole, "D": 20 / whole}, abs=1e-6
    )


def test_illustrative_figures_are_known_by_grade_and_by_source() -> None:
    assert tell(outcome()).illustrative
    world = case(option("CLOUD", 60, 70, source="Illustrative"))
    assert tell(outcome(world, chosen(world, "CLOUD"))).illustrative
    world = case(option("CLOUD", 60, 70, evidence="A"))
    told = tell(outcome(world, chosen(world, "CLOUD")))
    assert not told.illustrative
    assert "100 % of this plan's value rests on grade A figures: official figures." in (
        told.sentences
    )


def test_plan_rows() -> None:
    rows = {each.option: each for each in answer(tell(outcome())).plan}

    cloud = rows["CLOUD.S"]
    assert (cloud.investment, cloud.owner, cloud.budget_line) == (
        "CLOUD",
        "Digital agency",
        "17.04.01",
    )
    assert (cloud.start, cloud.operates_from, cloud.operates_until) == (2026, 2027, None)
    # Built for 1.2 and 0.6; 0.4 a year in the four years from 2027 on.
    assert cloud.cost == {2026: 1.2, 2027: 1.0, 2028: 0.4, 2029: 0.4, 2030: 0.4}
    assert (cloud.total, cloud.running) == (3.4, 1.6)
    assert sum(cloud.paid.values()) == pytest.approx(3.4)
    assert [each.start for each in answer(tell(outcome())).plan] == [2026] * 4 + [2027, 2030]


def test_spending_adds_up_for_every_fund_and_year() -> None:
    told = answer(tell(outcome()))

    assert [(each.fund, each.year) for each in told.spending] == [
        (name, year) for name in ("STATE", "DONOR") for year in range(2026, 2031)
    ]
    for each in told.spending:
        used = each.planned + each.held + each.aside + each.left
        assert used == pytest.approx(each.available)
        assert each.amount + each.carried + each.income == pytest.approx(each.available)
    assert sum(each.planned for each in told.spending) == pytest.approx(told.total_cost)


def test_what_is_set_aside_arrives_as_far_as_it_is_carried() -> None:
    world = illyria()
    held = chosen(world, "TRAIN")
    payments = type(held.payments)(held.payments.paid, {("DONOR", 2026): Decimal("0.8")}, {})
    told = answer(tell(outcome(world, type(held)(held.choices, payments))))

    donor = {each.year: each for each in told.spending if each.fund == "DONOR"}
    assert donor[2026].aside == 0.8
    assert donor[2027].carried == 0.4
    assert donor[2027].available == 1.6


def test_commitments_after_the_last_year() -> None:
    rows = {commitment.option: commitment for commitment in answer(tell(outcome())).commitments}

    assert rows["EXIT"].later == {2031: 0.25}
    assert rows["CLOUD.S"].later == {}
    assert rows["CLOUD.S"].running == 0.4
    assert "LAW" not in rows


def test_nothing_after_the_last_year_is_said() -> None:
    world = case(option("CLOUD", 60, 70))

    told = tell(outcome(world, chosen(world, "CLOUD")))

    assert answer(told).commitments == ()
    assert "Nothing falls due after 2027." in told.sentences


def test_the_first_reason_why_not() -> None:
    reasons = {each.option: each.reason for each in answer(tell(outcome())).rejected}

    assert reasons == {
        "HYPER": "Marked never: Parliament's decision of 2025.",
        "CLOUD.L": "Another option of the same investment is taken: CLOUD.S.",
        "AI": "It needs CLOUD.L, not in the plan (Rules!A2).",
        "LOCAL": "LAW, in the plan, shuts it out (Rules!A3).",
        "ROUTE": "It costs at least 19.00 million EUR, and 5.90 million EUR is left.",
        "LINK": "It would add nothing to the objective.",
    }


def test_a_fund_that_must_pay_a_share_may_be_what_lacks() -> None:
    # The grant may pay 60 % of anything, so 40 % of GRID's 10 are STATE's, which has 3 left.
    world = case(
        option("CLOUD", 4, 70),
        option("GRID", 10, 50),
        funds=(fund(2027, 7), fund(2027, 50, id="GRANT", pays_at_most=Decimal("0.6"))),
    )
    held = plan(world, "CLOUD", payments=Payments((pays("STATE", "CLOUD", "build", 2027, 4),)))

    (row,) = answer(tell(outcome(world, held))).rejected

    assert row.reason == (
        "In 2027 STATE must pay 4.0 million of it, and 3.0 million is left of that."
    )


def test_what_fits_within_the_gap_is_said_to_fit() -> None:
    # 10 of 15 are spent; LINK costs 5 and adds 2, so 72 are possible, and the search stopped.
    world = case(option("CLOUD", 10, 70), option("LINK", 5, 2), funds=(fund(2027, 15),))
    held = chosen(world, "CLOUD")
    found = outcome(world, held, stop=Stop.GAP, proven=False, bound=72.5, gap=0.04)

    (row,) = answer(tell(found)).rejected

    assert row.reason == (
        "It would fit in 2027 and add at most 2 points: the search stopped before a better plan "
        "was ruled out."
    )


def test_nothing_taken_says_why() -> None:
    # The cheaper one costs 20, and there are 15.
    dear = case(option("CLOUD", 20, 70), option("LINK", 25, 2), funds=(fund(2027, 15),))
    harm = case(option("CLOUD", 5, -70), option("LINK", 5, -2), funds=(fund(2027, 15),))

    assert tell(outcome(dear, plan(dear))).sentences[:3] == (
        (
            "Nothing is taken: the cheapest, CLOUD, costs at least 20.0 million, and all funds have "
            "15.0 million."
        ),
        "The plan costs 0.0 million of 15.0 million.",
        "15.0 million of STATE is left, and lapses.",
    )
    assert tell(outcome(harm, plan(harm))).sentences[0] == (
        "Nothing is taken: every option would lower the objective."
    )


def test_the_cheapest_is_told_by_the_start_that_costs_least() -> None:
    # From 2027 on it costs 10 to build and 10 to run in 2028; from 2028 on 10 in all. There are 8.
    dear = case(
        option("CLOUD", 10, 70, running_cost=10, build_years=1, latest_start=2028),
        years=2,
        funds=(fund(2027, 4, 4),),
    )

    assert tell(outcome(dear, plan(dear))).sentences[0] == (
        "Nothing is taken: the cheapest, CLOUD, costs at least 10.0 million, and all funds have "
        "8.0 million."
    )


def test_money_left_is_not_ruled_out_by_a_search_that_ended_early() -> None:
    # CLOUD fits into what is left; that no plan with it is worth more is not proved.
    world = case(option("CLOUD", 10, 70), funds=(fund(2027, 15),))
    stopped = outcome(world, plan(world), stop=Stop.TIME_LIMIT, proven=False, bound=80.0)

    told = " ".join(tell(stopped).sentences)

    assert "1 that the search, which ended early, does not rule out" in told
    assert "with which no plan is worth more" not in told


def test_money_says_in_which_prices_it_is() -> None:
    # 10 in 2027 and 10 in 2028, which 10 % more a year make 11: 21 in all, 20 as typed.
    world = case(
        option("CLOUD", [10, 10], 70, build_years=1),
        years=2,
        cost_growth=Decimal("0.1"),
        prices="2027 prices",
        funds=(fund(2027, 15, 15),),
    )
    told = tell(outcome(world, chosen(world, "CLOUD")))

    assert told.money_line == (
        "Money in million, money of each year. Costs were typed in: 2027 prices."
    )
    assert told.first_year_line == (
        "Money in million, prices of 2027. Costs were typed in: 2027 prices."
    )
    assert (answer(told).plan[0].total, answer(told).plan[0].first_year_total) == (21, 20)
    assert told.spending == (
        "The plan costs 21.0 million of 30.0 million, in money of each year; in prices of 2027 it "
        "costs 20.0 million."
    )


def test_income_is_told() -> None:
    # FEES brings in 2 in each of two years.
    world = case(
        option("FEES", 1, 5, running_cost=Decimal(-2), build_years=0),
        years=2,
        funds=(fund(2027, 1, 0),),
    )
    told = tell(outcome(world, chosen(world, "FEES")))

    assert told.spending == (
        "The plan costs 1.0 million; there are 1.0 million and 4.0 million of income."
    )
    assert answer(told).plan[0].income == 4
    assert answer(told).commitments[0].income == 2
    assert answer(told).steps[0].says == "Fees; brings in 4.0 million"


def test_worth_per_million() -> None:
    # AI: 0.6 * 2/3 * 30 points of P = 160 are 7.5, for 0.7 million.
    row = next(each for each in answer(tell(outcome())).rejected if each.option == "AI")

    assert row.worth == pytest.approx(7.5)
    assert row.cost == 0.7
    assert row.per_million == pytest.approx(7.5 / 0.7)


def test_own_plan_beside_ours() -> None:
    rows = {each.investment: each for each in answer(tell(outcome())).own}

    assert rows["CLOUD"].verdict == "the same"
    assert rows["VAULT"].own_start == 2026
    assert rows["LOCAL"].verdict == "only in your plan"
    assert rows["CSIRT"].verdict == "only in this plan"
    late = answer(tell(outcome(None, chosen(illyria(), "CLOUD.L", ("VAULT", 2028))))).own
    verdicts = {each.investment: each.verdict for each in late}
    assert verdicts["CLOUD"] == "another option"
    assert verdicts["VAULT"] == "another start"


def test_no_own_plan_no_comparison() -> None:
    world = case(option("CLOUD", 60, 70))

    assert answer(tell(outcome(world, chosen(world, "CLOUD")))).own == ()


def test_people_are_counted() -> None:
    # 2028: CLOUD.S runs with 3, CSIRT with 6; TRAIN has yielded 3 in 2026 and 3 in 2027, of the
    # first of whom 90 % stay: 5.7.
    row = next(person for person in answer(tell(outcome())).people if person.year == 2028)

    assert (row.building, row.running, row.needed) == (0, 9, 9)
    assert (row.supply, row.trained, row.left) == (9, 5.7, 5.7)


def test_services_before_and_after() -> None:
    rows = {
        (service.service, service.shock): service
        for service in answer(tell(outcome(shaken()))).services
    }

    # A legal order takes AWS; what remains of hosting is 30 %, though data is covered by 80 %.
    assert rows["EID", "LEGAL"].before == 0.3
    assert rows["EID", "LEGAL"].must_hold == 0.2
    assert rows["PAY", "CABLE"].must_hold is None


def test_synergies_that_are_reached() -> None:
    (row,) = answer(tell(outcome(shaken()))).synergies

    assert (row.rule, row.members, row.years) == ("Rules!A3", "CLOUD; VAULT", "2027-2030")


def test_an_index_that_is_no_plain_sum_says_why() -> None:
    told = answer(tell(outcome()))
    assert [readdition.why_not for readdition in told.readditions] == ["", ""]

    told = answer(tell(outcome(shaken())))
    assert {readdition.why_not for readdition in told.readditions} == {
        "it rests on the continuity of services too"
    }


def test_everything_that_was_read_is_told() -> None:
    told = tell(outcome(notes=("The model replaced the weights.",)), PROVENANCE)

    rows = {(given.kind, given.name): given.value for given in told.inputs}
    assert rows["File (sha-256)", "illyria.xlsx"] == PROVENANCE.files[0].sha256
    assert rows["Control total", "Rows read on Investments"] == 9
    assert rows["Setting", "Prices"] == "2026 prices, VAT included"
    assert rows["Setting", "Points for 100"] == "the largest ideal"
    assert rows["Solver", "Solver"] == "HiGHS 1.15.1"
    assert rows["Doubt", "1"] == PROVENANCE.doubts[0]
    assert rows["Notice", "1"] == PROVENANCE.notices[0]
    assert rows["Note", "1"] == "The model replaced the weights."
    assert told.criteria[0].anchor_50 == "can leave a supplier within a year"


def test_no_plan_is_told_with_what_to_try() -> None:
    world = illyria(
        limits=(limit(Metric.COUNT, "pillar: cloud", minimum=Decimal(4)),),
        contingency=ContingencyKind.FLAT,
        contingency_amount=Decimal("0.1"),
    )

    told = tell(no_plan(world))

    assert told.answer is None
    assert (
        told.headline == "With 15.5 million EUR over 2026-2030 no plan meets all demands at once."
    )
    assert told.proof == ("Proved: whatever is chosen, at least one demand is broken.",)
    assert told.advice == (
        "Make investments open that are marked must: Investments!A7.",
        "Lower or drop a minimum: Limits!A2.",
        "Hold less in reserve: Settings, Contingency amount.",
        "Raise a fund in its tightest year, or let it carry money over: Funds.",
        "Try a larger budget to see whether money is the cause: --budget 120%.",
    )


def test_no_plan_found_is_not_said_to_be_impossible() -> None:
    told = tell(no_plan(stop=Stop.TIME_LIMIT, proven=False))

    assert told.headline == "With 15.5 million EUR over 2026-2030 no plan was found."
    assert told.proof == (
        "The time ran out before a plan was found; whether one exists is not known.",
    )
    assert told.advice[0] == "Give it more time (--time-limit), or ask for less proof (--gap 1%)."


def test_no_more_digits_than_there_are() -> None:
    assert points(0.0) == "0"
    assert points(1e-12) == "0"
    # What is not nothing is never shown as nothing, nor with an exponent.
    assert points(-0.01) == "-0.01"
    assert points(0.00000013) == "0.00000013"
    assert points_above(0.00000013) == "0.00000013"
    assert points(1234.56) == "1,234.6"
    # As spreadsheets show it: half up, not to the even digit.
    assert points(59.25) == "59.3"
    assert points(-98.05) == "-98.1"
    assert percent(0.004) == "less than 1 %"
    assert percent(0.616) == "62 %"
    assert at_most(0.0643) == 0.065
    assert at_most_percent(0.0801) == "8.1 %"
    assert at_most_percent(0.0) == "0 %"
    assert decimals([1.5, 2]) == 1
    assert decimals([1.5, Decimal("0.25")]) == 2
    assert decimals([Decimal("0.0015")]) == 3
