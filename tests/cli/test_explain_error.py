"""``choosebattles explain-error``."""

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
