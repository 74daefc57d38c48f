"""An investment is taken in at most one of its options."""

from choosebattles.case.case import Case
from programs import chosen, rows, told
from small_cases import case, fund, investment, option

CLOUD = investment("CLOUD", option("CLOUD.S", 0, 30), option("CLOUD.L", 0, 50))


def world(*rest: str) -> Case:
    return case(*(option(name, 0, 10) for name in rest), CLOUD)


def test_one_row_for_each_investment() -> None:
    alone, together = case(CLOUD, years=2), case(CLOUD, investment("CSIRT"), years=2)

    assert set(rows(together)) - set(rows(alone)) == {"selection[CSIRT]"}
    assert rows(together, "selection") == {
        "selection[CLOUD]": "start[CLOUD.S,2027] + start[CLOUD.S,2028]"
        " + start[CLOUD.L,2027] + start[CLOUD.L,2028] <= 1",
        "selection[CSIRT]": "start[CSIRT,2027] + start[CSIRT,2028] <= 1",
    }


def test_only_the_better_option_is_taken(solver: str) -> None:
    # Both cost nothing; 30 + 50 = 80 would be more than 50, and is not to be had.
    assert chosen(world("CSIRT"), solver) == {"CLOUD.L", "CSIRT"}


def test_the_option_that_fits_is_taken_where_the_better_one_is_too_dear(solver: str) -> None:
    # 5 > 4, so CLOUD.L is out of reach; 4 <= 4.
    cloud = investment("CLOUD", option("CLOUD.S", 4, 30), option("CLOUD.L", 5, 50))

    assert chosen(case(cloud, funds=(fund(2027, 4),)), solver) == {"CLOUD.S"}


def test_the_audit_names_two_options_of_one_investment() -> None:
    assert told(world(), "CLOUD.S", "CLOUD.L") == [
        "Investments!A2: CLOUD.S, CLOUD.L are taken; of one investment only one option can be"
    ]


def test_the_audit_passes_one_option_of_each_investment() -> None:
    assert told(world("CSIRT"), "CLOUD.S", "CSIRT") == []
