"""Decides who pays what: one variable per item, fund and year, no cleverness."""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from scipy.optimize import linprog

from oracle.facts import Fund

INFEASIBLE = 2

Column = tuple[str, str, str, str, int]
Paid = dict[tuple[str, str, str, int], Fraction]


@dataclass(frozen=True)
class Item:
    """The build part or the run part of an option: what it needs each year, in thousandths."""

    option: str
    part: str
    needs: tuple[int, ...]
    payers: tuple[Fund, ...]


@dataclass(frozen=True)
class Payments:
    """Who pays how much of what, in millions, and the points that dependence costs."""

    paid: Paid
    price: Fraction


class Program:
    """A linear program in the making; columns are named (word, option, part, fund, year)."""

    def __init__(self) -> None:
        self.columns: dict[Column, int] = {}
        self.costs: list[float] = []
        self.bounds: list[tuple[float, float | None]] = []
        self.equals: list[tuple[dict[int, float], float]] = []
        self.below: list[tuple[dict[int, float], float]] = []
        self.of_fund: dict[tuple[str, int], list[int]] = defaultdict(list)

    def column(self, name: Column, cost: float, most: float | None) -> int:
        number = len(self.costs)
        self.columns[name] = number
        self.costs.append(cost)
        self.bounds.append((0.0, most))
        self.of_fund[name[3], name[4]].append(number)
        return number

    def equal(self, row: dict[int, float], value: float) -> None:
        self.equals.append((row, value))

    def at_most(self, row: dict[int, float], value: float) -> None:
        self.below.append((row, value))

    def solve(self) -> list[float] | None:
        """Values of all columns; None if there are none that fit."""
        if any(not row and value > 0 for row, value in self.equals):
            return None
        if any(not row and value < 0 for row, value in self.below):
            return None
        if not self.costs:
            return []
        found = linprog(
            self.costs,
            A_ub=self._matrix(self.below),
            b_ub=[value for _, value in self.below] or None,
            A_eq=self._matrix(self.equals),
            b_eq=[value for _, value in self.equals] or None,
            bounds=self.bounds,
            method="highs",
        )
        if found.status == INFEASIBLE:
            return None
        assert found.status == 0, found.message
        return [float(value) for value in found.x]

    def _matrix(self, rows: list[tuple[dict[int, float], float]]) -> np.ndarray | None:
        if not rows:
            return None
        matrix = np.zeros((len(rows), len(self.costs)))
        for number, (row, _) in enumerate(rows):
            for column, factor in row.items():
                matrix[number, column] = factor
        return matrix


