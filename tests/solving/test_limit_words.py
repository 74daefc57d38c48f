"""Limits are told as sentences that need no knowledge of the sheet."""

from decimal import Decimal

import pytest

from choosebattles.case.limit import Metric
from choosebattles.solving.limit_words import limit_sentence
from worlds import case, limit, option

CLOUD = ("pillar: cloud",)


@pytest.mark.parametrize(
    ("metric", "items", "bound", "least", "told"),
    [
        (Metric.COUNT, (), "1", True, "at least 1 investment must be taken"),
        (Metric.COUNT, CLOUD, "6", False, "no more than 6 investments of the pillar cloud may be taken"),
        (Metric.STARTS, (*CLOUD, "pillar: ai", "A"), "6", False, "no more than 6 investments of the pillars cloud and ai and A may start in any year"),
        (Metric.COST, ("A", "B"), "40", False, "A and B may cost at most 40 million EUR"),
        (Metric.COST_IN_A_YEAR, (), "4.5", True, "all investments must cost at least 4.5 million EUR in every year"),
        (Metric.COST_SHARE, ("exposure: foreign",), "30", False, "the exposure foreign may take at most 30 % of all costs"),
        (Metric.RUNNING_COST, ("owner: MoD",), "3", False, "running the owner MoD may cost at most 3 million EUR in any year"),
        (Metric.LATER_COST, (), "9", False, "building all investments may cost at most 9 million EUR after 2028"),
        (Metric.POINTS, ("layer: hosting",), "30", True, "the points of the layer hosting on value must add up to at least 30"),
    ],
)  # fmt: skip
def test_each_side_is_a_sentence(
    metric: Metric, items: tuple[str, ...], bound: str, told: str, *, least: bool
) -> None:
    world = case(option("A"), option("B"), years=2, currency="EUR")
    criterion = "value" if metric is Metric.POINTS else None
    facts = {"minimum" if least else "maximum": Decimal(bound)}

    typed = limit(metric, *items, criterion=criterion, **facts)

    assert limit_sentence(world, typed, bound, least=least) == told
