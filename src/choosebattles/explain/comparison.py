"""Two cases compared: what they state differently, what they decide, and which change did it.

Each change, or group of changes that make sense together only, is undone in the later case, which
is solved again. A decision that comes back was moved by that change; one that no single undo
brings back is *joint*. Either is only said where it is proved: the best plans of the case without
the change all decide so, or none does. What a tie or the gap leaves open stays open.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np

from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.decision_model import Method
from choosebattles.case.plan import Plan
from choosebattles.case.units import Id
from choosebattles.explain.comparison_groups import ChangeGroup, grouped
from choosebattles.explain.comparison_inputs import Differences
from choosebattles.explain.comparison_proof import InvestmentDecision, PlanVerdict, VerdictSearch
from choosebattles.notebook_display import Tabular
from choosebattles.solving.audited_plan import confirmed
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Outcome, Stop
from choosebattles.solving.resolver import Resolver
from choosebattles.solving.resolver_question import SolverQuestion
from choosebattles.solving.search_limits import Stopwatch
from choosebattles.solving.solve import solve
from choosebattles.translation import _
from choosebattles.workbook.reader import as_case


@dataclass(frozen=True)
class Decided:
    """An investment on which two plans differ: the option of each, None for none.

    ``proved`` says that no best plan of either case decides as the other plan does.
    """

    before: InvestmentDecision
    after: InvestmentDecision
    proved: bool

    @property
    def investment(self) -> Id:
        """Return the investment."""
        return self.before.investment


@dataclass(frozen=True)
class Undone:
    """A group of changes undone: what comes of it.

    ``verdicts`` say of each decision, in their order, whether the best plans decide as the
    earlier plan did; of a method other than weighted, whether the plan found does (``found``).
    ``worth`` is what the changes add to the objective, between two bounds, where both sides
    count in the same points.
    """

    together: ChangeGroup
    stop: Stop | None = None
    """Why the solve ended; None where there was none."""
    plan: Plan | None = None
    recount: Recount | None = None
    verdicts: tuple[PlanVerdict, ...] = ()
    worth: tuple[float, float] | None = None
    found: bool = False

    @property
    def looked_into(self) -> bool:
        """Say whether it is known what comes of the undo."""
        return self.stop in (Stop.OPTIMAL, Stop.GAP, Stop.INFEASIBLE)


@dataclass(frozen=True, repr=False)
class Compared(Tabular):
    """Two cases, their answers, and which change moved which decision.

    ``moves`` are options that start in another year: from, to. ``complete`` says that the time
    did not run out.
    """

    differences: Differences
    before: Outcome
    after: Outcome
    decisions: tuple[Decided, ...]
    moves: tuple[tuple[Id, int, int], ...]
    undone: tuple[Undone, ...]
    complete: bool
    seconds: float

    @property
    def summary(self) -> str:
        """Return how much changed, and what became of the plan."""
        return _("{changes} changes between two cases; {decisions} decisions differ").format(
            changes=len(self.differences.changes), decisions=len(self.decisions)
        )

    @property
    def arrays(self) -> dict[str, np.ndarray]:
        """Return the decisions that differ as one array for each column.

        ``investment``; ``before`` and ``after``, the option of each plan, empty for none;
        ``proved`` says that no best plan of either case decides as the other plan does.
        """
        return {
            "investment": np.array([decision.investment for decision in self.decisions]),
            "before": np.array([decision.before.option or "" for decision in self.decisions]),
            "after": np.array([decision.after.option or "" for decision in self.decisions]),
            "proved": np.array([decision.proved for decision in self.decisions], dtype=bool),
        }

    def movers(self, decision: Decided) -> tuple[Undone, ...]:
        """Return the changes each of which, undone alone, brings a decision back."""
        return tuple(self._undone_with_verdict(decision, PlanVerdict.YES))

    def joint(self, decision: Decided) -> bool | None:
        """Say whether no single undo brings a decision back; None where that is not settled."""
        if self.movers(decision):
            return False
        every = all(undone.looked_into for undone in self.undone)
        settled = len([*self._undone_with_verdict(decision, PlanVerdict.NO)]) == len(self.undone)
        return True if self.undone and every and settled else None

    def _undone_with_verdict(self, decision: Decided, verdict: PlanVerdict) -> Iterator[Undone]:
        place = self.decisions.index(decision)
        for undone in self.undone:
            if undone.verdicts and undone.verdicts[place] is verdict:
                yield undone


Watcher = Callable[[int, int], None]
"""Told how many of how many changes are looked into."""


def compare(
    before: Case | Path | str,
    after: Case | Path | str,
    options: Options | None = None,
    *,
    why: bool = True,
    watch: Watcher | None = None,
) -> Compared:
    """Return what two cases state differently, what they decide, and which change did it.

    Parameters
    ----------
    before, after
        The cases. Where one leaves ``Points for 100`` blank, they are held at what they are in the
        earlier one.
    options
        Gap of every solve; time limit in seconds for each of the two answers and, once more, for
        the undoing.
    why
        Whether changes are undone at all.
    watch
        Told of progress.

    Raises
    ------
    SolverError
        Where the solver fails.
    AuditError
        Where the independent recount does not confirm a plan.
    """
    before = as_case(before, "before")
    after = as_case(after, "after")
    watched = Stopwatch()
    options = options or Options()
    differences = Differences.of(before, after)
    one = solve(differences.before, options)
    same = not any(change.matters for change in differences.changes)
    two = replace(one, case=differences.after) if same else solve(differences.after, options)
    compared = Compared(
        differences, one, two, tuple(_decisions(one, two)), tuple(_moves(one, two)), (), True, 0
    )
    if why and not same and Stop.INTERRUPTED not in (one.stop, two.stop):
        compared = _with_undone(compared, options, watch)
    return replace(compared, seconds=watched.seconds)


def _decisions(one: Outcome, two: Outcome) -> Iterator[Decided]:
    if one.plan is None or two.plan is None:
        return
    old = {choice.investment: choice.option for choice in one.plan.choices}
    new = {choice.investment: choice.option for choice in two.plan.choices}
    order = [investment.id for case in (two.case, one.case) for investment in case.investments]
    for name in dict.fromkeys(order):
        ways = InvestmentDecision(name, old.get(name)), InvestmentDecision(name, new.get(name))
        if ways[0] != ways[1]:
            yield Decided(*ways, proved=False)


def _moves(one: Outcome, two: Outcome) -> Iterator[tuple[Id, int, int]]:
    if one.plan is None or two.plan is None:
        return
    old, new = one.plan.starts, two.plan.starts
    for name in two.case.options:
        if name in old and name in new and old[name] != new[name]:
            yield name, old[name], new[name]


def _with_undone(compared: Compared, options: Options, watch: Watcher | None) -> Compared:
    """Settle the decisions, then undo one group of changes after the other."""
    clock = Stopwatch(options.time_limit)
    after = VerdictSearch(Resolver(compared.after.case, options), options.gap, clock)
    for outcome in (compared.before, compared.after):
        if outcome.plan is not None:
            after.resolver.add_solution(outcome.plan.choices)
    groups = grouped(compared.differences)
    undone: list[Undone] = []
    try:
        compared = _with_proofs(compared, options, after)
        for number, group in enumerate(groups):
            if watch is not None:
                watch(number, len(groups))
            undone.append(_undo(compared, group, after, options))
    except KeyboardInterrupt:
        after.stopped = True
    missing = groups[len(undone) :]
    return replace(
        compared,
        undone=(*undone, *(Undone(group, Stop.INTERRUPTED) for group in missing)),
        complete=not after.over and not missing,
    )


def _with_proofs(compared: Compared, options: Options, after: VerdictSearch) -> Compared:
    """Say of each decision whether it is proved in both cases."""
    one, two = compared.before, compared.after
    if not compared.decisions or not (_weighted(one.case) and _weighted(two.case)):
        return compared
    before = VerdictSearch(Resolver(one.case, options), options.gap, after.clock)
    assert one.plan is not None
    assert two.plan is not None
    before.resolver.add_solution(one.plan.choices)
    decisions = []
    for decision in compared.decisions:
        proved = (
            before.verdict(one.case, decision.before, one.plan.taken, _value(one))
            is PlanVerdict.YES
            and after.verdict(two.case, decision.before, two.plan.taken, _value(two))
            is PlanVerdict.NO
        )
        decisions.append(replace(decision, proved=proved))
    after.stopped |= before.stopped
    return replace(compared, decisions=tuple(decisions))


def _weighted(case: Case) -> bool:
    return case.model.method is Method.WEIGHTED


def _value(outcome: Outcome) -> float:
    assert outcome.objective is not None
    return outcome.objective


def _undo(compared: Compared, group: ChangeGroup, after: VerdictSearch, options: Options) -> Undone:
    case = group.case
    if case is None or after.over:
        return Undone(group)
    if not _weighted(case):
        return _undo_by_plan_found(
            compared, group, case, replace(options, time_limit=after.clock.left)
        )
    reply = after.resolver.ask(
        SolverQuestion(case=case, gap=after.gap, time_limit=after.clock.left)
    )
    after.stopped |= reply.stop is Stop.INTERRUPTED
    if reply.choices is None:
        return Undone(group, reply.stop)
    plan, counted = confirmed(case, reply.choices)
    value = float(counted.after.value)
    verdicts = tuple(
        after.verdict(case, decision.before, plan.taken, value) for decision in compared.decisions
    )
    worth = _worth(compared.after, case, (value, reply.bound))
    return Undone(group, reply.stop, plan, counted, verdicts, worth)


def _undo_by_plan_found(
    compared: Compared, group: ChangeGroup, case: Case, options: Options
) -> Undone:
    """Undo under a method whose best plans are not those of one goal: go by the plan found."""
    found = solve(case, replace(options, ties=False, conflict=False))
    if found.plan is None:
        return Undone(group, found.stop)
    verdicts = tuple(
        PlanVerdict.YES if decision.before.holds(found.plan.taken, case) else PlanVerdict.NO
        for decision in compared.decisions
    )
    stop = Stop.OPTIMAL if found.proven else found.stop
    return Undone(group, stop, found.plan, found.recount, verdicts, found=True)


def _worth(
    after: Outcome, case: Case, without: tuple[float, float | None]
) -> tuple[float, float] | None:
    """Return what the objective gains by the changes, between two proved bounds."""
    value, bound = without
    if bound is None or after.bound is None or after.objective is None:
        return None
    if not (_weighted(after.case) and same_points(after.case, case)):
        return None
    return after.objective - max(bound, value), max(after.bound, after.objective) - value


def same_points(one: Case, two: Case) -> bool:
    """Say whether an index of one case means the same as that of the other."""
    if one.points_for_100 != two.points_for_100:
        return False
    model, other = one.model, two.model
    goals = [[(part.id, part.weight) for part in side.objectives] for side in (model, other)]
    criteria = [
        [(part.id, part.objective, part.weight) for part in side.criteria]
        for side in (model, other)
    ]
    return goals[0] == goals[1] and criteria[0] == criteria[1]


def index_rows(one: Outcome, two: Outcome) -> Sequence[tuple[Id, Fraction | None, Fraction | None]]:
    """Return every objective with its index in either answer; None where it is not there."""
    found = [outcome.recount.after.indices if outcome.recount else {} for outcome in (one, two)]
    names = dict.fromkeys((*found[0], *found[1]))
    return [(name, found[0].get(name), found[1].get(name)) for name in names]
