"""Small worlds for tests: a few options whose whole arithmetic fits in one comment.

A world has one year (2027), one objective (``autonomy``) with one criterion (``value``), one
fund (``STATE``) that never runs short and 100 points for an index of 100, unless said
otherwise; so an option's score is what it adds to the index::

    world = case(option("CLOUD", 60, 70), option("CSIRT", 50, 60), funds=(fund(2027, 100),))

Every fact stands in a cell of its own, in the order given: the first rule is ``Rules!A2``.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from choosebattles.case.case import Case
from choosebattles.case.decision_model import Criterion, DecisionModel, Objective
from choosebattles.case.fund import Fund
from choosebattles.case.investment import Cover, Decision, Investment, Option
from choosebattles.case.layer import Layer
from choosebattles.case.limit import Limit, Metric, ScopeItem, ScopeKind
from choosebattles.case.place import Fact, Origin, Place
from choosebattles.case.plan import Choice, Payment, Payments, Plan
from choosebattles.case.provider import Provider
from choosebattles.case.rule import Rule, RuleKind
from choosebattles.case.service import Service
from choosebattles.case.shock import Shock
from choosebattles.case.skill import Skill

FIRST_YEAR = 2027
PLENTY = 1_000_000
"""Millions a year of the fund that never runs short."""

Amount = int | float | str | Decimal
"""A number as tests type it; a text holds more digits than a spreadsheet would."""

SomeFact = TypeVar("SomeFact", bound=Fact)


def number(value: Amount) -> Decimal:
    """Return the decimal that a number is typed as."""
    return Decimal(str(value))


def option(
    name: str,
    cost: Amount | Sequence[Amount] = 0,
    score: Amount | Mapping[str, Amount] = 0,
    /,
    *,
    covers: Mapping[str, Amount] | None = None,
    **facts: Any,
) -> Option:
    """Make an option: its cost (or one for each year) and score (on ``value``, or on several)."""
    costs = cost if isinstance(cost, list | tuple) else (cost,)
    scores = score if isinstance(score, Mapping) else {"value": score}
    shares = tuple(
        Cover(layer=layer, share=number(share)) for layer, share in (covers or {}).items()
    )
    decided = facts.get("decision", Decision.OPEN) is not Decision.OPEN
    return Option(
        id=name,
        title=name.title(),
        reason=facts.pop("reason", "decided before" if decided else ""),
        cost=tuple(number(each) for each in costs),
        score={each: number(points) for each, points in scores.items()},
        covers=shares,
        **facts,
    )


def ongoing(name: str, start: int, *rest: Any, **facts: Any) -> Option:
    """Make an option that has been under way since a year."""
    return option(name, *rest, decision=Decision.ONGOING, earliest_start=start, **facts)


def investment(name: str, *options: Option, layer: str = "", **facts: Any) -> Investment:
    """Make an investment; without options it has one of its own name that costs nothing."""
    return Investment(id=name, options=options or (option(name),), layer=layer, **facts)


def fund(first_year: int = FIRST_YEAR, /, *amounts: Amount, **facts: Any) -> Fund:
    """Make a fund with an amount for each year from the first on: ``fund(2027, 100, 50)``."""
    return Fund(**{"id": "STATE", "amount": _by_year(first_year, amounts)} | facts)


def skill(name: str, first_year: int = FIRST_YEAR, /, *supply: Amount, **facts: Any) -> Skill:
    """Make a skill with its people in each year from the first on: ``skill("IT", 2027, 5)``."""
    return Skill(id=name, supply=_by_year(first_year, supply), **facts)


def layer(name: str, full_credit: Amount | None = None, rate_after: Amount = 0) -> Layer:
    """Make a layer with its bend."""
    full = None if full_credit is None else number(full_credit)
    return Layer(id=name, full_credit=full, rate_after=number(rate_after))


def provider(name: str, layer: str, coverage: Amount = 1, *exposures: str) -> Provider:
    """Make one of today's suppliers, with the tags that it is exposed to."""
    return Provider(id=name, layer=layer, coverage=number(coverage), exposures=exposures)


def service(name: str, *needs: str, **facts: Any) -> Service:
    """Make a critical service that needs layers."""
    return Service(id=name, needs=needs, **facts)


def shock(name: str, *hits: str, objective: str = "autonomy", **facts: Any) -> Shock:
    """Make a shock that hits tags, takes all of them and tests autonomy."""
    return Shock(id=name, hits=hits, objective=objective, **facts)


def rule(kind: RuleKind, *investments: str, **facts: Any) -> Rule:
    """Make a rule over investments or options."""
    return Rule(kind=kind, investments=investments, **facts)


