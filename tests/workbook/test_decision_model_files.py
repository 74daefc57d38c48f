from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from choosebattles.case.case import Case
from choosebattles.case.decision_model import ContingencyKind, Method
from choosebattles.case.limit import Metric
from choosebattles.errors import InputError
from choosebattles.shipped_files import shipped
from choosebattles.workbook.decision_model_files import (
    DecisionModelFile,
    ModelMustHold,
    read_model,
    write_model,
)
from choosebattles.workbook.decision_model_overlay import apply
from small_cases import case, criterion, limit, objective, option, provider, service, shock
from strategies import cases, texts

SMALL = """
title = "Small"

[[objective]]
id = "autonomy"
weight = 3
floor = 10.5

[[criterion]]
id = "Value"
objective = "autonomy"
anchor_50 = "half of it"

[settings]
method = "lexicographic"
tolerance = 0.07

[[limit]]
metric = "points: value"
scope = ["A", "exposure: law:US"]
maximum = 5

[[must_hold]]
service = "id"
floor = 0.5
"""


def model_file(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_balanced_comes_with_the_program() -> None:
    found = read_model("balanced")

    assert found.title == "Balanced sovereignty"
    assert found.source
    assert found.when
    assert [(each.id, each.weight) for each in found.model.objectives] == [
        ("autonomy", Decimal(1)),
        ("resilience", Decimal(1)),
        ("openness", Decimal(1)),
    ]
    assert [(each.objective, each.id) for each in found.model.criteria] == [
        ("autonomy", "technical"),
        ("autonomy", "financial"),
        ("autonomy", "political"),
        ("autonomy", "legal"),
        ("resilience", "skills"),
        ("openness", "openness"),
        ("openness", "influence"),
    ]
    assert all(
        each.anchor_0 and each.anchor_50 and each.anchor_100 for each in found.model.criteria
    )


def test_every_shipped_model_can_be_read() -> None:
    for path in shipped("models").glob("*.toml"):
        assert read_model(path.stem) == read_model(path)


def test_numbers_of_a_model_are_exact(tmp_path: Path) -> None:
    found = read_model(model_file(tmp_path, SMALL))

    assert found.name == "mine"
    assert found.model.tolerance == Decimal("0.07")
    assert found.model.method is Method.LEXICOGRAPHIC
    assert found.model.limits[0].metric is Metric.POINTS
    assert list(map(str, found.model.limits[0].scope)) == ["A", "exposure: law:US"]
    assert found.must_hold == (ModelMustHold(service="id", floor=Decimal("0.5")),)
    assert found.model.limits[0].at("maximum").column == "limit points: value: maximum"


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases(), texts(), st.lists(st.sampled_from("ABC"), unique=True))
def test_a_model_written_and_read_is_the_same_model(world: Case, text: str, ids: list[str]) -> None:
    holds = tuple(
        ModelMustHold(service=each, floor=Decimal("0.25"), against=("X",)) for each in ids
    )
    file = DecisionModelFile("mine", text, f'a "quoted"\n{text}', text, world.model, holds)
    with TemporaryDirectory() as folder:
        write_model(file, Path(folder) / "mine.toml")

        assert read_model(Path(folder) / "mine.toml") == file


def test_a_small_model_written_and_read_is_the_same_model(tmp_path: Path) -> None:
    file = read_model(model_file(tmp_path, SMALL))
    (tmp_path / "written").mkdir()
    write_model(file, tmp_path / "written" / "mine.toml")

    assert file.model.limits[0].criterion
    assert read_model(tmp_path / "written" / "mine.toml") == file


