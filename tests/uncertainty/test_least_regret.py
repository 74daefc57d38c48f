"""The plan of least worst regret: against every plan tried in every draw."""

from dataclasses import replace
from decimal import Decimal
from itertools import product

import numpy as np
import pytest

from choosebattles.audit.plan_validity import allowed_starts
from choosebattles.case.case import Case
from choosebattles.case.plan import Choice
from choosebattles.solving.outcome import Stop
from choosebattles.uncertainty.altered_case import altered
from choosebattles.uncertainty.draw import Spread, what_varies
from choosebattles.uncertainty.least_regret import RegretProgress, least_regret
from choosebattles.uncertainty.recount_in_each_case import Recounting
from choosebattles.uncertainty.simulate import Choices, Simulation, simulate
from choosebattles.uncertainty.weight_draws import Weights
from random_cases import draft
from small_cases import case, criterion, fund, investment, layer, objective, option
from uncertainty.test_simulate import EXACT, SPREADS, THREE, row

D = Decimal


def every_plan(world: Case) -> list[Choices]:
    """Return every combination of options and starts, allowed or not."""
    ways = [
        [
            None,
            *(
                (each.id, name.id, start)
                for name in each.options
                for start in allowed_starts(world, name)
            ),
        ]
        for each in world.investments
    ]
    return [tuple(Choice(*each) for each in plan if each is not None) for plan in product(*ways)]


def check_value(found: Simulation) -> tuple[float, list[Choices]]:
    """Return the least worst regret of all plans that hold always, and the plans that have it."""
    worst: dict[Choices, float] = {}
    counting = Recounting()
    draws = [
        (n, altered(found.case, found.draw(n).all(found.case)))
        for n in range(len(found.rows))
        if found.sure[n]
    ]
    plans = [
        each for each in every_plan(found.case) if counting.recount_if_allowed(found.case, each)
    ]
    best = {
        n: max(
            (held.value for each in plans if (held := counting.recount_if_allowed(turned, each))),
            default=0,
        )
        for n, turned in draws
    }
    for plan in plans:
        values = [(n, counting.recount_if_allowed(turned, plan)) for n, turned in draws]
        if all(held is not None for _n, held in values):
            regrets = [
                max(float(found.value[n]), best[n]) - held.value for n, held in values if held
            ]
            worst[plan] = max(regrets, default=0.0)
    if not worst:
        return np.inf, []
    least = min(worst.values())
    return least, [plan for plan, value in worst.items() if value <= least + 1e-4]


@pytest.mark.parametrize(
    "spreads", [SPREADS[:1], SPREADS[1:], SPREADS], ids=["scores", "costs", "both"]
)
def test_no_plan_tried_has_less(spreads: list[Spread]) -> None:
    simulated = simulate(THREE, what_varies(THREE, spreads=spreads), 20, EXACT)

    found = least_regret(simulated)

    least, plans = check_value(simulated)
    assert found.least is not None
    assert found.least.plan is not None
    assert found.least.proved
    assert found.least.low == pytest.approx(least, abs=1e-3)
    assert found.least.worst == pytest.approx((least, least), abs=1e-3)
    assert found.least.plan.choices in plans
    assert found.least.plan in found.followed
    told = found.regret(found.least.plan)
    assert told is not None
    assert told.holds == 1
    assert told.worst[0] == pytest.approx(least, abs=1e-3)


def test_a_plan_that_is_best_in_no_draw_may_have_the_least() -> None:
    """LEFT and RIGHT are best at one end each; BOTH halves, best nowhere, regrets least."""
    world = case(
        option("LEFT", 10, {"a": 100, "b": 0}),
        option("RIGHT", 10, {"a": 0, "b": 100}),
        option("MIDDLE", 10, {"a": 49, "b": 49}),
        funds=(fund(2027, 10),),
        objectives=(objective("o0"), objective("o1")),
        criteria=(criterion("a", objective="o0"), criterion("b", objective="o1")),
    )
    simulated = simulate(world, what_varies(world, weights=Weights.SIMPLEX), 40, EXACT)

    found = least_regret(simulated)

    assert all("MIDDLE" not in plan for plan in simulated.plans)
    assert found.least is not None
    assert found.least.plan is not None
    assert found.least.plan.taken == {"MIDDLE"}
    assert found.least.plan not in simulated.followed
    assert found.followed[-1] is found.least.plan
    assert found.least.plan.share == 0
    assert found.least.decisive < 6
    assert found.least_regret is found.least.plan


