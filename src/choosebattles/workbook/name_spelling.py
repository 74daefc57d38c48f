"""Names without regard to case: each is held in the spelling of the row that defines it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from choosebattles.case.decision_model import DEFAULT_OBJECTIVES
from choosebattles.case.fund import Fund
from choosebattles.case.investment import Cover, Option
from choosebattles.case.limit import ScopeItem
from choosebattles.case.numbers import QUANTITIES, Family
from choosebattles.case.place import Fact, Place
from choosebattles.case.provider import Provider
from choosebattles.case.shock import Shock
from choosebattles.spelling import key
from choosebattles.workbook.column import CellKind, ColumnLayout, SheetLayout, Space
from choosebattles.workbook.layout import RANGES, SHEETS
from choosebattles.workbook.list_separators import SPACE_OF
from choosebattles.workbook.row_reading import Line

_SPACE_OF: Mapping[type[Fact], Space] = {
    Option: Space.MEMBER,
    Cover: Space.MEMBER,
    Shock: Space.SHOCK,
    Provider: Space.PROVIDER,
    Fund: Space.FUND,
}
"""Which names the rows go by whose numbers are drawn."""

_SPACE_OF_FAMILY = {Family.CRITERIA: Space.CRITERION, Family.SKILLS: Space.SKILL}


class CaseNames:
    """All names of a case by the kind of thing that they name."""

    def __init__(self) -> None:
        self._spelling: dict[Space, dict[str, str]] = {space: {} for space in Space}

    def add(self, space: Space, name: str) -> None:
        """Define a name; the first spelling stays."""
        if name:
            self._spelling[space].setdefault(key(name), name)

    def find(self, space: Space, name: str) -> str:
        """Return the spelling that defines a name, or the name as typed if nothing does."""
        return self._spelling[space].get(key(name), name)

    def knows(self, space: Space, name: str) -> bool:
        """Say whether a name is defined."""
        return key(name) in self._spelling[space]

    def all(self, space: Space) -> tuple[str, ...]:
        """Return all names of a kind."""
        return tuple(self._spelling[space].values())


def collect(lines: Mapping[str, tuple[Line, ...]]) -> CaseNames:
    """Return the names that the rows of all sheets define, ids of their own sheet first."""
    names = CaseNames()
    typed = {key(line.text("id")) for line in lines.get("Objectives", ())}
    for name in DEFAULT_OBJECTIVES:
        # The program knows these two by their names, however they are spelt in a workbook.
        if name in typed:
            names.add(Space.OBJECTIVE, name)
    for sheet, column in _defining():
        for line in lines.get(sheet.name, ()):
            for name in _mentioned(column, line.values.get(column.name)):
                names.add(column.defines, name)
    for line in lines.get("Investments", ()):
        investment = names.find(Space.INVESTMENT, line.text("investment"))
        if investment:
            names.add(Space.MEMBER, investment)
            names.add(Space.MEMBER, option_id(investment, line.text("option")))
    return names


def option_id(investment: str, option: str) -> str:
    """Return the full id of an option: ``CLOUD.L`` for ``L`` and for ``CLOUD.L`` itself."""
    owner, dot, short = option.rpartition(".")
    if dot and key(owner) != key(investment):
        return option
    return f"{investment}.{short}" if short else investment


def _defining() -> Iterator[tuple[SheetLayout, ColumnLayout]]:
    pairs = [(sheet, column) for sheet in SHEETS for column in sheet.columns]
    wanted = [
        (sheet, column)
        for sheet, column in pairs
        if column.defines not in {Space.NONE, Space.MEMBER}
    ]
    return iter(sorted(wanted, key=lambda pair: pair[1].name != "id"))


def _mentioned(column: ColumnLayout, value: Any) -> Iterable[str]:
    if value is None:
        return ()
    if column.kind is CellKind.COVERS:
        return (cover.layer for cover in value)
    return value if isinstance(value, tuple) else (value,)


def resolve(sheet: SheetLayout, line: Line, names: CaseNames) -> None:
    """Put every name of a row into the spelling that defines it."""
    for column in sheet.columns:
        if column.family is not None:
            _resolve_members(column, line, names)
            continue
        space = column.space if column.space is not Space.NONE else column.defines
        value = line.values.get(column.name)
        if value is None or space is Space.NONE or column.name == "option":
            continue
        line.values[column.name] = _resolved(column, space, value, names)
    if sheet is RANGES:
        _resolve_range(line, names)


def _resolve_range(line: Line, names: CaseNames) -> None:
    """Put the quantity of a range into small letters, and its names as they are defined."""
    word, colon, criterion = line.text("quantity").partition(":")
    quantity = key(word)
    if colon:
        quantity += ": " + names.find(Space.CRITERION, criterion.strip())
    line.values["quantity"] = quantity
    for space in (_SPACE_OF[number.fact] for number in QUANTITIES.get(key(word), ())):
        if names.knows(space, line.text("id")):
            line.values["id"] = names.find(space, line.text("id"))
            break


def _resolved(column: ColumnLayout, space: Space, value: Any, names: CaseNames) -> Any:
    match column.kind:
        case CellKind.SCOPE:
            return tuple(
                ScopeItem(kind=item.kind, name=names.find(SPACE_OF[item.kind], item.name))
                for item in value
            )
        case CellKind.COVERS:
            return tuple(
                Cover(layer=names.find(space, cover.layer), share=cover.share) for cover in value
            )
        case CellKind.METRIC:
            metric, criterion = value
            return metric, criterion and names.find(space, criterion)
        case CellKind.IDS | CellKind.TAGS:
            return tuple(names.find(space, name) for name in value)
        case _:
            return names.find(space, value)


def _resolve_members(column: ColumnLayout, line: Line, names: CaseNames) -> None:
    """Key a family by the defined names; members that nothing defines are left out."""
    space = _SPACE_OF_FAMILY.get(column.family) if column.family else None
    typed = line.families.get(column.name)
    if space is None:
        return
    prefix = f"{column.name}["
    for part in [part for part in line.places if part.startswith(prefix)]:
        place: Place = line.places.pop(part)
        name = part.removeprefix(prefix).removesuffix("]")
        if names.knows(space, name):
            line.places[f"{prefix}{names.find(space, name)}]"] = place
    if typed is not None:
        line.families[column.name] = {
            names.find(space, str(name)): value
            for name, value in typed.items()
            if names.knows(space, str(name))
        }
