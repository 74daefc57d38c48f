"""Who pays what, once it is decided what is bought and when."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

from choosebattles.audit.ledger import Ledger
from choosebattles.case.case import Case
from choosebattles.case.decision_model import ContingencyKind
from choosebattles.case.fund import Fund, Pays
from choosebattles.case.investment import Option
from choosebattles.case.plan import Choice, Payment, Payments, Plan
from choosebattles.case.units import Id
from choosebattles.terms import THOUSANDTHS

FINE = Decimal("0.000000001")
"""Millions to which a payment is rounded: a millionth of the thousandth that counts."""


@dataclass(frozen=True)
class _Item:
    """What falls due in a year for one part of an option, in thousandths."""

    option: Option
    part: Pays
    year: int
    due: Fraction


@dataclass(frozen=True)
class _Flow:
    """One amount to be found: what a fund pays of an item, sets aside or holds in a year."""

    fund: Fund
    year: int
    item: _Item | None
    word: str
    most: float


def pay(case: Case, choices: Sequence[Choice]) -> Payments | None:
    r"""Return who pays what for a fixed choice, or None where no payments exist.

    A linear program with a column for each fund and item: every item is paid exactly, at most
    its ceiling by each fund; each fund stays within its means. Among all such payments those of
    least price in dependence are taken,

    .. math:: \sum_t a_t \sum_f dependence(f) \sum_{t' \le t} paid(f, t')

    and among these, money that can be used for little is spent before money that can be used
    for anything.
    """
    world = _World(case, tuple(choices))
    if not world.flows:
        return None if world.items else Payments()
    price = np.array([world.price(each) for each in world.flows])
    found = world.solve(price)
    if found is None:
        return None
    least = float(price @ found)
    freedom = _freedom(case)
    general = np.array([freedom[each.fund.id] if each.item else 0.0 for each in world.flows])
    preferred = world.solve(general, price, least)
    return world.read(found if preferred is None else preferred)


def _freedom(case: Case) -> dict[Id, float]:
    """Return how much each fund could be used for: its ceiling times the items it may pay."""
    reach = Counter(
        fund.id
        for option in case.options.values()
        for part in (Pays.BUILD, Pays.RUNNING)
        for fund in case.payers(option, part)
    )
    return {fund.id: float(fund.pays_at_most) * reach[fund.id] for fund in case.funds}


class _World:
    """The linear program of who pays what."""

    def __init__(self, case: Case, choices: tuple[Choice, ...]) -> None:
        self.case = case
        self.ledger = Ledger(case, Plan(choices))
        self.items = tuple(self._items())
        self.flows = tuple(self._flows())

    def _items(self) -> Iterator[_Item]:
        for option in self.case.options.values():
            if self.ledger.take(option.id):
                for year in self.ledger.horizon:
                    for part, due in (
                        (Pays.BUILD, self.ledger.build(option, year)),
                        (Pays.RUNNING, self.ledger.run(option, year)),
                    ):
                        if due:
                            yield _Item(option, part, year, due)

    def _flows(self) -> Iterator[_Flow]:
        for item in self.items:
            for fund in self.case.payers(item.option, item.part):
                most = float(Fraction(fund.pays_at_most) * item.due)
                yield _Flow(fund, item.year, item, "paid", most)
        general = {fund.id for fund in self.case.general_funds}
        for fund in self.case.funds:
            for year in self.ledger.horizon:
                if year != self.ledger.last and fund.carry_over:
                    yield _Flow(fund, year, None, "aside", np.inf)
                if self._holds and fund.id in general:
                    yield _Flow(fund, year, None, "held", np.inf)

    @cached_property
    def _holds(self) -> bool:
        return self.case.model.contingency is not ContingencyKind.NONE

    def price(self, flow: _Flow) -> float:
        """Return what a thousandth paid costs in dependence, over the years that follow."""
        if flow.item is None:
            return 0.0
        lasting = sum(self.ledger.scale.accrual[flow.year :])
        return float(Fraction(flow.fund.dependence) * lasting)

    def solve(
        self, cost: np.ndarray, limited: np.ndarray | None = None, limit: float = 0.0
    ) -> np.ndarray | None:
        """Return the amounts of least cost, or None where the items cannot be paid."""
        above, below = self._means()
        if limited is not None:
            row = [(len(below), number, each) for number, each in enumerate(limited) if each]
            above, below = above + row, [*below, limit]
        equal, due = self._exactly()
        answer = linprog(
            cost,
            A_ub=_matrix(above, len(below), len(self.flows)),
            b_ub=below,
            A_eq=_matrix(equal, len(due), len(self.flows)) if due else None,
            b_eq=due or None,
            bounds=[(0, each.most) for each in self.flows],
            method="highs",
        )
        return answer.x if answer.status == 0 else None

    def _exactly(self) -> tuple[list[tuple[int, int, float]], list[float]]:
        place = {id(item): number for number, item in enumerate(self.items)}
        entries = [
            (place[id(each.item)], number, 1.0)
            for number, each in enumerate(self.flows)
            if each.item is not None
        ]
        return entries, [float(item.due) for item in self.items]

    def _means(self) -> tuple[list[tuple[int, int, float]], list[float]]:
        """Return the balance of each fund and year, then the reserve of each year."""
        years = len(self.ledger.horizon)
        entries: list[tuple[int, int, float]] = []
        first = {fund.id: number * years for number, fund in enumerate(self.case.funds)}
        reserves = len(self.case.funds) * years
        for number, each in enumerate(self.flows):
            entries.append((first[each.fund.id] + each.year, number, 1.0))
            if each.word == "aside":
                carried = float(each.fund.carry_over)
                entries.append((first[each.fund.id] + each.year + 1, number, -carried))
            if each.word == "held":
                entries.append((reserves + each.year, number, -1.0))
        there = [
            float(
                Fraction(fund.amount[self.case.first_year + year]) * THOUSANDTHS
                + self.ledger.income(fund, year)
            )
            for fund in self.case.funds
            for year in self.ledger.horizon
        ]
        held = [-float(self.ledger.reserve(year)) for year in self.ledger.horizon]
        return entries, there + (held if self._holds else [])

    def read(self, amounts: np.ndarray) -> Payments:
        """Return the payments in millions; each item's shares add up exactly."""
        paid: dict[int, list[tuple[Fund, Decimal]]] = {id(item): [] for item in self.items}
        kept: dict[str, dict[tuple[str, int], Decimal]] = {"aside": {}, "held": {}}
        for flow, amount in zip(self.flows, amounts, strict=True):
            millions = (Decimal(float(amount)) / THOUSANDTHS).quantize(FINE)
            if flow.item is not None:
                paid[id(flow.item)].append((flow.fund, millions))
            elif millions > 0:
                kept[flow.word][flow.fund.id, self.case.first_year + flow.year] = millions
        rows = (row for item in self.items for row in self._exact(item, paid[id(item)]))
        return Payments(tuple(rows), kept["aside"], kept["held"])

    def _exact(self, item: _Item, shares: list[tuple[Fund, Decimal]]) -> Iterator[Payment]:
        due = Decimal(int(item.due)) / THOUSANDTHS
        largest = max(shares, key=lambda share: share[1])[0]
        rest = due - sum((amount for _fund, amount in shares), Decimal(0))
        for fund, amount in shares:
            whole = amount + rest if fund is largest else amount
            if whole:
                year = self.case.first_year + item.year
                yield Payment(fund.id, item.option.id, item.part, year, whole)


def _matrix(entries: list[tuple[int, int, float]], rows: int, columns: int) -> coo_array:
    if not entries:
        return coo_array((rows, columns))
    row, column, value = zip(*entries, strict=True)
    return coo_array((value, (row, column)), shape=(rows, columns))
