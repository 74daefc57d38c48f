"""What a solve came to: why it stopped, and, apart from that, what it holds."""

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

import numpy as np

from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.plan import Plan
from choosebattles.case.units import Id
from choosebattles.demand import Demand
from choosebattles.notebook_display import Tabular
from choosebattles.solving.tolerances import NO_GAIN, PROOF, ROUNDING, size
from choosebattles.translation import _


class Stop(StrEnum):
    """Why the solver stopped. Says nothing of whether it holds a plan."""

    OPTIMAL = "optimal"
    """No plan is worth more: proved."""

    GAP = "gap"
    """The plan is within the gap asked for: proved; a better one may exist within it."""

    TIME_LIMIT = "time limit"
    """The time ran out; a plan, if any, comes with a bound but no proof."""

    WORK_LIMIT = "work limit"
    """All the work allowed was done; a plan, if any, comes with a bound but no proof."""

    INTERRUPTED = "interrupted"
    """Stopped by hand; a plan, if any, comes with a bound but no proof."""

    INFEASIBLE = "infeasible"
    """No plan meets all demands: proved."""

    FAILED = "failed"
    """The solver ended without a statement about the case."""


class GoalUnit(StrEnum):
    """In what the goal of a stage is counted."""

    POINTS = "points"
    SHARE = "share"
    """A fraction of 1."""

    MONEY = "money"
    """Millions."""


@dataclass(frozen=True)
class Stage:
    """One solve of a method that takes several.

    ``goal`` says in words what was raised or lowered; ``value`` is what was reached, recounted;
    ``bound`` what no plan can exceed or, where ``least`` says that the goal was lowered, undercut;
    both are in ``unit``.
    """

    goal: str
    stop: Stop
    value: float | None
    bound: float | None
    seconds: float
    least: bool = False
    unit: GoalUnit = GoalUnit.POINTS
    one: float = 1.0
    """What a gap is relative to where the value is smaller."""

    @property
    def gap(self) -> float | None:
        """Return the relative gap."""
        if self.value is None or self.off is None:
            return None
        return self.off / size(self.value, self.one)

    def met(self, value: float, bound: float) -> float | None:
        """Return a bound of the stage; None where the value reached shows that it is none.

        A bound that differs from the value by a solver's rounding is the value.
        """
        beyond = bound - value if self.least else value - bound
        if -ROUNDING * size(value, self.one) <= beyond <= PROOF * size(value, self.one):
            return value
        return bound if beyond < 0 else None

    @property
    def off(self) -> float | None:
        """Return how far the value may be from the best, in the unit of the goal."""
        if self.value is None or self.bound is None:
            return None
        return max(0.0, self.value - self.bound if self.least else self.bound - self.value)


class TieAnswer(StrEnum):
    """Whether the plan is the only best one."""

    ONLY = "the only best plan: proved"
    ANOTHER = "another plan is worth the same"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True)
class Ties:
    """What is known of other sets of options that are worth the same."""

    answer: TieAnswer = TieAnswer.NOT_CHECKED
    instead: frozenset[Id] = frozenset()
    """Options of the other plan, where one is known."""
    stop: Stop | None = None
    """What ended the search before it could tell."""


class BindingKind(StrEnum):
    """What there could be more of."""

    SKILL = "skill"
    MONEY = "money"


@dataclass(frozen=True)
class Binding:
    """What one more person of a skill, or one more million a year of a fund, is worth.

    The gain in points of the objective lies between ``low`` and ``high``: proved. ``nothing`` is
    what no solver tells from none.
    """

    kind: BindingKind
    name: Id
    low: float
    high: float
    nothing: float = NO_GAIN
    untested: bool = False
    """Whether the user's time was over before it was tested; the ends then say nothing."""


@dataclass(frozen=True)
class Clash:
    """Demands that cannot all hold; ``minimal`` says that without any one of them they can."""

    demands: tuple[Demand, ...]
    minimal: bool = True


