"""The live page as a room uses it: pictures, tiles, two plans side by side, links, questions."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from browser.conftest import Opened
from browser.moving import same, solved
from choosebattles.explain.precomputed import Precomputed
from choosebattles.report.number_wording import rounded
from choosebattles.report.page.writer import PageRequest, write_page
from choosebattles.report.provenance import Provenance
from choosebattles.solving.options import Options
from choosebattles.solving.solve import solve
from choosebattles.workbook.reader import read_case
from golden.cases import FULL
from report.page.moves import held
from workbook.sheets import write

pytestmark = pytest.mark.browser

HEADLINE = "return document.getElementById('headline').textContent"
CHANGES = "return document.getElementById('changes').textContent"
TILE = "return document.querySelector(`[data-tile='${arguments[0]}']`).className.split(' ')"
FLAG = "return document.querySelector(`[data-tile='${arguments[0]}'] .flag`).textContent"
PRESS = "document.querySelector(`[data-tile='${arguments[0]}']`).click()"
CHOOSE = "document.querySelector(`#tile-choices input[value='${arguments[0]}']`).click()"
CLICK = "document.getElementById(arguments[0]).click()"
TEXT = "return document.querySelector(arguments[0]).innerText"
ACTIVE = "return document.activeElement.dataset.tile || document.activeElement.id"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a workbook with every sheet filled; 52.5 million over three years."""
    workbook = tmp_path_factory.mktemp("room") / "room.xlsx"
    write(workbook, FULL)
    outcome = solve(held(read_case(workbook)), Options(gap=0, binding=0))
    made = PageRequest(Precomputed(), Provenance.of([workbook]))
    return write_page(outcome, workbook.with_suffix(".html"), made).path


def shapes(opened: Opened) -> dict[str, Any]:
    """Return the widths of the bars of the plan, and the heights of the columns, in percent."""
    found = opened.run(
        """
        const number = (node, name) => parseFloat(node.getAttribute(name));
        const bars = [...document.querySelectorAll("[data-bar]")].map(
          (row) => [row.dataset.bar, number(row.querySelector(".gain"), "width")]);
        const columns = [...document.querySelectorAll("[data-column]")].map((group) => ({
          paid: [...group.querySelectorAll(".paid")].map((part) => number(part, "height")),
          there: number(group.querySelector(".there"), "height") }));
        return { bars: Object.fromEntries(bars), columns };"""
    )
    assert isinstance(found, dict)
    return found


def test_the_pictures_are_drawn_to_scale_whatever_is_moved(opened: Opened, room: Path) -> None:
    """Bars of indices from 0 to 100; columns of money in the same proportions as the amounts."""
    opened.open(room)
    opened.put("#gap", "0")
    opened.put('[data-fund="STATE"][type=number]', 60)
    answer = opened.answer()
    outcome = solved(room.with_suffix(".xlsx"), opened.save())
    drawn = shapes(opened)

    assert outcome.recount is not None
    expected = {"": answer["value"]} | {
        name: float(index) for name, index in outcome.recount.after.indices.items()
    }
    assert drawn["bars"] == pytest.approx(expected, abs=0.06)
    scale = [
        column["there"] / float(sum(fund.amount[year] for fund in outcome.case.funds))
        for column, year in zip(drawn["columns"], outcome.case.calendar, strict=True)
    ]
    assert scale == pytest.approx([scale[0]] * len(scale), rel=0.01)
    paid = sum(sum(column["paid"]) for column in drawn["columns"])
    spent = sum(sum(years.values()) for years in outcome.recount.spending.values())
    assert paid / scale[0] == pytest.approx(float(spent), rel=0.01)


def test_nothing_jumps_when_something_is_moved(opened: Opened, room: Path) -> None:
    opened.open(room)
    place = """
    const box = document.getElementById("pictures").getBoundingClientRect();
    return [box.top, box.left, box.width, box.height];"""
    before = opened.run(place)
    opened.put('[data-fund="STATE"][type=number]', 60)
    opened.answer()

    assert opened.run(place) == before


