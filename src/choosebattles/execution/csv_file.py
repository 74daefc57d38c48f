"""Tables as CSV, in a form by which the file is known again and that no reader of CSV minds.

Every heading stands in quotation marks and nothing else does that need not. Programs that save such
a file quote all texts or only what they must, so that what they saved is no longer known as ours.
What a text editor changes in such a file goes unseen, as in JSON.
"""

import csv
from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import TextIO

BYTE_ORDER_MARK = "\ufeff"
"""By which spreadsheets know that letters are in UTF-8."""


def write_rows(
    stream: TextIO, headings: Iterable[object], rows: Iterable[Iterable[object]]
) -> None:
    """Write headings and rows to a stream that leaves line ends as they are."""
    stream.write(BYTE_ORDER_MARK)
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerow(headings)
    csv.writer(stream).writerows(rows)


def is_our_csv(path: Path) -> bool:
    """Say whether a file stands, letter by letter, as ``write_rows`` would write what it holds.

    Raises
    ------
    OSError
        Where it cannot be read.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            if file.readline(len(BYTE_ORDER_MARK) + 1) != f'{BYTE_ORDER_MARK}"':
                return False
            file.seek(0)
            text = file.read()
        headings, *rows = csv.reader(StringIO(text.removeprefix(BYTE_ORDER_MARK), newline=""))
    except (ValueError, csv.Error):
        return False
    again = StringIO(newline="")
    write_rows(again, headings, rows)
    return again.getvalue() == text
