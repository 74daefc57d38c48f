"""What the tests of the live page share: cases, a page of each, its controls, the same in Python."""

from collections.abc import Callable
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from typer.testing import CliRunner

from browser.conftest import Opened
from choosebattles.case.case import Case
from choosebattles.cli import app_for
from choosebattles.explain.precomputed import Precomputed, precompute
from choosebattles.run.requested_case import Changes, ask
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Outcome
from choosebattles.solving.solve import solve
from choosebattles.workbook.reader import read_case
from oracle.workbooks import random_workbook
from report.page.moves import Moved

MOST_PLANS = 200
TO_THE_END = Options(gap=0, ties=False, binding=0, conflict=False)
"""A search to the end, without what a results file adds."""


NOTED = """
const [text, wait, done] = arguments;
const badge = document.getElementById("badge");
const noted = [];
let frame = null;
const files = new DataTransfer();
files.items.add(new File([text], "scenario.json", { type: "application/json" }));
delete badge.dataset.value;
const began = performance.now();
const note = () => {
  const { kind, value, bound } = badge.dataset;
  const number = (text) => (text ? Number(text) : null);
  const taken = [...document.querySelectorAll("tr.in")].map(
    (row) => [row.dataset.investment, row.querySelector(".state").textContent]);
  noted.push({ at: performance.now() - began, kind, value: number(value), bound: number(bound), taken });
  if (frame === null) {
    frame = 0;
    requestAnimationFrame(() => (frame = performance.now() - began));
  }
};
const observer = new MutationObserver(note);
observer.observe(badge, { attributes: true });
document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: files }));
setTimeout(() => {
  observer.disconnect();
  done({ frame, noted, alone: performance.now() - began });
}, wait);
"""
"""What the page shows, and when, once it is given a scenario: as often as its badge changes."""


@cache
def seed_of(parts: frozenset[str], fits: Callable[[Case], bool], number: int) -> int:
    """Return the seed of a random case that fits and has a plan: the first one, the second, ...

    Tests name cases by what they need, since seeds make other cases whenever workbooks do.
    """
    first = seed_of(parts, fits, number - 1) + 1 if number else 0
    with TemporaryDirectory() as folder:
        workbook = Path(folder) / "random.xlsx"
        for seed in count(first):
            random_workbook(seed, workbook, parts, most_plans=MOST_PLANS)
            case = read_case(workbook)
            if fits(case) and solve(case, TO_THE_END).plan is not None:
                return seed
    raise AssertionError


def random_case(
    folder: Path, parts: frozenset[str], fits: Callable[[Case], bool], number: int
) -> tuple[Path, int]:
    """Write the workbook of a random case that fits and has a plan; return it with its seed."""
    seed = seed_of(parts, fits, number)
    workbook = folder / f"unseen-{seed}.xlsx"
    random_workbook(seed, workbook, parts, most_plans=MOST_PLANS)
    return workbook, seed


def run(*arguments: object) -> Any:
    typed = [str(argument) for argument in arguments]
    return CliRunner().invoke(app_for(typed), typed, prog_name="choosebattles")


def page_of(workbook: Path, *options: object, seconds: float = 5) -> Path:
    """Write the page of a workbook, for which little is computed in advance."""
    path = workbook.with_suffix(".html")

    def little(outcome: Outcome, **asked: Any) -> Precomputed:
        return precompute(outcome, **asked | {"time_limit": seconds})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("choosebattles.cli.report.precompute", little)
        ended = run("report", workbook, "--html", path, *options)
    assert ended.exit_code == 0, ended.output
    return path


def solved(workbook: Path, scenario: Path) -> Outcome:
    """Solve what a scenario says of a workbook to the end, without what a results file adds."""
    asked = ask([workbook], Changes(scenario=scenario))
    return solve(asked.case, TO_THE_END)


def put(opened: Opened, moved: Moved) -> None:
    opened.put("#gap", "0")
    for name, percent in moved.money.items():
        opened.put(f'[data-fund="{name}"][type=number]', percent)
    sliders = [(f'[data-weight="{name}"]', weight) for name, weight in moved.weights.items()]
    criteria = sorted(moved.criteria.items(), key=lambda item: -item[1])
    sliders += [(f'[data-criterion="{name}"]', weight) for name, weight in criteria]
    for slider, weight in sliders:
        opened.run(
            "Object.assign(document.querySelector(arguments[0]), {max: 99, step: 1})", slider
        )
        opened.put(slider, weight)
    for shock, on in moved.shocks.items():
        opened.put(f'[data-shock="{shock}"]', on)
    for investment, choice in moved.force.items():
        chosen = choice if choice in ("in", "out") else f"={choice}"
        opened.put(f'[data-force="{investment}"]', chosen)


def reached(answer: dict[str, Any], indices: dict[str, float], outcome: Outcome) -> None:
    """Compare the last step, the cost, and that what went before is kept but for the tolerance."""
    if outcome.plan is None:
        assert outcome.proven
        assert answer["kind"] == "none"
        return
    assert answer["kind"] == "proven", answer
    assert outcome.proven
    assert answer["cost"] == pytest.approx(outcome.stages[-1].value, abs=1e-6)
    for stage in outcome.stages[:-1]:
        assert stage.value is not None
        lost = float(outcome.case.model.tolerance) * max(1.0, abs(stage.value))
        assert indices[stage.goal] >= stage.value - lost - 0.051  # points as shown, to 0.1


def same(answer: dict[str, Any], outcome: Outcome) -> None:
    """Compare an answer of the page with that of Python to the scenario that it saved."""
    if outcome.plan is None:
        assert outcome.proven
        assert answer["kind"] == "none"
        return
    assert answer["kind"] == "proven", answer
    assert outcome.proven
    assert answer["value"] == pytest.approx(outcome.objective, abs=1e-6, rel=1e-6)


def drop(opened: Opened, text: str, name: str = "scenario.json", *, into: str = "drop") -> str:
    """Give the page a file, by its button or dropped on it, and return what it says of that."""
    opened.run(
        """
        const [text, name, into] = arguments;
        document.getElementById("opened").textContent = "";
        const files = new DataTransfer();
        files.items.add(new File([text], name, { type: "application/json" }));
        if (into === "drop") {
          const event = { bubbles: true, cancelable: true, dataTransfer: files };
          document.body.dispatchEvent(new DragEvent("drop", event));
        } else {
          const input = document.getElementById("scenario-file");
          input.files = files.files;
          input.dispatchEvent(new Event("change"));
        }""",
        text,
        name,
        into,
    )
    told = "return document.getElementById('opened').textContent"
    return str(opened.wait(lambda: opened.run(told)))
