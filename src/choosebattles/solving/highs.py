"""HiGHS in process: the program is loaded once; goals and extra rows come and go."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from choosebattles.formulation.arrays import Arrays, as_arrays
from choosebattles.formulation.program import Program
from choosebattles.solving.answer import Answer, Watcher
from choosebattles.solving.loaded import Extra, Loaded, version
from choosebattles.solving.options import Options
from choosebattles.terms import Linear, Row


class Highs:
    """A program held by HiGHS. Not to be shared between threads."""

    def __init__(self, program: Program) -> None:
        self.name = version()
        self.program = program
        self._loaded: Loaded | None = None

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
    ) -> Answer:
        """Find the solution with the largest goal; Ctrl-C ends it with the best one so far.

        ``start`` may name some columns only: HiGHS completes it.
        """
        if self._loaded is None:
            self._loaded = Loaded(self.arrays)
        held = self._loaded
        held.include(self.program.quantities.columns.values())
        held.aim(held.costs(goal), float(goal.constant))
        held.have([Extra.of(row, held.position) for row in extra])
        begin = None
        if start:
            begin = np.array([start.get(name, np.nan) for name in held.names])
        ended = held.run(options, start=begin, watch=watch)
        values = None
        if ended.values is not None:
            values = dict(zip(held.names, ended.values.tolist(), strict=True))
        return Answer(ended.stop, values, ended.bound, ended.seconds)
