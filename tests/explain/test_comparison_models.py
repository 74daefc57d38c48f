"""The same facts under several decision models."""

from dataclasses import replace
from pathlib import Path

import pytest

from choosebattles.case.case import Case
from choosebattles.case.limit import Metric
from choosebattles.case.number_path import fields
from choosebattles.errors import InputError
from choosebattles.explain.comparison_models import Refused, compare_models, shipped_models
from choosebattles.report.answers.comparison_of_models import document, option_rows, sentences
from choosebattles.report.document import Medium
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Outcome
from choosebattles.solving.solve import solve
from small_cases import case, criterion, fund, limit, objective, option

EXACT = Options(gap=0.0)

FACTS = case(
    option("CLOUD", 60, {"value": 70, "holding": 0}),
    option("CSIRT", 60, {"value": 10, "holding": 50}),
    option("LAW", 10, {"value": 5, "holding": 5}),
    funds=(fund(2027, 70),),
    objectives=(objective("autonomy"), objective("resilience")),
    criteria=(criterion("value"), criterion("holding", objective="resilience")),
)


def model(folder: Path, name: str, autonomy: int, resilience: int, more: str = "") -> str:
    """Write a decision model with two weights; return its path."""
    text = (
        f'title = "{name}"\n'
        f'[[objective]]\nid = "autonomy"\nweight = {autonomy}\n'
        f'[[objective]]\nid = "resilience"\nweight = {resilience}\n'
        '[[criterion]]\nid = "value"\nobjective = "autonomy"\nweight = 1\n'
        '[[criterion]]\nid = "holding"\nobjective = "resilience"\nweight = 1\n'
    )
    path = folder / f"{name}.toml"
    path.write_text(text + more, encoding="utf-8")
    return str(path)


def test_plans_change_with_what_is_wanted(tmp_path: Path) -> None:
    # Half and half: CLOUD and LAW (75 + 5) / 2 = 40; 1 to 3: CSIRT and LAW (15 + 3 * 55) / 4 = 45.
    told = compare_models(FACTS, [model(tmp_path, "resilient", 1, 3)], EXACT)

    assert [
        strategy.outcome.plan.taken for strategy in told.strategies if strategy.outcome.plan
    ] == [
        {"CLOUD", "LAW"},
        {"CSIRT", "LAW"},
    ]
    assert told.always == ("LAW",)
    assert [(row.option, row.always, row.starts) for row in option_rows(told)] == [
        ("LAW", True, (2027, 2027)),
        ("CLOUD", False, (2027, None)),
        ("CSIRT", False, (None, 2027)),
    ]


def test_what_agrees_is_the_finding_of_the_sheets(tmp_path: Path) -> None:
    compared = compare_models(FACTS, [model(tmp_path, "resilient", 1, 3)], EXACT)

    there = {section.name: section for section in document(compared).shown(Medium.WORKBOOK)}

    assert there["Options"].message == "Whatever the strategy: LAW."
    assert there["If another is right"].message == (
        "Of 2 plans counted under another strategy 0 cannot be followed there, and 0 lose nothing."
    )


def test_what_may_lose_something_is_not_said_to_lose_nothing(tmp_path: Path) -> None:
    compared = compare_models(FACTS, [model(tmp_path, "resilient", 1, 3)], EXACT)
    (own, seen), (back, other) = compared.followed
    for loss, number in (((0.0, 5.0), 0), ((0.0, 0.0), 1)):
        assert seen is not None
        followed = ((own, replace(seen, loss=loss)), (back, other))
        shown = document(replace(compared, followed=followed)).shown(Medium.WORKBOOK)
        there = {section.name: section for section in shown}

        assert f"and {number} lose" in there["If another is right"].message


def test_what_following_the_wrong_strategy_costs(tmp_path: Path) -> None:
    # CLOUD and LAW under 1 to 3: (75 + 15) / 4 = 22.5 of 45; CSIRT and LAW half and half: 35 of 40.
    told = compare_models(FACTS, [model(tmp_path, "resilient", 1, 3)], EXACT)

    (own, wrong), (other, right) = told.followed
    assert own is not None
    assert wrong is not None
    assert other is not None
    assert right is not None
    assert (own.value, wrong.value, other.value, right.value) == (40, 22.5, 35, 45)
    assert wrong.loss == pytest.approx((22.5, 22.5), abs=1e-3)
    assert other.loss == pytest.approx((5, 5), abs=1e-3)
    assert "Under resilient the plan of workbook is worth 22.5: it loses 22.50 points." in [
        *sentences(told)
    ]


