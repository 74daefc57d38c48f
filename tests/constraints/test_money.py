"""Every cost is paid, by funds that may pay it, out of what they hold that year."""

from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from choosebattles.case.case import Case
from choosebattles.case.fund import Fund, Pays
from choosebattles.case.plan import Payments
from choosebattles.formulation.program import formulate
from choosebattles.solving.payments import pay
from programs import chosen, rows, told, told_of
from small_cases import Amount, case, fund, investment, option, pays, plan, scope, synergy

A, B = option("A", 10, 50), option("B", 20, 40)


def world(*funds: Fund, years: int = 1) -> Case:
    return case(A, B, funds=funds, years=years)


# The rows


def test_one_fund_takes_a_balance_and_a_row_for_what_it_pays() -> None:
    assert rows(world(fund(2027, 25)), "money") == {
        "money[STATE,balance,2027]": "paid[STATE,2027] <= 25000",
        "money[STATE,2027]": "10000 start[A,2027] + 20000 start[B,2027] - paid[STATE,2027] <= 0",
    }


def test_what_is_set_aside_reaches_the_next_year_in_part_and_never_leaves_the_last() -> None:
    balances = rows(world(fund(2027, 5, 6, 7, carry_over="0.9"), years=3), "money")
    assert {name: text for name, text in balances.items() if ",balance," in name} == {
        "money[STATE,balance,2027]": "paid[STATE,2027] + aside[STATE,2027] <= 5000",
        "money[STATE,balance,2028]": "paid[STATE,2028] + aside[STATE,2028]"
        " - 0.9 aside[STATE,2027] <= 6000",
        "money[STATE,balance,2029]": "paid[STATE,2029] - 0.9 aside[STATE,2028] <= 7000",
    }


def test_a_second_fund_with_a_ceiling_adds_its_balance_and_its_share() -> None:
    # GRANT pays up to 68 % of A; so STATE alone must pay 32 % of A and all of B; both together
    # all of both. GRANT alone need pay nothing, and what nobody pays is nothing: no rows.
    grant = fund(2027, 30, id="GRANT", pays_at_most="0.68", eligible=scope("A"))
    before, after = rows(world(fund(2027, 25))), rows(world(fund(2027, 25), grant))

    assert {name: text for name, text in after.items() if before.get(name) != text} == {
        "money[GRANT,balance,2027]": "paid[GRANT,2027] <= 30000",
        "money[STATE,2027]": "3200 start[A,2027] + 20000 start[B,2027] - paid[STATE,2027] <= 0",
        "money[GRANT+STATE,2027]": "10000 start[A,2027] + 20000 start[B,2027]"
        " - paid[STATE,2027] - paid[GRANT,2027] <= 0",
    }


def test_an_item_that_nobody_may_pay_in_full_has_a_row_of_no_fund() -> None:
    # 40 % + 50 % = 90 % of A, so 10 % of it stays unpaid by anyone; B has no payer at all.
    loan = fund(2027, 30, id="LOAN", pays_at_most="0.4", eligible=scope("A"))
    grant = fund(2027, 30, id="GRANT", pays_at_most="0.5", eligible=scope("A"))

    assert rows(world(loan, grant), "money")["money[no fund,2027]"] == (
        "1000 start[A,2027] + 20000 start[B,2027] <= 0"
    )


def test_a_fund_of_the_name_nobody_is_somebody(solver: str) -> None:
    nobody = fund(2027, 30, id="nobody", pays_at_most="0.5")

    assert chosen(world(nobody), solver) == set()
    assert chosen(world(nobody, fund(2027, 5, id="STATE", pays_at_most="0.5")), solver) == {"A"}


# The decisions


def test_the_best_that_fits_is_bought(solver: str) -> None:
    # 10 + 20 = 30.
    assert chosen(world(fund(2027, 30)), solver) == {"A", "B"}
    assert chosen(world(fund(2027, "29.999")), solver) == {"A"}


