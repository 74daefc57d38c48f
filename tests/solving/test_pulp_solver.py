"""Any other solver that PuLP can reach, by name."""

import pytest

from choosebattles.case.rule import RuleKind
from choosebattles.errors import UnknownSolverError
from choosebattles.formulation.program import formulate
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop
from choosebattles.solving.pulp_solver import PulpSolver, available
from choosebattles.vocabulary import Row, RowName
from conftest import AT_HAND
from small_cases import case, fund, option, rule

EXACT = Options(gap=0)
PAIR = case(option("A", 2, 30), option("B", 3, 40), funds=(fund(2027, 4),))
OTHERS = [name for name in (*AT_HAND, "HiGHS") if name != "highs"]


@pytest.fixture(params=OTHERS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_best_solution_with_its_bound(name: str) -> None:
    program = formulate(PAIR)
    answer = PulpSolver(program, name).maximise(program.quantities.objective, EXACT)

    assert answer.stop is Stop.OPTIMAL
    assert answer.values is not None
    assert answer.values["start[B,2027]"] == 1
    assert answer.bound == 40


def test_a_gap_is_claimed_no_tighter_than_it_is(name: str) -> None:
    # A tenth: no plan is worth more than 40 + 4.
    program = formulate(PAIR)
    answer = PulpSolver(program, name).maximise(program.quantities.objective, Options(gap=0.1))

    assert answer.bound is not None
    assert 40 <= answer.bound <= 44 + 1e-9


def test_extra_rows_go_away(name: str) -> None:
    program = formulate(PAIR)
    solver, q = PulpSolver(program, name), program.quantities
    without_b = Row(RowName("test"), q.take("B") <= 0)

    bounds = [
        solver.maximise(q.objective + 1, EXACT, extra=extra).bound
        for extra in ((), (without_b,), ())
    ]

    assert bounds == [41, 31, 41]


def test_what_cannot_be_met_is_infeasible(name: str) -> None:
    both = (rule(RuleKind.AT_LEAST, "A", "B", number=2),)
    program = formulate(
        case(option("A", 2, 30), option("B", 3, 40), funds=(fund(2027, 4),), rules=both)
    )
    answer = PulpSolver(program, name).maximise(program.quantities.objective, EXACT)

    assert (answer.stop, answer.values, answer.bound) == (Stop.INFEASIBLE, None, None)


def test_columns_that_stand_in_no_row_are_there(name: str) -> None:
    program = formulate(PAIR)
    q = program.quantities
    free = q.column("test[alone]", high=3)

    answer = PulpSolver(program, name).maximise(q.objective + free, EXACT)

    assert answer.bound == 43


def test_the_name_tells_the_solver() -> None:
    assert PulpSolver(formulate(PAIR), "HiGHS").name.startswith("HiGHS (PuLP ")


def test_an_unknown_solver_is_named_with_those_that_are_there() -> None:
    with pytest.raises(UnknownSolverError) as caught:
        PulpSolver(formulate(PAIR), "gurobbi")

    (fault,) = caught.value.faults
    assert str(fault) == (
        "CB-R01 --solver: found gurobbi, which is not on this machine; expected one of: "
        f"{', '.join(('highs', *available()))}. "
        "Leave the option out to use HiGHS, which is always there."
    )