@pytest.mark.parametrize("seed", range(6))
def test_of_any_case_no_plan_tried_has_less(seed: int) -> None:
    world = draft(seed)
    simulated = simulate(world, what_varies(world, spreads=SPREADS), 6, EXACT)

    found = least_regret(simulated)

    least, plans = check_value(simulated)
    told = found.least
    assert told is not None
    if not plans:
        assert told.plan is None
        assert told.impossible or not told.compared
        return
    if not told.compared:
        assert told.plan is None
        return
    assert told.plan is not None
    assert told.low <= least + 1e-3
    assert told.worst[1] == pytest.approx(least, abs=1e-3)
    assert told.proved


def test_saturating_layers_and_floors_are_each_draw_s_own() -> None:
    world = case(
        investment("A", option("A", 60, 70), layer="L"),
        investment("B", option("B", 50, 60), layer="L"),
        option("C", 40, 20),
        funds=(fund(2027, 110),),
        layers=(layer("L", 80, D("0.5")),),
    )
    simulated = simulate(world, what_varies(world, spreads=SPREADS), 12, EXACT)

    found = least_regret(simulated)

    least, plans = check_value(simulated)
    assert found.least is not None
    assert found.least.plan is not None
    assert found.least.plan.choices in plans
    assert found.least.low == pytest.approx(least, abs=1e-3)


def test_a_floor_is_asked_of_the_scores_of_every_draw() -> None:
    """A is best as things stand and falls below the floor in some draws; B never does."""
    world = case(
        option("A", 60, 70),
        option("B", 60, 50),
        funds=(fund(2027, 65),),
        objectives=(objective("autonomy", floor=40),),
        ranges=(row("A", "score: value", 20, 90), row("B", "score: value", 45, 55)),
    )
    simulated = simulate(world, what_varies(world), 40, EXACT)

    found = least_regret(simulated)

    least, plans = check_value(simulated)
    assert simulated.nominal.taken == {"A"}
    assert np.isnan(simulated.promised).any()
    assert found.least is not None
    assert found.least.plan is not None
    assert found.least.plan.taken == {"B"}
    assert found.least.plan.choices in plans
    assert found.least.low == pytest.approx(least, abs=1e-3)
    assert found.least.proved


def test_where_no_plan_holds_in_every_draw_that_is_proved() -> None:
    """A must be taken for the floor, at 50 to 80 of 65; B does in the draws in which A is dear."""
    world = case(
        option("A", 60, 70),
        option("B", 60, 70),
        funds=(fund(2027, 65),),
        objectives=(objective("autonomy", floor=30),),
        ranges=(row("A", "cost", 50, 80), row("B", "cost", 50, 80)),
    )
    simulated = simulate(world, what_varies(world, common=0), 40, EXACT)

    found = least_regret(simulated)

    assert found.least is not None
    assert found.least.impossible
    assert found.least.plan is None
    assert found.followed == simulated.followed


def test_draws_known_within_a_gap_leave_an_interval() -> None:
    loose = replace(EXACT, gap=0.2)
    simulated = simulate(THREE, what_varies(THREE, spreads=SPREADS[:1]), 20, loose)

    told = least_regret(simulated).least

    assert told is not None
    low, high = told.worst
    assert told.low <= low + 1e-4 <= high + 1e-4
    assert 0 < high - low <= (simulated.bound - simulated.value).max() + 1e-6


def test_out_of_time_keeps_what_is_known() -> None:
    simulated = simulate(THREE, what_varies(THREE, spreads=SPREADS), 20, EXACT)

    told = least_regret(simulated, 0.0).least

    assert told is not None
    assert told.stop is Stop.TIME_LIMIT
    assert told.low == 0
    held = [each for each in simulated.followed if each.holds.all()]
    assert (told.plan is not None) == bool(held)


def test_ctrl_c_keeps_what_is_known() -> None:
    simulated = simulate(THREE, what_varies(THREE, spreads=SPREADS), 20, EXACT)
    seen: list[RegretProgress] = []

    def interrupt(sought: RegretProgress) -> None:
        seen.append(sought)
        raise KeyboardInterrupt

    told = least_regret(simulated, watch=interrupt).least

    assert told is not None
    assert told.stop is Stop.INTERRUPTED
    assert told.low == seen[0].low
    assert len(seen) == 1


def test_where_scores_are_tiny_so_is_what_is_called_nothing() -> None:
    """LEFT is worth 0.001 points or so: regrets of a ten thousandth are apart, and not proved."""
    world = case(
        option("LEFT", 10, "0.001"),
        option("RIGHT", 10, "0.0009"),
        funds=(fund(2027, 10),),
        points_for_100=100,
    )
    least = least_regret(simulate(world, what_varies(world, spreads=SPREADS[:1]), 8, EXACT)).least

    assert least is not None
    assert least.unit < 0.01
    assert least.proved
    assert not replace(least, low=0.0, worst=(1e-4, 1e-4)).proved
