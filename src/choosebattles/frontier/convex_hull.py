"""Which points of a frontier no other point beats, and which some weights make best."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import scipy

from choosebattles.frontier.points import Pair, Values
from choosebattles.solving.tolerances import ON_THE_HULL, ON_THE_PLANE


def undominated(raised: np.ndarray, width: float = 0.0) -> list[int]:
    """Return the places of the rows that no other matches in all numbers.

    A number that is higher by no more than ``width``, relative to max(1, |number|), is matched.
    """
    left: list[int] = []
    room = width * np.maximum(1.0, np.abs(raised))
    for place in np.argsort(-raised.sum(axis=1), kind="stable"):
        if not (raised[left] + room[left] >= raised[place]).all(axis=1).any():
            left.append(int(place))
    return left


def hull(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the corners of the upper convex hull of pairs that rise in the first number."""
    corners: list[Pair] = []
    for pair in pairs:
        while len(corners) > 1 and _cross_product(corners[-2], corners[-1], pair) >= 0:
            corners.pop()
        corners.append(pair)
    return corners


def supported(raised: Sequence[Values]) -> list[bool]:
    """Say of each point, by rising first number, whether some weights make it a best one."""
    if not raised:
        return []
    if len(raised[0]) > 2:
        return _supported_by_weights(raised)
    pairs = [(values[0], values[1]) for values in raised]
    corners = hull(pairs)
    found = []
    at = 0
    for pair in pairs:
        while at + 2 < len(corners) and corners[at + 1][0] < pair[0]:
            at += 1
        found.append(
            pair in corners
            or _distance_below_line(corners[at], corners[at + 1], pair) <= ON_THE_HULL
        )
    return found


def _supported_by_weights(raised: Sequence[Values]) -> list[bool]:
    r"""Ask of each point for weights :math:`w \ge 0` of sum 1 with :math:`w (q - p) \le 0`."""
    values = np.array([[float(number) for number in point] for point in raised])
    span = np.ptp(values, axis=0)
    values = (values - values.min(axis=0)) / np.where(span > 0, span, 1.0)
    size = values.shape[1]
    found = []
    for point in values:
        weighing = scipy.optimize.linprog(
            np.append(np.zeros(size), 1.0),
            A_ub=np.column_stack([values - point, -np.ones(len(values))]),
            b_ub=np.zeros(len(values)),
            A_eq=[[*np.ones(size), 0.0]],
            b_eq=[1.0],
        )
        found.append(weighing.x is not None and weighing.fun <= ON_THE_PLANE)
    return found


def _distance_below_line(one: Pair, two: Pair, pair: Pair) -> Fraction:
    """Return by how much a pair lies below the line through two others."""
    slope = (two[1] - one[1]) / (two[0] - one[0])
    return one[1] + slope * (pair[0] - one[0]) - pair[1]


def _cross_product(one: Pair, two: Pair, three: Pair) -> Fraction:
    """Return more than 0 where the way from one to three by two turns left."""
    return (two[0] - one[0]) * (three[1] - one[1]) - (two[1] - one[1]) * (three[0] - one[0])
