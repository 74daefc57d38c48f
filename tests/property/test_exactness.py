"""Theorems about every case, tried on random ones."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from choosebattles.audit.recount import recount
from choosebattles.case.case import Case
from choosebattles.case.decision_model import Method
from choosebattles.case.limit import Metric
from choosebattles.case.plan import Plan
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Outcome, Stop, TieAnswer
from choosebattles.solving.payments import pay
from choosebattles.solving.solve import solve
from conftest import AT_HAND
from oracle.brute_force import every_plan
from oracle.workbooks import SPINE
from programs import changed, meets
from random_cases import FAMILIES, Question, Starts, draft, question, starts_of
from small_cases import case, criterion, fund, objective, option, plan

MIXED = [range(first, first + 20) for first in range(0, 500, 20)]
"""500 cases with parts of all families, 20 to a test."""

SAME = Fraction(1, 10**7)
"""Plans within this, relative to max(1, |value|), are worth the same."""


def close(first: float | Fraction, second: float | Fraction, width: float = 1e-9) -> bool:
    return abs(float(first) - float(second)) <= width * max(1.0, abs(float(second)))


def lower(indices: dict[str, Fraction]) -> dict[str, Fraction]:
    return {name.casefold(): amount for name, amount in indices.items()}


def equals_the_oracle(asked: Question, solver: str = "highs") -> None:
    """Compare an answer with the oracle's: what is best, what it is worth, and by how much."""
    outcome = solve(asked.case, Options(gap=0, solver=solver, conflict=False))
    if asked.answer.value is None:
        assert outcome.stop is Stop.INFEASIBLE
        assert outcome.proven
        assert outcome.plan is None
        return
    assert outcome.proven
    assert outcome.plan is not None
    meets(outcome)
    counts_as_the_oracle(asked, outcome, outcome.plan)
    leaves_as_the_oracle(asked, outcome, outcome.plan)
    match asked.case.model.method:
        case Method.WEIGHTED:
            is_the_cheapest_of_the_best(asked, outcome)
        case Method.LEXICOGRAPHIC:
            assert outcome.recount is not None
            assert outcome.recount.total_cost == asked.answer.cheapest[0].total_cost
        case Method.BALANCED:
            assert outcome.objective is not None
            assert close(outcome.objective, asked.answer.value, 1e-6)


def counts_as_the_oracle(asked: Question, outcome: Outcome, held: Plan) -> None:
    account = asked.survey.clerk.recount(starts_of(held))
    counted = outcome.recount
    assert counted is not None
    assert account.faults == ()
    assert counted.scale == asked.survey.clerk.scale
    assert counted.total_cost == account.total_cost
    assert close(counted.after.value, account.objective)
    after, before = lower(dict(counted.after.indices)), lower(dict(counted.before.indices))
    for name, amount in account.indices.items():
        assert close(after[name], amount)
        assert close(before[name], asked.survey.clerk.before[name])


def leaves_as_the_oracle(asked: Question, outcome: Outcome, held: Plan) -> None:
    clerk = asked.survey.clerk
    first, payments = asked.facts.first_year, held.payments
    used: defaultdict[tuple[str, int], Fraction] = defaultdict(Fraction)
    aside: defaultdict[tuple[str, int], Fraction] = defaultdict(Fraction)
    for each in payments.paid:
        used[each.fund.casefold(), each.year - first] += 1000 * Fraction(each.amount)
    for amounts, sums in ((payments.held, used), (payments.aside, aside)):
        for (fund_id, year), amount in amounts.items():
            sums[fund_id.casefold(), year - first] += 1000 * Fraction(amount)
    income = clerk.received(clerk.taken(clerk.plan(starts_of(held))))
    left = clerk.purse.left(income, used, aside)
    counted = outcome.recount
    assert counted is not None
    assert len(left) == sum(map(len, counted.left.values()))
    for fund_id, years in counted.left.items():
        for year, lapses in years.items():
            assert lapses == max(Fraction(0), left[fund_id.casefold(), year - first] / 1000)


def is_the_cheapest_of_the_best(asked: Question, outcome: Outcome) -> None:
    best, counted = asked.answer.value, outcome.recount
    assert best is not None
    assert counted is not None
    assert outcome.plan is not None
    assert close(counted.after.value, best, 2e-7)
    assert counted.total_cost == asked.answer.cheapest[0].total_cost
    least = best - SAME * max(Fraction(1), abs(best))
    sets = {
        frozenset(option for option, _start in account.plan)
        for account in asked.survey.allowed
        if account.objective >= least
    }
    taken = frozenset(name for name, _start in starts_of(outcome.plan))
    if len(sets) == 1:
        assert outcome.ties.answer is TieAnswer.ONLY
    else:
        assert outcome.ties.answer is TieAnswer.ANOTHER
        assert frozenset(each.casefold() for each in outcome.ties.instead) in sets - {taken}


