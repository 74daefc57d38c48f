"""Every cost is paid, by funds that may pay it, out of what they hold that year."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import ClassVar

from choosebattles.case.case import Case
from choosebattles.case.facts import Facts
from choosebattles.case.fund import Fund, Pays
from choosebattles.case.investment import Option
from choosebattles.case.limit import ScopeItem, ScopeKind
from choosebattles.case.number_path import Path, replace_at
from choosebattles.case.units import Id
from choosebattles.demand import (
    Change,
    Demand,
    DemandKind,
    Relaxable,
    Unit,
    digits_of,
    millions,
    shown,
    steps,
)
from choosebattles.translation import _
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

PARTS = (Pays.BUILD, Pays.RUNNING)
"""An option is two items to pay: what it costs to build and what it costs to run."""

PAYERS = "payers"
"""The first word of the rows that say, option by option, what no fund may pay."""

Payers = frozenset[Id]

NO_FUND = "no fund"
"""The empty set of funds in the name of a row; with a space, so that no fund is called so."""


def balance(fund: Id, year: int) -> RowName:
    """Return the name of the row that keeps a fund within its means in a year."""
    return RowName("money", (fund, "balance"), year)


@dataclass(frozen=True)
class Money(Unit):
    r"""Funds pay what falls due, each within its means and up to its share of an item.

    Each fund *f* in each year *t*, with :math:`p` paid, :math:`e` held as contingency and
    :math:`r` set aside for the next year:

    .. math:: p_{ft} + e_{ft} + r_{ft} \le A_{ft} + carry_f \, r_{f,t-1} + income_{ft}

    Who pays which item is a flow from funds to items. By max-flow min-cut it exists exactly
    when, for every set *F* of funds, the empty one included,

    .. math::

        \sum_{item} need(item, t) \cdot
        \max\Bigl(0, 1 - \sum_{f \notin F \text{ that may pay the item}} ceiling_f\Bigr)
        \le \sum_{f \in F} p_{ft}

    so no payment of a single item is a column. A set is left out where a smaller one asks the
    same. Money in thousandths of a million.
    """

    reads: ClassVar[frozenset[str]] = reading(
        "amount", "carry", "ceiling", of=("build", "run", "income", "held")
    )

    def rows(self, q: Quantities) -> Iterator[Row]:
        """Yield a row for each fund and year, and one for each set of funds and year."""
        for fund in q.case.funds:
            yield from self._balances(q, fund)
        items = _items(q.case)
        cuts = tuple(_cuts(q.case.funds, frozenset(items)))
        for t in q.horizon:
            year = q.case.first_year + t
            due = {payers: _due(q, members, t) for payers, members in items.items()}
            for chosen, shares in cuts:
                needed = q.total(shares[payers] * due[payers] for payers in due if shares[payers])
                paying = q.total(q.paid(fund, t) for fund in q.case.funds if fund.id in chosen)
                name = RowName("money", ("+".join(sorted(chosen)) or NO_FUND,), year)
                places = tuple(
                    fund.at(f"amount[{year}]") for fund in q.case.funds if fund.id in chosen
                )
                yield Row(name, needed <= paying, places)

    def _balances(self, q: Quantities, fund: Fund) -> Iterator[Row]:
        for t in q.horizon:
            year = q.case.first_year + t
            used = q.total((q.paid(fund, t), q.held(fund, t), q.aside(fund, t)))
            available = q.income(fund, t) + Fraction(fund.amount[year]) * THOUSANDTHS
            if t:
                available = available + Fraction(fund.carry_over) * q.aside(fund, t - 1)
            name = balance(fund.id, year)
            yield Row(name, used <= available, (fund.at(f"amount[{year}]"),))

    def violations(self, ledger: Ledger) -> Iterator[Violation]:
        """Yield what is unpaid, paid by the wrong fund, above a ceiling or beyond its means.

        Sums of a fund and ceilings are held to one thousandth of a million.
        """
        for option in ledger.case.options.values():
            if ledger.take(option.id):
                for part in (Pays.BUILD, Pays.RUNNING):
                    may = {
                        fund.id: Fraction(fund.pays_at_most)
                        for fund in ledger.case.payers(option, part)
                    }
                    for t in ledger.horizon:
                        yield from self._unpaid(ledger, option, part, may, t)
        for fund in ledger.case.funds:
            for t in ledger.horizon:
                yield from self._overspent(ledger, fund, t)

    def _unpaid(
        self, ledger: Ledger, option: Option, part: Pays, may: Mapping[Id, Fraction], t: int
    ) -> Iterator[Violation]:
        year = ledger.case.first_year + t
        due = ledger.build(option, t) if part is Pays.BUILD else ledger.run(option, t)
        paid = Fraction(0)
        for fund in ledger.case.funds:
            share = ledger.payments(option, part, fund, t)
            if not share:
                continue
            paid += share
            most = may.get(fund.id, Fraction(0)) * due
            if share < 0 or share - most > 1:
                text = _(
                    "{fund} pays {share:.3f} million of {option} ({part}) in {year}; it may pay {most:.3f}"
                )
                yield self._broken(
                    text.format(
                        fund=fund.id,
                        share=float(share) / THOUSANDTHS,
                        option=option.id,
                        part=part,
                        year=year,
                        most=float(most) / THOUSANDTHS,
                    ),
                    share - most,
                    fund,
                    year,
                )
        if paid != due and abs(paid - due) > TOLERANCE:
            text = _("{option} ({part}) costs {due:.3f} million in {year}; {paid:.3f} are paid")
            yield Violation(
                RowName("money", (option.id, part), year),
                text.format(
                    option=option.id,
                    part=part,
                    year=year,
                    due=float(due) / THOUSANDTHS,
                    paid=float(paid) / THOUSANDTHS,
                ),
                abs(paid - due),
                (option.at(),),
            )

    def _overspent(self, ledger: Ledger, fund: Fund, t: int) -> Iterator[Violation]:
        year = ledger.case.first_year + t
        held, aside = ledger.held(fund, t), ledger.aside(fund, t)
        over = ledger.paid(fund, t) + held + aside - ledger.available(fund, t)
        if over > 1:
            text = _("{fund} uses {over:.3f} million more than it has in {year}").format(
                fund=fund.id, over=float(over) / THOUSANDTHS, year=year
            )
            yield self._broken(text, over, fund, year)
        if held < 0 or aside < 0 or (t == ledger.last and aside > 0):
            text = _("{fund} sets aside or holds an impossible amount in {year}").format(
                fund=fund.id, year=year
            )
            yield self._broken(text, abs(aside) + abs(held), fund, year)

    def demands(self, case: Case, rows: Sequence[RowName]) -> Iterator[Relaxable]:
        """Yield the means of every fund and year, and the options that no fund may pay for."""
        for fund in case.funds:
            for year in case.calendar:
                yield _means(case, fund, year)
        for option in case.options.values():
            own = [name for name in rows if name.unit == PAYERS and name.keys == (option.id,)]
            if own:
                yield _unpayable(option, own)

    def apart(self, row: Row, option_of: Mapping[str, Id]) -> Iterator[Row]:
        """Yield what no fund may pay, in one row a year for all options, option by option."""
        if row.name.keys != (NO_FUND,):
            yield row
            return
        terms: dict[Id, Linear] = {}
        for column, number in row.constraint.expression.terms.items():
            if number and column in option_of:
                terms.setdefault(option_of[column], Linear()).terms[column] = number
        for option, unpaid in terms.items():
            yield Row(RowName(PAYERS, (option,), row.name.year), unpaid <= 0)

    def _broken(self, text: str, amount: Fraction, fund: Fund, year: int) -> Violation:
        return Violation(
            RowName("money", (fund.id,), year), text, amount, (fund.at(f"amount[{year}]"),)
        )


def _means(case: Case, fund: Fund, year: int) -> Relaxable:
    path: Path = ("funds", [listed.id for listed in case.funds].index(fund.id), "amount", year)

    def gives_way(now: Case, off: float) -> Iterator[Change]:
        for more in steps(off / THOUSANDTHS, digits_of(off)):
            sentence = _("raise {fund} in {year} by {amount}").format(
                fund=fund.id, year=year, amount=millions(case, shown(more))
            )
            yield sentence, replace_at(now, path, fund.amount[year] + more)

    value = shown(fund.amount[year])
    what = _("{fund} has {amount} in {year}").format(
        fund=fund.id, amount=millions(case, value), year=year
    )
    return Relaxable(
        DemandKind.MONEY,
        Demand(what, value, (fund.at(f"amount[{year}]"),)),
        (balance(fund.id, year),),
        gives_way,
        measured=True,
        priority=fund.priority,
        money=True,
    )


def _unpayable(option: Option, rows: Sequence[RowName]) -> Relaxable:
    def gives_way(now: Case, _off: float) -> Iterator[Change]:
        for number, fund in enumerate(now.funds):
            more = (*fund.eligible, ScopeItem(kind=ScopeKind.ID, name=option.id))
            changed = {
                "pays": Pays.BOTH,
                "pays_at_most": Decimal(1),
                "eligible": more if fund.eligible else (),
            }
            paying = fund.model_copy(update=changed)
            sentence = _("let {fund} pay all of {option}").format(fund=fund.id, option=option.id)
            yield sentence, replace_at(now, ("funds", number), paying)

    what = _("no fund may pay all of {option}").format(option=option.id)
    demand = Demand(what, "", (option.at(),))
    return Relaxable(DemandKind.PAYERS, demand, tuple(rows), gives_way)


def _items(case: Facts) -> dict[Payers, list[tuple[Option, Pays]]]:
    """Return the items to pay, put together by the funds that may pay them."""
    items: dict[Payers, list[tuple[Option, Pays]]] = defaultdict(list)
    for option in case.options.values():
        for part in PARTS:
            payers = frozenset(fund.id for fund in case.payers(option, part))
            items[payers].append((option, part))
    return items


def _due(q: Quantities, members: list[tuple[Option, Pays]], t: int) -> Linear:
    return q.total(
        q.build(option, t) if part is Pays.BUILD else q.run(option, t) for option, part in members
    )


def _cuts(
    funds: tuple[Fund, ...], patterns: frozenset[Payers]
) -> Iterator[tuple[Payers, dict[Payers, Fraction]]]:
    """Yield the sets of funds that matter, each with the share it must pay of every pattern."""
    ceiling = {fund.id: Fraction(fund.pays_at_most) for fund in funds}
    due: dict[Payers, dict[Payers, Fraction]] = {}
    for size in range(len(funds) + 1):
        for members in combinations(ceiling, size):
            chosen = frozenset(members)
            due[chosen] = {
                payers: max(
                    Fraction(0), 1 - sum((ceiling[payer] for payer in payers - chosen), Fraction(0))
                )
                for payers in patterns
            }
            smaller = (due[chosen - {payer}] for payer in chosen)
            if any(due[chosen].values()) and due[chosen] not in smaller:
                yield chosen, due[chosen]
