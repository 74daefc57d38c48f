"""Whatever happens while a file is written, the old one stays whole."""

import errno
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from choosebattles.errors import OutputError
from choosebattles.execution.overwriting import sealed
from choosebattles.execution.safe_write import STALE, Written, write_safely

OLD, NEW = sealed("old" * 1000).encode(), b"new" * 2000


def writes(content: bytes = NEW) -> Callable[[Path], None]:
    """A way to write this content."""

    def write(path: Path) -> None:
        path.write_bytes(content)

    return write


def fails(error: BaseException) -> Callable[[Path], None]:
    """A way to write half of it and then fail."""

    def write(path: Path) -> None:
        path.write_bytes(NEW[:100])
        raise error

    return write


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """A folder with just the results of an earlier run."""
    path = tmp_path / "results.xlsx"
    path.write_bytes(OLD)
    return path


def untouched(results: Path) -> bool:
    """Whether the old file is whole and nothing else is left in the folder."""
    names = [file.name for file in results.parent.iterdir()]
    return results.read_bytes() == OLD and names == [results.name]


def refused(path: Path, **arguments: object) -> str:
    """The sentence with which a file is not written."""
    with pytest.raises(OutputError) as caught:
        write_safely(path, writes(), **arguments)  # type: ignore[arg-type]
    return str(caught.value)


