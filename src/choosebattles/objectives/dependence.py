"""Money from others has a price in autonomy."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from choosebattles.case.decision_model import AUTONOMY
from choosebattles.case.units import Id
from choosebattles.vocabulary import THOUSANDTHS, Ledger, Linear, Quantities, Row, reading


@dataclass(frozen=True)
class Dependence:
    r"""Each million spent from a fund costs autonomy, from that year on: a debt lasts.

    .. math:: - \sum_f dependence(f) \sum_{t' \le t} paid(f, t')

    in points before scaling, of the objective *autonomy* alone.
    """

    reads: ClassVar[frozenset[str]] = reading("dependence", of=("paid",))
    part: ClassVar[str] = "criteria"

    def worth(self, q: Quantities, objective: Id, year: int) -> Linear:
        """Return the price of all that was paid up to the year, as an expression."""
        if objective != AUTONOMY:
            return Linear()
        return q.total(
            -Fraction(fund.dependence) / THOUSANDTHS * q.paid(fund, t)
            for fund in q.case.funds
            for t in range(year + 1)
        )

    def rows(self, q: Quantities) -> Iterator[Row]:
        """Yield nothing: payments are bound by the money."""
        yield from ()

    def amount(self, ledger: Ledger, objective: Id, year: int) -> Fraction:
        """Return the price of all that was paid up to the year."""
        points = Fraction(0)
        if objective == AUTONOMY:
            for fund in (listed for listed in ledger.case.funds if listed.dependence):
                spent = sum(ledger.paid(fund, t) for t in ledger.horizon if t <= year)
                points -= Fraction(fund.dependence) * spent / THOUSANDTHS
        return points
