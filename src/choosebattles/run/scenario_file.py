"""A scenario file: what differs from the workbook, as the live page saves it and ``solve`` reads it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from choosebattles.errors import InputError
from choosebattles.run import typed_values
from choosebattles.spelling import closest
from choosebattles.translation import _
from choosebattles.workbook.text_file import TextKind, read_json

UNREADABLE = "CB-R30"
SCHEMA = 1
SCENARIO = TextKind(UNREADABLE, _("a scenario as the live page saves it"))
KEYS = ("schema", "case", "files", "budget", "set", "must", "never")


@dataclass(frozen=True)
class Scenario:
    """What differs from the workbook: money, numbers by name, what must be taken and what not.

    ``files`` are the checksums of the files that it was made for, by name; none if it does not
    say.
    """

    budget: Decimal | None = None
    numbers: Sequence[tuple[str, Decimal]] = ()
    must: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)

    def notes(self, paths: Sequence[Path]) -> Iterator[str]:
        """Yield what must be known of it: that files are others than those it was made for."""
        for path in paths:
            known = self.files.get(path.name)
            if known and known != sha256(path.read_bytes()).hexdigest():
                text = _("The scenario was made for another version of {name}.")
                yield text.format(name=path.name)


def read_scenario(path: Path) -> Scenario:
    """Return the scenario of a file.

    Raises
    ------
    InputError
        Where the file cannot be read, or says something that is not understood.
    """
    tree = read_json(path, SCENARIO)
    for name in tree:
        if name not in KEYS:
            near = closest(name, KEYS)
            advice = _("Did you mean {name}?").format(name=near) if near else ""
            raise _refused(path, name, _("one of {keys}").format(keys=", ".join(KEYS)), advice)
    if tree.get("schema") != SCHEMA:
        raise _refused(path, f"schema {tree.get('schema')}", _("schema 1"))
    numbers = tree.get("set", {})
    if not isinstance(numbers, dict):
        raise _refused(path, "set", _("names of numbers, each with a number"))
    budget = tree.get("budget")
    return Scenario(
        None if budget is None else typed_values.budget(str(budget)),
        [typed_values.assignment(f"{name}={number}") for name, number in numbers.items()],
        _ids(path, tree, "must"),
        _ids(path, tree, "never"),
        _files(path, tree.get("files", [])),
    )


def _ids(path: Path, tree: Mapping[str, Any], name: str) -> tuple[str, ...]:
    ids = tree.get(name, [])
    if not isinstance(ids, list) or not all(isinstance(name, str) for name in ids):
        raise _refused(path, name, _("a list of ids"))
    return tuple(ids)


def _files(path: Path, files: Any) -> dict[str, str]:
    try:
        return {str(file["name"]): str(file["sha256"]) for file in files}
    except (TypeError, KeyError) as error:
        raise _refused(path, "files", _("a list of name and sha256")) from error


def _refused(path: Path, found: str, expected: str, advice: str = "") -> InputError:
    return replace(SCENARIO, advice=advice).refused(path, found, expected)
