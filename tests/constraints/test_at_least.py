"""No fewer than a number of a list."""

from choosebattles.case.rule import RuleKind
from choosebattles.solving.outcome import Stop
from programs import added, best, chosen, told
from small_cases import case, option, rule

OPTIONS = (option("A", 0, -10), option("B", 0, -20), option("C", 0, -30), option("D", 0, 5))
FREE = case(*OPTIONS)
TWO = case(*OPTIONS, rules=(rule(RuleKind.AT_LEAST, "A", "B", "C", number=2),))


def test_one_row_over_the_list() -> None:
    assert added(FREE, TWO) == {
        "at_least[R1]": "start[A,2027] + start[B,2027] + start[C,2027] >= 2"
    }


def test_the_two_least_harmful_are_taken(solver: str) -> None:
    # -10 - 20 + 5 = -25; with C in place of B it would be -35.
    assert chosen(FREE, solver) == {"D"}
    assert chosen(TWO, solver) == {"A", "B", "D"}


def test_what_may_never_be_taken_does_not_count(solver: str) -> None:
    never = option("A", 0, -10, decision="never")
    world = case(never, *OPTIONS[1:], rules=(rule(RuleKind.AT_LEAST, "A", "B", number=2),))

    assert best(world, solver).stop is Stop.INFEASIBLE


def test_the_audit_names_how_many_are_too_few() -> None:
    assert told(TWO, "C", "D") == ["Rules!A2: 1 of A, B, C are taken; at least 2 must be"]


def test_the_audit_passes_as_many_as_are_needed() -> None:
    assert told(TWO, "B", "C") == []
