"""Budget paths against every plan tried: what each step takes, what returns, what an order costs."""

from decimal import Decimal
from fractions import Fraction
from itertools import combinations, pairwise
from random import Random

import pytest

from choosebattles.case.case import Case
from choosebattles.case.decision_model import Method
from choosebattles.case.investment import Decision
from choosebattles.case.limit import Metric
from choosebattles.case.parameter import budget
from choosebattles.errors import InputError
from choosebattles.explain.budget_path import budget_path
from choosebattles.report.answers.budget_path import sentences
from choosebattles.solving.nested_budgets import budget_chain
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop
from small_cases import case, criterion, fund, limit, objective, option

EXACT = Options(gap=0.0)

# At 10 LARGE is best (60 > 50), at 8 the two small ones (50), at 5 MIDDLE alone (30), so what a
# cut drops, LARGE, and what it takes instead are not nested. At 12 LARGE and SMALL fit.
SWAPS = case(
    option("LARGE", 10, 60),
    option("MIDDLE", 5, 30),
    option("SMALL", 3, 20),
    funds=(fund(2027, 10),),
)


def steps(*percent: int) -> tuple[Decimal, ...]:
    return tuple(Decimal(each) / 100 for each in percent)


def test_what_a_cut_drops_and_takes_instead() -> None:
    path = budget_path(SWAPS, steps(-20, -50), EXACT)

    assert [(float(step.change), step.outcome.objective) for step in path.steps] == [
        (-0.5, 30),
        (-0.2, 50),
        (0, 60),
    ]
    assert [(step.enters, step.leaves) for step in path.steps] == [
        ((), ("SMALL",)),
        (("MIDDLE", "SMALL"), ("LARGE",)),
        ((), ()),
    ]
    assert path.steps[1].back == ("MIDDLE", "SMALL")


def test_what_more_money_drops_and_takes_instead() -> None:
    # 5 hold MIDDLE; 8 hold MIDDLE and SMALL; 10 hold LARGE, for which both must leave.
    path = budget_path(budget(SWAPS, 0.5), steps(60, 100), EXACT)

    assert [(step.enters, step.leaves, step.back) for step in path.steps] == [
        ((), (), ()),
        (("SMALL",), (), ()),
        (("LARGE",), ("MIDDLE", "SMALL"), ("MIDDLE", "SMALL")),
    ]


def test_the_same_options_as_at_the_step_before() -> None:
    # 8.5 and 8 hold the two small ones alike; 2 and 1 hold nothing.
    told = [*sentences(budget_path(SWAPS, steps(-15, -20, -80, -90), EXACT))]

    assert told[3].startswith("-20 % (8.0 million): the same options as at -15 %; the objective is")
    assert told[3].endswith(" 50.0, 10.00 points less than with the money as typed.")
    assert told[4].startswith("-80 % (2.0 million): against the plan at -20 % it drops MIDDLE and")
    assert told[5].startswith(
        "-90 % (1.0 million): takes nothing, as at -80 %; the objective is 0,"
    )


def test_a_single_budget_has_a_plan() -> None:
    held = case(
        option("LARGE", 10, 60),
        option("SMALL", 3, 20),
        funds=(fund(2027, 13),),
        limits=(limit(Metric.COUNT, minimum=2),),
    )

    assert next(sentences(budget_path(held, steps(-20, -50), EXACT))) == (
        "Of 3 budgets only 100 % of the money as typed has a plan: it takes 2 options."
    )
    assert next(sentences(budget_path(held, steps(), EXACT))) == (
        "With 100 % of the money as typed the plan takes 2 options."
    )


def test_the_price_of_a_nested_order() -> None:
    # Nested are MIDDLE < MIDDLE, SMALL < the same at 10: 30 + 50 + 50 = 130 of 140.
    path = budget_path(SWAPS, steps(-20, -50), EXACT)

    assert [set(each.plan.taken) for each in path.nested] == [
        {"MIDDLE"},
        {"MIDDLE", "SMALL"},
        {"MIDDLE", "SMALL"},
    ]
    assert [tuple(map(round, each.price)) for each in path.nested] == [(0, 0), (0, 0), (10, 10)]
    assert path.price == pytest.approx((10, 10), abs=1e-3)
    assert path.best_order
    assert list(sentences(path)) == [
        "From 50 % to 100 % of the money as typed, 0 of 3 options stay in every plan.",
        "as typed (10.0 million): the objective is 60.0.",
        (
            "-20 % (8.0 million): drops LARGE; takes MIDDLE and SMALL instead; the objective is "
            "50.0, 10.00 points less than with the money as typed; not nested: MIDDLE, SMALL with less money."
        ),
        (
            "-50 % (5.0 million): against the plan at -20 % it drops SMALL; the objective is 30.0, "
            "30.00 points less than with the money as typed."
        ),
        (
            "Insisting that each plan is a part of the next larger one costs 10.00 points over the "
            "3 budgets together."
        ),
        "  as typed: 10.00 points, with MIDDLE and SMALL and without LARGE.",
        "Points for 100 are held at 100 throughout.",
    ]


def test_what_leaves_and_returns() -> None:
    # At 10: BIG (7) and MIDDLE (3): 80; at 9: BIG alone leaves 2: 70, or SIX and MIDDLE 6 + 3: 75;
    # at 7: BIG 70: it was out at 9 and is in again.
    world = case(
        option("BIG", 7, 70),
        option("SIX", 6, 65),
        option("MIDDLE", 3, 10),
        funds=(fund(2027, 10),),
    )

    path = budget_path(world, steps(-10, -30), EXACT)

    assert [set(step.plan.taken) for step in path.steps if step.plan] == [
        {"BIG"},
        {"SIX", "MIDDLE"},
        {"BIG", "MIDDLE"},
    ]
    assert path.returns == (("BIG", Decimal("-0.1"), Decimal("-0.3")),)
    assert (
        "BIG is in the plan at -30 %, out at -10 % and in again with more money: these plans are "
        "not nested."
    ) in [*sentences(path)]


