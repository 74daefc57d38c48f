"""Patterns of sentences, and what may stand in their gaps."""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar, Self, get_type_hints

ROUNDING = Fraction(1, 10**6)
"""Parts of the last digit shown that arithmetic in floats may leave behind."""


@dataclass(frozen=True)
class Gap:
    """What may stand in a gap of a pattern."""

    text: str
    regex: ClassVar[str] = r".+?"

    @classmethod
    def read(cls, text: str) -> Self:
        """Return what stands in a gap."""
        return cls(text)


class Number(Gap):
    """A number, shown in some decimals."""

    regex: ClassVar[str] = r"-?\d[\d,]*(?:\.\d+)?"

    @property
    def value(self) -> Fraction:
        return Fraction(self.text.replace(",", ""))

    @property
    def step(self) -> Fraction:
        """The least that the last digit shows."""
        exponent = Decimal(self.text.replace(",", "")).as_tuple().exponent
        return Fraction(10) ** int(exponent)

    def shows(self, exact: Any) -> bool:
        """Whether it is a number rounded to the nearest."""
        return abs(self.value - Fraction(exact)) <= self.step * (Fraction(1, 2) + ROUNDING)

    def is_at_most(self, exact: Any) -> bool:
        """Whether it is a number rounded down, or to the nearest below."""
        return -ROUNDING <= Fraction(exact) - self.value <= self.step * (1 + ROUNDING)

    def is_at_least(self, exact: Any) -> bool:
        """Whether it is a number rounded up."""
        return -ROUNDING <= self.value - Fraction(exact) <= self.step * (1 + ROUNDING)


class Percent(Number):
    """A share of 1, shown in percent; ``less than 1`` and ``more than 99`` too."""

    regex: ClassVar[str] = r"(?:less than |more than )?\d[\d,]*(?:\.\d+)? %"

    def shows(self, exact: Any) -> bool:
        number = Number(re.sub(r"[a-z %]", "", self.text))
        percent = 100 * Fraction(exact)
        if self.text.startswith("less"):
            return 0 < percent < number.value
        if self.text.startswith("more"):
            return number.value < percent < 100
        return number.shows(percent)

    @property
    def value(self) -> Fraction:
        return Fraction(re.sub(r"[a-z ,%]", "", self.text)) / 100

    @property
    def step(self) -> Fraction:
        return Number(re.sub(r"[a-z ,%]", "", self.text)).step / 100


class Money(Number):
    """Millions with their unit."""

    regex: ClassVar[str] = r"-?\d[\d,]*(?:\.\d+)? million(?: [A-Z]{3})?"

    @property
    def value(self) -> Fraction:
        return Number(self.text.split(" ")[0]).value

    @property
    def step(self) -> Fraction:
        return Number(self.text.split(" ")[0]).step

    @property
    def unit(self) -> str:
        return self.text.partition(" ")[2]


class Count(int):
    """How many."""

    regex = r"\d[\d,]*"

    @classmethod
    def read(cls, text: str) -> Self:
        return cls(text.replace(",", ""))


class Year(int):
    """A calendar year."""

    regex = r"\d{4}"

    @classmethod
    def read(cls, text: str) -> Self:
        return cls(text)


class Text(str):
    """Any words."""

    regex = r".+?"
    __slots__ = ()

    @classmethod
    def read(cls, text: str) -> Self:
        return cls(text)


class Name(Text):
    """The id of an option, an investment or a fund: no spaces."""

    regex = r"[^\s,;:()\"]+"
    __slots__ = ()


class Called(Text):
    """An option by its title and id, or by its id alone."""

    regex = r"(?:[^:;]+? \([^\s()]+\)|[^\s:;()]+)"
    __slots__ = ()


class FundName(Text):
    """A fund before what is said of it: its title, or its id in capitals."""

    regex = r"(?:Fund \d+|[A-Z][A-Z0-9_-]+)"
    __slots__ = ()


class Included(Text):
    """That income is counted too."""

    regex = r"income included"
    __slots__ = ()


class Meaning(Text):
    """What a grade of evidence means."""

    regex = r"[a-z ]+"
    __slots__ = ()


class Sign(Text):
    """Whether a step goes up or down."""

    regex = r"[+-]"
    __slots__ = ()


