"""What binds: one more person, one more million."""

from dataclasses import replace

import pytest

from choosebattles.solving.binding import what_binds
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Binding, BindingKind, Stop
from choosebattles.solving.resolver import Resolver
from choosebattles.solving.resolver_question import Reply, SolverQuestion
from choosebattles.solving.solve import solve
from small_cases import case, fund, ongoing, option, skill

EXACT = Options(gap=0)


def test_one_more_person_counts_and_one_more_million_does_not() -> None:
    # A and B need two people each and cost 3 each; there are 3 people and 10 million. With one
    # more person both are built: 40 instead of 30. Money is there for both already.
    world = case(
        option("A", 3, 30, build_staff={"IT": 2}),
        option("B", 3, 10, build_staff={"IT": 2}),
        skills=(skill("IT", 2027, 3),),
        funds=(fund(2027, 10),),
    )

    found = what_binds(solve(world, EXACT), EXACT, work=3600)

    assert found == (
        Binding(BindingKind.SKILL, "IT", 10, 10),
        Binding(BindingKind.MONEY, "STATE", 0, 0),
    )


def test_what_the_plan_leaves_open_is_no_gain() -> None:
    # 30 are found and 34 not ruled out: one more person, with whom it is 40, brings 6 to 10.
    world = case(
        option("A", 3, 30, build_staff={"IT": 2}),
        option("B", 3, 10, build_staff={"IT": 2}),
        skills=(skill("IT", 2027, 3),),
        funds=(fund(2027, 10),),
    )

    binding, _money = what_binds(replace(solve(world, EXACT), bound=34), EXACT, work=3600)

    assert (binding.low, binding.high) == (6, 10)


def test_the_scarcest_people_come_first() -> None:
    # One engineer and four lawyers to spare.
    world = case(
        option("A", 1, 30, run_staff={"LAW": 1, "IT": 1}),
        skills=(skill("LAW", 2027, 5), skill("IT", 2027, 2)),
    )

    found = what_binds(solve(world, EXACT), EXACT, work=3600)

    assert [each.name for each in found] == ["IT", "STATE", "LAW"]


def test_people_in_training_are_to_spare_as_well() -> None:
    # Beside A there are 4 - 1 = 3 lawyers to spare in 2027, and 1 - 1 with the 5 that SCHOOL has
    # trained in 2028; of engineers 3 - 1 = 2 in both years.
    world = case(
        option("A", 1, 30, run_staff={"LAW": 1, "IT": 1}, latest_start=2028),
        ongoing("SCHOOL", 2026, trains={"LAW": 5}),
        years=2,
        skills=(skill("LAW", 2027, 4, 1), skill("IT", 2027, 3, 3)),
    )

    found = what_binds(solve(world, EXACT), EXACT, work=3600)

    assert [each.name for each in found] == ["IT", "STATE", "LAW"]


def test_nothing_is_said_without_time() -> None:
    world = case(option("A", 1, 30))

    assert what_binds(solve(world, EXACT), EXACT, work=0) == ()


def test_an_interrupt_keeps_what_was_tested(monkeypatch: pytest.MonkeyPatch) -> None:
    # Money for one more option is worth 10, one more engineer nothing; the second is not reached.
    world = case(
        option("A", 1, 30),
        option("B", 1, 10, run_staff={"IT": 1}),
        skills=(skill("IT", 2027, 5),),
        funds=(fund(2027, 1),),
    )
    answered = solve(world, EXACT)
    resolver = Resolver(world)
    look = resolver.look
    asked: list[SolverQuestion] = []

    def once(question: SolverQuestion) -> Reply:
        if asked:
            raise KeyboardInterrupt
        asked.append(question)
        return look(question)

    monkeypatch.setattr(resolver, "look", once)
    found = what_binds(answered, EXACT, work=3600, resolver=resolver)

    assert found == (Binding(BindingKind.MONEY, "STATE", 10, 10),)


def test_a_gain_within_the_gap_is_at_most_what_its_search_leaves_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # With one more person 40 are found, and the gap leaves 44 open: 10 to 14 more than 30.
    world = case(
        option("A", 3, 30, build_staff={"IT": 2}),
        option("B", 3, 10, build_staff={"IT": 2}),
        skills=(skill("IT", 2027, 3),),
        funds=(fund(2027, 10),),
    )
    resolver = Resolver(world)

    def ask(question: SolverQuestion) -> Reply:
        reply = Resolver.ask(resolver, question)
        assert reply.bound is not None
        return replace(reply, stop=Stop.GAP, bound=reply.bound + 4)

    monkeypatch.setattr(resolver, "look", ask)
    monkeypatch.setattr(resolver, "ask", ask)
    person, _money = what_binds(solve(world, EXACT), EXACT, work=3600, resolver=resolver)

    assert (person.low, person.high) == pytest.approx((10, 14), abs=1e-5)


def test_what_the_users_time_left_untested_is_there_as_that() -> None:
    world = case(
        option("A", 3, 30, build_staff={"IT": 2}),
        option("B", 3, 10, build_staff={"IT": 2}),
        skills=(skill("IT", 2027, 3),),
        funds=(fund(2027, 10),),
    )
    outcome = solve(world, EXACT)
    over = what_binds(outcome, replace(EXACT, time_limit=0.0), work=3600)

    assert [(each.name, each.untested) for each in over] == [("IT", True), ("STATE", True)]
    assert not any(each.untested for each in what_binds(outcome, EXACT, work=0.0001))
