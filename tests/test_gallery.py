"""The gallery tells of every example under every model, and says what its figures are."""

import re
from pathlib import Path

import pytest

from choosebattles.shipped import shipped
from choosebattles.workbook.reader import read_case

PAGE = (Path(__file__).parents[1] / "docs" / "gallery.md").read_text("utf-8")
MODELS = sorted(each.stem for each in shipped("models").glob("*.toml"))
EXAMPLES = sorted(each.stem for each in shipped("inputs").glob("*.xlsx"))
SECTIONS = dict(
    re.findall(r"^## .*\n\n`inputs/(\w+)\.xlsx`([^§]*?)(?=^## |\Z)", PAGE, re.MULTILINE)
)
WITHOUT = {"albania", "kosovo", "lesotho", "switzerland", "western_balkans"}
"""Examples without investments of the pillar resource."""


def test_every_example_has_its_section_and_no_other() -> None:
    assert sorted(SECTIONS) == EXAMPLES


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_model_has_a_plan_or_does_not_apply(name: str) -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \| .*\|$", SECTIONS[name], re.MULTILINE))
    refused = {model for model, text in rows.items() if text.startswith("Does not apply")}
    wanted = {"endowment", "resource_leverage"} if name in WITHOUT else set()

    assert sorted(rows) == MODELS
    assert refused == (wanted | ({"resource_leverage"} if name == "iceland" else set()))
    assert all("investments and raises" in rows[each] for each in rows.keys() - refused)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_plans_speak_of_as_many_investments_as_the_workbook_has(name: str) -> None:
    case = read_case(shipped("inputs") / f"{name}.xlsx")
    numbers = set(re.findall(r"takes \d+ of (\d+) investments", SECTIONS[name]))

    assert numbers == {str(len(case.investments))}
    assert case.prices in SECTIONS[name]
    titles = {each.title for each in case.options.values()}
    assert (
        set(re.findall(r"^\| ([^`|]+) (?:\| [x-]? ?)+\|$", SECTIONS[name], re.MULTILINE)) <= titles
    )


def test_the_label_comes_first() -> None:
    assert "None of this is a plan of a state" in PAGE[: PAGE.index("\n## ")]
