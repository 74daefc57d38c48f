"""A set of options as its user typed it: its best start years, also where it breaks demands."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import starmap

from choosebattles.audit.ledger import PlanLedger
from choosebattles.audit.recount import Recount, recount
from choosebattles.case.case import Case
from choosebattles.case.investment import Decision
from choosebattles.case.number_path import get_at, replace_at
from choosebattles.case.plan import Choice, Plan
from choosebattles.case.units import Id, Year
from choosebattles.constraints import units
from choosebattles.constraints.money import Money, balance
from choosebattles.demand import Unit
from choosebattles.explain.timed_resolver import TimedResolver
from choosebattles.solving.payments import pay
from choosebattles.solving.resolver_question import Reply, SolverQuestion
from choosebattles.solving.tolerances import LACKING_MONEY, SAME
from choosebattles.vocabulary import THOUSANDTHS, Linear, Row, RowName

Starts = Mapping[Id, Year | None]
"""Options with the years in which they start; None where that is open."""

SOONER_WEIGHT = 0.001
"""What money that lacks weighs more for each year that it lacks sooner: it lacks where it is used."""


@dataclass(frozen=True)
class AsTyped:
    """A plan as its user wants it.

    ``open`` are the options whose start years were not typed; they got the ones that are best.
    ``payable`` says that who pays what could be found, if need be with money that is not there.
    """

    plan: Plan
    recount: Recount
    open: tuple[Id, ...]
    payable: bool

    @property
    def value(self) -> float:
        """Return what the plan is worth: the weighted sum of its indices."""
        return float(self.recount.after.value)

    @property
    def keeps(self) -> bool:
        """Say whether it keeps every demand."""
        return self.recount.passed


@dataclass(frozen=True)
class _TypedDemand:
    """One demand that may be given up, with its rows."""

    unit: Unit
    rows: frozenset[RowName]

    @property
    def firmness(self) -> float:
        """Return what orders demands: what gives way first is least firm."""
        return math.inf if self.unit.priority is None else float(self.unit.priority)


def as_typed(resolver: TimedResolver, starts: Starts) -> AsTyped:
    r"""Return a plan with the options and start years typed, whether or not demands hold.

    Where years are open, the plan gets those with which it is worth most and keeps every demand.
    Where there are none, money may lack; and where that is not enough, as many demands are kept
    as can be kept together, those that give way last by their Priority before the others. Of the
    years left the ones are taken with which the least money lacks,

    .. math:: \min \sum_{f,t} lack_{ft}, \qquad p + e + r \le A_{ft} + lack_{ft} + \dots

    and of these the ones that are worth most. What is under way belongs to every plan.
    """
    case = resolver.case
    typed = {
        name: None if case.options[name].decision is Decision.ONGOING else year
        for name, year in starts.items()
    }
    under_way = [n for n, o in case.options.items() if o.decision is Decision.ONGOING]
    typed |= dict.fromkeys(under_way)
    outside = {
        name: year
        for name, year in typed.items()
        if not any(_starts_in(resolver, name, start) for start in _years(case, name, year))
    }
    inside = {name: year for name, year in typed.items() if name not in outside}
    reply = resolver.ask(SolverQuestion(rows=(*_fixed(resolver, inside),), gap=0.0))
    funded = case
    if reply.choices is None:
        reply, funded = _ClosestPlan(resolver, inside).found()
    choices = [*(reply.choices or ())]
    choices += [
        Choice(case.investment_of[name].id, name, case.first_year if year is None else year)
        for name, year in outside.items()
    ]
    open_years = tuple(
        name for name, year in starts.items() if year is None and name not in under_way
    )
    return _counted(case, funded, choices, open_years)


def _counted(
    case: Case, funded: Case, choices: Sequence[Choice], open_years: tuple[Id, ...]
) -> AsTyped:
    """Recount the plan; who pays what is found with the money of a case that has enough."""
    valid = [
        choice
        for choice in choices
        if choice.start in case.calendar or case.options[choice.option].decision is Decision.ONGOING
    ]
    payments = pay(funded, valid)
    plan = Plan(tuple(choices)) if payments is None else Plan(tuple(choices), payments)
    return AsTyped(plan, recount(case, plan), open_years, payable=payments is not None)


def _years(case: Case, name: Id, year: Year | None) -> Iterator[Year]:
    """Yield the years that a start may be in."""
    if year is not None:
        yield year
    elif case.options[name].decision is Decision.ONGOING:
        first = case.options[name].earliest_start
        assert first is not None, "checked with the case"
        yield first
    else:
        yield from case.calendar


def _starts_in(resolver: TimedResolver, name: Id, year: Year) -> bool:
    return any(start.year == year - resolver.case.first_year for start in resolver.q.starts[name])


def _fixed(resolver: TimedResolver, starts: Starts) -> Iterator[Row]:
    """Yield rows that ask for just these options, in the years that are typed."""
    q, first = resolver.q, resolver.case.first_year
    for name in resolver.case.options:
        if name not in starts:
            yield Row(RowName("own", (name,)), q.take(name) == 0)
        else:
            year = starts[name]
            chosen = q.take(name) if year is None else q.starting(name, year - first)
            yield Row(RowName("own", (name,)), chosen == 1)
            if year is not None:
                yield Row(RowName("own", (name, "once")), q.take(name) == 1)


class _ClosestPlan:
    """The start years of a set of options that cannot keep every demand."""

    def __init__(self, resolver: TimedResolver, starts: Starts) -> None:
        self._resolver = resolver
        self._fixed = tuple(_fixed(resolver, starts))
        rows_by_unit = resolver.resolver.program.source_rows
        self._demands: list[_TypedDemand] = []
        self._balances: frozenset[RowName] = frozenset()
        for unit, names in zip(units(resolver.case), rows_by_unit, strict=False):
            rows = names
            if isinstance(unit, Money):
                every = (
                    (fund.id, year)
                    for fund in resolver.case.funds
                    for year in resolver.case.calendar
                )
                self._balances = frozenset(starmap(balance, every))
                rows = names - self._balances
            if rows:
                self._demands.append(_TypedDemand(unit, rows))
        self._demands.sort(key=lambda demand: demand.firmness, reverse=True)
        self._shortfall = {
            (fund.id, year): resolver.q.column(f"own[lack,{fund.id},{year}]")
            for fund in resolver.case.funds
            for year in resolver.case.calendar
        }
        self._shortfall_rows = tuple(
            self._balance_with_shortfall(*fund_year) for fund_year in self._shortfall
        )

    def found(self) -> tuple[Reply, Case]:
        """Return the plan that breaks as little as can be, and the case with the money it takes."""
        without = self._balances
        if self._ask(without).choices is None:
            without |= _rows(self._demands_given_up())
        weights = {
            (fund, year): 1 + SOONER_WEIGHT * (self._resolver.case.last_year - year)
            for fund, year in self._shortfall
        }
        shortfall = self._resolver.q.total(
            weights[fund_year] / THOUSANDTHS * column
            for fund_year, column in self._shortfall.items()
        )
        least = self._ask(without, goal=-shortfall)
        if least.value is None:
            return least, self._resolver.case
        kept = Row(RowName("own", ("lack",)), shortfall <= SAME - least.value)
        best = self._ask(without, kept)
        reply = least if best.choices is None else best
        return reply, self._case_with_enough_money(reply, without, kept)

    def _demands_given_up(self) -> list[_TypedDemand]:
        """Return demands that are given up: none could be kept beside those that are firmer."""
        gone = list(self._demands)
        reply = self._ask(self._balances | _rows(gone))
        for demand in self._demands:
            rest = [other for other in gone if other is not demand]
            if self._breaks(reply, demand):
                kept = self._ask(self._balances | _rows(rest))
                if kept.choices is None:
                    continue
                reply = kept
            gone = rest
        return gone

    def _breaks(self, reply: Reply, demand: _TypedDemand) -> bool:
        """Say whether a reply's plan breaks a demand, as long as nobody has paid for it."""
        if reply.choices is None:
            return True
        ledger = PlanLedger(self._resolver.case, Plan(reply.choices))
        return any(demand.unit.violations(ledger))

    def _ask(self, without: frozenset[RowName], *rows: Row, goal: Linear | None = None) -> Reply:
        all_rows = (*self._fixed, *self._shortfall_rows, *rows)
        return self._resolver.ask(
            SolverQuestion(goal=goal, rows=all_rows, without=without, gap=0.0)
        )

    def _balance_with_shortfall(self, fund: Id, year: Year) -> Row:
        """Return the balance of a fund, in which money may lack."""
        name = balance(fund, year)
        row = self._resolver.resolver.program.rows[name].constraint
        shortfall = self._shortfall[fund, year]
        return Row(RowName("own", name.keys, year), row.expression - shortfall <= 0)

    def _case_with_enough_money(self, reply: Reply, without: frozenset[RowName], kept: Row) -> Case:
        """Return the case with the money that lacks, found fund by fund for the starts found."""
        q, first = self._resolver.q, self._resolver.case.first_year
        rows = [kept] + [
            Row(
                RowName("own", ("start", choice.option)),
                q.started(choice.option, choice.start - first) == 1,
            )
            for choice in reply.choices or ()
        ]
        rows += [
            Row(
                RowName("own", ("sooner", choice.option)),
                q.started(choice.option, choice.start - first - 1) == 0,
            )
            for choice in reply.choices or ()
        ]
        funded = self._resolver.case
        funds = [fund.id for fund in funded.funds]
        for (fund, year), column in self._shortfall.items():
            least = self._ask(without, *rows, goal=-column)
            missing = math.ceil(-(least.value or 0.0) - LACKING_MONEY)
            if missing > 0:
                path = ("funds", funds.index(fund), "amount", year)
                funded = replace_at(
                    funded, path, get_at(funded, path) + Decimal(missing) / THOUSANDTHS
                )
            rows.append(Row(RowName("own", ("lack", fund), year), column <= max(0, missing)))
        return funded


def _rows(demands: Sequence[_TypedDemand]) -> frozenset[RowName]:
    return frozenset().union(*(demand.rows for demand in demands))
