"""The axis of a chart: from where to where it goes, in whole steps."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from choosebattles.report.document import Numbers
from choosebattles.translation import _

ALIKE = 0.1
"""What part of the largest amount an axis spans at least, where amounts are nearly the same."""


@dataclass(frozen=True)
class ChartAxis:
    """An axis: what it says, and from where to where it goes, in whole steps."""

    says: str
    low: float
    high: float
    step: float

    @classmethod
    def over(cls, says: str, amounts: Sequence[float], least: float = 0.0, steps: int = 6) -> Self:
        """Return an axis with a margin around the amounts.

        Parameters
        ----------
        says
            What stands at it.
        amounts
            What has a place on it; 0 where there is none.
        least
            What it spans at least; else a part of the largest amount.
        steps
            How many it has, about.
        """
        low, high = min(amounts, default=0.0), max(amounts, default=0.0)
        wide = max(high - low, least or ALIKE * max(abs(low), abs(high)) or 1.0)
        more = 0.1 * wide + (wide - (high - low)) / 2
        step = _round_up(wide * 1.3 / steps)
        start = step * math.floor((low - more) / step)
        end = step * math.ceil((high + more) / step)
        return cls(says, max(start, 0.0) if low >= 0 else start, end, step)

    @property
    def title(self) -> str:
        """Return what it says, and where it begins if that is not at 0 or below."""
        if self.low <= 0 or not self.says:
            return self.says
        return _("{axis} (from {low} on)").format(axis=self.says, low=f"{self.low:,g}")

    def at(self, amount: float, length: float) -> float:
        """Return where an amount lies on the axis."""
        return length * (amount - self.low) / (self.high - self.low)

    @property
    def digits(self) -> int:
        """Return the decimals in which its steps differ."""
        return max(0, -math.floor(math.log10(self.step)))

    def marks(self) -> Iterator[float]:
        """Yield the amounts at its steps."""
        for number in range(round((self.high - self.low) / self.step) + 1):
            yield self.low + number * self.step


def ends_at_nothing(numbers: Iterable[Numbers]) -> dict[str, int]:
    """Return which end of the axis of columns or bars is 0; none where they go both ways.

    Spreadsheets cut an axis where amounts are nearly the same, unless its end is said.
    """
    amounts = [amount for row in numbers for amount in row if amount is not None]
    if min(amounts, default=0.0) >= 0:
        return {"min": 0}
    return {"max": 0} if max(amounts) <= 0 else {}


def _round_up(step: float) -> float:
    size = 10.0 ** math.floor(math.log10(step))
    return next(size * part for part in (1, 2, 5, 10) if size * part >= step - 1e-12)
