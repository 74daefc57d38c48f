"""What is known to lie between two bounds, with no more digits than they support."""

import math
from collections.abc import Callable

from choosebattles.report.number_wording import at_most, figure, rounded, rounded_down, rounded_up
from choosebattles.translation import _

Show = Callable[[float], str]
"""How a number is written, with its unit."""

MOST_DIGITS = 6
"""Decimals of points beyond which nothing is shown."""


ONE = 0.002
"""How near two bounds are that are told as one number."""

SMALL = 0.01
"""Below it only what something is at most is told."""

SMALLEST = 3
"""Decimals beyond which nothing is shown."""


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
        return _("at least {low}").format(low=show(rounded_down(low, digits)))
    if rounded(low, digits) == rounded(max(low, high), digits):
        return show(low)
    return _("between {low} and {high}").format(
        low=show(rounded_down(low, digits)), high=show(rounded_up(high, digits))
    )


def digits_for(difference: float) -> int:
    """Return how many decimals show a difference in two digits, one at least."""
    if abs(difference) < 10.0**-MOST_DIGITS:
        return 1
    return min(MOST_DIGITS, max(1, 1 - math.floor(math.log10(abs(difference)))))


def between(low: float, high: float) -> str:
    """Return an interval as numbers, rounded outwards: ``0.3 to 0.5``, or one number."""
    if high - low < ONE:
        return rounded((low + high) / 2, 2)
    digits = _digits(low, high)
    least, most = _least(low, digits), _most(high, digits)
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
    least = _least(low, digits)
    if least.strip("0.") == "":
        return _("at most {points} points").format(points=_most(high, digits))
    return _("between {low} and {high} points").format(low=least, high=_most(high, digits))


def outwards(low: float, high: float) -> tuple[float, float]:
    """Return two bounds for cells, rounded outwards in the digits that they support."""
    digits = SMALLEST if high - low < ONE else max(2, _digits(low, high))
    return rounded_down(low, digits), rounded_up(high, digits)


def _digits(low: float, high: float) -> int:
    """Return how many decimals two bounds support: the first in which they differ."""
    return min(SMALLEST, max(0, math.ceil(-math.log10(high - low))))


def _least(value: float, digits: int) -> str:
    return rounded(rounded_down(value, digits), digits)


def _most(value: float, digits: int) -> str:
    return rounded(rounded_up(value, digits), digits)
