"""Runs commands on the cases and returns all that they print and write, as text."""

import math
import os
import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import highspy
import pytest
from typer.testing import CliRunner

from choosebattles.cli import app_for
from golden.cases import put
from golden.texts import READERS

HERE = Path(__file__).parent

_LOOSE = 1.05
"""Times the worth of the best plan: what a stopped search says that no plan exceeds."""


_KNOWN = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible)


class Unproved(highspy.Highs):  # type: ignore[misc] # the library has no types
    """A solver that finds the best plan, and runs out of time before it has proved anything.

    The same on every machine: nothing depends on how far a search came.
    """

    def _stopped(self) -> bool:
        return super().getModelStatus() in _KNOWN and bool(self.getLp().integrality_)

    def getModelStatus(self) -> Any:
        """Return that the time is over where the best plan, or that there is none, is known."""
        if self._stopped():
            return highspy.HighsModelStatus.kTimeLimit
        return super().getModelStatus()

    def getInfo(self) -> Any:
        """Return what was found, with a bound that proves nothing."""
        info = super().getInfo()
        if self._stopped():
            found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
            worth = info.objective_function_value if found else math.inf
            info.mip_dual_bound = worth + (_LOOSE - 1) * abs(worth)
        return info


@dataclass(frozen=True)
class Recording:
    """Commands that are run one after the other in the folder of a case, and where they are kept.

    Those named ``terminal`` run as at a terminal of 80 columns instead of in a pipe.
    """

    case: str
    name: str
    lines: tuple[str, ...]

    @property
    def path(self) -> Path:
        """Return the golden file."""
        return HERE / self.case / f"{self.name}.txt"

    @property
    def commands(self) -> tuple[tuple[str, ...], ...]:
        """Return the commands, each as its words."""
        return tuple(tuple(shlex.split(line)) for line in self.lines)


def _recordings(case: str, **lines: str | tuple[str, ...]) -> Iterator[Recording]:
    for name, typed in lines.items():
        several = (typed,) if isinstance(typed, str) else typed
        yield Recording(case, name, several)


