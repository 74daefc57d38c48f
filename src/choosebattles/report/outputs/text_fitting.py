"""How much room a text takes, so that none runs over: estimated from the widths of Arial."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

POINTS = 72
"""Points in an inch."""
LEADING = 1.2
"""Height of a line by the size of its letters."""
BOLD = 1.08
"""How much wider bold letters are."""
SAFE = 1.04
"""Room that is left because other fonts are a little wider."""

_WIDTHS = (
    (0.222, "ijl'|"),
    (0.278, " !,./:;I[]\\ft\u00b7"),
    (0.333, "()-r`"),
    (0.389, "*"),
    (0.5, "ckszvxyJ"),
    (0.556, "abdeghnopqu0123456789L#$?_\u2026"),
    (0.611, "FTZ"),
    (0.667, "ABEKPSVXY&"),
    (0.722, "CDHNRUw"),
    (0.778, "GOQ"),
    (0.833, "mM"),
    (0.889, "%"),
    (0.944, "W"),
    (1.0, "\u2192"),
)
_WIDTH = {letter: width for width, letters in _WIDTHS for letter in letters}
_PARTS = re.compile(r"[^-]*-+|[^-]+")
"""Parts of a word between which a line may end."""
_ANY = 0.66
"""Width of a letter that is not listed."""
HAIR = 1e-9
"""Inches that are only rounding."""
ELLIPSIS = "\u2026"


@cache
def _width(letter: str) -> float:
    if letter in _WIDTH:
        return _WIDTH[letter]
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    plain = unicodedata.normalize("NFD", letter)[:1]
    return _WIDTH.get(plain, _ANY) if plain != letter else _ANY


def breadth(text: str, size: float, *, bold: bool = False) -> float:
    """Return how broad a text is on one line, in inches; ``size`` in points."""
    return sum(map(_width, text)) * size * SAFE * (BOLD if bold else 1) / POINTS


def lines(text: str, size: float, width: float, *, bold: bool = False) -> int:
    """Return on how many lines a text stands in a width in inches.

    A line may end after a hyphen; words that are longer than a line are broken.
    """
    if width <= HAIR:
        return max(1, len(text))
    number, used = 1, 0.0
    space = breadth(" ", size, bold=bold)
    for word in text.split():
        for place, part in enumerate(_PARTS.findall(word)):
            broad = breadth(part, size, bold=bold)
            gap = space if used and place == 0 else 0.0
            if used and used + gap + broad <= width + HAIR:
                used += gap + broad
                continue
            number += used > 0
            while broad > width + HAIR:
                number += 1
                broad -= width
            used = broad
    return number


def broken(text: str, size: float, width: float, most: int) -> list[str]:
    """Return a text in so many lines of a width at most, the last one with an ellipsis if need be."""
    words = clipped(text, size, width, most).split()
    found: list[str] = []
    for word in words:
        joined = f"{found[-1]} {word}" if found else word
        if found and lines(joined, size, width) == 1:
            found[-1] = joined
        else:
            found.append(word)
    return found


def height(number: int, size: float) -> float:
    """Return how high so many lines are, in inches."""
    return number * size * LEADING / POINTS


def clipped(text: str, size: float, width: float, most: int, *, bold: bool = False) -> str:
    """Return a text that stands on so many lines, with an ellipsis where its end was left out."""
    text = " ".join(text.split())
    if lines(text, size, width, bold=bold) <= most:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if lines(text[:middle].rstrip() + ELLIPSIS, size, width, bold=bold) <= most:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS


def fitted(
    text: str, sizes: Sequence[float], width: float, tall: float, *, bold: bool = False
) -> tuple[str, float]:
    """Return a text with the largest of the sizes, falling, in which it fits a box in inches.

    In the smallest one the end is left out where it still does not fit.
    """
    for size in sizes:
        if height(lines(text, size, width, bold=bold), size) <= tall:
            return " ".join(text.split()), size
    most = max(1, int(tall * POINTS / (sizes[-1] * LEADING)))
    return clipped(text, sizes[-1], width, most, bold=bold), sizes[-1]
