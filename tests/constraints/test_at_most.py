"""No more than a number of a list."""

from choosebattles.case.rule import RuleKind
from programs import added, chosen, told
from small_cases import case, investment, option, rule

CLOUD = investment("CLOUD", option("CLOUD.S", 0, 30), option("CLOUD.L", 0, 50))
OTHERS = (option("CSIRT", 0, 40), option("RADIO", 0, 20), option("FIBRE", 0, 10))
FREE = case(CLOUD, *OTHERS)
RULES = (rule(RuleKind.AT_MOST, "CLOUD", "CSIRT", "RADIO", number=2),)
TWO = case(CLOUD, *OTHERS, rules=RULES)


def test_one_row_over_the_list_with_all_options_of_an_investment() -> None:
    assert added(FREE, TWO) == {
        "at_most[R1]": "start[CLOUD.S,2027] + start[CLOUD.L,2027] + start[CSIRT,2027]"
        " + start[RADIO,2027] <= 2"
    }


def test_the_best_two_are_taken_and_what_is_not_listed_is_free(solver: str) -> None:
    # 50 + 40 of the list, RADIO's 20 falls out; FIBRE is not listed.
    assert chosen(TWO, solver) == {"CLOUD.L", "CSIRT", "FIBRE"}


def test_starts_in_different_years_count_alike(solver: str) -> None:
    # One of three years of two options each; at most one of the two, ever.
    world = case(
        option("A", 0, 30, delay_loss="0.5"),
        option("B", 0, 20),
        years=3,
        rules=(rule(RuleKind.AT_MOST, "A", "B", number=1),),
    )

    assert chosen(world, solver) == {"A"}


def test_none_may_be_taken_where_the_number_is_zero(solver: str) -> None:
    world = case(option("A", 0, 30), rules=(rule(RuleKind.AT_MOST, "A", number=0),))

    assert chosen(world, solver) == set()


def test_the_audit_names_how_many_are_too_many() -> None:
    assert told(TWO, "CLOUD.S", "CSIRT", "RADIO") == [
        "Rules!A2: 3 of CLOUD, CSIRT, RADIO are taken; at most 2 may be"
    ]


def test_the_audit_passes_as_many_as_may_be() -> None:
    assert told(TWO, "CLOUD.S", "RADIO", "FIBRE") == []
