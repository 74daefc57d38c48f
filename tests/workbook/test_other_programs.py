"""What stands around the cells in files of other programs is no reason to refuse them."""

import re
from pathlib import Path

import pytest

from choosebattles.case.case import Case
from choosebattles.report.earlier_answers import is_results
from choosebattles.workbook.reader import read
from workbook.hostile import MAIN
from workbook.test_mutations import GOOD, Parts, zipped

SHEET, WORKBOOK, STYLES = "xl/worksheets/sheet3.xml", "xl/workbook.xml", "xl/styles.xml"
TEXTS, TYPES, CORE = "xl/sharedStrings.xml", "[Content_Types].xml", "docProps/core.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"

AFTER = {
    "protection": '<sheetProtection algorithmName="SHA-512" hashValue="a" saltValue="b" sheet="1"/>',
    "protected ranges": '<protectedRanges><protectedRange sqref="A1" name="x"/></protectedRanges>',
    "scenarios": "<scenarios><scenario/></scenarios>",
    "sorting": '<sortState ref="A1:E3"><sortCondition sortBy="cellColor" ref="A2:A3"/></sortState>',
    "consolidation": '<dataConsolidate><dataRefs><dataRef ref="A1"/></dataRefs></dataConsolidate>',
    "views": "<customSheetViews><customSheetView/></customSheetViews>",
    "pronunciation": '<phoneticPr fontId="1" type="noConversion"/>',
    "a rule on a deleted range": '<conditionalFormatting sqref="#REF!"><cfRule type="expression"/>'
    "</conditionalFormatting>",
    "icons": '<conditionalFormatting sqref="A1"><cfRule type="iconSet" priority="1"><iconSet '
    'iconSet="5Boxes"><cfvo type="formula" val="$A$1"/></iconSet></cfRule></conditionalFormatting>',
    "a choice on a deleted range": '<dataValidations><dataValidation sqref="#REF!"/></dataValidations>',
    "a choice of a later kind": '<dataValidations><dataValidation type="any" new="1" sqref="A2"/>'
    "</dataValidations>",
    "a link to nowhere": "<hyperlinks><hyperlink/></hyperlinks>",
    "printing": '<pageMargins left="a"/><pageSetup orientation="sideways" paperSize="x"/>'
    '<headerFooter><oddHeader>&amp;K99-999&amp;"x</oddHeader></headerFooter>',
    "breaks": '<rowBreaks><brk id="x"/></rowBreaks>',
    "watches and tags": '<cellWatches><cellWatch r="A1"/></cellWatches><smartTags><cellSmartTags '
    'r="A1"><cellSmartTag type="1"/></cellSmartTags></smartTags>',
    "drawings": "<drawing/><legacyDrawing/><legacyDrawingHF/><picture/>",
    "web pages": '<webPublishItems><webPublishItem id="1" sourceRef="A1"/></webPublishItems>',
}
"""What may follow the cells of a sheet."""

CELLS = {
    "looks of a row": ('<row r="2" ', '<row r="2" s="0" customFormat="1" ht="15.75" ph="1" '),
    "looks of a cell": ('<c r="C2">', '<c r="C2" s="0" cm="0" vm="0" ph="1">'),
    "an array": ("<f>", '<f t="array" ref="C2" aca="1" ca="1" xml:space="preserve">'),
    "room for more in a cell": ("<v>60</v>", '<v>60</v><extLst><ext uri="x"/></extLst>'),
    "room for more in a row": ("</c></row></sheetData>", "</c><extLst/></row></sheetData>"),
}
"""What may be written otherwise among the cells."""

BOOKS = {
    "password": (
        "<workbookPr",
        '<fileSharing userName="x" hashValue="a" spinCount="1"/><workbookPr',
    ),
    "locked": ("<bookViews", '<workbookProtection workbookPassword="x"/><bookViews'),
    "all properties": (
        "<workbookPr ",
        '<workbookPr showObjects="placeholders" promptedSolutions="1" updateLinks="never" ',
    ),
    "a name of no sheet": (
        "<calcPr",
        '<definedNames><definedName name="a" localSheetId="x">1</definedName></definedNames><calcPr',
    ),
    "a link that is gone": (
        "</sheets>",
        '</sheets><externalReferences><externalReference r:id="rId7"/></externalReferences>',
    ),
    "a pivot that is gone": (
        "</workbook>",
        '<pivotCaches><pivotCache cacheId="1" r:id="rId9"/></pivotCaches></workbook>',
    ),
}
"""What may stand in the list of sheets."""