WRONG = [
    ('titel = "x"', "CB-C14 titel: found 'titel'; expected one of: title, source, when, settings, objective, criterion, limit, must_hold. Did you mean title?"),
    ("[settings]\ntolerence = 0", "CB-C14 settings: tolerence: found 'tolerence'; expected one of: method, tolerance, accrual, discount_rate, tail_share, tail_weight, contingency, contingency_amount. Did you mean tolerance?"),
    ('[settings]\nmethod = "best"', "CB-C01 settings: method: found 'best'; expected 'weighted', 'lexicographic' or 'balanced'."),
    ("[[objective]]\nweight = 1", "CB-C13 objective 1: id: found nothing; expected a value."),
    ('[[objective]]\nid = "a"\nwieght = 1', "CB-C14 objective a: wieght: found 'wieght'; expected one of: id, weight, weight_low, weight_high, floor, continuity_share. Did you mean weight?"),
    ('[[limit]]\nmetric = "cots"', "CB-C14 limit cots: metric: found 'cots'; expected one of: count, starts in a year, cost, cost in a year, cost share, running cost, later cost, points. Did you mean cost?"),
    ("objective = 3", "CB-F25 objective: found '3'; expected tables, each headed [[objective]]."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_what_is_wrong_in_a_model_is_told(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_model(model_file(tmp_path, text))

    assert message in [str(fault) for fault in caught.value.faults]


def test_a_model_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"CB-F22 balance: .*Did you mean balanced\?"):
        read_model("balance")
    with pytest.raises(InputError, match="Check the name and the folder"):
        read_model(tmp_path / "none.toml")
    with pytest.raises(InputError, match="CB-F25"):
        read_model(model_file(tmp_path, "= broken"))


def world() -> Case:
    return case(
        option("A", 1, {"value": 10, "law": 5}, exposures=("law:US",)),
        objectives=(objective("autonomy"), objective("resilience")),
        criteria=(
            criterion("value", anchor_0="nothing"),
            criterion("law", 2, "resilience"),
        ),
        limits=(limit(Metric.COST, maximum=3), limit(Metric.COUNT, minimum=1)),
        services=(service("ID", "hosting"), service("PAY", "hosting", must_hold=Decimal("0.9"))),
        providers=(provider("GOV", "hosting", 1, "law:US"),),
        shocks=(shock("LAW", "law:US"),),
        contingency=ContingencyKind.FLAT,
        contingency_amount=Decimal("0.1"),
    )


def test_a_model_replaces_preferences_and_says_so(tmp_path: Path) -> None:
    before = world()
    after, notes = apply(before, read_model(model_file(tmp_path, SMALL)))

    assert [each.id for each in after.model.objectives] == ["autonomy"]
    # The criterion keeps its own spelling and words; one that the model leaves out counts nothing.
    value, law = after.model.criteria
    assert (value.id, value.weight, value.anchor_0, value.anchor_50) == (
        "value",
        Decimal(1),
        "nothing",
        "half of it",
    )
    assert (law.id, law.weight, law.objective) == ("law", Decimal(0), "autonomy")
    assert after.model.limits[0].criterion == "value"
    assert [each.must_hold for each in after.services] == [Decimal("0.5"), None]
    assert after.investments == before.investments
    assert notes == (
        "The decision model Small was used.",
        "Objectives and weights: autonomy 3 (at least 10.5), in place of autonomy 1, resilience 1 of the workbook.",
        "Criteria and weights: value 1, law 0, in place of value 1, law 2 of the workbook.",
        "Method: lexicographic, in place of weighted of the workbook.",
        "Tolerance: 7%, in place of 1% of the workbook.",
        "Contingency: none, in place of flat of the workbook.",
        "Contingency amount: 0, in place of 0.1 of the workbook.",
        "Limits: 1 of the model, in place of 2 of the workbook.",
        "Must hold of ID: 50%, in place of no floor of the workbook.",
        "Must hold of PAY: no floor, in place of 90% of the workbook.",
    )


def test_what_scores_mean_is_said_by_the_workbook_where_it_says_so(tmp_path: Path) -> None:
    words = 'title = "Worth"\nanchor_0 = "none of it"\nanchor_50 = "half of it"'
    text = SMALL.replace('anchor_50 = "half of it"', words)

    after, _notes = apply(world(), read_model(model_file(tmp_path, text)))

    value = after.model.criteria[0]
    assert (value.title, value.anchor_0, value.anchor_50) == ("Worth", "nothing", "half of it")


def test_names_of_a_model_are_spelt_as_in_the_workbook(tmp_path: Path) -> None:
    text = SMALL.replace('["A", "exposure: law:US"]', '["a", "exposure: LAW:us"]')
    after, _notes = apply(world(), read_model(model_file(tmp_path, text)))

    assert [item.name for item in after.model.limits[0].scope] == ["A", "law:US"]


def test_a_criterion_of_the_model_needs_scores() -> None:
    with pytest.raises(InputError) as caught:
        apply(world(), read_model("balanced"))

    assert len(caught.value.faults) == 7
    assert str(caught.value.faults[1]) == (
        "CB-S05 criterion financial: id: found the criterion financial, for which the case has no "
        "scores; expected a criterion of the workbook. Add the criterion to Criteria and a column "
        "Score: financial."
    )


def test_a_service_of_the_model_must_be_there(tmp_path: Path) -> None:
    text = SMALL.replace('service = "id"', 'service = "idd"')
    with pytest.raises(InputError, match=r"CB-L04 .*'idd'; expected the id of a service"):
        apply(world(), read_model(model_file(tmp_path, text)))
