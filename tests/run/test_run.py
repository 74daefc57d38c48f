"""From a request to what is told and written: nothing is lost on the way, and nothing harmed."""

import json
from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from choosebattles.audit.points_and_weights import ScoreScale
from choosebattles.errors import OutputError
from choosebattles.report.document import Document, Section
from choosebattles.run.requested_case import Changes, Question, ask
from choosebattles.run.run import Answered, Request, Result, run
from workbook.sheets import settings, sheets, write


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a small good workbook: CLOUD costs 60, CSIRT 40, the fund holds 100."""
    return write(tmp_path / "small.xlsx", sheets())


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """Return one with a doubt: costs that grow by half every year."""
    return write(tmp_path / "odd.xlsx", sheets(Settings=settings(cost_growth=0.5)))


def told(request: Request, tree: Mapping[str, Any] | None = None) -> Result:
    """Answer a request with next to nothing."""

    def answer(_question: Question) -> Answered:
        return Answered(Document("Told", (Section("Told", ()),)), lambda: tree or {"schema": 1})

    return run(request, answer)


def test_an_input_is_never_overwritten(small: Path) -> None:
    before = small.read_bytes()

    with pytest.raises(OutputError):
        told(Request([small], outputs=[small], overwrite=True))
    assert small.read_bytes() == before


def test_doubts_and_changes_reach_the_answer_and_its_files(odd: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"told{ending}" for ending in (".json", ".md", ".html")]
    request = Request([odd], Changes(budget=Decimal("0.9")), outputs=files)

    result = told(request)

    assert len(result.document.doubts) == 1
    assert "Cost growth" in result.document.doubts[0]
    assert result.document.notes[0] == "Every fund was set to 90 % of what the workbook says."
    assert [file.path for file in result.written] == files
    tree = json.loads(files[0].read_text("utf-8"))
    assert [doubt["sheet"] for doubt in tree["doubts"]] == ["Settings"]
    for path in files[1:]:
        text = path.read_text("utf-8")
        assert "Cost growth" in text
        assert "Every fund was set to 90 % of what the workbook says" in text
        assert sha256(odd.read_bytes()).hexdigest()[:12] in text


def test_a_changed_score_changes_no_unit_of_the_others(small: Path) -> None:
    as_typed = ask([small], Changes())
    changed = ask([small], Changes(numbers=[("score.CLOUD.autonomy", Decimal(90))]))

    assert ScoreScale(changed.case).points_for_100 == ScoreScale(as_typed.case).points_for_100
    assert changed.case.options["CLOUD"].score["autonomy"] == 90


def scenario(folder: Path, **said: object) -> Changes:
    path = folder / "scenario.json"
    path.write_text(json.dumps({"schema": 1, **said}), encoding="utf-8")
    return Changes(scenario=path)


def test_a_scenario_leaves_out_what_it_says(small: Path) -> None:
    asked = ask([small], scenario(small.parent, must=["CSIRT"], never=["CLOUD"]))
    decided = {name: str(option.decision) for name, option in asked.case.options.items()}

    assert (decided["CSIRT"], decided["CLOUD"]) == ("must", "never")
    assert asked.notes == (
        "CSIRT must be taken, says the scenario.",
        "CLOUD is left out, says the scenario.",
    )


@pytest.mark.parametrize("same", [True, False])
def test_a_scenario_says_whether_it_was_made_for_this_workbook(small: Path, same: bool) -> None:
    digest = sha256(small.read_bytes()).hexdigest() if same else "00"
    files = [{"name": small.name, "sha256": digest}]

    asked = ask([small], scenario(small.parent, files=files))

    assert asked.notes == (
        () if same else ("The scenario was made for another version of small.xlsx.",)
    )