RECORDINGS = (
    *_recordings(
        "full",
        check=("check full.xlsx --annotate annotated.xlsx", "check full.xlsx --json"),
        solve="solve full.xlsx --gap 0 -o results.xlsx --json answer.json",
        frontier="frontier full.xlsx -o results.xlsx --json answer.json",
        explain=(
            "explain full.xlsx -o results.xlsx --json answer.json",
            "explain CLOUD.L SPEECH full.xlsx",
        ),
        alternatives="alternatives full.xlsx -o results.xlsx --json answer.json",
        own="own full.xlsx -o results.xlsx --json answer.json",
        budget_path=(
            "budget-path full.xlsx --gap 0 --steps=-10%,-30% -o results.xlsx --json answer.json"
        ),
        sweep=(
            "sweep full.xlsx --gap 0 --workers 1 -o results.xlsx --json answer.json "
            "--export points.csv"
        ),
        sweep_grid=(
            "sweep full.xlsx --gap 0 --workers 1 --design grid --parameter fund.STATE=80%..120%x3 "
            "--parameter weight.autonomy=30,60 -o results.xlsx --json answer.json"
        ),
        sweep_one_at_a_time=(
            "sweep full.xlsx --gap 0 --workers 1 --parameter fund.STATE=80%..120%x3 "
            "--parameter cost.CLOUD.S=80%..120%x3 -o results.xlsx"
        ),
        sweep_money=(
            "sweep full.xlsx --gap 0 --workers 1 --money -o results.xlsx --json answer.json"
        ),
        simulate=(
            "simulate full.xlsx --draws 24 --gap 0 --workers 1 -o results.xlsx --json answer.json "
            "--export draws.csv"
        ),
        robustness=(
            "robustness full.xlsx --gap 0",
            "robustness full.xlsx --gap 0 --plan 'CLOUD.S; VAULT; LAW' -o results.xlsx --json a.json",
        ),
        report=(
            "report full.xlsx --gap 0 --html page.html --pptx slides.pptx --docx plan.docx "
            "--md plan.md --frontier --prices"
        ),
        report_redacted="report full.xlsx --gap 0 --html page.html --redact",
    ),
    *_recordings(
        "infeasible",
        check="check infeasible.xlsx",
        solve="solve infeasible.xlsx --gap 0 -o results.xlsx --json answer.json",
        frontier="frontier infeasible.xlsx --json answer.json",
        explain="explain infeasible.xlsx --json answer.json",
        alternatives="alternatives infeasible.xlsx --json answer.json",
        own="own infeasible.xlsx --plan 'CLOUD; LAW' -o results.xlsx --json answer.json",
        budget_path="budget-path infeasible.xlsx --gap 0 -o results.xlsx --json answer.json",
        sweep=(
            "sweep infeasible.xlsx --gap 0 --workers 1 --parameter fund.STATE=100%..250%x3 "
            "-o results.xlsx --json answer.json"
        ),
        simulate="simulate infeasible.xlsx --gap 0 --workers 1 --draws 4 --spread cost=20%",
        robustness="robustness infeasible.xlsx --weights autonomy=30%..70%",
        report=(
            "report infeasible.xlsx --gap 0 --html page.html --pptx slides.pptx --docx plan.docx "
            "--md plan.md"
        ),
    ),
    *_recordings(
        "unfinished",
        solve="solve unfinished.xlsx --gap 0 -o results.xlsx --json answer.json",
        frontier="frontier unfinished.xlsx -o results.xlsx --json answer.json",
        explain="explain VAULT unfinished.xlsx -o results.xlsx --json answer.json",
        alternatives="alternatives unfinished.xlsx -o results.xlsx --json answer.json",
        own="own unfinished.xlsx --plan 'CLOUD; LAW' -o results.xlsx --json answer.json",
        budget_path="budget-path unfinished.xlsx --gap 0 -o results.xlsx --json answer.json",
        sweep=(
            "sweep unfinished.xlsx --gap 0 --workers 1 --parameter fund.STATE=80%..120%x3 "
            "-o results.xlsx --json answer.json"
        ),
        robustness=(
            "robustness unfinished.xlsx --weights autonomy=30%..70% -o results.xlsx "
            "--json answer.json"
        ),
        report=(
            "report unfinished.xlsx --gap 0 --html page.html --pptx slides.pptx --docx plan.docx "
            "--md plan.md"
        ),
    ),
    *_recordings(
        "own-plan",
        solve="solve own.xlsx --gap 0 -o results.xlsx",
        frontier_by_cost=(
            "frontier own.xlsx --by cost --resolution 0 -o results.xlsx --json answer.json"
        ),
        own=(
            "own own.xlsx -o results.xlsx --json answer.json",
            "own own.xlsx --plan 'CLOUD=2028; VAULT'",
        ),
        compare=(
            "compare own.xlsx later.xlsx --gap 0 -o results.xlsx --json answer.json",
            "compare own.xlsx later.xlsx --gap 0 --no-why",
        ),
        compare_answers=(
            "solve own.xlsx --gap 0 -o old.xlsx",
            "solve later.xlsx --gap 0 -o new.xlsx",
            "compare old.xlsx new.xlsx -o results.xlsx --json answer.json",
        ),
        robustness=(
            "robustness own.xlsx --gap 0 --weights autonomy=30%..70% --draws 64 --workers 1 "
            "-o results.xlsx --json answer.json"
        ),
        report="report own.xlsx --gap 0 --md plan.md --pptx slides.pptx",
    ),
    *_recordings(
        "one-year",
        check=(
            "check one-year.xlsx",
            "check faulty.xlsx --annotate annotated.xlsx",
            "check faulty.xlsx --json",
            "check missing.xlsx",
        ),
        export="export one-year.xlsx -o model.mps -o model.lp",
        solve=(
            "solve one-year.xlsx --gap 0 -o results.xlsx --json answer.json",
            "solve one-year.xlsx --gap 0 -o results.xlsx --budget 60% --set cost.CLOUD=50",
            "solve faulty.xlsx --json -",
            "solve one-year.xlsx --gap much",
        ),
        terminal=("check one-year.xlsx", "solve one-year.xlsx --gap 0", "solve faulty.xlsx"),
        frontier=(
            "frontier one-year.xlsx --resolution 0 --all-plans -o results.xlsx --json answer.json"
        ),
        compare_models=(
            "compare one-year.xlsx --models resilient.toml,steps.toml --gap 0 -o a.xlsx --json a.json",
            "compare one-year.xlsx --models balanced",
            "solve one-year.xlsx --model steps.toml --gap 0 -o results.xlsx",
        ),
        simulate_indices=(
            "simulate one-year.xlsx --draws 16 --gap 0 --workers 1 --spread score=15 "
            "--spread cost=20% --indices 16 --inputs 3 -o results.xlsx --json answer.json"
        ),
        simulate_least_regret=(
            "simulate one-year.xlsx --draws 16 --gap 0 --workers 1 --spread cost=20% --spread score=9 "
            "--shape triangular --common-cost 0% --least-regret 1h -o results.xlsx "
            "--json answer.json"
        ),
        report="report one-year.xlsx --gap 0 --html page.html --md plan.md",
        new=(
            "new mine.xlsx --years 2027-2029",
            "new mine.xlsx --years 2027-2029",
            "new other.xlsx --years 27",
        ),
        new_full="new mine.xlsx --years 2027-2028 --full --model balanced",
        explain_error=("explain-error CB-C08", "explain-error CB-C99"),
        demo="demo",
    ),
    *_recordings(
        "several-files",
        check="check facts.xlsx demands.xlsx",
        solve=(
            "solve facts.xlsx demands.xlsx --gap 0 -o results.xlsx --json answer.json",
            "solve facts.xlsx demands.xlsx --strict",
        ),
        alternatives="alternatives facts.xlsx demands.xlsx",
        report="report facts.xlsx demands.xlsx --gap 0 --md plan.md --docx plan.docx",
    ),
    *_recordings(
        "income",
        check="check income.xlsx",
        solve="solve income.xlsx --gap 0 -o results.xlsx --json answer.json",
        explain="explain income.xlsx --json answer.json",
        budget_path="budget-path income.xlsx --gap 0 -o results.xlsx",
        sweep_money="sweep income.xlsx --gap 0 --workers 1 --money --json answer.json",
        report="report income.xlsx --gap 0 --md plan.md --docx plan.docx",
    ),
)
"""Every command on the cases on which it says something."""

