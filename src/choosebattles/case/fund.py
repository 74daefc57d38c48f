"""Who can pay: sources of money, what they hold each year and what they may pay for."""

from decimal import Decimal
from enum import StrEnum

from choosebattles.case.limit import ScopeItem
from choosebattles.case.place import Fact
from choosebattles.case.units import Amounts, Id, Number, Share


class Pays(StrEnum):
    """Which part of a cost a fund may pay."""

    BOTH = "build and running"
    BUILD = "build"
    RUNNING = "running"


class Fund(Fact):
    """A source of money.

    ``amount`` in millions of each year's own money; ``carry_over`` is the share of money set
    aside that reaches the next year; ``carry_at_most`` the share of a year's own amount that may be
    set aside, ``None`` for any; ``pays_at_most`` the share of an item it may pay, each year by itself; ``dependence`` the autonomy points lost for each million spent from it.
    """

    id: Id
    title: str = ""
    amount: Amounts
    carry_over: Share = Decimal(0)
    carry_at_most: Share | None = None
    pays_at_most: Share = Decimal(1)
    pays: Pays = Pays.BOTH
    eligible: tuple[ScopeItem, ...] = ()
    dependence: Number = Decimal(0)
    priority: int | None = None
