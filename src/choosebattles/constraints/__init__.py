"""One file for each demand; ``units`` is the table of contents of the mathematics."""

from collections.abc import Iterator

from choosebattles.case.decision_model import ContingencyKind
from choosebattles.case.facts import Facts
from choosebattles.case.rule import Rule, RuleKind
from choosebattles.constraints.at_least import AtLeast
from choosebattles.constraints.at_most import AtMost
from choosebattles.constraints.carry_at_most import CarryAtMost
from choosebattles.constraints.contingency import Contingency
from choosebattles.constraints.exactly import Exactly
from choosebattles.constraints.excludes import Excludes
from choosebattles.constraints.floors import Floor
from choosebattles.constraints.limits import Limited
from choosebattles.constraints.locked import Locked
from choosebattles.constraints.money import Money
from choosebattles.constraints.must_hold import MustHold
from choosebattles.constraints.people import People
from choosebattles.constraints.requires import Requires
from choosebattles.constraints.selection import Selection
from choosebattles.constraints.together import Together
from choosebattles.terms import Unit


def units(case: Facts) -> Iterator[Unit]:
    """Yield every demand that the case makes."""
    for investment in case.investments:
        yield Selection(investment)
        yield Locked(investment)
    yield from _paid(case)
    for skill in case.skills:
        yield People(skill)
    for rule in case.rules:
        yield from _ruled(rule, case.name_of(rule))
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


def _ruled(rule: Rule, name: str) -> Iterator[Unit]:
    match rule.kind:
        case RuleKind.REQUIRES_ALL | RuleKind.REQUIRES_ANY:
            yield Requires(rule, name)
        case RuleKind.EXCLUDES:
            yield Excludes(rule, name)
        case RuleKind.AT_MOST:
            yield AtMost(rule, name)
        case RuleKind.AT_LEAST:
            yield AtLeast(rule, name)
        case RuleKind.EXACTLY:
            yield Exactly(rule, name)
        case RuleKind.TOGETHER:
            yield Together(rule, name)
        case RuleKind.SYNERGY:
            return  # a measure of worth, not a demand
