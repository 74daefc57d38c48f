"""What goes on working when something breaks: the mean over shocks and the bad tail."""

from fractions import Fraction
from typing import Any

import pytest

from choosebattles.audit.recount import recount
from choosebattles.case.case import Case
from choosebattles.case.shock import Shock
from choosebattles.formulation.program import formulate
from programs import added, best, changed, rows
from small_cases import Amount, case, criterion, objective, option, plan, provider, service, shock

ORDER = shock("ORDER", "law:US", likelihood=1)
STORM = shock("STORM", "place:coast", severity="0.5", likelihood=3)
QUAKE = shock("QUAKE", "place:hill", likelihood=6)
OWN = option("OWN", 0, {}, covers={"hosting": "0.5"}, exposures=("place:hill",))


def world(*shocks: Shock, tail: Amount = "0.1", weight: Amount = 0, **facts: Any) -> Case:
    """Hosting from abroad, 80 %; an own centre on the hill would add 50 %."""
    return case(
        OWN,
        criteria=(),
        providers=(provider("ABROAD", "hosting", "0.8", "law:US", "place:coast"),),
        services=(service("EID", "hosting"),),
        shocks=shocks,
        tail_share=tail,
        tail_weight=weight,
        **facts,
    )


THREE = (ORDER, STORM, QUAKE)


def test_the_tail_adds_one_row_for_each_shock_and_year() -> None:
    new = rows(world(*THREE, weight="0.5"), "continuity")

    assert {name: text for name, text in new.items() if ",hosting," not in name} == {
        f"continuity[autonomy,{each},2027]": "continuity[tail of autonomy,2027]"
        f" - 100 continuity[EID,{each},2027]"
        f" - continuity[short of the tail,{each},2027] <= 0"
        for each in ("ORDER", "STORM", "QUAKE")
    }


def test_a_tail_of_nothing_is_the_worst_shock() -> None:
    new = rows(world(*THREE, tail=0, weight="0.5"), "continuity")

    assert new["continuity[autonomy,ORDER,2027]"] == (
        "continuity[tail of autonomy,2027] - 100 continuity[EID,ORDER,2027]"
        " + 0 continuity[short of the tail,ORDER,2027] <= 0"
    )


def test_each_service_is_below_the_cover_of_each_layer_and_that_below_what_is_left() -> None:
    # ORDER takes all of ABROAD's 80 %, STORM half of it; QUAKE takes all of OWN's 50 %.
    everything = world(*THREE)

    assert rows(everything, "cover") == {
        "cover[hosting,ORDER,2027]": "cover[hosting,ORDER,2027] - 0.5 start[OWN,2027] <= 0",
        "cover[hosting,STORM,2027]": "cover[hosting,STORM,2027] - 0.5 start[OWN,2027] <= 0.4",
        "cover[hosting,QUAKE,2027]": "cover[hosting,QUAKE,2027] + 0 start[OWN,2027] <= 0.8",
    }
    assert rows(everything, "continuity")["continuity[EID,ORDER,hosting,2027]"] == (
        "continuity[EID,ORDER,2027] - cover[hosting,ORDER,2027] <= 0"
    )
    assert formulate(everything).quantities.columns["cover[hosting,ORDER,2027]"].high == 1


def test_a_second_service_adds_its_own_rows_alone() -> None:
    other = changed(
        world(*THREE), services=(*world(*THREE).services, service("PAY", "hosting", weight=0))
    )
    new = {name for name in rows(other) if name not in rows(world(*THREE))}

    assert new == {f"continuity[PAY,{each},hosting,2027]" for each in ("ORDER", "STORM", "QUAKE")}
    assert added(world(*THREE), world(*THREE)) == {}


@pytest.mark.parametrize(
    ("tail", "weight", "value"),
    [
        # With OWN: ORDER keeps 0.5, STORM min(1, 0.4 + 0.5) = 0.9, QUAKE 0.8.
        # Likelihoods 0.1, 0.3, 0.6: the mean is 5 + 27 + 48 = 80.
        ("0.1", 0, 80),
        # The worst tenth is ORDER: 50.
        ("0.1", 1, 50),
        # The worst fifth: ORDER (0.1) and a tenth of QUAKE: (5 + 8) / 0.2 = 65.
        ("0.2", 1, 65),
        # All of it is the mean.
        (1, 1, 80),
        # The worst one, however unlikely.
        (0, 1, 50),
        # Half and half: 0.5 * 80 + 0.5 * 65.
        ("0.2", "0.5", "72.5"),
        ("0.05", "0.25", "72.5"),
    ],
)
def test_the_mean_and_the_tail(tail: Amount, weight: Amount, value: Amount, solver: str) -> None:
    outcome = best(world(*THREE, tail=tail, weight=weight), solver)

    assert outcome.proven
    assert outcome.recount is not None
    assert outcome.recount.after.value == Fraction(value)


