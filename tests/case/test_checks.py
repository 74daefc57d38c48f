"""Every fault of a case that makes it meaningless, and what merely looks odd."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from choosebattles.case.case import Case
from choosebattles.case.checks import faults, warnings
from choosebattles.case.decision_model import ContingencyKind, Method
from choosebattles.case.evidence import Range
from choosebattles.case.fund import Pays
from choosebattles.case.investment import Decision
from choosebattles.case.limit import Metric
from choosebattles.case.rule import RuleKind, When
from choosebattles.errors import InputError
from small_cases import case as make
from small_cases import (
    criterion,
    fund,
    investment,
    layer,
    limit,
    objective,
    option,
    provider,
    rule,
    scope,
    service,
    shock,
    skill,
    synergy,
)

A, B = option("A", 1, 10), option("B", 1, 20)
WORDS = {"anchor_0": "nothing", "anchor_50": "half", "anchor_100": "all"}
EXPLAINED = criterion("value", **WORDS)


def case(*investments: Any, **facts: Any) -> Case:
    """A world in which nothing is odd unless it is meant to be."""
    funds = (fund(2027, *[50] * facts.get("years", 1)),)
    return make(*(investments or (A, B)), **{"criteria": (EXPLAINED,), "funds": funds} | facts)


def told(build: Callable[[], Case]) -> list[str]:
    """The faults of a case, as code and message."""
    try:
        build()
    except InputError as error:
        return [f"{fault.code} {fault.message}" for fault in error.faults]
    return []


def odd(world: Case) -> list[str]:
    return [f"{warning.code} {warning.message}" for warning in warnings(world)]


def test_a_sound_case_has_no_faults_and_no_warnings() -> None:
    world = case()

    assert list(faults(world)) == []
    assert odd(world) == []


FAULTS: list[tuple[Callable[[], Case], str]] = [
    # Numbers
    (
        lambda: case(A, years=31),
        "CB-C08 found 31; expected 1 to 30. Type a number within these limits.",
    ),
    (
        lambda: case(A, years=0),
        "CB-C08 found 0; expected 1 to 30. Type a number within these limits.",
    ),
    (
        lambda: case(A, cost_growth=Decimal(3)),
        "CB-C08 found 300%; expected -50% to 100%. If 3 percent is meant, type 3%.",
    ),
    (
        lambda: case(option("A", -1)),
        "CB-C08 found -1; expected 0 or more, in million. Enter income under Running cost.",
    ),
    (
        lambda: case(option("A", 1, 101)),
        "CB-C08 found 101; expected -100 to 100. Type a number within these limits.",
    ),
    (
        lambda: case(option("A", lifetime=0)),
        "CB-C08 found 0; expected 1 to 100. Type a number within these limits.",
    ),
    (
        lambda: case(option("A", covers={"hosting": 2})),
        "CB-C08 found hosting: 200%; expected 0% to 100%. If 2 percent is meant, type 2%.",
    ),
    (
        lambda: case(A, funds=(fund(2027, -1),)),
        "CB-C08 found -1; expected 0 or more, in million. Type a number within these limits.",
    ),
    (
        lambda: case(A, funds=(fund(2027, 1, dependence=-1),)),
        "CB-C08 found -1; expected 0 or more. Type a number within these limits.",
    ),
    (
        lambda: case(A, B, rules=(synergy("A", "B", saving=-1),)),
        "CB-C08 found -1; expected 0 or more, in million. Type a number within these limits.",
    ),
    (
        lambda: case(A, contingency=ContingencyKind.FLAT, contingency_amount=10),
        "CB-C08 found 10; expected a share of the cost, 0% to 100%, for a flat contingency. Type a percentage such as 10%.",
    ),
    (
        lambda: case(A, limits=(limit(Metric.COST_SHARE, maximum=40),)),
        "CB-C08 found 4000%; expected a cost share, 0% to 100%. Type a percentage such as 40%.",
    ),
    (
        lambda: case(A, years=2, funds=(fund(2027, 1),)),
        "CB-C13 found no amount for 2028; expected a number for every year; 0 is typed.",
    ),
    (
        lambda: case(A, years=2, skills=(skill("IT", 2027, 1),)),
        "CB-C13 found no number of people for 2028; expected a number for every year; 0 is typed.",
    ),
    # Ids
    (lambda: case(option("")), "CB-L03 found no id; expected an id such as CLOUD."),
    (
        lambda: case(option("A B")),
        "CB-L02 found 'A B'; expected an id of letters, digits, _ and -, such as CLOUD. Rename it.",
    ),
    (
        lambda: case(option("A.B")),
        "CB-L02 found 'A.B'; expected an id of letters, digits, _ and -, such as CLOUD. Rename it.",
    ),
    (
        lambda: case(A, option("a")),
        "CB-L01 found 'a', as in A2; expected each id once. Rename or delete one of the two.",
    ),
    (
        lambda: case(A, option("\u0410")),
        "CB-L02 found '\u0410', which looks like 'A' but has other letters; expected one spelling for one name. Retype it with the letters of your own keyboard, the same in both places.",
    ),
    (
        lambda: case(A, funds=(fund(2027, 1), fund(2027, 1))),
        "CB-L01 found 'STATE', as in A2; expected each id once. Rename or delete one of the two.",
    ),
    (
        lambda: case(A, B, rules=(rule(RuleKind.EXCLUDES, "A", "B", "A"),)),
        "CB-L27 found 'A' twice; expected each name once. Delete one of the two.",
    ),
    # References
    (
        lambda: case(A, criteria=(EXPLAINED, criterion("x", 1, "autonmy"))),
        "CB-L04 found 'autonmy'; expected the id of an objective. Did you mean autonomy?",
    ),
    (
        lambda: case(option("A", 1, {"valu": 1})),
        "CB-L04 found 'valu'; expected the id of a criterion. Did you mean value?",
    ),
    (
        lambda: case(option("A", run_staff={"IT": 1})),
        "CB-L04 found 'IT'; expected the id of a skill. There is none yet.",
    ),
    (
        lambda: case(option("A", revenue_to="EU")),
        "CB-L04 found 'EU'; expected the id of a fund. There are: STATE.",
    ),
    (
        lambda: case(A, funds=(fund(2027, 1, eligible=scope("pillar: Security")),)),
        "CB-L04 found 'Security'; expected a pillar of Investments. There is none yet.",
    ),
    (
        lambda: case(A, limits=(limit(Metric.COST, "B", maximum=1),)),
        "CB-L04 found 'B'; expected the id of an investment or option. There are: A.",
    ),
    (
        lambda: case(A, limits=(limit(Metric.POINTS, maximum=1, criterion="x"),)),
        "CB-L04 found 'x'; expected the id of a criterion. There are: value.",
    ),
    (
        lambda: case(A, B, rules=(synergy("A", "B", saving=1, saving_to="EU"),)),
        "CB-L04 found 'EU'; expected the id of a fund. There are: STATE.",
    ),
    # Money
    (
        lambda: case(A, funds=()),
        "CB-L38 found no fund; expected at least one row. Fill in who pays.",
    ),
    (
        lambda: case(A, funds=[fund(2027, 1, id=f"F{n}") for n in range(9)]),
        "CB-L37 found 9 funds; expected at most 8. Join funds that may pay for the same things into one row.",
    ),
    (
        lambda: case(option("A", running_cost=-1), funds=(fund(2027, 1), fund(2027, 1, id="EU"))),
        "CB-L17 found an income (a negative running cost) and no fund to receive it; expected a fund under Revenue to, as there are several. Name the fund.",
    ),
    (
        lambda: case(option("A", income=(1,)), funds=(fund(2027, 1), fund(2027, 1, id="EU"))),
        "CB-L17 found an income by year and no fund to receive it; expected a fund under Revenue to, as there are several. Name the fund.",
    ),
    (
        lambda: case(
            A,
            funds=(fund(2027, 1, pays=Pays.BUILD),),
            contingency=ContingencyKind.BUDGETED,
            contingency_amount=1,
        ),
        "CB-L15 found a contingency and no fund that may hold it; expected a fund with Eligible blank that pays 100% of build and running costs. Add such a fund, or set the contingency to none.",
    ),
    (
        lambda: case(
            option("A", 1, {"x": 1}),
            funds=(fund(2027, 1, dependence=1),),
            objectives=(objective("resilience"),),
            criteria=(criterion("x", 1, "resilience"),),
        ),
        "CB-L33 found a dependence above 0, and no objective autonomy with criteria; expected an objective autonomy that has a criterion, or dependence 0. Add a criterion of autonomy, or leave the cell blank.",
    ),
    # Investments and their timing
    (
        lambda: case(investment("A", option("A"), option("A.L"))),
        "CB-L23 found no option name on one of 2 rows of A; expected a name for each, such as L. Name the option; if the rows are different things, give each an id of its own.",
    ),
    (
        lambda: case(investment("A", option("B.L"))),
        "CB-L23 found 'B.L'; expected an option of A. Type the option's own name only, such as L.",
    ),
    (
        lambda: case(option("A", decision=Decision.NEVER, reason="")),
        "CB-L16 found no reason for the decision never; expected a reason for every decision but open. Say who decided it and why.",
    ),
    (
        lambda: case(
            investment(
                "A",
                *(option(f"A.{n}", decision=Decision.ONGOING, earliest_start=2020) for n in "SL"),
            )
        ),
        "CB-L19 found a second ongoing option of A; expected at most one option of an investment. Make two investments of them if both are under way.",
    ),
    (
        lambda: case(option("A", decision=Decision.ONGOING)),
        "CB-L18 found no start year; expected the year in which the ongoing investment started, 2027 or before. Type the year, or make the decision must.",
    ),
    (
        lambda: case(option("A", decision=Decision.ONGOING, earliest_start=2028), years=3),
        "CB-L18 found 2028; expected the year in which the ongoing investment started, 2027 or before. Type the year, or make the decision must.",
    ),
    (
        lambda: case(option("A", earliest_start=2026)),
        "CB-L20 found 2026; expected a year of the plan, 2027 to 2027. Correct the year or leave the cell blank.",
    ),
    (
        lambda: case(option("A", latest_start=2028)),
        "CB-L20 found 2028; expected a year of the plan, 2027 to 2027. Correct the year or leave the cell blank.",
    ),
    (
        lambda: case(option("A", earliest_start=2028, latest_start=2027), years=2),
        "CB-L21 found a latest start 2027 before the earliest, 2028; expected at least one year in which it can start. Correct one of the two years.",
    ),
    # Three cost years, the last of which is not 0, do not fit into two.
    (
        lambda: case(option("A", (1, 0, 1)), years=2),
        "CB-L21 found no year in which it can start: it takes 2 years after the one in which it starts, and the plan ends in 2028; expected at least one year in which it can start. Type a latest start, shorten the building, or make the plan longer.",
    ),
    # Rules
    (
        lambda: case(A, B, rules=(rule(RuleKind.AT_MOST, "A", "B"),)),
        "CB-L24 found no number; expected how many, for the rule at most. Type the number, 0 included.",
    ),
    (
        lambda: case(A, B, rules=(synergy("A", "B", number=3),)),
        "CB-L24 found 3; expected at most 2, the length of the list. Correct the number or the list.",
    ),
    (
        lambda: case(A, B, rules=(synergy("A", "B", number=0),)),
        "CB-L24 found 0; expected 1 or more, or blank for all. Correct it.",
    ),
    (
        lambda: case(A, B, rules=(rule(RuleKind.TOGETHER),)),
        "CB-C13 found no investment; expected at least one id. Name what it is about.",
    ),
    (
        lambda: case(A, B, rules=(rule(RuleKind.REQUIRES_ALL, "A"),)),
        "CB-L28 found nothing under Needs; expected what is needed, for the rule requires all. Name what they need.",
    ),
    (
        lambda: case(A, B, rules=(synergy("A", "B", bonus=2, criterion=None),)),
        "CB-L28 found a bonus of 2 and no criterion; expected the criterion to which the bonus is added. Name the criterion.",
    ),
    (
        lambda: case(A, B, rules=(rule(RuleKind.REQUIRES_ALL, "A", needs=("A", "B")),)),
        "CB-L05 found A, which stands under Investments too; expected other ids than under Investments. Delete it on one side.",
    ),
    (
        lambda: case(
            investment("A", option("A.S"), option("A.L")),
            B,
            rules=(rule(RuleKind.EXCLUDES, "A", needs=("B", "A.L")),),
        ),
        "CB-L26 found both A and its option A.L; expected either the investment or its options. Delete one of them: the investment stands for any of its options.",
    ),
    # Limits
    (
        lambda: case(A, limits=(limit(Metric.COST),)),
        "CB-L29 found no minimum and no maximum; expected at least one of them. Type one of them, or clear the row.",
    ),
    (
        lambda: case(A, limits=(limit(Metric.POINTS, maximum=1),)),
        "CB-L30 found points of no criterion; expected points and a criterion, such as points: technical. Name the criterion after a colon.",
    ),
    # Preferences
    (
        lambda: case(objectives=(objective("autonomy", 0),)),
        "CB-L10 found a weight of 0 for all of the objectives; expected at least one weight above 0. Correct the weights; a blank weight counts 1.",
    ),
    (
        lambda: case(criteria=(criterion("value", 0),)),
        "CB-L10 found a weight of 0 for all of the criteria of autonomy; expected at least one weight above 0. Correct the weights; a blank weight counts 1.",
    ),
    (
        lambda: case(objectives=(objective("autonomy", -1),)),
        "CB-C08 found -1; expected 0 or more. Type a number within these limits.",
    ),
    (
        lambda: case(objectives=(objective("autonomy", 1, weight_low=2, weight_high=1),)),
        "CB-L36 found a lowest weight 2 above the highest, 1; expected the lowest weight first. Correct one of the two; a blank one is the weight itself.",
    ),
    (
        lambda: case(objectives=(objective("autonomy", 1, weight_low=2),)),
        "CB-L36 found a lowest weight 2 above the highest, 1; expected the lowest weight first. Correct one of the two; a blank one is the weight itself.",
    ),
    (
        lambda: case(
            objectives=(objective("autonomy", 2), objective("resilience", 2)),
            criteria=(EXPLAINED, criterion("x", 1, "resilience")),
            method=Method.LEXICOGRAPHIC,
        ),
        "CB-L34 found a weight of 2, the same as that of autonomy; expected different weights for the method lexicographic, which goes by them. Change one of the weights.",
    ),
    (
        lambda: case(objectives=(objective("autonomy"), objective("resilience"))),
        "CB-L32 found nothing that measures resilience; expected a criterion of it, or services and a shock of it with a likelihood above 0. Add a row to Criteria, or delete the objective.",
    ),
    (
        lambda: case(
            objectives=(objective("autonomi"),), criteria=(criterion("value", 1, "autonomy"),)
        ),
        "CB-L04 found 'autonomy'; expected the id of an objective. Did you mean autonomi?",
    ),
    # Continuity
    (
        lambda: case(
            A, services=(service("ID", "hostng"),), providers=(provider("GOV", "hosting"),)
        ),
        "CB-L31 found the layer 'hostng', which neither a provider nor an option covers; expected a layer that somebody supplies. Did you mean hosting?",
    ),
    (
        lambda: case(A, providers=(provider("GOV", "hosting"), provider("GOV", "hosting"))),
        "CB-L35 found GOV on layer hosting, as in A2; expected one row for each provider and layer. Join the two rows.",
    ),
    # Ranges
    (
        lambda: case(A, ranges=(Range(id="A", quantity="cost", low=2, high=1),)),
        "CB-L36 found a low value 2 above the high one, 1; expected the low value first. Exchange the two.",
    ),
    (
        lambda: case(A, ranges=(Range(id="B", quantity="cost", low=1, high=2),)),
        "CB-L04 found 'B'; expected the id of an investment or option. There are: A.",
    ),
    (
        lambda: case(A, ranges=(Range(id="A", quantity="costs", low=1, high=2),)),
        "CB-C14 found 'costs'; expected one of: cost, overrun, score, likelihood, severity, coverage, amount. Did you mean cost?",
    ),
    (
        lambda: case(option("A", 1, -10), option("B", 1, -20), points_for_100=None),
        "CB-L60 found no number, and nothing that is worth having; expected a number above 0 under Settings, Points for 100, such as 100. Type how many points make an index of 100; without it harm would count as nothing.",
    ),
    (
        lambda: case(option("A", 1, 10), points_for_100=0),
        "CB-L60 found 0; expected a number above 0 under Settings, Points for 100, such as 100. Type how many points make an index of 100; without it harm would count as nothing.",
    ),
    (
        lambda: case(
            option("A"),
            option("B"),
            rules=(synergy("A", "B", bonus=-3),),
            points_for_100=None,
        ),
        "CB-L60 found no number, and nothing that is worth having; expected a number above 0 under Settings, Points for 100, such as 100. Type how many points make an index of 100; without it harm would count as nothing.",
    ),
]


@pytest.mark.parametrize(("build", "message"), FAULTS)
def test_a_fault_is_told_once_and_in_these_words(build: Callable[[], Case], message: str) -> None:
    assert told(build) == [message]


def test_a_fund_of_a_continuity_only_autonomy_has_no_price() -> None:
    facts: dict[str, Any] = {
        "objectives": (objective("autonomy"),),
        "criteria": (),
        "services": (service("ID", "hosting"),),
        "providers": (provider("GOV", "hosting", 1, "law:US"),),
        "shocks": (shock("LAW", "law:US"),),
    }
    free = option("A", 1, {})

    assert told(lambda: case(free, **facts)) == []
    assert [
        m[:6] for m in told(lambda: case(free, funds=(fund(2027, 1, dependence=1),), **facts))
    ] == ["CB-L33"]


def test_an_objective_is_measured_by_services_and_a_likely_shock_only() -> None:
    def build(likelihood: int) -> Case:
        return case(
            objectives=(objective("autonomy"), objective("resilience")),
            services=(service("ID", "hosting"),),
            providers=(provider("GOV", "hosting", 1, "place:coast"),),
            shocks=(shock("FLOOD", "place:coast", objective="resilience", likelihood=likelihood),),
            points_for_100=100,
        )

    assert told(lambda: build(1)) == []
    assert [each[:6] for each in told(lambda: build(0))] == ["CB-L32"]


def test_a_blank_latest_start_leaves_time_for_building_and_paying() -> None:
    # Two years: a start in 2027 pays until 2028; trailing zeros are no cost years.
    assert told(lambda: case(option("A", (1, 1)), years=2)) == []
    assert told(lambda: case(option("A", (1, 1, 0)), years=2)) == []
    assert told(lambda: case(option("A", 1, build_years=1), years=2)) == []
    assert [m[:6] for m in told(lambda: case(option("A", 1, build_years=2), years=2))] == ["CB-L21"]
    assert [
        m[:6] for m in told(lambda: case(option("A", (1, 1, 1), 5, build_years=1), years=2))
    ] == ["CB-L21"]
    assert told(lambda: case(option("A", (1, 1, 1), latest_start=2028), years=2)) == []
    assert told(lambda: case(option("A", (1, 1, 1), decision=Decision.NEVER), years=2)) == []


def test_faults_of_a_case_that_no_file_holds_name_the_fact() -> None:
    broken = option("A", lifetime=0)
    facts = {"model": case().model, "funds": case().funds, "first_year": 2027, "years": 1}
    with pytest.raises(InputError, match="CB-C08 option A, lifetime: found 0"):
        Case(investments=(investment("A", broken),), **facts)


ODDITIES: list[tuple[Callable[[], Case], str]] = [
    (
        lambda: case(
            rules=(
                rule(RuleKind.REQUIRES_ALL, "A", needs=("B",)),
                rule(RuleKind.REQUIRES_ANY, "B", needs=("A",)),
            )
        ),
        "CB-L05 found prerequisites in a circle, A \u2192 B \u2192 A; expected prerequisites that come to an end. None of them can be taken before the others.",
    ),
    (
        lambda: case(
            rules=(
                rule(RuleKind.REQUIRES_ALL, "A", needs=("B",)),
                rule(RuleKind.EXCLUDES, "A", "B"),
            )
        ),
        "CB-L06 found B, with which A may not be (Rules!A3); expected rules that agree. A cannot be taken.",
    ),
    (
        lambda: case(
            option("A", 1, 1, decision=Decision.MUST),
            option("B", 1, 2, decision=Decision.MUST),
            rules=(rule(RuleKind.EXCLUDES, "A", "B"),),
        ),
        "CB-L07 found A, B, all decided; expected decisions that leave a way to keep the rule excludes. No plan can keep it; change the rule or a decision.",
    ),
    (
        lambda: case(
            option("A", 1, 1, decision=Decision.MUST),
            option("B", 1, 2, decision=Decision.NEVER),
            rules=(rule(RuleKind.REQUIRES_ALL, "A", needs=("B",)),),
        ),
        "CB-L07 found A, which is decided, and B, which cannot be taken; expected decisions that leave a way to keep the rule requires all. No plan can keep it; change the rule or a decision.",
    ),
    (
        lambda: case(
            option("A", 1, 1, decision=Decision.MUST),
            option("B", 1, 2, decision=Decision.MUST),
            option("C", 1, 3, decision=Decision.NEVER),
            rules=(rule(RuleKind.IF_THEN_ALL, "A", "B", needs=("C",)),),
        ),
        "CB-L07 found A, B, all decided, and C, which cannot be taken; expected decisions that leave a way to keep the rule if then all. No plan can keep it; change the rule or a decision.",
    ),
    (
        lambda: case(
            option("A", 1, 1, decision=Decision.MUST),
            option("B", 1, 2, decision=Decision.MUST),
            rules=(rule(RuleKind.IF_THEN_NONE, "A", needs=("B",), number=1),),
        ),
        "CB-L07 found A, B, all decided; expected decisions that leave a way to keep the rule if then none. No plan can keep it; change the rule or a decision.",
    ),
    (
        lambda: case(
            A,
            option("B", 1, 2, decision=Decision.NEVER),
            rules=(rule(RuleKind.AT_LEAST, "A", "B", number=2),),
        ),
        "CB-L07 found only 1 that may be taken; expected decisions that leave a way to keep the rule at least. No plan can keep it; change the rule or a decision.",
    ),
    (
        lambda: case(
            investment(
                "A",
                option("A.S", 1, 1, decision=Decision.ONGOING, earliest_start=2027),
                option("A.L", 2, 2, decision=Decision.MUST),
            )
        ),
        "CB-L07 found must, while another option of A is ongoing; expected one option of an investment. No plan can have both.",
    ),
    (
        lambda: case(
            option("A", 5, 1, decision=Decision.MUST),
            option("B", 6, 2, decision=Decision.MUST),
            funds=(fund(2027, 10),),
        ),
        "CB-L07 found investments that must be taken and cost at least 11 million; expected at most 10 million, which is all that the funds hold. Change a decision or raise a fund.",
    ),
    (
        lambda: case(
            option("A", 0, 1, running_cost=1),
            option("B", 1, 2),
            funds=(fund(2027, 9, pays=Pays.BUILD), fund(2027, 9, id="EU", pays_at_most="0.6")),
        ),
        "CB-L08 found A, of whose running cost the funds may pay 60%; expected funds that together may pay 100% of it. It cannot be taken. Check Eligible, Pays and Pays at most.",
    ),
    (
        lambda: case(
            option("A", 1, 1), option("B", 2, 2), option("C", 1500, 3), funds=(fund(2027, 50),)
        ),
        "CB-C09 found 1500; expected an amount in millions, of the size of the others (median 1.5). Is it in thousands or in single units of the currency instead of millions?",
    ),
    (
        lambda: case(option("A", 6, 1), option("B", 7, 2), funds=(fund(2027, 5, 1),), years=2),
        "CB-L45 found 6, the least that anything costs in its first year, above all money of any year, 5; expected costs and funds in millions both. Are costs in thousands or in single units of the currency instead of millions?",
    ),
    (
        lambda: case(funds=(fund(2027, 200),)),
        "CB-L45 found 200 of money in all, while everything costs 2 to build and to run for a year; expected costs and funds in millions both. Are funds in thousands or in single units instead of millions?",
    ),
    (
        lambda: case(A, option("B", 899, 20), funds=(fund(2027, 9),)),
        "CB-L45 found 900 to build and run everything for a year, while all money is 9; expected costs and funds in millions both. Are costs in thousands or in single units instead of millions?",
    ),
    (
        lambda: case(
            option("A", 1, {"value": 10, "wide": 51}),
            option("B", 1, {"value": 9, "wide": 0}),
            criteria=(EXPLAINED, criterion("wide", **WORDS)),
        ),
        "CB-L46 found 10, the largest score on value, while those on wide reach 51; expected scores on one scale, from 0 to 100. Are the scores on value from 0 to 10?",
    ),
    (
        lambda: case(
            option("A", "0.001", 1), option("B", 9_999_999, 2), funds=(fund(2027, 999_999),)
        ),
        "CB-L14 found 0.001, while the largest amount is 9999999; expected amounts within a factor of a thousand million. Every answer is recounted exactly; still, check the units.",
    ),
    (
        lambda: case(A, B, option("C", 1, 10)),
        "CB-L13 found C, whose numbers are those of A; expected rows that differ. Delete one of them if it is the same thing.",
    ),
    (
        lambda: case(criteria=(criterion("value"),)),
        "CB-C21 found no words for what 0, 50 and 100 mean on value; expected a sentence for each under 0 means, 50 means and 100 means. They are printed in the results; scores mean little without them.",
    ),
    (
        lambda: case(limits=(limit(Metric.COST, minimum=2, maximum=1),)),
        "CB-L36 found a minimum 2 above the maximum, 1; expected a minimum that is not above the maximum. No plan can keep this limit.",
    ),
    (
        lambda: case(objectives=(objective("autonomy", floor=10),), points_for_100=None),
        "CB-L25 found no Points for 100, while autonomy has a floor or a continuity part; expected a number under Settings, Points for 100. Type it: otherwise one more row with high scores moves both.",
    ),
    (
        lambda: case(option("A", 1, 5), option("B", 2, 5)),
        "CB-L10 found the same score for all options on value; expected something that makes a difference. It does not tell options apart.",
    ),
    (
        lambda: case(funds=(fund(2027, 9), fund(2027, 0, id="EU"))),
        "CB-L09 found no money in any year for EU; expected something that makes a difference. It pays for nothing.",
    ),
    (
        lambda: case(
            funds=(fund(2027, 9), fund(2027, 5, id="EU", eligible=scope("layer: data"))),
            layers=(layer("data"),),
            providers=(provider("GOV", "data"),),
        ),
        "CB-L39 found a fund, EU, for which no option is eligible; expected something that makes a difference. It pays for nothing.",
    ),
    (
        lambda: case(rules=(rule(RuleKind.EXCLUDES, "A", "B", when=When.STARTED),)),
        "CB-L39 found a value under When; expected an empty cell, for the rule excludes. It is not used.",
    ),
    (
        lambda: case(rules=(synergy("A", "B"),)),
        "CB-L39 found a synergy without a bonus and without a saving; expected something that makes a difference. It changes nothing.",
    ),
    (
        lambda: case(skills=(skill("IT", 2027, 5),)),
        "CB-L39 found a skill, IT, that no option needs; expected something that makes a difference. It changes nothing.",
    ),
    (
        lambda: case(layers=(layer("hostng", 5),), providers=(provider("GOV", "hosting"),)),
        "CB-L39 found a layer, 'hostng', that no other sheet names; expected something that makes a difference. Did you mean hosting?",
    ),
    (
        lambda: case(
            services=(service("ID", "hosting"),),
            providers=(provider("GOV", "hosting", 1, "law:US"),),
            shocks=(shock("LAW", "law:US", "law:USA"),),
        ),
        "CB-L11 found the exposure 'law:USA', which no provider and no option has; expected an exposure of a provider or an option. Did you mean law:US?",
    ),
    (
        lambda: case(option("A", 1, 10), option("B", 1, -20), points_for_100=100_000_000),
        "CB-L61 found 100000000, while the scores of everything add up to 30; expected a number of the size of what the scores add up to. Every index shows as 0.0. Leave it blank if 100 is to be everything worth having.",
    ),
]


@pytest.mark.parametrize(("build", "message"), ODDITIES)
def test_what_is_odd_is_told_once_and_in_these_words(
    build: Callable[[], Case], message: str
) -> None:
    assert odd(build()) == [message]


def test_what_is_ongoing_needs_no_prerequisite() -> None:
    world = case(
        option("A", 1, 1, decision=Decision.ONGOING, earliest_start=2027),
        option("B", 1, 2, decision=Decision.NEVER),
        rules=(rule(RuleKind.REQUIRES_ALL, "A", needs=("B",)),),
    )

    assert odd(world) == []


def test_income_may_pay_for_what_must_be_taken() -> None:
    world = case(
        option("A", 50, 1, decision=Decision.MUST),
        option("B", 1, 2, running_cost=-60, revenue_to="STATE"),
        funds=(fund(2027, 10),),
    )

    assert odd(world) == []


AT_THE_LIMIT: dict[str, Callable[[], Case]] = {
    "an ongoing one that began in the first year": lambda: case(
        option("A", 1, 1, decision=Decision.ONGOING, earliest_start=2027), B
    ),
    "the last year to start in": lambda: case(
        option("A", 1, 1, earliest_start=2028, latest_start=2028), B, years=2
    ),
    "both ends of a score": lambda: case(option("A", 1, 100), option("B", 1, -100)),
    "just as many left as are asked for": lambda: case(
        A,
        option("B", 1, 2, decision=Decision.NEVER),
        rules=(rule(RuleKind.AT_LEAST, "A", "B", number=1),),
    ),
    "just as many decided as are allowed": lambda: case(
        option("A", 1, 1, decision=Decision.MUST),
        B,
        rules=(rule(RuleKind.AT_MOST, "A", "B", number=1),),
    ),
    "a must that takes all the money": lambda: case(option("A", 50, 1, decision=Decision.MUST), B),
    "a weight without a range": lambda: case(
        objectives=(objective("autonomy", weight_low=1, weight_high=1),)
    ),
    "a range of one number": lambda: case(ranges=(Range(id="A", quantity="cost", low=1, high=1),)),
    "ranges of two numbers of one option": lambda: case(
        ranges=(
            Range(id="A", quantity="cost", low=1, high=2),
            Range(id="A", quantity="score: value", low=5, high=15),
        )
    ),
    # 10 are carried from 2027 into 2028, where they are 11 with the 1 of that year.
    "what only carried money buys": lambda: case(
        option("A", 11, 1),
        option("B", 12, 2),
        years=2,
        funds=(fund(2027, 10, 1, carry_over=1, carry_at_most=1),),
    ),
}


@pytest.mark.parametrize("build", AT_THE_LIMIT.values(), ids=list(AT_THE_LIMIT))
def test_what_lies_at_its_limit_is_sound(build: Callable[[], Case]) -> None:
    assert told(build) == []
    assert odd(build()) == []


def test_what_must_be_taken_is_paid_in_every_year_up_to_the_last() -> None:
    # 30 in each of the two years are 60, and the funds hold 50.
    world = case(
        option("A", (30, 30), 1, decision=Decision.MUST),
        B,
        years=2,
        funds=(fund(2027, 25, 25),),
    )

    (message,) = odd(world)
    assert message.startswith(
        "CB-L07 found investments that must be taken and cost at least 60 million"
    )


def test_a_provider_may_supply_several_layers() -> None:
    world = case(
        services=(service("ID", "hosting", "network"),),
        providers=(provider("GOV", "hosting"), provider("GOV", "network")),
        shocks=(shock("LAW", "law:US"),),
        points_for_100=100,
    )

    assert list(faults(world)) == []
