"""Amounts, years and shares: how the numbers of a case are held, said once.

A typed number is the decimal of at most 15 digits nearest to what the cell holds, so 7 % is
exactly 0.07. Money is in millions of the currency and is held as whole thousandths.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

THOUSANDTH = Decimal("0.001")
DIGITS = 15
"""What a spreadsheet keeps of a number."""


def exact(value: object) -> object:
    """Return the decimal of at most 15 digits nearest to a number; other things unchanged."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return value
    if isinstance(value, float):
        return Decimal(format(value, f".{DIGITS}g"))
    return Decimal(value)


def to_thousandths(amount: Decimal) -> Decimal:
    """Return an amount in millions as whole thousandths of a million, rounded half up."""
    return amount.quantize(THOUSANDTH, rounding=ROUND_HALF_UP)


def _finite(value: Decimal) -> Decimal:
    if not value.is_finite():
        message = "a finite number is needed"
        raise ValueError(message)
    return value


Number = Annotated[Decimal, BeforeValidator(exact), AfterValidator(_finite)]
"""A number, exact."""

Money = Annotated[
    Decimal, BeforeValidator(exact), AfterValidator(_finite), AfterValidator(to_thousandths)
]
"""Millions of the case's currency, in whole thousandths."""

Share = Number
"""A share of one: 0.4 is 40 %."""

Year = int
"""A calendar year."""

Id = str
"""A name such as CLOUD or CLOUD.L, in the spelling of the row that defines it."""

Amounts = Mapping[Year, Money]
"""Money by calendar year."""
