"""An answer as one document: sections of sentences, tables, big numbers, charts, timelines, maps.

Answers become documents (``report/answers``), and documents become screens and files
(``report/outputs``); neither knows the other. A document holds values and what they mean, never
looks: numbers are raw, and a kind says how many decimals and which unit they are shown with.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from choosebattles.report.number_wording import whole_percent
from choosebattles.translation import _


class Medium(StrEnum):
    """Where something stands."""

    SCREEN = "screen"
    WORKBOOK = "workbook"
    TEXT = "text"
    """Documents that are read from top to bottom: HTML, Markdown, Word."""
    SLIDES = "slides"


EVERYWHERE = frozenset(Medium)
FILES = EVERYWHERE - {Medium.SCREEN}
SCREEN = frozenset({Medium.SCREEN})
WORKBOOK = frozenset({Medium.WORKBOOK})
TEXT = frozenset({Medium.TEXT})
SLIDES = frozenset({Medium.SLIDES})
PRESENTED = TEXT | SLIDES

Media = frozenset[Medium]


class Kind(StrEnum):
    """What a column holds, and so how its cells are written."""

    TEXT = "text"
    NAME = "name"
    FIGURES = "figures"
    """Numbers that are words already, such as ``70.0 million EUR``: they stand to the right."""
    WHEN = "when"
    """A year that names the row."""
    YEAR = "year"
    COUNT = "count"
    MONEY = "money"
    """Millions."""
    POINTS = "points"
    INDEX = "index"
    """Points in two decimals, where plans are near each other."""
    SHARE = "share"
    """Shares of 1, shown in percent."""
    PEOPLE = "people"
    NUMBER = "number"
    KEPT = "kept"
    """A share in as many decimals as the case supports."""
    FLOORED = "floored"
    """The same where a floor stands below it: with a star."""
    GAIN = "gain"
    """A difference of shares, with its sign, in the last row of a group."""
    AGAIN = "again"
    """A name that stands in the row before already."""
    AGAIN_END = "again, end"
    """The same in the last row of a group."""
    END = "end"
    """A word in the last row of a group."""


WORDS = frozenset({Kind.TEXT, Kind.NAME, Kind.WHEN, Kind.AGAIN, Kind.AGAIN_END, Kind.END})
"""What stands to the left."""


class Tone(StrEnum):
    """What the shade of a cell says besides its number."""

    KEPT = "kept"
    """A share from 0 to 1, the lowest is the worst."""
    GAINED = "gained"
    """A gain from 0 to 1, the highest is the best."""


@dataclass(frozen=True)
class Decimals:
    """How many decimals money, shares of layers and services, and points are shown with."""

    money: int = 1
    shares: int = 0
    points: int = 1


@dataclass(frozen=True)
class Cells:
    """Cells of a table of the document: of one column, or from one column through another.

    Rows are counted from 0; without ``last`` they go to the last row, totals apart.
    """

    table: str
    column: str
    first: int = 0
    last: int | None = None
    through: str = ""

    @classmethod
    def one(cls, table: str, column: str, row: int) -> "Cells":
        """Return a single cell."""
        return cls(table, column, row, row)


@dataclass(frozen=True)
class Lead:
    """The last line under the title of a section, where that is a formula."""

    section: str


@dataclass(frozen=True)
class Formula:
    """A live formula with the value that it has.

    ``text`` is written as spreadsheets do, without ``=``, with ``{0}``, ``{1}``, ... where cells
    stand; ``{row}`` is the row that it stands in.
    """

    text: str
    value: float | str
    cells: tuple[Cells | Lead, ...] = ()


@dataclass(frozen=True)
class Shown:
    """A value that is shown otherwise than its column says, or shaded.

    ``shade`` from 0 to 1 is that of a text; a number is its own.
    """

    value: str | float | None
    kind: Kind
    tone: Tone | None = None
    shade: float | None = None


@dataclass(frozen=True)
class Link:
    """The name of a section, which leads there where that is possible."""

    section: str


Cell = str | float | int | Formula | Shown | Link | None
Row = Sequence[Cell]


@dataclass(frozen=True)
class Column:
    """A column of a table; titles of a table differ.

    Parameters
    ----------
    title
        What stands above it.
    kind
        What its cells hold.
    width
        How broad it should be, in letters; narrow outputs share what they have alike. Where even
        the names and numbers of all columns have no room, the last ones are left out, and how many
        those are is said.
    turned
        Whether its title may be read from below.
    """

    title: str
    kind: Kind
    width: float = 11
    turned: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of values.

    Parameters
    ----------
    name
        Names it within the document, for formulas and charts, and in the file: letters only.
    columns, rows
        What it says; without rows it is not shown.
    title
        A heading above it, where a section has several tables.
    totals
        Rows of sums below it.
    keep
        Columns, from the left, that stay in sight.
    filtered
        Whether readers of a workbook may want to filter it.
    note
        What is said of rows that are not in it.
    whole
        Where all its rows stand, for outputs that have no room for them; else the sheet of its
        section.
    on
        Where it stands.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    title: str = ""
    totals: Sequence[Row] = ()
    keep: int = 1
    filtered: bool = True
    note: str = ""
    whole: str = ""
    on: Media = EVERYWHERE

    def position(self, title: str) -> int:
        """Return the position of a column, counted from 0."""
        return next(n for n, column in enumerate(self.columns) if column.title == title)


class Manner(StrEnum):
    """How sentences stand."""

    PLAIN = "plain"
    HEADLINE = "headline"
    LIST = "list"
    """As a list: one line each."""


@dataclass(frozen=True)
class Sentences:
    """Sentences, each a paragraph, under a heading where they have one."""

    texts: tuple[str, ...]
    title: str = ""
    manner: Manner = Manner.PLAIN
    on: Media = EVERYWHERE


@dataclass(frozen=True)
class Figure:
    """A number to be seen first: what it is, the number, what it means."""

    name: str
    number: str
    says: str
    levels: tuple[float, float, float] | None = None
    """Before, after and possible of an index, for who can draw them; from 0 on."""


@dataclass(frozen=True)
class Figures:
    """Numbers to be seen first."""

    figures: tuple[Figure, ...]
    on: Media = PRESENTED


class Form(StrEnum):
    """How a chart is drawn."""

    COLUMNS = "columns"
    """A column for each category and series, beside each other."""
    STACK = "stack"
    """Columns of parts that add up, one for each category."""
    CURVES = "curves"
    """Each series over a measure, its points joined."""
    POINTS = "points"
    """Each series as points of two measures."""
    BARS = "bars"
    """Bars to both sides of what is, the first category on top."""
    WATERFALL = "waterfall"
    """The first and last value are levels, those between are what changes them."""


class Role(StrEnum):
    """What a series is beside others, and so how it is drawn."""

    MAIN = "main"
    JOINED = "joined"
    """A line through the points of others, without marks."""
    LIGHT = "light"
    """What counts less than the main series."""
    CEILING = "ceiling"
    """What columns may reach."""
    LEFT = "left"
    """A part that is not used."""
    ALONE = "alone"
    """One point that bears its name."""


Numbers = tuple[float | None, ...]


@dataclass(frozen=True)
class Series:
    """Numbers of a chart: cells of a table of the document, or the numbers themselves."""

    name: str
    values: Cells | Numbers
    across: Cells | Numbers | None = None
    """Where they lie on the measure across, for curves and points."""
    role: Role = Role.MAIN


@dataclass(frozen=True)
class Chart:
    """A picture of numbers.

    Parameters
    ----------
    form
        How it is drawn.
    title
        What stands above it.
    unit
        What its numbers are counted in.
    says
        The picture in a sentence, for who cannot see it.
    series
        Its numbers.
    categories
        Names along its axis: cells of a table, or the names themselves.
    across
        What the measure across is.
    number
        How numbers stand at the axis, as spreadsheets write formats.
    most
        Where the axis ends that begins at 0; both ends are as the numbers need unless given.
    size
        Pixels across and up in a workbook.
    beside
        Whether it stands beside the tables of its section rather than below.
    on
        Where it stands.
    """

    form: Form
    title: str
    unit: str
    says: str
    series: tuple[Series, ...]
    categories: Cells | tuple[str, ...] = ()
    across: str = ""
    number: str = "0"
    most: float | None = None
    size: tuple[int, int] = (620, 300)
    beside: bool = False
    on: Media = FILES


Span = tuple[int, int]
"""The first and the last year of something."""


@dataclass(frozen=True)
class TimelineBar:
    """A row of a timeline: what is done, by whom, and when.

    Parameters
    ----------
    name, group, owner, amount
        What stands beside it; of the same group are rows that follow each other.
    start
        The year in which it begins, or a word.
    builds, works
        The years in which it is built and in which it works, where there are any.
    together
        Whether the row stands for several things, whose years differ.
    """

    name: str
    group: str
    owner: str
    amount: str
    start: int | str
    builds: Span | None = None
    works: Span | None = None
    together: bool = False


@dataclass(frozen=True)
class Timeline:
    """What is done and when: bars over years.

    Parameters
    ----------
    name
        Names it within the document.
    years
        The years along it.
    bars
        Its rows, those of a group together.
    amounts
        What stands above the amounts.
    says
        The picture in a sentence, for who cannot see it.
    note
        What is said below it.
    on
        Where it stands.
    """

    name: str
    years: tuple[int, ...]
    bars: tuple[TimelineBar, ...]
    amounts: str
    says: str
    note: str = ""
    on: Media = PRESENTED

    @property
    def grouped(self) -> bool:
        """Say whether its rows have groups."""
        return any(bar.group for bar in self.bars)

    @property
    def owned(self) -> bool:
        """Say whether its rows have owners."""
        return any(bar.owner for bar in self.bars)

    def table(self) -> Table:
        """Return the same in words, for outputs that do not draw."""
        columns = (
            *([Column(_("Pillar"), Kind.NAME, 14)] if self.grouped else []),
            Column(_("What is done"), Kind.TEXT, 36),
            *([Column(_("Owner"), Kind.TEXT, 18)] if self.owned else []),
            Column(_("Starts"), Kind.WHEN, 8),
            Column(_("Works from"), Kind.WHEN, 8),
            Column(_("Works until"), Kind.WHEN, 8),
            Column(self.amounts, Kind.FIGURES, 10),
        )
        rows: list[Row] = [
            (
                *([bar.group] if self.grouped else []),
                bar.name,
                *([bar.owner] if self.owned else []),
                bar.start,
                *(bar.works or (None, None)),
                bar.amount,
            )
            for bar in self.bars
        ]
        return Table(self.name, columns, rows, note=self.note, on=self.on)


Levels = tuple[tuple[float, ...], ...]
"""Shares from 0 to 1, row by row."""


@dataclass(frozen=True)
class HeatMap:
    """Shares of full working, before and after, as two maps of the same rows and columns.

    Parameters
    ----------
    name
        Names it within the document.
    corner, rows, columns
        What the rows are, and the names of both: the worst first.
    before, after
        The shares.
    says
        The picture in a sentence, for who cannot see it.
    note
        What is said below it.
    on
        Where it stands.
    """

    name: str
    corner: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    before: Levels
    after: Levels
    says: str
    note: str = ""
    on: Media = PRESENTED

    @property
    def maps(self) -> tuple[tuple[str, Levels], ...]:
        """Return both maps, each with its title."""
        return (_("today"), self.before), (_("with the plan"), self.after)

    def table(self) -> Table:
        """Return both maps as one table, for outputs that do not draw."""
        columns = (Column(self.corner, Kind.TEXT, 22), *unlike(self.columns))
        rows: list[Row] = [
            (name, *(_moved(*levels) for levels in zip(before, after, strict=True)))
            for name, before, after in zip(self.rows, self.before, self.after, strict=True)
        ]
        legend = _("Each cell: what remains in the last year, before the plan and after it.")
        note = " ".join(filter(None, (legend, self.note)))
        return Table(self.name, columns, rows, note=note, on=self.on)


def unlike(names: Sequence[str]) -> Iterator[Column]:
    """Yield a column for each name; of names that are alike, the later ones are counted."""
    seen: dict[str, int] = {}
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        yield Column(name if seen[name] == 1 else f"{name} ({seen[name]})", Kind.NAME)


def _moved(before: float, after: float) -> Shown:
    text = whole_percent(after)
    if abs(after - before) >= SMALL:
        text = _("{before} → {after}").format(
            before=whole_percent(before).removesuffix(" %"), after=text
        )
    return Shown(text, Kind.NAME, Tone.KEPT, after)


Block = Sentences | Table | Figures | Chart | Timeline | HeatMap
B = TypeVar("B", Sentences, Table, Figures, Chart, Timeline, HeatMap)
DRAWN = PRESENTED
"""Where timelines and maps are drawn; elsewhere stands their table."""
SMALL = 0.005
"""Half a percent: a smaller change is none in whole percent."""


@dataclass(frozen=True)
class Section:
    """One thing that is said of an answer.

    Parameters
    ----------
    name
        A noun of at most 31 letters: its sheet, its heading.
    blocks
        What it consists of, in order.
    title
        What stands at its head, longer than the name; else the name.
    leads
        Up to two lines of help below the title; the last may be a formula.
    message
        The finding in a sentence.
    answers
        The question that it answers, for a list of contents.
    sources
        Where its numbers stand in the results, and how sure they are.
    notes
        What who speaks to a slide should know besides.
    on
        Where it stands.
    """

    name: str
    blocks: tuple[Block, ...]
    title: str = ""
    leads: tuple[str | Formula, ...] = ()
    message: str = ""
    answers: str = ""
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    on: Media = EVERYWHERE

    def shown(self, medium: Medium) -> "Section":
        """Return the section with the blocks that stand somewhere.

        Where its message stands above them, no sentence repeats it.
        """
        blocks = (block for block in self.blocks if medium in block.on)
        if medium not in DRAWN:
            blocks = (_in_words(block) for block in blocks)
        if medium in PRESENTED:
            blocks = (_without(block, self.message) for block in blocks)
        return replace(self, blocks=tuple(blocks))

    def of(self, kind: type[B]) -> tuple[B, ...]:
        """Return the blocks of a kind."""
        return tuple(block for block in self.blocks if isinstance(block, kind))


def _in_words(block: Block) -> Block:
    return block.table() if isinstance(block, Timeline | HeatMap) else block


def _without(block: Block, message: str) -> Block:
    if not isinstance(block, Sentences):
        return block
    return replace(block, texts=tuple(text for text in block.texts if text != message))


@dataclass(frozen=True)
class Document:
    """All that is said of an answer, in the order in which people ask.

    Parameters
    ----------
    title
        What it is about.
    sections
        What it says.
    subtitle
        Unit and prices of its money, edition of its workbook.
    country
        Of which country it speaks, or empty.
    illustrative
        Whether its figures are: every heading says so.
    origin
        One line on where it comes from.
    source
        The file that it was made from.
    evidence
        On what its figures rest, in a line for small print; empty where that is not known.
    headline, proof
        The answer in a sentence, and why it is one, for who sees no more than that.
    decimals
        Decimals of its numbers.
    doubts
        What may have been read otherwise than it was meant, sentence by sentence.
    notes
        In which points the case was changed before it was answered.
    results
        The version by which a results workbook is known when it is read again; 0 for others.
    contents
        Whether a list of its sections stands first.
    seal
        Whether its checks hold, for the list of sections.
    """

    title: str
    sections: tuple[Section, ...]
    subtitle: str = ""
    country: str = ""
    illustrative: bool = False
    origin: str = ""
    source: str = ""
    evidence: str = ""
    headline: str = ""
    proof: str = ""
    decimals: Decimals = Decimals()
    doubts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    results: int = 0
    contents: bool = False
    seal: Formula | None = None

    def shown(self, medium: Medium) -> tuple[Section, ...]:
        """Return the sections that stand somewhere, each with its blocks there."""
        found = (section.shown(medium) for section in self.sections if medium in section.on)
        return tuple(section for section in found if section.blocks or section.message)

    @property
    def subject(self) -> str:
        """Return what it is about, with the country that its title may name already."""
        if not self.country or self.title.startswith(self.country):
            return self.title
        return f"{self.country}: {self.title}"

    def titled(self, what: str) -> str:
        """Return a heading, with the country, and a word where figures are illustrative."""
        title = f"{self.country}: {what}" if self.country else what
        if self.illustrative:
            return _("{title} (illustrative figures)").format(title=title)
        return title

    def tables(self) -> Iterator[Table]:
        """Yield every table."""
        for section in self.sections:
            yield from section.of(Table)

    def cells(self, found: Cells) -> tuple[Cell, ...]:
        """Return what stands in cells of one column, raw: a formula by its value."""
        table = next(table for table in self.tables() if table.name == found.table)
        place = table.position(found.column)
        last = len(table.rows) - 1 if found.last is None else found.last
        return tuple(raw(row[place]) for row in table.rows[found.first : last + 1])

    def numbers(self, values: Cells | Numbers) -> Numbers:
        """Return the numbers of a series; None where there is none."""
        if not isinstance(values, Cells):
            return values
        cells = self.cells(values)
        return tuple(cell if isinstance(cell, int | float) else None for cell in cells)

    def pairs(self, series: Series) -> tuple[tuple[float, float], ...]:
        """Return the points of a series of two measures, across and up; else they are counted."""
        up = self.numbers(series.values)
        counted = tuple(float(number) for number in range(1, len(up) + 1))
        across = counted if series.across is None else self.numbers(series.across)
        pairs = zip(across, up, strict=True)
        return tuple((x, y) for x, y in pairs if x is not None and y is not None)

    def names(self, categories: Cells | tuple[str, ...]) -> tuple[str, ...]:
        """Return the names along the axis of a chart."""
        if not isinstance(categories, Cells):
            return categories
        return tuple("" if cell is None else f"{cell}" for cell in self.cells(categories))


def raw(cell: Cell) -> str | float | int | None:
    """Return the value of a cell, without how it is shown or worked out."""
    if isinstance(cell, Formula | Shown):
        return cell.value
    return cell.section if isinstance(cell, Link) else cell
