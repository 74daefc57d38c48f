"""What a number rests on, how far it may be off, and what is to be varied."""

from enum import StrEnum

from choosebattles.case.place import Fact
from choosebattles.case.units import Id, Number


class Range(Fact):
    """How low and how high a number may turn out."""

    id: Id
    quantity: str
    low: Number
    high: Number


class Source(Fact):
    """Where figures come from; ``grade`` A official, B published, C judgement, D illustrative."""

    id: Id
    text: str = ""
    link: str = ""
    year: str = ""
    grade: str = ""


class SweepAs(StrEnum):
    """Whether the steps of a sweep are values or factors."""

    VALUE = "value"
    TIMES = "times"


class SweepRow(Fact):
    """A number of the case to be varied from one value to another."""

    name: str
    parameter: str
    start: Number
    stop: Number
    steps: int
    kind: SweepAs = SweepAs.VALUE
