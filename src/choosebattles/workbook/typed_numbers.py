"""Numbers and years as they stand in a cell: stored, typed or imported as text, never guessed.

A text that can be read as a number in exactly one way is read, with a warning; a text that can be
read in two ways is refused.
"""

import math
import re
import unicodedata
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal

from choosebattles.spelling import QUOTE_LIMIT, quoted, visible
from choosebattles.translation import _
from choosebattles.workbook.cell_reading import Problem, Read, blank

DIGITS = 15
"""Excel keeps 15 significant digits; the 16th and 17th of a stored number are noise."""

TINY = Decimal("1e-12")
"""Below this only the residue of a subtraction lives (0.3 - 0.1 - 0.2): read as 0, with a warning."""

HUGE = Decimal("1e15")
"""No amount, score or count of a state has 16 digits; a typing slip or a broken formula has."""

_EXACT = Context(prec=DIGITS, Emax=999_999, Emin=-999_999)
MEANINGS = {
    "#REF!": _("a cell it used was deleted"),
    "#DIV/0!": _("it divides by zero or by an empty cell"),
    "#VALUE!": _("it calculates with a text, or holds a date that Excel cannot show"),
    "#NAME?": _("it uses a name or function that Excel does not know"),
    "#N/A": _("a lookup found nothing"),
    "#NUM!": _("its result is too large or undefined"),
    "#NULL!": _("its ranges do not meet"),
    "#SPILL!": _("its results have no room"),
    "#CALC!": _("Excel could not calculate it"),
    "#GETTING_DATA": _("its data had not arrived when the file was saved"),
    "#FIELD!": _("it asks for a field that does not exist"),
    "#BLOCKED!": _("its data source was blocked"),
    "#UNKNOWN!": _("it uses a kind of data that this Excel does not know"),
    "#CONNECT!": _("its data source could not be reached"),
}
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\ufe63": "-"})
_SPACES = " \u00a0\u2007\u2009\u202f"
_APOSTROPHES = "'\u2019"
_GROUPED_BY_SPACE = re.compile(
    rf"[1-9]\d{{0,2}}(?:([{_SPACES}{_APOSTROPHES}])\d{{3}}(?:\1\d{{3}})*)"
)
_ENDS = re.compile(r"(?P<whole>[^.,]*)(?:[.,](?P<decimals>\d+))?")
_GROUPED_BY_MARK = re.compile(
    r"[1-9]\d{0,2}(?:(?:,\d{3})+\.\d+|(?:\.\d{3})+,\d+|(?:,\d{3}){2,}|(?:\.\d{3}){2,})"
)
_SCIENTIFIC = re.compile(r"(?P<mantissa>[^eE]+)[eE](?P<exponent>[+-]?\d{1,4})")
_WITH_UNIT = re.compile(r"(?P<before>[^\d(+-]*)(?P<core>[(+-]?\s*\d(?:.*\d)?\)?)(?P<after>\D*)")
_NOT_FINITE = {"nan", "inf", "infinity", "\u221e"}
_DASHES = {"-", "\u2013", "\u2014", "\u2212", "--"}


def number(
    value: object,
    *,
    low: Decimal | int | None = None,
    high: Decimal | int | None = None,
    expected: str = "",
) -> Read[Decimal] | Problem:
    """Read a number exactly: the decimal of at most 15 digits that the cell shows.

    A stored 0.30000000000000004 is 0.3, because Excel shows and means 0.3.

    Parameters
    ----------
    value
        What the cell holds.
    low, high
        The smallest and largest number that makes sense here, if there are such.
    expected
        What the column holds, as a clause for the message: ``0 or more, in million EUR``.
    """
    return _within(
        number_or_share(value, expected or _range(low, high), share=False), low, high, expected
    )


def share(
    value: object,
    *,
    low: Decimal | int | None = 0,
    high: Decimal | int | None = 1,
    expected: str = "",
) -> Read[Decimal] | Problem:
    """Read a share: 0.4 and the text 40% both are 0.4; the number 40 is refused.

    Parameters
    ----------
    value, low, high, expected
        As in `number`; the limits are fractions of 1.
    """
    clause = expected or _("a percentage such as 40%")
    plain = number_or_share(value, clause, share=True)
    answer = _within(plain, low, high, clause)
    if isinstance(answer, Problem) and isinstance(plain, Read) and 1 < plain.value <= 100:
        advice = _("If {number} percent is meant, type {number}%.")
        return replace(answer, advice=advice.format(number=shown_digits(plain.value)))
    return answer


