"""Why: every number against every plan there is, and against solving the changed case again."""

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from benchmarks.generator import generate
from choosebattles.audit.points_and_weights import ScoreScale
from choosebattles.case.case import Case
from choosebattles.case.investment import Decision, Option
from choosebattles.case.limit import Metric
from choosebattles.case.number_path import fields
from choosebattles.case.plan import Choice
from choosebattles.case.rule import RuleKind
from choosebattles.errors import AuditError, InputError
from choosebattles.explain.switching_values import SwitchingValues
from choosebattles.explain.why import explain_plan
from choosebattles.explain.why_answer import UNKNOWN, Explanation, Interval, PriceUnit, Why
from choosebattles.explain.why_price_measure import Aim
from choosebattles.formulation.program import formulate
from choosebattles.report.answers.why.numbers import number, points
from choosebattles.report.answers.why.rows import why_rows
from choosebattles.report.answers.why.sentences import (
    demand_lines,
    demand_sentence,
    summary_sentences,
    why_sentence,
)
from choosebattles.solving.highs_solver import HighsSolver
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import GoalUnit, Stop
from choosebattles.solving.resolver import Resolver
from choosebattles.solving.resolver_question import AnsweredBy, Reply, SolverQuestion
from choosebattles.solving.solve import solve
from choosebattles.vocabulary import Row, RowName
from oracle.brute_force import Survey
from oracle.facts import Facts
from oracle.recount import Account
from random_cases import question, starts_of
from small_cases import (
    case,
    criterion,
    fund,
    investment,
    layer,
    limit,
    objective,
    ongoing,
    option,
    rule,
)

CLOSE = 2e-5

SEVERAL = generate("tiny", 7)
"""A case with several funds, skills and rules, of which relaxations alone prove little."""


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
    return max((float(account.objective) for account in accounts), default=None)


def has(account: Account, names: set[str]) -> bool:
    return any(name in names for name, _start in account.plan)


@pytest.mark.parametrize("seed", range(12))
def test_prices_are_those_of_all_plans(seed: int) -> None:
    asked = question(seed)
    if str(asked.case.model.method) != "weighted":
        asked = replace(asked, case=weighted(asked.case))
    allowed = list(asked.survey.allowed)
    whole = best(allowed)
    explained = explain_plan(asked.case)
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
    points = ScoreScale(world).points_for_100
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
    answer = HighsSolver(program).maximise(
        goal, Options(gap=0), extra=[Row(RowName("with"), q.take(name) >= 1)]
    )
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


@pytest.mark.parametrize("seed", range(10))
def test_at_a_switching_value_the_decision_flips(seed: int) -> None:
    """Dearer than the largest factor it is not worth taking, cheaper than the least it is."""
    world = unmixed(question(seed).case)
    explained = explain_plan(world)
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


# Worlds whose arithmetic fits in a comment


def of(explained: Explanation, name: str) -> Why:
    return next(why for why in explained.whys if why.id == name)


def told(explained: Explanation, name: str) -> str:
    return why_sentence(explained, of(explained, name))


THREE = (option("A", 60, 70), option("B", 50, 60), option("C", 40, 20))


def test_a_plan_is_explained_in_plain_sentences() -> None:
    # 100 million buy A and C, worth 90. Without A: B and C, 80; with B: the same 80.
    # A costs 60; up to 60 with C's 40 it fits, and A alone (70) is worth less than B and C (80).
    # B would have to cost 40 with A (60 + 40): worth 130 with A.
    explained = explain_plan(case(*THREE, funds=(fund(2027, 100),)))

    assert told(explained, "A") == (
        "A is in: without it the best plan is worth 10.00 points less; B would come in. It stays "
        "in until it costs any more, or scores 10.0 points less on autonomy."
    )
    assert told(explained, "B") == (
        "B stays out: it would have to cost 10.0 million (20 %) less, or score 10.0 points more on "
        "autonomy; taking it anyway costs 10.00 points and displaces A."
    )
    assert told(explained, "C").startswith("C is in: without it the best plan is worth 20.00")
    assert (explained.stop, explained.settled, explained.asked) == (Stop.OPTIMAL, 3, 3)
    assert of(explained, "A").refilled == Interval(10, 10)


