"""What is computed before a page is written."""

from dataclasses import replace

import pytest

from choosebattles.case.case import Case
from choosebattles.explain.precomputed import KnownAnswer, Precomputed, precompute
from choosebattles.solving.audited_plan import confirmed
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Outcome
from choosebattles.solving.resolver import Resolver
from choosebattles.solving.resolver_question import Reply, SolverQuestion
from choosebattles.solving.solve import solve
from report.page.moves import held
from small_cases import case, fund, option


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
