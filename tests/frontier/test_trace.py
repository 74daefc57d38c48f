"""Frontiers: every pair that no plan beats, against every plan tried and published answers.

Published knapsacks, such as 2kp50 and 3kp40, are read from the folder that the environment variable
CHOOSEBATTLES_PUBLISHED names (``2kp50/a.csv`` weights, ``b.csv`` capacities, ``c.csv`` values,
``pareto_sols.csv`` the answer); where it names none, a small one of the same form stands in.
"""

import csv
import os
from dataclasses import dataclass
from fractions import Fraction
from itertools import count, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from choosebattles.audit.recount import recount
from choosebattles.case.case import Case
from choosebattles.errors import InputError
from choosebattles.frontier.corner_search import CornerSearch
from choosebattles.frontier.plans import Wanted
from choosebattles.frontier.points import Frontier
from choosebattles.frontier.relaxation import Beyond, Relaxation
from choosebattles.frontier.trace import Traced, trace
from choosebattles.solving.highs_model import Ended
from choosebattles.solving.outcome import Stop
from oracle.workbooks import SPINE
from random_cases import Question, question
from small_cases import case, criterion, fund, objective, option

FOLDER = os.environ.get("CHOOSEBATTLES_PUBLISHED")

BOTH = (objective("autonomy"), objective("resilience"))
ON_EACH = (criterion("value"), criterion("holding", objective="resilience"))


def two(*items: tuple[str, float, float, float], money: float, **facts: object) -> Case:
    """Make a world of options with a cost, a score on autonomy and one on resilience."""
    return case(
        *(option(name, cost, {"value": a, "holding": b}) for name, cost, a, b in items),
        funds=(fund(2027, money),),
        objectives=BOTH,
        criteria=ON_EACH,
        **facts,  # type: ignore[arg-type]
    )


# One of three is bought: (90, 10), (40, 50) or (10, 90). The line between the first and the last
# passes (50, 50), so no weights make MIDDLE a best one, though nothing beats it. POOR is beaten.
ONE_OF_FOUR = two(
    ("LEFT", 10, 10, 90),
    ("MIDDLE", 9, 40, 50),
    ("POOR", 8, 40, 40),
    ("RIGHT", 10, 90, 10),
    money=10,
)


def pairs(frontier: Frontier) -> list[tuple[float, float]]:
    return [(float(point.values[0]), float(point.values[1])) for point in frontier.points]


def test_a_point_that_no_weights_find() -> None:
    frontier = trace(ONE_OF_FOUR)

    assert pairs(frontier) == [(10, 90), (40, 50), (90, 10)]
    assert [point.supported for point in frontier.points] == [True, False, True]
    assert [set(point.plan.taken) for point in frontier.points] == [{"LEFT"}, {"MIDDLE"}, {"RIGHT"}]
    assert [point.recount.total_cost for point in frontier.points] == [10, 9, 10]
    assert frontier.complete
    assert frontier.stop is Stop.OPTIMAL


def test_the_shape_of_a_frontier() -> None:
    frontier = trace(ONE_OF_FOUR)

    # of 80 by 80 above (10, 10), MIDDLE is 30 wide and 40 tall; the ends add nothing
    assert frontier.ideal == (Fraction(90), Fraction(90))
    assert frontier.nadir == (Fraction(10), Fraction(10))
    assert frontier.hypervolume == Fraction(30 * 40, 80 * 80)
    # 30/80 + 40/80 < 1: MIDDLE lies inside the line between the ends
    assert frontier.knee is None


def test_the_knee_is_the_point_farthest_out() -> None:
    # beyond the line from (0, 80) to (80, 0): 40 + 60 by 20, 60 + 50 by 30
    world = two(("A", 1, 0, 80), ("B", 1, 40, 60), ("C", 1, 60, 50), ("D", 1, 80, 0), money=1)

    knee = trace(world).knee

    assert knee is not None
    assert knee.plan.taken == {"C"}


def test_the_share_of_the_space_counts_every_place_once() -> None:
    # In shares of the ranges: (1/2, 3/4) and (3/4, 5/8), of which the second lies higher alone.
    world = two(("A", 1, 0, 80), ("B", 1, 40, 60), ("C", 1, 60, 50), ("D", 1, 80, 0), money=1)

    assert trace(world).hypervolume == Fraction(3, 4) * Fraction(5, 8) + Fraction(1, 2) / 8


