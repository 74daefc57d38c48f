"""Numbers in the sentences of why: one that stands for an interval, or both its ends."""

import math
from decimal import Decimal

from choosebattles.explain.why_answer import Interval
from choosebattles.report.number_wording import rounded, rounded_up
from choosebattles.report.plan_parts.intervals import MOST_DIGITS, digits_for, span
from choosebattles.translation import _, several

OFF = 0.05
"""How far one number may be from either end of the interval it stands for, as a share of it."""


def number(interval: Interval, digits: int) -> str:
    """Return a number with no more digits than its interval supports, or both its ends.

    One number stands for an interval where both ends round to it and neither is far from it;
    otherwise both ends stand there, rounded away from each other. Nothing where an end is infinite.
    """
    if not math.isfinite(interval.high) or not math.isfinite(interval.low):
        return at_least(interval.low, digits) if math.isfinite(interval.low) else ""
    if interval.exact:
        return _short(rounded(interval.low, digits))
    for decimals in (*range(digits, -1, -1), *range(digits + 1, MOST_DIGITS + 1)):
        if _alike(interval, decimals):
            return rounded(interval.low, decimals)
    width = interval.high - interval.low
    # An end of 0 in these digits says no more than the other end does alone.
    first = min(digits, digits_for(width))
    while first < MOST_DIGITS and rounded(interval.low, first) == rounded(interval.high, first):
        first += 1
    if 0 <= interval.low < 10.0**-first:
        return _("at most {high}").format(high=at_most(interval.high, first))
    return span(interval.low, interval.high, lambda value: rounded(value, first), first)


def _alike(interval: Interval, digits: int) -> bool:
    low, high = rounded(interval.low, digits), rounded(interval.high, digits)
    if low != high or not low.strip("-0."):
        return False
    shown = float(low.replace(",", ""))
    return max(abs(shown - interval.low), abs(shown - interval.high)) <= OFF * abs(shown)


def points(number: str) -> str:
    """Return a number of points, as it stands in a sentence, with its unit."""
    text = several("{points} point", "{points} points", 1 if number == "1" else 2)
    return text.format(points=number)


def at_least(low: float, digits: int) -> str:
    """Return that a number is at least another, rounded down."""
    return span(low, None, lambda value: rounded(value, digits), digits)


def at_most(high: float, digits: int) -> str:
    """Return the upper end of what lies between two numbers, rounded up."""
    return rounded(rounded_up(high, digits), digits)


def _short(text: str) -> str:
    return text if text.strip("-0.") else _("less than {least}").format(least=_least(text))


def _least(text: str) -> str:
    digits = len(text.partition(".")[2])
    return str(Decimal(1).scaleb(-digits))
