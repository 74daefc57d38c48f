"""A case with its plan, recounted: what claims are worked out from."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

from choosebattles.audit.recount import Recount, recount
from choosebattles.case.case import Case
from choosebattles.case.investment import Decision, Option
from choosebattles.case.plan import Plan
from claims.told import Grid, Told
from oracle.brute_force import Answer, Survey
from oracle.facts import Facts
from oracle.recount import Account

CLOSE = Fraction(1, 10**6)


@dataclass(frozen=True)
class Asked:
    """A case as the house and as the oracle read it, and every plan that is allowed."""

    path: Path
    case: Case
    facts: Facts

    @cached_property
    def survey(self) -> Survey:
        return Survey(self.facts)

    @cached_property
    def best(self) -> Answer:
        return self.survey.answer(frontier=len(self.facts.objectives) > 1)

    @cached_property
    def most(self) -> Fraction:
        """The largest weighted sum of any allowed plan."""
        return most_of(self.survey)


def most_of(survey: Survey) -> Fraction:
    """Return the largest weighted sum of any allowed plan."""
    return max((account.objective for account in survey.allowed), default=Fraction(0))


@dataclass(frozen=True)
class World:
    """All that a claim may be about."""

    asked: Asked
    told: Told
    illustrative: bool = False

    @property
    def case(self) -> Case:
        return self.asked.case

    @property
    def found(self) -> Any:
        """What was found before it was told: an outcome, a frontier, ..."""
        return self.told.found

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(self.case.calendar)

    @cached_property
    def plan(self) -> Plan:
        plan = self.found.plan
        assert isinstance(plan, Plan), "a plan is spoken of, and there is none"
        return plan

    @cached_property
    def recount(self) -> Recount:
        """The plan recounted, apart from whatever was told."""
        return recount(self.case, self.plan)

    @cached_property
    def account(self) -> Account:
        """The same by the oracle."""
        return self.asked.survey.clerk.recount(
            (choice.option, choice.start) for choice in self.plan.choices
        )

    @property
    def taken(self) -> Mapping[str, Option]:
        return {name: self.case.options[name] for name in self.plan.starts}

    @property
    def new(self) -> Mapping[str, int]:
        """Start years of what is not under way already."""
        return {
            name: start
            for name, start in self.plan.starts.items()
            if self.case.options[name].decision is not Decision.ONGOING
        }

    @property
    def left_out(self) -> Mapping[str, Option]:
        """Options of investments of which none is taken."""
        investments = {choice.investment for choice in self.plan.choices}
        return {
            name: option
            for name, option in self.case.options.items()
            if self.case.investment_of[name].id not in investments
        }

    @cached_property
    def cost(self) -> Mapping[str, Fraction]:
        """What each option taken costs within the years of the case."""
        built, run = self.recount.build, self.recount.run
        return {
            name: sum((*built[name].values(), *run[name].values()), Fraction(0)) for name in built
        }

    @property
    def money(self) -> Fraction:
        """The money of all funds in all years."""
        return sum(
            (Fraction(fund.amount[year]) for fund in self.case.funds for year in self.years),
            Fraction(0),
        )

    @cached_property
    def weights(self) -> Mapping[str, Fraction]:
        return {goal.id: goal.weight for goal in self.asked.facts.objectives}

    @cached_property
    def ideal(self) -> Mapping[str, Fraction]:
        """What each index would be with everything worth having."""
        clerk = self.asked.survey.clerk
        scale = clerk.scale
        return {
            goal: (1 - clerk.shares[goal]) * (100 * points / scale if scale else 0)
            + 100 * clerk.shares[goal]
            for goal, points in clerk.ideals.items()
        }

    def goal(self, name: str) -> Any:
        """Return the objective of a name."""
        return next(goal for goal in self.case.model.objectives if goal.id == name)

    def called(self, words: str) -> str:
        """Return the id of an option called by its title, by its id, or by both."""
        names = [
            name
            for name, option in self.case.options.items()
            if words in {name, option.title, f"{option.title} ({name})"}
        ]
        return next((name for name in names if name in self.taken), names[0])

    def by_year(self, sums: Mapping[str, Mapping[int, Fraction]]) -> dict[int, Fraction]:
        """Return amounts of all funds together, by year."""
        return {
            year: sum((amounts[year] for amounts in sums.values()), Fraction(0))
            for year in self.years
        }

    def grids(self, *heads: str) -> list[Grid]:
        return [grid for grid in self.told.grids if grid.heads[: len(heads)] == heads]
