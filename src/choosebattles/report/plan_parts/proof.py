"""What is proved of an answer and what is not, in sentences."""

import math

from choosebattles.case.decision_model import Method
from choosebattles.report.number_wording import (
    at_most,
    at_most_percent,
    figure,
    points_above,
    small_points,
)
from choosebattles.report.plan_parts.binding import untested_sentence
from choosebattles.report.plan_parts.method_steps import steps
from choosebattles.solving.outcome import Outcome, Stop, TieAnswer
from choosebattles.translation import _, listed


def proof(outcome: Outcome) -> tuple[str, ...]:
    """Return what is proved, and what is not, in sentences."""
    if outcome.plan is None:
        return (_no_plan_proof(outcome),)
    if outcome.case.model.method is not Method.WEIGHTED:
        return steps(outcome)
    sentences = [_weighted(outcome)]
    if outcome.proven:
        sentences.append(_ties(outcome))
    return (*sentences, *untested_sentence(outcome.binding))


def _weighted(outcome: Outcome) -> str:
    value, bound = outcome.objective or 0.0, outcome.bound
    if outcome.proven:
        return _(
            "Proved: no plan that keeps to the money, the people and the rules has an "
            "objective above {value}."
        ).format(value=points_above(value))
    reason = {
        Stop.GAP: _("Within the gap asked for"),
        Stop.OPTIMAL: _("Not proved"),
        Stop.TIME_LIMIT: _("Not proved, because the time ran out"),
        Stop.WORK_LIMIT: _("Not proved, because the work allowed was done"),
        Stop.INTERRUPTED: _("Not proved, because it was stopped by hand"),
    }.get(outcome.stop, _("Not proved, because the solver failed"))
    if bound is None or not math.isfinite(bound):
        return _("{reason}: how much more another plan could be worth is not known.").format(
            reason=reason
        )
    return _(
        "{reason}: the objective is {value}, and no plan can exceed it by more than {more}; "
        "a better plan may exist within that."
    ).format(reason=reason, value=small_points(value), more=_more(value, bound))


def _more(value: float, bound: float) -> str:
    """Return by how much a plan could be better: a share, or points where the value is small."""
    if abs(value) >= 1:
        return at_most_percent((bound - value) / abs(value))
    return _("{points} points").format(points=figure(at_most(bound - value)))


def unfinished(outcome: Outcome) -> tuple[str, ...]:
    """Return what the user's time left open beside the plan and its proof, in sentences."""
    cut = outcome.ties.answer is TieAnswer.NOT_CHECKED and outcome.ties.stop is Stop.TIME_LIMIT
    ties = (_ties(outcome),) if cut and outcome.proven else ()
    return (*ties, *untested_sentence(outcome.binding))


def _ties(outcome: Outcome) -> str:
    ties = outcome.ties
    if ties.answer is TieAnswer.ONLY:
        return _("It is the only best plan: proved.")
    if ties.answer is TieAnswer.ANOTHER and ties.instead and outcome.plan is not None:
        ours, others = outcome.plan.taken - ties.instead, ties.instead - outcome.plan.taken
        if ours and others:
            return _("Another plan is worth the same: with {others} instead of {ours}.").format(
                others=listed(sorted(others)), ours=listed(sorted(ours))
            )
    if ties.answer is TieAnswer.ANOTHER:
        return _("Another plan is worth the same.")
    if ties.stop is Stop.TIME_LIMIT:
        return _(
            "Whether another plan is worth the same is not known: the time was over before the "
            "search for one had ended. Allow more with --time-limit."
        )
    if ties.stop is Stop.WORK_LIMIT:
        return _(
            "Whether another plan is worth the same is not known: the work allowed for it was done."
        )
    return _("Whether another plan is worth the same was not checked.")


def _no_plan_proof(outcome: Outcome) -> str:
    if outcome.stop is Stop.INFEASIBLE and outcome.proven:
        return _("Proved: whatever is chosen, at least one demand is broken.")
    reason = {
        Stop.TIME_LIMIT: _("The time ran out before a plan was found"),
        Stop.WORK_LIMIT: _("The work allowed was done before a plan was found"),
        Stop.INTERRUPTED: _("It was stopped by hand before a plan was found"),
    }.get(outcome.stop, _("The solver ended without an answer"))
    return _("{reason}; whether one exists is not known.").format(reason=reason)
