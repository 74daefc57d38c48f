"""What is asked of a study: how its many solves are done, and whether a long one is agreed to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

import typer

from choosebattles.cli.progress import Watching
from choosebattles.cli.study_progress import Telling, at_a_terminal, is_short
from choosebattles.execution.progress import Watcher
from choosebattles.execution.run_pieces import Ending
from choosebattles.run import typed_values
from choosebattles.run.exit_code import ExitCode
from choosebattles.run.run import Request
from choosebattles.translation import _
from choosebattles.uncertainty.study_options import StudyOptions

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
        if self.yes or count <= MANY or is_short(self.options):
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
