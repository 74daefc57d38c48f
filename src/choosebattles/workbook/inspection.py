"""Reads a file once, and says whether it is safe and whole.

A workbook comes from strangers by mail. Its bytes, the directory of its zip archive and every XML
part are looked at once, within fixed measures. What cells hold, and what stands around them (hidden
rows, merged cells, formulas never calculated), is noted on the way; nothing else reads the file, so
that no other reading can differ, nor a library fail at what is of no use here.
"""

import posixpath
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote

from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from choosebattles.errors import Fault, InputError
from choosebattles.translation import _
from choosebattles.workbook.file_kind import (
    DAMAGED,
    NOT_OPENED,
    SAVE_AS,
    archive_of,
    content_of,
    refuse,
)
from choosebattles.workbook.sheet_part import SavedFormula, Shared, SheetPart
from choosebattles.workbook.xml_parts import (
    MEGABYTE,
    NEW_TEMPLATE,
    UNPACKED_SIZE,
    Allowance,
    ContentTypesPart,
    Look,
    Part,
    Refusal,
    Relation,
    RelationsPart,
    StylesPart,
    TablePart,
    TextsPart,
    WorkbookPart,
    fault,
    grouped,
    too_much,
)

RATIO_FLOOR = 4 * MEGABYTE
"""Below this no ratio is suspicious: honest sheets of repeated styles shrink a thousandfold."""

RATIO = 250
"""How far one part above the floor may have been compressed."""

FAULTS = 20
"""No user corrects more at a time."""

WORKBOOK_TYPES = (
    "application/vnd.ms-excel.template.macroEnabled.main+xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
)
"""The kinds of workbook that can be read, in the order in which openpyxl looks for them."""

TEXTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
TYPES_PART = "[Content_Types].xml"
STYLES_PART = "xl/styles.xml"

P = TypeVar("P", bound=Part)


@dataclass(frozen=True)
class LinkedBook:
    """Another workbook from which cells take values.

    Parameters
    ----------
    name
        The name of the other file, without its folder.
    cells
        The cells that use it, as ``Costs!D4``.
    """

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class ExcelTable:
    """An area of a sheet that Excel calls a table.

    Parameters
    ----------
    name
        As formulas name it.
    totals
        Where its totals rows are: first column, first row, last column, last row, counted from 1;
        the first row is below the last where there is no totals row.
    """

    name: str
    totals: tuple[int, int, int, int]


