"""What is known to lie between two numbers, with no more digits than that supports."""

import math
from collections.abc import Callable

from choosebattles.report.wording import rounded
from choosebattles.words import _

Show = Callable[[float], str]
"""How a number is written, with its unit."""

MOST_DIGITS = 6
"""Decimals of points beyond which nothing is shown."""


def span(low: float, high: float | None, show: Show, digits: int) -> str:
    """Return a number, or what it lies between; a bound not known makes it ``at least``.

    Parameters
    ----------
    low, high
        What it is at least, and at most.
    show
        Writes a number with that many decimals or fewer.
    digits
        Decimals to which the ends of a span are rounded, away from each other.
    """
    if high is None or not math.isfinite(high):
        return _("at least {low}").format(low=show(_down(low, digits)))
    if rounded(low, digits) == rounded(max(low, high), digits):
        return show(low)
    return _("between {low} and {high}").format(
        low=show(_down(low, digits)), high=show(_up(high, digits))
    )


def digits_for(difference: float) -> int:
    """Return how many decimals show a difference in two digits, one at least."""
    if abs(difference) < 10.0**-MOST_DIGITS:
        return 1
    return min(MOST_DIGITS, max(1, 1 - math.floor(math.log10(abs(difference)))))


def _down(value: float, digits: int) -> float:
    return math.floor(value * 10.0**digits + 1e-6) / 10.0**digits


def _up(value: float, digits: int) -> float:
    return math.ceil(value * 10.0**digits - 1e-6) / 10.0**digits
