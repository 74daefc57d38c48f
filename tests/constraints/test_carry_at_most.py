"""No more is set aside than a share of the year's own money."""

from decimal import Decimal
from typing import Any

from choosebattles.case.case import Case
from choosebattles.case.parameter import replaced
from choosebattles.case.plan import Payments
from choosebattles.formulation.program import formulate
from choosebattles.formulation.restate import Restatement, restate
from choosebattles.vocabulary import RowName
from programs import added, best, chosen, told_of
from small_cases import case, fund, option, pays, plan

LATE = option("LATE", [0, 0, 90], 50)
"""Falls due in 2029 alone, where it starts in 2027."""


def world(most: Any = None, over: Any = 1) -> Case:
    known = fund(2027, 40, 30, 20, carry_over=over, carry_at_most=most)
    return case(LATE, years=3, funds=(known,))


def test_one_row_for_each_year_in_which_something_may_be_set_aside() -> None:
    # 25 % of 40 and of 30; nothing is set aside in the last year.
    assert added(world(), world("0.25")) == {
        "carry_at_most[STATE,2027]": "aside[STATE,2027] <= 10000",
        "carry_at_most[STATE,2028]": "aside[STATE,2028] <= 7500",
    }


def test_it_decides(solver: str) -> None:
    # 40 + 30 + 20 = 90 pays for LATE, if all of 40 and then all of 70 may be set aside. Of the
    # 2028 amount, 30, no more than 30 may be: 30 + 20 = 50 is too little.
    assert chosen(world(), solver) == {"LATE"}
    assert chosen(world(1), solver) == set()


def test_what_was_carried_into_the_year_does_not_raise_it(solver: str) -> None:
    # 50 may wait in 2028 where the amount is 50 itself: 50 + 40 = 90.
    enough = case(LATE, years=3, funds=(fund(2027, 0, 50, 40, carry_over=1, carry_at_most=1),))
    carried = case(LATE, years=3, funds=(fund(2027, 1, 49, 40, carry_over=1, carry_at_most=1),))

    assert chosen(enough, solver) == {"LATE"}
    assert chosen(carried, solver) == set()


def test_payments_keep_to_it() -> None:
    # Of 40 at most 20 wait and of 30 at most 15, as 50 % says; 15 + 75 = 90.
    half = fund(2027, 40, 30, 75, carry_over=1, carry_at_most="0.5")
    found = best(case(LATE, years=3, funds=(half,)))

    assert found.plan is not None
    assert found.plan.payments.aside == {("STATE", 2028): Decimal(15)}


def test_the_audit_says_by_how_much() -> None:
    proposed = plan(
        world("0.25"),
        "LATE",
        payments=Payments(
            (pays("STATE", "LATE", "build", 2029, 90),),
            {("STATE", 2027): Decimal(40), ("STATE", 2028): Decimal(70)},
        ),
    )

    # 40 - 10 = 30 and 70 - 7.5 = 62.5
    assert told_of(world("0.25"), proposed) == [
        "Funds!A2: STATE sets aside 30.000 million more than it may of its money of 2027",
        "Funds!A2: STATE sets aside 62.500 million more than it may of its money of 2028",
    ]


def test_another_amount_moves_the_side_of_its_row() -> None:
    program = formulate(world("0.25"))
    richer = restate(program, replaced(world("0.25"), "fund.STATE.2028", 50))

    assert isinstance(richer, Restatement)
    assert richer.sides[RowName("carry_at_most", ("STATE",), 2028)][1] == 12_500
