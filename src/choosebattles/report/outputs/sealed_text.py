"""A text that is written with a seal, by which it is known later whether it was changed."""

from pathlib import Path
from typing import Unpack

from choosebattles.execution.overwriting import Guard, sealed
from choosebattles.execution.safe_write import Written, write_bytes
from choosebattles.translation import _


def write_sealed(text: str, path: Path, **guard: Unpack[Guard]) -> Written:
    """Write Markdown or HTML with its seal, so that a failure harms no earlier file.

    Parameters
    ----------
    text
        What is written.
    path
        Where it goes.
    guard
        Files that must never be overwritten (``inputs``), and whether a file that this program
        did not write may be (``overwrite``).

    Raises
    ------
    OutputError
        If the file cannot be written, or reads back differently.
    """
    refusal = _("The document was not kept, because it read back differently.")
    return write_bytes(sealed(text).encode(), path, refusal, **guard)
