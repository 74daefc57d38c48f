"""What two cases state differently, row by row and cell by cell, and any of it undone.

Rows are matched by their ids; rows without one, such as rules, by what they speak of. The order
of rows makes no difference, and neither does where they stand.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from itertools import zip_longest
from typing import Any

from pydantic import ValidationError

from choosebattles.audit.points_and_weights import ScoreScale
from choosebattles.case.case import Case
from choosebattles.case.descriptive_fields import descriptive
from choosebattles.case.evidence import Correlation, StoryRow
from choosebattles.case.facts import Facts
from choosebattles.case.investment import Investment, Option
from choosebattles.case.limit import Limit
from choosebattles.case.number_path import Path, fields, get_at, replace_at
from choosebattles.case.numbers import Family
from choosebattles.case.parameter import hold_scale
from choosebattles.case.place import Fact, Place
from choosebattles.case.rule import Rule
from choosebattles.case.units import Id
from choosebattles.errors import InputError
from choosebattles.workbook.column import ColumnLayout, Setting
from choosebattles.workbook.layout import BY_NAME, INVESTMENTS, SETTINGS_SHEET
from choosebattles.workbook.settings import SETTINGS

SHARED = ("owner", "pillar", "layer")
"""Columns of Investments that belong to the investment and not to each of its options."""


class How(StrEnum):
    """What became of a row or a cell."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, eq=False)
class Pair:
    """A row of one case and what it is in the other; None where it is not there."""

    sheet: str
    before: Fact | None
    after: Fact | None

    @property
    def fact(self) -> Fact:
        """Return the row as it is now or, where it is gone, as it was."""
        found = self.after or self.before
        assert found is not None, "a pair has a row"
        return found


@dataclass(frozen=True, eq=False)
class InputChange:
    """A row that is new or gone, or a cell of a row that is in both.

    ``column`` and ``header`` say which cell (None and empty for a whole row), ``path`` where its
    value stands in the fact of the row. Values are as the case holds them.
    """

    how: How
    pair: Pair
    path: Path = ()
    column: ColumnLayout | Setting | None = None
    header: str = ""
    before: Any = None
    after: Any = None

    @property
    def sheet(self) -> str:
        """Return the sheet."""
        return self.pair.sheet

    @property
    def row(self) -> Id:
        """Return the id of the row; empty where its rows have none, and on Settings."""
        if self.sheet == SETTINGS_SHEET.name:
            return ""
        fact = self.pair.fact
        return str(getattr(fact, "id", "") or getattr(fact, "name", ""))

    @property
    def places(self) -> tuple[Place | None, Place | None]:
        """Return where it stood and where it stands; None where it is not there."""
        return self._place(self.pair.before), self._place(self.pair.after)

    def _place(self, fact: Fact | None) -> Place | None:
        if fact is None:
            return None
        if not self.path:
            return fact.at()
        if isinstance(fact, Facts) and self.path[0] == "model":
            return fact.model.at(str(self.path[1]))
        return fact.at(_part(self.path))

    @property
    def matters(self) -> bool:
        """Say whether a plan may depend on it."""
        kind = type(self.pair.fact)
        if self.column is None:
            return not set(kind.model_fields) <= descriptive(kind)
        return self.column.name not in descriptive(kind)


