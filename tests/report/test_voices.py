"""Why the voices of robustness differ, said of the options of the case at hand."""

from dataclasses import replace
from decimal import Decimal

import pytest

from choosebattles.report.answers.robustness.sentences import why_they_differ
from choosebattles.uncertainty.draw import Spread
from choosebattles.uncertainty.robustness import Draws, robustness
from choosebattles.uncertainty.study_options import StudyOptions
from small_cases import case, fund, option

POINTS = [Spread("score", Decimal(10), Decimal(10), points=True)]


def test_scores_that_may_be_other_are_named() -> None:
    # 10 buy A (50) or B (40), not both; A at 40 and B at 50 is 10 points less for A.
    world = case(option("A", 10, 50), option("B", 10, 40), funds=(fund(2027, 10),))

    told = list(why_they_differ(robustness(world, spreads=POINTS)))

    assert told[1] == (
        "On A and B all plans that nothing beats decide as the plan does, and yet competitors do "
        "not, by up to 10.00 points: they may count on other scores, and need only be better than "
        "this plan."
    )


def test_a_proposed_plan_that_nothing_supports_is_told_so() -> None:
    world = case(option("A", 10, 50), option("B", 10, 40), funds=(fund(2027, 10),))

    told = list(why_they_differ(robustness(world, plan={"B": 2027}, spreads=POINTS)))

    assert "On A and B every plan that nothing beats decides otherwise than the plan." in told


def test_where_voices_agree_nothing_is_made_up() -> None:
    world = case(option("A", 10, 80), option("B", 10, 40), funds=(fund(2027, 10),))

    told = list(why_they_differ(robustness(world, spreads=POINTS)))

    assert [each for each in told if each.startswith("On ")] == []


@pytest.mark.parametrize(("worse", "told"), [(49, False), (33, True)])
def test_rare_draws_are_told_apart(worse: int, told: bool) -> None:
    # B is best where its score comes out 20 below to 20 above that of A: at 49 in nearly half of the
    # draws, at 33 in hardly any.
    world = case(option("A", 10, 50), option("B", 10, worse), funds=(fund(2027, 10),))
    found = robustness(
        world, spreads=POINTS, draws=Draws(64, options=StudyOptions(gap=0, workers=1))
    )

    lines = [each for each in why_they_differ(found) if "hardly a draw" in each]

    assert bool(lines) == told
    if told:
        assert "On A and B hardly a draw" in lines[0]
        assert "by up to 3.00 points" in lines[0]


def test_draws_without_a_plan_tell_nothing_of_options() -> None:
    """Of 64 draws half have a plan: the others make no share surer."""
    world = case(option("A", 10, 50), option("B", 10, 49), funds=(fund(2027, 10),))
    found = robustness(
        world, spreads=POINTS, draws=Draws(64, options=StudyOptions(gap=0, workers=1))
    )
    assert found.drawn is not None
    none = {"stop": "infeasible", "value": None, "bound": None, "plan": None}
    rows = tuple({**row, **none} if row["number"] % 2 else row for row in found.drawn.rows)

    told = list(why_they_differ(replace(found, drawn=replace(found.drawn, rows=rows))))

    # 1.96 x the root of 0.25 / 32, a little less as 32 draws are few: 16 points
    assert (
        "Acceptability is of 32 draws with a plan; chance alone may move it by up to 16 "
        "percentage points." in told
    )
