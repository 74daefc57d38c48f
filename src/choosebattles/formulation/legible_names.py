"""Names of columns and rows that every reader of model files takes."""

import re
import unicodedata
from collections.abc import Hashable, Iterable
from typing import TypeVar

LONGEST = 90
"""Characters of a name; PuLP refuses more than 100 in an LP file."""

_OTHER = re.compile(r"[^A-Za-z0-9.]+")
_EXPONENT = re.compile(r"[eE][0-9.]")

Name = TypeVar("Name", bound=Hashable)


def legible_names(names: Iterable[Name]) -> dict[Name, str]:
    """Return for each name one of letters, digits, dots and underscores, unlike all the others.

    ``start[CLOUD.L,2027]`` becomes ``start_CLOUD.L_2027``. Accents are left out; a name that is
    there already gets a number. An LP file takes no name that could be read as a number.
    """
    found: dict[Name, str] = {}
    used: set[str] = set()
    for name in names:
        letters = unicodedata.normalize("NFKD", str(name)).encode("ascii", "ignore").decode()
        plain = _OTHER.sub("_", letters).strip("_.")[:LONGEST]
        if not plain[:1].isalpha() or _EXPONENT.match(plain):
            plain = f"x_{plain}"
        unlike, number = plain, 2
        while unlike in used:
            unlike, number = f"{plain}_{number}", number + 1
        used.add(unlike)
        found[name] = unlike
    return found
