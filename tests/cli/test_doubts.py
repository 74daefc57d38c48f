"""A doubt stands before every answer and in every result; it may be confirmed, or be an error."""

import json
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from pptx import Presentation

from choosebattles.cli import COMMANDS
from cli.conftest import Run
from workbook.sheets import Rows, settings, sheets, write

DOUBT = (
    "CB-C31 Settings!B4 (Discount rate): found 50 % a year; expected less than 20 % a year. It was "
    "read as 50 %; for 0.5 % type 0.5%."
)
HEAD = "1 doubt: the answer rests on it; correct the cell, or confirm it."

ANSWERS: Mapping[str, tuple[str, ...]] = {
    "solve": (),
    "frontier": (),
    "explain": (),
    "alternatives": ("--count", "1"),
    "own": ("--plan", "CSIRT"),
    "sweep": ("--parameter", "fund.STATE=50,100", "--workers", "1"),
    "simulate": ("--draws", "4", "--spread", "cost=20%", "--workers", "1"),
    "robustness": ("--weights", "autonomy=30%..70%"),
    "compare": ("odd.xlsx", "--no-why"),
    "budget-path": ("--steps=-50%",),
    "report": ("--md", "brief.md"),
    "export": (),
}
"""Every command that answers about a workbook, with the least to type after its name."""

FILES_ALONE = ("report", "export")
"""Commands that write files for others, and no JSON."""

SILENT = {"demo", "new", "explain-error"}
"""Commands that read no workbook of the user's."""


def doubtful(**changed: Rows) -> dict[str, Rows]:
    """A small good workbook whose discount rate was typed as 0.5 for half a percent."""
    return sheets(Settings=settings(discount_rate=0.5), **changed)


@pytest.fixture
def odd(here: Path) -> Path:
    """Return a workbook with one doubt."""
    return write(here / "odd.xlsx", doubtful())


def with_row(setting: str, value: object = "agreed in May") -> dict[str, Rows]:
    """The same with one more row of Settings."""
    rows = [*settings(discount_rate=0.5), {"Setting": setting, "Value": value}]
    return sheets(Settings=rows)


def told_first(path: str) -> str:
    """Return the text of the first sheet of an answer."""
    book = openpyxl.load_workbook(path)
    name = "Summary" if "Summary" in book.sheetnames else book.sheetnames[0]
    return "\n".join(
        str(each) for row in book[name].iter_rows(values_only=True) for each in row if each
    )


def test_every_command_is_known_here() -> None:
    assert set(COMMANDS) == {*ANSWERS, *SILENT, "check"}


@pytest.mark.parametrize("command", ANSWERS)
def test_every_answer_begins_with_the_doubt(command: str, run: Run, odd: Path) -> None:
    told = run(command, odd.name, *ANSWERS[command])

    assert told.exit_code == 0, told.output
    assert told.stdout.startswith(f"{HEAD}\n  {DOUBT}\n\n")


@pytest.mark.parametrize("command", [each for each in ANSWERS if each not in FILES_ALONE])
def test_json_holds_the_doubt_and_standard_error_tells_it(
    command: str, run: Run, odd: Path
) -> None:
    told = run(command, odd.name, *ANSWERS[command], "--json", "-")

    assert told.exit_code == 0, told.output
    tree = json.loads(told.stdout)
    assert [(each["code"], each["sheet"], each["cell"]) for each in tree["doubts"]] == [
        ("CB-C31", "Settings", "B4")
    ]
    assert DOUBT in told.stderr


@pytest.mark.parametrize("command", [each for each in ANSWERS if each not in FILES_ALONE])
def test_every_workbook_tells_the_doubt_on_its_first_sheet(
    command: str, run: Run, odd: Path
) -> None:
    told = run(command, odd.name, *ANSWERS[command], "-o", "out.xlsx")

    assert told.exit_code == 0, told.output
    assert DOUBT in told_first("out.xlsx")


def test_strategies_and_answers_tell_it_in_their_workbooks(
    run: Run, odd: Path, small: Path
) -> None:
    (odd.parent / "first.toml").write_text(MODEL, encoding="utf-8")
    run("solve", small.name, "-o", "answer.xlsx")

    run("compare", odd.name, "--models", "first.toml", "-o", "models.xlsx")
    run("compare", "answer.xlsx", odd.name, "-o", "answers.xlsx")

    assert DOUBT in told_first("models.xlsx")
    assert DOUBT in told_first("answers.xlsx")


@pytest.mark.parametrize("command", [*ANSWERS, "check"])
def test_strict_takes_the_doubt_for_an_error(command: str, run: Run, odd: Path) -> None:
    told = run(command, odd.name, *ANSWERS.get(command, ()), "--strict")

    assert told.exit_code == 2
    assert DOUBT in told.output
    assert HEAD not in told.output


