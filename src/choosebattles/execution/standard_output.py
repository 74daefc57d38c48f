"""Standard output is for our own lines alone, whatever libraries print there.

File descriptor 1 leads to standard error, so that what is printed from C, here and by processes
that are started from here, is no part of an answer; our lines go to a duplicate of what it was.
While a command runs, ``sys.stdout`` leads to standard error too.
"""

import errno
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stdout, suppress
from contextvars import ContextVar
from io import TextIOWrapper
from typing import BinaryIO, TextIO

from choosebattles.errors import OutputError
from choosebattles.execution.safe_write import WINDOWS, in_words
from choosebattles.translation import _

OUT, ERR = 1, 2
"""The file descriptors of standard output and standard error."""

_ours: ContextVar[TextIO | None] = ContextVar("ours", default=None)
_turning = threading.Lock()


class Stream(TextIOWrapper):
    """A standard stream that a pipe may close, or a disk cut short, without an error of Python's.

    Parameters
    ----------
    buffer
        Where the bytes go.
    encoding
        How letters become bytes; those that cannot are shown as question marks.
    needed
        Whether it is an error that a line cannot be written. Whoever closes a pipe has read
        enough, so that never is.
    """

    def __init__(self, buffer: BinaryIO, encoding: str, *, needed: bool) -> None:
        super().__init__(buffer, encoding=encoding, errors="replace", line_buffering=True)
        self._needed = needed

    def write(self, text: str, /) -> int:
        """Write a text; see the class for what becomes of errors."""
        with self._judged():
            super().write(text)
        return len(text)

    def flush(self) -> None:
        """Hand on what was written; see the class for what becomes of errors."""
        with self._judged():
            super().flush()

    @contextmanager
    def _judged(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            _lead_nowhere(self.fileno())  # what is left would fail again
            if self._needed and not _is_closed_pipe(error):
                message = _(
                    "CB-O04 Standard output cannot be written: {reason}. "
                    "Print to the screen, or send it to a file on another disk."
                )
                raise OutputError(message.format(reason=in_words(error))) from error


def reserve() -> None:
    """Keep standard output for our own lines, in this process and for good.

    Nothing is done where ``sys.stdout`` is not the standard output of the process.
    """
    absent = sys.stdout is None
    _open_closed()
    if not absent and not _leads_to(sys.stdout, OUT):
        return
    encoding = "utf-8" if absent else sys.stdout.encoding
    ours = os.dup(OUT)
    divert()
    sys.stdout = Stream(os.fdopen(ours, "wb"), encoding, needed=True)
    if sys.stderr is None or _leads_to(sys.stderr, ERR):
        encoding = "utf-8" if sys.stderr is None else sys.stderr.encoding
        sys.stderr = Stream(os.fdopen(ERR, "wb", closefd=False), encoding, needed=False)


def divert() -> None:
    """Lead standard output to standard error, in this process and those that it starts."""
    _open_closed()
    os.dup2(ERR, OUT)


@contextmanager
def apart() -> Iterator[None]:
    """Let what libraries print from Python go to standard error; ours goes to ``own()``."""
    before = _ours.set(own())
    try:
        with redirect_stdout(sys.stderr):
            yield
    finally:
        _ours.reset(before)


def own() -> TextIO:
    """Return where our own lines go."""
    return _ours.get() or sys.stdout


@contextmanager
def unheard() -> Iterator[None]:
    """Let what is printed from C go nowhere, also in a process that is not ours.

    That goes for all threads of the process: it is for moments only.
    """
    with _turning, ExitStack() as undo:
        with suppress(OSError):  # standard output is closed: nothing to keep apart
            kept = os.dup(OUT)
            undo.callback(os.close, kept)
            undo.callback(os.dup2, kept, OUT)
            _lead_nowhere(OUT)
        yield


def _open_closed() -> None:
    """Open nowhere what is closed, lest a file of ours be taken for a standard stream."""
    for descriptor in (0, OUT, ERR):
        try:
            os.fstat(descriptor)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)


def _leads_to(stream: TextIO, descriptor: int) -> bool:
    try:
        return stream.fileno() == descriptor
    except (OSError, AttributeError):
        return False


def _lead_nowhere(descriptor: int) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor, inheritable=descriptor <= ERR)
    os.close(nowhere)


def _is_closed_pipe(error: OSError) -> bool:
    """Say whether nobody reads any more; Windows calls that a wrong argument."""
    return isinstance(error, BrokenPipeError) or (WINDOWS and error.errno == errno.EINVAL)
