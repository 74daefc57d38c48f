"""What the code of a message means, how much it matters and what to do."""

from typing import Any

from choosebattles.error_codes import CODES
from choosebattles.report.document import Document, Section, Sentences
from choosebattles.report.json import SCHEMA
from choosebattles.translation import _


def document(code: str) -> Document:
    """Return what is said of a code, which must be one of ``CODES``."""
    entry = CODES[code]
    title = f"{code}: {entry.title}"
    remedy = _("What to do: {remedy}").format(remedy=entry.remedy)
    said = Sentences((title, entry.meaning, entry.weight.sentence, remedy))
    return Document(_("A message and its code"), (Section(code, (said,)),), headline=title)


def as_json(code: str) -> dict[str, Any]:
    """Return the same as plain values; ``weight`` is error, doubt or notice."""
    entry = CODES[code]
    return {
        "schema": SCHEMA,
        "code": code,
        "title": entry.title,
        "meaning": entry.meaning,
        "weight": str(entry.weight),
        "remedy": entry.remedy,
    }
