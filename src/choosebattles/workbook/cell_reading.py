"""What reading one cell gives: a value with warnings, or a problem.

A cell for which `blank` is true is for the reader to judge: each column has its own default.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

from choosebattles.spelling import visible

T = TypeVar("T")


@dataclass(frozen=True)
class Problem:
    """What is wrong with one value, without its place.

    Parameters
    ----------
    code
        As in the list of error codes, ``CB-C08``.
    found, expected
        Clauses without a final full stop.
    advice
        One or two whole sentences.
    """

    code: str
    found: str
    expected: str
    advice: str


@dataclass(frozen=True)
class Read(Generic[T]):
    """A value that was read, and what the user should hear about it."""

    value: T
    warnings: tuple[Problem, ...] = ()


def blank(value: object) -> bool:
    """Say whether a cell looks empty: nothing in it, or only spaces and invisible characters."""
    return value is None or (isinstance(value, str) and not visible(value)[0].strip())
