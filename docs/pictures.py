"""Draw the pictures of the example's results: ``make pictures``.

Solves the shipped example, lets LibreOffice print the results and poppler draw the pages, cuts
the white margins off, and writes ``docs/pictures/*.png``.
"""

import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import numpy as np

from choosebattles.report.xlsx import write_results
from choosebattles.shipped import shipped
from choosebattles.solving.method import solve
from choosebattles.workbook.reader import read

PICTURES = Path(__file__).parent / "pictures"
SHEETS = {"Summary": "summary.png", "Plan": "plan.png", "Services": "services.png"}
DOTS = 96
"""Dots an inch."""
FOOTER = 0.06
"""Share of a page's height that its footer takes."""
EDGE = 12
"""White dots that are left around."""
COLOURS = 256
COARSE = 4
"""Lightness is drawn in steps of so many, which makes files smaller."""


def main() -> None:
    """Draw every picture."""
    office, poppler, reader = (program(each) for each in ("soffice", "pdftoppm", "pdftotext"))
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        case = read([shipped("inputs") / "albania.xlsx"]).case
        write_results(solve(case), here / "results.xlsx")
        profile = f"-env:UserInstallation={(here / 'profile').as_uri()}"
        command = [office, "--headless", profile, "--convert-to", "pdf", "--outdir", folder]
        run([*command, str(here / "results.xlsx")])
        printed = here / "results.pdf"
        text = run([reader, "-layout", str(printed), "-"]).decode()
        for number, page in enumerate(text.split("\f"), 1):
            found = re.search(r"\w+: (\w+) \(illustrative figures\)", page)
            name = SHEETS.get(found[1]) if found else None
            if name and not (here / name).exists():
                span = ["-f", str(number), "-l", str(number)]
                drawn = run([poppler, *span, "-r", str(DOTS), str(printed)])
                (here / name).write_bytes(png(cropped(pixels(drawn))))
                shutil.copy(here / name, PICTURES / name)
    missing = [name for name in SHEETS.values() if not (PICTURES / name).exists()]
    if missing:
        sys.exit(f"Not drawn: {', '.join(missing)}. The printed results have no such page.")


def program(name: str) -> str:
    """Return where a program is, or end with what is missing."""
    found = shutil.which(name)
    if found is None:
        package = "LibreOffice" if name == "soffice" else "poppler (poppler-utils)"
        sys.exit(f"The pictures need {package}: the program {name} was not found. Install it.")
    return found


def run(command: list[str]) -> bytes:
    """Run a program and return what it prints."""
    return subprocess.run(command, check=True, capture_output=True, timeout=300).stdout


def pixels(drawn: bytes) -> np.ndarray:
    """Return the colours of a picture in PPM, by row and column."""
    head = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", drawn)
    assert head is not None
    width, height = int(head[1]), int(head[2])
    return np.frombuffer(drawn[head.end() :], np.uint8).reshape(height, width, 3)


def cropped(picture: np.ndarray) -> np.ndarray:
    """Return a page without its footer and its white margins."""
    page = picture[: int(len(picture) * (1 - FOOTER))]
    inked = (page < 250).any(axis=2)
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    top, left = max(0, rows[0] - EDGE), max(0, columns[0] - EDGE)
    return page[top : rows[-1] + EDGE, left : columns[-1] + EDGE]


def png(picture: np.ndarray) -> bytes:
    """Return a picture as PNG, in the colours that it has most of."""
    coarse = np.where(picture > 255 - COARSE, 255, picture // COARSE * COARSE)
    height, width = coarse.shape[:2]
    there, place, times = np.unique(
        coarse.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True
    )
    colours = there[np.argsort(-times)[:COLOURS]]
    apart = np.abs(there[:, None].astype(int) - colours[None].astype(int)).sum(axis=2)
    rows = apart.argmin(axis=1).astype(np.uint8)[place].reshape(height, width)
    data = zlib.compress(np.hstack([np.zeros((height, 1), np.uint8), rows]).tobytes(), 9)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    palette = colours.astype(np.uint8).tobytes()
    parts = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in parts)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


if __name__ == "__main__":
    main()
