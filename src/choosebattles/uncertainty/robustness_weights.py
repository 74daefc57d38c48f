r"""The weights that are in question, and their corners.

Weights of the objectives are shares :math:`w_g \ge 0`, :math:`\sum_g w_g = 1`. Some have an
interval; the others share what is left as their likely weights do. What is linear in the weights
is largest in a corner of all these, so corners are all that ever need be looked at.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from choosebattles.case.case import Case
from choosebattles.case.decision_model import Objective
from choosebattles.case.number_path import fields
from choosebattles.case.units import Id
from choosebattles.errors import Fault, InputError
from choosebattles.translation import _

OUTSIDE = "CB-R22"

Corner = Mapping[Id, Fraction]
"""Weights of all objectives; they add up to 1."""

Interval = tuple[Fraction, Fraction]

MOST_TYPED = 8
"""Intervals at a time: the corners are counted through."""


@dataclass(frozen=True)
class WeightRange:
    """Which weights are in question.

    ``intervals`` are shares of 1, by objective; ``likely`` are the weights of the case;
    ``corners`` are the extreme weights (one, the likely ones, where no interval is open);
    ``unused`` are objectives whose typed interval plays no part.
    """

    intervals: Mapping[Id, Interval]
    likely: Corner
    corners: tuple[Corner, ...]
    unused: tuple[Id, ...] = ()

    def scaled(self, share: float) -> list[dict[Id, float]]:
        """Return the corners of a share of the way from the likely weights to these."""
        return [
            {
                name: float(at + Fraction(share) * (corner[name] - at))
                for name, at in self.likely.items()
            }
            for corner in self.corners
        ]


def likely_weights(case: Case) -> dict[Id, Fraction]:
    """Return the weights of the objectives as shares of 1."""
    whole = sum(Fraction(objective.weight) for objective in case.model.objectives)
    return {objective.id: Fraction(objective.weight) / whole for objective in case.model.objectives}


def typed_intervals(case: Case) -> dict[Id, Interval]:
    """Return the intervals between Weight low and Weight high, as shares of 1."""
    whole = sum(Fraction(objective.weight) for objective in case.model.objectives)
    return {
        objective.id: (
            Fraction(objective.weight if objective.weight_low is None else objective.weight_low)
            / whole,
            Fraction(objective.weight if objective.weight_high is None else objective.weight_high)
            / whole,
        )
        for objective in case.model.objectives
        if objective.weight_low is not None or objective.weight_high is not None
    }


def first_interval(case: Case) -> dict[Id, Interval]:
    """Return the first interval that is typed and open; nothing where none is."""
    typed = typed_intervals(case).items()
    return dict([item for item in typed if item[1][0] < item[1][1]][:1])


def weight_range(case: Case, intervals: Mapping[Id, Interval]) -> WeightRange:
    """Return the weights in question.

    Parameters
    ----------
    case
        Where the likely weights are from.
    intervals
        Shares of 1 by the id of an objective; the other objectives share what is left as their
        likely weights do.

    Raises
    ------
    InputError
        Where an objective is not there, its likely weight lies outside the interval, or there are
        too many intervals.
    """
    likely = likely_weights(case)
    for name, (low, high) in intervals.items():
        if name not in likely:
            found, expected = name, _("one of: {names}").format(names=", ".join(likely))
            raise _refused(found, expected)
        if not 0 <= low <= likely[name] <= high <= 1:
            found = _("{low} to {high} for {objective}").format(
                low=_percent(low), high=_percent(high), objective=name
            )
            expected = _("an interval around its likely weight, {likely}, from 0% to 100%")
            raise _refused(found, expected.format(likely=_percent(likely[name])))
    if len(intervals) > MOST_TYPED:
        expected = _("intervals for at most {number} objectives").format(number=MOST_TYPED)
        raise _refused(str(len(intervals)), expected)
    corners: list[dict[Id, Fraction]] = []
    for corner in _corners(likely, intervals):
        if corner not in corners:
            corners.append(corner)
    unused = [
        name
        for name, (low, high) in typed_intervals(case).items()
        if low < high and name not in intervals
    ]
    return WeightRange(dict(intervals), likely, tuple(corners or [likely]), tuple(unused))


def _corners(likely: Corner, intervals: Mapping[Id, Interval]) -> Iterator[dict[Id, Fraction]]:
    """Yield every corner: all intervals but one at an end, that one at an end or what is left."""
    names = list(intervals)
    rest = {name: weight for name, weight in likely.items() if name not in intervals}
    if rest:
        for ends in product(*(intervals[name] for name in names)):
            left = 1 - sum(ends, Fraction(0))
            if left >= 0:
                yield _shared(likely, dict(zip(names, ends, strict=True)), rest, left)
    for free in names:
        others = [name for name in names if name != free]
        for ends in product(*(intervals[name] for name in others)):
            last = 1 - sum(ends, Fraction(0))
            if intervals[free][0] <= last <= intervals[free][1]:
                typed = {**dict(zip(others, ends, strict=True)), free: last}
                yield _shared(likely, typed, rest, Fraction(0))


def _shared(
    likely: Corner, typed: Mapping[Id, Fraction], rest: Corner, left: Fraction
) -> dict[Id, Fraction]:
    whole = sum(rest.values())
    return {
        name: typed[name]
        if name in typed
        else left * (rest[name] / whole if whole else Fraction(1, len(rest)))
        for name in likely
    }


def with_intervals(case: Case, intervals: Mapping[Id, Interval]) -> Case:
    """Return the case with these intervals of weights and no others, for draws."""
    whole = sum(
        (objective.weight for objective in case.model.objectives),
        start=case.model.objectives[0].weight * 0,
    )

    def changed(objective: Objective) -> Objective:
        ends = intervals.get(objective.id)
        if ends is None:
            return objective.model_copy(update={"weight_low": None, "weight_high": None})
        low, high = (whole * end.numerator / end.denominator for end in ends)
        update = {
            "weight_low": min(low, objective.weight),
            "weight_high": max(high, objective.weight),
        }
        return objective.model_copy(update=update)

    objectives = tuple(changed(objective) for objective in case.model.objectives)
    model = case.model.model_copy(update={"objectives": objectives})
    return Case.model_validate({**fields(case), "model": model})


def _percent(share: Fraction) -> str:
    return f"{float(100 * share):.4g}%"


def _refused(found: str, expected: str) -> InputError:
    advice = _("Correct Weight low and Weight high on the sheet Objectives, or --weights.")
    return InputError([Fault("", "Objectives", "", "", OUTSIDE, found, expected, advice)])