def test_plans_that_are_nested_already_cost_nothing() -> None:
    world = case(option("A", 5, 50), option("B", 5, 30), funds=(fund(2027, 10),))

    path = budget_path(world, steps(-50, 100), EXACT)

    assert path.price == pytest.approx((0, 0), abs=1e-3)
    assert (
        "The plans are nested: each is a part of the next larger one. Nothing is lost by it."
    ) in [*sentences(path)]


def test_a_step_at_which_nothing_fits_says_why() -> None:
    world = case(
        option("A", 5, 50, decision=Decision.MUST),
        option("B", 5, 30),
        funds=(fund(2027, 10),),
    )

    path = budget_path(world, steps(-30, -60), EXACT)

    assert [step.outcome.stop for step in path.steps] == [Stop.INFEASIBLE] + [Stop.OPTIMAL] * 2
    assert len(path.nested) == 2
    text = " ".join(sentences(path))
    assert "-60 % (4.0 million): no plan meets all demands: proved." in text
    assert "A must be taken (Investments!A2), STATE has 4.0 million in 2027 (Funds!A2)" in text
    assert "raise STATE in 2027 by 1.0 million" in text


def test_other_methods_have_a_path_and_no_price() -> None:
    world = case(
        option("A", 5, {"value": 50, "held": 1}),
        option("B", 5, {"value": 10, "held": 30}),
        funds=(fund(2027, 10),),
        objectives=(objective("autonomy", 2), objective("resilience")),
        criteria=(criterion("value"), criterion("held", objective="resilience")),
        method=Method.LEXICOGRAPHIC,
    )

    path = budget_path(world, steps(-50), EXACT)

    assert [step.plan.taken for step in path.steps if step.plan] == [{"A"}, {"A", "B"}]
    assert (path.nested, path.price) == ((), None)
    assert any(
        sentence.startswith("What a nested order costs is not given")
        for sentence in sentences(path)
    )


def test_a_step_must_leave_some_money() -> None:
    with pytest.raises(InputError, match="that leave some money"):
        budget_path(SWAPS, steps(-100))


def small(seed: int) -> Case:
    rng = Random(seed)
    options = [option(f"O{n}", rng.randint(5, 30), rng.randint(1, 40)) for n in range(6)]
    return case(*options, funds=(fund(2027, rng.randint(40, 60)),))


def fitting(world: Case) -> dict[frozenset[str], Fraction]:
    """Return what every set of options that fits is worth."""
    found = {}
    for number in range(len(world.options) + 1):
        for some in combinations(world.options, number):
            if sum(world.options[each].cost[0] for each in some) <= world.funds[0].amount[2027]:
                worth = sum(world.options[each].score["value"] for each in some)
                found[frozenset(some)] = Fraction(worth)
    return found


def best_chain(tables: list[dict[frozenset[str], Fraction]]) -> Fraction:
    """Return the most that plans, each a part of the next, are worth together."""
    best = dict(tables[0])
    for table in tables[1:]:
        best = {
            plan: worth + max(other for smaller, other in best.items() if smaller <= plan)
            for plan, worth in table.items()
        }
    return max(best.values())


@pytest.mark.parametrize("seed", range(15))
def test_no_nested_plans_are_worth_more(seed: int) -> None:
    """Best plans, nested plans and the price of their order, against all sets of options."""
    path = budget_path(small(seed), steps(-15, -35, -55, 20), EXACT)
    tables = [fitting(each.case) for each in path.steps]
    best = [max(table.values()) for table in tables]

    assert [each.outcome.objective for each in path.steps] == best
    worth = [float(each.recount.after.value) for each in path.nested]
    assert sum(worth) == pytest.approx(float(best_chain(tables)))
    plans = [each.plan.taken for each in path.nested]
    assert all(one <= other for one, other in pairwise(plans))
    assert path.price is not None
    exact = float(sum(best) - best_chain(tables))
    assert path.price[0] - 1e-6 <= exact <= path.price[1] + 1e-6
    for step, value, (low, high) in zip(best, worth, (e.price for e in path.nested), strict=True):
        assert low - 1e-6 <= float(step) - value <= high + 1e-6


@pytest.mark.parametrize("seed", range(10))
def test_a_wide_gap_gives_bounds_that_hold(seed: int) -> None:
    path = budget_path(small(seed), steps(-15, -35, -55), Options(gap=0.15))
    tables = [fitting(step.case) for step in path.steps]

    assert path.price is not None
    exact = float(sum(max(table.values()) for table in tables) - best_chain(tables))
    assert path.price[0] - 1e-6 <= exact <= path.price[1] + 1e-6


@pytest.mark.parametrize("seed", range(10))
def test_the_program_of_nested_plans_finds_the_best_ones(seed: int) -> None:
    """Apart from plans that are grown: the search for all steps at once."""
    path = budget_path(small(seed), steps(-15, -35, -55), EXACT)
    cases = [step.case for step in path.steps]
    known = [step.plan.choices for step in path.steps if step.plan is not None]

    chain = budget_chain(cases, known, EXACT)

    assert chain is not None
    plans = [frozenset(choice.option for choice in choices) for choices in chain.choices]
    tables = [fitting(each) for each in cases]
    found = sum(table[plan] for table, plan in zip(tables, plans, strict=True))
    assert all(one <= other for one, other in pairwise(plans))
    assert found == best_chain(tables)
    assert float(found) <= chain.bound <= float(found) + 1e-4
