"""What is told of a long study while it goes on, and whether it is to go on at all."""

import sys
import time

import typer

from choosebattles.cli.progress import Watching
from choosebattles.execution.progress import Pace
from choosebattles.report.number_wording import duration
from choosebattles.run import typed_values
from choosebattles.translation import _
from choosebattles.uncertainty.study_options import StudyOptions

LONG = 600.0
"""Seconds that a study may take without being asked for them."""

MEASURED = 10.0
"""Seconds after the pilot from which on the pace is relied on: workers learn of the pilot first."""

UNSTEADY = 60.0
"""Seconds from which on that of the pilot is, whose pieces take longer than those that follow."""


class Telling:
    """Tells how far the pieces of a study are, and asks once whether a long one is to go on.

    Parameters
    ----------
    watching
        Where it is told.
    what
        What the pieces are, in words.
    given
        How the study is done; one with a time limit ends by itself.
    yes
        Whether a long one is to go on in any event.

    Raises
    ------
    InputError
        Where a study takes long and nobody can be asked.
    KeyboardInterrupt
        Where somebody was asked, and says no: what is done is kept, as after Ctrl-C.
    """

    def __init__(self, watching: Watching, what: str, given: StudyOptions, *, yes: bool) -> None:
        self._watching = watching
        self._what = what
        self._settled = yes or is_short(given)
        self._began: float | None = None
        self._steady: float | None = None
        self._lost = 0

    def __call__(self, pace: Pace) -> None:
        """Take note of how far it is."""
        now = time.monotonic()
        self._began = now if self._began is None else self._began
        if pace.steady and self._steady is None:
            self._steady = now
        if pace.lost > self._lost:
            self._lost = pace.lost
            self._watching.say(_("A worker was lost; what it was at is done again by another."))
        if pace.done == pace.count:
            return
        self._watching.tell(so_far(pace, pace.what or self._what))
        measured = now - (self._began if self._steady is None else self._steady)
        least = UNSTEADY if self._steady is None else MEASURED
        if not self._settled and pace.left is not None and measured >= least:
            self._settled = True
            if pace.left > LONG:
                self._ask(pace.what or self._what, pace.count, pace.left)

    def _ask(self, what: str, count: int, left: float) -> None:
        text = _("{count:,} {what}, of which the rest takes about {time}")
        found = text.format(count=count, what=what, time=duration(left))
        if not at_a_terminal():
            expected = _("at most 10 min, unless you agree to more")
            advice = _(
                "Add --yes to go on, or --time-limit 10m, or ask for fewer; with --study what is "
                "done is kept."
            )
            raise typed_values.refused("--yes", found, expected, advice)
        with self._watching.paused():
            if not typer.confirm(_("{found}. Go on?").format(found=found), err=True):
                raise KeyboardInterrupt


def is_short(given: StudyOptions) -> bool:
    """Say whether a study ends by itself before anybody needs to be asked."""
    return given.time_limit is not None and given.time_limit <= LONG


def at_a_terminal() -> bool:
    """Say whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def so_far(pace: Pace, what: str) -> str:
    """Return how far a study is, in one line."""
    if pace.left is None:
        text = _("{done:,} of {count:,} {what} done. Ctrl-C keeps what is done.")
        return text.format(done=pace.done, count=pace.count, what=what)
    return _(
        "{done:,} of {count:,} {what} done; {rate} a second; about {left} left. "
        "Ctrl-C keeps what is done."
    ).format(
        done=pace.done,
        count=pace.count,
        what=what,
        rate=f"{pace.rate:.2g}",
        left=duration(pace.left),
    )
