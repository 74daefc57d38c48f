"""The least that an index must reach."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from choosebattles.case.case import Case
from choosebattles.case.decision_model import Objective
from choosebattles.case.number_path import replace_at
from choosebattles.demand import Change, Demand, DemandKind, Relaxable, Unit, shown, steps_down
from choosebattles.translation import _
from choosebattles.vocabulary import TOLERANCE, Ledger, Quantities, Row, RowName, Violation, reading


@dataclass(frozen=True)
class Floor(Unit):
    r"""The index of an objective reaches its floor.

    .. math:: G(g) \ge floor(g)
    """

    objective: Objective
    reads: ClassVar[frozenset[str]] = reading("floor", of=("index",))

    def rows(self, q: Quantities) -> Iterator[Row]:
        """Yield one row."""
        reached = q.index(self.objective.id) >= Fraction(self._floor)
        yield Row(RowName("floors", (self.objective.id,)), reached, (self.objective.at("floor"),))

    def violations(self, ledger: Ledger) -> Iterator[Violation]:
        """Yield by how many points the index falls short."""
        short = Fraction(self._floor) - ledger.index(self.objective.id)
        if short > TOLERANCE:
            text = _("{objective} stays {short:.4f} points below its floor of {floor:g}").format(
                objective=self.objective.id, short=float(short), floor=float(self._floor)
            )
            name = RowName("floors", (self.objective.id,))
            yield Violation(name, text, short, (self.objective.at("floor"),))

    def demands(self, case: Case, rows: Sequence[RowName]) -> Iterator[Relaxable]:
        """Yield that the index reaches its floor; a lower floor would do."""
        at = [goal.id for goal in case.model.objectives].index(self.objective.id)

        def gives_way(now: Case, off: float) -> Iterator[Change]:
            for least in steps_down(self._floor, off, 1):
                sentence = _("lower the floor of {objective} to {floor}").format(
                    objective=self.objective.id, floor=shown(least)
                )
                yield sentence, replace_at(now, ("model", "objectives", at, "floor"), least)

        value = shown(self._floor)
        what = _("the index {objective} must reach {floor}").format(
            objective=self.objective.id, floor=value
        )
        demand = Demand(what, value, (self.objective.at("floor"),))
        yield Relaxable(DemandKind.FLOOR, demand, tuple(rows), gives_way, measured=True, step=0.1)

    @property
    def _floor(self) -> Decimal:
        assert self.objective.floor is not None, "only objectives with a floor have this unit"
        return self.objective.floor
