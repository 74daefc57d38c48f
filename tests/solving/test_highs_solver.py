"""HiGHS in process: arrays, starts, rows that come and go, and why it stopped."""

import math
import os
import signal
from random import Random
from threading import Thread
from typing import Any

import highspy
import numpy as np
import pytest

from choosebattles.case.case import Case
from choosebattles.case.rule import RuleKind
from choosebattles.formulation.arrays import Arrays, as_arrays
from choosebattles.formulation.program import Program, formulate
from choosebattles.solving import highs_model
from choosebattles.solving.highs_model import HighsModel, silent
from choosebattles.solving.highs_solver import HighsSolver
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop
from choosebattles.solving.solver_answer import Progress, SolverAnswer
from choosebattles.vocabulary import Linear, Row, RowName
from small_cases import case, fund, investment, option, rule

EXACT = Options(gap=0)
PAIR = case(option("A", 2, 30), option("B", 3, 40), funds=(fund(2027, 4),))


def value(answer: SolverAnswer, goal: Linear) -> float:
    assert answer.values is not None
    return sum(float(a) * answer.values[name] for name, a in goal.terms.items()) + float(
        goal.constant
    )


def hard() -> Program:
    """Fifty options over five years, each nearly as good for its money as any other."""
    rng = Random(7)
    options = []
    for number in range(50):
        costs = [rng.randint(100, 1000) for _ in range(5)]
        score = round(sum(costs) / 60 + rng.random(), 3)
        options.append(option(f"X{number}", costs, score, build_years=0, latest_start=2027))
    return formulate(case(*options, years=5, funds=(fund(2027, *[13_000] * 5),)))


def test_the_best_solution_with_its_bound() -> None:
    program = formulate(PAIR)
    answer = HighsSolver(program).maximise(program.quantities.objective, EXACT)

    assert answer.stop is Stop.OPTIMAL
    assert value(answer, program.quantities.objective) == 40
    assert answer.bound == 40


def test_a_search_ends_with_the_first_solution_that_reaches_the_target() -> None:
    """A target that is out of reach changes nothing, and neither outlives its run."""
    program = hard()
    goal = program.quantities.objective
    held = HighsModel(as_arrays(program))
    held.set_objective(held.costs(goal), float(goal.constant))
    rough = Options(gap=0.03)
    best = held.run(rough)
    assert best.values is not None
    most = float(best.values @ held.costs(goal)) + float(goal.constant)

    near = held.run(EXACT, target=0.9 * most)
    beyond = held.run(rough, target=2 * most)
    after = held.run(rough)

    assert near.values is not None
    assert near.bound is not None
    assert near.stop is Stop.GAP
    assert float(near.values @ held.costs(goal)) + float(goal.constant) >= 0.9 * most
    assert near.bound >= most
    assert beyond.values is not None
    assert after.values is not None
    assert (beyond.stop, after.stop) == (Stop.OPTIMAL, Stop.OPTIMAL)
    assert beyond.values.tolist() == after.values.tolist() == best.values.tolist()


def test_a_constant_of_the_goal_is_in_the_bound() -> None:
    program = formulate(PAIR)
    answer = HighsSolver(program).maximise(program.quantities.objective + 7, EXACT)

    assert answer.bound == 47


def test_extra_rows_go_away() -> None:
    program = formulate(PAIR)
    solver, q = HighsSolver(program), program.quantities
    without_b = Row(RowName("test"), q.take("B") <= 0)

    bounds = [
        solver.maximise(q.objective, EXACT, extra=extra).bound
        for extra in ((), (without_b,), (), (without_b, Row(RowName("too"), q.take("A") <= 0)), ())
    ]

    assert bounds == [40, 30, 40, 0, 40]


def test_goals_take_the_place_of_one_another() -> None:
    program = formulate(PAIR)
    solver, q = HighsSolver(program), program.quantities

    assert solver.maximise(q.objective, EXACT).bound == 40
    assert solver.maximise(-q.total_cost, EXACT).bound == 0
    assert solver.maximise(q.take("A"), EXACT).bound == 1


