"""A study in one SQLite file: what it is of, and every piece of work as soon as it is done.

A piece is one transaction, on disk when it ends; whoever is stopped in between, by hand, by a
killed worker or by a power cut, finds all that was finished. Only the process that runs the study
writes, and holds the file for itself while it does.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Self

from choosebattles.errors import Fault, InputError, OutputError
from choosebattles.execution.safe_write import judge
from choosebattles.execution.task import DonePiece, Row
from choosebattles.translation import _, several

FORM = "choosebattles study 3"
"""What the file says of itself."""

DIGITS = "0123456789"

PROGRAM = "program"
"""The name under which an identity says with which version a study is done."""

SHOWN = 5
"""How many differences are named; the others are counted."""

OTHER = "CB-R20"

FINGERPRINT = re.compile(r" \([0-9a-f]{16}\)$")
"""What tells many values apart, behind their number; nobody can read it."""

Identity = Mapping[str, str]
"""What a study is of: the name of every number and word that its results depend on."""


class Study:
    """Pieces that are done, in memory or in a file that can be taken up again.

    Parameters
    ----------
    identity
        What the study is of. A file of another identity is refused.
    path
        The file; None keeps the pieces in memory alone.

    Raises
    ------
    InputError
        Where the file is no study, or one of something else: what differs is named.
    OutputError
        Where the file cannot be written, or another program is writing it.

    Attributes
    ----------
    taken_over
        Pieces that an earlier run has written.
    """

    def __init__(self, identity: Identity, path: Path | None = None) -> None:
        self.path = path
        self._seal = sha256(repr(sorted(identity.items())).encode()).hexdigest()
        self.taken_over = 0
        self._file = _opened(path)
        try:
            self._begin(identity)
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; nothing is lost, for every piece is on disk already."""
        self._file.close()

    def store(self, done: DonePiece, part: str = "") -> None:
        """Put a piece of a part of the study on disk; when this returns, a power cut cannot take it."""
        row = json.dumps(done.row, separators=(",", ":"), allow_nan=False)
        piece = (part, done.number, row, done.seconds)
        try:
            self._file.execute(
                "INSERT OR REPLACE INTO pieces VALUES (?, ?, ?, ?, ?)", (*piece, self._sum(piece))
            )
        except sqlite3.OperationalError as error:
            raise _unwritable(self.path, error) from error

    def _noted(self, key: str) -> str | None:
        query = "SELECT text FROM notes WHERE key = ?"
        found = self._file.execute(query, (key,)).fetchone()
        return None if found is None else str(found[0])

    def numbers(self, part: str = "") -> frozenset[int]:
        """Return the numbers of the pieces of a part that are done."""
        query = "SELECT number FROM pieces WHERE part = ?"
        return frozenset(number for (number,) in self._file.execute(query, (part,)))

    def row(self, number: int, part: str = "") -> Row:
        """Return what came of one piece that is done."""
        query = "SELECT row FROM pieces WHERE part = ? AND number = ?"
        (text,) = self._file.execute(query, (part, number)).fetchone()
        return self._row(number, text)

    def rows(self, count: int, part: str = "") -> Iterator[Row]:
        """Yield what came of the first so many pieces of a part, in the order of their numbers."""
        query = "SELECT number, row FROM pieces WHERE part = ? AND number < ? ORDER BY number"
        for number, text in self._file.execute(query, (part, count)):
            yield self._row(number, text)

    def _row(self, number: int, text: str) -> Row:
        """Return the row of a piece; whoever made the checksum need not have made it well."""
        try:
            row: Row = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise self.refused() from error
        if not isinstance(row, dict) or row.get("number") != number:
            raise self.refused()
        return row

    @property
    def seconds(self) -> float:
        """Return the seconds that workers took for the pieces that are done."""
        (total,) = self._file.execute("SELECT total(seconds) FROM pieces").fetchone()
        return float(total)

    def _begin(self, identity: Identity) -> None:
        try:
            self._file.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._file.execute("PRAGMA synchronous = FULL")
            self._file.execute("BEGIN EXCLUSIVE")
            if self._file.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]:
                raise _no_study(self.path)
            tables = {name for (name,) in self._file.execute("SELECT name FROM sqlite_master")}
            if tables:
                self._compare(identity, tables)
            else:
                self._make(identity)
            self._file.execute("COMMIT")
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            # Of tables and columns that are missing SQLite speaks as of a disk that is full.
            odd = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) == sqlite3.SQLITE_ERROR
            if isinstance(error, sqlite3.OperationalError) and not odd:
                raise _unwritable(self.path, error) from error
            raise _no_study(self.path) from error

    def _make(self, identity: Identity) -> None:
        self._file.execute("CREATE TABLE notes (key TEXT PRIMARY KEY, text TEXT)")
        self._file.execute("CREATE TABLE identity (name TEXT PRIMARY KEY, value TEXT)")
        self._file.execute(
            "CREATE TABLE pieces (part TEXT, number INTEGER, row TEXT, seconds REAL, sum TEXT, "
            "PRIMARY KEY (part, number))"
        )
        self._file.execute("INSERT INTO notes VALUES ('form', ?)", (FORM,))
        self._file.executemany("INSERT INTO identity VALUES (?, ?)", identity.items())

    def _compare(self, identity: Identity, tables: set[str]) -> None:
        form = self._noted("form") if "notes" in tables else None
        if form is not None and form != FORM and form.startswith(FORM.rstrip(DIGITS)):
            raise _of_another_version(self.path)
        if not {"notes", "identity", "pieces"} <= tables or form != FORM:
            raise _no_study(self.path)
        listed = self._file.execute("SELECT name, value FROM identity")
        before = {str(name): str(value) for name, value in listed}
        if before != identity:
            program = before.get(PROGRAM) != identity.get(PROGRAM)
            raise _another(self.path, tuple(_differences(before, identity)), program=program)
        self._leave_out_damage()

    def _leave_out_damage(self) -> None:
        """Leave out pieces that are not as they were written: they are done again."""
        damaged = []
        for *piece, seal in self._file.execute(
            "SELECT part, number, row, seconds, sum FROM pieces"
        ):
            if self._sum(piece) == seal:
                self.taken_over += not piece[0]
            else:
                damaged.append(piece[:2])
        self._file.executemany("DELETE FROM pieces WHERE part IS ? AND number IS ?", damaged)

    def _sum(self, piece: Iterable[object]) -> str:
        """Return the checksum of a piece of this study."""
        return sha256(json.dumps([self._seal, *piece], default=repr).encode()).hexdigest()

    def refused(self) -> InputError:
        """Return the error of a study that says what is not so."""
        found = _("numbers that a recount does not confirm")
        expected = _("a study as this program has written it")
        advice = _("Name another file under --study: a new study begins there.")
        return InputError([Fault("", "", "", str(self.path), OTHER, found, expected, advice)])


