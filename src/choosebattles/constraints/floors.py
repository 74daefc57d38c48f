"""The least that an index must reach."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from choosebattles.case.decision_model import Objective
from choosebattles.terms import TOLERANCE, Ledger, Quantities, Row, RowName, Violation, reading
from choosebattles.words import _


@dataclass(frozen=True)
class Floor:
    r"""The index of an objective reaches its floor.

    .. math:: G(g) \ge floor(g)
    """

    objective: Objective
    reads: ClassVar[frozenset[str]] = reading("floor", of=("index",))

    def rows(self, q: Quantities) -> Iterator[Row]:
        """Yield one row."""
        reached = q.index(self.objective.id) >= self._floor
        yield Row(RowName("floors", (self.objective.id,)), reached, (self.objective.at("floor"),))

    def violations(self, ledger: Ledger) -> Iterator[Violation]:
        """Yield by how many points the index falls short."""
        short = self._floor - ledger.index(self.objective.id)
        if short > TOLERANCE:
            text = _("{objective} stays {short:.4f} points below its floor of {floor:g}").format(
                objective=self.objective.id, short=float(short), floor=float(self._floor)
            )
            name = RowName("floors", (self.objective.id,))
            yield Violation(name, text, short, (self.objective.at("floor"),))

    @property
    def _floor(self) -> Fraction:
        assert self.objective.floor is not None, "only objectives with a floor have this unit"
        return Fraction(self.objective.floor)
