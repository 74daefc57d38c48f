"""What binds: whether one more person, or one more million a year, would raise the objective."""

import math
from collections.abc import Iterator
from contextlib import suppress

from choosebattles.audit.points_and_weights import ScoreScale
from choosebattles.case.case import Case
from choosebattles.case.number_path import get_at, replace_at
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Binding, BindingKind, Outcome, Stop
from choosebattles.solving.resolver import Resolver
from choosebattles.solving.resolver_question import Reply, SolverQuestion
from choosebattles.solving.search_limits import Stopwatch
from choosebattles.solving.tolerances import NO_GAIN


def what_binds(
    outcome: Outcome, options: Options, work: float, *, resolver: Resolver | None = None
) -> tuple[Binding, ...]:
    r"""Return, for each class of people and each fund, what a little more of it is worth.

    The case is solved again with one more person of a skill in every year, or with one more
    million in every year of a fund. With the first value and bound
    :math:`v_0 \le v_0^* \le b_0` and the second :math:`v_1 \le v_1^* \le b_1`, the gain lies in

    .. math:: \max(0, v_1 - b_0) \le v_1^* - v_0^* \le b_1 - v_0

    because more of anything never lowers the best value. What the relaxation gains most by comes
    first: a quick look at all shows what gains at least something, then each is searched until the
    work is done. What neither shows is left out.

    Parameters
    ----------
    outcome
        A plan with its bound; its objective is the weighted sum.
    options
        Gap and solver options of each solve; what is left of the user's time for all of it.
    work
        Units of work for all of it.
    resolver
        One of the case, where it is at hand already.
    """
    found: dict[tuple[BindingKind, str], Binding | None] = {}
    if work > 0:
        with suppress(KeyboardInterrupt):  # the plan stands, and so does what was tested so far
            resolver = resolver or Resolver(outcome.case, options)
            _test(outcome, options, work, resolver, found)
    return tuple(binding for binding in found.values() if binding is not None)


def _test(
    outcome: Outcome,
    options: Options,
    work: float,
    resolver: Resolver,
    found: dict[tuple[BindingKind, str], Binding | None],
) -> None:
    """Look at everything, then search, until the work is done or somebody ends it."""
    assert outcome.plan is not None
    clock, before = Stopwatch(options.time_limit), resolver.work
    resolver.add_solution(outcome.plan.choices)
    tested = _by_relaxation(resolver, _richer(outcome))
    found |= {(kind, name): None for kind, name, _richer in tested}
    for ask in (resolver.look, resolver.ask):
        for kind, name, richer in tested:
            left = work - (resolver.work - before)
            if left <= 0:
                return
            if clock.over:
                break
            question = SolverQuestion(
                richer, gap=options.gap, time_limit=clock.left, work_limit=left
            )
            reply = ask(question)
            gain = _gain(outcome, reply)
            if gain is not None:
                found[kind, name] = Binding(kind, name, *gain, NO_GAIN * reply.unit)
            if reply.stop is Stop.INTERRUPTED:
                return
    if clock.over:
        found |= {key: _untested(*key) for key, known in found.items() if known is None}


def untested(outcome: Outcome) -> tuple[Binding, ...]:
    """Return all that could be tested, as not tested."""
    return tuple(_untested(kind, name) for kind, name, _case in _richer(outcome))


def _untested(kind: BindingKind, name: str) -> Binding:
    return Binding(kind, name, 0.0, math.inf, untested=True)


def _by_relaxation(
    resolver: Resolver, richer: Iterator[tuple[BindingKind, str, Case]]
) -> list[tuple[BindingKind, str, Case]]:
    """Sort by the relaxation's value, the largest first; what gains nothing stays in its place."""
    least, unit = resolver.bound(SolverQuestion()), ScoreScale(resolver.case).unit()

    def gain(candidate: tuple[BindingKind, str, Case]) -> float:
        most = resolver.bound(SolverQuestion(candidate[2]))
        if most is None or least is None:
            return 0.0
        return most - least if most - least > NO_GAIN * unit else 0.0

    return sorted(richer, key=lambda candidate: -gain(candidate))


def _gain(outcome: Outcome, reply: Reply) -> tuple[float, float] | None:
    """Return between what the gain lies, if there is one or the search has come to its end."""
    if reply.value is None or reply.bound is None:
        return None
    assert outcome.objective is not None
    most = reply.value if reply.stop is Stop.OPTIMAL else reply.bound
    bound = outcome.objective if outcome.bound is None else outcome.bound
    low, high = max(0.0, reply.value - bound), max(0.0, most - outcome.objective)
    return (
        (low, high)
        if low > NO_GAIN * reply.unit or reply.stop in (Stop.OPTIMAL, Stop.GAP)
        else None
    )


def _richer(outcome: Outcome) -> Iterator[tuple[BindingKind, str, Case]]:
    """Yield the case with a little more of one thing: people first, the scarcest before others."""
    case, recount = outcome.case, outcome.recount
    assert recount is not None

    def spare(skill: str) -> float:
        return min(
            float(person.supply + person.trained - person.building - person.running)
            for person in recount.people[skill].values()
        )

    ranked = sorted(case.skills, key=lambda skill: spare(skill.id))
    for skill in ranked[:1]:
        yield BindingKind.SKILL, skill.id, _with_person(case, skill.id)
    for fund in case.general_funds or case.funds[:1]:
        yield BindingKind.MONEY, fund.id, _with_million(case, fund.id)
    for skill in ranked[1:]:
        yield BindingKind.SKILL, skill.id, _with_person(case, skill.id)


def _with_person(case: Case, name: str) -> Case:
    return _with_more(case, "skills", [skill.id for skill in case.skills].index(name), "supply")


def _with_million(case: Case, name: str) -> Case:
    return _with_more(case, "funds", [fund.id for fund in case.funds].index(name), "amount")


def _with_more(case: Case, facts: str, position: int, amounts: str) -> Case:
    path = (facts, position, amounts)
    richer: Case = replace_at(
        case, path, {year: amount + 1 for year, amount in get_at(case, path).items()}
    )
    return richer
