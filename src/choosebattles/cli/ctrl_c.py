"""What Ctrl-C does to a long solve: the first keeps the best plan, the second ends at once."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from rich.console import Console
from rich.text import Text

from choosebattles.run.exit_code import ExitCode
from choosebattles.translation import _


@contextmanager
def stoppable() -> Iterator[None]:
    """Let the first Ctrl-C stop the search and keep its plan, and the second end at once."""
    before = signal.getsignal(signal.SIGINT)

    def end(_number: int, _frame: FrameType | None) -> None:
        Console(stderr=True).show_cursor()
        os._exit(ExitCode.STOPPED)

    def stop(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, end)
        text = _("Stopping; the best plan so far is kept. Ctrl-C again ends at once.")
        Console(stderr=True).print(Text(text), soft_wrap=True, highlight=False)
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
