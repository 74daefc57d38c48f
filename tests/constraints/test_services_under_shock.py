"""Services that must go on working under a shock."""

from choosebattles.case.case import Case
from choosebattles.case.decision_model import Accrual
from choosebattles.solving.outcome import Stop
from programs import added, best, changed, chosen, told
from small_cases import case, option, provider, service, shock

OWN = option("OWN", 0, -10, covers={"hosting": "0.5"})
HIRED = option("HIRED", 0, -1, covers={"hosting": 1}, exposures=("law:US",))
REGISTER = option("REGISTER", 0, -2, covers={"data": "0.9"})


def world(**facts: object) -> Case:
    """A service on two layers: hosting by a foreign provider, and data by nobody."""
    return case(
        OWN,
        HIRED,
        REGISTER,
        providers=(provider("ABROAD", "hosting", "0.75", "law:US"),),
        services=(service("EID", "hosting", "data", **facts),),
        shocks=(shock("ORDER", "law:US"), shock("STORM", "place:coast", severity="0.5")),
    )


FLOOR = world(must_hold="0.4", against=("ORDER",))


def test_one_row_for_each_shock_that_is_named() -> None:
    assert added(world(), FLOOR) == {"must_hold[EID,ORDER]": "continuity[EID,ORDER,2027] >= 0.4"}


def test_one_row_for_every_shock_where_none_is_named() -> None:
    # STORM hits nothing here: its continuity is that of any day.
    assert added(world(), world(must_hold="0.4")) == {
        "must_hold[EID,ORDER]": "continuity[EID,ORDER,2027] >= 0.4",
        "must_hold[EID,STORM]": "continuity[EID,,2027] >= 0.4",
    }


def test_the_weakest_layer_decides(solver: str) -> None:
    # Under ORDER nothing foreign is left: hosting needs OWN (0.5), data needs REGISTER (0.9);
    # the smaller of the two is 0.5 >= 0.4. Continuity is worth 0 here, as no likelihood counts.
    shocks = tuple(each.model_copy(update={"likelihood": 0}) for each in FLOOR.shocks)
    unlikely = changed(FLOOR, shocks=shocks)

    assert chosen(unlikely, solver) == {"OWN", "REGISTER"}


def test_a_floor_above_what_can_be_kept_leaves_no_plan(solver: str) -> None:
    # min(0.5, 0.9) = 0.5.
    assert best(world(must_hold="0.501", against=("ORDER",)), solver).stop is Stop.INFEASIBLE
    assert best(world(must_hold="0.5", against=("ORDER",)), solver).stop is Stop.OPTIMAL


def test_only_the_final_year_counts(solver: str) -> None:
    # OWN starts in 2028 only, works in 2029 alone, and that is the final year.
    late = option(
        "OWN", 0, -1, covers={"hosting": 1}, earliest_start=2028, build_years=1, lifetime=1
    )
    cover = case(
        late,
        option("REGISTER", 0, 0, covers={"data": 1}, lifetime=1, latest_start=2029),
        years=3,
        services=(service("EID", "hosting", "data", must_hold=1),),
        shocks=(shock("ORDER", "law:US", likelihood=0),),
        accrual=Accrual.FINAL_YEAR,
    )

    plan = best(cover, solver).plan

    assert plan is not None
    assert dict(plan.starts) == {"OWN": 2028, "REGISTER": 2029}


def test_the_audit_names_the_service_and_the_shock() -> None:
    assert told(FLOOR, "HIRED", "REGISTER") == [
        "Services!A2: EID keeps 0.0% under ORDER; it must hold 40.0%"
    ]


def test_the_audit_passes_a_service_that_holds() -> None:
    assert told(FLOOR, "OWN", "REGISTER") == []