@dataclass(frozen=True, eq=False)
class Differences:
    """Two cases, the later on the scale of the earlier, and all that they state differently.

    ``held`` is what ``Points for 100`` were held at, as they are in the earlier case, where one of
    the two leaves them blank: so both count in the same points.
    """

    before: Case
    after: Case
    changes: tuple[InputChange, ...]
    held: Fraction | None
    _pairs: tuple[Pair, ...]

    @classmethod
    def of(cls, before: Case, after: Case) -> "Differences":
        """Compare two cases."""
        scale = ScoreScale(before).points_for_100
        pairs = tuple(_pairs(_rows(before), _rows(after)))
        blank = before.points_for_100 is None or after.points_for_100 is None
        return cls(
            _on_scale(before, scale),
            _on_scale(after, scale),
            tuple(_changes(pairs)),
            scale if blank and scale > 0 else None,
            pairs,
        )

    def undone(self, changes: Iterable[InputChange]) -> Case:
        """Return the later case with some changes undone.

        Raises
        ------
        InputError
            Where a case without just these changes makes no sense.
        """
        # What the options of an investment share is no row of its own: it is there with them.
        rows = {id(pair): pair.fact if pair.sheet == OWNERS else pair.after for pair in self._pairs}
        for change in changes:
            pair_id = id(change.pair)
            if change.how is not How.CHANGED:
                rows[pair_id] = change.pair.before
            else:
                rows[pair_id] = _cell_restored(rows[pair_id], change)
        return self._case_of([(pair, rows[id(pair)]) for pair in self._pairs])

    def _case_of(self, rows: Sequence[tuple[Pair, Fact | None]]) -> Case:
        facts: dict[str, list[Any]] = {}
        for pair, fact in rows:
            if fact is not None:
                facts.setdefault(pair.sheet, []).append(fact)
        (settings,) = facts.pop(SETTINGS_SHEET.name)
        owners = {owner.id: owner for owner in facts.pop(OWNERS, [])}
        options = facts.pop(INVESTMENTS.name, [])
        model = settings.model.model_copy(
            update={name: tuple(facts.pop(name.title(), ())) for name in _OF_THE_MODEL}
        )
        values = fields(settings) | {name: tuple(facts.get(name.title(), ())) for name in _OF_FACTS}
        values |= {"model": model, "investments": tuple(self._investments(owners, options))}
        try:
            return _on_scale(Case.model_validate(values), self.held)
        except ValidationError as error:
            raise InputError([]) from error

    def _investments(
        self, owners: dict[Id, Investment], options: Sequence[Option]
    ) -> Iterator[Investment]:
        options_of: dict[Id, list[Option]] = {}
        for option in options:
            options_of.setdefault(self._owner[option.id], []).append(option)
        for name, own_options in options_of.items():
            yield owners[name].model_copy(update={"options": tuple(own_options)})

    @cached_property
    def _owner(self) -> dict[Id, Id]:
        return {
            option: owner.id
            for case in (self.before, self.after)
            for option, owner in case.investment_of.items()
        }


OWNERS = "Investments, shared"
"""The rows of investments as such: what their options have in common."""

_OF_THE_MODEL = ("objectives", "criteria", "limits")
_OF_FACTS = (
    *("funds", "rules", "skills", "layers", "providers", "services", "shocks"),
    *("ranges", "correlations", "sources", "sweeps", "story"),
)


def _on_scale(case: Case, scale: Fraction | None) -> Case:
    return hold_scale(case, scale) if scale else case


Rows = dict[str, list[tuple[Hashable, Fact]]]
"""The rows of a case by sheet, each with what it is known by."""


def _rows(case: Case) -> Rows:
    settings = Facts.model_validate(fields(case))
    rows: Rows = {SETTINGS_SHEET.name: [("", settings)]}
    for name in _OF_THE_MODEL:
        rows[name.title()] = [(_row_key(fact), fact) for fact in getattr(case.model, name)]
    rows[OWNERS] = [(fact.id, fact) for fact in case.investments]
    rows[INVESTMENTS.name] = [(fact.id, fact) for fact in case.options.values()]
    for name in _OF_FACTS:
        rows[name.title()] = [(_row_key(fact), fact) for fact in getattr(case, name)]
    return rows


def _row_key(fact: Any) -> Hashable:
    """Return what a row is known by."""
    match fact:
        case Rule():
            return fact.kind, frozenset(fact.investments), frozenset(fact.needs)
        case Limit():
            return fact.metric, fact.criterion, frozenset(map(str, fact.scope))
        case Correlation():
            return frozenset((fact.first.casefold(), fact.second.casefold()))
        case StoryRow():
            return fact.title.casefold()
    name = fact.id if hasattr(fact, "id") else fact.name
    return name, getattr(fact, "layer", ""), getattr(fact, "quantity", "")


def _may_be_edited(one: Fact, two: Fact) -> bool:
    """Say whether two rows that are known by different things may be one that was edited."""
    match one, two:
        case Rule(), Rule():
            return one.kind is two.kind and bool({*one.investments} & {*two.investments})
        case Limit(), Limit():
            return (one.metric, one.criterion) == (two.metric, two.criterion)
    name = getattr(one, "id", None)
    return isinstance(one, Fact) and name is not None and name == getattr(two, "id", None)


