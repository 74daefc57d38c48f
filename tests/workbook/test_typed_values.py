"""What one cell means: never a guess."""

import math
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from choosebattles.workbook.cell_kinds import covers
from choosebattles.workbook.cell_reading import Problem, Read, blank
from choosebattles.workbook.typed_numbers import number, share, whole, year
from choosebattles.workbook.typed_texts import NOTE_LIMIT, identifier, listing, text, yes

T = TypeVar("T")
CYRILLIC_P = "\u0420"
ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.text(alphabet="0123456789.,' ()-+%eE\u00a0\u202f\u2019\u22125", max_size=12),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


def codes(answer: Read[T] | Problem) -> list[str]:
    """The codes of a refusal or of the warnings, in order."""
    return (
        [answer.code]
        if isinstance(answer, Problem)
        else [warning.code for warning in answer.warnings]
    )


def read(answer: Read[T] | Problem) -> T:
    """The value that was read."""
    assert isinstance(answer, Read)
    return answer.value


def warnings(answer: Read[T] | Problem) -> tuple[Problem, ...]:
    """What the user hears about the value that was read."""
    assert isinstance(answer, Read)
    return answer.warnings


def refused(answer: Read[T] | Problem) -> Problem:
    """The reason why nothing was read."""
    assert isinstance(answer, Problem)
    return answer


@pytest.mark.parametrize(
    ("value", "exact"),
    [
        (0.1 + 0.2, "0.3"),
        (0.07000000000000001, "0.07"),
        (1.1 * 3, "3.3"),
        (12, "12"),
        (123456789012345, "123456789012345"),
        (2.5e-7, "0.00000025"),
        (-4.2, "-4.2"),
    ],
)
def test_a_stored_number_is_the_decimal_that_the_cell_shows(value: object, exact: str) -> None:
    assert number(value) == Read(Decimal(exact))


@pytest.mark.parametrize(
    ("typed", "exact", "code"),
    [
        ("12", "12", "CB-C12"),
        ("12,5", "12.5", "CB-C12"),
        ("12.50", "12.5", "CB-C12"),
        ("0,125", "0.125", "CB-C12"),
        (".5", "0.5", "CB-C12"),
        (",125", "0.125", "CB-C12"),
        ("1234,567", "1234.567", "CB-C12"),
        ("1.234,56", "1234.56", "CB-C12"),
        ("1,234.567", "1234.567", "CB-C12"),
        ("1.234.567", "1234567", "CB-C12"),
        ("1,234,567.8", "1234567.8", "CB-C12"),
        ("1 234,56", "1234.56", "CB-C12"),
        ("1\u00a0234,56", "1234.56", "CB-C12"),
        ("1\u202f234\u202f567", "1234567", "CB-C12"),
        ("1\u2009234", "1234", "CB-C12"),
        ("1'234.56", "1234.56", "CB-C12"),
        ("1\u2019234", "1234", "CB-C12"),
        ("\u22125", "-5", "CB-C12"),
        ("\u20135", "-5", "CB-C12"),
        ("+ 5", "5", "CB-C12"),
        ("1e3", "1000", "CB-C12"),
        ("-1.5E-3", "-0.0015", "CB-C12"),
        (" 7 \u200b", "7", "CB-C12"),
        ("(500)", "-500", "CB-C04"),
        ("( 1 234,5 )", "-1234.5", "CB-C04"),
    ],
)
def test_a_text_with_one_reading_is_read_with_a_warning(typed: str, exact: str, code: str) -> None:
    answer = number(typed)

    assert read(answer) == Decimal(exact)
    assert codes(answer) == [code]


@pytest.mark.parametrize("typed", ["1,234", "1.234", "-12.345", "(1,234)", "999,000", "1,234e3"])
def test_a_text_with_two_readings_is_refused(typed: str) -> None:
    assert codes(number(typed)) == ["CB-C02"]


def test_both_readings_are_told() -> None:
    assert number("1,234") == Problem(
        "CB-C02",
        "the text '1,234'",
        "a number",
        "It may be 1 234 or 1.234: type the number, without quotes.",
    )


