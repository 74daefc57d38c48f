"""The cost, the weighted objective and three measures at once, against every plan tried."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction
from itertools import count
from random import Random

import pytest

from choosebattles.audit.recount import recount
from choosebattles.case.case import Case
from choosebattles.errors import InputError
from choosebattles.frontier.plans import Wanted
from choosebattles.frontier.points import Frontier
from choosebattles.frontier.trace import trace
from choosebattles.frontier.traded_measure import default_cost_resolution
from choosebattles.solving.outcome import Stop
from choosebattles.solving.resolver import Resolver
from oracle.recount import Account
from oracle.workbooks import SPINE
from random_cases import Question, question
from small_cases import case, criterion, fund, objective, option

Numbers = tuple[Fraction, ...]

THREE = (objective("autonomy"), objective("resilience"), objective("openness"))
ON_EACH = (
    criterion("value"),
    criterion("holding", objective="resilience"),
    criterion("sharing", objective="openness"),
)


def best_of(found: Iterable[Numbers]) -> set[Numbers]:
    """Return those that no other matches in all numbers, more being better."""
    every = {tuple(round(number, 9) for number in numbers) for numbers in found}
    return {
        one
        for one in every
        if not any(
            other != one and all(a >= b for a, b in zip(other, one, strict=True)) for other in every
        )
    }


def raised(frontier: Frontier) -> list[Numbers]:
    return [
        tuple(
            measure.sign * value
            for measure, value in zip(frontier.measures, point.values, strict=True)
        )
        for point in frontier.points
    ]


def assert_alike(frontier: Frontier, expected: set[Numbers]) -> None:
    assert frontier.complete
    found = sorted(raised(frontier))
    assert len(found) == len(expected)
    for one, other in zip(found, sorted(expected), strict=True):
        assert [float(each) for each in one] == pytest.approx(
            [float(each) for each in other], abs=1e-6
        )


def of_two_objectives(seed: int, parts: frozenset[str]) -> Question:
    asked = (question(each, parts, most_plans=80) for each in count(seed))
    return next(each for each in asked if len(each.facts.objectives) > 1)


MEASURED: dict[str, Callable[[Account], Fraction]] = {
    "objective": lambda account: account.objective,
    "cost": lambda account: -account.total_cost,
    "autonomy": lambda account: account.indices["autonomy"],
    "resilience": lambda account: account.indices["resilience"],
}


@pytest.mark.parametrize("parts", [SPINE, SPINE | {"continuity"}], ids=["spine", "continuity"])
@pytest.mark.parametrize(
    "names",
    [("objective", "cost"), ("cost", "resilience"), ("autonomy", "resilience", "cost")],
    ids="-".join,
)
@pytest.mark.parametrize("seed", range(4))
def test_the_frontier_is_that_of_every_plan_tried(
    seed: int, names: tuple[str, ...], parts: frozenset[str]
) -> None:
    asked = of_two_objectives(1000 + 50 * seed, parts)

    frontier = trace(asked.case, objectives=names, plans=Wanted.ONE)

    tried = (tuple(MEASURED[name](account) for name in names) for account in asked.survey.allowed)
    assert_alike(frontier, best_of(tried))
    assert all(recount(asked.case, point.plan).passed for point in frontier.points)


def random_world(seed: int, size: int = 7) -> Case:
    """Make items with scores, harmful ones too, on three objectives, and money for about half."""
    random = Random(seed)
    items = [
        option(
            f"X{number}",
            random.randint(0, 9),
            {name: random.randint(-3, 9) for name in ("value", "holding", "sharing")},
        )
        for number in range(size)
    ]
    return case(*items, funds=(fund(2027, 4 * size // 2),), objectives=THREE, criteria=ON_EACH)


def every_choice(world: Case) -> list[tuple[Fraction, ...]]:
    """Return the three indices of every choice that can be paid for, by adding up."""
    options = list(world.options.values())
    money = Fraction(world.funds[0].amount[2027])
    found = []
    for chosen in range(2 ** len(options)):
        taken = [each for place, each in enumerate(options) if chosen >> place & 1]
        if sum(Fraction(each.cost[0]) for each in taken) <= money:
            found.append(
                tuple(
                    Fraction(sum(each.score[name] for each in taken))
                    for name in ("value", "holding", "sharing")
                )
            )
    return found


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("searched", [False, True], ids=["listed", "searched"])
def test_three_objectives(seed: int, *, searched: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    world = random_world(seed, 5 if searched else 8)
    if searched:
        monkeypatch.setattr("choosebattles.frontier.trace.eliminate_continuous", lambda *_: None)

    frontier = trace(world, objectives=("autonomy", "resilience", "openness"), plans=Wanted.ONE)

    assert_alike(frontier, best_of(every_choice(world)))


@pytest.mark.parametrize("seed", range(6))
def test_three_to_a_resolution(seed: int) -> None:
    world = random_world(100 + seed, 9)

    frontier = trace(world, objectives=("autonomy", "resilience", "openness"), resolution=4)

    assert frontier.complete
    best = best_of(every_choice(world))
    assert len(frontier.points) <= len(best)
    for numbers in best:
        assert any(
            all(a <= b + 4 for a, b in zip(numbers, point.values, strict=True))
            for point in frontier.points
        )


def test_points_and_millions_count_together() -> None:
    # B is 1 point better than A for 1 million more: within 1 point and 1 million A stands for it
    world = case(
        option("A", 5, 10), option("B", 6, 11), option("C", 20, 30), funds=(fund(2027, 20),)
    )

    coarse = trace(world, objectives=("objective", "cost"), resolution=1.5, cost_resolution=1.5)
    fine = trace(world, objectives=("objective", "cost"))

    # nothing, A, B, A and B, C; A and C cannot be paid
    assert [tuple(map(int, point.values)) for point in fine.points] == [
        (0, 0),
        (10, 5),
        (11, 6),
        (21, 11),
        (30, 20),
    ]
    assert coarse.complete
    assert len(coarse.points) == 4


def test_millions_are_told_apart_by_their_own_resolution(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("choosebattles.frontier.trace.eliminate_continuous", lambda *_: None)
    # B brings 10 points more than A for 0.5 million more: to 1 million B stands for A, to 0.1 not.
    world = case(option("A", 5, 10), option("B", 5.5, 20), funds=(fund(2027, 5.5),))

    by_cost = {
        apart: trace(world, objectives=("objective", "cost"), resolution=1, cost_resolution=apart)
        for apart in (0.1, 1)
    }

    assert all(frontier.complete for frontier in by_cost.values())
    assert [len(frontier.points) for frontier in by_cost.values()] == [3, 2]


def test_all_plans_of_a_point_are_listed() -> None:
    # 4 million buy E, or 10 points of value: by A, or by B and C, or by D
    world = case(
        option("A", 3, {"value": 10}),
        option("B", 2, {"value": 4}),
        option("C", 2, {"value": 6}),
        option("D", 4, {"value": 10}),
        option("E", 4, {"holding": 10}),
        funds=(fund(2027, 4),),
        objectives=THREE[:2],
        criteria=ON_EACH[:2],
    )

    points = trace(world, plans=Wanted.ALL).points

    plans = [[{it.option for it in plan} for plan in point.plans] for point in points]
    assert [tuple(map(int, each.values)) for each in points] == [(0, 10), (10, 0)]
    assert plans[0] == [{"E"}]
    assert plans[1][0] == {"A"}
    assert sorted(map(sorted, plans[1])) == [["A"], ["B", "C"], ["D"]]
    assert all(each.all_plans for each in points)


@pytest.mark.parametrize("searched", [False, True], ids=["listed", "searched"])
def test_plans_come_cheapest_first(*, searched: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if searched:
        monkeypatch.setattr("choosebattles.frontier.trace.eliminate_continuous", lambda *_: None)
    world = case(
        option("DEAR", 5, {"value": 10, "holding": 10}),
        option("CHEAP", 3, {"value": 10, "holding": 10}),
        option("LESS", 2.5, {"value": 6, "holding": 6}),
        funds=(fund(2027, 5),),
        objectives=THREE[:2],
        criteria=ON_EACH[:2],
    )

    (point,) = trace(world, plans=Wanted.ALL).points

    assert [[it.option for it in plan] for plan in point.plans] == [["CHEAP"], ["DEAR"]]
    assert point.plan.taken == {"CHEAP"}
    assert (point.cheapest, point.all_plans) == (True, True)


def test_a_search_for_plans_that_was_cut_short_proves_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("choosebattles.frontier.trace.eliminate_continuous", lambda *_: None)
    ask = Resolver.ask
    monkeypatch.setattr(
        Resolver,
        "ask",
        lambda resolver, question: replace(ask(resolver, question), stop=Stop.TIME_LIMIT),
    )
    world = case(
        option("A", 3, {"value": 10, "holding": 10}),
        funds=(fund(2027, 5),),
        objectives=THREE[:2],
        criteria=ON_EACH[:2],
    )

    (point,) = trace(world, plans=Wanted.ALL).points

    assert [[choice.option for choice in plan] for plan in point.plans] == [["A"]]
    assert (point.cheapest, point.all_plans) == (False, False)


@pytest.mark.parametrize("searched", [False, True], ids=["listed", "searched"])
def test_a_part_of_the_plans_is_not_called_all(
    *, searched: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if searched:
        monkeypatch.setattr("choosebattles.frontier.trace.eliminate_continuous", lambda *_: None)
    monkeypatch.setattr("choosebattles.frontier.trace.PLANS", 2)
    same = {"value": 10, "holding": 10}
    world = case(
        *(option(name, cost, same) for name, cost in (("A", 5), ("B", 4), ("C", 3))),
        funds=(fund(2027, 5),),
        objectives=THREE[:2],
        criteria=ON_EACH[:2],
    )

    (point,) = trace(world, plans=Wanted.ALL).points

    assert [[choice.option for choice in plan] for plan in point.plans] == [["C"], ["B"]]
    assert (point.cheapest, point.all_plans) == (True, False)


@pytest.mark.parametrize(
    "names", [("cost",), ("autonomy", "autonomy"), ("autonomy", "beauty"), ("a", "b", "c", "d")]
)
def test_other_measures_are_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="expected two or three of: autonomy, objective, cost"):
        trace(case(option("A", 5, 5)), objectives=names)


def test_supported_points_of_three() -> None:
    # the three corners are best for one measure; the middle is below the plane through them
    world = case(
        *(
            option(name, 1, {"value": a, "holding": b, "sharing": c})
            for name, a, b, c in (("A", 9, 0, 0), ("B", 0, 9, 0), ("C", 0, 0, 9), ("M", 2, 2, 2))
        ),
        funds=(fund(2027, 1),),
        objectives=THREE,
        criteria=ON_EACH,
    )

    frontier = trace(world, objectives=("autonomy", "resilience", "openness"))

    assert {next(iter(p.plan.taken)): p.supported for p in frontier.points} == {
        "A": True,
        "B": True,
        "C": True,
        "M": False,
    }
    assert frontier.even is not None
    assert frontier.even[0].plan.taken == {"M"}
    # of 9 x 9 x 9, a cube of 2 x 2 x 2
    assert frontier.hypervolume == Fraction(8, 729)


@pytest.mark.parametrize(
    ("money", "apart"),
    [(500, 5), (499, 2), (100, 1), (99, 0.5), (1999, 10), (2000, 20), (0, 0)],
)
def test_costs_are_told_apart_to_a_hundredth_of_the_money_at_most(
    money: float, apart: float
) -> None:
    world = case(option("A", 1, 5), funds=(fund(2027, money),))

    assert default_cost_resolution(world) == pytest.approx(apart)
