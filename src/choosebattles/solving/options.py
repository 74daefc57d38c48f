"""How long and how exactly to solve."""

from dataclasses import dataclass

from choosebattles.arguments import check_number
from choosebattles.translation import _


@dataclass(frozen=True)
class Options:
    """Limits of one solve.

    ``gap`` is the relative gap at which a solve may stop (0.001 is 0.1 %; 0 asks for full
    proof); ``time_limit`` is in seconds of wall clock, ``None`` for no limit. ``work_limit`` limits
    one search of HiGHS in units of work, of which a processor of today does about one a second:
    unlike time, work is the same on every machine, and so is what comes of it. ``conflict`` asks
    why, where there is no plan; ``binding`` gives so much work to testing what binds, where there
    is one.
    """

    gap: float = 0.001
    time_limit: float | None = None
    solver: str = "highs"
    threads: int = 1
    seed: int = 0
    ties: bool = True
    conflict: bool = True
    binding: float = 0.0
    work_limit: float | None = None
    unit: float = 1.0
    """What a gap is relative to where the goal is smaller."""

    def __post_init__(self) -> None:
        """Refuse what is no limit.

        Raises
        ------
        InputError
            For a gap or a time limit below 0, or anything that is no number.
        """
        check_number("gap", self.gap)
        check_number("time_limit", self.time_limit, unit=_("seconds"), none=True)
        check_number("threads", self.threads, 1, whole=True)
        check_number("seed", self.seed, whole=True)
        check_number("binding", self.binding)
        check_number("work_limit", self.work_limit, none=True)
        check_number("unit", self.unit)
