"""How numbers are written in sentences: with a unit, and with no more digits than they carry."""

import math
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from choosebattles.case.case import Case
from choosebattles.translation import _

Amount = int | float | Decimal | Fraction

MOST_DECIMALS = 3
"""Decimals of millions in words: a thousandth is the least that is counted."""

MONEY_DIGITS = 6
"""Decimals of millions that are kept in a cell: payments may split a thousandth."""


def money(amount: Amount) -> float:
    """Return millions as a plain number, free of what arithmetic in floats leaves behind."""
    return round(float(amount), MONEY_DIGITS) + 0.0


def plain(value: Amount, digits: int = 9) -> float:
    """Return a plain number, free of what arithmetic in floats leaves behind."""
    return round(float(value), digits) + 0.0


NONE = 1e-9
"""Points that are none."""


def points(value: Amount, digits: int = 1) -> str:
    """Return an index as it stands in a sentence; nothing is 0, and nothing else is."""
    text = rounded(value, digits)
    if text.strip("-0."):
        return text
    return figure(value) if abs(float(value)) >= NONE else "0"


def signed(name: str, change: float) -> str:
    """Return the name of a step with its size: a small one in two decimals, never as nothing."""
    digits = 1 if abs(change) >= 0.05 else 2
    sign = "-" if change < 0 else "+"
    return f"{name} {sign}{points(abs(change), digits)}"


def figure(value: Amount) -> str:
    """Return a number in two digits or, where it is larger, whole: never with an exponent."""
    digits = f"{float(value):.2g}" if abs(float(value)) < 10 else f"{float(value):.6g}"
    return f"{Decimal(digits):,f}"


def point_decimals(values: Iterable[Amount]) -> int:
    """Return the decimals of a column of indices: one, or two digits of the largest."""
    largest = max((abs(float(value)) for value in values), default=0.0)
    return 1 if largest >= 1 or largest < NONE else 1 - math.floor(math.log10(largest))


def rounded(value: Amount, digits: int) -> str:
    """Return a number with some decimals, half up as spreadsheets show it."""
    exact = Decimal(format(float(value), ".15g"))
    return f"{exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):,f}"


def rounded_down(value: float, digits: int, room: float = 1e-6) -> float:
    """Return the largest number of so many decimals that a number reaches, but for rounding."""
    return math.floor(value * 10.0**digits + room) / 10.0**digits


def rounded_up(value: float, digits: int, room: float = 1e-6) -> float:
    """Return the smallest number of so many decimals that reaches a number, but for rounding."""
    return math.ceil(value * 10.0**digits - room) / 10.0**digits


def small_points(value: float) -> str:
    """Return an index, in two digits where its first decimal would show nothing of it."""
    return figure(value) if NONE <= abs(value) < 0.05 else points(value)


def points_above(value: float) -> str:
    """Return an index that nothing exceeds, rounded up: in its second decimal, or second digit."""
    if 0 < value < 0.1:
        return figure(at_most(value))
    return points(rounded_up(value, 2), 2)


def percent(share: Amount, digits: int = 0) -> str:
    """Return a share as a percentage; what is not nothing is never shown as 0."""
    value = 100 * float(share)
    smallest = 10**-digits
    if 0 < value < smallest / 2:
        return _("less than {share} %").format(share=f"{smallest:g}")
    return f"{rounded(value, digits)} %"


def whole_percent(share: Amount) -> str:
    """Return a share in whole percent; what is not all is never shown as 100, nor 0 for some."""
    nearly = Decimal(format(float(share), ".15g"))
    if Decimal("0.995") <= nearly < 1 - Decimal("1e-9"):
        return _("more than {share} %").format(share=99)
    return percent(share)


def at_most(value: float) -> float:
    """Return a number rounded up in its second digit: a promise that holds."""
    if value <= 0:
        return 0.0
    return rounded_up(value, 1 - math.floor(math.log10(value)), 1e-9)


def at_least(value: float) -> float:
    """Return a number rounded down in its second digit: a promise that holds."""
    if value <= 0:
        return 0.0
    return rounded_down(value, 1 - math.floor(math.log10(value)), 1e-9)


def at_most_percent(share: float) -> str:
    """Return a share as a percentage, rounded up in its second digit."""
    return f"{figure(at_most(100 * share))} %"


def unit(case: Case) -> str:
    """Return the unit of money: ``million EUR``."""
    if not case.currency:
        return _("million")
    return _("million {currency}").format(currency=case.currency)


def millions(case: Case, amount: Amount) -> str:
    """Return an amount as it stands in a sentence: ``70.0 million EUR``."""
    return f"{rounded(amount, money_digits(amount))} {unit(case)}"


def money_digits(amount: Amount) -> int:
    """Return the decimals of an amount in a sentence: one, or three where it is small."""
    value = float(amount)
    return 1 if abs(value) >= 1 or round(value, 1) == value else 3


def millions_alike(case: Case, amounts: Sequence[Amount | None]) -> list[str]:
    """Return the amounts of a column, all with the same decimals; nothing where there is none."""
    digits = column_decimals(case, (amount for amount in amounts if amount is not None))
    return [
        "" if amount is None else f"{rounded(amount, digits)} {unit(case)}" for amount in amounts
    ]


def column_decimals(case: Case, amounts: Iterable[Amount]) -> int:
    """Return the decimals of a column of money: those of the case, or more where one is small."""
    exact = [float(amount) for amount in amounts]
    digits = case.money_decimals
    while digits < MOST_DECIMALS and any(_coarse(amount, digits) for amount in exact):
        digits += 1
    return digits


def _coarse(amount: float, digits: int) -> bool:
    """Say whether an amount is shown in one digit that is not all of it."""
    shown = abs(amount) * 10**digits
    return bool(0 < shown < 10 and abs(shown - round(shown)) > 1e-6)


def money_told(case: Case, amounts: Sequence[Amount]) -> list[str]:
    """Return amounts that a sentence compares: alike, and apart in as many decimals as that takes.

    Where costs grow, the sentence says that it speaks of the money of each year.
    """
    digits = case.money_decimals
    while digits < MOST_DECIMALS and _blurred(amounts, digits):
        digits += 1
    return [f"{rounded(amount, digits)} {unit(case)}" for amount in amounts]


def _blurred(amounts: Sequence[Amount], digits: int) -> bool:
    """Say whether different amounts look the same, or some look like none."""
    exact = {float(amount) for amount in amounts} | {0.0}
    return len({rounded(amount, digits) for amount in exact}) < len(exact)


def period(case: Case) -> str:
    """Return the years of the case: ``over 2026-2030``, or ``in 2027``."""
    if case.years == 1:
        return _("in {year}").format(year=case.first_year)
    return _("over {first}-{last}").format(first=case.first_year, last=case.last_year)


def duration(seconds: float) -> str:
    """Return a time as it is said: ``40 s``, ``5 min``, ``2.5 h``."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"


def decimals(amounts: Iterable[Amount]) -> int:
    """Return how many decimals, 1 to 3, show all the amounts as they are."""
    thousandths = {round(1000 * float(amount)) for amount in amounts}
    if all(thousandth % 100 == 0 for thousandth in thousandths):
        return 1
    return 2 if all(thousandth % 10 == 0 for thousandth in thousandths) else 3


def share_decimals(shares: Iterable[Amount]) -> int:
    """Return how many decimals of percent, 0 or 1, show all the shares."""
    return int(any(abs(100 * float(share) - round(100 * float(share))) > 1e-6 for share in shares))