def _opened(path: Path | None) -> sqlite3.Connection:
    if path is not None:
        judge(path, str(path), overwrite=True)  # what is no study is refused when it is read
    try:
        file = sqlite3.connect(
            ":memory:" if path is None else path, isolation_level=None, timeout=1
        )
    except sqlite3.OperationalError as error:
        raise _unwritable(path, error) from error
    file.text_factory = _read_text
    return file


def _read_text(stored: bytes) -> str:
    """Read damaged letters too: a checksum tells them, or the difference in the identity."""
    return stored.decode("utf-8", "replace")


def _differences(before: Identity, now: Identity) -> Iterator[str]:
    for name in sorted(before.keys() | now.keys()):
        one, two = before.get(name), now.get(name)
        if one == two:
            continue
        if one is None:
            yield _("{name} is new: {now}").format(name=name, now=two)
        elif two is None:
            yield _("{name} is gone; it was {before}").format(name=name, before=one)
        else:
            one, two = FINGERPRINT.sub("", one), FINGERPRINT.sub("", two)
            text = _("{name} was {before} and is {now}")
            if one == two:
                text = _("{name}: {now}, as before, but with other values")
            yield text.format(name=name, before=one, now=two)


def _another(path: Path | None, differences: Sequence[str], *, program: bool) -> InputError:
    shown = "; ".join(differences[:SHOWN])
    if len(differences) > SHOWN:
        more = several("and {number} more", "and {number} more", len(differences) - SHOWN)
        shown += "; " + more.format(number=len(differences) - SHOWN)
    expected = _("the case and the settings that the study was begun with")
    advice = (
        _("Use the program it was begun with to go on with it, or name another file to begin anew.")
        if program
        else _("Undo the change to go on with it, or name another file to begin anew.")
    )
    return InputError([Fault("", "", "", str(path), OTHER, shown, expected, advice)])


def _of_another_version(path: Path | None) -> InputError:
    found = _("a study that another version of the program has written")
    expected = _("one of this version, or a name that is free")
    advice = _("The file was left as it is. Use that version, or name another file under --study.")
    return InputError([Fault("", "", "", str(path), OTHER, found, expected, advice)])


def _no_study(path: Path | None) -> InputError:
    found = _("no study, or one that is damaged")
    expected = _("a study, or a name that is free")
    advice = _("The file was left as it is. Name another one under --study.")
    return InputError([Fault("", "", "", str(path), OTHER, found, expected, advice)])


def _unwritable(path: Path | None, error: sqlite3.OperationalError) -> OutputError:
    busy = "locked" in str(error)
    sentence = (
        _("CB-O01 {path}: another program is at work on this study. Wait until it has ended.")
        if busy
        else _("CB-O02 {path}: the study cannot be written ({reason}). Name another file.")
    )
    return OutputError(sentence.format(path=path, reason=error))
