"""Every word as an expression, with the starts of a plan, is the same word as a number."""

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from random import Random

import pytest
from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st

from choosebattles.audit.ledger import PlanLedger
from choosebattles.case.case import Case
from choosebattles.case.plan import Choice, Plan
from choosebattles.case.rule import RuleKind
from choosebattles.formulation.program import formulate
from choosebattles.formulation.quantities import Expressions
from choosebattles.vocabulary import Linear
from programs import changed
from random_cases import draft
from small_cases import case, option

Spoken = tuple[str, Linear, Fraction]

TRIED = settings(
    max_examples=120, deadline=None, database=None, phases=(Phase.explicit, Phase.generate)
)
"""Many cases; none is made smaller, for a seed has no size."""

drafted = cache(draft)


def random_plan(world: Case, rng: Random) -> Plan:
    """Take some options, of some investments several, each in one of its years."""
    starts = Expressions(world).starts
    choices = [
        Choice(world.investment_of[name].id, name, world.first_year + rng.choice(there).year)
        for name, there in starts.items()
        if there and rng.random() < 0.6
    ]
    return Plan(tuple(choices))


def spoken(world: Case, plan: Plan) -> Iterator[Spoken]:
    """Yield every word that starts alone decide, as an expression and as a number."""
    q, ledger = Expressions(world), PlanLedger(world, plan)
    for name in {investment.id for investment in world.investments} | set(world.options):
        yield f"take {name}", q.take(name), ledger.take(name)
        for word in ("starting", "started", "operating"):
            for t in q.horizon:
                yield (
                    f"{word} {name} {t}",
                    getattr(q, word)(name, t),
                    getattr(ledger, word)(name, t),
                )
    for each in world.options.values():
        yield f"later {each.id}", q.later(each), ledger.later(each)
        for word in ("build", "run", "need"):
            for t in q.horizon:
                yield (
                    f"{word} {each.id} {t}",
                    getattr(q, word)(each, t),
                    getattr(ledger, word)(each, t),
                )
        for criterion in world.model.criteria:
            named = f"scored {criterion.id} {each.id}"
            yield named, q.scored(criterion.id, each), ledger.scored(criterion.id, each)
    for t in q.horizon:
        yield from spoken_of_all(q, ledger, t)


def spoken_of_all(q: Expressions, ledger: PlanLedger, t: int) -> Iterator[Spoken]:
    """Yield the words that speak of many options at once."""
    for fund in q.case.funds:
        yield f"income {fund.id} {t}", q.income(fund, t), ledger.income(fund, t)
    for skill in q.case.skills:
        yield f"staff {skill.id} {t}", q.staff(skill.id, t), ledger.staff(skill.id, t)
        yield f"trained {skill.id} {t}", q.trained(skill.id, t), ledger.trained(skill.id, t)
    for goal in q.case.model.objectives:
        for layer in q.case.layer_names:
            said = f"points {goal.id} {layer} {t}"
            yield said, q.points(goal.id, layer, t), ledger.points(goal.id, layer, t)


def at(expression: Linear, plan: Plan) -> Fraction:
    """Return the value of an expression with the starts of a plan and nothing else."""
    taken = {f"start[{choice.option},{choice.start}]" for choice in plan.choices}
    unknown = [name for name in expression.terms if not name.startswith("start[")]
    assert not unknown, unknown
    numbers = (Fraction(a) for name, a in expression.terms.items() if name in taken)
    return Fraction(expression.constant) + sum(numbers, Fraction(0))


def without_savings(world: Case) -> Case:
    """Leave out synergies, whose words have columns of their own."""
    kept = tuple(rule for rule in world.rules if rule.kind is not RuleKind.SYNERGY)
    return changed(world, rules=kept)


@seed(20270101)
@TRIED
@given(number=st.integers(0, 49), luck=st.randoms(use_true_random=False))
def test_every_word_as_an_expression_is_the_word_as_a_number(number: int, luck: Random) -> None:
    world = without_savings(drafted(number))
    plan = random_plan(world, luck)
    for said, expression, amount in spoken(world, plan):
        assert at(expression, plan) == pytest.approx(amount, rel=1e-12, abs=1e-12), said


@seed(20270102)
@TRIED
@given(number=st.integers(0, 49), luck=st.randoms(use_true_random=False))
def test_scale_accrual_weights_and_cost_are_those_of_the_audit(number: int, luck: Random) -> None:
    world = drafted(number)
    plan = random_plan(world, luck)
    q, ledger = formulate(world).quantities, PlanLedger(world, plan)
    weights = ledger.scale.criterion_weight

    assert q.scale == ledger.scale.points_for_100
    assert [q.accrual.get(t, 0) for t in q.horizon] == list(ledger.scale.accrual)
    assert {criterion.id: q.weight(criterion.id) for criterion in world.model.criteria} == {
        name: weight for of_goal in weights.values() for name, weight in of_goal.items()
    }
    assert at(q.total_cost, plan) == sum(
        ledger.need(each, t) for each in world.options.values() for t in q.horizon
    )
    for objective in world.model.objectives:
        assert q.share_of_continuity(objective.id) == ledger.scale.continuity_share(objective.id)


def test_a_blank_latest_start_leaves_room_to_build_and_to_pay() -> None:
    # b = 1, J = 2: five years less 1 less 2, so 2027 to 2029.
    world = case(option("A", (1, 0, 1), build_years=1), years=5)

    assert [start.year for start in Expressions(world).starts["A"]] == [0, 1, 2]


def test_typed_starts_are_taken_as_typed() -> None:
    world = case(option("A", (1, 1), earliest_start=2028, latest_start=2031), years=5)

    assert [start.year for start in Expressions(world).starts["A"]] == [1, 2, 3, 4]


def test_a_zero_keeps_its_place() -> None:
    # The shape of a program depends on what exists, never on how large it is.
    free, dear = (case(option("A", cost, score)) for cost, score in ((0, 0), (5, 50)))

    assert list(formulate(free).rows) == list(formulate(dear).rows)
    assert [list(row.constraint.expression.terms) for row in formulate(free).rows.values()] == [
        list(row.constraint.expression.terms) for row in formulate(dear).rows.values()
    ]
