"""What one more million buys: intervals that hold the truth."""

from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from choosebattles.audit.points_and_weights import ScoreScale
from choosebattles.case.investment import Decision
from choosebattles.case.parameter import hold_scale, replaced, value
from choosebattles.report.answers.sweep.million import gained, lost, money_sentences
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop
from choosebattles.solving.solve import solve
from choosebattles.uncertainty.nominal_plan import Nominal
from choosebattles.uncertainty.study_options import StudyOptions
from choosebattles.uncertainty.sweep import Sweep, SweepPoint, sweep
from choosebattles.uncertainty.worth_of_a_million import money_plan, worth_of_money
from random_cases import draft
from small_cases import case, fund, option


def test_what_a_million_buys() -> None:
    # 12 buy A (10, worth 50) and B (2, worth 4). One more buys C (3, worth 8) instead of B: 4 more
    # points. Two more: nothing more on top, 2 a million. Five more: A, B, C = 15: 8 points over
    # 5 millions. One less: A alone, 4 points less.
    world = case(option("A", 10, 50), option("B", 2, 4), option("C", 3, 8), funds=(fund(2027, 12),))

    (found,) = worth_of_money(sweep(world, money_plan(world), StudyOptions(gap=0, workers=1)))

    assert (found.fund, found.year, found.now) == ("STATE", 2027, 12)
    assert found.gain == pytest.approx((4, 4), abs=1e-4)
    assert (found.enters, found.leaves, found.up) == (("C",), ("B",), 1)
    assert found.loss == pytest.approx((4, 4), abs=1e-4)
    # two less: 4 points still, 2 a million
    assert found.down == 1


def test_what_is_not_there_cannot_be_lost() -> None:
    world = case(option("A", 1, 5), funds=(fund(2027, 0), fund(2027, 1, id="EU")))

    state, eu = worth_of_money(sweep(world, money_plan(world), StudyOptions(gap=0, workers=1)))

    assert (state.loss, state.down) == (None, 0)
    assert state.gain == pytest.approx((0, 0), abs=1e-4)
    assert state.up == 10
    assert eu.loss == pytest.approx((5, 5), abs=1e-4)
    assert (lost(state), lost(eu)) == ("none to lose", "5.00")


def test_money_without_which_no_plan_is_left_is_told_apart() -> None:
    # A must be bought for 2: with one less there is no plan, and of EU there is nothing to lose.
    must = option("A", 2, 5, decision=Decision.MUST)
    world = case(must, funds=(fund(2027, 2), fund(2027, 0, id="EU")))

    rows = worth_of_money(sweep(world, money_plan(world), StudyOptions(gap=0, workers=1)))

    assert [(row.ruined, lost(row)) for row in rows] == [
        (True, "no plan"),
        (False, "none to lose"),
    ]
    assert list(money_sentences(rows, "million"))[-1] == (
        "With one million less in STATE 2027 no plan is left: proved."
    )


def test_points_that_are_not_done_are_not_called_impossible() -> None:
    world = case(option("A", 2, 5), funds=(fund(2027, 2),))
    done = sweep(world, money_plan(world), StudyOptions(gap=0, workers=1))

    (row,) = worth_of_money(replace(done, steps=()))

    assert (gained(row.gain), lost(row)) == ("not known", "not known")


@pytest.mark.parametrize("seed", range(3))
def test_intervals_hold_what_solving_again_gives(seed: int) -> None:
    world = draft(seed)
    found = sweep(world, money_plan(world), StudyOptions(gap=0.05, workers=1))
    held = hold_scale(world, ScoreScale(world).points_for_100)
    exact = Options(gap=0, ties=False, conflict=False)
    before = solve(held, exact)

    for each in worth_of_money(found)[:4]:
        name = f"fund.{each.fund}.{each.year}"
        more = solve(replaced(held, name, (value(held, name) or 0) + Decimal(1)), exact)
        assert each.gain is not None
        assert more.objective is not None
        assert before.objective is not None
        gain = more.objective - before.objective
        assert each.gain[0] - 1e-5 <= gain <= each.gain[1] + 1e-5


@cache
def answered() -> Sweep:
    """Return the sweep of a world in which a million more is worth 4 points, and one less 4."""
    world = case(option("A", 10, 50), option("B", 2, 4), option("C", 3, 8), funds=(fund(2027, 12),))
    return sweep(world, money_plan(world), StudyOptions(gap=0, workers=1))


Answer = TypeVar("Answer", Nominal, SweepPoint)


def loosened(answer: Answer, below: float, above: float) -> Answer:
    """Return an answer whose plan is worth less than the best, and whose bound is above it."""
    assert answer.value is not None
    return replace(answer, stop=Stop.GAP, value=answer.value - below, bound=answer.value + above)


@given(st.lists(st.tuples(st.floats(0, 20), st.floats(0, 20)), min_size=9, max_size=9))
def test_intervals_hold_the_truth_however_far_searches_came(off: list[tuple[float, float]]) -> None:
    found = answered()
    steps = tuple(loosened(step, *room) for step, room in zip(found.steps, off[1:], strict=True))

    (row,) = worth_of_money(replace(found, nominal=loosened(found.nominal, *off[0]), steps=steps))

    for change in (row.gain, row.loss):
        assert change is not None
        assert change[0] - 1e-6 <= 4 <= change[1] + 1e-6


def test_a_gain_holds_only_while_it_is_neither_less_nor_more() -> None:
    # 8 buy nothing, and 9 neither; with two more A is bought: 25 points a million.
    world = case(option("A", 10, 50), funds=(fund(2027, 8),))
    (row,) = worth_of_money(sweep(world, money_plan(world), StudyOptions(gap=0, workers=1)))

    assert row.gain == pytest.approx((0, 0), abs=1e-4)
    assert row.up == 1

    # 12 buy A; of one or two less the loss is nothing, of five less 50 points.
    world = case(option("A", 10, 50), funds=(fund(2027, 12),))
    (row,) = worth_of_money(sweep(world, money_plan(world), StudyOptions(gap=0, workers=1)))

    assert row.loss == pytest.approx((0, 0), abs=1e-4)
    assert row.down == 2


def test_without_a_plan_nothing_is_said() -> None:
    world = case(option("A", 5, 5, decision="must"), funds=(fund(2027, 1),))

    found = sweep(world, money_plan(world), StudyOptions(gap=0, workers=1))

    assert found.nominal.stop is Stop.INFEASIBLE
    assert worth_of_money(found) == ()


def test_a_search_that_found_no_plan_in_time_proves_none_away() -> None:
    # With one less nothing was found before the time was over: that there is no plan is not known.
    world = case(option("A", 2, 5), funds=(fund(2027, 2),))
    done = sweep(world, money_plan(world), StudyOptions(gap=0, workers=1))
    late = {"stop": Stop.TIME_LIMIT, "value": None, "bound": None, "starts": None}
    steps = tuple(
        replace(step, **late) if step.numbers[0] == 1 else step  # type: ignore[arg-type]
        for step in done.steps
    )

    (row,) = worth_of_money(replace(done, steps=steps))

    assert (row.ruined, lost(row)) == (False, "not known")
    assert not any("no plan is left" in line for line in money_sentences((row,), "million"))
