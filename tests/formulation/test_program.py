"""The program of a case: rows and columns by name, and the same in PuLP."""

import pulp

from choosebattles.formulation.program import formulate
from choosebattles.terms import Linear
from random_cases import draft
from worlds import case, fund, investment, ongoing, option

WORLD = case(
    investment("CLOUD", option("CLOUD.S", 2, 30), option("CLOUD.L", 4, 70)),
    option("CSIRT", 3, 20, latest_start=2028),
    years=2,
    funds=(fund(2027, 5, 6),),
)


def test_starts_are_whole_and_between_nothing_and_one() -> None:
    columns = formulate(WORLD).quantities.columns
    starts = [each for name, each in columns.items() if name.startswith("start[")]

    assert [each.name for each in starts] == [
        "start[CLOUD.S,2027]",
        "start[CLOUD.S,2028]",
        "start[CLOUD.L,2027]",
        "start[CLOUD.L,2028]",
        "start[CSIRT,2027]",
        "start[CSIRT,2028]",
    ]
    assert all((each.low, each.high, each.whole) == (0, 1, True) for each in starts)


def test_nothing_else_is_whole_but_synergies_of_some() -> None:
    for seed in range(8):
        columns = formulate(draft(seed)).quantities.columns
        whole = {name.partition("[")[0] for name, each in columns.items() if each.whole}
        assert whole <= {"start", "together"}


def test_every_row_speaks_of_declared_columns() -> None:
    for seed in range(8):
        program = formulate(draft(seed))
        for row in program.rows.values():
            assert row.demand.expression.terms
            assert set(row.demand.expression.terms) <= set(program.quantities.columns)


def test_pulp_is_given_every_row_with_its_bound() -> None:
    program = formulate(WORLD)
    problem = program.problem(program.quantities.objective)
    names = list(program.quantities.columns)

    assert len(list(problem.constraints())) == len(program.rows)
    for row, given in zip(program.rows.values(), problem.constraints(), strict=True):
        assert {names[int(each.name[1:])]: number for each, number in given.items()} == {
            name: float(number) for name, number in row.demand.expression.terms.items()
        }
        bound = row.demand.high if row.demand.low is None else row.demand.low
        assert bound is not None
        assert -given.constant == float(bound) - float(row.demand.expression.constant)
        sense = {(False, True): -1, (True, False): 1, (True, True): 0}
        assert given.sense == sense[row.demand.low is not None, row.demand.high is not None]


def test_pulp_maximises_the_goal() -> None:
    program = formulate(WORLD)
    problem = program.problem(Linear({"start[CLOUD.L,2027]": 70, "start[CSIRT,2028]": 20}))

    assert problem.sense == pulp.LpMaximize
    assert sorted(problem.objective.values()) == [20, 70]


def test_choices_are_read_from_values_near_one() -> None:
    world = case(option("A"), ongoing("B", 2020), years=3)
    program = formulate(world)
    values = dict.fromkeys(program.quantities.columns, 0.0)
    values |= {"start[A,2028]": 0.9999999, "start[B,2020]": 1.0, "start[A,2029]": 1e-9}

    assert [(each.option, each.start) for each in program.choices(values)] == [
        ("A", 2028),
        ("B", 2020),
    ]
