"""Rivals and the own plan in words, where something is left open."""

from dataclasses import replace

import pytest

from choosebattles.case.case import Case
from choosebattles.case.decision_model import Method
from choosebattles.explain.alternatives import AcceptedLoss, alternatives
from choosebattles.explain.found_alternatives import Alternatives, Class
from choosebattles.explain.own_plan import OwnPlan, Rival, RivalVerdict, own_plan
from choosebattles.report.answers.alternatives import letter, rival_rows, sentences
from choosebattles.report.answers.own import better_sentence, cheaper_sentence
from choosebattles.report.answers.own import sentences as own_lines
from small_cases import case, fund, option

THREE = case(
    option("A", 50, 50), option("B", 50, 40), option("C", 50, 30), funds=(fund(2027, 100),)
)


def found(world: Case = THREE, count: int = 2) -> Alternatives:
    return alternatives(world, count=count, loss=AcceptedLoss(points=12), different=1)


def test_where_it_is_not_proved_what_others_are_worth_at_most_is_said() -> None:
    # 90 and 80 are listed; others may reach 84.321, rounded up
    told = list(sentences(replace(found(), others=84.321)))

    assert told[0] == (
        "2 good sets of options; another one may be worth up to 84.33 points. "
        "The first one is the best: proved."
    )
    (open_, *_rest) = sentences(replace(found(), others=94.0))
    assert open_ == "2 good sets of options; another one may be worth up to 94.00 points."


def test_where_nothing_is_known_of_others_that_is_said() -> None:
    told = list(sentences(replace(found(), others=None)))

    assert told[0] == ("2 sets of options were found; whether others are worth more is not known.")


def test_equals_are_told() -> None:
    # four of which one is bought, three of them worth 40
    world = case(
        option("A", 1, 50), *(option(each, 1, 40) for each in "BCD"), funds=(fund(2027, 1),)
    )

    told = list(sentences(alternatives(world, count=3)))

    assert told[:3] == [
        "These are the 3 best sets of options: no other one is worth more, proved.",
        "2 of them share rank 2: they are worth the same.",
        "At least one more is worth the same as the last one listed.",
    ]


def test_a_plan_that_may_differ_more_is_told_with_its_bound() -> None:
    it = found()
    (one,) = it.different

    told = list(sentences(replace(it, different=(replace(one, at_most=5),))))

    assert told[-1] == (
        "Plan A differs from the best in 2 options; none of them differs in more than 5."
    )


@pytest.mark.parametrize(
    ("number", "at_most", "sentence"),
    [
        (
            1,
            2,
            "None of them differs from the best and from plan A in more than 2 options (plan B).",
        ),
        (
            2,
            2,
            (
                "None of them differs from the best and from plans A and B in more than 2 options "
                "(plan C)."
            ),
        ),
        (
            1,
            3,
            (
                "Plan B differs from the best and from plan A in 2 options or more; none of them "
                "differs in more than 3."
            ),
        ),
    ],
)
def test_the_plans_from_which_one_differs_are_named(
    number: int, at_most: int, sentence: str
) -> None:
    it = found()
    (one,) = it.different
    others = (*(one for _each in range(number)), replace(one, at_most=at_most))

    told = list(sentences(replace(it, different=others, none_further=False)))

    assert told[-1] == sentence


def test_what_is_not_settled_is_counted_beside_the_rest() -> None:
    it = found()
    classes = dict.fromkeys(it.classes, Class.NOT_SETTLED) | {"A": Class.MUST}

    told = list(sentences(replace(it, classes=classes, different=(), none_further=False)))

    assert told[-1].endswith(
        "options in all of them: 1, in some: 0, in none: 0, not settled yet: 2 (the search was "
        "stopped)."
    )


def test_losses_in_one_column_have_the_same_decimals() -> None:
    # B + C lose 20 of 90 and A + C lose 10; with C worth 0.25 less than B A + C lose 0.25 only.
    near = case(
        option("A", 50, 50),
        option("B", 50, 40),
        option("C", 50, 39.75),
        funds=(fund(2027, 100),),
    )

    assert [row.sentence for row in rival_rows(found(near, count=4))][1:4] == [
        "Takes C instead of B: 0.25 points less, at the same cost.",
        "Takes C instead of A: 10.25 points less, at the same cost.",
        "Does without B: 40.00 points less, for 50.0 million less.",
    ]


def test_another_method_is_told() -> None:
    world = THREE.model_copy(
        update={"model": THREE.model.model_copy(update={"method": Method.BALANCED})}
    )

    assert (
        "Plans are ranked by the weighted sum of the indices, whatever the method of the case."
        in list(sentences(found(world)))
    )


