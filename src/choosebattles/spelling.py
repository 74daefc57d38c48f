"""Words that are nearly right, and words that only look the same."""

import difflib
import unicodedata
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from choosebattles.translation import _

QUOTE_LIMIT = 60
"""How much of a text a message quotes."""

WORD_LIMIT = 120
"""Nobody misspells a longer name; comparing one takes long."""

COMPARED = 300
"""Names that one word is compared with; of more, those next to it in the alphabet."""

COMPARISONS = 100_000
"""Comparisons with the same names; whoever misspells a thousand reads no thousand suggestions."""

_ODD_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
_TO_SPACE = frozenset(_ODD_SPACES + "\u2028\u2029\u202f\u205f\u3000")
_UNSEEN = frozenset(
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_CROSSED = str.maketrans("\u0131\u0141\u0142\u0110\u0111\u00d8\u00f8", "iLlDdOo")
"""Letters whose stroke or missing dot is no accent to Unicode."""
_TWINS = str.maketrans(
    # Cyrillic capitals and small letters, then Greek ones, that look like Latin letters.
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0405\u0406\u0408"
    "\u0430\u0435\u043a\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458\u04bb\u0501\u051b\u051d"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
    "\u03b1\u03b9\u03ba\u03bd\u03bf\u03c1\u03c5",
    "ABEKMHOPCTYXSIJaekopcyxsijhdqwABEZHIKMNOPTYXaikvopu",
)


def visible(value: str) -> tuple[str, list[str]]:
    """Leave out what cannot be seen; also return each such character once, in order."""
    if value.isascii() and value.isprintable():
        return value, []
    kept, odd = [], dict[str, None]()
    for letter in value:
        if letter in _TO_SPACE:
            kept.append(" ")
            odd[letter] = None
        elif letter in "\t\n\r":
            kept.append(letter)
        elif letter in _UNSEEN or unicodedata.category(letter) in {"Cc", "Cs"}:
            odd[letter] = None
        else:
            kept.append(letter)
    return "".join(kept), list(odd)


def key(word: str) -> str:
    """Return a name as it is compared: without case, one space between words."""
    return " ".join(visible(word)[0].split()).casefold()


def unaccented(word: str) -> str:
    """Return a word without the accents of its letters, which stay in their alphabet."""
    if word.isascii() and word.isprintable():
        return visible(word)[0]
    apart = unicodedata.normalize("NFKD", visible(word)[0]).translate(_CROSSED)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def shape(word: str, *, fold: bool = True) -> str:
    """Return the shape of a word in plain Latin letters."""
    plain = unaccented(word).translate(_TWINS)
    if not fold:
        return plain
    # Some small letters have no twin where their capital has one.
    return " ".join(plain.upper().translate(_TWINS).casefold().split())


def look(word: str) -> str:
    """Return how a word looks: letters of other alphabets as the Latin ones they resemble."""
    return key(unicodedata.normalize("NFKC", visible(word)[0]).translate(_TWINS))


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that was probably meant, or None.

    Case, accents, doubled spaces and letters of another alphabet that look alike do not count.

    Parameters
    ----------
    word
        What was typed.
    candidates
        What may be meant, the likelier first.
    """
    names = candidates if isinstance(candidates, Names) else Names(candidates)
    return names.closest(word)


class Names:
    """Names that many words are held against: which there are, and which one was meant.

    Parameters
    ----------
    names
        The names, the likelier first.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = dict.fromkeys(names)
        self._left = COMPARISONS

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    @cached_property
    def _shapes(self) -> Mapping[str, str]:
        shapes: dict[str, str] = {}
        for name in self._names:
            shapes.setdefault(shape(name), name)
        return shapes

    @cached_property
    def _in_order(self) -> Sequence[str]:
        return sorted(self._shapes)

    def closest(self, word: str) -> str | None:
        """Return the name that was probably meant, or None."""
        wanted = shape(word[:WORD_LIMIT])
        if wanted in self._shapes:
            return self._shapes[wanted]
        near = self._in_order
        if len(near) > COMPARED:
            place = bisect(near, wanted)
            near = near[max(0, place - COMPARED // 2) : place + COMPARED // 2]
        self._left -= len(near)
        if self._left < 0:
            return None
        found = difflib.get_close_matches(wanted, near, n=1, cutoff=0.7)
        return self._shapes[found[0]] if found else None


LONG = 8
"""Letters of a name from which two edits are a slip; in shorter ones it is one."""

SHORT = 4
"""Letters of a name below which an edit makes another word."""


def alike(word: str, name: str) -> bool:
    """Say whether a word differs from a name by no more than a slip of the fingers.

    A slip is one letter too many, too few, another one, or two in the wrong order; in a name of
    eight letters or more there may be two.
    """
    most = 0 if len(name) < SHORT else 1 if len(name) < LONG else 2
    return abs(len(word) - len(name)) <= most and _edits(word, name) <= most


def _edits(word: str, name: str) -> int:
    """Return the least number of edits (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(name) + 1))
    for i, letter in enumerate(word, start=1):
        older, before, row = before, row, [i]
        for j, other in enumerate(name, start=1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == name[j - 2] and word[i - 2] == other:
                best = min(best, older[j - 2] + 1)
            row.append(best)
    return row[-1]


TITLE_WIDTH = 120
"""Letters of a title that fit where lines may be broken: a cell, a paragraph, a list."""


TERMINAL_WIDTH = 60
"""Letters of a title in a table in the terminal."""


def short_title(title: str, width: int = TITLE_WIDTH) -> str:
    """Return a title as it is shown in a place: with an ellipsis where its end is left out.

    Parameters
    ----------
    title
        A title of any length.
    width
        How many letters fit.
    """
    return title if len(title) <= width else f"{title[: width - 1].rstrip()}\u2026"


def quoted(value: str) -> str:
    """Quote a value on one line, cut if long."""
    shown = " ".join("".join(letter if letter.isprintable() else " " for letter in value).split())
    return f"'{shown[:QUOTE_LIMIT]}\u2026'" if len(shown) > QUOTE_LIMIT else f"'{shown}'"


def exposed(value: str) -> str:
    """Quote a word, and name the first letter in it that belongs to another alphabet."""
    shown = visible(value)[0]
    mixed = any(letter.isascii() and letter.isalnum() for letter in shown)
    for letter in shown:
        script = unicodedata.name(letter, _("foreign")).split()[0].capitalize()
        if letter.isalnum() and not letter.isascii() and script != "Latin" and mixed:
            text = _("{word}, in which '{letter}' is {script}")
            return text.format(word=quoted(value), letter=letter, script=script)
    return quoted(value)