@pytest.mark.parametrize("typed", ["5m", "\u20ac5", "5 Mio", "EUR 5", "5%", "12,5 %", "$ 1,000.50"])
def test_a_unit_is_refused(typed: str) -> None:
    assert codes(number(typed)) == ["CB-C03"]


@pytest.mark.parametrize(
    "typed",
    [
        "((5))",
        "1/2",
        "-",
        "\u2014",
        "\u00b2",
        "9" * 61,
        "1_000",
        "e5",
        "1e5e5",
        "()",
        "tbd",
        "abc",
        "5 or 6",
        "5-",
        "5.",
        "1,23,456",
        "01 234",
        "1 23",
        "=1+1",
        "0x1F",
        "--5",
        "(-5)",
    ],
)
def test_any_other_text_is_refused(typed: str) -> None:
    assert codes(number(typed))[0] in {"CB-C01", "CB-C03"}


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("\uff11\uff12", "Fullwidth"),
        ("\u0661\u0662", "Arabic-indic"),
        ("\u06f1", "Extended arabic-indic"),
    ],
)
def test_digits_of_other_alphabets_are_named(typed: str, kind: str) -> None:
    answer = number(typed)

    assert codes(answer) == ["CB-C01"]
    assert refused(answer).found == f"the text '{typed}' in {kind} digits"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (True, "CB-C12"),
        (None, "CB-C13"),
        ("", "CB-C13"),
        (" \u00a0\u200b", "CB-C13"),
        (math.nan, "CB-C07"),
        (math.inf, "CB-C07"),
        ("NaN", "CB-C07"),
        ("-Infinity", "CB-C07"),
        ("#REF!", "CB-C05"),
        ("#n/a", "CB-C05"),
        (1e200, "CB-C09"),
        (10**400, "CB-C09"),
        (-(10**15), "CB-C09"),
        ("1e9999", "CB-C09"),
        (object(), "CB-C01"),
        (time(9, 36), "CB-C11"),
        (timedelta(days=2), "CB-C11"),
    ],
)
def test_what_is_no_number_is_refused(value: object, code: str) -> None:
    assert codes(number(value)) == [code]


@pytest.mark.parametrize(
    ("value", "advice"),
    [
        # 14 January 1900 is day 14; day 61 is 1 March, as Excel counts a 29 February 1900.
        (
            datetime.fromisoformat("1900-01-14"),
            "If 14 is meant, format the cell as a number; otherwise retype it.",
        ),
        (date(1900, 3, 1), "If 61 is meant, format the cell as a number; otherwise retype it."),
        (
            datetime.fromisoformat("1900-01-12T12:00"),
            "If 12.5 is meant, format the cell as a number; otherwise retype it.",
        ),
        (date(2027, 5, 3), "Format the cell as a number and retype it."),
    ],
)
def test_a_date_is_refused_with_the_number_behind_it(value: object, advice: str) -> None:
    answer = number(value)

    assert codes(answer) == ["CB-C11"]
    assert refused(answer).advice == advice


@pytest.mark.parametrize("value", [-0.0, 1e-300, 0.3 - 0.1 - 0.2, -5e-324])
def test_residue_is_read_as_zero_with_a_warning(value: object) -> None:
    answer = number(value)

    assert read(answer) == 0
    assert not read(answer).is_signed()
    assert codes(answer) == ["CB-C19"]


def test_digits_beyond_the_fifteenth_are_rounded_with_a_warning() -> None:
    answer = number("1234567890123.45678")

    assert read(answer) == Decimal("1234567890123.46")
    assert codes(answer) == ["CB-C12", "CB-C19"]
    assert (
        warnings(answer)[1].advice == "It was rounded to 1234567890123.46: Excel keeps 15 digits."
    )


