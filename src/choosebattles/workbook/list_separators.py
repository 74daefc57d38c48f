"""Lists whose items are separated by commas or line breaks instead of semicolons."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from choosebattles.case.limit import ScopeItem, ScopeKind
from choosebattles.spelling import key, quoted
from choosebattles.translation import _
from choosebattles.workbook.column import CellKind, ColumnLayout, Space
from choosebattles.workbook.findings import Findings
from choosebattles.workbook.layout import SHEETS
from choosebattles.workbook.row_reading import Line
from choosebattles.workbook.typed_texts import pieces

SPACE_OF = {
    ScopeKind.ID: Space.MEMBER,
    ScopeKind.PILLAR: Space.PILLAR,
    ScopeKind.LAYER: Space.LAYER,
    ScopeKind.OWNER: Space.OWNER,
    ScopeKind.EXPOSURE: Space.EXPOSURE,
}

LISTS = frozenset({CellKind.IDS, CellKind.TAGS, CellKind.SCOPE, CellKind.COVERS})
"""Lists of names."""

DOUBTED = frozenset({Space.EXPOSURE, Space.OWNER, Space.PILLAR})
"""Names that may hold a comma themselves."""

Item = tuple[Space, str]


def separate_lists(lines: Mapping[str, tuple[Line, ...]], findings: Findings) -> None:
    """Split lists at commas and line breaks, where only the parts are names that there are.

    Every name is put on one line. What may be one name with a comma in it is doubted; a layer
    that is covered is never split, as the shares would be guessed.

    Parameters
    ----------
    lines
        The rows of all sheets, whose values are changed.
    findings
        Where it is noted.
    """
    separation = _Separation(findings)
    cells = [
        (column, line)
        for sheet in SHEETS
        for column in sheet.columns
        for line in lines.get(sheet.name, ())
        if column.family is None and line.values.get(column.name) is not None
    ]
    for column, line in cells:
        separation.count(column, line.values[column.name])
    for line in lines.get("Investments", ()):
        separation.count_option(line)
    for column, line in cells:
        separation.split(column, line)


@dataclass
class _Separation:
    findings: Findings
    mentions: Counter[Item] = field(default_factory=Counter)
    """How often each name stands anywhere."""
    defined: set[Item] = field(default_factory=set)
    """The names that a cell brings into being."""

    def count(self, column: ColumnLayout, value: Any) -> None:
        """Note the names in a cell."""
        defines = column.defines is not Space.NONE
        for space, name in _items(column, value):
            item = (space, key(name))
            self.mentions[item] += 1
            if defines:
                self.defined.add(item)

    def count_option(self, line: Line) -> None:
        """Note the full id of an option, and that of its investment."""
        investment, option = line.text("investment"), line.text("option")
        short = option.rpartition(".")[2]
        for name in (investment, option, f"{investment}.{short}" if short else investment):
            self.mentions[Space.MEMBER, key(name)] += 1
            self.defined.add((Space.MEMBER, key(name)))

    def split(self, column: ColumnLayout, line: Line) -> None:
        """Split the items of one cell, and say so."""
        value = line.values[column.name]
        if column.kind not in LISTS:
            self._judge_name(column, line, value)
            return
        found: list[Any] = []
        for item in value:
            (space, full_name), *_more = _items(column, (item,))
            parts = self._parts(column, item, full_name)
            if parts is None:
                found.append(_tidied(column, item))
                continue
            if column.kind is CellKind.COVERS:
                self._refuse(column, line, full_name, parts)
                found.append(_tidied(column, item))
                continue
            found += parts
            self._note_split(column, line, space, (full_name, parts))
        line.values[column.name] = tuple(found)

    def _parts(self, column: ColumnLayout, item: Any, full_name: str) -> list[Any] | None:
        """Return the items that stand in one, if it is none itself and all of them are."""
        names = pieces(full_name)
        if len(names) < 2:
            return None
        space = _items(column, (item,))[0][0]
        known = self.defined if column.space is not Space.NONE else None
        if (
            (space, key(full_name)) in known
            if known is not None
            else self.mentions[space, key(full_name)] > 1
        ):
            return None
        found = [self._part(column, item, name) for name in names]
        return None if None in found else found

    def _part(self, column: ColumnLayout, item: Any, name: str) -> Any | None:
        """Return a part of an item as an item of its own, if it is a name that there is."""
        if column.kind is not CellKind.SCOPE:
            space = _items(column, (item,))[0][0]
            tagged = space is Space.EXPOSURE and re.fullmatch(r"\w+: ?\S.*", name)
            return name if tagged or self.mentions[space, key(name)] else None
        word, colon, rest = name.partition(":")
        kinds = [kind for kind in ScopeKind if kind is not ScopeKind.ID and key(word) == str(kind)]
        tries: list[tuple[ScopeKind, str]] = [(item.kind, name), (ScopeKind.ID, name)]
        if colon and kinds:
            tries = [(kinds[0], rest.strip())]
        for kind, text in tries:
            if (SPACE_OF[kind], key(text)) in self.defined:
                return ScopeItem(kind=kind, name=text)
        return None

    def _judge_name(self, column: ColumnLayout, line: Line, value: Any) -> None:
        """Doubt an owner, a pillar or a layer that looks like several of them."""
        if column.defines not in DOUBTED | {Space.LAYER} or not isinstance(value, str):
            return
        names = pieces(value)
        alone = self.mentions[column.defines, key(value)] == 1
        if len(names) > 1 and alone and all(self.mentions[column.defines, key(n)] for n in names):
            self.findings.warn(
                line.places[column.name],
                "CB-S30",
                quoted(value),
                _("one name"),
                _("It was read as one name, though each part of it is another one."),
            )

    def _refuse(
        self, column: ColumnLayout, line: Line, full_name: str, parts: Iterable[str]
    ) -> None:
        line.faulty.add(column.name)
        self.findings.fault(
            line.places[column.name],
            "CB-S30",
            quoted(full_name),
            str(column.kind),
            _("Type {items}.").format(items="; ".join(parts)),
        )

    def _note_split(
        self,
        column: ColumnLayout,
        line: Line,
        space: Space,
        split: tuple[str, list[Any]],
    ) -> None:
        full_name, parts = split
        doubted = space in DOUBTED and (column.kind is CellKind.SCOPE or column.name == "exposures")
        shown = "; ".join(part if isinstance(part, str) else _scoped(part) for part in parts)
        self.findings.warn(
            line.places[column.name],
            "CB-S30" if doubted else "CB-S31",
            quoted(full_name),
            str(column.kind),
            _("It was read as {items}. Type a ; between them to be safe.").format(items=shown),
        )


def _scoped(item: ScopeItem) -> str:
    return item.name if item.kind is ScopeKind.ID else f"{item.kind}: {item.name}"


def _items(column: ColumnLayout, value: Any) -> list[Item]:
    """Return the names in a cell, each with what kind of thing it names."""
    space = column.space if column.space is not Space.NONE else column.defines
    match column.kind:
        case CellKind.SCOPE:
            return [(SPACE_OF[item.kind], item.name) for item in value]
        case CellKind.COVERS:
            return [(space, item.layer) for item in value]
        case CellKind.IDS | CellKind.TAGS:
            return [(space, name) for name in value]
        case _:
            return [(space, value)] if isinstance(value, str) and space is not Space.NONE else []


def _tidied(column: ColumnLayout, item: Any) -> Any:
    """Return an item with its name on one line."""
    match column.kind:
        case CellKind.SCOPE:
            return item.model_copy(update={"name": " ".join(item.name.split())})
        case CellKind.COVERS:
            return item.model_copy(update={"layer": " ".join(item.layer.split())})
        case _:
            return " ".join(item.split())
