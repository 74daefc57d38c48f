"""What is told of a long solve, on standard error."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from rich.console import Console
from rich.status import Status
from rich.text import Text

from choosebattles.report.number_wording import rounded_up
from choosebattles.solving.solver_answer import Progress
from choosebattles.translation import _

PATIENCE = 2.0
"""Seconds before anything is told."""

EVERY = 10.0
"""Seconds between lines where standard error is no terminal."""


class Watching:
    """Told of progress; a line that changes on a terminal, a line now and then elsewhere."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._began = time.monotonic()
        self._told = self._began + PATIENCE - EVERY
        self._latest = ""
        self._status = Status(_("Solving ..."), console=self._console)
        self._timer = threading.Timer(PATIENCE, self._start)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def _start(self) -> None:
        """Begin to tell, with what came before it was time."""
        if self._console.is_terminal:
            self._status.start()
        elif self._latest:
            self.tell(self._latest)

    def __exit__(self, *_error: object) -> None:
        self._timer.cancel()
        self._status.stop()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Leave the terminal to a question."""
        self._timer.cancel()
        self._status.stop()
        yield
        if self._console.is_terminal:
            self._status.start()

    def __call__(self, progress: Progress) -> None:
        """Take note of where the solve stands."""
        self.tell(progress_line(progress, time.monotonic() - self._began))

    def tell(self, text: str) -> None:
        """Tell a line, if it is time for one."""
        self._latest = text
        if self._console.is_terminal:
            self._status.update(Text(text))
        elif time.monotonic() - self._told >= EVERY:
            self._told = time.monotonic()
            self.say(text)

    def say(self, text: str) -> None:
        """Tell a line that stays, at once."""
        self._console.print(Text(text), soft_wrap=True, highlight=False)


def progress_line(progress: Progress, seconds: float) -> str:
    """Return where a solve stands, in one line."""
    best = _("none yet") if progress.best is None else f"{progress.best:,.2f}"
    bound = _("how much is possible is not known")
    if progress.bound is not None:
        bound = _("at most {bound} possible").format(bound=f"{rounded_up(progress.bound, 2):,.2f}")
    gap = _("not known") if progress.gap is None else f"{100 * progress.gap:.2f} %"
    return _(
        "Best so far {best}; {bound}; gap {gap}; {seconds:.0f} s. Ctrl-C keeps the plan."
    ).format(best=best, bound=bound, gap=gap, seconds=seconds)
