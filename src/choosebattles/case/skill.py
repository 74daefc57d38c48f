"""People: how many of each class the state can put to work each year."""

from collections.abc import Mapping
from decimal import Decimal

from choosebattles.case.place import Fact
from choosebattles.case.units import Id, Number, Share, Year


class Skill(Fact):
    """People of one class; ``retention`` is the share of trained people who stay each year."""

    id: Id
    title: str = ""
    supply: Mapping[Year, Number]
    retention: Share = Decimal(1)