def test_before_is_what_there_is_today(solver: str) -> None:
    # ORDER 0, STORM 0.4, QUAKE 0.8: 0 + 12 + 48 = 60.
    counted = best(world(*THREE), solver).recount

    assert counted is not None
    assert counted.before.value == 60


def test_a_shock_that_cannot_happen_counts_nowhere(solver: str) -> None:
    impossible = shock("WAR", "place:hill", "law:US", likelihood=0)

    for tail, weight in (("0.1", 1), (0, 1), ("0.1", 0)):
        with_it, without = (
            best(world(*shocks, tail=tail, weight=weight), solver).objective
            for shocks in ((*THREE, impossible), THREE)
        )
        assert with_it == without


def test_a_service_keeps_what_its_weakest_layer_keeps(solver: str) -> None:
    # min(0.5, 0.9) = 0.5, and PAY keeps 0.9; weights 3 to 1: 100 * (1.5 + 0.9) / 4 = 60.
    weakest = case(
        option("A", 0, {}, covers={"hosting": "0.5", "data": "0.9"}),
        criteria=(),
        services=(service("EID", "data", "hosting", weight=3), service("PAY", "data")),
        shocks=(ORDER,),
        tail_weight=0,
    )

    assert best(weakest, solver).recount.after.value == 60  # type: ignore[union-attr]


def test_cover_stops_at_all_of_a_layer(solver: str) -> None:
    # 0.7 + 0.7 is not 140 %: one more is of no use but under a shock.
    centres = tuple(
        option(name, 0, {}, covers={"hosting": "0.7"}, exposures=(tag,))
        for name, tag in (("A", "place:coast"), ("B", "place:hill"))
    )
    calm = case(*centres, criteria=(), services=(service("EID", "hosting"),), shocks=(ORDER,))

    assert best(calm, solver).objective == 100
    assert best(calm, solver).recount.after.services == {("EID", "ORDER"): 1}  # type: ignore[union-attr]


def test_each_objective_has_its_own_shocks(solver: str) -> None:
    # autonomy: ORDER alone keeps 0.5; resilience: STORM and QUAKE, (3 * 90 + 6 * 80) / 9.
    own = shock("ORDER", "law:US")
    others = tuple(each.model_copy(update={"objective": "resilience"}) for each in (STORM, QUAKE))
    both = world(own, *others, objectives=(objective("autonomy"), objective("resilience")))
    counted = best(both, solver).recount

    assert counted is not None
    assert counted.after.indices == {"autonomy": 50, "resilience": Fraction(750, 9)}


@pytest.mark.parametrize(("share", "value"), [(None, 50), ("0.25", 40), (0, 30), (1, 70)])
def test_an_index_of_both_parts_shares_them(
    share: Amount | None, value: Amount, solver: str
) -> None:
    # Criteria 30, continuity 70 (A covers 0.7 whatever happens); half each where left blank.
    both = case(
        option("A", 0, 30, covers={"hosting": "0.7"}),
        objectives=(objective("autonomy", continuity_share=share),),
        services=(service("EID", "hosting"),),
        shocks=(ORDER,),
    )

    assert best(both, solver).recount.after.value == value  # type: ignore[union-attr]


def test_an_objective_without_shocks_has_criteria_alone(solver: str) -> None:
    # resilience has criteria only: its 20 count in full.
    half = case(
        option("A", 0, {"value": 30, "hold": 20}, covers={"hosting": "0.7"}),
        objectives=(
            objective("autonomy", continuity_share="0.5"),
            objective("resilience", continuity_share="0.5"),
        ),
        criteria=(criterion("value"), criterion("hold", objective="resilience")),
        services=(service("EID", "hosting"),),
        shocks=(ORDER,),
    )
    counted = best(half, solver).recount

    assert counted is not None
    assert counted.after.indices == {"autonomy": 50, "resilience": 20}


def test_a_service_called_short_or_tail_is_a_service(solver: str) -> None:
    # Names of services and shocks are free; those of columns must not meet them.
    odd = case(
        option("in", 0, {}, covers={"hosting": "0.5"}),
        criteria=(),
        providers=(provider("ABROAD", "hosting", "0.5", "law:US"),),
        services=(service("tail", "hosting"), service("short", "hosting")),
        shocks=(shock("autonomy", "law:US"), shock("calm", "law:EU")),
        tail_weight=1,
    )

    assert best(odd, solver).recount.after.value == 50  # type: ignore[union-attr]


def test_the_audit_counts_a_plan_that_is_not_the_best() -> None:
    # ORDER 0, STORM 0.4, QUAKE 0.8; the worst fifth: (0 + 0.1 * 40) / 0.2 = 20.
    idle = world(*THREE, tail="0.2", weight=1)

    assert recount(idle, plan(idle)).after.value == 20
