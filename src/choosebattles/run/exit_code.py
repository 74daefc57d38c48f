"""How a run ends, as the number that the shell is told."""

from enum import IntEnum


class ExitCode(IntEnum):
    """How a run ends; the shell is told the number."""

    DONE = 0
    """Proved, or within the gap asked for."""
    BUG = 1
    """Something went wrong that no input should cause."""
    INPUT = 2
    """The input must be corrected."""
    NO_PLAN = 3
    """No plan meets all demands."""
    STOPPED = 4
    """Stopped before the proof asked for, by time or by hand."""