@dataclass(frozen=True)
class SheetFacts:
    """What one sheet holds.

    Parameters
    ----------
    name
        As on the tab.
    kind
        ``worksheet``, ``chartsheet``, or another word for the rarer kinds. All else is empty
        unless this is ``worksheet``.
    state
        ``visible``, ``hidden`` or ``veryHidden``.
    last_row, last_column
        The last row and column with a value or formula, 0 if there is none. Formatting may reach a
        million rows further.
    merged
        Merged ranges, as ``C5:C7``.
    hidden_rows
        Hidden rows that hold a value.
    hidden_columns
        Hidden columns up to the last filled one, counted from 1.
    uncalculated
        Cells with a formula but no saved value.
    errors
        Cells with an error, and the error: ``{"F9": "#REF!"}``.
    filtered
        The range of an automatic filter that leaves something out, or nothing.
    empty_texts
        Cells with a formula that gave an empty text.
    values
        What stands in the cells, by row counted from 1 and column counted from 0: numbers, texts,
        truth values, dates, and errors as texts; ``None`` where a formula has no saved result.
    looks
        How cells with a value show it, by row counted from 1 and column counted from 0; those
        that look plain are left out.
    formulas
        The formulas, by the same.
    tables
        The areas that Excel calls tables.
    """

    name: str
    kind: str
    state: str = "visible"
    last_row: int = 0
    last_column: int = 0
    merged: tuple[str, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    uncalculated: tuple[str, ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict)
    filtered: str = ""
    values: Mapping[int, Mapping[int, object]] = field(default_factory=dict)
    empty_texts: tuple[str, ...] = ()
    looks: Mapping[tuple[int, int], Look] = field(default_factory=dict)
    formulas: Mapping[tuple[int, int], SavedFormula] = field(default_factory=dict)
    tables: tuple[ExcelTable, ...] = ()


@dataclass(frozen=True)
class Inspection:
    """What a file holds that is safe and whole.

    Parameters
    ----------
    path
        Where it came from.
    content
        Its bytes.
    sheets
        In the order of the tabs, all kinds.
    date1904
        Whether dates count from 1904, as on old Macintoshes.
    macros
        Whether it carries macros (W01); they are never run.
    links
        Other workbooks that cells take values from (W02).
    by_hand
        Whether formulas are calculated only when told to.
    pictures, charts, embedded
        How many pictures, charts, and embedded objects or controls it carries (W03).
    """

    path: Path
    content: bytes = field(repr=False)
    sheets: tuple[SheetFacts, ...]
    date1904: bool = False
    macros: bool = False
    links: tuple[LinkedBook, ...] = ()
    by_hand: bool = False
    pictures: int = 0
    charts: int = 0
    embedded: int = 0

    def sheet(self, name: str) -> SheetFacts:
        """Return the facts of the sheet of this exact name."""
        return next(sheet for sheet in self.sheets if sheet.name == name)


def inspect(path: Path) -> Inspection:
    """Read a file.

    Parameters
    ----------
    path
        What the user named.

    Raises
    ------
    InputError
        If it is no workbook, is damaged, or is out of any reasonable measure.
    """
    name = (path.name or str(path)).encode("utf-8", "replace").decode()
    try:
        content = content_of(path)
        with archive_of(content) as archive:
            inspection = _ArchiveSearch(path, content, archive).run()
    except Refusal as refusal:
        raise InputError([replace(refusal.fault, file=name)]) from refusal
    except _Refusals as refusals:
        raise InputError([replace(reason, file=name) for reason in refusals.faults]) from refusals
    except MemoryError as error:
        found = _("a file that takes more memory than there is")
        too_large = fault("CB-F24", found, _("a workbook of ordinary size"), NEW_TEMPLATE)
        raise InputError([replace(too_large, file=name)]) from error
    return inspection


class _Refusals(Exception):  # noqa: N818 (it is a decision, and is turned into an InputError)
    """Several reasons not to open the file."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults)[:FAULTS]
        super().__init__(len(faults))


# --- the archive --------------------------------------------------------------------------------

_UNSAFE = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|[\x00-\x1f\\]")
_AREA = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}:[A-Z]{1,3}[1-9]\d{0,6}", re.ASCII)
_SCANNED = (".xml", ".rels")
_WORDS = {
    "wordprocessingml": _("a Word document"),
    "presentationml": _("a PowerPoint presentation"),
    "visio": _("a Visio drawing"),
}


class _ArchiveSearch:
    """Goes through one archive and gathers its facts."""

    def __init__(self, path: Path, content: bytes, archive: zipfile.ZipFile) -> None:
        self.path = path
        self.content = content
        self.archive = archive
        self.infos = {info.filename: info for info in archive.infolist()}
        self.allowance = Allowance()
        self.scanned: set[str] = set()
        self.faults: list[Fault] = []
        self.links: dict[int, list[str]] = {}

    def run(self) -> Inspection:
        self._judge_directory()
        types = self._types()
        name = self._sole("officeDocument", self._relations("")) or _workbook_part(types)
        workbook = self._read(WorkbookPart(name, self.allowance))
        relations = self._relations(workbook.name)
        sheets = self._sheets(types, workbook, relations)
        links = tuple(self._links(workbook, relations))
        for name in self.infos:
            if name.lower().endswith(_SCANNED) and name not in self.scanned:
                self._read(Part(name, self.allowance))
        if self.faults:
            raise _Refusals(self.faults)
        counts = Counter(_object_kind(name) for name in self.infos)
        return Inspection(
            path=self.path,
            content=self.content,
            sheets=sheets,
            date1904=workbook.date1904,
            macros=any(_is_macro(info) for info in (*self.infos, *types.types)),
            links=links,
            by_hand=workbook.by_hand,
            pictures=counts["picture"],
            charts=counts["chart"],
            embedded=counts["embedded"],
        )

    def _sheets(
        self, types: ContentTypesPart, workbook: WorkbookPart, relations: Mapping[str, Relation]
    ) -> tuple[SheetFacts, ...]:
        """Read what cells refer to, then all sheets."""
        name = self._sole("sharedStrings", relations) or types.parts.get(TEXTS_TYPE, "")
        texts = TextsPart(name, self.allowance)
        if texts.name:
            self._read(texts)
        styles = StylesPart(self._sole("styles", relations) or STYLES_PART, self.allowance)
        if styles.name in self.infos:
            self._read(styles)
        epoch = MAC_EPOCH if workbook.date1904 else WINDOWS_EPOCH
        sheets = tuple(
            self._sheet(*sheet, relations, Shared(texts, styles.looks, epoch))
            for sheet in workbook.sheets
        )
        if not sheets:
            raise Refusal(workbook.damaged())
        if texts.too_long and not self.faults:
            self.faults.append(_unplaced_text(max(texts.too_long.values())))
        return sheets

    def _judge_directory(self) -> None:
        """Judge the archive by its directory alone, before anything is unpacked."""
        infos = self.archive.infolist()
        for name, count in Counter(info.filename.casefold() for info in infos).items():
            if count > 1:
                found = _("{count} copies of the internal part {part}").format(
                    count=count, part=name
                )
                advice = _("The file may have been tampered with; ask for a new copy.")
                raise refuse("CB-F11", found, advice, _("one of each"))
        unpacked = sum(info.file_size for info in infos if info.filename.lower().endswith(_SCANNED))
        if unpacked > UNPACKED_SIZE:
            raise too_much(unpacked // MEGABYTE)
        for info in infos:
            self._judge_entry(info)

    def _judge_entry(self, info: zipfile.ZipInfo) -> None:
        name = info.orig_filename
        if _UNSAFE.search(name):
            found = _("an unsafe internal path, {name}").format(name=repr(name[:80]))
            raise refuse("CB-F12", found, NOT_OPENED + DAMAGED, _("plain paths"))
        if info.flag_bits & 1:
            advice = _("Remove the password and save the file again.")
            raise refuse("CB-F05", _("a file protected by a password"), advice)
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            found = _("a part packed in a way that Excel does not use, {name}").format(name=name)
            raise refuse("CB-F07", found, DAMAGED)
        if info.file_size > RATIO_FLOOR and info.file_size > RATIO * info.compress_size:
            found = _("a part that would grow to {size} MB, {name}").format(
                size=grouped(info.file_size // MEGABYTE), name=name
            )
            limit = _("parts compressed at most {ratio}-fold").format(ratio=RATIO)
            raise refuse("CB-F14", found, NOT_OPENED + NEW_TEMPLATE, limit)

    def _types(self) -> ContentTypesPart:
        """Read what each part is, and make sure that the whole is a workbook."""
        if TYPES_PART not in self.infos:
            raise self._other_archive()
        types = self._read(ContentTypesPart(TYPES_PART, self.allowance))
        if types.types.isdisjoint(WORKBOOK_TYPES):
            raise _other_office(types.types)
        return types

    def _other_archive(self) -> Refusal:
        """Say what a zip archive is that is no Office file."""
        mimetype = b""
        if "mimetype" in self.infos:
            with _unpacking("mimetype"), self.archive.open("mimetype") as stream:
                mimetype = stream.read(200)
        if b"opendocument.spreadsheet" in mimetype:
            return refuse("CB-F21", _("a LibreOffice spreadsheet (.ods)"), SAVE_AS)
        if b"opendocument" in mimetype:
            return refuse("CB-F08", _("a LibreOffice document"), _("Name a workbook."))
        if any(info.endswith((".iwa", "index.apxl")) or info == "Index.zip" for info in self.infos):
            advice = _("In Numbers choose File, Export To, Excel.")
            return refuse("CB-F21", _("an Apple Numbers file"), advice)
        if any(info.startswith(("xl/", "_rels/")) for info in self.infos):
            return Refusal(Part(TYPES_PART, self.allowance).damaged(_("missing")))
        return refuse("CB-F06", _("a zip archive"), _("Unpack it and name the file inside."))

    def _relations(self, part: str) -> Mapping[str, Relation]:
        """Return the arrows that leave a part, each with the full path of what it points at."""
        folder, name = posixpath.split(part)
        rels = RelationsPart(posixpath.join(folder, "_rels", f"{name}.rels"), self.allowance)
        if rels.name not in self.infos:
            return {}
        return {
            key: relation
            if relation.external
            else replace(relation, target=_resolved(folder, relation.target))
            for key, relation in self._read(rels).relations.items()
        }

    def _sole(self, kind: str, relations: Mapping[str, Relation]) -> str:
        """Return the part that the only arrow of a kind points at, or nothing."""
        targets = {relation.target for relation in relations.values() if relation.kind == kind}
        if len(targets) > 1:
            raise Refusal(Part(max(targets), self.allowance).damaged(_("one of two of its kind")))
        return next(iter(targets), "")

    def _sheet(
        self,
        name: str,
        key: str,
        state: str,
        relations: Mapping[str, Relation],
        shared: Shared,
    ) -> SheetFacts:
        """Read one sheet; its faults are kept, so that those of all sheets are told at once."""
        if key not in relations:
            raise _no_sheet(name)
        relation = relations[key]
        target = relation.target
        if relation.external or target not in self.infos or target in self.scanned:
            raise _no_sheet(name)
        if relation.kind != "worksheet":
            return SheetFacts(name, relation.kind, state)
        part = SheetPart(target, self.allowance, sheet=name, shared=shared)
        try:
            self._read(part)
            part.finish()
        except Refusal as refusal:
            self.faults.append(refusal.fault)
        self.faults += part.faults
        for book, cell in part.linked:
            self.links.setdefault(book, []).append(f"{name}!{cell}")
        return SheetFacts(
            name=name,
            kind=relation.kind,
            state=state,
            last_row=part.last_row,
            last_column=part.last_column,
            merged=tuple(part.merged),
            hidden_rows=tuple(part.hidden_rows),
            hidden_columns=part.hidden_columns,
            uncalculated=tuple(part.uncalculated),
            errors=part.errors,
            filtered=part.filtered,
            values=part.values,
            empty_texts=tuple(part.empty_texts),
            looks=part.looks,
            formulas=part.formulas,
            tables=tuple(self._tables(target)),
        )

    def _tables(self, sheet: str) -> Iterator[ExcelTable]:
        """Yield the Excel tables of a sheet; those that state no area are none."""
        for relation in self._relations(sheet).values():
            target = relation.target
            if relation.kind != "table" or target in self.scanned or target not in self.infos:
                continue
            part = self._read(TablePart(target, self.allowance))
            if _AREA.fullmatch(part.area):
                left, _top, right, bottom = range_boundaries(part.area)
                totals = int(part.totals) if part.totals in {"1", "2", "3"} else 0
                yield ExcelTable(part.title, (left, bottom - totals + 1, right, bottom))

    def _links(
        self, workbook: WorkbookPart, relations: Mapping[str, Relation]
    ) -> Iterator[LinkedBook]:
        """Name the other workbooks; formulas count them from 1."""
        for number, key in enumerate(workbook.links, start=1):
            relation = relations.get(key)
            if relation is None or relation.kind != "externalLink":
                continue
            outward = self._relations(relation.target).values()
            target = next((link.target for link in outward if link.external), _("another file"))
            name = re.split(r"[/\\]", unquote(target))[-1]
            yield LinkedBook(name, tuple(self.links.get(number, ())))

    def _read(self, part: P) -> P:
        """Stream one part, and make sure that it is as long as the directory says."""
        if part.name not in self.infos:
            raise Refusal(part.damaged(_("missing")))
        self.scanned.add(part.name)
        with _unpacking(part.name), self.archive.open(part.name) as stream:
            size = part.read(stream)
        if size != self.infos[part.name].file_size:
            raise Refusal(part.damaged(_("its length is not the one stated")))
        return part


class _unpacking:  # noqa: N801 (reads as a word after `with`)
    """Turns every way in which unpacking can fail into one sentence."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: object, _trace: object) -> None:
        if kind is not None and issubclass(kind, _UNPACKING_ERRORS):
            raise Refusal(Part(self.name, Allowance()).damaged()) from None


_UNPACKING_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)


