"""What is proved to hold no plan any more, so that no point of the trade-off is missed."""

import numpy as np


class ProvedEmpty:
    """Places beyond which there is no plan that some point does not stand for.

    A search beyond some places may prove more than that: of the plans there, none has more of a
    weighted sum than a bound. So none is beyond what is above one of the places and has more.
    """

    def __init__(self, measures: int) -> None:
        self._bounds: list[tuple[np.ndarray, np.ndarray, float]] = []
        self._places = np.full((16, measures), np.inf)
        self._order = 0

    def add(self, place: np.ndarray) -> None:
        """Take note of a place."""
        if self._order == len(self._places):
            self._places = np.vstack([self._places, np.full_like(self._places, np.inf)])
        self._places[self._order] = place
        self._order += 1

    def covers(self, place: np.ndarray) -> bool:
        """Say whether a place is beyond one of them, or above a bound."""
        return bool((self._places[: self._order] <= place).all(axis=1).any()) or any(
            weights @ place > most and (places <= place).all(axis=1).any()
            for places, weights, most in self._bounds
        )

    def bound(self, places: np.ndarray, weights: np.ndarray, most: float) -> None:
        """Take note of what no plan beyond some places exceeds."""
        self._bounds.append((places, weights, most))
