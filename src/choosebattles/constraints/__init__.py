"""One file for each demand; ``units`` is the table of contents of the mathematics."""

from collections.abc import Iterator, Mapping

from choosebattles.case.decision_model import ContingencyKind
from choosebattles.case.facts import Facts
from choosebattles.case.rule import RuleKind
from choosebattles.constraints.at_least import AtLeast
from choosebattles.constraints.at_most import AtMost
from choosebattles.constraints.carry_at_most import CarryAtMost
from choosebattles.constraints.contingency_reserve import Contingency
from choosebattles.constraints.exactly import Exactly
from choosebattles.constraints.excludes import Excludes
from choosebattles.constraints.floors import Floor
from choosebattles.constraints.if_then import IfThen
from choosebattles.constraints.limits import Limited
from choosebattles.constraints.locked import Locked
from choosebattles.constraints.money import Money
from choosebattles.constraints.people import People
from choosebattles.constraints.requires import Requires
from choosebattles.constraints.selection import Selection
from choosebattles.constraints.services_under_shock import MustHold
from choosebattles.constraints.together import Together
from choosebattles.demand import RuleUnit, Unit

RULES: tuple[type[RuleUnit], ...] = (
    AtLeast,
    AtMost,
    Exactly,
    Excludes,
    IfThen,
    Requires,
    Together,
)
"""The units of the sheet Rules."""

RULE_UNITS: Mapping[RuleKind, type[RuleUnit]] = {
    kind: unit for unit in RULES for kind in unit.kinds
}
"""The unit of every kind of rule that demands something; a synergy demands nothing."""


def units(case: Facts) -> Iterator[Unit]:
    """Yield every demand that the case makes."""
    for investment in case.investments:
        yield Selection(investment)
        yield Locked(investment)
    yield from _paid(case)
    for skill in case.skills:
        yield People(skill)
    demanding = (rule for rule in case.rules if rule.kind in RULE_UNITS)
    yield from (RULE_UNITS[rule.kind](rule, case.name_of(rule)) for rule in demanding)
    for number, limit in enumerate(case.model.limits, start=1):
        yield Limited(limit, f"L{number}")
    for objective in case.model.objectives:
        if objective.floor is not None:
            yield Floor(objective)
    for service in case.services:
        if service.must_hold is not None:
            yield MustHold(service)


def _paid(case: Facts) -> Iterator[Unit]:
    yield Money()
    for fund in case.funds:
        if fund.carry_at_most is not None:
            yield CarryAtMost(fund)
    if case.model.contingency is not ContingencyKind.NONE:
        yield Contingency(case.model.at("contingency"))
