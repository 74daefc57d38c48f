"""The page on what was asked for: every id once, every named place is there."""

import re
from functools import cache
from pathlib import Path

import pytest

from choosebattles.case.case import Case
from choosebattles.case.limit import Metric
from choosebattles.cli import COMMANDS
from choosebattles.shipped_files import shipped
from choosebattles.workbook.layout import SHEETS
from choosebattles.workbook.reader import read_case
from choosebattles.workbook.settings import SETTINGS

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "coverage.md").read_text("utf-8")
ROWS = dict(re.findall(r"^\| ([FDRIHC]\d\d) \| (.*) \|$", PAGE, re.MULTILINE))
COUNTS = {"F": 22, "D": 28, "R": 35, "I": 54, "H": 8, "C": 22}
KINDS = (
    "command",
    "sheet",
    "column",
    "setting",
    "metric",
    "model",
    "example",
    "row",
    "shock",
    "file",
)
PLACE = re.compile(rf"`({'|'.join(KINDS)}) ([^`]+)`")


@cache
def example(name: str) -> Case:
    return read_case(shipped("inputs") / f"{name}.xlsx")


def headers(sheet: str) -> set[str]:
    return {column.header for one in SHEETS if one.name == sheet for column in one.columns}


def is_there(kind: str, name: str) -> bool:
    first, _space, second = name.partition(" ")
    if kind == "row":
        case = example(first)
        return second in {*case.options, *(investment.id for investment in case.investments)}
    if kind == "column":
        sheet, _colon, header = name.partition(": ")
        return header in headers(sheet)
    return {
        "command": lambda: name in COMMANDS,
        "sheet": lambda: name in {each.name for each in SHEETS},
        "setting": lambda: name in {setting.label for setting in SETTINGS},
        "metric": lambda: name in {each.value for each in Metric},
        "model": (shipped("models") / f"{name}.toml").exists,
        "example": (shipped("inputs") / f"{name}.xlsx").exists,
        "shock": lambda: second in {shock.id for shock in example(first).shocks},
        "file": (ROOT / name).exists,
    }[kind]()


def test_every_wish_stands_there_once() -> None:
    wanted = [f"{letter}{n:02}" for letter, count in COUNTS.items() for n in range(1, count + 1)]

    assert re.findall(r"^\| ([FDRIHC]\d\d) \|", PAGE, re.MULTILINE) == wanted
    assert len(wanted) == 169


@pytest.mark.parametrize("wish", sorted(ROWS))
def test_a_wish_has_a_place_or_a_reason(wish: str) -> None:
    where = ROWS[wish].partition(" | ")[2]
    answered = PLACE.search(where) or re.search(
        r"\bnot (modelled|computed|yet|filled|a row)", where
    )
    by_text = re.search(r"^(criterion|objective|pillar|no credit) ", where)

    assert answered or by_text, where


def test_every_place_that_is_named_is_there() -> None:
    missing = [f"{kind} {name}" for kind, name in PLACE.findall(PAGE) if not is_there(kind, name)]

    assert not missing


def test_what_is_in_backticks_is_a_place() -> None:
    for text in re.findall(r"`([^`]+)`", PAGE):
        assert text.partition(" ")[0] in KINDS, text


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("command", "demolish"),
        ("row", "kosovo CABLE9"),
        ("column", "Funds: Donor mood"),
        ("shock", "iceland transit_cut_neighbour"),
        ("model", "autarky"),
    ],
)
def test_a_place_that_is_not_there_is_noticed(kind: str, name: str) -> None:
    assert not is_there(kind, name)


def test_what_the_page_says_of_rows_is_so() -> None:
    albania, bhutan, balkans = example("albania"), example("bhutan"), example("western_balkans")
    needs = {
        name: needed
        for case in (albania, balkans)
        for rule in case.rules
        for name in rule.investments
        for needed in (rule.needs,)
    }

    assert albania.options["REGLOC"].score["openness"] < 0
    assert {albania.options["AIAPI"].score[each] < 0 for each in ("legal", "political")} == {True}
    assert "law:US" in albania.options["CLDHYP"].exposures
    assert "law:IN" in bhutan.options["GATE3.M"].exposures
    assert any("law:CN" in provider.exposures for provider in example("switzerland").providers)
    assert "AIGOV" in needs["AIPLAT.M"]
    assert "INTEROP" in needs["EIDWAL"]
    assert "TREATY" in needs["CLDGOV.M"]
    assert example("bhutan").revenue_haircut > albania.revenue_haircut
    assert "answering an attack together" in albania.options["POOLTI"].note
