"""Columns line up, and what a user typed is printed as it is."""

import pytest

from choosebattles.cli.print_lines import say
from choosebattles.report.outputs.screen import aligned


def test_texts_stand_left_and_numbers_right() -> None:
    rows = [("fund", "2027"), ("STATE", "5"), ("EU", "1,234.5")]
    assert aligned(rows, [False, True]) == [
        "fund      2027",
        "STATE        5",
        "EU     1,234.5",
    ]


def test_wide_letters_count_twice() -> None:
    assert aligned([("国", "1"), ("ab", "22")], [False, True]) == ["国   1", "ab  22"]


def test_nothing_is_cut_or_read_as_markup(capsys: pytest.CaptureFixture[str]) -> None:
    text = "[bold]Cloud[/bold] :smile: " + "long " * 60

    say(text)

    assert capsys.readouterr().out == text + "\n"
