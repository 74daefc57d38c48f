"""How far a study is, and who is told of it: the pace at which its pieces are done."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Pace:
    """How far a study is: pieces done of all, how many a second of late, seconds left.

    ``lost`` is how often workers were lost so far. ``steady`` says that the pilot is done, so that
    what is left goes on like this. ``what`` says in words what the pieces are, where they are not
    those that the study was asked for.
    """

    done: int
    count: int
    rate: float
    left: float | None
    lost: int = 0
    steady: bool = True
    what: str = ""


Watcher = Callable[[Pace], None]
"""Whoever is told of progress."""
