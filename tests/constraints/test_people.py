"""Nobody is at work twice: people of each skill, year by year."""

from choosebattles.case.case import Case
from programs import added, chosen, starts, told
from small_cases import case, ongoing, option, skill

CLOUD = option("CLOUD", 0, 50, build_years=2, build_staff={"DEV": 3}, run_staff={"DEV": 1})
RADIO = option("RADIO", 0, 30, build_staff={"DEV": 2}, run_staff={"DEV": "0.5"}, build_years=0)
SCHOOL = option("SCHOOL", 0, -1, trains={"DEV": 4})


def world(*people: int, retention: str = "1") -> Case:
    """Three years; the cloud can only start in the first."""
    known = (skill("DEV", 2027, *people, retention=retention),)
    return case(CLOUD, RADIO, SCHOOL, years=3, skills=known)


def test_one_row_a_year() -> None:
    # CLOUD: 3 in 2027 and 2028, then 1. RADIO works in the year in which it is built: 2 + 0.5,
    # then 0.5. SCHOOL yields 4 each year, who work from the next year on, half of whom stay.
    staffed = world(5, 6, 7, retention="0.5")
    nobody_counted = staffed.model_copy(update={"skills": ()})

    assert added(nobody_counted, staffed) == {
        "people[DEV,2027]": "3 start[CLOUD,2027] + 2.5 start[RADIO,2027]"
        " + 0 start[RADIO,2028] + 0 start[RADIO,2029] <= 5",
        "people[DEV,2028]": "3 start[CLOUD,2027] + 0.5 start[RADIO,2027]"
        " + 2.5 start[RADIO,2028] + 0 start[RADIO,2029] - 4 start[SCHOOL,2027] <= 6",
        "people[DEV,2029]": "start[CLOUD,2027] + 0.5 start[RADIO,2027]"
        " + 0.5 start[RADIO,2028] + 2.5 start[RADIO,2029]"
        " - 6 start[SCHOOL,2027] - 4 start[SCHOOL,2028] <= 7",
    }


def test_people_bind_year_by_year(solver: str) -> None:
    # RADIO is worth 30 in each of three years, CLOUD 50 in the last alone.
    # 3 in 2027 allow RADIO (2.5) or CLOUD (3); RADIO with CLOUD would take 5.5.
    # RADIO in 2028 beside CLOUD would take 3 + 2.5 > 3; in 2029, 1 + 2.5 > 3.
    # 30 * 3 = 90 against 50.
    few, more = (
        case(CLOUD, RADIO, years=3, skills=(skill("DEV", 2027, 3, people, 3),)) for people in (3, 6)
    )

    assert starts(few, solver) == {"RADIO": 2027}
    # 5.5 in 2028 allow CLOUD with RADIO from 2028: 50 + 60 = 110 > 90.
    assert starts(more, solver) == {"CLOUD": 2027, "RADIO": 2028}


def test_the_trained_work_from_the_next_year_on(solver: str) -> None:
    # SCHOOL from 2027 (harm: 3 years) adds 4 in 2028: RADIO needs 2.5 and has 0 + 4, not before.
    assert starts(world(0, 0, 0), solver) == {"RADIO": 2028, "SCHOOL": 2027}


def test_the_trained_leave(solver: str) -> None:
    # SCHOOL works in 2027 alone and yields 4: 4 in 2028, 4 * 0.5 = 2 in 2029, 1 in 2030.
    # GUARD needs 1.5 each year from its start on: there are too few of them in 2030.
    guard = option("GUARD", 0, 30, run_staff={"DEV": "1.5"})
    school = option("SCHOOL", 0, -1, trains={"DEV": 4}, lifetime=1, latest_start=2027)
    stay, leave = (
        case(guard, school, years=4, skills=(skill("DEV", 2027, 0, 0, 0, 0, retention=each),))
        for each in ("0.75", "0.5")
    )

    assert chosen(stay, solver) == {"GUARD", "SCHOOL"}
    assert chosen(leave, solver) == set()


def test_what_is_ongoing_takes_people_too(solver: str) -> None:
    # OLD began in 2026 and is built until 2028: 2 of 4 in 2027 and 2028; then 1 of 4.
    old = ongoing("OLD", 2026, build_years=3, build_staff={"DEV": 2}, run_staff={"DEV": 1})
    new = option("NEW", 0, 30, build_staff={"DEV": 3})
    both = case(old, new, years=3, skills=(skill("DEV", 2027, 4, 4, 4),))

    assert starts(both, solver)["NEW"] == 2029


def test_the_audit_names_how_many_are_missing() -> None:
    # 3 + 2.5 = 5.5 of 4 in 2027; 3 + 0.5 of 3.25 in 2028.
    missing = case(CLOUD, RADIO, years=3, skills=(skill("DEV", 2027, 4, "3.25", 2),))

    assert told(missing, "CLOUD", "RADIO") == [
        "Skills!A2: 1.50 people of skill DEV too few in 2027",
        "Skills!A2: 0.25 people of skill DEV too few in 2028",
    ]


def test_the_audit_passes_where_all_are_there() -> None:
    # 5.5 in 2027, 3.5 in 2028, 1.5 in 2029.
    there = case(CLOUD, RADIO, years=3, skills=(skill("DEV", 2027, "5.5", "3.5", "1.5"),))

    assert told(there, "CLOUD", "RADIO") == []
