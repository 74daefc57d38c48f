"""Control totals: what was read, to be compared with the sums in the workbook."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from choosebattles.case.facts import Facts
from choosebattles.case.units import Id, Year


@dataclass(frozen=True)
class Totals:
    """Counts and sums of what was read; money in millions, as typed.

    ``rows`` are the filled rows of every sheet; ``money`` is by fund and year; ``build_cost``,
    ``running_cost`` and ``income`` are the sums of the cost years, of the running cost and of the income years,
    over every row whatever is decided about it; ``scores`` are the sums of the score columns.
    """

    rows: Mapping[str, int] = field(default_factory=dict)
    investments: int = 0
    options: int = 0
    money: Mapping[Id, Mapping[Year, Decimal]] = field(default_factory=dict)
    build_cost: Decimal = Decimal(0)
    running_cost: Decimal = Decimal(0)
    income: Decimal = Decimal(0)
    scores: Mapping[Id, Decimal] = field(default_factory=dict)

    @property
    def all_money(self) -> Decimal:
        """Return the money of all funds and years."""
        return sum(
            (sum(amounts.values(), Decimal(0)) for amounts in self.money.values()), Decimal(0)
        )


def control_totals(facts: Facts, rows: Mapping[str, int]) -> Totals:
    """Return the control totals of what was read."""
    options = [option for investment in facts.investments for option in investment.options]
    zero = Decimal(0)
    return Totals(
        rows=dict(rows),
        investments=len(facts.investments),
        options=len(options),
        money={fund.id: dict(fund.amount) for fund in facts.funds},
        build_cost=sum((sum(option.cost, zero) for option in options), zero),
        running_cost=sum((option.running_cost for option in options), zero),
        income=sum((sum(option.income, zero) for option in options), zero),
        scores={
            criterion.id: sum((option.score.get(criterion.id, zero) for option in options), zero)
            for criterion in facts.model.criteria
        },
    )
