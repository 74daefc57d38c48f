"""The own plan, a better and a cheaper one: by hand, and against every plan tried."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

import pytest

from choosebattles.audit.ledger import PlanLedger
from choosebattles.audit.plan_validity import allowed_starts
from choosebattles.audit.recount import recount
from choosebattles.case.case import Case
from choosebattles.case.limit import Metric
from choosebattles.case.plan import Choice, Plan
from choosebattles.case.rule import RuleKind
from choosebattles.constraints import units
from choosebattles.constraints.contingency_reserve import Contingency
from choosebattles.constraints.money import Money
from choosebattles.errors import InputError
from choosebattles.explain.own_plan import OwnPlan, RivalVerdict, own_plan, typed_plan
from choosebattles.solving.outcome import Stop
from choosebattles.solving.resolver import Resolver
from choosebattles.solving.resolver_question import Reply
from choosebattles.solving.resolver_question import SolverQuestion as Asked
from oracle.workbooks import ALL, SPINE
from random_cases import question
from small_cases import case, fund, investment, limit, ongoing, option, rule, scope, skill


def world(**facts: Any) -> Case:
    """A 60 for 70 points, B 50 for 60, C 40 for 50, D 10 for 5; 100 there are."""
    defaults: dict[str, Any] = {"funds": (fund(2027, 100),)}
    return case(
        option("A", 60, 70),
        option("B", 50, 60),
        option("C", 40, 50),
        option("D", 10, 5),
        **(defaults | facts),
    )


def test_a_better_and_a_cheaper_one() -> None:
    # P = B + D: 65 points for 60. For 60 there is A with 70. With less than 60 there are C + D
    # (55 points), B (60) and C (50): none has 65.
    found = own_plan(world(), {"B": None, "D": None})

    assert found.own is not None
    assert found.own.value == 65
    assert found.own.recount.total_cost == 60
    assert found.own.keeps
    assert found.better.verdict is RivalVerdict.FOUND
    assert found.better.plan is not None
    assert found.better.plan.taken == {"A"}
    assert found.better.low == 5
    assert found.better.high == pytest.approx(5, abs=1e-5)
    assert found.cheaper.verdict is RivalVerdict.SAME
    assert not found.efficient
    assert found.stop is Stop.OPTIMAL


def test_the_same_worth_for_less() -> None:
    # P = A + D: 75 points for 70. X has 75 for 45, and D fits beside it: 80 for 55.
    cheap = case(
        option("A", 60, 70), option("D", 10, 5), option("X", 45, 75), funds=(fund(2027, 70),)
    )

    found = own_plan(cheap, {"A": None, "D": None})

    assert found.cheaper.plan is not None
    assert found.cheaper.plan.taken == {"X"}
    assert found.cheaper.low == 25
    assert found.cheaper.high == pytest.approx(25, abs=1e-5)
    assert found.better.plan is not None
    assert found.better.plan.taken == {"X", "D"}


def test_an_efficient_plan_is_proved_to_be_one() -> None:
    found = own_plan(world(), {"A": None, "C": 2027})

    assert found.efficient
    assert found.better.plan is not None
    assert found.better.plan.taken == found.cheaper.plan.taken == {"A", "C"}  # type: ignore[union-attr]


def test_a_search_that_left_a_gap_calls_no_plan_the_best(monkeypatch: pytest.MonkeyPatch) -> None:
    ask = Resolver.ask

    def stopped_early(resolver: Resolver, question: Asked) -> Reply:
        reply = ask(resolver, question)
        bound = None if reply.bound is None else reply.bound + 3
        return replace(reply, stop=Stop.GAP, bound=bound)

    monkeypatch.setattr(Resolver, "ask", stopped_early)

    # P = A + C, the best that 100 buy; but a plan worth 3 more, or 3 cheaper, is not ruled out.
    found = own_plan(world(), {"A": None, "C": None})

    assert found.better.verdict is found.cheaper.verdict is RivalVerdict.OPEN
    assert found.better.high == pytest.approx(3, abs=1e-5)
    assert found.cheaper.high == pytest.approx(3, abs=1e-5)
    assert not found.efficient


def test_a_cheaper_plan_may_cost_little_less() -> None:
    found = own_plan(case(option("P", 10, 50), option("X", 9.75, 50)), {"P": None})

    assert found.cheaper.verdict is RivalVerdict.FOUND
    assert found.cheaper.low == 0.25


def test_of_better_plans_worth_the_same_the_cheapest() -> None:
    # both X and Y have 50; P has 10 for 9
    same = case(option("P", 9, 10), option("X", 9, 50), option("Y", 7, 50), funds=(fund(2027, 9),))

    found = own_plan(same, {"P": None})

    assert found.better.plan is not None
    assert found.better.plan.taken == {"Y"}


def test_of_cheaper_plans_the_one_worth_most() -> None:
    same = case(option("P", 9, 10), option("X", 4, 20), option("Y", 4, 50), funds=(fund(2027, 9),))

    found = own_plan(same, {"P": None})

    assert found.cheaper.plan is not None
    assert found.cheaper.plan.taken == {"Y"}


def test_yearly_money_binds_the_rivals() -> None:
    # A year has 6, and nothing is carried over: X (10 in one year) cannot be had, though the plan
    # of the user costs 10 in two.
    yearly = case(
        option("P", (5, 5), 10),
        option("X", 10, 90),
        years=2,
        funds=(fund(2027, 6, 6),),
    )

    assert own_plan(yearly, {"P": None}).efficient


def test_open_starts_get_the_best_years() -> None:
    # Over two years each is worth half if it starts in 2028. 8 a year: one in each; CLOUD, which
    # is worth more, first.
    two = case(option("CLOUD", 8, 70), option("CSIRT", 8, 60), years=2, funds=(fund(2027, 8, 8),))

    free = own_plan(two, {"CLOUD": None, "CSIRT": None}).own
    fixed = own_plan(two, {"CLOUD": 2028, "CSIRT": None}).own

    assert free is not None
    assert fixed is not None
    assert dict(free.plan.starts) == {"CLOUD": 2027, "CSIRT": 2028}
    assert free.open == ("CLOUD", "CSIRT")
    assert dict(fixed.plan.starts) == {"CLOUD": 2028, "CSIRT": 2027}
    assert fixed.open == ("CSIRT",)


def test_what_is_under_way_belongs_to_it() -> None:
    it = case(ongoing("OLD", 2026, 0, 30), option("A", 8, 70), funds=(fund(2027, 10),))

    own = own_plan(it, {"A": None}).own

    assert own is not None
    assert own.plan.taken == {"OLD", "A"}
    assert own.keeps
    assert own.open == ("A",)


def test_money_that_lacks_is_told_and_rivals_keep_to_it() -> None:
    # A + B cost 110 of 100: 130 points. Within 110, 100 there are: A + C, 120.
    found = own_plan(world(), {"A": None, "B": None})

    assert found.own is not None
    (broken,) = found.own.recount.violations
    assert broken.text == "STATE uses 10.000 million more than it has in 2027"
    assert [str(each) for each in broken.asked_by] == ["Funds!A2"]
    assert found.own.payable
    assert (found.better.verdict, found.better.low) == (RivalVerdict.FOUND, -10)
    assert found.better.plan is not None
    assert found.better.plan.taken == {"A", "C"}
    assert found.cheaper.verdict is RivalVerdict.NONE
    assert not found.efficient


def test_money_lacks_in_the_year_in_which_it_is_used() -> None:
    # 10 are there for A in 2027, and nothing for B in 2028. What lacks there could be set aside in
    # 2027 if it lacked then; but nobody would look for it in that year.
    late = case(
        option("A", 10, 10, latest_start=2027),
        option("B", 5, 10, latest_start=2028),
        years=2,
        funds=(fund(2027, 10, 0, carry_over=1),),
    )

    own = own_plan(late, {"A": 2027, "B": 2028}).own

    assert own is not None
    (broken,) = own.recount.violations
    assert broken.text == "STATE uses 5.000 million more than it has in 2028"


def test_open_years_break_as_little_as_can_be() -> None:
    # Ten in each year; 8 + 8 + 8 lack 6 in a year with two of them, whichever that is, and 14 if
    # all start together.
    three = case(*(option(each, 8, 10) for each in "ABC"), years=2, funds=(fund(2027, 10, 10),))

    own = own_plan(three, dict.fromkeys("ABC")).own

    assert own is not None
    (broken,) = own.recount.violations
    assert "6.000 million more" in broken.text


def test_a_demand_that_cannot_be_kept_gives_way_alone() -> None:
    # B needs A, which is left out; the people of one year suffice in the other
    it = case(
        option("A", 1, 10),
        option("B", 1, 20, build_staff={"IT": Decimal(5)}),
        years=2,
        funds=(fund(2027, 9, 9),),
        rules=(rule(RuleKind.REQUIRES_ALL, "B", needs=("A",)),),
        skills=(skill("IT", 2027, 0, 5),),
    )

    own = own_plan(it, {"B": None}).own

    assert own is not None
    assert dict(own.plan.starts) == {"B": 2028}
    (broken,) = own.recount.violations
    assert broken.text == "B starts in 2028 without A operating"
    assert [str(each) for each in broken.asked_by] == ["Rules!A2"]


@pytest.mark.parametrize(("priorities", "start"), [((1, 2), 2027), ((2, 1), 2028)])
def test_what_gives_way_first_by_its_priority_is_broken(
    priorities: tuple[int, int], start: int
) -> None:
    # Started in 2027 A costs 2 of at most 1; started in 2028 half of it falls after the end.
    it = case(
        option("A", (1, 1), 10, latest_start=2028, build_years=0),
        years=2,
        limits=(
            limit(Metric.COST, maximum=Decimal(1), priority=priorities[0]),
            limit(Metric.LATER_COST, maximum=Decimal(0), priority=priorities[1]),
        ),
    )

    own = own_plan(it, {"A": None}).own

    assert own is not None
    assert dict(own.plan.starts) == {"A": start}
    assert len(own.recount.violations) == 1


def test_two_options_of_one_investment_break_a_demand() -> None:
    it = case(investment("A", option("A.S", 1, 10), option("A.L", 2, 20)), funds=(fund(2027, 9),))

    found = own_plan(it, {"A.S": None, "A.L": None})

    assert found.own is not None
    assert [violation.text for violation in found.own.recount.violations] == [
        "A.S, A.L are taken; of one investment only one option can be"
    ]
    assert found.better.plan is not None
    assert found.better.plan.taken == {"A.L"}


def test_a_start_outside_the_years_is_what_it_breaks() -> None:
    found = own_plan(world(), {"A": 2040, "C": None})

    assert found.own is not None
    assert any("2040" in violation.text for violation in found.own.recount.violations)


def test_what_no_fund_may_pay() -> None:
    it = case(option("A", 8, 70), option("B", 5, 20), funds=(fund(2027, 10, eligible=scope("B")),))

    found = own_plan(it, {"A": None})

    assert found.own is not None
    assert not found.own.payable
    assert not found.own.keeps
    assert found.better.plan is not None
    assert found.better.plan.taken == {"B"}


def test_a_must_left_out_may_leave_no_better_one() -> None:
    # the must alone costs more than the plan
    it = case(option("M", 60, 1, decision="must"), option("A", 10, 5), funds=(fund(2027, 100),))

    found = own_plan(it, {"A": None})

    assert found.own is not None
    assert not found.own.keeps
    assert found.better.verdict is RivalVerdict.NONE
    assert (found.cheaper.verdict, found.cheaper.low) == (RivalVerdict.FOUND, -60)


def test_where_no_plan_keeps_every_demand_it_is_said() -> None:
    it = case(option("M", 60, 1, decision="must"), option("A", 9, 5), funds=(fund(2027, 10),))

    found = own_plan(it, {"A": None})

    assert found.stop is Stop.INFEASIBLE
    assert found.better.verdict is found.cheaper.verdict is RivalVerdict.NONE


def test_a_plan_that_is_too_cheap_and_too_good_leaves_others() -> None:
    # a cheap option that is never to be taken; the must costs more and is worth less
    it = case(
        option("M", 60, 1, decision="must"),
        option("N", 1, 90, decision="never"),
        funds=(fund(2027, 100),),
    )

    found = own_plan(it, {"N": None})

    assert found.better.verdict is found.cheaper.verdict is RivalVerdict.NONE
    assert found.stop is Stop.OPTIMAL


def test_the_column_is_read() -> None:
    it = case(option("A", 1, 1, own_plan=True), option("B", 1, 1, own_plan=2027), option("C"))

    assert dict(typed_plan(it)) == {"A": None, "B": 2027}
    own = own_plan(it).own
    assert own is not None
    assert own.plan.taken == {"A", "B"}


def test_no_own_plan_is_told() -> None:
    with pytest.raises(InputError, match=r"CB-R08 Investments \(Own plan\): found no own plan"):
        own_plan(world())


def test_an_empty_plan_may_be_named() -> None:
    found = own_plan(world(), {})

    assert found.own is not None
    assert found.own.value == 0
    assert found.efficient


def test_no_time_leaves_nothing_claimed() -> None:
    found = own_plan(world(), {"B": None}, time_limit=1e-9)

    assert (found.own, found.stop) == (None, Stop.TIME_LIMIT)
    assert found.better.verdict is found.cheaper.verdict is RivalVerdict.OPEN
    assert not found.efficient


@pytest.mark.parametrize("after", range(5))
def test_what_is_known_before_ctrl_c_is_kept(after: int, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0
    ask = Resolver.ask

    def interrupted(resolver: Resolver, question: Asked) -> Reply:
        nonlocal asked
        asked += 1
        if asked > after:
            raise KeyboardInterrupt
        return ask(resolver, question)

    monkeypatch.setattr(Resolver, "ask", interrupted)

    found = own_plan(PAIR, {"P": None})

    assert found.stop is Stop.INTERRUPTED
    assert (found.own is not None) is (after >= 1)
    assert (found.better.verdict is RivalVerdict.FOUND) is (after >= 2)
    assert (found.cheaper.verdict is RivalVerdict.FOUND) is (after >= 4)


PAIR = case(option("P", 9, 10), option("X", 8, 50), option("Y", 4, 20), funds=(fund(2027, 9),))


def test_a_gap_leaves_intervals_that_hold() -> None:
    found = own_plan(world(), {"B": None, "D": None}, gap=0.9)

    for each, true in ((found.better, 5), (found.cheaper, 0)):
        assert each.high is None or each.high >= true - 1e-6
        assert each.low <= true


# Against every plan tried

Chosen = Mapping[str, int | None]


def some_plan(seed: int, it: Case) -> Chosen:
    """Choose some options, one of an investment; some with a start year."""
    dice = Random(seed)
    chosen: dict[str, int | None] = {}
    for owner in it.investments:
        each = dice.choice(owner.options)
        if dice.random() < 0.5:
            years = [None, None, *allowed_starts(it, each)]
            chosen[each.id] = dice.choice(years)
    return chosen


def rivals_hold(found: OwnPlan, accounts: list[tuple[Fraction, Fraction]]) -> None:
    """Compare B and C with all allowed plans, given by objective and cost."""
    own = found.own
    assert own is not None
    value, cost = own.recount.after.value, own.recount.total_cost
    better = max((v for v, c in accounts if c <= cost), default=None)
    cheaper = min((c for v, c in accounts if v >= value - Fraction(1, 10**6)), default=None)
    if better is None:
        assert found.better.verdict is RivalVerdict.NONE
    else:
        assert found.better.low == pytest.approx(float(better - value), abs=1e-4)
        assert found.better.high == pytest.approx(float(better - value), abs=1e-4)
        least = min(c for v, c in accounts if c <= cost and v >= better - Fraction(1, 10**6))
        if found.better.verdict is RivalVerdict.FOUND:
            assert found.better.recount is not None
            assert found.better.recount.passed
            assert found.better.recount.total_cost == least
    if cheaper is None:
        assert found.cheaper.verdict is RivalVerdict.NONE
    else:
        assert found.cheaper.low == pytest.approx(float(cost - cheaper), abs=1e-4)
        if found.cheaper.verdict is RivalVerdict.FOUND:
            assert found.cheaper.recount is not None
            assert found.cheaper.recount.passed
            most = max(v for v, c in accounts if c == cheaper)
            assert float(found.cheaper.recount.after.value) == pytest.approx(float(most), abs=1e-4)


@pytest.mark.parametrize("parts", [SPINE, ALL], ids=["spine", "all"])
@pytest.mark.parametrize("seed", range(10))
def test_rivals_are_the_best_of_every_plan_tried(seed: int, parts: frozenset[str]) -> None:
    asked = question(7000 + 100 * seed, parts)
    chosen = some_plan(seed, asked.case)

    found = own_plan(asked.case, chosen)

    assert found.own is not None
    names = {each.casefold() for each in found.own.plan.taken}
    typed = {(name.casefold(), year) for name, year in chosen.items() if year is not None}
    same = [
        each
        for each in asked.survey.allowed
        if {name for name, _year in each.plan} == names and typed <= each.plan
    ]
    assert found.own.keeps is bool(same)
    if same:
        best = max(each.objective for each in same)
        assert found.own.value == pytest.approx(float(best), abs=1e-5)
    starts = found.own.plan.starts
    assert all(year in (None, starts[name]) for name, year in chosen.items())
    assert recount(asked.case, found.own.plan) == found.own.recount
    rivals_hold(found, [(a.objective, a.total_cost) for a in asked.survey.allowed])


def broken_by(it: Case, starts: Mapping[str, int]) -> frozenset[int]:
    """Return which demands a choice breaks, those on money left out: by their position."""
    choices = (Choice(it.investment_of[name].id, name, year) for name, year in starts.items())
    ledger = PlanLedger(it, Plan(tuple(choices)))
    return frozenset(
        number
        for number, unit in enumerate(units(it))
        if not isinstance(unit, Money | Contingency) and any(unit.violations(ledger))
    )


@pytest.mark.parametrize("seed", range(12))
def test_no_other_years_break_less(seed: int) -> None:
    it = question(9000 + 100 * seed, ALL).case
    chosen = some_plan(seed, it)

    own = own_plan(it, chosen).own

    assert own is not None
    ours = broken_by(it, own.plan.starts)
    years: list[Sequence[int]] = [
        allowed_starts(it, it.options[name]) if (year := chosen.get(name)) is None else [year]
        for name in own.plan.starts
    ]
    for each in product(*years):
        starts = dict(zip(own.plan.starts, each, strict=True))
        assert not broken_by(it, starts) < ours
