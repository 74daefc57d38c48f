"""Limits: the least and the most of a measure over a part of the investments."""

from enum import StrEnum

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


class Metric(StrEnum):
    """What a limit measures."""

    COUNT = "count"
    STARTS = "starts in a year"
    COST = "cost"
    COST_IN_A_YEAR = "cost in a year"
    COST_SHARE = "cost share"
    RUNNING_COST = "running cost"
    LATER_COST = "later cost"
    POINTS = "points"


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