def test_the_hole_alone_is_filled_worse() -> None:
    # 80 million: A (60) and D (20) are worth 75. Without A the best is B and C, worth 40 + 30 = 70;
    # with D kept, 60 are left: B or C, worth 5 + 40 = 45.
    world = case(
        option("A", 60, 70),
        option("B", 40, 40),
        option("C", 40, 30),
        option("D", 20, 5),
        funds=(fund(2027, 80),),
    )

    why = of(explain_plan(world, ["A"]), "A")

    assert (why.price, why.refilled) == (Interval(5, 5), Interval(30, 30))
    assert why.instead is not None
    assert (set(why.instead.enters), set(why.instead.leaves)) == ({"B", "C"}, {"A", "D"})


def test_both_sides_of_an_exchange_are_told() -> None:
    # As above, without D: B and C come in, D leaves. B: it would displace A, and C comes in.
    world = case(
        option("A", 60, 70),
        option("B", 40, 40),
        option("C", 40, 30),
        option("D", 20, 5),
        funds=(fund(2027, 80),),
    )

    explained = explain_plan(world)

    assert told(explained, "A").startswith(
        "A is in: without it the best plan is worth 5.00 points less; B and C would come in and D "
        "would leave. "
    )
    assert told(explained, "B").endswith(
        "taking it anyway costs 5.00 points and displaces A and D; C comes in."
    )


def later(running: int) -> Case:
    """Return a world of two options, 10 to build and something to run, with money from 2028 on."""
    own: dict[str, Any] = {"latest_start": 2028, "running_cost": Decimal(running)}
    return case(
        option("A", 10, 70, **own),
        option("B", 10, 60, **own),
        years=3,
        funds=(fund(2027, 0, Decimal("22.5"), Decimal("22.5")),),
    )


def test_money_is_told_from_the_cost_at_the_start_in_the_plan() -> None:
    # From 2028 on A needs 15 and 5, 20 in all (from 2027 it would be 25), and 22.5 are there: half
    # more. Next to A 7.5 are left for B, which needs 15 in 2028: half.
    explained = explain_plan(later(5))

    assert " costs 10.0 million (50 %) more" in told(explained, "A")
    assert " cost 10.0 million (50 %) less" in told(explained, "B")
    for row in why_rows(explained):
        change = 10 if row.id == "A" else -10
        assert row.cost == 20
        assert row.cost_change == pytest.approx((change, change), abs=0.05)
    instead = of(explained, "B").instead
    assert instead is not None
    assert instead.starts == (("B", 2028),)


def test_the_cost_is_that_of_the_earliest_start_where_no_other_is_known() -> None:
    explained = explain_plan(later(5), ["B"])
    unknown = replace(explained.whys[0], instead=None)

    (row,) = why_rows(replace(explained, whys=(unknown,)))

    assert row.cost == 25


def test_income_is_no_cost() -> None:
    (row,) = why_rows(explain_plan(later(-5), ["A"]))

    assert row.cost == 10


def test_a_wide_interval_is_told_by_both_ends() -> None:
    # A narrow one by one number; ends are rounded away from each other.
    explained = explain_plan(case(*THREE, funds=(fund(2027, 100),)))
    wide = replace(of(explained, "A"), price=Interval(0.760, 1.438), refilled=None)

    assert why_sentence(explained, wide).startswith(
        "A is in: without it the best plan is worth between 0.76 and 1.44 points less; "
    )


