"""Sweeps: every point is what solving it alone gives, whoever does it."""

import pickle
from dataclasses import replace
from decimal import Decimal
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from choosebattles.case.case import Case
from choosebattles.case.evidence import SweepAs
from choosebattles.case.evidence import SweepRow as Row
from choosebattles.case.parameter import budget, names, replaced, value
from choosebattles.case.plan import Choice
from choosebattles.errors import InputError
from choosebattles.execution.run_pieces import Ending
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop
from choosebattles.solving.resolver import Resolver
from choosebattles.solving.resolver_question import SolverQuestion
from choosebattles.solving.solve import solve
from choosebattles.uncertainty import nominal_plan as start
from choosebattles.uncertainty.altered_case import altered, find_parameter, number
from choosebattles.uncertainty.nominal_plan import Nominal
from choosebattles.uncertainty.study_options import StudyOptions
from choosebattles.uncertainty.sweep import SweepTask, sweep
from choosebattles.uncertainty.sweep_design import Axis, Design, SweepPlan, lay_out
from random_cases import draft
from small_cases import case, criterion, fund, objective, option

EXACT = StudyOptions(gap=0, workers=1)

# 60 + 40 = 100 is worth 70 + 20 = 90; up to 110 nothing else fits; 60 + 50 = 110 is worth 130.
THREE = case(
    option("A", 60, 70), option("B", 50, 60), option("C", 40, 20), funds=(fund(2027, 100),)
)


def axis(name: str, *values: float, kind: SweepAs = SweepAs.VALUE) -> Axis:
    return Axis(name, kind=kind, values=tuple(Decimal(str(each)) for each in values))


def test_a_budget_is_swept() -> None:
    found = sweep(THREE, SweepPlan((axis("fund.STATE", 39, 40, 50, 60, 90, 100, 110, 150),)), EXACT)

    assert [step.value for step in found.steps] == [0, 20, 60, 70, 80, 90, 130, 150]
    assert [step.bound for step in found.steps] == pytest.approx(
        [step.value for step in found.steps], abs=1e-5
    )
    assert {step.stop for step in found.steps} == {Stop.OPTIMAL}
    assert found.steps[4].starts == {"B": 2027, "C": 2027}
    assert (found.nominal.value, found.ending) == (90, Ending.DONE)


def test_the_budget_as_a_whole_is_a_share_of_every_fund() -> None:
    two = case(
        option("A", 60, 70),
        option("B", 50, 60),
        funds=(fund(2027, 50), fund(2027, 50, id="EU")),
    )
    found = sweep(two, SweepPlan((Axis("Budget", Decimal("0.5"), Decimal("1.1"), 3),)), EXACT)

    # 0.8 of 100 buys A alone; 1.1 of 100 both
    assert [float(step.numbers[0] or 0) for step in found.steps] == [0.5, 0.8, 1.1]
    assert [step.value for step in found.steps] == [60, 70, 130]


def test_a_weight_is_swept_and_points_for_100_stay() -> None:
    world = case(
        option("A", 1, {"value": 60}),
        option("B", 1, {"strength": 50}),
        funds=(fund(2027, 1),),
        objectives=(objective("autonomy"), objective("resilience")),
        criteria=(criterion("value"), criterion("strength", objective="resilience")),
        points_for_100=None,
    )
    found = sweep(world, SweepPlan((axis("weight.autonomy", 0.5, 1, 3),)), EXACT)

    # P is 60 throughout. Weights 1/3, 1/2, 3/4: B 2/3 of 50/60, then A 1/2 and 3/4 of 100.
    assert [step.value for step in found.steps] == pytest.approx([2 / 3 * 500 / 6, 50, 75])
    assert [set(step.starts or ()) for step in found.steps] == [{"B"}, {"A"}, {"A"}]


@pytest.mark.parametrize("seed", range(6))
def test_every_point_is_as_if_solved_alone(seed: int) -> None:
    world = draft(seed)
    plan = SweepPlan((Axis("budget", Decimal("0.3"), Decimal("1.2"), 9),))

    found = sweep(world, plan, EXACT)

    for step in found.steps:
        share = step.numbers[0]
        assert share is not None
        alone = solve(budget(found.case, share), Options(gap=0, ties=False, conflict=False))
        method_is_weighted = world.model.method.value == "weighted"
        if alone.objective is None:
            assert step.stop is Stop.INFEASIBLE
        elif method_is_weighted:
            assert step.value == pytest.approx(alone.objective, abs=1e-5)