@pytest.mark.broad
@pytest.mark.parametrize("seeds", MIXED, ids=lambda seeds: f"{seeds[0]}-{seeds[-1]}")
def test_equals_the_oracle(seeds: range) -> None:
    for seed in seeds:
        equals_the_oracle(question(seed))


@pytest.mark.parametrize("seed", range(10_000, 10_012))
@pytest.mark.parametrize("family", ["", *FAMILIES])
def test_equals_the_oracle_with_each_family_of_parts(family: str, seed: int) -> None:
    equals_the_oracle(question(seed, SPINE | ({family} if family else set())))


@pytest.mark.parametrize("seed", range(20_000, 20_040))
def test_every_solver_equals_the_oracle(seed: int, solver: str) -> None:
    equals_the_oracle(question(seed, most_plans=60), solver)


def weighted(world: Case) -> Case:
    return changed(world, model=world.model.model_copy(update={"method": Method.WEIGHTED}))


def every_plan_of(asked: Question) -> list[Starts]:
    return list(every_plan(asked.facts))


def recounted(world: Case, starts: Starts) -> tuple[bool, Fraction]:
    """Return whether the audit passes a plan that is paid for, and what it is worth."""
    names = {name.casefold(): name for name in world.options}
    proposed = plan(world, *((names[name], year) for name, year in sorted(starts)))
    payments = pay(world, proposed.choices)
    if payments is None:
        return False, Fraction(0)
    counted = recount(world, Plan(proposed.choices, payments))
    return counted.passed, counted.after.value


@pytest.mark.parametrize("seed", range(30_000, 30_020))
def test_no_plan_that_passes_the_audit_is_worth_more(seed: int) -> None:
    """Ties rows to violations: a slip in either one makes the two sides differ."""
    asked = question(seed, most_plans=60)
    world = weighted(asked.case)
    found = [recounted(world, starts) for starts in every_plan_of(asked)]
    values = [value for passed, value in found if passed]
    allowed = {account.plan for account in asked.survey.allowed}

    outcome = solve(world, Options(gap=0))

    assert len(values) == len(allowed)
    if values:
        assert outcome.objective is not None
        assert close(outcome.objective, max(values), 2e-7)
    else:
        assert outcome.stop is Stop.INFEASIBLE


@pytest.mark.parametrize("seed", range(40_000, 40_015))
def test_more_money_never_lowers_the_value(seed: int) -> None:
    # In years to come as well: more of every fund leaves every plan that there was.
    world = weighted(question(seed, most_plans=60).case)
    richer = tuple(
        fund.model_copy(
            update={"amount": {year: amount * 2 for year, amount in fund.amount.items()}}
        )
        for fund in world.funds
    )
    poor = solve(world, Options(gap=0))
    rich = solve(changed(world, funds=richer), Options(gap=0))

    if poor.objective is not None:
        assert rich.objective is not None
        assert rich.objective >= poor.objective - 2e-7 * max(1.0, abs(poor.objective))


POWERS = (-6, -3, 3, 6, 8)
"""Powers of ten by which Points for 100 are made larger."""


def with_points(world: Case, times: Fraction) -> Case:
    """Return a world with so many times the Points for 100 that it has."""
    assert world.points_for_100 is not None
    return changed(world, points_for_100=world.points_for_100 * Decimal(float(times)))


def scaled_worlds(seed: int) -> Iterator[tuple[Fraction, Outcome]]:
    """Yield what is best among random options of two objectives, at each of several scales.

    Some are harmful, one harmful one must be taken, and in every third world all are harmful.
    """
    rng = Random(seed)
    most = 9 if seed % 3 else 0
    options = [
        option(
            f"X{number}",
            rng.randint(1, 9),
            {"value": rng.randint(-90, 10 * most) / 10, "hold": rng.randint(-90, 10 * most) / 10},
            decision="must" if number < 2 else "open",
        )
        for number in range(7)
    ]
    world = case(
        *options,
        funds=(fund(2027, 19),),
        objectives=(objective("autonomy", weight=2), objective("resilience", weight=1)),
        criteria=(criterion("value"), criterion("hold", objective="resilience")),
        method=list(Method)[seed % len(Method)],
        tolerance=0,
        points_for_100=30,
    )
    for power in (0, *POWERS):
        times = Fraction(10) ** power
        yield times, solve(with_points(world, times), Options(gap=0))