def test_demands_not_told_apart_yet_stand_in_one_line() -> None:
    owners = (
        investment(each.id, each, pillar="cloud" if each.id == "A" else "ai") for each in THREE
    )
    world = case(
        *owners,
        funds=(fund(2027, 100),),
        limits=(limit(Metric.STARTS, "pillar: cloud", "pillar: ai", maximum=Decimal(6)),),
        rules=(rule(RuleKind.EXCLUDES, "A", "B"), rule(RuleKind.EXCLUDES, "B", "C")),
    )
    explained = explain_plan(world)
    first, *others = explained.demands
    unsettled = [replace(other, price=Interval(0, 0.5172)) for other in (first, *others)]

    assert next(iter(demand_lines(explained))) == (
        "No more than 6 investments of the pillars cloud and ai may start in any year (Limits!A2). "
        "It costs nothing: without this demand the best plan is worth the same."
    )
    assert [*demand_lines(replace(explained, demands=tuple(unsettled)))] == [
        (
            "Each of 3 demands costs at most 0.52 points, perhaps nothing; that is not settled yet: no "
            "more than 6 investments of the pillars cloud and ai may start in any year (Limits!A2), "
            "Rules!A2 and Rules!A3."
        )
    ]
    endless = replace(unsettled[1], price=Interval(0, math.inf))
    assert [*demand_lines(replace(explained, demands=(first, endless, unsettled[2])))][1:] == [
        "1 demand costs at most 0.52 points, perhaps nothing; that is not settled yet: Rules!A3.",
        "What these demands cost is not known yet: Rules!A2.",
    ]


def test_a_must_whose_worth_is_open_says_so() -> None:
    world = case(*THREE[:2], option("C", 50, 20, decision=Decision.MUST), funds=(fund(2027, 110),))
    explained = explain_plan(world)
    unsettled = replace(of(explained, "C"), price=Interval(-40, 3))

    assert why_sentence(explained, unsettled) == (
        "C is a must (Investments!A4): decided before. Whether it would be in as a free choice is "
        "not settled."
    )


def test_what_is_ongoing_is_told_what_keeping_it_costs() -> None:
    # It runs for 30 of 60 million and is worth 5: without it A (50, worth 60) fits.
    world = case(
        option("A", 50, 60),
        ongoing("O", 2026, 0, 5, running_cost=Decimal(30), reason="a treaty"),
        funds=(fund(2027, 60),),
    )

    assert told(explain_plan(world), "O").startswith(
        "O is ongoing (Investments!A3): a treaty. As a free choice it would be stopped; keeping it "
        "costs 55.00 points."
    )


def test_equal_plans_have_no_price() -> None:
    # Either fits, both are worth 50.
    world = case(option("A", 60, 50), option("B", 60, 50), funds=(fund(2027, 100),))

    explained = explain_plan(world)

    taken = next(why.id for why in explained.whys if why.taken)
    other = "B" if taken == "A" else "A"
    assert of(explained, taken).price == Interval(0, 0)
    assert told(explained, taken) == (
        f"{taken} is in, but could be left out at no loss: another plan without it is worth the "
        "same."
    )
    assert told(explained, other) == (
        f"{other} stays out, but could be taken at no loss: another plan with it is worth the same."
    )


def test_decisions_of_the_user_have_prices() -> None:
    # The must on C (40, worth 20) and the never on B (50, worth 60) leave A and C: 90 of 100.
    # Without the must: the same. With B allowed: A and C are still better (B and C 80).
    # On a budget of 110, A and B (130) are kept apart by both: each costs 40.
    decided = (
        option("A", 60, 70),
        option("B", 50, 60, decision=Decision.NEVER, reason="The courts said no"),
        option("C", 50, 20, decision=Decision.MUST),
    )
    explained = explain_plan(case(*decided, funds=(fund(2027, 110),)))
    prices = {demand.demand.what: demand for demand in explained.demands}

    assert told(explained, "B") == (
        "B is marked never (Investments!A3): The courts said no. It would stay out anyway: taking "
        "it costs 10.00 points and displaces A."
    )
    assert told(explained, "C") == (
        "C is a must (Investments!A4): decided before. Even as a free choice it is in: without it "
        "the best plan is worth 20.00 points less. It stays in until it costs any more, or scores "
        "20.0 points less on autonomy."
    )
    assert {demand_sentence(explained, demand) for demand in explained.demands} == {
        "It costs nothing: without this demand the best plan is worth the same."
    }
    assert {name: price.price for name, price in prices.items()} == {
        "C must be taken": Interval(0, 0),
        "B must never be taken": Interval(0, 0),
    }
    alone = explain_plan(
        case(*THREE[:2], option("C", 50, 20, decision=Decision.MUST), funds=(fund(2027, 110),))
    )
    (must,) = alone.demands
    assert must.price == Interval(40, 40)
    assert demand_sentence(alone, must) == (
        "It costs 40.00 points: without this demand the best plan is worth that much more; B would "
        "come in and C would leave."
    )
    assert told(alone, "C").startswith(
        "C is a must (Investments!A4): decided before. As a free choice it would stay out; the must "
        "costs 40.00 points."
    )


