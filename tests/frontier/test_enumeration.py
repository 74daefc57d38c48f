"""Lists of choices, against every choice tried; programs without payments, against HiGHS."""

from itertools import product

import numpy as np
import pytest

from choosebattles.case.limit import Metric
from choosebattles.formulation.arrays import as_arrays
from choosebattles.formulation.program import formulate
from choosebattles.frontier import enumeration
from choosebattles.frontier.enumeration import Choices, budget_for, enumerate_choices
from choosebattles.frontier.project_out_payments import eliminate_continuous
from small_cases import case, fund, limit, option


@pytest.mark.parametrize("numbers_at_once", [enumeration.NUMBERS_AT_ONCE, 1])
@pytest.mark.parametrize("seed", range(10))
def test_every_choice_within_the_budget_is_listed(
    seed: int, numbers_at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(enumeration, "NUMBERS_AT_ONCE", numbers_at_once)
    random = np.random.default_rng(seed)
    choices = Choices(random.integers(-5, 9, (2, 8)).astype(float), np.array([12.0, 15.0]))
    duals = np.round(random.normal(0, 3, 8)) * 1.0
    there = np.where(duals > 0, 1.0, 0.0)

    found = enumerate_choices(choices, there, duals, 7.0)

    assert found is not None
    expected = [
        each
        for each in product((0.0, 1.0), repeat=8)
        if (choices.matrix @ each <= choices.most).all()
        and np.abs(duals) @ (np.array(each) != there) <= 7
    ]
    assert sorted(map(tuple, found.tolist())) == sorted(expected)


def test_too_many_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enumeration, "MOST", 100)
    choices = Choices(np.ones((1, 10)), np.array([10.0]))

    assert enumerate_choices(choices, np.zeros(10), np.zeros(10), 1.0) is None


@pytest.mark.parametrize("number", [10, 1000, 1e9])
def test_a_budget_is_for_about_so_many(number: float) -> None:
    duals = np.random.default_rng(1).uniform(0, 50, 60)

    budget = budget_for(duals, number, 500.0)

    choices = Choices(np.zeros((0, 60)), np.zeros(0))
    found = enumerate_choices(choices, np.zeros(60), -duals, budget) if number < 1e6 else None
    assert found is None or number / 10 <= len(found) <= 2 * number
    assert 0 <= budget <= 500


def test_payments_are_done_away_with() -> None:
    # 5 a year for two years, half of what is left is carried over: A costs 6 in the second year
    world = case(
        option("A", [0, 6], 1, latest_start=2027),
        option("B", [4, 0], 1, latest_start=2027),
        years=2,
        funds=(fund(2027, 5, 5, carry_over=0.5),),
        limits=(limit(Metric.COUNT, maximum=2),),
    )
    program = formulate(world)

    binary = eliminate_continuous(as_arrays(program), [program.quantities.index("autonomy")])

    assert binary is not None
    assert binary.names == ("start[A,2027]", "start[B,2027]")
    allowed = {
        each
        for each in product((0, 1), repeat=2)
        if (binary.choices.matrix @ each <= binary.choices.most + 1e-9).all()
    }
    # A needs 1 of the first year's money carried over, so 2 set aside; B leaves 1
    assert allowed == {(0, 0), (1, 0), (0, 1)}
