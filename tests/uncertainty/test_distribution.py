"""Distributions by row of Ranges, and those of SciPy."""

from decimal import Decimal

import numpy as np
import pytest
from scipy import stats

from choosebattles.case.case import Case
from choosebattles.case.evidence import Range, Shape
from choosebattles.errors import InputError
from choosebattles.uncertainty.draw import Spread, Uncertainty, what_varies
from small_cases import case, fund, option, shock

D = Decimal
Z = 1.6448536269514722
"""The 95 % point of the standard normal distribution."""


def world(*ranges: Range) -> Case:
    return case(
        option("A", 50, 60),
        option("B", 30, 40),
        funds=(fund(2027, 100),),
        shocks=(shock("ORDER", "law:US", severity=D("0.5")),),
        ranges=ranges,
    )


def of(quantity: str, low: float | None, high: float | None, **others: object) -> Range:
    return Range(id="A", quantity=quantity, low=low, high=high, **others)


def column(found: Uncertainty, name: str, count: int = 600) -> np.ndarray:
    return np.array(
        [
            next(
                float(v) for parameter, v in found.draw(n).numbers.items() if parameter.name == name
            )
            for n in range(count)
        ]
    )


# Kolmogorov and Smirnov: the largest distance of 600 draws is below 0.067 in 99 % of seeds
NEAR = 0.067


@pytest.mark.parametrize(
    ("shape", "wanted"),
    [
        (Shape.PERT, stats.beta(1 + 4 * 10 / 30, 1 + 4 * 20 / 30, 40, 30)),
        (Shape.TRIANGULAR, stats.triang(1 / 3, 40, 30)),
        (Shape.UNIFORM, stats.uniform(40, 30)),
        # 5 and 95 % points 40 and 70
        (Shape.NORMAL, stats.norm(55, 15 / Z)),
        (Shape.LOGNORMAL, stats.lognorm(np.log(70 / 40) / (2 * Z), scale=np.sqrt(40 * 70))),
    ],
)
def test_a_row_says_its_own_distribution(shape: Shape, wanted: stats.rv_continuous) -> None:
    found = what_varies(world(of("cost", 40, 70, distribution=shape)), common=0)
    by_option = what_varies(world(of("cost", 40, 70)), common=0, shape=shape)

    drawn = column(found, "cost.A")

    assert stats.kstest(drawn, wanted.cdf).statistic < NEAR
    assert (drawn == column(by_option, "cost.A")).all()


def test_normal_is_cut_at_the_bounds_of_the_number() -> None:
    # a score of 100 at most, of which 5 % would lie above 95 and 2.3 % above 100
    found = what_varies(world(of("score: value", 50, 95, distribution="normal")))

    drawn = column(found, "score.A.value")

    middle, deviation = 72.5, 22.5 / Z
    ends = (-100 - middle) / deviation, (100 - middle) / deviation
    wanted = stats.truncnorm(*ends, loc=middle, scale=deviation)
    assert 95 < drawn.max() <= 100
    assert stats.kstest(drawn, wanted.cdf).statistic < NEAR


def test_a_list_has_its_values_alone_in_their_shares() -> None:
    row = of(
        "cost", None, None, distribution="list", values=(90, 50, 40), shares=(D("0.2"), 0.5, 0.3)
    )

    drawn = column(what_varies(world(row), common=0), "cost.A")

    # a share of 0.5 of 600 draws is off by less than 0.053 in 99 % of seeds
    shares = {value: (drawn == value).mean() for value in (40, 50, 90)}
    assert sum(shares.values()) == 1
    assert shares == pytest.approx({40: 0.3, 50: 0.5, 90: 0.2}, abs=0.053)


def test_without_shares_all_values_of_a_list_are_as_likely() -> None:
    row = of("cost", None, None, distribution="list", values=(40, 60))

    drawn = column(what_varies(world(row), common=0), "cost.A")

    assert (drawn == 40).mean() == pytest.approx(0.5, abs=0.053)
    assert set(drawn) == {40, 60}


@pytest.mark.parametrize("wanted", [stats.gamma(4, scale=12), stats.binom(100, 0.5)])
def test_any_distribution_of_scipy_from_python(wanted: stats.rv_continuous) -> None:
    found = what_varies(world(of("cost", 40, 70)), common=0, distributions={"cost.A": wanted})

    drawn = column(found, "cost.A")

    assert len(found.ranges) == 1
    assert drawn.mean() == pytest.approx(wanted.mean(), abs=3 * wanted.std() / np.sqrt(600))
    assert drawn.std() == pytest.approx(wanted.std(), rel=0.12)
    assert (
        drawn == column(what_varies(world(), common=0, distributions={"cost.A": wanted}), "cost.A")
    ).all()


def test_a_distribution_of_scipy_is_cut_where_the_number_ends() -> None:
    found = what_varies(world(), distributions={"score.A.value": stats.norm(90, 20)})

    drawn = column(found, "score.A.value")

    # above 100 lies 30.9 % of it
    wanted = stats.truncnorm((-100 - 90) / 20, 10 / 20, loc=90, scale=20)
    assert drawn.max() <= 100
    assert stats.kstest(drawn, wanted.cdf).statistic < NEAR


def test_the_identity_of_a_study_tells_distributions_apart() -> None:
    one, same, other = (
        str(what_varies(world(), distributions={"cost.A": each}).ranges[0].distribution)
        for each in (stats.norm(50, 3), stats.norm(loc=50, scale=3), stats.norm(50, 3.1))
    )

    assert one == same != other


@pytest.mark.parametrize(
    ("name", "distribution", "told"),
    [
        ("cost.A", 5, "found 5; expected a distribution of SciPy"),
        ("cost.Z", stats.norm(50, 3), "CB-R02 cost.Z: found no such number"),
        ("weight.autonomy", stats.norm(1, 0.1), "expected a number that may be drawn: cost"),
    ],
)
def test_what_scipy_cannot_draw_is_refused(name: str, distribution: object, told: str) -> None:
    with pytest.raises(InputError) as error:
        what_varies(world(), distributions={name: distribution})

    assert told in str(error.value)


def test_a_lognormal_spread_needs_numbers_above_nothing() -> None:
    with pytest.raises(InputError, match=r"score.B.value\): found low 0, and a lognormal"):
        what_varies(
            world(), spreads=[Spread("score", D(40), D(5), points=True)], shape=Shape.LOGNORMAL
        )


def test_a_list_is_no_shape_for_all() -> None:
    with pytest.raises(InputError, match="a shape that low and high make"):
        what_varies(world(of("cost", 40, 70)), shape=Shape.LIST)
