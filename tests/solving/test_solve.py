"""From a case to its answer: weighted, lexicographic or balanced, then ties."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from choosebattles.case.case import Case
from choosebattles.case.decision_model import Method
from choosebattles.case.investment import Option
from choosebattles.case.rule import RuleKind
from choosebattles.errors import AuditError
from choosebattles.solving.highs_solver import HighsSolver
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Binding, BindingKind, Outcome, Stop, TieAnswer, Ties
from choosebattles.solving.solve import solve
from choosebattles.solving.solver_answer import SolverAnswer
from choosebattles.vocabulary import Linear, Row, RowName
from programs import best
from small_cases import Amount, case, criterion, fund, objective, option, rule

AXES = (criterion("value"), criterion("hold", objective="resilience"))


def scored(name: str, cost: Amount, value: Amount, hold: Amount) -> Option:
    return option(name, cost, {"value": value, "hold": hold})


def world(how: Method, *weights: Amount, tolerance: Amount = 0) -> Case:
    """Money for one of four: autonomy and resilience pull apart."""
    return case(
        option("A", 4, {"value": 60, "hold": 0}),
        option("B", 3, {"value": 57, "hold": 20}),
        option("C", 4, {"value": 40, "hold": 35}),
        option("D", 4, {"value": 0, "hold": 50}),
        funds=(fund(2027, 4),),
        objectives=(objective("autonomy", weights[0]), objective("resilience", weights[1])),
        criteria=AXES,
        method=how,
        tolerance=tolerance,
    )


def taken(outcome: Outcome) -> set[str]:
    assert outcome.plan is not None
    return set(outcome.plan.taken)


@pytest.mark.parametrize(
    ("weights", "plan", "value"),
    [
        # 0.9 * 60 + 0 = 54; B: 51.3 + 2 = 53.3.
        ((9, 1), {"A"}, 54),
        # 0.75: A 45; B 42.75 + 5 = 47.75; C 30 + 8.75.
        ((3, 1), {"B"}, 47.75),
        # Half: B 38.5; C 37.5; D 25.
        ((1, 1), {"B"}, 38.5),
        # A quarter: B 14.25 + 15 = 29.25; C 10 + 26.25 = 36.25; D 37.5.
        ((1, 3), {"D"}, 37.5),
    ],
)
def test_weighted_maximises_the_weighted_sum(
    weights: tuple[int, int], plan: set[str], value: float, solver: str
) -> None:
    outcome = best(world(Method.WEIGHTED, *weights), solver)

    assert taken(outcome) == plan
    assert outcome.objective == value
    assert outcome.proven
    assert [stage.goal for stage in outcome.stages] == ["the weighted sum of the indices"]


@pytest.mark.parametrize(
    ("weights", "tolerance", "plan"),
    [
        # Autonomy first: A has 60. Within 5 % (57) B has more resilience.
        ((2, 1), 0, {"A"}),
        ((2, 1), "0.05", {"B"}),
        ((2, 1), "0.0499", {"A"}),
        # 34 % (39.6) lets C in.
        ((2, 1), "0.34", {"C"}),
        # Resilience first: D has 50; within 30 % (35) C has 40 of autonomy.
        ((1, 2), 0, {"D"}),
        ((1, 2), "0.3", {"C"}),
        ((1, 2), "0.6", {"B"}),
    ],
)
def test_lexicographic_takes_objectives_by_weight(
    weights: tuple[int, int], tolerance: Amount, plan: set[str], solver: str
) -> None:
    outcome = best(world(Method.LEXICOGRAPHIC, *weights, tolerance=tolerance), solver)
    names = ["autonomy", "resilience"] if weights[0] > weights[1] else ["resilience", "autonomy"]

    assert taken(outcome) == plan
    assert [stage.goal for stage in outcome.stages] == [*names, "the total cost"]
    assert all(stage.stop is Stop.OPTIMAL for stage in outcome.stages)
    assert outcome.proven


def test_lexicographic_spends_least_at_last(solver: str) -> None:
    # A and B are worth the same on both; B costs 2.
    both = case(
        scored("A", 3, 60, 10),
        scored("B", 2, 60, 10),
        funds=(fund(2027, 4),),
        objectives=(objective("autonomy", 2), objective("resilience", 1)),
        criteria=AXES,
        method=Method.LEXICOGRAPHIC,
    )
    outcome = best(both, solver)

    assert taken(outcome) == {"B"}
    assert (outcome.stages[-1].value, outcome.stages[-1].bound) == (2, 2)
    assert (outcome.bound, outcome.gap) == (2, 0)


def test_a_tolerance_is_of_one_point_at_least(solver: str) -> None:
    # The best autonomy is 0.5; a tenth of max(1, 0.5) is 0.1, so 0.42 is near enough.
    small = case(
        scored("A", 1, "0.5", 0),
        scored("B", 1, "0.42", 9),
        funds=(fund(2027, 1),),
        objectives=(objective("autonomy", 2), objective("resilience", 1)),
        criteria=AXES,
        method=Method.LEXICOGRAPHIC,
        tolerance="0.1",
    )

    assert taken(best(small, solver)) == {"B"}


def test_balanced_raises_the_smallest_share_of_what_each_can_gain(solver: str) -> None:
    # Ranges 60 and 50. A: 1 and 0; B: 0.95 and 0.4; C: 0.667 and 0.7; D: 0 and 1.
    # The smallest: 0, 0.4, 0.667, 0.
    outcome = best(world(Method.BALANCED, 9, 1), solver)

    assert taken(outcome) == {"C"}
    assert [stage.goal for stage in outcome.stages] == [
        "autonomy",
        "resilience",
        "the smallest share of what each objective can gain",
        "the weighted sum of the indices",
    ]
    assert [stage.value for stage in outcome.stages] == pytest.approx([60, 50, 2 / 3, 39.5])
    assert outcome.proven


def test_balanced_counts_gains_from_before(solver: str) -> None:
    # OLD gives 30 of autonomy. Autonomy gains up to 30 (A), resilience up to 50 (D):
    # B gains 10 / 30 and 20 / 50; C 4 / 30 and 45 / 50. Without before, C would be better:
    # 40 / 60 and 20 / 50 against 34 / 60 and 45 / 50.
    gaining = case(
        option("OLD", 0, {"value": 30}, decision="ongoing", earliest_start=2027),
        scored("A", 1, 30, 0),
        scored("B", 1, 10, 20),
        scored("C", 1, 4, 45),
        scored("D", 1, 0, 50),
        funds=(fund(2027, 1),),
        objectives=(objective("autonomy"), objective("resilience")),
        criteria=AXES,
        method=Method.BALANCED,
    )

    assert taken(best(gaining, solver)) == {"OLD", "B"}


def test_balanced_leaves_out_what_cannot_gain(solver: str) -> None:
    # Resilience can gain 0.009 at most: left out, so autonomy alone decides.
    flat = case(
        scored("A", 1, 30, 0),
        scored("B", 1, 10, "0.009"),
        funds=(fund(2027, 1),),
        objectives=(objective("autonomy"), objective("resilience")),
        criteria=AXES,
        method=Method.BALANCED,
    )

    assert taken(best(flat, solver)) == {"A"}


def test_balanced_raises_the_weighted_sum_at_last(solver: str) -> None:
    # A and B have the same smallest share (resilience 25 of 50); A has more autonomy.
    even = case(
        scored("A", 1, 50, 25),
        scored("B", 1, 40, 25),
        scored("C", 1, 0, 50),
        funds=(fund(2027, 1),),
        objectives=(objective("autonomy"), objective("resilience")),
        criteria=AXES,
        method=Method.BALANCED,
    )

    assert taken(best(even, solver)) == {"A"}


# Ties


def test_the_only_best_plan_is_proved(solver: str) -> None:
    outcome = best(case(option("A", 1, 30), option("B", 1, 20), funds=(fund(2027, 1),)), solver)

    assert outcome.ties.answer is TieAnswer.ONLY
    assert outcome.ties.instead == frozenset()


def test_another_best_plan_is_shown(solver: str) -> None:
    # 30 either way, at the same cost.
    outcome = best(case(option("A", 1, 30), option("B", 1, 30), funds=(fund(2027, 1),)), solver)

    assert outcome.ties.answer is TieAnswer.ANOTHER
    assert taken(outcome) | outcome.ties.instead == {"A", "B"}
    assert not taken(outcome) & outcome.ties.instead


def test_of_plans_worth_the_same_the_cheapest_is_taken(solver: str) -> None:
    # A alone is worth 30 and costs 3; B and C are worth 30 and cost 2; FREE adds nothing for 1.
    # In some of the orders a solver comes upon A first.
    options = (option("A", 3, 30), option("B", 1, 10), option("C", 1, 20), option("FREE", 1, 0))
    for order in permutations(options):
        outcome = best(case(*order, funds=(fund(2027, 3),)), solver)

        assert taken(outcome) == {"B", "C"}
        assert outcome.ties.answer is TieAnswer.ANOTHER
        assert outcome.ties.instead in ({"A"}, {"B", "C", "FREE"})


def test_what_binds_is_tested_where_it_was_asked_for() -> None:
    world = case(option("A", 3, 30), option("B", 3, 10), funds=(fund(2027, 3),))

    # With one more million, 4, B still does not fit beside A.
    assert solve(world, Options(gap=0, binding=3600)).binding == (
        Binding(BindingKind.MONEY, "STATE", 0, 0),
    )
    assert solve(world, Options(gap=0)).binding == ()


@pytest.mark.parametrize("other", [Method.LEXICOGRAPHIC, Method.BALANCED])
def test_what_binds_is_said_of_a_weighted_sum_alone(other: Method) -> None:
    world = case(option("A", 3, 30), option("B", 3, 10), funds=(fund(2027, 3),), method=other)

    assert solve(world, Options(gap=0, binding=3600)).binding == ()


def test_another_start_is_no_other_plan(solver: str) -> None:
    # In the final year it is all the same when A starts; as a set of options it is the only one.
    waiting = case(option("A", 0, 30), years=3, accrual="final year")

    assert best(waiting, solver).ties.answer is TieAnswer.ONLY


@pytest.mark.parametrize("cut", ["ties", "another"])
def test_a_look_for_ties_that_was_cut_short_proves_none_away(
    monkeypatch: pytest.MonkeyPatch, cut: str
) -> None:
    """A and B are worth the same; the search for the cheapest, or for another, is given up."""
    maximise = HighsSolver.maximise
    gave_up: list[str] = []

    def cut_short(
        self: HighsSolver, goal: Linear, options: Options, *, extra: Sequence[Row] = (), **more: Any
    ) -> SolverAnswer:
        if not any(row.name == RowName("method", (cut,)) for row in extra[-1:]):
            return maximise(self, goal, options, extra=extra, **more)
        gave_up.append(cut)
        return SolverAnswer(Stop.WORK_LIMIT, None, None, 0.0)

    monkeypatch.setattr(HighsSolver, "maximise", cut_short)
    outcome = solve(case(option("A", 6, 30), option("B", 6, 30), funds=(fund(2027, 10),)))

    assert gave_up == [cut]
    assert outcome.proven
    assert outcome.ties.answer is TieAnswer.NOT_CHECKED


def test_ties_are_not_spoken_of_where_nothing_is_proved() -> None:
    unasked = solve(case(option("A", 1, 30)), Options(gap=0, ties=False))

    assert unasked.proven
    assert unasked.ties.answer is TieAnswer.NOT_CHECKED


# What an answer says


def test_no_plan_is_proved_and_told(solver: str) -> None:
    never = case(option("A", 2, 30, decision="must"), option("B", 1, 1), funds=(fund(2027, 1),))
    outcome = best(never, solver)

    assert outcome.stop is Stop.INFEASIBLE
    assert outcome.proven
    assert (outcome.plan, outcome.recount, outcome.objective) == (None, None, None)
    assert (outcome.bound, outcome.gap) == (None, None)


@pytest.mark.parametrize("how", list(Method))
def test_no_plan_is_told_by_every_method(how: Method) -> None:
    never = case(
        scored("A", 2, 30, 1),
        funds=(fund(2027, 1),),
        objectives=(objective("autonomy", 2), objective("resilience")),
        criteria=AXES,
        method=how,
        rules=(rule(RuleKind.AT_LEAST, "A", number=1),),
    )

    assert solve(never).stop is Stop.INFEASIBLE


class Loose:
    """A solver that ends by itself with a plan and a bound of its own."""

    name = "loose"
    values: Mapping[str, float] = {"start[A,2027]": 1.0, "paid[STATE,2027]": 1000.0}

    def __init__(self, stop: Stop, bound: float | None) -> None:
        self.stop, self.bound = stop, bound

    def maximise(self, *_rest: object, **_also: object) -> SolverAnswer:
        return SolverAnswer(self.stop, self.values, self.bound, 0)


@pytest.mark.parametrize(
    ("stopped", "bound", "gap_asked", "stop", "proven", "gap"),
    [
        # The plan is worth 80; a proof is a bound that meets it, nothing else.
        (Stop.OPTIMAL, 80.0, 0.001, Stop.OPTIMAL, True, 0),
        (Stop.OPTIMAL, 80.00007, 0.001, Stop.OPTIMAL, True, 0.00007 / 80),
        (Stop.OPTIMAL, 80.0001, 0.001, Stop.GAP, False, 0.0001 / 80),
        (Stop.OPTIMAL, 79.99995, 0.001, Stop.OPTIMAL, True, 0),
        (Stop.OPTIMAL, 79.9, 0.001, Stop.GAP, False, None),
        (Stop.OPTIMAL, None, 0.001, Stop.GAP, False, None),
        (Stop.TIME_LIMIT, 80.0, 0.001, Stop.OPTIMAL, True, 0),
        (Stop.TIME_LIMIT, 80.08, 0.001, Stop.GAP, False, 0.001),
        (Stop.TIME_LIMIT, 80.081, 0.001, Stop.TIME_LIMIT, False, 0.081 / 80),
        (Stop.TIME_LIMIT, None, 0.001, Stop.TIME_LIMIT, False, None),
        (Stop.INTERRUPTED, 88.0, 0.05, Stop.INTERRUPTED, False, 0.1),
        (Stop.INTERRUPTED, 83.0, 0.05, Stop.GAP, False, 3 / 80),
    ],
)
def test_optimal_is_said_only_of_a_proof(
    stopped: Stop,
    bound: float | None,
    gap_asked: float,
    stop: Stop,
    proven: bool,
    gap: float | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "choosebattles.solving.solve.HighsSolver", lambda _program: Loose(stopped, bound)
    )
    alone = case(option("A", 1, 80), funds=(fund(2027, 1),))

    outcome = solve(alone, Options(gap=gap_asked, ties=False))

    assert (outcome.stop, outcome.proven) == (stop, proven)
    assert outcome.gap == (None if gap is None else pytest.approx(gap, abs=1e-12))
    assert outcome.objective == 80


@pytest.mark.parametrize("bound", [80 - 3e-14, 80 - 5e-5, 80 + 3e-14, 80 + 5e-8])
def test_a_bound_that_is_off_by_rounding_is_the_value(
    bound: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "choosebattles.solving.solve.HighsSolver", lambda _program: Loose(Stop.OPTIMAL, bound)
    )
    alone = case(option("A", 1, 80), funds=(fund(2027, 1),))

    outcome = solve(alone, Options(gap=0, ties=False))

    assert (outcome.bound, outcome.gap, outcome.proven) == (80, 0, True)


def test_a_small_value_has_a_gap_in_points(monkeypatch: pytest.MonkeyPatch) -> None:
    # 0.5 against 0.75: a quarter of max(1, 0.5), not a half, for B may be worth 80.
    monkeypatch.setattr(
        "choosebattles.solving.solve.HighsSolver", lambda _program: Loose(Stop.TIME_LIMIT, 0.75)
    )
    monkeypatch.setattr(Loose, "values", {**Loose.values, "start[B,2027]": 0.0})
    small = case(option("A", 1, "0.5"), option("B", 9, 80), funds=(fund(2027, 1),))

    assert solve(small).gap == 0.25


def test_the_gap_of_a_case_worth_less_than_a_point_is_one_of_all_that_it_is_worth(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # All options together move the index by 0.5, so 0.25 is a half.
    monkeypatch.setattr(
        "choosebattles.solving.solve.HighsSolver", lambda _program: Loose(Stop.TIME_LIMIT, 0.75)
    )

    assert solve(case(option("A", 1, "0.5"), funds=(fund(2027, 1),))).gap == 0.5


def test_nothing_is_reported_that_the_audit_does_not_confirm(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The loose solver takes A though B is a must.
    monkeypatch.setattr(
        "choosebattles.solving.solve.HighsSolver", lambda _program: Loose(Stop.OPTIMAL, 80.0)
    )
    forced = case(option("A", 1, 80), option("B", 0, 0, decision="must"), funds=(fund(2027, 1),))
    answer = {"start[A,2027]": 1.0, "start[B,2027]": 0.0}
    monkeypatch.setattr(
        Loose, "maximise", lambda *_rest, **_also: SolverAnswer(Stop.OPTIMAL, answer, 80.0, 0)
    )

    with pytest.raises(AuditError, match="fails the independent check: B must be taken, and is"):
        solve(forced)


def test_nothing_is_reported_that_cannot_be_paid(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "choosebattles.solving.solve.HighsSolver", lambda _program: Loose(Stop.OPTIMAL, 80.0)
    )
    poor = case(option("A", 1, 80), funds=(fund(2027, 0),))

    with pytest.raises(AuditError, match="cannot be paid for; nothing is reported"):
        solve(poor)


def test_the_value_reported_is_recounted_and_not_the_solvers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "choosebattles.solving.solve.HighsSolver", lambda _program: Loose(Stop.OPTIMAL, 123.0)
    )
    outcome = solve(case(option("A", 1, 80), funds=(fund(2027, 1),)), Options(ties=False))

    assert (outcome.objective, outcome.bound) == (80, 123)


def test_what_the_users_time_ends_beside_the_plan_is_kept_as_that(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    maximise, asked = HighsSolver.maximise, 0

    def late(solver: HighsSolver, *arguments: Any, **more: Any) -> SolverAnswer:
        nonlocal asked
        asked += 1
        answer = maximise(solver, *arguments, **more)
        return answer if asked == 1 else replace(answer, stop=Stop.TIME_LIMIT)

    monkeypatch.setattr(HighsSolver, "maximise", late)
    outcome = solve(case(option("A", 3, 30), funds=(fund(2027, 3),)), Options(gap=0))

    assert outcome.proven
    assert outcome.ties == Ties(stop=Stop.TIME_LIMIT)