def _workbook_part(types: ContentTypesPart) -> str:
    for type_ in WORKBOOK_TYPES:
        if type_ in types.parts:
            return types.parts[type_]
    return "xl/workbook.xml"


def _other_office(types: set[str]) -> Refusal:
    """Say what an Office file is that is no workbook."""
    listed = " ".join(types)
    if "sheet.binary" in listed:
        return refuse("CB-F21", _("a binary workbook (.xlsb)"), SAVE_AS)
    for word, found in _WORDS.items():
        if word in listed:
            return refuse("CB-F08", found, _("Name a workbook."))
    return refuse("CB-F08", _("another kind of Office file"), _("Name a workbook."))


def _no_sheet(name: str) -> Refusal:
    found = _("a sheet '{name}' whose contents are missing").format(name=name[:60])
    return refuse("CB-F07", found, DAMAGED, _("a whole workbook"))


def _unplaced_text(length: int) -> Fault:
    return fault(
        "CB-F20",
        _("a text of {length} characters or more").format(length=grouped(length)),
        _("at most 32 767, as in Excel"),
        _("Shorten the text."),
    )


def _resolved(folder: str, target: str) -> str:
    """Return the path of a part that a part in this folder points at."""
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(folder, target))


def _is_macro(name: str) -> bool:
    return "vbaproject" in name.lower() or "macrosheet" in name.lower() or "macroEnabled" in name


def _object_kind(name: str) -> str:
    """Say which kind of object a part is, if any."""
    if name.startswith("xl/media/"):
        return "picture"
    if re.fullmatch(r"xl/charts/chart(?:Ex)?\d*\.xml", name):
        return "chart"
    if name.startswith(("xl/embeddings/", "xl/activeX/", "xl/ctrlProps/")):
        return "embedded"
    return ""
