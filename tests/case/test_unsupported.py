from typing import Any

import pytest

from choosebattles.case.decision_model import ContingencyKind, Method
from choosebattles.case.unsupported import NOT_YET, unsupported
from worlds import case, fund, layer, option, provider, service, shock, skill, synergy

A, B = option("A"), option("B")

PARTS: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "skills": ((A,), {"skills": (skill("IT", 2027, 1),)}),
    "staff": ((option("A", build_staff={"IT": 1}),), {"skills": (skill("IT", 2027, 1),)}),
    "providers": ((A,), {"providers": (provider("GOV", "hosting"),)}),
    "services": (
        (A,),
        {"services": (service("ID", "hosting"),), "providers": (provider("GOV", "hosting"),)},
    ),
    "shocks": ((A,), {"shocks": (shock("LAW", "law:US"),)}),
    "covers": ((option("A", covers={"hosting": 1}),), {}),
    "bent_layers": ((A,), {"layers": (layer("hosting", 10),)}),
    "synergies": ((A, B), {"rules": (synergy("A", "B", bonus=1),)}),
    "contingency": ((A,), {"contingency": ContingencyKind.FLAT, "contingency_amount": 0.1}),
    "dependence": ((A,), {"funds": (fund(2027, 1, dependence=1),)}),
    "methods": ((A,), {"method": Method.BALANCED}),
}


@pytest.mark.parametrize("part", NOT_YET, ids=lambda part: part.__name__)
def test_each_part_is_told_by_its_own_function(part: Any) -> None:
    options, facts = PARTS[part.__name__]

    assert [each.code for each in part(case(*options, **facts))] == ["CB-U01"]
    assert list(part(case(A))) == []


def test_all_parts_are_told() -> None:
    world = case(A, B, rules=(synergy("A", "B", bonus=1),), method=Method.LEXICOGRAPHIC)

    assert [str(each) for each in unsupported(world)] == [
        "CB-U01 Rules!A2: found a synergy; expected what this version can solve. Clear the row.",
        "CB-U01 decision model, method: found the method lexicographic; expected what this version can solve. Set the method to weighted.",
    ]
