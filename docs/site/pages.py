"""Pages of the site that are no files of this folder, and mathematics without scripts.

MkDocs calls the functions ``on_...``, as ``mkdocs.yml`` asks it to.
"""

import re
from collections.abc import Iterator
from html import unescape
from inspect import isclass
from pathlib import Path

from latex2mathml.converter import convert
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

import choosebattles

ROOT = Path(__file__).parents[2]
BESIDE = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
}
"""Pages that stand beside the folder docs, and their names in the site."""

LINK = re.compile(r"\]\((?:\.\./|docs/)?([\w./-]+)")
FORMULA = re.compile(r'<(span|div) class="arithmatex">\\[(\[](.*?)\\[)\]]</\1>', re.DOTALL)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that stand beside the folder, and the one on the public names."""
    for name, page in BESIDE.items():
        text = (ROOT / name).read_text("utf-8")
        files.append(File.generated(config, page, content=text))
    files.append(File.generated(config, "api.md", content="\n".join(public_names())))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Let links between the two folders lead to where their pages are in the site."""
    del page, config, files
    return LINK.sub(lambda link: f"]({BESIDE.get(link[1], link[1])}", markdown)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Write formulas as MathML, which browsers show without a script or a font."""
    del page, config, files
    return FORMULA.sub(
        lambda found: convert(
            unescape(found[2]), display="block" if found[1] == "div" else "inline"
        ),
        html,
    )


def public_names() -> Iterator[str]:
    """Yield the page on what can be imported from ``choosebattles``."""
    yield "# Names for Python"
    yield ""
    yield "Whatever `from choosebattles import ...` finds; [From Python](python.md) shows how they"
    yield "go together."
    for title, wanted in (("Functions", False), ("Classes", True)):
        yield f"\n## {title}\n"
        for name, module in choosebattles.PUBLIC.items():
            if isclass(getattr(choosebattles, name)) is wanted:
                yield f"::: {module}.{name}\n"