def test_what_shuts_something_out_is_named_with_its_cell() -> None:
    # B needs 120 million and there are 100.
    world = case(option("A", 60, 70), option("B", 120, 60), funds=(fund(2027, 100),))

    explained = explain_plan(world, ["b"])

    assert explained.whys[0].impossible
    assert told(explained, "B") == (
        "B cannot be taken: no plan with it meets all demands, because of this: STATE has 100.0 "
        "million in 2027 (Funds!A2)."
    )


def test_a_rule_that_stands_in_the_way_is_named() -> None:
    world = case(
        option("A", 60, 70),
        option("B", 10, 60),
        funds=(fund(2027, 100),),
        rules=(rule(RuleKind.EXCLUDES, "A", "B"),),
    )

    assert told(explain_plan(world), "B").endswith(
        "taking it anyway costs 10.00 points and displaces A. A, in the plan, shuts it out "
        "(Rules!A2)."
    )


def test_scores_in_bends_and_floors_flip_where_solving_again_does() -> None:
    # Full credit of the layer is 100, half of what comes after. A (60) is in; B and C compete for
    # 40 million: B 50 -> 110 - 5 = 105; C 48 outside the layer -> 60 + 48 = 108. B needs
    # 60 + 40 + (x - 40) / 2 = 108, so x = 56: 6 points more.
    world = case(
        investment("A", option("A.1", 60, 60), layer="hosting"),
        investment("B", option("B.1", 40, 50), layer="hosting"),
        investment("C", option("C.1", 40, 48)),
        funds=(fund(2027, 100),),
        layers=(layer("hosting", 100, "0.5"),),
    )

    why = of(explain_plan(world, ["B.1"]), "B.1")

    assert why.price == Interval(3, 3)
    addition = why.additions["autonomy"]
    assert addition.low <= 6 + 1e-3
    assert addition.high >= 6 - 1e-3
    assert addition.high - addition.low < 0.2


def test_an_investment_stands_for_all_its_options() -> None:
    # Without A there is nothing; without A.L there is A.S.
    world = case(
        investment("A", option("A.L", 60, 70), option("A.S", 40, 50)), funds=(fund(2027, 60),)
    )

    explained = explain_plan(world, ["A", "A.L"])

    assert of(explained, "A").price == Interval(70, 70)
    assert of(explained, "A.L").price == Interval(20, 20)


@pytest.mark.parametrize(
    ("method", "counted", "price"),
    [("lexicographic", PriceUnit.FIRST, 30), ("balanced", PriceUnit.SHARE, 0)],
)
def test_other_methods_count_what_comes_first(
    method: str, counted: PriceUnit, price: float
) -> None:
    # Autonomy first: A (70, 0) or B (40, 50) for 60 million; A is taken, and 30 better.
    world = case(
        option("A", 60, {"value": 70}),
        option("B", 60, {"value": 40, "strength": 50}),
        funds=(fund(2027, 60),),
        objectives=(objective("autonomy", 2), objective("resilience")),
        criteria=(criterion("value"), criterion("strength", objective="resilience")),
        method=method,
    )

    explained = explain_plan(world, ["A"])

    assert explained.counted is counted
    if counted is PriceUnit.FIRST:
        assert explained.whys[0].price == Interval(price, price)
        assert "the index autonomy, which comes first" in " ".join(summary_sentences(explained))
    else:
        # The smallest share: B 40 of 70 and 50 of 50, so 4/7; with A nothing of resilience.
        assert explained.whys[0].price.low == pytest.approx(4 / 7)