def whole(
    value: object, *, low: int | None = None, high: int | None = None, expected: str = ""
) -> Read[int] | Problem:
    """Read a whole number: 3 and 3.0 are 3, 3.5 is refused.

    Parameters
    ----------
    value, low, high, expected
        As in `number`.
    """
    clause = expected or _("a whole number")
    answer = number(value, low=low, high=high, expected=clause)
    if isinstance(answer, Problem):
        return answer
    if answer.value != answer.value.to_integral_value():
        return Problem(
            "CB-C08", shown_digits(answer.value), clause, _("Type a number without decimals.")
        )
    return Read(int(answer.value), answer.warnings)


_YEAR = re.compile(r"(\d{4})(?: ?[/\-\u2013] ?(\d{2}|\d{4}))?", re.ASCII)
_DAY = re.compile(r"\d{1,4} ?([/.\-]) ?\d{1,2} ?\1 ?\d{1,4}", re.ASCII)
_SHORT_YEAR = re.compile(r"'?\d{2}(?: ?[/\-\u2013] ?\d{2})?", re.ASCII)


def year(value: object) -> Read[int] | Problem:
    """Read a calendar or budget year: 2027, the text 2027, and 2027/28 (which means 2027).

    Parameters
    ----------
    value
        What the cell holds.
    """
    expected = _("a year such as 2027 or 2027/28")
    if isinstance(value, (date, time, timedelta)):
        advice = _("Format the cell as a number and type the year alone.")
        return replace(date_refusal(value, expected), advice=advice)
    if isinstance(value, str):
        typed = visible(value)[0].strip()
        found = _YEAR.fullmatch(typed)
        if found is None:
            short = _SHORT_YEAR.fullmatch(typed) or _DAY.fullmatch(typed)
            code = "CB-C10" if short else "CB-C01"
            return Problem(code, quoted(value), expected, _("Type the year with four digits."))
        first, second = found.groups()
        if second and int(second) != (int(first) + 1) % 10 ** len(second):
            advice = _("The second year must be the one after the first.")
            return Problem("CB-C01", quoted(value), expected, advice)
        value = int(first)
    return whole(value, low=1900, high=2999, expected=expected)


def number_or_share(value: object, expected: str, *, share: bool) -> Read[Decimal] | Problem:
    """Read a number without asking whether it is in range."""
    refusal = _no_number(value, expected)
    if refusal is not None:
        return refusal
    if isinstance(value, str):
        return _number_in_text(value, expected, share=share)
    if isinstance(value, (int, Decimal)):
        return _kept(_EXACT.create_decimal(value), Decimal(value), expected)
    # A stored binary fraction never has the decimals that it shows: nothing typed is lost here.
    shown = Decimal(format(value, f".{DIGITS}g"))
    return _kept(shown, shown, expected)


def _no_number(value: object, expected: str) -> Problem | None:
    """Refuse the kinds of values that are no numbers."""
    if blank(value):
        advice = _("Type a number, 0 included.")
        return Problem("CB-C13", _("an empty cell"), expected, advice)
    if isinstance(value, bool):
        return Problem("CB-C12", str(value).upper(), expected, _("Type the number itself."))
    if isinstance(value, (date, time, timedelta)):
        return date_refusal(value, expected)
    if not isinstance(value, (str, int, float, Decimal)):
        return Problem("CB-C01", quoted(str(value)), expected, _("Type the number alone."))
    if isinstance(value, (float, Decimal)) and not math.isfinite(value):
        found = _("a value that is not a finite number")
        return Problem("CB-C07", found, expected, _("Type the number itself."))
    return None


