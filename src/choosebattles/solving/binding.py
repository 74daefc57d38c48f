"""What binds: whether one more person, or one more million a year, would raise the objective."""

import time
from collections.abc import Iterator
from dataclasses import replace

from choosebattles.case.case import Case
from choosebattles.case.path import look, put
from choosebattles.formulation.program import formulate
from choosebattles.solving.highs import Highs
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Binding, BindingKind, Outcome, Stop


def what_binds(outcome: Outcome, options: Options, seconds: float) -> tuple[Binding, ...]:
    r"""Return, for each class of people and each fund, what a little more of it is worth.

    The case is solved again with one more person of a skill in every year, or with one more
    million in every year of a fund. With the first value and bound
    :math:`v_0 \le v_0^* \le b_0` and the second :math:`v_1 \le v_1^* \le b_1`, the gain lies in

    .. math:: \max(0, v_1 - b_0) \le v_1^* - v_0^* \le b_1 - v_0

    because more of anything never lowers the best value. What is scarcest is tested first; what
    was not reached within ``seconds`` of wall clock is left out.

    Parameters
    ----------
    outcome
        A plan with its bound; its objective is the weighted sum.
    options
        Gap and solver options of each solve.
    seconds
        Time for all of it.
    """
    until = time.monotonic() + seconds
    found: list[Binding] = []
    for kind, name, richer in _richer(outcome):
        left = until - time.monotonic()
        if left <= 0:
            break
        tested = _tested(outcome, richer, replace(options, time_limit=left))
        if tested is not None:
            found.append(Binding(kind, name, *tested))
    return tuple(found)


def _tested(outcome: Outcome, richer: Case, options: Options) -> tuple[float, float] | None:
    program = formulate(richer)
    first = outcome.case.first_year
    assert outcome.plan is not None
    assert outcome.objective is not None
    taken = {(each.option, each.start - first) for each in outcome.plan.choices}
    start = {
        each.column: float((option, each.year) in taken)
        for option, starts in program.quantities.starts.items()
        for each in starts
    }
    answer = Highs(program).maximise(program.quantities.objective, options, start=start)
    if answer.stop is not Stop.OPTIMAL or answer.values is None or answer.bound is None:
        return None
    goal = program.quantities.objective
    value = float(goal.constant) + sum(
        float(number) * answer.values[name] for name, number in goal.terms.items()
    )
    bound = outcome.objective if outcome.bound is None else outcome.bound
    return max(0.0, value - bound), max(0.0, answer.bound - outcome.objective)


def _richer(outcome: Outcome) -> Iterator[tuple[BindingKind, str, Case]]:
    """Yield the case with a little more of one thing: people first, the scarcest before others."""
    case, recount = outcome.case, outcome.recount
    assert recount is not None

    def spare(skill: str) -> float:
        return min(
            float(each.supply + each.trained - each.building - each.running)
            for each in recount.people[skill].values()
        )

    ranked = sorted(case.skills, key=lambda each: spare(each.id))
    for skill in ranked[:1]:
        yield BindingKind.SKILL, skill.id, _with_person(case, skill.id)
    for fund in case.general_funds or case.funds[:1]:
        yield BindingKind.MONEY, fund.id, _with_million(case, fund.id)
    for skill in ranked[1:]:
        yield BindingKind.SKILL, skill.id, _with_person(case, skill.id)


def _with_person(case: Case, name: str) -> Case:
    return _with_more(case, "skills", [each.id for each in case.skills].index(name), "supply")


def _with_million(case: Case, name: str) -> Case:
    return _with_more(case, "funds", [each.id for each in case.funds].index(name), "amount")


def _with_more(case: Case, facts: str, position: int, amounts: str) -> Case:
    path = (facts, position, amounts)
    richer: Case = put(case, path, {year: each + 1 for year, each in look(case, path).items()})
    return richer
