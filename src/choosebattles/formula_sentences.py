"""Sentences that a spreadsheet puts together itself, and that this program puts together likewise.

A phrase is written once; `formula` turns it into what the cell holds, `value` into what the cell
says for a row, so that a file shows the right words before any spreadsheet has calculated it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from choosebattles.spelling import key

SheetRow = Mapping[str, str | int | float | None]
"""The cells of a row by heading."""

Reference = Callable[[str], str]
"""Gives the place of a cell in the row, from the heading of its column."""


class Phrase:
    """A part of a sentence."""

    def formula(self, at: Reference) -> str:
        """Return the formula, without the equals sign."""
        raise NotImplementedError

    def value(self, row: SheetRow) -> str:
        """Return the words for a row."""
        raise NotImplementedError


@dataclass(frozen=True)
class FixedWords(Phrase):
    """Words that never change."""

    text: str

    def formula(self, at: Reference) -> str:  # noqa: ARG002 (needs no cell)
        """Return the words in quotes."""
        return '"' + self.text.replace('"', '""') + '"'

    def value(self, row: SheetRow) -> str:  # noqa: ARG002 (needs no cell)
        """Return the words."""
        return self.text


@dataclass(frozen=True)
class Cell(Phrase):
    """What a cell says; a question mark where it is blank.

    ``between`` stands for the semicolons of a list, ``percent`` shows a share as a percentage.
    """

    heading: str
    between: str = ""
    percent: bool = False

    def formula(self, at: Reference) -> str:
        """Return the cell, with its list or its share put into words."""
        cell = at(self.heading)
        shown = cell
        if self.between:
            shown = f'SUBSTITUTE(SUBSTITUTE({cell},"; ",";"),";","{self.between}")'
        elif self.percent:
            shown = f'IF(ISNUMBER({cell}),ROUND(100*{cell},2)&"%",{cell})'
        return f'IF({cell}="","?",{shown})'

    def value(self, row: SheetRow) -> str:
        """Return what the cell says."""
        cell = row.get(self.heading)
        if cell is None or cell == "":
            return "?"
        if isinstance(cell, str):
            return cell.replace("; ", ";").replace(";", self.between) if self.between else cell
        return _digits(round(Decimal(str(cell)) * 100, 2)) + "%" if self.percent else _digits(cell)


def _digits(number: float | Decimal) -> str:
    return format(Decimal(str(number)).normalize(), "f")


@dataclass(frozen=True)
class Joined(Phrase):
    """Parts one after the other."""

    parts: tuple[Phrase, ...]

    def formula(self, at: Reference) -> str:
        """Return the parts joined."""
        return "&".join(part.formula(at) for part in self.parts)

    def value(self, row: SheetRow) -> str:
        """Return the parts joined."""
        return "".join(part.value(row) for part in self.parts)


@dataclass(frozen=True)
class Test:
    """Something that is so or not: a cell is filled, says a word, or lists several things."""

    heading: str
    word: str = ""
    several: bool = False
    begins: bool = False
    """Whether the word need only stand at the beginning."""

    def formula(self, at: Reference) -> str:
        """Return the condition."""
        cell = at(self.heading)
        if self.several:
            return f'ISNUMBER(SEARCH(";",{cell}))'
        if self.begins:
            return f'LEFT({cell},{len(self.word)})="{self.word}"'
        return f'{cell}="{self.word}"' if self.word else f'{cell}<>""'

    def holds(self, row: SheetRow) -> bool:
        """Say whether it is so."""
        cell = row.get(self.heading)
        if cell is None or cell == "":
            return False
        if self.several:
            return ";" in str(cell)
        if self.begins:
            return str(cell).casefold().startswith(self.word.casefold())
        return not self.word or key(str(cell)) == key(self.word)


@dataclass(frozen=True)
class EitherPhrase(Phrase):
    """One phrase where a test holds, another where it does not."""

    test: Test
    then: Phrase
    otherwise: Phrase = FixedWords("")

    def formula(self, at: Reference) -> str:
        """Return the choice."""
        yes, no = self.then.formula(at), self.otherwise.formula(at)
        return f"IF({self.test.formula(at)},{yes},{no})"

    def value(self, row: SheetRow) -> str:
        """Return the words of the phrase that is chosen."""
        return (self.then if self.test.holds(row) else self.otherwise).value(row)


def sentence(*parts: str | Phrase) -> Phrase:
    """Return parts one after the other; a text stands for itself."""
    phrases = tuple(FixedWords(part) if isinstance(part, str) else part for part in parts)
    return Joined(tuple(phrase for phrase in phrases if phrase != FixedWords("")))


def cell(heading: str) -> Phrase:
    """Return what a cell says."""
    return Cell(heading)


def items(heading: str, between: str = ", ") -> Phrase:
    """Return a list of a cell with these words between its items."""
    return Cell(heading, between=between)


def filled(heading: str, then: Phrase, otherwise: str | Phrase = "") -> Phrase:
    """Return a phrase for a filled cell, and another for a blank one."""
    other = FixedWords(otherwise) if isinstance(otherwise, str) else otherwise
    return EitherPhrase(Test(heading), then, other)


def if_several(heading: str, then: str, otherwise: str) -> Phrase:
    """Return words for a list, and others for a single thing."""
    return EitherPhrase(Test(heading, several=True), FixedWords(then), FixedWords(otherwise))


def by_word(heading: str, choices: Mapping[str, Phrase], otherwise: Phrase) -> Phrase:
    """Return the phrase of the word that a cell says, and nothing if it is blank."""
    phrase = filled(heading, otherwise)
    for word, then in reversed(list(choices.items())):
        phrase = EitherPhrase(Test(heading, word), then, phrase)
    return phrase
