"""The facts of a case with other amounts of money, weights or likelihoods; nothing is checked."""

from collections.abc import Mapping
from decimal import Decimal

from choosebattles.case.facts import Facts
from choosebattles.case.number_path import fields
from choosebattles.case.units import Id, Year


def with_likelihoods(case: Facts, likelihoods: Mapping[Id, Decimal]) -> Facts:
    """Return the facts with other likelihoods of shocks."""
    shocks = tuple(
        shock.model_copy(update={"likelihood": likelihoods.get(shock.id, shock.likelihood)})
        for shock in case.shocks
    )
    return _with(case, shocks=shocks)


def with_weights(case: Facts, weights: Mapping[Id, Decimal]) -> Facts:
    """Return the facts with other weights of criteria."""
    criteria = tuple(
        criterion.model_copy(update={"weight": weights.get(criterion.id, criterion.weight)})
        for criterion in case.model.criteria
    )
    return _with(case, model=case.model.model_copy(update={"criteria": criteria}))


def with_objectives(case: Facts, weights: Mapping[Id, Decimal]) -> Facts:
    """Return the facts with other weights of objectives."""
    objectives = tuple(
        objective.model_copy(update={"weight": weights.get(objective.id, objective.weight)})
        for objective in case.model.objectives
    )
    return _with(case, model=case.model.model_copy(update={"objectives": objectives}))


def paying(case: Facts, amounts: Mapping[tuple[Id, Year], Decimal]) -> Facts:
    """Return the facts with other amounts of funds."""
    funds = tuple(
        fund.model_copy(
            update={
                "amount": {
                    year: amounts.get((fund.id, year), old) for year, old in fund.amount.items()
                }
            }
        )
        for fund in case.funds
    )
    return _with(case, funds=funds)


def _with(case: Facts, **changed: object) -> Facts:
    """Return facts with others in some fields, and nothing of what the old ones worked out."""
    return type(case).model_construct(**{**fields(case), **changed})