def test_columns_declared_later_are_loaded() -> None:
    program = formulate(PAIR)
    solver, q = HighsSolver(program), program.quantities
    solver.maximise(q.objective, EXACT)
    least = q.column("test[least]", low=None)

    answer = solver.maximise(least, EXACT, extra=(Row(RowName("test"), least <= q.take("A")),))

    assert answer.bound == 1


@pytest.mark.parametrize("start", ["the best", "a poor one", "an impossible one"])
def test_a_start_never_changes_the_answer(start: str) -> None:
    both = {"start[A,2027]": 1.0, "start[B,2027]": 1.0}
    given = {
        "the best": {"start[B,2027]": 1.0, "paid[STATE,2027]": 3000.0},
        "a poor one": {},
        "an impossible one": both,
    }
    program = formulate(PAIR)
    answer = HighsSolver(program).maximise(program.quantities.objective, EXACT, start=given[start])

    assert (answer.stop, answer.bound) == (Stop.OPTIMAL, 40)


def test_a_start_that_nothing_beats_has_a_bound() -> None:
    # The least cost among the best plans is that of the start itself.
    program = formulate(PAIR)
    solver, q = HighsSolver(program), program.quantities
    best = solver.maximise(q.objective, EXACT)
    as_good = Row(RowName("test"), q.objective >= 40)

    answer = solver.maximise(-q.total_cost, EXACT, extra=(as_good,), start=best.values)

    assert (answer.stop, answer.bound) == (Stop.OPTIMAL, -3000)


def test_what_is_handed_back_is_worth_the_bound() -> None:
    """HiGHS 1.16.0 makes this start better, and then hands back the start itself.

    With p >= 2 b + d, the least of a + 2 b + 2 c + 2 d + p is 5: c and d, with p = 1. The start is
    c and d with p = 10, worth 14.
    """
    held = HighsModel(
        Arrays(
            ("a", "b", "c", "d", "p"),
            low=np.zeros(5),
            high=np.array([1, 1, 1, 1, math.inf]),
            integer=np.array([True, True, True, True, False]),
            row_low=np.array([4.0, 2.0, 2.0, 0.0]),
            row_high=np.full(4, math.inf),
            starts=np.array([0, 4, 7, 11, 14], dtype=np.int32),
            columns=np.array([0, 1, 2, 3, 1, 2, 3, 0, 1, 2, 3, 1, 3, 4], dtype=np.int32),
            values=np.array([5.0, 1, 3, 3, 3, 1, 1, 1, 1, 2, 7, -2, -1, 1]),
        )
    )
    costs = np.array([-1.0, -2, -2, -2, -1])
    held.set_objective(costs, 0.0)

    ended = held.run(EXACT, start=np.array([0.0, 0, 1, 1, 10]))

    assert ended.stop is Stop.OPTIMAL
    assert ended.bound == pytest.approx(-5)
    assert ended.values is not None
    assert float(ended.values @ costs) == pytest.approx(-5)


class _HandsBackTheStart(highspy.Highs):  # type: ignore[misc]
    """HiGHS that ends with the best worth and the values of the start, as 1.16.0 may."""

    given: Any = None

    def setSolution(self, *given: Any) -> Any:
        self.given = given
        return super().setSolution(*given)

    def clearSolver(self) -> Any:
        self.given = None
        return super().clearSolver()

    def getSolution(self) -> Any:
        solution = super().getSolution()
        if self.given is not None:
            values = [0.0] * self.getNumCol()
            for number, each in zip(*self.given[1:], strict=True):
                values[number] = each
            solution.col_value = values
        return solution


def test_a_start_that_is_handed_back_for_a_better_plan_is_no_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(highspy, "Highs", _HandsBackTheStart)
    program = formulate(PAIR)
    poor = {"start[A,2027]": 1.0, "start[B,2027]": 0.0, "paid[STATE,2027]": 2000.0}

    answer = HighsSolver(program).maximise(program.quantities.objective, EXACT, start=poor)

    assert (answer.stop, answer.bound) == (Stop.OPTIMAL, 40)
    assert value(answer, program.quantities.objective) == 40


