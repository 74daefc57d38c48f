"""Office files are archives: packed anew, the same content gives the same bytes."""

import re
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

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
