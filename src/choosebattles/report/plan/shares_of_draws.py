"""Shares of draws: from which on an option is safe, and how far chance may move them."""

from math import sqrt

SAFE = 0.95
"""Share of draws from which on an option is called safe, and below the rest out."""

LIKELY = 1.96
"""Standard deviations to either side that hold 19 times out of 20."""


def margin(share: float, draws: int) -> float:
    """Return by how much a share may be off, 19 times out of 20 (Wilson's interval, its half)."""
    if not draws:
        return 1.0
    spread = LIKELY * sqrt(share * (1 - share) / draws + LIKELY**2 / (4 * draws**2))
    return spread / (1 + LIKELY**2 / draws)