_MASKS = (
    (r"\b[0-9a-f]{64}\b", "SHA256"),
    (r"\([0-9a-f]{12}\)", "(SHA256)"),
    (r"HiGHS \d+\.\d+\.\d+", "HiGHS VERSION"),
    (r"choosebattles \d+\.\d+\.\d+[\w.]*", "choosebattles VERSION"),
    (r'"(seconds|time|wall)": [\d.e+-]+', r'"\1": TIME'),
    (r"(\| (?:Seconds|Python|choosebattles) \| )[\w.]+", r"\1MASKED"),
    (r"(= '(?:Seconds|Python|choosebattles)'.*\n\S+ = )[^ \n]+", r"\1MASKED"),
)
"""What differs from run to run or from machine to machine, and what stands in its place."""

_UNREAD = ("terminal", "demo")
"""Recordings of which only the text is kept: what they write is written by others too."""


def masked(text: str) -> str:
    """Return a text without times, dates, versions and checksums."""
    now = datetime.now(UTC)
    for day in (now, now - timedelta(days=1)):
        text = text.replace(f"{day:%Y-%m-%d}", "TODAY")
        text = text.replace(f"{day.day} {day:%B} {day.year}", "TODAY")
    for pattern, mask in _MASKS:
        text = re.sub(pattern, mask, text)
    return text


def record(recording: Recording, folder: Path) -> str:
    """Return all that the commands print and write in a folder, which is empty."""
    put(recording.case, folder)
    lines: list[str] = []
    with chdir(folder), pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "environ", os.environ | _surroundings(recording))
        if recording.case == "unfinished":
            patch.setattr(highspy, "Highs", Unproved)
        for command in recording.commands:
            lines += _run(command, folder, files=recording.name not in _UNREAD)
    return masked("\n".join(lines).replace(str(folder), "FOLDER")) + "\n"


def _surroundings(recording: Recording) -> Mapping[str, str]:
    colour = {"FORCE_COLOR": "1", "TERM": "xterm-256color"}
    shown = colour if recording.name == "terminal" else {}
    return {"COLUMNS": "80"} | shown


def _run(command: Sequence[str], folder: Path, *, files: bool) -> Iterator[str]:
    before = _times(folder)
    ended = CliRunner().invoke(app_for(command), list(command), prog_name="choosebattles")
    yield f"$ choosebattles {shlex.join(command)}"
    yield f"exit code {ended.exit_code}"
    for name, text in (("standard output", ended.stdout), ("standard error", ended.stderr)):
        if text:
            yield f"--- {name}"
            yield text.rstrip("\n").replace("\x1b", "ESC")
    for path, time in _times(folder).items():
        if before.get(path) != time:
            yield f"--- file {path.relative_to(folder).as_posix()}"
            if files:
                yield from READERS[path.suffix](path)
    yield ""


def _times(folder: Path) -> dict[Path, int]:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file: file.stat().st_mtime_ns for file in files}
