"""A number of the case by its name: what it is, and the same case with another one."""

from decimal import Decimal
from fractions import Fraction

import pytest

from choosebattles.audit.points_and_weights import ScoreScale
from choosebattles.case.case import Case
from choosebattles.case.limit import Metric
from choosebattles.case.parameter import budget, hold_scale, names, replaced, value
from choosebattles.case.rule import RuleKind
from choosebattles.errors import InputError
from small_cases import (
    case,
    fund,
    investment,
    limit,
    objective,
    option,
    provider,
    rule,
    service,
    shock,
    skill,
    synergy,
)


@pytest.fixture
def world() -> Case:
    """Return a world with something of everything."""
    return case(
        investment("CLOUD", option("CLOUD.S", [5, 3], 4), option("CLOUD.L", [10, 0, 7], 9)),
        option("CSIRT", 3, 20, overrun=Decimal("0.2"), covers={"hosting": "0.4"}),
        years=3,
        funds=(fund(2027, 100, 50, 25), fund(2027, 1, 1, 1, id="EU")),
        objectives=(objective("autonomy", 2, floor=Decimal(0)),),
        skills=(skill("IT", 2027, 5, 5, 5),),
        providers=(provider("AWS", "hosting", 1, "law:US"), provider("ALB", "hosting")),
        services=(service("ID", "hosting"),),
        shocks=(shock("OUTAGE", "law:US"),),
        rules=(rule(RuleKind.EXCLUDES, "CLOUD", "CSIRT"), synergy("CLOUD", "CSIRT", bonus=5)),
        limits=(limit(Metric.COUNT, maximum=2),),
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("fund.STATE", "175"),
        ("fund.STATE.2028", "50"),
        ("fund.eu.2027", "1"),
        ("Cost.Cloud.L", "17"),
        ("cost.CLOUD.L.1", "10"),
        ("cost.CLOUD.L.2", "0"),
        ("running.CSIRT", "0"),
        ("overrun.CSIRT", "0.2"),
        ("score.CLOUD.L.value", "9"),
        ("coverage.AWS", "1"),
        ("coverage.CSIRT.hosting", "0.4"),
        ("supply.IT.2029", "5"),
        ("supply.IT", "15"),
        ("trains.CSIRT.IT", "0"),
        ("likelihood.OUTAGE", "1"),
        ("severity.OUTAGE", "1"),
        ("weight.autonomy", "2"),
        ("weight.value", "1"),
        ("weight.ID", "1"),
        ("floor.autonomy", "0"),
        ("bonus.R2", "5"),
        ("maximum.L1", "2"),
        ("contingency", "0"),
        ("growth", "0"),
        ("discount", "0"),
        ("haircut", "0"),
        ("points", "100"),
    ],
)
def test_value(world: Case, name: str, expected: str) -> None:
    assert value(world, name) == Decimal(expected)


def test_a_blank_has_no_value(world: Case) -> None:
    assert value(world, "minimum.L1") is None


def test_every_name_is_read_back_as_it_was_put(world: Case) -> None:
    """Ties the names, the paths and the spreading of profiles together."""
    for name in names(world):
        wanted = Decimal("0.5") if value(world, name) != Decimal("0.5") else Decimal("0.4")
        assert value(replaced(world, name, wanted), name) == wanted, name


def test_putting_the_old_number_back_gives_the_old_numbers(world: Case) -> None:
    every = names(world)
    single = [each for each in every if not any(n.startswith(f"{each}.") for n in every)]
    before = {name: value(world, name) for name in every}
    for name in single:
        old = before[name]
        if old is not None:
            back = replaced(replaced(world, name, Decimal("0.5")), name, old)
            assert {each: value(back, each) for each in every} == before, name


def test_a_profile_is_scaled_and_its_sum_is_exact(world: Case) -> None:
    # 10 + 0 + 7 = 17; 10/17 of 10 is 5.882, 7/17 of 10 is 4.118 to the thousandth
    changed = replaced(world, "cost.CLOUD.L", 10)

    assert [float(each) for each in changed.options["CLOUD.L"].cost] == [5.882, 0, 4.118]


def test_the_largest_year_takes_what_rounding_leaves() -> None:
    # thirds of 1 are 0.333 each; the first of the largest takes the thousandth that is left
    changed = replaced(case(option("A", [5, 5, 5]), years=3), "cost.A", 1)

    assert changed.options["A"].cost == (Decimal("0.334"), Decimal("0.333"), Decimal("0.333"))


def test_what_is_all_zero_cannot_be_scaled(world: Case) -> None:
    empty = replaced(world, "fund.EU", 0)

    with pytest.raises(InputError) as refused:
        replaced(empty, "fund.EU", 5)

    (fault,) = refused.value.faults
    assert str(fault) == (
        "CB-R03 fund.EU: found 5; expected years that are not all 0, to be scaled. "
        "Name one of its years."
    )


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("fund.STAET", "Did you mean fund.STATE?"),
        ("cots.CLOUD.L", "Did you mean cost.CLOUD.L?"),
        ("score.CLOUD.L.valeu", "Did you mean score.CLOUD.L.value?"),
        ("?", "Names look like fund.STATE.2028, cost.CLOUD or weight.autonomy."),
    ],
)
def test_an_unknown_name_is_refused(world: Case, name: str, told: str) -> None:
    with pytest.raises(InputError) as refused:
        value(world, name)

    assert [str(fault) for fault in refused.value.faults] == [
        f"CB-R02 {name}: found no such number; expected the name of a number of this case. {told}"
    ]


def test_the_scale_stays_where_it_was_left_blank() -> None:
    # the best of everything is worth 40, so P is 40; with 80 instead it would be 80
    world = case(option("A", 1, 40), points_for_100=None)
    scale = ScoreScale(world).points_for_100

    changed = replaced(world, "score.A.value", 80, scale=scale)

    assert scale == 40
    assert ScoreScale(changed).points_for_100 == 40
    assert ScoreScale(replaced(world, "score.A.value", 80)).points_for_100 == 80


def test_a_typed_scale_stays_as_typed(world: Case) -> None:
    assert hold_scale(world, Fraction(7)) is world


def test_a_scale_that_is_no_decimal_is_held_as_closely_as_can_be() -> None:
    world = case(option("A", 1, 40), points_for_100=None)

    held = hold_scale(world, Fraction(1, 3))

    assert abs(ScoreScale(held).points_for_100 - Fraction(1, 3)) < Fraction(1, 10**27)


def test_the_case_itself_stays_as_it_is(world: Case) -> None:
    replaced(world, "fund.STATE.2028", 1)

    assert value(world, "fund.STATE.2028") == 50


def test_budget_scales_every_fund_to_whole_thousandths() -> None:
    # a third of 1 is 0.333; half of 0.001 is rounded up
    world = case(option("A"), funds=(fund(2027, 1), fund(2027, "0.001", id="EU")))

    third, half = budget(world, Decimal(1) / 3), budget(world, Decimal("0.5"))

    assert [each.amount[2027] for each in third.funds] == [Decimal("0.333"), 0]
    assert [each.amount[2027] for each in half.funds] == [Decimal("0.5"), Decimal("0.001")]
