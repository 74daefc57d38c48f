"""Numbers that are known within bounds only, in no more digits than the bounds support."""

import math

from choosebattles.report.wording import at_most, figure, rounded
from choosebattles.words import _

ONE = 0.002
"""How near two bounds are that are told as one number."""

SMALL = 0.01
"""Below it only what something is at most is told."""

SMALLEST = 3
"""Decimals beyond which nothing is shown."""


def between(low: float, high: float) -> str:
    """Return an interval as numbers, rounded outwards: ``0.3 to 0.5``, or one number."""
    if high - low < ONE:
        return rounded((low + high) / 2, 2)
    digits = _digits(low, high)
    least, most = _down(low, digits), _up(high, digits)
    if least.strip("0.") == "":
        return _("at most {high}").format(high=most)
    return _("{low} to {high}").format(low=least, high=most)


def higher_or_lower(low: float, high: float) -> str:
    """Return by how much a change moves the objective, between two bounds, as a clause."""
    if low > 0 and high >= SMALL:
        return _("the objective is {points} points higher with it than without it").format(
            points=between(low, high)
        )
    if high < 0 and low <= -SMALL:
        return _("the objective is {points} points lower with it than without it").format(
            points=between(-high, -low)
        )
    most = max(-low, high, ONE)
    text = (
        _("the objective is the same with it and without it, to within {points} points")
        if most < SMALL
        else _(
            "whether the objective is higher or lower with it cannot be told at this gap: it "
            "differs by at most {points} points"
        )
    )
    return text.format(points=figure(at_most(most)))


def price_between(low: float, high: float) -> str:
    """Return what something costs at least and at most, in points."""
    if high <= 0:
        return _("nothing")
    if low <= 0 or high < SMALL:
        return _("at most {points} points").format(points=figure(at_most(max(high, ONE))))
    if high - low < ONE:
        return _("{points} points").format(points=rounded((low + high) / 2, 2))
    digits = _digits(low, high)
    least = _down(low, digits)
    if least.strip("0.") == "":
        return _("at most {points} points").format(points=_up(high, digits))
    return _("between {low} and {high} points").format(low=least, high=_up(high, digits))


def outwards(low: float, high: float) -> tuple[float, float]:
    """Return two bounds for cells, rounded outwards in the digits that they support."""
    digits = SMALLEST if high - low < ONE else max(2, _digits(low, high))
    return float(_down(low, digits).replace(",", "")), float(_up(high, digits).replace(",", ""))


def _digits(low: float, high: float) -> int:
    """Return how many decimals two bounds support: the first in which they differ."""
    return min(SMALLEST, max(0, math.ceil(-math.log10(high - low))))


def _down(value: float, digits: int) -> str:
    return rounded(math.floor(value * 10**digits + 1e-6) / 10**digits, digits)


def _up(value: float, digits: int) -> str:
    return rounded(math.ceil(value * 10**digits - 1e-6) / 10**digits, digits)