def test_a_number_outside_the_limits_is_refused() -> None:
    assert number(-5, low=0, expected="0 or more, in million EUR") == Problem(
        "CB-C08", "-5", "0 or more, in million EUR", "Type a number within these limits."
    )
    assert refused(number(11, low=0, high=10)).expected == "a number from 0 to 10"
    assert refused(number(11, high=10)).expected == "10 or less"
    assert refused(number(-1, low=0)).expected == "0 or more"
    assert number(10, low=0, high=10) == Read(Decimal(10))


@pytest.mark.parametrize(
    ("value", "exact"),
    [(0.4, "0.4"), (1, "1"), ("40%", "0.4"), ("12,5 %", "0.125"), ("0,4", "0.4")],
)
def test_a_share_is_a_fraction_of_one(value: object, exact: str) -> None:
    assert read(share(value)) == Decimal(exact)


def test_a_share_above_one_is_refused_with_the_likely_meaning() -> None:
    assert share(40) == Problem(
        "CB-C08", "40", "a percentage such as 40%", "If 40 percent is meant, type 40%."
    )
    assert codes(share(4000)) == ["CB-C08"]
    assert codes(share("1,234%")) == ["CB-C02"]
    assert read(share(1.5, high=None)) == Decimal("1.5")


@pytest.mark.parametrize(
    "value", [2027, 2027.0, "2027", " 2027 ", "2027/28", "2027-28", "2027/2028", "2027 \u2013 28"]
)
def test_a_year_is_read(value: object) -> None:
    assert year(value) == Read(2027)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("27", "CB-C10"),
        ("27/28", "CB-C10"),
        ("2027/29", "CB-C01"),
        ("FY2027", "CB-C01"),
        ("\uff12\uff10\uff12\uff17", "CB-C01"),
        (27, "CB-C08"),
        (2027.5, "CB-C08"),
        (date(2027, 1, 1), "CB-C11"),
        (None, "CB-C13"),
        (True, "CB-C12"),
    ],
)
def test_what_is_no_year_is_refused(value: object, code: str) -> None:
    assert codes(year(value)) == [code]


def test_a_century_turns_within_a_budget_year() -> None:
    assert year("2099/00") == Read(2099)


def test_whole_numbers() -> None:
    assert whole(3.0) == Read(3)
    assert read(whole("3")) == 3
    assert codes(whole(2.5)) == ["CB-C08"]
    assert codes(whole(-1, low=0)) == ["CB-C08"]


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        ("  Cloud \n for  all ", "Cloud for all"),
        (1, "1"),
        (1.0, "1"),
        (2.50, "2.5"),
        (True, "TRUE"),
        (None, ""),
        ("E\u0308", "\u00cb"),
    ],
)
def test_a_text_is_what_the_cell_shows(value: object, seen: str) -> None:
    assert text(value) == Read(seen)


def test_what_cannot_be_seen_is_left_out_with_a_warning() -> None:
    answer = text("Cloud\u00a0\u200bfor\x07 all\r")

    assert read(answer) == "Cloud for all"
    assert warnings(answer)[0].code == "CB-C15"
    assert warnings(answer)[0].found == "characters that cannot be seen (U+00A0, U+200B, U+0007)"


def test_line_breaks_stay_in_notes() -> None:
    assert text("a \r\nb\rc", lines=True) == Read("a\nb\nc")


@pytest.mark.parametrize("typed", ["=1+1", "+1", "-1", "@cmd", '=HYPERLINK("x")'])
def test_a_text_that_looks_like_a_formula_is_kept_with_a_warning(typed: str) -> None:
    answer = text(typed)

    assert read(answer) == typed
    assert codes(answer) == ["CB-C17"]


def test_other_texts_are_refused() -> None:
    assert codes(text("x" * 121)) == ["CB-C16"]
    assert text("x" * 121, limit=NOTE_LIMIT) == Read("x" * 121)
    assert codes(text("#REF!")) == ["CB-C05"]
    assert codes(text(date(2027, 3, 1))) == ["CB-C11"]
    assert codes(text(math.nan)) == ["CB-C07"]


