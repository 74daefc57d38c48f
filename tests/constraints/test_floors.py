"""The least that an index must reach."""

from choosebattles.case.case import Case
from choosebattles.solving.outcome import Stop
from programs import added, best, chosen, told
from small_cases import Amount, case, criterion, fund, objective, option

OPTIONS = (
    option("A", 1, {"value": 50, "hold": 10}),
    option("B", 1, {"value": 40, "hold": 15}),
    option("C", 1, {"value": 0, "hold": 22}),
)


def world(floor: Amount | None = None) -> Case:
    """Money for one of three; autonomy counts nine times as much as resilience."""
    return case(
        *OPTIONS,
        objectives=(objective("autonomy", 9), objective("resilience", 1, floor=floor)),
        criteria=(criterion("value"), criterion("hold", objective="resilience")),
        funds=(fund(2027, 1),),
    )


def test_one_row_on_the_index() -> None:
    assert added(world(), world("12.5")) == {
        "floors[resilience]": "10 start[A,2027] + 15 start[B,2027] + 22 start[C,2027] >= 12.5"
    }


def test_the_best_plan_above_the_floor_is_taken(solver: str) -> None:
    # Free: A, 0.9 * 50 + 0.1 * 10 = 46. Above 12.5: B, 0.9 * 40 + 1.5 = 37.5. Above 15: B still.
    # Above 15.001: C alone.
    assert chosen(world(), solver) == {"A"}
    assert chosen(world("12.5"), solver) == {"B"}
    assert chosen(world(15), solver) == {"B"}
    assert chosen(world("15.001"), solver) == {"C"}


def test_a_floor_that_nothing_reaches_leaves_no_plan(solver: str) -> None:
    assert best(world("22.5"), solver).stop is Stop.INFEASIBLE


def test_the_audit_names_by_how_much_an_index_falls_short() -> None:
    assert told(world("12.5"), "A") == [
        "Objectives!A3: resilience stays 2.5000 points below its floor of 12.5"
    ]


def test_the_audit_passes_the_floor_itself() -> None:
    assert told(world(15), "B") == []
