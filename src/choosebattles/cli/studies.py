"""What the commands of studies share: what they print, how they end, what they tell meanwhile."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

import typer

from choosebattles.cli.progress import Watching
from choosebattles.execution.progress import Pace, Watcher
from choosebattles.execution.run_pieces import Ending
from choosebattles.report.wording import duration
from choosebattles.run import typed_values
from choosebattles.run.exit_code import ExitCode
from choosebattles.run.run import Request
from choosebattles.translation import _
from choosebattles.uncertainty.sweep import StudyOptions

LONG = 600.0
"""Seconds that a study may take without being asked for them."""

MEASURED = 10.0
"""Seconds after the pilot from which on the pace is relied on: workers learn of the pilot first."""

UNSTEADY = 60.0
"""Seconds from which on that of the pilot is, whose pieces take longer than those that follow."""

MANY = 10_000
"""Points or draws that a study may have without being asked for them."""

EXIT_CODE_OF_ENDING = {
    Ending.DONE: ExitCode.DONE,
    Ending.TIME_LIMIT: ExitCode.STOPPED,
    Ending.INTERRUPTED: ExitCode.STOPPED,
    Ending.LOST: ExitCode.STOPPED,
}


@dataclass(frozen=True)
class StudyRequest(Request):
    """What is asked of a study: how its many solves are done, and whether a long one is agreed to."""

    options: StudyOptions = field(default_factory=StudyOptions)
    yes: bool = False

    def estimating(self) -> Self:
        """Return the same for an estimate: it is told, and writes over no answer of an earlier run."""
        return replace(self, outputs=(), rows=None, yes=True)

    def agree(self, count: int, what: str, *, estimate: bool = True) -> None:
        """Ask whether so many points or draws are meant, before the first of them is made.

        ``estimate`` says whether the command can tell how long they would take.

        Raises
        ------
        InputError
            Where nobody can be asked.
        KeyboardInterrupt
            Where somebody was asked, and says no.
        """
        if self.yes or count <= MANY or _is_short(self.options):
            return
        found = _("{count:,} {what}").format(count=count, what=what)
        hint = _("--estimate tells how long they would take.") if estimate else ""
        if not at_a_terminal():
            expected = _("at most {most:,}, unless you agree to more").format(most=MANY)
            advice = f"{_('Add --yes to go on, or ask for fewer.')} {hint}".strip()
            raise typed_values.refused("--yes", found, expected, advice)
        text = _("{found} are asked for. {hint}").format(found=found, hint=hint).strip()
        if not typer.confirm(f"{text} {_('Go on?')}", err=True):
            raise KeyboardInterrupt

    @contextmanager
    def watching(self, what: str) -> Iterator[Watcher]:
        """Tell how far a study is; Ctrl-C ends it and keeps what is done."""
        with Watching() as watching:
            watching.tell(_("Solving the case as it stands ..."))
            yield self.teller(watching, what)

    def teller(self, watching: Watching, what: str) -> "Telling":
        """Return what tells how far the pieces of a study are; ``what`` says what they are."""
        return Telling(watching, what, self.options, yes=self.yes)

    def resuming(self, ending: Ending, what: str) -> tuple[str, ...]:
        """Return how a study that was stopped is taken up again; nothing where it was not."""
        if ending is Ending.DONE:
            return ()
        if self.options.study is None:
            return (
                _(
                    "To be able to go on after a stop, name a file for the study: --study "
                    "STUDY.sqlite"
                ),
            )
        text = _("What is done is kept in {path}; the same command goes on from there ({what}).")
        return (text.format(path=self.options.study, what=what),)


def study_options(
    gap: str,
    per_solve: str | None = None,
    time_limit: str | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    study: Path | None = None,
) -> StudyOptions:
    """Return how a study is done, as it was typed.

    Raises
    ------
    InputError
        Where something cannot be read.
    """
    if workers is not None and workers < 1:
        raise typed_values.refused("--workers", str(workers), _("1 or more"))
    return StudyOptions(
        gap=typed_values.gap(gap),
        per_solve=None if per_solve is None else typed_values.seconds(per_solve, "--per-solve"),
        time_limit=typed_values.time_limit(time_limit),
        workers=workers,
        cluster=cluster,
        study=study,
    )


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
        self._settled = yes or _is_short(given)
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


def _is_short(given: StudyOptions) -> bool:
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
