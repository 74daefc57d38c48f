"""The package: its version said once, and its page complete where only the page is seen."""

import re
from pathlib import Path

import pytest
from hatchling.metadata.core import ProjectMetadata
from hatchling.plugin.manager import PluginManager
from packaging.version import Version
from trove_classifiers import classifiers

from choosebattles import __version__

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
RELATIVE = re.compile(r"\]\((?!https:)[^)]*\)")


def metadata() -> ProjectMetadata[PluginManager]:
    return ProjectMetadata(str(ROOT), PluginManager())


def test_the_version_is_that_of_the_package() -> None:
    assert metadata().version == __version__


def test_what_changed_begins_with_this_version() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    newest, *released = re.findall(r"^## (\S+), (.+)$", changes, re.MULTILINE)

    number, when = newest
    assert number == Version(__version__).base_version
    assert (when == "not yet released") is Version(__version__).is_devrelease
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", date) for _, date in released)


def test_no_other_file_says_the_version() -> None:
    for name in ("pyproject.toml", "mkdocs.yml", "constraints.txt", "README.md", "Makefile"):
        assert not re.search(
            rf"(choosebattles|version)\W+{re.escape(Version(__version__).base_version)}\b",
            (ROOT / name).read_text("utf-8"),
        ), name


def test_pictures_and_pages_of_the_package_page_have_addresses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CHOOSEBATTLES_PICTURES", "https://files.example/v1/")
    monkeypatch.setenv("CHOOSEBATTLES_PAGES", "https://pages.example/v1")

    page = metadata().core.readme

    assert "](https://files.example/v1/docs/pictures/summary.png)" in page
    assert "](https://pages.example/v1/docs/first-workbook.md)" in page
    assert RELATIVE.search(README)
    assert not RELATIVE.search(page)


def test_without_addresses_the_package_page_is_the_readme(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CHOOSEBATTLES_PICTURES", "CHOOSEBATTLES_PAGES"):
        monkeypatch.delenv(name, raising=False)

    core = metadata().core

    assert core.readme == README
    assert core.readme_content_type == "text/markdown"


def test_a_stranger_finds_the_package() -> None:
    core = metadata().core

    assert core.authors_data == {"name": ["choosebattles contributors"], "email": []}
    assert core.license_expression == "MIT"
    assert set(core.classifiers) <= classifiers
    assert {"digital sovereignty", "portfolio optimisation"} <= set(core.keywords)
