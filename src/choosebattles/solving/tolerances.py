r"""How near a bound and a value must be to be one number.

Solvers round, so a bound proves a value where it exceeds it by no more than a millionth of

.. math:: \max(unit, |value|),

where *unit* is 1 for money, shares and counts. For indices it is 1 too, unless everything that the
case could be worth comes to less (:meth:`choosebattles.audit.scale.Scale.unit`): with a large
*Points for 100* a millionth of a point may be more than what one plan is worth beyond another.
"""

PROOF = 1e-6
"""Bound less value, relative to the size of the value, up to which a plan is called optimal."""

SAME = 1e-7
"""How far two plans may be apart, relative to the size of their value, and be worth the same."""

ROUNDING = 1e-9
"""What a kept index may lose, relative to its size, because solvers round."""


def size(value: float, unit: float = 1.0) -> float:
    """Return what tolerances and gaps are relative to."""
    return max(unit, abs(value))


def proves(bound: float | None, value: float, unit: float = 1.0, *, gap: float = 0.0) -> bool:
    """Say whether nothing in question is worth more than a value, within a gap.

    A bound below the value, by the solver's rounding, is the value.
    """
    return bound is not None and bound - value <= max(gap, PROOF) * size(value, unit)
