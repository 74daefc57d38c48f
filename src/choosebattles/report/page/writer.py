"""The live page: one HTML file that shows an answer and searches anew, without a network."""

import base64
import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Unpack

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from choosebattles.execution.overwriting import Guard
from choosebattles.execution.safe_write import Written
from choosebattles.explain.precomputed import Precomputed
from choosebattles.report.outputs.content_security import digest, policy
from choosebattles.report.outputs.sealed_text import write_sealed
from choosebattles.report.page.at_hand import at_hand
from choosebattles.report.page.page_text import PageText
from choosebattles.report.page.plan_pictures import series_colours
from choosebattles.report.page.program import Live, as_tree, searchable
from choosebattles.report.page.script_content import Numbers, content
from choosebattles.report.page.script_sentences import SENTENCES
from choosebattles.report.provenance import Provenance
from choosebattles.report.view_model import tell
from choosebattles.solving.outcome import Outcome
from choosebattles.translation import _

PAGE = Path(__file__).parent
HIGHS = PAGE / "highs"

SCRIPTS = (
    "sentences.js", "program.js", "settings_and_undo.js", "headline.js", "money_sliders.js",
    "known_plans.js", "completed_plan.js", "instant_answer.js", "scenario_file.js", "ask_worker.js",
    "proof_badge.js", "pictures.js", "plan_tiles.js", "comparison.js", "view.js", "scenario_link.js",
    "presenter.js", "listeners.js",
)  # fmt: skip
"""What the one script of the page is put together from, in this order."""

LARGEST = 2_500_000
"""Bytes that a page should not exceed."""


@dataclass(frozen=True)
class PageRequest:
    """What a page is made of besides the answer: what was computed before, what is left out."""

    precomputed: Precomputed
    provenance: Provenance
    notes: tuple[str, ...] = ()
    """In which points the case was changed before it was solved."""
    redact: bool = False
    model: str | None = None
    """The decision model that was asked for in place of the workbook's."""
    numbers: Numbers = ()
    """What was set before the case was solved, by name."""
    funded: bool = False
    """Whether every fund was given another share of its money than the workbook says."""


def write_page(outcome: Outcome, path: Path, page: PageRequest, **guard: Unpack[Guard]) -> Written:
    """Write the page of an outcome, so that a failure harms no earlier one.

    Parameters
    ----------
    outcome
        The answer, with a plan; its case has its points for 100 written down.
    path
        Where the page goes; its name ends in .html.
    page
        What was computed in advance, where the answer comes from, whether scores are left out.
    guard
        Files that must never be overwritten (``inputs``), and whether a file that this program
        did not write may be (``overwrite``).

    Raises
    ------
    OutputError
        If the file cannot be written. Nothing was changed then.
    """
    return write_sealed(render(outcome, page), path, **guard)


def render(outcome: Outcome, page: PageRequest) -> str:
    """Return the page of an outcome as HTML."""
    story = tell(outcome, page.provenance)
    files = [(file.name, file.sha256) for file in page.provenance.files]
    shown = PageText(outcome, story, page.precomputed, files, page.notes, page.redact)
    live = searchable(outcome.case) and not page.redact
    environment = Environment(
        loader=FileSystemLoader(PAGE), autoescape=True, undefined=StrictUndefined
    )
    style = series_colours() + _source("page.css")
    parts: dict[str, Any] = {"live": live, "policy": _policy(style, ""), "style": Markup(style)}
    if live:
        script = "\n".join(("(() => {", *map(_source, SCRIPTS), "})();"))
        tree = content(shown, page.numbers, funded=page.funded)
        live_program = Live(outcome.case)
        program = as_tree(live_program)
        program |= at_hand(live_program, page.precomputed, program["starts"])
        parts |= {
            "policy": _policy(style, script),
            "script": Markup(script),
            "content": Markup(_json(tree)),
            "command": _command(story.name, page.model),
            "program": packed(_json(program).encode()),
            "worker": packed(
                f"{_solver('highs.js').decode()}\n{_source('search_worker.js')}".encode()
            ),
            "solver": packed(_solver("highs.wasm")),
            "licence": _solver("LICENSE").decode(),
        }
    template = environment.get_template("page.html")
    return template.render(_=_, sentences=SENTENCES, story=story, **shown.parts(live=live), **parts)


def packed(content: bytes) -> str:
    """Return bytes as text: compressed, the same for the same bytes."""
    return base64.b64encode(gzip.compress(content, 9, mtime=0)).decode()


def _command(name: str, model: str | None) -> str:
    """Return how a scenario of this page is solved from the command line."""
    words = ["choosebattles", "solve", name, *(["--model", model] if model else [])]
    words += ["--scenario", "scenario.json"]
    return " ".join(f'"{word}"' if " " in word else word for word in words)


def _policy(style: str, script: str) -> str:
    """Return the content-security policy: this style, this script, the solver, nothing else."""
    allowed = [policy(style)]
    if script:
        allowed += [f"script-src '{digest(script)}' 'wasm-unsafe-eval'", "worker-src blob:"]
    return "; ".join(allowed)


def _source(name: str) -> str:
    return (PAGE / name).read_text("utf-8")


def _solver(name: str) -> bytes:
    return (HIGHS / name).read_bytes()


def _json(tree: Mapping[str, Any]) -> str:
    """Return a tree as JSON that may stand in HTML: nothing in it opens or ends a tag."""
    text = json.dumps(tree, separators=(",", ":"), allow_nan=False, ensure_ascii=False)
    for character, escaped in (("<", "\\u003c"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029")):
        text = text.replace(character, escaped)
    return text