def test_an_unknown_id_is_told_with_the_nearest() -> None:
    with pytest.raises(InputError, match="Did you mean"):
        explain_plan(case(option("CLOUD", 60, 70)), ["CLUOD"])


def test_without_a_plan_there_is_only_the_conflict() -> None:
    world = case(option("A", 60, 70, decision=Decision.MUST), funds=(fund(2027, 10),))

    explained = explain_plan(world)

    assert (explained.stop, explained.whys) == (Stop.INFEASIBLE, ())
    assert explained.outcome.conflict is not None


def test_stopped_by_hand_everything_lies_between_proved_bounds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = 0
    ask = Resolver.ask

    def interrupted(resolver: Resolver, question: SolverQuestion) -> Reply:
        nonlocal asked
        asked += 1
        if asked > 1:
            raise KeyboardInterrupt
        return ask(resolver, question)

    monkeypatch.setattr(Resolver, "ask", interrupted)

    explained = explain_plan(case(*THREE, funds=(fund(2027, 100),)))

    assert explained.stop is Stop.INTERRUPTED
    for name, price in {"A": 10, "B": 10, "C": 20}.items():
        found = of(explained, name).price
        assert found.low <= price <= found.high


def test_before_any_search_every_price_lies_between_two_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = explain_plan(SEVERAL, [*SEVERAL.options][:4], work_limit=1.0)

    def interrupted(*_arguments: Any) -> Reply:
        raise KeyboardInterrupt

    monkeypatch.setattr(Resolver, "ask", interrupted)
    explained = explain_plan(SEVERAL, outcome=solve(SEVERAL, Options(gap=0)))

    assert explained.stop is Stop.INTERRUPTED
    assert all(price.bounded for price in explained.prices)
    assert sum(why.price.exact for why in explained.whys) < len(explained.whys) / 2
    for why in known.whys:
        quick = of(explained, why.id).price
        assert quick.low - CLOSE <= why.price.high
        assert quick.high + CLOSE >= why.price.low
    prices = explained.prices
    between = sum(not price.exact for price in prices)
    said = " ".join(summary_sentences(explained))
    assert f"{between} of {len(prices)} prices lie between two proved ends each" in said
    assert f"Of {len(prices)} prices" in said or between == len(prices)
    assert "0 of" not in said


def test_what_only_one_end_is_known_of_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Resolver, "exchange", Resolver.relaxed_bound)
    monkeypatch.setattr(Resolver, "ask", Resolver.relaxed_bound)
    explained = explain_plan(
        case(*THREE, funds=(fund(2027, 100),)),
        outcome=solve(case(*THREE, funds=(fund(2027, 100),))),
    )

    assert [price.bounded for price in explained.prices].count(False) == 3
    assert "For 3 of 3 prices at most one end is known." in summary_sentences(explained)


def test_a_search_stopped_early_leaves_a_price_open(monkeypatch: pytest.MonkeyPatch) -> None:
    ask = Resolver.ask

    def stopped_early(resolver: Resolver, question: SolverQuestion) -> Reply:
        reply = ask(resolver, question)
        bound = None if reply.bound is None else reply.bound + 2
        return replace(reply, stop=Stop.TIME_LIMIT, bound=bound)

    world = case(*THREE, funds=(fund(2027, 100),))
    outcome = solve(world)
    monkeypatch.setattr(Resolver, "ask", stopped_early)

    explained = explain_plan(world, outcome=outcome)

    assert explained.stop is not Stop.OPTIMAL
    assert not all(why.settled for why in explained.whys)
    for name, price in {"A": 10, "B": 10, "C": 20}.items():
        found = of(explained, name).price
        assert found.low <= price <= found.high
    assert any(not why.price.exact for why in explained.whys)


