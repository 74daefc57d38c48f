from decimal import Decimal

import pytest

from choosebattles.case.plan import Plan
from choosebattles.case.rule import RuleKind
from choosebattles.report.number_wording import signed
from choosebattles.report.outputs.waterfall_columns import Piece, pieces
from choosebattles.report.plan_parts.waterfall import Climb, shortened, step_rows
from choosebattles.solving.outcome import Outcome
from report.outcomes import chosen, illyria, outcome, shaken
from small_cases import case, criterion, fund, objective, option, plan, rule


def planned(held: Outcome) -> Plan:
    assert held.plan is not None
    return held.plan


def test_steps_lead_from_before_to_after_exactly() -> None:
    for world in (illyria(), shaken()):
        held = outcome(world)
        assert held.recount is not None
        rows = step_rows(world, planned(held), held.recount)
        for goal, after in held.recount.after.indices.items():
            before = held.recount.before.indices[goal]
            assert float(before) + sum(row.adds[goal] for row in rows) == pytest.approx(
                float(after), abs=1e-7
            )
        whole = float(held.recount.before.value) + sum(row.objective for row in rows)
        assert whole == pytest.approx(float(held.recount.after.value), abs=1e-7)


def test_an_option_adds_its_weighted_scores() -> None:
    # Two objectives of weights 3 and 1, one criterion each, 100 points for 100: CLOUD adds 40 to
    # the first and 20 to the second, so 40 * 3/4 + 20 * 1/4 = 35 to the weighted sum.
    world = case(
        option("CLOUD", 60, {"a": 40, "b": 20}),
        objectives=(objective("first", 3), objective("second", 1)),
        criteria=(criterion("a", 1, "first"), criterion("b", 1, "second")),
    )
    held = outcome(world, plan(world, "CLOUD"))
    assert held.recount is not None

    (row,) = step_rows(world, planned(held), held.recount)

    assert (row.name, row.adds, row.objective) == ("CLOUD", {"first": 40, "second": 20}, 35)


def test_what_is_under_way_adds_nothing() -> None:
    held = outcome(shaken())
    assert held.recount is not None

    names = [row.option for row in step_rows(held.case, planned(held), held.recount)]

    assert names.index("") == len([name for name in names if name])
    assert set(names) - {""} <= {choice.option for choice in held.plan.choices}  # type: ignore[union-attr]


def test_synergies_and_dependence_are_named() -> None:
    held = outcome(shaken())
    assert held.recount is not None
    (other,) = (row for row in step_rows(held.case, planned(held), held.recount) if not row.option)
    assert other.title == "Synergies"

    # CLOUD costs 60, and each million paid takes 0.1 points: 70 - 0.1 * 60 = 64.
    world = case(
        option("CLOUD", 60, 70),
        funds=(fund(2027, 100, dependence=Decimal("0.1")),),
        rules=(rule(RuleKind.AT_MOST, "CLOUD", number=1),),
    )
    told = outcome(world, chosen(world, "CLOUD"))
    assert told.recount is not None
    _option, taken = step_rows(world, planned(told), told.recount)
    assert (taken.title, taken.objective) == ("Dependence on STATE", -6)
    assert taken.says == "Dependence on STATE: 6.00 points of autonomy as scores count them"


def test_a_debt_counts_in_every_year_from_its_own_on() -> None:
    # 60 are paid in 2027 at 0.1 points a million: 6 points less in 2027 and in 2028, though
    # nothing more is paid then; so 6 of the 70 points, and nothing is left that has no name.
    world = case(
        option("CLOUD", 60, 70, latest_start=2027),
        years=2,
        accrual="over time",
        funds=(fund(2027, 100, 0, dependence=Decimal("0.1")),),
    )
    told = outcome(world, chosen(world, "CLOUD"))
    assert told.recount is not None

    rows = step_rows(world, planned(told), told.recount)

    assert [(row.name, row.objective) for row in rows] == [
        ("CLOUD", 70),
        ("Dependence on STATE", -6),
    ]


def test_pieces_rest_on_each_other() -> None:
    assert pieces(("before", "UP", "DOWN", "after"), (10, 5, -3, 12)) == (
        Piece("before 10.0", 0, level=10),
        Piece("UP +5.0", 10, rise=5),
        Piece("DOWN -3.0", 12, fall=3),
        Piece("after 12.0", 0, level=12),
    )


def test_pieces_cross_the_axis() -> None:
    # From 2 down by 5 to -3, and up by 1 to -2: the first has 2 above and 3 below the axis, the
    # second hangs between -3 and -2.
    _before, down, up, after = pieces(("before", "DOWN", "UP", "after"), (2, -5, 1, -2))

    assert (down.base, down.fall, down.below) == (0, 2, -3)
    assert (up.base, up.rise, up.below) == (-2, -1, None)
    assert after.level == -2


def test_the_largest_steps_are_kept() -> None:
    climb = Climb("index", 0, (("A", 1), ("B", 9), ("C", -4), ("D", 2)), 8)

    assert shortened(climb, 3).steps == (("B", 9), ("C", -4), ("2 others", 3))
    assert shortened(climb, 4) is climb


def test_small_steps_are_never_told_as_nothing() -> None:
    assert signed("A", 0.04) == "A +0.04"
    assert signed("A", -0.06) == "A -0.1"
