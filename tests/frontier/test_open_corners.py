"""Corners: what points leave open, against every place of a small grid."""

from itertools import product
from random import Random

import numpy as np
import pytest

from choosebattles.frontier.open_corners import Region, corners_of


@pytest.mark.parametrize("measures", [2, 3])
@pytest.mark.parametrize("seed", range(10))
def test_a_place_is_open_above_a_corner_and_nowhere_else(seed: int, measures: int) -> None:
    random = Random(seed)
    points = [[random.randint(0, 4) for _ in range(measures)] for _ in range(6)]

    corners = corners_of(points, measures)

    for place in product(range(6), repeat=measures):
        open_ = not any(all(a <= b for a, b in zip(place, p, strict=True)) for p in points)
        assert (corners < np.array(place)).all(axis=1).any() == open_
    for one, other in product(range(len(corners)), repeat=2):
        assert one == other or not (corners[one] <= corners[other]).all()


def test_a_point_that_is_ruled_out_changes_nothing() -> None:
    region = Region(2)
    assert region.without([3, 5]) is not None
    assert region.without([2, 5]) is None
    assert {tuple(corner) for corner in region.corners} == {(3, -np.inf), (-np.inf, 5)}