@pytest.mark.parametrize("stop", [Stop.FAILED, Stop.TIME_LIMIT, Stop.GAP])
@pytest.mark.parametrize("bound", [None, 1_000.0])
def test_searches_that_narrow_nothing_end_and_leave_it_open(
    monkeypatch: pytest.MonkeyPatch, stop: Stop, bound: float | None
) -> None:
    def narrows_nothing(*_arguments: Any, **_more: Any) -> Reply:
        return Reply(stop, None, None, bound, AnsweredBy.SEARCHED, 0.0)

    world = case(option("A", 2, 30), option("B", 3, 40), option("C", 1, 8), funds=(fund(2027, 4),))
    monkeypatch.setattr(Resolver, "ask", narrows_nothing)
    monkeypatch.setattr(Resolver, "relaxed_bound", narrows_nothing)
    monkeypatch.setattr(Resolver, "exchange", narrows_nothing)
    monkeypatch.setattr(SwitchingValues, "factor", lambda *_: (UNKNOWN, stop))
    monkeypatch.setattr(SwitchingValues, "addition", lambda *_: (UNKNOWN, stop))

    explained = explain_plan(world)

    assert explained.stop is Stop.FAILED
    assert explained.settled < explained.asked
    assert not any(why.price.exact for why in explained.whys)


def test_prices_leave_open_what_the_plan_leaves_open() -> None:
    """A is worth 50 and B 30; that no plan is worth more than 55 is all that is proved."""
    world = case(
        option("A", 6, 50), option("B", 6, 30), funds=(fund(2027, 10),), points_for_100=100
    )
    found = solve(world, Options(gap=0))
    (stage,) = found.stages
    stages = (replace(stage, bound=55.0, stop=Stop.GAP),)
    unsure = replace(found, bound=55.0, gap=0.1, stop=Stop.GAP, proven=False, stages=stages)

    explained = explain_plan(world, outcome=unsure, gap=0.1)

    for why in explained.whys:
        assert why.price.low <= 20 + 1e-6
        assert why.price.high >= 25 - 1e-6
        assert not why.settled or why.price.high - why.price.low <= 0.1 * 50 + 1e-6


@pytest.mark.parametrize("stop", [Stop.GAP, Stop.FAILED, Stop.TIME_LIMIT, Stop.WORK_LIMIT])
def test_only_what_is_settled_to_the_end_is_said_to_be_proved_as_a_whole(stop: Stop) -> None:
    explained = explain_plan(case(option("A", 6, 50), funds=(fund(2027, 10),)))

    assert "Every number is settled: proved." in summary_sentences(explained)
    told = " ".join(summary_sentences(replace(explained, stop=stop)))
    assert "Every number" not in told
    assert "1 of 1 prices is one number: proved." in told


def test_prices_between_two_ends_are_not_said_to_be_settled() -> None:
    # Within the gap that was asked for every search ended, and yet no price is one number.
    explained = explain_plan(case(option("A", 6, 50), funds=(fund(2027, 10),)))
    (why,) = explained.whys
    within_gap = replace(explained, whys=(replace(why, price=Interval(45, 50)),))

    told = " ".join(summary_sentences(within_gap))
    assert "Every number is settled" not in told
    assert "1 of 1 prices lies between two proved ends, no more than 5" in told


def test_numbers_have_no_more_digits_than_their_bounds_support() -> None:
    assert number(Interval(1.2341, 1.2342), 2) == "1.23"
    assert number(Interval(1.21, 1.24), 2) == "1.2"
    assert number(Interval(0.760, 1.438), 2) == "between 0.76 and 1.44"
    assert number(Interval(1.03, 1.07), 1) == "between 1.0 and 1.1"
    assert number(Interval(0.98, 1.02), 2) == "1.0"
    assert number(Interval(0.001, 0.29), 2) == "at most 0.29"
    assert number(Interval(0.00141, 0.00143), 3) == "0.0014"
    assert number(Interval(1.00, 1.00), 0) == "1"
    assert [points(each) for each in ("1", "1.4", "between 1 and 2")] == [
        "1 point",
        "1.4 points",
        "between 1 and 2 points",
    ]
    assert number(Interval(1.04, 1.96), 1) == "between 1.0 and 2.0"
    assert number(Interval(1.25, math.inf), 1) == "at least 1.2"


