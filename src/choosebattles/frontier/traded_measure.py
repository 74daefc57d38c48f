"""What is traded off: an index, the weighted objective, or the total cost."""

from dataclasses import dataclass
from fractions import Fraction

from choosebattles.audit.points_and_weights import ScoreScale
from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.units import Id
from choosebattles.errors import Fault, InputError
from choosebattles.formulation.quantities import Expressions
from choosebattles.translation import _
from choosebattles.vocabulary import THOUSANDTHS, Linear

COST = "cost"
"""How the total cost is called where measures are named."""

OBJECTIVE = "objective"
"""How the weighted sum of the indices is called."""


@dataclass(frozen=True)
class TradedMeasure:
    """One thing that is traded off; in points, or in millions where it is the cost.

    ``name`` is the id of an objective, ``objective`` or ``cost``. Indices are raised and the cost
    is lowered: whatever searches for plans raises ``raised``, which is minus the cost.
    """

    name: Id
    index: bool = False

    @property
    def is_cost(self) -> bool:
        """Say whether less is better, and millions are counted."""
        return not self.index and self.name == COST

    @property
    def sign(self) -> int:
        """Return 1 where more is better, -1 where less is."""
        return -1 if self.is_cost else 1

    def raised(self, q: Expressions) -> Linear:
        """Return what is raised, as an expression over the starts of a program."""
        if self.is_cost:
            return (-1 / THOUSANDTHS) * q.total_cost
        return q.index(self.name) if self.index else q.objective

    def one(self, case: Case) -> float:
        """Return what counts as one of it where a difference is called nothing."""
        if self.is_cost:
            return 1.0
        return ScoreScale(case).unit(self.name if self.index else None)

    def of(self, counted: Recount) -> Fraction:
        """Return what a plan has of it, as it is shown."""
        if self.is_cost:
            return counted.total_cost
        return counted.after.indices[self.name] if self.index else counted.after.value


@dataclass(frozen=True)
class Mix(TradedMeasure):
    """The weighted sum of the indices under other weights; they add up to 1."""

    weights: tuple[tuple[Id, Fraction], ...] = ()

    def raised(self, q: Expressions) -> Linear:
        """Return the weighted sum as an expression over the starts of a program."""
        return q.total(float(weight) * q.index(name) for name, weight in self.weights)

    def of(self, counted: Recount) -> Fraction:
        """Return what a plan is worth under these weights, in points."""
        worth = (weight * counted.after.indices[name] for name, weight in self.weights)
        return sum(worth, Fraction(0))


def measures(
    case: Case, names: tuple[Id | TradedMeasure, ...] | None = None
) -> tuple[TradedMeasure, ...]:
    """Return the measures of those names; the first two objectives unless said otherwise.

    Where two or three measures are given as they are, they are returned so.

    Raises
    ------
    InputError
        Where they are not two or three different things of the case.
    """
    given = tuple(measure for measure in names or () if isinstance(measure, TradedMeasure))
    if given and len(given) == len(names or ()) and len(given) in (2, 3):
        return given
    objectives = [objective.id for objective in case.model.objectives]
    wanted = tuple(objectives[:2] if names is None else map(_name, names))
    known = {name.casefold(): name for name in (COST, OBJECTIVE, *objectives)}
    found = [known.get(name.casefold()) for name in wanted]
    if len(wanted) in (2, 3) and None not in found and len({*found}) == len(wanted):
        return tuple(TradedMeasure(name, name in objectives) for name in found if name is not None)
    expected = _("two or three of: {names}").format(names=", ".join((*objectives, OBJECTIVE, COST)))
    advice = ""
    if names is None:
        expected = _("two objectives of the case")
        advice = _("Enter a second row on the sheet Objectives, or trade off against the cost.")
    raise InputError(
        [Fault("", "Objectives", "", "", "CB-R06", ", ".join(wanted), expected, advice)]
    )


def _name(measure: Id | TradedMeasure) -> Id:
    return measure.name if isinstance(measure, TradedMeasure) else measure


def default_cost_resolution(case: Case) -> float:
    """Return millions within which a frontier need not tell costs apart: 1, 2 or 5 times a ten.

    It is about a hundredth of all the money of the funds, and no more.
    """
    money = sum(float(amount) for fund in case.funds for amount in fund.amount.values()) / 100
    if money <= 0:
        return 0.0
    size = 10.0 ** (len(f"{int(money)}") - 1) if money >= 1 else 0.001
    while size * 10 <= money:
        size *= 10
    return next(times * size for times in (5, 2, 1) if times * size <= money or times == 1)
