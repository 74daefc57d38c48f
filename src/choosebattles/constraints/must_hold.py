"""Services that must go on working under a shock."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from choosebattles.case.facts import Facts
from choosebattles.case.service import Service
from choosebattles.case.shock import Shock
from choosebattles.terms import TOLERANCE, Ledger, Quantities, Row, RowName, Violation, reading
from choosebattles.words import _


@dataclass(frozen=True)
class MustHold:
    r"""In the final year the service keeps its continuity under the named shocks, or under all.

    .. math:: cont(v, z, H - 1) \ge floor(v)
    """

    service: Service
    reads: ClassVar[frozenset[str]] = reading("hold", of=("continuity",))

    def rows(self, q: Quantities) -> Iterator[Row]:
        """Yield one row for each shock."""
        for shock in self._against(q.case):
            there = q.continuity(self.service, shock, q.last)
            name = RowName("must_hold", (self.service.id, shock.id))
            yield Row(name, there >= self._floor, (self.service.at("must_hold"),))

    def violations(self, ledger: Ledger) -> Iterator[Violation]:
        """Yield by how much the service falls below its floor."""
        for shock in self._against(ledger.case):
            there = ledger.continuity(self.service, shock, ledger.last)
            if self._floor - there > TOLERANCE:
                text = _("{service} keeps {there:.1%} under {shock}; it must hold {floor:.1%}")
                text = text.format(
                    service=self.service.id,
                    there=float(there),
                    shock=shock.id,
                    floor=float(self._floor),
                )
                name = RowName("must_hold", (self.service.id, shock.id))
                place = (self.service.at("must_hold"),)
                yield Violation(name, text, self._floor - there, place)

    @property
    def _floor(self) -> Fraction:
        assert self.service.must_hold is not None, "only services with a floor have this unit"
        return Fraction(self.service.must_hold)

    def _against(self, case: Facts) -> tuple[Shock, ...]:
        named = self.service.against
        return tuple(each for each in case.shocks if not named or each.id in named)