def test_with_a_gap_the_cost_of_following_is_an_interval(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Half and half 40 are found, and 43 are not ruled out: the other plan, of 35, may lose 8.
    def solved_to_a_gap(world: Case, options: Options) -> Outcome:
        outcome = solve(world, options)
        assert outcome.objective is not None
        return replace(outcome, bound=outcome.objective + 3)

    monkeypatch.setattr("choosebattles.explain.comparison_models.solve", solved_to_a_gap)

    told = compare_models(FACTS, [model(tmp_path, "resilient", 1, 3)], EXACT)

    other = told.followed[1][0]
    assert other is not None
    assert other.loss == pytest.approx((5, 8), abs=1e-3)


def test_a_plan_that_breaks_a_limit_of_the_other_strategy(tmp_path: Path) -> None:
    limit = '[[limit]]\nmetric = "cost"\nscope = ["CLOUD"]\nmaximum = 0\n'
    told = compare_models(FACTS, [model(tmp_path, "no_cloud", 1, 1, limit)], EXACT)

    followed = told.followed[0][1]
    assert followed is not None
    assert followed.value is None
    assert followed.breaks
    assert any(
        sentence.startswith(
            "The plan of workbook cannot be followed under no_cloud: cost (CLOUD): 60.0 million above"
        )
        for sentence in sentences(told)
    )


def test_the_scale_is_that_of_the_workbook(tmp_path: Path) -> None:
    blank = Case.model_validate({**fields(FACTS), "points_for_100": None})
    told = compare_models(blank, [model(tmp_path, "resilient", 1, 3)], EXACT)

    # the largest ideal: all value there is, 85
    assert {strategy.outcome.case.points_for_100 for strategy in told.strategies} == {85}


def test_a_model_that_does_not_fit_is_an_error_or_left_out() -> None:
    with pytest.raises(InputError, match="CB-S05"):
        compare_models(FACTS, ["balanced"])

    told = compare_models(FACTS, shipped_models(), lenient=True)

    assert [strategy.model for strategy in told.strategies] == [""]
    assert {each.model for each in told.refused} == {*shipped_models()}
    texts = list(sentences(told))
    assert texts[0] == (
        "There is nothing to compare: only the workbook's own model is left. Its plan takes 2 "
        "options."
    )
    assert not any(each.startswith("Whatever the strategy") for each in texts)
    assert texts[-1].startswith("To use such a model, add its criteria to Criteria")
    assert texts[-1].endswith("choosebattles new FILE --model NAME.")
    text = "\n".join(texts)
    for each in told.refused:
        assert f"{each.model}" in text
        # what is missing is said once, however many models ask for it
        assert all(text.count(f"{it}") == 1 for it in (*each.criteria,))


def left_out(*refused: Refused) -> list[str]:
    """Return what is said of models that are left out."""
    told = compare_models(FACTS, [], EXACT)
    return list(sentences(replace(told, refused=refused)))[2:]


def test_what_models_ask_for_is_said_once() -> None:
    # all lack skills; the first two lack law and art too; only the last one lacks a service
    texts = left_out(
        Refused("first", ("skills", "law", "art"), ()),
        Refused("second", ("skills", "law", "art"), ()),
        Refused("third", ("skills",), ("registries", "payments")),
    )

    assert texts[:-1] == [
        "Left out, because they ask for what the case does not have: first, second, third.",
        "No scores for skills: all of them ask for it.",
        "No scores for law and art: first and second ask for it.",
        "No service registries or payments: third asks for it.",
    ]


def test_why_a_model_is_refused_in_a_sentence_or_two() -> None:
    refused = Refused("third", ("skills", "law"), ("registries",))

    assert refused.reason == (
        "These criteria have no scores: skills, law. These services are not there: registries."
    )


NEVER = case(
    *FACTS.investments,
    funds=FACTS.funds,
    objectives=FACTS.model.objectives,
    criteria=FACTS.model.criteria,
    limits=(limit(Metric.COUNT, minimum=4),),
)


def test_where_nothing_fits_it_is_said_where_to_look(tmp_path: Path) -> None:
    told = compare_models(NEVER, [], EXACT)
    assert list(sentences(told))[:3] == [
        (
            "There is nothing to compare: the workbook's own model is the only one left, and has "
            "no plan."
        ),
        "workbook: no plan meets all demands at once: proved.",
        "choosebattles solve FILE names the cells that cannot all hold.",
    ]

    # the other model lays no limits on the facts
    told = compare_models(NEVER, [model(tmp_path, "free", 1, 1)], EXACT)
    assert next(sentences(told)) == ("Of 2 strategies only free has a plan: it takes 2 options.")

    both = '[[limit]]\nmetric = "count"\nminimum = 4\n'
    told = compare_models(NEVER, [model(tmp_path, "tight", 1, 1, both)], EXACT)
    assert next(sentences(told)) == (
        "There is nothing to compare: none of 2 strategies has a plan."
    )
    assert "choosebattles solve FILE --model MODEL names the cells that cannot all hold." in [
        *sentences(told)
    ]


def test_some_of_the_strategies_have_a_plan(tmp_path: Path) -> None:
    models = [model(tmp_path, "one", 1, 1), model(tmp_path, "two", 1, 3)]

    told = compare_models(NEVER, models, EXACT)

    # CLOUD and LAW, CSIRT and LAW: LAW in both
    assert next(sentences(told)) == (
        "3 options are taken by any of the 2 of 3 strategies that have a plan, 1 by all of them."
    )