def test_half_a_thousandth_is_rounded_up_and_less_is_rounded_off(solver: str) -> None:
    # Typed amounts are whole thousandths: 10.0005 is 10.001, 10.0004 is 10.000.
    for cost, taken in (("10.0005", set()), ("10.0004", {"A"})):
        assert chosen(case(option("A", cost, 50), funds=(fund(2027, 10),)), solver) == taken


def test_growth_is_compound_and_rounded_half_up(solver: str) -> None:
    # 1.05^2 = 1.1025: 0.2 becomes 0.2205, so 0.221; 0.199 becomes 0.2193975, so 0.219.
    late: dict[str, Any] = {"earliest_start": 2029}
    for cost, least in (("0.2", "0.221"), ("0.199", "0.219")):
        for money, taken in ((least, {"A"}), (Fraction(least) - Fraction(1, 1000), set())):
            grown = case(
                option("A", cost, 50, **late),
                years=3,
                cost_growth="0.05",
                funds=(fund(2027, 0, 0, float(money)),),
            )
            assert chosen(grown, solver) == taken


def test_half_a_thousandth_of_growth_is_rounded_up(solver: str) -> None:
    # 0.01 * 1.05 = 0.0105, just between: 0.011. 0.03 * 1.05 = 0.0315: 0.032.
    for cost, least, short in (("0.01", "0.011", "0.01"), ("0.03", "0.032", "0.031")):
        for money, taken in ((least, {"A"}), (short, set())):
            grown = case(
                option("A", cost, 50, earliest_start=2028),
                years=2,
                cost_growth="0.05",
                funds=(fund(2027, 0, money),),
            )
            assert chosen(grown, solver) == taken


def test_running_costs_are_paid_while_it_operates(solver: str) -> None:
    # Built in 2027 for 1, then 3 in 2028 and 2029, when its lifetime ends; nothing in 2030.
    built = option("A", 1, 50, running_cost=3, build_years=1, lifetime=2, latest_start=2027)
    for amounts, taken in (
        ((1, 3, 3, 0), {"A"}),
        ((1, 3, "2.999", 9), set()),
        (("0.999", 3, 3, 9), set()),
        ((1, "2.999", 3, 9), set()),
    ):
        assert chosen(case(built, years=4, funds=(fund(2027, *amounts),)), solver) == taken


def test_co_finance_pays_up_to_its_share_and_no_more(solver: str) -> None:
    # GRANT may pay 68 % of A's 10: 6.8. The state must have 3.2.
    for state, grant, taken in (
        ("3.2", "6.8", {"A"}),
        ("3.199", 100, set()),
        (4, 6, {"A"}),
        ("3.999", 6, set()),
    ):
        both = (fund(2027, state), fund(2027, grant, id="GRANT", pays_at_most="0.68"))
        assert chosen(case(A, funds=both), solver) == taken


def test_a_ceiling_is_of_each_item_and_not_of_all(solver: str) -> None:
    # 50 % of A (10) and of B (20): 5 + 10. 15 of GRANT would be half of everything, and that is
    # what it pays; for A alone it still may not pay more than 5.
    grant = fund(2027, 15, id="GRANT", pays_at_most="0.5")

    assert chosen(world(fund(2027, 15), grant), solver) == {"A", "B"}
    assert chosen(world(fund(2027, "4.999"), grant), solver) == set()
    assert chosen(world(fund(2027, 5), grant), solver) == {"A"}


def test_a_ceiling_is_of_each_year_by_itself(solver: str) -> None:
    # 10 a year; GRANT pays half of each, however little it paid in the year before.
    two = option("A", (10, 10), 50)
    grant = fund(2027, 0, 20, id="GRANT", pays_at_most="0.5")

    assert chosen(case(two, years=2, funds=(fund(2027, 10, 5), grant)), solver) == {"A"}
    assert chosen(case(two, years=2, funds=(fund(2027, 10, "4.9"), grant)), solver) == set()


