"""By how much the best plan with an investment that was left out is worth less."""

import math
from dataclasses import replace

import pytest

from choosebattles.case.decision_model import Method
from choosebattles.case.investment import Decision
from choosebattles.explain.price_of_left_out import prices
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop
from choosebattles.solving.resolver import Resolver
from choosebattles.solving.resolver_question import Reply, SolverQuestion
from choosebattles.solving.search_limits import SearchLimits
from choosebattles.solving.solve import solve
from small_cases import case, fund, option

# 100 buys A and B, 90 points. With C it is A and C, 80: 10 less. D is never taken, E cannot be.
WORLD = case(
    option("A", 50, 50),
    option("B", 50, 40),
    option("C", 50, 30),
    option("D", 10, 5, decision=Decision.NEVER),
    option("E", 200, 90),
    funds=(fund(2027, 100),),
)
OUTCOME = solve(WORLD, Options(gap=0.0))


def silent(_line: str) -> None: ...


def test_every_investment_left_out_has_its_price() -> None:
    found = prices(OUTCOME, gap=0.0, limits=SearchLimits(), watch=silent)

    assert found == {"C": pytest.approx((10, 10), abs=1e-5), "E": (math.inf, math.inf)}


def test_a_search_stopped_early_leaves_an_interval(monkeypatch: pytest.MonkeyPatch) -> None:
    ask = Resolver.ask

    def stopped_early(resolver: Resolver, question: SolverQuestion) -> Reply:
        reply = ask(resolver, question)
        if reply.bound is None:
            return reply
        return replace(reply, stop=Stop.TIME_LIMIT, bound=reply.bound + 4)

    monkeypatch.setattr(Resolver, "ask", stopped_early)

    found = prices(OUTCOME, gap=0.0, limits=SearchLimits(), watch=silent)

    # 80 are found with C, and 84 are not ruled out.
    assert found["C"] == pytest.approx((6, 10), abs=1e-5)


def test_without_time_work_or_weights_there_are_no_prices() -> None:
    model = WORLD.model.model_copy(update={"method": Method.LEXICOGRAPHIC})
    by_rank = replace(OUTCOME, case=WORLD.model_copy(update={"model": model}))

    for nothing in (SearchLimits(time_limit=0), SearchLimits(work_limit=0)):
        assert prices(OUTCOME, gap=0.0, limits=nothing, watch=silent) == {}
    assert prices(by_rank, gap=0.0, limits=SearchLimits(), watch=silent) == {}


def test_a_plan_not_proved_to_be_the_best_leaves_an_interval() -> None:
    # 90 are found and 94 not ruled out; with C it is 80: 10 to 14 less.
    stopped = replace(OUTCOME, stop=Stop.TIME_LIMIT, bound=94.0)

    found = prices(stopped, gap=0.0, limits=SearchLimits(), watch=silent)

    assert found["C"] == pytest.approx((10, 14), abs=1e-5)
