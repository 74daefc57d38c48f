"""What goes on working when something breaks: the mean over shocks and the bad tail."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from choosebattles.case.shock import Shock
from choosebattles.case.units import Id
from choosebattles.vocabulary import Ledger, Linear, Quantities, Row, RowName, reading


@dataclass(frozen=True)
class Continuity:
    r"""Expected continuity of services and, weighted in, that of the worst shocks.

    .. math::

        K(z, t) = 100 \, \frac{\sum_v weight_v \, cont(v, z, t)}{\sum_v weight_v}, \qquad
        C(g, t) = (1 - \tau) \sum_z \pi_z K(z, t) + \tau \, CVaR(K(\cdot, t))

    with :math:`\tau` the tail weight, :math:`\pi` the likelihoods of the shocks of *g* made to
    add up to 1, and CVaR the mean of the worst shocks that make up the tail share
    (Rockafellar and Uryasev 2000, doi:10.21314/JOR.2000.038):

    .. math:: \max_\eta \; \eta - \frac{1}{tail} \sum_z \pi_z \max(0, \eta - K(z, t))

    A tail share of 0 means the worst shock alone.
    """

    reads: ClassVar[frozenset[str]] = reading("service", "likelihood", "tail", of=("continuity",))
    part: ClassVar[str] = "continuity"

    def worth(self, q: Quantities, objective: Id, year: int) -> Linear:
        """Return C as an expression in the columns ``tail`` and ``short``."""
        model, likely = q.case.model, self._likelihoods(q, objective)
        if not likely:
            return Linear()
        tail, weight = float(model.tail_share), float(model.tail_weight)
        shares = self._shares(q)
        mean = q.total(pi * self._kept(q, shock, year, shares) for shock, pi in likely)
        worst = self._tail(q, objective, year)
        if tail:
            worst = worst - q.total(pi / tail * self._short(q, shock, year) for shock, pi in likely)
        return (1 - weight) * mean + weight * worst

    def rows(self, q: Quantities) -> Iterator[Row]:
        """Yield, for each shock and year, how far it falls short of the tail's border.

        The worst shock alone falls short of nothing; what is impossible is not the worst.
        """
        shares = self._shares(q)
        for objective in q.case.model.objectives:
            for t in q.accruing:
                for shock, pi in self._likelihoods(q, objective.id):
                    short = self._tail(q, objective.id, t) - self._kept(q, shock, t, shares)
                    may = int(q.case.model.tail_share > 0 or not pi)
                    short = short - may * self._short(q, shock, t)
                    name = RowName("continuity", (objective.id, shock.id), q.case.first_year + t)
                    yield Row(name, short <= 0, (shock.at(),))

    def amount(self, ledger: Ledger, objective: Id, year: int) -> Fraction:
        """Return C by walking from the worst shock up until the tail share is filled."""
        model = ledger.case.model
        tail, weight = Fraction(model.tail_share), Fraction(model.tail_weight)
        shocks = [shock for shock in ledger.case.shocks_of[objective] if shock.likelihood > 0]
        everything = sum(Fraction(shock.likelihood) for shock in shocks)
        if not everything or not ledger.case.services:
            return Fraction(0)
        kept = sorted(
            (100 * ledger.kept(shock, year), Fraction(shock.likelihood) / everything)
            for shock in shocks
        )
        mean = ledger.total(value * pi for value, pi in kept)
        if not tail:
            return (1 - weight) * mean + weight * kept[0][0]
        filled, worst = Fraction(0), Fraction(0)
        for value, pi in kept:
            part = min(pi, tail - filled)
            worst += value * part
            filled += part
        return (1 - weight) * mean + weight * worst / tail

    def _likelihoods(self, q: Quantities, objective: Id) -> list[tuple[Shock, float]]:
        """Return the shocks of the objective, with likelihoods that add up to 1, or all 0."""
        shocks = q.case.shocks_of[objective] if q.case.services else ()
        total = sum(Fraction(shock.likelihood) for shock in shocks)
        return [(z, float(Fraction(z.likelihood) / total) if total else 0.0) for z in shocks]

    def _shares(self, q: Quantities) -> list[float]:
        """Return the points that each service can add; they add up to 100."""
        total = sum(Fraction(service.weight) for service in q.case.services)
        return [float(100 * Fraction(service.weight) / total) for service in q.case.services]

    def _kept(self, q: Quantities, shock: Shock, year: int, shares: list[float]) -> Linear:
        return q.total(
            share * q.continuity(service, shock, year)
            for service, share in zip(q.case.services, shares, strict=True)
        )

    def _tail(self, q: Quantities, objective: Id, year: int) -> Linear:
        return q.column(f"continuity[tail of {objective},{q.case.first_year + year}]", low=None)

    def _short(self, q: Quantities, shock: Shock, year: int) -> Linear:
        return q.column(f"continuity[short of the tail,{shock.id},{q.case.first_year + year}]")