@pytest.mark.parametrize("seed", range(12))
def test_points_for_100_never_change_what_is_proved_best(seed: int) -> None:
    """Tolerances follow the scale: that of the objective, not that of a point."""
    outcomes = [*scaled_worlds(seed)]
    _times, first = outcomes[0]
    assert first.plan is not None
    assert first.objective is not None
    for times, each in outcomes:
        assert each.proven
        assert each.plan is not None
        assert each.plan.taken == first.plan.taken
        assert each.ties.answer is first.ties.answer
        assert each.objective == pytest.approx(first.objective / float(times), rel=1e-9)


def moved(facts: tuple[Any, ...], rng: Random) -> tuple[Any, ...]:
    return tuple(rng.sample(facts, len(facts)))


SHUFFLED = ("investments", "rules", "skills", "layers", "providers", "services", "shocks")


@pytest.mark.parametrize("seed", range(50_000, 50_015))
def test_order_of_rows_never_matters(seed: int) -> None:
    # Funds stay: income and savings without a fund of their own go to the first one.
    world, rng = question(seed, most_plans=60).case, Random(seed)
    model = world.model.model_copy(
        update={
            "criteria": moved(world.model.criteria, rng),
            "objectives": moved(world.model.objectives, rng),
            "limits": moved(world.model.limits, rng),
        }
    )
    sheets = {name: moved(getattr(world, name), rng) for name in SHUFFLED}
    other = changed(world, model=model, **sheets)

    first, second = solve(world, Options(gap=0)), solve(other, Options(gap=0))

    assert (first.stop, first.proven) == (second.stop, second.proven)
    if first.objective is not None:
        assert second.objective is not None
        assert first.recount is not None
        assert second.recount is not None
        if world.model.method is Method.LEXICOGRAPHIC:
            assert first.recount.total_cost == second.recount.total_cost
        else:
            assert close(first.objective, second.objective, 1e-6)


@pytest.mark.parametrize("seed", range(60_000, 60_015))
def test_cbc_and_highs_agree(seed: int) -> None:
    world = question(seed, most_plans=60).case
    values = []
    for solver in AT_HAND:
        outcome = solve(world, Options(gap=0, solver=solver, conflict=False))
        assert outcome.proven
        values.append(outcome)
    for value in values[1:]:
        assert value.stop is values[0].stop
        if values[0].objective is not None and world.model.method is not Method.LEXICOGRAPHIC:
            assert value.objective is not None
            assert close(value.objective, values[0].objective, 1e-6)


def in_larger_money(world: Case, factor: int) -> Case:
    """Return the case in a currency of which a million is worth so many times less."""
    model = world.model.model_copy(
        update={
            "limits": tuple(
                limit.model_copy(
                    update={
                        "minimum": None if limit.minimum is None else limit.minimum * factor,
                        "maximum": None if limit.maximum is None else limit.maximum * factor,
                    }
                )
                if limit.metric in MONEY
                else limit
                for limit in world.model.limits
            )
        }
    )
    funds = (
        each.model_copy(
            update={
                "amount": {year: amount * factor for year, amount in each.amount.items()},
                "dependence": each.dependence / factor,
            }
        )
        for each in world.funds
    )
    investments = (
        owner.model_copy(
            update={
                "options": tuple(
                    each.model_copy(
                        update={
                            "cost": tuple(amount * factor for amount in each.cost),
                            "running_cost": each.running_cost * factor,
                            "income": tuple(amount * factor for amount in each.income),
                        }
                    )
                    for each in owner.options
                )
            }
        )
        for owner in world.investments
    )
    rules = (rule.model_copy(update={"saving": rule.saving * factor}) for rule in world.rules)
    return changed(
        world, model=model, funds=tuple(funds), investments=tuple(investments), rules=tuple(rules)
    )


MONEY = {Metric.COST, Metric.COST_IN_A_YEAR, Metric.RUNNING_COST, Metric.LATER_COST}


@pytest.mark.parametrize("seed", range(70_000, 70_015))
def test_the_currency_never_matters(seed: int) -> None:
    # Without growth and haircut nothing is rounded. A hundred lek for a euro; then old lek.
    world = changed(weighted(draft(seed)), cost_growth=0, revenue_haircut=0)
    euro = solve(world, Options(gap=0))
    for factor in (100, 10_000):
        lek = solve(in_larger_money(world, factor), Options(gap=0))
        assert (lek.stop, lek.proven) == (euro.stop, euro.proven)
        if euro.objective is not None:
            assert lek.objective is not None
            assert close(lek.objective, euro.objective, 2e-7)
