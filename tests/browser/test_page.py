"""The live page in a real browser: it finds what Python finds, and asks nobody else."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import choosebattles
from browser.conftest import Opened
from choosebattles.cli import app_for
from choosebattles.workbook.reader import read_case
from oracle.workbooks import ALL, random_workbook
from report.page.moves import Moved, drawn, held

pytestmark = pytest.mark.browser

ALBANIA = Path(choosebattles.__file__).parents[2] / "inputs" / "albania.xlsx"
ONE_SEARCH = ALL - {"methods"}
LARGEST = 2_500_000
PROGRESS = "return document.getElementById('progress').textContent"
KIND = "return document.getElementById('badge').dataset.kind"


def run(*arguments: object) -> Any:
    typed = [str(each) for each in arguments]
    return CliRunner().invoke(app_for(typed), typed, prog_name="choosebattles")


def page_of(workbook: Path, *options: object) -> Path:
    path = workbook.with_suffix(".html")
    ended = run("report", workbook, "--html", path, *options)
    assert ended.exit_code == 0, ended.output
    return path


def solved(workbook: Path, scenario: Path) -> dict[str, Any]:
    ended = run(
        "solve", workbook, "--scenario", scenario, "--gap", "0", "--json", "-",
        "-o", scenario.with_suffix(".xlsx"),
    )  # fmt: skip
    assert ended.exit_code in (0, 3), ended.output
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def put(opened: Opened, moved: Moved) -> None:
    opened.put("#gap", "0")
    for fund, percent in moved.money.items():
        opened.put(f'[data-fund="{fund}"][type=number]', percent)
    for name, weight in moved.weights.items():
        slider = f'[data-weight="{name}"]'
        opened.run(f"document.querySelector('{slider}').max = 9")
        opened.run(f"document.querySelector('{slider}').step = 1")
        opened.put(slider, weight)
    for shock, on in moved.shocks.items():
        opened.put(f'[data-shock="{shock}"]', on)
    for investment, choice in moved.force.items():
        chosen = choice if choice in ("in", "out") else f"={choice}"
        opened.put(f'[data-force="{investment}"]', chosen)


def same(answer: dict[str, Any], outcome: dict[str, Any]) -> None:
    """Compare an answer of the page with that of ``solve`` to the scenario that it saved."""
    if outcome["stop"] == "infeasible":
        assert answer["kind"] == "none"
        return
    assert answer["kind"] == "proven", answer
    assert outcome["proven"]
    assert answer["value"] == pytest.approx(outcome["objective"], abs=1e-6, rel=1e-6)


@pytest.mark.parametrize("seed", [4, 7, 11, 13])
def test_unseen_cases_have_the_same_optimum(opened: Opened, tmp_path: Path, seed: int) -> None:
    workbook = tmp_path / f"unseen-{seed}.xlsx"
    random_workbook(seed, workbook, ONE_SEARCH, most_plans=200)
    if run("solve", workbook, "-o", tmp_path / "results.xlsx").exit_code == 3:
        ended = run("report", workbook, "--html", tmp_path / "none.html")
        assert ended.exit_code == 3
        assert not (tmp_path / "none.html").exists()
        return
    opened.open(page_of(workbook, "--time-limit", "5s"))
    for number in range(3):
        moved = drawn(held(read_case(workbook)), 100 * seed + number)
        opened.run("document.getElementById('reset').click()")
        put(opened, moved)
        answer = opened.answer()

        same(answer, solved(workbook, opened.save()))

    assert opened.complaints() == []


@pytest.fixture(scope="module")
def albania(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of the shipped example, with little computed beforehand."""
    workbook = tmp_path_factory.mktemp("albania") / "albania.xlsx"
    workbook.write_bytes(ALBANIA.read_bytes())
    return page_of(workbook, "--time-limit", "20s")


def test_the_example_loads_searches_forces_and_goes_back(opened: Opened, albania: Path) -> None:
    opened.open(albania)
    assert albania.stat().st_size < LARGEST
    before = opened.run("return document.querySelector('[data-index=\"\"]').textContent")

    opened.put("#gap", "0")
    opened.put('[data-fund="EU"][type=number]', 42)
    less = opened.answer()
    same(less, solved(albania.with_suffix(".xlsx"), opened.save()))

    opened.put('[data-force="CLDVLT"]', "out")
    without = opened.answer()
    same(without, solved(albania.with_suffix(".xlsx"), opened.save()))
    assert without["value"] <= less["value"] + 1e-6
    assert "CLDVLT" not in opened.run(
        "return [...document.querySelectorAll('tr.in')].map((row) => row.dataset.investment)"
    )

    opened.run("document.getElementById('undo').click()")
    assert opened.answer()["value"] == pytest.approx(less["value"], abs=1e-9)
    opened.run("document.getElementById('reset').click()")
    opened.answer()
    after = opened.run("return document.querySelector('[data-index=\"\"]').textContent")
    assert after == before
    assert opened.complaints() == []


def test_a_search_stopped_by_hand_says_how_far_it_got(opened: Opened, albania: Path) -> None:
    opened.open(albania)
    opened.put("#gap", "0")
    opened.answer()
    opened.put('[data-fund="STATE"][type=number]', 71)
    opened.wait(lambda: opened.run(PROGRESS) or opened.run(KIND) != "searching")
    opened.run("document.getElementById('stop').click()")
    answer = opened.answer()

    assert answer["kind"] in ("stopped", "proven"), answer
    assert answer["bound"] >= answer["value"] - 1e-6
    assert opened.complaints() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("wide", [1400, 390])
def test_axe_finds_nothing_serious(
    opened: Opened, albania: Path, axe: str, scheme: str, wide: int
) -> None:
    driver = opened.driver
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    size = {"width": wide, "height": 900, "deviceScaleFactor": 1, "mobile": wide < 500}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        opened.open(albania)
        driver.execute_script(axe)
        found = driver.execute_async_script(
            "const done = arguments[0]; axe.run().then((r) => done(r.violations.map("
            "(v) => [v.impact, v.id, v.nodes.map((n) => n.html).slice(0, 3)])));"
        )
        beside = opened.run(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})

    assert [each for each in found if each[0] in ("serious", "critical")] == []
    assert beside <= 0


def test_the_policy_bites(opened: Opened, albania: Path) -> None:
    """A request, a picture and a further script are refused, whoever tries."""
    opened.open(albania)
    refused = opened.driver.execute_async_script(
        """
        const done = arguments[0];
        const found = [];
        document.addEventListener("securitypolicyviolation", (e) => found.push(e.effectiveDirective));
        fetch("http://127.0.0.1:9/").catch(() => {});
        new Image().src = "http://127.0.0.1:9/a.png";
        const script = document.createElement("script");
        script.textContent = "window.intruder = 1";
        document.body.append(script);
        setTimeout(() => done([found.sort(), window.intruder || 0]), 500);
        """
    )

    assert refused == [["connect-src", "img-src", "script-src-elem"], 0]
    opened.complaints()
