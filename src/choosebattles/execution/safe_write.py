"""Writes a file so that an interrupted or failed run never harms the one that was there.

The new file is written beside the old one under another name, read back, and only then put in its
place in one step. Whoever is stopped in between, by a power cut or by hand, finds the old file whole.
"""

import errno
import os
import re
import secrets
import shutil
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

from choosebattles.errors import ChooseBattlesError, OutputError
from choosebattles.execution.overwriting import Guard, is_ours, why_read
from choosebattles.translation import _

WINDOWS = os.name == "nt"

STALE = 24 * 3600
"""Seconds after which a partial file of ours belongs to no running program any more."""

SIBLINGS = 100
"""How many names such as `results (2).xlsx` are tried."""

NAME = 50
"""Characters of the name that a partial file keeps, so that it never becomes too long itself."""

PATIENCE = (0.0, 0.1, 0.4)
"""Seconds before each try to put the file in place: virus scanners hold a new file for a moment."""

_PARTIAL = re.compile(r"\..+\.[0-9a-f]{16}\.partial", re.DOTALL)
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f]|[. ]$')
_WORDS = {
    errno.ENOSPC: _("the disk is full"),
    errno.EDQUOT: _("your space on the disk is used up"),
    errno.EFBIG: _("the file would be larger than allowed"),
    errno.EACCES: _("you may not write in this folder"),
    errno.EPERM: _("you may not write in this folder"),
    errno.EROFS: _("the disk is read-only"),
    errno.ENAMETOOLONG: _("the name or path is too long"),
    errno.EINVAL: _("the name has characters that are not allowed"),
    errno.ENOENT: _("there is no such folder"),
    errno.ENOTDIR: _("there is no such folder"),
}


@dataclass(frozen=True)
class Written:
    """Where a file was written.

    Parameters
    ----------
    path
        The file. It differs from the one asked for if that one was open in another program.
    note
        What the user should hear about it, one sentence or two; empty if all went as asked.
    """

    path: Path
    note: str = ""


def write_safely(
    path: Path,
    write: Callable[[Path], None],
    verify: Callable[[Path], None] | None = None,
    **guard: Unpack[Guard],
) -> Written:
    """Write a file so that the old one stays whole until the new one is known to be good.

    Parameters
    ----------
    path
        Where the file shall stand.
    write
        Writes the whole file to the path that it is given, whose name ends in ``.partial``.
    verify
        Reads the file back from the path that it is given and raises if it is not as it should be.
    guard
        Files that must never be overwritten (``inputs``), and whether a file that this program
        did not write may be (``overwrite``).

    Returns
    -------
    Written
        Where the file stands now, and a note if that is elsewhere.

    Raises
    ------
    OutputError
        If the file cannot be written. Nothing was changed then.
    """
    judge(path, str(path), **guard)
    _sweep(path.parent)
    partial = path.with_name(f".{path.name[:NAME]}.{secrets.token_hex(8)}.partial")
    try:
        _fill(partial, write)
        if verify is not None:
            verify(partial)
        with suppress(OSError):
            shutil.copymode(path, partial)
        return _put(partial, path)
    except ChooseBattlesError:
        raise
    except Exception as error:
        cause = _system_error(error)
        if cause is None:
            raise
        raise _refused("CB-O02", str(path), in_words(cause)) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def write_bytes(blob: bytes, path: Path, refusal: str, **guard: Unpack[Guard]) -> Written:
    """Write bytes as `write_safely` does, and keep them only if they read back.

    ``refusal`` is what is said where they do not.

    Raises
    ------
    OutputError
        If the file cannot be written, or reads back differently.
    """

    def write(partial: Path) -> None:
        partial.write_bytes(blob)

    def verify(partial: Path) -> None:
        if partial.read_bytes() != blob:
            raise OutputError(refusal)

    return write_safely(path, write, verify, **guard)


def _fill(partial: Path, write: Callable[[Path], None]) -> None:
    """Write the partial file through to the disk."""
    # Claiming the name first shows a full or read-only disk before any work is done.
    with partial.open("xb"):
        pass
    write(partial)
    with partial.open("rb+") as stream:
        os.fsync(stream.fileno())


