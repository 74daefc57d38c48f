"""A reserve for overruns is held, not spent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from choosebattles.case.case import Case
from choosebattles.case.decision_model import ContingencyKind
from choosebattles.case.number_path import replace_at
from choosebattles.case.place import Place
from choosebattles.demand import Change, Demand, DemandKind, Relaxable, Unit, shown
from choosebattles.translation import _
from choosebattles.vocabulary import Ledger, Quantities, Row, RowName, Violation, reading


@dataclass(frozen=True)
class Contingency(Unit):
    r"""General funds together hold the reserve of every year.

    .. math:: \sum_{f \text{ general}} e_{ft} \ge R_t

    *flat*: :math:`R_t = share \cdot \sum_o need(o, t)`. *budgeted*: the :math:`\Gamma` options
    with the largest overruns overrun together in a year; :math:`R_t = \Gamma u_t + \sum_o
    v_{ot}` with :math:`u_t + v_{ot} \ge overrun(o) \, need(o, t)` and :math:`u, v \ge 0`
    (Bertsimas and Sim 2004, doi:10.1287/opre.1030.0065).
    """

    place: Place
    reads: ClassVar[frozenset[str]] = reading(of=("held", "reserve"))

    def rows(self, q: Quantities) -> Iterator[Row]:
        """Yield one row a year."""
        for t in q.horizon:
            held = q.total(q.held(fund, t) for fund in q.case.general_funds)
            name = RowName("contingency", (), q.case.first_year + t)
            yield Row(name, held >= q.reserve(t), (self.place,))

    def violations(self, ledger: Ledger) -> Iterator[Violation]:
        """Yield by how much the reserve is short, beyond one thousandth."""
        for t in ledger.horizon:
            held = ledger.total(ledger.held(fund, t) for fund in ledger.case.general_funds)
            short = ledger.reserve(t) - held
            if short > 1:
                year = ledger.case.first_year + t
                text = _("{year}: the contingency held is {short:.3f} million too small").format(
                    year=year, short=float(short) / 1000
                )
                yield Violation(RowName("contingency", (), year), text, short, (self.place,))

    def demands(self, case: Case, rows: Sequence[RowName]) -> Iterator[Relaxable]:
        """Yield that a reserve is held; none is held instead."""

        def gives_way(now: Case, _off: float) -> Iterator[Change]:
            yield (
                _("hold no contingency"),
                replace_at(now, ("model", "contingency"), ContingencyKind.NONE),
            )

        value = shown(case.model.contingency_amount, 0)
        what = _("a contingency is held ({kind}, {amount})").format(
            kind=case.model.contingency, amount=value
        )
        demand = Demand(what, value, (self.place,))
        yield Relaxable(DemandKind.CONTINGENCY, demand, tuple(rows), gives_way)
