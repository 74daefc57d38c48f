"""One file for each measure of worth; ``measures`` lists them."""

from choosebattles.case.case import Case
from choosebattles.terms import Measure


def measures(case: Case) -> tuple[Measure, ...]:
    """Return every measure of worth that the case has."""
    raise AssertionError(case)
