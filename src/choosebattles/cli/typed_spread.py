"""A range for all that has none, as it is typed after --spread."""

from decimal import Decimal

from choosebattles.case.numbers import QUANTITIES
from choosebattles.run import typed_values
from choosebattles.translation import _
from choosebattles.uncertainty.draw import Spread


def spreading(text: str) -> Spread:
    """Return what ``cost=-10%..40%``, ``score=20%`` or ``score=15`` asks for.

    Raises
    ------
    InputError
        Where it cannot be read.
    """
    quantity, _equals, typed = (part.strip() for part in text.partition("="))
    expected = _("a quantity and a spread, such as cost=-10%..40%, score=20% or score=15")
    if quantity not in QUANTITIES:
        raise typed_values.refused("--spread", text, expected)
    ends = typed.split("..")
    shares = [typed_values.percentage(end) for end in ends]
    numbers = [typed_values.number(end) for end in ends] if None in shares else shares
    read = [number for number in numbers if number is not None]
    if len(read) < len(ends) or len(ends) > 2:
        raise typed_values.refused("--spread", text, expected)
    low, high = (-read[0], read[0]) if len(read) == 1 else (read[0], read[1])
    if low > 0 or high < 0:
        raise typed_values.refused("--spread", text, _("a spread around 0, such as -10%..40%"))
    return Spread(quantity, Decimal(-low), Decimal(high), points=None in shares)
