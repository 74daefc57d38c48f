"""A question to a resolver, and its reply."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from choosebattles.case.facts import Facts
from choosebattles.case.plan import Choice
from choosebattles.case.units import Id
from choosebattles.solving.outcome import Stop
from choosebattles.solving.tolerances import size
from choosebattles.vocabulary import Linear, Row, RowName


@dataclass(frozen=True)
class SolverQuestion:
    """One of many near-equal questions.

    ``case`` is a case like the resolver's, with other numbers (None: the same); ``goal`` is what
    is maximised (None: the objective of that case). ``rows`` are asked for beside the case's own,
    of which those named in ``without`` are not asked. Of each id in ``take``, an investment or an
    option, one is taken; of those in ``leave`` none is. ``time_limit`` is the user's own, in seconds;
    ``work_limit`` is in units of work (:mod:`~choosebattles.solving.search_limits`).
    """

    case: Facts | None = None
    goal: Linear | None = None
    rows: Sequence[Row] = ()
    without: frozenset[RowName] = frozenset()
    take: frozenset[Id] = frozenset()
    leave: frozenset[Id] = frozenset()
    gap: float = 0.001
    time_limit: float | None = None
    work_limit: float | None = None
    unit: float | None = None
    """What the gap is relative to where the goal is smaller (None: the unit of the objective, and 1
    where another goal is given)."""


class AnsweredBy(StrEnum):
    """On what a reply rests."""

    KNOWN = "a known plan meets a bound that was proved before"
    PRICED = "a known plan meets what the prices of an earlier relaxation prove"
    RELAXED = "a known plan meets the bound of the relaxation"
    SEARCHED = "a search"


@dataclass(frozen=True)
class Reply:
    """A plan's choices, what it is worth, and what no plan can exceed.

    ``value`` is counted anew from the plan's columns: the plan is worth that, or more where its
    payments can be arranged better. ``bound`` is valid whatever stopped the search; None where
    nothing is proved. ``work`` is what it took, in units.
    """

    stop: Stop
    choices: tuple[Choice, ...] | None
    value: float | None
    bound: float | None
    how: AnsweredBy
    seconds: float = field(compare=False)
    unit: float = 1.0
    work: float = field(default=0.0, compare=False)

    @property
    def gap(self) -> float | None:
        """Return the gap relative to the size of the value."""
        if self.value is None or self.bound is None:
            return None
        return max(0.0, self.bound - self.value) / size(self.value, self.unit)

    @property
    def taken(self) -> frozenset[Id]:
        """Return the ids of the options taken; none where there is no plan."""
        return frozenset(choice.option for choice in self.choices or ())
