"""Layers of the national stack, where more of the same may be worth less."""

from decimal import Decimal

from choosebattles.case.place import Fact
from choosebattles.case.units import Number, Share


class Layer(Fact):
    """A layer; points above ``full_credit`` count at ``rate_after`` only (blank: all count)."""

    id: str
    title: str = ""
    full_credit: Number | None = None
    rate_after: Share = Decimal(0)
