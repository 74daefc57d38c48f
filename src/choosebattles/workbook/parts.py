"""Reads every XML part of a workbook once, as a stream, and stops where a measure is exceeded.

Nothing is built in memory but what is noted on the way. Each kind of part is one class; `Part` alone
measures what every part must keep: depth, number of elements, length of a tag, no definitions.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from openpyxl.styles.numbers import BUILTIN_FORMATS

from choosebattles.errors import Fault
from choosebattles.words import _

MEGABYTE = 1 << 20

CHUNK = 1 << 16
"""How much is unpacked and parsed at a time."""

SECONDS = 30
"""Of processor time, which other programs do not take; an honest file takes a tenth of one."""

UNPACKED_SIZE = 100 * MEGABYTE
"""All XML parts together; pictures are never unpacked. Parses in about a second."""

ELEMENTS = 800_000
"""In all parts together. A sheet of 200 investments has 30 000; the parser takes a microsecond for each."""

DEPTH = 100
"""Tags inside tags. Excel nests at most some thirty, in drawings."""

TAG_LENGTH = 1 << 20
"""Bytes of one tag, comment or attribute. The parser must hold one whole, and rescans it as it grows."""

TEXT_LENGTH = 32_767
"""Characters in a cell: Excel's own limit."""

TEXTS = 200_000
"""Different texts. openpyxl makes an object of each, a million take it half a minute."""

STYLES = 20_000
"""Cell styles, fonts, fills, borders, each. openpyxl makes an object of each; Excel allows 65 490."""

SHEETS = 500
"""Sheets in one file."""

NAMES = 10_000
"""Defined names. Files copied for years gather thousands; a million stops openpyxl for minutes."""

CELLS = 200_000
"""Cell elements in all sheets together. A case of 1 000 options has 60 000."""

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"

Attributes = dict[str, str]

NEW_TEMPLATE = _("Copy your data as values into a new template.")


class Refusal(Exception):  # noqa: N818 (it is a decision, and is turned into an InputError)
    """A reason not to open the file.

    Parameters
    ----------
    fault
        The reason, still without the name of the file.
    """

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(str(fault))


def fault(
    code: str, found: str, expected: str, advice: str, *, sheet: str = "", cell: str = ""
) -> Fault:
    """Return a fault that does not know its file yet."""
    return Fault("", sheet, cell, "", code, found, expected, advice)


def grouped(count: int) -> str:
    """Write a large number so that it can be read: 1 048 576."""
    return f"{count:,}".replace(",", " ")


