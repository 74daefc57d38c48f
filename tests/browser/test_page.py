"""The live page in a real browser: it finds what Python finds, and asks nobody else."""

import json
import re
from pathlib import Path

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

import choosebattles
from browser.conftest import Opened
from browser.moving import drop, page_of, put, random_case, reached, same, solved
from choosebattles.case.case import Case
from choosebattles.case.decision_model import Method
from choosebattles.explain.plans_at_hand import open_investments
from choosebattles.explain.precomputed import Precomputed
from choosebattles.report.page.writer import PageRequest, write_page
from choosebattles.report.provenance import Provenance, ReadFile
from choosebattles.solving.options import Options
from choosebattles.solving.solve import solve
from choosebattles.workbook.reader import read_case
from oracle.workbooks import ALL
from report.page.moves import drawn, held
from small_cases import case, criterion, fund, option

pytestmark = pytest.mark.browser

ALBANIA = Path(choosebattles.__file__).parents[2] / "inputs" / "albania.xlsx"
ONE_SEARCH = ALL - {"methods"}
LARGEST = 2_500_000
HOSTILE = "</script><script>window.intruder = 1</script><img src=x onerror='window.intruder=2'> \"&\U0001f600"
PROGRESS = "return document.getElementById('progress').textContent"
KIND = "return document.getElementById('badge').dataset.kind"


def freely(case: Case) -> bool:
    """Say whether more than one investment may be forced in or out, and a shock switched."""
    return len([*open_investments(case)]) > 1 and bool(case.shocks)


@pytest.mark.parametrize("number", range(4))
def test_unseen_cases_have_the_same_optimum(opened: Opened, tmp_path: Path, number: int) -> None:
    workbook, seed = random_case(tmp_path, ONE_SEARCH, freely, number)
    opened.open(page_of(workbook))
    for draw in range(4):
        moved = drawn(held(read_case(workbook)), 100 * seed + draw)
        opened.run("document.getElementById('reset').click()")
        put(opened, moved)
        answer = opened.answer()

        same(answer, solved(workbook, opened.save()))

    assert opened.complaints() == []


INDICES = """
return Object.fromEntries([...document.querySelectorAll("td[data-index]")].map(
  (cell) => [cell.dataset.index, Number(cell.textContent)]));
"""


def stepwise(case: Case) -> bool:
    """Say whether objectives go one after the other, by weights that differ."""
    return case.model.method is Method.LEXICOGRAPHIC and freely(case)


@pytest.mark.parametrize("number", range(2))
def test_one_objective_after_the_other_is_searched_as_python_does(
    opened: Opened, tmp_path: Path, number: int
) -> None:
    workbook, seed = random_case(tmp_path, ALL, stepwise, number)
    case = held(read_case(workbook))
    opened.open(page_of(workbook))
    for draw in range(4):
        opened.run("document.getElementById('reset').click()")
        put(opened, drawn(case, 100 * seed + draw))
        answer = opened.answer()

        reached(answer, opened.run(INDICES), solved(workbook, opened.save()))

    first, second = case.model.objectives[:2]
    opened.run("document.getElementById('reset').click()")
    opened.answer()
    slider = f'[data-weight="{first.id}"]'
    opened.run("Object.assign(document.querySelector(arguments[0]), {max: 99, step: 0.5})", slider)
    opened.put(slider, float(second.weight))
    assert "the weights say which goes first" in opened.answer()["text"]
    assert opened.complaints() == []


