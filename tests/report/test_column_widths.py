"""Columns of tables: no word and no number is broken where there is room."""

import pytest

from choosebattles.report.outputs.column_widths import roomy
from choosebattles.report.outputs.grid import TextGrid
from choosebattles.report.outputs.text_fitting import breadth


def _grid(
    *heads: str, row: tuple[str, ...], widths: tuple[float, ...], right: set[int]
) -> TextGrid:
    return TextGrid(heads, (row,), widths, frozenset(right))


def test_a_number_gets_the_room_that_a_text_can_spare() -> None:
    row = ("Government cloud", "1,360.000")
    grid = _grid("What it is", "Cost", row=row, widths=(0.95, 0.05), right={1})

    wide, narrow = roomy(grid, 10, 6, 0.15)

    assert narrow >= breadth("1,360.000", 10) + 0.15
    assert wide + narrow == pytest.approx(6)


def test_a_word_of_a_head_is_not_broken() -> None:
    row = ("autonomy", "67.9", "96.2")
    grid = _grid("Index", "After", "Possible", row=row, widths=(0.7, 0.2, 0.1), right={1, 2})

    widths = roomy(grid, 14, 4, 0.14)

    for head, width in zip(grid.heads, widths, strict=True):
        assert width >= breadth(head, 14, bold=True) + 0.14
    assert sum(widths) == pytest.approx(4)


def test_columns_that_are_broad_enough_stay_as_asked() -> None:
    grid = _grid("Index", "After", row=("autonomy", "67.9"), widths=(0.75, 0.25), right={1})

    assert roomy(grid, 10, 8, 0.14) == [6, 2]


def test_where_there_is_too_little_room_the_shares_stay() -> None:
    grid = _grid("Interoperability", "Cost", row=("a", "1"), widths=(0.5, 0.5), right={1})

    assert roomy(grid, 30, 1, 0.14) == [0.5, 0.5]


def test_an_id_among_texts_is_not_broken_where_there_is_room() -> None:
    row = ("CLDGOV.M", "Sovereign cloud: all sensitive data of government")
    grid = _grid("Id", "What it is", row=row, widths=(0.08, 0.92), right=set())

    narrow, wide = roomy(grid, 10, 4, 0.15)
    kept, _rest = roomy(grid, 10, 1.1, 0.15)

    assert narrow >= breadth("CLDGOV.M", 10) + 0.15
    assert narrow + wide == pytest.approx(4)
    assert kept < breadth("CLDGOV.M", 10), "there is no room for all words, so they may be broken"
