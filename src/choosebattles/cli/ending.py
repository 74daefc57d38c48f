"""How a command ends: the exit codes, and the one place where errors become sentences."""

import errno
import functools
import json
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping
from enum import IntEnum
from pathlib import Path
from typing import NoReturn, ParamSpec

import typer

from choosebattles import __version__
from choosebattles.errors import ChooseBattlesError, InputError, OutputError
from choosebattles.words import _

P = ParamSpec("P")


class End(IntEnum):
    """What the shell is told."""

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


Refusal = Callable[[InputError, Mapping[str, object]], None]
"""What a command does besides, with its options, when the input must be corrected."""


def ended(command: Callable[P, None], refuse: Refusal | None = None) -> Callable[P, None]:
    """Return the command with every error of ours told in words, and its exit code."""

    @functools.wraps(command)
    def told(*arguments: P.args, **options: P.kwargs) -> None:
        try:
            command(*arguments, **options)
        except typer.Exit:
            raise
        except KeyboardInterrupt:
            _tell(_("Stopped by hand; nothing was written."))
            raise typer.Exit(End.STOPPED) from None
        except InputError as error:
            _tell(str(error))
            if refuse is not None:
                refuse(error, options)
            raise typer.Exit(End.INPUT) from None
        except OutputError as error:
            _tell(str(error))
            raise typer.Exit(End.INPUT) from None
        except ChooseBattlesError as error:
            _tell(str(error))
            _apologise(error)
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever read our output has gone
                raise
            _apologise(error)
        except Exception as error:  # noqa: BLE001 - the last place where a bug can be told
            _apologise(error)

    return told


def _apologise(error: BaseException) -> NoReturn:
    """Say sorry, and leave the way through the code in a file; no value of the user's is in it."""
    steps = traceback.format_tb(error.__traceback__)
    kinds = [type(error).__name__]
    while cause := error.__cause__ or error.__context__:
        error = cause
        kinds.append(type(error).__name__)
    told = {"version": __version__, "python": sys.version, "kinds": kinds, "steps": steps}
    with tempfile.NamedTemporaryFile(
        "w", prefix="choosebattles-bug-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        json.dump(told, file, indent=2)
    _tell(
        _(
            "Sorry, this is a bug in choosebattles ({kind}). Where it happened stands in {file}; "
            "it holds none of your figures. Please send it to whoever maintains choosebattles."
        ).format(kind=kinds[0], file=Path(file.name))
    )
    raise typer.Exit(End.BUG) from None


def _tell(text: str) -> None:
    typer.echo(text, err=True)
