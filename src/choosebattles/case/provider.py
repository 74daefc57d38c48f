"""Who supplies the layers of the national stack today."""

from decimal import Decimal

from choosebattles.case.place import Fact
from choosebattles.case.units import Id, Share


class Provider(Fact):
    """One of today's suppliers on one layer, with what it is exposed to."""

    id: Id
    title: str = ""
    layer: str
    coverage: Share = Decimal(1)
    exposures: tuple[str, ...] = ()
