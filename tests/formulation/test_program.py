"""The program of a case: rows and columns by name."""

from choosebattles.formulation.program import formulate
from random_cases import draft
from small_cases import case, fund, investment, ongoing, option

WORLD = case(
    investment("CLOUD", option("CLOUD.S", 2, 30), option("CLOUD.L", 4, 70)),
    option("CSIRT", 3, 20, latest_start=2028),
    years=2,
    funds=(fund(2027, 5, 6),),
)


def test_starts_are_whole_and_between_nothing_and_one() -> None:
    columns = formulate(WORLD).quantities.columns
    starts = [column for name, column in columns.items() if name.startswith("start[")]

    assert [start.name for start in starts] == [
        "start[CLOUD.S,2027]",
        "start[CLOUD.S,2028]",
        "start[CLOUD.L,2027]",
        "start[CLOUD.L,2028]",
        "start[CSIRT,2027]",
        "start[CSIRT,2028]",
    ]
    assert all((start.low, start.high, start.integer) == (0, 1, True) for start in starts)


def test_nothing_else_is_whole_but_synergies_of_some() -> None:
    for seed in range(8):
        columns = formulate(draft(seed)).quantities.columns
        whole = {name.partition("[")[0] for name, column in columns.items() if column.integer}
        assert whole <= {"start", "together"}


def test_every_row_speaks_of_declared_columns() -> None:
    for seed in range(8):
        program = formulate(draft(seed))
        for row in program.rows.values():
            assert row.constraint.expression.terms
            assert set(row.constraint.expression.terms) <= set(program.quantities.columns)


def test_choices_are_read_from_values_near_one() -> None:
    world = case(option("A"), ongoing("B", 2020), years=3)
    program = formulate(world)
    values = dict.fromkeys(program.quantities.columns, 0.0)
    values |= {"start[A,2028]": 0.9999999, "start[B,2020]": 1.0, "start[A,2029]": 1e-9}

    assert [(choice.option, choice.start) for choice in program.choices(values)] == [
        ("A", 2028),
        ("B", 2020),
    ]
