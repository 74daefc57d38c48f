r"""What less money drops and more money adds, step by step, and the price of a nested order.

At each step every fund has a share of its money, and the best plan is sought afresh. Such plans
need not be nested: an option may leave at one cut and come back at a deeper one, because what is
left fits better without something else. Who wants each smaller plan to be part of the next larger
one pays for it: with :math:`v_k` what the plan of step *k* is worth and :math:`y_{ok}` whether it
takes option *o*, the nested plans are those of

.. math:: \max \sum_k v_k \quad \text{with} \quad y_{ok} \le y_{o,k+1}

over all steps at once, from the least money to the most, every step counting alike. The price
at a step is what its best plan is worth more than its nested one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import numpy as np

from choosebattles.arguments import refused
from choosebattles.audit.points_and_weights import ScoreScale
from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.decision_model import Method
from choosebattles.case.parameter import budget, decimal_of, hold_scale
from choosebattles.case.plan import Choice, Plan
from choosebattles.case.units import Id
from choosebattles.notebook_display import Tabular, starts
from choosebattles.solving.audited_plan import confirmed
from choosebattles.solving.nested_budgets import BudgetChain, budget_chain
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Outcome, Stop
from choosebattles.solving.resolver import Resolver
from choosebattles.solving.resolver_question import SolverQuestion
from choosebattles.solving.search_limits import Stopwatch, WorkBudget
from choosebattles.solving.solve import solve
from choosebattles.solving.tolerances import proves
from choosebattles.translation import _
from choosebattles.workbook.reader import as_case

STEPS = (Decimal("-0.05"), Decimal("-0.1"), Decimal("-0.2"))
"""Changes of every fund's money, where none are named."""

NESTED_WORK = 60.0
"""Units of work in which nested plans are sought where the user sets no time limit."""


@dataclass(frozen=True)
class BudgetStep:
    """One budget: by which share every fund's money differs, and the best plan there.

    Against the step before it on the way from the money as typed, ``enters`` and ``leaves`` are
    the options that only one of both plans takes. ``back`` are those of them that break a nested
    order: with less money, whatever enters; with more, whatever leaves.
    """

    change: Decimal
    outcome: Outcome
    enters: tuple[Id, ...] = ()
    leaves: tuple[Id, ...] = ()
    back: tuple[Id, ...] = ()

    @property
    def case(self) -> Case:
        """Return the case with this money."""
        return self.outcome.case

    @property
    def plan(self) -> Plan | None:
        """Return the best plan, None where there is none."""
        return self.outcome.plan


@dataclass(frozen=True)
class Nested:
    """The plan of one step in a nested order, and what it costs to insist on it.

    ``price`` is what the best plan of the step is worth more, between two proved bounds; ``leaves``
    are the options that the next larger plan has and this one has not.
    """

    change: Decimal
    plan: Plan
    recount: Recount
    price: tuple[float, float]
    leaves: tuple[Id, ...]


@dataclass(frozen=True, repr=False)
class BudgetPath(Tabular):
    """Plans from the least money to the most.

    ``nested`` is empty where the method does not raise the objective alone, or where no nested
    plans were found within the limits; steps without a plan have no nested one either. ``price`` lies
    between what an order must cost in points, summed over the steps, and what the one found costs;
    ``best_order`` says that no other order costs less, by more than the gap.
    """

    case: Case
    steps: tuple[BudgetStep, ...]
    nested: tuple[Nested, ...]
    price: tuple[float, float] | None
    best_order: bool
    complete: bool
    seconds: float

    @property
    def summary(self) -> str:
        """Return how many budgets were asked, and the price of a nested order."""
        price = _("not known")
        if self.price is not None:
            price = _("{low} to {high} points").format(
                low=f"{self.price[0]:,.4g}", high=f"{self.price[1]:,.4g}"
            )
        return _("Budget path of {case}: {steps} budgets; price of one order {price}").format(
            case=self.case.name or _("a case"), steps=len(self.steps), price=price
        )

    @property
    def arrays(self) -> dict[str, np.ndarray]:
        """Return the path as one array for each column, a row for each budget.

        ``change`` of every fund's money (-0.1 is a tenth less), ``stop``, ``objective`` and
        ``bound`` in points, ``total_cost`` in millions, ``start.OPTION``, a year, or 0; not a
        number where there is no plan.
        """
        rows = [step.outcome for step in self.steps]
        costs = [outcome.recount and float(outcome.recount.total_cost) for outcome in rows]
        return {
            "change": np.array([float(step.change) for step in self.steps]),
            "stop": np.array([outcome.stop.value for outcome in rows]),
            "objective": np.array([outcome.objective for outcome in rows], dtype=float),
            "bound": np.array([outcome.bound for outcome in rows], dtype=float),
            "total_cost": np.array(costs, dtype=float),
        } | starts(self.case.options, (outcome.plan for outcome in rows))

    @property
    def returns(self) -> tuple[tuple[Id, Decimal, Decimal], ...]:
        """Return what leaves at one step and is there again at a deeper one: option, both steps."""
        found = []
        plans = [step for step in self.steps if step.plan is not None]
        for option in self.case.options:
            in_plan = [step.plan is not None and option in step.plan.taken for step in plans]
            for number in range(len(in_plan) - 1):
                if in_plan[number] and not in_plan[number + 1] and any(in_plan[number + 1 :]):
                    found.append((option, plans[number + 1].change, plans[number].change))
                    break
        return tuple(found)


