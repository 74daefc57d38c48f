"""What is typed after an option, as the number that is meant; what is unclear is refused."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from choosebattles.errors import Fault, InputError
from choosebattles.spelling import closest, key
from choosebattles.translation import _
from choosebattles.workbook.text_file import NUMBER

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
    share = percentage(text)
    if share is None or not 0 <= share < 1:
        raise refused("--gap", text, _("a percentage such as 0.1%, or 0 for full proof"))
    return float(share)


def resolution(text: str) -> float:
    """Return the points meant by ``0.1``; 0 for every point."""
    found = number(text)
    if found is None or found < 0:
        raise refused("--resolution", text, _("points, 0 or more, such as 0.1"))
    return float(found)


def cost_resolution(text: str) -> float:
    """Return the millions meant by ``1``; 0 for every cost."""
    found = number(text)
    if found is None or found < 0:
        raise refused("--cost-resolution", text, _("millions, 0 or more, such as 1"))
    return float(found)


def loss(text: str) -> tuple[float, float]:
    """Return the share and the points meant by ``1%``, ``0.5 points`` or ``0``.

    Raises
    ------
    InputError
        For other bare numbers: whether 1 means a share or points is not to be guessed.
    """
    if text.strip() == "0":
        return 0.0, 0.0
    typed = text.strip().casefold().removesuffix("s")
    share = percentage(text)
    points = number(typed.removesuffix("point")) if typed.endswith("point") else None
    if share is not None and 0 <= share < 1:
        return float(share), 0.0
    if points is not None and points >= 0:
        return 0.0, float(points)
    raise refused("--loss", text, _("a percentage such as 1%, or points such as '0.5 points'"))


def own_plan(text: str) -> list[tuple[str, int | None]]:
    """Return the ids, with the start years where there are any, of ``CLOUD.L; CSIRT=2028``."""
    found: list[tuple[str, int | None]] = []
    wrong: list[InputError] = []
    for part in (part.strip() for part in text.split(";")):
        name, equals, typed = part.partition("=")
        year = number(typed) if equals else None
        if not name.strip() or (equals and (year is None or year != int(year))):
            expected = _("ids, each with a start year if you like: CLOUD.L; CSIRT=2028")
            wrong.append(refused("--plan", part or text, expected))
        else:
            found.append((name.strip(), None if year is None else int(year)))
    raise_all(wrong)
    return found


def raise_all(errors: Iterable[InputError]) -> None:
    """Raise all that is wrong as one error; nothing where nothing is."""
    faults = dict.fromkeys(fault for error in errors for fault in error.faults)
    if faults:
        raise InputError([*faults])


def budget(text: str) -> Decimal:
    """Return the share meant by ``80%``."""
    share = percentage(text)
    if share is None or share < 0:
        raise refused("--budget", text, _("a percentage such as 80%"))
    return share


def share(option: str, text: str) -> float:
    """Return the share from 0 to 1 meant by ``50%``."""
    found = percentage(text)
    if found is None or not 0 <= found <= 1:
        raise refused(option, text, _("a percentage from 0% to 100%"))
    return float(found)


def steps(text: str) -> tuple[Decimal, ...]:
    """Return the shares meant by ``-5%,-10%,+20%``; each must leave some money."""
    shares = [percentage(word) for word in text.split(",")]
    if any(share is None or share <= -1 for share in shares):
        expected = _("percentages with commas between, above -100%, such as -5%,-10%,+10%")
        raise refused("--steps", text, expected)
    return tuple(share for share in shares if share is not None)


def seconds(text: str, option: str = "--time-limit") -> float:
    """Return the seconds meant by ``90``, ``90s``, ``5m`` or ``2h``, typed after an option."""
    typed = text.strip().casefold()
    unit = typed.lstrip("0123456789.").strip()
    amount = number(typed.removesuffix(unit)) if unit in _UNITS else None
    if amount is None or amount <= 0:
        raise refused(option, text, _("seconds, or a time such as 90s, 5m or 2h"))
    return float(amount * _UNITS[unit])


def time_limit(text: str | None) -> float | None:
    """Return the seconds meant by ``--time-limit``; None where none is set."""
    return None if text is None else seconds(text)


def assignment(text: str) -> tuple[str, Decimal]:
    """Return the name and the number meant by ``fund.STATE=80`` or ``overrun.CLOUD=20%``."""
    name, _equals, typed = text.partition("=")
    percent = percentage(typed)
    found = number(typed) if percent is None else percent
    if not name.strip() or found is None:
        expected = _("a name, = and a number, such as fund.STATE.2028=80 or discount=4%")
        raise refused("--set", text, expected)
    return name.strip(), found


def assignments(texts: Iterable[str]) -> list[tuple[str, Decimal]]:
    """Return the names and numbers meant by several of these; no name may have two numbers."""
    found: dict[str, tuple[str, Decimal]] = {}
    for text in texts:
        name, number = assignment(text)
        if found.setdefault(key(name), (name, number))[1] != number:
            expected = _("one number for {name}; another one was set before")
            raise refused("--set", text, expected.format(name=name))
    return list(found.values())


def refused(option: str, found: str, expected: str, advice: str = "") -> InputError:
    """Return the error for an option that cannot be read."""
    return InputError([Fault("", "", "", option, UNREADABLE, found, expected, advice)])


@contextmanager
def typed_after(option: str) -> Iterator[None]:
    """Let an error of a name that was typed say after which option it was."""
    try:
        yield
    except InputError as error:
        raise InputError([_after(option, fault) for fault in error.faults]) from None


def _after(option: str, fault: Fault) -> Fault:
    elsewhere = fault.file or fault.sheet or fault.cell or fault.column.startswith("-")
    return fault if elsewhere else replace(fault, column=f"{option} {fault.column}")


def unknown(option: str, found: str, names: Iterable[str], expected: str) -> InputError:
    """Return the error for a name that is none of those there are."""
    near = closest(found, names)
    advice = _("Did you mean {name}?").format(name=near) if near else ""
    return InputError([Fault("", "", "", option, UNKNOWN, found, expected, advice)])


def percentage(text: str) -> Decimal | None:
    """Return the share meant by a percentage; None where it is none."""
    typed = text.strip()
    found = number(typed.removesuffix("%")) if typed.endswith("%") else None
    return None if found is None else found / 100


def number(text: str) -> Decimal | None:
    """Return the number that was typed; None where it is none."""
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() and -NUMBER <= found <= NUMBER else None
