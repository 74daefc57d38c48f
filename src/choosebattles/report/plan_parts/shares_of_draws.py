"""Shares of draws: from which on an option is safe, and how far chance may move them."""

from math import sqrt

SAFE = 0.95
"""Share of draws from which on an option is called safe, and below the rest out."""

LIKELY = 1.96
"""Standard deviations to either side that hold 19 times out of 20."""


def margin(share: float, draws: int) -> float:
    """Return by how much a share may be off, 19 times out of 20: to the farther end of Wilson's interval.

    The interval is not even: of a share of all draws, whatever it is off by lies below.
    """
    if not draws:
        return 1.0
    spread = LIKELY * sqrt(share * (1 - share) / draws + LIKELY**2 / (4 * draws**2))
    off_centre = abs(0.5 - share) * LIKELY**2 / draws
    return (spread + off_centre) / (1 + LIKELY**2 / draws)
