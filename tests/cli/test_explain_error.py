"""``choosebattles explain-error``."""

import json
from pathlib import Path

from choosebattles.error_codes import CODES
from cli.conftest import Run


def test_every_code_is_explained(run: Run) -> None:
    for code, entry in CODES.items():
        told = run("explain-error", code.lower())
        assert told.exit_code == 0
        assert told.stdout.splitlines() == [
            f"{code}: {entry.title}",
            entry.meaning,
            entry.weight.sentence,
            f"What to do: {entry.remedy}",
        ]


def test_the_weight_is_told(run: Run) -> None:
    assert "\nAn error: " in run("explain-error", "CB-C30").stdout
    assert "\nA doubt: " in run("explain-error", "CB-C31").stdout
    assert "\nA notice: " in run("explain-error", "CB-C20").stdout


def test_an_unknown_code_is_refused(run: Run) -> None:
    told = run("explain-error", "CB-C088")

    assert told.exit_code == 2
    assert "CB-R05 CODE: found CB-C088; expected a code such as CB-C08." in told.stderr


def test_an_explanation_is_handed_on(run: Run, here: Path) -> None:
    entry = CODES["CB-C08"]
    names = [f"code{ending}" for ending in (".xlsx", ".html", ".md", ".csv", ".json")]
    told = run("explain-error", "CB-C08", *(word for name in names for word in ("-o", name)))

    assert told.exit_code == 0, told.stderr
    for name in (".html", ".md", ".csv"):
        text = (here / f"code{name}").read_text(encoding="utf-8")
        assert f"CB-C08: {entry.title}" in text
        assert entry.remedy in text
    assert (here / "code.xlsx").is_file()
    assert json.loads((here / "code.json").read_text(encoding="utf-8"))["remedy"] == entry.remedy