@dataclass(frozen=True)
class Purse:
    """Everything about money that does not depend on the plan."""

    funds: tuple[Fund, ...]
    accrual: tuple[Fraction, ...]

    @property
    def general(self) -> tuple[Fund, ...]:
        """Funds that may hold a contingency."""
        return tuple(fund for fund in self.funds if is_general(fund))

    def weight(self, fund: Fund, year: int) -> Fraction:
        """Points lost, on average over the years, for a million spent in a year: a debt lasts."""
        return fund.dependence * sum(self.accrual[year:], Fraction(0))

    def price(self, paid: Paid) -> Fraction:
        by_id = {fund.id: fund for fund in self.funds}
        return sum(
            (
                self.weight(by_id[fund], year) * money
                for (_, _, fund, year), money in paid.items()
                if by_id[fund].dependence
            ),
            Fraction(0),
        )

    def left(
        self,
        income: dict[tuple[str, int], int],
        used: dict[tuple[str, int], Fraction],
        aside: dict[tuple[str, int], Fraction],
    ) -> dict[tuple[str, int], Fraction]:
        """What lapses of each fund each year, in thousandths: neither used nor set aside."""
        found = {}
        for fund in self.funds:
            reaches = Fraction(0)
            for year, amount in enumerate(fund.amounts):
                place = fund.id, year
                put_by = aside.get(place, Fraction(0))
                spent = used.get(place, Fraction(0)) + put_by
                found[place] = reaches + amount + income.get(place, 0) - spent
                reaches = put_by * fund.carry
        return found

    def pay(
        self,
        items: list[Item],
        income: dict[tuple[str, int], int],
        reserve: list[Fraction],
    ) -> Payments | None:
        """Pay every item exactly, at the least price of dependence; None if it cannot be done."""
        if len(self.funds) == 1 and _simple(self.funds[0], items):
            return self.pay_from_one(items, income, reserve)
        if self.too_little(items, income):
            return None
        return self.pay_by_program(items, income, reserve)

    def too_little(self, items: list[Item], income: dict[tuple[str, int], int]) -> bool:
        """Whether all money up to some year is less than what it must pay: no program needed."""
        left = 0
        for year in range(len(self.accrual)):
            left += sum(fund.amounts[year] + income.get((fund.id, year), 0) for fund in self.funds)
            left -= sum(item.needs[year] for item in items)
            if left < 0:
                return True
        return False

    def pay_from_one(
        self,
        items: list[Item],
        income: dict[tuple[str, int], int],
        reserve: list[Fraction],
    ) -> Payments | None:
        """One fund that pays everything: set aside whatever is left, in exact numbers."""
        fund = self.funds[0]
        left = Fraction(0)
        paid: Paid = {}
        for year, amount in enumerate(fund.amounts):
            held = reserve[year] * 1000
            if held > 0 and not is_general(fund):
                return None
            need = sum(item.needs[year] for item in items)
            left = amount + fund.carry * left + income.get((fund.id, year), 0) - need - held
            if left < 0:
                return None
            if fund.carry_most is not None:
                left = min(left, fund.carry_most * amount)
            for item in items:
                if item.needs[year]:
                    paid[item.option, item.part, fund.id, year] = Fraction(item.needs[year], 1000)
        return Payments(paid, self.price(paid))

    def pay_by_program(
        self,
        items: list[Item],
        income: dict[tuple[str, int], int],
        reserve: list[Fraction],
    ) -> Payments | None:
        """Several funds: a linear program in thousandths, so that its numbers are whole."""
        program = Program()
        for item in items:
            self._pay_exactly(program, item)
        for fund in self.funds:
            for year in range(len(self.accrual) - 1):
                most = None
                if fund.carry_most is not None:
                    most = float(fund.carry_most * fund.amounts[year])
                program.column(("aside", "", "", fund.id, year), 0.0, most)
        for year, held in enumerate(reserve):
            if held > 0:
                names = [("hold", "", "", fund.id, year) for fund in self.general]
                row = {program.column(name, 0.0, None): -1.0 for name in names}
                program.at_most(row, -float(held * 1000))
        for fund in self.funds:
            for year, amount in enumerate(fund.amounts):
                row = dict.fromkeys(program.of_fund[fund.id, year], 1.0)
                if year > 0:
                    row[program.columns["aside", "", "", fund.id, year - 1]] = -float(fund.carry)
                program.at_most(row, amount + income.get((fund.id, year), 0))
        values = program.solve()
        if values is None:
            return None
        paid = {
            (option, part, fund, year): Fraction(round(values[column], 7)) / 1000
            for (word, option, part, fund, year), column in program.columns.items()
            if word == "pay" and values[column] > 1e-7
        }
        return Payments(paid, self.price(paid))

    def _pay_exactly(self, program: Program, item: Item) -> None:
        for year, need in enumerate(item.needs):
            if need:
                row = {}
                for fund in item.payers:
                    name = ("pay", item.option, item.part, fund.id, year)
                    price, most = float(self.weight(fund, year)), float(fund.ceiling * need)
                    row[program.column(name, price, most)] = 1.0
                program.equal(row, need)


def is_general(fund: Fund) -> bool:
    return not fund.eligible and fund.ceiling >= 1 and fund.parts == {"build", "running"}


def _simple(fund: Fund, items: list[Item]) -> bool:
    return fund.ceiling >= 1 and all(item.payers for item in items if any(item.needs))