def _kept(rounded: Decimal, typed: Decimal, expected: str) -> Read[Decimal] | Problem:
    """Hold a rounded number against what was typed, and say what was lost."""
    if abs(rounded) >= HUGE:
        advice = _("Check the number and the unit of the column.")
        return Problem("CB-C09", shown_digits(rounded), expected, advice)
    if abs(rounded) < TINY and (rounded or rounded.is_signed()):
        advice = _("It was read as 0.")
        return Read(Decimal(0), (Problem("CB-C19", shown_digits(rounded), expected, advice),))
    if rounded != typed:
        advice = _("It was rounded to {number}: Excel keeps 15 digits.")
        advice = advice.format(number=shown_digits(rounded))
        return Read(rounded, (Problem("CB-C19", shown_digits(typed), expected, advice),))
    return Read(rounded)


def _number_in_text(value: str, expected: str, *, share: bool) -> Read[Decimal] | Problem:
    """Read a number that was typed, or imported, as text."""
    shown = quoted(value)
    text = visible(value)[0].strip().strip(_SPACES)
    refusal = _not_a_number(text, shown, expected)
    if refusal is not None:
        return refusal
    percent = share and text.endswith("%")
    core = text.removesuffix("%").strip(_SPACES) if percent else text
    reading = _only_reading(core.translate(_MINUS))
    if reading is None:
        return _unreadable(text, shown, expected)
    if isinstance(reading, str):
        advice = _("It may be {readings}: type the number, without quotes.")
        return Problem(
            "CB-C02",
            _("the text {text}").format(text=shown),
            expected,
            advice.format(readings=reading),
        )
    stored = reading.scaleb(-2) if percent else reading
    answer = _kept(_EXACT.plus(stored), stored, expected)
    if isinstance(answer, Problem):
        return answer
    advice = _("It was read as {number}. Turn it into a number to be safe.")
    warning = Problem(
        "CB-C04" if core.startswith("(") else "CB-C12",
        _("the text {text}").format(text=shown),
        expected,
        advice.format(number=shown_digits(answer.value)),
    )
    return Read(answer.value, (warning, *answer.warnings))


def _not_a_number(text: str, shown: str, expected: str) -> Problem | None:
    """Refuse the texts that have a reason of their own."""
    if text.upper() in MEANINGS:
        return failed(text.upper(), expected)
    if text.casefold().lstrip("+-") in _NOT_FINITE:
        return Problem("CB-C07", shown, expected, _("Type the number itself."))
    if text in _DASHES:
        advice = _("Type the number; type 0 if there is none.")
        return Problem("CB-C01", _("a dash"), expected, advice)
    foreign = [character for character in text if character.isdecimal() and not character.isascii()]
    if foreign:
        kind = unicodedata.name(foreign[0], _("unknown")).partition(" DIGIT")[0].capitalize()
        found = _("the text {text} in {kind} digits").format(text=shown, kind=kind)
        return Problem("CB-C01", found, expected, _("Type it with the digits 0 to 9."))
    return None


def failed(name: str, expected: str) -> Problem:
    """Tell what an error value of Excel means."""
    found = _("{error}: {meaning}").format(error=name, meaning=MEANINGS[name])
    advice = _("Correct the formula or retype the value.")
    return Problem("CB-C05", found, expected, advice)


def _unreadable(text: str, shown: str, expected: str) -> Problem:
    """Tell a number with a unit from a text that is no number at all."""
    parts = _WITH_UNIT.fullmatch(text)
    unit = (parts["before"] + parts["after"]).strip() if parts else ""
    if parts and _only_reading(parts["core"].translate(_MINUS)) is not None and _is_unit(unit):
        advice = _("Type the number alone, without {unit}.").format(unit=quoted(unit))
        return Problem("CB-C03", _("the text {text}").format(text=shown), expected, advice)
    advice = _("Type the number alone, without words or quotes.")
    return Problem("CB-C01", _("the text {text}").format(text=shown), expected, advice)


def _is_unit(text: str) -> bool:
    return any(
        character.isalpha() or character == "%" or unicodedata.category(character) == "Sc"
        for character in text
    )


