r"""Plans for questions that nobody has asked yet, and what no plan can exceed for any money.

Plans are those of random questions of the kind that a hand asks a page: other money in each fund,
other weights, a shock left out, an investment forced. A bound is a line in the amounts of money.
With a price :math:`y_i \ge 0` for every row :math:`a_i x \le b_i` whose side is an amount of money,

.. math::

    \max_{x \in X,\; a_i x \le b_i} c x \;\le\; \max_{x \in X} \Big(c x - \sum_i y_i a_i x\Big)
    + \sum_i y_i b_i

where :math:`X` keeps all other rows. The first part is searched, and what the search proves of it
holds for every *b*. Of several goals under the same rows, a mean of their lines bounds the mean.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from choosebattles.case.case import Case
from choosebattles.case.facts import Facts
from choosebattles.case.investment import Decision
from choosebattles.case.other_numbers import paying, with_likelihoods, with_objectives
from choosebattles.case.plan import Choice
from choosebattles.case.units import Id, to_thousandths
from choosebattles.formulation.program import sides
from choosebattles.formulation.restate import NeedsRebuild, restate
from choosebattles.solving.resolver import Resolver
from choosebattles.solving.resolver_question import SolverQuestion
from choosebattles.solving.search_limits import SharedLimits
from choosebattles.solving.tolerances import FLOAT_SUM
from choosebattles.vocabulary import Linear, RowName

QUESTIONS = 80
"""Random questions, each with a plan that a page knows."""

PLAN_GAP = 0.0025
"""Relative gap of these plans: many good ones serve better than few of the best."""

LINE_GAP = 0.0005
"""Relative gap of what is searched for a line."""

BUDGETS = (Decimal("0.6"), Decimal("0.85"), Decimal(1), Decimal("1.2"))
"""Shares of the money at whose prices there are lines."""

LEANING = Decimal("0.35")
"""How far weights lean to one objective in the lines between the workbook's weights and it alone."""

SEED = 1


@dataclass(frozen=True)
class MoneyLine:
    """What no plan exceeds: ``fixed``, and a price for every thousandth at the side of a row.

    ``weights`` are those of the objectives; shocks and criteria count as in the case.
    """

    weights: Mapping[Id, Decimal]
    fixed: float
    prices: Mapping[RowName, float]


def drawn(case: Case, number: int) -> SolverQuestion:
    """Return a random question of those that a hand asks."""
    random = Random(f"{SEED} {number}")  # noqa: S311 - the same for everybody
    shares = {fund.id: Decimal(random.randint(50, 130)) / 100 for fund in case.funds}
    amounts = {
        (fund.id, year): to_thousandths(amount * shares[fund.id])
        for fund in case.funds
        for year, amount in fund.amount.items()
    }
    whole = sum((objective.weight for objective in case.model.objectives), Decimal(0))
    weights = {
        objective.id: max(Decimal(0), 100 * objective.weight / whole + random.randint(-15, 15))
        for objective in case.model.objectives
    }
    if not any(weights.values()):
        weights = {objective.id: objective.weight for objective in case.model.objectives}
    off = random.sample(case.shocks, min(len(case.shocks), random.randint(0, 2)))
    if any(all(shock in off for shock in group) for group in case.shocks_of.values() if group):
        off = []
    open_ = [*open_investments(case)]
    forced = random.sample(open_, min(len(open_), random.randint(0, 2)))
    take = frozenset(name for name, _options in forced if random.random() < 0.5)
    return SolverQuestion(
        case=with_likelihoods(
            with_objectives(paying(case, amounts), weights), {shock.id: Decimal(0) for shock in off}
        ),
        take=take,
        leave=frozenset(name for name, _options in forced) - take,
    )


def open_investments(case: Case) -> Iterator[tuple[Id, tuple[Id, ...]]]:
    """Yield the investments that may be taken or left, each with its options that may be."""
    for investment in case.investments:
        options = tuple(o.id for o in investment.options if o.decision is Decision.OPEN)
        if len(options) == len(investment.options):
            yield investment.id, options


def money_rows(case: Facts, resolver: Resolver) -> frozenset[RowName]:
    """Return the rows at whose side an amount of money stands."""
    more = {
        (fund.id, year): amount + 1 for fund in case.funds for year, amount in fund.amount.items()
    }
    restated = restate(resolver.program, paying(case, more))
    assert not isinstance(restated, NeedsRebuild), restated
    return frozenset(restated.sides)


