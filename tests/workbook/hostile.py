"""Odd and hostile files, each made in memory in a moment."""

import struct
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DEFLATED, STORED = 8, 0


@dataclass(frozen=True)
class Entry:
    """One entry of a zip archive, which may lie about itself."""

    name: str
    packed: bytes
    size: int
    crc: int
    method: int = DEFLATED
    flags: int = 0


def entry(name: str, content: str | bytes, *, stored: bool = False, flags: int = 0) -> Entry:
    """An honest entry."""
    raw = content.encode() if isinstance(content, str) else content
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    packed = raw if stored else packer.compress(raw) + packer.flush()
    return Entry(name, packed, len(raw), zlib.crc32(raw), STORED if stored else DEFLATED, flags)


def run_of(name: str, block: bytes, times: int, size: int | None = None) -> Entry:
    """An entry that unpacks to a block repeated many times; its checksum is wrong."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    end = zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    return Entry(name, first * times + end, size or len(block) * times, 0)


def zipped(entries: Iterable[Entry]) -> bytes:
    """Write a zip archive exactly as told."""
    body, directory, count = bytearray(), bytearray(), 0
    for each in entries:
        name = each.name.encode()
        facts = (each.flags | 0x800, each.method, 0, 0x21, each.crc, len(each.packed), each.size)
        start = len(body)
        body += struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, *facts, len(name), 0)
        body += name + each.packed
        directory += struct.pack(
            "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, *facts, len(name), 0, 0, 0, 0, 0, start
        )
        directory += name
        count += 1
    end = (0, 0, count & 0xFFFF, count & 0xFFFF, len(directory), len(body), 0)
    return bytes(body + directory + struct.pack("<4s4H2IH", b"PK\x05\x06", *end))


def sheet_xml(rows: str = "", *, before: str = "", after: str = "", declared: str = "") -> str:
    """One sheet."""
    return f'{declared}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def cell(inside: str, attributes: str = "", place: str = "A1") -> str:
    """One row with one cell, as XML."""
    return f'<row r="{place.lstrip("ABCDEFX")}"><c r="{place}" {attributes}>{inside}</c></row>'


def parts(
    rows: str = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>2.5</v></c></row>',
    *,
    before: str = "",
    after: str = "",
    changed: dict[str, str | bytes | None] | None = None,
) -> dict[str, str | bytes]:
    """The parts of a small workbook with the sheet Projects; None leaves a part out."""
    whole: dict[str, str | bytes | None] = {
        "[Content_Types].xml": content_types("sheet.main+xml"),
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook_xml('<sheet name="Projects" sheetId="1" r:id="rId1"/>'),
        "xl/_rels/workbook.xml.rels": relations(("rId1", "worksheet", "worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": sheet_xml(rows, before=before, after=after),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>Cloud</t></si></sst>',
        "xl/styles.xml": styles_xml("<xf/><xf/>"),
    }
    whole.update(changed or {})
    return {name: content for name, content in whole.items() if content is not None}


def content_types(main: str, *more: tuple[str, str]) -> str:
    """The list of what each part is."""
    overrides = (
        ("xl/workbook.xml", main if "/" in main else f"{SHEET_TYPE}.{main}"),
        ("xl/sharedStrings.xml", f"{SHEET_TYPE}.sharedStrings+xml"),
        *more,
    )
    listed = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides
    )
    return f'<Types xmlns="{PACKAGE}/content-types">{listed}</Types>'


def relations(*arrows: tuple[str, str, str], more: str = "") -> str:
    """The arrows that leave a part."""
    listed = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for key, kind, target in arrows
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}{more}</Relationships>'


def workbook_xml(sheets: str, *, before: str = "", after: str = "", namespace: str = MAIN) -> str:
    """The list of sheets."""
    return f'<workbook xmlns="{namespace}" xmlns:r="{OFFICE}">{before}<sheets>{sheets}</sheets>{after}</workbook>'


def styles_xml(formats: str) -> str:
    """The looks of cells, without which openpyxl does not open a file."""
    return (
        f'<styleSheet xmlns="{MAIN}"><fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>'
        f"<cellStyleXfs><xf/></cellStyleXfs><cellXfs>{formats}</cellXfs></styleSheet>"
    )


def book(
    rows: str | None = None,
    *,
    before: str = "",
    after: str = "",
    changed: dict[str, str | bytes | None] | None = None,
    extra: Iterable[Entry] = (),
) -> bytes:
    """A small workbook, with changes."""
    if rows is None:
        whole = parts(before=before, after=after, changed=changed)
    else:
        whole = parts(rows, before=before, after=after, changed=changed)
    return zipped([*(entry(name, content) for name, content in whole.items()), *extra])


def without(name: str) -> bytes:
    """A small workbook that lacks one part."""
    return book(changed={name: None})


def with_sheet(sheet: Entry) -> bytes:
    """A small workbook whose sheet is this entry."""
    whole = parts(changed={sheet.name: None})
    return zipped([*(entry(name, content) for name, content in whole.items()), sheet])


def holding(number: str) -> bytes:
    """A small workbook with one cell that holds this as a number."""
    return book(cell(f"<v>{number}</v>"))


def flipped() -> bytes:
    """A small workbook of which one bit of packed contents has turned over."""
    content = bytearray(book("".join(cell(f"<v>{n}</v>", place=f"A{n}") for n in range(1, 500))))
    start = content.index(b"xl/worksheets/sheet1.xml")
    content[start + 200] ^= 0x10
    return bytes(content)


SHEET = "xl/worksheets/sheet1.xml"
WORKBOOK = "xl/workbook.xml"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">'
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
PROJECTS = '<sheet name="Projects" sheetId="1" r:id="rId1"/>'


def declared(definitions: str) -> bytes:
    """A small workbook whose sheet begins with XML definitions."""
    return book(changed={SHEET: sheet_xml(declared=definitions)})


def office(kind: str) -> bytes:
    """An Office file of another kind."""
    return book(changed={"[Content_Types].xml": content_types(f"application/{kind}")})


def with_mimetype(kind: str) -> bytes:
    """A LibreOffice file."""
    return zipped(
        [entry("mimetype", f"application/{kind}", stored=True), entry("content.xml", "<a/>")]
    )


def with_rule(rule: str) -> bytes:
    """A small workbook with something after its cells."""
    return book(after=rule)


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    # The file
    "empty": ("CB-F02", lambda: b""),
    "too large": ("CB-F03", lambda: b"PK\x03\x04" + bytes(20 << 20)),
    "old xls": ("CB-F04", lambda: OLE + bytes(512) + "Workbook".encode("utf-16-le")),
    "older xls": ("CB-F04", lambda: b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(100)),
    "encrypted": ("CB-F05", lambda: OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le")),
    "encrypted entry": ("CB-F05", lambda: book(extra=[entry("xl/x.xml", "<a/>", flags=1)])),
    "csv": ("CB-F06", lambda: b"Investment;Cost\r\nCLOUD;12,5\r\n"),
    "utf-16 text": ("CB-F06", lambda: "Investment\tCost".encode("utf-16")),
    "random bytes": ("CB-F06", lambda: bytes(range(256)) * 4),
    "gzip": ("CB-F06", lambda: b"\x1f\x8b\x08" + bytes(20)),
    "plain zip": ("CB-F06", lambda: zipped([entry("plan.xlsx", book())])),
    "empty zip": ("CB-F06", lambda: zipped([])),
    "html": ("CB-F06b", lambda: b"\xef\xbb\xbf\r\n<HTML><table><tr><td>1</td></tr></table>"),
    "mhtml": ("CB-F06b", lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n"),
    "zeros": ("CB-F07", lambda: bytes(5000)),
    "cut off": ("CB-F07", lambda: book()[:-60]),
    "cut in half": ("CB-F07", lambda: book()[: len(book()) // 2]),
    "bit flip": ("CB-F07", flipped),
    "docx": (
        "CB-F08",
        lambda: office("vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
    ),
    "pptx": (
        "CB-F08",
        lambda: office("vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"),
    ),
    "old doc": ("CB-F08", lambda: OLE + bytes(512) + "WordDocument".encode("utf-16-le")),
    "old ppt": ("CB-F08", lambda: OLE + bytes(512) + "PowerPoint Document".encode("utf-16-le")),
    "other office": ("CB-F08", lambda: office("vnd.example.main+xml")),
    "pdf": ("CB-F08", lambda: b"%PDF-1.7\n"),
    "rtf": ("CB-F08", lambda: b"{\\rtf1 plan}"),
    "odt": ("CB-F08", lambda: with_mimetype("vnd.oasis.opendocument.text")),
    "strict": (
        "CB-F09",
        lambda: book(changed={WORKBOOK: workbook_xml(PROJECTS, namespace=STRICT)}),
    ),
    "xlsb": ("CB-F21", lambda: office("vnd.ms-excel.sheet.binary.macroEnabled.main")),
    "ods": ("CB-F21", lambda: with_mimetype("vnd.oasis.opendocument.spreadsheet")),
    "numbers": ("CB-F21", lambda: zipped([entry("Index/Document.iwa", b"\0")])),
    "xml 2003": (
        "CB-F21",
        lambda: (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
        ),
    ),
    # The archive
    "3000 parts": ("CB-F10", lambda: book(extra=[entry(f"a/{n}", b"") for n in range(3000)])),
    "two sheets of one name": ("CB-F11", lambda: book(extra=[entry(SHEET, sheet_xml())])),
    "two names but for case": ("CB-F11", lambda: book(extra=[entry("XL/workbook.XML", "<a/>")])),
    "path upwards": ("CB-F12", lambda: book(extra=[entry("xl/../../etc/passwd", "x")])),
    "absolute path": ("CB-F12", lambda: book(extra=[entry("/etc/passwd", "x")])),
    "path with a drive": ("CB-F12", lambda: book(extra=[entry("C:/windows/x", "x")])),
    "path with backslashes": ("CB-F12", lambda: book(extra=[entry("..\\x", "x")])),
    "path with a zero": ("CB-F12", lambda: book(extra=[entry("xl/a\0.xml", "x")])),
    "2 GB of spaces": ("CB-F13", lambda: with_sheet(run_of(SHEET, b" " * (1 << 20), 2000))),
    "many parts of 1 MB": (
        "CB-F13",
        lambda: book(extra=[run_of(f"xl/{n}.xml", b" " * (1 << 20), 1) for n in range(120)]),
    ),
    "60 MB of spaces": ("CB-F14", lambda: with_sheet(run_of(SHEET, b" " * (1 << 20), 60))),
    "picture bomb": ("CB-F14", lambda: book(extra=[run_of("xl/media/a.png", bytes(1 << 20), 90)])),
    "2 GB that pretend to be 1 KB": (
        "CB-F07",
        lambda: with_sheet(run_of(SHEET, b" " * (1 << 20), 2000, size=1000)),
    ),
    "shorter than stated": (
        "CB-F07",
        lambda: with_sheet(
            Entry(SHEET, (e := entry(SHEET, sheet_xml())).packed, e.size + 9, e.crc)
        ),
    ),
    "bzip2 inside": ("CB-F07", lambda: with_sheet(Entry(SHEET, b"BZh9", 4, 0, method=12))),
    # Missing parts
    **{
        f"without {name}": ("CB-F07", partial(without, name))
        for name in ("[Content_Types].xml", WORKBOOK, "xl/_rels/workbook.xml.rels", SHEET, STRINGS)
    },
    "no sheets": ("CB-F07", lambda: book(changed={WORKBOOK: workbook_xml("")})),
    "sheet without its arrow": (
        "CB-F07",
        lambda: book(changed={WORKBOOK: workbook_xml(PROJECTS.replace("rId1", "rId9"))}),
    ),
    "two sheets on one part": (
        "CB-F07",
        lambda: book(changed={WORKBOOK: workbook_xml(PROJECTS + PROJECTS)}),
    ),
    "two arrows of one id": (
        "CB-F07",
        lambda: book(
            changed={
                "xl/_rels/workbook.xml.rels": relations(
                    ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId1", "worksheet", "x.xml")
                )
            }
        ),
    ),
    # XML
    "doctype": ("CB-F15", lambda: declared("<!DOCTYPE a>")),
    "external doctype": (
        "CB-F15",
        lambda: declared('<!DOCTYPE a SYSTEM "http://localhost/a.dtd">'),
    ),
    "file entity": (
        "CB-F15",
        lambda: declared('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    ),
    "billion laughs": ("CB-F15", lambda: declared(LAUGHS)),
    "quadratic entity": ("CB-F15", lambda: declared(f'<!DOCTYPE a [<!ENTITY x "{"x" * 99999}">]>')),
    "doctype in a forgotten part": (
        "CB-F15",
        lambda: book(extra=[entry("customXml/item1.xml", "<!DOCTYPE a><a/>")]),
    ),
    "a million tags inside each other": (
        "CB-F16",
        lambda: book(changed={SHEET: f'<worksheet xmlns="{MAIN}">' + "<a>" * 1_000_000}),
    ),
    "two million tags": (
        "CB-F16",
        lambda: book(extra=[entry("xl/x.xml", f"<a>{'<b/>' * 2_000_000}</a>", stored=True)]),
    ),
    "100 000 names": (
        "CB-F16",
        lambda: book(
            changed={
                WORKBOOK: workbook_xml(
                    PROJECTS,
                    after="<definedName name='a'>1</definedName>" * 100_000,
                )
            }
        ),
    ),
    "100 000 styles": ("CB-F16", lambda: book(changed={STYLES: styles_xml("<xf/>" * 100_000)})),
    "600 sheets": ("CB-F16", lambda: book(changed={WORKBOOK: workbook_xml("<sheet/>" * 600)})),
    "400 000 texts": (
        "CB-F16",
        lambda: book(changed={STRINGS: f'<sst xmlns="{MAIN}">{"<si/>" * 400_000}</sst>'}),
    ),
    "3000 validations": (
        "CB-F16",
        lambda: with_rule(f"<dataValidations>{'<dataValidation/>' * 3000}</dataValidations>"),
    ),
    "a rule on 5000 ranges": (
        "CB-F16",
        lambda: with_rule(f'<conditionalFormatting sqref="{"A1 " * 5000}"/>'),
    ),
    "3000 links": (
        "CB-F16",
        lambda: with_rule(f"<hyperlinks>{'<hyperlink/>' * 3000}</hyperlinks>"),
    ),
    "6000 merged ranges": (
        "CB-F16",
        lambda: with_rule("<mergeCell ref='A1'/>" * 6000),
    ),
    "attribute of 3 MB": ("CB-F16", lambda: book(changed={SHEET: f'<a b="{"x" * (3 << 20)}"/>'})),
    "comment of 3 MB": ("CB-F16", lambda: book(changed={SHEET: f"<!--{'x' * (3 << 20)}--><a/>"})),
    "control character": ("CB-F07", lambda: book(cell("<is><t>a\x01b</t></is>", 't="inlineStr"'))),
    "not well-formed": ("CB-F07", lambda: book(changed={SHEET: "<worksheet><a></worksheet>"})),
    "unknown encoding": (
        "CB-F07",
        lambda: book(
            changed={SHEET: sheet_xml(declared='<?xml version="1.0" encoding="klingon"?>')}
        ),
    ),
    "multi-byte encoding": (
        "CB-F07",
        lambda: book(
            changed={SHEET: sheet_xml(declared='<?xml version="1.0" encoding="gb2312"?>')}
        ),
    ),
    # Places
    "cell A0": ("CB-F17", lambda: book('<row r="1"><c r="A0"><v>1</v></c></row>')),
    "cell a1": ("CB-F17", lambda: book('<row r="1"><c r="a1"><v>1</v></c></row>')),
    "cell XFE1": ("CB-F17", lambda: book('<row r="1"><c r="XFE1"><v>1</v></c></row>')),
    "cell AAAA1": ("CB-F17", lambda: book('<row r="1"><c r="AAAA1"><v>1</v></c></row>')),
    "cell without letters": ("CB-F17", lambda: book('<row r="1"><c r="1"><v>1</v></c></row>')),
    "cell in another row": ("CB-F17", lambda: book('<row r="1"><c r="A2"><v>1</v></c></row>')),
    "cells backwards": ("CB-F17", lambda: book('<row r="1"><c r="B1"/><c r="A1"/></row>')),
    "rows backwards": ("CB-F17", lambda: book('<row r="2"/><row r="1"/>')),
    "row 99999999": ("CB-F17", lambda: book('<row r="99999999"/>')),
    "row 0": ("CB-F17", lambda: book('<row r="0"/>')),
    "row 1.5": ("CB-F17", lambda: book('<row r="1.5"/>')),
    "merged nowhere": ("CB-F17", lambda: with_rule('<mergeCell ref="A0:B2"/>')),
    "merged backwards": ("CB-F17", lambda: with_rule('<mergeCell ref="B2:A1"/>')),
    "column 0": ("CB-F07", lambda: book(before='<cols><col min="0" max="3"/></cols>')),
    "column x": ("CB-F07", lambda: book(before='<cols><col min="x" max="3"/></cols>')),
    "100 001 formatted rows": ("CB-F18a", lambda: book("<row/>" * 100_001)),
    "200 001 formatted cells": ("CB-F18a", lambda: book(f"<row>{'<c/>' * 16_000}</row>" * 13)),
    "value in the last cell": (
        "CB-F18b",
        lambda: book('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    ),
    "value in a far column": ("CB-F18b", lambda: book('<row r="1"><c r="XFD1"><v>1</v></c></row>')),
    "values far apart": (
        "CB-F18b",
        lambda: book(
            '<row r="1"><c r="ALL1"><v>1</v></c></row><row r="99000"><c r="A99000"><v>1</v></c></row>'
        ),
    ),
    "all cells merged": ("CB-F19", lambda: with_rule('<mergeCell ref="A1:XFD1048576"/>')),
    "long ranges merged": ("CB-F19", lambda: with_rule('<mergeCell ref="A1:Z100000"/>')),
    "long shared text": (
        "CB-F20",
        lambda: book(
            changed={STRINGS: f'<sst xmlns="{MAIN}"><si><t>{"x" * 40_000}</t></si></sst>'}
        ),
    ),
    "long text in no cell": (
        "CB-F20",
        lambda: book(
            changed={
                STRINGS: f'<sst xmlns="{MAIN}"><si><t>a</t></si><si><t>{"x" * 40_000}</t></si></sst>'
            }
        ),
    ),
    "long inline text": (
        "CB-F20",
        lambda: book(
            cell(f"<is><t>{'x' * 20_000}</t><r><t>{'x' * 20_000}</t></r></is>", 't="inlineStr"')
        ),
    ),
    "long result": ("CB-F20", lambda: book(cell(f"<v>{'x' * 40_000}</v>", 't="str"'))),
    "long formula": ("CB-F20", lambda: book(cell(f"<f>{'1+' * 20_000}1</f>"))),
    # Values
    **{
        f"the number {told}": (code, partial(holding, told))
        for told, code in {
            "NaN": "CB-C07",
            "-INF": "CB-C07",
            "1e999": "CB-C07",
            "9" * 400: "CB-C07",
            "0x1F": "CB-C01",
            "12,5": "CB-C01",
            "1_000": "CB-C01",
            "\u0661\u0662": "CB-C01",
            "1 2": "CB-C01",
        }.items()
    },
    "two cells in one place": (
        "CB-C18",
        lambda: book('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'),
    ),
    "two rows in one place": ("CB-C18", lambda: book('<row r="1"/><row r="1"/>')),
    "two values in one cell": ("CB-C18", lambda: book(cell("<v>1</v><v>2</v>"))),
    "two parts of shared texts": (
        "CB-F07",
        lambda: book(
            changed={
                "xl/_rels/workbook.xml.rels": relations(
                    ("rId1", "worksheet", "worksheets/sheet1.xml"),
                    ("rId2", "sharedStrings", "sharedStrings.xml"),
                    ("rId3", "sharedStrings", "other.xml"),
                ),
                "xl/other.xml": f'<sst xmlns="{MAIN}"><si><t>Other</t></si></sst>',
            }
        ),
    ),
    "two workbooks": (
        "CB-F07",
        lambda: book(
            changed={
                "_rels/.rels": relations(
                    ("rId1", "officeDocument", "xl/workbook.xml"),
                    ("rId2", "officeDocument", "xl/other.xml"),
                )
            }
        ),
    ),
    "text that does not exist": ("CB-F07", lambda: book(cell("<v>7</v>", 't="s"'))),
    "text number -1": ("CB-F07", lambda: book(cell("<v>-1</v>", 't="s"'))),
    "truth value 2": ("CB-F07", lambda: book(cell("<v>2</v>", 't="b"'))),
    "value of no known type": ("CB-F07", lambda: book(cell("<v>2</v>", 't="zz"'))),
    "date that does not exist": ("CB-F07", lambda: book(cell("<v>2027-13-45</v>", 't="d"'))),
    "style that does not exist": ("CB-F07", lambda: book(cell("<v>1</v>", 's="7"'))),
    "style that is no number": ("CB-F07", lambda: book(cell("<v>1</v>", 's="x"'))),
}
"""Every file that must be refused, by name: the code, and how to make it."""


CHARTSHEET = (
    '<sheet name="Projects" sheetId="1" r:id="rId1"/><sheet name="Chart" sheetId="2" r:id="rId2"/>'
)
LINKED = (
    f'<externalLink xmlns="{MAIN}" xmlns:r="{OFFICE}"><externalBook r:id="rId1"/></externalLink>'
)
BUDGET = (
    f'<Relationship Id="rId1" Type="{OFFICE}/externalLinkPath" '
    'Target="file:///C:\\plans\\budget%202025.xlsx" TargetMode="External"/>'
)

ODD: dict[str, Callable[[], bytes]] = {
    "plain": book,
    "far formatting": lambda: book(
        f'{cell("<v>1</v>")}<row r="1048575" hidden="false"/>'
        '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    ),
    "hidden": lambda: book(
        '<row r="1"><c r="A1"><v>1</v></c><c r="D1"><v>1</v></c></row>'
        '<row r="2" hidden="1"><c r="A2"><v>1</v></c><c r="B2"><v>1</v></c></row>'
        '<row r="3" hidden="1"><c r="A3" s="1"/></row>'
        '<row r="4" hidden="true"><c r="A4"><v>1</v></c></row>',
        before='<cols><col min="2" max="3" hidden="1"/><col min="9" max="16384" hidden="1"/></cols>',
        after='<autoFilter ref="A1:D4"><filterColumn colId="0"><filters><filter val="a"/></filters></filterColumn></autoFilter>',
    ),
    "merged": lambda: book(
        after='<mergeCells><mergeCell ref="C5:C7"/><mergeCell ref="A1:XFD1"/></mergeCells>'
    ),
    "formulas": lambda: book(
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f><v></v></c><c r="C1"><f>1+1</f></c>'
        '<c r="D1" t="str"><f>""</f><v></v></c><c r="E1" t="str"><f>""</f></c>'
        '<c r="F1" t="e"><f>A9</f><v>#REF!</v></c></row>'
    ),
    "places left out": lambda: book(
        "<row><c/><c><v>7</v></c></row><row/><row><c><v>8</v></c></row>"
    ),
    "all types": lambda: book(
        '<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="d"><v>2027-01-31</v></c>'
        '<c r="C1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c><c r="D1"><v>-1.5E-3</v></c>'
        '<c r="E1" t="str"><v>x</v></c></row>'
    ),
    "prefixed": lambda: book(
        changed={
            SHEET: f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1">'
            "<x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"
        }
    ),
    "chart sheet": lambda: book(
        changed={
            WORKBOOK: workbook_xml(CHARTSHEET),
            "xl/_rels/workbook.xml.rels": relations(
                ("rId1", "worksheet", "worksheets/sheet1.xml"),
                ("rId2", "chartsheet", "/xl/chartsheets/a.xml"),
            ),
            "xl/chartsheets/a.xml": f'<chartsheet xmlns="{MAIN}"/>',
        }
    ),
    "date1904": lambda: book(
        changed={WORKBOOK: workbook_xml(PROJECTS, before='<workbookPr date1904="1"/>')}
    ),
    "macros": lambda: book(
        changed={
            "[Content_Types].xml": content_types(
                "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
            ),
            "xl/vbaProject.bin": b"\0",
        }
    ),
    "picture of 60 000 by 60 000": lambda: book(
        changed={
            "xl/media/image1.png": b"\x89PNG\r\n\x1a\n",
            "xl/charts/chart1.xml": "<a/>",
            "xl/embeddings/oleObject1.bin": b"\0",
        }
    ),
    "links": lambda: book(
        '<row r="1"><c r="A1"><f>[1]Costs!A1*2</f><v>2</v></c>'
        '<c r="B1"><f t="shared" si="0" ref="B1:B2">[1]Costs!A1</f><v>2</v></c></row>'
        '<row r="2"><c r="B2"><f t="shared" si="0"/><v>2</v></c></row>',
        changed={
            WORKBOOK: workbook_xml(
                PROJECTS,
                after='<externalReferences><externalReference r:id="rId8"/></externalReferences>',
            ),
            "xl/_rels/workbook.xml.rels": relations(
                ("rId1", "worksheet", "worksheets/sheet1.xml"),
                ("rId8", "externalLink", "externalLinks/externalLink1.xml"),
            ),
            "xl/externalLinks/externalLink1.xml": LINKED,
            "xl/externalLinks/_rels/externalLink1.xml.rels": relations(more=BUDGET),
        },
    ),
    "hidden sheet": lambda: book(
        changed={
            WORKBOOK: workbook_xml(
                '<sheet name="Projects" sheetId="1" state="veryHidden" r:id="rId1"/>'
            )
        }
    ),
}
"""Odd files that may be opened, by name."""
