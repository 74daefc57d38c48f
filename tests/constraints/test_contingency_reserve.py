"""A reserve for overruns is held, not spent."""

from typing import Any

from choosebattles.case.case import Case
from choosebattles.case.decision_model import ContingencyKind
from choosebattles.case.fund import Pays
from choosebattles.case.plan import Payments
from programs import added, chosen, rows, told, told_of
from small_cases import Amount, case, fund, option, pays, plan, scope

OPTIONS = (
    option("A", 10, 50, overrun="0.5"),
    option("B", 20, 40, overrun="0.1"),
    option("C", 4, 5, overrun="0.25"),
    option("D", 6, 5),
)
FLAT, BUDGETED = ContingencyKind.FLAT, ContingencyKind.BUDGETED


def world(kind: ContingencyKind, amount: Amount, money: Amount = 100) -> Case:
    return case(
        *OPTIONS,
        contingency=kind,
        contingency_amount=amount,
        funds=(
            fund(2027, money),
            fund(2027, 50, id="GRANT", eligible=scope("D")),
            fund(2027, 50, id="LOAN", pays_at_most="0.5", eligible=scope("D")),
        ),
    )


def test_flat_adds_one_row_a_year_over_the_general_funds() -> None:
    # 10 % of 10, 20, 4 and 6 million; GRANT and LOAN are not general.
    assert rows(world(FLAT, "0.1"), "contingency") == {
        "contingency[2027]": "held[STATE,2027] - 1000 start[A,2027] - 2000 start[B,2027]"
        " - 400 start[C,2027] - 600 start[D,2027] >= 0"
    }


def test_only_what_may_pay_anything_in_full_holds_it() -> None:
    funds = (
        fund(2027, 50),
        fund(2027, 50, id="HALF", pays_at_most="0.5"),
        fund(2027, 50, id="BUILDING", pays=Pays.BUILD),
        fund(2027, 50, id="GRANT", eligible=scope("D")),
    )
    flat = case(*OPTIONS, contingency=FLAT, contingency_amount="0.1", funds=funds)

    (row,) = rows(flat, "contingency").values()

    assert "held[STATE,2027]" in row
    assert row.count("held") == 1


def test_budgeted_adds_one_row_a_year_and_one_for_each_option_that_may_overrun() -> None:
    # Two of: 0.5 * 10 = 5, 0.1 * 20 = 2, 0.25 * 4 = 1 million.
    assert rows(world(BUDGETED, 2), "contingency", "reserve") == {
        "contingency[2027]": "held[STATE,2027] - 2 reserve[in common,2027] - reserve[A,2027]"
        " - reserve[B,2027] - reserve[C,2027] >= 0",
        "reserve[A,2027]": "reserve[in common,2027] + reserve[A,2027] - 5000 start[A,2027] >= 0",
        "reserve[B,2027]": "reserve[in common,2027] + reserve[B,2027] - 2000 start[B,2027] >= 0",
        "reserve[C,2027]": "reserve[in common,2027] + reserve[C,2027] - 1000 start[C,2027] >= 0",
    }


def test_a_contingency_adds_its_row_and_what_is_held_to_the_balance() -> None:
    none, flat = world(ContingencyKind.NONE, 0), world(FLAT, "0.1")
    before, after = rows(none), rows(flat)

    assert set(after) - set(before) == {"contingency[2027]"}
    assert {name for name in before if before[name] != after[name]} == {"money[STATE,balance,2027]"}
    assert before["money[STATE,balance,2027]"] == "paid[STATE,2027] <= 100000"
    assert after["money[STATE,balance,2027]"] == "paid[STATE,2027] + held[STATE,2027] <= 100000"
    assert added(none, none) == {}


def test_flat_holds_a_share_of_what_is_bought(solver: str) -> None:
    # A and B cost 30, and 10 % of it is 3. GRANT pays D's 6, and STATE holds 0.6 for it.
    assert chosen(world(FLAT, "0.1", "33.6"), solver) == {"A", "B", "D"}
    assert chosen(world(FLAT, "0.1", "33.599"), solver) == {"A", "B"}


def test_budgeted_holds_the_largest_overruns(solver: str) -> None:
    # A, B and C cost 34. One overrun: 5, so 39. Two: 5 + 2, so 41. All: 5 + 2 + 1, so 42.
    # One and a half: 5 + 0.5 * 2 = 6, so 40.
    everything = {"A", "B", "C", "D"}
    for number, money in ((1, 39), (2, 41), (3, 42), (9, 42), ("1.5", 40)):
        assert chosen(world(BUDGETED, number, money), solver) == everything
        assert chosen(world(BUDGETED, number, money - 0.001), solver) == everything - {"C"}


def test_overruns_are_of_each_year(solver: str) -> None:
    # 2027: A needs 10 and may overrun by 5. 2028: B needs 20 and may overrun by 2.
    # In one year they would need 5 + 2; apart 15 and 22 are enough.
    both = tuple(
        option(name, cost, 50, overrun=share, earliest_start=year, latest_start=year)
        for name, cost, share, year in (("A", 10, "0.5", 2027), ("B", 20, "0.1", 2028))
    )
    for last, best in ((22, {"A", "B"}), (21.999, {"A"})):
        apart = case(
            *both,
            years=2,
            contingency=BUDGETED,
            contingency_amount=2,
            funds=(fund(2027, 15, last),),
        )
        assert chosen(apart, solver) == best


def test_nothing_is_held_where_the_number_is_zero(solver: str) -> None:
    assert chosen(world(BUDGETED, 0, 34), solver) == {"A", "B", "C", "D"}


def test_the_reserve_is_held_and_not_carried_along(solver: str) -> None:
    # 10 + 1 held in 2027; what was held lapses, so 2028 has 10.9 and needs 10 + 1.
    both = tuple(
        option(name, 10, 50, earliest_start=year, latest_start=year)
        for name, year in (("A", 2027), ("B", 2028))
    )
    lapsing = case(
        *both,
        years=2,
        contingency=FLAT,
        contingency_amount="0.1",
        funds=(fund(2027, 11, "10.9", carry_over=1),),
    )

    assert len(chosen(lapsing, solver)) == 1


def test_the_audit_names_by_how_much_the_reserve_is_short() -> None:
    # 10 % of 10 million is 1 million; 0.75 are held.
    held: dict[Any, Any] = {("STATE", 2027): 0.75}
    short = plan(
        world(FLAT, "0.1"),
        "A",
        payments=Payments((pays("STATE", "A", "build", 2027, 10),), held=held),
    )

    assert told_of(world(FLAT, "0.1"), short) == [
        ": 2027: the contingency held is 0.250 million too small"
    ]


def test_the_audit_passes_a_reserve_that_is_held() -> None:
    assert told(world(FLAT, "0.1", "33.6"), "A", "B", "D") == []
    assert told(world(BUDGETED, 2, 41), "A", "B", "C", "D") == []