@pytest.mark.parametrize("command", ANSWERS)
def test_a_confirmed_doubt_is_silent(command: str, run: Run, odd: Path) -> None:
    write(odd, with_row("Confirmed: CB-C31 Settings!B4"))

    told = run(command, odd.name, *ANSWERS[command], "--strict")

    assert told.exit_code == 0, told.output
    assert "doubt" not in told.stdout.splitlines()[0]
    assert "CB-C31" not in told.output


MODEL = """
title = "Autonomy first"

[[objective]]
id = "autonomy"
weight = 3

[[objective]]
id = "resilience"
weight = 1

[[criterion]]
id = "autonomy"
objective = "autonomy"

[[criterion]]
id = "resilience"
objective = "resilience"
"""


def test_strategies_on_one_case_begin_with_its_doubt(run: Run, odd: Path) -> None:
    (odd.parent / "first.toml").write_text(MODEL, encoding="utf-8")

    told = run("compare", odd.name, "--models", "first.toml")

    assert told.exit_code == 0, told.output
    assert told.stdout.startswith(f"{HEAD}\n  {DOUBT}\n\n")


def test_a_case_held_against_an_answer_begins_with_its_doubt(
    run: Run, odd: Path, small: Path
) -> None:
    run("solve", small.name, "-o", "answer.xlsx")

    told = run("compare", "answer.xlsx", odd.name)

    assert told.exit_code == 0, told.output
    assert told.stdout.startswith(f"{HEAD}\n  {DOUBT}\n\n")


def test_both_cases_of_a_comparison_tell_their_doubts(run: Run, odd: Path, here: Path) -> None:
    write(here / "other.xlsx", doubtful(Funds=[{"Fund": "STATE", 2027: 90}]))

    told = run("compare", odd.name, "other.xlsx", "--no-why")

    assert told.stdout.startswith("2 doubts: the answer rests on them; ")
    assert told.stdout.count(DOUBT) == 2


def test_the_summary_shows_the_doubt_above_the_headline(run: Run, odd: Path) -> None:
    run("solve", odd.name, "-o", "out.xlsx")

    lines = [cell.value for cell in openpyxl.load_workbook("out.xlsx")["Summary"]["A"]]
    assert lines[3] == f"Doubt: {DOUBT}"
    assert lines[4].startswith("With 100.0 million in 2027 the best plan takes 2 of 2 investments")


def test_page_document_and_slides_show_the_doubt(run: Run, odd: Path, here: Path) -> None:
    options = ("--html", "page.html", "--md", "brief.md", "--docx", "brief.docx")
    told = run("report", odd.name, *options, "--pptx", "brief.pptx")

    assert told.exit_code == 0, told.output
    sentence = f"Doubt: {DOUBT}"
    assert sentence in (here / "page.html").read_text(encoding="utf-8")
    assert sentence in (here / "brief.md").read_text(encoding="utf-8").replace("\\", "")
    document = Document("brief.docx")
    assert sentence in [paragraph.text for paragraph in document.paragraphs]
    slides = Presentation("brief.pptx").slides
    assert sentence in slides[0].notes_slide.notes_text_frame.text


def test_a_page_to_be_passed_on_tells_no_cell(run: Run, odd: Path, here: Path) -> None:
    run("report", odd.name, "--html", "page.html", "--redact")

    assert "Settings!B4" not in (here / "page.html").read_text(encoding="utf-8")


def test_check_says_ready_with_the_doubt_and_how_to_confirm_it(run: Run, odd: Path) -> None:
    told = run("check", odd.name)

    assert told.exit_code == 0
    assert told.stdout.startswith(f"1 doubt\n  {DOUBT}\n1 notice\n")
    assert told.stdout.splitlines()[-2:] == [
        "Ready, with 1 doubt: choosebattles solve odd.xlsx",
        (
            "Correct each doubt in its cell, or confirm it on the sheet Settings by a row such as "
            "Confirmed: CB-C31 Settings!B4, with the reason as its value."
        ),
    ]
    tree = json.loads(run("check", odd.name, "--json").stdout)
    assert [each["code"] for each in tree["doubts"]] == ["CB-C31"]
    assert [each["code"] for each in tree["warnings"]] == ["CB-C21"]


def test_what_check_says_to_type_confirms(run: Run, odd: Path) -> None:
    row = (
        "Confirmed: " + run("check", odd.name).stdout.rpartition("Confirmed: ")[2].partition(",")[0]
    )
    write(odd, with_row(row))

    told = run("check", odd.name)

    assert told.stdout.startswith("2 notices\n")
    assert (
        "CB-C31 Settings!B4 (Discount rate): found 50 % a year; expected less than 20 % a year. "
        "Confirmed under Settings!A5: agreed in May\n"
    ) in told.stdout
    assert "Ready to solve" in told.stdout


