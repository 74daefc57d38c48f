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
from choosebattles.report.document import Document, HeatMap, Medium, Table, Timeline
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


DRAWN = "Table Grid"
"""The style of tables that are pictures."""


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
        "7. What must be true",
        "8. Next steps",
        "9. Commitments after the last year",
        "10. Conditions",
        "11. Open warnings",
        "12. What is proved",
        "13. Where it comes from",
    ]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_both_documents_say_the_same(name: str, tmp_path: Path) -> None:
    document = DOCUMENTS[name]()
    found = word(document, tmp_path)
    text = as_markdown(document)
    paragraphs = "\n".join(paragraph.text for paragraph in found.paragraphs)

    grids: list[TextGrid] = []
    drawn: list[Table] = []
    for section in document.shown(Medium.TEXT):
        heading = section.title or section.name
        assert f"## {escaped(heading)}\n\n**{escaped(section.message)}**" in text
        assert " ".join(section.message.split()) in paragraphs
        for sentence in said(section):
            assert f"- {escaped(sentence)}\n" in text
            assert " ".join(sentence.split()) in paragraphs
        grids += [TextGrid.of(it, document.decimals) for it in section.of(Table) if it.rows]
        drawn += [it.table() for it in section.of(Timeline)]
        drawn += [it.table() for it in section.of(HeatMap)]
    for grid in (*grids, *(TextGrid.of(it, document.decimals) for it in drawn)):
        for row in grid.rows:
            assert "| " + " | ".join(map(escaped, row)) + " |" in text
    parts = [part for grid in grids for part in parted(grid)]
    tables = [table for table in found.tables if table.style.name != DRAWN]
    assert len(found.tables) == len(parts) + len(drawn)
    for table, grid in zip(tables, parts, strict=True):
        cells = [tuple(cell.text for cell in row.cells) for row in table.rows]
        assert cells == [grid.heads, *grid.rows]


def test_owners_and_who_pays_are_named(tmp_path: Path) -> None:
    found = word(document_of(outcome()), tmp_path)
    (rows,) = (
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in found.tables
        if table.cell(0, 0).text == "Option" and table.cell(0, 4).text == "Paid by"
    )

    assert rows[0] == ["Option", "What it is", "Owner", "Cost", "Paid by"]
    cloud = next(row for row in rows if row[0] == "CLOUD.S")
    assert cloud[2:4] == ["Digital agency", "3.40"]
    assert cloud[4].startswith("State budget ")


def test_bars_of_a_timeline_are_shaded_and_named(tmp_path: Path) -> None:
    document = document_of(outcome())
    (drawn,) = (it for section in document.shown(Medium.TEXT) for it in section.of(Timeline))
    (table,) = (
        it for it in word(document, tmp_path).tables if it.cell(0, 0).text == "What is done"
    )

    for bar, row in zip(drawn.bars, list(table.rows)[1:], strict=True):
        cells = row.cells[-6:-1]
        for year, cell in zip(drawn.years, cells, strict=True):
            builds, works = (
                span is not None and span[0] <= year <= span[1] for span in (bar.builds, bar.works)
            )
            assert cell.text in {"built", "…", "buil…"} if builds else not builds
            shade = cell._tc.tcPr.find(qn("w:shd"))
            pattern = None if shade is None else shade.get(qn("w:val"))
            assert pattern == ("diagStripe" if builds else "clear" if works else None)


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
        assert table.style.name == DRAWN or len(table.columns) <= MOST


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