@pytest.fixture(scope="module")
def albania(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of the shipped example, with little computed in advance."""
    workbook = tmp_path_factory.mktemp("albania") / "albania.xlsx"
    workbook.write_bytes(ALBANIA.read_bytes())
    return page_of(workbook, seconds=10)


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
    opened.run("document.getElementById('redo').click()")
    assert opened.answer()["value"] == pytest.approx(without["value"], abs=1e-9)
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
def test_axe_finds_nothing(opened: Opened, albania: Path, axe: str, scheme: str, wide: int) -> None:
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

    assert found == []
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
    assert "Content Security Policy" in opened.complaints()[0]


def test_a_plan_is_shown_before_the_search_ends(opened: Opened, albania: Path) -> None:
    """Whatever comes first, says how far it may be from the best, and holds."""
    opened.open(albania)
    opened.put("#gap", "0")
    opened.answer()
    opened.run(
        """
        window.told = [];
        new MutationObserver(() => window.told.push(document.getElementById("badge").textContent))
          .observe(document.getElementById("badge"), { childList: true, subtree: true });
        """
    )
    opened.put('[data-fund="EU"][type=number]', 61)
    answer = opened.answer()
    told = opened.run("return window.told")

    first = [re.search(r"Within ([0-9.]+) % so far", each) for each in told]
    shares = [float(each[1]) for each in first if each]
    assert shares, told
    assert answer["kind"] == "proven"
    assert opened.complaints() == []


CHANGES = "return document.getElementById('changes').textContent"


@pytest.mark.parametrize("into", ["drop", "button"])
def test_a_saved_scenario_is_opened_again(opened: Opened, albania: Path, into: str) -> None:
    opened.open(albania)
    opened.put('[data-fund="EU"][type=number]', 133)
    opened.put('[data-criterion="technical"]', 5)
    opened.put('[data-shock="ransomware_wave"]', False)
    opened.put('[data-force="CLDVLT"]', "out")
    opened.answer()
    changes = opened.run(CHANGES)
    saved = opened.save().read_text("utf-8")
    opened.run("document.getElementById('reset').click()")
    opened.answer()
    assert opened.run(CHANGES) != changes

    assert drop(opened, saved, into=into) == "scenario.json was opened."
    assert opened.run(CHANGES) == changes
    assert json.loads(opened.save().read_text("utf-8")) == json.loads(saved)
    opened.answer()
    opened.run("document.getElementById('undo').click()")
    assert opened.run(CHANGES) != changes
    assert opened.complaints() == []


def test_what_is_no_scenario_of_this_page_is_refused_whole(opened: Opened, albania: Path) -> None:
    opened.open(albania)
    before = opened.run(CHANGES)
    other = [{"name": "kosovo.xlsx", "sha256": "ab" * 32}]
    refused = {
        "no JSON": "it is not a scenario; choose a file that this page or another one saved.",
        "[1]": "it is not a scenario; choose a file that this page or another one saved.",
        "7": "it is not a scenario; choose a file that this page or another one saved.",
        " " * 1_000_001: "it has more than 1 MB, and no scenario has.",
        '{"schema": 2}': "it is of another kind (schema) than this page reads.",
        '{"schema": 1, "stes": 1}': "it speaks of stes, which no scenario does.",
        '{"schema": 1, "set": [1]}': "what it says under set is not understood.",
        '{"schema": 1, "must": "CSIRT"}': "what it says under must is not understood.",
        '{"schema": 1, "files": [1]}': "what it says under files is not understood.",
        json.dumps({"schema": 1, "files": other}): (
            "it was made for kosovo.xlsx, and this page is about albania.xlsx."
        ),
        '{"schema": 1, "budget": "80.5%"}': (
            "the budget 80.5% cannot be set here; it is a whole percent from 0 to 1000."
        ),
        '{"schema": 1, "budget": "1001%"}': (
            "the budget 1001% cannot be set here; it is a whole percent from 0 to 1000."
        ),
        '{"schema": 1, "budget": "-5%"}': (
            "the budget -5% cannot be set here; it is a whole percent from 0 to 1000."
        ),
        '{"schema": 1, "set": {"cost.CLDVLT": 5}}': ("cost.CLDVLT cannot be changed on this page."),
        '{"schema": 1, "set": {"constructor": 5}}': ("constructor cannot be changed on this page."),
        '{"schema": 1, "must": ["constructor"]}': ("constructor cannot be changed on this page."),
        '{"schema": 1, "set": {"weight.autonomy": "much"}}': (
            "weight.autonomy is not set to a number."
        ),
        '{"schema": 1, "set": {"weight.autonomy": -1}}': (
            "weight.autonomy is -1; here it can only be 0 or more."
        ),
        '{"schema": 1, "set": {"weight.autonomy": 0, "weight.resilience": 0, '
        '"weight.openness": 0}}': "At least one objective must count.",
        '{"schema": 1, "set": {"likelihood.ransomware_wave": 77}}': "likelihood.ransomware_wave is 77; here it can",
        '{"schema": 1, "set": {"fund.EU.2027": 0.0011}}': (
            "its amounts of EU programme (illustrative) are not the same share of the workbook's"
        ),
        '{"schema": 1, "must": ["CLDVLT"], "never": ["CLDVLT"]}': "it decides CLDVLT in two ways.",
        '{"schema": 1, "never": ["CLDGOV.M"]}': (
            "CLDGOV.M is one option of CLDGOV; only all of it can be kept out here."
        ),
    }
    for text, reason in refused.items():
        told = drop(opened, text)
        opening = "scenario.json was not opened, and nothing was changed: "
        assert told.startswith(opening + reason), (text[:60], told)
    assert opened.run(CHANGES) == before
    assert opened.run("return document.getElementById('undo').disabled")

    version = [{"name": "albania.xlsx", "sha256": "ab" * 32}]
    told = drop(opened, json.dumps({"schema": 1, "files": version, "budget": "80 %"}))
    assert told == (
        "scenario.json was opened. It was made for another version of albania.xlsx: its answer "
        "may differ here."
    )
    assert opened.run("return document.querySelector('[data-fund=EU][type=number]').value") == "20"
    assert opened.complaints() == []


def test_a_page_of_a_changed_case_saves_the_change(opened: Opened, tmp_path: Path) -> None:
    """What --set and --budget changed before is in the scenario, for ``solve`` knows only that."""
    workbook, _seed = random_case(tmp_path, ONE_SEARCH, freely, 0)
    case = read_case(workbook)
    name = f"weight.{case.model.objectives[0].id}"
    changes = ("--budget", "120%", "--set", f"{name}=7")
    opened.open(page_of(workbook, *changes))
    opened.put("#gap", "0")
    same(opened.answer(), solved(workbook, opened.save()))
    opened.put(f'[data-fund="{case.funds[0].id}"][type=number]', 77)
    answer = opened.answer()
    saved = opened.save()
    same(answer, solved(workbook, saved))

    text = saved.read_text("utf-8")
    opened.run("document.getElementById('reset').click()")
    assert drop(opened, text) == "scenario.json was opened."
    told = drop(opened, json.dumps({"schema": 1, "budget": "80%"}))
    assert f"this page was made with {name} at 7, and the scenario is not." in told
    assert opened.complaints() == []


def test_names_are_text_whatever_they_are(opened: Opened, tmp_path: Path) -> None:
    """Tags, quotes, emoji, right-to-left letters and words of the language of the script."""
    opened.open(_odd(tmp_path / "odd.html"))
    shown = opened.run("return document.querySelector('[data-investment=CLOUD] th').textContent")
    assert shown.startswith(HOSTILE)
    assert opened.run("return window.intruder || 0") == 0

    opened.put("#gap", "0")
    opened.put('[data-force="constructor"]', "in")
    assert opened.answer()["kind"] == "proven"
    assert "constructor" in opened.run(
        "return [...document.querySelectorAll('tr.in')].map((row) => row.dataset.investment)"
    )
    opened.put('[data-fund="STATE"][type=number]', 0)
    assert opened.answer()["kind"] == "none"
    assert "Undo the last change" in opened.run("return document.getElementById('badge').innerText")
    opened.run("document.getElementById('undo').click()")
    assert opened.answer()["kind"] == "proven"
    assert opened.complaints() == []


def _odd(path: Path) -> Path:
    facts = held(
        case(
            option("CLOUD", 60, {"value": 70}).model_copy(update={"title": HOSTILE}),
            option("constructor", 50, {"value": 20}).model_copy(update={"title": "\u0645\u0634"}),
            criteria=(criterion("value"),),
            funds=(fund(2027, 100),),
            name="odd.xlsx",
        )
    )
    outcome = solve(facts, Options(gap=0))
    made = PageRequest(Precomputed(), Provenance(files=(ReadFile("odd.xlsx", "ab" * 32),)))
    return write_page(outcome, path, made).path


def test_keys_alone_are_enough(opened: Opened, albania: Path) -> None:
    """From the top: skip link, then every control in turn; arrows move the money."""
    opened.open(albania)
    keys = ActionChains(opened.driver)
    seen: list[str] = []
    active = "const e = document.activeElement; return e.id || e.dataset.force || e.className"
    for _number in range(12):
        keys.send_keys(Keys.TAB).perform()
        seen.append(opened.run(active))
        if seen[-1] == "money-all":
            break
    assert seen[0] == "skip"
    assert seen[-1] == "money-all"
    keys.send_keys(Keys.ARROW_LEFT).perform()
    opened.wait(
        lambda: opened.run("return document.getElementById('money-all-number').value") == "66.5"
    )
    opened.answer()
    assert "all funds at 66.5 million EUR (95 %)" in opened.run(CHANGES)
    keys.send_keys(Keys.TAB).perform()
    assert opened.run(active) == "money-all-number"
    assert opened.complaints() == []


def test_where_scripts_are_blocked_the_plan_still_stands(opened: Opened, albania: Path) -> None:
    driver = opened.driver
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        driver.get("about:blank")
        driver.get(albania.as_uri())
        text = driver.find_element("tag name", "body").text
        controls = driver.find_element("class name", "controls").is_displayed()
    finally:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})

    assert "Scripts are blocked here" in text
    assert "Money by year" in text
    assert "With other amounts of money" in text
    assert not controls


def test_a_page_may_be_closed_and_opened_twice_while_it_searches(
    opened: Opened, albania: Path
) -> None:
    opened.open(albania)
    opened.put('[data-fund="STATE"][type=number]', 71)
    first = opened.driver.current_window_handle
    opened.driver.switch_to.new_window("tab")
    try:
        opened.open(albania)
        opened.put("#gap", "0.01")
        opened.put('[data-force="CLDVLT"]', "out")
        assert opened.answer()["kind"] in ("proven", "within")
        opened.put('[data-fund="STATE"][type=number]', 72)
        assert opened.complaints() == []
    finally:
        opened.driver.close()
        opened.driver.switch_to.window(first)
    opened.open(albania)
    assert opened.run(KIND) != "searching"
