"""What is computed before a page is written."""

from dataclasses import replace
from typing import Any

import pytest

from choosebattles.case.case import Case
from choosebattles.case.decision_model import Method
from choosebattles.explain.precomputed import (
    SHARES,
    KnownAnswer,
    Precomputed,
    known_of,
    precompute,
    trade_off,
)
from choosebattles.solving.audited_plan import confirmed
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Outcome, Stop
from choosebattles.solving.resolver import Resolver
from choosebattles.solving.resolver_question import Reply, SolverQuestion
from choosebattles.solving.search_limits import SearchLimits
from choosebattles.solving.solve import solve
from report.page.moves import held
from small_cases import case, criterion, fund, objective, option


def answered() -> Outcome:
    world = held(case(option("A", 60, 30), option("B", 40, 25), funds=(fund(2027, 100),)))
    return solve(world, Options(gap=0))


def test_less_money_never_shows_as_worth_more(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = answered()
    assert outcome.plan is not None
    both, one = outcome.plan.choices, outcome.plan.choices[:1]
    ask = Resolver.ask

    def lazily(resolver: Resolver, question: SolverQuestion) -> Reply:
        """Answer as a search may that stops within its gap: for more money, with less."""
        reply = ask(resolver, question)
        if not isinstance(question.case, Case) or question.case.funds[0].amount[2027] <= 120:
            return reply
        _plan, counted = confirmed(question.case, one)
        return replace(reply, choices=one, value=float(counted.after.value))

    monkeypatch.setattr(Resolver, "ask", lazily)

    found: Precomputed = precompute(outcome, gap=0.9)

    rich: KnownAnswer = found.budgets[150]
    assert rich.plan is not None
    assert {choice.option for choice in rich.plan.choices} == {choice.option for choice in both}
    assert rich.bound is not None
    assert rich.bound >= rich.value
    values = [found.budgets[budget].value for budget in sorted(found.budgets)]
    assert values == sorted(values)
    assert rich.recount is not None
    assert rich.recount.passed


# --- what was not reached is missing, and never called proved -----------------------------------


def two_goals(**facts: Any) -> Outcome:
    """Return the answer to a case of two objectives, in which A is taken and B is not."""
    world = case(
        option("A", 60, {"value": 30, "hold": 10}),
        option("B", 60, {"value": 10, "hold": 25}),
        funds=(fund(2027, 100),),
        objectives=(objective("autonomy", 60), objective("resilience", 40)),
        criteria=(criterion("value"), criterion("hold", objective="resilience")),
        **facts,
    )
    return solve(held(world), Options(gap=0))


def test_all_that_is_shown_at_once_is_complete() -> None:
    found = precompute(two_goals(), gap=0)

    assert found.complete
    assert found.frontier is not None
    assert {*found.otherwise} == {"A", "B"}


def test_a_trade_off_that_is_not_traced_to_its_end_is_missing() -> None:
    outcome = two_goals()
    frontier = trade_off(outcome.case, SearchLimits(), lambda _line: None)
    assert frontier is not None
    partly = replace(frontier, complete=False, stop=Stop.TIME_LIMIT)

    assert precompute(outcome, gap=0, frontier=frontier).complete
    assert not precompute(outcome, gap=0, frontier=partly).complete


def test_where_no_plan_was_found_none_is_proved_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """The searches with B, and with less than 60 % of the money, end before they prove anything."""
    outcome = two_goals()
    ask = Resolver.ask

    def given_up(resolver: Resolver, question: SolverQuestion) -> Reply:
        reply = ask(resolver, question)
        if "B" in question.take or (question.case and question.case.funds[0].amount[2027] < 60):
            return replace(reply, stop=Stop.WORK_LIMIT, choices=None, value=None, bound=None)
        return reply

    monkeypatch.setattr(Resolver, "ask", given_up)

    found = precompute(outcome, gap=0)

    assert not found.complete
    assert "B" not in found.otherwise
    assert {*found.budgets} == {percent for percent in SHARES if percent >= 60}


def test_a_trade_off_that_ctrl_c_left_out_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last search was stopped by hand, with a plan: after it nothing more is begun."""
    outcome = two_goals()
    ask = Resolver.ask

    def stopped(resolver: Resolver, question: SolverQuestion) -> Reply:
        reply = ask(resolver, question)
        return replace(reply, stop=Stop.INTERRUPTED) if "B" in question.take else reply

    monkeypatch.setattr(Resolver, "ask", stopped)

    found = precompute(outcome, gap=0)

    assert {*found.otherwise} == {"A", "B"}
    assert found.frontier is None
    assert not found.complete


def test_a_method_that_ended_before_its_last_step_proves_nothing() -> None:
    outcome = two_goals(method=Method.LEXICOGRAPHIC)
    assert len(outcome.stages) == 3
    assert known_of(outcome).proven

    for stages in (outcome.stages[:2], outcome.stages[:1]):
        assert not known_of(replace(outcome, stages=stages)).proven
    late = replace(outcome.stages[-1], bound=None, stop=Stop.TIME_LIMIT)
    assert not known_of(replace(outcome, stages=(*outcome.stages[:2], late))).proven
