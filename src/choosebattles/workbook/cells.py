"""What one cell means, never guessed.

Every function takes the value that the spreadsheet holds and returns either a `Read` (the value,
with warnings if something odd was met on the way) or a `Problem`. A text that can be read as a
number in exactly one way is read, with a warning; a text that can be read in two ways is refused.
Neither knows where the cell stands: the reader adds the place.

A cell for which `blank` is true is for the reader to judge: each column has its own default.
"""

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal
from typing import Generic, TypeVar

from choosebattles.spelling import QUOTE_LIMIT, quoted, shape, visible
from choosebattles.words import _

T = TypeVar("T")

DIGITS = 15
"""Excel keeps 15 significant digits; the 16th and 17th of a stored number are noise."""

TINY = Decimal("1e-12")
"""Below this only the residue of a subtraction lives (0.3 - 0.1 - 0.2): read as 0, with a warning."""

HUGE = Decimal("1e15")
"""No amount, score or count of a state has 16 digits; a typing slip or a broken formula has."""

NAME_LIMIT = 120
"""Longer names of anything do not fit where they are compared."""

TITLE_LIMIT = 500
"""Longer ones are no titles; where a title is shown it is shortened to the width there is."""

NOTE_LIMIT = 2000
"""Longer notes belong in a document; this is about a page."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with one value, without its place.

    Parameters
    ----------
    code
        As in the catalogue of messages, ``CB-C08``.
    found, expected
        Clauses without a final full stop.
    advice
        One or two whole sentences.
    """

    code: str
    found: str
    expected: str
    advice: str


@dataclass(frozen=True)
class Read(Generic[T]):
    """A value that was read, and what the user should hear about it."""

    value: T
    warnings: tuple[Problem, ...] = ()


def blank(value: object) -> bool:
    """Say whether a cell looks empty: nothing in it, or only spaces and invisible characters."""
    return value is None or (isinstance(value, str) and not visible(value)[0].strip())


# --- numbers ------------------------------------------------------------------------------------

_EXACT = Context(prec=DIGITS, Emax=999_999, Emin=-999_999)
_MEANINGS = {
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
    return _within(_number(value, expected or _range(low, high), share=False), low, high, expected)


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
    plain = _number(value, clause, share=True)
    answer = _within(plain, low, high, clause)
    if isinstance(answer, Problem) and isinstance(plain, Read) and 1 < plain.value <= 100:
        advice = _("If {number} percent is meant, type {number}%.")
        return replace(answer, advice=advice.format(number=_digits(plain.value)))
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
            "CB-C08", _digits(answer.value), clause, _("Type a number without decimals.")
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
        return replace(_dated(value, expected), advice=advice)
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


def _number(value: object, expected: str, *, share: bool) -> Read[Decimal] | Problem:
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
        return _dated(value, expected)
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
        return Problem("CB-C09", _digits(rounded), expected, advice)
    if abs(rounded) < TINY and (rounded or rounded.is_signed()):
        advice = _("It was read as 0.")
        return Read(Decimal(0), (Problem("CB-C19", _digits(rounded), expected, advice),))
    if rounded != typed:
        advice = _("It was rounded to {number}: Excel keeps 15 digits.")
        advice = advice.format(number=_digits(rounded))
        return Read(rounded, (Problem("CB-C19", _digits(typed), expected, advice),))
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
        advice.format(number=_digits(answer.value)),
    )
    return Read(answer.value, (warning, *answer.warnings))


def _not_a_number(text: str, shown: str, expected: str) -> Problem | None:
    """Refuse the texts that have a reason of their own."""
    if text.upper() in _MEANINGS:
        return _failed(text.upper(), expected)
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


def _failed(name: str, expected: str) -> Problem:
    """Tell what an error value of Excel means."""
    found = _("{error}: {meaning}").format(error=name, meaning=_MEANINGS[name])
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
    return Problem("CB-C08", _digits(answer.value), expected or _range(low, high), advice)


def _range(low: Decimal | int | None, high: Decimal | int | None) -> str:
    """Say the limits in words."""
    if low is None and high is None:
        return _("a number")
    if high is None:
        return _("{low} or more").format(low=low)
    if low is None:
        return _("{high} or less").format(high=high)
    return _("a number from {low} to {high}").format(low=low, high=high)


def _digits(value: Decimal) -> str:
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


def _dated(value: date | time | timedelta, expected: str) -> Problem:
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


# --- texts --------------------------------------------------------------------------------------

_FORMULA_STARTS = ("=", "+", "-", "@")


def text(value: object, *, limit: int = NAME_LIMIT, lines: bool = False) -> Read[str] | Problem:
    """Read a text, without what nobody can see.

    Parameters
    ----------
    value
        What the cell holds; a number becomes the digits that the cell shows.
    limit
        The most characters that fit.
    lines
        Whether line breaks are kept, as in a note; otherwise they become spaces.
    """
    expected = _("a text of at most {limit} characters").format(limit=limit)
    written = _written(value, expected)
    if isinstance(written, Problem):
        return written
    seen, odd = visible(written)
    seen = unicodedata.normalize("NFC", seen.replace("\r\n", "\n").replace("\r", "\n")).strip()
    seen = "\n".join(" ".join(line.split()) for line in seen.split("\n")) if lines else seen
    seen = seen if lines else " ".join(seen.split())
    if seen in _MEANINGS:
        return _failed(seen, expected)
    if len(seen) > limit:
        found = _("{length} characters").format(length=len(seen))
        return Problem("CB-C16", found, expected, _("Shorten the text."))
    return Read(seen, tuple(_oddities(seen, odd, expected)))


