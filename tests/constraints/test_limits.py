"""The least and the most of a measure over a part of the investments."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest

from choosebattles.case.case import Case
from choosebattles.case.limit import Metric
from choosebattles.constraints.limits import Limited
from choosebattles.formulation.program import formulate
from choosebattles.vocabulary import RowName
from programs import added, best, chosen, rows, told, written
from small_cases import Amount, case, investment, limit, option

CLOUD = investment(
    "CLOUD",
    option("CLOUD.S", (2, 1), 30, running_cost="0.5", exposures=("law:US",)),
    option("CLOUD.L", (4, 3), 60, running_cost=1),
    owner="Ministry A",
    pillar="Core",
    layer="hosting",
)
CSIRT = investment(
    "CSIRT",
    option("CSIRT", 1, 25, running_cost="0.25", build_years=0, latest_start=2028),
    owner="Agency B",
    pillar="Security",
    layer="hosting",
)
LATE = investment(
    "LATE",
    option(
        "LATE", (1, 2, 5), 20, build_years=0, latest_start=2028, exposures=("law:US", "place:coast")
    ),
    owner="Ministry A",
    pillar="Security",
    layer="data",
)
INVESTMENTS = (CLOUD, CSIRT, LATE)


def world(metric: Metric, *scope: str, **bounds: Amount | str) -> Case:
    """Two years: CLOUD can start in 2027 only, CSIRT and LATE in 2027 or 2028."""
    limits = (limit(metric, *scope, **bounds),) if bounds else ()
    return case(*INVESTMENTS, years=2, limits=limits)


SCOPES: Mapping[tuple[str, ...], set[str]] = {
    (): {"CLOUD.S", "CLOUD.L", "CSIRT", "LATE"},
    ("CLOUD",): {"CLOUD.S", "CLOUD.L"},
    ("CLOUD.L",): {"CLOUD.L"},
    ("pillar: Security",): {"CSIRT", "LATE"},
    ("layer: hosting",): {"CLOUD.S", "CLOUD.L", "CSIRT"},
    ("owner: Ministry A",): {"CLOUD.S", "CLOUD.L", "LATE"},
    ("exposure: law:US",): {"CLOUD.S", "LATE"},
    ("CLOUD.S", "exposure: law:US", "CLOUD"): {"CLOUD.S", "CLOUD.L", "LATE"},
}
"""What each scope covers, read off the investments above; an option counts once."""

NUMBERS: Mapping[Metric, Mapping[str, Mapping[str, str]]] = {
    Metric.COUNT: {
        "": {
            "CLOUD.S": "start[CLOUD.S,2027]",
            "CLOUD.L": "start[CLOUD.L,2027]",
            "CSIRT": "start[CSIRT,2027] + start[CSIRT,2028]",
            "LATE": "start[LATE,2027] + start[LATE,2028]",
        }
    },
    Metric.STARTS: {
        ",2027": {
            "CLOUD.S": "start[CLOUD.S,2027]",
            "CLOUD.L": "start[CLOUD.L,2027]",
            "CSIRT": "start[CSIRT,2027]",
            "LATE": "start[LATE,2027]",
        },
        ",2028": {"CSIRT": "start[CSIRT,2028]", "LATE": "start[LATE,2028]"},
    },
    # CLOUD.S: 2 + 1, and it works in 2028 (J = 1) for 0.5. CSIRT: 1, and 0.25 in each year from
    # its start on. LATE: 1 + 2, or 1 if it starts in 2028; its 5 fall due after 2028.
    Metric.COST: {
        "": {
            "CLOUD.S": "3500 start[CLOUD.S,2027]",
            "CLOUD.L": "8000 start[CLOUD.L,2027]",
            "CSIRT": "1500 start[CSIRT,2027] + 1250 start[CSIRT,2028]",
            "LATE": "3000 start[LATE,2027] + 1000 start[LATE,2028]",
        }
    },
    Metric.COST_IN_A_YEAR: {
        ",2027": {
            "CLOUD.S": "2000 start[CLOUD.S,2027]",
            "CLOUD.L": "4000 start[CLOUD.L,2027]",
            "CSIRT": "1250 start[CSIRT,2027]",
            "LATE": "1000 start[LATE,2027]",
        },
        ",2028": {
            "CLOUD.S": "1500 start[CLOUD.S,2027]",
            "CLOUD.L": "4000 start[CLOUD.L,2027]",
            "CSIRT": "250 start[CSIRT,2027] + 1250 start[CSIRT,2028]",
            "LATE": "2000 start[LATE,2027] + 1000 start[LATE,2028]",
        },
    },
    Metric.RUNNING_COST: {
        ",2027": {"CSIRT": "250 start[CSIRT,2027]", "LATE": "0 start[LATE,2027]"},
        ",2028": {
            "CLOUD.S": "500 start[CLOUD.S,2027]",
            "CLOUD.L": "1000 start[CLOUD.L,2027]",
            "CSIRT": "250 start[CSIRT,2027] + 250 start[CSIRT,2028]",
            "LATE": "0 start[LATE,2027] + 0 start[LATE,2028]",
        },
    },
    Metric.LATER_COST: {"": {"LATE": "5000 start[LATE,2027] + 7000 start[LATE,2028]"}},
    Metric.POINTS: {
        "": {
            "CLOUD.S": "30 start[CLOUD.S,2027]",
            "CLOUD.L": "60 start[CLOUD.L,2027]",
            "CSIRT": "25 start[CSIRT,2027] + 25 start[CSIRT,2028]",
            "LATE": "20 start[LATE,2027] + 20 start[LATE,2028]",
        }
    },
}
"""By metric and year, the part of each option."""

MONEY = {Metric.COST, Metric.COST_IN_A_YEAR, Metric.RUNNING_COST, Metric.LATER_COST}


def whole(terms: str) -> dict[str, int]:
    """Return the coefficients of a written sum."""
    found = {}
    for term in terms.split(" + "):
        number, _space, name = term.rpartition(" ")
        found[name] = int(number or 1)
    return found


@pytest.mark.parametrize("scope", SCOPES, ids="+".join)
@pytest.mark.parametrize("metric", NUMBERS)
@pytest.mark.parametrize(("side", "sign"), [("minimum", ">="), ("maximum", "<=")])
def test_every_metric_over_every_scope_adds_one_row_for_each_side(
    metric: Metric, scope: tuple[str, ...], side: str, sign: str
) -> None:
    criterion = {"criterion": "value"} if metric is Metric.POINTS else {}
    bound = 7000 if metric in MONEY else 7

    new = added(world(metric), world(metric, *scope, **{side: 7}, **criterion))

    expected = {}
    for when, parts in NUMBERS[metric].items():
        terms: dict[str, int] = {}
        for name, text in parts.items():
            if name in SCOPES[scope]:
                terms |= whole(text)
        expected[f"limits[L1,{side}{when}]"] = (terms or {"nothing": 1}, f"{sign} {bound}")
    assert {
        name: (whole(text.rpartition(f" {sign}")[0]), text[text.index(sign) :])
        for name, text in new.items()
    } == expected


@pytest.mark.parametrize("scope", SCOPES, ids="+".join)
@pytest.mark.parametrize(("side", "sign"), [("minimum", ">="), ("maximum", "<=")])
def test_a_cost_share_weighs_what_is_in_scope_against_everything(
    scope: tuple[str, ...], side: str, sign: str
) -> None:
    # At 25 % an option in scope counts with 1 - 1/4 of its cost, one out of scope with -1/4.
    limited = formulate(world(Metric.COST_SHARE, *scope, **{side: "0.25"}))
    row = limited.rows[RowName("limits", ("L1", side))]

    expected = {
        start: amount * (Fraction(name in SCOPES[scope]) - Fraction(1, 4))
        for name, text in NUMBERS[Metric.COST][""].items()
        for start, amount in whole(text).items()
    }
    assert row.constraint.expression.terms == expected
    assert written(row).endswith(f" {sign} 0")


def test_both_sides_of_a_limit_are_two_rows() -> None:
    assert list(rows(world(Metric.COUNT, minimum=1, maximum=2), "limits")) == [
        "limits[L1,minimum]",
        "limits[L1,maximum]",
    ]


def test_a_limit_that_nothing_can_meet_stays_a_row(solver: str) -> None:
    # CLOUD can start in 2027 only, so the least of one start a year cannot be met in 2028.
    least = world(Metric.STARTS, "CLOUD", minimum=1)

    assert rows(least, "limits")["limits[L1,minimum,2028]"] == "nothing >= 1"
    assert best(least, solver).plan is None


@pytest.mark.parametrize(
    ("metric", "scope", "bounds", "best_plan"),
    [
        # Without a limit CLOUD.L, CSIRT and LATE are the best: 60 / 2 + 25 + 20 = 75.
        (Metric.COUNT, (), {"maximum": 2}, {"CLOUD.L", "CSIRT"}),
        (Metric.COUNT, (), {"minimum": 3}, {"CLOUD.L", "CSIRT", "LATE"}),
        (Metric.COUNT, ("exposure: law:US",), {"maximum": 0}, {"CLOUD.L", "CSIRT"}),
        (Metric.COUNT, ("exposure: law:US",), {"minimum": 2}, {"CLOUD.S", "CSIRT", "LATE"}),
        # All three start in 2027; two a year: LATE, whose 20 count for less, waits until 2028.
        (Metric.STARTS, (), {"maximum": 2}, {"CLOUD.L", "CSIRT", "LATE"}),
        (Metric.STARTS, (), {"minimum": 2}, None),
        # 8 + 1.5 + 3 = 12.5; without LATE 9.5.
        (Metric.COST, (), {"maximum": "12.5"}, {"CLOUD.L", "CSIRT", "LATE"}),
        (Metric.COST, ("CLOUD",), {"maximum": "7.999"}, {"CLOUD.S", "CSIRT", "LATE"}),
        (Metric.COST, ("CLOUD",), {"maximum": 3}, {"CSIRT", "LATE"}),
        # 2027: 4 + 1.25 + 1; 2028: 4 + 0.25 + 2 = 6.25.
        (Metric.COST_IN_A_YEAR, (), {"maximum": "6.25"}, {"CLOUD.L", "CSIRT", "LATE"}),
        # CLOUD.S in place of CLOUD.L: 3.5 > 3 in 2027; both years must reach it.
        (Metric.COST_IN_A_YEAR, ("CLOUD",), {"minimum": 4}, {"CLOUD.L", "CSIRT", "LATE"}),
        (Metric.COST_IN_A_YEAR, ("CLOUD",), {"minimum": "4.001"}, None),
        # CLOUD.L 8 of 12.5 = 64 %; CLOUD.S 3.5 of 8 = 43.75 %.
        (Metric.COST_SHARE, ("CLOUD",), {"maximum": "0.64"}, {"CLOUD.L", "CSIRT", "LATE"}),
        (Metric.COST_SHARE, ("CLOUD",), {"maximum": "0.6399"}, {"CLOUD.S", "CSIRT", "LATE"}),
        # LATE in 2028 costs 1: 8 of 10.5 = 76 %. Without it 8 of 9.5.
        (Metric.COST_SHARE, ("CLOUD",), {"minimum": "0.76"}, {"CLOUD.L", "CSIRT", "LATE"}),
        (Metric.COST_SHARE, ("CLOUD",), {"minimum": "0.77"}, {"CLOUD.L", "CSIRT"}),
        # CLOUD.L 1 + CSIRT 0.25 in 2028; CLOUD.S 0.5 + 0.25: 60 / 2 - 30 / 2 < 25.
        (Metric.RUNNING_COST, (), {"maximum": "1.25"}, {"CLOUD.L", "CSIRT", "LATE"}),
        (Metric.RUNNING_COST, (), {"maximum": 1}, {"CLOUD.S", "CSIRT", "LATE"}),
        # LATE leaves 5 if it starts in 2027.
        (Metric.LATER_COST, (), {"maximum": 5}, {"CLOUD.L", "CSIRT", "LATE"}),
        (Metric.LATER_COST, (), {"maximum": "4.999"}, {"CLOUD.L", "CSIRT"}),
        (Metric.POINTS, (), {"maximum": 80, "criterion": "value"}, {"CLOUD.S", "CSIRT", "LATE"}),
        (Metric.POINTS, (), {"maximum": 45, "criterion": "value"}, {"CSIRT", "LATE"}),
        (Metric.POINTS, ("CLOUD",), {"minimum": 61, "criterion": "value"}, None),
    ],
)
def test_a_limit_decides(
    metric: Metric,
    scope: tuple[str, ...],
    bounds: Mapping[str, Amount],
    best_plan: set[str] | None,
    solver: str,
) -> None:
    plan = best(world(metric, *scope, **bounds), solver).plan

    assert (None if plan is None else set(plan.taken)) == best_plan


@pytest.mark.parametrize(
    ("metric", "bounds", "sentence"),
    [
        (Metric.COUNT, {"minimum": 4}, "count: 1 below the minimum"),
        (Metric.COUNT, {"maximum": 1}, "count: 2 above the maximum"),
        (Metric.STARTS, {"minimum": 1}, "starts in 2028: 1 below the minimum"),
        (Metric.STARTS, {"maximum": 2}, "starts in 2027: 1 above the maximum"),
        (Metric.COST, {"minimum": 13}, "cost: 0.5 million below the minimum"),
        (Metric.COST, {"maximum": 12}, "cost: 0.5 million above the maximum"),
        (Metric.COST_IN_A_YEAR, {"maximum": "6.249"}, None),
        (Metric.COST_IN_A_YEAR, {"minimum": "6.251"}, None),
        (
            Metric.COST_SHARE,
            {"maximum": "0.6"},
            "cost share (CLOUD): 0.5 million above the maximum",
        ),
        (
            Metric.COST_SHARE,
            {"minimum": "0.68"},
            "cost share (CLOUD): 0.5 million below the minimum",
        ),
        (
            Metric.RUNNING_COST,
            {"maximum": 1},
            "running cost in 2028: 0.25 million above the maximum",
        ),
        (
            Metric.RUNNING_COST,
            {"minimum": "0.5"},
            "running cost in 2027: 0.25 million below the minimum",
        ),
        (Metric.LATER_COST, {"maximum": 4}, "later cost: 1.0 million above the maximum"),
        (Metric.LATER_COST, {"minimum": 6}, "later cost: 1.0 million below the minimum"),
        (
            Metric.POINTS,
            {"maximum": 100, "criterion": "value"},
            "points of value: 5 above the maximum",
        ),
        (
            Metric.POINTS,
            {"minimum": 106, "criterion": "value"},
            "points of value: 1 below the minimum",
        ),
    ],
)
def test_the_audit_names_a_limit_that_is_broken(
    metric: Metric, bounds: Mapping[str, Amount], sentence: str | None
) -> None:
    # CLOUD.L, CSIRT and LATE, all from 2027: 6.25 in each of the two years, 12.5 in all; running
    # 0.25, then 1.25; later 5; 105 points. CLOUD has 8 of the 12.5, which is 64 %.
    side = "above the maximum" if "maximum" in bounds else "below the minimum"
    both = [f"cost in {year}: 0.001 million {side}" for year in (2027, 2028)]

    scope = ("CLOUD",) if metric is Metric.COST_SHARE else ()

    sentences = told(world(metric, *scope, **bounds), "CLOUD.L", "CSIRT", "LATE")

    expected = both if sentence is None else [sentence]
    assert sentences == [f"Limits!A2: {each}" for each in expected]


@pytest.mark.parametrize(
    ("maximum", "amount"),
    [
        (2, "10.5 million ALL"),
        ("2.25", "10.25 million ALL"),
        ("2.375", "10.125 million ALL"),
        (12, "0.5 million ALL"),
        ("12.4999999", "less than 0.001 million ALL"),
    ],
)
def test_money_is_told_in_its_unit_with_the_decimals_it_needs(maximum: Amount, amount: str) -> None:
    # 12.5 million in all.
    held = world(Metric.COST, "CLOUD", "pillar: Security", maximum=maximum)
    held = held.model_copy(update={"currency": "ALL"})

    assert told(held, "CLOUD.L", "CSIRT", "LATE") == [
        f"Limits!A2: cost (CLOUD; pillar: Security): {amount} above the maximum"
    ]


@pytest.mark.parametrize(
    ("metric", "number"),
    [
        (Metric.COUNT, 3),
        (Metric.COST, "12.5"),
        (Metric.COST_IN_A_YEAR, "6.25"),
        (Metric.COST_SHARE, 1),
        (Metric.LATER_COST, 5),
    ],
)
def test_the_audit_passes_the_bound_itself(metric: Metric, number: Amount) -> None:
    held = world(metric, minimum=number, maximum=number)

    assert told(held, "CLOUD.L", "CSIRT", "LATE") == []


def test_what_is_ongoing_starts_in_no_year_and_costs_like_the_rest() -> None:
    old = case(
        option("OLD", (1, 2), 0, decision="ongoing", earliest_start=2026),
        limits=(limit(Metric.STARTS, maximum=0), limit(Metric.COST, minimum=2, maximum=2)),
    )

    assert told(old, "OLD") == []


def test_a_grown_cost_is_limited_as_it_falls_due(solver: str) -> None:
    # 10 in 2028 at 5 % growth is 10.5.
    late = option("A", 10, 5, earliest_start=2028)
    for most, taken in (("10.5", {"A"}), ("10.499", set())):
        grown = case(late, years=2, cost_growth="0.05", limits=(limit(Metric.COST, maximum=most),))
        assert chosen(grown, solver) == taken


@pytest.mark.parametrize(
    ("metric", "items", "bound", "least", "told"),
    [
        (Metric.COUNT, (), "1", True, "at least 1 investment must be taken"),
        (Metric.COUNT, ("pillar: cloud",), "6", False, "no more than 6 investments of the pillar cloud may be taken"),
        (Metric.STARTS, ("pillar: cloud", "pillar: ai", "A"), "6", False, "no more than 6 investments of the pillars cloud and ai and A may start in any year"),
        (Metric.COST, ("A", "B"), "40", False, "A and B may cost at most 40 million EUR"),
        (Metric.COST_IN_A_YEAR, (), "4.5", True, "all investments must cost at least 4.5 million EUR in every year"),
        (Metric.COST_SHARE, ("exposure: foreign",), "30", False, "the exposure foreign may take at most 30 % of all costs"),
        (Metric.RUNNING_COST, ("owner: MoD",), "3", False, "running the owner MoD may cost at most 3 million EUR in any year"),
        (Metric.LATER_COST, (), "9", False, "building all investments may cost at most 9 million EUR after 2028"),
        (Metric.POINTS, ("layer: hosting",), "30", True, "the points of the layer hosting on value must add up to at least 30"),
    ],
)  # fmt: skip
def test_each_side_is_a_sentence(
    metric: Metric, items: tuple[str, ...], bound: str, told: str, *, least: bool
) -> None:
    asked = case(option("A"), option("B"), years=2, currency="EUR")
    criterion = "value" if metric is Metric.POINTS else None
    facts = {"minimum" if least else "maximum": Decimal(bound)}

    typed = limit(metric, *items, criterion=criterion, **facts)

    assert Limited(typed, "L1").sentence(asked, bound, least=least) == told
