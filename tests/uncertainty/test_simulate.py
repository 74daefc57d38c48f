"""Draws: every answer is what solving the draw alone gives; what is said of all is counted."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from itertools import chain, combinations
from pathlib import Path

import numpy as np
import pytest

from choosebattles.case.case import Case
from choosebattles.case.evidence import Range, Shape
from choosebattles.errors import InputError
from choosebattles.execution.progress import Pace
from choosebattles.execution.run_pieces import Ending
from choosebattles.solving.options import Options
from choosebattles.solving.solve import solve
from choosebattles.uncertainty.altered_case import altered
from choosebattles.uncertainty.draw import Spread, Uncertainty, what_varies
from choosebattles.uncertainty.simulate import simulate
from choosebattles.uncertainty.study_options import StudyOptions
from choosebattles.uncertainty.weight_draws import Weights, draw_weights
from random_cases import draft
from small_cases import case, criterion, fund, objective, option

D = Decimal
EXACT = StudyOptions(gap=0, workers=1)


def row(name: str, quantity: str, low: float, high: float) -> Range:
    return Range(id=name, quantity=quantity, low=low, high=high)


SPREADS = [Spread("score", D("0.3"), D("0.3")), Spread("cost", D("0.1"), D("0.4"))]

# As things stand A and C fit into 100 and are worth 90.
THREE = case(
    option("A", 60, 70, own_plan=False),
    option("B", 50, 60, own_plan=2027),
    option("C", 40, 20, own_plan=True),
    funds=(fund(2027, 100),),
)


def brute_force(world: Case) -> tuple[float, dict[frozenset[str], float]]:
    """Return the best worth of any set of options that the money allows, and of every such set."""
    options = list(world.options.values())
    money = world.funds[0].amount[2027]
    sets = chain.from_iterable(combinations(options, n) for n in range(len(options) + 1))
    worth = {
        frozenset(each.id for each in chosen): float(sum(each.score["value"] for each in chosen))
        for chosen in sets
        if sum(sum(each.cost) for each in chosen) <= money
    }
    return max(worth.values()), worth


def test_every_draw_is_what_trying_every_set_gives() -> None:
    uncertain = what_varies(THREE, spreads=SPREADS)

    found = simulate(THREE, uncertain, 40, EXACT)

    assert found.nominal.taken == {"A", "C"}
    assert found.own is not None
    assert {(each.option, each.start) for each in found.own} == {("B", 2027), ("C", 2027)}
    best = Counter[str]()
    for n in range(40):
        most, worth = brute_force(altered(THREE, uncertain.draw(n).all(THREE)))
        assert found.value[n] == pytest.approx(most, abs=1e-4)
        nominal = worth.get(frozenset({"A", "C"}), np.nan)
        assert found.promised[n] == pytest.approx(nominal, nan_ok=True)
        if np.isnan(nominal):
            # what is left of the plan: A or C alone
            parts = [worth.get(frozenset({each}), 0.0) for each in "AC"]
            assert found.kept[n] == pytest.approx(max(parts), abs=1e-4)
        else:
            assert np.isnan(found.kept[n])
        best.update(max(worth.items(), key=lambda item: item[1])[0])
        for plan in found.followed:
            assert plan.values[n] == pytest.approx(worth.get(plan.taken, np.nan), nan_ok=True)
    assert 0 < np.isnan(found.promised).sum() < 40
    assert found.acceptability == {each: best[each] / 40 for each in "ABC"}
    assert found.plans.total() == 40


def test_regret_is_what_the_best_is_worth_more() -> None:
    uncertain = what_varies(THREE, spreads=SPREADS[:1])

    found = simulate(THREE, uncertain, 30, EXACT)

    for plan in found.followed:
        told = found.regret(plan)
        assert told is not None
        short = found.value - plan.values
        assert told.mean[0] == pytest.approx(short.mean(), abs=1e-6)
        # in one draw out of twenty it is more
        assert told.high[0] == pytest.approx(np.quantile(np.maximum(short, 0), 0.95), abs=1e-6)
        assert told.worst[1] == pytest.approx(short.max(), abs=1e-3)
        assert told.holds == 1
    least = found.least_regret
    assert least is not None
    assert (found.value - least.values).max() == pytest.approx(
        min((found.value - plan.values).max() for plan in found.followed), abs=1e-3
    )
    assert [each.taken for each in found.followed[:2]] == [{"A", "C"}, {"B", "C"}]


def test_draws_that_were_given_up_are_left_out() -> None:
    found = simulate(THREE, what_varies(THREE, spreads=SPREADS), 4, EXACT)
    stops = ("optimal", "work limit", "time limit", "gap")

    some = replace(
        found,
        rows=tuple({**row, "stop": stop} for row, stop in zip(found.rows, stops, strict=True)),
    )

    assert some.sure.tolist() == [True, False, False, True]
    assert some.late == 2
    assert some.plans.total() == 2


def test_a_plan_that_holds_more_often_goes_before_one_of_less_regret() -> None:
    uncertain = what_varies(THREE, spreads=SPREADS[1:])

    found = simulate(THREE, uncertain, 30, EXACT)

    least = found.least_regret
    assert least is not None
    assert least.holds.mean() == max(each.holds.mean() for each in found.followed)
    assert found.regret(found.followed[0]).holds < least.holds.mean()  # type: ignore[union-attr]


@pytest.mark.parametrize("seed", range(4))
def test_draws_of_any_case_are_as_if_solved_alone(seed: int) -> None:
    world = draft(seed)
    uncertain = what_varies(world, spreads=SPREADS)

    found = simulate(world, uncertain, 6, EXACT)

    for each, bound in zip(found.rows, found.bound, strict=True):
        turned = altered(found.case, uncertain.draw(each["number"]).all(found.case))
        weighted = turned.model.model_copy(update={"method": "weighted"})
        alone = solve(turned.model_copy(update={"model": weighted}), Options(gap=0, ties=False))
        if alone.objective is None:
            assert each["stop"] == "infeasible"
        else:
            assert each["value"] == pytest.approx(alone.objective, abs=1e-4)
            assert bound >= alone.objective - 1e-6


def test_the_same_whoever_does_it_and_however_many_there_are(tmp_path: Path) -> None:
    uncertain = what_varies(THREE, spreads=SPREADS)
    one = simulate(THREE, uncertain, 70, EXACT)

    two = simulate(THREE, uncertain, 70, replace(EXACT, workers=2))
    path = tmp_path / "study.sqlite"
    few = simulate(THREE, uncertain, 10, replace(EXACT, study=path))
    more = simulate(THREE, uncertain, 70, replace(EXACT, study=path))

    assert one.rows == two.rows == more.rows
    assert few.rows == one.rows[:10]
    assert one.ending is Ending.DONE
    for each, other in zip(one.followed, more.followed, strict=True):
        assert each.choices == other.choices
        assert np.array_equal(each.values, other.values, equal_nan=True)


def test_progress_says_what_is_being_done() -> None:
    heard: list[Pace] = []
    uncertain = what_varies(THREE, spreads=SPREADS)

    simulate(THREE, uncertain, 6, EXACT, watch=heard.append)

    assert [pace.what for pace in heard if not pace.done] == ["", "recounts of the plans found"]


def test_another_seed_or_range_is_another_study(tmp_path: Path) -> None:
    how = replace(EXACT, study=tmp_path / "study.sqlite")
    simulate(THREE, what_varies(THREE, spreads=SPREADS[:1]), 5, how)

    with pytest.raises(InputError, match="study: seed was 1 and is 2"):
        simulate(THREE, what_varies(THREE, spreads=SPREADS[:1], seed=2), 5, how)
    wider = [Spread("score", D("0.4"), D("0.3"))]
    with pytest.raises(InputError, match=r"range of score: value A, score\.A\.value was 49\.0\.\."):
        simulate(THREE, what_varies(THREE, spreads=wider), 5, how)


def test_no_plan_in_some_draws_is_counted() -> None:
    world = case(
        option("A", 60, 70),
        funds=(fund(2027, 65),),
        objectives=(objective("autonomy", floor=50),),
        ranges=(row("A", "cost", 50, 80),),
    )
    uncertain = what_varies(world)

    found = simulate(world, uncertain, 64, EXACT)

    dear = [uncertain.draw(n).numbers for n in range(64)]
    none = sum(value > 65 for each in dear for value in each.values())
    assert 0 < none == found.planless
    assert found.acceptability == {"A": 1}
    assert found.sure.sum() == 64 - none


SIX = {
    # Net income, stumpage, scenic value: Kangas, Kangas & Kurttila, table 4.23; of MREG see the test
    "NAT": (0, 0.71, 5.5),
    "SCEN": (79.6, 0.28, 5.7),
    "NORM": (38, 0.60, 5.4),
    "GAME": (33, 0.61, 5.5),
    "MREG": (102.3, 0.41, 5.2),
    "INC": (191.7, 0.13, 4.9),
}
PUBLISHED = {"NAT": 42.1, "SCEN": 32.2, "NORM": 0.0, "GAME": 3.9, "MREG": 0.1, "INC": 21.6}
CENTRAL = {"NAT": (0.176, 0.558, 0.265), "INC": (0.687, 0.180, 0.133)}


def six() -> Case:
    """Make a case of six plans of which one is bought, scaled from 0 to 100 on three objectives."""
    columns = list(zip(*SIX.values(), strict=True))
    ends = [(min(column), max(column)) for column in columns]
    return case(
        *(
            option(
                name,
                1,
                {
                    f"c{n}": round(100 * (value - ends[n][0]) / (ends[n][1] - ends[n][0]), 6)
                    for n, value in enumerate(row)
                },
            )
            for name, row in SIX.items()
        ),
        funds=(fund(2027, 1),),
        objectives=tuple(objective(f"o{n}") for n in range(3)),
        criteria=tuple(criterion(f"c{n}", objective=f"o{n}") for n in range(3)),
    )


def test_published_acceptability_of_six_plans() -> None:
    """All weights, sure scores: within half a point of the published table.

    The stumpage of MREG is 0.41 here. The table as we have it says 0.51, and no reading of the
    weights lets the published shares follow from that (see the next test). With 0.41 they do, and
    MREG then lies where the other plans but SCEN lie: 0.03 of stumpage less for every 10 of income
    more (0.71 - 0.003 * 102.3 = 0.40). So a digit was misprinted, or misread.
    """
    world = six()
    uncertain = what_varies(world, weights=Weights.SIMPLEX)
    found = simulate(world, uncertain, 64, EXACT)
    scores = np.array([[float(p) for p in each.score.values()] for each in world.options.values()])
    names = list(world.options)
    random = np.random.default_rng(1)
    others = [draw_weights(world.model.objectives, Weights.SIMPLEX, random) for _ in range(100_000)]
    weights = np.array(
        [
            *(list(uncertain.draw(n).weights.values()) for n in range(64)),
            *(list(other.values()) for other in others),
        ]
    )

    best = np.argmax(scores @ weights.T, axis=0)

    # the simulation finds in each draw the plan that the weights make best
    taken = [each["plan"][0][1] for each in found.rows]
    assert taken == [names[each] for each in best[:64]]
    # and those weights give the published shares and central weights
    for place, name in enumerate(names):
        assert 100 * (best == place).mean() == pytest.approx(PUBLISHED[name], abs=0.5)
    for name, wanted in CENTRAL.items():
        mean = weights[best == names.index(name)].mean(axis=0)
        assert mean == pytest.approx(wanted, abs=0.01)
    central = list(found.central(frozenset({"NAT"})).values())
    assert central == pytest.approx(weights[:64][best[:64] == 0].mean(axis=0))


def test_one_digit_of_the_published_table_cannot_stand() -> None:
    """MREG is published as best at 0.1 % of the weights, INC at 21.6 %."""
    random = np.random.default_rng(2)
    cuts = np.sort(random.random((200_000, 2)), axis=1)
    weights = np.diff(cuts, axis=1, prepend=0, append=1)

    def shares(stumpage: float) -> np.ndarray:
        table = np.array([*SIX.values()])
        table[list(SIX).index("MREG"), 1] = stumpage
        scaled = (table - table.min(axis=0)) / np.ptp(table, axis=0)
        best = np.argmax(weights @ scaled.T, axis=1)
        return np.asarray(100 * np.bincount(best, minlength=len(SIX)) / len(weights))

    def off(stumpage: float) -> float:
        return float(np.abs(shares(stumpage) - list(PUBLISHED.values())).max())

    place = list(SIX).index("MREG")
    assert off(0.51) == pytest.approx(7.8, abs=0.3)
    assert off(0.41) < 0.5
    assert shares(0.40)[place] == 0 < shares(0.41)[place] < 0.4 < shares(0.42)[place]


def test_arrays_and_frames() -> None:
    uncertain: Uncertainty = what_varies(THREE, spreads=SPREADS[1:])

    found = simulate(THREE, uncertain, 5, EXACT)

    arrays = found.arrays
    assert arrays["draw"].tolist() == [1, 2, 3, 4, 5]
    assert arrays["cost.A"].tolist() == [
        float(value)
        for n in range(5)
        for each, value in uncertain.draw(n).numbers.items()
        if each.name == "cost.A"
    ]
    assert arrays["objective"].tolist() == found.value.tolist()
    assert set(arrays["start.A"].tolist()) <= {0, 2027}
    assert found.to_frame()["draw"].to_list() == [1, 2, 3, 4, 5]
    weights = simulate(six(), what_varies(six(), weights=Weights.SIMPLEX), 3, EXACT).arrays
    assert weights["weight.o0"] + weights["weight.o1"] + weights["weight.o2"] == pytest.approx(1)


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"common": 0.5}, r"common share of costs was 0.* and is 0\.5"),
        ({"shape": Shape.UNIFORM}, "shape was pert and is uniform"),
        ({"weights": Weights.SIMPLEX}, "weights was fixed and is simplex"),
    ],
)
def test_what_is_drawn_in_another_way_is_another_study(
    other: dict[str, object], told: str, tmp_path: Path
) -> None:
    how = replace(EXACT, study=tmp_path / "study.sqlite")
    simulate(THREE, what_varies(THREE, spreads=SPREADS, common=0), 2, how)

    asked = what_varies(THREE, spreads=SPREADS, **({"common": 0} | other))  # type: ignore[arg-type]
    with pytest.raises(InputError, match=told):
        simulate(THREE, asked, 2, how)


def test_weights_of_draws_that_were_given_up_are_not_the_central_ones() -> None:
    # All weights are drawn; A and C are found in every draw, and only the first one is sure.
    both = (objective("autonomy"), objective("resilience"))
    world = case(
        option("A", 10, 10),
        objectives=both,
        criteria=(criterion("value"), criterion("holding", objective="resilience")),
        funds=(fund(2027, 10),),
    )
    found = simulate(world, what_varies(world, weights=Weights.SIMPLEX), 3, EXACT)
    stops = ("optimal", "work limit", "time limit")
    some = replace(
        found,
        rows=tuple({**row, "stop": stop} for row, stop in zip(found.rows, stops, strict=True)),
    )

    assert some.central(frozenset({"A"})) == pytest.approx(found.draw(0).weights)


def test_the_least_worst_regret_is_the_least_that_is_proved() -> None:
    # In the second draw 106 are not ruled out: A and C fall short by 5 to 6 at worst, the other
    # plan by 4 to 10.
    found = simulate(THREE, what_varies(THREE, spreads=SPREADS), 2, EXACT)
    rows = tuple(
        {**row, "stop": "gap", "value": 100.0, "bound": bound}
        for row, bound in zip(found.rows, (100.0, 106.0), strict=True)
    )
    first, second = found.followed[:2]
    plans = (
        replace(first, values=np.array([95.0, 100.0])),
        replace(second, values=np.array([100.0, 96.0])),
    )

    some = replace(found, rows=rows, followed=plans)

    assert [some.regret(plan).worst for plan in plans] == [(5, 6), (4, 10)]  # type: ignore[union-attr]
    assert some.least_regret is plans[0]
