"""Why no plan is possible: demands that cannot all hold, and what would make a plan possible."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, product

import numpy as np

from choosebattles.case.case import Case
from choosebattles.errors import InputError
from choosebattles.formulation.program import formulate
from choosebattles.formulation.quantities import Column
from choosebattles.solving.demands import Group, demands
from choosebattles.solving.loaded import Extra, Loaded, as_arrays
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Clash, Conflict, Repair, Stop

SECONDS = 20.0
"""How long to look for reasons: as long as somebody waits who has just read that nothing fits."""

SHARE = 0.25
"""What one solve may take of the time that is left, so that one hard question is not the last."""

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

LOOSER = 1e-7
"""By how much more than needed a demand gives way while another one is measured, relative."""

Members = frozenset[Group]


def conflict(case: Case, options: Options, seconds: float = SECONDS) -> Conflict | None:
    """Return sets of demands that cannot all hold, and the repairs that make a plan possible.

    A set is found by leaving out demands, many at a time, as long as still no plan is possible:
    what gives way last is left out first, so that the set names what its user would change. It
    is minimal, because every demand kept was left out once, and then there was a plan.

    Parameters
    ----------
    case
        A case without a plan.
    options
        Threads and seed of the solves.
    seconds
        Wall clock for all of it.

    Returns
    -------
    Conflict or None
        None where there is a plan after all, or nothing was learnt in the time.
    """
    search = _Search(case, options, seconds)
    everything = search.groups
    if search.possible(everything) is not False:
        return None
    first = search.smallest(everything)
    singles = [each for each in first[0] if search.possible(_without(everything, [each]))]
    found = [first, *search.others(first[0], singles)]
    repairs = tuple(islice(search.repairs([frozenset([each]) for each in singles]), REPAIRS))
    if not repairs:
        combined = {frozenset(each) for each in product(*(each for each, _minimal in found))}
        repairs = tuple(islice(search.repairs(combined), COMBINED))
    if not repairs:
        repairs = tuple(search.repairs([search.giving_way()]))
    return Conflict(
        tuple(
            Clash(tuple(each.culprit for each in sorted(members, key=_told)), minimal)
            for members, minimal in found
        ),
        repairs,
        complete=search.left > 0,
    )


def clash(case: Case, options: Options, seconds: float = SECONDS) -> Clash | None:
    """Return one set of demands that cannot all hold, without repairs; None where none was found.

    Parameters
    ----------
    case
        A case without a plan.
    options
        Threads and seed of the solves.
    seconds
        Wall clock for all of it.
    """
    search = _Search(case, options, seconds)
    if search.possible(search.groups) is not False:
        return None
    members, minimal = search.smallest(search.groups)
    return Clash(tuple(each.culprit for each in sorted(members, key=_told)), minimal)


def _told(group: Group) -> int:
    return group.kind


def _without(groups: Sequence[Group], left_out: Iterable[Group]) -> list[Group]:
    gone = set(left_out)
    return [each for each in groups if each not in gone]


class _Search:
    """The program of a case in HiGHS, with some of its demands left out at a time."""

    def __init__(self, case: Case, options: Options, seconds: float) -> None:
        self._until = time.monotonic() + seconds
        self._options = replace(options, gap=0.0)
        self._case = case
        program, groups = demands(case, formulate(case))
        self.groups = sorted(groups, key=lambda each: each.firmness, reverse=True)
        self._program = program
        self._arrays = as_arrays(program)
        self._held = Loaded(self._arrays)
        self._held.include([Column(SLACK, 0, None, whole=False)])
        self._slack = self._held.position[SLACK]
        self._row = {name: number for number, name in enumerate(program.rows)}
        self._possible: list[Members] = []
        self._impossible: list[Members] = []

    @property
    def left(self) -> float:
        """Return the seconds that are left."""
        return max(0.0, self._until - time.monotonic())

    def possible(self, kept: Sequence[Group]) -> bool | None:
        """Say whether a plan meets the demands kept; None where the time ran out."""
        members = frozenset(kept)
        if any(each >= members for each in self._possible):
            return True
        if any(each <= members for each in self._impossible):
            return False
        self._keep(members)
        self._held.have([])
        stop, _values = self._run(np.zeros(len(self._held.names)))
        if stop is Stop.OPTIMAL:
            self._possible.append(members)
            return True
        if stop is Stop.INFEASIBLE:
            self._impossible.append(members)
            return False
        return None

    def smallest(self, among: Sequence[Group]) -> tuple[list[Group], bool]:
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
        self, first: Sequence[Group], singles: Sequence[Group]
    ) -> Iterator[tuple[list[Group], bool]]:
        """Yield other sets of demands without a plan: those that share nothing come first."""
        known = [frozenset(first)]
        gone = list(first)
        while len(known) < CLASHES:
            rest = _without(self.groups, gone)
            if self.possible(rest) is not False:
                break
            found = self.smallest(rest)
            known.append(frozenset(found[0]))
            gone += found[0]
            yield found
        for each in _without(first, singles):
            rest = _without(self.groups, [each])
            if len(known) >= CLASHES or any(each not in one for one in known):
                continue
            if self.possible(rest) is False:
                found = self.smallest(rest)
                known.append(frozenset(found[0]))
                yield found

    def giving_way(self) -> Members:
        """Return demands without which there is a plan, but not without fewer of them.

        Demands are taken up as long as a plan is possible, those that give way first at last.
        """
        kept: list[Group] = []
        done, size = 0, max(1, len(self.groups) // 4)
        while done < len(self.groups):
            more = self.groups[done : done + size]
            if self.possible([*kept, *more]):
                kept += more
                done, size = done + len(more), 2 * size
            elif len(more) > 1:
                size = max(1, len(more) // 3)
            else:
                done += 1
        return frozenset(_without(self.groups, kept))

    def repairs(self, combinations: Iterable[Members]) -> Iterator[Repair]:
        """Yield the changes that make a plan possible, each confirmed by a solve.

        What holds a smaller combination that is enough is left out.
        """
        enough: list[Members] = []
        for each in islice(sorted(combinations, key=_firmness), TRIED):
            if any(one <= each for one in enough):
                continue
            if self.possible(_without(self.groups, each)):
                enough.append(each)
                if any(self.possible(_without(self.groups, each - {one})) for one in each):
                    continue
                repair = self._repair(tuple(sorted(each, key=_told)))
                if repair is not None:
                    yield repair

    def _repair(self, groups: tuple[Group, ...]) -> Repair | None:
        """Let demands give way one after the other, each as little as it must."""
        kept = frozenset(_without(self.groups, groups))
        given: list[Extra] = []
        offs: list[float] = []
        for each in groups:
            off = 0.0
            if each.measured:
                least = self._least(each, kept, given)
                if least is None:
                    return None
                off = least
                given += self._extras(each, off * (1 + LOOSER) + LOOSER)
            offs.append(off)
        return next(self._confirmed(groups, offs), None)

    def _confirmed(self, groups: tuple[Group, ...], offs: Sequence[float]) -> Iterator[Repair]:
        for changes, case in self._changes(self._case, groups, offs):
            if self.left > 0 and _has_plan(case, replace(self._options, time_limit=self._most)):
                yield Repair(changes, tuple(each.culprit for each in groups), case)

    def _changes(
        self, case: Case, groups: Sequence[Group], offs: Sequence[float]
    ) -> Iterator[tuple[tuple[str, ...], Case]]:
        if not groups:
            yield (), case
            return
        amended = groups[0].amend(case, offs[0])
        while True:
            try:
                change, now = next(amended)
            except (StopIteration, InputError, ValueError):
                # What the case refuses, such as an amount out of its bounds, is no repair.
                return
            for rest, changed in self._changes(now, groups[1:], offs[1:]):
                yield (change, *rest), changed

    def _least(self, group: Group, kept: Members, given: Sequence[Extra]) -> float | None:
        """Return by how much the rows of a demand must give way for a plan."""
        self._keep(kept)
        self._held.have([*given, *self._extras(group, None)])
        costs = np.zeros(len(self._held.names))
        costs[self._slack] = -1
        _stop, values = self._run(costs)
        return None if values is None else float(values[self._slack])

    def _extras(self, group: Group, off: float | None) -> list[Extra]:
        """Return the rows of a demand, given way by an amount or by the column of slack."""
        found: list[Extra] = []
        by = 0.0 if off is None else off
        for name in group.rows:
            row = Extra.of(self._program.rows[name], self._held.position)
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
            self._row[name] for each in self.groups if each not in members for name in each.rows
        ]
        low[free], high[free] = -np.inf, np.inf
        self._held.bound_rows(np.arange(len(low)), low, high)

    @property
    def _most(self) -> float:
        return max(SHARE * self.left, min(1.0, self.left))

    def _run(self, costs: np.ndarray) -> tuple[Stop, np.ndarray | None]:
        if self.left <= 0:
            return Stop.TIME_LIMIT, None
        self._held.aim(costs, 0.0)
        ended = self._held.run(replace(self._options, time_limit=self._most))
        if ended.stop is Stop.INTERRUPTED:
            self._until = time.monotonic()
        return ended.stop, ended.values


def _firmness(groups: Members) -> tuple[int, list[tuple[float, int]]]:
    return len(groups), sorted((each.firmness for each in groups), reverse=True)


def _has_plan(case: Case, options: Options) -> bool:
    held = Loaded(as_arrays(formulate(case)))
    held.aim(np.zeros(len(held.names)), 0.0)
    return held.run(options).stop is Stop.OPTIMAL