def test_a_delayed_score_loses_and_harm_does_not() -> None:
    """The lines below which stays what an addition brings meet the sum itself, at every point."""
    world = case(
        option("A", 1, {"value": 20, "other": -10}, delay_loss="0.5", latest_start=2028),
        years=2,
        criteria=(criterion("value"), criterion("other")),
    )
    program = formulate(world)
    aim = Aim(PriceUnit.OBJECTIVE, "", GoalUnit.POINTS, Interval(0, 0))
    switching = SwitchingValues(world, program, aim)
    pieces = list(switching._pieces(world.options["A"], "autonomy", "start[A,2028]"))

    def worth(more: float) -> float:
        scores = (20 + more, -10 + more)
        return sum(0.5 * score * (0.5 if score > 0 else 1) for score in scores)

    for more in (-40, -20, -5, 0, 5, 10, 30):
        lines = min(slope * more + fixed for slope, fixed in pieces)
        assert lines == pytest.approx(worth(more) - worth(0))


def test_no_score_may_leave_its_scale_for_a_decision_to_flip() -> None:
    # 10 buy one of them. RISE is worth (90 - 20) / 2 = 35, 15 less than BEST, and its highest
    # score may rise by 10 only. BEST may fall by 15, and its lowest score has 140 down to -100.
    both = (criterion("value"), criterion("other"))
    world = case(
        option("BEST", 10, {"value": 60, "other": 40}),
        option("RISE", 10, {"value": 90, "other": -20}),
        funds=(fund(2027, 10),),
        criteria=both,
    )
    # LOW is worth (9 * 50 - 95) / 10 = 35.5, and its lowest score may fall by 5 only.
    low = case(
        option("LOW", 10, {"value": 50, "other": -95}),
        funds=(fund(2027, 10),),
        criteria=(criterion("value", weight=9), criterion("other")),
    )

    explained = explain_plan(world)

    assert of(explained, "RISE").additions == {"autonomy": Interval(math.inf, math.inf)}
    fall = of(explained, "BEST").additions["autonomy"]
    assert (fall.low, fall.high) == pytest.approx((-15, -15), abs=1e-4)
    assert of(explain_plan(low), "LOW").additions == {"autonomy": Interval(-math.inf, -math.inf)}


def test_a_score_that_does_not_count_sets_no_limit_to_others() -> None:
    # 10 million buy A, 50 points, or B, 30, which needs 20 more; what B has on a criterion
    # without a weight stands at the end of the scale and is not asked for.
    world = case(
        option("A", 10, {"value": 50, "idle": 0}),
        option("B", 10, {"value": 30, "idle": 100}),
        funds=(fund(2027, 10),),
        criteria=(criterion("value"), criterion("idle", weight=0)),
    )

    addition = of(explain_plan(world), "B").additions["autonomy"]

    assert (addition.low, addition.high) == pytest.approx((20, 20), abs=1e-3)


def test_a_score_may_fall_until_no_start_is_worth_it() -> None:
    # 10 million a year buy X in 2027, 60 points in both years; or Y, 20 points in both, and X in
    # 2028, 30: 50. Without X it is 20. From 2027 on X is worth it until its score is 60 - 40 = 20;
    # started in 2028 beside Y, until there is nothing left of it.
    world = case(
        option("X", 10, 60, latest_start=2028),
        option("Y", 10, 20, latest_start=2027),
        years=2,
        accrual="over time",
        funds=(fund(2027, 10, 10),),
    )

    why = of(explain_plan(world), "X")

    assert why.price == Interval(40, 40)
    fall = why.additions["autonomy"]
    assert (fall.low, fall.high) == pytest.approx((-60, -60), abs=1e-3)


