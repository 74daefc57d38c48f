"""Rank correlations between rows of Ranges."""

from decimal import Decimal

import numpy as np
import pytest
from scipy import stats

from choosebattles.case.case import Case
from choosebattles.case.evidence import Correlation, Range
from choosebattles.case.place import Origin, Place
from choosebattles.errors import InputError
from choosebattles.uncertainty.draw import Uncertainty, what_varies
from choosebattles.uncertainty.sensitivity import sensitivity
from choosebattles.uncertainty.simulate import simulate
from choosebattles.uncertainty.study_options import StudyOptions
from small_cases import case, fund, investment, option
from uncertainty.test_distribution import column

D = Decimal


def pair(row: int, first: str, second: str, correlation: float) -> Correlation:
    cells = {
        field: Place("", "Correlations", f"{letter}{row}", heading)
        for field, letter, heading in (
            ("first", "A", "First"),
            ("second", "B", "Second"),
            ("correlation", "C", "Correlation"),
        )
    }
    return Correlation(
        first=first, second=second, correlation=correlation, origin=Origin(cells=cells)
    )


def world(*correlations: Correlation) -> Case:
    return case(
        investment("A", option("A.S", 30, 50), option("A.L", 50, 60)),
        option("B", 50, 60),
        option("C", 50, 60),
        funds=(fund(2027, 90),),
        ranges=(
            Range(id="A", quantity="cost", low=20, high=70),
            Range(id="B", quantity="cost", low=40, high=70, distribution="lognormal"),
            Range(id="C", quantity="cost", low=40, high=70),
            Range(id="B", quantity="score: value", low=40, high=80, distribution="uniform"),
        ),
        correlations=correlations,
    )


def ranks(found: Uncertainty, first: str, second: str) -> float:
    one, two = column(found, first), column(found, second)
    return float(stats.spearmanr(one, two).statistic)


def test_ranks_have_the_correlation_typed_and_not_the_numbers_behind_them() -> None:
    (group,) = what_varies(world(pair(2, "cost.B", "score.B.value", 0.6))).correlated

    # normal numbers of correlation r have ranks of 6 / pi * asin(r / 2)
    assert group.factor[1][0] == pytest.approx(2 * np.sin(np.pi * 0.6 / 6), abs=1e-8)


def test_a_list_is_low_where_it_goes_with_what_is_low() -> None:
    listed = Range(id="C", quantity="cost", distribution="list", values=(70, 40, 55))
    asked = world(pair(2, "cost.B", "cost.C", 1))
    ranges = (*(row for row in asked.ranges if row.id != "C"), listed)

    found = what_varies(asked.model_copy(update={"ranges": ranges}))

    # the thirds of one are the values of the other
    one, two = column(found, "cost.B"), column(found, "cost.C")
    assert (
        one[two == 40].max() <= one[two == 55].min() <= one[two == 55].max() <= one[two == 70].min()
    )


@pytest.mark.parametrize("wanted", [-0.9, 0.4, 1.0])
def test_ranks_go_together_as_typed_and_each_keeps_its_distribution(wanted: float) -> None:
    found = what_varies(world(pair(2, "COST.b", "score.B.value", wanted)))

    # of 600 draws a rank correlation of 0.4 is off by less than 0.09 in 99 % of seeds
    assert ranks(found, "cost.B", "score.B.value") == pytest.approx(wanted, abs=0.09)
    assert abs(ranks(found, "cost.C", "score.B.value")) < 0.11
    assert stats.kstest(column(found, "score.B.value"), stats.uniform(40, 40).cdf).statistic < 0.067


def test_all_options_of_a_range_go_with_the_other() -> None:
    found = what_varies(world(pair(2, "cost.A.S", "cost.B", 0.8)))

    assert ranks(found, "cost.A.L", "cost.B") == pytest.approx(0.8, abs=0.05)