@pytest.mark.parametrize(
    "typed",
    [
        "confirmed:cb-c31 settings!b4",
        "Confirmed: C31 'Settings'!$B$4",
        "Confirmed : CB-C31 Settings!A1:B9",
        "Confirmed: CB-C31 Settings!B7, B4",
    ],
)
def test_a_confirmation_may_be_typed_as_people_type(run: Run, odd: Path, typed: str) -> None:
    write(odd, with_row(typed))

    assert run("check", odd.name, "--strict").exit_code == 0


@pytest.mark.parametrize(
    ("typed", "reason", "message"),
    [
        (
            "Confirmed",
            "so",
            "CB-S17 Settings!A5: found 'Confirmed'; expected a code and its cells",
        ),
        (
            "Confirmed: CB-C99 Settings!B4",
            "so",
            "CB-S17 Settings!A5: found 'Confirmed: CB-C99",
        ),
        (
            "Confirmed: CB-C31 Settings!4B",
            "so",
            "CB-S17 Settings!A5: found 'Confirmed: CB-C31",
        ),
        ("Confirmed: CB-C31 Settings!B4", None, "CB-C13 Settings!A5: found no reason"),
        ("Confirmed: CB-C31 Settings!B4", "  ", "CB-C13 Settings!A5: found no reason"),
        (
            "Confirmed: CB-C30 Settings!B4",
            "so",
            "CB-S17 Settings!A5: found CB-C30, which is an error",
        ),
    ],
)
def test_a_confirmation_that_says_nothing_is_an_error(
    run: Run, odd: Path, typed: str, reason: str | None, message: str
) -> None:
    write(odd, with_row(typed, reason))

    told = run("check", odd.name)

    assert told.exit_code == 2
    assert message in told.stdout


@pytest.mark.parametrize(
    "typed",
    [
        "Confirmed: CB-C33 Settings!B4",
        "Confirmed: CB-C31 Settings!B3",
        "Confirmed: CB-C31 Funds!B4",
        "Confirmed: CB-C31",
        "Confirmed: CB-C20 Settings!B4",
    ],
)
def test_a_confirmation_of_nothing_is_told_and_changes_nothing(
    run: Run, odd: Path, typed: str
) -> None:
    write(odd, with_row(typed))

    told = run("check", odd.name)

    assert told.exit_code == 0
    assert told.stdout.startswith(f"1 doubt\n  {DOUBT}\n2 notices\n")
    assert "CB-S17 Settings!A5: found a confirmation of CB-C" in told.stdout


def test_one_of_two_doubts_of_a_kind_is_confirmed_alone(run: Run, here: Path) -> None:
    """What is confirmed is a cell, never a code: the next slip of the kind is told again."""
    rows = [
        {"Investment": each, "Title": each, "Cost year 1": 5, "Overrun": 1}
        | {"Score: autonomy": 30, "Score: resilience": 20 + n}
        for n, each in enumerate(("CLOUD", "CSIRT"))
    ]
    confirmed = {"Setting": "Confirmed: CB-C32 Investments!D2", "Value": "twice the price is real"}
    write(here / "two.xlsx", sheets(Settings=[*settings(), confirmed], Investments=rows))

    told = run("check", "two.xlsx")

    assert told.stdout.startswith("1 doubt\n  CB-C32 Investments!D3 (Overrun): found 1 without")
    assert "CB-C32 Investments!D2 (Overrun): found 1 without" in told.stdout


def test_a_doubt_about_a_sheet_or_a_file_is_confirmed_without_cells(run: Run, here: Path) -> None:
    book = openpyxl.load_workbook(write(here / "filtered.xlsx", sheets()))
    book["Funds"].auto_filter.ref = "A1:B2"
    book["Funds"].auto_filter.add_filter_column(0, ["STATE"])
    book.save("filtered.xlsx")

    assert "CB-S11 Funds: found a filter on A1:B2" in run("check", "filtered.xlsx").stdout

    book["Settings"].append(["Confirmed: CB-S11 Funds", "every row is meant"])
    book.save("filtered.xlsx")
    book.close()

    assert run("check", "filtered.xlsx", "--strict").exit_code == 0


def test_a_reason_is_no_word_for_a_unit(run: Run, odd: Path) -> None:
    write(
        odd, with_row("Confirmed: CB-C31 Settings!$B$4", "as the ministry counts, in thousand EUR")
    )

    assert run("check", odd.name, "--strict").exit_code == 0


def test_what_faults_hide_is_not_called_a_confirmation_of_nothing(run: Run, odd: Path) -> None:
    contents = with_row("Confirmed: CB-C31 Settings!B4")
    write(odd, contents | {"Funds": [{"Fund": "STATE", 2027: -5}]})

    told = run("check", odd.name)

    assert told.exit_code == 2
    assert "CB-S17" not in told.stdout