@dataclass
class Allowance:
    """What the parts of one file may use up together."""

    size: int = UNPACKED_SIZE
    elements: int = ELEMENTS
    cells: int = CELLS
    deadline: float = field(default_factory=lambda: time.thread_time() + SECONDS)

    def spend(self, size: int, elements: int) -> None:
        """Take bytes and elements off, and look at the clock."""
        self.size -= size
        self.elements -= elements
        if self.size < 0:
            raise too_much(UNPACKED_SIZE // MEGABYTE)
        if self.elements < 0:
            found = _("more than {count} elements").format(count=grouped(ELEMENTS))
            raise Refusal(fault("CB-F16", found, _("a workbook of ordinary size"), NEW_TEMPLATE))
        if time.thread_time() > self.deadline:
            found = _("a file that takes more than {count} seconds").format(count=SECONDS)
            raise Refusal(fault("CB-F24", found, _("a workbook of ordinary size"), NEW_TEMPLATE))


def too_much(megabytes: int) -> Refusal:
    """Return the refusal for contents that would grow too large."""
    return Refusal(
        fault(
            "CB-F13",
            _("contents that would fill {size} MB or more").format(size=grouped(megabytes)),
            _("at most {limit} MB").format(limit=UNPACKED_SIZE // MEGABYTE),
            _("It was not opened for safety.") + " " + NEW_TEMPLATE,
        )
    )


class Part:
    """One XML part, of which nothing is noted.

    Parameters
    ----------
    name
        The path inside the file.
    allowance
        What all parts may use up together.
    """

    def __init__(self, name: str, allowance: Allowance) -> None:
        self.name = name
        self.allowance = allowance
        self.starts: dict[str, Callable[[Attributes], None]] = {}
        self.ends: dict[str, Callable[[], None]] = {}
        self._depth = self._count = self._fed = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._define

    def read(self, stream: IO[bytes]) -> int:
        """Stream the part through the parser and return the number of its bytes."""
        try:
            while chunk := stream.read(CHUNK):
                self._feed(chunk)
            self._parser.Parse(b"", True)
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise Refusal(self.damaged(self.near())) from error
        return self._fed

    def near(self) -> str:
        """Say where the reading stood."""
        return ""

    def damaged(self, near: str = "") -> Fault:
        """Return the fault of a part that does not follow the rules of its format."""
        return fault(
            "CB-F07",
            _("damage in part {part}{near}").format(part=self.name, near=near and f" ({near})"),
            _("a whole workbook"),
            _("Open it in Excel or LibreOffice and save it again, or ask for a new copy."),
        )

    def exceeded(self, count: int, what: str, limit: int) -> Refusal:
        """Return the refusal for too many of something."""
        return Refusal(
            fault(
                "CB-F16",
                _("{count} {what} in part {part}").format(
                    count=grouped(count), what=what, part=self.name
                ),
                _("at most {limit}").format(limit=grouped(limit)),
                NEW_TEMPLATE,
            )
        )

    def _feed(self, chunk: bytes) -> None:
        self._fed += len(chunk)
        self._count = 0
        self._parser.Parse(chunk, False)
        self.allowance.spend(len(chunk), self._count)
        if self._fed - self._parser.CurrentByteIndex > TAG_LENGTH:
            raise self.exceeded(self._fed, _("bytes and more in one tag"), TAG_LENGTH)

    def _start(self, tag: str, attributes: Attributes) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > DEPTH:
            raise self.exceeded(self._depth, _("tags inside each other"), DEPTH)
        action = self.starts.get(tag)
        if action is not None:
            action(attributes)

    def _end(self, tag: str) -> None:
        self._depth -= 1
        action = self.ends.get(tag)
        if action is not None:
            action()

    def _define(self, *_definition: object) -> None:
        raise Refusal(
            fault(
                "CB-F15",
                _("XML definitions in part {part}").format(part=self.name),
                _("none, as Excel never writes any"),
                _("It was not opened for safety. Ask the sender how the file was made."),
            )
        )


class ContentTypesPart(Part):
    """The list that says what each part is."""

    def __init__(self, name: str, allowance: Allowance) -> None:
        super().__init__(name, allowance)
        self.parts: dict[str, str] = {}
        self.types: set[str] = set()
        self.starts = {
            f"{CONTENT_TYPES} Override": self._override,
            f"{CONTENT_TYPES} Default": lambda each: self.types.add(each.get("ContentType", "")),
        }

    def _override(self, attributes: Attributes) -> None:
        kind = attributes.get("ContentType", "")
        self.parts.setdefault(kind, attributes.get("PartName", "").removeprefix("/"))
        self.types.add(kind)


@dataclass(frozen=True)
class Relation:
    """One arrow from a part to another part or to a file elsewhere."""

    kind: str
    target: str
    external: bool


class RelationsPart(Part):
    """The arrows that leave one part, by their id."""

    def __init__(self, name: str, allowance: Allowance) -> None:
        super().__init__(name, allowance)
        self.relations: dict[str, Relation] = {}
        self.starts = {f"{PACKAGE_RELATIONS} Relationship": self._relation}

    def _relation(self, attributes: Attributes) -> None:
        key = attributes.get("Id", "")
        if key in self.relations:
            raise Refusal(self.damaged(key))
        self.relations[key] = Relation(
            attributes.get("Type", "").rpartition("/")[2],
            attributes.get("Target", ""),
            attributes.get("TargetMode") == "External",
        )


class WorkbookPart(Part):
    """The list of sheets, the calendar and the links to other workbooks."""

    def __init__(self, name: str, allowance: Allowance) -> None:
        super().__init__(name, allowance)
        self.sheets: list[tuple[str, str, str]] = []
        self.links: list[str] = []
        self.date1904 = False
        self.by_hand = False
        self._names = 0
        self.starts = {
            f"{MAIN} sheet": self._sheet,
            f"{MAIN} workbookPr": self._properties,
            f"{MAIN} definedName": self._name,
            f"{MAIN} calcPr": self._calculation,
            f"{MAIN} externalReference": lambda each: self.links.append(_relation_id(each)),
            f"{STRICT} workbook": self._strict,
        }

    def _strict(self, _attributes: Attributes) -> None:
        raise Refusal(
            fault(
                "CB-F09",
                _("a file saved as 'Strict Open XML Spreadsheet'"),
                _("an Excel workbook"),
                _("In Excel choose File, Save As, Excel Workbook (.xlsx)."),
            )
        )

    def _sheet(self, attributes: Attributes) -> None:
        name = attributes.get("name", "")
        if len(self.sheets) >= SHEETS:
            raise self.exceeded(SHEETS + 1, _("sheets and more"), SHEETS)
        self.sheets.append((name, _relation_id(attributes), attributes.get("state", "visible")))

    def _properties(self, attributes: Attributes) -> None:
        self.date1904 = is_true(attributes.get("date1904", ""))

    def _calculation(self, attributes: Attributes) -> None:
        self.by_hand = attributes.get("calcMode") == "manual"

    def _name(self, _attributes: Attributes) -> None:
        self._names += 1
        if self._names > NAMES:
            raise self.exceeded(self._names, _("names and more"), NAMES)


class TextsPart(Part):
    """The texts that cells share: how many there are, which are too long or struck through."""

    def __init__(self, name: str, allowance: Allowance) -> None:
        super().__init__(name, allowance)
        self.count = 0
        self.too_long: dict[int, int] = {}
        self.struck: set[int] = set()
        self._length = 0
        self._inside = self._striking = False
        self._parser.CharacterDataHandler = self._text
        self.starts = {
            f"{MAIN} si": self._item,
            f"{MAIN} t": lambda _each: self._enter(True),
            f"{MAIN} strike": self._strike,
        }
        self.ends = {f"{MAIN} t": lambda: self._enter(False), f"{MAIN} r": self._end_run}

    def _item(self, _attributes: Attributes) -> None:
        self.count += 1
        self._length = 0
        if self.count > TEXTS:
            raise self.exceeded(self.count, _("texts and more"), TEXTS)

    def _enter(self, inside: bool) -> None:
        self._inside = inside

    def _strike(self, attributes: Attributes) -> None:
        self._striking = is_on(attributes)

    def _end_run(self) -> None:
        self._striking = False

    def _text(self, text: str) -> None:
        if self._inside:
            if self._striking and not text.isspace():
                self.struck.add(self.count - 1)
            self._length += len(text)
            if self._length > TEXT_LENGTH:
                self.too_long[self.count - 1] = self._length


@dataclass(frozen=True)
class Look:
    """How a cell shows what it holds."""

    number_format: str = "General"
    """The code of its number format, such as ``0.0,,``."""
    struck: bool = False
    """Whether all or a part of it is struck through."""


PLAIN = Look()
"""The look of most cells."""


class StylesPart(Part):
    """The looks of cells, in the order in which cells count them."""

    def __init__(self, name: str, allowance: Allowance) -> None:
        super().__init__(name, allowance)
        self.looks: list[Look] = []
        self._codes: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        self._in_cells = self._in_codes = self._in_fonts = False
        self._striking: set[str] = set()
        self._fonts = 0
        for each in ("fill", "border", "dxf", "cellStyle"):
            self.starts[f"{MAIN} {each}"] = self._counter(each)
        self.starts[f"{MAIN} numFmt"] = self._code
        self.starts[f"{MAIN} xf"] = self._format
        self.starts[f"{MAIN} numFmts"] = lambda _each: self._enter_codes(True)
        self.ends[f"{MAIN} numFmts"] = lambda: self._enter_codes(False)
        self.starts[f"{MAIN} cellXfs"] = lambda _each: self._enter(True)
        self.ends[f"{MAIN} cellXfs"] = lambda: self._enter(False)
        self.starts[f"{MAIN} fonts"] = lambda _each: self._enter_fonts(True)
        self.ends[f"{MAIN} fonts"] = lambda: self._enter_fonts(False)
        self.starts[f"{MAIN} font"] = self._font
        self.starts[f"{MAIN} strike"] = self._strike

    def _enter(self, inside: bool) -> None:
        self._in_cells = inside

    def _enter_fonts(self, inside: bool) -> None:
        self._in_fonts = inside

    def _enter_codes(self, inside: bool) -> None:
        self._in_codes = inside

    def _counter(self, what: str) -> Callable[[Attributes], None]:
        return lambda _attributes: self._add(what)

    def _font(self, _attributes: Attributes) -> None:
        self._fonts += self._in_fonts
        self._add("font")

    def _strike(self, attributes: Attributes) -> None:
        if self._in_fonts and is_on(attributes):
            self._striking.add(str(self._fonts - 1))

    def _code(self, attributes: Attributes) -> None:
        if self._in_codes:
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        self._add("numFmt")

    def _format(self, attributes: Attributes) -> None:
        if self._in_cells:
            code = attributes.get("numFmtId", "")
            struck = attributes.get("fontId") in self._striking
            self.looks.append(Look(self._codes.get(code) or _built_in(code), struck))
        self._add("xf")

    def _add(self, what: str) -> None:
        self._counts[what] = self._counts.get(what, 0) + 1
        if self._counts[what] > STYLES:
            raise self.exceeded(self._counts[what], _("cell styles and more"), STYLES)


def _built_in(code: str) -> str:
    """Return a number format that no file spells out; its currency is that of the reader."""
    known = code.isascii() and code.isdecimal() and len(code) < 9
    return BUILTIN_FORMATS.get(int(code), "General").replace('"$"', "") if known else "General"


class TablePart(Part):
    """An area of a sheet that Excel calls a table."""

    def __init__(self, name: str, allowance: Allowance) -> None:
        super().__init__(name, allowance)
        self.title = self.area = self.totals = ""
        self.starts[f"{MAIN} table"] = self._table

    def _table(self, attributes: Attributes) -> None:
        self.title = attributes.get("displayName", attributes.get("name", ""))
        self.area = attributes.get("ref", "")
        self.totals = attributes.get("totalsRowCount", "")


def _relation_id(attributes: Attributes) -> str:
    return attributes.get(f"{OFFICE_RELATIONS} id", "")


def is_true(text: str) -> bool:
    """Read a yes or no as XML writes it."""
    return text in {"1", "true"}


def is_on(attributes: Attributes) -> bool:
    """Read a property of a font, which holds where nothing is said."""
    return is_true(attributes.get("val", "1"))


def cut(text: object) -> str:
    """Shorten what a message quotes."""
    shown = str(text)
    return shown if len(shown) <= 40 else shown[:40] + "\u2026"
