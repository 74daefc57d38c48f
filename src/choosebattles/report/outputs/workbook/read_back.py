"""A workbook that was just written, read back cell by cell: it says what it was meant to say."""

import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from choosebattles.errors import OutputError
from choosebattles.report.outputs.workbook.sheet import Meant
from choosebattles.translation import _

CLOSE = 1e-14
"""Relative difference that a number may have after it was written in 16 digits and read."""

_ESCAPED = re.compile("_x([0-9A-F]{4})_")
"""What XML cannot hold, as workbooks write it."""
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def verify(path: Path, meant: Mapping[str, Mapping[str, Meant]]) -> None:
    """Compare every cell of a workbook with what was meant.

    Parameters
    ----------
    path
        The workbook.
    meant
        For each sheet, in order, every cell that is not empty.

    Raises
    ------
    OutputError
        Where a cell has another value or formula, is missing, or is one too many.
    """
    with ZipFile(path) as archive:
        place = next(_wrong(archive, meant), None)
    if place is not None:
        sentence = _(
            "The results were not kept, because they read back differently: {place}. Whatever "
            "stood there before is intact. Please report this."
        )
        raise OutputError(sentence.format(place=place))


def _wrong(archive: ZipFile, meant: Mapping[str, Mapping[str, Meant]]) -> Iterator[str]:
    book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - written a moment ago
    names = [sheet.attrib["name"] for sheet in book.iter(f"{_MAIN}sheet")]
    if names != list(meant):
        yield _("the list of sheets")
        return
    texts = list(_texts(archive))
    for number, name in enumerate(names, 1):
        found = dict(_cells(archive, number, texts))
        expected = meant[name]
        for cell in [*expected, *(found.keys() - expected.keys())]:
            if not _same(found.get(cell), expected.get(cell)):
                yield f"{name}!{cell}"


def _texts(archive: ZipFile) -> Iterator[str]:
    """Yield the texts that cells share."""
    if "xl/sharedStrings.xml" in archive.namelist():
        with archive.open("xl/sharedStrings.xml") as stream:
            for _event, item in ET.iterparse(stream):  # noqa: S314
                if item.tag == f"{_MAIN}si":
                    text = "".join(part.text or "" for part in item.iter(f"{_MAIN}t"))
                    yield _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _cells(archive: ZipFile, number: int, texts: list[str]) -> Iterator[tuple[str, Meant]]:
    """Yield every cell of a sheet that is not empty."""
    with archive.open(f"xl/worksheets/sheet{number}.xml") as stream:
        for _event, cell in ET.iterparse(stream):  # noqa: S314
            if cell.tag != f"{_MAIN}c":
                continue
            value = cell.findtext(f"{_MAIN}v")
            if value is None:
                continue
            kind = cell.get("t", "n")
            formula = cell.findtext(f"{_MAIN}f") or ""
            shown = texts[int(value)] if kind == "s" else value if kind == "str" else float(value)
            yield cell.attrib["r"], Meant(shown, formula)
            cell.clear()


def _same(found: Meant | None, expected: Meant | None) -> bool:
    if found is None or expected is None or found.formula != expected.formula:
        return False
    one, other = found.value, expected.value
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=CLOSE, abs_tol=1e-300)
    return one == other
