"""Questions of the sheet Story: what they change is something of the case, to a number."""

from decimal import Decimal

import pytest

from choosebattles.case.evidence import StoryRow
from choosebattles.case.place import Origin, Place
from choosebattles.case.story_change import change_parts
from choosebattles.errors import InputError
from small_cases import case, fund, option


def asked(change: str) -> str:
    """Return what is said of a case with a question that changes this; nothing where it is fine."""
    row = StoryRow(
        title="?",
        change=change,
        origin=Origin(cells={"change": Place("", "Story", "B2", "Change")}),
    )
    try:
        case(option("CLOUD", 60, 5), funds=(fund(2027, 100),), story=(row,))
    except InputError as error:
        return str(error).partition("\n")[2].strip()
    return ""


@pytest.mark.parametrize(
    "change",
    ["", "fund.STATE=30", "Fund.state.2027 = 12.5; never = cloud", "budget=80%; must=CLOUD"],
)
def test_what_can_be_changed_is_accepted(change: str) -> None:
    assert asked(change) == ""


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("fund.STAET=30", "CB-L52 Story!B2 (Change): found 'fund.STAET'"),
        ("fund.STATE=much", "CB-L52 Story!B2 (Change): found 'much'; expected a number."),
        ("fund.STATE", "CB-L52 Story!B2 (Change): found 'fund.STATE'; expected a name, ="),
        ("budget=80", "CB-L52 Story!B2 (Change): found '80'; expected a percentage such as 80%."),
        ("never=CLOUDS", "CB-L04 Story!B2 (Change): found 'CLOUDS'"),
    ],
)
def test_what_cannot_be_is_refused_in_its_cell(change: str, says: str) -> None:
    assert asked(change).startswith(says), asked(change)


def test_a_change_is_read_part_by_part() -> None:
    parts = [*change_parts(" fund.STATE = 30 ;; budget=80% ; never=CSIRT ")]

    assert [(part.name, part.word, part.number) for part in parts] == [
        ("fund.STATE", "", Decimal(30)),
        ("budget", "budget", Decimal("0.8")),
        ("never", "never", None),
    ]
