"""PROBE: twelve projects under a budget, as published.

Lourenco, Morton and Bana e Costa (2012), "PROBE - A multicriteria decision support system for
portfolio robustness evaluation", Decision Support Systems 54(1), 534-550,
doi:10.1016/j.dss.2012.08.001.
"""

from decimal import Decimal
from fractions import Fraction

import pytest

from choosebattles.case.case import Case
from choosebattles.case.limit import Metric
from choosebattles.case.number_path import fields
from choosebattles.uncertainty.draw import Spread
from choosebattles.uncertainty.robustness import robustness
from programs import best
from small_cases import case, criterion, fund, investment, limit, objective, option

WEIGHTS = {"c1": "0.31", "c2": "0.19", "c3": "0.29", "c4": "0.21"}
PROJECTS = (
    ("P01", "A", "1.1", (67, 40, 30, 50)),
    ("P02", "A", "1.9", (55, 37, 40, 20)),
    ("P03", "A", "0.9", (100, 90, 80, 90)),
    ("P04", "A", "0.9", (90, 80, 70, 95)),
    ("P05", "B", "1.8", (48, 35, 40, 33)),
    ("P06", "B", "1.3", (43, 32, 25, 44)),
    ("P07", "B", "1.3", (42, 64, 80, 55)),
    ("P08", "B", "1.1", (40, 50, 44, 20)),
    ("P09", "C", "0.9", (80, 90, 78, 66)),
    ("P10", "C", "1.3", (88, 66, 80, 70)),
    ("P11", "D", "0.7", (41, 48, 49, 25)),
    ("P12", "D", "0.8", (86, 88, 90, 72)),
)


def world(*, each_department: bool = False) -> Case:
    departments = "ABCD" if each_department else ""
    return case(
        *(
            investment(
                name, option(name, cost, dict(zip(WEIGHTS, scores, strict=True))), owner=owner
            )
            for name, owner, cost, scores in PROJECTS
        ),
        funds=(fund(2027, 5),),
        criteria=tuple(criterion(name, weight) for name, weight in WEIGHTS.items()),
        limits=tuple(
            limit(Metric.COUNT, f"owner: {department}", minimum=1) for department in departments
        ),
    )


def test_the_best_five_of_twelve(solver: str) -> None:
    # Cost 0.9 + 0.9 + 0.9 + 1.3 + 0.8 = 4.8; worth 88.2 + 83.35... = 414.25 points in all.
    outcome = best(world(), solver)

    assert outcome.plan is not None
    assert outcome.recount is not None
    assert outcome.plan.taken == {"P03", "P04", "P09", "P10", "P12"}
    assert float(outcome.recount.total_cost) == 4.8
    assert float(outcome.recount.after.value) == 414.25
    assert outcome.proven


def test_at_least_one_for_each_department(solver: str) -> None:
    outcome = best(world(each_department=True), solver)

    assert outcome.plan is not None
    assert outcome.recount is not None
    assert outcome.plan.taken == {"P03", "P04", "P07", "P09", "P12"}
    assert float(outcome.recount.after.value) == 396.46
    assert outcome.proven


def test_exactly_one_competitor() -> None:
    # Scores +-10, weights +-0.05; a competitor may cost no more. Published: {3, 4, 8, 9, 12} and no
    # other. By hand, at weights (.36, .24, .24, .16): P07 at its lowest, 32 54 70 45, is worth
    # 11.52 + 12.96 + 16.80 + 7.20 = 48.48; P08 at its highest, 50 60 54 30, is worth
    # 18.00 + 14.40 + 12.96 + 4.80 = 50.16; so the difference is 48.48 - 50.16 = -1.68.
    flat = world(each_department=True)
    goals = tuple(objective(f"on_{name}", weight) for name, weight in WEIGHTS.items())
    criteria = tuple(criterion(name, 1, f"on_{name}") for name in WEIGHTS)
    model = flat.model.model_copy(update={"objectives": goals, "criteria": criteria})
    asked = Case.model_validate({**fields(flat), "model": model})
    apart = Fraction(5, 100)
    intervals = {
        f"on_{name}": (Fraction(weight) - apart, Fraction(weight) + apart)
        for name, weight in WEIGHTS.items()
    }

    found = robustness(
        asked,
        weights=intervals,
        spreads=[Spread("score", Decimal(10), Decimal(10), points=True)],
        dearer=False,
    )

    assert found.plan is not None
    assert found.plan.taken == {"P03", "P04", "P07", "P09", "P12"}
    assert len(found.weights.corners) == 6
    (rival,) = found.rivalry.competitors
    assert rival.taken == {"P03", "P04", "P08", "P09", "P12"}
    assert float(rival.recount.total_cost) == 4.6
    assert float(rival.recount.after.value) == 375.39
    assert rival.regret == pytest.approx(1.68, abs=1e-9)
    assert [float(each) for each in rival.weights.values()] == [0.36, 0.24, 0.24, 0.16]
    assert found.rivalry.complete
    assert found.rivalry.regret == (rival.regret, rival.regret)
