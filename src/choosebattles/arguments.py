"""What a caller from Python hands over, refused in our own words where it makes no sense."""

import math
from collections.abc import Iterable
from numbers import Real

from choosebattles.errors import Fault, InputError
from choosebattles.spelling import closest
from choosebattles.translation import _

UNCLEAR = "CB-R40"
UNKNOWN = "CB-R05"


def refused(name: str, value: object, expected: str, advice: str = "") -> InputError:
    """Return the refusal of an argument, by its name, for the caller to raise."""
    return InputError([Fault("", "", "", name, UNCLEAR, repr(value), expected, advice)])


def check_number(
    name: str,
    value: object,
    low: float = 0,
    high: float = math.inf,
    *,
    unit: str = "",
    whole: bool = False,
    none: bool = False,
) -> None:
    """Refuse whatever is no number within bounds.

    Parameters
    ----------
    name
        What the argument is called.
    value
        What was handed over.
    low, high
        The least and the most that it may be.
    unit
        In what it is counted, for the message.
    whole
        Whether it must be a whole number.
    none
        Whether None may stand for no such limit.

    Raises
    ------
    InputError
        Where the value is anything else.
    """
    if value is None and none:
        return
    number = float(value) if isinstance(value, Real) and not isinstance(value, bool) else math.nan
    if math.isfinite(number) and low <= number <= high and (number.is_integer() or not whole):
        return
    kind = _("a whole number") if whole else _("a number")
    if math.isinf(high):
        expected = _("{kind}, {low} or more").format(kind=kind, low=f"{low:g}")
    else:
        text = _("{kind} from {low} to {high}")
        expected = text.format(kind=kind, low=f"{low:g}", high=f"{high:g}")
    if unit:
        expected = _("{expected}, in {unit}").format(expected=expected, unit=unit)
    if none:
        expected = _("{expected}; or None").format(expected=expected)
    raise refused(name, value, expected)


def check_ids(name: str, given: Iterable[object], known: Iterable[str], what: str) -> None:
    """Refuse ids that a case does not have.

    Parameters
    ----------
    name
        What the argument is called.
    given
        The ids that were handed over.
    known
        The ids that there are.
    what
        What they are ids of, for the message, such as ``an option of this case``.

    Raises
    ------
    InputError
        With every id that is not there.
    """
    known_ids = list(known)
    faults = []
    for name_given in given:
        if name_given in known_ids:
            continue
        near = closest(str(name_given), known_ids)
        advice = _("Did you mean {name}?").format(name=near) if near else ""
        found = _("{id}, which is not there").format(id=repr(name_given))
        faults.append(Fault("", "", "", name, UNKNOWN, found, what, advice))
    if faults:
        raise InputError(faults)
