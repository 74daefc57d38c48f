"""Words and number formats that say another unit than millions of the case's currency."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st
from openpyxl import load_workbook

from choosebattles.workbook.number_format import number_format
from choosebattles.workbook.reader import Reading, read
from choosebattles.workbook.unit_words import UnitScale, currency_codes, stated
from workbook.sheets import settings, sheets, write

INPUTS = sorted((Path(__file__).parents[2] / "inputs").glob("*.xlsx"))

THOUSANDS = [
    *(
        "in 000 EUR",
        "kEUR",
        "keuro",
        "ths. EUR",
        "in thousand EUR",
        "EUR '000",
        "€k",
        "£000",
        "(thousands)",
        "x 1000 EUR",
    ),
    *(
        "amounts in thousands",
        "Budget 2027 (1,000 EUR)",
        "2027/28 in kUSD",
        "2027 prices, thousand EUR",
    ),
    *("në mijë EUR", "mijë lekë", "Shifrat në mijë", "Fonde (mijë €)"),
    *("en milliers d'euros", "milliers d\u2019euros", "milliers de FCFA", "K€"),
    *("in Tausend Euro", "Tsd. EUR", "Angaben in T€", "TEUR", "Zahlen in 1.000 €"),
    *("migliaia di euro", "in migliaia di euro", "valori in migliaia"),
    *("u hiljadama EUR", "u hiljadama", "\u0443 хиљадама евра", "хиљ. дин".upper()),
    *("тыс. евро", "tys. zł", "bin TL", "tkr"),
]
BILLIONS = [
    "in billion EUR",
    "Mrd. EUR",
    "mld lekë",
    "Mds €",
    "miliardi di euro",
    "u milijardama EUR",
]
SILENT = [
    *("million EUR", "in million EUR", "mln lekë", "Mio. €", "MEUR", "EURm", "mil. EUR", "in EUR"),
    # A letter before the name of a currency, which makes another word of it.
    *("Grand total", "Trial, brand, bleu", "milionë lekët", "milionë denarët", "dollarët"),
    *("million EUR per year", "points per million", "Amounts in million EUR (not thousands)"),
    *("1 EUR = 98 ALL", "1000 ALL = 10 EUR", "Ceiling: 1000 EUR", "2 thousand EUR for schools"),
    *(
        "Digital Albania: 1 billion EUR programme",
        "serves 2 thousand schools",
        "Converted from USD",
    ),
    *(
        "2027 prices, in real terms",
        "in den Jahren 2027-2031",
        "WRITE IN ALL CAPS",
        "Table 1",
        "k",
        "",
    ),
]


@pytest.mark.parametrize("text", THOUSANDS)
def test_words_for_thousands_are_known(text: str) -> None:
    assert stated(text).scales == {UnitScale.THOUSAND}


@pytest.mark.parametrize("text", BILLIONS)
def test_words_for_billions_are_known(text: str) -> None:
    assert stated(text).scales == {UnitScale.BILLION}


@pytest.mark.parametrize("text", SILENT)
def test_other_texts_say_neither(text: str) -> None:
    said = stated(text)

    assert said.scales == frozenset()
    assert not said.other_currency(frozenset({"EUR", "ALL"}))


@pytest.mark.parametrize("text", ["in USD", "(USD)", "US$ million", "in Mio. CHF", "mln dinara"])
def test_another_currency_is_known(text: str) -> None:
    assert stated(text).other_currency(currency_codes("Euro (EUR)"))
    assert not stated(text).other_currency(currency_codes(""))


@pytest.mark.parametrize(
    ("own", "text"),
    [("TND", "mln dinars"), ("FJD", "in million $"), ("Rs", "in INR"), ("lekë", "ALL")],
)
def test_a_name_that_several_currencies_share_may_be_the_own_one(own: str, text: str) -> None:
    assert not stated(text).other_currency(currency_codes(own))


@trying(deadline=None)
@given(st.text(max_size=40))
def test_any_text_can_be_asked_for_its_unit(text: str) -> None:
    assert stated(text).scales <= set(UnitScale)


def codes(reading: Reading) -> list[str]:
    return [f"{fault.code} {fault.cell_in_sheet}" for fault in reading.faults]


@pytest.mark.parametrize(
    "value",
    ["kEUR", "EUR '000", "mijë lekë", "TEUR", "Mrd. EUR", "1000 ALL", "EUR (thousands)", "EUR/ALL"],
)
def test_a_currency_of_another_unit_is_an_error(tmp_path: Path, value: str) -> None:
    path = write(tmp_path / "plan.xlsx", sheets(Settings=settings(currency=value)))

    assert codes(read([path])) == ["CB-L48 Settings!B4"]


@pytest.mark.parametrize(
    "value", ["EUR", "Euro (EUR)", "million EUR", "lekë", "US$", "credits", "FJD dollars"]
)
def test_a_currency_is_a_currency_however_it_is_written(tmp_path: Path, value: str) -> None:
    path = write(tmp_path / "plan.xlsx", sheets(Settings=settings(currency=value)))

    assert codes(read([path])) == []


def changed(folder: Path, *cells: tuple[str, str, Any], **typed: str) -> Reading:
    """A small case, the rows of its tables from row 3 on, with cells typed around them."""
    path = write(folder / "plan.xlsx", sheets(Settings=settings(currency="EUR", **typed)))
    book = load_workbook(path)
    for name in ("Funds", "Investments"):
        book[name].insert_rows(1, 2)
    for name, cell, value in cells:
        book[name][cell] = value
    book.save(path)
    book.close()
    return read([path])


@pytest.mark.parametrize(
    ("sheet", "cell"),
    [
        ("Funds", "A1"),
        ("Funds", "D2"),
        ("Funds", "E4"),
        ("Investments", "C2"),
        ("Investments", "H9"),
    ],
)
@pytest.mark.parametrize("text", ["in 000 EUR", "milliers d'euros", "USD million"])
def test_a_unit_beside_a_table_is_an_error(
    tmp_path: Path, sheet: str, cell: str, text: str
) -> None:
    assert codes(changed(tmp_path, (sheet, cell, text))) == [f"CB-L48 {sheet}!{cell}"]


def test_a_unit_in_settings_is_an_error(tmp_path: Path) -> None:
    cells = ("Settings", "A7", "Unit"), ("Settings", "B7", "thousand EUR")

    assert codes(changed(tmp_path, *cells)) == ["CB-L48 Settings!B7"]
    assert codes(changed(tmp_path, prices="2027 prices in kEUR")) == ["CB-L48 Settings!B5"]


def test_a_unit_in_a_note_below_a_table_is_an_error(tmp_path: Path) -> None:
    assert "CB-L48 Funds!A6" in codes(changed(tmp_path, ("Funds", "A6", "All in thousand EUR")))


def test_units_inside_a_table_are_names(tmp_path: Path) -> None:
    found = changed(tmp_path, ("Investments", "B4", "A thousand EUR for every school"))

    assert found.faults == found.doubts == ()


SHOWN = [
    ("0.0,,", "3000000", "3.0", True),
    ("#,##0,", "4500", "5", True),
    ('0.0,,\\ "Mio"', "3000000", "3.0 Mio", True),
    ('0.0 "k"', "3", "3.0 k", True),
    ('0.0 "tis."', "3", "3.0 tis.", True),
    ('0" mijë"', "3", "3 mijë", True),
    ('0",000"', "3", "3,000", True),
    ('0"%"', "30", "30%", True),
    ("[$$-409]#,##0.0", "5", "$5.0", True),
    ("#,##0\\ [$Lekë-41C]", "5", "5 Lekë", True),
    (";;;", "0.4", "", True),
    ("0.0;0.0", "-5", "5.0", True),
    ('[>=1000]0.0,"k";0', "4500", "4.5k", True),
    ('[>=1000]0.0,"k";0', "4", "4", False),
    ("General", "3.5", "3.5", False),
    ("#,##0.00", "1234.5", "1,234.50", False),
    ("# ##0.0", "3", "3.0", False),
    ("[$€-407] #,##0.0", "3", "€ 3.0", False),
    ('#,##0.0 "m€"', "3", "3.0 m€", False),
    ("#,##0.0_);[Red]\\(#,##0.0\\)", "-5", "(5.0)", False),
    ('_-* #,##0.00_-;\\-* #,##0.00_-;_-* "-"??_-', "-3", "-3.00", False),
    ("#,##0;[Red]#,##0", "-5", "5", False),
    ("0%", "0.4", "40%", False),
    ("#,##0", "2.5", "3", False),
    ('0.0;-0.0;"none"', "0", "none", False),
]


@pytest.mark.parametrize(("code", "stored", "shown", "_odd"), SHOWN)
def test_what_a_number_format_shows(code: str, stored: str, shown: str, _odd: bool) -> None:
    found = number_format(code)

    assert found is not None
    assert found.shown(Decimal(stored)) == shown


@pytest.mark.parametrize(("code", "stored", "shown", "odd"), SHOWN)
def test_a_format_that_shows_another_number_is_a_doubt_that_says_both(
    tmp_path: Path, code: str, stored: str, shown: str, odd: bool
) -> None:
    path = write(tmp_path / "plan.xlsx", sheets(Settings=settings(currency="EUR")))
    book = load_workbook(path)
    book["Investments"]["F1"] = "Running cost"
    book["Investments"]["F2"], book["Investments"]["F2"].number_format = float(stored), code
    book.save(path)
    book.close()

    told = [doubt for doubt in read([path]).doubts if doubt.code == "CB-L47"]

    says = f"{stored} stored, {repr(shown) if shown else 'nothing'} shown"
    assert [(each.cell, each.found) for each in told] == [("F2", says)] * odd


@trying(deadline=None)
@given(st.text(alphabet='0#?.,;%"\\_*[]<>=1kK$€-@ EGenral', max_size=20), st.decimals(-1e6, 1e6))
def test_any_number_format_can_be_read(code: str, value: Decimal) -> None:
    found = number_format(code)

    assert found is None or isinstance(found.shown(value), str)


@pytest.mark.parametrize("path", INPUTS, ids=[each.stem for each in INPUTS])
def test_the_examples_raise_no_doubt(path: Path) -> None:
    found = read([path])

    assert found.faults == found.doubts == ()