@dataclass(frozen=True)
class Repair:
    """Changes after which there is a plan: proved by a solve of ``case``, the case so changed.

    ``of`` names the demand that every change gives way in. ``least`` says that no smaller amounts,
    in the steps in which they are said, would be enough: proved for each while those before it
    stand as said.
    """

    changes: tuple[str, ...]
    of: tuple[Demand, ...]
    case: Case = field(repr=False, compare=False)
    least: bool = True


@dataclass(frozen=True)
class Conflict:
    """Why there is no plan, and what would make one possible.

    ``repairs`` come in the order of Priority, what gives way first before the rest; each by
    itself is enough. ``complete`` says that all was looked into.
    """

    clashes: tuple[Clash, ...]
    repairs: tuple[Repair, ...] = ()
    complete: bool = True


@dataclass(frozen=True, repr=False)
class Outcome(Tabular):
    """The answer to a case.

    ``objective`` is the recounted weighted sum of indices; ``bound`` and ``gap`` are those of
    the last stage; ``gap`` is relative. Where there is no plan, ``plan``, ``recount``,
    ``objective`` and ``gap`` are None. ``solver`` names the solver with its version.
    """

    case: Case
    stop: Stop
    proven: bool
    plan: Plan | None
    recount: Recount | None
    objective: float | None
    bound: float | None
    gap: float | None
    stages: tuple[Stage, ...]
    solver: str
    seconds: float
    ties: Ties = Ties()
    gap_asked: float = 0.001
    binding: tuple[Binding, ...] = ()
    """What was tested of what binds, if anything, and what the user's time left untested."""
    notes: tuple[str, ...] = field(default=())
    """Sentences on how the answer came about, such as what a model file replaced."""
    conflict: Conflict | None = None
    """Why there is no plan, where that is proved and was looked into."""
    work: float = field(default=0.0, compare=False)
    """Units of work that the searches of the answer did: the same on every machine."""

    @property
    def summary(self) -> str:
        """Return how the search ended, and what the plan is worth and costs."""
        end = f"{self.case.name or _('A case')}: {self._ended}"
        if self.plan is None or self.recount is None:
            return end
        lines = [
            _("{end}: objective {value}, bound {bound}").format(
                end=end, value=_number(self.objective), bound=_number(self.bound)
            ),
            _("  takes {taken} of {all} investments for {cost} million {currency}")
            .format(
                taken=len(self.plan.choices),
                all=len(self.case.investments),
                cost=_number(self.recount.total_cost),
                currency=self.case.currency,
            )
            .rstrip(),
        ]
        before, after = self.recount.before.indices, self.recount.after.indices
        lines += [f"  {name}: {_number(before[name])} -> {_number(after[name])}" for name in after]
        return "\n".join(lines)

    @property
    def _ended(self) -> str:
        match self.stop:
            case Stop.OPTIMAL if self.proven:
                return _("proved to be the best plan")
            case Stop.INFEASIBLE:
                return _("no plan meets all demands: proved")
            case Stop.OPTIMAL | Stop.GAP:
                return _("within the gap asked for; a better plan may exist within it")
            case _:
                return _("{stop}; not proved").format(stop=self.stop)

    @property
    def arrays(self) -> dict[str, np.ndarray]:
        """Return the plan as one array for each column, a row for each option taken.

        ``investment``, ``option``, ``title``, ``start`` (a year), ``build`` and ``running`` (money
        of each year, millions, summed over the years of the plan), ``cost`` (both).
        """
        choices = self.plan.choices if self.plan and self.recount else ()
        counted = self.recount

        def paid(which: str) -> np.ndarray:
            parts = getattr(counted, which) if counted else {}
            return np.array([float(sum(parts[choice.option].values())) for choice in choices])

        build, running = paid("build"), paid("run")
        return {
            "investment": np.array([choice.investment for choice in choices]),
            "option": np.array([choice.option for choice in choices]),
            "title": np.array([self.case.options[choice.option].title for choice in choices]),
            "start": np.array([choice.start for choice in choices], dtype=int),
            "build": build,
            "running": running,
            "cost": build + running,
        }


def _number(value: float | Fraction | None) -> str:
    return _("not known") if value is None else f"{float(value):,.4g}"
