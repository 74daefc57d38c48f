"""What SECURITY.md promises: no connection to anybody, and the bounds that it names."""

import subprocess
import sys
from pathlib import Path

import pytest

from choosebattles.workbook import file_kind, xml_parts
from workbook.sheets import sheets, write

PROMISES = (Path(__file__).parents[1] / "SECURITY.md").read_text("utf-8")
WITHOUT_NETWORK = """
import os, sys

def refuse(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}:
        os.write(2, event.encode())
        os._exit(99)

sys.addaudithook(refuse)
from choosebattles.cli import main
sys.exit(main())
"""


def alone(*typed: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run a command that ends at the first connection to another machine or process."""
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_NETWORK, *typed],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    "typed",
    [
        (
            "report",
            "mine.xlsx",
            *["--html", "a.html", "--md", "a.md", "--docx", "a.docx", "--pptx", "a.pptx"],
        ),
        ("sweep", "mine.xlsx", "--parameter", "budget=50%..100%x3", "--workers", "1"),
    ],
    ids=lambda typed: typed[0],
)
def test_no_command_opens_a_connection(typed: tuple[str, ...], tmp_path: Path) -> None:
    write(tmp_path / "mine.xlsx", sheets())

    done = alone(*typed, folder=tmp_path)

    assert done.returncode == 0, done.stdout + done.stderr


def test_the_network_would_be_noticed(tmp_path: Path) -> None:
    write(tmp_path / "mine.xlsx", sheets())
    elsewhere = ("--parameter", "budget=50%..100%x3", "--cluster", "tcp://127.0.0.1:1")

    done = alone("sweep", "mine.xlsx", *elsewhere, folder=tmp_path)

    assert done.returncode == 99, done.stdout + done.stderr


def test_the_bounds_are_those_of_the_code() -> None:
    size, unpacked = (
        file_kind.FILE_SIZE // xml_parts.MEGABYTE,
        xml_parts.UNPACKED_SIZE // xml_parts.MEGABYTE,
    )

    assert f"files above {size} MB" in PROMISES
    assert f"more than {unpacked} MB together" in PROMISES.replace("\n", " ")
