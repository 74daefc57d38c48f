"""What is worth more, or less, because several are there."""

from choosebattles.audit.recount import recount
from choosebattles.case.case import Case
from choosebattles.case.rule import Rule
from programs import added, best, chosen, rows
from small_cases import case, criterion, fund, objective, option, plan, synergy

OPTIONS = tuple(option(name, 1, score) for name, score in (("A", 10), ("B", 20), ("C", 30)))


def world(*rules: Rule, money: int = 3) -> Case:
    return case(*OPTIONS, rules=rules, funds=(fund(2027, money),))


FREE = world()


def test_a_helping_synergy_of_all_adds_one_row_for_each_member() -> None:
    assert added(FREE, world(synergy("A", "B", bonus=15))) == {
        "together[R1,A,2027]": "together[R1,2027] - start[A,2027] <= 0",
        "together[R1,B,2027]": "together[R1,2027] - start[B,2027] <= 0",
    }


def test_a_hurting_synergy_of_all_adds_one_row() -> None:
    assert added(FREE, world(synergy("A", "B", "C", bonus=-15))) == {
        "together[R1,at least,2027]": "together[R1,2027] - start[A,2027] - start[B,2027]"
        " - start[C,2027] >= -2"
    }


def test_a_synergy_of_some_adds_one_row() -> None:
    # Two of three: 2 w <= sum, or (3 - 2 + 1) w >= sum - 1.
    terms = "- start[A,2027] - start[B,2027] - start[C,2027]"
    helping = synergy("A", "B", "C", number=2, bonus=15)
    hurting = synergy("A", "B", "C", number=2, bonus=-15)

    assert added(FREE, world(helping)) == {
        "together[R1,at most,2027]": f"2 together[R1,2027] {terms} <= 0"
    }
    assert added(FREE, world(hurting)) == {
        "together[R1,at least,2027]": f"2 together[R1,2027] {terms} >= -1"
    }


def test_a_synergy_that_hurts_and_saves_is_bound_on_both_sides() -> None:
    saving = world(synergy("A", "B", "C", number=2, bonus=-15, saving=1))

    assert set(rows(saving)) - set(rows(FREE)) == {
        "together[R1,at most,2027]",
        "together[R1,at least,2027]",
    }


def test_a_bonus_is_had_where_all_members_are(solver: str) -> None:
    # Money for two: B and C are worth 50, A and C 40 + 15 = 55.
    assert chosen(world(money=2), solver) == {"B", "C"}
    outcome = best(world(synergy("A", "C", bonus=15), money=2), solver)
    assert outcome.objective == 55


def test_a_bonus_of_some_is_had_once(solver: str) -> None:
    # Two of three give 15, and so do three of three: 60 + 15.
    assert best(world(synergy("A", "B", "C", number=2, bonus=15)), solver).objective == 75
    assert best(world(synergy("A", "B", "C", number=2, bonus=15), money=1), solver).objective == 30
    assert best(world(synergy("A", "B", "C", number=1, bonus=15), money=1), solver).objective == 45


def test_a_penalty_of_all_strikes_where_all_are_taken(solver: str) -> None:
    # 60 - 15 = 45 < 50 without A.
    outcome = best(world(synergy("A", "B", "C", bonus=-15)), solver)

    assert outcome.objective == 50
    assert chosen(world(synergy("A", "B", "C", bonus=-15)), solver) == {"B", "C"}
    assert best(world(synergy("A", "B", "C", bonus=-5)), solver).objective == 55


def test_a_penalty_of_some_strikes_from_their_number_on_and_once(solver: str) -> None:
    # Two of three: any two lose 25, so 50 - 25 = 25 and 60 - 25 = 35; one alone: 30.
    outcome = best(world(synergy("A", "B", "C", number=2, bonus=-25)), solver)
    assert outcome.objective == 35
    # 60 - 35 = 25 < 30.
    assert best(world(synergy("A", "B", "C", number=2, bonus=-35)), solver).objective == 30


def test_a_penalty_with_a_saving_is_neither_dodged_nor_dreamt_up(solver: str) -> None:
    # A and B save 1 and lose 12. Money for two: A, B and, from the saving, C: 60 - 12 = 48;
    # without it B and C: 50. With a loss of 8: 52.
    for bonus, value in ((-12, 50), (-8, 52)):
        saving = synergy("A", "B", bonus=bonus, saving=1)
        assert best(world(saving, money=2), solver).objective == value


def test_a_bonus_is_weighted_by_its_criterion(solver: str) -> None:
    # legal is 1 of 4 of autonomy, and autonomy half of all: 40 * 0.25 * 0.5 = 5.
    # Scores: 0.5 * 0.75 * 60 = 22.5.
    weighted = case(
        *OPTIONS,
        objectives=(objective("autonomy"), objective("resilience")),
        criteria=(
            criterion("value", 3),
            criterion("legal", 1),
            criterion("hold", objective="resilience"),
        ),
        rules=(synergy("A", "B", criterion="legal", bonus=40),),
    )

    assert best(weighted, solver).objective == 27.5


def test_a_bonus_counts_in_the_years_in_which_all_operate() -> None:
    # A works in 2027 and 2028, B from 2028 on: both in 2028 alone, 1 of 3 years.
    timed = case(
        option("A", 0, 0, lifetime=2),
        option("B", 0, 0, earliest_start=2028),
        years=3,
        rules=(synergy("A", "B", bonus=30),),
    )
    counted = recount(timed, plan(timed, ("A", 2027), ("B", 2028)))

    assert counted.after.value == 10
    assert counted.synergies == {"Rules!A2": (2028,)}


def test_bonuses_are_part_of_the_ideal(solver: str) -> None:
    # 60 + 15 = 75; the penalty is not.
    ideal = case(
        *OPTIONS,
        rules=(synergy("A", "B", bonus=15), synergy("B", "C", bonus=-20)),
        points_for_100=None,
    )
    counted = best(ideal, solver).recount

    assert counted is not None
    assert counted.scale == 75


def test_the_audit_counts_a_bonus_that_the_best_plan_leaves() -> None:
    rules = (synergy("A", "B", bonus=15), synergy("A", "C", bonus=-9))
    pair = world(*rules)

    assert recount(pair, plan(pair, "A", "B")).after.value == 45
    assert recount(pair, plan(pair, "A", "C")).after.value == 31
    assert recount(pair, plan(pair, "B", "C")).after.value == 50
