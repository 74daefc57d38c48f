"""Says what a file must never be written over: what was read, and what somebody else made.

A file of this program carries a mark that is lost as soon as another program saves it, so that
notes typed into a results workbook are as safe as a file that was never ours.
"""

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import TypedDict
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile

from choosebattles.execution.csv_file import BYTE_ORDER_MARK, is_our_csv
from choosebattles.translation import _

MARK = "as written by choosebattles"
"""What every file says of itself that this program may replace."""

OFFICE_MARK = {"author": "choosebattles", "status": MARK}
"""The same as properties of a workbook."""

JSON_MARK = {"written": MARK}
"""The same as the last entry of JSON."""

LARGEST_PART = 1 << 20
"""Bytes that are read of one part of an archive, or of the end of a text."""

LINKED_BOOKS = 200
"""Links to other workbooks that are looked at in one file."""

_UNDATED = 1980
_CORE = "docProps/core.xml"
_STATUS = re.compile(rb"<cp:contentStatus>" + MARK.encode() + rb"</cp:contentStatus>")
_DATE = re.compile(rb"<dcterms:(created|modified)[^>]*>([^<]*)<")
_LINK = re.compile(r"xl/externalLinks/_rels/[^/]+\.rels", re.IGNORECASE)
_TARGET = re.compile(r"""Target\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SEAL = re.compile(rb"\n(?:<!--|[*\\]) " + MARK.encode() + rb" \(([0-9a-f]{64})\)(?: -->)?\n\Z")
_JSON_END = f'\n  "written": "{MARK}"\n}}\n'.encode()
_PARQUET = b"PAR1"


class Guard(TypedDict, total=False):
    """What a file that is to be written must not harm.

    ``inputs`` are files that must never be overwritten; ``overwrite`` says that a file of another
    program may be.
    """

    inputs: Iterable[Path]
    overwrite: bool


def why_read(path: Path, inputs: Iterable[Path]) -> str:
    """Return why a path is among what was read, or nothing.

    Parameters
    ----------
    path
        Where a file is to be written.
    inputs
        Files that must never be overwritten, nor the workbooks that their formulas name.
    """
    read = tuple(inputs)
    if any(is_same(path, other) for other in read):
        return _("it is one of the files that were read")
    for other in read:
        if any(is_same(path, book) for book in linked(other)):
            reason = _("formulas in {name} take values from this file")
            return reason.format(name=other.name)
    return ""


def is_same(one: Path, other: Path) -> bool:
    """Say whether two paths lead to one file, here or where case and accents count alike."""
    try:
        if one.samefile(other):
            return True
    except (OSError, ValueError):
        pass
    return _folded(one) == _folded(other)


def _folded(path: Path) -> str:
    if "\0" in str(path):
        return str(path)
    return unicodedata.normalize("NFC", os.path.realpath(path)).casefold()


def linked(path: Path) -> Iterator[Path]:
    """Yield the workbooks that formulas of a workbook name: as named, and beside it."""
    try:
        with ZipFile(path) as archive:
            names = [name for name in archive.namelist() if _LINK.fullmatch(name)]
            parts = [_part(archive, name) for name in names[:LINKED_BOOKS]]
    except (OSError, ValueError, BadZipFile, NotImplementedError, RuntimeError, EOFError):
        return
    for part in parts:
        for double, single in _TARGET.findall(part.decode("utf-8", "replace")):
            target = unquote(double or single).removeprefix("file:///").replace("\\", "/")
            yield path.parent / target.rpartition("/")[2]
            yield path.parent / target


def _part(archive: ZipFile, name: str) -> bytes:
    with archive.open(name) as stream:
        return stream.read(LARGEST_PART)


# --- marks --------------------------------------------------------------------------------------


def sealed(text: str, before: str = "<!-- ", after: str = " -->") -> str:
    """Return a text with a last line that tells whether it was changed.

    ``before`` and ``after`` make a comment of that line: those of Markdown and HTML unless said
    otherwise.
    """
    body = text.rstrip("\n")
    return f"{body}\n{before}{MARK} ({sha256(body.encode()).hexdigest()}){after}\n"


def is_ours(path: Path) -> bool:
    """Say whether a file stands as this program wrote it; a file of nothing harms nobody.

    Raises
    ------
    OSError
        Where it cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(LARGEST_PART)
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - LARGEST_PART))
        end = file.read(LARGEST_PART)
    if not size:
        return True
    if head.startswith(b"PK"):
        return _is_our_office_file(path)
    if head.startswith(_PARQUET):
        return MARK.encode() in end
    if head.startswith(BYTE_ORDER_MARK.encode()):
        return is_our_csv(path)
    if end.endswith(_JSON_END):
        return True
    seal = _SEAL.search(end)
    return seal is not None and _is_unchanged(path, seal)


def _is_our_office_file(path: Path) -> bool:
    """Say whether no other program has saved it: Office notes the moment, libraries date parts."""
    try:
        with ZipFile(path) as archive:
            if any(member.date_time[0] != _UNDATED for member in archive.infolist()):
                return False
            core = _part(archive, _CORE)
    except (ValueError, KeyError, BadZipFile, NotImplementedError, RuntimeError, EOFError):
        return False
    moments = dict(_DATE.findall(core))
    return bool(_STATUS.search(core)) and moments[b"created"] == moments[b"modified"]


def _is_unchanged(path: Path, seal: re.Match[bytes]) -> bool:
    body = path.read_bytes()[: -len(seal[0])]
    return sha256(body).hexdigest().encode() == seal[1]