def test_an_item_whose_ceilings_sum_to_less_than_all_cannot_be_bought(solver: str) -> None:
    # 68 % + 31 % = 99 %.
    for share, taken in (("0.31", set()), ("0.32", {"A"})):
        funds = (
            fund(2027, 100, id="GRANT", pays_at_most="0.68"),
            fund(2027, 100, id="LOAN", pays_at_most=share),
        )
        assert chosen(case(A, funds=funds), solver) == taken


def test_what_costs_nothing_needs_no_payer(solver: str) -> None:
    funds = (fund(2027, 100, eligible=scope("B")),)

    assert chosen(case(option("A", 0, 5), B, funds=funds), solver) == {"A", "B"}
    assert chosen(case(option("A", 1, 5), B, funds=funds), solver) == {"B"}


def test_three_funds_share_what_each_may_pay(solver: str) -> None:
    # A: STATE or EU (half). B: STATE or BANK (a quarter). EU 5, BANK 5, so STATE 5 + 15 = 20.
    for state, taken in ((20, {"A", "B"}), ("19.999", {"A"})):
        funds = (
            fund(2027, state),
            fund(2027, 9, id="EU", pays_at_most="0.5", eligible=scope("A")),
            fund(2027, 9, id="BANK", pays_at_most="0.25", eligible=scope("B")),
        )
        assert chosen(world(*funds), solver) == taken


def test_money_for_one_part_pays_no_other(solver: str) -> None:
    # 10 to build, 2 to run, in one year.
    both = option("A", 10, 50, running_cost=2)
    for build, running, taken in (
        (10, 2, {"A"}),
        (12, "1.9", set()),
        ("9.9", 3, set()),
    ):
        funds = (
            fund(2027, build, id="EU", pays=Pays.BUILD),
            fund(2027, running, id="STATE", pays=Pays.RUNNING),
        )
        assert chosen(case(both, funds=funds), solver) == taken


@pytest.mark.parametrize(
    ("eligible", "taken"),
    [
        (scope("A"), {"A"}),
        (scope("CLOUD"), {"CLOUD.S"}),
        (scope("pillar: Core"), {"CLOUD.S"}),
        (scope("layer: hosting"), {"CLOUD.S"}),
        (scope("owner: Ministry"), {"CLOUD.S"}),
        (scope("A", "owner: Ministry"), {"A", "CLOUD.S"}),
        ((), {"A", "CLOUD.S"}),
    ],
)
def test_a_fund_pays_for_what_it_may(
    eligible: tuple[object, ...], taken: set[str], solver: str
) -> None:
    cloud = investment(
        "CLOUD", option("CLOUD.S", 5, 5), owner="Ministry", pillar="Core", layer="hosting"
    )

    assert chosen(case(A, cloud, funds=(fund(2027, 99, eligible=eligible),)), solver) == taken


@pytest.mark.parametrize(
    ("carry", "amounts", "taken"),
    [
        # 10 are needed in the second year.
        (1, (4, 6, 0), {"A"}),
        (1, (4, "5.999", 0), set()),
        ("0.5", (4, 8, 0), {"A"}),
        ("0.5", (4, "7.999", 0), set()),
        (0, (100, "9.999", 100), set()),
        # What comes later pays nothing before.
        (1, (0, 9, 100), set()),
    ],
)
def test_carry_over_brings_a_share_to_the_next_year(
    carry: Amount, amounts: tuple[Amount, ...], taken: set[str], solver: str
) -> None:
    second = option("A", 10, 50, earliest_start=2028, latest_start=2028)

    assert (
        chosen(case(second, years=3, funds=(fund(2027, *amounts, carry_over=carry),)), solver)
        == taken
    )


