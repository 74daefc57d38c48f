"""Rivals of the best plan, against every plan tried, and in worlds that fit in a comment."""

import math
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import count

import pytest

from choosebattles.audit.recount import recount
from choosebattles.errors import InputError
from choosebattles.explain.alternatives import AcceptedLoss, Ranked, alternatives
from choosebattles.explain.found_alternatives import Alternatives, Class
from choosebattles.solving.outcome import Stop
from choosebattles.solving.resolver import Resolver
from choosebattles.solving.resolver_question import Reply
from choosebattles.solving.resolver_question import SolverQuestion as Asked
from oracle.recount import Account
from oracle.workbooks import ALL, SPINE
from random_cases import Question, question
from small_cases import case, fund, ongoing, option

Sets = Mapping[frozenset[str], Account]
"""The best plan of every set of options, ids in lower case."""

# 100 buys two of three: A and B 90, A and C 80, B and C 70; then one alone 50, 40, 30; none 0.
THREE = case(
    option("A", 50, 50), option("B", 50, 40), option("C", 50, 30), funds=(fund(2027, 100),)
)


def taken(found: Alternatives) -> list[set[str]]:
    return [set(plan.plan.taken) for plan in found.plans]


def test_the_best_sets_come_one_after_the_other() -> None:
    found = alternatives(THREE, count=3)

    assert taken(found) == [{"A", "B"}, {"A", "C"}, {"B", "C"}]
    assert [plan.value for plan in found.plans] == [90, 80, 70]
    assert all(plan.settled for plan in found.plans)
    assert found.others == pytest.approx(50)
    assert found.next_value == 50
    assert found.proven
    assert found.stop is Stop.OPTIMAL
    assert not found.tied_next


def test_all_there_are() -> None:
    found = alternatives(THREE, count=99)

    assert [plan.value for plan in found.plans] == [90, 80, 70, 50, 40, 30, 0]
    assert (found.others, found.next_value, found.proven) == (-math.inf, None, True)


def test_what_is_under_way_is_in_every_set() -> None:
    world = case(ongoing("OLD", 2026, 0, 10), option("A", 5, 20), funds=(fund(2027, 5),))

    found = alternatives(world)

    assert taken(found) == [{"OLD", "A"}, {"OLD"}]
    assert found.classes["OLD"] is Class.MUST


def test_start_years_make_no_other_plan() -> None:
    # Over time A is worth 20 from 2027 on, half as much from 2028 on: one set, its best start.
    world = case(option("A", 5, 20), years=2, funds=(fund(2027, 5, 5),))

    found = alternatives(world, count=5)

    assert [dict(plan.plan.starts) for plan in found.plans] == [{"A": 2027}, {}]


def test_of_start_years_worth_the_same_the_cheapest_is_taken() -> None:
    # In the final year A works whenever it starts; two years of running cost 2, one costs 1.
    world = case(
        option("A", 5, 20, running_cost=1),
        years=2,
        funds=(fund(2027, 9, 9),),
        accrual="final year",
    )

    (best, *_rest) = alternatives(world).plans

    assert dict(best.plan.starts) == {"A": 2028}
    assert best.recount.total_cost == 6


def test_ties_share_a_rank_and_the_last_one_is_told() -> None:
    # One of four is bought; three are worth 40.
    four = [option("A", 1, 50), *(option(each, 1, 40) for each in "BCD")]
    world = case(*four, funds=(fund(2027, 1),))

    found = alternatives(world, count=3)

    assert [found.rank(each) for each in range(3)] == [1, 2, 2]
    assert found.tied_next
    assert found.proven
    assert alternatives(world, count=4).tied_next is False


def test_classes_within_a_loss() -> None:
    # 12 points below 90 leave A+B (90) and A+C (80): A is in both.
    found = alternatives(THREE, loss=AcceptedLoss(points=12))

    assert found.least == 78
    assert dict(found.classes) == {"A": Class.MUST, "B": Class.MAY, "C": Class.MAY}
    assert found.ids(Class.MAY) == ("B", "C")


def test_without_a_loss_only_equals_count() -> None:
    found = alternatives(THREE, loss=0)

    assert dict(found.classes) == {"A": Class.MUST, "B": Class.MUST, "C": Class.NEVER}
    assert found.different == ()
    assert found.none_further


def test_a_share_is_one_of_the_best() -> None:
    assert alternatives(THREE, loss=0.1).loss == pytest.approx(9)
    assert AcceptedLoss(share=0.1).of(-0.5) == pytest.approx(0.1)


