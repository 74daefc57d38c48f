"""Questions about robustness, asked one after the other within one time."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from choosebattles.case.case import Case
from choosebattles.case.units import Id
from choosebattles.errors import SolverError
from choosebattles.solving.outcome import Stop
from choosebattles.solving.resolver import Resolver
from choosebattles.solving.resolver_question import Reply, SolverQuestion
from choosebattles.translation import _
from choosebattles.vocabulary import Linear


@dataclass(frozen=True)
class RobustProgress:
    """How far a search is: what is being looked for, how many there are so far, seconds."""

    what: str
    number: int
    seconds: float


Watcher = Callable[[RobustProgress], None]
"""Whoever is told of progress."""

COMPETITORS = "competitors"
UNBEATEN = "unbeaten"


class RobustStopped(Exception):  # noqa: N818 - no error: the time is over, or somebody pressed Ctrl-C
    """Nothing more is to be asked, because of ``stop``."""

    def __init__(self, stop: Stop) -> None:
        super().__init__(stop)
        self.stop = stop


class RobustAsking:
    """A resolver with a time until which it answers.

    Parameters
    ----------
    case
        Facts and decision model.
    time_limit
        Seconds for all questions together; None for no limit.
    watch
        Told of progress.
    """

    def __init__(
        self, case: Case, time_limit: float | None = None, watch: Watcher | None = None
    ) -> None:
        self.case = case
        self.began = time.monotonic()
        self.until = None if time_limit is None else self.began + time_limit
        self.resolver = Resolver(case)
        self.q = self.resolver.expressions()
        self._watch = watch

    @property
    def seconds(self) -> float:
        """Return the seconds since the beginning."""
        return time.monotonic() - self.began

    @property
    def left(self) -> float | None:
        """Return the seconds that are left; None for no limit."""
        return None if self.until is None else max(0.0, self.until - time.monotonic())

    def tell(self, number: int, what: str = COMPETITORS) -> None:
        """Tell how many there are so far."""
        if self._watch is not None:
            self._watch(RobustProgress(what, number, self.seconds))

    def ask(self, question: SolverQuestion) -> Reply:
        """Return the reply.

        Raises
        ------
        Stopped
            Where the time is over, and the reply is not what was asked for.
        SolverError
            Where the solver fails.
        """
        left = self.left
        if left == 0:
            raise RobustStopped(Stop.TIME_LIMIT)
        reply = self.resolver.ask(replace(question, time_limit=left))
        if reply.stop is Stop.INTERRUPTED or (
            reply.stop is Stop.TIME_LIMIT and reply.choices is None
        ):
            raise RobustStopped(reply.stop)
        if reply.choices is None and reply.stop is not Stop.INFEASIBLE:
            message = _("{solver} ended without a statement about the case")
            raise SolverError(message.format(solver=self.resolver.solver))
        return reply

    def differences(self, taken: Iterable[Id]) -> Linear:
        """Return in how many options a plan differs from a set of options."""
        those = frozenset(taken)
        return self.q.total(
            1 - self.q.take(option) if option in those else self.q.take(option)
            for option in self.case.options
        )
