"""In which prices money is told: the money of each year, or prices of the first year.

Where costs do not grow both are the same, and what the user typed under Prices is told instead.
"""

from choosebattles.case.case import Case
from choosebattles.report.number_wording import unit
from choosebattles.translation import _


def each_year(case: Case) -> str:
    """Return what follows a head or an amount in money of each year; nothing where costs are flat."""
    return _(", money of each year") if case.cost_growth else ""


def first_year(case: Case) -> str:
    """Return what follows a head or an amount in prices of the first year; nothing where flat."""
    if not case.cost_growth:
        return ""
    return _(", prices of {year}").format(year=case.first_year)


def last_year(case: Case) -> str:
    """Return what follows an amount in money of the last year; nothing where costs are flat."""
    if not case.cost_growth:
        return ""
    return _(", money of {year}").format(year=case.last_year)


def unit_each_year(case: Case) -> str:
    """Return the unit of a column: ``million EUR``, with its prices where costs grow."""
    return f"{unit(case)}{each_year(case)}"


def unit_first_year(case: Case) -> str:
    """Return the unit of a column of costs as they were typed."""
    return f"{unit(case)}{first_year(case)}"


def money_line(case: Case, unit_told: str) -> str:
    """Return in what the money of a table is told, in one sentence."""
    line = _("Money in {unit}").format(unit=unit_told)
    if not case.prices:
        return f"{line}."
    if not case.cost_growth:
        return f"{line}; {case.prices}."
    text = _("{line}. Costs were typed in: {prices}.")
    return text.format(line=line, prices=case.prices.rstrip(". "))