@pytest.mark.parametrize("threads", [1, 2])
def test_other_code_may_let_highs_take_more_threads(threads: int) -> None:
    """How many the first run in a thread takes is what every later run there must take."""
    found: list[float | None] = []

    def relax() -> None:
        other = highspy.Highs()
        other.setOptionValue("output_flag", False)
        other.setOptionValue("threads", threads)
        other.run()
        program = formulate(PAIR)
        held = HighsModel(as_arrays(program), integer=False)
        held.set_objective(held.costs(program.quantities.objective), 0.0)
        ended = held.run(EXACT)
        found.append(ended.bound)

    thread = Thread(target=relax)
    thread.start()
    thread.join()

    # All of A, and of B what the other 2 of its 3 millions buy: 30 + 40 * 2 / 3.
    assert found == [pytest.approx(30 + 40 * 2 / 3)]


def test_payments_and_relaxations_take_as_many_threads() -> None:
    assert silent().getOptionValue("threads")[1] == 1


def test_enumeration_is_off_in_every_solve() -> None:
    # With it HiGHS 1.13 to 1.15 may drop a row that says that one option must be taken.
    assert silent().getOptionValue("presolve_rule_off")[1] == 1 << 16


def test_what_cannot_be_met_is_infeasible() -> None:
    never = (rule(RuleKind.AT_LEAST, "A", "B", number=2),)
    program = formulate(
        case(option("A", 2, 30), option("B", 3, 40), funds=(fund(2027, 4),), rules=never)
    )
    answer = HighsSolver(program).maximise(program.quantities.objective, EXACT)

    assert (answer.stop, answer.values, answer.bound) == (Stop.INFEASIBLE, None, None)


def test_infeasible_is_told_from_unbounded() -> None:
    # Presolve alone may not know which of the two it is.
    program = formulate(PAIR)
    q = program.quantities
    free = q.column("test[free]", low=None)
    impossible = (Row(RowName("one"), q.take("A") >= 1), Row(RowName("two"), q.take("A") <= 0))

    answer = HighsSolver(program).maximise(
        free, EXACT, extra=(*impossible, Row(RowName("three"), free <= 5))
    )

    assert answer.stop is Stop.INFEASIBLE


def test_no_time_is_a_time_limit_and_no_proof() -> None:
    program = hard()
    answer = HighsSolver(program).maximise(
        program.quantities.objective, Options(gap=0, time_limit=0)
    )

    assert answer.stop is Stop.TIME_LIMIT


def test_each_solve_has_its_own_time() -> None:
    # The clock of HiGHS runs on from solve to solve.
    program = formulate(PAIR)
    solver, q = HighsSolver(program), program.quantities
    timed = Options(gap=0, time_limit=60)

    assert [solver.maximise(q.objective, timed).stop for _ in range(3)] == [Stop.OPTIMAL] * 3


def test_ctrl_c_keeps_the_plan_in_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(highs_model, "EVERY", 0.0)
    program = hard()
    told: list[Progress] = []

    def stop_at_the_first_plan(progress: Progress) -> None:
        if progress.best is not None and not told:
            told.append(progress)
            os.kill(os.getpid(), signal.SIGINT)

    goal = program.quantities.objective
    answer = HighsSolver(program).maximise(goal, EXACT, watch=stop_at_the_first_plan)

    assert answer.stop is Stop.INTERRUPTED
    assert answer.bound is not None
    assert value(answer, goal) <= answer.bound
    assert told[0].gap is None or told[0].gap >= 0


def test_the_same_seed_finds_the_same(solver: str) -> None:
    assert solver
    world: Case = case(
        investment("CLOUD", option("CLOUD.S", 2, 30), option("CLOUD.L", 2, 30)),
        funds=(fund(2027, 4),),
    )
    answers = [
        HighsSolver(formulate(world)).maximise(formulate(world).quantities.objective, EXACT)
        for _ in range(2)
    ]

    assert answers[0].values == answers[1].values
