"""Pages of the site that are no files of this folder, and mathematics without scripts.

MkDocs calls the functions ``on_...``, as ``mkdocs.yml`` asks it to.
"""

import json
import re
from collections.abc import Iterator
from html import unescape
from inspect import isclass
from pathlib import Path
from typing import Any

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

NOTEBOOKS = "notebooks"
"""The folder of notebooks: each is a page too, with what came of its cells."""

LINK = re.compile(r"\]\((?:\.\./|docs/)?([\w./-]+)")
FORMULA = re.compile(r'<(span|div) class="arithmatex">\\[(\[](.*?)\\[)\]]</\1>', re.DOTALL)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that stand beside the folder, and the one on the public names."""
    for name, page in BESIDE.items():
        text = (ROOT / name).read_text("utf-8")
        files.append(File.generated(config, page, content=text))
    files.append(File.generated(config, "api.md", content="\n".join(public_names())))
    for book in sorted((ROOT / "docs" / NOTEBOOKS).glob("*.ipynb")):
        text = "\n\n".join(notebook(json.loads(book.read_text("utf-8")), book.name))
        files.append(File.generated(config, f"{NOTEBOOKS}/{book.stem}.md", content=text))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Let links between the two folders lead to where their pages are in the site."""
    del config, files
    if page.file.src_uri.startswith(f"{NOTEBOOKS}/"):
        return markdown
    return LINK.sub(lambda link: f"]({_page(link[1])}", markdown)


def _page(target: str) -> str:
    """Return the page of the site that a link leads to."""
    if target.startswith(f"{NOTEBOOKS}/"):
        return target.replace(".ipynb", ".md")
    return BESIDE.get(target, target)


def notebook(book: dict[str, Any], name: str) -> Iterator[str]:
    """Yield a notebook (format 4) as Markdown: texts, code, and what came of it."""
    for cell in book["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            yield source
            continue
        yield f"```python\n{source}\n```"
        for output in cell["outputs"]:
            data = output.get("data", {})
            if "image/png" in data:
                picture = "".join(data["image/png"]).strip()
                yield f'<img alt="Chart" src="data:image/png;base64,{picture}">'
            elif output.get("name") != "stderr":
                shown = "".join(data.get("text/plain", output.get("text", ())))
                yield f"```text\n{shown.rstrip()}\n```"
    yield f"[The notebook itself]({name})"


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
