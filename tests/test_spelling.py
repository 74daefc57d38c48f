from collections.abc import Sequence

import pytest

from choosebattles.spelling import (
    COMPARISONS,
    Names,
    alike,
    closest,
    exposed,
    key,
    look,
    quoted,
    shape,
    short_title,
)

CYRILLIC_P = "\u0420"


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("CLUOD", "CLOUD"),
        ("cloud ", "CLOUD"),
        ("C\u041bOUD", "CLOUD"),
        (f"{CYRILLIC_P}001", "P001"),
        ("Energji", "\u00cbnergji"),
        ("zzz", None),
        ("x" * 100_000, None),
    ],
)
def test_a_misspelt_word_finds_what_was_meant(word: str, meant: str | None) -> None:
    assert closest(word, ["CLOUD", "P001", "\u00cbnergji"]) == meant


def test_names_are_compared_without_case_and_spaces() -> None:
    assert key("  Core\u00a0 services ") == key("core SERVICES")
    assert key("P001") != key(f"{CYRILLIC_P}001")


def test_letters_of_other_alphabets_look_alike_and_accents_do_not() -> None:
    assert look("P001") == look(f"{CYRILLIC_P}001") == look("\uff30001")
    assert look("Energji") != look("\u00cbnergji")


def test_a_quoted_text_stays_on_one_line_and_short() -> None:
    assert quoted("a\nb") == "'a b'"
    assert quoted("x" * 100) == "'" + "x" * 60 + "\u2026'"


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("CLOUD", "'CLOUD'"),
        ("\u00cbnergji", "'\u00cbnergji'"),
        (f"{CYRILLIC_P}001", f"'{CYRILLIC_P}001', in which '{CYRILLIC_P}' is Cyrillic"),
        ("\uff30001", "'\uff30001', in which '\uff30' is Fullwidth"),
        ("\u0440\u0430\u0437", "'\u0440\u0430\u0437'"),
    ],
)
def test_a_letter_of_another_alphabet_is_named(word: str, told: str) -> None:
    assert exposed(word) == told


def test_of_many_names_the_neighbours_are_compared() -> None:
    names = Names(f"INVESTMENT{number:05}" for number in range(20_000))

    assert str(names.closest("INVESTMENT0777")).startswith("INVESTMENT07")
    assert names.closest("investment07777") == "INVESTMENT07777"
    assert names.closest("Something else") is None


def test_whoever_misspells_thousands_gets_no_thousands_of_suggestions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared: list[int] = []

    def matches(_word: str, near: Sequence[str], **_more: object) -> list[str]:
        compared.append(len(near))
        return []

    monkeypatch.setattr("choosebattles.spelling.difflib.get_close_matches", matches)
    names = Names(f"I{number}" for number in range(20_000))
    for number in range(5_000):
        assert names.closest(f"J{number}") is None

    assert sum(compared) <= COMPARISONS
    assert names.closest("i7") == "I7"


@pytest.mark.parametrize(
    ("title", "width", "shown"),
    [
        ("Cloud", 5, "Cloud"),
        ("Cloud for all", 7, "Cloud\u2026"),
        ("", 3, ""),
        ("x" * 500, 3, "xx\u2026"),
    ],
)
def test_a_title_is_shortened_to_the_width_of_its_place(title: str, width: int, shown: str) -> None:
    assert short_title(title, width) == shown


@pytest.mark.parametrize(
    ("word", "name", "is_near"),
    [
        ("limit", "limits", True),
        ("fudn", "fund", True),
        ("caost yaer 1", "cost year 1", True),
        ("average", "coverage", True),
        ("rules", "roles", True),
        ("bonds", "fund", False),
        ("lo", "low", False),
        ("notes", "title", False),
    ],
)
def test_a_slip_is_one_edit_or_two_in_a_long_name(word: str, name: str, is_near: bool) -> None:
    assert alike(word, name) is is_near


def test_a_word_of_another_alphabet_has_one_shape_in_capitals_and_in_small_letters() -> None:
    for word in ("Трошок", "Вештине", "Назив", "Τίτλος", "Title"):
        assert shape(word) == shape(word.upper()) == shape(word.lower())
