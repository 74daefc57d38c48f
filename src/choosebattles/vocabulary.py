"""The words in which every demand and every measure of worth is written.

A unit (one file of ``constraints/`` or ``objectives/``) says what it says twice: once on
expressions, for the solver, and once on numbers, for the audit. Both times it uses the words
below. ``formulation/quantities.py`` answers with expressions over all starts,
``audit/ledger.py`` with exact fractions for one plan; they share no code.

Years are counted from 0 to ``years - 1``. Money is in whole thousandths of a million.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, NamedTuple, Protocol, TypeVar

from choosebattles.case.facts import Facts
from choosebattles.case.fund import Fund
from choosebattles.case.investment import Option
from choosebattles.case.numbers import READ
from choosebattles.case.place import Place
from choosebattles.case.rule import Rule
from choosebattles.case.service import Service
from choosebattles.case.shock import Shock
from choosebattles.case.units import Id

Coefficient = int | float | Fraction

TOLERANCE = Fraction(1, 10**6)
"""How far a row may be off before the audit calls it broken."""

THOUSANDTHS = 1000
"""Thousandths of a million in a million."""


class Linear:
    """A sum of constants times named columns, plus a constant: ``2 * x + 3``.

    Columns keep their place even where their coefficient is zero, so that the shape of the
    program depends on what exists and never on how large it is.
    """

    __slots__ = ("constant", "terms")

    def __init__(
        self, terms: Mapping[str, Coefficient] | None = None, constant: Coefficient = 0
    ) -> None:
        self.terms: dict[str, Coefficient] = dict(terms or {})
        self.constant: Coefficient = constant

    @classmethod
    def owning(cls, terms: dict[str, Coefficient], constant: Coefficient = 0) -> "Linear":
        """Return an expression that takes the terms as its own, without a copy."""
        made = cls.__new__(cls)
        made.terms, made.constant = terms, constant
        return made

    @classmethod
    def total(cls, parts: Iterable["Linear | Coefficient"]) -> "Linear":
        """Return the sum of the parts, made in one go."""
        terms: dict[str, Coefficient] = {}
        constant: Coefficient = 0
        for part in parts:
            if not isinstance(part, Linear):
                constant += part
                continue
            if terms.keys().isdisjoint(part.terms):
                terms |= part.terms
            else:
                for name, number in part.terms.items():
                    terms[name] = terms[name] + number if name in terms else number
            if part.constant:
                constant += part.constant
        return cls.owning(terms, constant)

    def __add__(self, other: "Linear | Coefficient") -> "Linear":
        return Linear.total((self, other))

    __radd__ = __add__

    def __neg__(self) -> "Linear":
        return -1 * self

    def __sub__(self, other: "Linear | Coefficient") -> "Linear":
        if not isinstance(other, Linear):
            return Linear(self.terms, self.constant - other)
        return Linear.total((self, -other))

    def __rsub__(self, other: Coefficient) -> "Linear":
        return Linear.total((other, -self))

    def __rmul__(self, number: Coefficient) -> "Linear":
        terms = {name: number * term for name, term in self.terms.items()}
        return Linear.owning(terms, number * self.constant)

    def __le__(self, other: "Linear | Coefficient") -> "LinearConstraint":
        return LinearConstraint(self - other, high=0)

    def __ge__(self, other: "Linear | Coefficient") -> "LinearConstraint":
        return LinearConstraint(self - other, low=0)

    def __eq__(self, other: object) -> "LinearConstraint":  # type: ignore[override]
        assert isinstance(other, Linear | int | float | Fraction)
        return LinearConstraint(self - other, low=0, high=0)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return " + ".join([*(f"{a} {n}" for n, a in self.terms.items()), str(self.constant)])


@dataclass(frozen=True, eq=False)
class LinearConstraint:
    """What is asked of an expression: at least ``low``, at most ``high`` (None: nothing)."""

    expression: Linear
    low: Coefficient | None = None
    high: Coefficient | None = None


class RowName(NamedTuple):
    """What a row is called: its unit's word, what tells its rows apart, and the year, if any."""

    unit: str
    keys: tuple[str, ...] = ()
    year: int | None = None

    def __str__(self) -> str:
        """Return it as one reads it, such as ``requires[R1,CLOUD,2027]``; nobody takes it apart."""
        inner = (*self.keys, *(() if self.year is None else (str(self.year),)))
        return f"{self.unit}[{','.join(inner)}]" if inner else self.unit


@dataclass(frozen=True, eq=False)
class Row:
    """One demand with its name and the cells it comes from."""

    name: RowName
    constraint: LinearConstraint
    asked_by: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Violation:
    """By how much a plan breaks a demand, in a sentence ready for a report."""

    name: RowName
    text: str
    amount: Fraction = Fraction(1)
    asked_by: tuple[Place, ...] = ()


SAY: Mapping[str, frozenset[str]] = {
    "take": frozenset({"timing"}),
    "starting": frozenset({"timing"}),
    "started": frozenset({"timing"}),
    "operating": frozenset({"timing"}),
    "build": frozenset({"timing", "cost", "growth"}),
    "run": frozenset({"timing", "running", "growth"}),
    "need": frozenset({"timing", "cost", "running", "growth"}),
    "later": frozenset({"timing", "cost", "growth"}),
    "income": frozenset({"timing", "running", "income", "growth", "haircut", "saving"}),
    "paid": frozenset(),
    "held": frozenset({"ceiling"}),
    "aside": frozenset(),
    "reserve": frozenset({"timing", "cost", "running", "growth", "overrun", "contingency"}),
    "staff": frozenset({"timing", "staff"}),
    "trained": frozenset({"timing", "trains", "retention"}),
    "weight": frozenset({"weight"}),
    "scored": frozenset({"timing", "score"}),
    "points": frozenset({"timing", "score", "weight", "delay"}),
    "credit": frozenset({"timing", "score", "weight", "delay", "bend"}),
    "together": frozenset({"timing", "number", "bonus", "saving"}),
    "cover": frozenset({"timing", "coverage", "severity"}),
    "continuity": frozenset(),
    "index": frozenset(
        {"timing", "score", "weight", "delay", "bend", "bonus", "dependence", "service"}
        | {"likelihood", "tail", "share", "points", "discount"}
    ),
}
"""What every word reads itself; of a word with columns of its own, what its rows read."""