def leaning_weights(case: Facts) -> Iterator[Mapping[Id, Decimal]]:
    """Yield weights of objectives, adding up to 1: the case's, each alone, and between the two."""
    objectives = case.model.objectives
    whole = sum((objective.weight for objective in objectives), Decimal(0))
    own = {objective.id: objective.weight / whole for objective in objectives}
    yield own
    if len(objectives) > 1:
        for share in (LEANING, Decimal(1)):
            for one in own:
                yield {
                    name: (1 - share) * weight + share * (name == one)
                    for name, weight in own.items()
                }


def money_lines(case: Case, part: SharedLimits) -> Iterator[MoneyLine]:
    """Yield lines for several weights and amounts of money, where one is proved."""
    pricing, searching = Resolver(case), Resolver(case)
    rows = money_rows(case, searching)
    anchors = [*leaning_weights(case)]
    left = len(anchors) * len(BUDGETS)
    for weights in anchors:
        weighed = with_objectives(case, weights)
        goal = searching.expressions(weighed).objective
        for share in BUDGETS:
            if part.over:
                return
            amounts = {
                (fund.id, year): to_thousandths(amount * share)
                for fund in case.funds
                for year, amount in fund.amount.items()
            }
            charged = pricing.relaxed_prices(SolverQuestion(case=paying(weighed, amounts)))
            prices = _sound(searching, {name: charged.get(name, 0.0) for name in rows}, goal)
            if prices is not None:
                charge = _charge(searching, prices)
                reply = searching.ask(
                    SolverQuestion(
                        goal=goal - charge,
                        without=rows,
                        gap=LINE_GAP,
                        **part.of_one(left)._asdict(),
                    )
                )
                part.add(reply.work)
                if reply.bound is not None:
                    yield MoneyLine(weights, reply.bound, prices)
            left -= 1


def _charge(resolver: Resolver, prices: Mapping[RowName, float]) -> Linear:
    rows = resolver.program.rows
    charge = Linear.total(
        price * rows[name].constraint.expression for name, price in prices.items() if price
    )
    return Linear(charge.terms)


def _sound(
    resolver: Resolver, prices: Mapping[RowName, float], goal: Linear
) -> Mapping[RowName, float] | None:
    """Return prices under which no endless payment gains anything; None where there are none.

    A price that speaks of a side that is not there is none, and one that is a rounding error too
    low is raised: without the rows of money nothing else ends what a fund could set aside.
    """
    program = resolver.program
    kept: dict[RowName, float] = {}
    for name, price in prices.items():
        low, high = sides(program.rows[name])
        there = high if price > 0 else low
        kept[name] = price if abs(there) < float("inf") else 0.0
    endless = _endless(resolver)
    for _turn in range(2 * len(program.case.funds) * program.case.years):
        charge = _charge(resolver, kept).terms
        gaining = [
            (column, float(goal.terms.get(column, 0)) - float(charge.get(column, 0)))
            for column in endless
        ]
        gaining = [(column, gain) for column, gain in gaining if gain > 0]
        if not gaining:
            return kept
        for column, gain in gaining:
            for name, price in kept.items():
                number = float(program.rows[name].constraint.expression.terms.get(column, 0))
                if number > 0 and sides(program.rows[name])[1] < float("inf"):
                    kept[name] = price + gain / number * (1 + FLOAT_SUM)
                    break
            else:
                return None
    return None


def _endless(resolver: Resolver) -> list[str]:
    """Return the columns of what funds pay, hold and set aside."""
    q = resolver.expressions()
    words = (q.paid, q.aside, q.held)
    sums = (word(fund, t) for fund in q.case.funds for t in q.horizon for word in words)
    return list(dict.fromkeys(column for sum_ in sums for column in sum_.terms))


def plans_at_hand(
    resolver: Resolver, case: Case, part: SharedLimits
) -> Iterator[tuple[Choice, ...]]:
    """Yield good plans of random questions, each once."""
    seen = set()
    for number in range(QUESTIONS):
        if part.over:
            return
        question = drawn(case, number)
        limits = part.of_one(QUESTIONS - number)._asdict()
        reply = resolver.ask(
            SolverQuestion(
                case=question.case,
                take=question.take,
                leave=question.leave,
                gap=PLAN_GAP,
                **limits,
            )
        )
        part.add(reply.work)
        if reply.choices is not None and (plan := frozenset(reply.choices)) not in seen:
            seen.add(plan)
            yield reply.choices
