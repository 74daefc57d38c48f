"""Critical services: what must go on working."""

from decimal import Decimal

from choosebattles.case.place import Fact
from choosebattles.case.units import Id, Number, Share


class Service(Fact):
    """A service, the layers that it needs, all of them, and the continuity it must hold.

    ``against`` names the shocks under which ``must_hold`` binds; empty means all.
    """

    id: Id
    title: str = ""
    weight: Number = Decimal(1)
    needs: tuple[str, ...]
    must_hold: Share | None = None
    against: tuple[Id, ...] = ()
