"""Text files of strangers are refused quickly, with a code and a place, or read."""

import time
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from choosebattles.errors import InputError
from choosebattles.workbook.text_file import DEPTH, NUMBER, SIZE, TextKind, read_json, read_toml

KIND = TextKind("CB-F25", "a list of members")

Read = Callable[[Path, TextKind], dict[str, Any]]

SECONDS = 3.0
"""Of processor time: ten times what the slowest of them takes."""


def refused(path: Path, read: Read, content: bytes) -> str:
    """The sentence by which a file is refused."""
    path.write_bytes(content)
    began = time.process_time()
    with pytest.raises(InputError) as caught:
        read(path, KIND)
    assert time.process_time() - began < SECONDS
    (fault,) = caught.value.faults
    return str(fault)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"a = " + b"[" * 900 + b"]" * 900, "more than 40 levels in line 1"),
        (b"b = 1\n" + b"a." * 20_000 + b"a = 1", "more than 40 levels in line 2"),
        (b"a = {" + b"b = {" * 60 + b"}" * 61, "more than 40 levels in line 1"),
        (b"[" + b"a." * 60 + b"a]", "more than 40 levels in line 1"),
        (b"a = 1e16", "CB-F25 a: found a number beyond that"),
        (b"[[b]]\na = [1, -1e999999999]", "CB-F25 b[1].a[2]: found a number beyond that"),
        (b"a = inf", "CB-F25 a: found a number beyond that"),
        (b"a = nan", "CB-F25 a: found a number beyond that"),
        (b"a = 0x" + b"f" * 900_000, "CB-F25 a: found a number beyond that"),
        (b"a = " + b"9" * 900_000, "what is no TOML"),
        (b"a = 1\nb = = 2", "what is no TOML in line 2"),
        (b'"' + b'\\"' * 400_000, "what is no TOML"),
        (b"a = 1\n\xff", "letters in line 2 that are not UTF-8"),
        (b"#" * (SIZE + 1), "more than 1 MB"),
    ],
)
def test_toml_that_breaks_a_measure(tmp_path: Path, content: bytes, found: str) -> None:
    assert found in refused(tmp_path / "a.toml", read_toml, content)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b'{"a": ' + b"[" * 200_000, "more than 40 levels in line 1"),
        (b'{"a":\n' * 41 + b"1" + b"}" * 41, "more than 40 levels in line 41"),
        (b'{"set": {"a": 1e999}}', "CB-F25 set.a: found a number beyond that"),
        (b'{"a": 1e999999999999999999999}', "CB-F25"),
        (b'{"a": NaN}', "what is no JSON"),
        (b'{"a": -Infinity}', "what is no JSON"),
        (b"[1]", "JSON of another kind"),
        (b'{"a": 1,\n?}', "what is no JSON in line 2"),
        (b'{"' + b'\\"' * 400_000, "what is no JSON"),
        (b'{"a": "' + b" " * SIZE + b'"}', "more than 1 MB"),
    ],
)
def test_json_that_breaks_a_measure(tmp_path: Path, content: bytes, found: str) -> None:
    assert found in refused(tmp_path / "a.json", read_json, content)


@pytest.mark.parametrize("read", [read_toml, read_json])
def test_what_is_no_file(tmp_path: Path, read: Read) -> None:
    for path in (tmp_path / "none", tmp_path, Path("a\0b"), tmp_path / ("a" * 400)):
        with pytest.raises(InputError, match=r"CB-F2[23]"):
            read(path, KIND)


def test_what_keeps_every_measure_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(
        b'\xef\xbb\xbf"[.[.[" = "{{{.{{"\r\nn = 1e15\r\nm = -1000000000000000 # [[[[\r\n'
         b"s = '''" + b"[." * 100 + b"'''\r\n" + b"".join(b"k%d = 1.5\r\n" % n for n in range(99))
    )  # fmt: skip
    tree = read_toml(path, KIND)
    assert (tree["n"], tree["m"], tree["[.[.["]) == (Decimal(NUMBER), -NUMBER, "{{{.{{")

    path.write_bytes(b'\xef\xbb\xbf{"a": "' + b"[" * 99 + b'\\"{{", "b": [[1.5]]}')
    assert read_json(path, KIND) == {"a": "[" * 99 + '"{{', "b": [[Decimal("1.5")]]}


@given(st.integers(2, 2 * DEPTH))
def test_the_depth_is_the_same_in_both(tmp_path_factory: pytest.TempPathFactory, deep: int) -> None:
    path = tmp_path_factory.mktemp("deep") / "a"
    for read, begins, ends in ((read_toml, "a = ", ""), (read_json, '{"a": ', "}")):
        lists = deep if read is read_toml else deep - 1
        path.write_text(f"{begins}{'[' * lists}{']' * lists}{ends}", encoding="utf-8")
        try:
            read(path, KIND)
        except InputError:
            assert deep >= DEPTH
        else:
            assert deep <= DEPTH


@given(st.text(alphabet="[]{}.=,'\"\\#\n a1e-", max_size=60))
def test_any_text_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: str
) -> None:
    path = tmp_path_factory.mktemp("any") / "a"
    path.write_text(content, encoding="utf-8")
    for read in (read_toml, read_json):
        with suppress(InputError):
            read(path, KIND)
