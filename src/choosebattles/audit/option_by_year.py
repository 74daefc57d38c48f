"""What one option, started in one year, costs, earns, scores and asks of people."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import floor

from choosebattles.audit.inflation import growth
from choosebattles.case.facts import Facts
from choosebattles.case.investment import Decision, Option
from choosebattles.case.units import Id, Money

ZERO = Fraction(0)


def thousandths(amount: Money) -> Fraction:
    """Return millions as thousandths of a million."""
    top, bottom = amount.as_integer_ratio()
    return Fraction(1000 * top, bottom)


def half_up(amount: Fraction) -> Fraction:
    """Return the nearest whole number, the larger one of two."""
    return Fraction(floor(amount + Fraction(1, 2)))


def last_cost_year(option: Option) -> int:
    """Return J, the position of the last non-zero cost year counted from 0 (0: there is none)."""
    return max((j for j, cost in enumerate(option.cost) if cost), default=0)


def build_years(option: Option) -> int:
    """Return b: as typed, or from the start to the last cost year."""
    return last_cost_year(option) if option.build_years is None else option.build_years


@dataclass(frozen=True)
class Taken:
    """An option that a plan takes; ``start`` counts from 0, below 0 before the first year.

    Money is in whole thousandths of a million.
    """

    case: Facts
    option: Option
    start: int

    @property
    def ongoing(self) -> bool:
        """Say whether it was under way before there was a plan."""
        return self.option.decision is Decision.ONGOING

    @cached_property
    def first_operating(self) -> int:
        """Return s + b, the first year of operation."""
        return self.start + build_years(self.option)

    def operates(self, year: int) -> bool:
        """Say whether s + b <= t < s + b + n; without a lifetime it operates for ever."""
        age = year - self.first_operating
        return age >= 0 and (self.option.lifetime is None or age < self.option.lifetime)

    def is_built(self, year: int) -> bool:
        """Say whether it needs build staff: s <= t < s + max(1, b)."""
        return self.start <= year < max(self.start + 1, self.first_operating)

    def build(self, year: int) -> Fraction:
        r"""Return what building costs in the year.

        .. math:: \mathrm{round}(g_t \cdot \mathit{cost}(o, t - s)), \text{ half up}
        """
        age = year - self.start
        if not 0 <= age < len(self.option.cost):
            return ZERO
        return half_up(growth(self.case, year) * thousandths(self.option.cost[age]))

    def run(self, year: int) -> Fraction:
        """Return what operation costs in the year, rounded half up; income is none."""
        cost = self.option.running_cost
        if cost <= 0 or not self.operates(year):
            return ZERO
        return half_up(growth(self.case, year) * thousandths(cost))

    def income(self, year: int) -> Fraction:
        r"""Return what comes in in the year after the haircut, rounded down.

        .. math:: \lfloor g_t \, (1 - \mathit{haircut})
            (\max(0, -\mathit{running}) [\text{it operates}] + \mathit{income}(o, t - s)) \rfloor
        """
        earned = ZERO
        if self.option.running_cost < 0 and self.operates(year):
            earned -= thousandths(self.option.running_cost)
        if self.start <= year < self.start + len(self.option.income):
            earned += thousandths(self.option.income[year - self.start])
        kept = 1 - Fraction(self.case.revenue_haircut)
        return Fraction(floor(growth(self.case, year) * earned * kept))

    @cached_property
    def commitments(self) -> dict[int, Fraction]:
        """Return the build cost that falls due after the last year, by year."""
        due = range(self.case.years, self.start + len(self.option.cost))
        return {year: amount for year in due if (amount := self.build(year))}

    @cached_property
    def delay(self) -> Fraction:
        r"""Return what is left of positive scores after waiting.

        .. math:: (1 - \mathit{decay})^{s - \mathit{earliest}}

        What is ongoing has not waited.
        """
        earliest = self.option.earliest_start
        waited = 0 if earliest is None else earliest - self.case.first_year
        if self.ongoing or self.start <= waited:
            return Fraction(1)
        return (1 - Fraction(self.option.delay_loss)) ** (self.start - waited)

    def score(self, criterion: Id) -> Fraction:
        """Return the score with the delay loss; harm does not fade by waiting."""
        typed = Fraction(self.option.score.get(criterion, 0))
        return typed * self.delay if typed > 0 else typed
