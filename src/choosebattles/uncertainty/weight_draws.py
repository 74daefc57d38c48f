"""Weights of the objectives as they are drawn: within their intervals, or all weights there are."""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np

from choosebattles.case.decision_model import Objective
from choosebattles.case.units import Id
from choosebattles.errors import InputError
from choosebattles.solving.tolerances import FLOAT_SUM, SHARE_SUM
from choosebattles.translation import _
from choosebattles.uncertainty.ranges import (
    OUTSIDE,
)

TRIES = 100_000
"""How often weights are drawn until they lie within their intervals."""


class Weights(StrEnum):
    """Which weights of the objectives are drawn."""

    FIXED = "fixed"
    INTERVALS = "intervals"
    """Within Weight low and Weight high, every one as likely as any other."""
    SIMPLEX = "simplex"
    """All weights there are, every one as likely as any other."""


def draw_weights(
    objectives: Sequence[Objective], weights: Weights, random: np.random.Generator
) -> dict[Id, float]:
    """Return weights that add up to 1.

    Within intervals, every vector of weights is as likely as any other; objectives without an
    interval share what is left as their likely weights are. On the simplex, the gaps between
    sorted uniforms are taken.
    """
    if weights is Weights.FIXED:
        return {}
    names = [objective.id for objective in objectives]
    if weights is Weights.SIMPLEX:
        cuts = np.sort(random.random(len(names) - 1))
        return dict(zip(names, np.diff([0.0, *cuts, 1.0]).tolist(), strict=True))
    bounds = intervals(objectives)
    rest = [objective for objective in objectives if objective.id not in bounds]
    low = np.array([bound[0] for bound in bounds.values()])
    high = np.array([bound[1] for bound in bounds.values()])
    for _try in range(TRIES):
        found = low + (high - low) * random.random(len(low))
        if not rest:
            found[-1] = 1 - found[:-1].sum()
        if (
            low[-1] - FLOAT_SUM <= found[-1] <= high[-1] + FLOAT_SUM
            and found.sum() <= 1 + FLOAT_SUM
        ):
            break
    else:
        raise _no_weights(objectives[0])
    whole = float(sum(objective.weight for objective in rest))
    left = max(0.0, 1 - float(found.sum()))
    shared = {
        objective.id: left * (float(objective.weight) / whole if whole else 1 / len(rest))
        for objective in rest
    }
    typed = dict(zip(bounds, found.tolist(), strict=True))
    return {name: typed[name] if name in typed else shared[name] for name in names}


def intervals(objectives: Sequence[Objective]) -> dict[Id, tuple[float, float]]:
    """Return the intervals of weights that are typed, as shares of the sum of likely weights."""
    whole = float(sum(objective.weight for objective in objectives))
    return {
        objective.id: (
            float(objective.weight if objective.weight_low is None else objective.weight_low)
            / whole,
            float(objective.weight if objective.weight_high is None else objective.weight_high)
            / whole,
        )
        for objective in objectives
        if objective.weight_low is not None or objective.weight_high is not None
    }


def check_possible(objectives: Sequence[Objective]) -> None:
    """Refuse intervals within which no weights add up."""
    bounds = intervals(objectives)
    least = sum(bound[0] for bound in bounds.values())
    most = sum(bound[1] for bound in bounds.values())
    if least > 1 + SHARE_SUM or (most < 1 - SHARE_SUM and len(bounds) == len(objectives)):
        raise _no_weights(objectives[0])


def _no_weights(first: Objective) -> InputError:
    expected = _("weights low and high that leave weights with the sum of the likely ones")
    found = _("intervals within which no weights add up")
    advice = _("Widen an interval, or try --weights simplex.")
    return InputError([first.at("weight_low").fault(OUTSIDE, found, expected, advice)])
