"""The same number reads the same in the results workbook, on slides and in documents."""

import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import load_workbook
from pptx import Presentation

from choosebattles.report.document import Document, Medium, Table
from choosebattles.report.number_wording import percent, rounded, whole_percent
from choosebattles.report.outputs.grid import TextGrid
from choosebattles.report.outputs.markdown import as_markdown
from choosebattles.report.outputs.slides.deck import contents as slide_contents
from choosebattles.report.outputs.slides.deck import write_slides
from choosebattles.report.outputs.word import contents as word_contents
from choosebattles.report.outputs.word import write_word
from choosebattles.report.results_workbook import write_results
from choosebattles.report.view_model import Story, tell
from choosebattles.solving.outcome import Outcome
from report.outcomes import PROVENANCE, no_plan, outcome, shaken
from report.presented import MADE, document_of, grid, section

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def numbers(text: str) -> set[str]:
    return set(NUMBER.findall(text))


def told(thing: Any) -> set[str]:
    """Return every number of a story as it may be written: in texts, or as an amount or a share."""
    if isinstance(thing, str):
        return numbers(thing)
    if isinstance(thing, bool) or thing is None:
        return set()
    if isinstance(thing, int | float):
        amounts = {rounded(abs(thing), digits) for digits in range(4)} | {str(thing)}
        shares = {percent(abs(thing)), whole_percent(abs(thing))} if abs(thing) <= 1 else set()
        return {number for text in amounts | shares for number in numbers(text)}
    if isinstance(thing, dict):
        return set().union(*(told(each) for pair in thing.items() for each in pair), set())
    if isinstance(thing, tuple | list | frozenset):
        return set().union(*map(told, thing), set())
    assert is_dataclass(thing), thing
    return set().union(*(told(getattr(thing, field.name)) for field in fields(thing)), set())


def of_document(document: Document) -> set[str]:
    """Return the numbers in the texts of a document, those of its charts as well."""
    found = told([document.title, document.subtitle, document.origin, document.sections])
    for table in document.tables():
        found |= told(TextGrid.of(table, document.decimals).rows)
    return found


WORLDS = {"small": outcome, "shaken": lambda: outcome(shaken()), "no plan": no_plan}


@pytest.mark.parametrize("name", WORLDS)
def test_no_product_has_a_number_of_its_own(name: str, tmp_path: Path) -> None:
    document = document_of(WORLDS[name]())
    known = of_document(document)
    write_slides(document, tmp_path / "slides.pptx", made=MADE)
    write_word(document, tmp_path / "plan.docx", made=MADE)
    slides = slide_contents(Presentation(str(tmp_path / "slides.pptx")))
    word = word_contents(docx.Document(str(tmp_path / "plan.docx")))

    pages = {str(n) for n in range(1, 20)}  # numbers of slides and headings
    assert told([text for text in slides if isinstance(text, str)]) <= known | pages
    assert told([text for text in word if isinstance(text, str)]) <= known | pages
    assert numbers(as_markdown(document).replace("\\", "")) <= known


@pytest.mark.parametrize("name", WORLDS)
def test_a_number_of_a_table_is_one_of_the_story(name: str) -> None:
    held = WORLDS[name]()
    story = tell(held, PROVENANCE)
    known = told(story)

    document = document_of(held)
    shown = (*document.shown(Medium.TEXT), *document.shown(Medium.SLIDES))
    for table in (table for one in shown for table in one.of(Table)):
        for row in TextGrid.of(table, document.decimals).rows:
            assert told(row) <= known | _summed(story), (table.name, row)


def _summed(story: Story) -> set[str]:
    """Return the only sums that tables have beside the story.

    What is still to build, by option, and what starts in the first year costs then, by owner.
    """
    if story.answer is None:
        return set()
    new = [row for row in story.answer.plan if not row.ongoing]
    first = min(row.start for row in new)
    owners: dict[str, float] = {}
    for row in new:
        if row.start == first:
            owners[row.owner] = owners.get(row.owner, 0.0) + row.cost[first]
    later = [sum(row.later.values()) for row in story.answer.commitments]
    return told([*later, *owners.values()])


def sheet_rows(book: Any, sheet: str, table: str | None = None) -> list[dict[str, Any]]:
    tables = book[sheet].tables
    found = tables[table] if table else next(iter(tables.values()))
    head, *rows = book[sheet][found.ref]
    names = [cell.value for cell in head]
    return [dict(zip(names, (cell.value for cell in row), strict=True)) for row in rows]


def results(held: Outcome, folder: Path) -> Any:
    write_results(held, folder / "results.xlsx", provenance=PROVENANCE, made=MADE)
    return load_workbook(folder / "results.xlsx", data_only=True)


@pytest.mark.parametrize("name", ["small", "shaken"])
def test_the_results_workbook_says_the_same(name: str, tmp_path: Path) -> None:
    held = WORLDS[name]()
    document, book = document_of(held), results(held, tmp_path)
    digits = tell(held).decimals

    indices = grid(section(document, Medium.TEXT, "The decision"), document)
    for row, there in zip(indices.rows[:-1], sheet_rows(book, "Summary", "Indices"), strict=False):
        assert row[1:] == tuple(rounded(there[each], 1) for each in ("Before", "After", "Possible"))
    plan = grid(section(document, Medium.TEXT, "Priorities and timeline"), document)
    for row, there in zip(plan.rows, sheet_rows(book, "Plan"), strict=True):
        assert (row[0], row[3]) == (there["Option"], rounded(there["Total"], digits))
    *_funds, money = section(document, Medium.TEXT, "Money by year and fund").of(Table)
    rows = TextGrid.of(money, document.decimals).rows
    for row, there in zip(rows, sheet_rows(book, "Spending"), strict=True):
        columns = ("Available", "Planned", "Held", "Set aside", "Left")
        assert row[:2] == (there["Fund"], str(there["Year"]))
        assert row[2:] == tuple(
            rounded(there[column], digits) if there[column] else "0" for column in columns
        )
    steps = grid(section(document, Medium.TEXT, "What the plan changes"), document)
    for row, there in zip(steps.rows, sheet_rows(book, "Contributions"), strict=True):
        value = there["Objective (weighted sum)"]
        shown = float(row[-1] or 0)
        assert shown == pytest.approx(value, abs=0.0501)


def test_a_product_with_another_number_would_be_found(tmp_path: Path) -> None:
    document = document_of(outcome())
    write_slides(document, tmp_path / "slides.pptx", made=MADE)

    assert not numbers("It costs 123.4 million EUR.") <= of_document(document)
    assert "29.4" in told(slide_contents(Presentation(str(tmp_path / "slides.pptx")))[:20])
