"""What a number rests on, how far it may be off, what goes with it, what is to be varied and asked."""

from decimal import Decimal
from enum import StrEnum

from choosebattles.case.place import Fact
from choosebattles.case.units import Id, Number, Share


class Shape(StrEnum):
    """How likely what lies between low, likely and high is."""

    PERT = "pert"
    TRIANGULAR = "triangular"
    UNIFORM = "uniform"
    NORMAL = "normal"
    """Low and high are exceeded in 95 and in 5 draws out of 100."""
    LOGNORMAL = "lognormal"
    """The same, of a number whose logarithm is normal."""
    LIST = "list"
    """Nothing but the values listed, each with its share of the draws."""


class Range(Fact):
    """How low and how high a number may turn out, and how likely what lies between is.

    ``values`` and ``shares`` are of a list alone; without shares all values are as likely.
    """

    id: Id
    quantity: str
    low: Number | None = None
    high: Number | None = None
    distribution: Shape | None = None
    values: tuple[Number, ...] = ()
    shares: tuple[Share, ...] = ()

    @property
    def ends(self) -> tuple[Decimal, Decimal]:
        """Return low and high; of a list, its lowest and its highest value."""
        if self.distribution is Shape.LIST and self.values:
            return min(self.values), max(self.values)
        return self.low or Decimal(0), self.high or Decimal(0)


class Correlation(Fact):
    """How far two numbers go together in draws: the rank correlation of their ranges."""

    first: str
    second: str
    correlation: Number


class Source(Fact):
    """Where figures come from; ``grade`` A official, B published, C judgement, D illustrative."""

    id: Id
    text: str = ""
    link: str = ""
    year: str = ""
    grade: str = ""


class SweepAs(StrEnum):
    """Whether the steps of a sweep are values or factors."""

    VALUE = "value"
    TIMES = "times"


class SweepRow(Fact):
    """A number of the case to be varied from one value to another."""

    name: str
    parameter: str
    start: Number
    stop: Number
    steps: int
    kind: SweepAs = SweepAs.VALUE


class StoryRow(Fact):
    """A question prepared for the room: what it changes, and what to say of it."""

    title: str
    change: str = ""
    note: str = ""