@pytest.mark.parametrize(("most", "rise"), [(100, 40.0), (80, math.inf)])
def test_a_limit_on_points_counts_scores_before_their_delay(most: int, rise: float) -> None:
    # The money is there in 2028 alone, when half of B's 50 points is gone: to be worth as much as
    # A, B needs 90, and a limit on points counts these 90.
    world = case(
        option("A", 10, 45, earliest_start=2028, latest_start=2028),
        option("B", 10, 50, earliest_start=2027, latest_start=2028, delay_loss="0.5"),
        years=2,
        funds=(fund(2027, 0, 10),),
        limits=(limit(Metric.POINTS, "B", criterion="value", maximum=most),),
    )

    addition = of(explain_plan(world), "B").additions["autonomy"]

    assert (addition.low, addition.high) == pytest.approx((rise, rise), abs=0.1)


def test_what_is_worth_taking_for_nothing_only_says_so() -> None:
    # 10 million buy A, 50 points, and nothing else. X brings nothing: as good as A's plan only
    # where it costs nothing at all. Y does harm: not even then
    world = case(
        option("A", 10, 50), option("X", 10, 0), option("Y", 10, -1), funds=(fund(2027, 10),)
    )

    _a, x, y = explain_plan(world).whys

    assert x.factor is not None
    assert x.factor.low == 0
    assert 0 <= x.factor.high < 1e-3
    assert y.factor == Interval(-math.inf, -math.inf)
    assert x.settled
    assert y.settled


def test_the_upper_end_of_an_addition_is_never_too_low() -> None:
    # B must score 50 / 0.9 where its start in the second year takes a tenth off
    world = case(
        option("A", [0, 10], 50, latest_start=2027),
        option("B", [10], 30, earliest_start=2027, latest_start=2028, delay_loss="0.1"),
        years=2,
        funds=(fund(2027, 0, 10),),
    )

    _a, b = explain_plan(world).whys

    found = b.additions["autonomy"]
    exact = 50 / 0.9 - 30
    assert found.low <= exact + 1e-9
    assert found.high >= exact - 1e-8
    assert found.high - found.low < 0.1


def test_what_is_settled_is_one_number_on_the_scale_of_prices(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # a bound that is off by 4.5 of 10,000 of the best value is no proof of a price of 10 points
    world = case(option("A", 10, 50), option("B", 10, 40), funds=(fund(2027, 10),))

    def wide(quick: Callable[..., Reply]) -> Callable[..., Reply]:
        def answer(resolver: Resolver, question: SolverQuestion) -> Reply:
            reply = quick(resolver, question)
            assert reply.bound is not None
            stop = Stop.FAILED if reply.value is None else Stop.GAP
            return replace(reply, stop=stop, bound=reply.bound + 4.5e-4)

        return answer

    monkeypatch.setattr(Resolver, "relaxed_bound", wide(Resolver.relaxed_bound))
    monkeypatch.setattr(Resolver, "exchange", wide(Resolver.exchange))

    for why in explain_plan(world).whys:
        assert why.settled
        assert why.price.exact
        assert why.price.low == pytest.approx(10, abs=1e-6)


def test_no_plan_is_shown_that_the_audit_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    # A and B cost 110 of 100 million: no other decision on C leads there.
    world = case(*THREE, funds=(fund(2027, 100),))
    outcome = solve(world)
    both = tuple(Choice(name, name, 2027) for name in ("A", "B"))

    def too_dear(*_arguments: Any) -> Reply:
        return Reply(Stop.GAP, both, 130.0, 200.0, AnsweredBy.SEARCHED, 0.0)

    monkeypatch.setattr(Resolver, "exchange", too_dear)
    monkeypatch.setattr(Resolver, "ask", too_dear)

    with pytest.raises(AuditError, match=r"fails the independent check|cannot be paid for"):
        explain_plan(world, ["C"], outcome=outcome)