def test_all_processes_and_resumed_runs_say_the_same(tmp_path: Path) -> None:
    world = draft(3)
    plan = SweepPlan((Axis("budget", Decimal("0.2"), Decimal("1.3"), 20),))
    one = sweep(world, plan, EXACT)

    two = sweep(world, plan, replace(EXACT, workers=2))
    path = tmp_path / "study.sqlite"
    cut = sweep(world, plan, replace(EXACT, study=path, time_limit=0))
    resumed = sweep(world, plan, replace(EXACT, study=path))

    assert cut.ending is Ending.TIME_LIMIT
    assert len(cut.steps) == 1
    assert one.steps == two.steps == resumed.steps


@pytest.mark.parametrize("design", [Design.LATIN, Design.SOBOL])
def test_points_of_another_seed_are_another_study(design: Design, tmp_path: Path) -> None:
    how = replace(EXACT, study=tmp_path / "study.sqlite")
    plan = SweepPlan((axis("fund.STATE", 40, 50),), design, points=4, seed=1)
    first = sweep(THREE, plan, how)

    with pytest.raises(InputError, match=r"points: 4, as before, but with other values"):
        sweep(THREE, replace(plan, seed=2), how)
    assert sweep(THREE, plan, how).steps == first.steps


def test_a_changed_case_is_refused_by_name(tmp_path: Path) -> None:
    how = replace(EXACT, study=tmp_path / "study.sqlite")
    plan = SweepPlan((axis("fund.STATE", 40, 50),))
    sweep(THREE, plan, how)

    with pytest.raises(InputError, match=r"found investments\.B\.options\.B\.cost\.1 was 50"):
        sweep(replaced(THREE, "cost.B", 51), plan, how)
    with pytest.raises(InputError, match=r"study: points was 2 and is 3"):
        sweep(THREE, SweepPlan((axis("fund.STATE", 40, 50, 60),)), how)


def test_one_at_a_time_leaves_the_others_as_they_are() -> None:
    plan = SweepPlan((axis("cost.A", 50, 70), axis("score.B.value", 0, 1.5, kind=SweepAs.TIMES)))

    found = sweep(THREE, plan, EXACT)

    # A at 50: with B it is 100, worth 130. A at 70: B + C = 90, worth 80; A alone is 70.
    # B worthless: A + C = 90. B worth 90: B + C = 110.
    assert [step.numbers for step in found.steps] == [(50, None), (70, None), (None, 0), (None, 90)]
    assert [step.value for step in found.steps] == [130, 80, 90, 110]


def test_a_grid_has_every_pair() -> None:
    plan = SweepPlan((axis("cost.A", 50, 70), axis("cost.B", 30, 60)), Design.GRID)

    found = sweep(THREE, plan, EXACT)

    # money is 100: 50 + 30; 50, 60 with C 50 + 40; 70 + 30; 70, 60 with C 60 + 40
    assert [step.value for step in found.steps] == [130, 90, 130, 80]


@pytest.mark.parametrize("design", [Design.LATIN, Design.SOBOL])
def test_samples_fill_the_ranges(design: Design) -> None:
    plan = SweepPlan((axis("cost.A", 50, 70), axis("cost.B", 30, 60)), design, points=20, seed=7)

    found = lay_out(THREE, plan)

    cube = np.array([[float(n or 0) for n in point] for point in found.points])
    # a Sobol sequence is even at powers of 2 alone
    assert cube.shape == (20 if design is Design.LATIN else 32, 2)
    assert ((cube >= [50, 30]) & (cube <= [70, 60])).all()
    assert found == lay_out(THREE, plan)
    assert found != lay_out(THREE, replace(plan, seed=8))
    if design is Design.LATIN:
        # one in each twentieth of either range
        assert sorted(np.floor(cube[:, 0] - 50)) == list(range(20))
    else:
        # one in each half, quarter, ... of either range
        assert sorted(np.floor((cube[:, 0] - 50) / 20 * 32)) == list(range(32))
        assert [*found.points] == [*lay_out(THREE, replace(plan, points=32)).points]
        assert [*found.points][:16] == [*lay_out(THREE, replace(plan, points=9)).points]


