"""What a little more would be worth: certified intervals become sentences that hold."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from choosebattles.report.plan.binding import binding_sentences
from choosebattles.report.results import write_results
from choosebattles.report.story import tell
from choosebattles.report.wording import at_least, whole_percent
from choosebattles.solving.outcome import Binding, BindingKind
from report.outcomes import no_plan, outcome

PERSON = Binding(BindingKind.SKILL, "software", 0.2149, 0.3011)
MILLION = Binding(BindingKind.MONEY, "STATE", 0.0, 0.0381)


@pytest.mark.parametrize(
    ("low", "high", "sentence"),
    [
        (
            0.2149,
            0.3011,
            (
                "One more person of software raises the objective by at least 0.21 and at most "
                "0.31 points."
            ),
        ),
        (0.2, 0.2, "One more person of software raises the objective by 0.2 points."),
        (
            0.2149,
            float("inf"),
            "One more person of software raises the objective by at least 0.21 points.",
        ),
        (
            -0.01,
            0.0381,
            (
                "One more person of software raises the objective by at most 0.039 points; whether "
                "it does at all cannot be told at this gap."
            ),
        ),
        (
            0.0,
            0.0,
            "One more person of software does not raise the objective.",
        ),
        (
            0.0,
            float("inf"),
            "One more person of software may raise the objective; whether it does cannot be told at this gap.",
        ),
    ],
)
def test_an_interval_in_words(low: float, high: float, sentence: str) -> None:
    assert binding_sentences([Binding(BindingKind.SKILL, "software", low, high)]) == (sentence,)


def test_the_surest_gain_comes_first_and_money_is_named() -> None:
    assert [sentence.split(" raises")[0] for sentence in binding_sentences([MILLION, PERSON])] == [
        "One more person of software",
        "One more million a year in STATE",
    ]


def test_what_binds_stands_on_the_summary(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    write_results(outcome(binding=(PERSON, MILLION)), path)

    cells = [row[0].value for row in load_workbook(path)["Summary"].iter_rows(max_col=1)]
    at = cells.index("What binds")
    assert str(cells[at + 1]).startswith("One more person of software")
    assert tell(no_plan(binding=(PERSON,))).binding == ()


def test_promises_are_rounded_so_that_they_hold() -> None:
    assert [at_least(each) for each in (0.2199, 12.9, -1, 0.0)] == [0.21, 12, 0, 0]
    assert [whole_percent(each) for each in (1, 0.997, 0.994, 0.001, 0)] == [
        "100 %",
        "more than 99 %",
        "99 %",
        "less than 1 %",
        "0 %",
    ]
