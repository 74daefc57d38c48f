"""What must be there before something else may start."""

from typing import Any

import pytest

from choosebattles.case.case import Case
from choosebattles.case.rule import RuleKind, When
from programs import added, chosen, starts, told
from small_cases import case, investment, ongoing, option, rule

ALL, ANY = RuleKind.REQUIRES_ALL, RuleKind.REQUIRES_ANY


def world(kind: RuleKind = ALL, needs: tuple[str, ...] = ("B",), **facts: object) -> Case:
    """A cloud A that asks for B and C; both take a year to build."""
    build: dict[str, Any] = {"build_years": 1, "latest_start": 2029}
    return case(
        option("A", 0, 60, latest_start=2029),
        option("B", 0, -1, **build),
        option("C", 0, -2, **build),
        years=3,
        rules=(rule(kind, "A", needs=needs, **facts),) if needs else (),
    )


FREE = world(needs=())


def test_operating_needs_that_last_take_one_cumulative_row_a_year() -> None:
    # B started in 2027 works from 2028 on and for ever; so A may have started by then.
    assert added(FREE, world()) == {
        "requires[R1,A,B,2027]": "start[A,2027] <= 0",
        "requires[R1,A,B,2028]": "start[A,2027] + start[A,2028] - start[B,2027] <= 0",
        "requires[R1,A,B,2029]": "start[A,2027] + start[A,2028] + start[A,2029]"
        " - start[B,2027] - start[B,2028] <= 0",
    }


def test_operating_needs_that_end_take_a_row_for_the_starts_of_each_year() -> None:
    # B started in 2027 with a lifetime of 1 works in 2028 alone.
    brief = option("B", build_years=1, lifetime=1, latest_start=2028)
    options = (option("A", latest_start=2029), brief)
    free, bound = (
        case(*options, years=3, rules=each) for each in ((), (rule(ALL, "A", needs=("B",)),))
    )

    assert added(free, bound) == {
        "requires[R1,A,B,2027]": "start[A,2027] <= 0",
        "requires[R1,A,B,2028]": "start[A,2028] - start[B,2027] <= 0",
        "requires[R1,A,B,2029]": "start[A,2029] - start[B,2028] <= 0",
    }


def test_started_needs_take_one_cumulative_row_a_year() -> None:
    assert added(FREE, world(when=When.STARTED)) == {
        "requires[R1,A,B,2027]": "start[A,2027] - start[B,2027] <= 0",
        "requires[R1,A,B,2028]": "start[A,2027] + start[A,2028]"
        " - start[B,2027] - start[B,2028] <= 0",
        "requires[R1,A,B,2029]": "start[A,2027] + start[A,2028] + start[A,2029]"
        " - start[B,2027] - start[B,2028] - start[B,2029] <= 0",
    }


def test_all_takes_rows_for_each_need_and_any_one_row_for_their_sum() -> None:
    both = ("B", "C")

    assert set(added(FREE, world(needs=both))) == {
        f"requires[R1,A,{need},{year}]" for need in both for year in (2027, 2028, 2029)
    }
    assert added(FREE, world(ANY, both))["requires[R1,A,B,2028]"] == (
        "start[A,2027] + start[A,2028] - start[B,2027] - start[C,2027] <= 0"
    )


def test_operating_waits_until_the_prerequisite_works(solver: str) -> None:
    # Free: A from 2027, 60 in all three years. Bound: B in 2027, so A in 2028:
    # 60 * 2 / 3 = 40, less B's 1 * 2 / 3.
    assert starts(FREE, solver) == {"A": 2027}
    assert starts(world(), solver) == {"A": 2028, "B": 2027}


def test_started_need_not_wait(solver: str) -> None:
    assert starts(world(when=When.STARTED), solver)["A"] == 2027


def test_all_takes_both_and_any_the_less_harmful(solver: str) -> None:
    assert chosen(world(needs=("B", "C")), solver) == {"A", "B", "C"}
    assert chosen(world(ANY, ("B", "C")), solver) == {"A", "B"}


def test_after_the_start_nothing_is_asked(solver: str) -> None:
    # B works in 2028 alone; A starts then, and stays when B has ended.
    brief = option("B", 0, -1, build_years=1, lifetime=1, latest_start=2029)
    bound = case(
        option("A", 0, 60, latest_start=2029), brief, years=3, rules=(rule(ALL, "A", needs=("B",)),)
    )

    assert starts(bound, solver) == {"A": 2028, "B": 2027}
    assert told(bound, ("A", 2029), ("B", 2027)) == [
        "Rules!A2: A starts in 2029 without B operating"
    ]


def test_any_option_of_an_investment_will_do(solver: str) -> None:
    cloud = investment("CLOUD", option("CLOUD.S", 0, -3), option("CLOUD.L", 0, -2))
    bound = case(option("A", 0, 60), cloud, rules=(rule(ALL, "A", needs=("CLOUD",)),))

    assert chosen(bound, solver) == {"A", "CLOUD.L"}


def test_what_is_ongoing_asks_for_nothing_and_fulfils(solver: str) -> None:
    rules = (rule(ALL, "A", needs=("B",)), rule(ALL, "B", needs=("C",), when=When.STARTED))
    bound = case(option("A", 0, 60), ongoing("B", 2020, 0, 0), option("C", 0, -2), rules=rules)

    assert chosen(bound, solver) == {"A", "B"}
    assert told(bound, "A", "B") == []


def test_what_is_ongoing_and_not_yet_working_has_started(solver: str) -> None:
    # B began in 2026 and takes three years, so it works from 2029 on.
    building = ongoing("B", 2026, build_years=3)
    seeds = option("A", 0, 60, latest_start=2029)
    both = (seeds, building)

    waits = case(*both, years=3, rules=(rule(ALL, "A", needs=("B",)),))
    goes = case(*both, years=3, rules=(rule(ALL, "A", needs=("B",), when=When.STARTED),))

    assert starts(waits, solver)["A"] == 2029
    assert starts(goes, solver)["A"] == 2027


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        (When.OPERATING, "Rules!A2: A starts in 2027 without B operating"),
        (When.STARTED, "Rules!A2: A starts in 2027 without B started"),
    ],
)
def test_the_audit_names_a_start_without_its_prerequisite(when: When, sentence: str) -> None:
    assert told(world(when=when), ("A", 2027), ("B", 2028)) == [sentence]


def test_the_audit_names_all_of_which_any_would_do() -> None:
    assert told(world(ANY, ("B", "C")), ("A", 2027)) == [
        "Rules!A2: A starts in 2027 without B, C operating"
    ]
    assert told(world(ALL, ("B", "C")), ("A", 2027)) == [
        "Rules!A2: A starts in 2027 without B operating",
        "Rules!A2: A starts in 2027 without C operating",
    ]


def test_the_audit_passes_a_prerequisite_in_time() -> None:
    assert told(world(), ("A", 2028), ("B", 2027)) == []
    assert told(world(when=When.STARTED), ("A", 2027), ("B", 2027)) == []
    assert told(world(ANY, ("B", "C")), ("A", 2028), ("C", 2027)) == []
    assert told(world(), ("B", 2027)) == []