LOOKS = {
    "an empty ground": ("<fills", "<fills><fill/></fills><fills"),
    "odd colours": ("</fonts>", '<font><color rgb="red"/><sz val="x"/></font></fonts>'),
    "a palette": (
        "</styleSheet>",
        '<colors><mruColors><color rgb="FFAA"/></mruColors></colors></styleSheet>',
    ),
    "odd fonts": (
        "</fonts>",
        '<font><sz val="500"/><family val="99"/><u val="zz"/></font></fonts>',
    ),
}
"""What may stand among the looks."""


def prefixed(text: str) -> str:
    """Name the namespace of a part, as some libraries do."""
    named = re.sub(r"<(/?)([A-Za-z]\w*)(?=[\s/>])", r"<\1x:\2", text)
    return named.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')


def changed(part: str, old: str, new: str) -> Parts:
    assert old in GOOD[part]
    return GOOD | {part: GOOD[part].replace(old, new, 1)}


def without(*words: str) -> Parts:
    """Leave parts out, and all that names them."""
    bare = re.compile(rf"<(?:Override|Relationship) [^>]*(?:{'|'.join(words)})[^>]*/>")
    return {
        name: bare.sub("", text)
        for name, text in GOOD.items()
        if not any(word in name for word in words)
    }


def written(text: str, encoding: str) -> str:
    """Return what a part says of its encoding; its bytes are made from it."""
    return re.sub(r"^<\?xml[^>]*\?>\s*", f'<?xml version="1.0" encoding="{encoding}"?>', text)


def elsewhere() -> Parts:
    """Texts and looks in parts of other names, which only the arrows to them tell."""
    moved = {"sharedStrings.xml": "texts.xml", "styles.xml": "looks.xml"}
    parts: Parts = {}
    for name, text in GOOD.items():
        path, content = name, text
        for old, new in moved.items():
            path, content = path.replace(old, new), content.replace(old, new)
        parts[path] = content
    return parts


FILES: dict[str, Parts] = {
    **{name: changed(SHEET, "</sheetData>", f"</sheetData>{text}") for name, text in AFTER.items()},
    **{name: changed(SHEET, *pair) for name, pair in CELLS.items()},
    **{name: changed(WORKBOOK, *pair) for name, pair in BOOKS.items()},
    **{name: changed(STYLES, *pair) for name, pair in LOOKS.items()},
    "a prefix": {
        name: prefixed(text) if f'xmlns="{MAIN}"' in text else text for name, text in GOOD.items()
    },
    "no looks": without("styles", "theme"),
    "nothing but cells": without("styles", "theme", "docProps"),
    "full paths": GOOD | {RELATIONS: GOOD[RELATIONS].replace('Target="', 'Target="/xl/')},
    "parts elsewhere": elsewhere(),
    "a date of its own": GOOD
    | {CORE: re.sub(r"(<dcterms:created[^>]*>)[^<]*", r"\g<1>14/01/2027", GOOD[CORE])},
    "properties of another kind": GOOD
    | {CORE: GOOD[CORE].replace("</cp:core", "<cp:lastPrinted>never</cp:lastPrinted></cp:core")},
    "properties that are none": GOOD | {"docProps/custom.xml": "<Properties/>"},
    "lines": {name: re.sub("><(?!/t>)", ">\n<", text) for name, text in GOOD.items()},
    "pronounced": changed(
        TEXTS, "<t>STATE</t>", '<t>STATE</t><rPh sb="0" eb="2"><t>sute</t></rPh><phoneticPr/>'
    ),
    "characters by number": changed(TEXTS, "<t>STATE</t>", "<t>&#83;<![CDATA[TAT]]>&#x45;</t>"),
}
"""Workbooks that say the same as the plain one."""


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Case | None:
    """What the plain workbook says."""
    path = tmp_path_factory.mktemp("plain") / "plan.xlsx"
    path.write_bytes(zipped(GOOD))
    return read([path]).case


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_another_program_says_the_same(
    name: str, plain: Case | None, tmp_path: Path
) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(zipped(FILES[name]))

    reading = read([path])

    assert reading.faults == ()
    assert reading.case is not None
    assert reading.case == plain
    assert not is_results(path)


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "us-ascii", "utf-8-sig"])
def test_a_part_may_have_any_encoding_that_it_states(
    encoding: str, plain: Case | None, tmp_path: Path
) -> None:
    path = tmp_path / "plan.xlsx"
    stated = encoding.removesuffix("-sig")
    parts = GOOD | {name: written(GOOD[name], stated) for name in (SHEET, TEXTS)}
    path.write_bytes(zipped(parts, encoding))

    assert read([path]).case == plain
