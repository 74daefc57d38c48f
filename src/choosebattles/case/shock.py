"""Shocks: what may happen, what it hits and which objective it tests."""

from decimal import Decimal

from choosebattles.case.place import Fact
from choosebattles.case.units import Id, Number, Share


class Shock(Fact):
    """An event that takes ``severity`` of the coverage of whatever is exposed to ``hits``."""

    id: Id
    title: str = ""
    objective: Id
    hits: tuple[str, ...]
    severity: Share = Decimal(1)
    likelihood: Number = Decimal(1)
