"""What a sheet and a column are: the vocabulary of the layout."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from choosebattles.case.bounds import NumberBounds
from choosebattles.case.numbers import NUMBERS, CaseNumber, Family, MeasuredIn, bounds_of
from choosebattles.case.place import Fact


class CellKind(StrEnum):
    """What one cell of a column holds."""

    TEXT = "text"
    ID = "an id"
    IDS = "ids, separated by ;"
    TAGS = "texts, separated by ;"
    NUMBER = "a number"
    NUMBERS = "numbers, separated by ;"
    SHARES = "percentages, separated by ;"
    MONEY = "an amount in millions"
    SHARE = "a percentage"
    NUMBER_OR_SHARE = "a number or a percentage"
    WHOLE = "a whole number"
    YEAR = "a year"
    DATE = "a date, or a text"
    CHOICE = "a word of the list"
    SCOPE = "ids, pillar: X, layer: X, owner: X or exposure: X, separated by ;"
    COVERS = "layers with a percentage, such as hosting: 40%, separated by ;"
    OWN_PLAN = "yes or a start year"
    METRIC = "a metric"

    @property
    def numeric(self) -> bool:
        """Say whether the cell holds a number."""
        return self in _NUMERIC


_NUMERIC = frozenset(
    {
        CellKind.NUMBER,
        CellKind.MONEY,
        CellKind.SHARE,
        CellKind.NUMBER_OR_SHARE,
        CellKind.WHOLE,
        CellKind.YEAR,
    }
)

LISTED = frozenset(
    {CellKind.IDS, CellKind.TAGS, CellKind.NUMBERS, CellKind.SHARES}
    | {CellKind.SCOPE, CellKind.COVERS}
)
"""Cells that hold several things, separated by semicolons."""


class Space(StrEnum):
    """A set of names: each is found without regard to case in the spelling that defines it."""

    FUND = "fund"
    INVESTMENT = "investment"
    MEMBER = "investment or option"
    CRITERION = "criterion"
    OBJECTIVE = "objective"
    SKILL = "skill"
    LAYER = "layer"
    PILLAR = "pillar"
    OWNER = "owner"
    EXPOSURE = "exposure"
    PROVIDER = "provider"
    SERVICE = "service"
    SHOCK = "shock"
    SOURCE = "source"
    NONE = ""


@dataclass(frozen=True)
class ColumnLayout:
    """One column, or one family of columns, of a sheet.

    ``name`` is the field of the fact; ``default`` says in words what a blank cell means;
    ``help`` is the sentence shown beside the cell and in the docs. In a family's header ``{}``
    stands for the year, the number, the criterion or the skill.
    """

    name: str
    header: str
    kind: CellKind
    help: str
    required: bool = False
    """Whether a row must fill it."""
    needed: bool = False
    """Whether the column must be there; a required one must be."""
    default: str = ""
    unit: str = ""
    choices: tuple[str, ...] = ()
    space: Space = Space.NONE
    """Which names the cell refers to."""
    defines: Space = Space.NONE
    """Which names the cell brings into being."""
    family: Family | None = None
    takes_all: bool = False
    """Whether the word all stands for everything, as a blank cell does."""

    def heading(self, key: str | int) -> str:
        """Return the header of one column of a family."""
        return self.header.format(key)


@dataclass(frozen=True)
class SheetLayout:
    """One sheet: which fact each of its rows states, and its columns in order."""

    name: str
    fact: type[Fact]
    help: str
    columns: tuple[ColumnLayout, ...]
    required: bool = False
    full: bool = False
    """Whether it is in the full template only."""
    first: tuple[str, ...] = ()
    """Columns that a template shows first, the others on their right; empty for all."""
    recommended: tuple[str, ...] = ()
    """Columns that should be filled though none of them must be."""
    adding: str = ""
    """How a row or a column is added, for whoever fills in a template."""
    example: Mapping[str, str | float] = field(default_factory=dict)
    """A row as it may be filled in, shown above the headings of a template, by column."""
    rows: int = 12
    """How many rows a template has ready: a blank one is printed on as few pages as it can be."""
    calculated: tuple[str, ...] = ()
    """Headings of columns that a template calculates and nobody reads."""

    def column(self, name: str) -> ColumnLayout:
        """Return a column by the name of its field."""
        return next(column for column in self.columns if column.name == name)

    def bounds(self, column: ColumnLayout) -> NumberBounds:
        """Return the least and the most that a number of the column may be."""
        return bounds_of(self.fact, column.name)


@dataclass(frozen=True)
class Setting:
    """One row of the sheet Settings: a single value of the case or of its decision model."""

    name: str
    label: str
    kind: CellKind
    help: str
    owner: type[Fact]
    required: bool = False
    default: str = ""
    choices: tuple[str, ...] = ()

    @property
    def bounds(self) -> NumberBounds:
        """Return the least and the most that the value may be."""
        return bounds_of(self.owner, self.name)


_Typed = TypeVar("_Typed", ColumnLayout, Setting)


def by_name(sheets: tuple[SheetLayout, ...]) -> Mapping[str, SheetLayout]:
    """Return sheets by their names."""
    return {sheet.name: sheet for sheet in sheets}


_KIND = {
    MeasuredIn.SHARE: CellKind.SHARE,
    MeasuredIn.SHARE_OR_NUMBER: CellKind.NUMBER_OR_SHARE,
    MeasuredIn.MILLIONS: CellKind.MONEY,
    MeasuredIn.MILLIONS_A_YEAR: CellKind.MONEY,
    MeasuredIn.YEAR: CellKind.YEAR,
    MeasuredIn.YEARS: CellKind.WHOLE,
    MeasuredIn.COUNT: CellKind.WHOLE,
}
"""What a cell holds whose number counts something; any number, where it is not listed."""

_WITHOUT_A_UNIT = frozenset(
    {MeasuredIn.SHARE, MeasuredIn.SHARE_OR_NUMBER, MeasuredIn.YEAR, MeasuredIn.COUNT}
    | {MeasuredIn.RATIO}
)
"""What counts no things that could be named beside a number."""


def with_numbers(fact: type[Fact], *others: ColumnLayout) -> tuple[ColumnLayout, ...]:
    """Return the columns of a sheet: those given, and the numbers of its fact in their places."""
    return _placed(others, [(of, _column(of)) for of in _typed(fact)])


def settings_with_numbers(owners: tuple[type[Fact], ...], *others: Setting) -> tuple[Setting, ...]:
    """Return the settings: those given, and the numbers of their owners in their places."""
    return _placed(others, [(of, _setting(of)) for owner in owners for of in _typed(owner)])


def with_examples(fact: type[Fact], others: Mapping[str, str | float]) -> Mapping[str, str | float]:
    """Return the example row of a sheet: the cells given, and those of the numbers of its fact."""
    numbers = {of.field: of.example for of in _typed(fact) if of.example is not None}
    return {**others, **numbers}


def _typed(fact: type[Fact]) -> list[CaseNumber]:
    """Return the numbers of a fact that are typed on their own, not in a list."""
    return [number for number in NUMBERS if number.fact is fact and number.heading]


def _placed(
    others: Sequence[_Typed], numbers: Sequence[tuple[CaseNumber, _Typed]]
) -> tuple[_Typed, ...]:
    found = list(others)
    before = ""
    for number, made in numbers:
        names = [other.name for other in found]
        found.insert(names.index(number.after or before) + 1, made)
        before = number.field
    return tuple(found)


def _column(number: CaseNumber) -> ColumnLayout:
    return ColumnLayout(
        number.field,
        number.heading,
        _KIND.get(number.unit, CellKind.NUMBER),
        number.help,
        required=not number.blank,
        needed=number.needed,
        default=number.blank,
        unit="" if number.unit in _WITHOUT_A_UNIT else str(number.unit),
        family=number.family,
    )


def _setting(number: CaseNumber) -> Setting:
    column = _column(number)
    return Setting(
        column.name,
        column.header,
        column.kind,
        column.help,
        number.fact,
        required=column.required,
        default=column.default,
    )
