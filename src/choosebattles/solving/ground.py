"""One program held for many questions: three models in HiGHS, known plans, and proofs."""

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
from choosebattles.solving.loaded import Ended, Extra, Loaded
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop
from choosebattles.solving.question import Question
from choosebattles.solving.space import Prices, Proof, Space, raised
from choosebattles.terms import Linear, Row

KEPT = 60
"""Plans that are kept; the oldest go first."""

PROOFS = 200
"""Proofs that are kept; the oldest go first."""

PRICES = 30
"""Prices of relaxations that are kept; the oldest go first."""

CUTS = 40
"""Proofs that may stand as rows in the relaxation at a time; beyond, the newer half stays."""

CLOSE = 1e-7
"""How far a known plan may be off a row and still be taken as allowed; the audit takes 1e-6."""


class Ground:
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
        self.search = Standing(Loaded(self.arrays), self)
        self.relaxed = Standing(Loaded(self.arrays, whole=False), self)
        self.whole = np.flatnonzero(self.arrays.whole)
        self.proofs: list[Proof] = []
        self.prices: list[Prices] = []
        self.plans = Plans(self)
        self._cuts: list[Proof] = []
        self._takes: dict[Id, Extra] = {}
        self._originals: dict[tuple[int, int], float] = {}

    def fork(self) -> Self:
        """Return a ground with models as newly loaded, which knows what this one knows."""
        other = copy(self)
        other.__dict__.pop("fixed", None)
        other.__dict__["_cuts"] = [*self._cuts]
        added = [
            self.program.quantities.columns[name] for name in self.names[len(self.arrays.names) :]
        ]
        other.search = Standing(Loaded(self.arrays), other)
        other.relaxed = Standing(Loaded(self.arrays, whole=False), other)
        other.search.loaded.include(added)
        other.relaxed.loaded.include(added)
        other.plans = self.plans.of(other)
        return other

    @cached_property
    def fixed(self) -> "Standing":
        """Return the model for given starts, loaded when it is first wanted."""
        held = Standing(Loaded(self.arrays, whole=False), self)
        columns = self.program.quantities.columns
        held.loaded.include(columns[name] for name in self.names[len(self.arrays.names) :])
        return held

    @property
    def names(self) -> list[str]:
        """Return the names of the columns, by number."""
        return self.search.loaded.names

    @property
    def position(self) -> Mapping[str, int]:
        """Return the numbers of the columns, by name."""
        return self.search.loaded.position

    @cached_property
    def row(self) -> Mapping[str, int]:
        """Return the numbers of the program's rows, by name."""
        return {name: number for number, name in enumerate(self.program.rows)}

    @cached_property
    def base(self) -> Space:
        """Return the space of the program as it was loaded."""
        a = self.arrays
        return Space(a.low, a.high, a.row_low, a.row_high, {})

    def original(self, entry: tuple[int, int]) -> float:
        """Return a coefficient of the program as it was loaded."""
        return self._originals[entry]

    # What a question asks

    def include(self, q: Expressions, expressions: Iterable[Linear]) -> None:
        """Add the columns that goals and rows speak of and that the program does not have."""
        for each in expressions:
            for name in each.terms.keys() - self.position.keys():
                self.program.quantities.columns.setdefault(name, q.columns[name])
        new = [
            column
            for name, column in self.program.quantities.columns.items()
            if name not in self.position
        ]
        if new:
            self.search.loaded.include(new)
            self.relaxed.loaded.include(new)
            self.fixed.loaded.include(new)

    def space(self, told: Restatement | None, question: Question) -> Space:
        """Return the plans that a question allows."""
        base = self.base
        other = bool(told and (told.sides or told.coefficients))
        if not (other or question.rows or question.without or question.take or question.leave):
            return base
        row_low, row_high = base.row_low.copy(), base.row_high.copy()
        for name, sides in (told.sides if told else {}).items():
            row_low[self.row[name]], row_high[self.row[name]] = sides
        for name in question.without:
            row_low[self.row[name]], row_high[self.row[name]] = -np.inf, np.inf
        high = base.high.copy()
        for name in question.leave:
            high[[self.position[each] for each in self._starts(name)]] = 0
        extra = tuple(self._take(name) for name in sorted(question.take))
        extra += tuple(Extra.of(each, self.position) for each in question.rows)
        return Space(base.low, high, row_low, row_high, self._coefficients(told), extra)

    def _coefficients(self, told: Restatement | None) -> Mapping[tuple[int, int], float]:
        found: dict[tuple[int, int], float] = {}
        for (row, column), number in (told.coefficients if told else {}).items():
            entry = self.row[row], self.position[column]
            found[entry] = number
            if entry not in self._originals:
                terms = self.program.rows[row].demand.expression.terms
                self._originals[entry] = float(terms.get(column, 0))
        return found

    def _starts(self, name: Id) -> tuple[str, ...]:
        return tuple(self.program.quantities.take(name).terms)

    def _take(self, name: Id) -> Extra:
        if name not in self._takes:
            row = Row(f"take[{name}]", self.program.quantities.take(name) >= 1)
            self._takes[name] = Extra.of(row, self.position)
        return self._takes[name]

    # What is proved

    def learn(self, proof: Proof) -> None:
        """Keep a proof."""
        self.proofs = [*self.proofs[1 - PROOFS :], proof]

    def proved(self, space: Space, costs: np.ndarray, offset: float) -> float | None:
        """Return the least bound that past proofs give, -inf where they leave no plan."""
        bounds = [
            -np.inf if each.bound is None else each.bounds(costs, offset)
            for each in self.proofs
            if each.holds(space)
        ]
        return min((each for each in bounds if each is not None), default=None)

    def price(
        self, space: Space, costs: np.ndarray, offset: float, ended: Ended, unit: float
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
        return np.array([n for name, n in self.row.items() if name.startswith("selection[")])

    @cached_property
    def _owner(self) -> np.ndarray:
        """Return, for every column, the position of its selection row among these, or -1."""
        owner = np.full(len(self.arrays.names), -1)
        for number, row in enumerate(self._selection):
            owner[self.arrays.columns[slice(*self.arrays.starts[row : row + 2])]] = number
        return owner

    def cuts(self, space: Space) -> list[Extra]:
        """Return past proofs as rows, for the relaxation alone: they slow a search down."""
        sound = [each for each in self.proofs if each.row is not None and each.holds(space)]
        if not {id(each) for each in self._cuts} <= {id(each) for each in sound}:
            self._cuts = []
        self._cuts += [each for each in sound if each not in self._cuts]
        if len(self._cuts) > CUTS:
            self._cuts = self._cuts[-CUTS // 2 :]
        return [each.row for each in self._cuts if each.row is not None]


class Standing:
    """A model in HiGHS and the space that it stands for at the moment."""

    def __init__(self, loaded: Loaded, ground: Ground) -> None:
        self.loaded = loaded
        self._ground = ground
        self._now: Space | None = None

    def stand(
        self, space: Space, costs: np.ndarray, offset: float, rows: Sequence[Extra] = ()
    ) -> None:
        """Make the model one of a space and a goal, with further rows."""
        now = self._now or self._ground.base
        if space is not now:
            _rebound(self.loaded.bound_columns, now.low, now.high, space.low, space.high)
            _rebound(
                self.loaded.bound_rows, now.row_low, now.row_high, space.row_low, space.row_high
            )
            gone = now.coefficients.keys() - space.coefficients.keys()
            back = {e: self._ground.original(e) for e in now.coefficients if e in gone}
            new = {
                entry: number
                for entry, number in space.coefficients.items()
                if now.coefficients.get(entry) != number
            }
            self.loaded.put(back | new)
            self._now = space
        self.loaded.have([*space.extra, *rows])
        self.loaded.aim(costs, offset)

    def narrow(self, numbers: np.ndarray, low: np.ndarray, high: np.ndarray) -> None:
        """Bound columns further for one run."""
        self.loaded.bound_columns(numbers, low, high)

    def widen(self, numbers: np.ndarray) -> None:
        """Give columns back the bounds of the space."""
        now = self._now or self._ground.base
        self.loaded.bound_columns(numbers, now.low[numbers], now.high[numbers])


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
    """Known plans as values of columns; what each is worth is counted when it is asked."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._plans: dict[bytes, tuple[np.ndarray, np.ndarray]] = {}

    def __len__(self) -> int:
        return len(self._plans)

    def of(self, ground: Ground) -> "Plans":
        """Return the same plans for another ground of the same program."""
        other = Plans(ground)
        other.__dict__["_plans"] = dict(self._plans)
        return other

    def add(self, values: np.ndarray) -> None:
        """Keep a plan; of the same starts, the newer values replace the older.

        ``values`` go with what they make of the rows of the program as it was loaded.
        """
        whole = self._ground.whole
        values = values.copy()
        values[whole] = np.rint(values[whole])
        key = values[whole].astype(bool).tobytes()
        self._plans.pop(key, None)
        size = len(self._ground.arrays.names)
        self._plans[key] = values, self._ground.arrays.activity(values[:size])
        if len(self._plans) > KEPT:
            del self._plans[next(iter(self._plans))]

    def begin(self, names: Iterable[str]) -> None:
        """Keep a plan of which only the columns of its starts are known."""
        values = np.zeros(len(self._ground.names))
        for name in names:
            if name in self._ground.position:
                values[self._ground.position[name]] = 1
        self.add(values)

    def started(self) -> list[list[str]]:
        """Return the columns of the starts of every plan."""
        names, whole = self._ground.names, self._ground.whole
        return [
            [names[each] for each in whole if values[each] > 0.5]
            for values, _activity in self._plans.values()
        ]

    def best(
        self, space: Space, costs: np.ndarray, offset: float
    ) -> tuple[np.ndarray, float] | None:
        """Return the plan that the space allows and that is worth most, with its worth."""
        if not self._plans:
            return None
        values = self._values(len(costs))
        worth = np.where(self._allowed(space, values), values @ costs + offset, -np.inf)
        first = int(np.argmax(worth))
        return (values[first], float(worth[first])) if np.isfinite(worth[first]) else None

    def likely(self, costs: np.ndarray, number: int) -> list[np.ndarray]:
        """Return the plans that are worth most as their columns stand, allowed or not."""
        if not self._plans:
            return []
        values = self._values(len(costs))
        order = np.argsort(-(values @ costs), kind="stable")
        return [values[each] for each in order[:number]]

    def _values(self, length: int) -> np.ndarray:
        return np.array(
            [np.pad(values, (0, length - len(values))) for values, _ in self._plans.values()]
        )

    def _allowed(self, space: Space, values: np.ndarray) -> Any:
        size = len(space.low)
        own = values[:, :size]
        allowed = (own >= space.low - CLOSE).all(axis=1) & (own <= space.high + CLOSE).all(axis=1)
        activity = np.array([activity for _, activity in self._plans.values()])
        for (row, column), number in space.coefficients.items():
            change = number - self._ground.original((row, column))
            activity[:, row] += change * values[:, column]
        allowed &= _between(activity, space.row_low, space.row_high).all(axis=1)
        for each in space.extra:
            allowed &= _between(values[:, each.columns] @ each.values, each.low, each.high)
        return allowed


def _between(amounts: np.ndarray, low: np.ndarray | float, high: np.ndarray | float) -> Any:
    room = CLOSE + 1e-12 * np.abs(amounts)
    return np.logical_and(amounts >= low - room, amounts <= high + room)


def relax(
    ground: Ground, space: Space, costs: np.ndarray, offset: float, options: Options
) -> Ended:
    """Solve the relaxation, with what was proved before as rows where it is sound."""
    ground.relaxed.stand(space, costs, offset, ground.cuts(space))
    return ground.relaxed.loaded.run(options)


def arranged(
    ground: Ground, space: Space, costs: np.ndarray, offset: float, values: np.ndarray
) -> np.ndarray | None:
    """Return the best payments, covers and the like for the starts of a plan, if it is allowed."""
    whole = ground.whole
    starts = np.rint(values[whole])
    if (starts < space.low[whole]).any() or (starts > space.high[whole]).any():
        return None
    ground.fixed.stand(space, costs, offset)
    ground.fixed.narrow(whole, starts, starts)
    ground.fixed.loaded.forget()
    ended = ground.fixed.loaded.run(Options())
    ground.fixed.widen(whole)
    return ended.values if ended.stop is Stop.OPTIMAL else None
