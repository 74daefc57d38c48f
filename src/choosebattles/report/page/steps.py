"""Methods that search several times: which they are, and how far such an answer may be off."""

from choosebattles.case.case import Case
from choosebattles.case.decision_model import Method
from choosebattles.solving.outcome import Outcome


def stepwise(case: Case) -> bool:
    """Say whether objectives go one after the other, the heaviest first, and then the cost."""
    return case.model.method is Method.LEXICOGRAPHIC


def weighted(case: Case) -> bool:
    """Say whether one search finds the plan, that of the weighted sum."""
    return case.model.method is Method.WEIGHTED


def farthest(outcome: Outcome) -> float | None:
    """Return how far the worst step may be from its best, relative to its size.

    None where a step is missing or nothing is known of one.
    """
    off = []
    for stage in outcome.stages:
        if stage.gap is None:
            return None
        off.append(stage.gap)
    least = len(outcome.case.model.objectives) + 1
    return max(off) if len(off) >= least else None
