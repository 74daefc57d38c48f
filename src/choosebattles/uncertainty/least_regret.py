r"""The plan whose worst regret over the drawn numbers is least, among all plans there are.

Of draws :math:`s` with best worth :math:`V_s`, and of the plans *x* that can be carried out as
things stand and in every draw,

.. math:: \min_x \max_s \; V_s - V_s(x)

is one program in which the starts are decided once, and payments, covers and the like in each draw
anew (Kouvelis and Yu, 1997, doi:10.1007/978-1-4757-2620-6). Few draws are ever the worst, so draws
come in one by one: the program of those so far bounds the least worst regret from below; its plan
is recounted in all draws, which bounds it from above; the draw in which it is worst, and one in
which it cannot be carried out, come in next.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from choosebattles.arguments import check_number
from choosebattles.audit.points_and_weights import ScoreScale
from choosebattles.case.case import Case
from choosebattles.formulation.arrays import Arrays, as_arrays
from choosebattles.formulation.program import Program, formulate
from choosebattles.formulation.restate import NeedsRebuild, restate
from choosebattles.formulation.start_variables import start_column
from choosebattles.solving.audited_plan import confirmed
from choosebattles.solving.highs_model import HighsModel
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop
from choosebattles.solving.tolerances import PROOF, SETTLED
from choosebattles.translation import _
from choosebattles.uncertainty.altered_case import altered
from choosebattles.uncertainty.nominal_plan import read_choices
from choosebattles.uncertainty.recount_in_each_case import Recounting
from choosebattles.uncertainty.regret import FollowedPlan, LeastRegret
from choosebattles.uncertainty.simulate import Choices, Simulation
from choosebattles.vocabulary import Linear

REGRET = "regret"
"""The column of the worst regret, in what counts as one point."""

PLAIN = frozenset({"score", "weight", "importance"})
"""Numbers that change what a plan is worth, and nothing else, where no row speaks of them."""

DEAREST = 5
"""Draws whose best plans are tried where none of the plans followed holds in all."""


@dataclass(frozen=True)
class RegretProgress:
    """How far the search is: the least worst regret lies between two numbers of points."""

    low: float
    high: float | None
    draws: int
    seconds: float


Watcher = Callable[[RegretProgress], None]
"""Whoever is told of progress."""


def least_regret(
    found: Simulation,
    time_limit: float | None = 60.0,
    *,
    watch: Watcher | None = None,
) -> Simulation:
    """Find the plan whose worst regret is least, and follow it beside the others.

    Parameters
    ----------
    found
        A simulation that is done. Draws that ran out of time, or in which no plan meets all
        demands, are not compared.
    time_limit
        Seconds after which the best plan so far is returned with what is proved; None for none.
    watch
        Told of progress after each step.

    Returns
    -------
    Simulation
        The same with ``least``, and with that plan among those followed.
    """
    check_number("time_limit", time_limit, unit=_("seconds"), none=True)
    search = _RegretSearch(found, time_limit, watch)
    try:
        search.run()
    except KeyboardInterrupt:
        search.stop = Stop.INTERRUPTED
    least = search.result()
    new = least.plan is not None and all(plan is not least.plan for plan in found.followed)
    followed = (*found.followed, least.plan) if new and least.plan else found.followed
    return replace(found, least=least, followed=followed)


@dataclass
class _RegretSearch:
    found: Simulation
    time_limit: float | None
    watch: Watcher | None
    stop: Stop = Stop.OPTIMAL
    low: float = 0.0
    impossible: bool = False
    best: FollowedPlan | None = None
    worst: tuple[float, float] = (np.inf, np.inf)
    included: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.began = time.monotonic()
        found = self.found
        self.compared = np.flatnonzero(found.sure & ~np.isnan(found.value))
        self.program = formulate(found.case)
        self.unit = ScoreScale(found.case).unit()
        self.parts = [_Part(as_arrays(self.program), "")]
        self.worths: list[tuple[Linear, str, float]] = []
        self.recounting = Recounting()
        for plan in found.followed:
            self._hold(plan)

    def result(self) -> LeastRegret:
        return LeastRegret(
            self.best,
            self.low,
            self.worst,
            len(self.compared),
            len(self.included),
            self.impossible,
            self.stop,
            self.unit,
        )

    def run(self) -> None:
        if not len(self.compared):
            return
        for plan in self.found.followed:
            self._include(*self._hard(plan.values))
        if self.best is None:
            self._look_where_it_is_dear()
        while True:
            left = None if self.time_limit is None else self.time_limit - self._seconds
            if left is not None and left <= 0:
                self.stop = Stop.TIME_LIMIT
                return
            choices = self._solve(left)
            if choices is None:
                return
            plan = self._followed(choices)
            self._hold(plan)
            if self.watch is not None:
                high = self.worst[1] if np.isfinite(self.worst[1]) else None
                self.watch(RegretProgress(self.low, high, len(self.included), self._seconds))
            if self.worst[0] - self.low <= SETTLED * self.unit:
                self.stop = Stop.OPTIMAL
                return
            if not self._include(*self._hard(plan.values)):
                # All draws that could tell more are in: what is left is rounding, or the time.
                self.stop = Stop.GAP if self.stop is Stop.OPTIMAL else self.stop
                return

    @property
    def _seconds(self) -> float:
        return time.monotonic() - self.began

    def _solve(self, left: float | None) -> Choices | None:
        """Return the plan of least worst regret over the draws that are in."""
        arrays = _joined(self.parts, self.program)
        position = {name: number for number, name in enumerate(arrays.names)}
        shared = _start_columns(self.program)
        rows = [
            _regret_row(
                1 / self.unit * goal,
                best / self.unit,
                [position[name if name in shared else name + suffix] for name in goal.terms],
                position[REGRET],
            )
            for goal, suffix, best in self.worths
        ]
        model = HighsModel(_with_rows(arrays, rows))
        costs = np.zeros(len(model.names))
        costs[position[REGRET]] = -1.0
        model.set_objective(costs, 0.0)
        ended = model.run(Options(gap=0.0, time_limit=left), start=self._start(position))
        self.stop = ended.stop
        if ended.stop is Stop.INFEASIBLE:
            self.impossible = True
            return None
        if ended.bound is not None:
            self.low = max(self.low, (-ended.bound - PROOF) * self.unit)
        if ended.values is None or ended.stop is Stop.INTERRUPTED:
            return None
        values = dict(zip(model.names, ended.values.tolist(), strict=True))
        return self.program.choices(values)

    def _start(self, position: Mapping[str, int]) -> np.ndarray | None:
        if self.best is None:
            return None
        values = np.full(len(position), np.nan)
        chosen = {start_column(choice.option, choice.start) for choice in self.best.choices}
        for starts in self.program.quantities.starts.values():
            for start in starts:
                values[position[start.column]] = float(start.column in chosen)
        return values

    def _followed(self, choices: Choices) -> FollowedPlan:
        """Recount a plan as things stand and in every draw."""
        confirmed(self.found.case, choices)
        known = next((e for e in self.found.followed if set(e.choices) == set(choices)), None)
        if known is not None:
            return known
        values = []
        for row in self.found.rows:
            case = self._case(row["number"])
            counted = self.recounting.recount_if_allowed(case, choices)
            values.append(np.nan if counted is None else counted.value)
        taken = frozenset(choice.option for choice in choices)
        share = self.found.plans[taken] / max(1, self.found.plans.total())
        return FollowedPlan(choices, share, np.array(values))

    def _look_where_it_is_dear(self) -> None:
        """Follow the best plans of the dearest draws: they are the likeliest to hold in all."""
        dear = sorted(map(int, self.compared), key=lambda place: -self._dear(place))[:DEAREST]
        cases = [self._case(self.found.rows[place]["number"]) for place in dear]
        for place in dear:
            plan = read_choices(self.found.rows[place]["plan"])
            as_it_stands = self.recounting.recount_if_allowed(self.found.case, plan)
            if as_it_stands and all(
                self.recounting.recount_if_allowed(case, plan) for case in cases
            ):
                self._hold(self._followed(plan))
                if self.best is not None:
                    return

    def _case(self, number: int) -> Case:
        return altered(self.found.case, self.found.draw(number).all(self.found.case))

    def _hold(self, plan: FollowedPlan) -> None:
        """Keep a plan, if it can be carried out in all draws and its worst regret is the least."""
        values = plan.values[self.compared]
        if (
            np.isnan(values).any()
            or self.recounting.recount_if_allowed(self.found.case, plan.choices) is None
        ):
            return
        low = max(0.0, float((self.found.value[self.compared] - values).max()))
        high = max(low, float((self.found.most[self.compared] - values).max()))
        if (high, low) < (self.worst[1], self.worst[0]):
            self.best, self.worst = plan, (low, high)

    def _hard(self, values: np.ndarray) -> list[int]:
        """Return the draws that tell most against a plan: its worst, and one that it fails in."""
        regret = self.found.value[self.compared] - values[self.compared]
        failing = self.compared[np.isnan(regret)]
        hard = (
            [] if len(failing) == len(self.compared) else [int(self.compared[np.nanargmax(regret)])]
        )
        if len(failing):
            hard.append(int(max(failing, key=lambda place: (self._dear(int(place)), -place))))
        return hard

    def _dear(self, place: int) -> float:
        """Return how dear options are in a draw."""
        numbers = self.found.draw(self.found.rows[place]["number"]).numbers.items()
        return sum(
            float(new)
            for parameter, new in numbers
            if parameter.found and parameter.found.number.with_costs
        )

    def _include(self, *places: int) -> bool:
        """Take draws into the program; False where all of them are in it already."""
        new = [fromkey for fromkey in dict.fromkeys(places) if fromkey not in self.included]
        for place in new:
            self.included.append(place)
            case = self._case(self.found.rows[place]["number"])
            best = float(self.found.value[place])
            restatement = restate(self.program, case)
            if (
                not isinstance(restatement, NeedsRebuild)
                and restatement.changed <= PLAIN
                and not restatement.sides
                and not restatement.coefficients
            ):
                self.worths.append((restatement.objective, "", best))
                continue
            program = formulate(case)
            suffix = f"@{place}"
            self.parts.append(_Part(as_arrays(program), suffix))
            self.worths.append((program.quantities.objective, suffix, best))
        return bool(new)


@dataclass(frozen=True)
class _Part:
    """The program of one draw; its columns, but for the starts, are its own."""

    arrays: Arrays
    suffix: str


@dataclass(frozen=True)
class _Made:
    """A row as numbers: columns, coefficients and the least that it may be."""

    columns: np.ndarray
    values: np.ndarray
    low: float


def _regret_row(goal: Linear, best: float, places: Sequence[int], regret: int) -> _Made:
    """Return the row that regret is at least what the best plan of a draw is worth more."""
    columns = np.array([*places, regret], dtype=np.int32)
    values = np.array([*(float(term) for term in goal.terms.values()), 1.0])
    return _Made(columns, values, best - float(goal.constant))


def _start_columns(program: Program) -> frozenset[str]:
    """Return the columns that all draws share: what starts when."""
    return frozenset(
        start.column for starts in program.quantities.starts.values() for start in starts
    )


def _joined(parts: Sequence[_Part], program: Program) -> Arrays:
    """Return programs side by side that share their starts, with a column for the regret."""
    shared = _start_columns(program)
    names: list[str] = [REGRET]
    low, high, whole = [0.0], [np.inf], [False]
    position = {REGRET: 0}
    starts, columns, values = [np.array([0])], [], []
    for part in parts:
        own = []
        for number, name in enumerate(part.arrays.names):
            full = name if name in shared else f"{name}{part.suffix}"
            if full not in position:
                position[full] = len(names)
                names.append(full)
                low.append(float(part.arrays.low[number]))
                high.append(float(part.arrays.high[number]))
                whole.append(bool(part.arrays.integer[number]))
            own.append(position[full])
        here = {names[column] for column in own}
        for starts_of_option in program.quantities.starts.values():
            for start in starts_of_option:
                if start.column not in here:
                    high[position[start.column]] = 0.0
        starts.append(part.arrays.starts[1:] + starts[-1][-1])
        columns.append(np.array(own)[part.arrays.columns])
        values.append(part.arrays.values)
    return Arrays(
        tuple(names),
        np.array(low),
        np.array(high),
        np.array(whole),
        np.concatenate([part.arrays.row_low for part in parts]),
        np.concatenate([part.arrays.row_high for part in parts]),
        np.concatenate(starts).astype(np.int32),
        np.concatenate(columns).astype(np.int32),
        np.concatenate(values),
    )


def _with_rows(arrays: Arrays, rows: Sequence[_Made]) -> Arrays:
    ends = arrays.starts[-1] + np.cumsum([len(row.columns) for row in rows], dtype=int)
    return replace(
        arrays,
        row_low=np.concatenate([arrays.row_low, [row.low for row in rows]]),
        row_high=np.concatenate([arrays.row_high, np.full(len(rows), np.inf)]),
        starts=np.concatenate([arrays.starts, ends]).astype(np.int32),
        columns=np.concatenate([arrays.columns, *(row.columns for row in rows)]).astype(np.int32),
        values=np.concatenate([arrays.values, *(row.values for row in rows)]),
    )
