"""Every fault of a case that makes it meaningless, found at once."""

from collections.abc import Iterator

from choosebattles.case.facts import Facts
from choosebattles.errors import Fault


def faults(case: Facts) -> Iterator[Fault]:
    """Yield everything to correct."""
    yield from ()


def warnings(case: Facts) -> Iterator[Fault]:
    """Yield what looks odd."""
    yield from ()
