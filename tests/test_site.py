"""The pages as a site: every page is found, every link leads somewhere, nothing comes from elsewhere."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown.extensions.toc import slugify, unique

from choosebattles import PUBLIC

ROOT = Path(__file__).parents[1]
BESIDE = {"README": "index", "CHANGELOG": "changelog", "CONTRIBUTING": "contributing"}
BESIDE |= {"SECURITY": "security"}
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
LOADS = {"script": "src", "img": "src", "iframe": "src", "source": "src", "object": "data"}


def navigation() -> list[str]:
    """Return the pages that ``mkdocs.yml`` lists, in its order."""
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    return list(_pages(yaml.safe_load(text)["nav"]))


def _pages(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
        return
    for entry in part.values() if isinstance(part, dict) else part:
        yield from _pages(entry)


def prose(page: Path) -> str:
    """Return a page without its blocks of code."""
    return re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """Return what links within the page may point at."""
    found: set[str] = set()
    for heading in re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE):
        unique(slugify(heading.replace("`", ""), "-"), found)
    return found


def test_the_navigation_lists_every_page_once() -> None:
    beside = {f"{BESIDE[page.stem]}.md" for page in ROOT.glob("*.md")}
    pages = {page.name for page in (ROOT / "docs").glob("*.md")}

    listed = navigation()

    notebooks = {f"notebooks/{book.stem}.md" for book in (ROOT / "docs").glob("notebooks/*.ipynb")}
    assert set(listed) == beside | pages | notebooks | {"api.md"}
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target, anchor in re.findall(r"\]\(([^)#\s]*)#?([^)\s]*)\)", prose(page)):
        if "://" not in target:
            there = (page.parent / target) if target else page
            assert there.exists(), target
            assert not anchor or anchor in anchors(there), f"{target}#{anchor}"


class Loaded(HTMLParser):
    """What a browser asks for when it shows a page, links that are followed by hand aside."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: set[str] = set()
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.ids.add(values.get("id") or "")
        name = LOADS.get(tag)
        if tag == "link" and values.get("rel") not in {"canonical", "next", "prev"}:
            name = "href"
        if name is not None and values.get(name):
            self.addresses.add(str(values[name]))


def loaded(page: Path) -> Loaded:
    parser = Loaded()
    parser.feed(page.read_text("utf-8"))
    return parser


@pytest.mark.broad
def test_the_site_is_built_without_a_warning_and_asks_nobody(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", tmp_path],
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    files = {page.stem: page for page in tmp_path.rglob("*.html")}
    pages = {name: loaded(file) for name, file in files.items()}
    assert pages.keys() >= {Path(page).stem for page in navigation()}
    for name, page in pages.items():
        assert any(address.endswith(".css") for address in page.addresses)
        for address in page.addresses:
            if address.startswith("data:image/png;base64,"):
                continue
            assert "//" not in address, f"{name}: {address}"
            if name != "404":
                there = files[name].parent / address.partition("?")[0]
                assert there.exists(), f"{name}: {address}"
    for book in (ROOT / "docs" / "notebooks").glob("*.ipynb"):
        assert any(address.startswith("data:") for address in pages[book.stem].addresses)
        assert (tmp_path / "notebooks" / book.name).exists()
    for style in tmp_path.rglob("*.css"):
        assert not re.search(r"url\([\"']?(https?:)?//|@import", style.read_text("utf-8")), style
    assert pages["api"].ids >= {f"{module}.{name}" for name, module in PUBLIC.items()}
    formulas = (tmp_path / "decision-model.html").read_text("utf-8")
    assert formulas.count("<math") > 60
    assert "arithmatex" not in formulas