class Unit(Text):
    """``million`` with the currency."""

    regex = r"million(?: [A-Z]{3})?"
    __slots__ = ()


class Names(tuple[str, ...]):
    """Names in a list: ``A, B and C``."""

    regex = r"[^:;\"]+?"
    __slots__ = ()

    @classmethod
    def read(cls, text: str) -> Self:
        return cls(re.split(r", | and ", text))


class Levels(dict[str, Number]):
    """Names, each with a number: ``autonomy 34.9, resilience 89.3``."""

    regex = rf"[^\s,:;]+ {Number.regex}(?:(?:, | and )[^\s,:;]+ {Number.regex})*"
    __slots__ = ()

    @classmethod
    def read(cls, text: str) -> Self:
        pairs = (part.rsplit(" ", 1) for part in re.split(r", | and ", text))
        return cls({name: Number(number) for name, number in pairs})


Claim = Callable[..., None]


@dataclass(frozen=True)
class Pattern:
    """One way to say a claim."""

    template: str
    regex: re.Pattern[str]
    gaps: Mapping[str, Any]
    claim: Claim

    def matches(self, text: str) -> re.Match[str] | None:
        return self.regex.fullmatch(text)

    def test(self, world: Any, found: re.Match[str]) -> None:
        """Raise where the claim is false."""
        given = {
            name: None if found[name] is None else gap.read(found[name])
            for name, gap in self.gaps.items()
            if name in self.regex.groupindex
        }
        self.claim(world, **given)


class Patterns:
    """The patterns of one kind of answer."""

    def __init__(self) -> None:
        self.all: list[Pattern] = []

    def says(self, *templates: str) -> Callable[[Claim], Claim]:
        """Register what a function claims, in each of its wordings."""

        def registered(claim: Claim) -> Claim:
            hints = get_type_hints(claim)
            gaps = {name: hints[name] for name in list(inspect.signature(claim).parameters)[1:]}
            kinds = {name: _kind(hint) for name, hint in gaps.items()}
            for template in templates:
                regex = re.compile(_regex(template, kinds))
                self.all.append(Pattern(template, regex, kinds, claim))
            return claim

        return registered

    def silent(self, *templates: str, why: str) -> None:
        """Register what says nothing about the answer."""
        assert why
        for template in templates:
            kinds = dict.fromkeys(re.findall(r"\{(\w+)\}", template), Text)
            regex = re.compile(_regex(template, kinds))
            self.all.append(Pattern(template, regex, {}, lambda _world: None))


def _kind(hint: Any) -> Any:
    """Return the type of a gap that may be missing."""
    return next((kind for kind in getattr(hint, "__args__", ()) if kind is not type(None)), hint)


_TOKEN = re.compile(r"\{(\w+)\}|[\[\]<>|]|[^{}\[\]<>|]+")


def _regex(template: str, kinds: Mapping[str, Any]) -> str:
    parts = []
    for token in _TOKEN.finditer(template):
        if token[1]:
            parts.append(f"(?P<{token[1]}>{kinds[token[1]].regex})")
        else:
            parts.append(
                {"[": "(?:", "]": ")?", "<": "(?:", ">": ")", "|": "|"}.get(
                    token[0], re.escape(token[0])
                )
            )
    return "".join(parts)


class UnknownError(AssertionError):
    """A sentence that matches no pattern, or several."""


def matched(text: str, patterns: Sequence[Pattern]) -> Iterator[tuple[Pattern, re.Match[str]]]:
    """Yield the claims of a paragraph: of the whole, or of each of its sentences."""
    found = [(pattern, match) for pattern in patterns if (match := pattern.matches(text))]
    if len(found) > 1:
        claims = "; ".join(pattern.template for pattern, _match in found)
        message = f"{text!r} matches several patterns: {claims}"
        raise UnknownError(message)
    if found:
        yield found[0]
        return
    ends = [match.end() for match in re.finditer(r"[.:;·)](?= )", text)]
    for end in ends:
        first, rest = text[:end].removesuffix(" ·"), text[end + 1 :].removeprefix("· ")
        if any(pattern.matches(first) for pattern in patterns):
            yield from matched(first, patterns)
            yield from matched(rest, patterns)
            return
    message = f"no claim is known for: {text!r}"
    raise UnknownError(message)
