"""Rules between investments: what each kind reads, and what it asks for.

A kind of rule is declared once, by a line of `RuleKind`; its unit, one file of ``constraints/``
or ``objectives/``, says the rest. Readers, checks and the template know no kinds: they go by what
is declared here.
"""

from decimal import Decimal
from enum import Enum, StrEnum
from typing import NamedTuple, Self

from choosebattles.case.place import Fact
from choosebattles.case.units import Id, Money, Number


class Use(Enum):
    """What a kind of rule makes of a cell."""

    FORBIDDEN = 0
    ALLOWED = 1
    REQUIRED = 2


FORBIDDEN, ALLOWED, REQUIRED = Use.FORBIDDEN, Use.ALLOWED, Use.REQUIRED


class Then(Enum):
    """What a rule asks of those under Needs, once enough of those under Investments are taken."""

    ALL = 0
    ANY = 1
    NONE = 2


class Bounds(Enum):
    """How a rule bounds how many of those under Investments are taken."""

    MOST = 0
    LEAST = 1
    NUMBER = 2
    ONE = 3
    """At most one, where Needs is blank."""
    ALL_OR_NONE = 4


class RuleDeclaration(NamedTuple):
    """What a kind of rule reads, and what its checks before the search may conclude from.

    ``worth`` stands for Criterion, Bonus and Saving together. A number that is allowed and blank
    means all of the list. Where a kind asks for something else than `Then` and `Bounds` say,
    neither is given, and nothing is concluded before a solve.
    """

    number: Use = FORBIDDEN
    needs: Use = FORBIDDEN
    when: Use = FORBIDDEN
    worth: Use = FORBIDDEN
    then: Then | None = None
    bounds: Bounds | None = None


class RuleKind(StrEnum):
    """What a rule demands: the word that users type, and what the kind reads."""

    declared: RuleDeclaration

    def __new__(cls, word: str, declared: RuleDeclaration) -> Self:
        """Return the word, with its declaration."""
        kind = str.__new__(cls, word)
        kind._value_ = word
        kind.declared = declared
        return kind

    REQUIRES_ALL = "requires all", RuleDeclaration(needs=REQUIRED, when=ALLOWED, then=Then.ALL)
    REQUIRES_ANY = "requires any", RuleDeclaration(needs=REQUIRED, when=ALLOWED, then=Then.ANY)
    EXCLUDES = "excludes", RuleDeclaration(needs=ALLOWED, then=Then.NONE, bounds=Bounds.ONE)
    AT_MOST = "at most", RuleDeclaration(number=REQUIRED, bounds=Bounds.MOST)
    AT_LEAST = "at least", RuleDeclaration(number=REQUIRED, bounds=Bounds.LEAST)
    EXACTLY = "exactly", RuleDeclaration(number=REQUIRED, bounds=Bounds.NUMBER)
    TOGETHER = "together", RuleDeclaration(bounds=Bounds.ALL_OR_NONE)
    IF_THEN_ALL = "if then all", RuleDeclaration(number=ALLOWED, needs=REQUIRED, then=Then.ALL)
    IF_THEN_ANY = "if then any", RuleDeclaration(number=ALLOWED, needs=REQUIRED, then=Then.ANY)
    IF_THEN_NONE = "if then none", RuleDeclaration(number=ALLOWED, needs=REQUIRED, then=Then.NONE)
    SYNERGY = "synergy", RuleDeclaration(number=ALLOWED, worth=REQUIRED)


class When(StrEnum):
    """How far a prerequisite must be when what needs it starts."""

    OPERATING = "operating"
    STARTED = "started"


class Rule(Fact):
    """A rule over investments or options; an investment stands for any of its options.

    ``number`` is how many, where the rule says how many; ``bonus`` in points of ``criterion``
    and ``saving`` in millions a year belong to a synergy.
    """

    kind: RuleKind
    investments: tuple[Id, ...]
    needs: tuple[Id, ...] = ()
    when: When = When.OPERATING
    number: int | None = None
    criterion: Id | None = None
    bonus: Number = Decimal(0)
    saving: Money = Decimal(0)
    saving_to: Id | None = None
    priority: int | None = None
    note: str = ""

    @property
    def enough(self) -> int:
        """Return how many of the list are enough: the number, all where it may be blank and is."""
        if self.kind.declared.number is FORBIDDEN:
            return 1
        return len(self.investments) if self.number is None else self.number
