"""What is already decided: must, never, ongoing."""

from choosebattles.case.case import Case
from choosebattles.case.investment import Decision
from programs import added, chosen, rows, starts, told
from small_cases import case, fund, investment, ongoing, option


def decided(decision: Decision) -> Case:
    """Two options of one investment, the second decided."""
    return case(
        investment("CLOUD", option("CLOUD.S", 2, 30), option("CLOUD.L", 1, 10, decision=decision)),
        option("CSIRT", 2, 40),
        funds=(fund(2027, 3),),
    )


OPEN, MUST, NEVER = (decided(each) for each in (Decision.OPEN, Decision.MUST, Decision.NEVER))


def test_an_open_row_adds_nothing() -> None:
    assert rows(OPEN, "locked") == {}


def test_must_adds_one_row_for_the_investment() -> None:
    assert added(OPEN, MUST) == {"locked[CLOUD,must]": "start[CLOUD.L,2027] = 1"}


def test_several_must_rows_of_an_investment_share_one_row() -> None:
    both = investment(
        "CLOUD",
        option("CLOUD.S", decision=Decision.MUST),
        option("CLOUD.L", decision=Decision.MUST),
    )

    assert rows(case(both), "locked") == {
        "locked[CLOUD,must]": "start[CLOUD.S,2027] + start[CLOUD.L,2027] = 1"
    }


def test_never_adds_one_row() -> None:
    assert added(OPEN, NEVER) == {"locked[CLOUD.L,never]": "start[CLOUD.L,2027] = 0"}


def test_ongoing_starts_in_its_own_year_and_in_no_other() -> None:
    assert rows(case(ongoing("CLOUD", 2025), years=3), "locked", "selection") == {
        "selection[CLOUD]": "start[CLOUD,2025] <= 1",
        "locked[CLOUD,ongoing]": "start[CLOUD,2025] = 1",
    }


def test_nothing_is_forced_where_all_is_open(solver: str) -> None:
    # 3 million: CSIRT and CLOUD.L cost 2 + 1 and are worth 40 + 10 = 50; CSIRT and CLOUD.S
    # would cost 4.
    assert chosen(OPEN, solver) == {"CSIRT", "CLOUD.L"}


def test_must_is_taken_though_it_is_worth_less(solver: str) -> None:
    # 2 million: the harm of 20 is taken, and what is left pays for nothing else.
    world = case(
        option("LAW", 2, -20, decision=Decision.MUST),
        option("CSIRT", 2, 40),
        funds=(fund(2027, 2),),
    )

    assert chosen(world, solver) == {"LAW"}


def test_the_best_of_several_must_rows_is_taken(solver: str) -> None:
    both = investment(
        "CLOUD",
        option("CLOUD.S", 0, -5, decision=Decision.MUST),
        option("CLOUD.L", 0, -2, decision=Decision.MUST),
        option("CLOUD.X", 0, 9),
    )

    assert chosen(case(both), solver) == {"CLOUD.L"}


def test_never_is_not_taken_though_it_is_worth_more(solver: str) -> None:
    # Without CLOUD.L, CSIRT alone is the best: 40 against 30, and 2 + 2 > 3.
    assert chosen(NEVER, solver) == {"CSIRT"}


def test_ongoing_is_taken_with_the_year_it_began(solver: str) -> None:
    world = case(ongoing("CLOUD", 2025, [9, 9, 1], -10), option("CSIRT", 2, 40))

    assert starts(world, solver) == {"CLOUD": 2025, "CSIRT": 2027}


def test_what_remains_of_an_ongoing_cost_is_paid(solver: str) -> None:
    # CLOUD began in 2025, so 2027 is its third year: 1 of 3 million is gone, and 2 < 2.5.
    world = case(
        ongoing("CLOUD", 2025, [9, 9, 1], 5), option("CSIRT", 2.5, 40), funds=(fund(2027, 3),)
    )

    assert chosen(world, solver) == {"CLOUD"}


def test_the_audit_names_a_must_that_is_missing() -> None:
    assert told(MUST, "CSIRT") == ["Investments!A3: CLOUD.L must be taken, and is not"]


def test_the_audit_names_every_must_row_of_an_investment() -> None:
    both = investment(
        "CLOUD",
        option("CLOUD.S", decision=Decision.MUST),
        option("CLOUD.L", decision=Decision.MUST),
    )

    assert told(case(both, option("CSIRT")), "CSIRT") == [
        "Investments!A2, Investments!A3: one of CLOUD.S, CLOUD.L must be taken, and none is"
    ]


def test_the_audit_names_a_never_that_is_taken() -> None:
    assert told(NEVER, "CLOUD.L") == [
        "Investments!A3: CLOUD.L is taken, against the decision never"
    ]


def test_the_audit_names_an_ongoing_option_that_is_missing() -> None:
    assert told(case(ongoing("CLOUD", 2025), option("CSIRT")), "CSIRT") == [
        "Investments!A2: CLOUD is ongoing, and is missing"
    ]


def test_the_audit_passes_what_was_decided() -> None:
    assert told(MUST, "CLOUD.L", "CSIRT") == []
    assert told(NEVER, "CSIRT") == []
    assert told(case(ongoing("CLOUD", 2025)), "CLOUD") == []