def test_the_cheapest_plan_of_a_point_is_taken() -> None:
    world = two(("DEAR", 10, 50, 50), ("CHEAP", 7, 50, 50), money=10)

    (point,) = trace(world).points

    assert point.plan.taken == {"CHEAP"}
    assert point.cheapest


def test_the_resolution_leaves_out_only_what_is_near() -> None:
    # at 5 points (30, 50) stands for (20, 51), and a point for the rest; the ends are always near
    world = two(("A", 1, 10, 52), ("B", 1, 20, 51), ("C", 1, 30, 50), ("D", 1, 90, 10), money=1)

    frontier = trace(world, resolution=5)

    assert frontier.complete
    assert {(30, 50), (90, 10)} <= {*pairs(frontier)} <= {(10, 52), (20, 51), (30, 50), (90, 10)}
    assert len(trace(world).points) == 4


def test_points_further_apart_than_the_resolution_are_told_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("choosebattles.frontier.trace.eliminate_continuous", lambda *_: None)
    # Each has 6 more than the other of one objective: 7 points apart one stands for both, 5 not.
    world = two(("LEFT", 1, 40, 50), ("RIGHT", 1, 46, 44), money=1)

    found = [trace(world, resolution=resolution) for resolution in (5, 7)]

    assert [len(frontier.points) for frontier in found] == [2, 1]
    assert all(frontier.complete for frontier in found)


def test_no_plan_is_a_complete_answer() -> None:
    world = case(
        option("A", 5, 5),
        funds=(fund(2027, 1),),
        objectives=(objective("autonomy", floor=1), objective("resilience")),
        criteria=ON_EACH,
    )

    frontier = trace(world)

    assert (frontier.points, frontier.complete, frontier.stop) == ((), True, Stop.INFEASIBLE)
    assert (frontier.ideal, frontier.nadir, frontier.knee) == (None, None, None)
    assert frontier.hypervolume == 0


def test_one_objective_is_no_trade_off() -> None:
    with pytest.raises(InputError, match="CB-R06 Objectives: found autonomy; expected two"):
        trace(case(option("A", 5, 5)))


def test_other_objectives_may_be_named() -> None:
    frontier = trace(ONE_OF_FOUR, objectives=("resilience", "autonomy"))

    assert pairs(frontier) == [(10, 90), (50, 40), (90, 10)]


