from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from choosebattles.errors import Fault
from choosebattles.report.provenance import Provenance
from choosebattles.report.view_model import tell
from choosebattles.workbook.control_totals import control_totals
from report.outcomes import illyria, outcome
from small_cases import case, option


def test_files_are_known_by_their_checksum(tmp_path: Path) -> None:
    path = tmp_path / "illyria.xlsx"
    path.write_bytes(b"figures")

    (file,) = Provenance.of([path]).files

    assert (file.name, file.sha256) == ("illyria.xlsx", sha256(b"figures").hexdigest())


def test_notices_keep_their_place() -> None:
    fault = Fault("a.xlsx", "Criteria", "E3", "50 means", "CB-W03", "an empty cell", "", "Fill it.")

    assert Provenance.of([], notices=[fault]).notices == (
        "CB-W03 Criteria!E3 (50 means): found an empty cell. Fill it.",
    )


def test_doubts_and_notices_are_told_apart() -> None:
    doubt = Fault("a.xlsx", "Funds", "B3", "2027", "CB-C09", "4000", "millions", "")
    notice = Fault(
        "a.xlsx", "Criteria", "E3", "50 means", "CB-W03", "an empty cell", "", "Fill it."
    )
    told = tell(outcome(), Provenance.of([], doubts=[doubt], notices=[notice]))

    assert [text[:6] for text in (*told.doubts, *told.notices)] == ["CB-C09", "CB-W03"]
    assert told.doubted == ("Doubt: CB-C09 Funds!B3 (2027): found 4000; expected millions.",)


def test_control_totals_have_names() -> None:
    world = case(option("CLOUD", 3, 70, running_cost=Decimal("0.5")))

    assert Provenance.of([], totals=control_totals(world, {"Investments": 1})).totals == (
        ("Rows read on Investments", 1),
        ("Investments", 1),
        ("Options", 1),
        ("STATE 2027", 1_000_000),
        ("Cost years of all rows together", 3),
        ("Running cost of all rows together", 0.5),
        ("Scores on value together", 70),
    )


def test_control_totals_reach_the_results() -> None:
    world = illyria()
    told = tell(outcome(world), Provenance.of([], totals=control_totals(world, {"Funds": 2})))

    rows = {given.name: given.value for given in told.inputs if given.kind == "Control total"}
    assert rows["Rows read on Funds"] == 2
    assert rows["DONOR 2026"] == 1.2
