"""The same number reads the same in the results workbook, on slides and in documents."""

import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation

from choosebattles.report.answers.plan.document import write_results
from choosebattles.report.brief.shapes import Brief, Chapter
from choosebattles.report.outputs.markdown import as_markdown
from choosebattles.report.outputs.slides.deck import contents as slide_contents
from choosebattles.report.outputs.slides.deck import write_slides
from choosebattles.report.outputs.word import contents as document_contents
from choosebattles.report.outputs.word import write_document
from choosebattles.report.story import Story, tell
from choosebattles.report.wording import percent, points, rounded, whole_percent
from choosebattles.solving.outcome import Outcome
from report.outcomes import PROVENANCE, no_plan, outcome, shaken
from report.presented import MADE, brief_of

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
        return {each for text in amounts | shares for each in numbers(text)}
    if isinstance(thing, dict):
        return set().union(*(told(each) for pair in thing.items() for each in pair), set())
    if isinstance(thing, tuple | list | frozenset):
        return set().union(*map(told, thing), set())
    assert is_dataclass(thing), thing
    return set().union(*(told(getattr(thing, each.name)) for each in fields(thing)), set())


def of_chapters(brief: Brief) -> set[str]:
    """Return the numbers in the texts of a brief, those of its pictures as well."""
    found = numbers(f"{brief.title} {brief.subtitle} {brief.origin}")
    for each in brief.chapters:
        found |= told(each)
    return found


WORLDS = {"small": outcome, "shaken": lambda: outcome(shaken()), "no plan": no_plan}


@pytest.mark.parametrize("name", WORLDS)
def test_no_product_has_a_number_of_its_own(name: str, tmp_path: Path) -> None:
    brief = brief_of(WORLDS[name]())
    known = of_chapters(brief)
    write_slides(brief, tmp_path / "slides.pptx", made=MADE)
    write_document(brief, tmp_path / "plan.docx", made=MADE)
    slides = slide_contents(Presentation(str(tmp_path / "slides.pptx")))
    document = document_contents(Document(str(tmp_path / "plan.docx")))

    pages = {str(n) for n in range(1, 20)}  # numbers of slides and headings
    assert told([each for each in slides if isinstance(each, str)]) <= known | pages
    assert told(document) <= known | pages
    assert numbers(as_markdown(brief).replace("\\", "")) <= known


@pytest.mark.parametrize("name", WORLDS)
def test_a_number_of_a_table_is_one_of_the_story(name: str) -> None:
    held = WORLDS[name]()
    story = tell(held, PROVENANCE)
    known = told(story)

    for chapter in brief_of(held).chapters:
        for grid in (chapter.short, chapter.whole):
            for row in grid.rows if grid else ():
                assert told(row) <= known | _summed(story), (chapter.name, row)


def _summed(story: Story) -> set[str]:
    """Return the only sums that a table has beside the story: what is still to build, by option."""
    rows = story.answer.commitments if story.answer else ()
    return told([sum(each.later.values()) for each in rows])


def chapter(brief: Brief, name: str) -> Chapter:
    return next(each for each in brief.chapters if each.name == name and each.document)


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
    brief, book = brief_of(held), results(held, tmp_path)
    digits = tell(held).decimals

    indices = chapter(brief, "The decision").whole
    assert indices is not None
    for row, there in zip(indices.rows[:-1], sheet_rows(book, "Summary", "Indices"), strict=False):
        assert row[1:] == tuple(points(there[each]) for each in ("Before", "After", "Possible"))
    plan = chapter(brief, "Priorities and timeline").whole
    assert plan is not None
    for row, there in zip(plan.rows, sheet_rows(book, "Plan"), strict=True):
        assert (row[0], row[5]) == (there["Option"], rounded(there["Total"], digits))
    money = chapter(brief, "Money by year and fund").whole
    assert money is not None
    for row, there in zip(money.rows, sheet_rows(book, "Spending"), strict=True):
        columns = ("Available", "Planned", "Held", "Set aside", "Left")
        assert row[:2] == (there["Fund"], str(there["Year"]))
        assert row[2:] == tuple(rounded(there[each], digits) for each in columns)
    steps = chapter(brief, "What the plan changes").whole
    assert steps is not None
    for row, there in zip(steps.rows, sheet_rows(book, "Contributions"), strict=True):
        value = there["Objective (weighted sum)"]
        shown = float(row[-1] or 0)
        assert shown == pytest.approx(value, abs=0.0501)


def test_a_product_with_another_number_would_be_found(tmp_path: Path) -> None:
    brief = brief_of(outcome())
    write_slides(brief, tmp_path / "slides.pptx", made=MADE)

    assert not numbers("It costs 123.4 million EUR.") <= of_chapters(brief)
    assert "29.4" in told(slide_contents(Presentation(str(tmp_path / "slides.pptx")))[:20])
