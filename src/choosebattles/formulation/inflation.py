"""What costs become in each year, in the rows of the program.

The recount has it apart from this one, in ``audit/inflation.py``: the two are to agree.
"""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from choosebattles.case.facts import Facts
from choosebattles.case.units import Number
from choosebattles.vocabulary import THOUSANDTHS


def growth(case: Facts, year: int) -> Fraction:
    r"""Return what a price of the first year has become.

    .. math:: g_t = (1 + \mathit{cost\_growth})^t
    """
    return _power(case.cost_growth, year)


@lru_cache(maxsize=4096)
def _power(rate: Number, year: int) -> Fraction:
    return (1 + Fraction(rate)) ** year


def inflated(amount: Decimal, case: Facts, year: int) -> int:
    """Return an amount in thousandths, at the prices of the year, rounded half up."""
    top, bottom = amount.as_integer_ratio()
    grown, ungrown = growth(case, year).as_integer_ratio()
    bottom *= ungrown
    return (2 * THOUSANDTHS * top * grown + bottom) // (2 * bottom)