def test_a_pressed_tile_says_why_and_forces(opened: Opened, room: Path) -> None:
    opened.open(room)
    before = opened.run(HEADLINE)
    assert "in" in opened.run(TILE, "CSIRT")
    opened.run(PRESS, "CSIRT")
    said = opened.run(TEXT, "#tile")
    assert "from 2027" in said
    assert "decide, and the page searches" in said

    opened.run(CHOOSE, "out")
    answer = opened.answer()
    assert set(opened.run(TILE, "CSIRT")) == {"tile", "leaves", "forced"}
    assert opened.run(FLAG, "CSIRT") == "leaves, kept out"
    assert "It is out because it was kept out here." in opened.run(TEXT, "#tile")
    effect = f"Objective {rounded(answer['value'], 1)}; before this decision "
    assert effect in opened.run(TEXT, "#tile")
    assert opened.run(HEADLINE) != before

    ActionChains(opened.driver).send_keys(Keys.ESCAPE).perform()
    assert not opened.run("return document.getElementById('tile').open")
    assert opened.run(ACTIVE) == "CSIRT"
    opened.run(CLICK, "undo")
    opened.answer()
    assert set(opened.run(TILE, "CSIRT")) == {"tile", "in"}
    assert opened.complaints() == []


def test_why_an_investment_is_out_is_told_of_the_plan_of_the_workbook(
    opened: Opened, room: Path
) -> None:
    opened.open(room)
    outcome = solve(held(read_case(room.with_suffix(".xlsx"))), Options(gap=0, binding=0))
    assert outcome.plan is not None
    out = next(
        owner.id
        for owner in outcome.case.investments
        if not {option.id for option in owner.options} & outcome.plan.taken
    )
    opened.run(PRESS, out)

    assert opened.run(TEXT, "#tile-state") == "not taken"
    assert len(opened.run(TEXT, "#tile-why")) > 20


def test_the_headline_is_of_the_plan_that_is_shown(opened: Opened, room: Path) -> None:
    """Of 52.5 million 60 % of the state's 37.5 and all of the other 15 are 37.5."""
    opened.open(room)
    first = opened.run(HEADLINE)
    assert first.startswith("With 52.5 million EUR over 2027-2029 the best plan takes")
    state, whole = (
        float(opened.run("return document.querySelector(arguments[0]).dataset.whole", slider))
        for slider in ('[data-fund="STATE"][type=range]', "#money-all")
    )
    opened.put("#gap", "0")
    opened.put('[data-fund="STATE"][type=number]', 60)
    opened.answer()
    money = rounded(whole - 0.4 * state, 1)
    taken = opened.run("return document.querySelectorAll('.tile.in').length")

    says = opened.run(HEADLINE)
    assert says.startswith(f"With {money} million EUR over 2027-2029 the best plan takes {taken} ")
    for index, told in opened.run(
        """return [...document.querySelectorAll("td[data-index]")]
        .filter((cell) => cell.dataset.index).map((cell) => [cell.dataset.index, cell.textContent])"""
    ):
        assert re.search(rf"{index} goes from [0-9.]+ to {told}", says), says

    opened.put('[data-force="CLOUD"]', "out")
    assert opened.answer()["kind"] == "none"
    assert (
        opened.run(HEADLINE) == f"With {money} million EUR over 2027-2029 there is no plan to show."
    )
    opened.run(CLICK, "reset")
    opened.answer()
    assert opened.run(HEADLINE) == first


def test_money_is_typed_in_millions_and_searched_exactly(opened: Opened, room: Path) -> None:
    """An amount that is no whole percent; the scenario says it year by year."""
    opened.open(room)
    opened.put("#gap", "0")
    opened.run(
        """const box = document.querySelector('[data-fund="STATE"][type=number]');
        box.value = 21.3; box.dispatchEvent(new Event("change", { bubbles: true }));"""
    )
    answer = opened.answer()
    scenario = opened.save()
    amounts = json.loads(scenario.read_text("utf-8"))["set"]

    assert sum(amounts.values()) == pytest.approx(21.3, abs=0.002)
    assert "21.3 million EUR" in opened.run(CHANGES)
    same(answer, solved(room.with_suffix(".xlsx"), scenario))


def test_a_link_carries_the_change(opened: Opened, room: Path) -> None:
    opened.open(room)
    opened.put("#gap", "0")
    opened.put('[data-fund="STATE"][type=number]', 60)
    opened.put('[data-force="CSIRT"]', "out")
    answer, changes = opened.answer(), opened.run(CHANGES)
    link = opened.driver.current_url
    assert "#scenario=" in link
    opened.run(CLICK, "reset")
    opened.answer()
    assert "#" not in opened.driver.current_url

    opened.driver.get("about:blank")
    opened.driver.get(link)
    opened.wait(lambda: opened.run(CHANGES) == changes)
    opened.put("#gap", "0")
    assert opened.answer()["value"] == pytest.approx(answer["value"], abs=1e-6)

    opened.run("location.hash = '#scenario=nonsense'")
    told = "return document.getElementById('opened').textContent"
    opened.wait(lambda: "was not opened" in opened.run(told))
    assert opened.run(CHANGES) == changes
    assert opened.complaints() == []


