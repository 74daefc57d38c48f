"""Plans for questions that nobody asked yet, and lines that no plan exceeds."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings

from choosebattles.case.case import Case
from choosebattles.case.other_numbers import with_objectives
from choosebattles.case.parameter import budget
from choosebattles.explain.plans_at_hand import (
    MoneyLine,
    drawn,
    leaning_weights,
    money_lines,
    plans_at_hand,
)
from choosebattles.formulation.program import formulate, sides
from choosebattles.solving.audited_plan import confirmed
from choosebattles.solving.options import Options
from choosebattles.solving.resolver import Resolver
from choosebattles.solving.search_limits import SearchLimits, SharedLimits
from choosebattles.solving.solve import solve
from small_cases import case, criterion, fund, objective, option
from strategies import cases

EXACT = Options(gap=0, ties=False, binding=0, conflict=False)


def freely() -> SharedLimits:
    return SharedLimits(SearchLimits(None, 100.0))


def two_goals() -> Case:
    """Return five options of which 100 buy two or three, by two goals."""
    return case(
        option("A", 50, {"value": 60, "use": 10}),
        option("B", 40, {"value": 10, "use": 50}),
        option("C", 30, {"value": 25, "use": 30}),
        option("D", 20, {"value": 5, "use": 20}),
        option("E", 60, {"value": 70, "use": 5}),
        criteria=(criterion("value"), criterion("use", objective="resilience")),
        objectives=(objective("autonomy", weight=60), objective("resilience", weight=40)),
        funds=(fund(2027, 100),),
        points_for_100=100,
    )


def height(line: MoneyLine, facts: Case) -> float:
    """Return what a line says of a case with other money."""
    rows = formulate(facts).rows
    total = line.fixed
    for name, price in line.prices.items():
        low, high = sides(rows[name])
        if price:
            total += price * (high if price > 0 else low)
    return total


@pytest.mark.parametrize("share", ["0.2", "0.5", "0.77", "1", "1.3", "2"])
def test_a_line_bounds_the_best_for_any_money(share: str) -> None:
    facts = two_goals()
    moved = budget(facts, Decimal(share))
    lines = [*money_lines(facts, freely())]

    assert len(lines) == 20
    for line in lines:
        weighed = Case.model_validate(with_objectives(moved, line.weights).model_dump())
        best = solve(weighed, EXACT).objective
        assert best is not None
        assert height(line, moved) >= best - 1e-6


def test_a_line_is_near_the_best_where_it_was_made() -> None:
    """A, C and D cost 100, and are worth 0.6 * 90 + 0.4 * 60 = 78."""
    facts = two_goals()
    own = [
        line for line in money_lines(facts, freely()) if line.weights["autonomy"] == Decimal("0.6")
    ]

    assert solve(facts, EXACT).objective == pytest.approx(78)
    assert min(height(line, facts) for line in own) <= 78 * 1.1


@settings(max_examples=25, deadline=None, suppress_health_check=[*HealthCheck])
@given(cases())
def test_no_plan_exceeds_a_line(facts: Case) -> None:
    own = next(iter(leaning_weights(facts)))
    lines = [line for line in money_lines(facts, freely()) if line.weights == own]
    for share in (Decimal("0.6"), Decimal(1), Decimal("1.4")):
        moved = budget(facts, share)
        best = solve(moved, EXACT).objective
        for line in lines:
            assert best is None or height(line, moved) >= best - 1e-6


def test_the_weights_of_lines_add_up_and_mean_the_case() -> None:
    weights = [*leaning_weights(two_goals())]

    assert len(weights) == 5
    assert all(sum(each.values()) == 1 for each in weights)
    assert [[*map(int, each.values())] for each in weights[3:]] == [[1, 0], [0, 1]]


def test_plans_at_hand_are_the_same_each_time_and_different_from_each_other() -> None:
    facts = two_goals()
    first = [*plans_at_hand(Resolver(facts), facts, freely())]
    again = [*plans_at_hand(Resolver(facts), facts, freely())]

    assert first == again
    assert len({frozenset(plan) for plan in first}) == len(first) > 3


def test_each_plan_at_hand_keeps_what_was_asked() -> None:
    facts = two_goals()
    for plan in plans_at_hand(Resolver(facts), facts, freely()):
        counted = confirmed(budget(facts, Decimal("1.3")), plan)[1]
        assert counted.after.value > 0


def test_questions_move_what_a_hand_moves() -> None:
    facts = two_goals()
    shares = set()
    for number in range(40):
        question = drawn(facts, number)
        assert question == drawn(facts, number)
        assert question.case is not None
        shares.add(Fraction(question.case.funds[0].amount[2027]) / 100)
        assert all(0 <= each.weight <= 75 for each in question.case.model.objectives)
        assert not question.take & question.leave
    assert min(shares) >= Fraction(1, 2)
    assert max(shares) <= Fraction(13, 10)
    assert len(shares) > 20
