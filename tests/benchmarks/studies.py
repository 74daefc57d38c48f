"""Sweeps over budgets and draws, whole commands beside what an analyst would write.

Both read the same workbook in a process of their own and answer as many questions to the same gap;
none writes a file. Of the peers the better one counts: HiGHS on arrays, and CBC as PuLP calls it.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks.clock import short
from benchmarks.finding import Finding
from benchmarks.peers import LEAST, MOST
from benchmarks.process import Command, best_of, in_turn, peer, product, ratios
from benchmarks.scope import COUNTRY, Scope, workbook

GAP = 0.01
WIDER = 2.65
"""Times its standard deviation that a PERT distribution reaches to either side: the square root
of 7."""
SPREAD = f"{0.05 * WIDER:.1%}"
CBC_AT_MOST = 60
"""Questions above which CBC is left out: a thousand take hours."""


@dataclass(frozen=True)
class Study:
    """A kind of study: its questions, how many, and how many times as fast it must be."""

    questions: str
    number: int
    must: float
    moonshot: float

    def command(self, book: Path) -> Command:
        """Return the product's command."""
        common = (book, "--gap", f"{GAP:.0%}", "--workers", 1, "--yes", "--per-solve", "10m")
        if self.questions == "budgets":
            steps = f"budget={LEAST:.0%}..{MOST:.0%}x{self.number}"
            return product("sweep", *common, "--parameter", steps)
        spreads = {"scores": ("score",), "costs": ("cost", "amount")}[self.questions]
        options = [word for name in spreads for word in ("--spread", f"{name}={SPREAD}")]
        return product("simulate", *common, "--draws", self.number, "--weights", "fixed", *options)

    def peers(self, book: Path, seed: int) -> list[Command]:
        """Return what it is measured beside."""
        names = ("highs", "cbc") if self.number <= CBC_AT_MOST else ("highs",)
        options = ("--number", self.number, "--gap", GAP, "--seed", seed)
        return [peer(name, self.questions, book, *options) for name in names]


STUDIES = (
    Study("budgets", 20, 1, 5),
    Study("budgets", 200, 1, 20),
    Study("scores", 60, 2, 20),
    Study("scores", 1000, 2, 20),
    Study("costs", 60, 1, 5),
)
NAMES = {"budgets": "budgets", "scores": "draws of scores", "costs": "draws of costs and money"}
FEW = 60
"""Questions of a study that a short run measures."""


def measure(scope: Scope) -> Iterator[Finding]:
    """Yield, for each study and case, how many times as fast as the better peer the product is."""
    (seed,) = scope.seeds("studies", 1)
    with ExitStack() as stack:
        cases = {
            f"14 investments (seed {seed})": stack.enter_context(workbook("few", seed)),
            COUNTRY.stem: COUNTRY,
        }
        if scope.everything:
            small = stack.enter_context(workbook("small", seed))
            cases[f"soft small (seed {seed})"] = small
        for study in STUDIES:
            for name, book in cases.items():
                if scope.everything or study.number <= FEW:
                    yield _found(study, name, book, seed, scope.turns)


def _found(study: Study, name: str, book: Path, seed: int, turns: int) -> Finding:
    peers = study.peers(book, seed)
    ours, *others = in_turn(turns, study.command(book), *peers)
    beside = ", ".join(
        f"{command.name} {short(series.median)} s"
        for command, series in zip(peers, others, strict=True)
    )
    return Finding.faster(
        f"{study.number:,} {NAMES[study.questions]}, gap 1 %, {name}",
        study.must,
        study.moonshot,
        ratios(ours, best_of(others)),
        f"{short(ours.median)} s beside {beside} CPU, n {turns}",
    )
