"""What a plan is worth, costs and breaks, recounted from the case and the plan alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from choosebattles.case.case import Case
from choosebattles.case.plan import Plan
from choosebattles.case.units import Id, Year
from choosebattles.terms import Violation


@dataclass(frozen=True)
class People:
    """People of a skill in a year: at work building and running, in the supply, trained."""

    building: Fraction
    running: Fraction
    supply: Fraction
    trained: Fraction


@dataclass(frozen=True)
class Worth:
    """The indices of a plan and what they are made of; everything in points."""

    value: Fraction
    """Weighted sum of the indices."""
    indices: Mapping[Id, Fraction]
    yearly: Mapping[Id, tuple[Fraction, ...]]
    """Index of each objective by year, before accrual."""
    criteria: Mapping[Id, tuple[Fraction, ...]]
    """Criteria part M of each objective by year (empty where it has none)."""
    continuity: Mapping[Id, tuple[Fraction, ...]]
    """Continuity part C of each objective by year (empty where it has none)."""
    services: Mapping[tuple[Id, Id], Fraction]
    """Continuity of each service under each shock in the final year, by (service, shock)."""


@dataclass(frozen=True)
class Recount:
    """Everything that is reported of a plan. Money is in millions, years are calendar years.

    Cost, income and spending are keyed by option or fund and then by year; every fund and every
    year is there, every option that is taken too.
    """

    after: Worth
    before: Worth
    """The same of the ongoing options and today's providers alone, without dependence."""
    scale: Fraction
    """P: the points that make 100."""
    ideal: Mapping[Id, Fraction]
    """Points of each objective if everything worth having were had."""
    build: Mapping[Id, Mapping[Year, Fraction]]
    run: Mapping[Id, Mapping[Year, Fraction]]
    later: Mapping[Id, Mapping[Year, Fraction]]
    """Build cost that falls due after the last year, by option and calendar year."""
    spending: Mapping[Id, Mapping[Year, Fraction]]
    income: Mapping[Id, Mapping[Year, Fraction]]
    """Income and savings paid into each fund."""
    aside: Mapping[Id, Mapping[Year, Fraction]]
    held: Mapping[Id, Mapping[Year, Fraction]]
    reserve: Mapping[Year, Fraction]
    """Contingency that had to be held."""
    total_cost: Fraction
    people: Mapping[Id, Mapping[Year, People]]
    synergies: Mapping[str, tuple[Year, ...]]
    """Years in which each synergy is reached, by the rule's name (``Rules!A5``)."""
    contribution: Mapping[Id, Mapping[Id, Fraction]]
    """Criteria points that each taken option adds to each objective, accrued and scaled, before
    bends of layers and synergies: by option, then objective."""
    violations: tuple[Violation, ...]

    @property
    def passed(self) -> bool:
        """Say whether the plan breaks nothing."""
        return not self.violations


def recount(case: Case, plan: Plan) -> Recount:
    """Recount a plan, in exact fractions."""
    raise AssertionError((case, plan))
