"""Which doubts a row of Settings confirms."""

import pytest

from choosebattles.case.place import Place
from choosebattles.errors import Fault
from choosebattles.workbook.doubts import Confirmation
from choosebattles.workbook.findings import Findings


@pytest.mark.parametrize(
    ("sheet", "cell", "covered"),
    [
        ("Funds", "C5", True),
        ("funds", "E9", True),
        ("Funds", "E10", False),
        ("Funds", "F9", False),
        ("Funds", "C4", False),
        ("Funds", "B5", False),
        ("Skills", "C5", False),
        ("Funds", "G2", True),
    ],
)
def test_a_confirmation_covers_the_cells_that_it_names(
    sheet: str, cell: str, covered: bool
) -> None:
    findings = Findings()
    text = "Confirmed: CB-C09 Funds!C5:E9, G2"
    meant = Confirmation.typed(text, "seen by the minister", Place(), findings)
    doubt = Fault("plan.xlsx", sheet, cell, "2027", "CB-C09", "5000", "less", "")

    assert findings.faults == []
    assert meant is not None
    assert meant.covers(doubt) == covered