def reading(*numbers: str, of: Iterable[str] = ()) -> frozenset[str]:
    """Return what a unit reads: numbers of the case by name, and all that some words read."""
    assert READ.issuperset(numbers), numbers
    return frozenset(numbers).union(*(SAY[word] for word in of))


T = TypeVar("T")


class Words(Protocol[T]):
    """The words, as expressions (``T`` is Linear) or as numbers (``T`` is Fraction).

    ``name`` is the id of an investment or of an option; an investment stands for any of its
    options. ``option`` is one option. ``year`` counts from 0.
    """

    @property
    def case(self) -> Facts:
        """The case that is spoken of."""

    @property
    def horizon(self) -> range:
        """Years 0 to H - 1."""

    @property
    def accruing(self) -> tuple[int, ...]:
        """The years that count: all, or the final one."""

    @property
    def last(self) -> int:
        """The final year, H - 1."""

    def total(self, parts: Iterable[T]) -> T:
        """The sum of the parts."""

    def take(self, name: Id) -> T:
        """1 if it is taken, at any time."""

    def starting(self, name: Id, year: int) -> T:
        """1 if it starts in the year; what is ongoing starts in no year."""

    def started(self, name: Id, year: int) -> T:
        """1 if it has started by the year; what is ongoing, since its earliest start."""

    def operating(self, name: Id, year: int) -> T:
        """1 if it operates in the year."""

    def build(self, option: Option, year: int) -> T:
        """Build cost that falls due in the year, in thousandths."""

    def run(self, option: Option, year: int) -> T:
        """Running cost in the year, in thousandths; income is none."""

    def need(self, option: Option, year: int) -> T:
        """Build plus running cost in the year, in thousandths."""

    def later(self, option: Option) -> T:
        """Build cost that falls due after the last year, in thousandths."""

    def income(self, fund: Fund, year: int) -> T:
        """Income of options and savings of synergies paid into the fund, in thousandths."""

    def paid(self, fund: Fund, year: int) -> T:
        """What the fund pays in the year, in thousandths."""

    def held(self, fund: Fund, year: int) -> T:
        """What the fund holds as contingency in the year, in thousandths."""

    def aside(self, fund: Fund, year: int) -> T:
        """What the fund sets aside in the year for the next, in thousandths."""

    def reserve(self, year: int) -> T:
        """The contingency that must be held in the year, in thousandths."""

    def staff(self, skill: Id, year: int) -> T:
        """People of the skill at work in the year, building and running."""

    def trained(self, skill: Id, year: int) -> T:
        """Trained people of the skill who can work in the year."""

    def weight(self, criterion: Id) -> Fraction:
        """The weight of a criterion within its objective; those of an objective add up to 1."""

    def scored(self, criterion: Id, option: Option) -> T:
        """Score on the criterion, as typed, if the option operates in the final year."""

    def points(self, objective: Id, layer: str, year: int) -> T:
        """Weighted scores of what operates, with delay loss, before the layer's bend."""

    def credit(self, objective: Id, layer: str, year: int) -> T:
        """The points of the layer with its bend: what is above full credit counts less."""

    def together(self, synergy: Rule, year: int) -> T:
        """1 if as many members of the synergy operate as it asks."""

    def cover(self, layer: str, shock: Shock, year: int) -> T:
        """Covered share of the layer under the shock, at most 1."""

    def continuity(self, service: Service, shock: Shock, year: int) -> T:
        """The least cover of the layers that the service needs."""

    def index(self, objective: Id) -> T:
        """The index of the objective, accrued over the years."""


class Quantities(Words[Linear], Protocol):
    """The words as expressions, with columns of one's own."""

    def column(
        self, name: str, low: float | None = 0, high: float | None = None, *, integer: bool = False
    ) -> Linear:
        """Return the column of that name, declared the first time it is asked for."""


class Ledger(Words[Fraction], Protocol):
    """The words as exact numbers of one plan."""

    def payments(self, option: Option, part: str, fund: Fund, year: int) -> Fraction:
        """What the fund pays for one part of the option in the year, in thousandths."""

    def available(self, fund: Fund, year: int) -> Fraction:
        """The fund's amount of the year, what is carried over and income, in thousandths."""

    def kept(self, shock: Shock, year: int) -> Fraction:
        """The mean continuity of the services under the shock, by their weights."""


class Measure(Protocol):
    """One measure of worth: a file of ``objectives/``.

    ``part`` says whether it is scaled with the criteria ("criteria") or stands for the
    continuity of services ("continuity"); ``reads`` names the numbers of the case that ``worth``
    and ``rows`` depend on, as ``case.numbers`` does.
    """

    reads: ClassVar[frozenset[str]]
    part: ClassVar[str]

    def worth(self, q: Quantities, objective: Id, year: int) -> Linear:
        """Return what it adds to the objective in the year, as an expression."""

    def rows(self, q: Quantities) -> Iterator[Row]:
        """Yield the rows that define the columns which ``worth`` speaks of."""

    def amount(self, ledger: Ledger, objective: Id, year: int) -> Fraction:
        """Return what it adds to the objective in the year, as a number."""