def test_each_plan_has_its_sentence() -> None:
    assert [row.sentence for row in rival_rows(found(count=4))] == [
        "The best: 90.00 points for 100.0 million.",
        "Takes C instead of B: 10.0 points less, at the same cost.",
        "Takes C instead of A: 20.0 points less, at the same cost.",
        "Does without B: 40.0 points less, for 50.0 million less.",
        "Takes C instead of B: 10.0 points less, at the same cost.",
    ]


@pytest.mark.parametrize(("number", "name"), [(0, "A"), (25, "Z"), (26, "A2"), (27, "B2")])
def test_letters_go_on(number: int, name: str) -> None:
    assert letter(number) == name


def mine() -> OwnPlan:
    """P = B + C: 70 points for 100; B = A + B with 90; C does not exist."""
    return own_plan(THREE, {"B": None, "C": None})


def test_a_cheaper_plan_of_the_same_worth_is_told_apart_from_one_worth_more() -> None:
    # D costs 20 less than B and is worth the same 40, then 41.
    for worth, told in ((40, "The same worth"), (41, "At least the same worth")):
        world = case(option("B", 50, 40), option("D", 30, worth), funds=(fund(2027, 60),))

        sentence = cheaper_sentence(own_plan(world, {"B": None}))

        assert sentence == f"{told} for 20.0 million less: takes D instead of B."


def test_a_loss_between_two_numbers() -> None:
    it = mine()
    lost = replace(it.better, low=-20.0, high=-18.74)

    assert better_sentence(replace(it, better=lost)) == (
        "The best plan that keeps every demand for no more money is worth between 18.7 and 20.0 "
        "points less: takes A instead of C."
    )
    assert cheaper_sentence(replace(it, cheaper=lost)) == (
        "The cheapest plan that keeps every demand and is worth as much costs between 18.7 million "
        "and 20.0 million more: takes A instead of C."
    )


def test_a_gain_between_two_numbers() -> None:
    it = mine()
    open_ = replace(it.better, high=it.better.low + 1.26)

    assert better_sentence(replace(it, better=open_)) == (
        "For the same money, between 20.0 and 21.3 points more: takes A instead of C."
    )
    unknown = replace(it.better, high=None)
    assert better_sentence(replace(it, better=unknown)) == (
        "For the same money, at least 20.0 points more: takes A instead of C."
    )


@pytest.mark.parametrize(
    ("rival", "better", "cheaper"),
    [
        (
            Rival(RivalVerdict.OPEN),
            "Whether a plan is worth more for the same money is not known.",
            "Whether a plan is worth as much for less money is not known.",
        ),
        (
            Rival(RivalVerdict.OPEN, high=2.5),
            "No better plan for the same money was found; at most 2.5 points more.",
            "No cheaper plan of the same worth was found; at most 2.5 million less.",
        ),
        (
            Rival(RivalVerdict.OPEN, high=2.51),
            "No better plan for the same money was found; at most 2.6 points more.",
            "No cheaper plan of the same worth was found; at most 2.6 million less.",
        ),
        (
            Rival(RivalVerdict.OPEN, high=0.0121),
            "No better plan for the same money was found; at most 0.013 points more.",
            "No cheaper plan of the same worth was found; at most 0.013 million less.",
        ),
    ],
)
def test_what_is_open_is_said(rival: Rival, better: str, cheaper: str) -> None:
    it = replace(mine(), better=rival, cheaper=rival)

    assert better_sentence(it) == better
    assert cheaper_sentence(it) == cheaper
    assert {better, cheaper} <= {*own_lines(it)}


def test_the_same_options_in_other_years() -> None:
    # CSIRT first is worth less than CLOUD first; both cost the same
    world = case(option("CLOUD", 8, 70), option("CSIRT", 8, 60), years=2, funds=(fund(2027, 8, 8),))

    it = own_plan(world, {"CLOUD": 2028, "CSIRT": 2027})

    assert better_sentence(it) == (
        "For the same money, 5.0 points more: the same options, started in other years."
    )


def test_a_set_of_which_nothing_is_proved_may_be_worth_more_than_those_before_it() -> None:
    # 90, and 80 of which with other start years nothing is proved: it may be worth 100
    it = found()
    first, second = it.plans
    doubtful = replace(it, plans=(first, replace(second, bound=None)), others=70.0)

    assert (doubtful.sure, replace(it, others=70.0).sure) == (0, 2)
    assert not any("the best: proved" in line for line in sentences(doubtful))
