"""A CSV of this program is known again, is read by others as any, and is nobody's once saved anew."""

import csv
import io
from pathlib import Path

import pytest

from choosebattles.execution.csv_file import BYTE_ORDER_MARK, is_our_csv, write_rows

HEADINGS = ["Option", "Cost, million", "Title"]
ROWS: list[list[object]] = [
    ["CLOUD", 12.5, 'The "cloud"\nof all'],
    ["CSIRT", None, "team; incidents"],
    ["", -1, "Qendër e të dhënave"],
]


def text(headings: list[str] = HEADINGS) -> str:
    stream = io.StringIO(newline="")
    write_rows(stream, headings, ROWS)
    return stream.getvalue()


def ours(path: Path, content: bytes) -> bool:
    path.write_bytes(content)
    return is_our_csv(path)


def test_it_is_known_again_and_read_as_any_other(tmp_path: Path) -> None:
    assert ours(tmp_path / "x.csv", text().encode())

    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [
            HEADINGS,
            ["CLOUD", "12.5", 'The "cloud"\nof all'],
            ["CSIRT", "", "team; incidents"],
            ["", "-1", "Qendër e të dhënave"],
        ]


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_what_another_program_saves_is_not_ours(tmp_path: Path, end: str) -> None:
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC):
        stream = io.StringIO(newline="")
        csv.writer(stream, quoting=quoting, lineterminator=end).writerows([HEADINGS, *ROWS])
        saved = f"{BYTE_ORDER_MARK}{stream.getvalue()}"

        assert not ours(tmp_path / "x.csv", saved.encode()), quoting


def test_a_file_that_is_cut_short_or_no_table_is_not_ours(tmp_path: Path) -> None:
    whole = text().encode()

    for content in (
        whole[3:],  # no byte order mark
        whole.replace(b"\r\n", b"\n"),
        whole[:-2],
        whole.replace(b"CSIRT", b'"CSIRT"'),
        whole[:5] + b"\xff" + whole[5:],
        whole + b'"',
        BYTE_ORDER_MARK.encode(),
        BYTE_ORDER_MARK.encode() + b'"',
        BYTE_ORDER_MARK.encode() + b"Option,Cost\r\n",
    ):
        assert not ours(tmp_path / "x.csv", content), content[-40:]
