r"""How far beyond a corner any plan can be, by the relaxation.

For a corner :math:`c` and units :math:`e` the relaxation raises :math:`t` with
:math:`u_k \ge c_k + e_k t` for every measure :math:`u_k`. Its best :math:`t` says that no plan is
beyond the corner by more in all measures at once; its shadow prices are the weights with which
that is seen best.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from choosebattles.formulation.arrays import Arrays
from choosebattles.formulation.start_variables import ProgramColumn
from choosebattles.solving.highs_model import Extra, HighsModel
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop
from choosebattles.vocabulary import Linear, Row, RowName


@dataclass(frozen=True)
class Beyond:
    """How far beyond a corner a plan can be at most: ``by`` units; infinite where none is given.

    ``weights`` are those of the measures; ``relaxed`` and ``reduced_costs`` are the relaxation's values and
    reduced costs of the program's columns.
    """

    by: float
    weights: np.ndarray
    relaxed: np.ndarray
    reduced_costs: np.ndarray


class Relaxation:
    """A program without whole numbers, asked at one corner after the other."""

    def __init__(self, arrays: Arrays, goals: Sequence[Linear], units: np.ndarray) -> None:
        self._size = len(arrays.names)
        self._units = units
        self._model = HighsModel(arrays, integer=False)
        places = range(len(goals))
        high = [f"measure[{place}]" for place in places]
        excesses = [f"over[{place}]" for place in places]
        names = (*high, *excesses, "beyond")
        self._model.add_columns(ProgramColumn(name, None, None, integer=False) for name in names)
        position = self._model.position
        rows = []
        for place, goal in enumerate(goals):
            u, s, t = (Linear({name: 1}) for name in (high[place], excesses[place], "beyond"))
            rows.append(Row(RowName("measured", (str(place),)), goal - u >= 0))
            rows.append(Row(RowName("over", (str(place),)), u - float(units[place]) * t - s == 0))
        self._model.set_extra_rows([Extra.of(row, position) for row in rows])
        self._over = np.array([position[name] for name in excesses])
        self._toward = Linear({"beyond": 1})
        shares = {name: 1 / (len(goals) * float(e)) for name, e in zip(high, units, strict=True)}
        self._everywhere = Linear(shares)

    @property
    def work(self) -> float:
        """Return the units of work done so far."""
        return self._model.work

    def at(self, corner: np.ndarray) -> Beyond | None:
        """Return how far beyond a corner plans can be; None where there is none at all."""
        given = np.isfinite(corner)
        goal = self._toward if given.any() else self._everywhere
        self._model.bound_columns(self._over, corner, np.full(len(corner), np.inf))
        self._model.set_objective(self._model.costs(goal), 0)
        ended = self._model.run(Options())
        if ended.stop is not Stop.OPTIMAL or ended.values is None or ended.duals is None:
            return None if ended.stop is Stop.INFEASIBLE else self.unknown(corner)
        if given.any():
            by, weights = float(ended.bound or 0.0), -ended.duals[self._over]
        else:
            by, weights = np.inf, 1 / (len(corner) * self._units)
        return Beyond(by, weights, ended.values[: self._size], ended.duals[: self._size])

    def unknown(self, corner: np.ndarray) -> Beyond:
        """Return what is known where the relaxation was not solved: nothing."""
        weights = 1 / (len(corner) * self._units)
        return Beyond(np.inf, weights, np.zeros(self._size), np.zeros(self._size))
