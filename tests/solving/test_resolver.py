"""Many near-equal questions: replies are what solving each afresh gives, bounds always hold."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from itertools import product
from random import Random
from typing import Any

import numpy as np
import pytest

from choosebattles.case.case import Case
from choosebattles.case.limit import Metric
from choosebattles.case.parameter import budget, names, replaced, value
from choosebattles.errors import InputError
from choosebattles.formulation.program import formulate
from choosebattles.solving.highs_model import HighsModel
from choosebattles.solving.highs_solver import HighsSolver
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop
from choosebattles.solving.resolver import Resolver, bracketed
from choosebattles.solving.resolver_question import AnsweredBy, Reply, SolverQuestion
from choosebattles.vocabulary import Linear, Row, RowName
from random_cases import draft
from small_cases import case, criterion, fund, layer, limit, objective, option, plan

EXACT = Options(gap=0)
RUN = HighsModel.run
CLOSE = 1e-6
TWO = (criterion("value"), criterion("strength", objective="resilience"))


def afresh(world: Case, extra: tuple[Row, ...] = (), goal: Linear | None = None) -> float | None:
    """Return the best value of a program that is formulated and searched from nothing."""
    program = formulate(world)
    goal = goal or program.quantities.objective
    answer = HighsSolver(program).maximise(goal, EXACT, extra=extra)
    if answer.values is None:
        return None
    worth = sum(float(number) * answer.values[name] for name, number in goal.terms.items())
    return worth + float(goal.constant)


def assert_answers(reply: Reply, best: float | None) -> None:
    """See that the reply holds the best value, and that its bound lies above it."""
    if best is None:
        assert (reply.stop, reply.choices) == (Stop.INFEASIBLE, None)
        return
    assert reply.value is not None
    assert reply.bound is not None
    assert reply.value == pytest.approx(best, abs=CLOSE * max(1, abs(best)))
    assert reply.bound >= best - CLOSE * max(1, abs(best))


def test_a_known_plan_that_meets_a_proved_bound_needs_no_search() -> None:
    # 60 and 50 do not fit into 100 together; 60 + 40 = 100 is worth 90.
    world = case(
        option("A", 60, 70), option("B", 50, 60), option("C", 40, 20), funds=(fund(2027, 100),)
    )
    resolver = Resolver(world)

    first = resolver.ask(SolverQuestion(gap=0))
    again = resolver.ask(SolverQuestion(gap=0))

    assert (first.value, set(first.taken)) == (90.0, {"A", "C"})
    assert (again.value, set(again.taken), again.how) == (90.0, {"A", "C"}, AnsweredBy.KNOWN)


@pytest.mark.parametrize("ended", [Stop.INTERRUPTED, Stop.INFEASIBLE, Stop.OPTIMAL])
def test_a_search_among_few_starts_tells_that_it_was_stopped_and_proves_nothing(
    monkeypatch: pytest.MonkeyPatch, ended: Stop
) -> None:
    # Without A the relaxation takes a part of both others, and no plan is known.
    world = case(
        option("A", 60, 70), option("B", 50, 60), option("C", 60, 65), funds=(fund(2027, 100),)
    )
    resolver = Resolver(world)
    monkeypatch.setattr(
        HighsModel,
        "run",
        lambda model, *given, **named: (
            replace(RUN(model, *given, **named), stop=ended, values=None)
            if model.integer
            else RUN(model, *given, **named)
        ),
    )

    reply = resolver.exchange(SolverQuestion(leave=frozenset({"A"}), gap=0))

    assert reply.stop is (Stop.INTERRUPTED if ended is Stop.INTERRUPTED else Stop.FAILED)
    assert reply.value is None
    assert reply.bound is not None


def test_what_is_left_out_or_taken_is_obeyed() -> None:
    # Without A: 50 + 40 = 90 million, worth 80. With B: the same. With A and B nothing fits.
    world = case(
        option("A", 60, 70), option("B", 50, 60), option("C", 40, 20), funds=(fund(2027, 100),)
    )
    resolver = Resolver(world)

    without = resolver.ask(SolverQuestion(gap=0, leave=frozenset({"A"})))
    with_b = resolver.ask(SolverQuestion(gap=0, take=frozenset({"B"})))
    both = resolver.ask(SolverQuestion(gap=0, take=frozenset({"A", "B"})))

    assert (without.value, set(without.taken)) == (80.0, {"B", "C"})
    assert (with_b.value, set(with_b.taken)) == (80.0, {"B", "C"})
    assert (both.stop, both.choices) == (Stop.INFEASIBLE, None)


def test_a_floor_stands_beside_another_goal() -> None:
    # With resilience of at least 30, autonomy is 40 by B; without, 70 by A.
    world = case(
        option("A", 1, {"value": 70}),
        option("B", 1, {"value": 40, "strength": 30}),
        funds=(fund(2027, 1),),
        objectives=(objective("autonomy"), objective("resilience")),
        criteria=TWO,
    )
    resolver = Resolver(world)
    q = resolver.expressions()
    floor = Row(RowName("floor"), q.index("resilience") >= 30)

    assert resolver.ask(SolverQuestion(goal=q.index("autonomy"), gap=0)).value == 70
    assert resolver.ask(SolverQuestion(goal=q.index("autonomy"), rows=(floor,), gap=0)).value == 40


@pytest.mark.parametrize("seed", range(8))
def test_every_reply_is_as_if_solved_afresh(seed: int) -> None:
    """Whatever is left out, and whatever number changes, in one resolver after the other."""
    random, world = Random(seed), draft(seed)
    resolver = Resolver(world)
    options = sorted(world.options)
    for name in random.sample(options, min(3, len(options))):
        never = Row(RowName("never"), formulate(world).quantities.take(name) <= 0)
        reply = resolver.ask(SolverQuestion(gap=0, leave=frozenset({name})))
        assert_answers(reply, afresh(world, (never,)))
    known = names(world)
    for name in random.sample(known, min(8, len(known))):
        old = value(world, name)
        try:
            other = replaced(world, name, (old or 1) * random.choice((0, 1, 2)))
        except InputError:
            continue
        assert_answers(resolver.ask(SolverQuestion(case=other, gap=0)), afresh(other))


@pytest.mark.parametrize("seed", range(20, 30))
def test_goals_rows_and_choices_are_as_if_solved_afresh(seed: int) -> None:
    """Any mixture of them, one after the other, each under another case now and then."""
    random, world = Random(seed), draft(seed)
    resolver = Resolver(world)
    axes = [each.id for each in world.model.objectives]
    for _question in range(6):
        other = _changed(random, world)
        q = formulate(other).quantities
        goal, axis = (q.index(random.choice(axes)) for _each in range(2))
        floor = Row(RowName("floor"), axis >= random.choice((-50, 0, 5, 20)))
        take, leave = ({each} for each in random.sample(sorted(world.options), 2))
        question = SolverQuestion(
            case=other,
            goal=random.choice((None, goal)),
            rows=random.choice(((), (floor,))),
            take=frozenset(random.choice((set(), take))),
            leave=frozenset(random.choice((set(), leave))),
            gap=0,
        )
        taken = (Row(RowName("take", (each,)), q.take(each) >= 1) for each in question.take)
        left = (Row(RowName("leave", (each,)), q.take(each) <= 0) for each in question.leave)
        rows = (*question.rows, *taken, *left)
        assert_answers(resolver.ask(question), afresh(other, rows, question.goal))


def _changed(random: Random, world: Case) -> Case:
    """Return the case itself, or one with another number."""
    name = random.choice(names(world))
    try:
        return replaced(world, name, (value(world, name) or 1) * random.choice((0, 1, 2)))
    except InputError:
        return world


@pytest.mark.parametrize("seed", range(4))
def test_a_look_finds_a_plan_and_a_bound_that_holds(seed: int) -> None:
    world = draft(seed)
    reply, best = Resolver(world).look(SolverQuestion(gap=0)), afresh(world)

    assert (best is None) == (reply.stop is Stop.INFEASIBLE)
    if best is not None and reply.value is not None:
        assert reply.bound is not None
        assert reply.value <= best + CLOSE * max(1, abs(best))
        assert reply.bound >= best - CLOSE * max(1, abs(best))
        assert reply.stop is not Stop.OPTIMAL or reply.value == pytest.approx(best)


@pytest.mark.parametrize("seed", range(4))
def test_a_bound_without_a_search_holds(seed: int) -> None:
    world = draft(seed)
    bound, best = Resolver(world).bound(SolverQuestion()), afresh(world)

    assert bound is not None
    if best is not None:
        assert bound >= best - CLOSE * max(1, abs(best))


# Against every plan, counted one by one


def knapsack(random: Random, **facts: Any) -> Case:
    """Eight options in a year, and money for about half of them."""
    options = [
        option(f"X{each}", random.randint(5, 30), {"value": random.randint(5, 60)})
        for each in range(8)
    ]
    return case(*options, funds=(fund(2027, 70),), **facts)


def with_scores(world: Case, scores: dict[str, Decimal]) -> Case:
    owners = tuple(
        investment.model_copy(
            update={
                "options": tuple(
                    way.model_copy(update={"score": {"value": scores[way.id]}})
                    for way in investment.options
                )
            }
        )
        for investment in world.investments
    )
    fields = {name: getattr(world, name) for name in Case.model_fields}
    return Case.model_construct(**{**fields, "investments": owners})


EVERY_PLAN = np.array(list(product((0, 1), repeat=8)))


def best_of_all(world: Case, money: int) -> float:
    """Return the largest sum of scores, at most the bend, that the money buys."""
    ways = world.options.values()
    affordable = EVERY_PLAN @ [float(way.cost[0]) for way in ways] <= money
    most = float((EVERY_PLAN[affordable] @ [float(way.score["value"]) for way in ways]).max())
    return min([most, *(float(each.full_credit) for each in world.layers if each.full_credit)])


def shaken(random: Random, world: Case) -> Case:
    """Draw scores near those of the case, and now and then others altogether."""
    spread = random.choice((0.02, 0.02, 0.1, 1))
    return with_scores(
        world,
        {
            name: Decimal(
                str(max(0, round(float(way.score["value"]) * random.gauss(1, spread), 3)))
            )
            for name, way in world.options.items()
        },
    )


def test_no_bound_is_ever_below_the_best_of_all_plans() -> None:
    """Two thousand questions; each kind of answer occurs."""
    random, hows = Random(1), Counter[AnsweredBy]()
    for _world in range(5):
        world = knapsack(random)
        resolver = Resolver(world)
        for _question in range(400):
            other = shaken(random, world)
            gap = random.choice((0, 0.001, 0.01, 0.05))
            reply = resolver.ask(SolverQuestion(case=other, gap=gap))
            best = best_of_all(other, 70)
            assert reply.value is not None
            assert reply.bound is not None
            assert reply.value <= best + CLOSE * best
            assert reply.bound >= best - CLOSE * best
            assert reply.bound - reply.value <= max(gap, CLOSE) * reply.value * (1 + CLOSE)
            hows[reply.how] += 1
    assert {AnsweredBy.PRICED, AnsweredBy.RELAXED, AnsweredBy.SEARCHED} <= hows.keys()
    assert hows[AnsweredBy.SEARCHED] < 0.5 * sum(hows.values())


def test_less_money_is_bounded_by_more() -> None:
    random = Random(2)
    world = knapsack(random)
    resolver = Resolver(world)
    replies = {}
    for step in bracketed(41):
        money = 70 - step
        reply = resolver.ask(SolverQuestion(case=replaced(world, "fund.STATE", money), gap=0.05))
        replies[money] = reply
        best = best_of_all(world, money)
        assert reply.bound is not None
        assert reply.bound >= best - CLOSE * best
        assert reply.value is not None
        assert 0.95 * best <= reply.value <= best + CLOSE * best
    assert len(replies) == 41
    assert sum(reply.how is AnsweredBy.SEARCHED for reply in replies.values()) < 30


@pytest.mark.parametrize("seed", range(40, 46))
def test_intervals_of_a_sweep_over_all_money_hold_what_solving_afresh_finds(seed: int) -> None:
    """With whatever a random case has: several years, money carried over, floors, people."""
    world, gap = draft(seed), 0.02
    resolver = Resolver(world)
    bounds: dict[int, float] = {}
    for step in bracketed(13):
        other = budget(world, Decimal(130 - 5 * step) / 100)
        reply = resolver.ask(SolverQuestion(case=other, gap=gap))
        best = afresh(other)
        if best is None:
            assert reply.choices is None
            continue
        assert reply.value is not None
        assert reply.bound is not None
        room = CLOSE * max(1, abs(best))
        assert reply.value - room <= best <= reply.bound + room
        assert reply.bound - reply.value <= gap * max(1, abs(reply.value)) + room
        bounds[step] = best
    assert sorted(bounds.values(), reverse=True) == pytest.approx(
        [bounds[step] for step in sorted(bounds)], abs=1e-6
    )


@pytest.mark.parametrize("gap", [0.0, 0.001, 0.05])
@pytest.mark.parametrize("bound", [-50.0, -1.0, -0.5, 0.0, 0.01, 0.5, 1.0, 1.02, 40.0])
def test_a_value_that_suffices_answers_and_one_clearly_below_does_not(
    bound: float, gap: float
) -> None:
    asked = Resolver(case(option("A")))._query(SolverQuestion(gap=gap))
    least = asked.sufficing(bound)

    assert bound - 2 * max(gap, 1e-6) * max(1, abs(bound)) <= least < bound
    assert asked.enough(least) >= bound
    assert asked.enough(least - 0.01 * (bound - least)) < bound


def test_both_ends_come_first_and_every_position_once() -> None:
    assert list(bracketed(5)) == [0, 4, 2, 1, 3]
    assert sorted(bracketed(200)) == list(range(200))
    assert (list(bracketed(0)), list(bracketed(1)), list(bracketed(2))) == ([], [0], [0, 1])


# What a proof is passed on to


LAYERED = (layer("hosting", full_credit=100),)
FLOORED = (objective("autonomy", floor=50),)
LIMITED = (limit(Metric.POINTS, criterion="value", minimum=50),)


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"objectives": FLOORED}, id="floor"),
        pytest.param({"limits": LIMITED}, id="points"),
        pytest.param({"layers": LAYERED}, id="bend"),
    ],
)
def test_a_score_that_stands_in_a_row_passes_nothing_on(facts: dict[str, Any]) -> None:
    """Old proofs would cut off good plans: floors, limits on points and bends hold scores."""
    random = Random(3)
    plain = knapsack(random, **facts)
    owners = tuple(
        investment.model_copy(update={"layer": "hosting"}) for investment in plain.investments
    )
    fields = {name: getattr(plain, name) for name in Case.model_fields}
    world = Case.model_construct(**{**fields, "investments": owners})
    resolver = Resolver(world)
    first = resolver._query(SolverQuestion())
    scores = resolver._query(SolverQuestion(case=shaken(random, world)))
    again = resolver._query(SolverQuestion(gap=0.5))

    assert again.space.within(first.space)
    assert not scores.space.within(first.space)
    for _question in range(100):
        other = shaken(random, world)
        reply = resolver.ask(SolverQuestion(case=other, gap=0.01))
        best = best_of_all(other, 70)
        assert (reply.stop is Stop.INFEASIBLE) == (best < 50 and "layers" not in facts)
        if reply.value is not None:
            assert reply.bound is not None
            assert reply.value <= best + CLOSE * best
            assert reply.bound >= best - CLOSE * best


def test_a_score_that_only_counts_passes_proofs_on() -> None:
    random = Random(4)
    world = knapsack(random)
    resolver = Resolver(world)

    assert resolver._query(SolverQuestion(case=shaken(random, world))).space.within(
        resolver._query(SolverQuestion()).space
    )


def test_a_narrower_space_inherits_and_a_wider_one_does_not() -> None:
    world = knapsack(Random(5))
    resolver = Resolver(world)
    spaces = [
        resolver._query(each).space
        for each in (
            SolverQuestion(),
            SolverQuestion(leave=frozenset({"X1"})),
            SolverQuestion(take=frozenset({"X2"}), leave=frozenset({"X1"})),
            SolverQuestion(case=replaced(world, "fund.STATE", 60)),
            SolverQuestion(without=frozenset({RowName("money", ("STATE", "balance"), 2027)})),
        )
    ]
    all_of_it, left, both, poorer, boundless = spaces

    assert left.within(all_of_it)
    assert both.within(left)
    assert both.within(all_of_it)
    assert poorer.within(all_of_it)
    assert all_of_it.within(boundless)
    assert not all_of_it.within(left)
    assert not left.within(both)
    assert not all_of_it.within(poorer)
    assert not poorer.within(left)
    assert not boundless.within(all_of_it)


def test_the_same_row_with_another_side_is_narrower_or_wider() -> None:
    resolver = Resolver(knapsack(Random(6)))
    q = resolver.expressions()
    low, high = (
        resolver._query(
            SolverQuestion(rows=(Row(RowName("floor"), q.index("autonomy") >= least),))
        ).space
        for least in (10, 20)
    )

    assert high.within(low)
    assert not low.within(high)


# Plans, time, and shape


def test_a_plan_that_was_told_is_known() -> None:
    world = case(
        option("A", 60, 70), option("B", 50, 60), option("C", 40, 20), funds=(fund(2027, 100),)
    )
    resolver = Resolver(world)
    resolver.add_solution(plan(world, "A", "C").choices)

    reply = resolver.ask(SolverQuestion(gap=1))

    # The relaxation buys B and 5/6 of A: 60 + 70 * 5 / 6 = 118.3, within 100 % of 90.
    assert (set(reply.taken), reply.value, reply.how) == ({"A", "C"}, 90.0, AnsweredBy.RELAXED)
    assert reply.bound == pytest.approx(60 + 70 * 5 / 6)


def test_the_same_questions_get_the_same_replies() -> None:
    world = knapsack(Random(7))
    questions = [SolverQuestion(case=shaken(Random(each), world), gap=0.01) for each in range(40)]

    one, two = Resolver(world), Resolver(world)

    assert [one.ask(question) for question in questions] == [
        two.ask(question) for question in questions
    ]


def test_another_shape_is_answered_too_and_the_first_one_again() -> None:
    # A floor of 75 leaves A alone: 60 + 50 is too much; B and C are worth 80.
    world = case(
        option("A", 60, 70), option("B", 50, 60), option("C", 40, 20), funds=(fund(2027, 100),)
    )
    resolver = Resolver(world)

    assert resolver.ask(SolverQuestion(gap=0)).value == 90
    higher = replaced(world, "floor.autonomy", 95)
    assert resolver.ask(SolverQuestion(case=higher, gap=0)).stop is Stop.INFEASIBLE
    assert (
        resolver.ask(SolverQuestion(case=replaced(world, "floor.autonomy", 85), gap=0)).value == 90
    )
    assert resolver.ask(SolverQuestion(gap=0)).how is AnsweredBy.KNOWN


def test_without_time_there_is_a_bound_or_nothing() -> None:
    world = knapsack(Random(8))
    reply = Resolver(world).ask(SolverQuestion(gap=0, time_limit=0))

    assert reply.bound is None or reply.bound >= best_of_all(world, 70)
    assert reply.stop is not Stop.OPTIMAL or reply.value == best_of_all(world, 70)


def test_rows_that_are_not_asked_do_not_bind() -> None:
    world = knapsack(Random(9))
    everything = sum(float(each.score["value"]) for each in world.options.values())

    free = Resolver(world).ask(
        SolverQuestion(without=frozenset({RowName("money", ("STATE", "balance"), 2027)}), gap=0)
    )

    assert free.value == everything


def test_a_column_of_ones_own_may_be_the_goal() -> None:
    # The least of two scores in the plan: A has 3 and 9, B has 5 and 4, and only one is paid for.
    world = case(
        option("A", 1, {"value": 3, "strength": 9}),
        option("B", 1, {"value": 5, "strength": 4}),
        funds=(fund(2027, 1),),
        objectives=(objective("autonomy"), objective("resilience")),
        criteria=TWO,
    )
    resolver = Resolver(world)
    q = resolver.expressions()
    least = q.column("least", low=None)
    rows = tuple(
        Row(RowName("least", (each,)), least <= q.index(each))
        for each in ("autonomy", "resilience")
    )

    reply = resolver.ask(SolverQuestion(goal=least, rows=rows, gap=0))

    assert reply.taken == {"B"}
    assert reply.value == pytest.approx(4)
    assert resolver.ask(SolverQuestion(gap=0)).value == pytest.approx(6)