def test_a_new_file_is_written(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"

    assert write_safely(path, writes()) == Written(path)
    assert path.read_bytes() == NEW
    assert list(tmp_path.iterdir()) == [path]


def test_an_old_file_is_replaced_only_after_the_new_one_was_read_back(results: Path) -> None:
    seen = []

    def verify(partial: Path) -> None:
        seen.append((partial.read_bytes(), results.read_bytes(), partial.name))

    write_safely(results, writes(), verify)

    ((new, old, name),) = seen
    assert (new, old) == (NEW, OLD)
    assert name.startswith(".results.xlsx.")
    assert name.endswith(".partial")
    assert results.read_bytes() == NEW


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
def test_a_failing_disk_is_told_and_harms_nothing(results: Path, number: int, reason: str) -> None:
    with pytest.raises(OutputError) as caught:
        write_safely(results, fails(OSError(number, os.strerror(number))))

    assert str(caught.value) == (
        f"CB-O02 {results} cannot be written: {reason}. Nothing was changed. "
        "Choose another name or folder."
    )
    assert untouched(results)


def test_a_failure_that_a_library_wraps_is_told_too(results: Path) -> None:
    def write(_path: Path) -> None:
        raise xlsxwriter.exceptions.FileCreateError(OSError(errno.ENOSPC, "No space"))

    with pytest.raises(OutputError, match="the disk is full"):
        write_safely(results, write)

    assert untouched(results)


@pytest.mark.parametrize("error", [ValueError("a bug"), KeyboardInterrupt(), OutputError("ours")])
def test_any_other_failure_passes_through_and_harms_nothing(
    results: Path, error: BaseException
) -> None:
    with pytest.raises(type(error)):
        write_safely(results, fails(error))
    assert untouched(results)

    with pytest.raises(type(error)):
        write_safely(results, writes(), fails(error))
    assert untouched(results)


def test_an_input_is_never_overwritten_however_it_is_spelt(results: Path) -> None:
    folder = results.parent / "plans"
    folder.mkdir()
    hard = results.with_name("hard.xlsx")
    os.link(results, hard)
    spellings = [results, folder / ".." / "results.xlsx", hard, Path(os.path.relpath(results))]
    soft = results.with_name("soft.xlsx")
    soft.symlink_to(results)

    for spelling in [*spellings, soft]:
        assert refused(spelling, inputs=[results]).startswith("CB-O03")
        assert refused(results, inputs=[spelling]).startswith("CB-O03")
    assert results.read_bytes() == OLD


def test_an_output_that_does_not_exist_yet_is_no_input(results: Path) -> None:
    path = results.with_name("new.xlsx")

    assert write_safely(path, writes(), inputs=[results]) == Written(path)


def test_places_where_no_file_belongs_are_refused(results: Path) -> None:
    link = results.with_name("link.xlsx")
    link.symlink_to(results)
    dangling = results.with_name("dangling.xlsx")
    dangling.symlink_to(results.with_name("nowhere.xlsx"))

    assert "it is a link to another file" in refused(link)
    assert "it is a link to another file" in refused(dangling)
    assert "this is a folder" in refused(results.parent)
    assert "there is no such folder" in refused(results.parent / "nowhere" / "results.xlsx")
    assert "there is no such folder" in refused(results / "results.xlsx")
    assert "this is not the name of a file" in refused(Path("/"))
    assert "this is not the name of a file" in refused(results.with_name("a\0.xlsx"))
    assert refused(results.with_name("x" * 300)).startswith("CB-O02")
    assert refused(Path(os.devnull)).startswith("CB-O02")
    assert results.read_bytes() == OLD


def test_a_long_name_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / f"{'x' * 200}.xlsx"

    assert write_safely(path, writes()).path.read_bytes() == NEW


@pytest.mark.parametrize("name", ["con", "NUL.xlsx", "a:b.xlsx", "a?.xlsx", "a.xlsx "])
def test_names_that_windows_does_not_allow_are_refused_there(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / name
    monkeypatch.setattr("choosebattles.execution.safe_write.WINDOWS", True)

    assert "Windows does not allow this name" in refused(path)


@pytest.mark.parametrize("mark", [".~lock.results.xlsx#", "~$results.xlsx"])
def test_a_file_that_is_open_elsewhere_gets_a_sibling(results: Path, mark: str) -> None:
    results.with_name(mark).write_text("A clerk", encoding="utf-8")

    first, second = (write_safely(results, writes()) for _time in range(2))

    assert first == Written(
        results.with_name("results (2).xlsx"),
        "CB-O01 results.xlsx is open in another program, or protected. Saved as results (2).xlsx.",
    )
    assert second.path.name == "results (3).xlsx"
    assert results.read_bytes() == OLD
    assert first.path.read_bytes() == NEW


def test_a_file_that_cannot_be_replaced_gets_a_sibling(
    results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where a workbook that is open in Excel can be read but not replaced."""
    replace = Path.replace

    def held(self: Path, target: Path) -> Path:
        if target == results:
            raise PermissionError(errno.EACCES, "Access is denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", held)

    written = write_safely(results, writes())

    assert written.path.name == "results (2).xlsx"
    assert written.note.startswith("CB-O01")
    assert written.path.read_bytes() == NEW
    assert results.read_bytes() == OLD
    assert len(list(results.parent.iterdir())) == 2


def test_only_old_partial_files_of_ours_are_swept(results: Path) -> None:
    ours = f".results.xlsx.{'0a' * 8}.partial"
    names = [ours, f".other.html.{'1b' * 8}.partial", ".download.partial", "thesis.partial"]
    for name in names:
        path = results.with_name(name)
        path.write_bytes(b"half")
        os.utime(path, (time.time() - STALE - 60,) * 2)
    fresh = results.with_name(f".results.xlsx.{'2c' * 8}.partial")
    fresh.write_bytes(b"half")

    write_safely(results, writes())

    left = {file.name for file in results.parent.iterdir()}
    assert left == {"results.xlsx", ".download.partial", "thesis.partial", fresh.name}


CHILD = """
import sys
from pathlib import Path
from choosebattles.execution.overwriting import sealed
from choosebattles.execution.safe_write import write_safely

def write(path):
    with path.open("wb") as stream:
        for _piece in range(64):
            stream.write(letter * 4096)
            stream.flush()

turn = 0
while True:
    letter = b"abcdefgh"[turn % 8 :][:1]
    write_safely(Path(sys.argv[1]), write)
    turn += 1
    if turn == 1:
        print(flush=True)
"""


def test_killing_the_program_at_any_moment_loses_nothing(tmp_path: Path) -> None:
    """Fifty kills while whole files of one letter are written over each other without a pause."""
    chance = random.Random(7)
    path = tmp_path / "results.xlsx"
    path.write_bytes(b"o" * 262_144)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    for _kill in range(50):
        with subprocess.Popen(
            [sys.executable, "-S", "-c", CHILD, str(path)],
            stdout=subprocess.PIPE,
            env=environment,
        ) as child:
            assert child.stdout
            child.stdout.readline()
            time.sleep(chance.uniform(0, 0.03))
            child.kill()
        content = path.read_bytes()
        assert len(content) == 262_144
        assert content == content[:1] * 262_144