def _pairs(before: Rows, after: Rows) -> Iterator[Pair]:
    for sheet in before:
        old: list[tuple[Hashable, Fact | None]] = [*before[sheet]]
        new = after[sheet]
        found: dict[int, Fact] = {}
        for same in (_the_same, _known_alike, _edited):
            for number, (known, fact) in enumerate(new):
                if number in found:
                    continue
                for place, (other, old_fact) in enumerate(old):
                    if old_fact is not None and same(other, old_fact, known, fact):
                        found[number] = old_fact
                        old[place] = (other, None)
                        break
        for number, (_key, fact) in enumerate(new):
            yield Pair(sheet, found.get(number), fact)
        yield from (Pair(sheet, fact, None) for _name, fact in old if fact is not None)


def _the_same(one: Hashable, old: Fact, two: Hashable, new: Fact) -> bool:
    return one == two and old == new


def _known_alike(one: Hashable, _old: Fact, two: Hashable, _new: Fact) -> bool:
    return one == two


def _edited(_one: Hashable, old: Fact, _two: Hashable, new: Fact) -> bool:
    return _may_be_edited(old, new)


def _changes(pairs: Sequence[Pair]) -> Iterator[InputChange]:
    for pair in pairs:
        if pair.sheet == OWNERS:
            if pair.before and pair.after:
                shared = [column for column in INVESTMENTS.columns if column.name in SHARED]
                yield from _cells(pair, shared)
        elif pair.before is None:
            yield InputChange(How.ADDED, pair)
        elif pair.after is None:
            yield InputChange(How.REMOVED, pair)
        elif pair.sheet == SETTINGS_SHEET.name:
            yield from _settings(pair)
        else:
            yield from _cells(pair, _own_columns(pair.sheet))


def _own_columns(sheet: str) -> Iterator[ColumnLayout]:
    """Yield the columns of a sheet that the fact of a row holds."""
    for column in BY_NAME[sheet].columns:
        if sheet != INVESTMENTS.name or column.name not in ("investment", "option", *SHARED):
            yield column


def _settings(pair: Pair) -> Iterator[InputChange]:
    for setting in SETTINGS:
        path: Path = (setting.name,) if setting.owner is Facts else ("model", setting.name)
        before, after = get_at(pair.before, path), get_at(pair.after, path)
        if before != after:
            yield InputChange(How.CHANGED, pair, path, setting, setting.label, before, after)


def _cells(pair: Pair, columns: Iterable[ColumnLayout]) -> Iterator[InputChange]:
    for column in columns:
        name = column.name
        old, new = getattr(pair.before, name), getattr(pair.after, name)
        if column.family is None:
            if old != new:
                yield InputChange(How.CHANGED, pair, (name,), column, column.header, old, new)
            continue
        if column.family is Family.AFTER_START:
            old, new = dict(enumerate(old)), dict(enumerate(new))
        for key in dict.fromkeys((*old, *new)):
            if (old.get(key) or 0) != (new.get(key) or 0):
                shown = key + 1 if column.family is Family.AFTER_START else key
                yield InputChange(
                    How.CHANGED,
                    pair,
                    (name, key),
                    column,
                    column.heading(shown),
                    old.get(key),
                    new.get(key),
                )


def _cell_restored(fact: Any, change: InputChange) -> Any:
    """Return a row with one cell as it was."""
    name, *rest = change.path
    old = getattr(fact, str(name))
    if len(rest) == 1 and isinstance(old, tuple):
        restored = {rest[0]: change.before}
        costs = [
            restored.get(number, cost)
            for number, (cost, _none) in enumerate(zip_longest(old, range(int(rest[0]) + 1)))
        ]
        return replace_at(fact, (name,), tuple(cost or 0 for cost in costs))
    if len(rest) == 1 and name != "model":
        kept = {key: value for key, value in old.items() if key != rest[0]}
        if change.before is not None:
            kept[rest[0]] = change.before
        return replace_at(fact, (name,), kept)
    return replace_at(fact, change.path, change.before)


def _part(path: Path) -> str:
    """Return the name of a cell in the origin of its row."""
    name, *rest = path
    return f"{name}[{rest[0]}]" if rest else str(name)
