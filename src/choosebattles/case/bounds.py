"""Which numbers make sense: the least and the most of every field, declared once.

The checks of a case refuse what lies outside; the workbook's drop-downs and help say the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from choosebattles.case.decision_model import Criterion, DecisionModel, Objective
from choosebattles.case.evidence import Sweep
from choosebattles.case.facts import Facts
from choosebattles.case.fund import Fund
from choosebattles.case.investment import Cover, Option
from choosebattles.case.layer import Layer
from choosebattles.case.limit import Limit
from choosebattles.case.place import Fact
from choosebattles.case.provider import Provider
from choosebattles.case.rule import Rule
from choosebattles.case.service import Service
from choosebattles.case.shock import Shock
from choosebattles.case.skill import Skill
from choosebattles.words import _

YEARS_AT_MOST = 30
FUNDS_AT_MOST = 8
TEXT_AT_MOST = 32_767
"""What one cell of a spreadsheet holds."""


@dataclass(frozen=True)
class Bounds:
    """The least and the most that a number may be; ``None`` is no bound."""

    low: Decimal | None = None
    high: Decimal | None = None
    percent: bool = False

    def holds(self, value: Decimal | int) -> bool:
        """Say whether a number lies within."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def __str__(self) -> str:
        """Return the bounds in words: ``0 or more``, ``-100 to 100``, ``0% to 100%``."""
        if self.low is not None and self.high is not None:
            return _("{low} to {high}").format(low=self.show(self.low), high=self.show(self.high))
        if self.low is not None:
            return _("{low} or more").format(low=self.show(self.low))
        if self.high is not None:
            return _("{high} or less").format(high=self.show(self.high))
        return _("a number")

    def show(self, value: Decimal | int) -> str:
        """Return a number as it is shown in a cell with these bounds."""
        return plain(Decimal(value) * 100) + "%" if self.percent else plain(Decimal(value))


def plain(value: Decimal) -> str:
    """Return a number without an exponent and without idle zeros."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _bounds(low: int | None, high: int | None = None) -> Bounds:
    return Bounds(None if low is None else Decimal(low), None if high is None else Decimal(high))


NOT_NEGATIVE = _bounds(0)
AT_LEAST_ONE = _bounds(1)
SHARE = Bounds(Decimal(0), Decimal(1), percent=True)
SCORE = _bounds(-100, 100)

BOUNDS: Mapping[type[Fact], Mapping[str, Bounds]] = {
    Facts: {
        "first_year": _bounds(1900, 2200),
        "years": _bounds(1, YEARS_AT_MOST),
        "cost_growth": Bounds(Decimal("-0.5"), Decimal(1), percent=True),
        "revenue_haircut": SHARE,
        "points_for_100": NOT_NEGATIVE,
    },
    DecisionModel: {
        "tolerance": SHARE,
        "discount_rate": SHARE,
        "tail_share": SHARE,
        "tail_weight": SHARE,
        "contingency_amount": NOT_NEGATIVE,
    },
    Objective: {
        "weight": NOT_NEGATIVE,
        "weight_low": NOT_NEGATIVE,
        "weight_high": NOT_NEGATIVE,
        "continuity_share": SHARE,
    },
    Criterion: {"weight": NOT_NEGATIVE},
    Fund: {
        "amount": NOT_NEGATIVE,
        "carry_over": SHARE,
        "pays_at_most": SHARE,
        "dependence": NOT_NEGATIVE,
        "priority": AT_LEAST_ONE,
    },
    Option: {
        "build_years": _bounds(0, YEARS_AT_MOST),
        "lifetime": _bounds(1, 100),
        "cost": NOT_NEGATIVE,
        "overrun": Bounds(Decimal(0), Decimal(3), percent=True),
        "score": SCORE,
        "delay_loss": SHARE,
        "build_staff": NOT_NEGATIVE,
        "run_staff": NOT_NEGATIVE,
        "trains": NOT_NEGATIVE,
    },
    Cover: {"share": SHARE},
    Rule: {"number": NOT_NEGATIVE, "saving": NOT_NEGATIVE, "priority": AT_LEAST_ONE},
    Limit: {"priority": AT_LEAST_ONE},
    Skill: {"supply": NOT_NEGATIVE, "retention": SHARE},
    Layer: {"full_credit": NOT_NEGATIVE, "rate_after": SHARE},
    Provider: {"coverage": SHARE},
    Service: {"weight": NOT_NEGATIVE, "must_hold": SHARE},
    Shock: {"severity": SHARE, "likelihood": NOT_NEGATIVE},
    Sweep: {"steps": AT_LEAST_ONE},
}
"""Bounds of the fields of every fact; a field that is not named may be any number."""