def test_carry_over_loses_its_share_every_year(solver: str) -> None:
    # 40 in 2027 are 20 in 2028 and 10 in 2029.
    third = option("A", 10, 50, earliest_start=2029)
    for first, taken in ((40, {"A"}), ("39.998", set())):
        carried = fund(2027, first, 0, 0, carry_over="0.5")
        assert chosen(case(third, years=3, funds=(carried,)), solver) == taken


def test_income_pays_after_the_haircut_rounded_down_into_its_fund(solver: str) -> None:
    # TOLL earns 1.999 a year; a third less is 1.33266..., so 1.332.
    toll = option("TOLL", 0, 1, running_cost="-1.999", revenue_to="OWN")
    for cost, taken in (("1.332", {"A", "TOLL"}), ("1.333", {"TOLL"})):
        funds = (fund(2027, 0), fund(2027, 0, id="OWN"))
        earning = case(toll, option("A", cost, 50), funds=funds, revenue_haircut="0.3333333333")
        assert chosen(earning, solver) == taken


def test_income_goes_to_the_fund_that_is_named(solver: str) -> None:
    funds = (fund(2027, 0, eligible=scope("A")), fund(2027, 0, id="EU", eligible=scope("B")))
    costs = (option("A", 2, 50), option("B", 2, 40))
    for name, bought in (("STATE", "A"), ("EU", "B")):
        toll = option("TOLL", 0, 1, running_cost=-2, revenue_to=name)
        assert chosen(case(toll, *costs, funds=funds), solver) == {bought, "TOLL"}


def test_income_grows_with_prices_and_comes_while_it_operates(solver: str) -> None:
    # Built in 2027, earns 2 * 1.1 = 2.2 in 2028 and, at an end, nothing in 2029.
    toll = option("TOLL", 0, 1, running_cost=-2, build_years=1, lifetime=1, latest_start=2027)
    for year, cost, bought in (
        (2027, "0.001", False),
        (2028, "2", True),
        (2028, "2.001", False),
        (2029, "0.001", False),
    ):
        # 2 * 1.1 = 2.2 pays for 2 of today; 2.001 becomes 2.2011, so 2.201.
        buyer = option("A", cost, 50, earliest_start=year, latest_start=year)
        earning = case(toll, buyer, years=3, cost_growth="0.1", funds=(fund(2027, 0, 0, 0),))
        assert ("A" in chosen(earning, solver)) == bought


def test_income_by_year_pays_from_the_start_on(solver: str) -> None:
    # LEASE brings 3 in the year of its start and 2 in the next, before it operates in 2029.
    lease = option("LEASE", 0, 1, income=(3, 2), build_years=2, latest_start=2027)
    for year, cost, bought in (
        (2027, 3, True),
        (2027, "3.001", False),
        (2028, 2, True),
        (2028, "2.001", False),
        (2029, "0.001", False),
    ):
        buyer = option("A", cost, 50, earliest_start=year, latest_start=year)
        earning = case(lease, buyer, years=3, funds=(fund(2027, 0, 0, 0),))
        assert ("A" in chosen(earning, solver)) == bought


def test_savings_of_a_synergy_pay_into_the_fund_that_is_named(solver: str) -> None:
    # Together A and C save 3 a year for OWN, or for STATE, which is the first fund.
    free = (option("A", 0, 1), option("C", 0, 1), option("B", 3, 40))
    funds = (fund(2027, 0, eligible=scope("A")), fund(2027, 0, id="OWN", eligible=scope("B")))
    for to, taken in (("OWN", {"A", "B", "C"}), (None, {"A", "C"})):
        saving = synergy("A", "C", saving=3, saving_to=to)
        assert chosen(case(*free, funds=funds, rules=(saving,)), solver) == taken


# The audit


BOTH = world(fund(2027, 25), fund(2027, 9, id="GRANT", pays_at_most="0.5", eligible=scope("A")))


