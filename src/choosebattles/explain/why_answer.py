"""Why something is in the plan or not: every number lies between two bounds that are proved."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from choosebattles.case.case import Case
from choosebattles.case.plan import Choice
from choosebattles.case.units import Id, Year
from choosebattles.demand import Demand
from choosebattles.notebook_display import Tabular
from choosebattles.solving.outcome import Clash, GoalUnit, Outcome, Stop
from choosebattles.solving.tolerances import ONE_NUMBER
from choosebattles.translation import _


@dataclass(frozen=True)
class Interval:
    """A number that lies between two others: proved. Ends may be infinite."""

    low: float
    high: float

    @property
    def exact(self) -> bool:
        """Say whether both ends are one number, within what a proof may be off."""
        if self.low == self.high:
            return True
        if not (math.isfinite(self.low) and math.isfinite(self.high)):
            return False
        return self.high - self.low <= ONE_NUMBER * max(1.0, abs(self.low), abs(self.high))

    @property
    def bounded(self) -> bool:
        """Say whether both ends are known; two infinite ones are one number."""
        return self.low == self.high or (math.isfinite(self.low) and math.isfinite(self.high))

    @property
    def ordered(self) -> "Interval":
        """Return the interval with its lower end first, where rounding crossed them."""
        return self if self.low <= self.high else Interval(self.high, self.low)

    def within(self, other: "Interval") -> "Interval":
        """Return what two intervals of the same number have in common."""
        return Interval(max(self.low, other.low), min(self.high, other.high)).ordered


UNKNOWN = Interval(-math.inf, math.inf)


@dataclass(frozen=True)
class PlanChange:
    """How a plan differs from the best one: options that enter, leave, start in another year."""

    enters: tuple[Id, ...] = ()
    leaves: tuple[Id, ...] = ()
    moves: tuple[tuple[Id, Year, Year], ...] = ()
    """Option, start in the best plan, start in the other."""
    starts: tuple[tuple[Id, Year], ...] = ()
    """The start of each option that enters."""


@dataclass(frozen=True)
class Why:
    r"""Why one option or investment is in the plan, or not.

    Attributes
    ----------
    id, options
        What it is: an option, or an investment with all its options.
    taken
        Whether the plan takes it.
    price
        What the best plan is worth more than the best one in which this is decided the other way;
        infinite where no such plan is possible. A decision typed by the user, must, never or
        ongoing, is left out of account; the price is below 0 where it costs something.
    instead
        How the best plan found in which this is decided the other way differs; None where none
        was found.
    refilled
        Of what is taken: what is lost where everything else of the plan stays, start years too,
        and only what this sets free is used again; None where it is not taken or was not asked.
    factor
        The largest factor on all its costs at which it is worth taking: :math:`\max \varphi` so
        that the best plan with it is worth no less than the best without. Minus infinity: not
        even for nothing; infinity at the upper end: more than ``switching_values.MOST_FACTOR``. None
        where it costs nothing or the question has no meaning.
    additions
        By objective, how much each of its scores on the objective's criteria must rise (of what
        is worth taking: may fall, with a minus) for the decision to flip; infinite where no score
        on the scale does.
    shut
        Demands because of which nothing else is possible, with their cells; None where other
        plans are, or the time ran out.
    """

    id: Id
    options: tuple[Id, ...]
    taken: bool
    price: Interval
    instead: PlanChange | None = None
    refilled: Interval | None = None
    factor: Interval | None = None
    additions: Mapping[Id, Interval] = field(default_factory=dict)
    shut: Clash | None = None
    settled: bool = False
    """Whether every number of it is as exact as was asked."""

    @property
    def impossible(self) -> bool:
        """Say whether it can only be decided as it is."""
        return self.price.low == math.inf


@dataclass(frozen=True)
class Price:
    """What a demand of the user's costs: the best plan without it, less the best plan."""

    demand: Demand
    kind: str
    price: Interval
    instead: PlanChange | None = None
    settled: bool = False


