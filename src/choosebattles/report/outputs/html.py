"""A document as one HTML file: no script, nothing from elsewhere, ready to be printed."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Unpack

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from choosebattles.execution.overwriting import Guard
from choosebattles.execution.safe_write import Written
from choosebattles.report.document import (
    Block,
    Chart,
    Document,
    Figures,
    HeatMap,
    Manner,
    Medium,
    Section,
    Sentences,
    Timeline,
)
from choosebattles.report.outputs.cell_text import heading, leading, opened
from choosebattles.report.outputs.content_security import policy
from choosebattles.report.outputs.grid import TextGrid
from choosebattles.report.outputs.sealed_text import write_sealed
from choosebattles.report.outputs.svg import draw_svg
from choosebattles.report.outputs.svg_drawings import draw_heat_map, draw_timeline
from choosebattles.translation import _

HERE = Path(__file__).parent

LISTED = 3
"""Sections from which on a list of them stands first."""


def write_html(document: Document, path: Path, **guard: Unpack[Guard]) -> Written:
    """Write a document as HTML; path, guard and errors are those of `write_sealed`."""
    return write_sealed(as_html(document), path, **guard)


def as_html(document: Document) -> str:
    """Return a document as HTML."""
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    sections = opened(document, Medium.TEXT)
    names = (f"chart-{number}" for number in count(1))
    parts = [
        {
            "section": section,
            "heading": heading(section, document),
            "leading": leading(section),
            "blocks": list(_blocks(section, document, names)),
        }
        for section in sections
    ]
    style = (HERE / "document.css").read_text("utf-8") + "".join(_shades(parts))
    return environment.get_template("document.html").render(
        _=_,
        document=document,
        sections=parts,
        listed=len(parts) >= LISTED,
        style=Markup(style),  # noqa: S704 - our own
        policy=policy(style),
    )


def _blocks(
    section: Section, document: Document, names: Iterator[str]
) -> Iterator[dict[str, object]]:
    """Yield what the template shows of each block: its kind and its parts."""
    for block in section.blocks:
        yield from _block(block, document, names)


def _block(block: Block, document: Document, names: Iterator[str]) -> Iterator[dict[str, object]]:
    if isinstance(block, Figures):
        yield {"kind": "figures", "figures": block.figures}
    elif isinstance(block, Chart):
        svg = Markup(draw_svg(block, document, next(names)))  # noqa: S704 - made by ElementTree
        yield {"kind": "chart", "svg": svg, "says": block.says, "title": block.title}
    elif isinstance(block, Timeline | HeatMap):
        draw = draw_timeline if isinstance(block, Timeline) else draw_heat_map
        svg = Markup(draw(block, next(names)))  # type: ignore[arg-type]  # noqa: S704
        says = block.note or block.says
        yield {"kind": "chart", "svg": svg, "says": says, "title": ""}
    elif isinstance(block, Sentences):
        if block.texts:
            kind = "list" if block.manner is Manner.LIST else "sentences"
            head = block.manner is Manner.HEADLINE
            yield {"kind": kind, "title": block.title, "texts": block.texts, "headline": head}
    elif block.rows:
        grid = TextGrid.of(block, document.decimals)
        body = len(grid.rows) - grid.totals
        yield {
            "kind": "table",
            "title": block.title,
            "note": block.note,
            "heads": list(zip(grid.heads, _classes(grid), strict=True)),
            "rows": list(_cells(grid, 0, body)),
            "totals": list(_cells(grid, body, len(grid.rows))),
        }


def _classes(grid: TextGrid) -> tuple[str, ...]:
    middle = grid.middle
    return tuple(
        "middle" if place in middle else "number" if place in grid.right else ""
        for place in range(len(grid.heads))
    )


def _cells(grid: TextGrid, first: int, last: int) -> Iterator[list[tuple[str, str]]]:
    """Yield rows, each cell with its classes."""
    classes = _classes(grid)
    for number in range(first, last):
        yield [
            (text, f"{kind} {_shade(colour)}".strip() if colour else kind)
            for text, kind, colour in zip(
                grid.rows[number], classes, grid.colours[number], strict=True
            )
        ]


def _shade(colour: str) -> str:
    return f"shade-{colour[1:]}"


def _shades(parts: list[dict[str, object]]) -> Iterator[str]:
    """Yield the rules of the colours that are in use: attributes of style are not allowed."""
    used = {
        word
        for part in parts
        for block in part["blocks"]  # type: ignore[attr-defined]
        for row in (*block.get("rows", ()), *block.get("totals", ()))
        for _text, classes in row
        for word in classes.split()
        if word.startswith("shade-")
    }
    yield from (
        f".{name} {{ background: #{name.removeprefix('shade-')}; }}\n" for name in sorted(used)
    )
