"""What the commands of studies share: what they print, how they end, what they tell meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from choosebattles.cli import values
from choosebattles.cli.ending import End
from choosebattles.cli.watching import Watching
from choosebattles.execution.run import Ending, Pace, Watcher
from choosebattles.uncertainty.sweep import PER_SOLVE, StudyOptions
from choosebattles.words import _

ENDS = {
    Ending.DONE: End.DONE,
    Ending.TIME_LIMIT: End.STOPPED,
    Ending.INTERRUPTED: End.STOPPED,
    Ending.LOST: End.STOPPED,
}


def how(
    *,
    gap: str,
    per_solve: str | None,
    time_limit: str | None,
    workers: int | None,
    cluster: str | None,
    study: Path | None,
) -> StudyOptions:
    """Return how a study is to be done, from what was typed.

    Raises
    ------
    InputError
        Where something cannot be read.
    """
    if workers is not None and workers < 1:
        raise values.refused("--workers", str(workers), _("1 or more"))
    return StudyOptions(
        gap=values.gap(gap),
        per_solve=PER_SOLVE if per_solve is None else values.seconds(per_solve, "--per-solve"),
        time_limit=None if time_limit is None else values.seconds(time_limit),
        workers=workers,
        cluster=cluster,
        study=study,
    )


@contextmanager
def told(what: str) -> Iterator[Watcher]:
    """Tell how far a study is; Ctrl-C ends it and keeps what is done."""
    with Watching() as watching:
        watching.tell(_("Solving the case as it stands ..."))
        yield telling(watching, what)


def telling(watching: Watching, what: str) -> Watcher:
    """Return what tells how far the pieces of a study are, once not all are done."""
    return lambda pace: None if pace.done == pace.count else watching.tell(so_far(pace, what))


def so_far(pace: Pace, what: str) -> str:
    """Return how far a study is, in one line."""
    left = _("not known") if pace.left is None else duration(pace.left)
    return _(
        "{done:,} of {count:,} {what} done; {rate} a second; about {left} left. "
        "Ctrl-C keeps what is done."
    ).format(done=pace.done, count=pace.count, what=what, rate=f"{pace.rate:.2g}", left=left)


def duration(seconds: float) -> str:
    """Return a time as it is said: ``40 s``, ``5 min``, ``2.5 h``."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"


def resuming(given: StudyOptions, ending: Ending, what: str) -> Iterator[str]:
    """Yield how a study that was stopped is taken up again."""
    if ending is Ending.DONE:
        return
    if given.study is None:
        yield _("To be able to go on after a stop, name a file for the study: --study STUDY.sqlite")
    else:
        yield _(
            "What is done is kept in {path}; the same command goes on from there ({what})."
        ).format(path=given.study, what=what)