def test_pairs_join_into_one_group_and_others_stay_as_they_were() -> None:
    free = what_varies(world(), common=0)
    found = what_varies(world(pair(2, "cost.A.S", "cost.B", 0.5), pair(3, "cost.B", "cost.C", 0.5)))

    assert [group.names for group in found.correlated] == [("cost A", "cost B", "cost C")]
    # typed in no pair: nothing to do with each other
    assert abs(ranks(found, "cost.A.S", "cost.C")) < 0.11
    # the first of a group and whoever is in none draws as without
    for name in ("cost.A.S", "cost.A.L", "score.B.value"):
        assert column(found, name, 50) == pytest.approx(column(free, name, 50), abs=2e-6)


def test_costs_share_nothing_else_where_the_sheet_says_what_goes_together() -> None:
    found = what_varies(world(pair(2, "cost.A.S", "cost.B", 0.9)))

    assert found.common == 0
    assert abs(ranks(found, "cost.B", "cost.C")) < 0.11


def test_a_share_in_common_beside_it_is_refused() -> None:
    with pytest.raises(InputError) as error:
        what_varies(world(pair(2, "cost.A.S", "cost.B", 0.9)), common=0.5)

    assert str(error.value) == (
        "The case: 1 cell needs a correction\n  CB-R23 Correlations!C2 (Correlation): found correlations, and a share of costs in common "
        "(--common-cost); expected one of the two. Leave --common-cost out: the sheet says which "
        "costs go together."
    )


def test_what_cannot_be_together_names_the_cells() -> None:
    # A with B and with C, but B against C; the score is in it without fault
    rows = (
        pair(2, "cost.B", "score.B.value", 0.5),
        pair(3, "cost.A.S", "cost.B", 0.9),
        pair(4, "cost.A.S", "cost.C", 0.9),
        pair(5, "cost.B", "cost.C", -0.9),
    )

    with pytest.raises(InputError) as error:
        what_varies(world(*rows))

    # three normal numbers with r, r and -r are possible up to r = 1/2: 0.48 as ranks; 0.53 * 0.9
    assert str(error.value) == (
        "The case: 1 cell needs a correction\n  CB-R24 Correlations!C3 (Correlation): found correlations that no numbers have together: "
        "C3, C4, C5; expected numbers that agree: if two go with a third one, they go with each "
        "other. Bring them nearer to 0; 0.53 times each of them is possible."
    )
    nearer = [row.model_copy(update={"correlation": row.correlation * D("0.53")}) for row in rows]
    assert what_varies(world(*nearer[1:])).correlated


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            [pair(2, "cost.Z", "cost.B", 0.5)],
            "CB-R23 Correlations!A2 (First): found 'cost.Z'; expected the plain name of a number",
        ),
        ([pair(2, "cost.B", "cost.BB", 0.5)], "Correlations!B2 (Second): found 'cost.BB'"),
        ([pair(2, "cost.B", "fund.STATE", 0.5)], "Give it a row on Ranges, or a range by --spread"),
        (
            [pair(2, "cost.A.S", "cost.A.L", 0.5)],
            "Correlations!A2 (First): found two numbers of one range, which are drawn together",
        ),
        (
            [pair(2, "cost.B", "cost.C", 0.5), pair(3, "cost.C", "cost.B", 0.5)],
            "Correlations!A3 (First): found the same pair as in A2; expected every pair once",
        ),
    ],
)
def test_pairs_that_say_nothing_are_refused(rows: list[Correlation], told: str) -> None:
    with pytest.raises(InputError) as error:
        what_varies(world(*rows))

    assert told in str(error.value)


def test_indices_count_what_goes_together_as_one() -> None:
    found = simulate(
        world(pair(2, "cost.A.S", "cost.B", 0.8)),
        what_varies(world(pair(2, "cost.A.S", "cost.B", 0.8))),
        20,
        StudyOptions(gap=0, workers=1),
    )

    causes = sensitivity(found, 16, best=False).causes

    named = {index.inputs for cause in causes for index in cause.indices}
    assert ("cost A", "cost B") in named
    assert not any("cost B" in names and len(names) == 1 for names in named)
    assert not np.isnan([index.together[1] for cause in causes for index in cause.indices]).any()