@pytest.mark.parametrize(
    ("payments", "sentences"),
    [
        ((("STATE", "A", 10),), []),
        ((("STATE", "A", 5), ("GRANT", "A", 5)), []),
        ((("STATE", "A", "4.999"), ("GRANT", "A", "5.001")), []),
        (
            (("STATE", "A", "4.998"), ("GRANT", "A", "5.002")),
            ["Funds!A3: GRANT pays 5.002 million of A (build) in 2027; it may pay 5.000"],
        ),
        (
            (("STATE", "A", 9),),
            ["Investments!A2: A (build) costs 10.000 million in 2027; 9.000 are paid"],
        ),
        (
            (("STATE", "A", 11),),
            [
                "Funds!A2: STATE pays 11.000 million of A (build) in 2027; it may pay 10.000",
                "Investments!A2: A (build) costs 10.000 million in 2027; 11.000 are paid",
            ],
        ),
        (
            (("STATE", "A", 11), ("GRANT", "A", -1)),
            [
                "Funds!A2: STATE pays 11.000 million of A (build) in 2027; it may pay 10.000",
                "Funds!A3: GRANT pays -1.000 million of A (build) in 2027; it may pay 5.000",
            ],
        ),
    ],
)
def test_the_audit_checks_every_payment_of_an_item(
    payments: tuple[tuple[str, str, Amount], ...], sentences: list[str]
) -> None:
    made = tuple(pays(who, what, "build", 2027, much) for who, what, much in payments)

    assert told_of(BOTH, plan(BOTH, "A", payments=Payments(made))) == sentences


def test_the_audit_names_a_fund_that_may_not_pay() -> None:
    made = (pays("STATE", "B", "build", 2027, 19), pays("GRANT", "B", "build", 2027, 1))

    assert told_of(BOTH, plan(BOTH, "B", payments=Payments(made))) == [
        "Funds!A3: GRANT pays 1.000 million of B (build) in 2027; it may pay 0.000"
    ]


def test_the_audit_names_a_fund_that_has_less_than_it_pays() -> None:
    made = (pays("STATE", "A", "build", 2027, 10), pays("STATE", "B", "build", 2027, 20))

    assert told_of(BOTH, plan(BOTH, "A", "B", payments=Payments(made))) == [
        "Funds!A2: STATE uses 5.000 million more than it has in 2027"
    ]


def test_the_audit_counts_what_was_set_aside_and_what_came_in() -> None:
    # 6 in 2027, half of which comes through: 3 + 2 of income + 5 in 2028.
    second = option("A", 10, 50, earliest_start=2028, latest_start=2028)
    toll = option("TOLL", 0, 0, running_cost=-2, earliest_start=2028)
    carried = case(second, toll, years=2, funds=(fund(2027, 6, 5, carry_over="0.5"),))
    made = (pays("STATE", "A", "build", 2028, 10),)

    def said(aside: dict[tuple[str, int], Any]) -> list[str]:
        proposed = plan(carried, ("A", 2028), ("TOLL", 2028), payments=Payments(made, aside))
        return told_of(carried, proposed)

    assert said({("STATE", 2027): 6}) == []
    assert said({("STATE", 2027): 5.9}) == [
        "Funds!A2: STATE uses 0.050 million more than it has in 2028"
    ]
    assert said({("STATE", 2027): 6.5}) == [
        "Funds!A2: STATE uses 0.500 million more than it has in 2027"
    ]
    assert said({("STATE", 2027): 6, ("STATE", 2028): 0.1}) == [
        "Funds!A2: STATE uses 0.100 million more than it has in 2028",
        "Funds!A2: STATE sets aside or holds an impossible amount in 2028",
    ]


def test_the_audit_passes_what_is_paid() -> None:
    assert told(world(fund(2027, 30)), "A", "B") == []


# The theorem