def synergy(*investments: str, **facts: Any) -> Rule:
    """Make a synergy, of points of ``value`` unless another criterion is named."""
    return rule(RuleKind.SYNERGY, *investments, **{"criterion": "value"} | facts)


def scope(*items: str) -> tuple[ScopeItem, ...]:
    """Make a scope as it is typed: ``scope("CLOUD", "layer: hosting")``."""
    return tuple(_item(item) for item in items)


def limit(metric: Metric, *items: str, **facts: Any) -> Limit:
    """Make a limit over a scope (without items, over everything)."""
    return Limit(metric=metric, scope=scope(*items), **facts)


def objective(name: str, weight: Amount = 1, **facts: Any) -> Objective:
    """Make an objective."""
    return Objective(id=name, weight=number(weight), **facts)


def criterion(
    name: str, weight: Amount = 1, objective: str = "autonomy", **facts: Any
) -> Criterion:
    """Make a criterion, of autonomy unless another objective is named."""
    return Criterion(id=name, weight=number(weight), objective=objective, **facts)


def case(
    *investments: Investment | Option,
    years: int = 1,
    first_year: int = FIRST_YEAR,
    funds: Sequence[Fund] | None = None,
    objectives: Sequence[Objective] = (objective("autonomy"),),
    criteria: Sequence[Criterion] = (criterion("value"),),
    limits: Sequence[Limit] = (),
    points_for_100: Amount | None = 100,
    **facts: Any,
) -> Case:
    """Make a world; what belongs to the decision model and to the facts is told apart here.

    An option given by itself is an investment of the same name, with no layer.
    """
    owners = tuple(
        each if isinstance(each, Investment) else investment(each.id, each) for each in investments
    )
    own = {fact: facts.pop(fact) for fact in tuple(facts) if fact in DecisionModel.model_fields}
    plenty = fund(first_year, *[PLENTY] * years)
    sheets = {
        each: _placed(each.title(), facts.pop(each))
        for each in ("rules", "skills", "layers", "providers", "services", "shocks")
        if each in facts
    }
    return Case(
        first_year=first_year,
        years=years,
        points_for_100=None if points_for_100 is None else number(points_for_100),
        model=DecisionModel(
            objectives=_placed("Objectives", objectives),
            criteria=_placed("Criteria", criteria),
            limits=_placed("Limits", limits),
            **own,
        ),
        funds=_placed("Funds", (plenty,) if funds is None else funds),
        investments=_on_rows(owners),
        **sheets,
        **facts,
    )


def plan(world: Case, *chosen: str | tuple[str, int], payments: Payments | None = None) -> Plan:
    """Make a plan: ``plan(world, "CLOUD", ("CSIRT", 2028))``.

    An option without a year starts at its earliest start, or in the first year. What is ongoing
    is in the plan only if it is named.
    """
    choices = (_choice(world, each) for each in chosen)
    return Plan(tuple(choices), payments or Payments())


def pays(fund: str, option: str, part: str, year: int, amount: Amount) -> Payment:
    """Make a payment, in millions, for the ``build`` or the ``running`` part of an option."""
    return Payment(fund, option, part, year, number(amount))


def _choice(world: Case, chosen: str | tuple[str, int]) -> Choice:
    name, start = (chosen, None) if isinstance(chosen, str) else chosen
    option = world.options[name]
    if start is None:
        start = world.first_year if option.earliest_start is None else option.earliest_start
    return Choice(world.investment_of[name].id, name, start)


def _by_year(first_year: int, amounts: Sequence[Amount]) -> dict[int, Decimal]:
    return {first_year + after: number(amount) for after, amount in enumerate(amounts)}


def _item(text: str) -> ScopeItem:
    kind, colon, name = text.partition(": ")
    return ScopeItem(kind=ScopeKind(kind) if colon else ScopeKind.ID, name=name if colon else kind)


def _placed(sheet: str, facts: Sequence[SomeFact], first_row: int = 2) -> tuple[SomeFact, ...]:
    """Give every fact that stands nowhere a row of its own on the sheet."""
    return tuple(
        fact
        if fact.origin.row != Place()
        else fact.model_copy(update={"origin": Origin(Place(sheet=sheet, cell=f"A{row}"))})
        for row, fact in enumerate(facts, first_row)
    )


def _on_rows(owners: Sequence[Investment]) -> tuple[Investment, ...]:
    """Give every option a row of its own; an investment stands where its first option does."""
    placed: list[Investment] = []
    row = 2
    for owner in owners:
        options = _placed("Investments", owner.options, row)
        placed.append(owner.model_copy(update={"options": options, "origin": options[0].origin}))
        row += len(options)
    return tuple(placed)
