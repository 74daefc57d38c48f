"""What cannot go together."""

import pytest

from choosebattles.audit.ledger import PlanLedger
from choosebattles.case.case import Case
from choosebattles.case.rule import RuleKind
from choosebattles.constraints.excludes import Excludes
from programs import added, chosen, told
from small_cases import case, option, plan, rule

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


@pytest.mark.parametrize(
    ("world", "taken", "option", "expected"),
    [
        (LIST, "A", "B", "A, in the plan, shuts it out (Rules!A2)"),
        (LIST, "D", "B", ""),
        (PAIRS, "CD", "A", "C and D, in the plan, shuts it out (Rules!A2)"),
        (PAIRS, "AB", "C", "A and B, in the plan, shuts it out (Rules!A2)"),
        (PAIRS, "B", "A", ""),
        (PAIRS, "D", "C", ""),
    ],
)
def test_an_option_is_shut_out_from_either_side(
    world: Case, taken: str, option: str, expected: str
) -> None:
    unit = Excludes(world.rules[0], "R1")

    assert unit.shuts_out(PlanLedger(world, plan(world, *taken)), world.options[option]) == expected
