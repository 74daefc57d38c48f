"""What a chapter is made of: a message, sentences, a grid of texts, pictures, sources."""

from dataclasses import dataclass, field
from enum import StrEnum

from choosebattles.report.parts.waterfall import Climb


class Topic(StrEnum):
    """What a chapter is about; each has its own look on a slide."""

    DECISION = "decision"
    TIMELINE = "timeline"
    MONEY = "money"
    INDICES = "indices"
    SERVICES = "services"
    LEFT_OUT = "left out"
    BINDING = "binding"
    TRADE_OFF = "trade-off"
    PROOF = "proof"
    CONFLICT = "conflict"
    COMMITMENTS = "commitments"
    CONDITIONS = "conditions"
    RISKS = "risks"
    PROVENANCE = "provenance"


@dataclass(frozen=True)
class Grid:
    """A table of texts that are ready to be read.

    ``widths`` are shares of the whole width, one for each column; ``right`` the columns of
    numbers; ``shades`` from 0 to 1, a row for each row, where cells are shaded besides their
    text; ``more`` is what is said of rows that are left to another place.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    right: frozenset[int] = frozenset()
    shades: tuple[tuple[float | None, ...], ...] = ()
    more: str = ""


@dataclass(frozen=True)
class Tile:
    """A number to be seen first: what it is, the number, what it means."""

    name: str
    number: str
    says: str


@dataclass(frozen=True)
class Stack:
    """Columns of parts that add up, one column for each category; a part may be hatched."""

    title: str
    unit: str
    categories: tuple[str, ...]
    parts: tuple[tuple[str, tuple[float, ...]], ...]
    hatched: frozenset[str]
    says: str
    """The picture in words, for who cannot see it."""


@dataclass(frozen=True)
class Waterfalls:
    """Waterfalls beside each other."""

    climbs: tuple[Climb, ...]
    unit: str
    says: str


@dataclass(frozen=True)
class Cloud:
    """Points of two measures in series, each series of its own mark."""

    title: str
    across: str
    up: str
    series: tuple[tuple[str, tuple[tuple[float, float], ...]], ...]
    says: str


Picture = Stack | Waterfalls | Cloud


@dataclass(frozen=True)
class Chapter:
    """One thing to be said.

    Parameters
    ----------
    topic
        What it is about.
    name
        Its heading in a document, a noun.
    message
        The finding in a sentence: the title of the slide.
    sentences
        What else is to be said.
    short
        The table of the slide; None where it has none.
    whole
        The table of the document; None where it has none.
    picture
        What is drawn.
    tiles
        Numbers to be seen first.
    sources
        Where each number stands in the results, and how sure it is.
    slide
        Whether there is a slide of it.
    """

    topic: Topic
    name: str
    message: str
    sentences: tuple[str, ...] = ()
    short: Grid | None = None
    whole: Grid | None = None
    picture: Picture | None = None
    tiles: tuple[Tile, ...] = ()
    sources: tuple[str, ...] = ()
    slide: bool = True
    document: bool = True


@dataclass(frozen=True)
class Brief:
    """All that is presented of an answer, in the order in which people ask.

    ``origin`` is one line on where it comes from, which stands on every slide and page;
    ``label`` is a word of warning where figures are illustrative, or empty.
    """

    title: str
    subtitle: str
    label: str
    origin: str
    chapters: tuple[Chapter, ...] = field(default=())