def _put(partial: Path, path: Path) -> Written:
    """Put the finished file in its place, or beside it if another program holds that place."""
    if not _is_taken(path):
        for seconds in PATIENCE:
            time.sleep(seconds)
            with suppress(PermissionError):
                partial.replace(path)
                _settle(path.parent)
                return Written(path)
    sibling = _sibling(path)
    partial.replace(sibling)
    _settle(path.parent)
    note = _("CB-O01 {name} is open in another program, or protected. Saved as {sibling}.")
    return Written(sibling, note.format(name=path.name, sibling=sibling.name))


def _is_taken(path: Path) -> bool:
    """Say whether the file is protected, or LibreOffice or Excel has left its mark beside it."""
    marks = (f".~lock.{path.name}#", f"~${path.name}")
    marked = any(path.with_name(mark).exists() for mark in marks)
    return path.exists() and (marked or not os.access(path, os.W_OK))


def _sibling(path: Path) -> Path:
    """Return the first free name of the form `results (2).xlsx`."""
    for number in range(2, SIBLINGS):
        sibling = path.with_name(f"{path.stem} ({number}){path.suffix}")
        if not os.path.lexists(sibling):
            return sibling
    reason = _("it is open in another program, and so many copies stand beside it")
    raise _refused("CB-O01", str(path), reason)


def _settle(folder: Path) -> None:
    """Make the new name survive a power cut, where the system offers that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sweep(folder: Path) -> None:
    """Remove partial files that an interrupted run of ours left behind long ago."""
    with suppress(OSError):
        for file in folder.glob(".*.partial"):
            with suppress(OSError):
                facts = file.lstat()
                old = time.time() - facts.st_mtime > STALE
                if old and stat.S_ISREG(facts.st_mode) and _PARTIAL.fullmatch(file.name):
                    file.unlink()


def judge(path: Path, name: str, **guard: Unpack[Guard]) -> None:
    """Refuse a place where no file of ours should be written.

    Parameters
    ----------
    path
        The place.
    name
        What it is called in the message.
    guard
        Files that must never be overwritten, and whether a file of another program may be.

    Raises
    ------
    OutputError
        With the reason, and what to do.
    """
    try:
        if reason := why_read(path, guard.get("inputs", ())):
            raise _refused("CB-O03", name, reason)
        if reason := _unfit(path):
            raise _refused("CB-O02", name, reason)
        if path.exists() and not guard.get("overwrite") and not is_ours(path):
            reason = _("it is there already, and is not as choosebattles wrote it")
            advice = _("Choose another name, or add --overwrite if it may be lost.")
            raise _refused("CB-O05", name, reason, advice)
    except OSError as error:
        raise _refused("CB-O02", name, in_words(error)) from error


def make_folder(path: Path) -> None:
    """Make a folder, if it is not there.

    Raises
    ------
    OutputError
        Where it cannot be made.
    """
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        there = _("a file of this name is there already")
        reason = there if isinstance(error, FileExistsError) else in_words(error)
        raise _refused("CB-O02", str(path), reason) from error


def _unfit(path: Path) -> str:
    """Say why a file should not be written here, or nothing."""
    if not path.name or "\0" in str(path):
        return _("this is not the name of a file")
    if WINDOWS and (_FORBIDDEN.search(path.name) or _DEVICES.fullmatch(path.name)):
        return _("Windows does not allow this name")
    if not path.parent.is_dir():
        return _("there is no such folder")
    return _occupied(path)


def _occupied(path: Path) -> str:
    """Say why what stands here already must stay, or nothing."""
    if path.is_symlink():
        return _("it is a link to another file")
    if path.is_dir():
        return _("this is a folder")
    if path.exists() and not path.is_file():
        return _("this is a device, not a file")
    return ""


def _system_error(error: BaseException) -> OSError | None:
    """Find what the system said, also where a library has wrapped it."""
    for argument in (error, *error.args, error.__cause__, error.__context__):
        if isinstance(argument, OSError):
            return argument
    return None


def in_words(error: OSError) -> str:
    """Say in words why the system refused."""
    return _WORDS.get(error.errno or 0, error.strerror or str(error))


def _refused(code: str, name: str, reason: str, advice: str = "") -> OutputError:
    shown = name.encode("utf-8", "replace").decode()
    sentence = _("{code} {path} cannot be written: {reason}. Nothing was changed. {advice}")
    advice = advice or _("Choose another name or folder.")
    return OutputError(sentence.format(code=code, path=shown, reason=reason, advice=advice))
