"""In which unit a text says that amounts are: thousands, millions, billions, and which currency.

The words are data, ``unit_words.toml``. A text counts only where it states a unit: ``in thousand
EUR``, ``kEUR``, ``(USD million)``; ``2 thousand EUR for schools`` names a sum, and
``1 EUR = 98 ALL`` a rate.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from choosebattles.spelling import unaccented


class UnitScale(StrEnum):
    """What one unit of an amount stands for."""

    THOUSAND = "thousand"
    MILLION = "million"
    BILLION = "billion"


@dataclass(frozen=True)
class Stated:
    """What a text says of the unit of amounts; both empty if it says nothing."""

    scales: frozenset[UnitScale] = frozenset()
    currencies: tuple[frozenset[str], ...] = ()
    """For each currency named, the codes that its name may stand for."""

    def other_currency(self, own: frozenset[str]) -> bool:
        """Say whether a currency is named that is surely not the one of the case."""
        return bool(own) and any(not currency & own for currency in self.currencies)


@dataclass(frozen=True)
class _Words:
    """The words as they are compared, and what each may mean."""

    stated: Mapping[str, UnitScale]
    beside: Mapping[str, UnitScale]
    states: frozenset[str]
    between: frozenset[str]
    people: frozenset[str]
    joined: frozenset[str]
    codes: frozenset[str]
    ambiguous: frozenset[str]
    names: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class _Token:
    """One word, sign or number of a text."""

    text: str
    words: _Words = field(repr=False)

    @property
    def plain(self) -> str:
        return self.text.casefold()

    @property
    def is_number(self) -> bool:
        return self.text[0].isdigit()

    @property
    def is_amount(self) -> bool:
        """Say whether it is a number that is no year."""
        return self.is_number and not YEARS.fullmatch(self.text)

    @property
    def scale(self) -> UnitScale | None:
        if re.fullmatch(r"000s?", self.text):
            return UnitScale.THOUSAND
        return self.words.stated.get(self.plain)

    @property
    def scale_beside(self) -> UnitScale | None:
        """Return what it says beside a currency."""
        return self.scale or self.words.beside.get(self.plain)

    @property
    def currency(self) -> frozenset[str]:
        """Return the codes that it may stand for."""
        code = {self.text} if self.text in self.words.codes else set()
        return self.words.names.get(self.plain, frozenset()) | code

    @property
    def plainly_currency(self) -> bool:
        """Say whether it is a currency wherever it stands alone."""
        if self.text in self.words.codes:
            return self.text not in self.words.ambiguous
        return bool(self.currency) and (len(self.text) > 3 or not self.text.isalpha())


YEARS = re.compile(r"(?:19|20|21)\d\d(?:\s?[-/\u2013]\s?(?:\d{4}|\d\d))?")
"""A year, a budget year or several years."""

_TOKEN = re.compile(
    r"""(?:19|20|21)\d\d(?:\s?[-/\u2013]\s?(?:\d{4}|\d\d))?(?![\d.,])
    | \d+(?:[.,'\u2019\s]\d{3})*(?:[.,]\d+)?s?
    | [^\W\d_]*[$\u20a0-\u20cf\u00a3\u00a5][^\W\d_]*
    | (?:[^\W\d_]|[\u0780-\u07bf\u0900-\u0dff\u0e00-\u109f\u1780-\u17ff])+
    | [*\u00d7()\[\]{};|,\n=]""",
    re.VERBOSE,
)
_BREAKS = frozenset("()[]{};|,\n")
_THOUSAND = re.compile(r"1[.,'\u2019\s]?000")
_LONGEST = 500
"""A longer text is a description."""


@cache
def _words() -> _Words:
    read: dict[str, Any] = tomllib.loads(
        Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    )
    names: dict[str, set[str]] = {}
    for code, called in read["currencies"]["names"].items():
        for name in called:
            names.setdefault(_compared(name), set()).add(code)
    for shared in read["currencies"]["shared"]:
        for word in shared["words"]:
            names.setdefault(_compared(word), set()).update(shared["codes"].split())
    codes = {*read["currencies"]["codes"].split(), *read["currencies"]["names"]}
    return _Words(
        stated={_compared(word): scale for scale in UnitScale for word in read[scale]["stated"]},
        beside={_compared(word): scale for scale in UnitScale for word in read[scale]["beside"]},
        states=frozenset(map(_compared, read["states"])),
        between=frozenset(map(_compared, read["between"])),
        people=frozenset(map(_compared, read["people"])),
        joined=frozenset(map(_compared, read["joined"])),
        codes=frozenset(codes),
        ambiguous=frozenset(read["currencies"]["words"]),
        names={name: frozenset(found) for name, found in names.items()},
    )


def _compared(word: str) -> str:
    return unaccented(word).casefold()


def stated(text: str) -> Stated:
    """Return the unit that a text near a table states.

    Nothing is said by a text with an equals sign, which is a rate; and no thousands or billions
    by one that speaks of millions too, as an explanation does.

    Parameters
    ----------
    text
        What a cell holds.
    """
    tokens = _tokens(text)
    if any(token.text == "=" for token in tokens):
        return Stated()
    scales, currencies = set[UnitScale](), list[frozenset[str]]()
    for part in _parts(tokens):
        scales.update(_scales(part))
        currencies.extend(_currencies(part))
    if UnitScale.MILLION in scales or any(token.scale is UnitScale.MILLION for token in tokens):
        scales.clear()
    named = [token.currency for token in tokens if token.currency]
    return Stated(frozenset(scales), tuple(currencies) if len(set(named)) == 1 else ())


def named(text: str) -> Stated:
    """Return every unit that a label names, such as a currency or the words of a number format.

    Parameters
    ----------
    text
        The label.
    """
    tokens = [token for token in _tokens(text) if token.text not in _BREAKS]
    scales = set()
    for index, token in enumerate(tokens):
        beside = any(other.currency for other in tokens[max(index - 1, 0) : index + 2])
        alone = len(tokens) == 1 and (len(token.plain) > 1 or token.plain in {"k", "b"})
        scale = token.scale_beside if beside or alone else token.scale
        if scale is not None and not (token.currency and not token.scale):
            scales.add(scale)
        if _THOUSAND.fullmatch(token.text):
            scales.add(UnitScale.THOUSAND)
    currencies = tuple(token.currency for token in tokens if token.currency)
    return Stated(frozenset(scales), currencies)


def currency_codes(text: str) -> frozenset[str]:
    """Return the codes that a currency may stand for as a user wrote it; empty if it is unknown."""
    found = named(text).currencies
    if not found:
        return frozenset()
    return frozenset.intersection(*found) or frozenset.union(*found)


def codes_in(text: str) -> list[str]:
    """Return the codes of currencies in a text, such as EUR, each once."""
    words = _words()
    return list(dict.fromkeys(token.text for token in _tokens(text) if token.text in words.codes))


def without_units(text: str) -> list[str]:
    """Return the words of a text, compared without case and accents, without years and units."""
    words = _words()
    tokens = [token for token in _tokens(text) if token.text not in _BREAKS]
    kept: list[str] = []
    unit_follows = False
    for index, token in reversed(list(enumerate(tokens))):
        beside = any(other.currency for other in tokens[max(index - 1, 0) : index + 2])
        small = token.plain in words.states | words.between
        unit = bool(token.currency or token.scale or (beside and token.scale_beside))
        unit_follows = unit or token.plain in words.people or (small and unit_follows)
        if not unit_follows and not YEARS.fullmatch(token.text):
            kept.insert(0, token.plain)
    return kept


def _tokens(text: str) -> list[_Token]:
    words = _words()
    plain = unaccented(text[:_LONGEST])
    found = []
    for match in _TOKEN.finditer(plain):
        found += [_Token(word, words) for word in _split(match[0], words)]
    return found


def _split(word: str, words: _Words) -> Iterable[str]:
    """Return ``kEUR``, ``EURm`` and ``T€`` as two words."""
    if _compared(word) in words.names or _compared(word) in words.stated or word in words.codes:
        return (word,)
    scales = {*words.stated, *words.beside}
    for cut in range(1, min(len(word), 12)):
        for scale, money, first in (
            (word[:cut], word[cut:], True),
            (word[cut:], word[:cut], False),
        ):
            name = _compared(money)
            # A letter more or less makes another word of a name: grand is no thousand rand.
            unmistakable = not money.isalpha() or (len(money) > 2 and len(scale) > 1)
            known = money in words.codes or (
                name in words.names and (unmistakable or (first and name in words.joined))
            )
            if known and _compared(scale) in scales:
                return (scale, money) if first else (money, scale)
    return (word,)


def _parts(tokens: Sequence[_Token]) -> Iterator[list[_Token]]:
    """Yield the parts of a text between brackets, commas and colons."""
    part: list[_Token] = []
    for token in tokens:
        if token.text in _BREAKS:
            if part:
                yield part
            part = []
        else:
            part.append(token)
    if part:
        yield part


def _scales(part: Sequence[_Token]) -> Iterator[UnitScale]:
    """Yield the scales that a part states."""
    words = _words()
    for index, token in enumerate(part):
        before, after = _beside(part, index)
        beside = bool((before and before.currency) or (after and after.currency))
        first = index - 1 if before and before.currency else index
        ahead = part[first - 1] if first else None
        states = ahead is not None and ahead.plain in words.states
        alone = len(part) == 1 + beside
        if _THOUSAND.fullmatch(token.text):
            if states or (alone and beside):
                yield UnitScale.THOUSAND
            continue
        scale = token.scale_beside if beside else token.scale
        if scale is None or (ahead is not None and ahead.is_amount):
            continue
        if beside or states or alone:
            yield scale


def _currencies(part: Sequence[_Token]) -> Iterator[frozenset[str]]:
    """Yield the currencies in which a part states that amounts are."""
    words = _words()
    for index, token in enumerate(part):
        if not token.currency:
            continue
        before, after = _beside(part, index)
        near = [one for one in (before, after) if one is not None]
        if any(one.is_amount and one.scale is None for one in near):
            continue
        scaled = [one for one in near if one.scale_beside]
        if scaled:
            first = index - 2 if before in scaled else index - 1
            if first < 0 or not part[first].is_amount:
                yield token.currency
        elif token.plainly_currency and (
            len(part) == 1 or (before is not None and before.plain in words.states)
        ):
            yield token.currency


def _beside(part: Sequence[_Token], index: int) -> tuple[_Token | None, _Token | None]:
    """Return the words before and after one, small words between them left out."""
    between = _words().between
    low, high = index - 1, index + 1
    while low > 0 and part[low].plain in between:
        low -= 1
    while high < len(part) - 1 and part[high].plain in between:
        high += 1
    return (part[low] if low >= 0 else None, part[high] if high < len(part) else None)
