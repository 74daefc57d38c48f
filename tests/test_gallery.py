"""The gallery tells of every example under every model, and says what its figures are."""

import re
from pathlib import Path

import pytest

from choosebattles.shipped_files import shipped
from choosebattles.workbook.decision_model_files import read_model
from choosebattles.workbook.reader import read_case

PAGE = (Path(__file__).parents[1] / "docs" / "gallery.md").read_text("utf-8")
MODELS = sorted(file.stem for file in shipped("models").glob("*.toml"))
EXAMPLES = sorted(file.stem for file in shipped("inputs").glob("*.xlsx"))
SECTIONS = dict(
    re.findall(r"^## .*\n\n`inputs/(\w+)\.xlsx`([^§]*?)(?=^## |\Z)", PAGE, re.MULTILINE)
)
RESOURCE = {"endowment", "resource_leverage"}
NEIGHBOUR = {"negotiated_interdependence", "resource_leverage"}
LACKING = {
    "albania": RESOURCE,
    "iceland": NEIGHBOUR,
    "kosovo": RESOURCE,
    "lesotho": RESOURCE,
    "switzerland": RESOURCE,
    "western_balkans": RESOURCE,
}
"""Models that ask for a resource to sell, or for a neighbour, where there is none."""


def test_every_example_has_its_section_and_no_other() -> None:
    assert sorted(SECTIONS) == EXAMPLES


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_model_has_a_plan_or_does_not_apply(name: str) -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \| .*\|$", SECTIONS[name], re.MULTILINE))
    refused = {model for model, text in rows.items() if text.startswith("Does not apply")}

    assert sorted(rows) == MODELS
    assert refused == LACKING.get(name, set())
    for model in rows.keys() - refused:
        assert "investments and raises" in rows[model]


@pytest.mark.parametrize("name", MODELS)
def test_every_strategy_says_when_to_choose_it_and_what_it_asks_for(name: str) -> None:
    model = read_model(name)
    told = PAGE[PAGE.index("## The strategies") : PAGE.index("\n## Albania")]

    assert f"**{model.title}** (`{name}`). {model.when}" in told
    assert all(limit.note in told for limit in model.model.limits)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_plans_speak_of_as_many_investments_as_the_workbook_has(name: str) -> None:
    case = read_case(shipped("inputs") / f"{name}.xlsx")
    numbers = set(re.findall(r"takes \d+ of (\d+) investments", SECTIONS[name]))

    assert numbers == {str(len(case.investments))}
    assert case.prices in SECTIONS[name]
    titles = {option.title for option in case.options.values()}
    assert (
        set(re.findall(r"^\| ([^`|]+) (?:\| [x-]? ?)+\|$", SECTIONS[name], re.MULTILINE)) <= titles
    )


def test_the_label_comes_first() -> None:
    assert "None of this is a plan of a state" in PAGE[: PAGE.index("\n## ")]
