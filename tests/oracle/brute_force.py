"""Tries every plan of a small case and says which are best under each method."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod
from pathlib import Path

from oracle.facts import Facts, read
from oracle.recount import CLOSE, Account, Clerk, Plan

TIE = Fraction(1, 10**7)
LEFT_OUT = Fraction(1, 100)


@dataclass(frozen=True)
class Point:
    """One non-dominated pair of indices and the plans that reach it."""

    autonomy: Fraction
    resilience: Fraction
    plans: tuple[Account, ...]


@dataclass(frozen=True)
class Answer:
    """The best plans under the method of the case."""

    tried: int
    feasible: int
    value: Fraction | None
    best: tuple[Account, ...]
    cheapest: tuple[Account, ...]
    frontier: tuple[Point, ...]

    @property
    def plans(self) -> frozenset[Plan]:
        """All best plans."""
        return frozenset(account.plan for account in self.best)


def choices(facts: Facts) -> list[list[tuple[str, int] | None]]:
    """For each investment, nothing or one option in one year."""
    found: dict[str, list[tuple[str, int] | None]] = {}
    for option in facts.options:
        ways = found.setdefault(option.investment, [None])
        ways.extend((option.id, facts.first_year + start) for start in option.starts())
    for option in facts.options:
        if option.decision == "ongoing":
            found[option.investment] = [(option.id, facts.first_year + option.earliest)]
    return list(found.values())


def count_plans(facts: Facts) -> int:
    """How many plans there are to try."""
    return prod(len(ways) for ways in choices(facts))


def every_plan(facts: Facts, most: int = 20_000) -> Iterator[Plan]:
    """Every combination of options and starts, allowed or not."""
    number = count_plans(facts)
    if number > most:
        raise ValueError(f"{number} plans are too many to try; at most {most}")
    for combination in product(*choices(facts)):
        yield frozenset(pair for pair in combination if pair is not None)


class Survey:
    """Every allowed plan of a case, recounted."""

    def __init__(self, facts: Facts, most: int = 20_000) -> None:
        self.facts = facts
        self.clerk = Clerk(facts)
        self.tried = count_plans(facts)
        recounts = (self.clerk.allowed(plan) for plan in every_plan(facts, most))
        self.allowed = tuple(account for account in recounts if account)

    def weighted(self) -> tuple[Account, ...]:
        """Plans of the largest weighted sum."""
        return _within(self.allowed, CLOSE)

    def cheapest(self, accounts: tuple[Account, ...]) -> tuple[Account, ...]:
        """Of plans as good as the best, those of least total cost."""
        if not accounts:
            return ()
        least = min(account.total_cost for account in accounts)
        return tuple(account for account in accounts if account.total_cost == least)

    def lexicographic(self) -> tuple[Account, ...]:
        """Plans left when objectives are taken by weight, then the least total cost."""
        left = self.allowed
        for objective in sorted(self.facts.objectives, key=lambda objective: -objective.weight):
            if left:
                best = max(account.indices[objective.id] for account in left)
                least = best - self.facts.tolerance * max(Fraction(1), abs(best))
                left = tuple(a for a in left if a.indices[objective.id] >= least - CLOSE)
        return self.cheapest(left)

    def balanced(self) -> tuple[Account, ...]:
        """Plans of the largest smallest gain, of these those of the largest weighted sum."""
        if not self.allowed:
            return ()
        before = self.clerk.before
        best = {
            objective.id: max(account.indices[objective.id] for account in self.allowed)
            for objective in self.facts.objectives
        }
        ranges = {name: top - before[name] for name, top in best.items()}
        kept = [name for name, span in ranges.items() if span >= LEFT_OUT]
        if not kept:
            return _within(self.allowed, CLOSE)
        gains = [
            min((account.indices[name] - before[name]) / ranges[name] for name in kept)
            for account in self.allowed
        ]
        most = max(gains)
        even = [a for a, gain in zip(self.allowed, gains, strict=True) if gain >= most - CLOSE]
        return _within(tuple(even), CLOSE)

    def frontier(self) -> tuple[Point, ...]:
        """Non-dominated pairs (autonomy, resilience), by rising autonomy."""
        points: list[Point] = []
        pairs = sorted(
            ((a.indices["autonomy"], a.indices["resilience"], a) for a in self.allowed),
            key=lambda pair: (-pair[0], -pair[1]),
        )
        for autonomy, resilience, account in pairs:
            last = points[-1] if points else None
            if last and resilience < last.resilience - CLOSE:
                continue
            beside = last is not None and autonomy >= last.autonomy - CLOSE
            if last and abs(resilience - last.resilience) <= CLOSE:
                if beside:
                    points[-1] = Point(last.autonomy, last.resilience, (*last.plans, account))
                continue
            if beside:
                points.pop()
            points.append(Point(autonomy, resilience, (account,)))
        return tuple(reversed(points))

    def answer(self, *, frontier: bool = False) -> Answer:
        """The best plans under the method of the case; `cheapest` breaks ties by cost."""
        methods = {
            "weighted": self.weighted,
            "lexicographic": self.lexicographic,
            "balanced": self.balanced,
        }
        best = methods[self.facts.method]()
        if self.facts.method == "weighted" and best:
            ties = _within(self.allowed, TIE * max(Fraction(1), abs(best[0].objective)))
        else:
            ties = best
        return Answer(
            self.tried,
            len(self.allowed),
            max((account.objective for account in best), default=None),
            best,
            self.cheapest(ties),
            self.frontier() if frontier else (),
        )


def _within(accounts: tuple[Account, ...], width: Fraction) -> tuple[Account, ...]:
    if not accounts:
        return ()
    top = max(account.objective for account in accounts)
    return tuple(account for account in accounts if account.objective >= top - width)


def solve(case: Facts | Path | str, *, frontier: bool = False, most: int = 20_000) -> Answer:
    """Best plans of a workbook, or of facts, under its own method."""
    facts = case if isinstance(case, Facts) else read(case)
    return Survey(facts, most).answer(frontier=frontier)
