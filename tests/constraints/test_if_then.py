"""What follows once enough of a list is taken."""

import pytest

from choosebattles.audit.ledger import PlanLedger
from choosebattles.case.case import Case
from choosebattles.case.rule import RuleKind
from choosebattles.constraints.if_then import IfThen
from choosebattles.solving.solve import solve
from programs import added, chosen, told
from small_cases import case, option, plan, rule

ALL, ANY, NONE = RuleKind.IF_THEN_ALL, RuleKind.IF_THEN_ANY, RuleKind.IF_THEN_NONE
OPTIONS = (
    option("A", 1, 30),
    option("B", 1, 20),
    option("C", 1, 10),
    option("D", 1, -15),
    option("E", 1, -4),
)
FREE = case(*OPTIONS)


def bound(kind: RuleKind, number: int | None = 2, *needs: str) -> Case:
    """A case in which so many of A, B and C call for D and E, or for other needs."""
    asked = rule(kind, "A", "B", "C", needs=needs or ("D", "E"), number=number)
    return case(*OPTIONS, rules=(asked,))


LIST = "start[A,2027] + start[B,2027] + start[C,2027]"


@pytest.mark.parametrize(
    ("kind", "number", "expected"),
    [
        # Two of three: what follows counts 3 - 2 + 1 = 2 times, so that all three may be taken.
        (
            ALL,
            2,
            {
                "if_then[R1,D]": f"{LIST} - 2 start[D,2027] <= 1",
                "if_then[R1,E]": f"{LIST} - 2 start[E,2027] <= 1",
            },
        ),
        (ANY, 2, {"if_then[R1]": f"{LIST} - 2 start[D,2027] - 2 start[E,2027] <= 1"}),
        (
            NONE,
            2,
            {
                "if_then[R1,D]": f"{LIST} + 2 start[D,2027] <= 3",
                "if_then[R1,E]": f"{LIST} + 2 start[E,2027] <= 3",
            },
        ),
        # Blank is all three: 3 - 3 + 1 = 1.
        (ANY, None, {"if_then[R1]": f"{LIST} - start[D,2027] - start[E,2027] <= 2"}),
    ],
)
def test_a_row_for_each_of_all_or_none_and_one_for_any(
    kind: RuleKind, number: int | None, expected: dict[str, str]
) -> None:
    assert added(FREE, bound(kind, number)) == expected


@pytest.mark.parametrize(
    ("kind", "number", "expected"),
    [
        # 30 + 20 + 10 - 15 - 4 = 41 is more than A alone, 30.
        (ALL, 2, {"A", "B", "C", "D", "E"}),
        # Without C nothing follows: 30 + 20 = 50 is more than 41.
        (ALL, None, {"A", "B"}),
        # 30 + 20 + 10 - 4 = 56.
        (ANY, 2, {"A", "B", "C", "E"}),
        # D and E are worth less than nothing anyway.
        (NONE, 2, {"A", "B", "C"}),
    ],
)
def test_what_follows_is_weighed_against_what_calls_for_it(
    kind: RuleKind, number: int | None, expected: set[str], solver: str
) -> None:
    assert chosen(bound(kind, number), solver) == expected


def test_none_keeps_out_what_is_worth_less_than_the_list(solver: str) -> None:
    # All three may not be: A with B is worth 30 + 20 = 50, B with C only 20 + 10 = 30.
    asked = rule(NONE, "B", "C", needs=("A",))

    assert chosen(case(*OPTIONS, rules=(asked,)), solver) == {"A", "B"}


@pytest.mark.parametrize(
    ("kind", "taken", "expected"),
    [
        (ALL, "ABD", "A, B in the plan: E must be taken too"),
        (ANY, "ABC", "A, B, C in the plan: at least one of D, E must be taken too"),
        (NONE, "ACE", "A, C in the plan: E may not be taken"),
    ],
)
def test_the_audit_names_what_does_not_follow(kind: RuleKind, taken: str, expected: str) -> None:
    assert told(bound(kind), *taken) == [f"Rules!A2: {expected}"]


@pytest.mark.parametrize(("kind", "taken"), [(ALL, "ABDE"), (ANY, "ABCD"), (NONE, "ABC")])
def test_the_audit_passes_what_follows_and_too_few(kind: RuleKind, taken: str) -> None:
    assert told(bound(kind), *taken) == []
    assert told(bound(kind), "A", "D") == []


@pytest.mark.parametrize(
    ("kind", "taken", "option", "expected"),
    [
        (ALL, "AD", "B", "it needs E, not in the plan (Rules!A2)"),
        (ANY, "A", "B", "it needs D or E, not in the plan (Rules!A2)"),
        (NONE, "AE", "B", "E, in the plan, shuts it out (Rules!A2)"),
        (NONE, "AB", "E", "A and B, in the plan, shuts it out (Rules!A2)"),
        (ALL, "", "B", ""),
        (NONE, "A", "E", ""),
    ],
)
def test_an_option_is_shut_out_once_enough_are_there(
    kind: RuleKind, taken: str, option: str, expected: str
) -> None:
    world = bound(kind)
    unit = IfThen(world.rules[0], "R1")

    assert unit.shuts_out(PlanLedger(world, plan(world, *taken)), world.options[option]) == expected


@pytest.mark.parametrize(
    ("listed", "number", "needs", "expected"),
    [
        ("AB", None, "DE", "once all of A, B are taken, all of D, E must be taken too"),
        ("ABC", 2, "D", "once 2 of A, B, C are taken, D must be taken too"),
        ("A", None, "D", "once A is taken, D must be taken too"),
    ],
)
def test_the_demand_is_said_as_its_user_would(
    listed: str, number: int | None, needs: str, expected: str
) -> None:
    assert (
        IfThen(rule(ALL, *listed, needs=tuple(needs), number=number), "R1").sentence() == expected
    )


def test_a_larger_number_is_the_smallest_change_that_lets_it_hold() -> None:
    # A and B must be taken, D and E never: once three are asked for, nothing follows.
    decided = {"A": "must", "B": "must", "C": "open", "D": "never", "E": "never"}
    options = (option(name, 1, 10, decision=decision) for name, decision in decided.items())
    outcome = solve(case(*options, rules=(rule(ALL, "A", "B", "C", needs=("D", "E"), number=2),)))

    assert outcome.conflict is not None
    assert ("raise the number in Rules!A2 from 2 to 3",) in [
        repair.changes for repair in outcome.conflict.repairs
    ]
