"""One file for each demand; ``units`` is the table of contents of the mathematics."""

from choosebattles.case.case import Case
from choosebattles.terms import Unit


def units(case: Case) -> tuple[Unit, ...]:
    """Return every demand that the case makes."""
    raise AssertionError(case)
