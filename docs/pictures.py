"""Draw the pictures of what the example's results look like: ``make pictures``.

Solves the shipped example, writes everything that is presented, lets LibreOffice print it and
poppler draw the pages, and Chromium the live page where it is installed; cuts the white margins
off and writes ``docs/pictures/*.png``.
"""

import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from PIL import Image

from choosebattles.audit.points_and_weights import ScoreScale
from choosebattles.case.parameter import hold_scale
from choosebattles.explain.precomputed import RESOLUTION, precompute
from choosebattles.frontier.plans import Wanted
from choosebattles.frontier.trace import trace
from choosebattles.report.answers.frontier import document as frontier_document
from choosebattles.report.answers.plan.document import document
from choosebattles.report.answers.presented.sections import Besides
from choosebattles.report.outputs.slides.deck import write_slides
from choosebattles.report.outputs.word import write_word
from choosebattles.report.outputs.workbook.writer import write_workbook
from choosebattles.report.page.writer import PageRequest, write_page
from choosebattles.report.provenance import Provenance
from choosebattles.report.results_workbook import write_results
from choosebattles.report.view_model import tell
from choosebattles.shipped_files import shipped
from choosebattles.solving.options import Options
from choosebattles.solving.solve import solve
from choosebattles.workbook.reader import read

PICTURES = Path(__file__).parent / "pictures"
DOTS = 96
"""Dots an inch of a page; a slide, which is larger, has fewer."""
SLIDE_DOTS = 66
FOOTER = 0.06
"""Share of a page's height that its footer takes."""
EDGE = 12
"""White dots that are left around."""
COLOURS = 256
COARSE = 4
"""Lightness is drawn in steps of so many, which makes files smaller."""
GAP = 0.005
WINDOW = (1180, 1500)
"""Dots of the browser's window."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Shot:
    """A picture: which printed file, a pattern that its page has, its name."""

    file: str
    has: str
    name: str
    dots: int = DOTS
    whole: bool = False
    """Whether the page is drawn with its margins and footer: slides and documents are."""


SHOTS = (
    Shot("results", r"\w+: Summary \(illustrative figures\)", "summary.png"),
    Shot("results", r"\w+: Plan \(illustrative figures\)", "plan.png"),
    Shot("results", r"\w+: Services \(illustrative figures\)", "services.png"),
    # The page of waterfalls: it has no numbers in two decimals, which the table has.
    Shot("results", r"(?s)^(?!.*\d\.\d\d\b).*before.*\w+: Contributions", "contributions.png"),
    Shot("frontier", r"Trade-off", "frontier.png"),
    Shot("slides", r"Approve ", "slide-decision.png", SLIDE_DOTS, whole=True),
    Shot("slides", r"What is done", "slide-timeline.png", SLIDE_DOTS, whole=True),
    Shot("slides", r"What is available", "slide-money.png", SLIDE_DOTS, whole=True),
    Shot("slides", r"Shock, the worst first", "slide-services.png", SLIDE_DOTS, whole=True),
    Shot("slides", r"Each cell: what remains", "slide-services.png", SLIDE_DOTS, whole=True),
    Shot("document", r"1\. The decision", "document.png", SLIDE_DOTS, whole=True),
)
LIVE = "page.png"


def main() -> None:
    """Draw every picture."""
    office, poppler, reader = (program(each) for each in ("soffice", "pdftoppm", "pdftotext"))
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        written(here)
        profile = f"-env:UserInstallation={(here / 'profile').as_uri()}"
        command = [office, "--headless", profile, "--convert-to", "pdf", "--outdir", folder]
        missing = []
        for name in ("results.xlsx", "frontier.xlsx", "slides.pptx", "document.docx"):
            run([*command, str(here / name)])
        for shot in SHOTS:
            printed = here / f"{shot.file}.pdf"
            pages = run([reader, "-layout", str(printed), "-"]).decode().split("\f")
            number = next((n for n, page in enumerate(pages, 1) if re.search(shot.has, page)), 0)
            if not number:
                missing.append(shot.name)
                continue
            span = ["-f", str(number), "-l", str(number)]
            drawn = pixels(run([poppler, *span, "-r", str(shot.dots), str(printed)]))
            page = drawn if shot.whole else cropped(drawn)
            (PICTURES / shot.name).write_bytes(png(page))
        live(here)
    if missing:
        sys.exit(f"Not drawn: {', '.join(missing)}. No printed page is as it was looked for.")


def written(here: Path) -> None:
    """Write everything that is presented of the example into a folder."""
    path = shipped("inputs") / "albania.xlsx"
    reading = read([path])
    if reading.case is None:
        sys.exit("The example cannot be read: python inputs/build.py")
    case = hold_scale(reading.case, ScoreScale(reading.case).points_for_100)
    outcome = solve(case, Options(gap=GAP))
    origin = Provenance.of([path], reading.doubts, reading.notices, reading.totals)
    precomputed = precompute(outcome, gap=GAP)
    frontier = precomputed.frontier
    if frontier is None:
        frontier = trace(case, resolution=RESOLUTION, plans=Wanted.ONE)
    made = datetime.now(UTC)
    story = tell(outcome, origin)
    told = document(outcome, story, origin, besides=Besides(frontier), made=made.date())
    write_results(outcome, here / "results.xlsx", provenance=origin)
    write_workbook(frontier_document(frontier), here / "frontier.xlsx")
    write_slides(told, here / "slides.pptx", made=made)
    write_word(told, here / "document.docx", made=made)
    write_page(outcome, here / "page.html", PageRequest(precomputed, origin))


def live(here: Path) -> None:
    """Draw the live page as a browser shows it, where one is installed."""
    browser = next((found for each in BROWSERS if (found := shutil.which(each))), None)
    if browser is None:
        print("No Chromium: the picture of the live page stays as it is.")  # noqa: T201
        return
    width, tall = WINDOW
    shot = here / LIVE
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    command += [f"--user-data-dir={here / 'browser'}", f"--window-size={width},{tall}"]
    command += ["--virtual-time-budget=8000", f"--screenshot={shot}"]
    run([*command, (here / "page.html").as_uri()])
    with Image.open(shot) as picture:
        (PICTURES / LIVE).write_bytes(png(np.asarray(picture.convert("RGB"))))


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
    inked = np.any(page < 250, axis=2)
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