@pytest.mark.parametrize("name", ["CLOUD", "P-001", "a_1", "\u00cbNERGJI", "\u0107uprija", "1"])
def test_an_id_is_read(name: str) -> None:
    assert identifier(name) == Read(name)


def test_a_full_id_has_one_dot_where_one_may_stand() -> None:
    assert identifier("CLOUD.L", dotted=True) == Read("CLOUD.L")
    for name in ("CLOUD.L.M", ".L", "CLOUD."):
        assert codes(identifier(name, dotted=True)) == ["CB-L02"]
    assert codes(identifier("CLOUD.L")) == ["CB-L02"]


def test_a_look_alike_is_named() -> None:
    name = f"{CYRILLIC_P}001"

    answer = identifier(name)

    assert codes(answer) == ["CB-L02"]
    assert refused(answer).found == (
        f"the letter '{CYRILLIC_P}' in '{name}', which is Cyrillic and looks like Latin P"
    )


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("\uff30001", "CB-L02"),
        ("\u0414", "CB-L02"),
        ("\u2160", "CB-L02"),
        ("CLOUD EU", "CB-L02"),
        ("A/B", "CB-L02"),
        ("-A", "CB-L02"),
        ("A\u200cB", "CB-L02"),
        ("\U0001f600", "CB-L02"),
        ("", "CB-L03"),
        (None, "CB-L03"),
        ("x" * 121, "CB-C16"),
    ],
)
def test_what_is_no_id_is_refused(name: object, code: str) -> None:
    assert codes(identifier(name)) == [code]


def test_an_id_with_an_invisible_character_is_read_with_a_warning() -> None:
    answer = identifier("P\u200b001\u00a0")

    assert read(answer) == "P001"
    assert codes(answer) == ["CB-C15"]


@pytest.mark.parametrize(
    ("value", "meaning"),
    [("Yes", True), ("y", True), (1, True), (True, True), ("NO", False), (0, False)],
)
def test_yes_and_no(value: object, meaning: bool) -> None:
    assert yes(value) == Read(meaning)


def test_neither_yes_nor_no() -> None:
    assert yes("maybe") == Problem("CB-C14", "'maybe'", "yes or no", "Type yes or no.")


def test_a_list_is_split_at_semicolons() -> None:
    assert listing("law:US; vendor:AWS;; ") == Read(("law:US", "vendor:AWS"))
    assert listing(None) == Read(())
    assert codes(listing("x" * 2001)) == ["CB-C16"]


def test_a_layer_without_a_share_is_covered_whole() -> None:
    answer = covers("hosting: 40%; data")

    assert isinstance(answer, Read)
    assert [(cover.layer, cover.share) for cover in answer.value] == [
        ("hosting", Decimal("0.4")),
        ("data", Decimal(1)),
    ]


def test_blank_cells() -> None:
    assert all(blank(value) for value in (None, "", "  ", "\u00a0", "\u200b\n"))
    assert not any(blank(value) for value in (0, False, "0", "."))


@given(ANYTHING)
def test_every_value_ends_in_a_reading_or_a_problem(value: object) -> None:
    reads: tuple[Callable[[object], Read[Any] | Problem], ...]
    reads = (number, share, whole, year, text, identifier, yes, listing)
    for answer in (each(value) for each in reads):
        for problem in [answer] if isinstance(answer, Problem) else answer.warnings:
            assert problem.code.startswith("CB-")
            assert problem.found
            assert problem.expected
            assert problem.advice.endswith(".")


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3))
def test_a_typed_amount_is_exact_however_it_arrives(amount: Decimal) -> None:
    """An amount in thousandths survives the binary fraction and three ways of writing it as text."""
    grouped = f"{amount:,.3f}"
    assert read(number(float(amount))) == amount

    swapped = grouped.translate(str.maketrans(",.", ".,"))
    spaced = grouped.replace(",", "\u00a0").replace(".", ",")
    for typed in (grouped, swapped, spaced):
        answer = number(typed)
        if codes(answer) != ["CB-C02"]:
            assert read(answer) == amount
