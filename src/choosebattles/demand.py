"""A demand of the case: what its unit says of it, and how it may give way.

A unit is one file of ``constraints/``; the words that it speaks are those of ``vocabulary.py``.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from typing import ClassVar

from choosebattles.case.case import Case
from choosebattles.case.investment import Option
from choosebattles.case.number_path import replace_at
from choosebattles.case.place import Place
from choosebattles.case.rule import Rule, RuleKind
from choosebattles.case.units import Id
from choosebattles.formula_sentences import Phrase
from choosebattles.translation import _
from choosebattles.vocabulary import (
    THOUSANDTHS,
    TOLERANCE,
    Ledger,
    Quantities,
    Row,
    RowName,
    Violation,
)

ROUNDING = float(TOLERANCE)
"""What a solver may leave of a whole step: as much as the recount lets pass."""

SIGNIFICANT = 3
"""Digits in which an amount of money is told, rounded up; with no less than one decimal."""

STEPS = 2
"""How many steps an amount may be raised until a solve confirms it: solvers round."""

Change = tuple[str, Case]
"""A change of the user's cells in words, and the case with it."""

GivesWay = Callable[[Case, float], Iterator[Change]]
"""Yields the smallest changes to try, given by how much the rows of a demand are off."""


class DemandKind(IntEnum):
    """What a demand is, in the order in which a sentence names them."""

    MUST = 0
    NEVER = 1
    ONGOING = 2
    RULE = 3
    LIMIT = 4
    FLOOR = 5
    MUST_HOLD = 6
    CONTINGENCY = 7
    PEOPLE = 8
    CARRY = 9
    MONEY = 10
    PAYERS = 11


@dataclass(frozen=True)
class Demand:
    """One demand as its user would say it: the sentence, its value, where it stands."""

    what: str
    value: str = ""
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, eq=False)
class Relaxable:
    """One demand with its rows, and how it may give way.

    ``measured`` says that ``gives_way`` wants to know by how much the rows must give way, and
    ``step`` in which steps it can use that, in the unit of the rows; ``money`` that they are
    thousandths of a million, said in fewer digits where they are many.
    """

    kind: DemandKind
    demand: Demand
    rows: tuple[RowName, ...]
    gives_way: GivesWay
    measured: bool = False
    priority: int | None = None
    step: float = 1.0
    money: bool = False

    def step_at(self, off: float) -> float:
        """Return the step in which an amount of this size is said."""
        return 10.0 ** (3 - digits_of(off)) if self.money else self.step

    @property
    def firmness(self) -> tuple[float, int]:
        """Return what orders demands: what gives way first comes first."""
        return math.inf if self.priority is None else self.priority, -self.kind


class Unit(ABC):
    """All that is said of one kind of demand: a file of ``constraints/``.

    ``reads`` names the numbers of the case that its rows depend on, as ``READ`` does.
    """

    reads: ClassVar[frozenset[str]]

    @abstractmethod
    def rows(self, q: Quantities) -> Iterator[Row]:
        """Yield the rows that ask for it."""

    @abstractmethod
    def violations(self, ledger: Ledger) -> Iterator[Violation]:
        """Yield by how much a plan breaks it."""

    @abstractmethod
    def demands(self, case: Case, rows: Sequence[RowName]) -> Iterator[Relaxable]:
        """Yield what its user asks for in sentences, each with its own of the unit's rows."""

    @property
    def priority(self) -> int | None:
        """Return its Priority: 1 gives way first, None last."""
        return None

    def apart(self, row: Row, option_of: Mapping[str, Id]) -> Iterator[Row]:  # noqa: ARG002
        """Yield the rows that stand for a row where every demand has rows of its own.

        ``option_of`` has the option of every column of a start.
        """
        yield row


