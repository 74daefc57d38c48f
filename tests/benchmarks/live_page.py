"""How soon and how well the live page answers a hand: random changes in Chromium.

From the folder ``tests``, for a page that ``choosebattles report`` wrote::

    python -m benchmarks.live_page ../inputs/albania.xlsx page.html --changes 100

Each change moves the money of each fund to 50 to 130 %, weights of objectives by up to 15 points,
switches up to two shocks off and forces up to two investments. Measured are the milliseconds until
the first frame that shows an answer (on a busy machine the CPU time of a move says more), and what the plan shown after some time is short of the best,
found by a search of the same question to 0.1 %. No plan is a miss. Where a plan does not exist,
the change is left out.
"""

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from browser.conftest import Opened, chromium
from browser.moving import NOTED
from choosebattles.case.case import Case
from choosebattles.case.units import to_thousandths
from choosebattles.explain.plans_at_hand import open_investments
from choosebattles.run.requested_case import Changes, ask
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop
from choosebattles.solving.solve import solve
from choosebattles.workbook.reader import read_case

GAP = 0.001
WAIT = 1500
"""Milliseconds for which it is noted what the page shows."""

LATER = (50, 150, 500, WAIT)

MOVES = """
const slider = document.querySelector("[data-fund][type=range]");
for (const percent of arguments[0]) {
  slider.value = Math.round((Number(slider.max) * percent) / 200);
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  document.body.offsetHeight;
}
slider.dispatchEvent(new Event("change", { bubbles: true }));
"""
PERCENTS = (*range(50, 135, 5), *range(130, 45, -5))


@dataclass(frozen=True)
class Shown:
    """What the page showed of one change: the first frame, then values and bounds by time."""

    scenario: str
    frame: float
    noted: Sequence[dict[str, Any]]

    def at(self, milliseconds: float) -> dict[str, Any] | None:
        """Return the last plan shown until then; none if there was none."""
        there = [note for note in self.noted if note["at"] <= milliseconds]
        return there[-1] if there and there[-1].get("value") is not None else None


def drawn_scenario(case: Case, number: int) -> dict[str, Any]:
    """Return a random change as a scenario."""
    random = Random(f"hand {number}")
    numbers: dict[str, float] = {}
    for fund in case.funds:
        share = random.randint(50, 130)
        for year, amount in fund.amount.items():
            numbers[f"fund.{fund.id}.{year}"] = float(to_thousandths(amount * share / 100))
    whole = sum(objective.weight for objective in case.model.objectives)
    for objective in case.model.objectives:
        weight = float(100 * objective.weight / whole) + random.randint(-15, 15)
        numbers[f"weight.{objective.id}"] = max(1.0, round(weight, 1))
    off = random.sample(case.shocks, min(len(case.shocks), random.randint(0, 2)))
    if not any(all(shock in off for shock in group) for group in case.shocks_of.values() if group):
        numbers |= {f"likelihood.{shock.id}": 0 for shock in off}
    forced = random.sample([*open_investments(case)], random.randint(0, 2))
    must = [name for name, _options in forced if random.random() < 0.5]
    never = [name for name, _options in forced if name not in must]
    return {"schema": 1, "case": case.name, "set": numbers, "must": must, "never": never}


def show(opened: Opened, scenario: str) -> Shown:
    """Give the page a change, and note what it shows."""
    told = opened.driver.execute_async_script(NOTED, scenario, WAIT)
    return Shown(scenario, told["frame"], told["noted"])


def move(opened: Opened) -> float:
    """Return the milliseconds of CPU that the page takes for a move of a slider, drawing included."""
    opened.driver.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        told = opened.driver.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
        return float(next(each["value"] for each in told if each["name"] == "TaskDuration"))

    before = spent()
    opened.run(MOVES, PERCENTS)
    return 1000 * (spent() - before) / len(PERCENTS)


def best(workbook: Path, scenario: str, known: Path | None) -> tuple[float, float] | None:
    """Return the best value of a change and what no plan exceeds; None where there is no plan."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scenario.json"
        path.write_text(scenario, "utf-8")
        asked = ask([workbook], Changes(scenario=path))
    kept: dict[str, Any] = json.loads(known.read_text()) if known and known.exists() else {}
    if scenario not in kept:
        found = solve(asked.case, Options(gap=GAP, ties=False, binding=0, conflict=False))
        assert found.stop is not Stop.FAILED
        kept[scenario] = None if found.plan is None else (found.objective, found.bound)
        if known:
            known.write_text(json.dumps(kept))
    return kept[scenario] and (kept[scenario][0], kept[scenario][1])


def lines(shown: Sequence[Shown], known: Sequence[tuple[float, float] | None]) -> Iterator[str]:
    """Yield what was measured, in sentences."""
    pairs = [(each, there) for each, there in zip(shown, known, strict=True) if there]
    frames = sorted(each.frame for each, _there in pairs)
    yield f"{len(pairs)} changes that have a plan, of {len(shown)}"
    yield (
        f"first frame: median {statistics.median(frames):.0f} ms, "
        f"nine of ten {frames[int(0.9 * len(frames))]:.0f} ms, most {frames[-1]:.0f} ms"
    )
    for when in (None, *LATER):
        lost, gaps, wrong = [], [], 0
        for each, (value, bound) in pairs:
            note = each.at(each.frame if when is None else when)
            if note is None:
                lost.append(float("inf"))
                continue
            lost.append(100 * max(0.0, value - note["value"]) / max(1.0, abs(value)))
            wrong += note["value"] > bound + 1e-6 * max(1.0, abs(bound))
            if note.get("bound") is not None:
                gaps.append(100 * (note["bound"] - value) / max(1.0, abs(value)))
                wrong += note["bound"] < value - 1e-6 * max(1.0, abs(value))
        lost.sort()
        named = "first frame" if when is None else f"{when} ms"
        above = f"{statistics.median(gaps):.2f} %" if gaps else "-"
        yield (
            f"{named}: short of the best by {statistics.median(lost):.2f} % in the median, "
            f"{lost[int(0.9 * len(lost))]:.2f} % in nine of ten; no plan {lost.count(float('inf'))}; "
            f"{len(gaps)} bounds, {above} above the best in the median; wrong {wrong}"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workbook", type=Path)
    parser.add_argument("page", type=Path)
    parser.add_argument("--changes", type=int, default=100)
    parser.add_argument("--known", type=Path, help="where the best values are kept from run to run")
    typed = parser.parse_args()
    case = read_case(typed.workbook)
    scenarios = [json.dumps(drawn_scenario(case, number)) for number in range(typed.changes)]
    with tempfile.TemporaryDirectory() as folder, chromium(Path(folder)) as opened:
        opened.open(typed.page.resolve())
        sys.stdout.write(f"CPU of the page for a move of a slider: {move(opened):.0f} ms\n")
        shown = [show(opened, scenario) for scenario in scenarios]
        assert opened.complaints() == []
    known = [best(typed.workbook, scenario, typed.known) for scenario in scenarios]
    for line in lines(shown, known):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
