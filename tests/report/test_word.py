"""The plan as a document, in Markdown and for Word."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn

from choosebattles.errors import OutputError
from choosebattles.execution.overwriting import sealed
from choosebattles.report.document import Document, Medium, Table
from choosebattles.report.outputs import word as writer
from choosebattles.report.outputs.grid import TextGrid
from choosebattles.report.outputs.markdown import as_markdown, escaped, write_markdown
from choosebattles.report.outputs.word import MOST, parted, write_word
from report.outcomes import no_plan, outcome, shaken
from report.presented import MADE, crowded_outcome, document_of, said

DOCUMENTS: dict[str, Callable[[], Document]] = {
    "small": lambda: document_of(outcome()),
    "shaken": lambda: document_of(outcome(shaken())),
    "crowded": lambda: document_of(crowded_outcome()),
    "no plan": lambda: document_of(no_plan()),
}


def word(document: Document, folder: Path) -> Any:
    write_word(document, folder / "plan.docx", made=MADE)
    return docx.Document(str(folder / "plan.docx"))


def headings(found: Any) -> list[str]:
    return [paragraph.text for paragraph in found.paragraphs if paragraph.style.name == "Heading 1"]


def test_what_an_annex_has(tmp_path: Path) -> None:
    found = word(document_of(outcome(shaken())), tmp_path)

    assert headings(found) == [
        "1. The decision",
        "2. Priorities and timeline",
        "3. Money by year and fund",
        "4. What the plan changes",
        "5. What keeps working in a shock",
        "6. What is left out, and why",
        "7. Commitments after the last year",
        "8. Conditions",
        "9. Risks",
        "10. What is proved",
        "11. Where it comes from",
    ]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_both_documents_say_the_same(name: str, tmp_path: Path) -> None:
    document = DOCUMENTS[name]()
    found = word(document, tmp_path)
    text = as_markdown(document)
    paragraphs = "\n".join(paragraph.text for paragraph in found.paragraphs)

    grids = []
    for section in document.shown(Medium.TEXT):
        heading = section.title or section.name
        assert f"## {escaped(heading)}\n\n**{escaped(section.message)}**" in text
        assert " ".join(section.message.split()) in paragraphs
        for sentence in said(section):
            assert f"- {escaped(sentence)}\n" in text
            assert " ".join(sentence.split()) in paragraphs
        grids += [TextGrid.of(it, document.decimals) for it in section.of(Table) if it.rows]
    for grid in grids:
        for row in grid.rows:
            assert "| " + " | ".join(map(escaped, row)) + " |" in text
    parts = [part for grid in grids for part in parted(grid)]
    assert len(found.tables) == len(parts)
    for table, grid in zip(found.tables, parts, strict=True):
        cells = [tuple(cell.text for cell in row.cells) for row in table.rows]
        assert cells == [grid.heads, *grid.rows]


def test_owners_and_who_pays_are_named(tmp_path: Path) -> None:
    table = word(document_of(outcome()), tmp_path).tables[1]
    rows = [[cell.text for cell in row.cells] for row in table.rows]

    assert rows[0] == ["Option", "What it is", "Owner", "From", "Works from", "Cost", "Paid by"]
    cloud = next(row for row in rows if row[0] == "CLOUD.S")
    assert cloud[2:6] == ["Digital agency", "2026", "2027", "3.40"]
    assert cloud[6].startswith("STATE ")


def test_heads_of_tables_repeat_and_rows_stay_whole(tmp_path: Path) -> None:
    for table in word(document_of(outcome()), tmp_path).tables:
        head = table.rows[0]._tr.trPr
        assert head.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_wide_tables_lie_and_go_on_below(tmp_path: Path) -> None:
    found = word(document_of(crowded_outcome()), tmp_path)

    lying = [section.orientation for section in found.sections]
    assert len(lying) == 3
    assert lying[0] == lying[2] != lying[1]
    for table in found.tables:
        assert len(table.columns) <= MOST


def test_every_column_of_a_parted_table_is_there() -> None:
    heads = tuple(f"h{n}" for n in range(30))
    grid = TextGrid(heads, (tuple(f"c{n}" for n in range(30)),), (1.0,) * 30, frozenset({29}))
    parts = list(parted(grid))

    assert [part.heads[0] for part in parts] == ["h0"] * 3
    assert tuple(name for part in parts for name in part.heads[1:]) == heads[1:]
    assert [part.right for part in parts[:2]] == [frozenset(), frozenset()]
    assert parts[2].heads[max(parts[2].right)] == "h29"


def test_every_page_says_where_it_comes_from_and_that_figures_are_illustrative(
    tmp_path: Path,
) -> None:
    document = document_of(crowded_outcome())
    for section in word(document, tmp_path).sections:
        assert document.origin in section.footer.paragraphs[0].text
    document = document_of(outcome())
    for section in word(document, tmp_path).sections:
        assert section.header.paragraphs[0].text == f"{document.title} · Illustrative figures"


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = tmp_path / "one.docx", tmp_path / "two.docx"
    for path in (one, two):
        write_word(document_of(outcome()), path, made=MADE)

    assert one.read_bytes() == two.read_bytes()
    with ZipFile(one) as parts:
        assert b"2026-11-22T09:30:00Z" in parts.read("docProps/core.xml")


def test_a_document_that_reads_back_differently_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(b"the old plan")
    told: list[object] = []
    contents = writer.contents

    def forgetful(found: Any) -> list[object]:
        told.append(None)
        return contents(found)[: -1 if len(told) > 1 else None]

    monkeypatch.setattr(writer, "contents", forgetful)
    with pytest.raises(OutputError, match="read back differently"):
        write_word(document_of(outcome()), path, made=MADE, overwrite=True)

    assert path.read_bytes() == b"the old plan"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("A | B", r"A \| B"),
        ("two\nlines", "two lines"),
        ("<script>", r"\<script\>"),
        ("1. first", r"1\. first"),
        ("- no list", r"\- no list"),
        ("-0.5", r"-0.5"),
        ("# no heading", r"\# no heading"),
        ("POOL_X *", r"POOL\_X \*"),
        ("---", r"\---"),
        ("+1.9", "+1.9"),
    ],
)
def test_nothing_of_a_user_is_taken_for_a_mark(text: str, meant: str) -> None:
    assert escaped(text) == meant


def test_markdown_is_written_whole(tmp_path: Path) -> None:
    document = document_of(outcome())

    write_markdown(document, tmp_path / "plan.md")

    text = (tmp_path / "plan.md").read_text("utf-8")
    assert text == sealed(as_markdown(document))
    assert text.startswith("# Illyria, 2026-2030: which battles to choose\n")
    assert "**Illustrative figures.**" in text
    assert f"{escaped(document.origin)}\n<!-- as written by choosebattles" in text
