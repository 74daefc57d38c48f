"""What the page shows before a search has ended: a plan that holds, and a bound that no plan exceeds."""

import re
from pathlib import Path

import pytest

from browser.conftest import Opened
from browser.moving import NOTED, page_of, put, random_case, solved
from choosebattles.case.case import Case
from choosebattles.case.decision_model import Method
from choosebattles.case.plan import Choice
from choosebattles.explain.plans_at_hand import open_investments
from choosebattles.run.requested_case import Changes, ask
from choosebattles.solving.audited_plan import confirmed
from choosebattles.workbook.reader import read_case
from oracle.workbooks import ALL
from report.page.moves import drawn, held

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
