"""Runs commands and collects all that they print and write, sentence by sentence."""

import importlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

import highspy
from pptx import Presentation
from typer.testing import CliRunner

from choosebattles.cli import app_for
from golden.record import Unproved
from golden.texts import READERS

BUG = 1
"""The exit code of a command that failed."""
WIDE = "4000"
"""Columns of a terminal on which no sentence is broken."""

DOORS: Mapping[str, Mapping[str, str]] = {
    "solve": {"found": "choosebattles.cli.best_plan.solve"},
    "report": {
        "found": "choosebattles.cli.report.solve",
        "frontier": "choosebattles.cli.report.trade_off",
        "prices": "choosebattles.cli.report.prices_of",
    },
    "frontier": {"frontier": "choosebattles.cli.frontier.trace"},
    "explain": {"explanation": "choosebattles.cli.explain.explain_plan"},
    "alternatives": {"alternatives": "choosebattles.cli.alternatives.alternatives"},
    "own": {"own": "choosebattles.cli.own.own_plan"},
}
"""Where a command hands over what was found to those who tell it, by command."""


@dataclass(frozen=True)
class Grid:
    """A table as it is read: its heads, and the rows with their totals."""

    where: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass
class Told:
    """All that a command said: on the screen and in files, and what it had found."""

    exit_code: int = 0
    found: Any = None
    frontier: Any = None
    prices: Any = None
    alternatives: Any = None
    own: Any = None
    explanation: Any = None
    texts: dict[str, str] = field(default_factory=dict)
    """Where each sentence stood first, by the sentence."""
    grids: list[Grid] = field(default_factory=list)


LITTLE_WORK = 0.03
"""Units of work in which a trade-off is begun, and not ended."""


class Hasty(highspy.Highs):  # type: ignore[misc] # the library has no types
    """A solver whose time is over as soon as it has one plan, seldom the best."""

    def run(self) -> Any:
        """Search for one plan alone."""
        self.setOptionValue("mip_max_improving_sols", 1)
        self.setOptionValue("presolve", "off")
        return super().run()

    def getModelStatus(self) -> Any:
        """Return that the time is over where the search ended at its first plan."""
        status = super().getModelStatus()
        ended = status == highspy.HighsModelStatus.kSolutionLimit
        return highspy.HighsModelStatus.kTimeLimit if ended else status


@contextmanager
def unfinished(way: int) -> Iterator[None]:
    """Let searches stop before a proof: with the best plan, with another, or after little work."""
    with ExitStack() as patches:
        patches.enter_context(patch("highspy.Highs", Hasty if way % 2 else Unproved))
        if way % 3 == 0:
            patches.enter_context(patch("choosebattles.cli.report.WORK", LITTLE_WORK))
        yield


def run(folder: Path, *typed: str, files: Sequence[str] = ()) -> Told:
    """Run a command in this process, with the files that it is asked to write."""
    command = [*typed, "--overwrite"]
    for file in files:
        (folder / file).unlink(missing_ok=True)
        option = "--html" if file.endswith(".html") else "-o"
        command += [option, str(folder / file)]
    told = Told()
    with ExitStack() as doors:
        for kept, door in DOORS[typed[0]].items():
            doors.enter_context(_watched(door, told, kept))
        result = CliRunner(env={"COLUMNS": WIDE}).invoke(
            app_for(command), command, prog_name="choosebattles"
        )
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code != BUG, result.output
    told.exit_code = result.exit_code
    _keep(told, "screen", result.stdout.splitlines())
    for file in files:
        if (folder / file).exists():
            _keep(told, (folder / file).suffix, _lines(folder / file))
    return told


def _watched(door: str, told: Told, kept: str) -> Any:
    """Keep what goes through a door."""
    module, _, name = door.rpartition(".")
    real = getattr(importlib.import_module(module), name)

    def through(*given: Any, **named: Any) -> Any:
        setattr(told, kept, real(*given, **named))
        return getattr(told, kept)

    return patch(door, through)


def _lines(path: Path) -> Iterator[str]:
    """Yield what stands in a file, paragraph by paragraph; a row of a table begins with a bar."""
    lines = [*READERS[path.suffix](path)]
    match path.suffix:
        case ".html":
            end = "content of the page"
            yield from lines[: lines.index(end)] if end in lines else lines
        case ".md":
            yield from (line.replace("\\", "") for line in lines if not line.startswith("<!--"))
        case ".docx":  # each paragraph after the name of its style
            yield from (line if line.startswith("|") else line.partition(": ")[2] for line in lines)
        case ".pptx":
            yield from _slides(path)


def _slides(path: Path) -> Iterator[str]:
    """Yield the texts, tables and notes of slides; a big number in one line with what it says."""
    for slide in Presentation(str(path)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                texts = [paragraph.text for paragraph in shape.text_frame.paragraphs]
                if len(texts) == 3 and _NUMBER.fullmatch(texts[1]):
                    texts = [f"{texts[0]}: {texts[1]} {texts[2]}"]
                yield from (text for text in texts if not text.isdigit())
            elif shape.has_table:
                for row in shape.table.rows:
                    yield "| " + " | ".join(cell.text for cell in row.cells)
            elif shape.has_chart and shape.chart.has_title:
                yield shape.chart.chart_title.text_frame.text
            yield ""
        yield from slide.notes_slide.notes_text_frame.text.splitlines()


_NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?")
_MARKS = re.compile(r"^(?:[-*] |#+ |\d+\. (?=[A-Z]))|\*\*|^\*|\*$")
_COLUMNS = re.compile(r" {2,}")


def _keep(told: Told, where: str, lines: Iterable[str]) -> None:
    """Keep sentences once, and the rows of tables together."""
    rows: list[tuple[str, ...]] = []
    for line in [*lines, ""]:
        plain = line.strip()
        cells = tuple(cell.strip() for cell in plain.strip("|").split("|"))
        if where == "screen" and (_COLUMNS.search(plain) or (rows and _COLUMNS.search(line))):
            rows.append(tuple(_COLUMNS.split(plain)))
        elif plain.startswith("|"):
            if not all(cell and set(cell) <= {"-", ":"} for cell in cells):
                rows.append(cells)
        else:
            if rows:
                heads, *others = rows
                padded = (row + ("",) * (len(heads) - len(row)) for row in others)
                told.grids.append(Grid(where, heads, tuple(padded)))
                rows = []
            text = _MARKS.sub("", plain).strip()
            if text and text != "---":
                told.texts.setdefault(text, where)
