"""docs/first-workbook.md from top to bottom, as a clerk follows it."""

import re
import shlex
from pathlib import Path
from typing import Any

import openpyxl

from cli.conftest import Run
from workbook.filling import fill_in

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "first-workbook.md").read_text("utf-8")

pytest_plugins = ("cli.conftest",)


def commands() -> list[list[str]]:
    blocks = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    return [shlex.split(line) for block in blocks for line in block.splitlines()]


def tables() -> dict[str, list[dict[str, Any]]]:
    """The rows that the page tells to type, by the heading of their first column."""
    found: dict[str, list[dict[str, Any]]] = {}
    for block in re.findall(r"(?:^\|.*\n)+", PAGE, re.MULTILINE):
        head, _rule, *rows = (
            [word.strip() for word in line.strip().strip("|").split("|")]
            for line in block.splitlines()
        )
        found[head[0]] = [
            {name: typed(cell) for name, cell in zip(head, row, strict=True) if cell}
            for row in rows
        ]
    return found


def typed(cell: str) -> str | float:
    return float(cell) if re.fullmatch(r"-?\d+(\.\d+)?", cell) else cell


def test_the_page_goes_as_told(run: Run, here: Path) -> None:
    made, check, annotate, solve, less = commands()
    assert [command[0] for command in commands()] == ["choosebattles"] * 5
    rows = tables()
    rows["Fund"][1] |= {"Pays at most": 0.85, "Pays": "build"}

    assert run(*made[1:]).exit_code == 0
    early = run(*check[1:])
    assert early.exit_code == 2
    assert "Fill in who pays." in early.stdout
    fill_in(
        here / "mine.xlsx",
        {
            "Settings": [{"Currency": "EUR", "Prices": "2027 prices, VAT included"}],
            "Funds": rows["Fund"],
            "Investments": rows["Investment"],
            "Criteria": rows["Criterion"],
        },
        here / "mine.xlsx",
    )

    told = run(*check[1:])
    assert told.exit_code == 0
    assert "doubt" not in told.stdout
    assert "notice" not in told.stdout
    assert "  all funds     9     8     5     5     5         32\n" in told.stdout
    assert run(*annotate[1:]).exit_code == 0
    assert run("explain-error", "CB-C08").exit_code == 0
    for words in (solve, less):
        answer = run(*words[1:])
        assert answer.exit_code == 0, answer.output
    assert {file.name for file in here.iterdir()} == {
        "mine.xlsx",
        "marked.xlsx",
        "mine-results.xlsx",
        "less.xlsx",
    }
    book = openpyxl.load_workbook(here / "mine-results.xlsx")
    assert "Summary" in book.sheetnames


def test_the_page_is_found() -> None:
    assert "(first-workbook.md)" in (ROOT / "docs" / "cli.md").read_text("utf-8")
    assert "docs/first-workbook.md" in (ROOT / "README.md").read_text("utf-8")
