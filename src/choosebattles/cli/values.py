"""What is typed after an option, as the number that is meant; what is unclear is refused."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from pathlib import Path

from choosebattles.errors import Fault, InputError
from choosebattles.spelling import closest
from choosebattles.words import _

UNREADABLE = "CB-R04"
UNKNOWN = "CB-R05"

_UNITS = {"": 1, "s": 1, "m": 60, "min": 60, "h": 3600}


def gap(text: str) -> float:
    """Return the relative gap meant by ``0.1%`` or ``0``.

    Raises
    ------
    InputError
        For other bare numbers: whether 0.1 means 10 % or 0.1 % is not to be guessed.
    """
    if text.strip() == "0":
        return 0.0
    share = _percentage(text)
    if share is None or not 0 <= share < 1:
        raise refused("--gap", text, _("a percentage such as 0.1%, or 0 for full proof"))
    return float(share)


def resolution(text: str) -> float:
    """Return the points meant by ``0.1``; 0 for every point."""
    number = _number(text)
    if number is None or number < 0:
        raise refused("--resolution", text, _("points, 0 or more, such as 0.1"))
    return float(number)


def budget(text: str) -> Decimal:
    """Return the share meant by ``80%``."""
    share = _percentage(text)
    if share is None or share < 0:
        raise refused("--budget", text, _("a percentage such as 80%"))
    return share


def seconds(text: str) -> float:
    """Return the seconds meant by ``90``, ``90s``, ``5m`` or ``2h``."""
    typed = text.strip().casefold()
    unit = typed.lstrip("0123456789.").strip()
    amount = _number(typed.removesuffix(unit)) if unit in _UNITS else None
    if amount is None or amount <= 0:
        raise refused("--time-limit", text, _("seconds, or a time such as 90s, 5m or 2h"))
    return float(amount * _UNITS[unit])


def assignment(text: str) -> tuple[str, Decimal]:
    """Return the name and the number meant by ``fund.STATE=80`` or ``overrun.CLOUD=20%``."""
    name, _equals, typed = text.partition("=")
    share = _percentage(typed)
    number = _number(typed) if share is None else share
    if not name.strip() or number is None:
        expected = _("a name, = and a number, such as fund.STATE.2028=80 or discount=4%")
        raise refused("--set", text, expected)
    return name.strip(), number


def workbook(path: Path, option: str) -> Path:
    """Return a path to write a workbook to; its name must end as Excel asks."""
    if path.suffix.casefold() != ".xlsx":
        raise refused(option, path.name, _("a name that ends in .xlsx"))
    return path


def page(path: Path, option: str) -> Path:
    """Return a path to write a page to; its name must end as browsers ask."""
    if path.suffix.casefold() not in (".html", ".htm"):
        raise refused(option, path.name, _("a name that ends in .html"))
    return path


def refused(option: str, found: str, expected: str, advice: str = "") -> InputError:
    """Return the error for an option that cannot be read."""
    return InputError([Fault("", "", "", option, UNREADABLE, found, expected, advice)])


def unknown(option: str, found: str, names: Iterable[str], expected: str) -> InputError:
    """Return the error for a name that is none of those there are."""
    near = closest(found, names)
    advice = _("Did you mean {name}?").format(name=near) if near else ""
    return InputError([Fault("", "", "", option, UNKNOWN, found, expected, advice)])


def _percentage(text: str) -> Decimal | None:
    typed = text.strip()
    number = _number(typed.removesuffix("%")) if typed.endswith("%") else None
    return None if number is None else number / 100


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
