"""Just a number of a list."""

from choosebattles.case.rule import RuleKind
from programs import added, best, chosen, told
from small_cases import case, option, rule

OPTIONS = (option("A", 0, 10), option("B", 0, -20), option("C", 0, 30))
FREE = case(*OPTIONS)
ONE = case(*OPTIONS, rules=(rule(RuleKind.EXACTLY, "A", "B", "C", number=1),))
THREE = case(*OPTIONS, rules=(rule(RuleKind.EXACTLY, "A", "B", "C", number=3),))


def test_one_row_over_the_list() -> None:
    assert added(FREE, ONE) == {"exactly[R1]": "start[A,2027] + start[B,2027] + start[C,2027] = 1"}


def test_just_the_best_one_is_taken(solver: str) -> None:
    # Free: A and C, 10 + 30. One: C alone, 30.
    assert chosen(FREE, solver) == {"A", "C"}
    assert chosen(ONE, solver) == {"C"}


def test_harm_is_taken_where_the_number_asks_for_all(solver: str) -> None:
    # 10 - 20 + 30 = 20.
    assert chosen(THREE, solver) == {"A", "B", "C"}
    assert best(THREE, solver).objective == 20


def test_the_audit_names_too_many_and_too_few() -> None:
    assert told(ONE, "A", "C") == ["Rules!A2: 2 of A, B, C are taken; exactly 1 may be"]
    assert told(THREE, "A", "C") == ["Rules!A2: 2 of A, B, C are taken; exactly 3 may be"]


def test_the_audit_passes_the_number() -> None:
    assert told(ONE, "B") == []
