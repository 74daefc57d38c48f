r"""The value below which a share of a distribution lies.

With *u* the share, a triangular number is the inverse of its distribution at *u*; a PERT number is
a beta distribution on low to high with shape parameters

.. math:: 1 + 4 \frac{likely - low}{high - low}, \qquad 1 + 4 \frac{high - likely}{high - low};

a uniform number has the share *u* of the way behind it. Low and high of a normal number are its
5 and 95 % points, of a lognormal one those of its logarithm; what lies beyond the bounds of the
number itself is cut off, so that what is left has the whole probability. A list has nothing but
its values.
"""

from bisect import bisect_right
from decimal import Decimal
from math import exp, inf, log, nextafter, sqrt

from scipy.special import betaincinv, ndtr, ndtri

from choosebattles.case.bounds import NumberBounds
from choosebattles.case.evidence import Shape
from choosebattles.uncertainty.ranges import Distribution, Frozen, Listed

DECIMALS = 6
"""Decimals of a number drawn."""

EDGE = 2.0**-53
"""How near to 0 and 1 a share comes where the distribution has no end."""

REACH = 2.0**-32
"""The share of a distribution beyond which its draws are not tried before they are made."""

OUTER = 0.05
"""The share of a normal distribution below Low, and above High."""

UNBOUNDED = NumberBounds()


def quantile(
    distribution: Distribution,
    share: float,
    low: Decimal,
    likely: Decimal,
    high: Decimal,
    bounds: NumberBounds = UNBOUNDED,
) -> Decimal:
    """Return the number below which a share of a distribution lies.

    Parameters
    ----------
    distribution
        A shape that low, likely and high are given, or what needs none of them.
    share
        From 0 to 1.
    low, likely, high
        What is typed, and what the case holds.
    bounds
        What the number may be at all: a normal one is cut there.
    """
    if isinstance(distribution, Listed):
        values = distribution.values
        return values[bisect_right(distribution.until, share, hi=len(values) - 1)]
    if isinstance(distribution, Frozen):
        return _frozen(distribution, share, bounds)
    if low == high:
        return likely
    ends = float(low), float(likely), float(high)
    if distribution in (Shape.NORMAL, Shape.LOGNORMAL):
        return _cut(share, ends[0], ends[2], bounds, logarithm=distribution is Shape.LOGNORMAL)
    return rounded(_within(distribution, share, *ends))


def _within(shape: Shape, share: float, low: float, likely: float, high: float) -> float:
    """Return a quantile of a distribution that ends at low and high."""
    width = high - low
    match shape:
        case Shape.PERT:
            first, second = 1 + 4 * (likely - low) / width, 1 + 4 * (high - likely) / width
            return low + width * float(betaincinv(first, second, share))
        case Shape.TRIANGULAR:
            if share < (likely - low) / width:
                return low + sqrt(share * width * (likely - low))
            return high - sqrt((1 - share) * width * (high - likely))
        case _:
            return low + share * width


def _cut(
    share: float, low: float, high: float, bounds: NumberBounds, *, logarithm: bool
) -> Decimal:
    """Return a quantile of a normal or lognormal distribution, cut at the bounds of the number."""
    ends = [None if end is None else float(end) for end in (bounds.low, bounds.high)]
    if not logarithm:
        return _kept(_normal(share, low, high, *ends), bounds)
    logarithms = [log(end) if end is not None and end > 0 else None for end in ends]
    return _kept(exp(_normal(share, log(low), log(high), *logarithms)), bounds)


def _normal(
    share: float, low: float, high: float, lowest: float | None, highest: float | None
) -> float:
    """Return a quantile of the normal distribution that has its outer points at low and high."""
    middle, deviation = (low + high) / 2, (high - low) / (2 * -float(ndtri(OUTER)))
    below = 0.0 if lowest is None else float(ndtr((lowest - middle) / deviation))
    until = 1.0 if highest is None else float(ndtr((highest - middle) / deviation))
    return middle + deviation * float(ndtri(_between(below, until, share)))


def _frozen(distribution: Frozen, share: float, bounds: NumberBounds) -> Decimal:
    """Return a quantile of a distribution of SciPy; a bound itself is not cut off."""
    scipy = distribution.scipy
    below = 0.0 if bounds.low is None else float(scipy.cdf(nextafter(float(bounds.low), -inf)))
    until = 1.0 if bounds.high is None else float(scipy.cdf(float(bounds.high)))
    return _kept(float(scipy.ppf(_between(below, until, share))), bounds)


def _between(below: float, until: float, share: float) -> float:
    """Return a share of what lies between two shares, never 0 and never 1."""
    return min(max(below + share * (until - below), EDGE), 1 - EDGE)


def _kept(value: float, bounds: NumberBounds) -> Decimal:
    """Return a number drawn, within its bounds in spite of roundings."""
    number = rounded(value)
    if bounds.low is not None and number < bounds.low:
        return bounds.low
    return bounds.high if bounds.high is not None and number > bounds.high else number


def rounded(value: float) -> Decimal:
    """Return a number drawn as the case holds it."""
    return Decimal(format(value, f".{DECIMALS}f")).normalize()
