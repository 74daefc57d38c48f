"""Workbooks whose XML was changed at random: read as their bytes plainly say, or refused."""

import random
import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import xlsxwriter
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from choosebattles.workbook.reader import Reading, read
from workbook.hostile import MAIN, OFFICE, STRICT
from workbook.sheets import sheets

SEEDS = 240
Parts = dict[str, str]
Change = Callable[[str, random.Random], str]

TAG = re.compile(r"<(/?)([A-Za-z:]+)((?:\s[^<>]*?)?)(/?)>")
ATTRIBUTE = re.compile(r'\s([A-Za-z:]+)="([^"]*)"')
CELL = re.compile(r"<c [^<>]*>")
VALUE = re.compile(r"<v>([^<>]+)</v>")
CONTENT = re.compile(r">([^<>]+)<")
NAMESPACES = (MAIN, STRICT, "urn:x")
NAMES = ("c", "f", "is", "r", "rPh", "row", "sheetData", "si", "t", "v", "x")
TYPES = ("", "S", "b", "d", "e", "inlineStr", "n", "s", "str")
FORMS = (
    "<is><t>{}</t></is>",
    "<is>{}</is>",
    "<is><v>{}</v></is>",
    "<is><r><t>{}</t></r></is>",
    "<is><t>{}</t><t>1</t></is>",
    "<v><t>{}</t></v>",
    "<v>{}</v><is><t>5</t></is>",
    "<V>{}</V>",
)
PIECES = (
    "<v>7</v>",
    "<is><t>z</t></is>",
    "<t>z</t>",
    "<f>1+1</f>",
    "<c><v>9</v></c>",
    '<c t="str"><v>z</v></c>',
    "<row><c><v>9</v></c></row>",
    "<si><t>q</t></si>",
    "<r><t>z</t></r>",
    '<rPh sb="0" eb="1"><t>z</t></rPh>',
    "<extLst/>",
    "<x/>",
    "<!-- x -->",
    "7",
    "&#65;",
)
CONTENTS = (
    "",
    "1",
    "-5",
    "1e3",
    "1_000",
    "abc",
    " 5 ",
    "NaN",
    "_x0041_",
    "_x005F_x0041_",
    "x005F_",
)


def element(text: str, tags: list[re.Match[str]], number: int) -> tuple[int, int]:
    """Where an element begins and ends."""
    depth = 0
    for tag in tags[number:]:
        depth += 0 if tag[4] else -1 if tag[1] else 1
        if depth == 0:
            return tags[number].start(), tag.end()
    return tags[number].start(), len(text)


def picked(text: str, rng: random.Random) -> tuple[re.Match[str], int, int]:
    """One element: its tag, and where it begins and ends."""
    tags = list(TAG.finditer(text))
    number = rng.choice([number for number, tag in enumerate(tags) if not tag[1]])
    return (tags[number], *element(text, tags, number))


def renamed(text: str, tag: re.Match[str], end: int, name: str, more: str = "") -> str:
    body = name + more + text[tag.start() + 1 + len(tag[2]) : end]
    if not tag[4]:
        body = body[: -len(tag[2]) - 1] + name + ">"
    return text[: tag.start()] + "<" + body + text[end:]


def another_namespace(text: str, rng: random.Random) -> str:
    tag, _start, _end = picked(text, rng)
    more = f' xmlns="{rng.choice(NAMESPACES)}"'
    declared = re.sub(r'\sxmlns="[^"]*"', "", tag[3])
    return f"{text[: tag.start()]}<{tag[2]}{more}{declared}{tag[4]}>{text[tag.end() :]}"


def a_prefix(text: str, rng: random.Random) -> str:
    tag, _start, end = picked(text, rng)
    return renamed(text, tag, end, f"q:{tag[2]}", f' xmlns:q="{rng.choice(NAMESPACES)}"')


def another_name(text: str, rng: random.Random) -> str:
    tag, _start, end = picked(text, rng)
    return renamed(text, tag, end, rng.choice([*NAMES, tag[2].upper(), tag[2].swapcase()]))


