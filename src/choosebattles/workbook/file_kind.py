"""Reads the bytes of a file, and says what it is if it is no workbook."""

import re
import stat
import zipfile
from io import BytesIO
from itertools import islice
from pathlib import Path

from choosebattles.spelling import closest
from choosebattles.translation import _
from choosebattles.workbook.xml_parts import MEGABYTE, NEW_TEMPLATE, Refusal, fault, grouped

FILE_SIZE = 20 * MEGABYTE
"""A filled template has 0.1 MB. More means pictures or formatted empty rows."""

PARTS = 2_000
"""Parts inside the file. A normal file has under 200."""

WORKBOOK = _("an Excel workbook (.xlsx)")
SAVE_AS = _("Open it in the program that made it and save it as Excel Workbook (.xlsx).")
NOT_OPENED = _("It was not opened for safety.") + " "
DAMAGED = _("Open it in Excel or LibreOffice and save it again, or ask for a new copy.")


def refuse(code: str, found: str, advice: str, expected: str = "") -> Refusal:
    """Return the refusal of a whole file, where an Excel workbook was expected."""
    return Refusal(fault(code, found, expected or WORKBOOK, advice))


# --- the file -----------------------------------------------------------------------------------


def content_of(path: Path) -> bytes:
    """Read the bytes of a file of ordinary kind and size."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise _not_a_file(status.st_mode)
        if status.st_size > FILE_SIZE:
            raise _too_large(status.st_size)
        with path.open("rb") as stream:
            content = stream.read(FILE_SIZE + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise _missing(path) from None
    except OSError as error:
        found = _("a file that cannot be read ({reason})").format(reason=error.strerror or error)
        advice = _(
            "Close it in other programs, and wait until OneDrive or the like has fetched it. "
            "You also need the permission to read it."
        )
        raise refuse("CB-F23", found, advice) from None
    if len(content) > FILE_SIZE:
        raise _too_large(len(content))
    if not content:
        found = _("an empty file (0 bytes)")
        advice = _("The download or copy did not finish; please save it again.")
        raise refuse("CB-F02", found, advice)
    if path.name.startswith("~$"):
        advice = _("Name the workbook itself, without ~$.")
        raise refuse("CB-F06", _("a marker that Excel keeps while a workbook is open"), advice)
    return content


def _not_a_file(mode: int) -> Refusal:
    if stat.S_ISDIR(mode):
        return refuse("CB-F22", _("a folder"), _("Name the workbook inside it."))
    found = _("a device or channel, not a file")
    return refuse("CB-F22", found, _("Name a workbook on a disk."))


def _too_large(size: int) -> Refusal:
    megabytes = grouped(-(-size // MEGABYTE))
    limit = _("at most {limit} MB").format(limit=FILE_SIZE // MEGABYTE)
    advice = _("Pictures and formatted empty rows are the usual cause; delete them.")
    found = _("a file of {size} MB").format(size=megabytes)
    return refuse("CB-F03", found, advice, limit)


def _missing(path: Path) -> Refusal:
    """Refuse a path that leads nowhere, and name a neighbour that may be meant."""
    try:
        folder = path.parent
        names = [file.name for file in islice(folder.iterdir(), 1_000)]
        shown = str(folder.resolve()).encode("utf-8", "replace").decode()
    except (OSError, ValueError):
        advice = _("Check the name of the folder.")
        return refuse("CB-F22", _("no such folder"), advice)
    workbooks = [name for name in sorted(names) if name.lower().endswith((".xlsx", ".xlsm"))]
    exact = [workbook for workbook in workbooks if Path(workbook).stem == path.name]
    guess = exact[0] if exact else closest(path.name, workbooks)
    advice = _("Did you mean {name}?").format(name=guess) if guess else _("Check the name.")
    return refuse("CB-F22", _("no such file in {folder}").format(folder=shown), advice)


# --- the kind of file ---------------------------------------------------------------------------

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KINDS: tuple[tuple[tuple[bytes, ...], tuple[str, str, str]], ...] = (
    (
        (b"PK\x05\x06", b"PK\x07\x08", b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"BZh"),
        ("CB-F06", _("a packed archive"), _("Unpack it and name the file inside.")),
    ),
    (
        (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08"),
        ("CB-F04", _("the old Excel format before 1997"), SAVE_AS),
    ),
    ((b"%PDF",), ("CB-F08", _("a PDF document"), _("Name the workbook it was made of."))),
    ((b"{\\rtf",), ("CB-F08", _("a text document"), _("Name a workbook."))),
)
"""First bytes of files that are no workbooks."""


def archive_of(content: bytes) -> zipfile.ZipFile:
    """Open the zip archive that every workbook is, or say what the file is instead."""
    if not content.startswith(_ZIP):
        raise _other_kind(content)
    # Each entry of the directory carries this mark, so this bounds what opening it can cost.
    entries = content.count(b"PK\x01\x02")
    if entries > PARTS:
        found = _("{count} internal parts").format(count=grouped(entries))
        raise refuse("CB-F10", found, NEW_TEMPLATE, _("under 200, as in a normal file"))
    try:
        return zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise refuse("CB-F07", _("a damaged file, perhaps cut off"), DAMAGED) from None


def _other_kind(content: bytes) -> Refusal:
    """Say what a file is that is no zip archive."""
    if content.startswith(_OLE):
        return _compound(content)
    start = content[:4096]
    head = start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"").lower()
    if re.search(rb"<(?:!doctype html|html|table|head|body)\b|^mime-version:", head):
        return refuse("CB-F06b", _("a web page saved with an Excel name"), SAVE_AS)
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return refuse("CB-F21", _("an 'XML Spreadsheet 2003'"), SAVE_AS)
    for marks, refusal in _KINDS:
        if content.startswith(marks):
            return refuse(*refusal)
    if not content.strip(b"\0"):
        return refuse("CB-F07", _("a file of zeros only"), DAMAGED)
    found = _("a text file with an Excel name") if _is_text(start) else _("a file of another kind")
    return refuse("CB-F06", found, SAVE_AS)


def _compound(content: bytes) -> Refusal:
    """Tell apart the files in the container of old Office versions, which also wraps encrypted ones."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        advice = _(
            "Remove the password: File, Info, Protect Workbook, Encrypt with Password; leave it blank."
        )
        return refuse("CB-F05", _("a file protected by a password"), advice)
    if "WordDocument".encode("utf-16-le") in content:
        return refuse("CB-F08", _("a Word document"), _("Name a workbook."))
    if "PowerPoint Document".encode("utf-16-le") in content:
        return refuse("CB-F08", _("a PowerPoint presentation"), _("Name a workbook."))
    return refuse("CB-F04", _("the old Excel 97-2003 format"), _("Save it as .xlsx."))


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not any(byte < 9 or 13 < byte < 32 for byte in head if byte != 27)
