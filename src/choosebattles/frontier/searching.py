r"""A search for a plan beyond any of several corners.

One whole number for each corner says which of them the plan is beyond: with
:math:`\sum_i b_i = 1`, every measure is :math:`u_k \ge \sum_i c_{ik} b_i`. Where there is no such
plan, that is proved for all of them at once, in about the time that it takes for one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from choosebattles.formulation.arrays import Arrays
from choosebattles.formulation.quantities import ProgramColumn
from choosebattles.solving.highs_model import Ended, Extra, HighsModel
from choosebattles.solving.options import Options
from choosebattles.terms import Linear, Row, RowName

ABREAST = 8
"""Corners that are looked beyond at a time."""

HEURISTICS = ("rins", "rens", "root_reduced_cost", "feasibility_jump")
"""HiGHS's ways to guess plans: whether there is one is found out in half the time without."""


class _Proving(HighsModel):
    """A program that is asked whether there is any plan, not for the best one."""

    def __init__(self, arrays: Arrays) -> None:
        super().__init__(arrays)
        for each in HEURISTICS:
            self._highs.setOptionValue(f"mip_heuristic_run_{each}", False)


class Search:
    """A program, asked for plans beyond corners."""

    def __init__(self, arrays: Arrays, goals: Sequence[Linear]) -> None:
        self.whole = np.flatnonzero(arrays.whole)
        self._low, self._high = arrays.low, arrays.high
        self._goals = goals
        self._loaded = _Proving(_with_choice(arrays))
        number = range(len(goals))
        self._names = [f"measure[{each}]" for each in number]
        self._loaded.add_columns(
            ProgramColumn(each, None, None, whole=False) for each in self._names
        )
        rows = (
            Row(RowName(name), goal - Linear({name: 1}) >= 0)
            for name, goal in zip(self._names, goals, strict=True)
        )
        self._rows = [Extra.of(each, self.position) for each in rows]

    @property
    def position(self) -> Mapping[str, int]:
        """Return the numbers of the columns, by name."""
        return self._loaded.position

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
        loaded = self._loaded
        loaded.set_extra_rows([*self._rows, *self._beyond(corners)])
        numbers = np.array([self.position[_corner(each)] for each in range(ABREAST)])
        high = (np.arange(ABREAST) < len(corners)).astype(float)
        loaded.bound_columns(numbers, np.zeros(ABREAST), high)
        goal = {name: float(w) for name, w in zip(self._names, weights, strict=True)}
        loaded.set_objective(loaded.costs(Linear(goal)), 0)
        held = np.array(list(fixed or ()), dtype=int)
        to = np.array(list((fixed or {}).values()), dtype=float)
        loaded.bound_columns(held, to, to)
        ended = loaded.run(options)
        loaded.bound_columns(held, self._low[held], self._high[held])
        return ended

    def _beyond(self, corners: np.ndarray) -> list[Extra]:
        chosen = [Linear({_corner(each): 1}) for each in range(len(corners))]
        rows = [Row(RowName("corner"), Linear.total(chosen) == 1)]
        for place, name in enumerate(self._names):
            least = corners[:, place]
            if not np.isfinite(least).all():
                continue
            parts = (-float(c) * b for c, b in zip(least, chosen, strict=True))
            rows.append(Row(RowName("beyond"), Linear({name: 1}) + Linear.total(parts) >= 0))
        return [Extra.of(each, self.position) for each in rows]


def _corner(number: int) -> str:
    return f"corner[{number}]"


def _with_choice(arrays: Arrays) -> Arrays:
    """Return a program with a column for each corner that is looked beyond at a time."""
    return replace(
        arrays,
        names=(*arrays.names, *(_corner(each) for each in range(ABREAST))),
        low=np.concatenate([arrays.low, np.zeros(ABREAST)]),
        high=np.concatenate([arrays.high, np.ones(ABREAST)]),
        whole=np.concatenate([arrays.whole, np.ones(ABREAST, dtype=bool)]),
    )
