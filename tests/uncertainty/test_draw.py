"""Draws: their distributions, their independence of the count, and what is refused."""

from dataclasses import replace
from decimal import Decimal
from hashlib import sha256

import numpy as np
import pytest
from scipy import stats

from choosebattles.case.case import Case
from choosebattles.case.evidence import Range, Shape
from choosebattles.case.place import Origin, Place
from choosebattles.errors import InputError
from choosebattles.uncertainty.altered_case import Parameter
from choosebattles.uncertainty.distribution import quantile
from choosebattles.uncertainty.draw import WEIGHTS, Spread, Uncertainty, what_varies
from choosebattles.uncertainty.weight_draws import Weights, draw_weights, intervals
from small_cases import (
    case,
    criterion,
    fund,
    investment,
    objective,
    option,
    provider,
    service,
    shock,
)

D = Decimal


def row(name: str, quantity: str, low: float, high: float) -> Range:
    origin = Origin(cells={"low": Place("", "Ranges", "C2", "Low")})
    return Range(id=name, quantity=quantity, low=low, high=high, origin=origin)


def world(*ranges: Range, **facts: object) -> Case:
    return case(
        investment("A", option("A.S", [30, 30], 50), option("A.L", [90, 0], 70)),
        option("B", 50, 60, overrun=D("0.2")),
        years=2,
        funds=(fund(2027, 60, 40),),
        ranges=ranges,
        **facts,  # type: ignore[arg-type]
    )


def values(found: Uncertainty, name: str, count: int = 400) -> np.ndarray:
    def one(draw: int) -> float:
        numbers: dict[Parameter, D] = dict(found.draw(draw).numbers)
        return next(float(value) for each, value in numbers.items() if each.name == name)

    return np.array([one(n) for n in range(count)])


@pytest.mark.parametrize("share", [0.0, 0.03, 0.25, 0.5, 0.9, 0.999])
def test_quantiles_are_those_of_the_distributions(share: float) -> None:
    low, likely, high = D(10), D(25), D(90)

    triangular = stats.triang((25 - 10) / 80, 10, 80)
    assert float(quantile(Shape.TRIANGULAR, share, low, likely, high)) == pytest.approx(
        triangular.ppf(share), abs=1e-6
    )
    # PERT: shapes 1 + 4 * 15/80 and 1 + 4 * 65/80; its mean is (10 + 4 * 25 + 90)/6
    pert = stats.beta(1.75, 4.25, 10, 80)
    assert pert.mean() == pytest.approx(200 / 6)
    assert float(quantile(Shape.PERT, share, low, likely, high)) == pytest.approx(
        pert.ppf(share), abs=1e-6
    )


def test_a_range_without_width_is_its_value() -> None:
    assert quantile(Shape.PERT, 0.3, D(5), D(5), D(5)) == 5


def test_a_draw_is_the_same_whatever_else_is_drawn() -> None:
    cost, score = row("B", "cost", 40, 70), row("B", "score: value", 40, 80)

    alone = what_varies(world(cost), common=0)
    both = what_varies(world(score, cost), common=0)

    assert [alone.draw(n).numbers for n in range(100)] == [
        {each: value for each, value in both.draw(n).numbers.items() if each.name == "cost.B"}
        for n in range(100)
    ]
    assert values(alone, "cost.B", 9).tolist() == values(alone, "cost.B", 99)[:9].tolist()
    assert (values(replace(alone, seed=2), "cost.B") != values(alone, "cost.B")).all()


@pytest.mark.parametrize(
    ("shape", "digest"), [(Shape.PERT, "12da1b3515e4217d"), (Shape.TRIANGULAR, "ea98da3a459cf223")]
)
def test_a_seed_draws_the_same_for_good(shape: Shape, digest: str) -> None:
    """A study is taken up again after an update: its draws must not have changed."""
    ranges = (row("B", "cost", 40, 70), row("A", "score: value", 40, 80))
    objectives = (
        objective("a", 1, weight_low=D("0.2"), weight_high=D("1.5")),
        objective("b", 1, weight_low=D("0.2"), weight_high=D("1.5")),
    )
    found = what_varies(
        world(
            *ranges,
            objectives=objectives,
            criteria=(criterion("value", objective="a"), criterion("other", objective="b")),
        ),
        spreads=[Spread("overrun", D("0.1"), D("0.3"))],
        shape=shape,
        seed=3,
    )

    drawn = [found.draw(n) for n in range(100)]

    told = repr([({k.name: str(v) for k, v in one.numbers.items()}, one.weights) for one in drawn])
    assert sha256(told.encode()).hexdigest()[:16] == digest