def test_the_rows_of_sets_of_funds_say_what_an_explicit_flow_says() -> None:
    """What the projection allows is what a flow with a column for each payment allows."""
    allowed = 0
    for seed in range(300):
        rng = Random(seed)
        flow = _random_flow(rng)
        for taken in product((False, True), repeat=len(flow.options)):
            names = tuple(name for name, there in zip(flow.options, taken, strict=True) if there)
            by_rows = _rows_allow(flow, names)
            by_flow = _flow_allows(flow, names)
            by_payments = pay(flow, plan(flow, *names).choices) is not None
            assert (by_rows, by_payments) == (by_flow, by_flow), (seed, names)
            allowed += by_flow
    assert 300 < allowed < 300 * 4


def _random_flow(rng: Random) -> Case:
    years = rng.choice((1, 2))
    options = [
        option(
            name,
            [rng.randint(0, 6) for _ in range(years)],
            running_cost=rng.choice((0, 1, 2, -1)),
            revenue_to="F",
            build_years=0,
            latest_start=2027,
        )
        for name in ("A", "B")
    ]
    funds = [
        fund(
            2027,
            *(rng.randint(0, 8) for _ in range(years)),
            id=name,
            pays_at_most=rng.choice(("1", "1", "0.68", "0.5", "0.32")),
            pays=rng.choice(tuple(Pays)),
            eligible=scope(*rng.choice(((), (), ("A",), ("B",)))),
            carry_over=rng.choice(("0", "1", "0.5")),
        )
        for name in ("F", "G", "H")[: rng.randint(2, 3)]
    ]
    return case(*options, years=years, funds=funds)


def _rows_allow(world: Case, names: tuple[str, ...]) -> bool:
    """Say whether the money rows can be met with the starts fixed."""
    program = formulate(world)
    columns = list(program.quantities.columns.values())
    place = {column.name: number for number, column in enumerate(columns)}
    low = [0.0 if column.low is None else column.low for column in columns]
    high = [column.high for column in columns]
    for number, column in enumerate(columns):
        if column.integer:
            low[number] = high[number] = float(column.name[6:].partition(",")[0] in names)
    matrix, side = [], []
    for row in program.rows.values():
        assert row.constraint.high is not None
        line = np.zeros(len(columns))
        for name, coefficient in row.constraint.expression.terms.items():
            line[place[name]] = float(coefficient)
        matrix.append(line)
        side.append(float(row.constraint.high - row.constraint.expression.constant))
    found = linprog(np.zeros(len(columns)), matrix, side, bounds=list(zip(low, high, strict=True)))
    return bool(found.status == 0)


def _flow_allows(world: Case, names: tuple[str, ...]) -> bool:
    """Say whether every item can be paid, with a column for each fund, item and year."""
    years = range(world.years)
    bought = [world.options[name] for name in names]
    needs = {
        (each.id, part, t): int(each.cost[t])
        if part is Pays.BUILD
        else max(0, int(each.running_cost))
        for each in bought
        for part in (Pays.BUILD, Pays.RUNNING)
        for t in years
    }
    if not needs:
        return True
    earned = sum(max(0, -int(each.running_cost)) for each in bought)
    columns = {
        (name, part, who.id, t): need * float(who.pays_at_most)
        for (name, part, t), need in needs.items()
        for who in world.funds
        if who in world.payers(world.options[name], part)
    } | {("", "aside", who.id, t): np.inf for who in world.funds for t in years[:-1]}
    paid = [[float((*key, t) == (n, p, y)) for n, p, _f, y in columns] for *key, t in needs]
    used, there = [], []
    for who in world.funds:
        for t in years:
            carried = {("aside", t): 1.0, ("aside", t - 1): -float(who.carry_over)}
            used.append(
                [
                    (carried.get((p, y), 0.0) if p == "aside" else float(y == t)) * (f == who.id)
                    for _n, p, f, y in columns
                ]
            )
            there.append(float(who.amount[2027 + t]) + earned * (who is world.funds[0]))
    if not columns:
        return not any(needs.values())
    bounds = [(0, most) for most in columns.values()]
    found = linprog(np.zeros(len(columns)), used, there, paid, list(needs.values()), bounds=bounds)
    return bool(found.status == 0)