def test_the_most_different_within_a_loss() -> None:
    # Within 45 points of 90: AB, AC, BC and A alone (50). From AB: AC and BC differ in 2, A in 1.
    # The better of the two is AC. BC differs from both in 2, A in 1.
    found = alternatives(THREE, count=1, loss=AcceptedLoss(points=45), different=5)

    assert [(set(e.plan.taken), e.options, e.at_most) for e in found.different] == [
        ({"A", "C"}, 2, 2),
        ({"B", "C"}, 2, 2),
        ({"A"}, 1, 1),
    ]
    assert found.none_further


def test_none_further_is_said_only_where_it_was_looked_for() -> None:
    assert not alternatives(THREE, loss=0, different=0).none_further
    assert not alternatives(THREE, loss=AcceptedLoss(points=45), different=3).none_further


def with_a_gap(more: float, monkeypatch: pytest.MonkeyPatch) -> tuple[Alternatives, Alternatives]:
    """Return the rivals, and those where every search for a goal left a gap."""
    whole = alternatives(THREE, count=1, loss=AcceptedLoss(points=45), different=9)
    ask = Resolver.ask

    def left_a_gap(resolver: Resolver, question: Asked) -> Reply:
        reply = ask(resolver, question)
        if question.goal is None or reply.bound is None:
            return reply
        return replace(reply, stop=Stop.GAP, bound=reply.bound + more)

    monkeypatch.setattr(Resolver, "ask", left_a_gap)
    return whole, alternatives(THREE, count=1, loss=AcceptedLoss(points=45), different=9)


def test_a_search_that_left_a_gap_says_how_different_plans_may_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole, found = with_a_gap(1, monkeypatch)

    # A, B and C can differ in three at most.
    assert [(plan.options, plan.at_most) for plan in whole.different] == [(2, 2), (2, 2), (1, 1)]
    assert [(plan.options, plan.at_most) for plan in found.different] == [(2, 3), (2, 3), (1, 2)]


