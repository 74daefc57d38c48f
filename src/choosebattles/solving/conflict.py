"""Why no plan is possible: demands that cannot all hold, and what would make a plan possible."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, product

import numpy as np

from choosebattles.case.case import Case
from choosebattles.demand import DemandKind, Relaxable
from choosebattles.errors import InputError
from choosebattles.formulation.arrays import as_arrays
from choosebattles.formulation.program import formulate
from choosebattles.formulation.start_variables import ProgramColumn
from choosebattles.solving.demands import demands
from choosebattles.solving.highs_model import Ended, Extra, HighsModel
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Clash, Conflict, Repair, Stop
from choosebattles.solving.search_limits import Stopwatch, WorkBudget
from choosebattles.solving.tolerances import GIVING_WAY, SMALLEST_COEFFICIENT, WHOLE_STEP

WORK = 20.0
"""Units of work to look for reasons: as long as somebody waits who has read that nothing fits."""

SHARE = 0.25
"""What one solve may take of the work that is left, so that one hard question is not the last."""

CLASHES = 3
"""How many sets of demands are told: more are not read, and one is mended at a time."""

REPAIRS = 6
"""How many repairs are told."""

TRIED = 12
"""How many changes, or combinations of them, are tried."""

COMBINED = 2
"""How many combinations are told where no single change is enough."""

SLACK = "conflict[slack]"
"""The column that says by how much a demand gives way."""

POOL = 6
"""How many known plans are tried before one is searched for."""

FIRST = 10.0
"""A gap at which a search ends with the first plan that it finds."""

ROUGH = 0.01
"""How far from the least an amount may be, relative, whatever the step in which it is told."""

NEAR = 0.4
"""Of a step, how far from the least an amount may be."""

LOOKING = 0.3
"""What the search for further sets may take of the work that is left: repairs come after it."""

Members = frozenset[Relaxable]


def conflict(case: Case, options: Options, work: float = WORK) -> Conflict | None:
    """Return sets of demands that cannot all hold, and the repairs that make a plan possible.

    A set is found by leaving out demands, many at a time, as long as still no plan is possible:
    what gives way last is left out first, so that the set names what its user would change. It
    is minimal, because every demand kept was left out once, and then there was a plan. Whether
    there is one is asked of the relaxation first, then of known plans, and of a search at last.

    Parameters
    ----------
    case
        A case without a plan.
    options
        Threads and seed of the solves; the user's time limit, for all of them.
    work
        Units of work for all of it.

    Returns
    -------
    Conflict or None
        None where there is a plan after all, or nothing was learnt within the limits.
    """
    search = _ConflictSearch(case, options, work)
    everything = search.groups
    if search.possible(everything) is not False:
        return None
    first = search.smallest(everything)
    singles = [group for group in first[0] if search.possible(_without(everything, [group]))]
    found = [first, *search.others(first[0], singles)]
    search.resume()
    repairs = tuple(islice(search.repairs([frozenset([single]) for single in singles]), REPAIRS))
    if not repairs:
        repairs = search.combined([members for members, _minimal in found])
        if not repairs:
            repairs = tuple(search.repairs([search.giving_way(everything)]))
        if not any(group.kind is DemandKind.MUST for group in search.first_of_one_kind(repairs)):
            # What is decided, and not what there is, may be what can be talked about.
            last = sorted(everything, key=lambda group: group.kind is DemandKind.MUST)
            repairs += tuple(
                repair
                for repair in search.repairs([search.giving_way(last)])
                if repair.changes not in {known.changes for known in repairs}
            )
    return Conflict(
        tuple(
            Clash(
                tuple(member.demand for member in sorted(members, key=search.sentence_order)),
                minimal,
            )
            for members, minimal in found
        ),
        repairs,
        complete=search.left > 0 and not search.given_up,
    )


def clash(case: Case, options: Options, budget: WorkBudget) -> Clash | None:
    """Return one set of demands that cannot all hold, without repairs; None where none was found.

    Parameters
    ----------
    case
        A case without a plan.
    options
        Threads and seed of the solves; the user's time limit, for all of them.
    budget
        The work that all of it may do, which is added to it.
    """
    search = _ConflictSearch(case, options, budget.within(WORK))
    try:
        if search.possible(search.groups) is not False:
            return None
        members, minimal = search.smallest(search.groups)
    finally:
        budget.done += search.work
    return Clash(
        tuple(member.demand for member in sorted(members, key=search.sentence_order)), minimal
    )


def _without(groups: Sequence[Relaxable], left_out: Iterable[Relaxable]) -> list[Relaxable]:
    gone = set(left_out)
    return [group for group in groups if group not in gone]


class _ConflictSearch:
    """The program of a case in HiGHS, with some of its demands left out at a time."""

    def __init__(self, case: Case, options: Options, work: float) -> None:
        self._clock, self._work_limit = Stopwatch(options.time_limit), work
        self._confirming = 0.0
        self._options = replace(options, gap=0.0)
        self._case = case
        program, groups = demands(case, formulate(case))
        self._order = {group: number for number, group in enumerate(groups)}
        self.groups = sorted(groups, key=lambda group: group.firmness, reverse=True)
        self._program = program
        self._arrays = as_arrays(program)
        self._model = HighsModel(self._arrays)
        self._model.add_columns([ProgramColumn(SLACK, 0, None, integer=False)])
        self._relaxed = HighsModel(self._arrays, integer=False)
        self._relaxed.add_columns([ProgramColumn(SLACK, 0, None, integer=False)])
        self._integers = np.flatnonzero(self._arrays.integer)
        self._pool: list[np.ndarray] = []
        self._later: float | None = None
        self._stopped = False
        self.given_up = False
        self._slack = self._model.position[SLACK]
        self._row = {name: number for number, name in enumerate(program.rows)}
        self._possible: list[Members] = []
        self._impossible: list[Members] = []

    def sentence_order(self, group: Relaxable) -> tuple[int, int]:
        """Return what orders demands in a sentence: their kind, then where they stand."""
        return group.kind, self._order[group]

    @property
    def left(self) -> float:
        """Return the units of work that are left; 0 where the user's time is over, or after Ctrl-C."""
        if self._stopped or self._clock.over:
            return 0.0
        return max(0.0, self._work_limit - self.work)

    @property
    def work(self) -> float:
        """Return the units of work done so far."""
        return self._model.work + self._relaxed.work + self._confirming

    @property
    def _within(self) -> Options:
        """Return the limits of one solve."""
        most = max(SHARE * self.left, min(1.0, self.left))
        return replace(self._options, time_limit=self._clock.left, work_limit=most)

    def possible(self, kept: Sequence[Relaxable]) -> bool | None:
        """Say whether a plan meets the demands kept; None where that was not found out."""
        members = frozenset(kept)
        if any(known >= members for known in self._possible):
            return True
        if any(known <= members for known in self._impossible):
            return False
        found = self._solved(members)
        if found is not None:
            (self._possible if found else self._impossible).append(members)
        return found

    def _solved(self, members: Members) -> bool | None:
        self._keep(members)
        if self._relaxed_stop() is Stop.INFEASIBLE:
            return False
        if any(self._allowed(plan) for plan in reversed(self._pool[-POOL:])):
            return True
        self._model.set_extra_rows([])
        stop, values = self._run(self._aim(members), FIRST)
        if values is not None:
            self._pool.append(np.rint(values[self._integers]))
            return True
        return False if stop is Stop.INFEASIBLE else None

    def _aim(self, members: Members) -> np.ndarray:
        """Return a goal that leads to a plan: what has a least value, at its most."""
        costs = np.zeros(len(self._model.names))
        for member in members:
            if member.kind in (DemandKind.FLOOR, DemandKind.MUST_HOLD):
                for name in member.rows:
                    row = Extra.of(self._program.rows[name], self._model.position)
                    costs[row.columns] += row.values / max(
                        SMALLEST_COEFFICIENT, np.abs(row.values).max()
                    )
        return costs

    def _relaxed_stop(self) -> Stop:
        if self.left <= 0:
            return Stop.WORK_LIMIT
        return self._relaxed.run(self._within).stop

    def _allowed(self, starts: np.ndarray) -> bool:
        """Say whether the demands kept allow a known plan, with payments of its own."""
        a = self._arrays
        self._relaxed.bound_columns(self._integers, starts, starts)
        stop = self._relaxed_stop()
        self._relaxed.bound_columns(self._integers, a.low[self._integers], a.high[self._integers])
        return stop is Stop.OPTIMAL

    def smallest(self, among: Sequence[Relaxable]) -> tuple[list[Relaxable], bool]:
        """Return a minimal part of demands without a plan, and whether that is proved."""
        kept, minimal = list(among), True
        done, size = 0, max(1, len(kept) // 4)
        while done < len(kept):
            rest = kept[:done] + kept[done + size :]
            possible = self.possible(rest)
            if possible is False:
                kept, size = rest, 2 * size
            elif size > 1:
                size = max(1, min(size, len(kept) - done) // 3)
            else:
                minimal &= possible is True
                done += 1
        return kept, minimal

    def others(
        self, first: Sequence[Relaxable], singles: Sequence[Relaxable]
    ) -> Iterator[tuple[list[Relaxable], bool]]:
        """Yield other sets of demands without a plan: those that share nothing come first.

        A share of the work that is left is spent on them; only what proves minimal is told:
        a set that may hold what has no part in it says little beside one that is known.
        """
        self._later = self._work_limit
        self._work_limit = self.work + LOOKING * self.left
        known = [frozenset(first)]
        gone = list(first)
        while len(known) < CLASHES:
            rest = _without(self.groups, gone)
            if self.possible(rest) is not False:
                break
            found = self.smallest(rest)
            known.append(frozenset(found[0]))
            gone += found[0]
            if found[1]:
                yield found
        for group in _without(first, singles):
            rest = _without(self.groups, [group])
            if len(known) >= CLASHES or any(group not in one for one in known):
                continue
            if self.possible(rest) is False:
                found = self.smallest(rest)
                known.append(frozenset(found[0]))
                if found[1]:
                    yield found

    def resume(self) -> None:
        """Take up the work that was kept from the search for further sets."""
        if self._later is not None:
            self.given_up = self.left <= 0
            self._work_limit = self._later

    def giving_way(self, order: Sequence[Relaxable]) -> Members:
        """Return demands without which there is a plan, but not without fewer of them.

        Demands are taken up in an order as long as a plan is possible.
        """
        kept: list[Relaxable] = []
        done, size = 0, max(1, len(order) // 4)
        while done < len(order):
            more = order[done : done + size]
            if self.possible([*kept, *more]):
                kept += more
                done, size = done + len(more), 2 * size
            elif len(more) > 1:
                size = max(1, len(more) // 3)
            else:
                done += 1
        return frozenset(_without(order, kept))

    def combined(self, sets: Sequence[Sequence[Relaxable]]) -> tuple[Repair, ...]:
        """Return combinations, one demand of each set, that are enough together."""
        every = {frozenset(combination) for combination in product(*sets)}
        return tuple(islice(self.repairs(every), COMBINED))

    def first_of_one_kind(self, repairs: Iterable[Repair]) -> Iterator[Relaxable]:
        """Yield the first demand of each repair that is all of one kind."""
        for repair in repairs:
            groups = [group for group in self.groups if group.demand in repair.of]
            if len({group.kind for group in groups}) == 1:
                yield groups[0]

    def repairs(self, combinations: Iterable[Members]) -> Iterator[Repair]:
        """Yield the changes that make a plan possible, each confirmed by a solve.

        What holds a smaller combination that is enough is left out.
        """
        enough: list[Members] = []
        for combination in islice(sorted(combinations, key=_firmness), TRIED):
            if any(one <= combination for one in enough):
                continue
            if self.possible(_without(self.groups, combination)):
                enough.append(combination)
                if any(
                    self.possible(_without(self.groups, combination - {one})) for one in combination
                ):
                    continue
                repair = self._repair(tuple(sorted(combination, key=self.sentence_order)))
                if repair is not None:
                    yield repair

    def _repair(self, groups: tuple[Relaxable, ...]) -> Repair | None:
        """Let demands give way one after the other, each as little as it must."""
        kept = frozenset(_without(self.groups, groups))
        given: list[Extra] = []
        offs: list[float] = []
        least = True
        for group in groups:
            off = 0.0
            if group.measured:
                found = self._least(group, kept, given)
                if found is None:
                    return None
                off, proved = found
                least &= proved
                given += self._extras(group, off * (1 + GIVING_WAY) + GIVING_WAY)
            offs.append(off)
        return next(self._confirmed(groups, offs, least=least), None)

    def _confirmed(
        self, groups: tuple[Relaxable, ...], offs: Sequence[float], *, least: bool
    ) -> Iterator[Repair]:
        for changes, case in self._changes(self._case, groups, offs):
            if self.left > 0 and self._has_plan(case):
                yield Repair(changes, tuple(group.demand for group in groups), case, least)

    def _changes(
        self, case: Case, groups: Sequence[Relaxable], offs: Sequence[float]
    ) -> Iterator[tuple[tuple[str, ...], Case]]:
        if not groups:
            yield (), case
            return
        amended = groups[0].gives_way(case, offs[0])
        while True:
            try:
                change, now = next(amended)
            except (StopIteration, InputError, ValueError):
                # What the case refuses, such as an amount out of its bounds, is no repair.
                return
            for rest, changed in self._changes(now, groups[1:], offs[1:]):
                yield (change, *rest), changed

    def _least(
        self, group: Relaxable, kept: Members, given: Sequence[Extra]
    ) -> tuple[float, bool] | None:
        """Return by how much the rows of a demand must give way for a plan, and if no less does.

        The relaxation says how much it is at least, and so how exactly it need be known.
        """
        self._keep(kept)
        extras = [*given, *self._extras(group, None)]
        costs = np.zeros(len(self._model.names))
        costs[self._slack] = -1
        self._relaxed.set_extra_rows(extras)
        self._relaxed.set_objective(costs, 0.0)
        bound = self._relaxed.run(self._within).bound
        self._relaxed.set_extra_rows([])
        self._relaxed.set_objective(np.zeros(len(costs)), 0.0)
        at_least = 0.0 if bound is None else max(0.0, -bound)
        step = group.step_at(at_least)
        gap = min(ROUGH, NEAR * step / max(at_least, step))
        self._model.set_extra_rows(extras)
        ended = self._ended(costs, gap)
        if ended.values is None:
            return None
        off = float(ended.values[self._slack])
        if ended.bound is not None:
            at_least = max(at_least, -ended.bound)
        step = group.step_at(off)
        return off, math.ceil(off / step - WHOLE_STEP) <= math.ceil(at_least / step - WHOLE_STEP)

    def _extras(self, group: Relaxable, off: float | None) -> list[Extra]:
        """Return the rows of a demand, given way by an amount or by the column of slack."""
        found: list[Extra] = []
        by = 0.0 if off is None else off
        for name in group.rows:
            row = Extra.of(self._program.rows[name], self._model.position)
            for low, high, sign in ((row.low - by, np.inf, 1.0), (-np.inf, row.high + by, -1.0)):
                if np.isfinite(low) or np.isfinite(high):
                    columns, values = row.columns, row.values
                    if off is None:
                        columns = np.append(columns, np.int32(self._slack)).astype(np.int32)
                        values = np.append(values, sign)
                    found.append(Extra(low, high, columns, values))
        return found

    def _keep(self, members: Members) -> None:
        low, high = self._arrays.row_low.copy(), self._arrays.row_high.copy()
        free = [
            self._row[name] for group in self.groups if group not in members for name in group.rows
        ]
        low[free], high[free] = -np.inf, np.inf
        self._model.bound_rows(np.arange(len(low)), low, high)
        self._relaxed.bound_rows(np.arange(len(low)), low, high)

    def _has_plan(self, case: Case) -> bool:
        model = HighsModel(as_arrays(formulate(case)))
        model.set_objective(np.zeros(len(model.names)), 0.0)
        ended = model.run(self._within)
        self._confirming += model.work
        return ended.stop is Stop.OPTIMAL

    def _run(self, costs: np.ndarray, gap: float = 0.0) -> tuple[Stop, np.ndarray | None]:
        ended = self._ended(costs, gap)
        return ended.stop, ended.values

    def _ended(self, costs: np.ndarray, gap: float) -> Ended:
        if self.left <= 0:
            return Ended(Stop.WORK_LIMIT, None, None, 0.0)
        self._model.set_objective(costs, 0.0)
        ended = self._model.run(replace(self._within, gap=gap))
        if ended.stop is Stop.INTERRUPTED:
            self._stopped = True
        return ended


def _firmness(groups: Members) -> tuple[int, list[tuple[float, int]]]:
    return len(groups), sorted((group.firmness for group in groups), reverse=True)
