"""Texts, ids, yes and no, and lists as they stand in a cell, never guessed."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, time, timedelta

from choosebattles.spelling import quoted, shape, visible
from choosebattles.translation import _
from choosebattles.workbook.cell_reading import Problem, Read
from choosebattles.workbook.typed_numbers import (
    MEANINGS,
    date_refusal,
    failed,
    number_or_share,
    shown_digits,
)

NAME_LIMIT = 120
"""Longer names of anything do not fit where they are compared."""

TITLE_LIMIT = 500
"""Longer ones are no titles; where a title is shown it is shortened to the width there is."""

NOTE_LIMIT = 2000
"""Longer notes belong in a document; this is about a page."""


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
    if seen in MEANINGS:
        return failed(seen, expected)
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
        return Problem("CB-C11", date_refusal(value, expected).found, expected, advice)
    answer = number_or_share(value, expected, share=False)
    return answer if isinstance(answer, Problem) else shown_digits(answer.value)


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
