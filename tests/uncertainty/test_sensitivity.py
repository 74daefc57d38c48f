"""What causes the spread: against exact variances, and against indices of tried answers."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from choosebattles.case.case import Case
from choosebattles.case.evidence import Shape
from choosebattles.errors import InputError
from choosebattles.execution.progress import Pace
from choosebattles.execution.run_pieces import Ending
from choosebattles.execution.study import Study
from choosebattles.execution.task import Row
from choosebattles.uncertainty.altered_case import altered
from choosebattles.uncertainty.draw import COMMON, WEIGHTS, Spread, Uncertainty, what_varies
from choosebattles.uncertainty.sensitivity import (
    BestPiecesWorker,
    Causes,
    Designed,
    Index,
    Sensitivity,
    SpreadOf,
    sensitivity,
)
from choosebattles.uncertainty.simulate import Simulation, simulate
from choosebattles.uncertainty.weight_draws import Weights
from random_cases import draft
from small_cases import case, fund, objective, option
from uncertainty.test_simulate import EXACT, SPREADS, THREE, brute_force, row, six

D = Decimal


def simulation_of(
    world: Case, uncertain: Uncertainty, draws: int = 20, **how: object
) -> Simulation:
    return simulate(world, uncertain, draws, replace(EXACT, **how))  # type: ignore[arg-type]


def by_name(causes: Causes | None) -> dict[tuple[str, ...], Index]:
    assert causes is not None
    return {index.inputs: index for index in causes.indices}


@pytest.mark.parametrize("shape", [Shape.PERT, Shape.TRIANGULAR, Shape.UNIFORM])
def test_parts_of_a_sum_are_those_of_the_variances(shape: Shape) -> None:
    """The plan A and C is worth the sum of its scores, so each causes its own variance."""
    uncertain = what_varies(THREE, spreads=SPREADS[:1], shape=shape)

    found = sensitivity(simulation_of(THREE, uncertain, 4), 128, best=False)

    # A is 49, 70, 91; C is 14, 20, 26: variances are as 42 ** 2 to 12 ** 2, whatever the shape.
    whole = 42**2 + 12**2
    parts = by_name(found.of(SpreadOf.WORTH))
    for name, width in (("A", 42), ("C", 12), ("B", 0)):
        told = parts[f"score: value {name}",]
        for low, at, high in (told.alone, told.together):
            assert at == pytest.approx(width**2 / whole, abs=0.05)
            assert low <= at <= high
            assert low - 0.02 <= width**2 / whole <= high + 0.02
    spread = found.of(SpreadOf.WORTH)
    assert spread is not None
    variance = {
        Shape.PERT: 42**2 / 28,  # beta(3, 3): width ** 2 * 9 / (36 * 7)
        Shape.TRIANGULAR: 42**2 / 24,  # symmetric: width ** 2 / 24
        Shape.UNIFORM: 42**2 / 12,
    }[shape]
    assert spread.spread == pytest.approx((variance * whole / 42**2) ** 0.5, rel=0.05)
    assert found.constant == (SpreadOf.HOLDS,)
    assert found.answers == 0
    assert found.of(SpreadOf.BEST) is None


def test_what_is_found_are_the_indices_of_tried_answers() -> None:
    """Every piece of the design is answered by trying every set."""
    uncertain = what_varies(THREE, spreads=SPREADS)
    simulated = simulation_of(THREE, uncertain, 8)

    found = sensitivity(simulated, 16, inputs=6)

    names = uncertain.names
    assert COMMON in names
    assert len(names) == 7
    worth = {SpreadOf.WORTH: [], SpreadOf.HOLDS: [], SpreadOf.BEST: []}  # type: ignore[var-annotated]
    design = Designed(uncertain, tuple((name,) for name in names), 16)
    for piece in range(design.count):
        turned = altered(THREE, design.draw(piece).all(THREE))
        most, sets = brute_force(turned)
        held = sets.get(frozenset("AC"))
        worth[SpreadOf.BEST].append(most)
        worth[SpreadOf.HOLDS].append(float(held is not None))
        scores = {each.id: float(each.score["value"]) for each in turned.options.values()}
        worth[SpreadOf.WORTH].append(scores["A"] + scores["C"])
    for outcome, values in worth.items():
        table = np.array(values).reshape(16, 9)
        told = stats.sobol_indices(
            func={
                "f_A": table[:, 0][None],
                "f_B": table[:, 1][None],
                "f_AB": table[:, 2:].T[:, None],
            },
            n=16,
        )
        parts = by_name(found.of(outcome))
        assert len(parts) == 7
        for place, name in enumerate(names):
            first, total = np.clip([told.first_order[place], told.total_order[place]], 0, 1)
            assert parts[name,].alone[1] == pytest.approx(first, abs=1e-4)
            assert parts[name,].together[1] == pytest.approx(total, abs=1e-4)
    # scores say nothing of what can be paid for, and costs nothing of what a plan is worth
    holds, value = by_name(found.of(SpreadOf.HOLDS)), by_name(found.of(SpreadOf.WORTH))
    assert holds["score: value A",].together == (0, 0, 0)
    assert holds[COMMON,].together[0] > 0.1
    assert value["cost A",].together == value[COMMON,].together == (0, 0, 0)
    assert found.answers == design.count


def test_a_piece_draws_from_b_what_it_should() -> None:
    world = six()
    uncertain = what_varies(
        world, spreads=[Spread("score", D(10), D(10), points=True)], weights=Weights.SIMPLEX
    )
    names = uncertain.names
    design = Designed(uncertain, ((names[0],), (WEIGHTS,), tuple(names[1:3])), 16)

    for number in range(16):
        a, b, first, weights, pair = (design.draw(number * 5 + place) for place in range(5))
        parameters = [range_.parameters[0] for range_ in uncertain.ranges]
        assert all(a.numbers[parameter] != b.numbers[parameter] for parameter in parameters)
        for mixed, changed in ((first, {0}), (weights, set()), (pair, {1, 2})):
            for place, parameter in enumerate(parameters):
                source = b if place in changed else a
                assert mixed.numbers[parameter] == source.numbers[parameter]
        assert weights.weights == b.weights != a.weights == first.weights == pair.weights


@pytest.mark.parametrize("shape", [Shape.PERT, Shape.TRIANGULAR, Shape.UNIFORM])
@pytest.mark.parametrize("common", [0.0, 0.5, 1.0])
def test_every_number_of_the_design_keeps_its_own_distribution(shape: Shape, common: float) -> None:
    uncertain = what_varies(
        THREE, spreads=[Spread("cost", D("0.2"), D("0.4"))], shape=shape, common=common
    )
    design = Designed(uncertain, tuple((name,) for name in uncertain.names), 256)

    low, likely, high = 48, 60, 84
    if shape is Shape.PERT:
        ends = 1 + 4 * 12 / 36, 1 + 4 * 24 / 36
        wanted = stats.beta(*ends, loc=low, scale=high - low)
    elif shape is Shape.UNIFORM:
        wanted = stats.uniform(low, high - low)
    else:
        wanted = stats.triang((likely - low) / (high - low), loc=low, scale=high - low)
    for half in (0, 1):
        costs = np.array(
            [
                [
                    float(each)
                    for each in design.draw(number * design.pieces_of_draw + half).numbers.values()
                ]
                for number in range(256)
            ]
        )
        assert stats.kstest(costs[:, 0], wanted.cdf).statistic < 0.04
        together = stats.spearmanr(costs[:, 0], costs[:, 1]).statistic
        if common == 1:
            assert together == pytest.approx(1)
        else:
            # of a Gaussian copula: 6 / pi * arcsin(common / 2)
            assert together == pytest.approx(6 / np.pi * np.arcsin(common / 2), abs=0.12)


def test_weights_alone_cause_everything() -> None:
    world = six()
    uncertain = what_varies(world, weights=Weights.SIMPLEX)

    found = sensitivity(simulation_of(world, uncertain, 8), 32)

    for outcome in (SpreadOf.WORTH, SpreadOf.BEST):
        told = by_name(found.of(outcome))
        assert list(told) == [(WEIGHTS,)]
        assert told[WEIGHTS,].together[2] == 1
        assert told[WEIGHTS,].together[1] > 0.6


def test_inputs_that_go_least_with_the_answer_count_together() -> None:
    uncertain = what_varies(THREE, spreads=SPREADS)

    found = sensitivity(simulation_of(THREE, uncertain), 16, inputs=2)

    groups = by_name(found.of(SpreadOf.BEST))
    assert by_name(found.of(SpreadOf.WORTH)).keys() == groups.keys()
    assert sorted(map(len, groups)) == [1, 1, 1, 4]
    assert (COMMON,) in groups
    assert sorted(each for group in groups for each in group) == sorted(uncertain.names)
    assert found.answers == 16 * 6


def test_the_same_whoever_does_it_and_more_are_added_to_those_done(tmp_path: Path) -> None:
    uncertain = what_varies(THREE, spreads=SPREADS)
    one = sensitivity(simulation_of(THREE, uncertain), 32, inputs=2)

    two = sensitivity(simulation_of(THREE, uncertain, workers=2), 32, inputs=2)
    path = tmp_path / "study.sqlite"
    few = sensitivity(simulation_of(THREE, uncertain, study=path), 16, inputs=2)
    paces: list[tuple[SpreadOf, Pace]] = []

    def watch(outcome: SpreadOf) -> object:
        return lambda pace: paces.append((outcome, pace))

    kept = simulation_of(THREE, uncertain, study=path)
    more = sensitivity(kept, 32, inputs=2, watch=watch)  # type: ignore[arg-type]
    again = sensitivity(kept, 32, inputs=2)

    for other in (two, more, again):
        assert other.causes == one.causes
        assert other.constant == one.constant
    assert few.base == 16
    # 6 pieces a base draw: of 192, 96 were there
    worth = [pace.done for outcome, pace in paces if outcome is SpreadOf.WORTH]
    assert worth == list(range(96, 193))
    assert {pace.count for outcome, pace in paces if outcome is SpreadOf.BEST} == {192}


def test_what_is_stopped_says_nothing_and_is_taken_up_again(tmp_path: Path) -> None:
    uncertain = what_varies(THREE, spreads=SPREADS)
    kept = simulation_of(THREE, uncertain, study=tmp_path / "study.sqlite")

    def interrupt(_outcome: SpreadOf) -> object:
        def stop(_pace: Pace) -> None:
            raise KeyboardInterrupt

        return stop

    stopped = sensitivity(kept, 32, watch=interrupt)  # type: ignore[arg-type]
    assert stopped.ending is Ending.INTERRUPTED
    assert stopped.causes == ()

    assert sensitivity(kept, 32).causes == sensitivity(simulation_of(THREE, uncertain), 32).causes


def test_ctrl_c_between_the_blocks_stops_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_told: object) -> None:
        raise KeyboardInterrupt

    simulated = simulation_of(THREE, what_varies(THREE, spreads=SPREADS), 4)
    monkeypatch.setattr("choosebattles.uncertainty.sensitivity._indices", interrupt)

    found = sensitivity(simulated, 16)

    assert found.ending is Ending.INTERRUPTED
    assert found.causes == ()


def test_base_draws_with_an_answer_missing_are_left_out() -> None:
    """At a cost of more than 65 there is no plan: such base draws cannot be compared."""
    world = case(
        option("A", 60, 70),
        funds=(fund(2027, 65),),
        objectives=(objective("autonomy", floor=50),),
        ranges=(row("A", "cost", 50, 70), row("A", "score: value", 60, 80)),
    )
    uncertain = what_varies(world)

    found = sensitivity(simulation_of(world, uncertain), 128)

    design = Designed(uncertain, tuple((name,) for name in uncertain.names), 128)
    cost = next(
        parameter
        for row in uncertain.ranges
        for parameter in row.parameters
        if "cost" in parameter.name
    )
    complete = sum(
        all(
            design.draw(n * design.pieces_of_draw + p).numbers[cost] <= 65
            for p in range(design.pieces_of_draw)
        )
        for n in range(128)
    )
    told = found.of(SpreadOf.BEST)
    assert told is not None
    assert told.base == 2 ** int(np.log2(complete)) < 128
    assert told.left_out == 128 - told.base
    assert by_name(told)["score: value A",].together[1] == pytest.approx(1, abs=0.1)
    assert by_name(found.of(SpreadOf.HOLDS))["cost A",].together[1] > 0.3


def test_a_dead_input_never_has_an_index_of_its_own() -> None:
    # Z is far too dear at any draw: what it costs, and what it is worth, changes nothing.
    world = case(
        option("A", 60, 70),
        option("B", 50, 60),
        option("Z", 500, 60),
        funds=(fund(2027, 100),),
        ranges=(
            row("A", "score: value", 40, 90),
            row("B", "score: value", 30, 90),
            row("Z", "cost", 150, 600),
            row("Z", "score: value", 10, 90),
        ),
    )
    for seed in range(1, 5):
        found = sensitivity(
            simulation_of(world, what_varies(world, seed=seed)), 16, inputs=4, best=False
        )

        named = {index.inputs for causes in found.causes for index in causes.indices}
        single = {names for names in named if len(names) == 1}
        assert single <= {("score: value A",), ("score: value B",)}
        (others,) = named - single
        assert {"cost Z", "score: value Z", "costs in common"} <= set(others)


def test_too_few_complete_base_draws_say_nothing() -> None:
    world = case(
        option("A", 60, 70),
        funds=(fund(2027, 51),),
        objectives=(objective("autonomy", floor=50),),
        ranges=(row("A", "cost", 50, 70),),
    )

    found = sensitivity(simulation_of(world, what_varies(world)), 16)

    assert found.causes == ()


@pytest.mark.parametrize("seed", range(3))
def test_indices_of_any_case_are_parts(seed: int) -> None:
    world = draft(seed)

    found = sensitivity(simulation_of(world, what_varies(world, spreads=SPREADS), 10), 16, inputs=2)

    assert found.ending is Ending.DONE
    for number in numbers(found):
        low, at, high = number
        assert 0 <= low <= at <= high <= 1


def numbers(found: Sensitivity) -> Iterator[tuple[float, float, float]]:
    for causes in found.causes:
        assert causes.spread > 0
        for index in causes.indices:
            yield from (index.alone, index.together)


@pytest.mark.parametrize("base", [0, 8, 100, 2**14])
def test_base_draws_are_a_power_of_two(base: int) -> None:
    simulated = simulation_of(THREE, what_varies(THREE, spreads=SPREADS), 4)

    with pytest.raises(
        InputError, match=r"CB-R04 --indices: found .* a power of 2 from 16 to 8,192"
    ):
        sensitivity(simulated, base)


def test_the_gap_is_told_of() -> None:
    uncertain = what_varies(THREE, spreads=SPREADS[:1])
    exact, loose = (simulation_of(THREE, uncertain, gap=gap) for gap in (0, 0.2))

    floors = [sensitivity(each, 16).of(SpreadOf.BEST) for each in (exact, loose)]

    assert floors[0] is not None
    assert floors[0].floor < 1e-9
    assert floors[1] is not None
    assert floors[1].floor > 0.01


@pytest.mark.parametrize("base", [True, False])
def test_what_either_answer_leaves_open_may_be_the_gap(
    monkeypatch: pytest.MonkeyPatch, *, base: bool
) -> None:
    """A part is told from two answers: the gap of one alone may be all there is of it."""
    exact = BestPiecesWorker.do

    def loose(worker: BestPiecesWorker, piece: int) -> Row:
        found = exact(worker, piece)
        place = piece % pieces_of_draw
        open_points = float(not place if base else place > 1)
        return {**found, "bound": found["bound"] + open_points}

    monkeypatch.setattr(BestPiecesWorker, "do", loose)
    simulated = simulation_of(THREE, what_varies(THREE, spreads=SPREADS[:1]), workers=1)
    pieces_of_draw = 2 + 3  # from A, from B, and one for each of three scores

    causes = sensitivity(simulated, 16).of(SpreadOf.BEST)

    assert causes is not None
    assert len(causes.indices) == 3
    assert causes.floor == pytest.approx(1 / (2 * causes.spread**2), rel=1e-4)


def test_another_study_in_its_place_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "study.sqlite"
    kept = simulation_of(THREE, what_varies(THREE, spreads=SPREADS), 4, study=path)
    path.unlink()
    Study({"another": "study"}, path).close()

    with pytest.raises(InputError, match="another is gone"):
        sensitivity(kept, 16)
