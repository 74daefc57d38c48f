"""What a plan is worth, costs and breaks, recounted from the case and the plan alone."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from choosebattles.arguments import refused
from choosebattles.audit.ledger import PlanLedger
from choosebattles.audit.option_by_year import Taken
from choosebattles.audit.plan_validity import unsound
from choosebattles.case.facts import Facts
from choosebattles.case.fund import Fund
from choosebattles.case.investment import Decision, Option
from choosebattles.case.plan import Choice, Plan
from choosebattles.case.units import Id, Year
from choosebattles.constraints import units
from choosebattles.translation import _
from choosebattles.vocabulary import Violation


@dataclass(frozen=True)
class PeopleCount:
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
    unit: float
    """What counts as one point of the value where a difference is called nothing."""
    ideal: Mapping[Id, Fraction]
    """Points of each objective if everything worth having were had."""
    build: Mapping[Id, Mapping[Year, Fraction]]
    run: Mapping[Id, Mapping[Year, Fraction]]
    later: Mapping[Id, Mapping[Year, Fraction]]
    """Build cost that falls due after the last year, by option and calendar year."""
    spending: Mapping[Id, Mapping[Year, Fraction]]
    income: Mapping[Id, Mapping[Year, Fraction]]
    """Income and savings paid into each fund."""
    carried: Mapping[Id, Mapping[Year, Fraction]]
    """What of the money set aside the year before is still there."""
    available: Mapping[Id, Mapping[Year, Fraction]]
    """Amount of the year, what is carried over, and income."""
    left: Mapping[Id, Mapping[Year, Fraction]]
    """What lapses: neither spent nor held nor set aside; never below 0."""
    aside: Mapping[Id, Mapping[Year, Fraction]]
    held: Mapping[Id, Mapping[Year, Fraction]]
    reserve: Mapping[Year, Fraction]
    """Contingency that had to be held."""
    total_cost: Fraction
    people: Mapping[Id, Mapping[Year, PeopleCount]]
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


def recount(case: Facts, plan: Plan) -> Recount:
    """Recount a plan, in exact fractions.

    Every figure follows from the case and the plan alone; who pays what is the plan's own word,
    and demands are checked against it.

    Raises
    ------
    InputError
        Where something else than a case and a plan is handed over.
    """
    if not isinstance(case, Facts):
        raise refused("case", case, _("a case, as read_case returns it"))
    if not isinstance(plan, Plan):
        raise refused("plan", plan, _("a plan, such as Plan(())"))
    ledger = PlanLedger(case, plan)
    found = violations(ledger)
    options = {name: taken.option for name, taken in ledger.taken.items()}
    return Recount(
        after=_worth(ledger),
        before=_worth(PlanLedger(case, under_way(case), ledger.scale)),
        scale=ledger.scale.points_for_100,
        unit=ledger.scale.unit(),
        ideal=ledger.scale.ideal,
        build={name: _yearly(ledger, ledger.build, option) for name, option in options.items()},
        run={name: _yearly(ledger, ledger.run, option) for name, option in options.items()},
        later={name: _later(case, taken) for name, taken in ledger.taken.items()},
        spending=_by_fund(ledger, ledger.paid),
        income=_by_fund(ledger, ledger.income),
        carried=_by_fund(ledger, ledger.carried),
        available=_by_fund(ledger, ledger.available),
        left=_by_fund(ledger, ledger.left),
        aside=_by_fund(ledger, ledger.aside),
        held=_by_fund(ledger, ledger.held),
        reserve={case.first_year + t: ledger.reserve(t) / 1000 for t in ledger.horizon},
        total_cost=ledger.total(
            ledger.need(option, t) / 1000 for option in options.values() for t in ledger.horizon
        ),
        people=_people(ledger),
        synergies=_synergies(ledger),
        contribution={name: _contribution(ledger, name) for name in options},
        violations=found,
    )


def violations(ledger: PlanLedger) -> tuple[Violation, ...]:
    """Return all that is wrong with the plan of a ledger, without counting what it is worth."""
    return (*unsound(ledger.case, ledger.plan), *broken(ledger))


def broken(ledger: PlanLedger) -> Iterator[Violation]:
    """Yield how the plan of a ledger breaks the demands of its case."""
    for unit in units(ledger.case):
        yield from unit.violations(ledger)


def under_way(case: Facts) -> Plan:
    """Return the plan of doing nothing new: what is ongoing, paid by nobody."""
    return Plan(
        tuple(
            Choice(case.investment_of[name].id, name, option.earliest_start)
            for name, option in case.options.items()
            if option.decision is Decision.ONGOING and option.earliest_start is not None
        )
    )


def _worth(ledger: PlanLedger) -> Worth:
    goals = [objective.id for objective in ledger.case.model.objectives]
    scale, years = ledger.scale, ledger.horizon
    return Worth(
        value=ledger.value,
        indices={goal: ledger.index(goal) for goal in goals},
        yearly={goal: tuple(ledger.yearly(goal, t) for t in years) for goal in goals},
        criteria={
            goal: tuple(ledger.criteria_part(goal, t) for t in years)
            if scale.has_criteria(goal)
            else ()
            for goal in goals
        },
        continuity={
            goal: tuple(ledger.continuity_part(goal, t) for t in years)
            if scale.has_continuity(goal)
            else ()
            for goal in goals
        },
        services={
            (service.id, shock.id): ledger.continuity(service, shock, ledger.last)
            for service in ledger.case.services
            for shock in ledger.case.shocks
        },
    )


Subject = TypeVar("Subject", Option, Fund)


def _yearly(
    ledger: PlanLedger, word: Callable[[Subject, int], Fraction], subject: Subject
) -> dict[Year, Fraction]:
    return {ledger.case.first_year + t: word(subject, t) / 1000 for t in ledger.horizon}


def _by_fund(
    ledger: PlanLedger, word: Callable[[Fund, int], Fraction]
) -> dict[Id, dict[Year, Fraction]]:
    return {fund.id: _yearly(ledger, word, fund) for fund in ledger.case.funds}


def _later(case: Facts, taken: Taken) -> dict[Year, Fraction]:
    return {case.first_year + t: amount / 1000 for t, amount in taken.commitments.items()}


def _people(ledger: PlanLedger) -> dict[Id, dict[Year, PeopleCount]]:
    return {
        skill.id: {
            ledger.case.first_year + t: PeopleCount(
                building=ledger.building(skill.id, t),
                running=ledger.running(skill.id, t),
                supply=Fraction(skill.supply.get(ledger.case.first_year + t, 0)),
                trained=ledger.trained(skill.id, t),
            )
            for t in ledger.horizon
        }
        for skill in ledger.case.skills
    }


def _synergies(ledger: PlanLedger) -> dict[str, tuple[Year, ...]]:
    return {
        str(rule.at()): tuple(
            ledger.case.first_year + t for t in ledger.horizon if ledger.together(rule, t)
        )
        for rule in ledger.case.synergies
    }


def _contribution(ledger: PlanLedger, option: Id) -> dict[Id, Fraction]:
    years = ledger.total(
        weight * ledger.operating(option, t)
        for weight, t in zip(ledger.scale.accrual, ledger.horizon, strict=True)
    )
    return {
        objective.id: years * ledger.scale.scaled(ledger.worth(objective.id, option))
        for objective in ledger.case.model.objectives
    }
