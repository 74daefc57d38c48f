"""Office files are archives: packed anew, the same content gives the same bytes."""

import re
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Unpack
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from choosebattles.errors import OutputError
from choosebattles.execution.overwriting import MARK, Guard
from choosebattles.execution.safe_write import Written, write_safely
from choosebattles.report.document import Document

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date that every part of an archive gets."""

_DATE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def packed(blob: bytes, made: datetime) -> bytes:
    """Return an Office file with its dates put to one moment, workbooks inside it too.

    Parameters
    ----------
    blob
        The file.
    made
        When it was made.
    """
    moment = made.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    stream = BytesIO()
    with ZipFile(BytesIO(blob)) as old, ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=9) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _DATE.sub(rb"\g<1>" + moment + rb"\g<2>", part)
            elif name.endswith(".xlsx"):
                part = packed(part, made)
            entry = ZipInfo(name, EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3
            new.writestr(entry, part)
    return stream.getvalue()


def describe(properties: Any, document: Document, made: datetime) -> None:
    """Write into the properties of an Office file what it says, who made it and when."""
    properties.title = document.subject[:250]
    properties.author = properties.last_modified_by = "choosebattles"
    properties.subject = document.headline[:250]
    properties.created = properties.modified = made.replace(tzinfo=None, microsecond=0)
    properties.content_status = MARK
    properties.revision = 1


def write_packed(
    office: Any,
    path: Path,
    moment: datetime,
    opened: Callable[[Any], Any],
    contents: Callable[[Any], list[Any]],
    refusal: str,
    **guard: Unpack[Guard],
) -> Written:
    """Write an Office file so that a failure harms no earlier one, and only if it reads back.

    Parameters
    ----------
    office
        What the library made; it saves itself to a stream.
    path
        Where the file goes.
    moment
        The date that the file bears.
    opened
        Opens a file of the kind from a stream.
    contents
        Returns what such a file says: texts and numbers, in order.
    refusal
        What is said where the file reads back differently.
    guard
        Files that must never be overwritten (``inputs``), and whether a file that this program
        did not write may be (``overwrite``).

    Raises
    ------
    OutputError
        If the file cannot be written, or reads back differently.
    """
    meant = contents(office)
    stream = BytesIO()
    office.save(stream)
    blob = packed(stream.getvalue(), moment)

    def write(partial: Path) -> None:
        partial.write_bytes(blob)

    def read_back(partial: Path) -> None:
        with partial.open("rb") as file:
            found = contents(opened(file))
        if found != meant:
            raise OutputError(refusal)

    return write_safely(path, write, read_back, **guard)