def test_draws_follow_their_distribution() -> None:
    found = what_varies(world(row("B", "cost", 40, 70)), common=0.5, shape=Shape.TRIANGULAR)

    # Kolmogorov and Smirnov: the largest distance of 400 draws is below 0.081 in 99 % of seeds
    test = stats.kstest(values(found, "cost.B"), stats.triang(1 / 3, 40, 30).cdf)
    assert test.statistic < 0.081


@pytest.mark.parametrize("common", [0.0, 0.5, 1.0])
def test_costs_share_as_much_as_is_said(common: float) -> None:
    found = what_varies(
        world(row("B", "cost", 40, 70), row("A.S", "cost", 50, 90), row("B", "overrun", 0, 1)),
        common=common,
    )

    one, two = values(found, "cost.B"), values(found, "cost.A.S")

    # the rank correlation of a Gaussian copula: 6/pi * asin(rho/2)
    wanted = 6 / np.pi * np.arcsin(common / 2)
    assert stats.spearmanr(one, two).statistic == pytest.approx(wanted, abs=0.1)
    assert one.min() >= 40
    assert one.max() <= 70


def test_a_range_of_an_investment_is_of_all_its_options() -> None:
    found = what_varies(world(row("A", "score: value", 40, 80)))

    numbers = {each.name: value for each, value in found.draw(3).numbers.items()}
    assert set(numbers) == {"score.A.S.value", "score.A.L.value"}
    # likely 50 and 70: both are high or low together, each with a distribution of its own
    other = {each.name: value for each, value in found.draw(4).numbers.items()}
    assert (numbers["score.A.S.value"] < other["score.A.S.value"]) == (
        numbers["score.A.L.value"] < other["score.A.L.value"]
    )


def test_ends_are_told_by_the_names_of_the_columns() -> None:
    objectives = (
        objective("autonomy", 1, weight_low=D("0.2"), weight_high=D("0.6")),
        objective("b", 1),
    )
    ranges = (row("A", "cost", 50, 100), row("B", "cost", 40, 70))
    found = what_varies(
        world(
            row("B", "cost", 40, 70),
            objectives=objectives,
            criteria=(criterion("value"), criterion("other", objective="b")),
        ),
        distributions={"overrun.B": stats.uniform(0.1, 0.2)},
        weights=Weights.INTERVALS,
        common=0,
    )
    both = what_varies(world(*ranges), weights=Weights.FIXED)

    # 5 and 95 % points of 0.1 to 0.3; the weights of both add up to 2, so that shares are halves
    assert found.ends == {
        "cost.B": (40, 70),
        "overrun.B": pytest.approx((0.11, 0.29)),
        "weight.autonomy": pytest.approx((0.1, 0.3)),
        "weight.b": (0, 1),
    }
    # one range of two numbers is one input, and two columns
    assert both.drawn_with == {"cost.A.S": "cost A", "cost.A.L": "cost A", "cost.B": "cost B"}
    assert found.drawn_with["weight.b"] == WEIGHTS


def test_every_quantity_can_be_drawn() -> None:
    everything = case(
        option("A", 10, 50, overrun=D("0.1"), covers={"data": D("0.5")}),
        funds=(fund(2027, 100),),
        providers=(provider("NOW", "data", D("0.4"), "law:US"),),
        services=(service("ID", "data"),),
        shocks=(shock("ORDER", "law:US", severity=D("0.5")),),
        ranges=(
            row("A", "cost", 5, 20),
            row("A", "overrun", 0, 1),
            row("A", "score: value", 0, 60),
            row("A", "coverage", 0, 1),
            row("NOW", "coverage", 0.2, 0.5),
            row("STATE", "amount", 80, 110),
            row("ORDER", "severity", 0.1, 1),
            row("ORDER", "likelihood", 0.5, 3),
        ),
    )

    numbers = {number.name for number in what_varies(everything).draw(0).numbers}

    assert numbers == {
        "cost.A", "overrun.A", "score.A.value", "coverage.A.data", "coverage.NOW.data",
        "fund.STATE", "severity.ORDER", "likelihood.ORDER",
    }  # fmt: skip


def test_spreads_are_of_what_has_no_range() -> None:
    spreads = [
        Spread("cost", D("0.1"), D("0.5")),
        Spread("score", D(45), D(10), points=True),
    ]
    found = what_varies(world(row("B", "cost", 49, 51)), spreads=spreads)

    ends = {
        parameter.name: (low, high)
        for range_ in found.ranges
        for parameter, low, high in zip(range_.parameters, range_.low, range_.high, strict=True)
    }
    assert {name: tuple(map(float, end)) for name, end in ends.items()} == {
        "cost.B": (49, 51),
        "cost.A.S": (54, 90),
        "cost.A.L": (81, 135),
        "score.A.S.value": (5, 60),
        "score.A.L.value": (25, 80),
        "score.B.value": (15, 70),
    }
    wide = what_varies(world(), spreads=[Spread("score", D(3), D(3))])
    assert {(float(range_.low[0]), float(range_.high[0])) for range_ in wide.ranges} == {
        (-100, 100)
    }


