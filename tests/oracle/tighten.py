"""Tightens a random case until its best plan no longer fits and another one just does."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor
from random import Random
from typing import Any

from oracle.brute_force import Survey
from oracle.facts import Facts, Limit, Objective
from oracle.recount import Account, Clerk, Plan

Cells = dict[str, Any]
Pages = dict[str, list[Cells]]


class Tightener:
    """Changes cells of a case and its facts alike; `kept` is the plan that just fits."""

    def __init__(self, rng: Random, pages: Pages, facts: Facts, parts: frozenset[str]) -> None:
        self.rng = rng
        self.pages = pages
        self.facts = facts
        self.survey = Survey(facts)
        self.ways: list[Callable[[Account, Account], bool]] = [self._fund, self._fund]
        if "limits" in parts:
            self.ways += [self._limit, self._limit]
        if "floors" in parts:
            self.ways.append(self._floor)
        if facts.skills:
            self.ways += [self._skill, self._skill]

    def tighten(self, rounds: int) -> None:
        """Tighten one thing in each round, as far as plans are left."""
        ranked = sorted(self.survey.allowed, key=lambda account: -account.objective)
        for _ in range(rounds):
            clerk = Clerk(self.facts)
            best = next((each for each in ranked if clerk.allowed(each.plan)), None)
            worse = [each for each in ranked if best and each.objective < best.objective]
            good = worse[: max(1, len(worse) // 2)]
            self.rng.shuffle(good)
            kept = next((each for each in good[:8] if clerk.allowed(each.plan)), None)
            if best is None or kept is None:
                return
            ways = list(self.ways)
            self.rng.shuffle(ways)
            any(way(best, kept) for way in ways)

    def _fits(self, facts: Facts, plan: Plan) -> bool:
        return Clerk(facts).allowed(plan) is not None

    # One way each: what `kept` needs, and no more, is granted.

    def _fund(self, best: Account, kept: Account) -> bool:
        places = [(f, t) for f in range(len(self.facts.funds)) for t in range(self.facts.years)]
        self.rng.shuffle(places)
        for number, t in places[:3]:
            if self._fits(self._with_amount(number, t, 0), best.plan):
                continue
            least, enough = -1, self.facts.funds[number].amounts[t]
            while enough - least > 1:
                middle = (least + enough) // 2
                if self._fits(self._with_amount(number, t, middle), kept.plan):
                    enough = middle
                else:
                    least = middle
            tight = self._with_amount(number, t, enough)
            if not self._fits(tight, best.plan):
                self.facts = tight
                self._type("Funds", number, t, Fraction(enough, 1000))
                return True
        return False

    def _with_amount(self, number: int, t: int, amount: int) -> Facts:
        funds = list(self.facts.funds)
        amounts = list(funds[number].amounts)
        amounts[t] = amount
        funds[number] = replace(funds[number], amounts=tuple(amounts))
        return replace(self.facts, funds=tuple(funds))

    def _skill(self, best: Account, kept: Account) -> bool:
        clerk = Clerk(self.facts)
        for number, skill in enumerate(self.facts.skills):
            for t in range(self.facts.years):
                enough = max(Fraction(0), clerk.people_short(clerk.taken(kept.plan), skill.id, t))
                if clerk.people_short(clerk.taken(best.plan), skill.id, t) > enough:
                    supply = list(skill.supply)
                    supply[t] = enough
                    skills = list(self.facts.skills)
                    skills[number] = replace(skill, supply=tuple(supply))
                    self.facts = replace(self.facts, skills=tuple(skills))
                    self._type("Skills", number, t, enough)
                    return True
        return False

    def _type(self, sheet: str, number: int, t: int, value: Fraction) -> None:
        """Type a number under the header of a year."""
        row = self.pages[sheet][number]
        wanted = str(self.facts.first_year + t)
        header = next(header for header in row if str(header).startswith(wanted))
        row[header] = float(value)

    def _limit(self, best: Account, kept: Account) -> bool:
        for _ in range(6):
            row = self.rng.choice(self.pages["Shapes"])
            metric, _, criterion = str(row["Metric"]).partition(": ")
            scope = tuple(
                word.strip().casefold() for word in (row["Scope"] or "").split(";") if word
            )
            shape = Limit(metric, criterion.casefold(), scope, None, None)
            bound = self._bound(shape, best, kept)
            if bound:
                self.pages["Limits"].append({**row, **bound})
                return True
        return False

    def _bound(self, shape: Limit, best: Account, kept: Account) -> Cells:
        """A minimum or a maximum that `kept` just meets and `best` breaks."""
        of_best = self._measure(shape, best)
        of_kept = self._measure(shape, kept)
        most, least = max(of_kept), min(of_kept)
        if shape.metric == "cost share":
            most, least = Fraction(ceil(1000 * most), 1000), Fraction(floor(1000 * least), 1000)
        changes: list[tuple[str, Limit]] = []
        if most < max(of_best):
            changes.append(("Maximum", replace(shape, maximum=most)))
        if least > min(of_best):
            changes.append(("Minimum", replace(shape, minimum=least)))
        if not changes:
            return {}
        header, limit = self.rng.choice(changes)
        self.facts = replace(self.facts, limits=(*self.facts.limits, limit))
        return {header: float(most if header == "Maximum" else least)}

    def _measure(self, shape: Limit, account: Account) -> list[Fraction]:
        clerk = self.survey.clerk
        taken = clerk.taken(account.plan)
        found = clerk.measure(shape, [p for p in taken if clerk.in_scope(p[0], shape.scope)])
        if shape.metric != "cost share":
            return found
        return [found[0] / account.total_cost if account.total_cost else Fraction(0)]

    def _floor(self, best: Account, kept: Account) -> bool:
        objectives = list(self.facts.objectives)
        for number, objective in enumerate(objectives):
            least = Fraction(floor(100 * kept.indices[objective.id]), 100)
            if best.indices[objective.id] < least - Fraction(1, 1000):
                objectives[number] = replace(objective, floor=least)
                self.facts = replace(self.facts, objectives=tuple(objectives))
                self._type_floor(objective, number, least)
                return True
        return False

    def _type_floor(self, objective: Objective, number: int, least: Fraction) -> None:
        page = self.pages["Objectives"]
        if not page:
            page.extend({"Objective": each.id} for each in self.facts.objectives)
        assert page[number]["Objective"] == objective.id
        page[number]["Floor"] = float(least)
