"""What is kept of a plan recounted in one case never shows in another."""

from decimal import Decimal
from typing import Any

import pytest

from choosebattles.case.case import Case
from choosebattles.case.number_path import Path, replace_at
from choosebattles.uncertainty.recount_in_each_case import Recounting
from small_cases import case, fund, objective, option, plan, provider, service, shock

D = Decimal

WORLD: Case = case(
    option("CLOUD", 10, 40, covers={"hosting": "0.5"}, exposures=("law:AL",), latest_start=2028),
    option("BACKUP", 10, 20, covers={"data": "0.4"}, exposures=("law:US",), latest_start=2028),
    years=2,
    accrual="over time",
    funds=(fund(2027, 30, 30),),
    objectives=(objective("autonomy", continuity_share=D("0.5")),),
    providers=(
        provider("ABROAD", "hosting", "0.6", "law:US"),
        provider("VAULT", "data", "0.5", "law:US"),
    ),
    services=(service("EID", "hosting"), service("TAX", "hosting", "data", weight=D(3))),
    shocks=(shock("LAW", "law:US", likelihood=D(1)), shock("HOME", "law:AL", likelihood=D(2))),
    tail_share=D("0.4"),
    tail_weight=D("0.5"),
)

CLOUD: Path = ("investments", 0, "options", 0)
CHANGES: dict[str, tuple[Path, Any]] = {
    "severity": (("shocks", 0, "severity"), D("0.3")),
    "likelihood": (("shocks", 0, "likelihood"), D(5)),
    "coverage": (("providers", 0, "coverage"), D("0.2")),
    "cover": ((*CLOUD, "covers", 0, "share"), D("0.1")),
    "weight of a service": (("services", 0, "weight"), D(9)),
    "tail share": (("model", "tail_share"), D("0.9")),
    "tail weight": (("model", "tail_weight"), D("0.1")),
    "continuity share": (("model", "objectives", 0, "continuity_share"), D("0.9")),
    "score": ((*CLOUD, "score", "value"), D(90)),
    "cost": ((*CLOUD, "cost", 0), D(12)),
    "build years": ((*CLOUD, "build_years"), 1),
    "lifetime": ((*CLOUD, "lifetime"), 1),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_plan_counts_as_if_it_were_counted_for_the_first_time(name: str) -> None:
    choices = plan(WORLD, "CLOUD", "BACKUP").choices
    path, value = CHANGES[name]
    changed: Case = replace_at(WORLD, path, value)
    after, anew = Recounting(), Recounting()
    base = after.recount_if_allowed(WORLD, choices)
    unpaid = after.worth_regardless(WORLD, choices)

    found = after.recount_if_allowed(changed, choices)

    assert found == anew.recount_if_allowed(changed, choices)
    assert found != base
    assert after.worth_regardless(changed, choices) == anew.worth_regardless(changed, choices)
    assert after.recount_if_allowed(WORLD, choices) == base
    assert after.worth_regardless(WORLD, choices) == unpaid
