"""Every slip can still be made, and names tests that are there."""

from pathlib import Path

import pytest

from slips.catalogue import SLIPS
from slips.slip import PACKAGE, Slip

ROOT = Path(__file__).parents[2]


def test_there_are_enough_slips_and_each_has_a_name_of_its_own() -> None:
    assert len(SLIPS) >= 40
    assert len({slip.name for slip in SLIPS}) == len(SLIPS)


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_a_slip_can_be_made(slip: Slip) -> None:
    source = (ROOT / PACKAGE / slip.file).read_text(encoding="utf-8")

    assert source.count(slip.right) == 1
    assert slip.wrong != slip.right
    for word in slip.seen_by.split():
        path, _colons, test = word.partition("::")
        assert (ROOT / path).exists()
        assert not test or f"def {test.partition('[')[0]}(" in (ROOT / path).read_text(
            encoding="utf-8"
        )
