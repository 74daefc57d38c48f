"""HiGHS in process: the program is loaded once; goals and extra rows come and go."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from choosebattles.formulation.arrays import Arrays, as_arrays
from choosebattles.formulation.program import Program
from choosebattles.solving.highs_model import Extra, HighsModel, version
from choosebattles.solving.options import Options
from choosebattles.solving.solver_answer import SolverAnswer, Watcher
from choosebattles.vocabulary import Linear, Row


class HighsSolver:
    """A program held by HiGHS. Not to be shared between threads."""

    def __init__(self, program: Program) -> None:
        self.name = version()
        self.program = program
        self._model: HighsModel | None = None

    @cached_property
    def arrays(self) -> Arrays:
        """Return the program as arrays."""
        return as_arrays(self.program)

    def maximise(
        self,
        goal: Linear,
        options: Options,
        *,
        extra: Sequence[Row] = (),
        start: Mapping[str, float] | None = None,
        watch: Watcher | None = None,
    ) -> SolverAnswer:
        """Find the solution with the largest goal; Ctrl-C ends it with the best one so far.

        ``start`` may name some columns only: HiGHS completes it.
        """
        if self._model is None:
            self._model = HighsModel(self.arrays)
        model = self._model
        model.add_columns(self.program.quantities.columns.values())
        model.set_objective(model.costs(goal), float(goal.constant))
        model.set_extra_rows([Extra.of(row, model.position) for row in extra])
        begin = None
        if start:
            begin = np.array([start.get(name, np.nan) for name in model.names])
        before = model.work
        ended = model.run(options, start=begin, watch=watch)
        values = None
        if ended.values is not None:
            values = dict(zip(model.names, ended.values.tolist(), strict=True))
        return SolverAnswer(ended.stop, values, ended.bound, ended.seconds, model.work - before)
