"""Work counts the same everywhere, and what is limited by it ends at the same place."""

import math
import types

import pytest

from benchmarks.generator import Generator
from choosebattles.formulation.arrays import as_arrays
from choosebattles.formulation.program import Program, formulate
from choosebattles.solving import search_limits
from choosebattles.solving.highs_model import Ended, HighsModel
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop
from choosebattles.solving.resolver import Resolver
from choosebattles.solving.resolver_question import SolverQuestion
from choosebattles.solving.search_limits import (
    SearchLimits,
    SharedLimits,
    Stopwatch,
    WorkBudget,
    iterations_of,
    least,
    work_of,
)


@pytest.fixture(scope="module")
def hard() -> Program:
    """A program that is not solved at the root."""
    return formulate(Generator("small", 1, tight=True).case())


def ended(program: Program, work_limit: float | None, *, times: int = 1) -> tuple[Ended, float]:
    model = HighsModel(as_arrays(program))
    goal = program.quantities.objective
    model.set_objective(model.costs(goal), float(goal.constant))
    for _time in range(times):
        before = model.work
        found = model.run(Options(gap=0, work_limit=work_limit))
    return found, model.work - before


def test_a_search_that_is_out_of_work_holds_a_bound_and_says_why(hard: Program) -> None:
    found, work = ended(hard, 0.5)

    assert found.stop is Stop.WORK_LIMIT
    assert found.bound is not None
    assert 0 < work < 1


def test_without_work_nothing_is_found(hard: Program) -> None:
    found, _work = ended(hard, 0)

    assert found.stop is Stop.WORK_LIMIT
    assert found.values is None


def test_it_ends_at_the_same_place_every_time(hard: Program) -> None:
    one, other = ended(hard, 0.5), ended(hard, 0.5)

    assert (one[0].bound, one[1]) == (other[0].bound, other[1])
    assert one[0].values is not None
    assert other[0].values is not None
    assert (one[0].values == other[0].values).all()


def test_a_search_goes_on_after_one_that_was_out_of_work(hard: Program) -> None:
    # HiGHS remembers from one run to the next that it was to stop.
    found, work = ended(hard, 0.5, times=2)

    assert found.stop is Stop.WORK_LIMIT
    assert work == pytest.approx(ended(hard, 0.5)[1])


def test_more_work_finds_no_less(hard: Program) -> None:
    few, more = ended(hard, 0.3)[0], ended(hard, 1.5)[0]

    assert few.bound is not None
    assert more.bound is not None
    assert more.bound <= few.bound


def test_a_question_is_limited_and_its_work_counted() -> None:
    resolver = Resolver(Generator("small", 1, tight=True).case())

    reply = resolver.ask(SolverQuestion(gap=0, work_limit=0.5))

    assert reply.stop is Stop.WORK_LIMIT
    assert reply.bound is not None
    assert 0 < reply.work == resolver.work < 2


def test_a_relaxation_is_work_too() -> None:
    resolver = Resolver(Generator("small", 1, tight=True).case())

    assert resolver.relaxed_bound(SolverQuestion()).work > 0
    assert resolver.work > 0


def test_work_and_iterations_are_two_ways_to_say_one_thing() -> None:
    # (900 + 100) iterations of 500 + 500 rows are a million: a tenth of a unit.
    assert work_of(900, 500) == pytest.approx(0.1)
    assert iterations_of(0.1, 500) == pytest.approx(900)
    assert work_of(-1, 500) == work_of(0, 500) > 0, "what HiGHS does not tell"


def test_no_limit_is_no_limit() -> None:
    assert Stopwatch().left is None
    assert not Stopwatch().over
    assert WorkBudget().left is None
    assert not WorkBudget().over
    assert WorkBudget().within(5) == 5
    assert WorkBudget(7, done=4).within(5) == 3
    assert WorkBudget(3, done=4).over
    assert least(None, None) is None
    assert (least(1, None), least(None, 2), least(2, 1)) == (1, 2, 1)


def test_the_users_time_takes_the_place_of_work(monkeypatch: pytest.MonkeyPatch) -> None:
    now = types.SimpleNamespace(monotonic=lambda: 100.0)
    monkeypatch.setattr(search_limits, "time", now)
    clock = Stopwatch(10)
    now.monotonic = lambda: 104.0

    assert (clock.seconds, clock.left, clock.over) == (4, 6, False)
    assert clock.or_work(80) == SearchLimits(time_limit=6, work_limit=None)
    assert clock.or_work(80, share=0.5) == SearchLimits(3, None)
    assert Stopwatch().or_work(80) == SearchLimits(None, 80)
    now.monotonic = lambda: 111.0
    assert clock.over
    assert clock.left == 0


def test_none_of_several_takes_what_is_left_of_the_others() -> None:
    # Twice its equal share of 80: 2 x 80 / 4 = 40; when 50 are left of it, for one, all 50.
    shared = SharedLimits(SearchLimits(None, 80))

    assert shared.of_one(4) == SearchLimits(None, 40)
    shared.add(30)
    assert shared.of_one(1) == SearchLimits(None, 50)
    assert not shared.over
    shared.add(50)
    assert shared.over
    assert math.isclose(shared.of_one(1).work_limit or 0.0, 0.0)
