"""Many near-equal questions: replies are what solving each afresh gives, bounds always hold."""

from random import Random

import pytest

from choosebattles.case.case import Case
from choosebattles.case.parameter import names, replaced, value
from choosebattles.errors import InputError
from choosebattles.formulation.program import formulate
from choosebattles.solving.highs import Highs
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop
from choosebattles.solving.question import How, Question, Reply
from choosebattles.solving.resolve import Resolver
from choosebattles.terms import Linear, Row
from random_cases import draft
from worlds import case, criterion, fund, objective, option

EXACT = Options(gap=0)
CLOSE = 1e-6
TWO = (criterion("value"), criterion("strength", objective="resilience"))


def afresh(world: Case, extra: tuple[Row, ...] = (), goal: Linear | None = None) -> float | None:
    """Return the best value of a program that is formulated and searched from nothing."""
    program = formulate(world)
    goal = goal or program.quantities.objective
    answer = Highs(program).maximise(goal, EXACT, extra=extra)
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

    first = resolver.ask(Question(gap=0))
    again = resolver.ask(Question(gap=0))

    assert (first.value, set(first.taken)) == (90.0, {"A", "C"})
    assert (again.value, set(again.taken), again.how) == (90.0, {"A", "C"}, How.KNOWN)


def test_what_is_left_out_or_taken_is_obeyed() -> None:
    # Without A: 50 + 40 = 90 million, worth 80. With B: the same. With A and B nothing fits.
    world = case(
        option("A", 60, 70), option("B", 50, 60), option("C", 40, 20), funds=(fund(2027, 100),)
    )
    resolver = Resolver(world)

    without = resolver.ask(Question(gap=0, leave=frozenset({"A"})))
    with_b = resolver.ask(Question(gap=0, take=frozenset({"B"})))
    both = resolver.ask(Question(gap=0, take=frozenset({"A", "B"})))

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
    q = resolver.speak()
    floor = Row("floor", q.index("resilience") >= 30)

    assert resolver.ask(Question(goal=q.index("autonomy"), gap=0)).value == 70
    assert resolver.ask(Question(goal=q.index("autonomy"), rows=(floor,), gap=0)).value == 40


@pytest.mark.parametrize("seed", range(8))
def test_every_reply_is_as_if_solved_afresh(seed: int) -> None:
    """Whatever is left out, and whatever number changes, in one resolver after the other."""
    random, world = Random(seed), draft(seed)
    resolver = Resolver(world)
    options = sorted(world.options)
    for name in random.sample(options, min(3, len(options))):
        never = Row("never", formulate(world).quantities.take(name) <= 0)
        reply = resolver.ask(Question(gap=0, leave=frozenset({name})))
        assert_answers(reply, afresh(world, (never,)))
    known = names(world)
    for name in random.sample(known, min(8, len(known))):
        old = value(world, name)
        try:
            other = replaced(world, name, (old or 1) * random.choice((0, 1, 2)))
        except InputError:
            continue
        assert_answers(resolver.ask(Question(case=other, gap=0)), afresh(other))