def left_out(text: str, rng: random.Random) -> str:
    _tag, start, end = picked(text, rng)
    return text[:start] + text[end:]


def twice(text: str, rng: random.Random) -> str:
    _tag, start, end = picked(text, rng)
    return text[:end] + text[start:end] + text[end:]


def moved(text: str, rng: random.Random) -> str:
    _tag, start, end = picked(text, rng)
    rest = text[:start] + text[end:]
    there = rng.choice(list(TAG.finditer(rest))).end() if TAG.search(rest) else 0
    return rest[:there] + text[start:end] + rest[there:]


def inserted(text: str, rng: random.Random) -> str:
    there = rng.choice(list(TAG.finditer(text))).end()
    return text[:there] + rng.choice(PIECES) + text[there:]


def wrapped(text: str, rng: random.Random) -> str:
    _tag, start, end = picked(text, rng)
    name = rng.choice([*NAMES, "extLst"])
    return f"{text[:start]}<{name}>{text[start:end]}</{name}>{text[end:]}"


def unwrapped(text: str, rng: random.Random) -> str:
    tag, start, end = picked(text, rng)
    inner = "" if tag[4] else text[tag.end() : end - len(tag[2]) - 3]
    return text[:start] + inner + text[end:]


def cut_short(text: str, rng: random.Random) -> str:
    return text[: rng.randrange(len(text))]


def another_attribute(text: str, rng: random.Random) -> str:
    tag, _start, _end = picked(text, rng)
    there = list(ATTRIBUTE.finditer(tag[0]))
    if not there:
        return text
    each = rng.choice(there)
    name, value = each[1], each[2]
    new = rng.choice(
        [
            "",
            each[0] * 2,
            f' {name.swapcase()}="{value}"',
            f' {rng.choice(["x", "r", "t", "s", "hidden"])}="{value}"',
            f' {name}="{rng.choice([*TYPES, "0", "1", "-1", "99", "A1", "B2", "true"])}"',
        ]
    )
    changed = tag[0][: each.start()] + new + tag[0][each.end() :]
    return text[: tag.start()] + changed + text[tag.end() :]


def another_type(text: str, rng: random.Random) -> str:
    there = list(CELL.finditer(text))
    if not there:
        return text
    each = rng.choice(there)
    bare = re.sub(r' t="[^"]*"', "", each[0])
    return f'{text[: each.start()]}<c t="{rng.choice(TYPES)}"{bare[2:]}{text[each.end() :]}'


def another_form(text: str, rng: random.Random) -> str:
    there = list(VALUE.finditer(text))
    if not there:
        return text
    each = rng.choice(there)
    return text[: each.start()] + rng.choice(FORMS).format(each[1]) + text[each.end() :]


def another_content(text: str, rng: random.Random) -> str:
    there = list(CONTENT.finditer(text))
    if not there:
        return text
    each = rng.choice(there)
    new = rng.choice([*CONTENTS, each[1] * 2, each[1][:-1], f"<![CDATA[{each[1]}]]>"])
    return text[: each.start(1)] + new + text[each.end(1) :]


CHANGES: tuple[Change, ...] = (
    another_namespace,
    a_prefix,
    another_name,
    left_out,
    twice,
    moved,
    inserted,
    wrapped,
    unwrapped,
    cut_short,
    another_attribute,
    another_type,
    another_form,
    another_content,
)


def unzipped(content: bytes) -> Parts:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {each: archive.read(each).decode() for each in archive.namelist()}


