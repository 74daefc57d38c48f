"""Decisions already taken: what must be taken, and what must not."""

import pytest

from choosebattles.case.case import Case
from choosebattles.case.forced_decisions import decided
from choosebattles.case.investment import Decision
from choosebattles.errors import InputError
from choosebattles.solving.options import Options
from choosebattles.solving.solve import solve
from small_cases import case, fund, investment, ongoing, option

OPEN, MUST, NEVER = Decision.OPEN, Decision.MUST, Decision.NEVER


def world() -> Case:
    # 100 buys CLOUD.L (60) and CSIRT (40): 70 + 20 = 90, the best.
    cloud = investment("CLOUD", option("CLOUD.S", 30, 20), option("CLOUD.L", 60, 70))
    return case(cloud, option("CSIRT", 40, 20), ongoing("OLD", 2027), funds=(fund(2027, 100),))


def decisions(made: Case) -> dict[str, Decision]:
    return {each.id: each.decision for each in made.options.values()}


def test_an_investment_stands_for_any_of_its_options() -> None:
    made = decisions(decided(world(), must=["cloud"]))

    assert made == {"CLOUD.S": MUST, "CLOUD.L": MUST, "CSIRT": OPEN, "OLD": Decision.ONGOING}


def test_an_investment_that_must_be_taken_opens_no_option_that_is_never_to_be() -> None:
    first = decided(world(), never=["CLOUD.S"])

    made = decisions(decided(first, must=["CLOUD"]))

    assert (made["CLOUD.S"], made["CLOUD.L"]) == (NEVER, MUST)


def test_an_option_that_must_be_taken_is() -> None:
    # CLOUD.S (30) and CSIRT (40) cost 70: worth 20 + 20 = 40.
    outcome = solve(decided(world(), must=["CLOUD.S"]), Options(gap=0))

    assert outcome.plan is not None
    assert outcome.plan.taken == {"CLOUD.S", "CSIRT", "OLD"}
    assert outcome.objective == 40


def test_another_option_is_a_must_no_more() -> None:
    first = decided(world(), must=["CLOUD.L"])

    assert decisions(decided(first, must=["CLOUD.S"]))["CLOUD.L"] is OPEN


def test_what_is_kept_out_is_never_taken() -> None:
    made = decisions(decided(world(), never=["CLOUD", "CSIRT"]))

    assert made == {"CLOUD.S": NEVER, "CLOUD.L": NEVER, "CSIRT": NEVER, "OLD": Decision.ONGOING}


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(InputError) as told:
        decided(world(), must=["CLUOD", "CSIRT"], never=["CSIRT", "OLD"])

    assert [fault.found for fault in told.value.faults] == [
        "no such investment or option",
        "both must and never",
        "both must and never",
        "never, and under way",
    ]
    assert told.value.faults[0].advice == "Did you mean CLOUD?"
