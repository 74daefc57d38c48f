"""Who pays what, once it is decided what is bought and when."""

from decimal import Decimal
from fractions import Fraction
from random import Random

from choosebattles.audit.ledger import PlanLedger
from choosebattles.audit.recount import recount
from choosebattles.case.case import Case
from choosebattles.case.decision_model import ContingencyKind
from choosebattles.case.plan import Choice, Payments, Plan
from choosebattles.formulation.program import formulate
from choosebattles.solving.payments import pay
from random_cases import draft
from small_cases import case, fund, option, plan, scope

A, B = option("A", 10, 50), option("B", 20, 40)


def shares(world: Case, *chosen: str) -> dict[tuple[str, str, int], float] | None:
    """Return what each fund pays for each option and year."""
    payments = pay(world, plan(world, *chosen).choices)
    if payments is None:
        return None
    return {(each.fund, each.option, each.year): float(each.amount) for each in payments.paid}


def test_what_is_bought_is_paid_in_full() -> None:
    assert shares(case(A, B, funds=(fund(2027, 30),)), "A", "B") == {
        ("STATE", "A", 2027): 10,
        ("STATE", "B", 2027): 20,
    }


def test_nothing_bought_is_nothing_paid() -> None:
    assert pay(case(A), ()) == Payments()


def test_what_cannot_be_paid_has_no_payments() -> None:
    assert shares(case(A, funds=(fund(2027, 9),)), "A") is None


def test_what_nobody_may_pay_has_no_payments() -> None:
    # STATE is for B alone; so nobody pays for A.
    assert shares(case(A, B, funds=(fund(2027, 99, eligible=scope("B")),)), "A") is None


def test_money_with_a_price_comes_last() -> None:
    # 10 of A: 6 of the state, the rest of the donor.
    funds = (fund(2027, 9, id="DONOR", dependence=1), fund(2027, 6))

    assert shares(case(A, funds=funds), "A") == {
        ("STATE", "A", 2027): 6,
        ("DONOR", "A", 2027): 4,
    }


def test_an_early_debt_costs_more_than_a_late_one() -> None:
    # The state has 10 for both years. Spent in 2027 it leaves 0.9 of 10 in one year, the late
    # donor's; kept for 2028 it leaves 0.5 of 10 in both years, the early donor's, which is more.
    two = option("A", (10, 10), 50, build_years=0, latest_start=2027)
    funds = (
        fund(2027, 10, 0, carry_over=1),
        fund(2027, 10, 0, id="EARLY", dependence="0.5"),
        fund(2027, 0, 10, id="LATE", dependence="0.9"),
    )

    assert shares(case(two, years=2, funds=funds), "A") == {
        ("STATE", "A", 2027): 10,
        ("LATE", "A", 2028): 10,
    }


def test_money_for_little_is_spent_before_money_for_anything() -> None:
    # GRANT is for A alone; so the state keeps its money.
    funds = (fund(2027, 30), fund(2027, 10, id="GRANT", eligible=scope("A")))

    assert shares(case(A, B, funds=funds), "A") == {("GRANT", "A", 2027): 10}


def test_a_share_of_much_is_for_less_than_all_of_some() -> None:
    # LOAN may pay for three things, a quarter of each: less than the two that the state may pay.
    funds = (
        fund(2027, 30, eligible=scope("A", "B")),
        fund(2027, 10, id="LOAN", pays_at_most="0.25"),
        fund(2027, 30, id="OTHERS", eligible=scope("C")),
    )

    assert shares(case(A, B, option("C", 10, 1), funds=funds), "A") == {
        ("STATE", "A", 2027): 7.5,
        ("LOAN", "A", 2027): 2.5,
    }


def test_a_ceiling_holds_for_each_item() -> None:
    # 68 % of 10 and of 20.
    funds = (fund(2027, 30), fund(2027, 30, id="GRANT", pays_at_most="0.68", eligible=scope("A")))

    assert shares(case(A, B, funds=funds), "A", "B") == {
        ("GRANT", "A", 2027): 6.8,
        ("STATE", "A", 2027): 3.2,
        ("STATE", "B", 2027): 20,
    }