def test_a_search_that_left_a_gap_does_not_say_that_none_is_further(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole, found = with_a_gap(1, monkeypatch)

    assert (whole.none_further, found.none_further) == (True, False)


def test_no_plan_is_an_answer() -> None:
    world = case(option("A", 5, 20, decision="must"), funds=(fund(2027, 1),))

    found = alternatives(world)

    assert (found.plans, found.stop, found.proven) == ((), Stop.INFEASIBLE, True)
    assert (found.least, found.loss, dict(found.classes)) == (None, 0, {})


def test_a_gap_leaves_bounds_that_hold() -> None:
    found = alternatives(THREE, count=2, gap=0.5)

    assert found.others is not None
    assert found.others >= max(
        value for value in (90, 80, 70) if value not in {plan.value for plan in found.plans}
    )
    assert all(plan.bound is not None and plan.bound >= plan.value - 1e-6 for plan in found.plans)
    assert found.stop in (Stop.OPTIMAL, Stop.GAP)


@pytest.mark.parametrize("wrong", [{"count": 0}, {"different": -1}, {"gap": -1}, {"loss": -0.1}])
def test_what_cannot_be_asked(wrong: dict[str, float]) -> None:
    with pytest.raises(InputError, match="CB-R40"):
        alternatives(THREE, **wrong)  # type: ignore[arg-type]


def test_no_time_leaves_nothing_claimed() -> None:
    found = alternatives(THREE, time_limit=1e-9)

    assert (found.plans, found.others, found.stop) == ((), None, Stop.TIME_LIMIT)
    assert not found.proven


@pytest.mark.parametrize("after", range(12))
def test_what_is_known_before_ctrl_c_is_kept_and_no_more_is_claimed(
    after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = 0
    ask = Resolver.ask

    def interrupted(resolver: Resolver, question: Asked) -> Reply:
        nonlocal asked
        asked += 1
        if asked > after:
            raise KeyboardInterrupt
        return ask(resolver, question)

    monkeypatch.setattr(Resolver, "ask", interrupted)
    found = alternatives(THREE, count=2, loss=AcceptedLoss(points=45), different=9)
    monkeypatch.undo()
    whole = alternatives(THREE, count=2, loss=AcceptedLoss(points=45), different=9)

    assert found.stop is Stop.INTERRUPTED
    assert taken(found) == taken(whole)[: len(found.plans)]
    assert found.others is None or found.others >= 70 - 1e-6
    for name, kind in found.classes.items():
        assert kind in (Class.NOT_SETTLED, whole.classes[name])
    assert found.different == whole.different[: len(found.different)]
    assert not found.none_further


@pytest.mark.parametrize(
    ("others", "sure"), [(50, 3), (70, 3), (75, 2), (85, 1), (91, 0), (None, 0)]
)
def test_how_many_are_surely_the_best(others: float | None, sure: int) -> None:
    # 90, 80 and 70 are listed
    found = alternatives(THREE, count=3)

    assert replace(found, others=others).sure == sure


def test_a_listed_plan_that_may_be_worth_more_makes_those_before_unsure() -> None:
    found = alternatives(THREE, count=3)
    first, second, third = found.plans

    assert replace(found, plans=(first, replace(second, bound=95), third)).sure == 0
    assert replace(found, plans=(first, second, replace(third, bound=85))).sure == 1


def test_a_watcher_is_told() -> None:
    told: list[Ranked] = []

    alternatives(THREE, count=2, loss=AcceptedLoss(points=12), different=1, watch=told.append)

    assert [each.plans for each in told][:3] == [1, 2, 2]
    assert told[-1].settled == told[-1].options == 3
    assert told[-1].different == 1


# Against every plan tried


def sets_of(asked: Question) -> Sets:
    found: dict[frozenset[str], Account] = {}
    for each in asked.survey.allowed:
        names = frozenset(name for name, _year in each.plan)
        other = found.get(names)
        if other is None or (each.objective, -each.total_cost) > (
            other.objective,
            -other.total_cost,
        ):
            found[names] = each
    return found


def lower(names: frozenset[str]) -> frozenset[str]:
    return frozenset(name.casefold() for name in names)


def between(values: list[Fraction], share: float) -> float:
    """Return a loss that ends halfway between two values, so that rounding decides nothing."""
    apart = sorted({round(float(values[0] - value), 6) for value in values})
    place = min(int(share * len(apart)), len(apart) - 1)
    beyond = apart[place + 1] if place + 1 < len(apart) else apart[place] + 1
    return (apart[place] + beyond) / 2


def feasible(seed: int, parts: frozenset[str]) -> Question:
    """Return the first random case from a seed on that has several plans."""
    asked = (question(each, parts) for each in count(seed))
    return next(each for each in asked if len(sets_of(each)) > 3)


PARTS = [SPINE, SPINE | {"continuity"}, ALL]


@pytest.mark.parametrize("parts", PARTS, ids=["spine", "continuity", "all"])
@pytest.mark.parametrize("seed", range(4))
def test_rivals_are_those_of_every_plan_tried(seed: int, parts: frozenset[str]) -> None:
    asked = feasible(1000 + 100 * seed, parts)
    sets = sets_of(asked)
    values = sorted((each.objective for each in sets.values()), reverse=True)
    loss = between(values, (0.1, 0.3, 0.6)[seed % 3])

    found = alternatives(asked.case, count=4, loss=AcceptedLoss(points=loss), different=2)

    assert found.stop is Stop.OPTIMAL
    assert len({plan.plan.taken for plan in found.plans}) == min(4, len(sets))
    for plan, value in zip(found.plans, values, strict=False):
        assert plan.value == pytest.approx(float(value), abs=1e-5)
        best = sets[lower(plan.plan.taken)]
        assert plan.value == pytest.approx(float(best.objective), abs=1e-5)
        assert plan.bound is not None
        assert plan.bound >= float(best.objective) - 1e-6
        assert recount(asked.case, plan.plan).passed
    assert found.others is not None
    if len(values) > 4:
        assert found.others == pytest.approx(float(values[4]), abs=1e-4)
    else:
        assert found.others == -math.inf

    within = {names for names, each in sets.items() if each.objective >= values[0] - Fraction(loss)}
    for name, kind in found.classes.items():
        here = [name.casefold() in names for names in within]
        expected = Class.MUST if all(here) else Class.MAY if any(here) else Class.NEVER
        assert kind is expected, name

    before = [lower(found.plans[0].plan.taken)]
    for other in found.different:
        names = lower(other.plan.taken)
        assert names in within
        most = max(min(len(each ^ one) for one in before) for each in within)
        assert other.options == other.at_most == most
        assert min(len(names ^ one) for one in before) == most
        before.append(names)
    if len(found.different) < 2:
        assert found.none_further
        assert set(before) == within


@pytest.mark.parametrize("seed", range(4))
def test_with_a_gap_every_claim_still_holds(seed: int) -> None:
    asked = feasible(5000 + 100 * seed, ALL)
    sets = sets_of(asked)

    found = alternatives(asked.case, count=3, gap=0.2, different=0)

    listed = {lower(plan.plan.taken) for plan in found.plans}
    assert len(listed) == len(found.plans) == 3
    rest = [float(each.objective) for names, each in sets.items() if names not in listed]
    assert found.others is not None
    assert found.others >= max(rest) - 1e-5
    for plan in found.plans:
        true = float(sets[lower(plan.plan.taken)].objective)
        assert plan.value - 1e-5 <= true
        assert plan.bound is not None
        assert true <= plan.bound + 1e-5
