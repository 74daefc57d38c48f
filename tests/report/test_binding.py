"""What a little more would be worth: certified intervals become sentences that hold."""

import math
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from choosebattles.report.json import as_json
from choosebattles.report.number_wording import at_least, whole_percent
from choosebattles.report.plan_parts.binding import binding_sentences, untested_sentence
from choosebattles.report.results_workbook import write_results
from choosebattles.report.view_model import tell
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Binding, BindingKind, Stop, Ties
from choosebattles.solving.solve import solve
from report.outcomes import no_plan, outcome
from small_cases import case, fund, option

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


def test_what_was_not_tested_is_named_in_one_sentence() -> None:
    found = (
        Binding(BindingKind.SKILL, "IT", 0.0, math.inf, untested=True),
        Binding(BindingKind.SKILL, "LAW", 2.0, 2.0),
        Binding(BindingKind.MONEY, "STATE", 0.0, math.inf, untested=True),
    )

    assert binding_sentences(found) == ("One more person of LAW raises the objective by 2 points.",)
    assert [*untested_sentence(found)] == [
        (
            "What more would be worth was not tested, because the time was over: one more "
            "person of IT and one more million a year in STATE. Allow more with --time-limit."
        )
    ]


@pytest.mark.parametrize(("stop", "said"), [(Stop.TIME_LIMIT, 2), (Stop.WORK_LIMIT, 0)])
def test_what_the_time_left_open_is_said_on_every_way(stop: Stop, said: int) -> None:
    answered = solve(case(option("A", 3, 30), funds=(fund(2027, 3),)), Options(gap=0))
    left = Binding(BindingKind.MONEY, "STATE", 0.0, math.inf, untested=stop is Stop.TIME_LIMIT)
    found = replace(answered, ties=Ties(stop=stop), binding=(left,))
    sentences = as_json(found)["unfinished"]
    story = tell(found)

    assert len(sentences) == said
    assert {*sentences} <= {*story.proof}
    assert all("the time was over" in sentence for sentence in sentences)
    assert as_json(answered)["unfinished"] == []
