"""No more is set aside than a share of the year's own money."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from choosebattles.case.bounds import SHARE
from choosebattles.case.case import Case
from choosebattles.case.fund import Fund
from choosebattles.case.number_path import Path, replace_at
from choosebattles.demand import Change, Demand, DemandKind, Relaxable, Unit
from choosebattles.translation import _
from choosebattles.vocabulary import (
    THOUSANDTHS,
    Ledger,
    Quantities,
    Row,
    RowName,
    Violation,
    reading,
)


@dataclass(frozen=True)
class CarryAtMost(Unit):
    r"""A fund sets aside for the next year at most a share of the year's own amount.

    .. math:: r_{ft} \le most_f \, A_{ft}

    as budget laws say it: what was carried into the year and what came in do not raise it.
    Money in thousandths of a million.
    """

    fund: Fund
    reads: ClassVar[frozenset[str]] = reading("amount", "carry_most", of=("aside",))

    def rows(self, q: Quantities) -> Iterator[Row]:
        """Yield one row for each year but the last, in which nothing is set aside."""
        for t in q.horizon[:-1]:
            year = q.case.first_year + t
            place = self.fund.at("carry_at_most")
            yield Row(self._name(year), q.aside(self.fund, t) <= self._most(year), (place,))

    def violations(self, ledger: Ledger) -> Iterator[Violation]:
        """Yield what is set aside beyond the share, by more than a thousandth of a million."""
        for t in ledger.horizon:
            year = ledger.case.first_year + t
            over = ledger.aside(self.fund, t) - self._most(year)
            if over > 1:
                text = _(
                    "{fund} sets aside {over:.3f} million more than it may of its money of {year}"
                ).format(fund=self.fund.id, over=float(over) / THOUSANDTHS, year=year)
                place = self.fund.at("carry_at_most")
                yield Violation(self._name(year), text, over, (place,))

    def demands(self, case: Case, rows: Sequence[RowName]) -> Iterator[Relaxable]:
        """Yield the limit of all years; it is dropped."""
        fund = self.fund
        path: Path = ("funds", [listed.id for listed in case.funds].index(fund.id), "carry_at_most")

        def gives_way(now: Case, _off: float) -> Iterator[Change]:
            change = _("let {fund} carry over without a limit").format(fund=fund.id)
            yield change, replace_at(now, path, None)

        assert fund.carry_at_most is not None, "a fund without a limit has no such demand"
        share = SHARE.show(fund.carry_at_most)
        what = _("{fund} may set aside {share} of a year's amount at most").format(
            fund=fund.id, share=share
        )
        demand = Demand(what, share, (fund.at("carry_at_most"),))
        yield Relaxable(DemandKind.CARRY, demand, tuple(rows), gives_way)

    def _most(self, year: int) -> Fraction:
        share, amount = self.fund.carry_at_most, self.fund.amount[year]
        assert share is not None, "a fund without a limit has no such demand"
        return Fraction(share) * Fraction(amount) * THOUSANDTHS

    def _name(self, year: int) -> RowName:
        return RowName("carry_at_most", (self.fund.id,), year)