def test_points_are_made_when_they_are_asked_for() -> None:
    axes = tuple(axis(name, *range(1, 101)) for name in ("cost.A", "cost.B", "cost.C"))
    plan = SweepPlan(axes, Design.GRID)

    points = lay_out(THREE, plan).points

    # the last number varies first: 100 * 100 * 100 of them, as the digits of a number
    assert (len(points), plan.count) == (1_000_000, 1_000_000)
    ends = [[float(number or 0) for number in points[place]] for place in (0, 101, 999_999)]
    assert ends == [[1, 1, 1], [1, 2, 2], [100, 100, 100]]
    assert len(pickle.dumps(points)) < 100_000
    few = lay_out(THREE, SweepPlan((axis("cost.A", 1, 2, 3), axis("cost.B", 4, 5)), Design.GRID))
    assert [*few.points] == [*product((1, 2, 3), (4, 5))]
    with pytest.raises(IndexError):
        few.points[6]


@pytest.mark.parametrize("design", Design)
def test_how_many_points_a_plan_has_is_known_before_they_are_laid_out(design: Design) -> None:
    plan = SweepPlan(
        (axis("cost.A", 1, 2, 3), Axis("cost.B", Decimal(1), Decimal(9), 5)), design, 9
    )

    assert plan.count == len(lay_out(THREE, plan).points) == len([*lay_out(THREE, plan).points])
    assert plan.count == {"grid": 15, "one-at-a-time": 8, "latin": 9, "sobol": 16}[design]


def test_no_plan_is_an_answer_of_its_own() -> None:
    world = case(
        option("A", 60, 70),
        funds=(fund(2027, 100),),
        objectives=(objective("autonomy", floor=50),),
    )
    found = sweep(world, SweepPlan((axis("fund.STATE", 50, 60),)), EXACT)

    assert [(step.stop, step.value) for step in found.steps] == [
        (Stop.INFEASIBLE, None),
        (Stop.OPTIMAL, 70),
    ]


def test_arrays_and_frames() -> None:
    plan = SweepPlan((axis("cost.A", 50, 70), axis("cost.B", 60)))
    found = sweep(THREE, plan, EXACT)

    arrays = found.arrays
    assert arrays["cost.A"].tolist() == [50, 70, 60]
    assert arrays["cost.B"].tolist() == [50, 50, 60]
    assert arrays["objective"].tolist() == [130, 80, 90]
    assert arrays["index.autonomy"].tolist() == [130, 80, 90]
    assert arrays["total_cost"].tolist() == [100, 90, 100]
    assert arrays["start.A"].tolist() == [2027, 0, 2027]
    assert arrays["stop"].tolist() == ["optimal"] * 3
    frame = found.to_frame()
    assert frame["objective"].to_list() == [130, 80, 90]


def test_the_sheet_sweeps_is_what_is_varied_otherwise() -> None:
    row = Row(name="money", parameter="fund.state", start=40, stop=110, steps=2)
    times = Row(name="costs", parameter="cost.A", start=1, stop=2, steps=2, kind=SweepAs.TIMES)

    found = sweep(case(*THREE.investments, funds=THREE.funds, sweeps=(row, times)), options=EXACT)

    assert found.names == ("fund.STATE", "cost.A")
    assert [step.value for step in found.steps] == [20, 130, 90, 80]


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        (SweepPlan(()), "CB-R21 --parameter: found nothing to vary"),
        (SweepPlan((axis("cost.Z", 1),)), "CB-R02 cost.Z: found no such number"),
        (SweepPlan((axis("cost.A", -1, 5),)), "CB-C08 cost.A: found -1"),
        (SweepPlan((axis("cost.A", 1), axis("COST.a", 2))), "the same number twice"),
        (
            SweepPlan((axis("cost.A", 1),), Design.SOBOL, points=0),
            "found 0; expected 1 to 1,000,000",
        ),
        (SweepPlan((Axis("cost.A", steps=0),)), "expected 1 step or more"),
        (
            SweepPlan((axis("overrun.A", 2, kind=SweepAs.TIMES),)),
            "overrun.A: found times a number that is 0",
        ),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(plan: SweepPlan, told: str) -> None:
    with pytest.raises(InputError) as error:
        sweep(THREE, plan, EXACT)

    assert told in str(error.value)