def zipped(parts: Parts, encoding: str = "utf-8") -> bytes:
    """Pack parts; those that state another encoding are written in it."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            stated = f'encoding="{encoding.removesuffix("-sig")}"' in content
            archive.writestr(name, content.encode(encoding if stated else "utf-8"))
    return stream.getvalue()


def good() -> Parts:
    """A small workbook with an optional sheet, shared, rich and inline texts, and a formula."""
    rule = {"Rule": "requires all", "Investments": "CSIRT", "Needs": "CLOUD"}
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        for name, rows in sheets(Rules=[rule]).items():
            sheet = book.add_worksheet(name)
            table = [list(row.values()) for row in rows]
            for number, values in enumerate([list(next(iter(rows))), *table]):
                sheet.write_row(number, 0, values)
        sheet = book.get_worksheet_by_name("Investments")
        sheet.write_rich_string(1, 1, "Govern", book.add_format({"bold": True}), "ment cloud")
        sheet.write_formula(1, 2, "6*10", None, 60)
    parts = unzipped(stream.getvalue())
    sheet = "xl/worksheets/sheet3.xml"
    inline = re.sub(
        r'(<c r="A3")( t="s"><v>\d+</v>)', r'\1 t="inlineStr"><is><t>CSIRT</t></is>', parts[sheet]
    )
    assert inline != parts[sheet]
    return parts | {sheet: inline}


# --- an independent reading, by the letter of the format ---


def named(each: ET.Element, name: str) -> bool:
    return each.tag == f"{{{MAIN}}}{name}"


def child(outer: ET.Element, name: str) -> ET.Element | None:
    return next((each for each in outer if named(each, name)), None)


def shown(text: str) -> str:
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def rich(item: ET.Element) -> str:
    plain = [each.text or "" for each in item if named(each, "t")]
    runs = [t.text or "" for r in item if named(r, "r") for t in r if named(t, "t")]
    return shown("".join(plain + runs))


def value(cell: ET.Element, texts: list[str]) -> Any:
    kind = cell.get("t", "n")
    inline, typed = child(cell, "is"), child(cell, "v")
    if kind == "inlineStr":
        return None if inline is None else rich(inline) or None
    text = "" if typed is None else typed.text or ""
    if not text:
        return None
    if kind == "n":
        return float(text)
    if kind == "s":
        return texts[int(text)]
    return text == "1" if kind == "b" else shown(text)


def rows(sheet: ET.Element, texts: list[str]) -> dict[str, Any]:
    table = child(sheet, "sheetData")
    found, row = {}, 0
    for line in table if table is not None and named(sheet, "worksheet") else ():
        row = int(line.get("r", row + 1))
        for column, cell in enumerate(line, start=1):
            place = cell.get("r", f"{get_column_letter(column)}{row}")
            found[place] = value(cell, texts)
    return found


def plainly(parts: Parts, folder: Path) -> Reading:
    """What the bytes say to one who reads them by the letter, written anew and read."""
    tree = {name: ET.fromstring(text) for name, text in parts.items()}
    texts = [rich(each) for each in tree["xl/sharedStrings.xml"] if named(each, "si")]
    book = Workbook()
    book.remove(book.active)
    for each in tree["xl/workbook.xml"].iter(f"{{{MAIN}}}sheet"):
        sheet = book.create_sheet(each.get("name"))
        number = each.attrib[f"{{{OFFICE}}}id"].removeprefix("rId")
        for place, content in rows(tree[f"xl/worksheets/sheet{number}.xml"], texts).items():
            # What looks like a character spelt as a number is read as one once only.
            spelt = content.replace("_x", "_x005F_x") if isinstance(content, str) else content
            sheet[place].value = spelt
    path = folder / "anew" / "plan.xlsx"
    path.parent.mkdir()
    book.save(path)
    book.close()
    return read([path])


GOOD = good()
BROKEN = re.compile("xl/(worksheets/.*|sharedStrings|workbook)")
CHANGED = tuple(each for each in GOOD if BROKEN.match(each) or each.endswith("styles.xml"))


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_changed_part_is_read_as_its_bytes_say_or_refused(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    part = rng.choice(CHANGED)
    changed = GOOD | {part: rng.choice(CHANGES)(GOOD[part], rng)}
    path = tmp_path / "plan.xlsx"
    path.write_bytes(zipped(changed))

    reading = read([path])

    if reading.case is not None:
        assert reading.case == plainly(changed, tmp_path).case


def test_the_unchanged_workbook_is_read_the_same_by_both(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(zipped(GOOD))

    case = read([path]).case

    assert case is not None
    assert case.investments[0].options[0].title == "Government cloud"
    assert case == plainly(GOOD, tmp_path).case
