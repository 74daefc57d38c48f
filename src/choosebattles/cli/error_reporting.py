"""How a command ends: the exit codes, and the one place where errors become sentences."""

import functools
import json
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping
from typing import NoReturn, ParamSpec

import typer

from choosebattles import __version__
from choosebattles.errors import ChooseBattlesError, InputError, OutputError
from choosebattles.execution.overwriting import Guard
from choosebattles.execution.standard_output import apart
from choosebattles.run.exit_code import ExitCode
from choosebattles.translation import _

P = ParamSpec("P")


STANDARD_OUTPUT = "-"
"""What stands for standard output, where a file is to be named."""

STOPPED = _("Stopped by hand; nothing was written.")
"""What is said after Ctrl-C where nothing is to be kept."""

Judge = Callable[[Mapping[str, object]], Guard]
"""Refuses what a command must not write, by what was typed after its options."""

Refusal = Callable[[InputError, str, Guard], None]
"""How what must be corrected is told in JSON, to where JSON was asked for."""


def ended(command: Callable[P, None], judge: Judge, refuse: Refusal) -> Callable[P, None]:
    """Return the command with every error of ours told in words, and its exit code."""

    @functools.wraps(command)
    def run(*arguments: P.args, **options: P.kwargs) -> None:
        guard: Guard | None = None
        try:
            with apart():
                guard = judge(options)
                command(*arguments, **options)
        except typer.Exit:
            raise
        except InputError as error:
            _leave(ExitCode.INPUT, _refused_in_json(error, options.get("json"), guard, refuse))
        except OutputError as error:
            _leave(ExitCode.INPUT, str(error))
        except KeyboardInterrupt:
            _leave(ExitCode.STOPPED, STOPPED)
        except Exception as error:  # noqa: BLE001 - the last place where a bug can be told
            _apologise(error)

    return run


def _refused_in_json(
    error: InputError, target: object, guard: Guard | None, refuse: Refusal
) -> str:
    """Say in JSON too what is to be corrected, where that harms nothing; return it in words."""
    if isinstance(target, str) and (guard is not None or target == STANDARD_OUTPUT):
        try:
            refuse(error, target, guard or Guard())
        except OutputError as other:
            return f"{error}\n{other}"
    return str(error)


def _leave(end: ExitCode, text: str) -> NoReturn:
    typer.echo(text, err=True)
    raise typer.Exit(end) from None


def _apologise(error: Exception) -> NoReturn:
    """Say sorry, and leave the way through the code in a file; no value of the user's is in it."""
    record = {
        "choosebattles": __version__,
        "python": sys.version,
        "kinds": [type(cause).__name__ for cause in _causes(error)],
        "steps": [traceback.format_tb(cause.__traceback__) for cause in _causes(error)],
    }
    with tempfile.NamedTemporaryFile(
        "w", prefix="choosebattles-bug-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        json.dump(record, file, indent=2)
    what = str(error) if isinstance(error, ChooseBattlesError) else type(error).__name__
    text = _(
        "Sorry, this is a bug in choosebattles: {what}\n"
        "Where it happened stands in {file}, without any of your figures. "
        "Please send that file to the maintainers of choosebattles."
    )
    _leave(ExitCode.BUG, text.format(what=what, file=file.name))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