@dataclass(frozen=True)
class RuleUnit(Unit):
    """A rule of the sheet Rules, and what is common to all kinds of them.

    ``kinds`` has what the template's *Reads as* says, by kind; ``raises`` the directions in which
    another number would let the rule hold, if any would.
    """

    rule: Rule
    name: str
    kinds: ClassVar[Mapping[RuleKind, Phrase]]
    raises: ClassVar[tuple[int, ...]] = ()

    @abstractmethod
    def sentence(self) -> str:
        """Return the demand as its user would say it."""

    def shuts_out(self, ledger: Ledger, option: Option) -> str:  # noqa: ARG002
        """Return, as a clause, what of the rule keeps an option out of a plan whenever it starts.

        Nothing where its start year matters, or where ``violations`` say it as well.
        """
        return ""

    @property
    def priority(self) -> int | None:
        """Return the Priority of the row."""
        return self.rule.priority

    def demands(self, case: Case, rows: Sequence[RowName]) -> Iterator[Relaxable]:
        """Yield the rule: another number would let it hold, or the rule is dropped."""
        where = str(self.rule.at()) or case.name_of(self.rule)

        def gives_way(now: Case, off: float) -> Iterator[Change]:
            at = next(number for number, rule in enumerate(now.rules) if rule is self.rule)
            for sign in self.raises if self.rule.number is not None else ():
                assert self.rule.number is not None
                number = self.rule.number + sign * max(1, math.ceil(off - ROUNDING))
                if 0 < number <= len(self.rule.investments):
                    sentence = raised_or_lowered(_("number"), where, self.rule.number, number)
                    yield sentence, replace_at(now, ("rules", at, "number"), number)
            rest = (*now.rules[:at], *now.rules[at + 1 :])
            yield (
                _("drop the rule in {place}").format(place=where),
                replace_at(now, ("rules",), rest),
            )

        demand = Demand(self.sentence(), str(self.rule.kind), (self.rule.at(),))
        kind, measured = DemandKind.RULE, bool(self.raises)
        yield Relaxable(kind, demand, tuple(rows), gives_way, measured, self.rule.priority)

    def lacks(self, names: str) -> str:
        """Return the clause that an option needs what is not in the plan."""
        return _("it needs {names}, not in the plan{cell}").format(names=names, cell=self._cell)

    def bars(self, names: str) -> str:
        """Return the clause that an option may not be taken with what is in the plan."""
        text = _("{names}, in the plan, shuts it out{cell}")
        return text.format(names=names, cell=self._cell)

    @property
    def _cell(self) -> str:
        cell = str(self.rule.at())
        return f" ({cell})" if cell else ""


# Amounts


def raised_or_lowered(what: str, where: str, old: Decimal | int, new: Decimal | int) -> str:
    """Return the change of a number in a cell, in words."""
    text = (
        _("raise the {what} in {place} from {old} to {new}")
        if new > old
        else _("lower the {what} in {place} from {old} to {new}")
    )
    return text.format(
        what=what, place=where, old=shown(Decimal(old), 0), new=shown(Decimal(new), 0)
    )


def digits_of(off: float) -> int:
    """Return the decimals of millions in which so many thousandths are said."""
    if off < THOUSANDTHS:
        return 3
    return max(1, SIGNIFICANT - 1 - math.floor(math.log10(off / THOUSANDTHS)))


def steps(off: float, digits: int) -> Iterator[Decimal]:
    """Yield what is at least so much, in whole steps, and then one step more."""
    first = max(1, math.ceil(off * 10**digits - ROUNDING))
    for more in range(STEPS):
        yield Decimal(first + more).scaleb(-digits)


def steps_up(bound: Decimal, off: float, digits: int) -> Iterator[Decimal]:
    """Yield bounds that are higher by at least so much, in whole steps."""
    typed = math.floor(bound.scaleb(digits))
    first = max(typed, math.ceil((float(bound) + off) * 10**digits - ROUNDING))
    for more in range(STEPS):
        yield Decimal(first + more).scaleb(-digits)


def steps_down(bound: Decimal, off: float, digits: int) -> Iterator[Decimal]:
    """Yield bounds that are lower by at least so much, in whole steps."""
    first = math.floor((float(bound) - off) * 10**digits + ROUNDING)
    for more in range(STEPS):
        yield Decimal(first - more).scaleb(-digits)


def millions(case: Case, amount: str) -> str:
    """Return an amount of money in words."""
    unit = _("million {currency}").format(currency=case.currency) if case.currency else _("million")
    return f"{amount} {unit}"


def shown(amount: Decimal, digits: int = 1) -> str:
    """Return a number as typed, with no fewer decimals than asked for."""
    plain = amount.normalize()
    own_digits = -int(plain.as_tuple().exponent)
    return f"{plain:,.{max(digits, own_digits, 0)}f}"
