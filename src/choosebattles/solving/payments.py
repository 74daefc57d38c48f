"""Who pays what, once it is decided what is bought and when."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

import highspy

from choosebattles.audit.ledger import PlanLedger
from choosebattles.case.case import Case
from choosebattles.case.decision_model import ContingencyKind
from choosebattles.case.fund import Fund, Pays
from choosebattles.case.investment import Option
from choosebattles.case.plan import Choice, Payment, Payments, Plan
from choosebattles.case.units import Id
from choosebattles.solving.highs_model import run, silent
from choosebattles.solving.tolerances import PAYMENT_PRICE, WHOLE_THOUSANDTH
from choosebattles.vocabulary import THOUSANDTHS

WHOLE_NODES = 1_000
"""Nodes of a search after which amounts are no longer meant to be whole."""

WAITING = 1e-3
"""Weight of money that waits for a later year, beside that of one more use it could have."""

FINE = Decimal("0.000000001")
"""Millions to which a payment is rounded: a millionth of the thousandth that counts."""


@dataclass(frozen=True)
class _DueItem:
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
    item: _DueItem | None
    word: str
    most: float


def pay(case: Case, choices: Sequence[Choice]) -> Payments | None:
    r"""Return who pays what for a fixed choice, or None where no payments exist.

    A program with a column for each fund and item: every item is paid exactly, at most its
    ceiling by each fund; each fund stays within its means. Among all such payments those of
    least price in dependence are taken,

    .. math:: \sum_t a_t \sum_f dependence(f) \sum_{t' \le t} paid(f, t')

    among these, money that can be used for little is spent before money that can be used for
    anything, and no more is held or set aside than must be; and amounts are whole thousandths where that costs nothing.
    """
    world = _World(case, tuple(choices))
    if not world.flows:
        return None if world.items else Payments()
    found = world.solve()
    return None if found is None else world.read(found)


def freedom(case: Case) -> dict[Id, float]:
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
        self.ledger = PlanLedger(case, Plan(choices))
        self.items = tuple(self._items())
        self.flows = tuple(self._flows())

    def _items(self) -> Iterator[_DueItem]:
        for option in self.case.options.values():
            if self.ledger.take(option.id):
                for year in self.ledger.horizon:
                    for part, due in (
                        (Pays.BUILD, self.ledger.build(option, year)),
                        (Pays.RUNNING, self.ledger.run(option, year)),
                    ):
                        if due:
                            yield _DueItem(option, part, year, due)

    def _flows(self) -> Iterator[_Flow]:
        for item in self.items:
            for fund in self.case.payers(item.option, item.part):
                most = float(Fraction(fund.pays_at_most) * item.due)
                yield _Flow(fund, item.year, item, "paid", most)
        general = {fund.id for fund in self.case.general_funds}
        for fund in self.case.funds:
            for year in self.ledger.horizon:
                if year != self.ledger.last and fund.carry_over:
                    yield _Flow(fund, year, None, "aside", self._may_keep(fund, year))
                if self._holds and fund.id in general:
                    yield _Flow(fund, year, None, "held", math.inf)

    def _may_keep(self, fund: Fund, year: int) -> float:
        """Return what a fund may set aside in a year at most."""
        if fund.carry_at_most is None:
            return math.inf
        amount = Fraction(fund.amount[self.case.first_year + year])
        return float(Fraction(fund.carry_at_most) * amount * THOUSANDTHS)

    @cached_property
    def _holds(self) -> bool:
        return self.case.model.contingency is not ContingencyKind.NONE

    def _price(self, flow: _Flow) -> float:
        """Return what a thousandth paid costs in dependence, over the years that follow."""
        if flow.item is None:
            return 0.0
        lasting = sum(self.ledger.scale.accrual[flow.year :])
        return float(Fraction(flow.fund.dependence) * lasting)

    def solve(self) -> Sequence[float] | None:
        """Return the amounts, in thousandths, or None where the items cannot be paid."""
        if [flow.item for flow in self.flows] == [*self.items]:
            return self._due()
        solver = self._program()
        price = [self._price(flow) for flow in self.flows]
        least = _least(solver, price)
        if least is None:
            return None
        if any(price):
            most = sum(a * b for a, b in zip(price, least, strict=True))
            _row(solver, -math.inf, most + PAYMENT_PRICE * max(1.0, most), dict(enumerate(price)))
        free = freedom(self.case)
        general = [
            free[flow.fund.id] if flow.item else WAITING if flow.word == "aside" else 0.0
            for flow in self.flows
        ]
        preferred = _least(solver, general) or least
        solver.setOptionValue("mip_max_nodes", WHOLE_NODES)
        for number, flow in enumerate(self.flows):
            if flow.item is not None:
                solver.changeColIntegrality(number, highspy.HighsVarType.kInteger)
        return _least(solver, general) or preferred

    def _due(self) -> Sequence[float] | None:
        """Return what falls due, where every item has one payer and nothing can be put by."""
        used: dict[tuple[Id, int], Fraction] = {}
        for flow, item in zip(self.flows, self.items, strict=True):
            if flow.fund.pays_at_most < 1:
                return None
            key = flow.fund.id, flow.year
            used[key] = used.get(key, Fraction(0)) + item.due
        enough = all(
            used.get((fund.id, year), Fraction(0)) <= self.ledger.available(fund, year)
            for fund in self.case.funds
            for year in self.ledger.horizon
        )
        return [float(item.due) for item in self.items] if enough else None

    def _program(self) -> highspy.Highs:
        solver = silent()
        for flow in self.flows:
            solver.addVar(0.0, flow.most)
        paying: dict[int, dict[int, float]] = {id(item): {} for item in self.items}
        for number, flow in enumerate(self.flows):
            if flow.item is not None:
                paying[id(flow.item)][number] = 1.0
        for item in self.items:
            _row(solver, float(item.due), float(item.due), paying[id(item)])
        for fund in self.case.funds:
            for year in self.ledger.horizon:
                available = float(self.ledger.available(fund, year))
                _row(solver, -math.inf, available, self._used(fund, year))
        for year in self.ledger.horizon if self._holds else ():
            contingency = {
                number: 1.0
                for number, flow in enumerate(self.flows)
                if (flow.word, flow.year) == ("held", year)
            }
            reserve = float(self.ledger.reserve(year))
            _row(solver, reserve, reserve, contingency)
        return solver

    def _used(self, fund: Fund, year: int) -> dict[int, float]:
        used: dict[int, float] = {}
        for number, flow in enumerate(self.flows):
            if flow.fund.id == fund.id and flow.year == year:
                used[number] = 1.0
            if flow.fund.id == fund.id and (flow.word, flow.year) == ("aside", year - 1):
                used[number] = -float(fund.carry_over)
        return used

    def read(self, amounts: Sequence[float]) -> Payments:
        """Return the payments in millions; each item's shares add up exactly."""
        paid: dict[int, list[tuple[Fund, Decimal]]] = {id(item): [] for item in self.items}
        kept: dict[str, dict[tuple[str, int], Decimal]] = {"aside": {}, "held": {}}
        for flow, amount in zip(self.flows, amounts, strict=True):
            nearest = round(amount)
            thousandths = nearest if abs(amount - nearest) < WHOLE_THOUSANDTH else amount
            millions = (Decimal(thousandths) / THOUSANDTHS).quantize(FINE)
            if flow.item is not None:
                paid[id(flow.item)].append((flow.fund, millions))
            elif millions > 0:
                kept[flow.word][flow.fund.id, self.case.first_year + flow.year] = millions
        rows = (row for item in self.items for row in self._exact(item, paid[id(item)]))
        return Payments(tuple(rows), kept["aside"], kept["held"])

    def _exact(self, item: _DueItem, shares: list[tuple[Fund, Decimal]]) -> Iterator[Payment]:
        due = Decimal(int(item.due)) / THOUSANDTHS
        largest = max(shares, key=lambda share: share[1])[0]
        rest = due - sum((amount for _fund, amount in shares), Decimal(0))
        for fund, amount in shares:
            paid = amount + rest if fund is largest else amount
            if paid:
                year = self.case.first_year + item.year
                yield Payment(fund.id, item.option.id, item.part, year, paid)


def _row(solver: highspy.Highs, low: float, high: float, terms: Mapping[int, float]) -> None:
    solver.addRow(low, high, len(terms), list(terms), list(terms.values()))


def _least(solver: highspy.Highs, cost: Sequence[float]) -> Sequence[float] | None:
    """Return the amounts of least cost, or None where none were found."""
    for number, coefficient in enumerate(cost):
        solver.changeColCost(number, coefficient)
    if run(solver) != highspy.HighsModelStatus.kOptimal:
        return None
    return list(solver.getSolution().col_value)
