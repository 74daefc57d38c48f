"""Why: every number against every plan there is, and against solving the changed case again."""

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from choosebattles.audit.scale import Scale
from choosebattles.case.case import Case
from choosebattles.case.investment import Decision, Option
from choosebattles.case.path import fields
from choosebattles.case.rule import RuleKind
from choosebattles.errors import InputError
from choosebattles.explain.why import explain
from choosebattles.explain.why_answer import Counted, Explanation, Interval, Why
from choosebattles.formulation.program import formulate
from choosebattles.solving.highs import Highs
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop
from choosebattles.terms import Row
from oracle.brute_force import Survey
from oracle.facts import Facts
from oracle.recount import Account
from random_cases import question, starts_of
from worlds import case, criterion, fund, investment, layer, limit, objective, option, rule
from choosebattles.case.limit import Metric

CLOSE = 2e-5


def near(interval: Interval, number: float, size: float) -> bool:
    """Say whether an interval is a number, as near as proofs of numbers of a size are."""
    room = 4e-6 * max(1.0, abs(size))
    return interval.low - room <= number <= interval.high + room and (
        interval.exact or interval.high - interval.low <= 2 * room
    )


def opened(facts: Facts, names: set[str], decision: str) -> Facts:
    """Return the facts with a decision of these options taken back."""
    options = tuple(
        replace(each, decision="open") if each.id in names and each.decision == decision else each
        for each in facts.options
    )
    return replace(facts, options=options)


def best(accounts: list[Account]) -> float | None:
    return max((float(each.objective) for each in accounts), default=None)


def has(account: Account, names: set[str]) -> bool:
    return any(name in names for name, _start in account.plan)


@pytest.mark.parametrize("seed", range(24))
def test_prices_are_those_of_all_plans(seed: int) -> None:
    asked = question(seed)
    if str(asked.case.model.method) != "weighted":
        asked = replace(asked, case=weighted(asked.case))
    allowed = list(asked.survey.allowed)
    whole = best(allowed)
    explained = explain(asked.case)
    if whole is None:
        assert (explained.whys, explained.outcome.stop) == ((), Stop.INFEASIBLE)
        return
    assert explained.outcome.plan is not None
    plan = starts_of(explained.outcome.plan)
    for why in explained.whys:
        own = {why.id.casefold()}
        decision = str(asked.case.options[why.id].decision)
        plans = allowed
        if decision in ("never", "ongoing") or (decision == "must" and alone(asked.case, why)):
            plans = list(Survey(opened(asked.facts, own, decision)).allowed)
        other = best([each for each in plans if has(each, own) is not why.taken])
        assert why.taken == (why.id in explained.outcome.plan.taken)
        if other is None:
            assert why.impossible
            continue
        assert near(why.price, whole - other, whole), why
        if why.taken:
            rest = {each for each in plan if each[0] not in own}
            kept = [each for each in plans if rest <= each.plan and not has(each, own)]
            refilled = best(kept)
            assert why.refilled is not None
            if refilled is None:
                assert why.refilled.low == math.inf
            else:
                assert near(why.refilled, whole - refilled, whole), why


def alone(world: Case, why: Why) -> bool:
    owner = world.investment_of[why.id]
    return sum(each.decision is Decision.MUST for each in owner.options) == 1


def weighted(world: Case) -> Case:
    model = world.model.model_copy(update={"method": "weighted"})
    return Case.model_validate({**fields(world), "model": model})


def changed_option(world: Case, name: str, change: Callable[[Option], Option]) -> Case:
    """Return the case with an option that is changed, on the same scale, without a check."""
    points = Scale(world).points_for_100
    owners = tuple(
        owner.model_copy(
            update={
                "options": tuple(
                    change(each) if each.id == name else each for each in owner.options
                )
            }
        )
        for owner in world.investments
    )
    scale = Decimal(points.numerator) / Decimal(points.denominator)
    return Case.model_construct(**{**fields(world), "investments": owners, "points_for_100": scale})


def worth_with(world: Case, name: str) -> float:
    """Return the best value of plans with an option, searched from nothing."""
    program = formulate(world)
    q = program.quantities
    goal = q.objective
    answer = Highs(program).maximise(goal, Options(gap=0), extra=[Row("with", q.take(name) >= 1)])
    if answer.values is None:
        return -math.inf
    found = sum(float(number) * answer.values[each] for each, number in goal.terms.items())
    return found + float(goal.constant)


def dearer(factor: float) -> Callable[[Option], Option]:
    times = Decimal(repr(factor))

    def change(each: Option) -> Option:
        running = each.running_cost * (times if each.running_cost > 0 else 1)
        costs = tuple(it * times for it in each.cost)
        return each.model_copy(update={"cost": costs, "running_cost": running})

    return change


def scored(world: Case, goal: str, more: float) -> Callable[[Option], Option]:
    criteria = [each.id for each in world.criteria_of[goal]]

    def change(each: Option) -> Option:
        scores = {**each.score}
        for it in criteria:
            scores[it] = scores.get(it, Decimal(0)) + Decimal(repr(more))
        return each.model_copy(update={"score": scores})

    return change


def switches(explained: Explanation) -> Iterator[tuple[Why, float, float]]:
    """Yield what has switching values, with the least and the most the best without it is worth."""
    value = explained.outcome.objective
    for why in explained.whys:
        if value is None or why.impossible or explained.case.options[why.id].decision != "open":
            continue
        yield why, value, value - why.price.high if why.taken else value


def unmixed(world: Case) -> Case:
    """Return the case weighted, without limits that more costs or points can help to meet."""
    model = weighted(world).model
    kept = tuple(
        each for each in model.limits if each.minimum is None and each.metric is not Metric.POINTS
    )
    return Case.model_validate(
        {**fields(world), "model": model.model_copy(update={"limits": kept})}
    )


@pytest.mark.parametrize("seed", range(16))
def test_at_a_switching_value_the_decision_flips(seed: int) -> None:
    """Dearer than the largest factor it is not worth taking, cheaper than the least it is."""
    world = unmixed(question(seed).case)
    explained = explain(world)
    for why, value, without in switches(explained):
        room = CLOSE * max(1.0, abs(value))
        if why.factor is not None and math.isfinite(why.factor.low):
            low, high = why.factor.low * 0.999, why.factor.high * 1.001
            assert worth_with(changed_option(world, why.id, dearer(low)), why.id) >= without - room
            if math.isfinite(high):
                dear = worth_with(changed_option(world, why.id, dearer(high)), why.id)
                assert dear < without + room, why
        if why.factor is not None and why.factor.high == -math.inf:
            assert worth_with(changed_option(world, why.id, dearer(0.0)), why.id) < without + room
        for goal, addition in why.additions.items():
            if math.isfinite(addition.high):
                more = scored(world, goal, addition.high + 0.01)
                assert worth_with(changed_option(world, why.id, more), why.id) >= without - room
            if math.isfinite(addition.low):
                less = scored(world, goal, addition.low - 0.01)
                assert worth_with(changed_option(world, why.id, less), why.id) < without + room
