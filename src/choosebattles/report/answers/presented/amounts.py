"""How amounts and options are called in sentences and in cells of words."""

from collections.abc import Sequence
from typing import Protocol
from unicodedata import bidirectional

from choosebattles.report.number_wording import figure, money_digits, rounded
from choosebattles.report.view_model import Story
from choosebattles.translation import _, listed

NAMES = 4
"""Names that are told before the rest is counted."""


class Titled(Protocol):
    """What has a title and, where that is empty, an id."""

    @property
    def title(self) -> str:
        """Return its title."""

    @property
    def option(self) -> str:
        """Return the id of its option."""


def amount(story: Story, value: float) -> str:
    """Return millions as they stand in a table, in the decimals of the whole answer."""
    return rounded(value, story.decimals)


def said(value: float) -> str:
    """Return millions as they stand in a sentence, without their unit."""
    return rounded(value, money_digits(value))


def brief(value: float) -> str:
    """Return millions in one decimal, or two digits where that would show nothing of them."""
    if not round(value, 6):
        return "0"
    return figure(value) if abs(value) < 0.05 else rounded(value, 1)


def called(row: Titled) -> str:
    """Return what an option is called: by its title, or by its id where it has none."""
    return steady(row.title or row.option)


def steady(name: str) -> str:
    """Return a name after which a number stays where it is: names from right to left end there."""
    return f"{name}\u200e" if any(bidirectional(letter) in {"R", "AL"} for letter in name) else name


def named(names: Sequence[str], most: int = NAMES) -> str:
    """Return names as a list, of which those beyond some are counted."""
    if len(names) > most + 1:
        names = [*names[:most], _("{number} more").format(number=len(names) - most)]
    return listed(names)
