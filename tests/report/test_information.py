"""Which figure to research first, in words, as a table and as JSON."""

from dataclasses import replace
from decimal import Decimal

import pytest

from choosebattles.report.answers.simulation.document import as_json, document
from choosebattles.report.answers.simulation.information import (
    information_as_json,
    information_sentences,
    on_screen,
    section,
)
from choosebattles.report.document import Medium, Table
from choosebattles.uncertainty.gain_in_money import GainInMoney
from choosebattles.uncertainty.information_value import (
    InformationValue,
    Interval,
    Observed,
    ValueOfInformation,
    value_of_information,
)
from choosebattles.uncertainty.simulate import Simulation
from uncertainty.test_information_value import drawn, either

D = Decimal


@pytest.fixture(scope="module")
def simulated() -> Simulation:
    return drawn(either())


def value(name: str, *points: float, kind: Observed = Observed.INPUT) -> InformationValue:
    low, found, high = points
    return InformationValue(kind, name, (name,), (low, found, high))


def worth(everything: Interval, *inputs: InformationValue, **others: object) -> ValueOfInformation:
    known = ValueOfInformation(400, 5, None, 41.257, everything, 3.456, None, inputs, ())
    return replace(known, **others)  # type: ignore[arg-type]


def test_the_figures_that_are_worth_most_are_named(simulated: Simulation) -> None:
    found = worth(
        (1.0, 2.5, 3.0),
        value("cost A", 0.5, 1.25, 2),
        value("weights", 0.1, 0.5, 1),
        value("cost B", 0, 0.004, 0.5),
    )

    assert list(information_sentences(simulated, found)) == [
        "Knowing every figure before deciding would gain 2.50 points on average (1.00 to 3.00).",
        "Find out first: cost A (1.25 points).",
        "Agreeing on the weights of the objectives first gains 0.50 points.",
        "Without knowing more, doing nothing is best on average: 41.26 points.",
        (
            "These are lower estimates from 5 plans in 400 draws; from and to hold 19 times out of 20. "
            "Whichever plans there are, no knowledge gains more than 3.46 points."
        ),
    ]
    assert [row[0] for row in on_screen(found).rows] == ["cost A", "weights of the objectives"]


def test_what_no_knowledge_exceeds_is_rounded_up(simulated: Simulation) -> None:
    *_others, text = information_sentences(simulated, worth((1.0, 2.5, 3.0), at_most=3.451))

    assert text.endswith("no knowledge gains more than 3.46 points.")


def test_figures_that_are_worth_something_together_alone(simulated: Simulation) -> None:
    found = worth(
        (1.0, 2.5, 3.0),
        value("cost A", 0, 0, 0.5),
        groups=(
            value("cost", 1, 2, 3, kind=Observed.QUANTITY),
            value("CLOUD", 0, 1, 2, kind=Observed.OWNER),
        ),
        at_most=None,
    )

    texts = list(information_sentences(simulated, found))

    assert texts[1] == (
        "No single figure changes the choice often enough to be worth finding out alone."
    )
    assert texts[-1] == (
        "These are lower estimates from 5 plans in 400 draws; from and to hold 19 times out of 20."
    )
    assert [row[0] for row in on_screen(found).rows] == ["every cost", "all of CLOUD"]
    (table,) = (block for block in section(simulated, found).blocks if isinstance(block, Table))
    assert table.rows == [
        ("everything", None, 2.5, 1, 3),
        ("cost A", 1, 0, 0, 0.5),
        ("every cost", 1, 2, 1, 3),
        ("all of CLOUD", 1, 1, 0, 2),
    ]


def test_few_draws_of_many_figures_are_doubted(simulated: Simulation) -> None:
    inputs = (value("cost A", 0.5, 1.25, 2), *(value(f"cost B{n}", 0, 0, 0) for n in range(39)))
    told = (
        "Of 40 figures in 399 draws some stand out by chance: look again with more --draws before a "
        "study is paid for."
    )

    few = worth((1.0, 2.5, 3.0), *inputs, draws=399)

    assert told in list(information_sentences(simulated, few))
    enough = information_sentences(simulated, replace(few, draws=400))
    assert not any("by chance" in text for text in enough)


def test_nothing_that_is_worth_finding_out(simulated: Simulation) -> None:
    texts = list(information_sentences(simulated, worth((0, 0.004, 0.01))))

    assert texts[0] == (
        "Knowing every figure before deciding would gain nothing: of the plans compared, one is best, "
        "or as good as the best, however they turn out."
    )
    assert not any("ind out first" in text for text in texts)


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        ("5", "10", "5.0 million to 10.0 million a year more in STATE would gain as much"),
        ("0", "10", "10.0 million a year more in STATE, or less, would gain as much"),
        ("100", None, "Even 100.0 million a year more in STATE would gain less than"),
        ("0.96", "10.04", "0.960 million to 10.1 million a year more in STATE would gain as much"),
        ("5.06", "10.01", "5.0 million to 10.1 million a year more in STATE would gain as much"),
        ("5.06", None, "Even 5.0 million a year more in STATE would gain less than"),
        ("0", None, None),
    ],
)
def test_points_as_money(
    low: str, high: str | None, told: str | None, simulated: Simulation
) -> None:
    money = GainInMoney("STATE", D(low), None if high is None else D(high), 4)
    found = worth((1, 2, 3), value("cost A", 1, 2, 3), money=money)

    text = " ".join(information_sentences(simulated, found))

    assert (told is None) == ("a year more" not in text)
    assert (told or "") in text
    assert information_as_json(simulated, found)["in_money"] == {
        "fund": "STATE",
        "low": float(low),
        "high": None if high is None else float(high),
        "solves": 4,
    }


def test_it_is_a_section_of_the_answer_where_it_is_known(simulated: Simulation) -> None:
    known = value_of_information(simulated)
    assert known.everything is not None

    shown = document(simulated, None, known).shown(Medium.SLIDES)

    (slide,) = (one for one in shown if one.name == "Worth finding out")
    assert slide.message.startswith("Knowing every figure before deciding would gain ")
    tree = as_json(simulated, None, known)["value_of_information"]
    assert tree["best_on_average"] == {"plan": "plan A", "objective": 50}
    assert tree["everything"]["found"] == known.everything[1]
    assert tree["inputs"][0]["name"] == "cost A"

    unknown = replace(known, everything=None)
    assert "value_of_information" not in as_json(simulated, None, unknown)
    names = [one.name for one in document(simulated, None, unknown).shown(Medium.WORKBOOK)]
    assert "Worth finding out" not in names
