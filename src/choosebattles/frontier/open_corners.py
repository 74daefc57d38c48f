r"""Where further points may lie: the corners of what no point that is known rules out.

Everything is raised. A point :math:`p` rules out every :math:`z \le p`. What is left is the union
of the regions :math:`z > c` above finitely many corners :math:`c`, some of whose numbers may be
:math:`-\infty`; these are the local bounds of Klamroth, Lacour & Vanderpooten (2015,
doi:10.1016/j.ejor.2015.03.031).
"""

from collections.abc import Sequence

import numpy as np


class Region:
    """The corners that are left, for points of a number of measures."""

    def __init__(self, measures: int) -> None:
        self.corners = np.full((1, measures), -np.inf)

    def without(self, point: Sequence[float] | np.ndarray) -> np.ndarray | None:
        """Rule out what a point rules out, and return the corners that are new.

        A corner below the point gives way to one for each measure: the same, with that number
        raised to the point's. Of two corners, one of which is above the other, the lower says it
        all. None where there was no such corner: the point was ruled out before.
        """
        point = np.asarray(point)
        ruled_out = (self.corners < point).all(axis=1)
        if not ruled_out.any():
            return None
        left, split = self.corners[~ruled_out], self.corners[ruled_out]
        raised = []
        for place in range(len(point)):
            moved = split.copy()
            moved[:, place] = point[place]
            raised.append(moved)
        new = np.unique(np.vstack(raised), axis=0)
        keep = [
            number
            for number, corner in enumerate(new)
            if not (left <= corner).all(axis=1).any() and (new <= corner).all(axis=1).sum() == 1
        ]
        new = new[keep]
        self.corners = np.vstack([left, new])
        return new


def corners_of(points: Sequence[Sequence[float]], measures: int) -> np.ndarray:
    """Return the corners of what a set of points leaves."""
    region = Region(measures)
    for point in points:
        region.without(point)
    return region.corners
