"""Names for model files: legible, unlike one another, and never read as a number."""

import re

from choosebattles.formulation.legible_names import LONGEST, legible_names


def test_brackets_commas_and_blanks_become_underscores() -> None:
    assert legible_names(["start[CLOUD.L,2027]", "cover[data centre,law:us,2027]"]) == {
        "start[CLOUD.L,2027]": "start_CLOUD.L_2027",
        "cover[data centre,law:us,2027]": "cover_data_centre_law_us_2027",
    }


def test_names_that_become_alike_are_numbered() -> None:
    names = ["take[A-B]", "take[A_B]", "take[A B]", "take[A_B_2]"]

    assert list(legible_names(names).values()) == [
        "take_A_B",
        "take_A_B_2",
        "take_A_B_3",
        "take_A_B_2_2",
    ]


def test_accents_and_other_scripts_leave_letters() -> None:
    assert list(legible_names(["start[ÉNERGIE,2027]", "Щ", "Ж"]).values()) == [
        "start_ENERGIE_2027",
        "x_",
        "x__2",
    ]


def test_no_name_is_read_as_a_number() -> None:
    # 3 e12 in an LP file is 3,000,000,000,000.
    names = legible_names(["2027", "e12", "E.5", "exactly[R1]", ".5"])

    assert list(names.values()) == ["x_2027", "x_e12", "x_E.5", "exactly_R1", "x_5"]


def test_long_names_stay_unlike_and_within_what_pulp_takes() -> None:
    names = legible_names([f"start[{'LONG' * 50},{year}]" for year in (2027, 2028)])

    assert len(set(names.values())) == 2
    assert all(len(name) <= LONGEST + 2 for name in names.values())
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9._]*", name) for name in names.values())
