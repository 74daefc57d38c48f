"""What the state may do: investments and the options in which each can be had."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from choosebattles.case.place import Fact
from choosebattles.case.units import Id, Money, Number, Share, Year


class Decision(StrEnum):
    """What is already decided about an option."""

    OPEN = "open"
    MUST = "must"
    NEVER = "never"
    ONGOING = "ongoing"


class Cover(Fact):
    """Which share of a layer of the national stack an option covers while it operates."""

    layer: str
    share: Share


class Option(Fact):
    """One way to do an investment: its scale, supplier, timing, costs, scores and people.

    Money is in millions, in prices of the first year; ``cost[j]`` falls due in the j-th year
    after the start; ``running_cost`` in every year of operation, negative for income;
    ``income[j]`` comes in in the j-th year after the start. Scores run from -100 to 100. ``None`` is what was left blank. Staff are people per year.
    """

    id: Id
    title: str
    budget_line: str = ""
    decision: Decision = Decision.OPEN
    reason: str = ""
    earliest_start: Year | None = None
    latest_start: Year | None = None
    build_years: int | None = None
    lifetime: int | None = None
    cost: tuple[Money, ...] = ()
    running_cost: Money = Decimal(0)
    income: tuple[Money, ...] = ()
    overrun: Share = Decimal(0)
    score: Mapping[Id, Number] = {}
    delay_loss: Share = Decimal(0)
    covers: tuple[Cover, ...] = ()
    exposures: tuple[str, ...] = ()
    build_staff: Mapping[Id, Number] = {}
    run_staff: Mapping[Id, Number] = {}
    trains: Mapping[Id, Number] = {}
    revenue_to: Id | None = None
    own_plan: bool | Year = False
    source: str = ""
    evidence: str = ""
    note: str = ""

    @property
    def earns(self) -> bool:
        """Say whether money comes in while it operates, or in a year after its start."""
        return self.running_cost < 0 or any(self.income)


class Investment(Fact):
    """Something the state may do, in at most one of its options."""

    id: Id
    owner: str = ""
    pillar: str = ""
    layer: str = ""
    options: tuple[Option, ...]
