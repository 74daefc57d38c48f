"""Limits: the least and the most of a measure over a part of the investments."""

from enum import Enum, StrEnum
from typing import NamedTuple, Self

from choosebattles.case.place import Fact
from choosebattles.case.units import Id, Number

ALL, NONE = "all", "none"
"""Words that no id may be: where a scope is asked for, the first stands for everything."""


class ScopeKind(StrEnum):
    """What an item of a scope names."""

    ID = "id"
    PILLAR = "pillar"
    LAYER = "layer"
    OWNER = "owner"
    EXPOSURE = "exposure"


class ScopeItem(Fact):
    """One item of a scope: an investment or option, or all of a pillar, layer, owner or tag."""

    kind: ScopeKind
    name: str

    def __str__(self) -> str:
        """Return the item as it is typed."""
        return self.name if self.kind is ScopeKind.ID else f"{self.kind}: {self.name}"


class Measured(Enum):
    """In what a metric is measured."""

    INVESTMENTS = 0
    MILLIONS = 1
    SHARE = 2
    POINTS = 3


class MetricDeclaration(NamedTuple):
    """In what a metric is measured, whether by year, and whether of a criterion that it names."""

    unit: Measured
    yearly: bool = False
    of_criterion: bool = False


class Metric(StrEnum):
    """What a limit measures: the word that users type, and how it is measured.

    The rest is said by the metric's entry in ``constraints/limits.py``.
    """

    declared: MetricDeclaration

    def __new__(cls, word: str, declared: MetricDeclaration) -> Self:
        """Return the word, with its declaration."""
        metric = str.__new__(cls, word)
        metric._value_ = word
        metric.declared = declared
        return metric

    COUNT = "count", MetricDeclaration(Measured.INVESTMENTS)
    STARTS = "starts in a year", MetricDeclaration(Measured.INVESTMENTS, yearly=True)
    COST = "cost", MetricDeclaration(Measured.MILLIONS)
    COST_IN_A_YEAR = "cost in a year", MetricDeclaration(Measured.MILLIONS, yearly=True)
    COST_SHARE = "cost share", MetricDeclaration(Measured.SHARE)
    RUNNING_COST = "running cost", MetricDeclaration(Measured.MILLIONS, yearly=True)
    LATER_COST = "later cost", MetricDeclaration(Measured.MILLIONS)
    POINTS = "points", MetricDeclaration(Measured.POINTS, of_criterion=True)


class Limit(Fact):
    """The least and the most of a metric over a scope; an empty scope is everything.

    ``minimum`` and ``maximum`` are in the metric's unit: investments, millions, a share of the
    total cost, or points of ``criterion``.
    """

    metric: Metric
    criterion: Id | None = None
    scope: tuple[ScopeItem, ...] = ()
    minimum: Number | None = None
    maximum: Number | None = None
    priority: int | None = None
    note: str = ""
