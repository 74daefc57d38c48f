"""The least and the most of a measure over a part of the investments."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from choosebattles.case.investment import Option
from choosebattles.case.limit import Limit, Metric
from choosebattles.terms import (
    THOUSANDTHS,
    TOLERANCE,
    Ledger,
    Linear,
    Quantities,
    Row,
    RowName,
    Violation,
    reading,
)
from choosebattles.words import _

_YEARLY = (Metric.STARTS, Metric.COST_IN_A_YEAR, Metric.RUNNING_COST)
_MONEY = (Metric.COST, Metric.COST_IN_A_YEAR, Metric.RUNNING_COST, Metric.LATER_COST)


@dataclass(frozen=True)
class Limited:
    r"""A metric over a scope stays between a minimum and a maximum.

    .. math:: minimum \le metric(scope) \le maximum

    With *o* over the options in scope: *count* :math:`\sum_o y_o`; *starts in a year*
    :math:`\sum_o x_{ot}` in every year; *cost* :math:`\sum_{ot} need(o, t)`; *cost in a year*
    and *running cost* in every year; *cost share* as a share of the total cost; *later cost*
    what is built after the last year; *points* the scores, as typed, of what operates in the
    final year. Money in thousandths of a million.
    """

    limit: Limit
    name: str
    reads: ClassVar[frozenset[str]] = reading(
        "limit", of=("take", "starting", "need", "run", "later", "scored")
    )

    def rows(self, q: Quantities) -> Iterator[Row]:
        """Yield one row for each side, and for each year where the metric is yearly."""
        scope = q.case.in_scope(self.limit.scope)
        for year in q.horizon if self.limit.metric in _YEARLY else (q.last,):
            measured = self._expression(q, scope, year)
            whole = self._whole(q)
            when = q.case.first_year + year if self.limit.metric in _YEARLY else None
            if self.limit.minimum is not None:
                least = measured >= self._bound(self.limit.minimum) * whole
                name = RowName("limits", (self.name, "minimum"), when)
                yield Row(name, least, (self.limit.at("minimum"),))
            if self.limit.maximum is not None:
                most = measured <= self._bound(self.limit.maximum) * whole
                name = RowName("limits", (self.name, "maximum"), when)
                yield Row(name, most, (self.limit.at("maximum"),))

    def violations(self, ledger: Ledger) -> Iterator[Violation]:
        """Yield by how much the metric is below the minimum or above the maximum."""
        scope = ledger.case.in_scope(self.limit.scope)
        for year in ledger.horizon if self.limit.metric in _YEARLY else (ledger.last,):
            measured = self._amount(ledger, scope, year)
            base = self._total(ledger) if self.limit.metric is Metric.COST_SHARE else Fraction(1)
            if self.limit.minimum is not None:
                short = self._bound(self.limit.minimum) * base - measured
                if short > TOLERANCE:
                    yield self._broken("minimum", _("below the minimum"), short, ledger, year)
            if self.limit.maximum is not None:
                over = measured - self._bound(self.limit.maximum) * base
                if over > TOLERANCE:
                    yield self._broken("maximum", _("above the maximum"), over, ledger, year)

    def _bound(self, typed: Decimal) -> Fraction:
        return Fraction(typed) * (THOUSANDTHS if self.limit.metric in _MONEY else 1)

    def _expression(  # noqa: PLR0911 - one answer for each metric
        self, q: Quantities, scope: Iterable[Option], year: int
    ) -> Linear:
        match self.limit.metric:
            case Metric.COUNT:
                return q.total(q.take(each.id) for each in scope)
            case Metric.STARTS:
                return q.total(q.starting(each.id, year) for each in scope)
            case Metric.COST | Metric.COST_SHARE:
                return q.total(q.need(each, t) for each in scope for t in q.horizon)
            case Metric.COST_IN_A_YEAR:
                return q.total(q.need(each, year) for each in scope)
            case Metric.RUNNING_COST:
                return q.total(q.run(each, year) for each in scope)
            case Metric.LATER_COST:
                return q.total(q.later(each) for each in scope)
            case Metric.POINTS:
                assert self.limit.criterion is not None, "checked with the case"
                return q.total(q.scored(self.limit.criterion, each) for each in scope)

    def _whole(self, q: Quantities) -> Linear:
        if self.limit.metric is Metric.COST_SHARE:
            return q.total(q.need(each, t) for each in q.case.options.values() for t in q.horizon)
        return Linear(constant=1)

    def _amount(self, ledger: Ledger, scope: Iterable[Option], year: int) -> Fraction:
        found = Fraction(0)
        for each in scope:
            match self.limit.metric:
                case Metric.COUNT:
                    found += ledger.take(each.id)
                case Metric.STARTS:
                    found += ledger.starting(each.id, year)
                case Metric.COST | Metric.COST_SHARE:
                    found += sum(ledger.need(each, t) for t in ledger.horizon)
                case Metric.COST_IN_A_YEAR:
                    found += ledger.need(each, year)
                case Metric.RUNNING_COST:
                    found += ledger.run(each, year)
                case Metric.LATER_COST:
                    found += ledger.later(each)
                case Metric.POINTS:
                    assert self.limit.criterion is not None, "checked with the case"
                    found += ledger.scored(self.limit.criterion, each)
        return found

    def _total(self, ledger: Ledger) -> Fraction:
        every = ledger.case.options.values()
        return ledger.total(ledger.need(each, t) for each in every for t in ledger.horizon)

    def _broken(self, side: str, text: str, off: Fraction, ledger: Ledger, year: int) -> Violation:
        sentence = _("{measure}: {off} {text}").format(
            measure=self._measure(ledger.case.first_year + year),
            off=self._off(off, ledger.case.currency),
            text=text,
        )
        return Violation(
            RowName("limits", (self.name, side)), sentence, off, (self.limit.at(side),)
        )

    def _measure(self, year: int) -> str:
        """Return what is measured, of what, and in which year, as it stands in a sentence."""
        what = {
            Metric.STARTS: _("starts in {year}"),
            Metric.COST_IN_A_YEAR: _("cost in {year}"),
            Metric.RUNNING_COST: _("running cost in {year}"),
            Metric.POINTS: _("points of {criterion}"),
        }.get(self.limit.metric, str(self.limit.metric))
        told = what.format(year=year, criterion=self.limit.criterion)
        if not self.limit.scope:
            return told
        scope = "; ".join(str(each) for each in self.limit.scope)
        return _("{measure} ({scope})").format(measure=told, scope=scope)

    def _off(self, off: Fraction, currency: str) -> str:
        """Return by how much a bound is missed, in the unit and the digits of the metric."""
        if self.limit.metric in (Metric.COUNT, Metric.STARTS):
            return str(math.ceil(off))
        if self.limit.metric is Metric.POINTS:
            return _shown(off, 0)
        amount = _shown(off / THOUSANDTHS, 1)
        if not currency:
            return _("{amount} million").format(amount=amount)
        return _("{amount} million {currency}").format(amount=amount, currency=currency)


def _shown(value: Fraction, least: int) -> str:
    """Return a number in the decimals it needs, three at most; what is there is never 0."""
    if value < Fraction(1, 1000):
        return _("less than {number}").format(number="0.001")
    digits = next((each for each in range(least, 3) if value * 10**each % 1 == 0), 3)
    return f"{float(value):,.{digits}f}"
