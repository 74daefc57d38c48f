"""How a study is done: its gap, its limits, who does it, and the file that keeps it."""

from dataclasses import dataclass
from pathlib import Path

from choosebattles.arguments import check_number
from choosebattles.solving.search_limits import SearchLimits
from choosebattles.translation import _

WORK = 60.0
"""Units of work that one answer may take; a processor of today does about one a second."""


@dataclass(frozen=True)
class StudyOptions:
    """How exactly, how long, by whom and where a study is done.

    ``gap`` is the relative gap of every answer. One may take ``work``, in units of which a processor
    of today does about one a second, and which are the same everywhere (None: any amount); or, where
    ``per_solve`` is given, so many seconds instead, which are not.
    ``time_limit`` is the seconds after which nothing more is waited for; ``workers`` how many processes (all
    processors unless said otherwise); ``cluster`` the address of a Dask scheduler, or ``local``;
    ``study`` the file that keeps what is done.
    """

    gap: float = 0.001
    per_solve: float | None = None
    time_limit: float | None = None
    workers: int | None = None
    cluster: str | None = None
    study: Path | None = None
    work: float | None = WORK

    def __post_init__(self) -> None:
        """Refuse what is no limit.

        Raises
        ------
        InputError
            For a gap or a time below 0, no worker, or anything that is no number.
        """
        check_number("gap", self.gap)
        check_number("per_solve", self.per_solve, unit=_("seconds"), none=True)
        check_number("time_limit", self.time_limit, unit=_("seconds"), none=True)
        check_number("work", self.work, none=True)
        check_number("workers", self.workers, 1, whole=True, none=True)

    @property
    def limits(self) -> SearchLimits:
        """Return the limits of one answer: seconds where they are given, or else work."""
        return SearchLimits(self.per_solve, self.work if self.per_solve is None else None)

    @property
    def sealed(self) -> dict[str, object]:
        """Return what answers depend on, by what it is called where it is another."""
        time_limit, work_limit = self.limits
        return {
            "gap": self.gap,
            "seconds for one answer": time_limit,
            "work for one answer": work_limit,
        }
