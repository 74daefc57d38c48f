"""What is known of the rivals of a plan: the best sets of options, the least alike, and classes."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.plan import Plan
from choosebattles.case.units import Id
from choosebattles.notebook_display import Tabular, starts
from choosebattles.solving.outcome import Stop
from choosebattles.solving.tolerances import SAME, proves, size
from choosebattles.translation import _


class Class(StrEnum):
    """Whether the plans within a loss take an option."""

    MUST = "must"
    """All of them do: proved."""

    MAY = "may"
    """Some do and some do not: a plan of each kind is known."""

    NEVER = "never"
    """None of them does: proved."""

    NOT_SETTLED = "not settled"
    """Not known: the search was stopped before."""


@dataclass(frozen=True)
class Alternative:
    """A set of options with its best start years known, and what the set is worth at most.

    ``bound`` is None where nothing is proved of it.
    """

    plan: Plan
    recount: Recount
    bound: float | None

    @property
    def value(self) -> float:
        """Return what the plan is worth: the weighted sum of its indices."""
        return float(self.recount.after.value)

    @property
    def settled(self) -> bool:
        """Say whether it is proved that no start years make the set worth more."""
        return proves(self.bound, self.value, self.recount.unit)

    def ties_with(self, value: float) -> bool:
        """Say whether the plan is worth as much as another value."""
        return abs(self.value - value) <= SAME * size(value, self.recount.unit)


@dataclass(frozen=True)
class Different:
    """A plan within the loss that is unlike those before it.

    It differs from each of them in at least ``options`` options (what enters and what leaves, one
    each); no plan within the loss differs from all of them in more than ``at_most``: proved.
    """

    plan: Plan
    recount: Recount
    options: int
    at_most: int

    @property
    def value(self) -> float:
        """Return what the plan is worth: the weighted sum of its indices."""
        return float(self.recount.after.value)


@dataclass(frozen=True, repr=False)
class Alternatives(Tabular):
    """The rivals of the best plan; plans differ by their options, not by their start years.

    ``plans`` come by falling value. ``others`` is what no set of options that is not listed
    exceeds, -inf where there is none, None where nothing is proved; ``next_value`` is the
    worth of the best one known. ``least`` is the objective that a plan within the loss must
    reach; ``different`` are such plans, the first unlike the best plan, each other unlike all
    before it too; ``none_further`` says that there are no more within the loss: proved.
    ``classes`` are those of every option.
    """

    case: Case
    plans: tuple[Alternative, ...]
    count: int
    others: float | None
    next_value: float | None
    least: float | None
    loss: float
    different: tuple[Different, ...]
    none_further: bool
    classes: Mapping[Id, Class]
    gap: float
    stop: Stop
    seconds: float = field(compare=False)
    solves: int = field(compare=False)

    @property
    def proven(self) -> bool:
        """Say whether it is proved that no set left out is worth more than one listed."""
        if not self.plans or self.others is None:
            return self.stop is Stop.INFEASIBLE
        last = self.plans[-1]
        return proves(self.others, last.value, last.recount.unit)

    @property
    def summary(self) -> str:
        """Return how many plans are listed, and whether any is left out."""
        return _("{plans} best plans of {case}: {proof}; {different} plans that differ").format(
            plans=len(self.plans),
            case=self.case.name or _("a case"),
            proof=_("none left out: proved") if self.proven else _("others may be as good"),
            different=len(self.different),
        )

    @property
    def arrays(self) -> dict[str, np.ndarray]:
        """Return the plans as one array for each column: the best ones, then those that differ.

        ``kind`` (``best`` or ``different``), ``value`` in points, ``total_cost`` in millions,
        ``start.OPTION``, a year, or 0.
        """
        rows: list[Alternative | Different] = [*self.plans, *self.different]
        kinds = ["best"] * len(self.plans) + ["different"] * len(self.different)
        return {
            "kind": np.array(kinds),
            "value": np.array([plan.value for plan in rows]),
            "total_cost": np.array([float(plan.recount.total_cost) for plan in rows]),
        } | starts(self.case.options, (plan.plan for plan in rows))

    @property
    def sure(self) -> int:
        """Return how many of the plans, from the first on, are the best ones: proved."""
        beyond = math.inf if self.others is None else self.others
        sure = len(self.plans)
        for number, plan in reversed(list(enumerate(self.plans))):
            if not proves(beyond, plan.value, plan.recount.unit):
                sure = number
            beyond = max(beyond, math.inf if plan.bound is None else plan.bound)
        return sure

    @property
    def tied_next(self) -> bool:
        """Say whether a set left out is known to be worth the same as the last one listed."""
        return bool(
            self.plans and self.next_value is not None and self.plans[-1].ties_with(self.next_value)
        )

    def rank(self, number: int) -> int:
        """Return the rank of a plan, counted from 1; plans worth the same share one."""
        while number and self.plans[number - 1].ties_with(self.plans[number].value):
            number -= 1
        return number + 1

    def ids(self, kind: Class) -> tuple[Id, ...]:
        """Return the options of a class, in the order of the case."""
        return tuple(name for name, option_class in self.classes.items() if option_class is kind)
