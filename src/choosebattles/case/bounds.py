"""The least and the most that a number may be, and how both are written."""

from dataclasses import dataclass
from decimal import Decimal

from choosebattles.translation import _

YEARS_AT_MOST = 30
FUNDS_AT_MOST = 8


@dataclass(frozen=True)
class NumberBounds:
    """The least and the most that a number may be; ``None`` is no bound."""

    low: Decimal | None = None
    high: Decimal | None = None
    percent: bool = False

    def holds(self, value: Decimal | int) -> bool:
        """Say whether a number lies within."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def __str__(self) -> str:
        """Return the bounds in words: ``0 or more``, ``-100 to 100``, ``0% to 100%``."""
        if self.low is not None and self.high is not None:
            return _("{low} to {high}").format(low=self.show(self.low), high=self.show(self.high))
        if self.low is not None:
            return _("{low} or more").format(low=self.show(self.low))
        if self.high is not None:
            return _("{high} or less").format(high=self.show(self.high))
        return _("a number")

    def show(self, value: Decimal | int) -> str:
        """Return a number as it is shown in a cell with these bounds."""
        return plain(Decimal(value) * 100) + "%" if self.percent else plain(Decimal(value))


def plain(value: Decimal) -> str:
    """Return a number without an exponent and without idle zeros."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


SHARE = NumberBounds(Decimal(0), Decimal(1), percent=True)
