"""Services that must go on working under a shock."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from choosebattles.case.case import Case
from choosebattles.case.facts import Facts
from choosebattles.case.number_path import replace_at
from choosebattles.case.service import Service
from choosebattles.case.shock import Shock
from choosebattles.demand import Change, Demand, DemandKind, Relaxable, Unit, shown, steps_down
from choosebattles.translation import _
from choosebattles.vocabulary import TOLERANCE, Ledger, Quantities, Row, RowName, Violation, reading


@dataclass(frozen=True)
class MustHold(Unit):
    r"""In the final year the service keeps its continuity under the named shocks, or under all.

    .. math:: cont(v, z, H - 1) \ge floor(v)
    """

    service: Service
    reads: ClassVar[frozenset[str]] = reading("hold", of=("continuity",))

    def rows(self, q: Quantities) -> Iterator[Row]:
        """Yield one row for each shock."""
        for shock in self._against(q.case):
            continuity = q.continuity(self.service, shock, q.last)
            name = RowName("must_hold", (self.service.id, shock.id))
            yield Row(name, continuity >= Fraction(self._floor), (self.service.at("must_hold"),))

    def violations(self, ledger: Ledger) -> Iterator[Violation]:
        """Yield by how much the service falls below its floor."""
        for shock in self._against(ledger.case):
            continuity = ledger.continuity(self.service, shock, ledger.last)
            short = Fraction(self._floor) - continuity
            if short > TOLERANCE:
                text = _("{service} keeps {there:.1%} under {shock}; it must hold {floor:.1%}")
                text = text.format(
                    service=self.service.id,
                    there=float(continuity),
                    shock=shock.id,
                    floor=float(self._floor),
                )
                name = RowName("must_hold", (self.service.id, shock.id))
                place = (self.service.at("must_hold"),)
                yield Violation(name, text, short, place)

    def demands(self, case: Case, rows: Sequence[RowName]) -> Iterator[Relaxable]:
        """Yield that the service holds its share; a lower share would do."""
        at = [service.id for service in case.services].index(self.service.id)

        def gives_way(now: Case, off: float) -> Iterator[Change]:
            for least in steps_down(self._floor, off, 3):
                sentence = _("lower what {service} must hold to {share} %").format(
                    service=self.service.id, share=shown(100 * least, 0)
                )
                path = ("services", at, "must_hold")
                yield sentence, replace_at(now, path, max(least, Decimal(0)))

        share = shown(100 * self._floor, 0)
        what = _("{service} must hold {share} %").format(service=self.service.id, share=share)
        demand = Demand(what, f"{share} %", (self.service.at("must_hold"),))
        yield Relaxable(
            DemandKind.MUST_HOLD, demand, tuple(rows), gives_way, measured=True, step=0.001
        )

    @property
    def _floor(self) -> Decimal:
        assert self.service.must_hold is not None, "only services with a floor have this unit"
        return self.service.must_hold

    def _against(self, case: Facts) -> tuple[Shock, ...]:
        named = self.service.against
        return tuple(shock for shock in case.shocks if not named or shock.id in named)
