"""Which changes are undone together: as few as make sense, and as a reader would."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from choosebattles.case.case import Case
from choosebattles.case.facts import Facts
from choosebattles.case.limit import ScopeItem
from choosebattles.case.numbers import Family
from choosebattles.errors import InputError
from choosebattles.explain.comparison_inputs import Differences, How, InputChange
from choosebattles.workbook.column import CellKind
from choosebattles.workbook.layout import SETTINGS_SHEET

CELLS = 12
"""Changes up to which each cell is undone by itself."""

ROWS = 30
"""Rows up to which each is undone by itself; beyond, all of a sheet are undone together."""


CALENDAR = "the years of the plan"
"""What changes of the first year, of how many there are, and of what is typed for them share."""


@dataclass(frozen=True, eq=False)
class ChangeGroup:
    """Changes that are undone together, and the later case without them.

    ``case`` is None where the case makes no sense without them, for the reason given.
    """

    changes: tuple[InputChange, ...]
    case: Case | None
    reason: str = ""


def grouped(differences: Differences) -> tuple[ChangeGroup, ...]:
    """Return all changes that a plan may depend on, in groups to be undone one at a time.

    A group is a cell, or a row that is new or gone; where there are many, all cells of a row, or
    all rows of a sheet. What makes no sense by itself, such as a rule on an investment that is
    not there, is undone with what it hangs on.
    """
    changes = [change for change in differences.changes if change.matters]
    groups = _split(changes, _cell)
    if len(groups) > CELLS:
        groups = _split(changes, _row)
    if len(groups) > ROWS:
        groups = _split(changes, _sheet)
    return tuple(_distinct_groups(differences, groups))


def _split(
    changes: Iterable[InputChange], by: Callable[[InputChange], Hashable]
) -> list[tuple[InputChange, ...]]:
    found: dict[Hashable, list[InputChange]] = {}
    for change in changes:
        found.setdefault(by(change), []).append(change)
    return [tuple(group) for group in found.values()]


def _cell(change: InputChange) -> Hashable:
    return CALENDAR if _of_the_calendar(change) else id(change)


def _row(change: InputChange) -> Hashable:
    if _of_the_calendar(change):
        return CALENDAR
    # Settings have one row of facts but a row for each value in the workbook.
    return id(change) if change.sheet == SETTINGS_SHEET.name else id(change.pair)


def _sheet(change: InputChange) -> Hashable:
    return change.sheet


def _distinct_groups(
    differences: Differences, groups: Sequence[tuple[InputChange, ...]]
) -> Iterator[ChangeGroup]:
    seen: set[frozenset[InputChange]] = set()
    for group in groups:
        found = _with_dependents(differences, group)
        if frozenset(found.changes) not in seen:
            seen.add(frozenset(found.changes))
            yield found


def _with_dependents(differences: Differences, group: tuple[InputChange, ...]) -> ChangeGroup:
    """Undo a group; where that makes no sense, with what it hangs on, and so on."""
    reason = ""
    while True:
        try:
            return ChangeGroup(group, differences.undone(group))
        except InputError as error:
            reason = reason or next((fault.message.rstrip(".") for fault in error.faults), "")
        larger = tuple(_dependents(differences, group))
        if len(larger) == len(group):
            return ChangeGroup(group, None, reason)
        group = larger


def _dependents(differences: Differences, group: tuple[InputChange, ...]) -> Iterator[InputChange]:
    """Yield a group and what hangs on it, in the order of the sheets."""
    own_changes = {id(change) for change in group}
    pairs = {id(change.pair) for change in group if change.sheet != SETTINGS_SHEET.name}
    names = {
        change.row.casefold() for change in group if change.how is not How.CHANGED and change.row
    }
    names |= {word for change in group for word in _ids_mentioned(change)}
    names |= {name.partition(".")[0] for name in names}
    for change in differences.changes:
        hangs = id(change) in own_changes or id(change.pair) in pairs
        row = change.row.casefold()
        hangs = hangs or bool(row and names & {row, row.partition(".")[0]})
        if hangs or names & {*_ids_mentioned(change)}:
            yield change


def _of_the_calendar(change: InputChange) -> bool:
    """Say whether a change is of the years of the case, or of a year that only one case has."""
    if isinstance(change.pair.fact, Facts):
        return change.path in (("first_year",), ("years",))
    family = getattr(change.column, "family", None)
    return family is Family.YEARS and (change.before is None or change.after is None)


def _ids_mentioned(change: InputChange) -> Iterator[str]:
    """Yield the ids that a change speaks of, in lower case."""
    kind = getattr(change.column, "kind", None)
    if change.how is not How.CHANGED:
        fact = change.pair.fact
        for name in ("investments", "needs", "eligible", "scope", "against", "hits"):
            yield from _ids(getattr(fact, name, ()))
        for name in ("criterion", "objective", "saving_to", "revenue_to", "layer"):
            yield from _ids(getattr(fact, name, None))
        for name in ("score", "build_staff", "run_staff", "trains"):
            yield from (word.casefold() for word, n in getattr(fact, name, {}).items() if n)
    elif kind in (CellKind.ID, CellKind.IDS, CellKind.TAGS, CellKind.SCOPE, CellKind.COVERS):
        yield from _ids(change.before)
        yield from _ids(change.after)
    if getattr(change.column, "family", None) in (Family.CRITERIA, Family.SKILLS):
        yield str(change.path[-1]).casefold()


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value.casefold()
    elif isinstance(value, ScopeItem):
        yield value.name.casefold()
    elif isinstance(value, tuple):
        for item in value:
            yield from _ids(item)
    elif hasattr(value, "layer"):
        yield value.layer.casefold()
