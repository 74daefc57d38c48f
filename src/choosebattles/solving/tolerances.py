r"""Every tolerance of what is solved, once: how near two numbers must be to count as one.

Solvers round, so a bound proves a value where it exceeds it by no more than a millionth of

.. math:: \max(unit, |value|),

where *unit* is 1 for money, shares and counts. For indices it is 1 too, unless everything that the
case could be worth comes to less (:meth:`choosebattles.audit.points_and_weights.ScoreScale.unit`): with a large
*Points for 100* a millionth of a point may be more than what one plan is worth beyond another.

The recount works in fractions and has one tolerance of its own, ``choosebattles.vocabulary.TOLERANCE``,
a millionth: whatever a solver may leave is less. "Relative" means relative to :func:`size`.
"""

from fractions import Fraction

# --- proofs -------------------------------------------------------------------------------------

PROOF = 1e-6
"""Bound less value, relative, up to which a plan is called optimal: as much as the recount lets
pass, and well above what HiGHS rounds."""

PROOF_READ_BACK = PROOF * (1 + 1e-6)
"""The same where value and bound come out of a file, or were subtracted once more."""

TWICE_PROOF = 2 * PROOF
"""How near the difference of two proved numbers may be to nothing, relative, and be nothing: each
may be off by a proof."""

SAME = 1e-7
"""How far two plans may be apart, relative, and be worth the same: less than a proof may be off, so
that a plan that is proved to be the best never loses against its like."""

KEPT = 1e-7
"""What a measure that must be kept may lose, relative, because solvers round."""

ROUNDING = 1e-9
"""What a kept index may lose, and what a bound may be off, relative, because solvers round: HiGHS
keeps its rows to ``FEASIBILITY``."""

BOUND_ROOM = 1e-8
"""What a proved bound is raised by, relative, before another question rests on it: ten times what
HiGHS rounds."""

ONE_NUMBER = 1e-5
"""Width, relative, up to which an interval is one number: ten proofs, and still below the last
digit that is shown."""

SETTLED = 1e-4
"""Points, or millions, by which two proved numbers may differ and nothing be left open: below what
is shown."""

# --- HiGHS --------------------------------------------------------------------------------------

FEASIBILITY = 1e-9
"""How far HiGHS may leave a row, a reduced cost or a whole number. Its own defaults, 1e-7 and 1e-6,
are what the recount allows, or near it; its least is 1e-10 (HiGHS, Options)."""

LEAST_GAP = 1e-9
"""The least gap in units of the goal that HiGHS is given: at 0 it searches on after rounding."""

SAME_WORTH = 1e-9
"""How far the worth of values may be from what HiGHS says, relative to the sum of its parts."""

AT_A_BOUND = 1e-9
"""How near a column of the relaxation is to 0 or 1 for its reduced cost to count: HiGHS puts it
there exactly or to ``FEASIBILITY``."""

NEAR_A_BOUND = 1e-6
"""The same where a column is held there only to search nearby first, which proves nothing."""

NO_REDUCED_COST = 1e-13
"""A reduced cost that is none but for rounding; of costs below 1, relative to the largest. Sums of
a few hundred floats of size 1 are off by as much."""

KNOWN_PLAN = 1e-7
"""How far a known plan may be off a row and still be taken as allowed; the recount takes 1e-6."""

FLOAT_SUM = 1e-12
"""What a sum of floats may be off, relative to its size: thousands of roundings of 1e-16."""

WHOLE_STEP = 1e-6
"""What a solver may leave of a whole step, or of a whole number: as much as the recount lets pass."""

# --- money --------------------------------------------------------------------------------------

PAYMENT_PRICE = 1e-10
"""How far the price in dependence may be off, relative to itself, while payments are put in order:
ten times less than a row, so that the order costs nothing that is seen."""

WHOLE_THOUSANDTH = 1e-4
"""Thousandths by which a whole amount may be off without being meant so: amounts reach a thousand
million millions, where floats are as coarse."""

LACKING_MONEY = 1e-3
"""Thousandths of a million that a solver may leave of nothing, summed over funds and years."""

SAME_COST = 1e-6
"""Thousandths by which a cost may exceed a limit that is a cost itself: whole thousandths are meant."""

# --- conflicts, effects and points ---------------------------------------------------------------

GIVING_WAY = 1e-7
"""By how much more than needed a demand gives way while another one is measured, relative, so that
rounding does not take the last plan away."""

SMALLEST_COEFFICIENT = 1e-9
"""What a row is divided by at least: HiGHS takes smaller coefficients for nothing."""

NO_GAIN = 1e-6
"""Units of points that no solver tells from none: a proof may be off by as much."""

NO_EFFECT = 1e-12
"""Points of one column that are none: what floats leave of a difference of equal sums."""

EQUAL_PLAN = 1e-5
"""Units of points up to which a rival plan that is worth more counts as equal: what it is worth is
the sum of many rounded scores."""

# --- frontiers ----------------------------------------------------------------------------------

SAME_POINT = 1e-6
"""Relative, how near in all measures points are that count as one: a proof may be off by as much."""

BUDGET_ROOM = 1e-7
"""By how much a row may be missed, and a budget be overdrawn, while choices are listed, because
floats round; what is listed is recounted."""

ON_THE_HULL = Fraction(1, 10**9)
"""Points that a pair may lie below the convex hull and still be called supported: corners are exact
fractions of recounts, their line is not."""

ON_THE_PLANE = 1e-7
"""The same for three measures, each relative to its range: HiGHS's default in scipy."""

# --- samples ------------------------------------------------------------------------------------

SHARE_SUM = 1e-9
"""How far bounds of shares may be from adding up to 1: typed percentages are rounded."""

RECOUNTED = 1e-9
"""Relative difference that a number in a study may have from its recount."""

NO_SPREAD = 1e-9
"""A spread of answers that is none: what floats leave of equal numbers."""

NEGATIVE_EIGENVALUE = 1e-9
"""How far below 0 an eigenvalue may be of correlations that are just possible."""

NO_DIRECTION = 1e-10
"""Directions of a regression's terms with a smaller part of their variance are left out."""

NO_VARIATION = 1e-6
"""Points by which answers must differ to be traced to causes: a proof may be off by as much."""


def size(value: float, unit: float = 1.0) -> float:
    """Return what tolerances and gaps are relative to."""
    return max(unit, abs(value))


def proves(bound: float | None, value: float, unit: float = 1.0, *, gap: float = 0.0) -> bool:
    """Say whether nothing in question is worth more than a value, within a gap.

    A bound below the value, by the solver's rounding, is the value.
    """
    return bound is not None and bound - value <= max(gap, PROOF) * size(value, unit)