def test_what_is_set_aside_and_held_is_told() -> None:
    # 2028 needs 10 and 1 of contingency: 6 there, so 10 set aside in 2027 at 50 %.
    late = option("A", 10, 50, earliest_start=2028)
    world = case(
        late,
        years=2,
        funds=(fund(2027, 10, 6, carry_over="0.5"),),
        contingency=ContingencyKind.FLAT,
        contingency_amount="0.1",
    )
    payments = pay(world, plan(world, ("A", 2028)).choices)

    assert payments is not None
    assert dict(payments.aside) == {("STATE", 2027): 10}
    assert dict(payments.held) == {("STATE", 2028): 1}


def test_nothing_is_set_aside_that_no_later_year_needs() -> None:
    world = case(A, B, years=3, funds=(fund(2027, 30, 30, 30, carry_over=0.5),))

    found = pay(world, plan(world, ("A", 2027), ("B", 2028)).choices)

    assert found is not None
    assert not found.aside


def test_what_later_years_lack_is_set_aside_and_no_more() -> None:
    world = case(option("A", 35, 50), years=3, funds=(fund(2027, 30, 30, 30, carry_over=0.5),))

    found = pay(world, plan(world, ("A", 2028)).choices)

    assert found is not None
    assert {key: float(it) for key, it in found.aside.items()} == {("STATE", 2027): 10}


def test_shares_of_an_item_add_up_exactly() -> None:
    # A third of 10 is no decimal; three funds of a third each, and a fourth for the rest.
    third = "0.333333333333333"
    funds = tuple(fund(2027, 99, id=name, pays_at_most=third) for name in ("F", "G", "H"))
    world = case(A, funds=(*funds, fund(2027, 1, pays_at_most="0.1")))
    payments = pay(world, plan(world, "A").choices)

    assert payments is not None
    assert sum(each.amount for each in payments.paid) == 10


def test_every_plan_that_can_be_paid_passes_the_money_of_the_audit() -> None:
    # Random starts of random cases: what `pay` pays, the audit never finds fault with.
    found = 0
    for seed in range(30):
        world, rng = draft(seed), Random(seed)
        for _ in range(4):
            choices = tuple(
                Choice(
                    world.investment_of[name].id, name, world.first_year + rng.choice(there).year
                )
                for name, there in formulate(world).quantities.starts.items()
                if there and rng.random() < 0.4
            )
            payments = pay(world, choices)
            if payments is not None:
                found += 1
                said = recount(world, Plan(choices, payments)).violations
                assert not [each for each in said if each.name.unit in {"money", "contingency"}]
    assert found > 30


def test_no_other_payments_have_a_lower_price() -> None:
    # The state can pay 1.5 of the 3 that are due; LOAN up to half of A at 1, DONOR at 3.
    funds = (
        fund(2027, "1.5"),
        fund(2027, 9, id="DONOR", dependence=3),
        fund(2027, 9, id="LOAN", dependence=1, pays_at_most="0.5", eligible=scope("A")),
    )
    world = case(option("A", 2, 1), option("B", 1, 1), funds=funds)
    payments = pay(world, plan(world, "A", "B").choices)

    assert payments is not None
    ledger = PlanLedger(world, Plan(plan(world, "A", "B").choices, payments))
    price = sum(Fraction(each.dependence) * ledger.paid(each, 0) / 1000 for each in world.funds)
    # 1 of LOAN at 1 and 0.5 of DONOR at 3.
    assert price == Fraction("2.5")


def test_no_more_is_held_than_the_reserve_asks_for() -> None:
    # 10 % of 5 is 0.5; a plan of nothing holds nothing, whatever money there is.
    world = case(option("CLOUD", 5, 40), funds=(fund(2027, 10), fund(2027, 20, id="EU")))
    flat = world.model.model_copy(
        update={"contingency": ContingencyKind.FLAT, "contingency_amount": Decimal("0.1")}
    )
    world = world.model_copy(update={"model": flat})

    for taken, held in ((("CLOUD",), Decimal("0.5")), ((), Decimal(0))):
        payments = pay(world, plan(world, *taken).choices)
        assert payments is not None
        assert sum(payments.held.values()) == held
