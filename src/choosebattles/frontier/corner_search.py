r"""A search for a plan beyond any of several corners.

One whole number for each corner says which of them the plan is beyond: with
:math:`\sum_i b_i = 1`, every measure is :math:`u_k \ge \sum_i c_{ik} b_i`. Where there is no such
plan, that is proved for all of them at once, in about the time that it takes for one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from choosebattles.formulation.arrays import Arrays
from choosebattles.formulation.start_variables import ProgramColumn
from choosebattles.solving.highs_model import Ended, Extra, HighsModel
from choosebattles.solving.options import Options
from choosebattles.vocabulary import Linear, Row, RowName

CORNERS_AT_ONCE = 8
"""Corners that are looked beyond at a time."""

HEURISTICS = ("rins", "rens", "root_reduced_cost", "feasibility_jump")
"""HiGHS's ways to guess plans: whether there is one is found out in half the time without."""


class _FeasibilityModel(HighsModel):
    """A program that is asked whether there is any plan, not for the best one."""

    def __init__(self, arrays: Arrays) -> None:
        super().__init__(arrays)
        for heuristic in HEURISTICS:
            self._highs.setOptionValue(f"mip_heuristic_run_{heuristic}", False)


class CornerSearch:
    """A program, asked for plans beyond corners."""

    def __init__(self, arrays: Arrays, goals: Sequence[Linear]) -> None:
        self.integers = np.flatnonzero(arrays.integer)
        self._low, self._high = arrays.low, arrays.high
        self._goals = goals
        self._model = _FeasibilityModel(_with_corner_choices(arrays))
        number = range(len(goals))
        self._names = [f"measure[{place}]" for place in number]
        self._model.add_columns(
            ProgramColumn(name, None, None, integer=False) for name in self._names
        )
        rows = (
            Row(RowName(name), goal - Linear({name: 1}) >= 0)
            for name, goal in zip(self._names, goals, strict=True)
        )
        self._rows = [Extra.of(row, self.position) for row in rows]

    @property
    def position(self) -> Mapping[str, int]:
        """Return the numbers of the columns, by name."""
        return self._model.position

    @property
    def work(self) -> float:
        """Return the units of work that all searches so far have done."""
        return self._model.work

    def beyond(
        self,
        corners: np.ndarray,
        weights: np.ndarray,
        options: Options,
        fixed: Mapping[int, float] | None = None,
    ) -> Ended:
        """Look for a plan beyond one of the corners, with much of the weighted measures.

        ``fixed`` are whole columns, by number, that are to be as given.
        """
        model = self._model
        model.set_extra_rows([*self._rows, *self._beyond(corners)])
        numbers = np.array([self.position[_corner(number)] for number in range(CORNERS_AT_ONCE)])
        high = (np.arange(CORNERS_AT_ONCE) < len(corners)).astype(float)
        model.bound_columns(numbers, np.zeros(CORNERS_AT_ONCE), high)
        goal = {name: float(w) for name, w in zip(self._names, weights, strict=True)}
        model.set_objective(model.costs(Linear(goal)), 0)
        columns = np.array(list(fixed or ()), dtype=int)
        fixed_values = np.array(list((fixed or {}).values()), dtype=float)
        model.bound_columns(columns, fixed_values, fixed_values)
        ended = model.run(options)
        model.bound_columns(columns, self._low[columns], self._high[columns])
        return ended

    def _beyond(self, corners: np.ndarray) -> list[Extra]:
        chosen = [Linear({_corner(number): 1}) for number in range(len(corners))]
        rows = [Row(RowName("corner"), Linear.total(chosen) == 1)]
        for place, name in enumerate(self._names):
            least = corners[:, place]
            if not np.isfinite(least).all():
                continue
            parts = (-float(c) * b for c, b in zip(least, chosen, strict=True))
            rows.append(Row(RowName("beyond"), Linear({name: 1}) + Linear.total(parts) >= 0))
        return [Extra.of(row, self.position) for row in rows]


def _corner(number: int) -> str:
    return f"corner[{number}]"


def _with_corner_choices(arrays: Arrays) -> Arrays:
    """Return a program with a column for each corner that is looked beyond at a time."""
    return replace(
        arrays,
        names=(*arrays.names, *(_corner(number) for number in range(CORNERS_AT_ONCE))),
        low=np.concatenate([arrays.low, np.zeros(CORNERS_AT_ONCE)]),
        high=np.concatenate([arrays.high, np.ones(CORNERS_AT_ONCE)]),
        integer=np.concatenate([arrays.integer, np.ones(CORNERS_AT_ONCE, dtype=bool)]),
    )
