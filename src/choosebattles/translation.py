"""Every sentence that a user reads passes through here, so that it can be translated.

English is the language of the source; a translation is a compiled catalogue
``locale/<language>/LC_MESSAGES/choosebattles.mo`` beside this file, chosen by the usual
environment variables (``LANGUAGE``, ``LC_ALL``, ``LANG``).
"""

import gettext
from collections.abc import Iterable
from pathlib import Path

_catalogue = gettext.translation(
    "choosebattles", localedir=Path(__file__).parent / "locale", fallback=True
)

_ = _catalogue.gettext
"""The sentence in the user's language."""

several = _catalogue.ngettext
"""One sentence for one thing and another for several: ``several(one, many, number)``."""


def listed(items: Iterable[str]) -> str:
    """Return a list in words: ``A, B and C``."""
    *some, last = items
    return _("{some} and {last}").format(some=", ".join(some), last=last) if some else last


def capitalised(text: str) -> str:
    """Return a text with a capital at its beginning; the rest stays as it is."""
    return f"{text[:1].upper()}{text[1:]}"
