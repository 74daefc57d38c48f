"""What cannot be understood of a command as typed, in the words of every other fault."""

import re
from collections.abc import Sequence
from typing import IO, Any

import typer
from typer.core import TyperGroup

from choosebattles.errors import Fault, InputError
from choosebattles.spelling import closest
from choosebattles.translation import _

UsageError: Any = typer.BadParameter.__base__
"""What the parser raises; every version of it keeps it elsewhere."""

UNREADABLE, UNKNOWN = "CB-R04", "CB-R05"

_LEAST = re.compile(r"(?:greater than or equal to |>=\s*)(-?\d+)")
_NAMED = re.compile(r"\(([^()]+)\)\.?$|'(.*?)'")
_SHOWS_HELP = "NoArgsIsHelpError"


class Misread(UsageError):  # type: ignore[misc] # noqa: N818 - a fault, told as such
    """A command that cannot be understood, told as every fault is."""

    def __init__(self, fault: Fault) -> None:
        self.text = str(InputError([fault]))
        super().__init__(self.text)

    def show(self, file: IO[Any] | None = None) -> None:
        """Print it."""
        typer.echo(self.text, file=file, err=file is None)


class Commands(TyperGroup):
    """The commands; what cannot be parsed of them is told with a code and the option as typed."""

    _typed: Sequence[str] = ()

    def make_context(self, info_name: str | None, args: list[str], *rest: Any, **more: Any) -> Any:
        """Parse what stands before the name of a command."""
        self._typed = tuple(args)
        for place, word in enumerate(args):
            if _shown(word) != word:
                raise Misread(_undecodable(word, args[place - 1] if place else ""))
        try:
            return super().make_context(info_name, args, *rest, **more)
        except UsageError as error:
            raise self._misread(error) from None

    def invoke(self, ctx: Any) -> Any:
        """Parse the rest, and run the command."""
        try:
            return super().invoke(ctx)
        except UsageError as error:
            raise self._misread(error) from None

    def _misread(self, error: Any) -> Any:
        if type(error).__name__ == _SHOWS_HELP or isinstance(error, Misread):
            return error
        return Misread(_fault(error, self._typed))


def _fault(error: Any, typed: Sequence[str]) -> Fault:
    """Return what the parser could not understand as a fault."""
    command = getattr(getattr(error, "ctx", None), "command_path", "choosebattles")
    advice = _("See {command} --help.").format(command=command)
    param, option = getattr(error, "param", None), getattr(error, "option_name", "")
    if param is not None:
        where = _name(param, typed)
        found = _value(where, typed)
        expected = _expected(str(error.message))
        if "Missing" in type(error).__name__:
            found, expected = _("nothing"), _("a value")
        return Fault("", "", "", where, UNREADABLE, found, expected, advice)
    if option and hasattr(error, "possibilities"):
        near = (error.possibilities or ("",))[0]
        if near:
            advice = _("Did you mean {name}?").format(name=near)
        expected = _("an option of {command}").format(command=command)
        return Fault("", "", "", option, UNKNOWN, _("no such option"), expected, advice)
    if option:
        return Fault("", "", "", option, UNREADABLE, _("nothing after it"), _("a value"), advice)
    name = _NAMED.search(str(error.message))
    where = (name[1] or name[2]) if name else command
    commands = getattr(getattr(getattr(error, "ctx", None), "command", None), "commands", {})
    near = closest(where, commands)
    if near:
        advice = _("Did you mean {name}?").format(name=near)
    found, expected = _("what is not understood"), _("a command as its help shows it")
    return Fault("", "", "", where, UNKNOWN, found, expected, advice)


def _shown(word: str) -> str:
    return word.encode("utf-8", "backslashreplace").decode()


def _undecodable(word: str, before: str) -> Fault:
    """Return the fault of bytes that are no letters here: no path could be told or written."""
    option, equals, value = word.partition("=")
    if not (equals and option.startswith("-")):
        option, value = (before if before.startswith("-") else _("FILE")), word
    expected = _("letters that this computer can show")
    advice = _("Rename the file, or type it anew.")
    return Fault("", "", "", option, UNREADABLE, _shown(value), expected, advice)


def _name(param: Any, typed: Sequence[str]) -> str:
    """Return an option as it was typed, or what stands for an argument in the help."""
    for word in typed:
        for opt in param.opts:
            if opt.startswith("-") and (word == opt or word.startswith(f"{opt}=")):
                return str(opt)
    names = [opt for opt in param.opts if opt.startswith("-")]
    return str(names[-1] if names else param.metavar or param.name)


def _value(option: str, typed: Sequence[str]) -> str:
    """Return what was typed after an option."""
    for place, word in enumerate(typed):
        if word == option and place + 1 < len(typed):
            return typed[place + 1]
        if word.startswith(f"{option}="):
            return word.removeprefix(f"{option}=")
    return ""


def _expected(message: str) -> str:
    """Return what stands after an option that the parser itself reads: whole numbers."""
    least = _LEAST.search(message)
    if least:
        return _("a whole number, {least} or more").format(least=least[1])
    return _("a whole number")
