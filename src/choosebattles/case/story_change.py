"""What a question of the sheet Story changes: ``fund.STATE=30; never=CSIRT``."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from choosebattles.spelling import key

BUDGET, MUST, NEVER = "budget", "must", "never"
WORDS = (BUDGET, MUST, NEVER)
"""What may be changed besides numbers that have a plain name."""


@dataclass(frozen=True)
class ChangePart:
    """One part of a change: a plain name or a word, and what it is to be, as typed."""

    name: str
    typed: str

    @property
    def word(self) -> str:
        """Return the word, where it is one and no number."""
        return key(self.name) if key(self.name) in WORDS else ""

    @property
    def number(self) -> Decimal | None:
        """Return the number that was typed, a percentage as a share; None where it is none."""
        typed = self.typed.removesuffix("%")
        try:
            found = Decimal(typed.strip())
        except InvalidOperation:
            return None
        if not found.is_finite():
            return None
        return found / 100 if typed != self.typed else found


def change_parts(text: str) -> Iterator[ChangePart]:
    """Yield the parts of a change; one without = has nothing typed."""
    for part in text.split(";"):
        if part.strip():
            name, _equals, typed = part.partition("=")
            yield ChangePart(name.strip(), typed.strip())