def test_a_sum_that_makes_no_sense_is_refused_once_and_as_typed() -> None:
    # -1 over two years is -0.5 in each; who typed -1 is told of -1, and not twice
    world = case(option("A", 1, 5), years=2, funds=(fund(2027, 1, 1),))

    with pytest.raises(InputError) as error:
        sweep(world, SweepPlan((axis("fund.STATE", -1, 5),)), EXACT)

    assert [(fault.code, fault.found) for fault in error.value.faults] == [("CB-C08", "-1")]


@pytest.mark.parametrize("seed", range(4))
def test_numbers_put_unchecked_are_those_put_with_every_check(seed: int) -> None:
    world: Case = draft(seed)
    for name in names(world)[:: max(1, len(names(world)) // 40)]:
        new = (value(world, name) or Decimal(1)) / 2
        try:
            checked = replaced(world, name, new)
        except InputError:
            continue
        assert altered(world, {find_parameter(world, name): new}) == checked, name
        assert number(checked, find_parameter(checked, name)) == value(checked, name)


def test_both_ends_come_before_what_lies_between() -> None:
    points = lay_out(THREE, SweepPlan((axis("fund.STATE", 40, 50),))).points
    task = SweepTask("", THREE, Nominal(Stop.OPTIMAL, (), 0, 0), (), points, 0, EXACT.limits)

    assert task.stages(8) == [[0, 7, 3], [1, 5, 2, 4, 6]]
    first, second, third = task.stages(1_000_000, 12)
    assert first == [0, 999_999, 499_999]
    assert (len(second), len(third)) == (6, 3)
    assert [*first, *second, *third] == [n for stage in task.stages(1_000_000)[:3] for n in stage][
        :12
    ]


def test_answers_that_ran_out_of_time_are_marked() -> None:
    found = sweep(THREE, SweepPlan((axis("fund.STATE", 40, 110),)), EXACT)
    late = replace(found.steps[0], stop=Stop.TIME_LIMIT)

    assert not late.comparable
    assert found.steps[0].comparable


@pytest.mark.parametrize("seed", range(3))
def test_forks_of_one_resolver_say_the_same_whatever_another_was_asked(seed: int) -> None:
    world = draft(seed)
    root = Resolver(world)
    root.ask(SolverQuestion(gap=0))
    questions = [SolverQuestion(case=budget(world, Decimal(n) / 10), gap=0.01) for n in (5, 8, 12)]

    first, second = root.fork(), root.fork()
    replies = [first.ask(question) for question in questions]
    for name in world.options:
        second.ask(SolverQuestion(leave=frozenset({name})))

    assert [root.fork().ask(questions[0])] == replies[:1]
    third = root.fork()
    assert [third.ask(question) for question in questions] == replies


def test_what_is_trusted_bounds_the_case_itself() -> None:
    resolver = Nominal(Stop.OPTIMAL, (Choice("B", "B", 2027),), 60.0, 60.5).resolver(THREE)

    # no search: the plan is worth 60, and nothing is said to be worth more than 60.5
    reply = resolver.ask(SolverQuestion(gap=0.01))

    assert (reply.value, set(reply.taken)) == (60, {"B"})
    assert reply.bound == pytest.approx(60.5)


def test_ctrl_c_while_the_case_itself_is_solved_ends_the_study(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stopped = replace(solve(THREE), stop=Stop.INTERRUPTED)
    monkeypatch.setattr(start, "solve", lambda *_a, **_k: stopped)
    plan = SweepPlan((axis("fund.STATE", 40, 50),))

    with pytest.raises(KeyboardInterrupt):
        sweep(THREE, plan, replace(EXACT, study=tmp_path / "study.sqlite"))

    monkeypatch.undo()
    again = sweep(THREE, plan, replace(EXACT, study=tmp_path / "study.sqlite"))
    assert [step.value for step in again.steps] == [20, 60]
