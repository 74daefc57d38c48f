"""Rules between investments: prerequisites, exclusions, numbers of, and synergies."""

from decimal import Decimal
from enum import StrEnum

from choosebattles.case.place import Fact
from choosebattles.case.units import Id, Money, Number


class RuleKind(StrEnum):
    """What a rule demands."""

    REQUIRES_ALL = "requires all"
    REQUIRES_ANY = "requires any"
    EXCLUDES = "excludes"
    AT_MOST = "at most"
    AT_LEAST = "at least"
    EXACTLY = "exactly"
    TOGETHER = "together"
    SYNERGY = "synergy"


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