def _only_reading(text: str) -> Decimal | str | None:
    """Return the only number a text can mean, two readings as words, or None if it is no number."""
    if text.startswith("(") and text.endswith(")"):
        inner = text[1:-1].strip(_SPACES)
        reading = None if inner.startswith(("+", "-", "(")) else _only_reading(inner)
        return -reading if isinstance(reading, Decimal) else reading
    if text.startswith(("+", "-")):
        inner = text[1:].strip(_SPACES)
        reading = None if inner.startswith(("+", "-", "(")) else _only_reading(inner)
        return -reading if isinstance(reading, Decimal) and text[0] == "-" else reading
    scientific = _SCIENTIFIC.fullmatch(text)
    if scientific is None:
        return _unsigned(text)
    mantissa = _unsigned(scientific["mantissa"])
    exponent = int(scientific["exponent"])
    return mantissa.scaleb(exponent) if isinstance(mantissa, Decimal) else mantissa


def _unsigned(text: str) -> Decimal | str | None:
    """Read digits with the marks that people put between them."""
    if len(text) > QUOTE_LIMIT:
        return None
    ends = _ENDS.fullmatch(text)
    if ends and (ends["whole"].isdecimal() or _GROUPED_BY_SPACE.fullmatch(ends["whole"])):
        return _split_once(ends["whole"], ends["decimals"])
    if ends and not ends["whole"] and ends["decimals"]:
        return _joined("", ends["decimals"])
    if _GROUPED_BY_MARK.fullmatch(text):
        last = max(text.rfind(","), text.rfind("."))
        once = text.count(text[last]) == 1
        return _joined(text[:last], text[last + 1 :]) if once else _joined(text, None)
    return None


def _split_once(before: str, after: str | None) -> Decimal | str:
    """Read a number with at most one comma or point; three digits after it may be thousands."""
    if after and len(after) == 3 and len(before) <= 3 and not before.startswith("0"):
        return _("{grouped} or {decimal}").format(
            grouped=f"{before} {after}", decimal=f"{before}.{after}"
        )
    return _joined(before, after)


def _joined(before: str, after: str | None) -> Decimal:
    digits = "".join(character for character in before if character.isdigit())
    return Decimal(f"{digits or '0'}.{after or '0'}") if after else Decimal(digits)


def _within(
    answer: Read[Decimal] | Problem,
    low: Decimal | int | None,
    high: Decimal | int | None,
    expected: str,
) -> Read[Decimal] | Problem:
    """Refuse what lies outside the limits."""
    if isinstance(answer, Problem):
        return answer
    if (low is None or answer.value >= low) and (high is None or answer.value <= high):
        return answer
    advice = _("Type a number within these limits.")
    return Problem("CB-C08", shown_digits(answer.value), expected or _range(low, high), advice)


def _range(low: Decimal | int | None, high: Decimal | int | None) -> str:
    """Say the limits in words."""
    if low is None and high is None:
        return _("a number")
    if high is None:
        return _("{low} or more").format(low=low)
    if low is None:
        return _("{high} or less").format(high=high)
    return _("a number from {low} to {high}").format(low=low, high=high)


def shown_digits(value: Decimal) -> str:
    """Write a number as a person would, unless that takes a line."""
    if not value:
        return "-0" if value.is_signed() else "0"
    if -7 <= value.adjusted() <= 24:
        plain = format(value, "f")
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    return format(_EXACT.plus(value).normalize(_EXACT), "E")


# --- dates where none belong --------------------------------------------------------------------

_PLAIN_SERIAL = 10_000
"""Dates before May 1927 are numbers in disguise; later ones were meant as dates."""


def date_refusal(value: date | time | timedelta, expected: str) -> Problem:
    """Refuse a date, and say which number may hide behind it."""
    advice = _("Format the cell as a number and retype it.")
    if isinstance(value, (time, timedelta)):
        found = _("a time of day or a duration, {value}").format(value=value)
        return Problem("CB-C11", found, expected, advice)
    found = _("a date, {date}").format(date=value.strftime("%Y-%m-%d"))
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    serial = (moment.replace(tzinfo=None) - datetime(1899, 12, 30)) / timedelta(days=1)  # noqa: DTZ001 (a spreadsheet has no time zones)
    serial -= serial <= 60  # Excel believes that 29 February 1900 existed
    if serial < _PLAIN_SERIAL:
        advice = _("If {serial} is meant, format the cell as a number; otherwise retype it.")
        advice = advice.format(serial=format(serial, ".6g"))
    return Problem("CB-C11", found, expected, advice)
