"""HTML as browsers find it: one file, no script, every text as a text, tables that say what they are."""

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from choosebattles.execution.overwriting import is_ours
from choosebattles.report.document import Document, Medium, Table
from choosebattles.report.outputs.grid import TextGrid
from choosebattles.report.outputs.html import as_html, write_html
from report.outcomes import outcome, shaken
from report.outputs.everything import ARABIC, CHARTS, EVERYTHING, FORMULA, MARKUP, NOTHING
from report.presented import document_of

VOID = {"meta", "br", "link", "img", "hr", "input"}


class Read(HTMLParser):
    """What a page consists of: texts, elements with their attributes; tags must be closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data.strip())

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.mark.parametrize("document", [EVERYTHING, NOTHING, document_of(outcome(shaken()))])
def test_every_text_is_there_as_a_text(document: Document) -> None:
    page = as_html(document)
    found = Read(page)

    assert page.startswith("<!doctype html>")
    assert not {"script", "iframe", "link", "img", "object"} & {tag for tag, _it in found.elements}
    for section in document.shown(Medium.TEXT):
        assert section.message in found.texts or not section.message
        for table in section.of(Table):
            grid = TextGrid.of(table, document.decimals)
            for row in grid.rows:
                assert all(text in found.texts for text in row if text), table.name


def test_hostile_texts_stay_texts() -> None:
    found = Read(as_html(EVERYTHING))

    assert {MARKUP, FORMULA, ARABIC} <= set(found.texts)
    assert f"Doubt: a doubt about {MARKUP}" in found.texts
    assert "CLOUD was set to 3; it was 2." in found.texts
    assert not any(name.startswith("on") for _tag, it in found.elements for name in it)


def test_nothing_but_its_own_style_may_do_anything() -> None:
    page = as_html(EVERYTHING)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    policy = Read(page).of("meta")[1]["content"]

    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-{digest}'"
    )
    assert " style=" not in page
    assert not re.findall(r"(?:href|src)=\"(?!#)", page)


def test_tables_say_what_they_are() -> None:
    found = Read(as_html(EVERYTHING))
    tables = [table for table in EVERYTHING.tables() if table.rows]

    assert len(found.of("table")) == len(found.of("caption")) == len(tables)
    heads = sum(len(table.columns) for table in tables)
    rows = sum(len(table.rows) + len(table.totals) for table in tables)
    scopes = [it["scope"] for it in found.of("th")]
    assert (scopes.count("col"), scopes.count("row")) == (heads, rows)


def test_charts_have_words_and_names_of_their_own() -> None:
    page = as_html(EVERYTHING)
    found = Read(page)
    charts = found.of("svg")

    assert len(charts) == len(CHARTS) + 4
    ids = [it["id"] for _tag, it in found.elements if "id" in it]
    assert len(set(ids)) == len(ids)
    for chart in charts:
        assert chart["role"] == "img"
        assert set(f"{chart['aria-labelledby']}".split()) <= set(ids)
    for reference in re.findall(r"url\(#([^)]*)\)", page):
        assert reference in ids


def test_it_is_known_again_until_somebody_changes_it(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    write_html(EVERYTHING, path)
    assert is_ours(path)

    path.write_text(path.read_text("utf-8").replace("Slide 1", "Slide one"), "utf-8")
    assert not is_ours(path)