def test_two_plans_stand_side_by_side(opened: Opened, room: Path) -> None:
    opened.open(room)
    opened.put("#gap", "0")
    opened.put('[data-force="CSIRT"]', "out")
    kept = opened.answer()
    first, says = opened.run(CHANGES), opened.run(HEADLINE)
    opened.run(CLICK, "keep")
    opened.put('[data-force="CSIRT"]', "")
    opened.put('[data-fund="STATE"][type=number]', 80)
    shown = opened.answer()

    def side(name: str) -> list[str]:
        parts = ("changes", "says", "proof", "only")
        return [str(opened.run(TEXT, f"#beside .{name} .beside-{part}")) for part in parts]

    assert side("kept")[:2] == [first, says]
    assert side("kept")[2].startswith("Proved")
    assert side("now")[:2] == [opened.run(CHANGES), opened.run(HEADLINE)]
    assert "(CSIRT)" in side("now")[3]
    assert "enters" in opened.run(TILE, "CSIRT")
    before = side("now")
    opened.run(CLICK, "swap")
    assert opened.answer()["value"] == pytest.approx(kept["value"], abs=1e-9)
    assert side("kept") == before
    opened.run(CLICK, "swap")
    assert opened.answer()["value"] == pytest.approx(shown["value"], abs=1e-9)
    opened.run(CLICK, "release")
    assert not opened.run("return document.getElementById('beside').checkVisibility()")


SCENE = "return document.documentElement.dataset.scene || ''"


def test_arrow_keys_go_from_picture_to_question(opened: Opened, room: Path) -> None:
    """The question of the workbook sets the state's money to 20 million, and keeps CSIRT out."""
    opened.open(room)
    before = opened.run(HEADLINE)
    opened.run(CLICK, "present")
    keys = ActionChains(opened.driver)
    scenes = [opened.run(SCENE)]
    for _number in range(4):
        keys.send_keys(Keys.ARROW_RIGHT).perform()
        scenes.append(opened.run(SCENE))
    assert scenes == ["answer", "indices", "money", "plan", "question"]
    opened.answer()
    assert opened.run(TEXT, "#question") == "What if the state pays less?"
    assert opened.run(TEXT, "#question-note") == "Ask who would carry it."
    changes = opened.run(CHANGES)
    assert "State budget at 20.0 million EUR" in changes
    assert "CSIRT kept out" in changes
    assert opened.run(HEADLINE) != before
    visible = (
        "return [...document.querySelectorAll('.picture-box')].map((e) => e.checkVisibility())"
    )
    assert opened.run(visible) == [True, False]

    keys.send_keys(Keys.ARROW_LEFT).perform()
    assert (opened.run(SCENE), opened.run(HEADLINE)) == ("plan", before)
    keys.send_keys(Keys.ESCAPE).perform()
    assert (opened.run(SCENE), opened.run(HEADLINE)) == ("", before)
    assert opened.run(ACTIVE) == "present"
    assert opened.run("return document.getElementById('undo').disabled")
    assert opened.complaints() == []


def test_a_question_of_the_room_is_kept_and_asked_again(opened: Opened, room: Path) -> None:
    opened.open(room)
    opened.put('[data-fund="STATE"][type=number]', 60)
    opened.answer()
    changes = opened.run(CHANGES)
    opened.run("document.getElementById('question-text').value = 'Less?'")
    opened.run(CLICK, "question-add")
    opened.run(CLICK, "reset")
    opened.answer()

    opened.open(room)
    listed = "return [...document.querySelectorAll('#questions li')].map((e) => e.innerText)"
    assert [text.split("\n")[0] for text in opened.run(listed)][-1].startswith("Less?")
    opened.run("document.querySelector('#questions li:last-child button').click()")
    opened.answer()
    assert opened.run(CHANGES) == changes
    opened.run("document.querySelector('#questions li:last-child button:last-child').click()")
    assert len(opened.run(listed)) == 1