def day(value: object) -> Read[str] | Problem:
    """Read a day as a text: a date becomes ``2026-11-30``, what was typed as a text stays so."""
    if isinstance(value, date):
        value = value.strftime("%Y-%m-%d")
    return text(value)


def _written(value: object, expected: str) -> str | Problem:
    """Turn whatever a text cell holds into the characters that it shows."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (date, time, timedelta)):
        advice = _("Excel turns some texts into dates. Format the cell as Text and retype it.")
        return Problem("CB-C11", _dated(value, expected).found, expected, advice)
    answer = _number(value, expected, share=False)
    return answer if isinstance(answer, Problem) else _digits(answer.value)


def _oddities(seen: str, odd: list[str], expected: str) -> Iterable[Problem]:
    """Tell what was trimmed, and a text that looks like a formula."""
    if odd:
        codes = ", ".join(f"U+{ord(character):04X}" for character in odd[:5])
        found = _("characters that cannot be seen ({codes})").format(codes=codes)
        advice = _("They were left out. Retype the cell to be rid of them.")
        yield Problem("CB-C15", found, expected, advice)
    if seen.startswith(_FORMULA_STARTS):
        advice = _("It is kept as a text and never calculated.")
        yield Problem("CB-C17", quoted(seen), expected, advice)


def identifier(value: object, *, dotted: bool = False) -> Read[str] | Problem:
    """Read an id: Latin letters (also Ë or Ç), digits, ``_`` and ``-``, nothing that only looks alike.

    Parameters
    ----------
    value
        What the cell holds; the number 1 is the id 1.
    dotted
        Whether one dot may stand between an investment and its option, as in ``CLOUD.L``.
    """
    answer = text(value)
    expected = _("an id of letters, digits, _ and -, such as CLOUD")
    if isinstance(answer, Problem):
        return answer
    if not answer.value:
        return Problem("CB-L03", _("an empty cell"), expected, _("Type an id."))
    name = answer.value
    if dotted and name.count(".") == 1 and name.strip(".") == name:
        name = name.replace(".", "")
    for character in name:
        if not _belongs(character):
            return _stranger(character, answer.value, expected)
    # A leading hyphen is no formula in an id, yet "-A" is still no name.
    if name.startswith("-"):
        return _stranger("-", answer.value, expected)
    return answer


def _belongs(character: str) -> bool:
    """Say whether a character may stand in an id."""
    if character.isascii():
        return character.isalnum() or character in "_-"
    latin = unicodedata.name(character, "").startswith(
        ("LATIN SMALL LETTER", "LATIN CAPITAL LETTER")
    )
    return latin and unicodedata.normalize("NFKC", character) == character


def _stranger(character: str, name: str, expected: str) -> Problem:
    """Refuse an id for one character, and say what that character looks like."""
    twin = shape(character, fold=False)
    if character.isascii() or not character.isalnum():
        found = _("'{character}' in {name}").format(character=character, name=quoted(name))
        return Problem("CB-L02", found, expected, _("Leave that character out."))
    script = unicodedata.name(character, _("foreign")).split()[0].capitalize()
    found = _("the letter '{letter}' in {name}, which is {script}").format(
        letter=character, name=quoted(name), script=script
    )
    if twin != character and twin.isascii():
        found += _(" and looks like Latin {twin}").format(twin=twin)
    return Problem("CB-L02", found, expected, _("Retype the id with Latin letters."))


_YES = frozenset({"yes", "y", "true", "1"})
_NO = frozenset({"no", "n", "false", "0"})


def yes(value: object) -> Read[bool] | Problem:
    """Read yes or no.

    Parameters
    ----------
    value
        What the cell holds: yes, no, y, n, TRUE, FALSE, 1 or 0.
    """
    answer = text(value)
    if isinstance(answer, Problem):
        return answer
    word = answer.value.casefold()
    if word in _YES | _NO:
        return Read(word in _YES, answer.warnings)
    return Problem("CB-C14", quoted(answer.value), _("yes or no"), _("Type yes or no."))


def listing(value: object, *, limit: int = NOTE_LIMIT) -> Read[tuple[str, ...]] | Problem:
    """Read a list whose items are separated by semicolons; empty items do not count.

    Line breaks inside an item are kept: they may separate items too.

    Parameters
    ----------
    value
        What the cell holds.
    limit
        The most characters of the whole cell.
    """
    answer = text(value, limit=limit, lines=True)
    if isinstance(answer, Problem):
        return answer
    items = (item.strip() for item in answer.value.split(";"))
    return Read(tuple(item for item in items if item), answer.warnings)


_BETWEEN = re.compile(r"(?<!\d),|,(?!\d)|\n")
"""A comma between two digits is one of a number."""


def pieces(item: str) -> list[str]:
    """Return the parts of an item between commas and line breaks; one if there are none."""
    return [" ".join(word.split()) for word in _BETWEEN.split(item) if word.strip()]
