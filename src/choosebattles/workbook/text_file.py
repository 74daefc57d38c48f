"""Reads text files that a user, or a stranger, has written: decision models, plans, scenarios.

Size, depth and numbers are bounded before anything is made of them, so that no file keeps the
program busy or breaks it.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from choosebattles.errors import Fault, InputError
from choosebattles.translation import _

SIZE = 1_000_000
"""Bytes of a file."""

DEPTH = 40
"""Lists and tables inside each other, or names with dots between."""

NUMBER = 10**15
"""The largest number, and the smallest with a minus sign."""

_STRINGS = r'"(?:[^"\\]|\\.)*(?:"|\Z)'
_JSON_TOKEN = re.compile(rf"{_STRINGS}|[\[\]{{}}]", re.DOTALL)
_TOML_TOKEN = re.compile(
    r'"""(?:[^\\]|\\.)*?(?:"""|\Z)'
    r"|'''.*?(?:'''|\Z)"
    r'|"(?:[^"\\\n]|\\.)*(?:"|$)'
    r"|'[^'\n]*(?:'|$)"
    r"|\#[^\n]*"
    r"|[\[\]{}.=,\n]",
    re.DOTALL | re.MULTILINE,
)
_LINE = re.compile(r"line (\d+)")


@dataclass(frozen=True)
class TextKind:
    """What a file should be: the code of a fault in it, and what is expected, in words."""

    code: str
    expected: str
    advice: str = ""
    size: int = SIZE

    def refused(self, path: Path, found: str, expected: str = "", where: str = "") -> InputError:
        """Return the error of a file that is not what it should be."""
        name = (path.name or str(path)).encode("utf-8", "replace").decode()
        fault = Fault(name, "", "", where, self.code, found, expected or self.expected, self.advice)
        return InputError([fault])


def read_toml(path: Path, kind: TextKind) -> dict[str, Any]:
    """Return the tree of a TOML file; its numbers are whole or decimal, none is infinite.

    Raises
    ------
    InputError
        Where the file cannot be read, or is larger, deeper or of other numbers than allowed.
    """
    text = _text(path, kind)
    _shallow(path, kind, _deep_in_toml(text))
    try:
        tree = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, InvalidOperation, RecursionError) as error:
        line = _LINE.search(str(error))
        found = _("what is no TOML")
        if line:
            found = _("what is no TOML in line {line}").format(line=line[1])
        raise kind.refused(path, found) from error
    _sensible(path, kind, tree)
    return tree


def read_json(path: Path, kind: TextKind) -> dict[str, Any]:
    """Return the tree of a JSON file; its numbers are decimal, none is infinite.

    Raises
    ------
    InputError
        Where the file cannot be read, or is larger, deeper or of other numbers than allowed.
    """
    text = _text(path, kind)
    _shallow(path, kind, _deep_in_json(text))
    try:
        tree = json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=_no_number)
    except (ValueError, InvalidOperation, RecursionError) as error:
        found = _("what is no JSON")
        if isinstance(error, json.JSONDecodeError):
            found = _("what is no JSON in line {line}").format(line=error.lineno)
        raise kind.refused(path, found) from error
    if not isinstance(tree, dict):
        raise kind.refused(path, _("JSON of another kind"))
    _sensible(path, kind, tree)
    return tree


def _text(path: Path, kind: TextKind) -> str:
    name = (path.name or str(path)).encode("utf-8", "replace").decode()
    try:
        if not path.is_file():
            found = _("a folder") if path.is_dir() else _("no such file")
            advice = _("Check the name and the folder.")
            raise InputError([Fault(name, "", "", "", "CB-F22", found, kind.expected, advice)])
        with path.open("rb") as file:
            content = file.read(kind.size + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        found = _("a file that cannot be read ({reason})").format(reason=reason)
        advice = _("Close it in other programs, and see that you may read it.")
        raise InputError(
            [Fault(name, "", "", "", "CB-F23", found, kind.expected, advice)]
        ) from error
    if len(content) > kind.size:
        found = _("more than {size} MB").format(size=kind.size // 1_000_000)
        raise kind.refused(path, found)
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        found = _("letters in line {line} that are not UTF-8").format(line=line)
        raise kind.refused(path, found, _("a text file saved as UTF-8")) from error


def _deep_in_json(text: str) -> Iterator[int]:
    """Yield the lines in which brackets stand too deep."""
    depth = 0
    for token in _JSON_TOKEN.finditer(text):
        if token[0] in "[{":
            depth += 1
            if depth > DEPTH:
                yield text.count("\n", 0, token.start()) + 1
        elif token[0] in "]}":
            depth -= 1


def _deep_in_toml(text: str) -> Iterator[int]:
    """Yield the lines in which brackets, or parts of a name, stand too deep."""
    depth = dots = 0
    for token in _TOML_TOKEN.finditer(text):
        match token[0]:
            case "[" | "{":
                depth, dots = depth + 1, 0
            case "]" | "}":
                depth, dots = depth - 1, 0
            case ".":
                dots += 1
            case "=" | "," | "\n":
                dots = 0
        if depth + dots > DEPTH:
            yield text.count("\n", 0, token.start()) + 1


def _shallow(path: Path, kind: TextKind, lines: Iterator[int]) -> None:
    line = next(lines, None)
    if line is not None:
        found = _("more than {depth} levels in line {line}").format(depth=DEPTH, line=line)
        raise kind.refused(path, found)


def _sensible(path: Path, kind: TextKind, tree: Mapping[str, Any]) -> None:
    """Refuse numbers beyond measure, wherever they stand."""
    todo: list[tuple[str, object, int]] = [("", tree, 0)]
    while todo:
        where, value, depth = todo.pop()
        if depth > DEPTH:
            raise kind.refused(path, _("more than {depth} levels").format(depth=DEPTH))
        if isinstance(value, dict):
            dot = "." if where else ""
            todo += [(f"{where}{dot}{name}", item, depth + 1) for name, item in value.items()]
        elif isinstance(value, list):
            todo += [(f"{where}[{at}]", item, depth + 1) for at, item in enumerate(value, 1)]
        elif isinstance(value, Decimal | int) and not _is_ordinary(value):
            expected = _("a number from -{most} to {most}").format(most=f"{NUMBER:,}")
            raise kind.refused(path, _("a number beyond that"), expected, where)


def _is_ordinary(value: Decimal | int) -> bool:
    finite = isinstance(value, int) or value.is_finite()
    return finite and -NUMBER <= value <= NUMBER


def _no_number(name: str) -> None:
    raise ValueError(name)
