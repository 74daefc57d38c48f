"""A study is of the same case where a plan could not differ, and of another one where it could."""

from collections.abc import Mapping
from typing import Any

import pytest

from choosebattles.case.case import Case
from choosebattles.case.decision_model import Method, Objective
from choosebattles.uncertainty.study_identity import identity
from small_cases import case, fund, option

CASE = case(option("CLOUD", 60, 70), funds=(fund(2027, 100),))


def sealed(**changes: Any) -> Mapping[str, str]:
    return identity(CASE.model_copy(update=changes), {"seed": 1})


@pytest.mark.parametrize("field", ["version", "date", "approved_by", "country", "prices"])
def test_what_is_only_printed_makes_no_other_case(field: str) -> None:
    assert sealed(**{field: "draft 2"}) == sealed()


def test_another_method_makes_another_case() -> None:
    """Points that were solved under one method must not be taken for those of another."""
    other = CASE.model.model_copy(update={"method": Method.LEXICOGRAPHIC})

    assert sealed(model=other) != sealed()


def test_a_weight_makes_another_case_and_its_range_does_not() -> None:
    def weighing(**numbers: Any) -> Case:
        first, *others = CASE.model.objectives
        model = {
            **CASE.model.__dict__,
            "objectives": (Objective(**{**first.__dict__, **numbers}), *others),
        }
        return CASE.model_copy(update={"model": CASE.model.model_copy(update=model)})

    assert identity(weighing(weight=3), {}) != identity(CASE, {})
    assert identity(weighing(weight_low=3), {}) == identity(CASE, {})