Watcher = Callable[[int, int], None]
"""Told how many of how many steps are solved."""


def budget_path(
    case: Case | Path | str,
    steps: Sequence[Decimal | float] = STEPS,
    options: Options | None = None,
    *,
    watch: Watcher | None = None,
) -> BudgetPath:
    """Return the best plan at each budget, and the best nested ones.

    Parameters
    ----------
    case
        The case, with the money as typed; its points for 100 are held.
    steps
        Changes of every fund's money, as shares of 1: -0.1 is a tenth less. 0 is added.
    options
        Gap of each solve; time limit in seconds for each of them.
    watch
        Told of progress.

    Raises
    ------
    ValueError
        Where a step takes away all the money, or more.
    SolverError
        Where the solver fails.
    AuditError
        Where the independent recount does not confirm a plan.
    """
    case = as_case(case)
    shares = [decimal_of("steps", step) for step in steps]
    for share in shares:
        if share <= -1:
            raise refused("steps", share, _("changes that leave some money, such as -0.1"))
    watched = Stopwatch()
    options = options or Options()
    scale = ScoreScale(case).points_for_100
    scaled = hold_scale(case, scale) if scale > 0 else case
    changes = sorted({Decimal(0), *shares})
    outcomes: dict[Decimal, Outcome] = {}
    # The money as typed first: should somebody stop us, that is what is known.
    for change in sorted(changes, key=abs):
        if watch is not None:
            watch(len(outcomes), len(changes))
        at_budget = scaled if not change else budget(scaled, 1 + change)
        outcomes[change] = solve(at_budget, options)
        if outcomes[change].stop is Stop.INTERRUPTED:
            break
    found = [_SolvedBudget(change, outcomes[change]) for change in changes if change in outcomes]
    path = BudgetPath(
        scaled,
        tuple(_steps(found)),
        (),
        None,
        best_order=False,
        complete=len(outcomes) == len(changes),
        seconds=0,
    )
    if path.complete and scaled.model.method is Method.WEIGHTED:
        path = _with_nested(path, options)
    return replace(path, seconds=watched.seconds)


@dataclass(frozen=True)
class _SolvedBudget:
    change: Decimal
    outcome: Outcome


def _steps(found: Sequence[_SolvedBudget]) -> list[BudgetStep]:
    """Return the steps, each against the one before it on the way from the money as typed."""
    base = next(n for n, solved in enumerate(found) if not solved.change)
    steps = []
    for number, solved in enumerate(found):
        nearer = range(number + 1, base + 1) if number < base else range(number - 1, base - 1, -1)
        before = next((found[n] for n in nearer if found[n].outcome.plan is not None), None)
        plan = solved.outcome.plan
        if before is None or plan is None:
            steps.append(BudgetStep(solved.change, solved.outcome))
            continue
        assert before.outcome.plan is not None
        old, new = before.outcome.plan.taken, plan.taken
        order = [option for option in solved.outcome.case.options if option in old ^ new]
        enters = tuple(option for option in order if option in new)
        leaves = tuple(option for option in order if option in old)
        back = enters if solved.change < 0 else leaves
        steps.append(BudgetStep(solved.change, solved.outcome, enters, leaves, back))
    return steps


def _with_nested(path: BudgetPath, options: Options) -> BudgetPath:
    """Add the nested plans that are worth most together."""
    planned_steps = [step for step in path.steps if step.plan is not None]
    if len(planned_steps) < 2:
        return path
    chain = _chain(planned_steps, options)
    if chain is None:
        return path
    steps: list[Nested] = []
    larger: frozenset[Id] | None = None
    for step, choices in reversed([*zip(planned_steps, chain.choices, strict=True)]):
        plan, counted = confirmed(step.case, choices)
        price = _price(step.outcome, float(counted.after.value))
        order = [
            option
            for option in step.case.options
            if option in (larger or ()) and option not in plan.taken
        ]
        steps.append(Nested(step.change, plan, counted, price, tuple(order)))
        larger = plan.taken
    worth = sum(float(nested.recount.after.value) for nested in steps)
    least = sum(_objective(step.outcome) for step in planned_steps) - max(chain.bound, worth)
    most = sum(nested.price[1] for nested in steps)
    return replace(
        path,
        nested=tuple(reversed(steps)),
        price=(max(0.0, least), most),
        best_order=proves(chain.bound, worth, ScoreScale(path.case).unit(), gap=options.gap),
        complete=path.complete and chain.stop is not Stop.INTERRUPTED,
    )