THREE = (
    objective("a", 40, weight_low=D(30), weight_high=D(55)),
    objective("b", 40, weight_low=D(30), weight_high=D(55)),
    objective("c", 20, weight_low=D(10), weight_high=D(30)),
)


def some(weights: Weights, objectives: tuple[object, ...], count: int = 3000) -> np.ndarray:
    random = np.random.default_rng(5)
    return np.array(
        [list(draw_weights(objectives, weights, random).values()) for _ in range(count)]  # type: ignore[arg-type]
    )


def test_weights_are_uniform_on_the_simplex() -> None:
    found = some(Weights.SIMPLEX, THREE)

    assert found.sum(axis=1) == pytest.approx(1)
    # each is below w with probability 1 - (1 - w)^2, its mean is 1/3
    for column in found.T:
        assert stats.kstest(column, lambda w: 1 - (1 - w) ** 2).statistic < 0.03


def test_weights_stay_within_their_intervals() -> None:
    found = some(Weights.INTERVALS, THREE)

    assert found.sum(axis=1) == pytest.approx(1)
    assert (found >= np.array([0.3, 0.3, 0.1]) - 1e-9).all()
    assert (found <= np.array([0.55, 0.55, 0.3]) + 1e-9).all()
    # uniform: as all of the simplex that lies within
    simplex = some(Weights.SIMPLEX, THREE, 20_000)
    kept = simplex[((simplex >= [0.3, 0.3, 0.1]) & (simplex <= [0.55, 0.55, 0.3])).all(axis=1)]
    assert found.mean(axis=0) == pytest.approx(kept.mean(axis=0), abs=0.01)


def test_who_has_no_interval_shares_what_is_left() -> None:
    objectives = (
        objective("a", 2, weight_low=D(1), weight_high=D(3)),
        objective("b", 1),
        objective("c", 1),
    )

    found = some(Weights.INTERVALS, objectives)

    assert intervals(objectives) == {"a": (0.25, 0.75)}
    assert found[:, 0].min() >= 0.25
    assert found[:, 0].max() <= 0.75
    assert found[:, 1] == pytest.approx(found[:, 2])
    assert found.sum(axis=1) == pytest.approx(1)


def test_weights_are_drawn_where_intervals_are_typed() -> None:
    two = (objective("a", 1, weight_low=D("0.5"), weight_high=D("1.5")), objective("b", 1))
    typed = case(
        option("A", 1, {"one": 1, "two": 1}),
        objectives=two,
        criteria=(criterion("one", objective="a"), criterion("two", objective="b")),
    )

    found = what_varies(typed)

    assert found.weights is Weights.INTERVALS
    weights = [found.draw(n).weights for n in range(50)]
    assert all(0.25 <= weight["a"] <= 0.75 for weight in weights)
    assert {each.name for each in found.draw(0).all(typed)} == {"weight.a", "weight.b"}
    assert what_varies(world(row("B", "cost", 40, 70))).weights is Weights.FIXED


@pytest.mark.parametrize(
    ("ranges", "told"),
    [
        (
            (row("B", "cost", 60, 70),),
            "CB-R22 Ranges!C2 (Low): found 50, the likely value of cost.B; expected a value from 6",
        ),
        ((row("A", "cost", 50, 70),), "found 90, the likely value of cost.A.L"),
        ((row("B", "score: value", 50, 101),), "CB-C08 score.B.value: found 101"),
        ((), "CB-R21 Ranges: found nothing that is uncertain"),
    ],
)
def test_what_cannot_be_drawn_is_refused(ranges: tuple[Range, ...], told: str) -> None:
    with pytest.raises(InputError) as error:
        what_varies(world(*ranges))

    assert told in str(error.value)


def test_intervals_that_leave_no_weights_are_refused() -> None:
    apart = (
        objective("a", 1, weight_low=D("0.1"), weight_high=D("0.5")),
        objective("b", 1, weight_low=D("0.1"), weight_high=D("0.5")),
    )
    typed = case(
        option("A", 1, {"one": 1, "two": 1}),
        objectives=apart,
        criteria=(criterion("one", objective="a"), criterion("two", objective="b")),
    )

    with pytest.raises(InputError, match="intervals within which no weights add up"):
        what_varies(typed, weights=Weights.INTERVALS)