class PriceUnit(StrEnum):
    """In what the prices are counted, by the method of the case."""

    OBJECTIVE = "the weighted sum of the indices"
    FIRST = "the index that comes first"
    SHARE = "the smallest share of what each objective can gain"


@dataclass(frozen=True, repr=False)
class Explanation(Tabular):
    """Why the plan is as it is.

    Attributes
    ----------
    outcome
        The plan that is explained, with its proof or gap, or why there is none.
    counted, goal, unit
        In what prices are counted: the weighted sum; under the lexicographic method the index of
        the objective that comes first; under the balanced one the smallest share. ``goal`` names
        it.
    whys
        One for each option, or for each id that was asked.
    demands
        The prices of the user's own demands; empty where only some ids were asked.
    stop
        ``OPTIMAL`` where every number is settled, else why the search ended.
    """

    outcome: Outcome
    counted: PriceUnit
    goal: str
    unit: GoalUnit
    whys: tuple[Why, ...]
    demands: tuple[Price, ...]
    stop: Stop
    seconds: float

    @property
    def case(self) -> Case:
        """Return the case that is explained."""
        return self.outcome.case

    @property
    def summary(self) -> str:
        """Return what is explained, and how far its prices are proved."""
        text = _(
            "Why, for {whys:,} options or investments of {case}: {exact:,} of {all:,} prices known as "
            "one number, {between:,} between two proved ends"
        )
        exact = sum(price.exact for price in self.prices)
        return text.format(
            whys=len(self.whys),
            case=self.case.name or _("a case"),
            all=len(self.prices),
            exact=exact,
            between=sum(price.bounded for price in self.prices) - exact,
        )

    @property
    def arrays(self) -> dict[str, np.ndarray]:
        """Return the reasons as one array for each column, a row for each option asked.

        ``id``, ``taken``; ``price_low`` and ``price_high`` of deciding it otherwise;
        ``factor_low`` and ``factor_high`` on all its costs at which the decision flips, not a
        number where that has no meaning; ``settled``.
        """
        none = Interval(math.nan, math.nan)
        factors = [why.factor or none for why in self.whys]
        return {
            "id": np.array([why.id for why in self.whys]),
            "taken": np.array([why.taken for why in self.whys], dtype=bool),
            "price_low": np.array([why.price.low for why in self.whys]),
            "price_high": np.array([why.price.high for why in self.whys]),
            "factor_low": np.array([factor.low for factor in factors]),
            "factor_high": np.array([factor.high for factor in factors]),
            "settled": np.array([why.settled for why in self.whys], dtype=bool),
        }

    @property
    def prices(self) -> tuple[Interval, ...]:
        """Return all prices: of options, then of demands."""
        return (*(why.price for why in self.whys), *(demand.price for demand in self.demands))

    @property
    def settled(self) -> int:
        """Return how many options and demands are settled."""
        whys = sum(why.settled for why in self.whys)
        return whys + sum(price.settled for price in self.demands)

    @property
    def open_beside_their_price(self) -> int:
        """Return for how many options and demands all but a price of one number is open."""
        whys = sum(why.price.exact and not why.settled for why in self.whys)
        return whys + sum(demand.price.exact and not demand.settled for demand in self.demands)

    @property
    def asked(self) -> int:
        """Return how many options and demands there are."""
        return len(self.whys) + len(self.demands)


def change(plan: tuple[Choice, ...], other: tuple[Choice, ...]) -> PlanChange:
    """Return how another plan differs from one."""
    before = {choice.option: choice.start for choice in plan}
    after = {choice.option: choice.start for choice in other}
    return PlanChange(
        tuple(option for option in after if option not in before),
        tuple(option for option in before if option not in after),
        tuple(
            (option, start, after[option])
            for option, start in before.items()
            if option in after and after[option] != start
        ),
        tuple((option, start) for option, start in after.items() if option not in before),
    )
