r"""The best sets of options one after the other, near-best plans that differ most, and classes.

Each next best set is looked for among plans that differ from every set *S* found so far in at
least one option,

.. math:: \sum_{o \in S} (1 - y_o) + \sum_{o \notin S} y_o \ge 1,

so that its bound is one of every set that is not listed. One set more than asked for is looked
for: it says what all others are worth at most, and whether the last one listed has an equal.

*Within the loss* are plans with an objective of at least :math:`v - loss`, where *v* is what the
best plan found is worth. Whether all, some or none of them take an option is settled by plans
that are known and, where these agree, by one question: is there a plan within the loss that does
otherwise? Plans that differ most are found one after the other: each next one has the largest
least difference from all before it (a greedy choice, each step proved).
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from choosebattles.arguments import check_number
from choosebattles.case.case import Case
from choosebattles.case.units import Id
from choosebattles.explain.found_alternatives import Alternative, Alternatives, Class, Different
from choosebattles.explain.timed_resolver import Found, SearchStopped, TimedResolver, known
from choosebattles.solving.outcome import Stop
from choosebattles.solving.resolver_question import Reply, SolverQuestion
from choosebattles.solving.tolerances import PROOF, SAME, WHOLE_STEP, size
from choosebattles.translation import _
from choosebattles.vocabulary import Row, RowName
from choosebattles.workbook.reader import as_case

POLISH = 0.001
"""Relative gap at which the best of the most different plans may be looked for."""

LEAST_DIFFERENCE = "alternatives[least difference]"
"""The column that is no larger than the difference from each plan in question."""


@dataclass(frozen=True)
class AcceptedLoss:
    """What a plan may be worth less than the best one: a share of it, or points."""

    share: float = 0.0
    points: float = 0.0

    def of(self, value: float, unit: float = 1.0) -> float:
        """Return the loss in points; a share is one of the size of the value."""
        return self.share * size(value, unit) + self.points


@dataclass(frozen=True)
class Ranked:
    """How far the search for rivals is: plans listed, options settled, seconds."""

    plans: int
    settled: int
    options: int
    different: int
    seconds: float


Watcher = Callable[[Ranked], None]
"""Called with the progress."""


def alternatives(
    case: Case | Path | str,
    *,
    count: int = 5,
    loss: AcceptedLoss | float = 0.01,
    different: int = 3,
    gap: float = 0.0,
    time_limit: float | None = None,
    watch: Watcher | None = None,
) -> Alternatives:
    """Return the best sets of options, near-best plans that differ most, and classes of options.

    Parameters
    ----------
    case
        Facts and decision model; the method plays no part: what counts is the weighted sum of
        the indices.
    count
        How many of the best sets of options are listed, 1 or more.
    loss
        How much less than the best plan a near-best one may be worth: a fraction of it, or a
        ``AcceptedLoss`` in points.
    different
        How many near-best plans that differ most are looked for.
    gap
        Relative gap of each search for a best set, 0 for full proof.
    time_limit
        Seconds after which what is known so far is returned.
    watch
        Told of progress.

    Raises
    ------
    SolverError
        Where the solver fails.
    AuditError
        Where the independent recount does not confirm a plan.
    """
    case = as_case(case)
    check_number("count", count, 1, whole=True)
    check_number("different", different, whole=True)
    check_number("gap", gap)
    check_number("time_limit", time_limit, unit=_("seconds"), none=True)
    if not isinstance(loss, AcceptedLoss):
        check_number("loss", loss)
    allowed = loss if isinstance(loss, AcceptedLoss) else AcceptedLoss(share=loss)
    check_number("loss", allowed.share)
    check_number("loss", allowed.points, unit=_("points"))
    search = _RivalSearch(
        case, count, allowed, different, gap, TimedResolver(case, time_limit), watch
    )
    try:
        stop = search.run()
    except SearchStopped as stopped:
        stop = stopped.stop
    except KeyboardInterrupt:
        stop = Stop.INTERRUPTED
    return search.result(stop)


@dataclass
class _RivalSearch:
    """Rivals while they are being looked for."""

    case: Case
    count: int
    loss: AcceptedLoss
    different: int
    gap: float
    resolver: TimedResolver
    watch: Watcher | None
    ranked: list[Found] = field(default_factory=list)
    others: float | None = None
    most_different: list[Different] = field(default_factory=list)
    none_further: bool = False
    classes: dict[Id, Class] = field(default_factory=dict)
    taken_by_some: set[Id] = field(default_factory=set)
    left_by_some: set[Id] = field(default_factory=set)

    def run(self) -> Stop:
        """Rank, classify, and find what differs most."""
        self._rank()
        if not self.ranked:
            return Stop.INFEASIBLE
        self._classify()
        self._find_most_different()
        self.resolver.end()
        listed = self.result(Stop.GAP)
        return Stop.OPTIMAL if listed.proven and all(p.settled for p in listed.plans) else Stop.GAP

    def result(self, stop: Stop) -> Alternatives:
        """Return what is known."""
        ranked = sorted(self.ranked, key=lambda found: -found.value)
        for found in ranked:
            self._add_witness(found)
        beyond = ranked[self.count :]
        others = self.others
        if others is not None:
            others = max([others, *(known(found.bound) for found in beyond)])
        return Alternatives(
            self.case,
            tuple(Alternative(p.plan, p.recount, p.bound) for p in ranked[: self.count]),
            self.count,
            None if others == math.inf else others,
            max((found.value for found in beyond), default=None),
            self._least if ranked else None,
            self.loss.of(ranked[0].value, ranked[0].recount.unit) if ranked else 0.0,
            tuple(self.most_different),
            self.none_further,
            {name: self._class(name) for name in self.case.options} if ranked else {},
            self.gap,
            stop,
            self.resolver.seconds,
            self.resolver.solves,
        )

    # The best sets

    def _rank(self) -> None:
        """Find one set more than asked for, best first; what is left over bounds all others."""
        rows: list[Row] = []
        while len(self.ranked) <= self.count:
            reply = self.resolver.ask(SolverQuestion(rows=tuple(rows), gap=self.gap))
            if reply.stop is Stop.INFEASIBLE:
                self.others = -math.inf
                return
            self.others = min(known(self.others), known(reply.bound))
            found = self.resolver.found(reply)
            if found is None:
                continue  # stopped: the next question says so
            differs = self.resolver.differences(found.taken) >= 1
            rows.append(Row(RowName("alternatives", (str(len(rows)),)), differs))
            self.ranked.append(found)
            self._report_progress()
            if len(self.ranked) <= self.count:
                self.ranked[-1] = self.resolver.best_starts(found, at=self.gap)

    # Within the loss

    @property
    def _best(self) -> Found:
        return max(self.ranked, key=lambda found: found.value)

    @property
    def _least(self) -> float:
        return self._best.value - self.loss.of(self._best.value, self._best.recount.unit)

    def _within_loss(self) -> Row:
        least = self._least - SAME * self._best.size
        return Row(RowName("alternatives", ("loss",)), self.resolver.q.objective >= least)

    def _add_witness(self, found: Found) -> bool:
        """Take a plan as a witness of what plans within the loss do, if it is one."""
        if found.value < self._least - 2 * SAME * self._best.size:
            return False
        self.taken_by_some |= found.taken
        self.left_by_some |= self.case.options.keys() - found.taken
        return True

    def _class(self, name: Id) -> Class:
        if name in self.taken_by_some and name in self.left_by_some:
            return Class.MAY
        return self.classes.get(name, Class.NOT_SETTLED)

    def _classify(self) -> None:
        """Settle every option: first by plans that are known, then by a question for each."""
        for plan in self.ranked:
            self._add_witness(plan)
        within = self._within_loss()
        loss = self.loss.of(self._best.value, self._best.recount.unit)
        gap = self.gap + loss / self._best.size
        for name in self.case.options:
            if self._class(name) is not Class.NOT_SETTLED:
                continue
            taken = name in self._best.taken
            only_this, none = frozenset({name}), frozenset[Id]()
            take, leave = (none, only_this) if taken else (only_this, none)
            reply = self.resolver.ask(
                SolverQuestion(rows=(within,), gap=gap, take=take, leave=leave)
            )
            if self._proved_impossible(reply):
                self.classes[name] = Class.MUST if taken else Class.NEVER
            else:
                found = self.resolver.found(reply)
                if found is not None:
                    self._add_witness(found)
            self._report_progress()

    def _proved_impossible(self, reply: Reply) -> bool:
        """Say whether no plan within the loss is left: proved."""
        return reply.stop is Stop.INFEASIBLE or known(reply.bound) < self._least - PROOF * size(
            self._least, self._best.recount.unit
        )

    # Most different

    def _find_most_different(self) -> None:
        """Find plans within the loss, each with the largest least difference from those before."""
        before = [self._best]
        while len(self.most_different) < self.different:
            found = self._next_most_different(before)
            if found is None:
                return
            before.append(found)
            self._report_progress()

    def _next_most_different(self, before: list[Found]) -> Found | None:
        resolver = self.resolver
        apart = [resolver.differences(found.taken) for found in before]
        rows = [self._within_loss()]
        goal = apart[0]
        if len(apart) > 1:
            goal = resolver.q.column(LEAST_DIFFERENCE, 0, len(self.case.options))
            rows += [
                Row(RowName("alternatives", (str(number),)), goal <= difference)
                for number, difference in enumerate(apart)
            ]
        reply = resolver.ask(
            self._with_known_classes(SolverQuestion(goal=goal, rows=tuple(rows), gap=0.0))
        )
        found = resolver.found(reply)
        if found is None or not self._add_witness(found):
            return None
        number = _least_difference(found, before)
        at_most = len(self.case.options)
        if reply.bound is not None:
            at_most = min(at_most, math.floor(reply.bound + WHOLE_STEP))
        if not number:
            self.none_further = not at_most
            return None
        self.most_different.append(Different(found.plan, found.recount, number, at_most))
        rows = [self._within_loss()] + [
            Row(RowName("alternatives", (str(at),)), difference >= number)
            for at, difference in enumerate(apart)
        ]
        gap = max(self.gap, POLISH)
        best = resolver.found(
            resolver.ask(self._with_known_classes(SolverQuestion(rows=tuple(rows), gap=gap)))
        )
        if best is not None and best.value > found.value and self._add_witness(best):
            found = best
            number = _least_difference(found, before)
            self.most_different[-1] = Different(found.plan, found.recount, number, at_most)
        return found

    def _with_known_classes(self, question: SolverQuestion) -> SolverQuestion:
        """Return a question about plans within the loss with what is proved of all of them."""
        return replace(
            question,
            take=frozenset(name for name, its in self.classes.items() if its is Class.MUST),
            leave=frozenset(name for name, its in self.classes.items() if its is Class.NEVER),
        )

    def _report_progress(self) -> None:
        if self.watch is not None:
            settled = sum(self._class(name) is not Class.NOT_SETTLED for name in self.case.options)
            ranked = min(len(self.ranked), self.count)
            seconds = self.resolver.seconds
            ranking = Ranked(
                ranked, settled, len(self.case.options), len(self.most_different), seconds
            )
            self.watch(ranking)


def _least_difference(found: Found, before: Iterable[Found]) -> int:
    return min(len(found.taken ^ earlier.taken) for earlier in before)
