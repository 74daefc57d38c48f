"""All of a list or none of it."""

from choosebattles.case.rule import RuleKind
from programs import added, chosen, told
from small_cases import case, fund, option, rule

OPTIONS = (option("A", 1, 30), option("B", 2, -10), option("C", 3, -10))
FREE = case(*OPTIONS, funds=(fund(2027, 6),))
RULES = (rule(RuleKind.TOGETHER, "A", "B", "C"),)
BOUND = case(*OPTIONS, funds=(fund(2027, 6),), rules=RULES)


def test_one_row_for_each_but_the_first() -> None:
    assert added(FREE, BOUND) == {
        "together[R1,B]": "start[B,2027] - start[A,2027] = 0",
        "together[R1,C]": "start[C,2027] - start[A,2027] = 0",
    }


def test_all_are_taken_where_together_they_are_worth_it(solver: str) -> None:
    # 30 - 10 - 10 = 10 > 0.
    assert chosen(FREE, solver) == {"A"}
    assert chosen(BOUND, solver) == {"A", "B", "C"}


def test_none_is_taken_where_they_do_not_all_fit(solver: str) -> None:
    # 1 + 2 + 3 = 6 > 5.
    assert chosen(case(*OPTIONS, funds=(fund(2027, 5),), rules=RULES), solver) == set()


def test_the_audit_names_what_is_missing() -> None:
    assert told(BOUND, "B") == ["Rules!A2: A, C are not taken though others of the list are"]


def test_the_audit_passes_all_or_none() -> None:
    assert told(BOUND, "A", "B", "C") == []
    assert told(BOUND) == []
