"""What cannot go together."""

from choosebattles.case.rule import RuleKind
from programs import added, chosen, told
from small_cases import case, option, rule

OPTIONS = (option("A", 0, 10), option("B", 0, 12), option("C", 0, 20), option("D", 0, 5))
FREE = case(*OPTIONS)
LIST = case(*OPTIONS, rules=(rule(RuleKind.EXCLUDES, "A", "B", "C"),))
PAIRS = case(*OPTIONS, rules=(rule(RuleKind.EXCLUDES, "A", "B", needs=("C", "D")),))


def test_one_row_for_a_list() -> None:
    assert added(FREE, LIST) == {
        "excludes[R1]": "start[A,2027] + start[B,2027] + start[C,2027] <= 1"
    }


def test_one_row_for_each_pair_of_two_lists() -> None:
    assert added(FREE, PAIRS) == {
        "excludes[R1,A,C]": "start[A,2027] + start[C,2027] <= 1",
        "excludes[R1,A,D]": "start[A,2027] + start[D,2027] <= 1",
        "excludes[R1,B,C]": "start[B,2027] + start[C,2027] <= 1",
        "excludes[R1,B,D]": "start[B,2027] + start[D,2027] <= 1",
    }


def test_only_the_best_of_a_list_is_taken(solver: str) -> None:
    assert chosen(LIST, solver) == {"C", "D"}


def test_one_side_of_two_lists_is_taken_whole(solver: str) -> None:
    # 10 + 12 = 22 against 20 + 5 = 25: members of one side may go together.
    assert chosen(PAIRS, solver) == {"C", "D"}


def test_the_audit_names_what_was_taken_together() -> None:
    assert told(LIST, "A", "C") == ["Rules!A2: A, C are taken together; the rule excludes that"]
    assert told(PAIRS, "A", "B", "D") == [
        "Rules!A2: A, B, D are taken together; the rule excludes that"
    ]


def test_the_audit_passes_what_may_go_together() -> None:
    assert told(LIST, "B", "D") == []
    assert told(PAIRS, "A", "B") == []