def _chain(planned_steps: Sequence[BudgetStep], options: Options) -> BudgetChain | None:
    """Return nested plans: those grown from a best plan where that is good enough, else a search.

    No plans are worth more together than the bounds of the best ones; what comes as near to that
    as was asked needs no search.
    """
    plans = [step.plan.choices for step in planned_steps if step.plan is not None]
    bound = sum(_upper_bound(step.outcome) for step in planned_steps)
    if all(_taken(smaller) <= _taken(larger) for smaller, larger in pairwise(plans)):
        return BudgetChain(tuple(plans), bound, Stop.GAP)
    clock = Stopwatch(options.time_limit)
    budget = WorkBudget(NESTED_WORK if options.time_limit is None else None)
    nested_plans = _grow_from_best_seed(planned_steps, plans, options, clock, budget)
    if nested_plans is not None:
        worth, plans = nested_plans
        if proves(bound, worth, ScoreScale(planned_steps[0].case).unit(), gap=options.gap):
            return BudgetChain(tuple(plans), bound, Stop.GAP)
    left = replace(options, time_limit=clock.left, work_limit=budget.left)
    found = budget_chain([step.case for step in planned_steps], plans, left)
    if found is not None:
        return replace(found, bound=min(found.bound, bound))
    return None if nested_plans is None else BudgetChain(tuple(plans), bound, Stop.WORK_LIMIT)


Choices = tuple[Choice, ...]


def _taken(choices: Choices) -> frozenset[Id]:
    return frozenset(choice.option for choice in choices)


def _grow_from_best_seed(
    planned_steps: Sequence[BudgetStep],
    plans: Sequence[Choices],
    options: Options,
    clock: Stopwatch,
    budget: WorkBudget,
) -> tuple[float, list[Choices]] | None:
    """Grow nested plans from the best plan of one step, larger and smaller; take the best of them.

    They are grown from the money as typed, from the most and from the least.
    """
    resolvers = [Resolver(step.case, options) for step in planned_steps]
    for resolver in resolvers:
        for plan in plans:
            resolver.add_solution(plan)
    base = min(range(len(planned_steps)), key=lambda number: abs(planned_steps[number].change))
    best: tuple[float, list[Choices]] | None = None
    for seed in dict.fromkeys((base, len(planned_steps) - 1, 0)):
        found = _grow_from(seed, resolvers, plans, options, clock, budget)
        if found is not None and (best is None or found[0] > best[0]):
            best = found
    return best


def _grow_from(
    seed: int,
    resolvers: Sequence[Resolver],
    plans: Sequence[Choices],
    options: Options,
    clock: Stopwatch,
    budget: WorkBudget,
) -> tuple[float, list[Choices]] | None:
    nested_plans = {seed: plans[seed]}
    worth = 0.0
    for number in (*range(seed, -1, -1), *range(seed + 1, len(plans))):
        take, leave = frozenset[Id](), frozenset[Id]()
        if number < seed:
            leave = frozenset(resolvers[number].case.options) - _taken(nested_plans[number + 1])
        elif number > seed:
            take = _taken(nested_plans[number - 1])
        else:
            take = _taken(plans[seed])
            leave = frozenset(resolvers[number].case.options) - take
        question = SolverQuestion(
            take=take,
            leave=leave,
            gap=options.gap,
            time_limit=clock.left,
            work_limit=budget.left,
        )
        reply = resolvers[number].ask(question)
        budget.done += reply.work
        if reply.choices is None or reply.value is None:
            return None
        nested_plans[number] = reply.choices
        worth += reply.value
    return worth, [nested_plans[number] for number in range(len(plans))]


def _upper_bound(outcome: Outcome) -> float:
    best = _objective(outcome)
    return best if outcome.bound is None else max(best, outcome.bound)


def _objective(outcome: Outcome) -> float:
    assert outcome.objective is not None
    return outcome.objective


def _price(outcome: Outcome, value: float) -> tuple[float, float]:
    best = _objective(outcome)
    return max(0.0, best - value), max(0.0, _upper_bound(outcome) - value)
