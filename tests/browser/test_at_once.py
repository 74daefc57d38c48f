"""What the page shows before a search has ended: a plan that holds, and a bound that no plan exceeds."""

import re
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from browser.conftest import Opened
from browser.moving import NOTED, page_of, put, random_case, solved
from choosebattles.case.case import Case
from choosebattles.case.decision_model import Method
from choosebattles.case.other_numbers import with_likelihoods, with_objectives
from choosebattles.case.parameter import budget
from choosebattles.case.plan import Choice
from choosebattles.explain.plans_at_hand import money_lines, open_investments, plans_at_hand
from choosebattles.explain.precomputed import Precomputed
from choosebattles.report.page.writer import PageRequest, write_page
from choosebattles.report.provenance import Provenance
from choosebattles.run.requested_case import Changes, ask
from choosebattles.solving.audited_plan import confirmed
from choosebattles.solving.options import Options
from choosebattles.solving.resolver import Resolver
from choosebattles.solving.search_limits import SearchLimits, SharedLimits
from choosebattles.solving.solve import solve
from choosebattles.workbook.reader import read_case
from oracle.workbooks import ALL
from report.page.moves import drawn, held
from small_cases import case, fund, objective, option, provider, service, shock

pytestmark = pytest.mark.browser

SHOWN = 1500
"""Milliseconds for which it is noted what the page shows."""


def weighed(case: Case) -> bool:
    """Say whether a case has several investments and goals to move, under one search."""
    several = len([*open_investments(case)]) > 1 and len(case.model.objectives) > 1
    return several and case.model.method is Method.WEIGHTED


def choices(case: Case, taken: list[list[str]]) -> list[Choice]:
    """Return the plan that the table of investments shows."""
    found = []
    for investment, text in taken:
        option, year = re.fullmatch(r"(?:(.+), )?from (\d+)", text).groups()  # type: ignore[union-attr]
        owner = next(each for each in case.investments if each.id == investment)
        found.append(Choice(investment, option or owner.options[0].id, int(year)))
    return found


@pytest.mark.parametrize("number", range(2))
def test_what_is_shown_at_once_is_no_better_than_it_says(
    opened: Opened, tmp_path: Path, number: int
) -> None:
    workbook, seed = random_case(tmp_path, ALL - {"methods"}, weighed, number)
    page = page_of(workbook)
    at_once = 0
    for draw in range(3):
        opened.open(page)
        put(opened, drawn(held(read_case(workbook)), 100 * seed + draw))
        opened.answer()
        scenario = opened.save()
        opened.open(page)
        notes = opened.driver.execute_async_script(NOTED, scenario.read_text("utf-8"), SHOWN)

        best = solved(workbook, scenario).objective
        case = ask([workbook], Changes(scenario=scenario)).case
        for note in notes["noted"]:
            if note["bound"] is not None:
                assert note["bound"] >= (best or float("-inf")) - 1e-6, (draw, note)
            if note["value"] is not None:
                assert best is not None, (draw, note)
                at_once += note["kind"] == "searching"
                counted = confirmed(case, choices(case, note["taken"]))[1].after.value
                assert note["value"] == pytest.approx(float(counted), abs=1e-6, rel=1e-6)
                assert note["value"] <= best + 1e-6
    assert at_once
    assert opened.complaints() == []


EXACT = Options(gap=0, ties=False, binding=0, conflict=False)
GLIDE = """
const [moves, shocks] = arguments;
for (const [name, on] of Object.entries(shocks)) {
  const box = document.querySelector(`[data-shock="${name}"]`);
  if (box.checked !== on) box.click();
}
const badge = document.getElementById("badge");
for (const [selector, value] of moves) {
  const slider = document.querySelector(selector);
  slider.value = value;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
}
return { ...badge.dataset, taken: [...document.querySelectorAll("tr.in")].map((row) => row.dataset.investment) };
"""


def shaken() -> Case:
    """Return a case of two goals in which one shock takes away what another one leaves."""
    return held(
        case(
            option("A", 50, {"value": 60}, covers={"hosting": 1}),
            option("B", 40, {"value": 10}, covers={"links": 1}),
            option("C", 30, {"value": 25}),
            option("D", 20, {"value": 5}, covers={"links": Decimal("0.5")}),
            option("E", 60, {"value": 70}),
            objectives=(objective("autonomy", weight=60), objective("resilience", weight=40)),
            providers=(provider("OLD", "hosting", 1, "law:X"), provider("SEA", "links", 1, "sea")),
            services=(service("card", "hosting", "links"),),
            shocks=(
                shock("LAW", "law:X", objective="resilience", likelihood=1),
                shock("CUT", "sea", objective="resilience", likelihood=3),
            ),
            funds=(fund(2027, 100),),
            points_for_100=100,
        )
    )


def page_at_hand(facts: Case, path: Path) -> Path:
    """Write the page of a case with its plans and lines at hand, and nothing else."""
    limits = SharedLimits(SearchLimits(None, 100.0))
    plans = tuple(plans_at_hand(Resolver(facts), facts, limits))
    made = Precomputed(plans=plans, lines=tuple(money_lines(facts, limits)))
    assert made.plans
    assert made.lines
    request = PageRequest(made, Provenance())
    return write_page(solve(facts, EXACT), path, request).path


def glided(opened: Opened, money: int, autonomy: int, shocks: dict[str, bool]) -> dict[str, Any]:
    """Move two sliders as a hand does, and return what stands there in the same moment.

    A slider of money stops at every 5 % of the workbook's.
    """
    moves = [["[data-fund][type=range]", money // 5], ['[data-weight="autonomy"]', autonomy]]
    return dict(opened.run(GLIDE, moves, shocks))


@pytest.mark.parametrize("off", [(), ("LAW",), ("CUT",)], ids=["both", "cut", "law"])
def test_while_a_hand_moves_the_best_lies_between_plan_and_bound(
    opened: Opened, tmp_path: Path, off: tuple[str, ...]
) -> None:
    facts = shaken()
    opened.open(page_at_hand(facts, tmp_path / "shaken.html"))
    near = 0
    for money, autonomy in product((25, 65, 95, 140), (10, 61, 90)):
        shown = glided(opened, money, autonomy, dict.fromkeys(off, False))
        moved = with_objectives(
            budget(facts, Decimal(money) / 100), {"autonomy": Decimal(autonomy)}
        )
        moved = with_likelihoods(moved, dict.fromkeys(off, Decimal(0)))
        best = solve(Case.model_validate(moved.model_dump()), EXACT).objective

        assert best is not None
        assert shown["kind"] == "searching", shown
        assert float(shown["value"]) <= best + 1e-6, (money, autonomy)
        near += float(shown["value"]) >= best - 0.005 * max(1.0, best)
        assert bool(shown["bound"]) == (not off)
        if shown["bound"]:
            assert float(shown["bound"]) >= best - 1e-6, (money, autonomy)
            assert float(shown["bound"]) <= best + 20
    assert near >= 10