@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_what_is_found_before_ctrl_c_is_kept(after: int, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0
    at = Relaxation.at

    def interrupted(relaxation: Relaxation, corner: np.ndarray) -> Beyond | None:
        nonlocal asked
        asked += 1
        if asked > after:
            raise KeyboardInterrupt
        return at(relaxation, corner)

    monkeypatch.setattr(Relaxation, "at", interrupted)

    frontier = trace(ONE_OF_FOUR, plans=Wanted.ONE)

    # the first list holds every plan that can be had, so nothing is left to ask
    assert pairs(frontier) == ([] if after == 0 else [(10, 90), (40, 50), (90, 10)])
    assert frontier.complete == (after > 0)
    assert frontier.stop is (Stop.OPTIMAL if after else Stop.INTERRUPTED)


def test_ctrl_c_while_searching_keeps_the_points(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("choosebattles.frontier.trace.eliminate_continuous", lambda *_: None)
    searched = 0
    beyond = CornerSearch.beyond

    def interrupted(search: CornerSearch, *args: Any) -> Ended:
        nonlocal searched
        searched += 1
        if searched > 2:
            raise KeyboardInterrupt
        return beyond(search, *args)

    monkeypatch.setattr(CornerSearch, "beyond", interrupted)

    frontier = trace(ONE_OF_FOUR)

    assert {*pairs(frontier)} < {(10, 90), (40, 50), (90, 10)}
    assert len(frontier.points) == 2
    assert (frontier.complete, frontier.stop) == (False, Stop.INTERRUPTED)


def test_a_search_that_finds_the_same_plan_again_ends_and_keeps_the_points(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("choosebattles.frontier.trace.eliminate_continuous", lambda *_: None)
    beyond = CornerSearch.beyond
    ended: list[Ended] = []

    def again(search: CornerSearch, *args: Any) -> Ended:
        ended.append(ended[0] if ended else beyond(search, *args))
        return ended[-1]

    monkeypatch.setattr(CornerSearch, "beyond", again)

    frontier = trace(ONE_OF_FOUR)

    assert len(frontier.points) == 1
    assert (frontier.complete, frontier.stop) == (False, Stop.FAILED)


@pytest.mark.parametrize("stop", [Stop.FAILED, Stop.GAP, Stop.OPTIMAL])
def test_a_search_without_a_statement_ends_the_trace(
    monkeypatch: pytest.MonkeyPatch, stop: Stop
) -> None:
    monkeypatch.setattr("choosebattles.frontier.trace.eliminate_continuous", lambda *_: None)
    monkeypatch.setattr(CornerSearch, "beyond", lambda *_: Ended(stop, None, None, 0.0))

    frontier = trace(ONE_OF_FOUR)

    assert (frontier.points, frontier.complete, frontier.stop) == ((), False, Stop.FAILED)


def test_a_search_cut_short_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("choosebattles.frontier.trace.eliminate_continuous", lambda *_: None)
    monkeypatch.setattr(CornerSearch, "beyond", lambda *_: Ended(Stop.TIME_LIMIT, None, None, 0.0))

    frontier = trace(ONE_OF_FOUR)

    assert (frontier.points, frontier.complete, frontier.stop) == ((), False, Stop.TIME_LIMIT)
    assert frontier.summary.endswith("0 points, not complete")


@pytest.mark.parametrize("resolution", [0, 4])
@pytest.mark.parametrize("after", [1, 2, 3])
def test_an_unfinished_frontier_promises_no_more_than_holds(
    after: int, resolution: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("choosebattles.frontier.trace.eliminate_continuous", lambda *_: None)
    searched = 0
    beyond = CornerSearch.beyond

    def interrupted(search: CornerSearch, *args: Any) -> Ended:
        nonlocal searched
        searched += 1
        if searched > after:
            raise KeyboardInterrupt
        return beyond(search, *args)

    monkeypatch.setattr(CornerSearch, "beyond", interrupted)
    items = [(f"X{n}", 1.0, 2 * n**1.5, 90 - n * n / 2) for n in range(13)]

    frontier = trace(two(*items, money=1), resolution=resolution, plans=Wanted.ONE)

    assert not frontier.complete
    assert frontier.reached is not None
    # One of them can be paid: no other one exceeds every point by more than is said.
    step = (resolution or 1) * frontier.reached
    nearest = [
        min(
            max(a - float(point.values[0]), b - float(point.values[1])) for point in frontier.points
        )
        for _name, _cost, a, b in items
    ]
    assert max(nearest) <= step + 1e-6
    assert step < 90


def test_no_time_leaves_no_points() -> None:
    frontier = trace(ONE_OF_FOUR, time_limit=1e-9)

    assert (frontier.points, frontier.complete) == ((), False)
    assert frontier.stop is Stop.TIME_LIMIT


def test_a_watcher_is_told() -> None:
    told: list[Traced] = []

    trace(ONE_OF_FOUR, watch=told.append)

    assert [(each.points, each.left) for each in told] == [(0, 1)]


def test_a_watcher_is_told_of_no_plan_that_was_beaten(monkeypatch: pytest.MonkeyPatch) -> None:
    # 10 points stand for others at first: what is found first is beaten in the end
    monkeypatch.setattr("choosebattles.frontier.trace.eliminate_continuous", lambda *_: None)
    told: list[Traced] = []
    world = two(*((f"X{n}", 1, n * n, 90 - n) for n in range(9)), money=1)

    frontier = trace(world, watch=told.append)

    assert all(each.points <= len(frontier.points) for each in told)
    assert told[-1].points > 1


def test_what_is_found_is_handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("choosebattles.frontier.trace.SAVED_EVERY", 0.0)
    monkeypatch.setattr("choosebattles.frontier.trace.eliminate_continuous", lambda *_: None)
    kept: list[Frontier] = []

    trace(ONE_OF_FOUR, keep=kept.append)

    assert not any(each.complete for each in kept)
    assert [len(each.points) for each in kept] == sorted(len(each.points) for each in kept)
    assert len(kept[-1].points) == 3


def of_two_objectives(seed: int, parts: frozenset[str]) -> Question:
    """Return the first random case from a seed on in which there is something to trade off."""
    asked = (question(each, parts) for each in count(seed))
    return next(each for each in asked if len(each.facts.objectives) > 1)


@pytest.mark.parametrize("parts", [SPINE, SPINE | {"continuity"}, SPINE | {"dependence", "bent"}])
@pytest.mark.parametrize("seed", range(12))
def test_the_frontier_is_that_of_every_plan_tried(seed: int, parts: frozenset[str]) -> None:
    asked = of_two_objectives(100 * seed, parts)
    expected = asked.survey.frontier()

    frontier = trace(asked.case)

    names = {each.id.casefold(): each.id for each in asked.case.model.objectives}
    assert frontier.objectives == (names["autonomy"], names["resilience"])
    assert frontier.complete
    assert len(frontier.points) == len(expected)
    for point, other in zip(frontier.points, expected, strict=True):
        assert point.values == pytest.approx((other.autonomy, other.resilience), abs=1e-6)
        counted = recount(asked.case, point.plan)
        assert counted.passed
        assert counted.total_cost == min(plan.total_cost for plan in other.plans)


@pytest.mark.parametrize("resolution", [0.5, 5, 20])
@pytest.mark.parametrize("seed", [1, 2, 3, 8])
def test_no_plan_exceeds_every_point_by_more_than_the_resolution(
    seed: int, resolution: float
) -> None:
    asked = of_two_objectives(100 * seed, SPINE)

    frontier = trace(asked.case, resolution=resolution)

    assert frontier.complete
    for point in asked.survey.frontier():
        assert any(
            point.autonomy <= each.values[0] + Fraction(resolution)
            and point.resilience <= each.values[1] + Fraction(resolution)
            for each in frontier.points
        )


@dataclass(frozen=True)
class Knapsack:
    """Values of items on two objectives, their weights for two resources, and capacities."""

    values: tuple[tuple[int, ...], ...]
    weights: tuple[tuple[int, ...], ...]
    capacities: tuple[int, ...]


SMALL = Knapsack(((9, 8, 2, 5, 1), (1, 3, 9, 5, 8)), ((4, 3, 2, 5, 3), (1, 2, 3, 2, 4)), (9, 7))

THERE = sorted(
    file.parent.name
    for name in ("2kp50", "2kp100", "3kp40")
    for file in (Path(FOLDER).glob(f"{name}/pareto_sols.csv") if FOLDER else ())
) or ["small"]


def numbers(name: str, file: str) -> list[list[Fraction]]:
    with (Path(FOLDER or "") / name / file).open(encoding="utf-8") as stream:
        return [[Fraction(cell) for cell in row[1:]] for row in list(csv.reader(stream))[1:]]


def published(name: str) -> tuple[Knapsack, list[tuple[int, ...]]]:
    """Return the published knapsack with its answer, or the small one, every choice tried."""
    if not FOLDER:
        return SMALL, [*tried(SMALL)]
    values, weights = (
        tuple(tuple(map(int, row)) for row in numbers(name, f)) for f in ("c.csv", "a.csv")
    )
    capacities = tuple(int(row[0]) for row in numbers(name, "b.csv"))
    answer = sorted(tuple(map(int, row)) for row in numbers(name, "pareto_sols.csv"))
    return Knapsack(values, weights, capacities), answer


def tried(knapsack: Knapsack) -> list[tuple[int, int]]:
    def total(numbers: tuple[int, ...], taken: tuple[int, ...]) -> int:
        return sum(number for number, each in zip(numbers, taken, strict=True) if each)

    fits = [
        (total(knapsack.values[0], taken), total(knapsack.values[1], taken))
        for taken in product((0, 1), repeat=len(knapsack.values[0]))
        if all(
            total(weights, taken) <= most
            for weights, most in zip(knapsack.weights, knapsack.capacities, strict=True)
        )
    ]
    return sorted(
        {
            one
            for one in fits
            if not any(a >= one[0] and b >= one[1] and (a, b) != one for a, b in fits)
        }
    )


def as_case(knapsack: Knapsack) -> Case:
    """Each resource is one year of a fund; what starts takes its weights, year by year."""
    names = ("autonomy", "resilience", "openness")[: len(knapsack.values)]
    return case(
        *(
            option(
                f"X{item}",
                [weights[item] for weights in knapsack.weights],
                {name: values[item] for name, values in zip(names, knapsack.values, strict=True)},
                build_years=0,
                latest_start=2027,
            )
            for item in range(len(knapsack.values[0]))
        ),
        years=len(knapsack.capacities),
        funds=(fund(2027, *knapsack.capacities),),
        objectives=tuple(objective(name) for name in names),
        criteria=tuple(criterion(name, objective=name) for name in names),
    )


@pytest.mark.parametrize("name", THERE)
def test_the_published_frontier_is_found(name: str) -> None:
    # values stop at 100, as scores do, and 100 points make 100: indices are sums of values
    knapsack, answer = published(name)
    world = as_case(knapsack)

    frontier = trace(
        world, objectives=tuple(each.id for each in world.model.objectives), plans=Wanted.ONE
    )

    assert frontier.complete
    found = [tuple(round(float(value), 6) for value in point.values) for point in frontier.points]
    assert found == answer
