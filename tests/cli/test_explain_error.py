"""``choosebattles explain-error``."""

from choosebattles.catalogue import CODES
from cli.conftest import Run


def test_every_code_is_explained(run: Run) -> None:
    for code, entry in CODES.items():
        told = run("explain-error", code.lower())
        assert told.exit_code == 0
        assert (
            told.stdout == f"{code}: {entry.title}\n{entry.meaning}\nWhat to do: {entry.remedy}\n"
        )


def test_an_unknown_code_is_refused(run: Run) -> None:
    told = run("explain-error", "CB-C088")

    assert told.exit_code == 2
    assert "CB-R05 CODE: found CB-C088; expected a code such as CB-C08." in told.stderr
