"""What prices have become in each year, for the recount.

The program has it apart from this one, in ``formulation/inflation.py``: the two are to agree.
"""

from fractions import Fraction
from functools import lru_cache

from choosebattles.case.facts import Facts
from choosebattles.case.units import Number


def growth(case: Facts, year: int) -> Fraction:
    r"""Return what a price of the first year has become.

    .. math:: g_t = (1 + \mathit{cost\_growth})^t
    """
    return _grown(case.cost_growth, year)


@lru_cache(maxsize=4096)
def _grown(rate: Number, year: int) -> Fraction:
    return (1 + Fraction(rate)) ** year
