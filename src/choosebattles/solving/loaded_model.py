"""One program loaded for many questions: three models in HiGHS, known plans, and proofs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from functools import cached_property
from typing import Any, Self

import numpy as np

from choosebattles.case.units import Id
from choosebattles.formulation.arrays import Arrays, as_arrays
from choosebattles.formulation.program import Program
from choosebattles.formulation.quantities import Expressions
from choosebattles.formulation.restate import Restatement
from choosebattles.formulation.start_variables import ProgramColumn
from choosebattles.solving.allowed_plans import PlanSpace, Prices, Proof, raised
from choosebattles.solving.highs_model import Ended, Extra, HighsModel
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop
from choosebattles.solving.resolver_question import SolverQuestion
from choosebattles.solving.tolerances import FLOAT_SUM, KNOWN_PLAN
from choosebattles.vocabulary import Linear, Row, RowName

KEPT = 60
"""Plans that are kept; the oldest go first."""

PROOFS = 200
"""Proofs that are kept; the oldest go first."""

PRICES = 30
"""Prices of relaxations that are kept; the oldest go first."""

CUTS = 40
"""Proofs that may stand as rows in the relaxation at a time; beyond, the newer half stays."""


class LoadedModel:
    """A program as HiGHS holds it, with what was learned from the questions so far.

    ``search`` finds plans, ``relaxed`` bounds them, ``fixed`` finds the best payments, covers and
    the like for given starts.

    Parameters
    ----------
    program
        The program.
    arrays
        The same as arrays, where it is known already.
    """

    def __init__(self, program: Program, arrays: Arrays | None = None) -> None:
        self.program = program
        self.arrays = arrays or as_arrays(program)
        self.search = SpaceModel(HighsModel(self.arrays), self)
        self.relaxed = SpaceModel(HighsModel(self.arrays, integer=False), self)
        self.integers = np.flatnonzero(self.arrays.integer)
        self.proofs: list[Proof] = []
        self.prices: list[Prices] = []
        self.plans = Plans(self)
        self._cuts: list[Proof] = []
        self._takes: dict[Id, Extra] = {}
        self._added: dict[str, ProgramColumn] = {}
        self._originals: dict[tuple[int, int], float] = {}

    def fork(self) -> Self:
        """Return another with models as newly loaded, which knows what this one knows.

        Its first relaxation begins where the last one of this ended.
        """
        other = copy(self)
        other.__dict__.pop("fixed", None)
        other.__dict__ |= {"_cuts": [*self._cuts], "_added": dict(self._added)}
        other.search = SpaceModel(HighsModel(self.arrays), other)
        other.relaxed = SpaceModel(HighsModel(self.arrays, integer=False), other)
        other.search.highs.add_columns(self._added.values())
        other.relaxed.highs.add_columns(self._added.values())
        other.relaxed.highs.begin_at(self.relaxed.highs.end)
        other.plans = self.plans.of(other)
        return other

    @cached_property
    def fixed(self) -> "SpaceModel":
        """Return the model for given starts, loaded when it is first wanted."""
        model = SpaceModel(HighsModel(self.arrays, integer=False), self)
        model.highs.add_columns(self._added.values())
        return model

    @property
    def work(self) -> float:
        """Return the units of work that all runs so far have done."""
        fixed = self.__dict__.get("fixed")
        own = self.search.highs.work + self.relaxed.highs.work
        return own if fixed is None else own + float(fixed.highs.work)

    @property
    def names(self) -> list[str]:
        """Return the names of the columns, by number."""
        return self.search.highs.names

    @property
    def position(self) -> Mapping[str, int]:
        """Return the numbers of the columns, by name."""
        return self.search.highs.position

    @cached_property
    def row(self) -> Mapping[RowName, int]:
        """Return the numbers of the program's rows, by name."""
        return {name: number for number, name in enumerate(self.program.rows)}

    @cached_property
    def base(self) -> PlanSpace:
        """Return the space of the program as it was loaded."""
        a = self.arrays
        return PlanSpace(a.low, a.high, a.row_low, a.row_high, {})

    def original(self, entry: tuple[int, int]) -> float:
        """Return a coefficient of the program as it was loaded."""
        return self._originals[entry]

    # What a question asks

    def add_columns(self, q: Expressions, expressions: Iterable[Linear]) -> None:
        """Add the columns that goals and rows speak of and that the program does not have."""
        there = self.position
        new = {
            name: q.columns[name]
            for expression in expressions
            for name in expression.terms
            if name not in there
        }
        if new:
            self._added |= new
            for model in (self.search, self.relaxed, self.fixed):
                model.highs.add_columns(new.values())

    def space(self, restatement: Restatement | None, question: SolverQuestion) -> PlanSpace:
        """Return the plans that a question allows."""
        base = self.base
        other = bool(restatement and (restatement.sides or restatement.coefficients))
        if not (other or question.rows or question.without or question.take or question.leave):
            return base
        row_low, row_high = base.row_low.copy(), base.row_high.copy()
        for name, sides in (restatement.sides if restatement else {}).items():
            row_low[self.row[name]], row_high[self.row[name]] = sides
        for name in question.without:
            row_low[self.row[name]], row_high[self.row[name]] = -np.inf, np.inf
        high = base.high.copy()
        for option in question.leave:
            high[[self.position[start] for start in self._starts(option)]] = 0
        extra = tuple(self._take(option) for option in sorted(question.take))
        extra += tuple(Extra.of(row, self.position) for row in question.rows)
        return PlanSpace(base.low, high, row_low, row_high, self._coefficients(restatement), extra)

    def _coefficients(self, restatement: Restatement | None) -> Mapping[tuple[int, int], float]:
        found: dict[tuple[int, int], float] = {}
        for (row, column), number in (restatement.coefficients if restatement else {}).items():
            entry = self.row[row], self.position[column]
            found[entry] = number
            if entry not in self._originals:
                terms = self.program.rows[row].constraint.expression.terms
                self._originals[entry] = float(terms.get(column, 0))
        return found

    def _starts(self, name: Id) -> tuple[str, ...]:
        return tuple(self.program.quantities.take(name).terms)

    def _take(self, name: Id) -> Extra:
        if name not in self._takes:
            row = Row(RowName("take", (name,)), self.program.quantities.take(name) >= 1)
            self._takes[name] = Extra.of(row, self.position)
        return self._takes[name]

    # What is proved

    def add_proof(self, proof: Proof) -> None:
        """Keep a proof."""
        self.proofs = [*self.proofs[1 - PROOFS :], proof]

    def proved(self, space: PlanSpace, costs: np.ndarray, offset: float) -> float | None:
        """Return the least bound that past proofs give, -inf where they leave no plan."""
        bounds = [
            -np.inf if proof.bound is None else proof.bounds(costs, offset)
            for proof in self.proofs
            if proof.holds(space)
        ]
        return min((bound for bound in bounds if bound is not None), default=None)

    def add_prices(
        self, space: PlanSpace, costs: np.ndarray, offset: float, ended: Ended, unit: float
    ) -> None:
        """Keep the prices of a relaxation, but for those of the selection rows."""
        if ended.duals is None or ended.prices is None or ended.values is None:
            return
        if len(costs) != len(self.arrays.names) or ended.bound is None:
            return
        once = ended.prices[self._selection]
        charge = costs - ended.duals
        owned = self._owner >= 0
        charge[owned] -= once[self._owner[owned]]
        fixed = ended.bound - offset - float(ended.duals @ ended.values + once.sum())
        made = Prices(space, charge, raised(fixed, unit), self._owner)
        if (space.row_high[self._selection] <= 1).all():
            self.prices = [*self.prices[1 - PRICES :], made]

    @cached_property
    def _selection(self) -> np.ndarray:
        """Return the numbers of the rows that let an investment be taken once."""
        return np.array([n for name, n in self.row.items() if name.unit == "selection"])

    @cached_property
    def _owner(self) -> np.ndarray:
        """Return, for every column, the position of its selection row among these, or -1."""
        owner = np.full(len(self.arrays.names), -1)
        for number, row in enumerate(self._selection):
            owner[self.arrays.columns[slice(*self.arrays.starts[row : row + 2])]] = number
        return owner

    def cuts(self, space: PlanSpace) -> list[Extra]:
        """Return past proofs as rows, for the relaxation alone: they slow a search down."""
        sound = [proof for proof in self.proofs if proof.row is not None and proof.holds(space)]
        if not {id(proof) for proof in self._cuts} <= {id(proof) for proof in sound}:
            self._cuts = []
        self._cuts += [proof for proof in sound if proof not in self._cuts]
        if len(self._cuts) > CUTS:
            self._cuts = self._cuts[-CUTS // 2 :]
        return [proof.row for proof in self._cuts if proof.row is not None]


class SpaceModel:
    """A model in HiGHS and the space that it stands for at the moment."""

    def __init__(self, highs: HighsModel, loaded: LoadedModel) -> None:
        self.highs = highs
        self._loaded = loaded
        self._now: PlanSpace | None = None

    def pose(
        self, space: PlanSpace, costs: np.ndarray, offset: float, rows: Sequence[Extra] = ()
    ) -> None:
        """Make the model one of a space and a goal, with further rows."""
        now = self._now or self._loaded.base
        if space is not now:
            _rebound(self.highs.bound_columns, now.low, now.high, space.low, space.high)
            _rebound(
                self.highs.bound_rows, now.row_low, now.row_high, space.row_low, space.row_high
            )
            gone = now.coefficients.keys() - space.coefficients.keys()
            back = {e: self._loaded.original(e) for e in now.coefficients if e in gone}
            new = {
                entry: number
                for entry, number in space.coefficients.items()
                if now.coefficients.get(entry) != number
            }
            self.highs.set_coefficients(back | new)
            self._now = space
        self.highs.set_extra_rows([*space.extra, *rows])
        self.highs.set_objective(costs, offset)

    def tighten_columns(self, numbers: np.ndarray, low: np.ndarray, high: np.ndarray) -> None:
        """Bound columns further for one run."""
        self.highs.bound_columns(numbers, low, high)

    def restore_columns(self, numbers: np.ndarray) -> None:
        """Give columns back the bounds of the space."""
        now = self._now or self._loaded.base
        self.highs.bound_columns(numbers, now.low[numbers], now.high[numbers])


def _rebound(
    bound: Callable[[np.ndarray, np.ndarray, np.ndarray], None],
    low: np.ndarray,
    high: np.ndarray,
    new_low: np.ndarray,
    new_high: np.ndarray,
) -> None:
    other = np.flatnonzero((low != new_low) | (high != new_high))
    if len(other):
        bound(other, new_low[other], new_high[other])


class Plans:
    """Known plans as values of columns; what each is worth is counted when it is wanted."""

    def __init__(self, loaded: LoadedModel) -> None:
        self._loaded = loaded
        self._plans: dict[bytes, tuple[np.ndarray, np.ndarray]] = {}

    def __len__(self) -> int:
        return len(self._plans)

    def of(self, loaded: LoadedModel) -> "Plans":
        """Return the same plans for another model of the same program."""
        other = Plans(loaded)
        other.__dict__["_plans"] = dict(self._plans)
        return other

    def add(self, values: np.ndarray) -> None:
        """Keep a plan; of the same starts, the newer values replace the older.

        ``values`` go with what they make of the rows of the program as it was loaded.
        """
        integers = self._loaded.integers
        values = values.copy()
        values[integers] = np.rint(values[integers])
        key = values[integers].astype(bool).tobytes()
        self._plans.pop(key, None)
        size = len(self._loaded.arrays.names)
        self._plans[key] = values, self._loaded.arrays.activity(values[:size])
        if len(self._plans) > KEPT:
            del self._plans[next(iter(self._plans))]

    def add_starts(self, names: Iterable[str]) -> None:
        """Keep a plan of which only the columns of its starts are known."""
        self.add(self.of_starts(names))

    def of_starts(self, names: Iterable[str]) -> np.ndarray:
        """Return a plan of which only the columns of its starts are known."""
        values = np.zeros(len(self._loaded.names))
        for name in names:
            if name in self._loaded.position:
                values[self._loaded.position[name]] = 1
        return values

    def started(self) -> list[list[str]]:
        """Return the columns of the starts of every plan."""
        names, integers = self._loaded.names, self._loaded.integers
        return [
            [names[column] for column in integers if values[column] > 0.5]
            for values, _activity in self._plans.values()
        ]

    def best(
        self, space: PlanSpace, costs: np.ndarray, offset: float
    ) -> tuple[np.ndarray, float] | None:
        """Return the plan that the space allows and that is worth most, with its worth."""
        if not self._plans:
            return None
        values = self._values(len(costs))
        worth = np.where(self._allowed(space, values), values @ costs + offset, -np.inf)
        first = int(np.argmax(worth))
        return (values[first], float(worth[first])) if np.isfinite(worth[first]) else None

    def most_promising(self, costs: np.ndarray, number: int) -> list[np.ndarray]:
        """Return the plans that are worth most as their columns stand, allowed or not."""
        if not self._plans:
            return []
        values = self._values(len(costs))
        order = np.argsort(-(values @ costs), kind="stable")
        return [values[plan] for plan in order[:number]]

    def _values(self, length: int) -> np.ndarray:
        return np.array(
            [np.pad(values, (0, length - len(values))) for values, _ in self._plans.values()]
        )

    def _allowed(self, space: PlanSpace, values: np.ndarray) -> Any:
        size = len(space.low)
        own = values[:, :size]
        allowed = (own >= space.low - KNOWN_PLAN).all(axis=1) & (
            own <= space.high + KNOWN_PLAN
        ).all(axis=1)
        activity = np.array([activity for _, activity in self._plans.values()])
        for (row, column), number in space.coefficients.items():
            change = number - self._loaded.original((row, column))
            activity[:, row] += change * values[:, column]
        allowed &= _between(activity, space.row_low, space.row_high).all(axis=1)
        for further in space.extra:
            allowed &= _between(
                values[:, further.columns] @ further.values, further.low, further.high
            )
        return allowed


def _between(amounts: np.ndarray, low: np.ndarray | float, high: np.ndarray | float) -> Any:
    room = KNOWN_PLAN + FLOAT_SUM * np.abs(amounts)
    return np.logical_and(amounts >= low - room, amounts <= high + room)


def relax(
    loaded: LoadedModel, space: PlanSpace, costs: np.ndarray, offset: float, options: Options
) -> Ended:
    """Solve the relaxation, with what was proved before as rows where it is sound."""
    loaded.relaxed.pose(space, costs, offset, loaded.cuts(space))
    return loaded.relaxed.highs.run(options)


def cheapest_payments(
    loaded: LoadedModel, space: PlanSpace, costs: np.ndarray, offset: float, values: np.ndarray
) -> np.ndarray | None:
    """Return the best payments, covers and the like for the starts of a plan, if it is allowed."""
    integers = loaded.integers
    starts = np.rint(values[integers])
    if (starts < space.low[integers]).any() or (starts > space.high[integers]).any():
        return None
    loaded.fixed.pose(space, costs, offset)
    loaded.fixed.tighten_columns(integers, starts, starts)
    loaded.fixed.highs.forget()
    ended = loaded.fixed.highs.run(Options())
    loaded.fixed.restore_columns(integers)
    return ended.values if ended.stop is Stop.OPTIMAL else None
