"""Reads every XML part of a workbook once, as a stream, and stops where a measure is exceeded.

Nothing is built in memory but what is noted on the way. Each kind of part is one class; `Part` alone
measures what every part must keep: depth, number of elements, length of a tag, no definitions.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from openpyxl.styles.numbers import BUILTIN_FORMATS

from choosebattles.errors import Fault
from choosebattles.translation import _
from choosebattles.workbook import xml_grammar
from choosebattles.workbook.xml_grammar import ASIDE, MAIN, STRICT, Grammar

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
"""Different texts, all of which are kept."""

STYLES = 20_000
"""Cell styles, fonts, fills, borders, each. Excel allows 65 490."""

SHEETS = 500
"""Sheets in one file."""

NAMES = 10_000
"""Defined names. Files copied for years gather thousands."""

CELLS = 200_000
"""Cell elements in all sheets together. A case of 1 000 options has 60 000."""

OFFICE_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATION_KINDS = (f"{OFFICE_RELATIONS}/", "http://schemas.microsoft.com/office/")
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

    grammar: Grammar = xml_grammar.ANY

    def __init__(self, name: str, allowance: Allowance) -> None:
        self.name = name
        self.allowance = allowance
        self.starts: dict[str, Callable[[Attributes], None]] = {}
        self.ends: dict[str, Callable[[], None]] = {}
        self._open: list[str] = [""]
        self._aside = self._count = self._fed = 0
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

    def exceeded(self, count: int, counted: str, limit: int) -> Refusal:
        """Return the refusal for too many of something."""
        return Refusal(
            fault(
                "CB-F16",
                _("{count} {what} in part {part}").format(
                    count=grouped(count), what=counted, part=self.name
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
        outer = self._open[-1]
        self._open.append(tag)
        self._count += 1
        if len(self._open) - 1 > DEPTH:
            raise self.exceeded(len(self._open) - 1, _("tags inside each other"), DEPTH)
        within = self.grammar.within.get(tag)
        if within is None:
            self._judge_stranger(tag, outer)
        elif outer not in within:
            raise self._misplaced(tag)
        known = self.grammar.attributes.get(tag)
        if known is not None and not attributes.keys() <= known:
            for attribute in attributes:
                if " " not in attribute and attribute not in known:
                    raise self._misplaced(f"{tag} {attribute}")
        action = self.starts.get(tag)
        if action is not None:
            action(attributes)

    def _judge_stranger(self, tag: str, outer: str) -> None:
        """Refuse an element that stands where, or has a name that, only a known one may."""
        if outer in self.grammar.sealed and (tag, outer) not in self.grammar.extended:
            raise self._misplaced(tag)
        if tag in ASIDE:
            self._aside += 1
        elif not outer and self.grammar.root:
            if tag == f"{STRICT} {self.grammar.root.rpartition(' ')[2]}":
                raise strict()
            if tag != self.grammar.root:
                raise self._misplaced(tag)
        elif not self._aside and tag.rpartition(" ")[2] in self.grammar.local:
            raise self._misplaced(tag)

    def _misplaced(self, name: str) -> Refusal:
        """Return the refusal of what no workbook has in this place."""
        near = self.near()
        sentence = _("{name} where no workbook has it").format(name=cut(name.rpartition(" ")[2]))
        return Refusal(self.damaged(f"{near}, {sentence}" if near else sentence))

    def _end(self, tag: str) -> None:
        self._open.pop()
        if tag in ASIDE:
            self._aside -= 1
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


def strict() -> Refusal:
    """Return the refusal of a file in the other namespace that workbooks may have."""
    return Refusal(
        fault(
            "CB-F09",
            _("a file saved as 'Strict Open XML Spreadsheet'"),
            _("an Excel workbook"),
            _("In Excel choose File, Save As, Excel Workbook (.xlsx)."),
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
            f"{CONTENT_TYPES} Default": lambda attributes: self.types.add(
                attributes.get("ContentType", "")
            ),
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
        kind = attributes.get("Type", "")
        self.relations[key] = Relation(
            kind.rpartition("/")[2] if kind.startswith(RELATION_KINDS) else kind,
            attributes.get("Target", ""),
            attributes.get("TargetMode") == "External",
        )


class WorkbookPart(Part):
    """The list of sheets, the calendar and the links to other workbooks."""

    grammar = xml_grammar.WORKBOOK

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
            f"{MAIN} externalReference": lambda attributes: self.links.append(
                _relation_id(attributes)
            ),
        }

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
    """The texts that cells share: how many there are, and what a reader must know of some."""

    grammar = xml_grammar.TEXTS

    def __init__(self, name: str, allowance: Allowance) -> None:
        super().__init__(name, allowance)
        self.count = 0
        self.too_long: dict[int, int] = {}
        """The lengths of those that are too long, by their number."""
        self.texts: list[bytes] = []
        """All of them, in UTF-8: one picture letter makes every letter of a text four times as large."""
        self.struck: set[int] = set()
        """Those of which something is struck through."""
        self._length = 0
        self._pieces: list[str] = []
        self._runs = 0
        self._texts = (0, 0)
        self._striking = False
        self._parser.CharacterDataHandler = self._text
        self._parser.CommentHandler = self._interrupt
        self.starts = {
            f"{MAIN} si": self._item,
            f"{MAIN} r": self._open_run,
            f"{MAIN} rPh": self._open_run,
            f"{MAIN} t": self._open_text,
            f"{MAIN} strike": self._strike,
        }
        self.ends = {f"{MAIN} si": self._close_item, f"{MAIN} r": self._end_run}

    def _item(self, _attributes: Attributes) -> None:
        self.count += 1
        self._length = self._runs = 0
        self._pieces = []
        if self.count > TEXTS:
            raise self.exceeded(self.count, _("texts and more"), TEXTS)

    def _open_text(self, _attributes: Attributes) -> None:
        if self._texts == (self.count, self._runs):
            raise self._misplaced("t")
        self._texts = self.count, self._runs

    def _open_run(self, _attributes: Attributes) -> None:
        self._runs += 1

    def _close_item(self) -> None:
        self.texts.append(decoded("".join(self._pieces)).encode())

    def _strike(self, attributes: Attributes) -> None:
        self._striking = is_on(attributes)

    def _end_run(self) -> None:
        self._striking = False

    def _text(self, text: str) -> None:
        if self._open[-1] == f"{MAIN} t":
            if self._striking and not text.isspace():
                self.struck.add(self.count - 1)
            self._length += len(text)
            if self._length > TEXT_LENGTH:
                self.too_long[self.count - 1] = self._length
            elif self._open[-2] != f"{MAIN} rPh":
                self._pieces.append(text)
        elif self._open[-1] in self.grammar.sealed and text.strip():
            raise self._misplaced(text.strip())

    def _interrupt(self, _comment: str) -> None:
        if self._open[-1] == f"{MAIN} t":
            raise self._misplaced(_("a comment"))


_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NO_CHARACTER = re.compile("[\ufffe\uffff]")
"""What no XML can hold, so that no file of ours could be written."""


def decoded(text: str) -> str:
    """Return a text with ``_x0041_`` read as the character of that number, as Excel does."""
    if "_x" not in text:
        return text
    shown = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    joined = shown.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _NO_CHARACTER.sub("\ufffd", joined)


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

    grammar = xml_grammar.STYLES

    def __init__(self, name: str, allowance: Allowance) -> None:
        super().__init__(name, allowance)
        self.looks: list[Look] = []
        self._codes: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        self._in_cells = self._in_codes = self._in_fonts = False
        self._striking: set[str] = set()
        self._fonts = 0
        for element in ("fill", "border", "dxf", "cellStyle"):
            self.starts[f"{MAIN} {element}"] = self._counter(element)
        self.starts[f"{MAIN} numFmt"] = self._code
        self.starts[f"{MAIN} xf"] = self._format
        self.starts[f"{MAIN} numFmts"] = lambda _attributes: self._enter_codes(True)
        self.ends[f"{MAIN} numFmts"] = lambda: self._enter_codes(False)
        self.starts[f"{MAIN} cellXfs"] = lambda _attributes: self._enter(True)
        self.ends[f"{MAIN} cellXfs"] = lambda: self._enter(False)
        self.starts[f"{MAIN} fonts"] = lambda _attributes: self._enter_fonts(True)
        self.ends[f"{MAIN} fonts"] = lambda: self._enter_fonts(False)
        self.starts[f"{MAIN} font"] = self._font
        self.starts[f"{MAIN} strike"] = self._strike

    def _enter(self, inside: bool) -> None:
        self._in_cells = inside

    def _enter_fonts(self, inside: bool) -> None:
        self._in_fonts = inside

    def _enter_codes(self, inside: bool) -> None:
        self._in_codes = inside

    def _counter(self, element: str) -> Callable[[Attributes], None]:
        return lambda _attributes: self._add(element)

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

    def _add(self, element: str) -> None:
        self._counts[element] = self._counts.get(element, 0) + 1
        if self._counts[element] > STYLES:
            raise self.exceeded(self._counts[element], _("cell styles and more"), STYLES)


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
