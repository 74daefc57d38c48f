"""The least and the most of a measure over a part of the investments."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from choosebattles.case.case import Case
from choosebattles.case.investment import Option
from choosebattles.case.limit import Limit, Measured, Metric, ScopeItem, ScopeKind
from choosebattles.case.number_path import replace_at
from choosebattles.demand import (
    Change,
    Demand,
    DemandKind,
    Relaxable,
    Unit,
    digits_of,
    millions,
    raised_or_lowered,
    shown,
    steps_down,
    steps_up,
)
from choosebattles.formula_sentences import FixedWords, Phrase, cell, sentence
from choosebattles.translation import _, listed, several
from choosebattles.vocabulary import (
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

Scope = tuple[Option, ...]


@dataclass(frozen=True)
class MetricUnit:
    """All that is said of one metric.

    ``expression`` and ``amount`` are what it measures over a scope in a year, for the solver and
    for the recount; the sentences say what a minimum and a maximum demand, ``broken`` what is
    measured where one of them is broken, and ``reads_as`` begins the template's *Reads as*.
    """

    expression: Callable[[Quantities, Limit, Scope, int], Linear]
    amount: Callable[[Ledger, Limit, Scope, int], Fraction]
    at_least: str
    at_most: str
    broken: str
    reads_as: Phrase


def _criterion(limit: Limit) -> str:
    assert limit.criterion is not None, "checked with the case"
    return limit.criterion


def _total_cost(q: Quantities, scope: Scope) -> Linear:
    return q.total(q.need(option, t) for option in scope for t in q.horizon)


def _total_spent(ledger: Ledger, scope: Scope) -> Fraction:
    return ledger.total(ledger.need(option, t) for option in scope for t in ledger.horizon)


METRICS: Mapping[Metric, MetricUnit] = {
    Metric.COUNT: MetricUnit(
        lambda q, _limit, scope, _t: q.total(q.take(option.id) for option in scope),
        lambda plan, _limit, scope, _t: plan.total(plan.take(option.id) for option in scope),
        _("at least {count} must be taken"),
        _("no more than {count} may be taken"),
        _("count"),
        FixedWords(_("The number of investments taken")),
    ),
    Metric.STARTS: MetricUnit(
        lambda q, _limit, scope, t: q.total(q.starting(option.id, t) for option in scope),
        lambda plan, _limit, scope, t: plan.total(plan.starting(option.id, t) for option in scope),
        _("at least {count} must start in every year"),
        _("no more than {count} may start in any year"),
        _("starts in {year}"),
        FixedWords(_("The number of starts in each year")),
    ),
    Metric.COST: MetricUnit(
        lambda q, _limit, scope, _t: _total_cost(q, scope),
        lambda plan, _limit, scope, _t: _total_spent(plan, scope),
        _("{who} must cost at least {money}"),
        _("{who} may cost at most {money}"),
        _("cost"),
        FixedWords(_("The cost over the whole plan, in millions,")),
    ),
    Metric.COST_IN_A_YEAR: MetricUnit(
        lambda q, _limit, scope, t: q.total(q.need(option, t) for option in scope),
        lambda plan, _limit, scope, t: plan.total(plan.need(option, t) for option in scope),
        _("{who} must cost at least {money} in every year"),
        _("{who} may cost at most {money} in any year"),
        _("cost in {year}"),
        FixedWords(_("The cost in each year, in millions,")),
    ),
    Metric.COST_SHARE: MetricUnit(
        lambda q, _limit, scope, _t: _total_cost(q, scope),
        lambda plan, _limit, scope, _t: _total_spent(plan, scope),
        _("{who} must take at least {bound} % of all costs"),
        _("{who} may take at most {bound} % of all costs"),
        _("cost share"),
        FixedWords(_("The share of the total cost")),
    ),
    Metric.RUNNING_COST: MetricUnit(
        lambda q, _limit, scope, t: q.total(q.run(option, t) for option in scope),
        lambda plan, _limit, scope, t: plan.total(plan.run(option, t) for option in scope),
        _("running {who} must cost at least {money} in every year"),
        _("running {who} may cost at most {money} in any year"),
        _("running cost in {year}"),
        FixedWords(_("The running cost in each year, in millions,")),
    ),
    Metric.LATER_COST: MetricUnit(
        lambda q, _limit, scope, _t: q.total(q.later(option) for option in scope),
        lambda plan, _limit, scope, _t: plan.total(plan.later(option) for option in scope),
        _("building {who} must cost at least {money} after {last}"),
        _("building {who} may cost at most {money} after {last}"),
        _("later cost"),
        FixedWords(_("The building cost after the last year, in millions,")),
    ),
    Metric.POINTS: MetricUnit(
        lambda q, limit, scope, _t: q.total(
            q.scored(_criterion(limit), option) for option in scope
        ),
        lambda plan, limit, scope, _t: plan.total(
            plan.scored(_criterion(limit), option) for option in scope
        ),
        _("the points of {who} on {criterion} must add up to at least {bound}"),
        _("the points of {who} on {criterion} may add up to at most {bound}"),
        _("points of {criterion}"),
        sentence(_("The sum of "), cell("Metric")),
    ),
}


@dataclass(frozen=True)
class Limited(Unit):
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
        scope, share = q.case.in_scope(self.limit.scope), self._unit is Measured.SHARE
        base = Linear(constant=1)
        if share:
            base = _total_cost(q, tuple(q.case.options.values()))
        for t in q.horizon if self._yearly else (q.last,):
            measured = METRICS[self.limit.metric].expression(q, self.limit, scope, t)
            year = q.case.first_year + t if self._yearly else None
            if self.limit.minimum is not None:
                least = measured >= self._bound(self.limit.minimum) * base
                name = RowName("limits", (self.name, "minimum"), year)
                yield Row(name, least, (self.limit.at("minimum"),))
            if self.limit.maximum is not None:
                most = measured <= self._bound(self.limit.maximum) * base
                name = RowName("limits", (self.name, "maximum"), year)
                yield Row(name, most, (self.limit.at("maximum"),))

    def violations(self, ledger: Ledger) -> Iterator[Violation]:
        """Yield by how much the metric is below the minimum or above the maximum."""
        scope, share = ledger.case.in_scope(self.limit.scope), self._unit is Measured.SHARE
        base = Fraction(1)
        if share:
            base = _total_spent(ledger, tuple(ledger.case.options.values()))
        for t in ledger.horizon if self._yearly else (ledger.last,):
            measured = METRICS[self.limit.metric].amount(ledger, self.limit, scope, t)
            if self.limit.minimum is not None:
                short = self._bound(self.limit.minimum) * base - measured
                if short > TOLERANCE:
                    yield self._broken("minimum", _("below the minimum"), short, ledger, t)
            if self.limit.maximum is not None:
                over = measured - self._bound(self.limit.maximum) * base
                if over > TOLERANCE:
                    yield self._broken("maximum", _("above the maximum"), over, ledger, t)

    def demands(self, case: Case, rows: Sequence[RowName]) -> Iterator[Relaxable]:
        """Yield the minimum and the maximum: another bound would do, or the side is dropped."""
        for side in ("minimum", "maximum"):
            own = tuple(name for name in rows if name.keys == (self.name, side))
            if own:
                yield self._side(case, side, own)

    def _side(self, case: Case, side: str, rows: tuple[RowName, ...]) -> Relaxable:
        least, limit, unit = side == "minimum", self.limit, self._unit
        bound, other = (limit.minimum, limit.maximum) if least else (limit.maximum, limit.minimum)
        assert bound is not None, "a side with rows has a bound"
        where = str(limit.at(side)) or str(limit.metric)
        share, money = unit is Measured.SHARE, unit is Measured.MILLIONS
        digits = 0 if unit is Measured.INVESTMENTS else 1

        def gives_way(now: Case, off: float) -> Iterator[Change]:
            at = next(number for number, listed in enumerate(now.model.limits) if listed is limit)
            if not share:
                amount, decimals = (off / THOUSANDTHS, digits_of(off)) if money else (off, digits)
                for moved in (steps_down if least else steps_up)(bound, amount, decimals):
                    change = raised_or_lowered(_(side), where, bound, moved)
                    yield change, replace_at(now, ("model", "limits", at, side), moved)
            limits = now.model.limits
            change = _("drop the {side} in {place}").format(side=_(side), place=where)
            if other is None:
                rest = (*limits[:at], *limits[at + 1 :])
                yield change, replace_at(now, ("model", "limits"), rest)
            else:
                yield change, replace_at(now, ("model", "limits", at, side), None)

        what = self.sentence(case, shown(100 * bound if share else bound, 0), least=least)
        return Relaxable(
            DemandKind.LIMIT,
            Demand(what, shown(bound, 0), (limit.at(side),)),
            rows,
            gives_way,
            measured=not share,
            priority=limit.priority,
            step=10.0**-digits,
            money=money,
        )

    def sentence(self, case: Case, bound: str, *, least: bool) -> str:
        """Return what one side demands, as its user would say it.

        ``bound`` is as it is shown: investments, millions, per cent, or points.
        """
        unit, who = METRICS[self.limit.metric], _who(self.limit.scope)
        count = several("{bound} investment", "{bound} investments", 1 if bound == "1" else 2)
        of = _(" of {who}").format(who=who) if self.limit.scope else ""
        return (unit.at_least if least else unit.at_most).format(
            bound=bound,
            count=count.format(bound=bound) + of,
            who=who,
            criterion=self.limit.criterion,
            money=millions(case, bound),
            last=case.last_year,
        )

    @property
    def priority(self) -> int | None:
        """Return the Priority of the row."""
        return self.limit.priority

    @property
    def _unit(self) -> Measured:
        return self.limit.metric.declared.unit

    @property
    def _yearly(self) -> bool:
        return self.limit.metric.declared.yearly

    def _bound(self, typed: Decimal) -> Fraction:
        return Fraction(typed) * (THOUSANDTHS if self._unit is Measured.MILLIONS else 1)

    def _broken(self, side: str, text: str, off: Fraction, ledger: Ledger, t: int) -> Violation:
        sentence = _("{measure}: {off} {text}").format(
            measure=self._measure(ledger.case.first_year + t),
            off=self._off(off, ledger.case.currency),
            text=text,
        )
        name = RowName("limits", (self.name, side))
        return Violation(name, sentence, off, (self.limit.at(side),))

    def _measure(self, year: int) -> str:
        """Return what is measured, of what, and in which year, as it stands in a sentence."""
        measure = METRICS[self.limit.metric].broken.format(
            year=year, criterion=self.limit.criterion
        )
        if not self.limit.scope:
            return measure
        scope = "; ".join(str(item) for item in self.limit.scope)
        return _("{measure} ({scope})").format(measure=measure, scope=scope)

    def _off(self, off: Fraction, currency: str) -> str:
        """Return by how much a bound is missed, in the unit and the digits of the metric."""
        if self._unit is Measured.INVESTMENTS:
            return str(math.ceil(off))
        if self._unit is Measured.POINTS:
            return _shown(off, 0)
        amount = _shown(off / THOUSANDTHS, 1)
        if not currency:
            return _("{amount} million").format(amount=amount)
        return _("{amount} million {currency}").format(amount=amount, currency=currency)


def _shown(value: Fraction, least: int) -> str:
    """Return a number in the decimals it needs, three at most; what is there is never 0."""
    if value < Fraction(1, 1000):
        return _("less than {number}").format(number="0.001")
    digits = next((number for number in range(least, 3) if value * 10**number % 1 == 0), 3)
    return f"{float(value):,.{digits}f}"


def _who(scope: tuple[ScopeItem, ...]) -> str:
    """Return whom a limit is about: all investments, or those that are named, by kind."""
    if not scope:
        return _("all investments")
    kinds = dict.fromkeys(item.kind for item in scope)
    return listed(
        _named(kind, [item.name for item in scope if item.kind is kind]) for kind in kinds
    )


def _named(kind: ScopeKind, names: list[str]) -> str:
    one, many = {
        ScopeKind.ID: ("{names}", "{names}"),
        ScopeKind.PILLAR: ("the pillar {names}", "the pillars {names}"),
        ScopeKind.LAYER: ("the layer {names}", "the layers {names}"),
        ScopeKind.OWNER: ("the owner {names}", "the owners {names}"),
        ScopeKind.EXPOSURE: ("the exposure {names}", "the exposures {names}"),
    }[kind]
    return several(one, many, len(names)).format(names=listed(names))
